// Which spec a command is about that is told none, as those of the palette and the walkthrough are.
const { address, assert, message, open, page, run, told, until, vscode } = require("./tools");

const FILE = "tidewater-connectionSpec.json";

/** The button in the title of an editor. */
const PUSH = ".editor-actions .codicon-cloud-upload";

/** Whether a command that is told no spec finds one. Where it finds none it says so. */
const finds = async () => {
  const answer = await run("connspec.status");
  await message(answer === undefined ? "Open a connection spec first" : "In sandbox");
  return answer !== undefined;
};

module.exports = [
  {
    name: "a command is about the spec on screen, or the one that was, as long as it has a tab",
    run: async () => {
      await open(FILE);
      await until("what is known of it", () => told().state(address(FILE)) !== undefined);
      assert.equal(await finds(), true);
      await open("other.json");
      assert.equal(await finds(), true);
      // The editor still has its text then, and nobody sees it.
      await run("workbench.action.closeAllEditors");
      assert.equal(await finds(), false);
    },
  },
  {
    name: "an earlier version of a spec is not taken for another spec",
    run: async () => {
      await open(FILE);
      await page("see", PUSH, "");
      const text = vscode.window.activeTextEditor.document.getText();
      const history = vscode.workspace.registerTextDocumentContentProvider("git", { provideTextDocumentContent: () => text });
      const earlier = await vscode.workspace.openTextDocument(vscode.Uri.parse("git:/earlier-connectionSpec.json?HEAD"));
      await vscode.window.showTextDocument(earlier);
      assert.equal(earlier.languageId, "connspec");
      assert.equal(await finds(), false);
      await page("gone", PUSH, "");
      await run("workbench.action.closeActiveEditor");
      history.dispose();
    },
  },
];
