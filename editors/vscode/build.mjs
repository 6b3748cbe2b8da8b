// Bundles the extension into dist/; with --tests also the unit tests, into out/test/.
import { readdirSync, rmSync } from "node:fs";
import { build } from "esbuild";

const common = { bundle: true, platform: "node", target: "node20", format: "cjs", logLevel: "warning" };

rmSync("dist", { recursive: true, force: true });
// Two bundles: what is needed to look at a JSON file is small, and the client is loaded with the first spec.
await build({
  ...common,
  entryPoints: ["src/extension.ts", "src/session.ts"],
  outdir: "dist",
  external: ["vscode", "./session.js"],
  minify: true,
});

if (process.argv.includes("--tests")) {
  rmSync("out", { recursive: true, force: true });
  const tests = readdirSync("test").filter((name) => name.endsWith(".test.ts"));
  await build({
    ...common,
    entryPoints: tests.map((name) => `test/${name}`),
    outdir: "out/test",
    sourcemap: "inline",
  });
}
