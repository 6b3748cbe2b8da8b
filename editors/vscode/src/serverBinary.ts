// Finds the connspec program (the setting, then the bundled one, then PATH) and checks its version.

import { execFile } from "node:child_process";
import { statSync } from "node:fs";
import { isAbsolute, join } from "node:path";

/** The oldest server that this extension works with. */
export const MIN_VERSION = "0.1.0";

/** How long `--version` may take, in milliseconds. */
const VERSION_TIMEOUT = 10_000;

/** The parts of the machine that the search depends on. */
export interface Environment {
  platform: NodeJS.Platform;
  /** The value of PATH. */
  path: string;
  home: string;
  isFile(path: string): boolean;
}

export type FindResult = { path: string } | { problem: string };

/** Finds the program. `setting` is the value of `connspec.server.path`, `extensionDir` the directory of this extension. */
export function findServer(setting: string, extensionDir: string, environment: Environment): FindResult {
  const configured = setting.trim();
  if (configured !== "") {
    const path = resolveSetting(configured, environment);
    // No fallback: running another program than the configured one would be a surprise.
    return path === undefined
      ? { problem: `connspec.server.path is set to ${configured}, but there is no such program.` }
      : { path };
  }
  const bundled = join(extensionDir, "server", programName(environment));
  if (environment.isFile(bundled)) {
    return { path: bundled };
  }
  const path = searchPath(programName(environment), environment);
  return path === undefined
    ? { problem: "The connspec program is neither bundled with this extension nor on PATH." }
    : { path };
}

function programName(environment: Environment): string {
  return environment.platform === "win32" ? "connspec.exe" : "connspec";
}

function resolveSetting(configured: string, environment: Environment): string | undefined {
  const path = configured.startsWith("~/") ? join(environment.home, configured.slice(2)) : configured;
  if (isAbsolute(path)) {
    return environment.isFile(path) ? path : undefined;
  }
  // A relative path would depend on the directory that the editor was started in.
  return /[/\\]/.test(path) ? undefined : searchPath(path, environment);
}

function searchPath(name: string, environment: Environment): string | undefined {
  const directories = environment.path.split(environment.platform === "win32" ? ";" : ":");
  // A relative entry would resolve inside whatever folder is open.
  const candidates = directories.filter((directory) => isAbsolute(directory)).map((directory) => join(directory, name));
  return candidates.find((candidate) => environment.isFile(candidate));
}

/** Whether there is a readable file at a path. PATH may contain anything, so errors mean no. */
export function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Runs `--version` and returns why the program cannot be used; undefined when it can. */
export function checkServer(path: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(path, ["--version"], { timeout: VERSION_TIMEOUT, windowsHide: true }, (error, stdout) => {
      resolve(error === null ? versionProblem(path, stdout) : `Cannot run ${path}: ${reason(error)}.`);
    });
  });
}

/** Why a program with this output of `--version` cannot be used; undefined when it can. */
export function versionProblem(path: string, output: string): string | undefined {
  const match = /^connspec (\d+)\.(\d+)\.(\d+)/.exec(output.trim());
  if (match === null) {
    return `${path} is not connspec: unexpected output of --version.`;
  }
  const [actual, minimum] = [match.slice(1).map(Number), MIN_VERSION.split(".").map(Number)];
  const at = actual.findIndex((number, index) => number !== minimum[index]);
  return at !== -1 && (actual[at] ?? 0) < (minimum[at] ?? 0)
    ? `${path} is connspec ${actual.join(".")}; this extension requires ${MIN_VERSION} or newer.`
    : undefined;
}

function reason(error: Error & { code?: string | number | null; killed?: boolean }): string {
  if (error.killed === true) {
    return "--version timed out";
  }
  return typeof error.code === "number" ? `--version exited with code ${error.code}` : (error.code ?? error.message);
}
