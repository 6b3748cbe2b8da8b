// Read-only documents with the remote version of a spec, and the diff editor that compares one with the local file.

import { posix } from "node:path";
import * as vscode from "vscode";

/** The part of the results of `connspec.diff` and `connspec.openRemote` that is used here. */
export interface RemoteResult {
  outcome: string;
  uri?: string;
  text?: string;
  identical?: boolean;
}

export class RemoteDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;
  /** Texts from command results, by URI, until their document is opened. */
  private readonly pending = new Map<string, string>();

  constructor(private readonly fetch: (uri: vscode.Uri) => Promise<string>) {}

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const text = this.pending.get(uri.toString());
    this.pending.delete(uri.toString());
    return text ?? (await this.fetch(uri));
  }

  /** Opens the diff editor, unless both versions are equal: the server has reported that already. */
  async compare(result: RemoteResult): Promise<void> {
    const remote = this.accept(result);
    if (remote === undefined || result.identical === true) {
      return;
    }
    const title = `${posix.basename(remote.path)} (Remote ↔ Local)`;
    await vscode.commands.executeCommand("vscode.diff", remote, remote.with({ scheme: "file" }), title);
  }

  async open(result: RemoteResult): Promise<void> {
    const remote = this.accept(result);
    if (remote !== undefined) {
      await vscode.window.showTextDocument(remote, { preview: true });
    }
  }

  dispose(): void {
    this.changed.dispose();
  }

  private accept(result: RemoteResult): vscode.Uri | undefined {
    if (result.outcome !== "done" || result.uri === undefined || result.text === undefined) {
      return undefined;
    }
    const uri = vscode.Uri.parse(result.uri);
    this.pending.set(uri.toString(), result.text);
    this.changed.fire(uri);
    return uri;
  }
}
