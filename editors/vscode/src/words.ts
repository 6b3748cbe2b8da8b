// What the status bar says, and which commands make sense now.

/** What the server tells of an open spec (`connspec/state`). */
export interface State {
  uri: string;
  /** The profile that counts; none when none can be chosen, and then `words` says why. */
  profile: string | null;
  /** How the spec stands, in a word; none while the service was not asked. */
  standing: string | null;
  /** The same for a person. */
  words: string;
  /** Where it is on the service. */
  place: string | null;
  id: string | null;
  registered: boolean | null;
}

/** What is said when a command needs a spec and none is on screen. */
export const OPEN_FIRST = "Open a connection spec first, or make a new source.";

/** How it is with the server. */
export type Running = "starting" | "running" | "stopped" | "crashed" | "missing";

/** What the status bar item shows. */
export interface Shown {
  text: string;
  tooltip: string;
  isWarning: boolean;
}

const WITHOUT: Record<Exclude<Running, "running">, [icon: string, words: string]> = {
  starting: ["sync~spin", "The server is starting."],
  stopped: ["debug-pause", "The server was stopped."],
  crashed: ["error", "The server has ended by itself too often and was not started again."],
  missing: ["warning", "The program connspec was not found or cannot be used."],
};

const ICONS: Record<string, string> = {
  "up-to-date": "cloud",
  "changed-here": "cloud-upload",
  "changed-there": "cloud-download",
  "changed-both": "git-compare",
  gone: "warning",
};

/** What is shown while a spec is on screen. */
export function shown(running: Running, state: State | undefined, isTrusted: boolean): Shown {
  if (running !== "running") {
    const [icon, words] = WITHOUT[running];
    const isWarning = running === "crashed" || running === "missing";
    return { text: `$(${icon}) connspec`, tooltip: `${words} Click for what can be done.`, isWarning };
  }
  if (!isTrusted) {
    const tooltip = "This workspace is not trusted: specs are checked, and nothing is sent. Click for commands.";
    return { text: "$(shield) connspec: not trusted", tooltip, isWarning: false };
  }
  if (state === undefined) {
    return { text: "$(cloud) connspec", tooltip: "Click for commands.", isWarning: false };
  }
  const icon = ICONS[state.standing ?? ""] ?? "cloud";
  const { profile } = state;
  if (profile === null) {
    return { text: "$(warning) connspec: no profile", tooltip: `${state.words} Click for commands.`, isWarning: true };
  }
  const where = state.id === null ? "" : ` In ${state.place ?? "the service"} as ${state.id}.`;
  return {
    text: `$(${icon}) ${profile}: ${state.words}`,
    tooltip: `This spec is ${state.words}.${where} Click for commands.`,
    isWarning: state.standing === "gone",
  };
}

/** A command in the list that a click on the status bar item opens. */
export interface Offer {
  command: string;
  label: string;
}

const OFFERS: Record<string, Offer> = {
  push: { command: "connspec.push", label: "$(cloud-upload) Push to the service" },
  pull: { command: "connspec.pull", label: "$(cloud-download) Pull from the service" },
  diff: { command: "connspec.diff", label: "$(diff) Compare with the service" },
  register: { command: "connspec.register", label: "$(link) Register in the flow spec" },
  status: { command: "connspec.status", label: "$(question) How does this spec stand?" },
  remote: { command: "connspec.openRemote", label: "$(eye) Open the text of the service" },
  list: { command: "connspec.list", label: "$(list-unordered) List the specs of the service" },
  profile: { command: "connspec.selectProfile", label: "$(account) Select the profile" },
  trust: { command: "workbench.trust.manage", label: "$(shield) Trust this workspace" },
  start: { command: "connspec.start", label: "$(play) Start the server" },
  stop: { command: "connspec.stop", label: "$(debug-stop) Stop the server" },
  restart: { command: "connspec.restart", label: "$(debug-restart) Restart the server" },
  setting: { command: "connspec.openServerSetting", label: "$(gear) Choose the program" },
  log: { command: "connspec.showLog", label: "$(output) Show the log" },
};

/** The commands that make sense now, the likeliest first. */
export function offers(running: Running, state: State | undefined, isTrusted: boolean): Offer[] {
  return names(running, state, isTrusted).map((name) => OFFERS[name]).filter((offer) => offer !== undefined);
}

function names(running: Running, state: State | undefined, isTrusted: boolean): string[] {
  switch (running) {
    case "starting":
      return ["stop", "log"];
    case "missing":
      return ["setting", "start", "log"];
    case "stopped":
    case "crashed":
      return ["start", "log"];
    case "running":
      return [...(isTrusted ? remote(state) : ["trust"]), "restart", "stop", "log"];
  }
}

function remote(state: State | undefined): string[] {
  const always = ["status", "list", "profile"];
  switch (state?.standing) {
    case undefined:
    case null:
      return ["push", "status", "pull", "diff", "remote", "list", "profile"];
    case "not-linked":
    case "gone":
      return ["push", ...always];
    case "changed-there":
    case "changed-both":
      return ["pull", "diff", "push", "remote", ...always];
    default:
      return ["push", "diff", ...(state?.registered === false ? ["register"] : []), "remote", ...always];
  }
}
