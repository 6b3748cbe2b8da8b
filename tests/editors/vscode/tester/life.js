// The server ends, is started again, is stopped, is missing.
const { readFileSync } = require("node:fs");
const { assert, code, extension, findings, found, message, open, page, replace, run, see, told, until, vscode } = require("./tools");

const FILE = "harbour-connectionSpec.json";
const running = (state) => until(() => `the server is ${state}, not ${told().running()}`, () => told().running() === state);

/** Kills the server and waits for the next. */
const kill = async () => {
  const before = told().pid();
  process.kill(before, "SIGKILL");
  await until("another server", () => told().running() === "crashed" || (told().pid() !== before && told().running() === "running"));
};

/** Puts a mistake into the text; it is found, whoever knew the text before. */
const mistake = async (editor, before, after) => {
  await replace(editor, before, after);
  await found(editor.document.uri, (finding) => code(finding) === "unknown-key");
};

module.exports = [
  {
    name: "a server that was killed is started again and knows the text that is not saved",
    run: async () => {
      const editor = await open(FILE);
      await mistake(editor, '"authSpec"', '"authSpecc"');
      await kill();
      await running("running");
      const all = await found(editor.document.uri, (finding) => code(finding) === "unknown-key");
      assert(all.every((finding) => finding.source === "connspec"));
      await replace(editor, '"authSpecc"', '"authSpec"');
      await until("no finding", () => findings(editor.document.uri).every((finding) => code(finding) !== "unknown-key"));
      await run("workbench.action.files.revert");
    },
  },
  {
    name: "of a push in which the server ends nobody knows what came of it, which is said",
    run: async () => {
      await run("connspec.selectProfile", null, { profile: "slow" });
      await open(FILE);
      const pushed = run("connspec.push").then(() => "it was answered", ({ message }) => message);
      await see("Pushing the spec");
      await kill();
      assert.match(await pushed, /server has ended before it answered/);
      await running("running");
      await page("gone", ".notification-list-item", "Pushing the spec");
      await run("notifications.clearAll");
    },
  },
  {
    name: "one that ends again and again is left alone, and a button starts it",
    run: async () => {
      while (told().running() !== "crashed") {
        await kill();
      }
      await open(FILE);
      await page("see", ".statusbar-item", "connspec");
      await see("has ended by itself several times");
      const all = await page("see", ".notifications-center", "");
      assert(!/failed/i.test(all), `what follows from the end is told as well: ${all}`);
      await page("click", ".notifications-center .monaco-button", "Restart");
      await run("notifications.clearAll");
      await running("running");
      const { document } = await open("acme-connectionSpec.json");
      await found(document.uri, (finding) => finding.source === "connspec");
    },
  },
  {
    name: "stopped it says nothing, started it does",
    run: async () => {
      const { document } = await open("acme-connectionSpec.json");
      const pid = told().pid();
      await run("connspec.stop");
      assert.equal(told().running(), "stopped");
      await until("the process has ended", () => !isThere(pid));
      await until("no finding", () => findings(document.uri).length === 0);
      await run("connspec.start");
      await found(document.uri);
      await run("connspec.restart");
      await found(document.uri);
      assert.notEqual(told().pid(), pid);
    },
  },
  {
    name: "a program that is not there or is another is told, with a way out",
    run: async () => {
      const setting = vscode.workspace.getConfiguration("connspec.server");
      const set = (path) => setting.update("path", path, vscode.ConfigurationTarget.Global);
      await open("acme-connectionSpec.json");
      await set("/nowhere/connspec");
      await running("missing");
      const words = await message("names /nowhere/connspec");
      assert(words.includes("Open the Setting") && words.includes("How to Install"), words);
      await set("/bin/true");
      await message("/bin/true is not connspec");
      assert.equal(told().running(), "missing");
      // One that says the right version and then does not serve.
      await set(process.env.BROKEN);
      await running("crashed");
      await see("The connspec server did not start");
      const said = await page("see", ".notifications-center", "");
      assert(!said.includes("connspec client"), said);
      await run("notifications.clearAll");
      assert.equal(readFileSync(`${process.env.BROKEN}-was-run`, "utf8"), "lsp\n", "it was started more than once");
      await set(undefined);
      await running("running");
      await found(vscode.window.activeTextEditor.document.uri);
      assert(extension().isActive);
    },
  },
];

function isThere(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
