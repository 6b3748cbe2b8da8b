// What the tour goes through: a folder with one spec, and the settings of a person who likes it quiet.
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const repository = join(dirname(fileURLToPath(import.meta.url)), "../../../..");

/** The spec: the one that `connspec demo` writes, with six mistakes. */
export const FILE = "acme-connectionSpec.json";

/** What a person has set who likes it quiet. */
export const SETTINGS = {
  "workbench.colorTheme": "Default Dark Modern",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.enableExperiments": false,
  "workbench.activityBar.location": "hidden",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
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
  "chat.disableAIFeatures": true,
  "extensions.autoUpdate": false,
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "git.enabled": false,
  "files.autoSave": "off",
};

/** Makes it. */
export function prepare(work, emulator) {
  const [workspace, home, user] = ["files", "home", "data/User"].map((name) => join(work, name));
  for (const folder of [workspace, home, user]) {
    mkdirSync(folder, { recursive: true });
  }
  writeFileSync(join(user, "settings.json"), JSON.stringify(SETTINGS));
  copyFileSync(join(repository, "src/cli/demo", FILE), join(workspace, FILE));
  const profile = `[profiles.dev]\nsandbox = "dev"\ngateway = "${emulator}"\nims = "${emulator}"\ncredentials = "env"\n`;
  writeFileSync(join(workspace, "connspec.toml"), `default-profile = "dev"\n\n${profile}`);
  return { isTrusted: true, workspace, home, spec: join(workspace, FILE) };
}
