// The status bar item: the profile and how the spec on screen stands. A click opens the commands that make sense now.

import * as vscode from "vscode";
import { isOurs } from "./language";
import { offers, shown, type Running, type State } from "./words";

/** See above. */
export class Status implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem("connspec.state", vscode.StatusBarAlignment.Left, 10);
  private readonly states = new Map<string, State>();
  private readonly follows: vscode.Disposable;

  constructor(private readonly running: () => Running) {
    this.item.name = "Connection spec";
    this.item.command = "connspec.menu";
    this.follows = vscode.Disposable.from(
      vscode.window.onDidChangeActiveTextEditor(() => {
        this.draw();
      }),
      vscode.workspace.onDidCloseTextDocument((document) => this.states.delete(document.uri.toString())),
      vscode.workspace.onDidOpenTextDocument(() => {
        this.draw();
      }),
    );
  }

  /** What the server tells of a spec. */
  tell(state: State): void {
    this.states.set(vscode.Uri.parse(state.uri).toString(), state);
    this.draw();
  }

  /** What is known of a spec. */
  of(uri: vscode.Uri | undefined): State | undefined {
    return uri && this.states.get(uri.toString());
  }

  /** What it says now. */
  get text(): string {
    return this.item.text;
  }

  /** Shows what holds now. */
  draw(): void {
    if (this.running() !== "running") {
      this.states.clear();
    }
    const document = vscode.window.activeTextEditor?.document;
    if (document === undefined || !isOurs(document)) {
      this.item.hide();
      return;
    }
    const now = shown(this.running(), this.of(document.uri), vscode.workspace.isTrusted);
    this.item.text = now.text;
    this.item.tooltip = now.tooltip;
    this.item.backgroundColor = now.isWarning ? new vscode.ThemeColor("statusBarItem.warningBackground") : undefined;
    this.item.show();
  }

  /** Lets a person choose a command for a spec. */
  async choose(uri: vscode.Uri | undefined): Promise<void> {
    const offered = offers(this.running(), this.of(uri), vscode.workspace.isTrusted);
    const chosen = await vscode.window.showQuickPick(offered, { placeHolder: this.of(uri)?.words ?? "connspec" });
    if (chosen !== undefined) {
      await vscode.commands.executeCommand(chosen.command);
    }
  }

  dispose(): void {
    this.follows.dispose();
    this.item.dispose();
  }
}
