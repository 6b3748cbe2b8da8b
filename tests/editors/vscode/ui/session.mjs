// A session with the workbench: an emulator, code-server and a browser.
import { join } from "node:path";
import { launchBrowser, startCodeServer, startEmulator } from "../processes.mjs";
import { Workbench } from "./workbench.mjs";

/** Opens the workspace that `prepare` returns and runs `steps`. Returns whether they passed; on failure it saves a screenshot. */
export async function runSession({ host, logs, connspec, emulatorOptions, prepare, pageOptions, screenshots }, steps) {
  const cleanups = [];
  let page;
  try {
    const emulator = await startEmulator(connspec, join(logs, "emulator.log"), emulatorOptions);
    cleanups.push(emulator.stop);
    const prepared = prepare(emulator);
    const server = await startCodeServer(host, logs, emulator.variables, prepared);
    cleanups.push(server.stop);
    const browser = await launchBrowser(host);
    cleanups.push(() => browser.close());
    page = await browser.newPage({ ...pageOptions, reducedMotion: "reduce" });
    const workbench = new Workbench(page, prepared.spec, screenshots);
    await workbench.start(server.url, prepared.workspace);
    await steps(workbench, emulator);
    return true;
  } catch (error) {
    console.error(error.stack);
    await page?.screenshot({ path: join(logs, "last.png") });
    return false;
  } finally {
    for (const cleanup of cleanups.reverse()) {
      await cleanup();
    }
  }
}
