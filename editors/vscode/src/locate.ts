// Where the connspec program is: named by the setting, else the one that came along, else the one on PATH.

import { statSync } from "node:fs";
import { isAbsolute, join } from "node:path";

/** What is asked of the machine. */
export interface Machine {
  platform: NodeJS.Platform;
  /** The value of PATH. */
  path: string;
  home: string;
  /** Whether there is a file at a place. */
  isFile(path: string): boolean;
}

/** A program that was found, or why there is none. */
export type Located = { path: string } | { problem: string };

/** Finds the program. `setting` is what the person set, `extension` the folder of this extension. */
export function locate(setting: string, extension: string, machine: Machine): Located {
  const named = setting.trim();
  if (named !== "") {
    const path = fromSetting(named, machine);
    // Another program than the one that was named would be a surprise.
    return path === undefined
      ? { problem: `The setting connspec.server.path names ${named}, and no such program is there.` }
      : { path };
  }
  const bundled = join(extension, "server", program(machine));
  if (machine.isFile(bundled)) {
    return { path: bundled };
  }
  const path = onPath(program(machine), machine);
  return path === undefined
    ? { problem: "The program connspec is neither part of this extension nor on PATH." }
    : { path };
}

function program(machine: Machine): string {
  return machine.platform === "win32" ? "connspec.exe" : "connspec";
}

function fromSetting(named: string, machine: Machine): string | undefined {
  const path = named.startsWith("~/") ? join(machine.home, named.slice(2)) : named;
  if (isAbsolute(path)) {
    return machine.isFile(path) ? path : undefined;
  }
  // A path from "here" would be one from the folder of whoever started the editor.
  return /[/\\]/.test(path) ? undefined : onPath(path, machine);
}

function onPath(name: string, machine: Machine): string | undefined {
  const folders = machine.path.split(machine.platform === "win32" ? ";" : ":");
  // An entry that is not absolute would be a folder of whatever is open.
  const places = folders.filter((folder) => isAbsolute(folder)).map((folder) => join(folder, name));
  return places.find((place) => machine.isFile(place));
}

/** Whether there is a file at a place, as far as the machine lets us look: an entry on PATH may be anything. */
export function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
