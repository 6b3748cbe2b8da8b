// Prepares the workspaces, homes and user settings of the tests.
import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const repository = join(dirname(fileURLToPath(import.meta.url)), "../../..");

/** The spec that `connspec demo` creates, with six problems. */
export const DEMO_FILE = "acme-connectionSpec.json";

/** No start page, no assistants, no downloads, no auto save. */
const QUIET = {
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.enableExperiments": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "chat.disableAIFeatures": true,
  "extensions.autoUpdate": false,
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "git.enabled": false,
  "files.autoSave": "off",
};

/** Little but the editor, for screenshots. */
const MINIMAL = {
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

function writeSettings(editorDir, settings) {
  const user = join(editorDir, "data/User");
  mkdirSync(user, { recursive: true });
  writeFileSync(join(user, "settings.json"), JSON.stringify(settings));
}

export function writeMinimalSettings(editorDir) {
  writeSettings(editorDir, MINIMAL);
}

function makeDirs(dir, ...names) {
  return names.map((name) => {
    mkdirSync(join(dir, name), { recursive: true });
    return join(dir, name);
  });
}

/** The workspace of the UI test: the demo spec and one profile. */
export function prepareUiWorkspace(dir, emulatorUrl) {
  const [workspace, home] = makeDirs(dir, "files", "home");
  writeMinimalSettings(dir);
  copyFileSync(join(repository, "src/cli/demo", DEMO_FILE), join(workspace, DEMO_FILE));
  writeFileSync(join(workspace, "connspec.toml"), `default-profile = "dev"\n\n${profile("dev", emulatorUrl, '"env"')}`);
  return { isTrusted: true, editorDir: dir, workspace, home, spec: join(workspace, DEMO_FILE) };
}

/** The workspace of the typing test: the demo spec, and an editor that types as it does without settings. */
export function prepareTypingWorkspace(dir, emulatorUrl) {
  const prepared = prepareUiWorkspace(dir, emulatorUrl);
  const oneTab = { "workbench.editor.limit.enabled": true, "workbench.editor.limit.value": 1 };
  // As specs are indented.
  const json = { "[json]": { "editor.tabSize": 2 } };
  writeSettings(dir, { ...MINIMAL, ...oneTab, ...json });
  return prepared;
}

/** The workspace of a suite inside the extension host. */
export function prepareSuiteWorkspace(scenario, dir, { emulator, slow, variables }) {
  const isTrusted = scenario !== "untrusted";
  const [workspace, home, traps] = makeDirs(dir, "files", "home", "traps");
  const trust = { "security.workspace.trust.startupPrompt": "never", "security.workspace.trust.banner": "never" };
  writeSettings(dir, isTrusted ? QUIET : { ...QUIET, ...trust });

  const file = (name, text) => writeFileSync(join(workspace, name), text);
  const clean = readFileSync(join(repository, "tests/specs/batch-none-connectionSpec.json"), "utf8");
  copyFileSync(join(repository, "src/cli/demo", DEMO_FILE), join(workspace, DEMO_FILE));
  file("tidewater-connectionSpec.json", clean);
  file("harbour-connectionSpec.json", clean.replaceAll("Tidewater", "Harbour"));
  file("by-content.json", clean.replaceAll("Tidewater", "Content"));
  file("empty-connectionSpec.json", "{}\n");
  file("other.json", '{\n  "name": "other",\n  "version": \n}\n');
  const trap = JSON.stringify([join(traps, "credentials")]);
  // Credentials of the environment are only sent to the hosts that it names.
  file("credentials.env", Object.entries(variables).map(([name, value]) => `${name}=${value}\n`).join(""));
  const profiles = [
    profile("quick", emulator, '"env"'),
    profile("slow", slow, '{ file = "credentials.env" }'),
    profile("trap", emulator, `{ command = ${trap} }`),
  ];
  file("connspec.toml", ['default-profile = "quick"\n', ...profiles].join("\n"));
  if (!isTrusted) {
    setTraps(workspace, traps);
  }
  return { isTrusted, editorDir: dir, workspace, home, traps, broken: brokenServer(dir) };
}

function profile(name, url, credentials) {
  return `[profiles.${name}]\nsandbox = "dev"\ngateway = "${url}"\nims = "${url}"\ncredentials = ${credentials}\n`;
}

/** A program with the version of connspec that exits when it is run as a server. */
function brokenServer(dir) {
  const path = join(dir, "broken");
  const version = `[ "$1" = --version ] && exec "$CONNSPEC" --version`;
  writeFileSync(path, `#!/bin/sh\n${version}\necho "$@" >> "${path}-was-run"\nexit 1\n`);
  chmodSync(path, 0o755);
  return path;
}

/** Programs in the settings of the workspace that must not run before it is trusted. Each records its runs. */
function setTraps(workspace, traps) {
  const program = (name, command) => {
    writeFileSync(join(traps, name), `#!/bin/sh\necho "$@" >> "${join(traps, `${name}-was-run`)}"\n${command}\n`);
    chmodSync(join(traps, name), 0o755);
  };
  program("connspec", 'exec "$CONNSPEC" "$@"');
  program("credentials", 'printf "CONNSPEC_CLIENT_ID=%s\\nCONNSPEC_CLIENT_SECRET=%s\\nCONNSPEC_ORG_ID=%s\\n" "$CONNSPEC_CLIENT_ID" "$CONNSPEC_CLIENT_SECRET" "$CONNSPEC_ORG_ID"');
  mkdirSync(join(workspace, ".vscode"));
  const settings = { "connspec.server.path": join(traps, "connspec"), "connspec.profile": "trap" };
  writeFileSync(join(workspace, ".vscode", "settings.json"), JSON.stringify(settings));
}
