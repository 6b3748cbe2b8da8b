// tests/lsp/extension.rs runs the same cases against the server.

import assert from "node:assert/strict";
import test from "node:test";
import { containsSpecKey, isSpec } from "../src/detectSpec";
import cases from "./detectSpec.json";

for (const { name, text, spec } of cases) {
  test(`${spec ? "a spec" : "not a spec"}: ${name}`, () => {
    assert.equal(isSpec(text), spec);
  });
}

test("large texts are scanned fast", () => {
  const filler = `"filler": "${"x".repeat(3_000_000)}"`;
  const start = performance.now();
  assert.equal(isSpec(`{ ${filler}, "authSpec": [] }`), false);
  assert.equal(isSpec(`{ ${filler}, "authSpec": [], "sourceSpec": {} }`), true);
  assert.equal(isSpec(`{ ${filler}, "more": "${"x".repeat(1_500_000)}", "authSpec": [], "sourceSpec": {} }`), false);
  assert(performance.now() - start < 2_000);
});

test("scanning a large API response on one line, also one that is cut off, takes time in proportion to its size", () => {
  const spec = '{"name":"n","authSpec":[{"name":"a","type":"b"}],"sourceSpec":{"spec":{"k":{"type":"string"}}}}';
  const scan = (count: number) => {
    const items = Array.from({ length: count }, () => spec).join(",");
    const start = performance.now();
    assert.equal(isSpec(`{"items":[${items}]}`), false);
    assert.equal(isSpec(`{\n  "total": ${count},\n  "items": [\n    ${items},`), false);
    return performance.now() - start;
  };
  // The fastest of several runs, since other programs run beside this one. Quadratic time would be 64 times as long.
  const fastest = (count: number) => Math.min(...Array.from({ length: 5 }, () => scan(count)));
  const ratio = fastest(20_000) / fastest(2_500);
  assert(ratio < 32, `${ratio} times as long for 8 times as much`);
});

test("a spec with a very long string is detected", () => {
  assert.equal(isSpec(`{ "icon": "${"x".repeat(3_900_000)}", "authSpec": [], "sourceSpec": {} }`), true);
});

test("only inserted keys of a spec trigger a detection", () => {
  assert.equal(containsSpecKey('{ "authSpec": [] }'), true);
  assert.equal(containsSpecKey("authSpec"), false);
  assert.equal(containsSpecKey('"name": "a"'), false);
});
