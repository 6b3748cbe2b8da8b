// The texts of the service: documents that are only read, and the view that compares one with the file.

import { posix } from "node:path";
import * as vscode from "vscode";

/** The answer of `connspec.diff` and `connspec.openRemote`, as far as it is needed here. */
export interface RemoteAnswer {
  outcome: string;
  uri?: string;
  text?: string;
  changes?: unknown[];
}

/** Gives the texts of the service to the editor. */
export class RemoteTexts implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;
  /** What an answer has brought, for the document that is about to show it. */
  private readonly brought = new Map<string, string>();

  constructor(private readonly ask: (uri: vscode.Uri) => Promise<string>) {}

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const text = this.brought.get(uri.toString());
    this.brought.delete(uri.toString());
    return text ?? (await this.ask(uri));
  }

  /** Shows the text of the service beside that of the file. */
  async compare(answer: RemoteAnswer): Promise<void> {
    const there = this.take(answer);
    // Where nothing differs the server has said so, and there is nothing to see.
    if (there === undefined || answer.changes?.length === 0) {
      return;
    }
    const title = `${posix.basename(there.path)}: on the service ↔ here`;
    await vscode.commands.executeCommand("vscode.diff", there, there.with({ scheme: "file" }), title);
  }

  /** Shows the text of the service. */
  async open(answer: RemoteAnswer): Promise<void> {
    const there = this.take(answer);
    if (there !== undefined) {
      await vscode.window.showTextDocument(there, { preview: true });
    }
  }

  dispose(): void {
    this.changed.dispose();
  }

  private take(answer: RemoteAnswer): vscode.Uri | undefined {
    if (answer.outcome !== "done" || answer.uri === undefined || answer.text === undefined) {
      return undefined;
    }
    const uri = vscode.Uri.parse(answer.uri);
    this.brought.set(uri.toString(), answer.text);
    this.changed.fire(uri);
    return uri;
  }
}
