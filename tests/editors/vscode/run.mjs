// Runs one scenario: run.mjs NAME HOST LOGS
//
// Around the suite, which runs inside the extension host, stand an emulator of the service, code-server with the .vsix
// installed, and a browser with the workbench. What a person does in the page (a click on a button) the suite asks for.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { installExtension, startCodeServer, startEmulator } from "./programs.mjs";
import { openPage } from "./page.mjs";
import { prepare } from "./workspace.mjs";

/** How long a scenario may take, in milliseconds. */
const PATIENCE = 180_000;

const [scenario, host, logs] = process.argv.slice(2);
const here = dirname(fileURLToPath(import.meta.url));
const work = mkdtempSync(join(tmpdir(), "connspec-vscode-"));
const ends = [];
let code = 1;
try {
  const connspec = join(host, "connspec");
  const emulator = await startEmulator(connspec, join(logs, "emulator.log"), []);
  ends.push(emulator.stop);
  const slow = await startEmulator(connspec, join(logs, "slow-emulator.log"), ["--latency=3000"]);
  ends.push(slow.stop);
  const place = prepare(scenario, work, { emulator: emulator.url, slow: slow.url });
  const page = openPage(host, logs);
  ends.push(page.close);
  const suite = {
    SCENARIO: scenario,
    WORKSPACE: place.workspace,
    PAGE: await page.listen(),
    CONNSPEC: connspec,
    EMULATOR_LOG: join(logs, "emulator.log"),
    TRAPS: place.traps,
    BROKEN: place.broken,
  };
  installExtension(host, work, place);
  const server = await startCodeServer(host, work, logs, { ...emulator.variables, ...suite }, place);
  ends.push(server.stop);
  code = await page.run(server.url, place.workspace, here, PATIENCE);
} catch (error) {
  console.error(error);
} finally {
  for (const end of ends.reverse()) {
    await end();
  }
  rmSync(work, { recursive: true, force: true });
}
console.log(code === 0 ? `PASS ${scenario}` : `FAIL ${scenario}: see ${logs}`);
process.exit(code === 0 ? 0 : 1);
