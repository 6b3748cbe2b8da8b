// Goes through the extension in the page as a person does, and makes pictures on the way: tour.mjs HOST LOGS PICTURES
import { mkdtempSync, mkdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installExtension } from "./programs.mjs";
import { prepare } from "./tour/place.mjs";
import { STEPS } from "./tour/steps.mjs";
import { visit } from "./tour/visit.mjs";

const [host, logs, pictures] = process.argv.slice(2);
const work = mkdtempSync(join(tmpdir(), "connspec-tour-"));
mkdirSync(pictures, { recursive: true });
const tour = {
  host,
  logs,
  pictures,
  connspec: join(host, "connspec"),
  // Slow enough that what goes on is shown.
  options: ["--latency=700"],
  look: { deviceScaleFactor: 2 },
  prepare: (emulator) => {
    const place = prepare(work, emulator.url);
    installExtension(host, work, place);
    return place;
  },
};
const passed = await visit(tour, async (window) => {
  for (const step of STEPS) {
    const start = Date.now();
    await step.run(window);
    console.log(`ok   ${step.name} (${Date.now() - start} ms)`);
  }
});
rmSync(work, { recursive: true, force: true });
console.log(passed ? "PASS page" : `FAIL page: see ${logs}`);
process.exit(passed ? 0 : 1);
