// Types documents key by key: typing.mjs HOST LOGS [--full]
//
// The short form types some documents fast. The full form types all of them at two speeds, and those that don't use the completion
// list also without the extension, as plain JSON: what VS Code alone does right is right with the extension too.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installExtension } from "./processes.mjs";
import { readDocuments } from "./typing/documents.mjs";
import { typeKeys } from "./typing/typist.mjs";
import { runSession } from "./ui/session.mjs";
import { CODE_LENS } from "./ui/workbench.mjs";
import { DEMO_FILE, prepareTypingWorkspace } from "./workspace.mjs";

/** Milliseconds a key: of a fast and of a slow typist. */
const [FAST, SLOW] = [35, 120];

const SHORT_FORM = ["batch-blocks", "streaming-arrows", "edits", "list-keys", "list-values", "list-inputs"];

const [host, logs, form] = process.argv.slice(2);
const isFull = form === "--full";
const documents = readDocuments().filter(({ name }) => isFull || SHORT_FORM.includes(name));
const delays = isFull ? [FAST, SLOW] : [FAST];

/** Types documents in one session. Returns whether all came out as expected. */
async function typeAll(mode, documents) {
  const dir = mkdtempSync(join(tmpdir(), "connspec-typing-"));
  const runs = delays.flatMap((delay) => documents.map((document) => ({ file: `${document.name}-${delay}-connectionSpec.json`, delay, document })));
  const prepare = (emulator) => {
    const prepared = prepareTypingWorkspace(dir, emulator.url);
    runs.forEach(({ file, document }) => writeFileSync(join(prepared.workspace, file), document.before));
    if (mode === "connspec") {
      installExtension(host, prepared);
    }
    return prepared;
  };
  const sessionLogs = join(logs, mode);
  mkdirSync(sessionLogs, { recursive: true });
  const options = { host, logs: sessionLogs, screenshots: sessionLogs, connspec: join(host, "connspec"), emulatorOptions: [], pageOptions: {}, prepare };
  const results = [];
  await runSession(options, async (workbench) => {
    await workbench.open(DEMO_FILE);
    if (mode === "connspec") {
      await workbench.waitFor(CODE_LENS, "6 problems");
    }
    for (const run of runs) {
      results.push(await typeDocument(workbench, mode, run));
    }
  });
  rmSync(dir, { recursive: true, force: true });
  const right = results.filter(Boolean).length;
  console.log(`${mode}: ${right} of ${runs.length} right`);
  return right === runs.length;
}

/** Types a document and reports it. Returns whether it came out as expected. */
async function typeDocument(workbench, mode, { file, delay, document }) {
  await workbench.show(file);
  const start = Date.now();
  await typeKeys(workbench, document.keys, delay);
  const text = workbench.textOf(file);
  const isRight = text === document.after;
  console.log(`${isRight ? "ok   " : "WRONG"} ${mode}, ${delay} ms a key: ${document.name} (${Date.now() - start} ms)`);
  if (!isRight) {
    console.log(text);
  }
  return isRight;
}

let passed = await typeAll("connspec", documents);
if (isFull) {
  const control = documents.filter(({ usesList }) => !usesList);
  passed = (await typeAll("json", control)) && passed;
}
console.log(passed ? "PASS typing" : `FAIL typing: see ${logs}`);
process.exit(passed ? 0 : 1);
