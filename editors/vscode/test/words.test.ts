import assert from "node:assert/strict";
import test from "node:test";
import manifest from "../package.json";
import { offers, shown, type Running, type State } from "../src/words";

const STATE: State = {
  uri: "file:///a.json",
  profile: "dev",
  standing: "changed-here",
  words: "changed here",
  place: "sandbox dev (profile dev)",
  id: "0ed90a81",
  registered: true,
};
const RUNNING: Running[] = ["starting", "running", "stopped", "crashed", "missing"];
const commands = (running: Running, state?: State, isTrusted = true) =>
  offers(running, state, isTrusted).map(({ command }) => command.replace("connspec.", ""));

test("the profile and how the spec stands are shown", () => {
  assert.deepEqual(shown("running", STATE, true), {
    text: "$(cloud-upload) dev: changed here",
    tooltip: "This spec is changed here. In sandbox dev (profile dev) as 0ed90a81. Click for commands.",
    isWarning: false,
  });
  const unknown = { ...STATE, standing: null, words: "not compared yet", place: null, id: null, registered: null };
  assert.equal(shown("running", unknown, true).text, "$(cloud) dev: not compared yet");
  assert.equal(shown("running", { ...STATE, standing: "gone", words: "gone" }, true).isWarning, true);
});

test("why no profile counts is shown", () => {
  const none = { ...STATE, profile: null, standing: null, words: "There is no profile `x`." };
  const said = shown("running", none, true);
  assert.equal(said.text, "$(warning) connspec: no profile");
  assert.match(said.tooltip, /There is no profile `x`\./);
});

test("a workspace that is not trusted and a server that does not run are shown", () => {
  assert.match(shown("running", STATE, false).text, /not trusted/);
  const warns = RUNNING.filter((running) => shown(running, STATE, true).isWarning);
  assert.deepEqual(warns, ["crashed", "missing"]);
});

test("the likeliest command comes first", () => {
  const first = (standing: string | null, registered = true) => commands("running", { ...STATE, standing, registered })[0];
  assert.equal(first(null), "push");
  assert.equal(first("changed-here"), "push");
  assert.equal(first("changed-there"), "pull");
  assert.equal(first("gone"), "push");
  assert.equal(commands("missing")[0], "openServerSetting");
  assert.equal(commands("crashed")[0], "start");
});

test("what makes no sense is not offered", () => {
  assert(!commands("running", { ...STATE, standing: "gone" }).includes("pull"));
  assert(!commands("running", STATE).includes("register"));
  assert(commands("running", { ...STATE, registered: false }).includes("register"));
  assert(!commands("running", STATE, false).includes("push"));
  assert(!commands("stopped", STATE).includes("push"));
});

test("every command that is offered is one of the extension or of the editor", () => {
  const known = new Set(manifest.contributes.commands.map(({ command }) => command));
  const own = ["connspec.openServerSetting", "workbench.trust.manage"];
  for (const running of RUNNING) {
    for (const standing of [null, "not-linked", "up-to-date", "changed-there", "gone"]) {
      for (const { command } of [true, false].flatMap((trusted) => offers(running, { ...STATE, standing }, trusted))) {
        assert(known.has(command) || own.includes(command), command);
      }
    }
  }
});
