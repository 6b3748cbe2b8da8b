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

test("a large API response on one line is scanned fast, even when it is cut off", () => {
  const spec = '{"name":"n","authSpec":[{"name":"a","type":"b"}],"sourceSpec":{"spec":{"k":{"type":"string"}}}}';
  const items = Array.from({ length: 20_000 }, () => spec).join(",");
  const start = performance.now();
  assert.equal(isSpec(`{"items":[${items}]}`), false);
  assert.equal(isSpec(`{\n  "total": 20000,\n  "items": [\n    ${items},`), false);
  assert(performance.now() - start < 2_000, `${performance.now() - start} ms`);
});

test("a spec with a very long string is detected", () => {
  assert.equal(isSpec(`{ "icon": "${"x".repeat(3_900_000)}", "authSpec": [], "sourceSpec": {} }`), true);
});

test("only inserted keys of a spec trigger a detection", () => {
  assert.equal(containsSpecKey('{ "authSpec": [] }'), true);
  assert.equal(containsSpecKey("authSpec"), false);
  assert.equal(containsSpecKey('"name": "a"'), false);
});
