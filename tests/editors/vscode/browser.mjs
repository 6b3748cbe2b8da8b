// The browser without a screen.
import { createRequire } from "node:module";
import { join } from "node:path";

const ARGUMENTS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

/** Starts it. */
export function launch(host) {
  const { chromium } = createRequire(join(host, "package.json"))("playwright-core");
  return chromium.launch({ executablePath: "/usr/bin/chromium", args: ARGUMENTS });
}
