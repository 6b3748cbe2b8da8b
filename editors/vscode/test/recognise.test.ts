// The same cases are put to the server by tests/lsp/extension.rs.

import assert from "node:assert/strict";
import test from "node:test";
import { isSpec, mayMakeSpec } from "../src/recognise";
import cases from "./recognise.json";

for (const { name, text, spec } of cases) {
  test(`recognised: ${name}`, () => {
    assert.equal(isSpec(text), spec);
  });
}

test("large JSON is told apart at once", () => {
  const filler = `"filler": "${"x".repeat(3_000_000)}"`;
  const begun = performance.now();
  assert.equal(isSpec(`{ ${filler}, "authSpec": [] }`), false);
  assert.equal(isSpec(`{ ${filler}, "authSpec": [], "sourceSpec": {} }`), true);
  assert.equal(isSpec(`{ ${filler}, "more": "${"x".repeat(1_500_000)}", "authSpec": [], "sourceSpec": {} }`), false);
  assert(performance.now() - begun < 2_000);
});

test("an answer of the service on one line is told apart at once, also where its end is missing", () => {
  const spec = '{"name":"n","authSpec":[{"name":"a","type":"b"}],"sourceSpec":{"spec":{"k":{"type":"string"}}}}';
  const items = Array.from({ length: 20_000 }, () => spec).join(",");
  const begun = performance.now();
  assert.equal(isSpec(`{"items":[${items}]}`), false);
  assert.equal(isSpec(`{\n  "total": 20000,\n  "items": [\n    ${items},`), false);
  assert(performance.now() - begun < 2_000, `${performance.now() - begun} ms`);
});

test("a text with a very long string in it is told apart", () => {
  assert.equal(isSpec(`{ "icon": "${"x".repeat(3_900_000)}", "authSpec": [], "sourceSpec": {} }`), true);
});

test("only the words of a spec make one look while JSON is typed", () => {
  assert.equal(mayMakeSpec('{ "authSpec": [] }'), true);
  assert.equal(mayMakeSpec("authSpec"), false);
  assert.equal(mayMakeSpec('"name": "a"'), false);
});
