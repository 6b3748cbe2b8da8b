import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { OLDEST, check, unfit } from "../src/version";

test("a version that is old enough or newer will do", () => {
  for (const version of [OLDEST, "0.1.1", "0.2.0", "1.0.0", "0.10.0-rc.1"]) {
    assert.equal(unfit("/x", `connspec ${version}\n`), undefined, version);
  }
});

test("an older one and another program are told", () => {
  assert.equal(unfit("/x", "connspec 0.0.9"), `/x is connspec 0.0.9, and this extension needs ${OLDEST} or newer.`);
  for (const said of ["", "jq-1.6", "git version 2.1.0", "connspec"]) {
    assert.match(unfit("/x", said) ?? "", /^\/x is not connspec/);
  }
});

test("a program is asked, and one that cannot be run is told", async () => {
  const folder = mkdtempSync(join(tmpdir(), "connspec-"));
  const program = (name: string, text: string) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    chmodSync(path, 0o755);
    return path;
  };
  try {
    assert.equal(await check(program("good", `#!/bin/sh\necho "connspec ${OLDEST}"\n`)), undefined);
    assert.match((await check(program("bad", "#!/bin/sh\nexit 3\n"))) ?? "", /it ends with 3\.$/);
    assert.match((await check(join(folder, "none"))) ?? "", /cannot be run: ENOENT\.$/);
    writeFileSync(join(folder, "text"), "no program");
    assert.match((await check(join(folder, "text"))) ?? "", /cannot be run: EACCES\.$/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
