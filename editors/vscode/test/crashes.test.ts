import assert from "node:assert/strict";
import test from "node:test";
import { Crashes, MOST, WITHIN } from "../src/crashes";

test("it is started again a few times, then left alone", () => {
  const crashes = new Crashes(() => 0);
  const again = Array.from({ length: MOST + 2 }, () => crashes.startAgain());
  assert.deepEqual(again, [...Array<boolean>(MOST).fill(true), false, false]);
});

test("what was long ago does not count, nor what was before a person started it", () => {
  let now = 0;
  const crashes = new Crashes(() => now);
  for (let time = 0; time < 3 * MOST; time++) {
    now += WITHIN / MOST;
    assert.equal(crashes.startAgain(), true, `at ${now}`);
  }
  crashes.forget();
  const again = Array.from({ length: MOST }, () => crashes.startAgain());
  assert(again.every(Boolean));
});
