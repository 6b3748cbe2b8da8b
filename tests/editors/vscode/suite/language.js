// Which documents are detected as specs, and that other JSON is left alone.
const { readlinkSync } = require("node:fs");
const { api, assert, extension, fileUri, isOurs, open, replace, run, until, untilDiagnostic, untilNoDiagnostic, vscode } = require("./helpers");

module.exports = [
  {
    name: "other JSON stays JSON and does not start the server",
    run: async () => {
      const { document } = await open("other.json");
      await untilDiagnostic(document.uri, (diagnostic) => diagnostic.source === "json");
      const start = performance.now();
      await extension().activate();
      const duration = performance.now() - start;
      assert.equal(document.languageId, "json");
      assert.equal(api().wasServerRequested(), false);
      assert.equal(api().serverPid(), undefined);
      return `activated in ${duration.toFixed(1)} ms`;
    },
  },
  {
    name: "a command of the server starts it",
    run: async () => {
      const result = await run("connspec.selectProfile", null, { profile: "quick" });
      assert.equal(result.outcome, "done", result.message);
      await run("notifications.clearAll");
    },
  },
  {
    name: "a file is a spec by its name, and the bundled server runs",
    run: async () => {
      const start = performance.now();
      const { document } = await open("acme-connectionSpec.json");
      assert.equal(document.languageId, "connspec");
      await until("a running server", () => api().serverState() === "running");
      await untilDiagnostic(document.uri);
      assert.equal(readlinkSync(`/proc/${api().serverPid()}/exe`), `${extension().extensionPath}/server/connspec`);
      return `diagnostics after ${(performance.now() - start).toFixed(0)} ms`;
    },
  },
  {
    name: "an empty object is a spec by its file name",
    run: async () => {
      const { document } = await open("empty-connectionSpec.json");
      assert.equal(document.languageId, "connspec");
      await untilDiagnostic(document.uri, isOurs);
      await run("workbench.action.closeActiveEditor");
    },
  },
  {
    name: "JSON is a spec by its content, until the user switches its language to JSON",
    run: async () => {
      const editor = await open("by-content.json");
      const document = await until("the language", () =>
        vscode.workspace.textDocuments.find(({ uri, languageId }) => uri.path === fileUri("by-content.json").path && languageId === "connspec"));
      await vscode.languages.setTextDocumentLanguage(document, "json");
      await until("JSON", () => document.languageId === "json");
      // The keys of a spec are inserted again: the user's choice is kept.
      await replace(editor, '"authSpec"', '"authSpec" ');
      await replace(editor, '"authSpec" ', '"authSpec"');
      await document.save();
      await replace(editor, '"sourceSpec"', '"sourceSpec" ');
      assert.equal(document.languageId, "json");
      await untilNoDiagnostic(document.uri, isOurs);
      await run("workbench.action.revertAndCloseActiveEditor");
    },
  },
  {
    name: "a spec pasted into an untitled JSON document is detected",
    run: async () => {
      const document = await vscode.workspace.openTextDocument({ language: "json", content: "" });
      const editor = await vscode.window.showTextDocument(document);
      const spec = (await vscode.workspace.openTextDocument(fileUri("harbour-connectionSpec.json"))).getText();
      await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), spec.replace('"type": "generic-rest"', '"type": "generic-rust"')));
      await until("the language", () => document.languageId === "connspec");
      await untilDiagnostic(document.uri, isOurs);
      await run("workbench.action.revertAndCloseActiveEditor");
    },
  },
];
