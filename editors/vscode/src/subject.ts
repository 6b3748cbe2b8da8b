// Which spec a command is about when it is told none.

import * as vscode from "vscode";
import { LANGUAGE, REMOTE, isOurs } from "./language";

/** Follows the specs that come on screen. */
export class Subject implements vscode.Disposable {
  private last: vscode.Uri | undefined;
  private readonly follows: vscode.Disposable;

  constructor() {
    this.follow(vscode.window.activeTextEditor);
    this.follows = vscode.window.onDidChangeActiveTextEditor((editor) => {
      this.follow(editor);
    });
  }

  /** The spec on screen, or else the last one that was and is still open. */
  uri(): vscode.Uri | undefined {
    const active = vscode.window.activeTextEditor?.document;
    if (active !== undefined && isOurs(active)) {
      return active.uri;
    }
    // The text of the service stands for the file.
    if (active?.uri.scheme === REMOTE) {
      return active.uri.with({ scheme: "file" });
    }
    const isOpen = (document: vscode.TextDocument) => document.uri.toString() === this.last?.toString();
    const open = vscode.workspace.textDocuments;
    return (open.find(isOpen) ?? open.find(isOurs))?.uri;
  }

  dispose(): void {
    this.follows.dispose();
  }

  private follow(editor: vscode.TextEditor | undefined): void {
    if (editor?.document.languageId === LANGUAGE && isOurs(editor.document)) {
      this.last = editor.document.uri;
    }
  }
}
