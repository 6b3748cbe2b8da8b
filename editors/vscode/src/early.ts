// The server's commands while no server runs. The language client has them only while one does; until then they start it, as
// the buttons of the walkthrough want it before a spec was opened.

import * as vscode from "vscode";

/** See above. */
export class EarlyCommands implements vscode.Disposable {
  private registered: vscode.Disposable[] = [];

  /** `start` says whether a server runs then. */
  constructor(
    private readonly names: string[],
    private readonly start: () => Promise<boolean>,
  ) {}

  /** Takes the commands over from the client. */
  offer(): void {
    this.withdraw();
    this.registered = this.names.map((name) =>
      vscode.commands.registerCommand(name, async (...given: unknown[]) =>
        (await this.start()) ? vscode.commands.executeCommand(name, ...given) : undefined,
      ),
    );
  }

  /** Leaves them to the client. */
  withdraw(): void {
    vscode.Disposable.from(...this.registered).dispose();
    this.registered = [];
  }

  dispose(): void {
    this.withdraw();
  }
}
