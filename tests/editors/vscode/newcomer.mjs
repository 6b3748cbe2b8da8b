// The first minutes in VS Code, with the extension that was installed by hand: newcomer.mjs HOST LOGS EDITOR FOLDER CONNSPEC
//
// FOLDER is what `connspec demo` has made. Its mistakes are mended, and the spec is pushed to an emulator.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { FILE, writeSettings } from "./tour/place.mjs";
import { visit } from "./tour/visit.mjs";
import { LENS, MESSAGE, STATUS } from "./tour/workbench.mjs";

const [host, logs, editor, workspace, connspec] = process.argv.slice(2);
const visited = {
  host,
  logs,
  connspec,
  options: [],
  look: {},
  pictures: logs,
  prepare: () => {
    writeSettings(editor);
    return { isTrusted: true, home: process.env.HOME, editor, workspace, spec: join(workspace, FILE) };
  },
};
const passed = await visit(visited, async (window, emulator) => {
  await window.open(FILE);
  await window.see(LENS, "6 problems");
  await window.mend("/v1/shops/${", "shopid", "Replace by `${shopId}`", "/v1/shops/${shopId}/orders");
  await window.mend('"required": ["api', "key", "Replace by `apiKey`", '"required": ["apiKey"]');
  await window.mend('"pagination', "Params", "Insert `offSetName`", '"offSetName": "');
  await window.run("Fix All");
  await window.save('"host": "https://api.acme.example"');
  await window.goTo('"version"');
  await window.see(LENS, "no problems");
  await window.run("connspec: Push to the Service");
  await window.see(MESSAGE, "Created as");
  await window.see(STATUS, "env: up to date");
  const env = { ...process.env, ...emulator.variables };
  const listed = execFileSync(connspec, ["list"], { cwd: workspace, env, encoding: "utf8" });
  assert.match(listed, /acme-orders/, "the emulator has the spec");
});
process.exit(passed ? 0 : 1);
