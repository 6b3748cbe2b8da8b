// Starts, stops and restarts the server, and reports when that fails.

import { homedir } from "node:os";
import * as vscode from "vscode";
import type { Client, Host } from "./client";
import { RestartPolicy } from "./restartPolicy";
import { checkServer, findServer, isFile, type FindResult } from "./serverBinary";
import type { ServerCommandStubs } from "./serverCommandStubs";
import type { ServerState } from "./syncStatus";

const RESTART = "Restart Server";
const SHOW_LOG = "Show Log";
const OPEN_SETTING = "Open Setting";
const HOW_TO_INSTALL = "How to Install";

/** Operations run one after the other. */
export class ServerManager {
  private client: Client | undefined;
  /** The program that is running or was the last to. */
  private path: string | undefined;
  private queue: Promise<void> = Promise.resolve();
  private readonly restarts = new RestartPolicy();
  private isRequested = false;
  private currentState: ServerState = "stopped";

  constructor(
    private readonly extension: vscode.Uri,
    private readonly log: vscode.OutputChannel,
    private readonly host: Omit<Host, "log" | "onExit">,
    private readonly stubs: ServerCommandStubs,
    private readonly onStateChange: () => void,
  ) {}

  get state(): ServerState {
    return this.currentState;
  }

  /** Whether a spec or the user has started, stopped or restarted the server. */
  get wasRequested(): boolean {
    return this.isRequested;
  }

  get pid(): number | undefined {
    return this.client?.pid;
  }

  /** Starts the server for the first spec; afterwards only the user does. */
  startOnce(): Promise<void> {
    return this.isRequested ? this.queue : this.start();
  }

  start(): Promise<void> {
    this.isRequested = true;
    this.restarts.reset();
    return this.enqueue(() => this.launch());
  }

  stop(): Promise<void> {
    this.isRequested = true;
    return this.enqueue(() => this.shutDown());
  }

  restart(): Promise<void> {
    this.isRequested = true;
    this.restarts.reset();
    return this.enqueue(async () => {
      await this.shutDown();
      await this.launch();
    });
  }

  /** Restarts the server when the changed setting `connspec.server.path` names another program. */
  async onPathSettingChange(): Promise<void> {
    const found = find(this.extension);
    const isSame = this.client !== undefined && "path" in found && found.path === this.path;
    if (this.isRequested && !isSame) {
      await this.restart();
    }
  }

  async sendSettings(): Promise<void> {
    await this.client?.sendSettings();
  }

  /** Fetches the remote version of a spec. */
  async fetchRemote(uri: vscode.Uri): Promise<string> {
    await this.startOnce();
    if (this.client === undefined) {
      throw new Error("The connspec server is not running.");
    }
    return this.client.fetchRemote(uri);
  }

  /** The connspec program; undefined after an error has been shown. */
  async findProgram(): Promise<string | undefined> {
    const found = find(this.extension);
    const problem = "problem" in found ? found.problem : await checkServer(found.path);
    if (problem === undefined && "path" in found) {
      return found.path;
    }
    this.log.appendLine(problem ?? "");
    void this.showProgramProblem(problem ?? "");
    return undefined;
  }

  private enqueue(operation: () => Promise<void>): Promise<void> {
    const done = this.queue.then(operation);
    // Its caller gets the error of a failed operation; the following operations run nevertheless.
    this.queue = done.catch(() => undefined);
    return done;
  }

  private async launch(): Promise<void> {
    if (this.client !== undefined) {
      return;
    }
    this.setState("starting");
    const path = await this.findProgram();
    if (path === undefined) {
      this.setState("missing");
      return;
    }
    this.path = path;
    this.log.appendLine(`Starting ${path}`);
    try {
      const { startClient } = await import("./client.js");
      this.stubs.unregister();
      const onExit = () => {
        this.onExit();
      };
      this.client = await startClient(path, { ...this.host, log: this.log, onExit });
      this.setState("running");
    } catch (error) {
      const message = `The connspec server failed to start: ${error instanceof Error ? error.message : String(error)}.`;
      this.log.appendLine(message);
      this.setState("crashed");
      void this.offerRestart(message);
      this.stubs.register();
    }
  }

  private async shutDown(): Promise<void> {
    await this.disposeClient();
    this.setState("stopped");
  }

  private async disposeClient(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    try {
      await client?.stop();
    } catch (error) {
      this.log.appendLine(`The server did not stop cleanly: ${String(error)}`);
    }
    this.stubs.register();
  }

  private onExit(): void {
    const client = this.client;
    const restart = this.restarts.shouldRestart();
    this.setState(restart ? "starting" : "crashed");
    this.log.appendLine(restart ? "The server crashed. Restarting." : "The server crashed repeatedly. Not restarting.");
    if (!restart) {
      void this.offerRestart("The connspec server crashed repeatedly and was not restarted.");
    }
    void this.enqueue(async () => {
      // The user may have stopped or restarted it in the meantime.
      if (this.client !== client) {
        return;
      }
      await this.disposeClient();
      if (restart) {
        await this.launch();
      }
    });
  }

  private setState(state: ServerState): void {
    this.currentState = state;
    void vscode.commands.executeCommand("setContext", "connspec.running", state === "running");
    this.onStateChange();
  }

  private async offerRestart(message: string): Promise<void> {
    const chosen = await vscode.window.showErrorMessage(message, RESTART, SHOW_LOG);
    if (chosen === RESTART) {
      await this.restart();
    } else if (chosen === SHOW_LOG) {
      this.log.show();
    }
  }

  private async showProgramProblem(problem: string): Promise<void> {
    const chosen = await vscode.window.showErrorMessage(problem, OPEN_SETTING, HOW_TO_INSTALL);
    if (chosen === OPEN_SETTING) {
      await vscode.commands.executeCommand("connspec.openServerSetting");
    } else if (chosen === HOW_TO_INSTALL) {
      // The README of the extension describes it.
      await vscode.commands.executeCommand("extension.open", "connspec.connspec");
    }
  }
}

function find(extension: vscode.Uri): FindResult {
  const setting = vscode.workspace.getConfiguration("connspec").get("server.path", "");
  const path = process.env.PATH ?? process.env.Path ?? "";
  return findServer(setting, extension.fsPath, { platform: process.platform, path, home: homedir(), isFile });
}
