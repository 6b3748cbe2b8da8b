// A command of the server while it is at work: shown with a button that cancels it. What the client shows by itself has none.

import * as vscode from "vscode";
import {
  ErrorCodes,
  ExecuteCommandRequest,
  ResponseError,
  WorkDoneProgress,
  WorkDoneProgressCancelNotification,
  type BaseLanguageClient,
} from "vscode-languageclient";

/** What takes less long is not shown, in milliseconds. */
const SHORT = 300;

let count = 0;

/** Has the server carry out a command, and gives back its answer. */
export async function carryOut(client: BaseLanguageClient, command: string, given: unknown[]): Promise<unknown> {
  const workDoneToken = `connspec-command-${++count}`;
  let end: () => void = () => undefined;
  // The editor may begin to show it only when all is over.
  const ended = new Promise<void>((over) => (end = over));
  const steps = new vscode.EventEmitter<string>();
  let title = "connspec";
  let last = "";
  const told = client.onProgress(WorkDoneProgress.type, workDoneToken, (now) => {
    title = now.kind === "begin" ? now.title : title;
    last = now.message ?? last;
    steps.fire(last);
  });
  const show = () =>
    vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title, cancellable: true },
      (progress, cancelled) => {
        progress.report({ message: last });
        steps.event((message) => {
          progress.report({ message });
        });
        cancelled.onCancellationRequested(() => {
          void client.sendNotification(WorkDoneProgressCancelNotification.type, { token: workDoneToken });
        });
        return ended;
      },
    );
  const timer = setTimeout(() => void show(), SHORT);
  try {
    return await client.sendRequest(ExecuteCommandRequest.type, { command, arguments: given, workDoneToken });
  } catch (error) {
    if (error instanceof ResponseError && error.code === ErrorCodes.PendingResponseRejected) {
      throw new Error(`${title}: the connspec server has ended before it answered. What came of it is not known.`);
    }
    throw error;
  } finally {
    clearTimeout(timer);
    end();
    vscode.Disposable.from(told, steps).dispose();
  }
}
