import assert from "node:assert/strict";
import test from "node:test";
import manifest from "../package.json";
import { menuCommands, statusItem, type ServerState, type SyncStatus } from "../src/syncStatus";

const STATUS: SyncStatus = {
  uri: "file:///a.json",
  profile: "dev",
  status: "local-changes",
  description: "local changes",
  location: "sandbox dev (profile dev)",
  id: "0ed90a81",
  registered: true,
};
const STATES: ServerState[] = ["starting", "running", "stopped", "crashed", "missing"];
const menu = (server: ServerState, status?: SyncStatus, isTrusted = true) =>
  menuCommands(server, status, isTrusted).map((command) => command.replace("connspec.", ""));

test("the item shows the profile and the sync status", () => {
  assert.deepEqual(statusItem("running", STATUS, true), {
    text: "$(cloud-upload) dev: local changes",
    tooltip: "Sync status: local changes. Linked to 0ed90a81 in sandbox dev (profile dev). Click for commands.",
    isWarning: false,
  });
  const unknown = { ...STATUS, status: null, description: "not compared yet", location: null, id: null, registered: null };
  assert.equal(statusItem("running", unknown, true).text, "$(cloud) dev: not compared yet");
  assert.equal(statusItem("running", { ...STATUS, status: "remote-deleted", description: "deleted" }, true).isWarning, true);
});

test("the item shows why there is no profile", () => {
  const none = { ...STATUS, profile: null, status: null, description: "unknown profile `x`" };
  const { text, tooltip } = statusItem("running", none, true);
  assert.equal(text, "$(warning) connspec: no profile");
  assert.match(tooltip, /unknown profile `x`/);
});

test("the item shows an untrusted workspace and a server that is not running", () => {
  assert.match(statusItem("running", STATUS, false).text, /not trusted/);
  const warnings = STATES.filter((server) => statusItem(server, STATUS, true).isWarning);
  assert.deepEqual(warnings, ["crashed", "missing"]);
});

test("the most likely command comes first", () => {
  const first = (status: string | null) => menu("running", { ...STATUS, status })[0];
  assert.equal(first(null), "push");
  assert.equal(first("local-changes"), "push");
  assert.equal(first("remote-changes"), "pull");
  assert.equal(first("remote-deleted"), "push");
  assert.equal(menu("missing")[0], "openServerSetting");
  assert.equal(menu("crashed")[0], "start");
});

test("inapplicable commands are left out", () => {
  assert(!menu("running", { ...STATUS, status: "remote-deleted" }).includes("pull"));
  assert(!menu("running", STATUS).includes("register"));
  assert(menu("running", { ...STATUS, registered: false }).includes("register"));
  assert(!menu("running", STATUS, false).includes("push"));
  assert(!menu("stopped", STATUS).includes("push"));
});

test("every command of the menu exists", () => {
  const contributed = new Set(manifest.contributes.commands.map(({ command }) => command));
  const others = ["connspec.openServerSetting", "workbench.trust.manage"];
  for (const server of STATES) {
    for (const status of [null, "not-linked", "up-to-date", "remote-changes", "remote-deleted"]) {
      for (const command of [true, false].flatMap((trusted) => menuCommands(server, { ...STATUS, status }, trusted))) {
        assert(contributed.has(command) || others.includes(command), command);
      }
    }
  }
});
