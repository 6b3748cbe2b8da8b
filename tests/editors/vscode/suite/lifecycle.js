// Crashes, restarts, and programs that cannot be run.
const { readFileSync } = require("node:fs");
const { api, assert, extension, hasCode, isOurs, open, page, replace, run, takeNotification, until, untilDiagnostic, untilNoDiagnostic, untilNotification, vscode } = require("./helpers");

const FILE = "harbour-connectionSpec.json";
const untilState = (expected) => until(() => `the server to be ${expected}, not ${api().serverState()}`, () => api().serverState() === expected);

/** Kills the server and waits for its restart, or for the decision against one. */
const kill = async () => {
  const before = api().serverPid();
  process.kill(before, "SIGKILL");
  await until("another server", () => api().serverState() === "crashed" || (api().serverPid() !== before && api().serverState() === "running"));
};

module.exports = [
  {
    name: "a killed server is restarted and knows the unsaved text",
    run: async () => {
      const editor = await open(FILE);
      const uri = editor.document.uri;
      await replace(editor, '"authSpec"', '"authSpecc"');
      await untilDiagnostic(uri, hasCode("unknown-key"));
      await kill();
      await untilState("running");
      const all = await untilDiagnostic(uri, hasCode("unknown-key"));
      assert(all.every(isOurs));
      await replace(editor, '"authSpecc"', '"authSpec"');
      await untilNoDiagnostic(uri, hasCode("unknown-key"));
      await run("workbench.action.files.revert");
    },
  },
  {
    name: "a push interrupted by a crash fails with an unknown outcome",
    run: async () => {
      await run("connspec.selectProfile", null, { profile: "slow" });
      await open(FILE);
      const push = run("connspec.push").then(() => "no error", ({ message }) => message);
      await untilNotification("Pushing");
      await kill();
      assert.match(await push, /server exited before it responded/);
      await untilState("running");
      await page("waitForNone", ".notification-list-item", "Pushing");
      await run("notifications.clearAll");
    },
  },
  {
    name: "a server that crashes repeatedly is restarted by a button only",
    run: async () => {
      while (api().serverState() !== "crashed") {
        await kill();
      }
      await open(FILE);
      await page("waitFor", ".statusbar-item", "connspec");
      await untilNotification("crashed repeatedly");
      const all = await page("waitFor", ".notifications-center", "");
      assert(!/failed/i.test(all), `consequences of the crash are reported as well: ${all}`);
      await page("click", ".notifications-center .monaco-button", "Restart");
      await run("notifications.clearAll");
      await untilState("running");
      const { document } = await open("acme-connectionSpec.json");
      await untilDiagnostic(document.uri, isOurs);
    },
  },
  {
    name: "stop and start",
    run: async () => {
      const { document } = await open("acme-connectionSpec.json");
      const pid = api().serverPid();
      await run("connspec.stop");
      assert.equal(api().serverState(), "stopped");
      await until("the process to exit", () => !exists(pid));
      await untilNoDiagnostic(document.uri);
      await run("connspec.start");
      await untilDiagnostic(document.uri);
      await run("connspec.restart");
      await untilDiagnostic(document.uri);
      assert.notEqual(api().serverPid(), pid);
    },
  },
  {
    name: "a missing or wrong program is reported with a way out",
    run: async () => {
      const setting = vscode.workspace.getConfiguration("connspec.server");
      const setPath = (path) => setting.update("path", path, vscode.ConfigurationTarget.Global);
      await open("acme-connectionSpec.json");
      await setPath("/nowhere/connspec");
      await untilState("missing");
      const message = await takeNotification("is set to /nowhere/connspec");
      assert(message.includes("Open Setting") && message.includes("How to Install"), message);
      await setPath("/bin/true");
      await takeNotification("/bin/true is not connspec");
      assert.equal(api().serverState(), "missing");
      // A program with the right version that exits when it is run as a server.
      await setPath(process.env.BROKEN);
      await untilState("crashed");
      await untilNotification("The connspec server failed to start");
      const all = await page("waitFor", ".notifications-center", "");
      assert(!all.includes("connspec client"), all);
      await run("notifications.clearAll");
      assert.equal(readFileSync(`${process.env.BROKEN}-was-run`, "utf8"), "lsp\n", "it was started more than once");
      await setPath(undefined);
      await untilState("running");
      await untilDiagnostic(vscode.window.activeTextEditor.document.uri);
      assert(extension().isActive);
    },
  },
];

function exists(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
