// Features that change the document or create files.
const { assert, fileUri, hasCode, open, page, positionAfter, replace, run, until, untilDiagnostic, untilNoDiagnostic, vscode } = require("./helpers");

module.exports = [
  {
    name: "a quick fix fixes a problem",
    run: async () => {
      const editor = await open("harbour-connectionSpec.json");
      await replace(editor, '"authSpec"', '"authSpecc"');
      const uri = editor.document.uri;
      const { range } = (await untilDiagnostic(uri, hasCode("unknown-key"))).find(hasCode("unknown-key"));
      const actions = await run("vscode.executeCodeActionProvider", uri, range, "quickfix");
      const fix = actions.find((action) => action.edit !== undefined && action.title.includes("authSpec"));
      assert(fix !== undefined, actions.map(({ title }) => title).join());
      assert(await vscode.workspace.applyEdit(fix.edit));
      await untilNoDiagnostic(uri, hasCode("unknown-key"));
      assert(!editor.document.isDirty || editor.document.getText().includes('"authSpec"'));
      await run("workbench.action.files.revert");
      return fix.title;
    },
  },
  {
    name: "completion in a malformed document inserts the missing comma",
    run: async () => {
      const editor = await open("harbour-connectionSpec.json");
      const { document } = editor;
      // The description is being rewritten: the line above has no comma, the key no closing quote.
      const start = positionAfter(document, '"type": "generic-rest"');
      const end = document.lineAt(start.line + 1).range.end;
      await editor.edit((edit) => edit.replace(new vscode.Range(start, end), '\n  "desc'));
      await untilDiagnostic(document.uri, hasCode("syntax-error"));
      const cursor = positionAfter(document, '\n  "desc');
      editor.selection = new vscode.Selection(cursor, cursor);
      await run("editor.action.triggerSuggest");
      await page("waitFor", ".suggest-widget.visible .monaco-list-row.focused", "description");
      await run("acceptSelectedSuggestion");
      await until("a comma on the line before", () => document.getText().includes('"type": "generic-rest",'));
      await until("a key", () => /"description": /.test(document.getText()));
      await run("leaveSnippet");
      await run("workbench.action.files.revert");
    },
  },
  {
    name: "a new source is created and opened",
    run: async () => {
      await run("connspec.new", { folder: fileUri("."), name: "lighthouse", kind: "rest" });
      const { document } = vscode.window.activeTextEditor;
      assert.equal(document.uri.path, fileUri("lighthouse/lighthouse-connectionSpec.json").path);
      assert.equal(document.languageId, "connspec");
      await untilDiagnostic(document.uri, hasCode("unfilled-template"));
    },
  },
];
