// The extension: what is registered, and when the server is started. Kept small, since each JSON file loads it.

import * as vscode from "vscode";
import { Control } from "./control";
import { EarlyCommands } from "./early";
import { REMOTE, isOurs, recogniseSpecs } from "./language";
import { newSource, type NewSource } from "./new";
import { RemoteTexts } from "./remote";
import { Status } from "./status";
import { Subject } from "./subject";
import { OPEN_FIRST, type Running, type State } from "./words";

/** What the extension tells others, such as its tests. */
export interface Told {
  running(): Running;
  /** Whether anything has asked for the server so far. */
  wasAsked(): boolean;
  pid(): number | undefined;
  state(uri: vscode.Uri): State | undefined;
  status(): string;
}

let control: Control | undefined;

export function activate(context: vscode.ExtensionContext): Told {
  const log = vscode.window.createOutputChannel("connspec");
  const subject = new Subject();
  const status: Status = new Status(() => server.running);
  const remote: RemoteTexts = new RemoteTexts((uri) => server.remoteText(uri));
  const host = {
    subject: () => subject.uri(),
    state: (state: State) => {
      status.tell(state);
    },
    compare: remote.compare.bind(remote),
    openRemote: remote.open.bind(remote),
  };
  const commands: Record<string, (...given: never[]) => unknown> = {
    "connspec.start": () => server.start(),
    "connspec.stop": () => server.stop(),
    "connspec.restart": () => server.restart(),
    "connspec.showLog": () => {
      log.show();
    },
    "connspec.openServerSetting": () =>
      vscode.commands.executeCommand("workbench.action.openSettings", "connspec.server.path"),
    "connspec.menu": () => status.choose(subject.uri()),
    "connspec.new": (given?: NewSource) => newSource(() => server.program(), given),
    "connspec.tryCompletion": () => tryCompletion(subject.uri()),
  };
  const { contributes } = context.extension.packageJSON as { contributes: { commands: { command: string }[] } };
  const serverCommands = contributes.commands.map(({ command }) => command).filter((name) => !(name in commands));
  const early = new EarlyCommands(serverCommands, async () => {
    await server.start();
    return server.running === "running";
  });
  const server: Control = new Control(context.extensionUri, log, host, early, () => {
    status.draw();
  });
  control = server;

  const start = (document: vscode.TextDocument) => {
    if (isOurs(document)) {
      void server.startOnce();
    }
  };
  context.subscriptions.push(
    log,
    subject,
    status,
    remote,
    early,
    recogniseSpecs(),
    vscode.workspace.registerTextDocumentContentProvider(REMOTE, remote),
    vscode.workspace.onDidOpenTextDocument(start),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("connspec.server.path")) {
        void server.programChanged();
      }
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(async () => {
      await server.tellSettings();
      status.draw();
    }),
    ...Object.entries(commands).map(([name, run]) => vscode.commands.registerCommand(name, run)),
  );
  early.offer();
  vscode.workspace.textDocuments.forEach(start);
  return {
    running: () => server.running,
    wasAsked: () => server.wasAsked,
    pid: () => server.pid,
    state: (uri) => status.of(uri),
    status: () => status.text,
  };
}

export async function deactivate(): Promise<void> {
  await control?.stop();
}

/** Opens the list of completions at the type of a spec. */
async function tryCompletion(uri: vscode.Uri | undefined): Promise<void> {
  if (uri === undefined) {
    void vscode.window.showInformationMessage(OPEN_FIRST);
    return;
  }
  const editor = await vscode.window.showTextDocument(uri);
  const found = /"type"\s*:\s*"/.exec(editor.document.getText());
  const at = editor.document.positionAt(found === null ? 0 : found.index + found[0].length);
  editor.selection = new vscode.Selection(at, at);
  editor.revealRange(editor.selection);
  await vscode.commands.executeCommand("editor.action.triggerSuggest");
}
