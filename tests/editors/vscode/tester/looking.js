// What is shown of a spec.
const { assert, behind, code, extension, found, open, page, run, told, until, vscode } = require("./tools");

const ACME = "acme-connectionSpec.json";

/** Opens a step of the walkthrough and clicks its button. */
const step = async (title, button) => {
  await run("workbench.action.openWalkthrough", "connspec.connspec#first", false);
  await page("click", ".gettingStartedContainer .step-title", title);
  await page("click", ".gettingStartedContainer .getting-started-step.expanded .monaco-button", button);
};

module.exports = [
  {
    name: "findings are those of connspec alone, with links",
    run: async () => {
      const { document } = await open(ACME);
      const all = await found(document.uri);
      assert.deepEqual([...new Set(all.map((finding) => finding.source))], ["connspec"]);
      assert(all.some((finding) => typeof finding.code === "object"), "no finding has a link");
      return all.map(code).join(", ");
    },
  },
  {
    name: "hover explains a key",
    run: async () => {
      const { document } = await open(ACME);
      const at = behind(document, '"authSp');
      const hovers = await run("vscode.executeHoverProvider", document.uri, at);
      assert.equal(hovers.length, 1);
      assert(hovers[0].contents[0].value.includes("authSpec"), hovers[0].contents[0].value);
    },
  },
  {
    name: "nothing is offered twice",
    run: async () => {
      const { document } = await open(ACME);
      const at = behind(document, '"type": "');
      const { items } = await run("vscode.executeCompletionItemProvider", document.uri, at);
      const labels = items.map(({ label }) => (typeof label === "string" ? label : label.label));
      assert(labels.includes("generic-rest"), labels.join());
      assert.equal(new Set(labels).size, labels.length, labels.join());
      return `${labels.length} items`;
    },
  },
  {
    name: "the outline, the links and the colours are there",
    run: async () => {
      const { document } = await open(ACME);
      const symbols = await run("vscode.executeDocumentSymbolProvider", document.uri);
      assert(symbols.length > 0);
      const tokens = await run("vscode.provideDocumentSemanticTokens", document.uri);
      assert(tokens.data.length > 0);
      const links = await run("vscode.executeLinkProvider", document.uri);
      assert(links.length > 0);
    },
  },
  {
    name: "a setting takes effect",
    run: async () => {
      const { document } = await open(ACME);
      const all = new vscode.Range(0, 0, document.lineCount, 0);
      const hints = () => run("vscode.executeInlayHintProvider", document.uri, all);
      const before = (await hints()).length;
      assert(before > 0);
      const settings = vscode.workspace.getConfiguration("connspec.inlayHints");
      for (const name of ["request", "dates", "records", "ids"]) {
        await settings.update(name, false, vscode.ConfigurationTarget.Global);
      }
      await until("no hint", async () => (await hints()).length === 0);
      for (const name of ["request", "dates", "records", "ids"]) {
        await settings.update(name, undefined, vscode.ConfigurationTarget.Global);
      }
      await until("all hints", async () => (await hints()).length === before);
    },
  },
  {
    name: "a line above an input shows the places that it counts",
    run: async () => {
      const { document } = await open(ACME);
      const lens = await until("a lens that counts", async () => {
        const lenses = await run("vscode.executeCodeLensProvider", document.uri, 100);
        return lenses.find((lens) => lens.command?.command === "connspec.showReferences");
      });
      await run(lens.command.command, ...lens.command.arguments);
      await page("see", ".peekview-widget", "");
      await run("closeReferenceSearch");
      return lens.command.title;
    },
  },
  {
    name: "the walkthrough shows the first steps, and its buttons work",
    run: async () => {
      await open(ACME);
      await step("Let it complete", "Complete in a Spec");
      await page("see", ".suggest-widget.visible .monaco-list-row", "generic-streaming");
      await run("hideSuggestWidget");
      await step("See what is left to do", "Show the Findings");
      await page("see", ".markers-panel .monaco-list-row", "connspec");
      await run("workbench.action.closePanel");
      await step("Make a source", "New Source");
      await page("see", ".quick-input-widget", "which is that of its folder and files");
      await page("press", undefined, "Escape");
      await page("picture", undefined, "walkthrough");
      await run("workbench.action.closeActiveEditor");
    },
  },
  {
    name: "every command of the extension is there",
    run: async () => {
      const all = new Set(await vscode.commands.getCommands(true));
      const { contributes } = extension().packageJSON;
      const named = contributes.commands.map(({ command }) => command);
      const clicked = contributes.walkthroughs.flatMap(({ steps }) =>
        steps.flatMap(({ description }) => [...description.matchAll(/command:([\w.]+)/g)].map(([, command]) => command)));
      assert(clicked.length >= 5);
      // What the messages lead to.
      clicked.push("connspec.openServerSetting", "extension.open", "workbench.trust.manage");
      assert.deepEqual([...named, ...clicked].filter((command) => !all.has(command)), []);
      assert.equal(told().running(), "running");
    },
  },
];
