// The spec that a command applies to when it is called without one.

import * as vscode from "vscode";
import { LANGUAGE, REMOTE_SCHEME, isSpecDocument } from "./language";

export class ActiveSpec implements vscode.Disposable {
  private last: vscode.Uri | undefined;
  private readonly subscription: vscode.Disposable;

  constructor() {
    this.remember(vscode.window.activeTextEditor);
    this.subscription = vscode.window.onDidChangeActiveTextEditor((editor) => {
      this.remember(editor);
    });
  }

  /** The spec in the active editor, else the last active one that still has a tab, else the only one that has a tab. */
  uri(): vscode.Uri | undefined {
    const active = vscode.window.activeTextEditor?.document;
    if (active !== undefined && isSpecDocument(active)) {
      return active.uri;
    }
    // A remote version stands for its file.
    if (active?.uri.scheme === REMOTE_SCHEME) {
      return active.uri.with({ scheme: "file" });
    }
    // A spec that the server does not handle, such as a version from source control: applying the command to another spec
    // than the visible one would be a surprise.
    if (active?.languageId === LANGUAGE) {
      return undefined;
    }
    // VS Code keeps documents open for a while after their last tab is closed.
    const tabs = new Set(urisWithTab().map(String));
    const specs = vscode.workspace.textDocuments.filter((document) => isSpecDocument(document) && tabs.has(document.uri.toString()));
    const last = specs.find(({ uri }) => uri.toString() === this.last?.toString());
    return (last ?? (specs.length === 1 ? specs[0] : undefined))?.uri;
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private remember(editor: vscode.TextEditor | undefined): void {
    if (editor !== undefined && isSpecDocument(editor.document)) {
      this.last = editor.document.uri;
    }
  }
}

function urisWithTab(): vscode.Uri[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) =>
    tabs.flatMap(({ input }) => {
      if (input instanceof vscode.TabInputText) {
        return [input.uri];
      }
      return input instanceof vscode.TabInputTextDiff ? [input.modified] : [];
    }),
  );
}
