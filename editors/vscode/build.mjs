// Bundles the extension into dist/; with --tests also the unit tests, into out/test/.
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const common = { bundle: true, platform: "node", target: "node20", format: "cjs", logLevel: "warning" };

rmSync("dist", { recursive: true, force: true });
// Two bundles: what is needed to look at a JSON file is small, and the client is loaded with the first spec.
const { metafile } = await build({
  ...common,
  entryPoints: ["src/extension.ts", "src/session.ts"],
  outdir: "dist",
  external: ["vscode", "./session.js"],
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

/** The licences of the packages that are part of the bundles. */
function notices(inputs) {
  const folders = inputs.map((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0]);
  const packages = [...new Set(folders.filter((folder) => folder !== undefined))].sort();
  const notice = (folder) => {
    const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
    const { name, version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    return `${name} ${version}\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
  };
  return packages.map(notice).join(`\n${"-".repeat(80)}\n\n`);
}
