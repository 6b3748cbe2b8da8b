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

  /** The spec on screen, or else the last one that was and still has a tab, or else the only one that has. */
  uri(): vscode.Uri | undefined {
    const active = vscode.window.activeTextEditor?.document;
    if (active !== undefined && isOurs(active)) {
      return active.uri;
    }
    // The text of the service stands for the file.
    if (active?.uri.scheme === REMOTE) {
      return active.uri.with({ scheme: "file" });
    }
    // An earlier version of a spec, say: another spec than the one that is seen is not meant.
    if (active?.languageId === LANGUAGE) {
      return undefined;
    }
    // The editor keeps documents for a while that nobody sees any more.
    const tabs = new Set(shown().map(String));
    const specs = vscode.workspace.textDocuments.filter((document) => isOurs(document) && tabs.has(document.uri.toString()));
    const last = specs.find(({ uri }) => uri.toString() === this.last?.toString());
    return (last ?? (specs.length === 1 ? specs[0] : undefined))?.uri;
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

/** The documents that have a tab. */
function shown(): vscode.Uri[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) =>
    tabs.flatMap(({ input }) => {
      if (input instanceof vscode.TabInputText) {
        return [input.uri];
      }
      return input instanceof vscode.TabInputTextDiff ? [input.modified] : [];
    }),
  );
}
