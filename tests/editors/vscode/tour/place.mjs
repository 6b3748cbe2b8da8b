// What the tour goes through: a folder with one spec, and the settings of a person who likes it quiet.
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { QUIET } from "../quiet.mjs";

const repository = join(dirname(fileURLToPath(import.meta.url)), "../../../..");

/** The spec: the one that `connspec demo` writes, with six mistakes. */
export const FILE = "acme-connectionSpec.json";

/** What a person has set who likes it quiet. */
const SETTINGS = {
  ...QUIET,
  "workbench.colorTheme": "Default Dark Modern",
  "workbench.activityBar.location": "hidden",
  "workbench.layoutControl.enabled": false,
  "workbench.editor.empty.hint": "hidden",
  "window.commandCenter": false,
  "window.menuBarVisibility": "hidden",
  "window.customTitleBarVisibility": "never",
  "breadcrumbs.enabled": false,
  "editor.minimap.enabled": false,
  "editor.stickyScroll.enabled": false,
  "editor.scrollBeyondLastLine": false,
  "editor.cursorBlinking": "solid",
  "editor.fontFamily": "'JetBrains Mono', monospace",
  "editor.fontSize": 14,
  "editor.hover.above": false,
  "diffEditor.hideUnchangedRegions.enabled": true,
  "remote.autoForwardPorts": false,
};

/** Sets that in the editor that keeps its things in a folder. */
export function writeSettings(editor) {
  const user = join(editor, "data/User");
  mkdirSync(user, { recursive: true });
  writeFileSync(join(user, "settings.json"), JSON.stringify(SETTINGS));
}

/** Makes it. */
export function prepare(work, emulator) {
  const [workspace, home] = ["files", "home"].map((name) => join(work, name));
  for (const folder of [workspace, home]) {
    mkdirSync(folder, { recursive: true });
  }
  writeSettings(work);
  copyFileSync(join(repository, "src/cli/demo", FILE), join(workspace, FILE));
  const profile = `[profiles.dev]\nsandbox = "dev"\ngateway = "${emulator}"\nims = "${emulator}"\ncredentials = "env"\n`;
  writeFileSync(join(workspace, "connspec.toml"), `default-profile = "dev"\n\n${profile}`);
  return { isTrusted: true, editor: work, workspace, home, spec: join(workspace, FILE) };
}
