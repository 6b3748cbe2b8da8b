// Runs the suite of a scenario inside the extension host: run-suite.mjs SCENARIO HOST LOGS
//
// Starts an emulator, code-server with the .vsix installed, and a browser with the workbench.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { openBridge } from "./bridge.mjs";
import { installExtension, startCodeServer, startEmulator } from "./processes.mjs";
import { prepareSuiteWorkspace } from "./workspace.mjs";

/** How long a scenario may take, in milliseconds. */
const SCENARIO_TIMEOUT = 180_000;

const [scenario, host, logs] = process.argv.slice(2);
const suite = join(dirname(fileURLToPath(import.meta.url)), "suite");
const dir = mkdtempSync(join(tmpdir(), "connspec-vscode-"));
const cleanups = [];
let passed = false;
try {
  const connspec = join(host, "connspec");
  const emulator = await startEmulator(connspec, join(logs, "emulator.log"), []);
  cleanups.push(emulator.stop);
  const slow = await startEmulator(connspec, join(logs, "slow-emulator.log"), ["--latency=3000"]);
  cleanups.push(slow.stop);
  const prepared = prepareSuiteWorkspace(scenario, dir, { emulator: emulator.url, slow: slow.url, variables: emulator.variables });
  const bridge = openBridge(host, logs);
  cleanups.push(bridge.close);
  const variables = {
    ...emulator.variables,
    SCENARIO: scenario,
    // The suite for an untrusted workspace confirms what its profile does.
    ...(prepared.isTrusted ? { CONNSPEC_TRUST: "1" } : {}),
    WORKSPACE: prepared.workspace,
    BRIDGE: await bridge.listen(),
    CONNSPEC: connspec,
    EMULATOR_LOG: join(logs, "emulator.log"),
    TRAPS: prepared.traps,
    BROKEN: prepared.broken,
  };
  installExtension(host, prepared);
  const server = await startCodeServer(host, logs, variables, prepared);
  cleanups.push(server.stop);
  passed = await bridge.run(server.url, prepared.workspace, suite, SCENARIO_TIMEOUT);
} catch (error) {
  console.error(error);
} finally {
  for (const cleanup of cleanups.reverse()) {
    await cleanup();
  }
  rmSync(dir, { recursive: true, force: true });
}
console.log(passed ? `PASS ${scenario}` : `FAIL ${scenario}: see ${logs}`);
process.exit(passed ? 0 : 1);
