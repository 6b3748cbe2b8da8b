// Runs a command of the server with a cancellable progress notification. The one of the language client has no Cancel button.

import * as vscode from "vscode";
import {
  ErrorCodes,
  ExecuteCommandRequest,
  ResponseError,
  WorkDoneProgress,
  WorkDoneProgressCancelNotification,
  type BaseLanguageClient,
} from "vscode-languageclient";

/** Progress is shown for commands that take longer than this, in milliseconds. */
const DELAY = 300;

let lastToken = 0;

export async function executeWithProgress(client: BaseLanguageClient, command: string, args: unknown[]): Promise<unknown> {
  const workDoneToken = `connspec-command-${++lastToken}`;
  let finish: () => void = () => undefined;
  // Resolved before the notification appears when the command ends in the meantime.
  const finished = new Promise<void>((resolve) => (finish = resolve));
  const messages = new vscode.EventEmitter<string>();
  let title = "connspec";
  let message = "";
  const subscription = client.onProgress(WorkDoneProgress.type, workDoneToken, (progress) => {
    title = progress.kind === "begin" ? progress.title : title;
    message = progress.message ?? message;
    messages.fire(message);
  });
  const show = () =>
    vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title, cancellable: true },
      (progress, cancellation) => {
        progress.report({ message });
        messages.event((message) => {
          progress.report({ message });
        });
        cancellation.onCancellationRequested(() => {
          void client.sendNotification(WorkDoneProgressCancelNotification.type, { token: workDoneToken });
        });
        return finished;
      },
    );
  const timer = setTimeout(() => void show(), DELAY);
  try {
    return await client.sendRequest(ExecuteCommandRequest.type, { command, arguments: args, workDoneToken });
  } catch (error) {
    if (error instanceof ResponseError && error.code === ErrorCodes.PendingResponseRejected) {
      throw new Error(`${title}: the connspec server exited before it responded. The operation may or may not have completed.`);
    }
    throw error;
  } finally {
    clearTimeout(timer);
    finish();
    vscode.Disposable.from(subscription, messages).dispose();
  }
}
