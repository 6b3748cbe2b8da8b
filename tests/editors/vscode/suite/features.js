// Language features that only read the document, the walkthrough, and the contributed commands.
const { api, assert, code, extension, open, page, positionAfter, run, until, untilDiagnostic, vscode } = require("./helpers");

const ACME = "acme-connectionSpec.json";
const HINTS = ["request", "dates", "records", "ids"];

/** Opens a step of the walkthrough and clicks its button. */
const clickStep = async (title, button) => {
  await run("workbench.action.openWalkthrough", "connspec.connspec#getStarted", false);
  await page("click", ".gettingStartedContainer .step-title", title);
  await page("click", ".gettingStartedContainer .getting-started-step.expanded .monaco-button", button);
};

module.exports = [
  {
    name: "all diagnostics are from connspec, some with links",
    run: async () => {
      const { document } = await open(ACME);
      const all = await untilDiagnostic(document.uri);
      assert.deepEqual([...new Set(all.map(({ source }) => source))], ["connspec"]);
      assert(all.some((diagnostic) => typeof diagnostic.code === "object"), "no diagnostic has a link");
      return all.map(code).join(", ");
    },
  },
  {
    name: "a key has a hover",
    run: async () => {
      const { document } = await open(ACME);
      const position = positionAfter(document, '"authSp');
      const hovers = await run("vscode.executeHoverProvider", document.uri, position);
      assert.equal(hovers.length, 1);
      assert(hovers[0].contents[0].value.includes("authSpec"), hovers[0].contents[0].value);
    },
  },
  {
    name: "completion has no duplicates",
    run: async () => {
      const { document } = await open(ACME);
      const position = positionAfter(document, '"type": "');
      const { items } = await run("vscode.executeCompletionItemProvider", document.uri, position);
      const labels = items.map(({ label }) => (typeof label === "string" ? label : label.label));
      assert(labels.includes("generic-rest"), labels.join());
      assert.equal(new Set(labels).size, labels.length, labels.join());
      return `${labels.length} items`;
    },
  },
  {
    name: "outline, semantic tokens and links are provided",
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
    name: "changed settings are applied",
    run: async () => {
      const { document } = await open(ACME);
      const range = new vscode.Range(0, 0, document.lineCount, 0);
      const hints = () => run("vscode.executeInlayHintProvider", document.uri, range);
      const before = (await hints()).length;
      assert(before > 0);
      const settings = vscode.workspace.getConfiguration("connspec.inlayHints");
      for (const name of HINTS) {
        await settings.update(name, false, vscode.ConfigurationTarget.Global);
      }
      await until("no hints", async () => (await hints()).length === 0);
      for (const name of HINTS) {
        await settings.update(name, undefined, vscode.ConfigurationTarget.Global);
      }
      await until("all hints", async () => (await hints()).length === before);
    },
  },
  {
    name: "a code lens shows the references that it counts",
    run: async () => {
      const { document } = await open(ACME);
      const lens = await until("a code lens with references", async () => {
        const lenses = await run("vscode.executeCodeLensProvider", document.uri, 100);
        return lenses.find((lens) => lens.command?.command === "connspec.showReferences");
      });
      await run(lens.command.command, ...lens.command.arguments);
      await page("waitFor", ".peekview-widget", "");
      await run("closeReferenceSearch");
      return lens.command.title;
    },
  },
  {
    name: "the buttons of the walkthrough work",
    run: async () => {
      await open(ACME);
      await clickStep("Complete keys and values", "Try Completion");
      await page("waitFor", ".suggest-widget.visible .monaco-list-row", "generic-streaming");
      await run("hideSuggestWidget");
      await clickStep("Fix problems", "Show Problems");
      await page("waitFor", ".markers-panel .monaco-list-row", "connspec");
      await run("workbench.action.closePanel");
      await clickStep("Create a source", "New Source");
      await page("waitFor", ".quick-input-widget", "Name of the source");
      await page("press", undefined, "Escape");
      await page("screenshot", undefined, "walkthrough");
      await run("workbench.action.closeActiveEditor");
    },
  },
  {
    name: "all commands are registered",
    run: async () => {
      const registered = new Set(await vscode.commands.getCommands(true));
      const { contributes } = extension().packageJSON;
      const contributed = contributes.commands.map(({ command }) => command);
      const linked = contributes.walkthroughs.flatMap(({ steps }) =>
        steps.flatMap(({ description }) => [...description.matchAll(/command:([\w.]+)/g)].map(([, command]) => command)));
      assert(linked.length >= 5);
      const fromNotifications = ["connspec.openServerSetting", "extension.open", "workbench.trust.manage"];
      const all = [...contributed, ...linked, ...fromNotifications];
      assert.deepEqual(all.filter((command) => !registered.has(command)), []);
      assert.equal(api().serverState(), "running");
    },
  },
];
