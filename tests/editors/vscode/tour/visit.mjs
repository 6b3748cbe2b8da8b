// A visit to VS Code's window: around it stand an emulator of the service, code-server and a browser.
import { join } from "node:path";
import { launch } from "../browser.mjs";
import { startCodeServer, startEmulator } from "../programs.mjs";
import { Workbench } from "./workbench.mjs";

/**
 * Opens the folder that `prepare` makes and goes through it. Says whether all went well; where it did not, the last that was
 * on screen is kept beside the logs.
 */
export async function visit({ host, logs, connspec, options, prepare, look, pictures }, go) {
  const ends = [];
  let page;
  try {
    const emulator = await startEmulator(connspec, join(logs, "emulator.log"), options);
    ends.push(emulator.stop);
    const place = prepare(emulator);
    const server = await startCodeServer(host, place.editor, logs, emulator.variables, place);
    ends.push(server.stop);
    const browser = await launch(host);
    ends.push(() => browser.close());
    page = await browser.newPage({ ...look, reducedMotion: "reduce" });
    const window = new Workbench(page, place.spec, pictures);
    await window.start(server.url, place.workspace);
    await go(window, emulator);
    return true;
  } catch (error) {
    console.error(error.stack);
    await page?.screenshot({ path: join(logs, "last.png") });
    return false;
  } finally {
    for (const end of ends.reverse()) {
      await end();
    }
  }
}
