// Packages the .vsix: npm run package -- [--server PATH] [--target linux-x64] [--out FILE]
//
// --server is the connspec program to bundle, built for the target. Without it the .vsix is platform-independent, and the
// extension uses the connspec on PATH.
import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, rmSync } from "node:fs";
import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: { server: { type: "string" }, target: { type: "string" }, out: { type: "string" } },
});

rmSync("server", { recursive: true, force: true });
if (values.server !== undefined) {
  const name = values.server.endsWith(".exe") ? "connspec.exe" : "connspec";
  mkdirSync("server");
  copyFileSync(values.server, `server/${name}`);
  chmodSync(`server/${name}`, 0o755);
}
copyFileSync("../../LICENSE-MIT", "LICENSE");

const vsceArgs = ["package", "--no-dependencies", "--no-rewrite-relative-links", "--allow-missing-repository"];
for (const option of ["target", "out"]) {
  if (values[option] !== undefined) {
    vsceArgs.push(`--${option}`, values[option]);
  }
}
execFileSync(process.execPath, ["build.mjs"], { stdio: "inherit" });
execFileSync("node_modules/.bin/vsce", vsceArgs, { stdio: "inherit", shell: process.platform === "win32" });
