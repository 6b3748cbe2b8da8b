// Whether JSON is a connection spec, judged as the server judges it: two of these keys at the top. The text is read once
// from left to right and need not parse.

const KEYS = ["authSpec", "sourceSpec", "exploreSpec", "providerId"];

/** More characters than any spec has. Larger texts are not looked at: that would be felt when they are opened. */
const MOST = 4_000_000;

/** Whether this text is a connection spec. */
export function isSpec(text: string): boolean {
  // Nearly all other JSON is told apart by this alone.
  if (text.length > MOST || KEYS.filter((key) => text.includes(`"${key}"`)).length < 2) {
    return false;
  }
  const keys = keysOf(text);
  // Where brackets do not match, the depth says nothing, and the indentation has to do.
  const least = (least: number, key: Key) => Math.min(least, key.indentation);
  const top = keys.isBalanced ? 1 : keys.found.reduce(least, Infinity);
  const isTop = (key: Key) => (keys.isBalanced ? key.depth : key.indentation) === top;
  const names = new Set(keys.found.filter(isTop).map((key) => key.name));
  return KEYS.filter((key) => names.has(key)).length >= 2;
}

/** Whether a text that was typed or pasted has a word in it by which a spec is known. */
export function mayMakeSpec(inserted: string): boolean {
  return KEYS.some((key) => inserted.includes(`"${key}"`));
}

interface Key {
  name: string;
  /** How many brackets are open there. */
  depth: number;
  /** How far its line is moved in. */
  indentation: number;
}

/** The keys of a text that begins with an object, and whether its brackets match. */
function keysOf(text: string): { found: Key[]; isBalanced: boolean } {
  const found: Key[] = [];
  const open: string[] = [];
  // What matters: strings, which end with their line at the latest; brackets; comments, in which nothing counts; how far a
  // line is moved in.
  const pieces = /"((?:[^"\\\r\n]+|\\.)*)"?(\s*:)?|\/\/.*|\/\*[\s\S]*?(?:\*\/|$)|[{}[\]]|(?:^|[\r\n])([ \t]*)/g;
  let indentation = 0;
  let isBalanced = text.trimStart().startsWith("{");
  for (const piece of text.matchAll(pieces)) {
    const [all, name, colon, blanks] = piece;
    if (blanks !== undefined) {
      indentation = blanks.length;
    } else if (all === "{" || all === "[") {
      open.push(all === "{" ? "}" : "]");
    } else if (all === "}" || all === "]") {
      isBalanced &&= open.pop() === all;
    } else if (name !== undefined && colon !== undefined) {
      found.push({ name, depth: open.length, indentation });
    }
  }
  // An array at the top, or nothing but text, is no spec however it goes on.
  const isObject = text.trimStart().startsWith("{") || !/^\s*[[\]}]/.test(text);
  return { found: isObject ? found : [], isBalanced: isBalanced && open.length === 0 };
}
