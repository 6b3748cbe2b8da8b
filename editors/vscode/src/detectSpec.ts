// Whether a JSON text is a connection spec, by the rule of the server: at least two of these keys at the top level. The text
// is scanned once and does not have to parse.

const KEYS = ["authSpec", "sourceSpec", "exploreSpec", "providerId"];

/** Far more characters than any spec has. Scanning larger texts would delay opening them. */
const MAX_LENGTH = 4_000_000;

export function isSpec(text: string): boolean {
  // Rules out nearly all other JSON.
  if (text.length > MAX_LENGTH || KEYS.filter((key) => text.includes(`"${key}"`)).length < 2) {
    return false;
  }
  const { keys, isBalanced } = scanKeys(text);
  // With unbalanced brackets the depth is unreliable, so the indentation decides.
  const top = isBalanced ? 1 : keys.reduce((min, key) => Math.min(min, key.indentation), Infinity);
  const topLevel = keys.filter((key) => (isBalanced ? key.depth : key.indentation) === top);
  const names = new Set(topLevel.map((key) => key.name));
  return KEYS.filter((key) => names.has(key)).length >= 2;
}

/** Whether an inserted text contains a key that could turn a document into a spec. */
export function containsSpecKey(inserted: string): boolean {
  return KEYS.some((key) => inserted.includes(`"${key}"`));
}

interface Key {
  name: string;
  /** The number of open brackets. */
  depth: number;
  /** The indentation of its line. */
  indentation: number;
}

/** The keys of a text that starts with an object, and whether its brackets are balanced. */
function scanKeys(text: string): { keys: Key[]; isBalanced: boolean } {
  const keys: Key[] = [];
  const open: string[] = [];
  // Strings (which end at the end of the line at the latest), comments, brackets, indentation.
  const tokens = /"((?:[^"\\\r\n]+|\\.)*)"?(\s*:)?|\/\/.*|\/\*[\s\S]*?(?:\*\/|$)|[{}[\]]|(?:^|[\r\n])([ \t]*)/g;
  let indentation = 0;
  let isBalanced = text.trimStart().startsWith("{");
  for (const [token, name, colon, leading] of text.matchAll(tokens)) {
    if (leading !== undefined) {
      indentation = leading.length;
    } else if (token === "{" || token === "[") {
      open.push(token === "{" ? "}" : "]");
    } else if (token === "}" || token === "]") {
      isBalanced &&= open.pop() === token;
    } else if (name !== undefined && colon !== undefined) {
      keys.push({ name, depth: open.length, indentation });
    }
  }
  // A top-level array or scalar is never a spec.
  const isObject = text.trimStart().startsWith("{") || !/^\s*[[\]}]/.test(text);
  return { keys: isObject ? keys : [], isBalanced: isBalanced && open.length === 0 };
}
