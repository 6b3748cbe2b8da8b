// Sync with an emulator of Flow Service.
const { api, assert, fileUri, open, page, remoteSpecs, replace, run, takeNotification, until, untilNotification, vscode } = require("./helpers");

const FILE = "tidewater-connectionSpec.json";
const NAME = "Tidewater price list";
const CODE_LENS = ".codelens-decoration a";

const status = () => api().syncStatus(fileUri(FILE));
const untilStatus = (expected) => until(() => `${expected}, not ${JSON.stringify(status())}`, () => status()?.status === expected);
const remoteSpec = () => remoteSpecs().find(({ name }) => name === NAME);

module.exports = [
  {
    name: "a push creates the remote spec",
    run: async () => {
      await open(FILE);
      await until("the profile", () => status()?.profile === "quick");
      assert.equal(status().status, null);
      assert.equal(remoteSpec(), undefined);
      const result = await run("connspec.push");
      assert.equal(result.outcome, "done", result.message);
      assert.equal(remoteSpec().id, result.id);
      assert.equal(remoteSpec().registered, true);
      await untilStatus("up-to-date");
      await page("waitFor", ".statusbar-item", "quick: up to date");
      await takeNotification(result.message);
    },
  },
  {
    name: "the code lens pushes the text in the editor",
    run: async () => {
      const editor = await open(FILE);
      await replace(editor, '"version": "1.0"', '"version": "1.1"');
      await untilStatus("local-changes");
      await page("waitFor", ".statusbar-item", `quick: ${status().description}`);
      await run("cursorTop");
      await page("click", CODE_LENS, "Push");
      await untilStatus("up-to-date");
      await takeNotification("Updated");
      assert.equal(editor.document.isDirty, true);
      const remote = await run("connspec.openRemote");
      assert.equal(JSON.parse(remote.text).version, "1.1");
    },
  },
  {
    name: "the remote version is a read-only document",
    run: async () => {
      const { document } = vscode.window.activeTextEditor;
      assert.equal(document.uri.scheme, "connspec-remote");
      assert.equal(document.languageId, "connspec");
      assert.equal(JSON.parse(document.getText()).version, "1.1");
      const before = document.getText();
      await page("click", ".editor-instance .view-line", NAME);
      await page("type", undefined, "x");
      await page("waitFor", ".monaco-editor-overlaymessage", "read-only");
      assert.equal(document.getText(), before);
      const hovers = await run("vscode.executeHoverProvider", document.uri, new vscode.Position(1, 4));
      assert.deepEqual(hovers, []);
      await run("notifications.clearAll");
      await run("workbench.action.closeActiveEditor");
    },
  },
  {
    name: "the remote and the local version are compared in a diff editor",
    run: async () => {
      const editor = await open(FILE);
      await replace(editor, '"version": "1.1"', '"version": "1.2"');
      const result = await run("connspec.diff");
      assert.equal(result.local.length, 1, result.message);
      const tab = await until("the diff editor", () => {
        const { input } = vscode.window.tabGroups.activeTabGroup.activeTab;
        return input instanceof vscode.TabInputTextDiff && input;
      });
      assert.equal(tab.original.scheme, "connspec-remote");
      assert.equal(tab.modified.toString(), fileUri(FILE).toString());
      const text = (uri) => vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString()).getText();
      assert.equal(JSON.parse(text(tab.original)).version, "1.1");
      assert.equal(JSON.parse(text(tab.modified)).version, "1.2");
      await page("waitFor", ".diff-editor, .monaco-diff-editor", "1.2");
      await run("notifications.clearAll");
      await run("workbench.action.closeActiveEditor");
    },
  },
  {
    name: "the menu of the status bar item runs commands",
    run: async () => {
      await open(FILE);
      await page("click", ".statusbar-item a", `quick: ${status().description}`);
      await page("waitFor", ".quick-input-list .monaco-list-row", "Compare with Remote");
      await page("click", ".quick-input-list .monaco-list-row", "Show Sync Status");
      await takeNotification(status().description);
    },
  },
  {
    name: "a command shows progress and can be cancelled before it writes",
    run: async () => {
      await run("connspec.selectProfile", null, { profile: "slow" });
      await until("the profile", () => status()?.profile === "slow");
      await run("notifications.clearAll");
      await open("harbour-connectionSpec.json");
      const push = run("connspec.push");
      await untilNotification("Pushing");
      await page("click", ".notifications-center .notification-list-item .monaco-button", "Cancel");
      const result = await push;
      assert.equal(result.outcome, "cancelled", result.message);
      await takeNotification(result.message);
      await run("connspec.selectProfile", null, { profile: "quick" });
      await until("the profile", () => status()?.profile === "quick");
      await run("notifications.clearAll");
      assert.equal(remoteSpecs().find(({ name }) => name.startsWith("Harbour")), undefined);
    },
  },
];
