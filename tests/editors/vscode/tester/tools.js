// What the checks have in common.
const assert = require("node:assert/strict");
const { join } = require("node:path");
const vscode = require("vscode");

/** How long something may take to come about, in milliseconds. */
const PATIENCE = 20_000;

const say = (line) => console.log(line);

/** Waits until this gives something, and gives it back. `what` is said of the end where it does not. */
const until = async (what, look) => {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const seen = await look();
    if (seen) {
      return seen;
    }
    assert(Date.now() < end, `it did not come about: ${typeof what === "function" ? what() : what}`);
    await new Promise((next) => setTimeout(next, 20));
  }
};

/** Has something done in the page. */
const page = async (deed, selector, text) => {
  const answer = await fetch(process.env.PAGE, { method: "POST", body: JSON.stringify({ deed, selector, text }) });
  const { seen, error } = await answer.json();
  assert.equal(error, undefined, `in the page: ${deed} ${selector ?? ""} ${text ?? ""}: ${error}`);
  return seen;
};

const run = (command, ...given) => vscode.commands.executeCommand(command, ...given);
const address = (name) => vscode.Uri.file(join(process.env.WORKSPACE, name));
const extension = () => vscode.extensions.getExtension("connspec.connspec");
const told = () => extension().exports;

/** Opens a file on screen. */
const open = async (name) => {
  const document = await vscode.workspace.openTextDocument(address(name));
  return vscode.window.showTextDocument(document, { preview: false });
};

const findings = (uri) => vscode.languages.getDiagnostics(uri);
/** The code of a finding, which may come with a link. */
const code = (finding) => (typeof finding.code === "object" ? finding.code.value : finding.code);

/** The findings of a document, once there are any for which this holds. */
const found = (uri, holds = () => true) =>
  until(`findings in ${uri.path}, of ${JSON.stringify(findings(uri).map(code))}`, () => {
    const all = findings(uri);
    return all.some(holds) && all;
  });

/** Replaces the first place of a text. */
const replace = async (editor, before, after) => {
  const at = editor.document.getText().indexOf(before);
  assert(at >= 0, `${before} is not in the text`);
  const place = (offset) => editor.document.positionAt(offset);
  const done = await editor.edit((edit) => edit.replace(new vscode.Range(place(at), place(at + before.length)), after));
  assert(done, "the edit was not made");
};

/** The place behind the first occurrence of a text. */
const behind = (document, text) => {
  const at = document.getText().indexOf(text);
  assert(at >= 0, `${text} is not in the text`);
  return document.positionAt(at + text.length);
};

/** Waits for a message in the page. They are looked for in the list of all: of many at once some do not pop up. */
const see = async (text) => {
  await run("notifications.showList");
  return page("see", ".notifications-center .notification-list-item", text);
};

/** Waits for a message in the page and closes all of them. */
const message = async (text) => {
  const all = await see(text);
  await run("notifications.clearAll");
  return all;
};

/** What is on the service, asked past the editor. */
const onService = () => {
  const list = require("node:child_process").execFileSync(process.env.CONNSPEC, ["list", "--format=json"], {
    cwd: process.env.WORKSPACE,
    encoding: "utf8",
  });
  return JSON.parse(list).specs;
};

module.exports = {
  address, assert, behind, code, extension, findings, found, message, onService, open, page, replace, run, say, see, told, until, vscode,
};
