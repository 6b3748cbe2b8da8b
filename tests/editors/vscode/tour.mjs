// Goes through the extension in the page as a person does, and makes pictures on the way: tour.mjs HOST LOGS PICTURES
import { mkdtempSync, mkdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launch } from "./browser.mjs";
import { installExtension, startCodeServer, startEmulator } from "./programs.mjs";
import { prepare } from "./tour/place.mjs";
import { STEPS } from "./tour/steps.mjs";
import { Workbench } from "./tour/workbench.mjs";

/** Slow enough that what goes on is shown. */
const LATENCY = ["--latency=700"];

const [host, logs, pictures] = process.argv.slice(2);
const work = mkdtempSync(join(tmpdir(), "connspec-tour-"));
const ends = [];
let page;
let passed = false;
try {
  const emulator = await startEmulator(join(host, "connspec"), join(logs, "emulator.log"), LATENCY);
  ends.push(emulator.stop);
  const place = prepare(work, emulator.url);
  installExtension(host, work, place);
  const server = await startCodeServer(host, work, logs, emulator.variables, place);
  ends.push(server.stop);
  const browser = await launch(host);
  ends.push(() => browser.close());
  page = await browser.newPage({ deviceScaleFactor: 2, reducedMotion: "reduce" });
  mkdirSync(pictures, { recursive: true });
  const workbench = new Workbench(page, place.spec, pictures);
  await workbench.start(server.url, place.workspace);
  for (const step of STEPS) {
    const start = Date.now();
    await step.run(workbench);
    console.log(`ok   ${step.name} (${Date.now() - start} ms)`);
  }
  passed = true;
} catch (error) {
  console.error(error.stack);
  await page?.screenshot({ path: join(logs, "last.png") });
} finally {
  for (const end of ends.reverse()) {
    await end();
  }
  rmSync(work, { recursive: true, force: true });
}
console.log(passed ? "PASS page" : `FAIL page: see ${logs}`);
process.exit(passed ? 0 : 1);
