// The folder of a new source, written by `connspec new`.

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import * as vscode from "vscode";

/** What a new source is made of. What is left out is asked. */
export interface NewSource {
  folder?: vscode.Uri;
  name?: string;
  kind?: string;
}

const KINDS = [
  { label: "Batch", description: "A REST API that is asked for data", source: "rest" },
  { label: "Streaming", description: "Data that is sent to an address", source: "streaming" },
];

/** Asks what is not given, writes the folder and opens the spec. */
export async function newSource(program: () => Promise<string | undefined>, given: NewSource = {}): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    void vscode.window.showWarningMessage("Trust this workspace first: a new source is written by the program connspec.");
    return;
  }
  const path = await program();
  const folder = path && (given.folder ?? (await askFolder()));
  const name = folder && (given.name ?? (await askName()));
  const kind = name && (given.kind ?? (await vscode.window.showQuickPick(KINDS, { title: "New source" }))?.source);
  if (!path || !folder || !name || !kind) {
    return;
  }
  try {
    await promisify(execFile)(path, ["new", `--kind=${kind}`, "--", name], { cwd: folder.fsPath, windowsHide: true });
  } catch (error) {
    const said = (error as { stderr?: string }).stderr?.trim();
    void vscode.window.showErrorMessage(said !== undefined && said !== "" ? said : String(error));
    return;
  }
  await vscode.window.showTextDocument(vscode.Uri.joinPath(folder, name, `${name}-connectionSpec.json`));
}

async function askFolder(): Promise<vscode.Uri | undefined> {
  // The program writes to disk.
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file");
  if (folders.length > 1) {
    return (await vscode.window.showWorkspaceFolderPick({ placeHolder: "Where is the new source to be?" }))?.uri;
  }
  const options = { canSelectFiles: false, canSelectFolders: true, openLabel: "Make the source here" };
  return folders[0]?.uri ?? (await vscode.window.showOpenDialog(options))?.[0];
}

function askName(): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: "New source",
    prompt: "Its name, which is that of its folder and files",
    placeHolder: "acme-orders",
    validateInput: (name) => (/^[\w.-]*$/.test(name) ? undefined : "Letters, digits, - and _ only"),
  });
}
