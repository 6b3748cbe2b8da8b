// One run of the language client. Loaded with the first spec, since it is most of this extension.

import { spawn } from "node:child_process";
import * as vscode from "vscode";
import {
  CloseAction,
  DidChangeConfigurationNotification,
  ErrorAction,
  LanguageClient,
  State as ClientState,
  type ChildProcessInfo,
  type ClientCapabilities,
  type Location,
  type Middleware,
  type Position,
  type StaticFeature,
} from "vscode-languageclient/node";
import { LANGUAGE, SCHEMES } from "./language";
import { carryOut } from "./progress";
import type { RemoteAnswer } from "./remote";
import { forServer } from "./settings";
import { OPEN_FIRST, type State } from "./words";

/** What a session needs of the extension. */
export interface Host {
  log: vscode.OutputChannel;
  /** The spec that a command is about when it is told none. */
  subject(): vscode.Uri | undefined;
  state(state: State): void;
  compare(answer: RemoteAnswer): Promise<void>;
  openRemote(answer: RemoteAnswer): Promise<void>;
  /** The server has ended by itself. */
  ended(): void;
}

/** A server that runs. */
export interface Session {
  /** The text that the service has of a spec. */
  remoteText(uri: vscode.Uri): Promise<string>;
  /** Hands the settings over once more. */
  tellSettings(): Promise<void>;
  stop(): Promise<void>;
  /** The process. */
  pid: number | undefined;
}

/** Starts the server. */
export async function start(path: string, host: Host): Promise<Session> {
  const process = spawn(path, ["lsp"], { stdio: "pipe", windowsHide: true });
  // The client does not see in every moment of its start that the server has ended, so this is what counts.
  const ended = new Promise<void>((over) => {
    process.once("error", (error) => {
      host.log.appendLine(`${path} cannot be run: ${error.message}`);
      over();
    });
    if (process.pid !== undefined) {
      // With nothing left to read, and when the client has taken it in as well.
      process.stdout.once("close", () => setImmediate(over));
    }
  });
  // The server ends by itself when it is told or when this end is gone; it is not killed, since it may have to bring a write
  // to its end. So it is "detached" for the client.
  const run = (): Promise<ChildProcessInfo> => Promise.resolve({ process, detached: true });
  const settings = () => forServer(vscode.workspace.getConfiguration().get(LANGUAGE), vscode.workspace.isTrusted);
  const tellSettings = async () => {
    // One that does not run yet gets them when it starts.
    if (client.isRunning()) {
      await client.sendNotification(DidChangeConfigurationNotification.type, { settings: { connspec: settings() } });
    }
  };
  const client: LanguageClient = new QuietClient(LANGUAGE, "connspec", run, {
    documentSelector: SCHEMES.map((scheme) => ({ scheme, language: LANGUAGE })),
    outputChannel: host.log,
    initializationOptions: settings,
    initializationFailedHandler: () => false,
    errorHandler: {
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      closed: () => ({ action: CloseAction.DoNotRestart, handled: true }),
    },
    middleware: middleware(host, settings, tellSettings, (command, given) => carryOut(client, command, given)),
  });
  client.registerFeature(ABLE);
  const shows = [
    client.onNotification("connspec/state", (state: State) => {
      host.state(state);
    }),
    vscode.commands.registerCommand(SHOW, (uri: string, position: Position, places: Location[]) => {
      const converter = client.protocol2CodeConverter;
      const shown = places.map((place) => converter.asLocation(place));
      const at = [converter.asUri(uri), converter.asPosition(position)];
      return vscode.commands.executeCommand("editor.action.showReferences", ...at, shown);
    }),
  ];
  let isStopped = false;
  const stop = async () => {
    isStopped = true;
    vscode.Disposable.from(...shows).dispose();
    // The client cannot be stopped while it starts, which it also does by itself.
    if (client.state === ClientState.Starting) {
      await Promise.race([client.start().catch(() => undefined), ended]);
    }
    await client.dispose();
  };
  const early = ended.then(() => {
    throw new Error("it ended before it served");
  });
  try {
    await Promise.race([client.start(), early]);
    if (!client.isRunning()) {
      await early;
    }
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
  void ended.then(() => {
    if (!isStopped) {
      host.ended();
    }
  });
  return {
    remoteText: async (uri) => {
      // Asked a question, the client would start again by itself.
      if (!client.isRunning()) {
        throw new Error("The connspec server does not run.");
      }
      return (await client.sendRequest<{ text: string }>("connspec/remote", { uri: uri.toString() })).text;
    },
    tellSettings,
    stop,
    pid: process.pid,
  };
}

/** The command by which the lines above things show the places that they count. */
const SHOW = "connspec.showReferences";

/** The commands that are not about a document. */
const ALONE = ["connspec.list", "connspec.selectProfile"];

/** Its own complaints go into the log. That a server has ended or did not start is told once, by who starts it. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

/** What this editor can do beyond what the client says by itself. */
const ABLE: StaticFeature = {
  fillClientCapabilities(capabilities: ClientCapabilities) {
    capabilities.experimental = { commands: { commands: [SHOW] }, connspec: { state: true } };
  },
  initialize: () => undefined,
  getState: () => ({ kind: "static" }),
  clear: () => undefined,
};

function middleware(
  host: Host,
  settings: () => object,
  tellSettings: () => Promise<void>,
  run: (command: string, given: unknown[]) => Promise<unknown>,
): Middleware {
  return {
    workspace: {
      configuration: async (asked, token, next) => {
        const given = await next(asked, token);
        const ours = ({ section }: { section?: string }, at: number): unknown =>
          section === LANGUAGE || !Array.isArray(given) ? settings() : given[at];
        return asked.items.map(ours);
      },
      didChangeConfiguration: tellSettings,
    },
    executeCommand: async (command, given: unknown[]) => {
      const subject = host.subject();
      if (isNone(given[0]) && subject === undefined && !ALONE.includes(command)) {
        void vscode.window.showInformationMessage(OPEN_FIRST);
        return undefined;
      }
      const answer = (await run(command, named(given, subject))) as RemoteAnswer | undefined;
      if (answer !== undefined && command === "connspec.diff") {
        await host.compare(answer);
      } else if (answer !== undefined && command === "connspec.openRemote") {
        await host.openRemote(answer);
      }
      return answer;
    },
  };
}

/** The arguments with the address of the spec as the first: menus hand over an address of the editor's and more. */
function named(given: unknown[], subject: vscode.Uri | undefined): unknown[] {
  const [first, ...rest] = given;
  if (first instanceof vscode.Uri) {
    return [first.toString()];
  }
  return isNone(first) ? [subject?.toString() ?? null, ...rest] : given;
}

function isNone(given: unknown): boolean {
  return given === undefined || given === null;
}
