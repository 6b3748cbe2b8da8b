// The folder that is open in the editor, the person's settings, and the traps in a folder that is not trusted.
import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { QUIET } from "./quiet.mjs";

const repository = join(dirname(fileURLToPath(import.meta.url)), "../../..");

/** Makes the folder for a scenario. */
export function prepare(scenario, work, { emulator, slow }) {
  const isTrusted = scenario !== "untrusted";
  const [workspace, home, traps] = ["files", "home", "traps"].map((name) => join(work, name));
  const user = join(work, "data", "User");
  for (const folder of [workspace, home, traps, user]) {
    mkdirSync(folder, { recursive: true });
  }
  const trust = { "security.workspace.trust.startupPrompt": "never", "security.workspace.trust.banner": "never" };
  writeFileSync(join(user, "settings.json"), JSON.stringify(isTrusted ? QUIET : { ...QUIET, ...trust }));

  const file = (name, text) => writeFileSync(join(workspace, name), text);
  const clean = readFileSync(join(repository, "tests/specs/batch-none-connectionSpec.json"), "utf8");
  copyFileSync(join(repository, "src/cli/demo/acme-connectionSpec.json"), join(workspace, "acme-connectionSpec.json"));
  file("tidewater-connectionSpec.json", clean);
  file("harbour-connectionSpec.json", clean.replaceAll("Tidewater", "Harbour"));
  file("by-content.json", clean.replaceAll("Tidewater", "Content"));
  file("empty-connectionSpec.json", "{}\n");
  file("other.json", '{\n  "name": "other",\n  "version": \n}\n');
  file("connspec.toml", toml(emulator, slow, traps));
  if (!isTrusted) {
    setTraps(workspace, traps);
  }
  return { isTrusted, workspace, home, traps, broken: brokenServer(work) };
}

function toml(emulator, slow, traps) {
  const profile = (name, gateway, credentials) =>
    `[profiles.${name}]\nsandbox = "dev"\ngateway = "${gateway}"\nims = "${gateway}"\ncredentials = ${credentials}\n`;
  const trap = JSON.stringify([join(traps, "credentials")]);
  return [
    'default-profile = "quick"\n',
    profile("quick", emulator, '"env"'),
    profile("slow", slow, '"env"'),
    profile("trap", emulator, `{ command = ${trap} }`),
  ].join("\n");
}

/** A program that says the version of connspec and ends when it is to serve. */
function brokenServer(work) {
  const path = join(work, "broken");
  const version = `[ "$1" = --version ] && exec "$CONNSPEC" --version`;
  writeFileSync(path, `#!/bin/sh\n${version}\necho "$@" >> "${path}-was-run"\nexit 1\n`);
  chmodSync(path, 0o755);
  return path;
}

/** Programs that a folder names and that may not be run before it is trusted. Each notes that it was. */
function setTraps(workspace, traps) {
  const program = (name, does) => {
    writeFileSync(join(traps, name), `#!/bin/sh\necho "$@" >> "${join(traps, `${name}-was-run`)}"\n${does}\n`);
    chmodSync(join(traps, name), 0o755);
  };
  program("connspec", 'exec "$CONNSPEC" "$@"');
  program("credentials", 'printf "CONNSPEC_CLIENT_ID=%s\\nCONNSPEC_CLIENT_SECRET=%s\\nCONNSPEC_ORG_ID=%s\\n" "$CONNSPEC_CLIENT_ID" "$CONNSPEC_CLIENT_SECRET" "$CONNSPEC_ORG_ID"');
  mkdirSync(join(workspace, ".vscode"));
  const settings = { "connspec.server.path": join(traps, "connspec"), "connspec.profile": "trap" };
  writeFileSync(join(workspace, ".vscode", "settings.json"), JSON.stringify(settings));
}
