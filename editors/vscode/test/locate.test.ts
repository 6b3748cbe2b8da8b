import assert from "node:assert/strict";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { isFile, locate, type Machine } from "../src/locate";

const BUNDLED = "/extension/server/connspec";

function machine(files: string[], path = "/usr/bin:/opt/bin"): Machine {
  return { platform: "linux", path, home: "/home/me", isFile: (file) => files.includes(file) };
}

function problem(setting: string, files: string[], path?: string): string {
  const located = locate(setting, "/extension", machine(files, path));
  assert("problem" in located, JSON.stringify(located));
  return located.problem;
}

test("the setting comes first, then the program that came along, then PATH", () => {
  const files = ["/mine/connspec", BUNDLED, "/opt/bin/connspec"];
  assert.deepEqual(locate("/mine/connspec", "/extension", machine(files)), { path: "/mine/connspec" });
  assert.deepEqual(locate("", "/extension", machine(files)), { path: BUNDLED });
  assert.deepEqual(locate(" ", "/extension", machine(["/opt/bin/connspec"])), { path: "/opt/bin/connspec" });
});

test("a setting may begin with the home folder or be a name on PATH", () => {
  assert.deepEqual(locate("~/bin/x", "/extension", machine(["/home/me/bin/x"])), { path: "/home/me/bin/x" });
  assert.deepEqual(locate("connspec-2", "/extension", machine(["/usr/bin/connspec-2"])), { path: "/usr/bin/connspec-2" });
});

test("a setting that leads nowhere is told, and nothing else is taken", () => {
  assert.match(problem("/mine/connspec", [BUNDLED]), /names \/mine\/connspec/);
  assert.match(problem("bin/connspec", [BUNDLED, "bin/connspec"]), /names bin\/connspec/);
});

test("nothing anywhere is told", () => {
  assert.match(problem("", []), /neither part of this extension nor on PATH/);
});

test("folders on PATH that depend on what is open do not count", () => {
  assert.match(problem("", ["connspec", "bin/connspec", "./connspec"], ".:bin::"), /nor on PATH/);
});

test("a place that cannot be looked at has no program, and does not keep others from being found", () => {
  const folder = mkdtempSync(join(tmpdir(), "connspec-locate-"));
  try {
    const [file, loop] = [join(folder, "file"), join(folder, "loop")];
    writeFileSync(file, "");
    symlinkSync(loop, loop);
    const places = [file, folder, join(folder, "none"), join(file, "connspec"), join(loop, "connspec"), join(folder, "x".repeat(300))];
    assert.deepEqual(places.filter(isFile), [file]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
