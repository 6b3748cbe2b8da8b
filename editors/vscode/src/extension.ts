// Registers the extension's parts and starts the server for the first spec. Kept small, since every JSON file activates it.

import * as vscode from "vscode";
import { ActiveSpec } from "./activeSpec";
import { REMOTE_SCHEME, detectSpecs, isSpecDocument } from "./language";
import { newSource, type NewSourceArgs } from "./newSource";
import { RemoteDocuments } from "./remoteDocuments";
import { ServerCommandStubs } from "./serverCommandStubs";
import { ServerManager } from "./serverManager";
import { StatusBar } from "./statusBar";
import { NO_SPEC, type ServerState, type SyncStatus } from "./syncStatus";

/** The API of the extension, used by its tests. */
export interface Api {
  serverState(): ServerState;
  /** Whether anything has started, stopped or restarted the server yet. */
  wasServerRequested(): boolean;
  serverPid(): number | undefined;
  syncStatus(uri: vscode.Uri): SyncStatus | undefined;
}

interface Manifest {
  contributes: { commands: { command: string; title: string }[] };
}

let activeServer: ServerManager | undefined;

export function activate(context: vscode.ExtensionContext): Api {
  const { contributes } = context.extension.packageJSON as Manifest;
  const titles = new Map(contributes.commands.map(({ command, title }) => [command, title]));
  const log = vscode.window.createOutputChannel("connspec");
  const activeSpec = new ActiveSpec();
  const statusBar: StatusBar = new StatusBar(() => server.state, titles);
  const remote: RemoteDocuments = new RemoteDocuments((uri) => server.fetchRemote(uri));
  const commands: Record<string, (...args: never[]) => unknown> = {
    "connspec.start": () => server.start(),
    "connspec.stop": () => server.stop(),
    "connspec.restart": () => server.restart(),
    "connspec.showLog": () => {
      log.show();
    },
    "connspec.openServerSetting": () =>
      vscode.commands.executeCommand("workbench.action.openSettings", "connspec.server.path"),
    "connspec.showCommands": () => statusBar.showMenu(activeSpec.uri()),
    "connspec.new": (args?: NewSourceArgs) => newSource(() => server.findProgram(), args),
    "connspec.tryCompletion": () => tryCompletion(activeSpec.uri()),
  };
  const serverCommands = [...titles.keys()].filter((name) => !(name in commands));
  const stubs = new ServerCommandStubs(serverCommands, async () => {
    await server.start();
    return server.state === "running";
  });
  const host = {
    activeSpec: () => activeSpec.uri(),
    onSyncStatus: statusBar.setStatus.bind(statusBar),
    compare: remote.compare.bind(remote),
    openRemote: remote.open.bind(remote),
  };
  const server: ServerManager = new ServerManager(context.extensionUri, log, host, stubs, () => {
    statusBar.update();
  });
  activeServer = server;

  const startForSpec = (document: vscode.TextDocument) => {
    if (isSpecDocument(document)) {
      void server.startOnce();
    }
  };
  context.subscriptions.push(
    log,
    activeSpec,
    statusBar,
    remote,
    stubs,
    detectSpecs(),
    vscode.workspace.registerTextDocumentContentProvider(REMOTE_SCHEME, remote),
    vscode.workspace.onDidOpenTextDocument(startForSpec),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("connspec.server.path")) {
        void server.onPathSettingChange();
      }
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(async () => {
      await server.sendSettings();
      statusBar.update();
    }),
    ...Object.entries(commands).map(([name, run]) => vscode.commands.registerCommand(name, run)),
  );
  stubs.register();
  vscode.workspace.textDocuments.forEach(startForSpec);
  return {
    serverState: () => server.state,
    wasServerRequested: () => server.wasRequested,
    serverPid: () => server.pid,
    syncStatus: (uri) => statusBar.statusOf(uri),
  };
}

export async function deactivate(): Promise<void> {
  await activeServer?.stop();
}

/** Opens the list of completions at the value of the first `type`. */
async function tryCompletion(uri: vscode.Uri | undefined): Promise<void> {
  if (uri === undefined) {
    void vscode.window.showInformationMessage(NO_SPEC);
    return;
  }
  const editor = await vscode.window.showTextDocument(uri);
  const match = /"type"\s*:\s*"/.exec(editor.document.getText());
  const position = editor.document.positionAt(match === null ? 0 : match.index + match[0].length);
  editor.selection = new vscode.Selection(position, position);
  editor.revealRange(editor.selection);
  await vscode.commands.executeCommand("editor.action.triggerSuggest");
}
