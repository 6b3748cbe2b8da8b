// The first minutes in VS Code with a manually installed extension: quickstart.mjs HOST LOGS EDITOR_DIR WORKSPACE CONNSPEC
//
// WORKSPACE contains the spec of `connspec demo`. Its problems are fixed, and it is pushed to an emulator.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { runSession } from "./ui/session.mjs";
import { CODE_LENS, NOTIFICATION, STATUS_BAR_ITEM } from "./ui/workbench.mjs";
import { DEMO_FILE, writeMinimalSettings } from "./workspace.mjs";

const [host, logs, editorDir, workspace, connspec] = process.argv.slice(2);
const options = {
  host,
  logs,
  connspec,
  emulatorOptions: [],
  pageOptions: {},
  screenshots: logs,
  prepare: () => {
    writeMinimalSettings(editorDir);
    return { isTrusted: true, home: process.env.HOME, editorDir, workspace, spec: join(workspace, DEMO_FILE) };
  },
};
const passed = await runSession(options, async (workbench, emulator) => {
  await workbench.open(DEMO_FILE);
  await workbench.waitFor(CODE_LENS, "6 problems");
  await workbench.applyFix("/v1/shops/${", "shopid", /Replace .*`\$\{shopId\}`/, "/v1/shops/${shopId}/orders");
  await workbench.applyFix('"required": ["api', "key", /Replace .*`apiKey`/, '"required": ["apiKey"]');
  await workbench.applyFix('"pagination', "Params", /`offSetName`/, '"offSetName": "');
  await workbench.goTo('"offSetName": "', '"');
  await workbench.type("offset");
  await workbench.save('"offSetName": "offset"');
  await workbench.runCommand("Fix All");
  await workbench.save('"host": "https://api.acme.example"');
  await workbench.goTo('"version"');
  await workbench.waitFor(CODE_LENS, "no problems");
  await workbench.runCommand("connspec: Push");
  await workbench.waitFor(NOTIFICATION, "Created");
  await workbench.waitFor(STATUS_BAR_ITEM, "env: up to date");
  const env = { ...process.env, ...emulator.variables };
  const list = execFileSync(connspec, ["list"], { cwd: workspace, env, encoding: "utf8" });
  assert.match(list, /acme-orders/, "the emulator has the spec");
});
process.exit(passed ? 0 : 1);
