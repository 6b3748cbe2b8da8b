// A folder that is not trusted names a program and a profile whose credentials are printed by another program.
const { existsSync, readFileSync } = require("node:fs");
const { join } = require("node:path");
const { address, assert, found, open, page, run, told, until, vscode } = require("./tools");

const FILE = "tidewater-connectionSpec.json";
const wasRun = (name) => existsSync(join(process.env.TRAPS, `${name}-was-run`));
const requests = () => readFileSync(process.env.EMULATOR_LOG, "utf8").split("Requests follow.")[1].split("\n").filter((line) => /^\d/.test(line));
const set = (name, value) => vscode.workspace.getConfiguration("connspec").update(name, value, vscode.ConfigurationTarget.Workspace);

module.exports = [
  {
    name: "specs are checked and completed",
    run: async () => {
      assert.equal(vscode.workspace.isTrusted, false);
      const { document } = await open("acme-connectionSpec.json");
      await found(document.uri, (finding) => finding.source === "connspec");
      assert.equal(told().running(), "running");
      await page("see", ".statusbar-item", "connspec: not trusted");
    },
  },
  {
    name: "nothing is sent, and no program of the folder is run",
    run: async () => {
      await open(FILE);
      for (const command of ["push", "pull", "status", "diff", "openRemote", "register", "list"]) {
        const answer = await run(`connspec.${command}`);
        assert.equal(answer.outcome, "refused", `${command}: ${answer.message}`);
        await run("notifications.clearAll");
      }
      await run("connspec.restart");
      await run("connspec.new", { folder: address("."), name: "lighthouse", kind: "rest" });
      assert(!existsSync(address("lighthouse").fsPath));
      assert.deepEqual(requests(), []);
      assert.deepEqual([wasRun("connspec"), wasRun("credentials")], [false, false]);
    },
  },
  {
    name: "trust counts at once: the server that runs is told, and a push goes through",
    run: async () => {
      const pid = told().pid();
      await set("server.path", undefined);
      await set("profile", undefined);
      await run("workbench.trust.manage");
      await page("click", ".workspace-trust-editor .monaco-button", "Trust");
      await until("trust", () => vscode.workspace.isTrusted);
      await open(FILE);
      await page("see", ".statusbar-item", "quick: not compared yet");
      const answer = await run("connspec.push");
      assert.equal(answer.outcome, "done", answer.message);
      assert(requests().length > 0);
      assert.equal(told().pid(), pid, "the server was started anew");
    },
  },
  {
    name: "the settings of a folder that is trusted count",
    run: async () => {
      await set("profile", "trap");
      await until("the profile of the folder", () => told().state(address(FILE))?.profile === "trap");
      const answer = await run("connspec.status");
      assert.equal(answer.outcome, "done", answer.message);
      assert(wasRun("credentials"));
      await set("server.path", join(process.env.TRAPS, "connspec"));
      await until("the program of the folder", () => wasRun("connspec") && told().running() === "running");
    },
  },
];
