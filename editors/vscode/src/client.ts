// One run of the language client. Loaded with the first spec, since it is most of the extension's code.

import { spawn } from "node:child_process";
import * as vscode from "vscode";
import {
  CloseAction,
  DidChangeConfigurationNotification,
  ErrorAction,
  LanguageClient,
  State,
  type ChildProcessInfo,
  type ClientCapabilities,
  type Location,
  type Middleware,
  type Position,
  type StaticFeature,
} from "vscode-languageclient/node";
import { LANGUAGE, SCHEMES } from "./language";
import { executeWithProgress } from "./progress";
import type { RemoteResult } from "./remoteDocuments";
import { NO_SPEC, type SyncStatus } from "./syncStatus";

/** The command of code lenses that show references. */
const SHOW_REFERENCES = "connspec.showReferences";

/** The server's commands that need no document. */
const WITHOUT_DOCUMENT = ["connspec.list", "connspec.selectProfile"];

/** What the client needs of the extension. */
export interface Host {
  log: vscode.OutputChannel;
  activeSpec(): vscode.Uri | undefined;
  onSyncStatus(status: SyncStatus): void;
  compare(result: RemoteResult): Promise<void>;
  openRemote(result: RemoteResult): Promise<void>;
  /** The server has exited without being stopped. */
  onExit(): void;
}

/** A running server. */
export interface Client {
  pid: number | undefined;
  fetchRemote(uri: vscode.Uri): Promise<string>;
  sendSettings(): Promise<void>;
  stop(): Promise<void>;
}

export async function startClient(path: string, host: Host): Promise<Client> {
  const process = spawn(path, ["lsp"], { stdio: "pipe", windowsHide: true });
  // The language client misses an exit at some moments of its start, so the process is watched here.
  const exited = new Promise<void>((resolve) => {
    process.once("error", (error) => {
      host.log.appendLine(`Cannot run ${path}: ${error.message}`);
      resolve();
    });
    if (process.pid !== undefined) {
      // After all output has been read, by the client as well.
      process.stdout.once("close", () => setImmediate(resolve));
    }
  });
  // "detached" keeps the client from killing the server: it exits by itself, when it is told to or when its input is closed,
  // and may have to finish a write before.
  const run = (): Promise<ChildProcessInfo> => Promise.resolve({ process, detached: true });
  const sendSettings = async () => {
    // A client that is still starting sends them in `initialize`.
    if (client.isRunning()) {
      await client.sendNotification(DidChangeConfigurationNotification.type, { settings: { connspec: settings() } });
    }
  };
  const client: LanguageClient = new LoggingClient(LANGUAGE, "connspec", run, {
    documentSelector: SCHEMES.map((scheme) => ({ scheme, language: LANGUAGE })),
    outputChannel: host.log,
    initializationOptions: settings,
    initializationFailedHandler: () => false,
    errorHandler: {
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      closed: () => ({ action: CloseAction.DoNotRestart, handled: true }),
    },
    middleware: middleware(host, sendSettings, (command, args) => executeWithProgress(client, command, args)),
  });
  client.registerFeature(CAPABILITIES);
  const subscriptions = [
    client.onNotification("connspec/state", (status: SyncStatus) => {
      host.onSyncStatus(status);
    }),
    vscode.commands.registerCommand(SHOW_REFERENCES, (uri: string, position: Position, locations: Location[]) => {
      const converter = client.protocol2CodeConverter;
      const [target, at] = [converter.asUri(uri), converter.asPosition(position)];
      const references = locations.map((location) => converter.asLocation(location));
      return vscode.commands.executeCommand("editor.action.showReferences", target, at, references);
    }),
  ];
  let isStopped = false;
  const stop = async () => {
    isStopped = true;
    vscode.Disposable.from(...subscriptions).dispose();
    // The client cannot be stopped while it is starting, which it also does by itself.
    if (client.state === State.Starting) {
      await Promise.race([client.start().catch(() => undefined), exited]);
    }
    await client.dispose();
  };
  const exitedEarly = exited.then(() => {
    throw new Error("the server exited during startup");
  });
  try {
    await Promise.race([client.start(), exitedEarly]);
    if (!client.isRunning()) {
      await exitedEarly;
    }
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
  void exited.then(() => {
    if (!isStopped) {
      host.onExit();
    }
  });
  return {
    pid: process.pid,
    fetchRemote: async (uri) => {
      // A request would make a stopped client start again.
      if (!client.isRunning()) {
        throw new Error("The connspec server is not running.");
      }
      return (await client.sendRequest<{ text: string }>("connspec/remote", { uri: uri.toString() })).text;
    },
    sendSettings,
    stop,
  };
}

/** Logs the client's own errors instead of showing them: a crash or a failed start is reported once, by `ServerManager`. */
class LoggingClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

/** Announces the extensions of the protocol that this editor supports. */
const CAPABILITIES: StaticFeature = {
  fillClientCapabilities(capabilities: ClientCapabilities) {
    capabilities.experimental = { commands: { commands: [SHOW_REFERENCES] }, connspec: { state: true } };
  },
  initialize: () => undefined,
  getState: () => ({ kind: "static" }),
  clear: () => undefined,
};

/** The section `connspec` for the server, with Workspace Trust in place of the setting `trusted`. */
function settings(): object {
  return { ...vscode.workspace.getConfiguration().get<object>(LANGUAGE), trusted: vscode.workspace.isTrusted };
}

function middleware(
  host: Host,
  sendSettings: () => Promise<void>,
  execute: (command: string, args: unknown[]) => Promise<unknown>,
): Middleware {
  return {
    workspace: {
      configuration: async (params, token, next) => {
        const values = await next(params, token);
        return params.items.map(({ section }, index): unknown =>
          section === LANGUAGE || !Array.isArray(values) ? settings() : values[index],
        );
      },
      didChangeConfiguration: sendSettings,
    },
    provideCodeLenses: async (document, token, next) => (await next(document, token))?.map(withoutUri),
    resolveCodeLens: async (lens, token, next) => {
      const resolved = await next(lens, token);
      return resolved ? withoutUri(resolved) : resolved;
    },
    executeCommand: async (command, args: unknown[]) => {
      const spec = host.activeSpec();
      if (isMissing(args[0]) && spec === undefined && !WITHOUT_DOCUMENT.includes(command)) {
        void vscode.window.showInformationMessage(NO_SPEC);
        return undefined;
      }
      const result = (await execute(command, withUri(args, spec))) as RemoteResult | undefined;
      if (result !== undefined && command === "connspec.diff") {
        await host.compare(result);
      } else if (result !== undefined && command === "connspec.openRemote") {
        await host.openRemote(result);
      }
      return result;
    },
  };
}

/**
 * The lens with a command that has no arguments if its only argument is the URI of the document. VS Code runs a command with
 * arguments through a delegate that it drops when lenses are refreshed, so that a click at that moment fails. Without
 * arguments the command is for the active spec, which a click makes that of the lens.
 */
function withoutUri(lens: vscode.CodeLens): vscode.CodeLens {
  if (lens.command?.arguments?.length === 1) {
    const { title, command } = lens.command;
    lens.command = { title, command };
  }
  return lens;
}

/** The arguments, starting with the URI of the spec as a string. Menus pass a `Uri` and further arguments of their own. */
function withUri(args: unknown[], spec: vscode.Uri | undefined): unknown[] {
  const [first, ...rest] = args;
  if (first instanceof vscode.Uri) {
    return [first.toString()];
  }
  return isMissing(first) ? [spec?.toString() ?? null, ...rest] : args;
}

function isMissing(arg: unknown): boolean {
  return arg === undefined || arg === null;
}
