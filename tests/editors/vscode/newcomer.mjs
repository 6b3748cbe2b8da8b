// The first minutes in VS Code, with the extension that was installed by hand: newcomer.mjs HOST LOGS EDITOR FOLDER CONNSPEC
//
// FOLDER is what `connspec demo` has made. Its mistakes are mended, and the spec is pushed to an emulator.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { launch } from "./browser.mjs";
import { startCodeServer, startEmulator } from "./programs.mjs";
import { FILE, SETTINGS } from "./tour/place.mjs";
import { LENS, MESSAGE, STATUS, Workbench } from "./tour/workbench.mjs";

const BULB_WITH_FIX = ".codicon-lightbulb-autofix";
const MENU_ROW = ".action-widget .monaco-list-row";
const [host, logs, editor, folder, connspec] = process.argv.slice(2);

/** Takes a fix of what is wrong at a place. VS Code drops what it is asked for while it looks for fixes by itself. */
async function mend(window, before, after, fix, fixed) {
  await window.goTo(before, after);
  await window.see(BULB_WITH_FIX, "");
  await window.press("Control+Period");
  await window.click(MENU_ROW, fix);
  await window.save(fixed);
  await window.gone(BULB_WITH_FIX, "");
}

async function goThrough(window) {
  await window.open(FILE);
  await window.see(LENS, "6 problems");
  await mend(window, "/v1/shops/${", "shopid", "Replace by `${shopId}`", "/v1/shops/${shopId}/orders");
  await mend(window, '"required": ["api', "key", "Replace by `apiKey`", '"required": ["apiKey"]');
  await mend(window, '"pagination', "Params", "Insert `offSetName`", '"offSetName": "');
  await window.run("Fix All");
  await window.save('"host": "https://api.acme.example"');
  await window.goTo('"version"');
  await window.see(LENS, "no problems");
  await window.run("connspec: Push to the Service");
  await window.see(MESSAGE, "Created as");
  await window.see(STATUS, "env: up to date");
}

const ends = [];
let page;
let passed = false;
try {
  const emulator = await startEmulator(connspec, join(logs, "emulator.log"), []);
  ends.push(emulator.stop);
  mkdirSync(join(editor, "data/User"), { recursive: true });
  writeFileSync(join(editor, "data/User/settings.json"), JSON.stringify(SETTINGS));
  const place = { isTrusted: true, home: process.env.HOME };
  const server = await startCodeServer(host, editor, logs, emulator.variables, place);
  ends.push(server.stop);
  const browser = await launch(host);
  ends.push(() => browser.close());
  page = await browser.newPage({ reducedMotion: "reduce" });
  const window = new Workbench(page, join(folder, FILE), logs);
  await window.start(server.url, folder);
  await goThrough(window);
  const listed = execFileSync(connspec, ["list"], { cwd: folder, env: { ...process.env, ...emulator.variables }, encoding: "utf8" });
  assert.match(listed, /acme-orders/, "the emulator has the spec");
  passed = true;
} catch (error) {
  console.error(error.stack);
  await page?.screenshot({ path: join(logs, "last.png") });
} finally {
  for (const end of ends.reverse()) {
    await end();
  }
}
process.exit(passed ? 0 : 1);
