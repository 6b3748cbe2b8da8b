import assert from "node:assert/strict";
import test from "node:test";
import { forServer } from "../src/settings";

test("the server gets its own settings and the trust in the workspace", () => {
  const section = {
    inlayHints: { request: false, dates: true },
    profile: "dev",
    server: { path: "/mine" },
    trace: { answers: true, server: "verbose" },
  };
  const expected = { inlayHints: section.inlayHints, profile: "dev", trace: true, trusted: true };
  assert.deepEqual(forServer(section, true), expected);
  assert.deepEqual(forServer(section, false), { ...expected, trusted: false });
});

test("what is not set has its default", () => {
  const expected = { inlayHints: {}, profile: null, trace: false, trusted: true };
  for (const section of [undefined, null, {}, [], "x", { trace: true }]) {
    assert.deepEqual(forServer(section, true), expected);
  }
});
