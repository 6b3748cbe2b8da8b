// What the status bar item shows, and which commands its menu offers.

/** The sync status of an open spec, as the server reports it (`connspec/state`). */
export interface SyncStatus {
  uri: string;
  /** The profile in use; null when none could be selected, and then `description` is the reason. */
  profile: string | null;
  /** Null until a command has contacted Flow Service. */
  status: string | null;
  /** The status for display. */
  description: string;
  /** The sandbox that the spec is linked to. */
  location: string | null;
  id: string | null;
  registered: boolean | null;
}

export type ServerState = "starting" | "running" | "stopped" | "crashed" | "missing";

export interface StatusItem {
  text: string;
  tooltip: string;
  isWarning: boolean;
}

export const NO_SPEC = "Open a connection spec first, or create a new source.";

const NOT_RUNNING: Record<Exclude<ServerState, "running">, [icon: string, tooltip: string]> = {
  starting: ["sync~spin", "The connspec server is starting."],
  stopped: ["debug-pause", "The connspec server is stopped."],
  crashed: ["error", "The connspec server crashed and was not restarted."],
  missing: ["warning", "The connspec program was not found or cannot be used."],
};

const STATUS_ICONS: Record<string, string> = {
  "up-to-date": "cloud",
  "local-changes": "cloud-upload",
  "remote-changes": "cloud-download",
  diverged: "git-compare",
  "remote-deleted": "warning",
};

/** The status bar item while a spec is in the active editor. */
export function statusItem(server: ServerState, status: SyncStatus | undefined, isTrusted: boolean): StatusItem {
  if (server !== "running") {
    const [icon, tooltip] = NOT_RUNNING[server];
    return item(icon, "connspec", tooltip, server === "crashed" || server === "missing");
  }
  if (!isTrusted) {
    return item("shield", "connspec: not trusted", "Restricted Mode: specs are checked, and nothing is sent.");
  }
  if (status === undefined) {
    return item("cloud", "connspec", "");
  }
  if (status.profile === null) {
    return item("warning", "connspec: no profile", status.description, true);
  }
  const target = status.id === null ? "" : ` Linked to ${status.id} in ${status.location ?? "Flow Service"}.`;
  const icon = STATUS_ICONS[status.status ?? ""] ?? "cloud";
  const tooltip = `Sync status: ${status.description}.${target}`;
  return item(icon, `${status.profile}: ${status.description}`, tooltip, status.status === "remote-deleted");
}

function item(icon: string, text: string, tooltip: string, isWarning = false): StatusItem {
  return { text: `$(${icon}) ${text}`, tooltip: `${tooltip} Click for commands.`.trimStart(), isWarning };
}

/** The commands of the status bar item's menu, the most likely one first. */
export function menuCommands(server: ServerState, status: SyncStatus | undefined, isTrusted: boolean): string[] {
  switch (server) {
    case "starting":
      return ["connspec.stop", "connspec.showLog"];
    case "missing":
      return ["connspec.openServerSetting", "connspec.start", "connspec.showLog"];
    case "stopped":
    case "crashed":
      return ["connspec.start", "connspec.showLog"];
    case "running": {
      const sync = isTrusted ? syncCommands(status).map((name) => `connspec.${name}`) : ["workbench.trust.manage"];
      return [...sync, "connspec.restart", "connspec.stop", "connspec.showLog"];
    }
  }
}

function syncCommands(status: SyncStatus | undefined): string[] {
  const always = ["status", "list", "selectProfile"];
  switch (status?.status) {
    case undefined:
    case null:
      return ["push", "status", "pull", "diff", "openRemote", "list", "selectProfile"];
    case "not-linked":
    case "remote-deleted":
      return ["push", ...always];
    case "remote-changes":
    case "diverged":
      return ["pull", "diff", "push", "openRemote", ...always];
    default:
      return ["push", "diff", ...(status?.registered === false ? ["register"] : []), "openRemote", ...always];
  }
}
