// A spec and the service: the emulator stands beside.
const { address, assert, message, onService, open, page, replace, run, see, told, until, vscode } = require("./tools");

const FILE = "tidewater-connectionSpec.json";
const NAME = "Tidewater price list";
const LENS = ".codelens-decoration a";

const state = () => told().state(address(FILE));
const stands = (standing) => until(`it stands ${standing}, not ${JSON.stringify(state())}`, () => state()?.standing === standing);
const there = () => onService().find(({ name }) => name === NAME);

module.exports = [
  {
    name: "a push from the palette makes the spec on the service",
    run: async () => {
      await open(FILE);
      await until("the profile", () => state()?.profile === "quick");
      assert.equal(state().standing, null);
      assert.equal(there(), undefined);
      const answer = await run("connspec.push");
      assert.equal(answer.outcome, "done", answer.message);
      assert.equal(there().id, answer.id);
      assert.equal(there().registered, true);
      await stands("up-to-date");
      await page("see", ".statusbar-item", "quick: up to date");
      await message("Created as");
    },
  },
  {
    name: "a click on the line above the spec pushes what is on screen",
    run: async () => {
      const editor = await open(FILE);
      await replace(editor, '"version": "1.0"', '"version": "1.1"');
      await stands("changed-here");
      await page("see", ".statusbar-item", "quick: changed here");
      await run("cursorTop");
      await page("click", LENS, "Push");
      await stands("up-to-date");
      await message("Updated");
      assert.equal(editor.document.isDirty, true);
      const remote = await run("connspec.openRemote");
      assert.equal(JSON.parse(remote.text).version, "1.1");
    },
  },
  {
    name: "the text of the service is a document that is only read",
    run: async () => {
      const { document } = vscode.window.activeTextEditor;
      assert.equal(document.uri.scheme, "connspec-remote");
      assert.equal(document.languageId, "connspec");
      assert.equal(JSON.parse(document.getText()).version, "1.1");
      const before = document.getText();
      await page("click", ".editor-instance .view-line", "Tidewater price list");
      await page("type", undefined, "x");
      await page("see", ".monaco-editor-overlaymessage", "read-only");
      assert.equal(document.getText(), before);
      const hovers = await run("vscode.executeHoverProvider", document.uri, new vscode.Position(1, 4));
      assert.deepEqual(hovers, []);
      await run("notifications.clearAll");
      await run("workbench.action.closeActiveEditor");
    },
  },
  {
    name: "the text of the service and the one here are compared side by side",
    run: async () => {
      const editor = await open(FILE);
      await replace(editor, '"version": "1.1"', '"version": "1.2"');
      const answer = await run("connspec.diff");
      assert.equal(answer.changes.length, 1, answer.message);
      const tab = await until("the view", () => {
        const { input } = vscode.window.tabGroups.activeTabGroup.activeTab;
        return input instanceof vscode.TabInputTextDiff && input;
      });
      assert.equal(tab.original.scheme, "connspec-remote");
      assert.equal(tab.modified.toString(), address(FILE).toString());
      const text = (uri) => vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString()).getText();
      assert.equal(JSON.parse(text(tab.original)).version, "1.1");
      assert.equal(JSON.parse(text(tab.modified)).version, "1.2");
      await page("see", ".diff-editor, .monaco-diff-editor", "1.2");
      await run("notifications.clearAll");
      await run("workbench.action.closeActiveEditor");
    },
  },
  {
    name: "a click on the status bar item offers what makes sense now",
    run: async () => {
      await open(FILE);
      await page("click", ".statusbar-item a", "quick: changed here");
      await page("see", ".quick-input-list .monaco-list-row", "Compare with the service");
      await page("click", ".quick-input-list .monaco-list-row", "How does this spec stand?");
      await message("changed here");
    },
  },
  {
    name: "progress is shown, and cancelling ends it before anything is written",
    run: async () => {
      await run("connspec.selectProfile", null, { profile: "slow" });
      await until("the profile", () => state()?.profile === "slow");
      await run("notifications.clearAll");
      await open("harbour-connectionSpec.json");
      const pushed = run("connspec.push");
      await see("Pushing the spec");
      await page("click", ".notifications-center .notification-list-item .monaco-button", "Cancel");
      const answer = await pushed;
      assert.equal(answer.outcome, "cancelled", answer.message);
      await message("Cancelled before anything was written");
      await run("connspec.selectProfile", null, { profile: "quick" });
      await until("the profile", () => state()?.profile === "quick");
      await run("notifications.clearAll");
      assert.equal(onService().find(({ name }) => name.startsWith("Harbour")), undefined);
    },
  },
];
