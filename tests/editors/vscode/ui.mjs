// Uses the extension through the UI, as an author does, and takes screenshots: ui.mjs HOST LOGS SCREENSHOTS
import { mkdtempSync, mkdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installExtension } from "./processes.mjs";
import { runSession } from "./ui/session.mjs";
import { STEPS } from "./ui/steps.mjs";
import { prepareUiWorkspace } from "./workspace.mjs";

const [host, logs, screenshots] = process.argv.slice(2);
const dir = mkdtempSync(join(tmpdir(), "connspec-ui-"));
mkdirSync(screenshots, { recursive: true });
const options = {
  host,
  logs,
  screenshots,
  connspec: join(host, "connspec"),
  // Slow enough for progress to be shown.
  emulatorOptions: ["--latency=700"],
  pageOptions: { deviceScaleFactor: 2 },
  prepare: (emulator) => {
    const prepared = prepareUiWorkspace(dir, emulator.url);
    installExtension(host, prepared);
    return prepared;
  },
};
const passed = await runSession(options, async (workbench) => {
  for (const step of STEPS) {
    const start = Date.now();
    await step.run(workbench);
    console.log(`ok   ${step.name} (${Date.now() - start} ms)`);
  }
});
rmSync(dir, { recursive: true, force: true });
console.log(passed ? "PASS ui" : `FAIL ui: see ${logs}`);
process.exit(passed ? 0 : 1);
