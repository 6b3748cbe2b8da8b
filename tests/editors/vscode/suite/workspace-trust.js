// An untrusted workspace whose settings name a program, and a profile whose credentials are printed by a program.
const { existsSync, readFileSync } = require("node:fs");
const { join } = require("node:path");
const { api, assert, fileUri, isOurs, open, page, run, until, untilDiagnostic, untilNotification, vscode } = require("./helpers");

const FILE = "tidewater-connectionSpec.json";
const wasRun = (name) => existsSync(join(process.env.TRAPS, `${name}-was-run`));
/** The requests that the emulator has logged: status, method, path. */
const requests = () => readFileSync(process.env.EMULATOR_LOG, "utf8").split("\n").filter((line) => /^(\d{3}|closed) +[A-Z]+ /.test(line));
const set = (name, value) => vscode.workspace.getConfiguration("connspec").update(name, value, vscode.ConfigurationTarget.Workspace);

module.exports = [
  {
    name: "specs are checked",
    run: async () => {
      assert.equal(vscode.workspace.isTrusted, false);
      const { document } = await open("acme-connectionSpec.json");
      await untilDiagnostic(document.uri, isOurs);
      assert.equal(api().serverState(), "running");
      await page("waitFor", ".statusbar-item", "connspec: not trusted");
    },
  },
  {
    name: "nothing is sent, and no program of the workspace runs",
    run: async () => {
      await open(FILE);
      for (const command of ["push", "pull", "status", "diff", "openRemote", "register", "list"]) {
        const result = await run(`connspec.${command}`);
        assert.equal(result.outcome, "refused", `${command}: ${result.message}`);
        await run("notifications.clearAll");
      }
      await run("connspec.restart");
      await run("connspec.new", { folder: fileUri("."), name: "lighthouse", kind: "rest" });
      assert(!existsSync(fileUri("lighthouse").fsPath));
      assert.deepEqual(requests(), []);
      assert.deepEqual([wasRun("connspec"), wasRun("credentials")], [false, false]);
    },
  },
  {
    name: "granted trust applies to the running server, which pushes then",
    run: async () => {
      const pid = api().serverPid();
      await set("server.path", undefined);
      await set("profile", undefined);
      await run("workbench.trust.manage");
      await page("click", ".workspace-trust-editor .monaco-button", "Trust");
      await until("trust", () => vscode.workspace.isTrusted);
      await open(FILE);
      await page("waitFor", ".statusbar-item", "quick: not compared yet");
      const result = await run("connspec.push");
      assert.equal(result.outcome, "done", result.message);
      assert(requests().length > 0);
      assert.equal(api().serverPid(), pid, "the server was restarted");
    },
  },
  {
    name: "the settings of a trusted workspace apply",
    run: async () => {
      await set("profile", "trap");
      await until("the profile of the workspace", () => api().syncStatus(fileUri(FILE))?.profile === "trap");
      await run("notifications.clearAll");
      const status = run("connspec.status");
      const question = await untilNotification("Do you trust it?");
      assert(question.includes("runs `"), question);
      assert(!wasRun("credentials"), "the program ran before it was confirmed");
      await page("click", ".notifications-center .notification-list-item .monaco-button", "Trust");
      const result = await status;
      assert.equal(result.outcome, "done", result.message);
      assert(wasRun("credentials"));
      await run("notifications.clearAll");
      assert.equal((await run("connspec.status")).outcome, "done", "the same is not confirmed twice");
      await set("server.path", join(process.env.TRAPS, "connspec"));
      await until("the program of the workspace", () => wasRun("connspec") && api().serverState() === "running");
    },
  },
];
