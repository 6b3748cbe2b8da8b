import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { MIN_VERSION, checkServer, findServer, isFile, versionProblem, type Environment } from "../src/serverBinary";

const BUNDLED = "/extension/server/connspec";

function environment(files: string[], path = "/usr/bin:/opt/bin"): Environment {
  return { platform: "linux", path, home: "/home/me", isFile: (file) => files.includes(file) };
}

function find(setting: string, files: string[]) {
  return findServer(setting, "/extension", environment(files));
}

function problem(setting: string, files: string[], path?: string): string {
  const found = findServer(setting, "/extension", environment(files, path));
  assert("problem" in found, JSON.stringify(found));
  return found.problem;
}

function withTempDir<T>(run: (directory: string) => T): T {
  const directory = mkdtempSync(join(tmpdir(), "connspec-"));
  const remove = () => {
    rmSync(directory, { recursive: true });
  };
  const result = run(directory);
  if (result instanceof Promise) {
    return result.finally(remove) as T;
  }
  remove();
  return result;
}

test("the setting precedes the bundled program, which precedes PATH", () => {
  const files = ["/mine/connspec", BUNDLED, "/opt/bin/connspec"];
  assert.deepEqual(find("/mine/connspec", files), { path: "/mine/connspec" });
  assert.deepEqual(find("", files), { path: BUNDLED });
  assert.deepEqual(find(" ", ["/opt/bin/connspec"]), { path: "/opt/bin/connspec" });
});

test("the setting may start with the home directory or be a name on PATH", () => {
  assert.deepEqual(find("~/bin/x", ["/home/me/bin/x"]), { path: "/home/me/bin/x" });
  assert.deepEqual(find("connspec-2", ["/usr/bin/connspec-2"]), { path: "/usr/bin/connspec-2" });
});

test("a setting without a program is a problem, without a fallback", () => {
  assert.match(problem("/mine/connspec", [BUNDLED]), /connspec\.server\.path is set to \/mine\/connspec/);
  assert.match(problem("bin/connspec", [BUNDLED, "bin/connspec"]), /connspec\.server\.path is set to bin\/connspec/);
});

test("no program anywhere is a problem", () => {
  assert.match(problem("", []), /neither bundled with this extension nor on PATH/);
});

test("relative directories on PATH are ignored", () => {
  assert.match(problem("", ["connspec", "bin/connspec", "./connspec"], ".:bin::"), /nor on PATH/);
});

test("an unreadable path is not a file", () => {
  withTempDir((directory) => {
    const [file, loop] = [join(directory, "file"), join(directory, "loop")];
    writeFileSync(file, "");
    symlinkSync(loop, loop);
    const long = join(directory, "x".repeat(300));
    const paths = [file, directory, join(directory, "none"), join(file, "connspec"), join(loop, "connspec"), long];
    assert.deepEqual(paths.filter(isFile), [file]);
  });
});

test("the minimum version and newer ones are accepted", () => {
  for (const version of [MIN_VERSION, "0.1.1", "0.2.0", "1.0.0", "0.10.0-rc.1"]) {
    assert.equal(versionProblem("/x", `connspec ${version}\n`), undefined, version);
  }
});

test("older versions and other programs are rejected", () => {
  const older = `/x is connspec 0.0.9; this extension requires ${MIN_VERSION} or newer.`;
  assert.equal(versionProblem("/x", "connspec 0.0.9"), older);
  for (const output of ["", "jq-1.6", "git version 2.1.0", "connspec"]) {
    assert.match(versionProblem("/x", output) ?? "", /^\/x is not connspec/);
  }
});

test("a program that fails or cannot be run is rejected", async () => {
  await withTempDir(async (directory) => {
    const program = (name: string, text: string) => {
      const path = join(directory, name);
      writeFileSync(path, text);
      chmodSync(path, 0o755);
      return path;
    };
    assert.equal(await checkServer(program("good", `#!/bin/sh\necho "connspec ${MIN_VERSION}"\n`)), undefined);
    assert.match((await checkServer(program("bad", "#!/bin/sh\nexit 3\n"))) ?? "", /--version exited with code 3\.$/);
    assert.match((await checkServer(join(directory, "none"))) ?? "", /^Cannot run .*: ENOENT\.$/);
    writeFileSync(join(directory, "text"), "not a program");
    assert.match((await checkServer(join(directory, "text"))) ?? "", /^Cannot run .*: EACCES\.$/);
  });
});
