// What a program says of itself when it is asked for its version.

import { execFile } from "node:child_process";

/** The oldest server that this extension works with. */
export const OLDEST = "0.1.0";

/** How long a program may take to say its version, in milliseconds. */
const PATIENCE = 10_000;

/** Why a program that answered this to `--version` will not do. Nothing when it will. */
export function unfit(path: string, said: string): string | undefined {
  const version = /^connspec (\d+)\.(\d+)\.(\d+)/.exec(said.trim());
  if (version === null) {
    return `${path} is not connspec: asked for its version it does not say so.`;
  }
  const [here, oldest] = [version.slice(1).map(Number), OLDEST.split(".").map(Number)];
  const at = here.findIndex((number, place) => number !== oldest[place]);
  return at !== -1 && (here[at] ?? 0) < (oldest[at] ?? 0)
    ? `${path} is connspec ${here.join(".")}, and this extension needs ${OLDEST} or newer.`
    : undefined;
}

/** Asks a program for its version, and says why it will not do. */
export function check(path: string): Promise<string | undefined> {
  return new Promise((answer) => {
    execFile(path, ["--version"], { timeout: PATIENCE, windowsHide: true }, (error, said) => {
      answer(error === null ? unfit(path, said) : `${path} cannot be run: ${reason(error)}.`);
    });
  });
}

function reason(error: Error & { code?: string | number | null; killed?: boolean }): string {
  if (error.killed === true) {
    return "it does not end when it is asked for its version";
  }
  return typeof error.code === "number"
    ? `asked for its version it ends with ${error.code}`
    : (error.code ?? error.message);
}
