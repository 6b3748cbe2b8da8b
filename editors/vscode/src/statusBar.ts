// The status bar item: the profile and the sync status of the spec in the active editor. A click opens a menu of commands.

import * as vscode from "vscode";
import { isSpecDocument } from "./language";
import { menuCommands, statusItem, type ServerState, type SyncStatus } from "./syncStatus";

const ICONS: Record<string, string> = {
  "connspec.push": "cloud-upload",
  "connspec.pull": "cloud-download",
  "connspec.diff": "diff",
  "connspec.register": "link",
  "connspec.status": "info",
  "connspec.openRemote": "eye",
  "connspec.list": "list-unordered",
  "connspec.selectProfile": "account",
  "connspec.start": "play",
  "connspec.stop": "debug-stop",
  "connspec.restart": "debug-restart",
  "connspec.showLog": "output",
  "connspec.openServerSetting": "gear",
  "workbench.trust.manage": "shield",
};

/** Titles of the commands that are not contributed by the manifest. */
const OTHER_TITLES: Record<string, string> = {
  "connspec.openServerSetting": "Open Server Path Setting",
  "workbench.trust.manage": "Manage Workspace Trust",
};

export class StatusBar implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem("connspec.state", vscode.StatusBarAlignment.Left, 10);
  private readonly statuses = new Map<string, SyncStatus>();
  private readonly subscriptions: vscode.Disposable;

  /** `titles` are the titles of the extension's commands. */
  constructor(
    private readonly server: () => ServerState,
    private readonly titles: ReadonlyMap<string, string>,
  ) {
    this.item.name = "Connection Spec";
    this.item.command = "connspec.showCommands";
    this.subscriptions = vscode.Disposable.from(
      vscode.window.onDidChangeActiveTextEditor(() => {
        this.update();
      }),
      vscode.workspace.onDidCloseTextDocument((document) => this.statuses.delete(document.uri.toString())),
      vscode.workspace.onDidOpenTextDocument(() => {
        this.update();
      }),
    );
  }

  setStatus(status: SyncStatus): void {
    this.statuses.set(vscode.Uri.parse(status.uri).toString(), status);
    this.update();
  }

  statusOf(uri: vscode.Uri | undefined): SyncStatus | undefined {
    return uri && this.statuses.get(uri.toString());
  }

  update(): void {
    if (this.server() !== "running") {
      this.statuses.clear();
    }
    const document = vscode.window.activeTextEditor?.document;
    if (document === undefined || !isSpecDocument(document)) {
      this.item.hide();
      return;
    }
    const { text, tooltip, isWarning } = statusItem(this.server(), this.statusOf(document.uri), vscode.workspace.isTrusted);
    this.item.text = text;
    this.item.tooltip = tooltip;
    this.item.backgroundColor = isWarning ? new vscode.ThemeColor("statusBarItem.warningBackground") : undefined;
    this.item.show();
  }

  async showMenu(uri: vscode.Uri | undefined): Promise<void> {
    const status = this.statusOf(uri);
    const items = menuCommands(this.server(), status, vscode.workspace.isTrusted).map((command) => ({
      label: `$(${ICONS[command] ?? ""}) ${this.titles.get(command) ?? OTHER_TITLES[command] ?? command}`,
      command,
    }));
    const chosen = await vscode.window.showQuickPick(items, { placeHolder: status?.description ?? "connspec" });
    if (chosen !== undefined) {
      await vscode.commands.executeCommand(chosen.command);
    }
  }

  dispose(): void {
    this.subscriptions.dispose();
    this.item.dispose();
  }
}
