// Stubs of the server's commands. The language client registers these commands only while a server is running; until then a
// stub starts the server first, so that the walkthrough's buttons work before a spec has been opened.

import * as vscode from "vscode";

export class ServerCommandStubs implements vscode.Disposable {
  private registered: vscode.Disposable[] = [];

  /** `start` starts the server and resolves to whether it is running. */
  constructor(
    private readonly names: string[],
    private readonly start: () => Promise<boolean>,
  ) {}

  register(): void {
    this.unregister();
    this.registered = this.names.map((name) =>
      vscode.commands.registerCommand(name, async (...args: unknown[]) =>
        (await this.start()) ? vscode.commands.executeCommand(name, ...args) : undefined,
      ),
    );
  }

  /** Makes room for the client's own commands of the same names. */
  unregister(): void {
    vscode.Disposable.from(...this.registered).dispose();
    this.registered = [];
  }

  dispose(): void {
    this.unregister();
  }
}
