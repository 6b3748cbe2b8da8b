// The documents that are typed: each a picture of the text before, the keys, and the text after.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const DIR = join(import.meta.dirname, "documents");

/** A key with a name, such as `<Control+C>`; `<list name>` waits for a completion list in which `name` is selected. */
const NAMED_KEY = /<([\w+@$ -]+)>/;

/** All documents, by name. */
export function readDocuments() {
  return readdirSync(DIR).sort().map((file) => parseDocument(file.replace(".txt", ""), readFileSync(join(DIR, file), "utf8")));
}

function parseDocument(name, picture) {
  const [, before, typed, after] = picture.split(/^--- \w+\n/m);
  const keys = parseKeys(typed.trimEnd());
  return { name, before: before.trimEnd(), keys, after: after.trimEnd(), usesList: keys.some(({ list }) => list !== undefined) };
}

/** Splits a text into keys. A line break is Enter, except before a key with a name. */
function parseKeys(typed) {
  const parts = typed.replaceAll(/\n(?!<)/g, "<Enter>").replaceAll("\n", "").split(NAMED_KEY);
  return parts.flatMap((part, index) => (index % 2 === 0 ? [...part].map((key) => ({ key })) : [namedKey(part)]));
}

function namedKey(name) {
  return name.startsWith("list ") ? { list: name.slice("list ".length) } : { key: name.replace(/(Up|Down|Left|Right)$/, "Arrow$1") };
}
