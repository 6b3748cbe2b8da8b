// The settings as the server wants them, from those that a person makes here.

/** What the editor has in the section `connspec`, and whether the workspace is trusted. */
export function forServer(section: unknown, isTrusted: boolean): Record<string, unknown> {
  const settings = isObject(section) ? section : {};
  // Here the section `trace` also holds the trace of the protocol, which is the client's.
  const trace = isObject(settings.trace) ? settings.trace.answers : undefined;
  return {
    inlayHints: settings.inlayHints ?? {},
    profile: settings.profile ?? null,
    trace: trace === true,
    trusted: isTrusted,
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
