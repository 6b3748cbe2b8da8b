// Starting, stopping and restarting the server, and what is said when that goes wrong.

import { homedir } from "node:os";
import * as vscode from "vscode";
import { Crashes } from "./crashes";
import type { EarlyCommands } from "./early";
import { isFile, locate, type Located } from "./locate";
import type { Host, Session } from "./session";
import { check } from "./version";
import type { Running } from "./words";

const RESTART = "Restart";
const LOG = "Show the Log";
const SETTING = "Open the Setting";
const INSTALL = "How to Install";

/** See above. Each step waits for the one before it. */
export class Control {
  private session: Session | undefined;
  /** The program that runs, or was the last to. */
  private path: string | undefined;
  private queue: Promise<void> = Promise.resolve();
  private readonly crashes = new Crashes();
  private isAsked = false;
  private now: Running = "stopped";

  constructor(
    private readonly extension: vscode.Uri,
    private readonly log: vscode.OutputChannel,
    private readonly host: Omit<Host, "log" | "ended">,
    private readonly early: EarlyCommands,
    private readonly changed: () => void,
  ) {}

  /** How it is with the server. */
  get running(): Running {
    return this.now;
  }

  /** Whether anything has asked for the server so far. */
  get wasAsked(): boolean {
    return this.isAsked;
  }

  /** The process of the server. */
  get pid(): number | undefined {
    return this.session?.pid;
  }

  /** Starts the server, when the first spec is seen. */
  startOnce(): Promise<void> {
    return this.isAsked ? this.queue : this.start();
  }

  /** Starts the server, since a person wants it. */
  start(): Promise<void> {
    this.isAsked = true;
    this.crashes.forget();
    return this.next(() => this.begin());
  }

  stop(): Promise<void> {
    this.isAsked = true;
    return this.next(() => this.end());
  }

  restart(): Promise<void> {
    this.isAsked = true;
    this.crashes.forget();
    return this.next(async () => {
      await this.end();
      await this.begin();
    });
  }

  /** The setting for the program is not what it was. Another program counts at once, if one was wanted at all. */
  async programChanged(): Promise<void> {
    const located = find(this.extension);
    const isSame = this.session !== undefined && "path" in located && located.path === this.path;
    if (this.isAsked && !isSame) {
      await this.restart();
    }
  }

  /** The settings, or the trust in the workspace, are not what they were. */
  async tellSettings(): Promise<void> {
    await this.session?.tellSettings();
  }

  /** The text that the service has of a spec. */
  async remoteText(uri: vscode.Uri): Promise<string> {
    await this.startOnce();
    if (this.session === undefined) {
      throw new Error("The connspec server does not run.");
    }
    return this.session.remoteText(uri);
  }

  /** The program. Says what is wrong when there is none. */
  async program(): Promise<string | undefined> {
    const located = find(this.extension);
    const problem = "problem" in located ? located.problem : await check(located.path);
    if (problem === undefined && "path" in located) {
      return located.path;
    }
    this.log.appendLine(problem ?? "");
    void this.complain(problem ?? "");
    return undefined;
  }

  private next(step: () => Promise<void>): Promise<void> {
    const done = this.queue.then(step);
    // A step that failed is told to who wanted it; the next ones are taken all the same.
    this.queue = done.catch(() => undefined);
    return done;
  }

  private async begin(): Promise<void> {
    if (this.session !== undefined) {
      return;
    }
    this.become("starting");
    const path = await this.program();
    if (path === undefined) {
      this.become("missing");
      return;
    }
    this.path = path;
    this.log.appendLine(`Starting ${path}`);
    try {
      const { start } = await import("./session.js");
      this.early.withdraw();
      const ended = () => {
        this.ended();
      };
      this.session = await start(path, { ...this.host, log: this.log, ended });
      this.become("running");
    } catch (error) {
      const words = `The connspec server did not start: ${error instanceof Error ? error.message : String(error)}`;
      this.log.appendLine(words);
      this.become("crashed");
      void this.offerRestart(words);
      this.early.offer();
    }
  }

  private async end(): Promise<void> {
    await this.leave();
    this.become("stopped");
  }

  private async leave(): Promise<void> {
    const session = this.session;
    this.session = undefined;
    try {
      await session?.stop();
    } catch (error) {
      this.log.appendLine(`The server did not stop as it should: ${String(error)}`);
    }
    this.early.offer();
  }

  /** The server has ended by itself. */
  private ended(): void {
    const session = this.session;
    const again = this.crashes.startAgain();
    this.become(again ? "starting" : "crashed");
    this.log.appendLine(again ? "The server has ended by itself and is started again." : "The server is not started again.");
    if (!again) {
      void this.offerRestart("The connspec server has ended by itself several times and is not started again.");
    }
    void this.next(async () => {
      // Somebody may have stopped or restarted it meanwhile.
      if (this.session !== session) {
        return;
      }
      await this.leave();
      if (again) {
        await this.begin();
      }
    });
  }

  private become(now: Running): void {
    this.now = now;
    void vscode.commands.executeCommand("setContext", "connspec.running", now === "running");
    this.changed();
  }

  private async offerRestart(words: string): Promise<void> {
    const chosen = await vscode.window.showErrorMessage(words, RESTART, LOG);
    if (chosen === RESTART) {
      await this.restart();
    } else if (chosen === LOG) {
      this.log.show();
    }
  }

  private async complain(problem: string): Promise<void> {
    const chosen = await vscode.window.showErrorMessage(problem, SETTING, INSTALL);
    if (chosen === SETTING) {
      await vscode.commands.executeCommand("connspec.openServerSetting");
    } else if (chosen === INSTALL) {
      // Its page says how.
      await vscode.commands.executeCommand("extension.open", "connspec.connspec");
    }
  }
}

function find(extension: vscode.Uri): Located {
  const setting = vscode.workspace.getConfiguration("connspec").get("server.path", "");
  const path = process.env.PATH ?? process.env.Path ?? "";
  return locate(setting, extension.fsPath, { platform: process.platform, path, home: homedir(), isFile });
}
