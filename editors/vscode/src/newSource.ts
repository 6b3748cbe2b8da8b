// The command "New Source…": runs `connspec new` and opens the created spec.

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import * as vscode from "vscode";

/** The arguments of the command. The user is prompted for missing ones. */
export interface NewSourceArgs {
  folder?: vscode.Uri;
  name?: string;
  kind?: string;
}

const KINDS = [
  { label: "Batch", description: "Pulls data from a REST API", value: "rest" },
  { label: "Streaming", description: "Receives data at an HTTP endpoint", value: "streaming" },
];

/** `findProgram` resolves to the connspec program, or to undefined after it has shown an error. */
export async function newSource(findProgram: () => Promise<string | undefined>, args: NewSourceArgs = {}): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    void vscode.window.showWarningMessage("Creating a source runs the connspec program. Trust this workspace first.");
    return;
  }
  const program = await findProgram();
  const folder = program && (args.folder ?? (await pickFolder()));
  const name = folder && (args.name ?? (await inputName()));
  const kind = name && (args.kind ?? (await vscode.window.showQuickPick(KINDS, { title: "New Source" }))?.value);
  if (!program || !folder || !name || !kind) {
    return;
  }
  try {
    await promisify(execFile)(program, ["new", `--kind=${kind}`, "--", name], { cwd: folder.fsPath, windowsHide: true });
  } catch (error) {
    const stderr = (error as { stderr?: string }).stderr?.trim();
    void vscode.window.showErrorMessage(stderr !== undefined && stderr !== "" ? stderr : String(error));
    return;
  }
  await vscode.window.showTextDocument(vscode.Uri.joinPath(folder, name, `${name}-connectionSpec.json`));
}

async function pickFolder(): Promise<vscode.Uri | undefined> {
  // The program writes to disk, so virtual folders are of no use.
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file");
  if (folders.length > 1) {
    return (await vscode.window.showWorkspaceFolderPick({ placeHolder: "Select a folder for the new source" }))?.uri;
  }
  const options = { canSelectFiles: false, canSelectFolders: true, openLabel: "Create Source Here" };
  return folders[0]?.uri ?? (await vscode.window.showOpenDialog(options))?.[0];
}

function inputName(): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: "New Source",
    prompt: "Name of the source, also used for its folder and files",
    placeHolder: "acme-orders",
    validateInput: (name) => (/^[\w.-]*$/.test(name) ? undefined : "Use letters, digits, '.', '-' and '_' only."),
  });
}
