// What changes a text.
const { address, assert, behind, code, found, findings, open, page, replace, run, until, vscode } = require("./tools");

module.exports = [
  {
    name: "a quick fix mends a finding",
    run: async () => {
      const editor = await open("harbour-connectionSpec.json");
      await replace(editor, '"authSpec"', '"authSpecc"');
      const uri = editor.document.uri;
      const all = await found(uri, (finding) => code(finding) === "unknown-key");
      const finding = all.find((finding) => code(finding) === "unknown-key");
      const actions = await run("vscode.executeCodeActionProvider", uri, finding.range, "quickfix");
      const fix = actions.find((action) => action.edit !== undefined && action.title.includes("authSpec"));
      assert(fix !== undefined, actions.map(({ title }) => title).join());
      assert(await vscode.workspace.applyEdit(fix.edit));
      await until("no finding", () => findings(uri).every((finding) => code(finding) !== "unknown-key"));
      assert(!editor.document.isDirty || editor.document.getText().includes('"authSpec"'));
      await run("workbench.action.files.revert");
      return fix.title;
    },
  },
  {
    name: "an item that is accepted in a broken text brings the comma along",
    run: async () => {
      const editor = await open("harbour-connectionSpec.json");
      const { document } = editor;
      // A person begins to write the description anew: the line above has no comma, the key no end.
      const begin = behind(document, '"type": "generic-rest"');
      const rest = document.lineAt(begin.line + 1).range.end;
      await editor.edit((edit) => edit.replace(new vscode.Range(begin, rest), '\n  "desc'));
      await found(document.uri, (finding) => code(finding) === "syntax-error");
      editor.selection = new vscode.Selection(...Array(2).fill(behind(document, '\n  "desc')));
      await run("editor.action.triggerSuggest");
      await page("see", ".suggest-widget.visible .monaco-list-row.focused", "description");
      await run("acceptSelectedSuggestion");
      await until("a comma on the line before", () => document.getText().includes('"type": "generic-rest",'));
      await until("a key", () => /"description": /.test(document.getText()));
      await run("leaveSnippet");
      await run("workbench.action.files.revert");
    },
  },
  {
    name: "a new source is written and opened",
    run: async () => {
      await run("connspec.new", { folder: address("."), name: "lighthouse", kind: "rest" });
      const { document } = vscode.window.activeTextEditor;
      assert.equal(document.uri.path, address("lighthouse/lighthouse-connectionSpec.json").path);
      assert.equal(document.languageId, "connspec");
      await found(document.uri, (finding) => code(finding) === "unfilled-template");
    },
  },
];
