// Which documents are specs, and that nothing happens for others.
const { address, assert, extension, findings, found, open, replace, run, told, until, vscode } = require("./tools");

module.exports = [
  {
    name: "other JSON stays JSON and starts no server",
    run: async () => {
      const { document } = await open("other.json");
      await found(document.uri, (finding) => finding.source === "json");
      const begun = performance.now();
      await extension().activate();
      const took = performance.now() - begun;
      assert.equal(document.languageId, "json");
      assert.equal(told().wasAsked(), false);
      assert.equal(told().pid(), undefined);
      return `activated, ${took.toFixed(1)} ms when asked`;
    },
  },
  {
    name: "a command of the server that is asked for before there is one starts it",
    run: async () => {
      const answer = await run("connspec.selectProfile", null, { profile: "quick" });
      assert.equal(answer.outcome, "done", answer.message);
      await run("notifications.clearAll");
    },
  },
  {
    name: "a file with the name of a spec is one, and the server that came along runs",
    run: async () => {
      const begun = performance.now();
      const { document } = await open("acme-connectionSpec.json");
      assert.equal(document.languageId, "connspec");
      await until("a running server", () => told().running() === "running");
      await found(document.uri);
      const { readlinkSync } = require("node:fs");
      assert.equal(readlinkSync(`/proc/${told().pid()}/exe`), `${extension().extensionPath}/server/connspec`);
      return `findings after ${(performance.now() - begun).toFixed(0)} ms`;
    },
  },
  {
    name: "one with nothing in it yet is a spec by its name",
    run: async () => {
      const { document } = await open("empty-connectionSpec.json");
      assert.equal(document.languageId, "connspec");
      await found(document.uri, (finding) => finding.source === "connspec");
      await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
    },
  },
  {
    name: "JSON that is a spec by what is in it becomes one, and JSON again when a person wants that",
    run: async () => {
      const editor = await open("by-content.json");
      const document = await until("the language", () =>
        vscode.workspace.textDocuments.find(({ uri, languageId }) => uri.path === address("by-content.json").path && languageId === "connspec"));
      await vscode.languages.setTextDocumentLanguage(document, "json");
      await until("JSON", () => document.languageId === "json");
      // The words that make it a spec come in once more: what a person has decided counts.
      await replace(editor, '"authSpec"', '"authSpec" ');
      await replace(editor, '"authSpec" ', '"authSpec"');
      await document.save();
      await replace(editor, '"sourceSpec"', '"sourceSpec" ');
      assert.equal(document.languageId, "json");
      await until("no finding of connspec", () => findings(document.uri).every((finding) => finding.source !== "connspec"));
      await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    },
  },
  {
    name: "a spec that is pasted into new JSON becomes one",
    run: async () => {
      const document = await vscode.workspace.openTextDocument({ language: "json", content: "" });
      const editor = await vscode.window.showTextDocument(document);
      const spec = (await vscode.workspace.openTextDocument(address("harbour-connectionSpec.json"))).getText();
      await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), spec.replace('"type": "generic-rest"', '"type": "generic-rust"')));
      await until("the language", () => document.languageId === "connspec");
      await found(document.uri, (finding) => finding.source === "connspec");
      await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    },
  },
];
