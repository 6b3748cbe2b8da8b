// Shared by the tests.
const assert = require("node:assert/strict");
const { join } = require("node:path");
const vscode = require("vscode");

/** How long to wait for something, in milliseconds. */
const TIMEOUT = 20_000;

/** Waits until `poll` returns something truthy, and returns it. `what` describes it in the error. */
const until = async (what, poll) => {
  const deadline = Date.now() + TIMEOUT;
  for (;;) {
    const result = await poll();
    if (result) {
      return result;
    }
    assert(Date.now() < deadline, `timed out waiting for ${typeof what === "function" ? what() : what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

/** Performs an action of bridge.mjs in the page. */
const page = async (action, selector, text) => {
  const response = await fetch(process.env.BRIDGE, { method: "POST", body: JSON.stringify({ action, selector, text }) });
  const { result, error } = await response.json();
  assert.equal(error, undefined, `in the page: ${action} ${selector ?? ""} ${text ?? ""}: ${error}`);
  return result;
};

const run = (command, ...args) => vscode.commands.executeCommand(command, ...args);
const fileUri = (name) => vscode.Uri.file(join(process.env.WORKSPACE, name));
const extension = () => vscode.extensions.getExtension("connspec.connspec");
const api = () => extension().exports;

/** Opens a file in an editor. */
const open = async (name) => {
  const document = await vscode.workspace.openTextDocument(fileUri(name));
  return vscode.window.showTextDocument(document, { preview: false });
};

const diagnostics = (uri) => vscode.languages.getDiagnostics(uri);
const isOurs = (diagnostic) => diagnostic.source === "connspec";
/** The code of a diagnostic, with or without a link. */
const code = (diagnostic) => (typeof diagnostic.code === "object" ? diagnostic.code.value : diagnostic.code);
const hasCode = (expected) => (diagnostic) => code(diagnostic) === expected;

/** Waits until a document has a matching diagnostic, and returns all of its diagnostics. */
const untilDiagnostic = (uri, matches = () => true) =>
  until(
    () => `a diagnostic in ${uri.path}, not ${JSON.stringify(diagnostics(uri).map(code))}`,
    () => {
      const all = diagnostics(uri);
      return all.some(matches) && all;
    },
  );

const untilNoDiagnostic = (uri, matches = () => true) => until("no diagnostic", () => !diagnostics(uri).some(matches));

/** Replaces the first occurrence of a text. */
const replace = async (editor, before, after) => {
  const offset = editor.document.getText().indexOf(before);
  assert(offset >= 0, `${before} is not in the document`);
  const range = new vscode.Range(editor.document.positionAt(offset), editor.document.positionAt(offset + before.length));
  assert(await editor.edit((edit) => edit.replace(range, after)), "the edit was not applied");
};

/** The position after the first occurrence of a text. */
const positionAfter = (document, text) => {
  const offset = document.getText().indexOf(text);
  assert(offset >= 0, `${text} is not in the document`);
  return document.positionAt(offset + text.length);
};

/** Waits for a notification. The notification center is opened: of many notifications at once, some do not pop up. */
const untilNotification = async (text) => {
  await run("notifications.showList");
  return page("waitFor", ".notifications-center .notification-list-item", text);
};

/** Waits for a notification and clears all of them. */
const takeNotification = async (text) => {
  const message = await untilNotification(text);
  await run("notifications.clearAll");
  return message;
};

/** The remote specs, listed by the command line. */
const remoteSpecs = () => {
  const json = require("node:child_process").execFileSync(process.env.CONNSPEC, ["list", "--format=json"], {
    cwd: process.env.WORKSPACE,
    encoding: "utf8",
  });
  return JSON.parse(json).specs;
};

module.exports = {
  api, assert, code, diagnostics, extension, fileUri, hasCode, isOurs, open, page, positionAfter, remoteSpecs, replace, run,
  takeNotification, until, untilDiagnostic, untilNoDiagnostic, untilNotification, vscode,
};
