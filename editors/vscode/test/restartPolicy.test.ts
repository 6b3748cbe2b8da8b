import assert from "node:assert/strict";
import test from "node:test";
import { MAX_RESTARTS, RestartPolicy, WINDOW } from "../src/restartPolicy";

test("repeated crashes end the automatic restarts", () => {
  const policy = new RestartPolicy(() => 0);
  const decisions = Array.from({ length: MAX_RESTARTS + 2 }, () => policy.shouldRestart());
  assert.deepEqual(decisions, [...Array<boolean>(MAX_RESTARTS).fill(true), false, false]);
});

test("crashes outside of the window or before a reset do not count", () => {
  let now = 0;
  const policy = new RestartPolicy(() => now);
  for (let crash = 0; crash < 3 * MAX_RESTARTS; crash++) {
    now += WINDOW / MAX_RESTARTS;
    assert.equal(policy.shouldRestart(), true, `at ${now}`);
  }
  policy.reset();
  const decisions = Array.from({ length: MAX_RESTARTS }, () => policy.shouldRestart());
  assert(decisions.every(Boolean));
});
