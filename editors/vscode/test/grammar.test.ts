import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import test from "node:test";
import { OnigScanner, OnigString, loadWASM } from "vscode-oniguruma";
import { INITIAL, Registry, parseRawGrammar } from "vscode-textmate";

const ROOT = join(__dirname, "../..");
const SCOPE = "source.json.connspec";

/** The tokens of a text except white space, each with its innermost scope. */
async function tokenize(text: string): Promise<[token: string, scope: string][]> {
  const wasm = createRequire(join(ROOT, "package.json")).resolve("vscode-oniguruma/release/onig.wasm");
  await loadWASM(readFileSync(wasm));
  const file = join(ROOT, "syntaxes/connspec.tmLanguage.json");
  const registry = new Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new OnigScanner(patterns),
      createOnigString: (string) => new OnigString(string),
    }),
    loadGrammar: () => Promise.resolve(parseRawGrammar(readFileSync(file, "utf8"), file)),
  });
  const grammar = await registry.loadGrammar(SCOPE);
  assert(grammar !== null);
  let state = INITIAL;
  return text.split("\n").flatMap((line) => {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    state = ruleStack;
    const scoped = ({ startIndex, endIndex, scopes }: (typeof tokens)[number]): [string, string] => [
      line.slice(startIndex, endIndex),
      (scopes.at(-1) ?? "").replace(/(\.json)?\.connspec$/, ""),
    ];
    return tokens.map(scoped).filter(([token]) => token.trim() !== "");
  });
}

/** Asserts the scopes of some tokens, each of which occurs once. */
async function check(text: string, expected: Record<string, string>): Promise<void> {
  const all = await tokenize(text);
  for (const [token, scope] of Object.entries(expected)) {
    assert.deepEqual(all.filter(([other]) => other === token).map(([, actual]) => actual), [scope], `${token} of ${text}`);
  }
}

test("JSON tokens", async () => {
  await check('{ "name": "a\\n", "n": -1.5e3, "b": true }', {
    name: "support.type.property-name",
    a: "string.quoted.double",
    "\\n": "constant.character.escape",
    "-1.5e3": "constant.numeric",
    true: "constant.language",
    "{": "punctuation.definition.dictionary.begin",
  });
});

test("placeholders in strings", async () => {
  await check('{ "path": "/lists/${listId}/x", "query": "a={SCHEDULE_QUERY}", "old": "{{name}}" }', {
    listId: "variable.other.placeholder",
    SCHEDULE_QUERY: "constant.other.placeholder",
    name: "variable.other.placeholder",
    "/x": "string.quoted.double",
  });
});

test("expressions beside placeholders", async () => {
  await check('{ "host": "https://@{if(empty(\'x\'), \'y\', 1)}.example.com/${id}" }', {
    if: "support.function",
    empty: "support.function",
    "'x'": "string.quoted.single",
    "1": "constant.numeric",
    ".example.com/": "string.quoted.double",
    id: "variable.other.placeholder",
  });
});

test("a missing quote affects one line only", async () => {
  await check('{\n  "first": "a,\n  "second": "${b}"\n}', {
    second: "support.type.property-name",
    b: "variable.other.placeholder",
  });
});
