// The spec that commands from the palette and the walkthrough apply to.
const { api, assert, fileUri, open, page, run, takeNotification, until, vscode } = require("./helpers");

const FILE = "tidewater-connectionSpec.json";
const PUSH_BUTTON = ".editor-actions .codicon-cloud-upload";

/** Whether a command that is called without a spec finds one. Without one it shows a message. */
const findsSpec = async () => {
  const result = await run("connspec.status");
  await takeNotification(result === undefined ? "Open a connection spec first" : result.message);
  return result !== undefined;
};

module.exports = [
  {
    name: "commands apply to the active spec, or to the last active one that has a tab",
    run: async () => {
      await open(FILE);
      await until("the sync status", () => api().syncStatus(fileUri(FILE)) !== undefined);
      assert.equal(await findsSpec(), true);
      await open("other.json");
      assert.equal(await findsSpec(), true);
      // The document is still open, but not visible.
      await run("workbench.action.closeAllEditors");
      assert.equal(await findsSpec(), false);
    },
  },
  {
    name: "commands do not apply to another spec than the visible version from source control",
    run: async () => {
      await open(FILE);
      await page("waitFor", PUSH_BUTTON, "");
      const text = vscode.window.activeTextEditor.document.getText();
      const provider = vscode.workspace.registerTextDocumentContentProvider("git", { provideTextDocumentContent: () => text });
      const earlier = await vscode.workspace.openTextDocument(vscode.Uri.parse("git:/earlier-connectionSpec.json?HEAD"));
      await vscode.window.showTextDocument(earlier);
      assert.equal(earlier.languageId, "connspec");
      assert.equal(await findsSpec(), false);
      await page("waitForNone", PUSH_BUTTON, "");
      await run("workbench.action.closeActiveEditor");
      provider.dispose();
    },
  },
];
