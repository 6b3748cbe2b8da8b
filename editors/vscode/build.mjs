// Bundles the extension into dist/, and with --tests the unit tests into out/test/.
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const common = { bundle: true, platform: "node", target: "node20", format: "cjs", logLevel: "warning" };

rmSync("dist", { recursive: true, force: true });
// Two bundles: detecting a spec takes little code; the language client is loaded with the first spec.
const { metafile } = await build({
  ...common,
  entryPoints: ["src/extension.ts", "src/client.ts"],
  outdir: "dist",
  external: ["vscode", "./client.js"],
  minify: true,
  metafile: true,
});
writeFileSync("dist/NOTICES.txt", notices(Object.keys(metafile.inputs)));

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

/** The licenses of the bundled packages. */
function notices(inputs) {
  const directories = inputs.map((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0]);
  const packages = [...new Set(directories.filter((directory) => directory !== undefined))].sort();
  const notice = (directory) => {
    const file = readdirSync(directory).find((name) => /^licen[cs]e/i.test(name));
    const { name, version } = JSON.parse(readFileSync(join(directory, "package.json"), "utf8"));
    return `${name} ${version}\n\n${readFileSync(join(directory, file), "utf8").trim()}\n`;
  };
  return packages.map(notice).join(`\n${"-".repeat(80)}\n\n`);
}
