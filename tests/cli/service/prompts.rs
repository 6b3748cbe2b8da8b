//! Prompts on a terminal, which `script` provides.

use std::io::{Read, Write};
use std::process::{Command, Stdio};

use connspec::emulator::{Fault, FaultKind, FaultSchedule, Requests};
use expect_test::{Expect, expect};

use super::{FILE, Place};

/// Runs the program on a terminal and types these lines; the first one after `prompt` has appeared and `act` is done.
/// Nothing without `script`.
fn typed(place: &Place, arguments: &str, lines: &str, prompt: &str, act: impl FnOnce(&Place)) -> Option<String> {
    let mut command = Command::new("/usr/bin/script");
    let program = format!("{} {arguments}", env!("CARGO_BIN_EXE_connspec"));
    command.args(["-q", "-e", "-E", "never", "-c", &program, "/dev/null"]).current_dir(place.folder.path(""));
    command
        .envs(place.variables())
        .env("NO_COLOR", "1")
        .env("XDG_DATA_HOME", place.folder.home())
        .env("SHELL", "/bin/sh");
    let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let Ok(mut child) = child else {
        println!("`script` is missing, so no terminal is tested");
        return None;
    };
    let (mut output, mut shown) = (child.stdout.take().unwrap(), Vec::new());
    let mut byte = [0];
    while !String::from_utf8_lossy(&shown).contains(prompt) && output.read(&mut byte).unwrap() > 0 {
        shown.extend(byte);
    }
    act(place);
    child.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
    output.read_to_end(&mut shown).unwrap();
    let shown = String::from_utf8(shown).unwrap().replace('\r', "");
    let code = child.wait().unwrap().code().unwrap();
    Some(format!("{}=> {code}\n", place.neutral(&shown)))
}

#[track_caller]
fn check(place: &Place, arguments: &str, lines: &str, expected: &Expect) {
    if let Some(said) = typed(place, arguments, lines, "", |_| {}) {
        // The first line is the location.
        expected.assert_eq(said.split_once(FILE).map_or(said.as_str(), |(_, said)| said.trim_start()));
    }
}

#[test]
fn a_push_is_confirmed() {
    let place = Place::new();
    check(
        &place,
        &format!("push {FILE}"),
        "\n",
        &expect![[r#"
            Will create `Tidewater price list` in sandbox dev and register it in flow spec `RestStorageToAEP`.
              Push? [y/N] error: tidewater-connectionSpec.json: Not confirmed; nothing was sent.
            => 1
        "#]],
    );
    check(
        &place,
        &format!("push {FILE}"),
        "y\n",
        &expect![[r#"
            Will create `Tidewater price list` in sandbox dev and register it in flow spec `RestStorageToAEP`.
              Push? [y/N]   Created `Tidewater price list` in sandbox dev (ID8).
              Registered in flow spec `RestStorageToAEP` (seen in it twice, 1 s apart).
            => 0
        "#]],
    );
    std::fs::remove_file(place.folder.path("connspec.state.json")).unwrap();
    check(
        &place,
        &format!("push {FILE}"),
        "1\n",
        &expect![[r#"
            1  ID, identical to the file, last changed by connspec-local@techacct.adobe.com
              A remote spec with this name already exists. Link to it, or create a new spec? 1, [c]reate a new spec, [N]one:   Linked to the identical `Tidewater price list` in sandbox dev (ID8); nothing was sent.
            => 0
        "#]],
    );
}

#[test]
fn remote_changes_are_merged_or_overwritten() {
    let place = Place::new();
    let old = || std::fs::copy(place.folder.path("connspec.state.json"), place.folder.path("old.json")).unwrap();
    let back = || std::fs::rename(place.folder.path("old.json"), place.folder.path("connspec.state.json")).unwrap();
    place.run(["push", FILE, "--yes"]);
    old();
    place.edit("\"1.0\"", "\"1.1\"");
    place.run(["push", FILE, "--yes"]);
    back();
    place.edit("\"1.1\"", "\"1.0\"");
    place.edit("\"GET\"", "\"POST\"");
    check(
        &place,
        &format!("push {FILE}"),
        "m\ny\n",
        &expect![[r#"
            Local changes:
                sourceSpec.attributes.urlParams.method
                - "GET"
                + "POST"
              Remote changes:
                version
                - "1.0"
                + "1.1"
              The remote spec has changed since the last push or pull. Merge the remote changes, or overwrite them? [m]erge and push, [p]ull only, [o]verwrite, [N]one:   Will update `Tidewater price list` in sandbox dev (ID8).
              Changes:
                sourceSpec.attributes.urlParams.method
                - "GET"
                + "POST"
              Push? [y/N]   Updated `Tidewater price list` in sandbox dev (ID8).
            => 0
        "#]],
    );
    old();
    place.edit("\"POST\"", "\"GET\"");
    place.run(["push", FILE, "--yes"]);
    back();
    place.edit("\"GET\"", "\"PUT\"");
    check(
        &place,
        &format!("push {FILE} --force"),
        "o\ny\n",
        &expect![[r#"
            Local changes:
                sourceSpec.attributes.urlParams.method
                - "POST"
                + "PUT"
              Remote changes:
                sourceSpec.attributes.urlParams.method
                - "POST"
                + "GET"
              Conflicts:
                sourceSpec.attributes.urlParams.method
                base    "POST"
                local   "PUT"
                remote  "GET"
              The remote spec has changed since the last push or pull. Pull to resolve the conflicts, or overwrite? [p]ull only, [o]verwrite, [N]one:   Will update `Tidewater price list` in sandbox dev (ID8).
              The spec has 1 error.
              Changes:
                sourceSpec.attributes.urlParams.method
                - "GET"
                + "PUT"
              Push? [y/N]   Updated `Tidewater price list` in sandbox dev (ID8).
            => 0
        "#]],
    );
}

#[test]
fn a_dry_run_never_prompts() {
    let place = Place::new();
    place.run(["push", FILE, "--yes"]);
    std::fs::remove_file(place.folder.path("connspec.state.json")).unwrap();
    let shown = typed(&place, &format!("push {FILE} --dry-run"), "c\n", "", |_| {});
    assert!(shown.is_none_or(|shown| !shown.contains("[N]") && shown.ends_with("=> 1\n")));
}

#[test]
fn a_network_error_during_a_chosen_merge_exits_with_2() {
    let place = Place::new();
    place.run(["push", FILE, "--yes"]);
    let state = place.folder.read("connspec.state.json");
    place.edit("\"1.0\"", "\"1.1\"");
    place.run(["push", FILE, "--yes"]);
    std::fs::write(place.folder.path("connspec.state.json"), state).unwrap();
    place.edit("\"1.1\"", "\"1.0\"");
    let fault =
        Fault { kind: FaultKind::CloseConnection, requests: Requests::All, schedule: FaultSchedule::Next(1000) };
    if let Some(said) = typed(&place, &format!("push {FILE}"), "m\n", "[N]o", |place| place.emulator.inject(fault)) {
        let (_, end) = said.rsplit_once("[N]o").unwrap();
        assert!(end.contains("connection") && !end.contains("changed"), "{said}");
        assert!(end.ends_with("=> 2\n"), "{said}");
    }
}

#[test]
fn a_link_of_the_state_file_is_confirmed_at_the_prompt() {
    let place = Place::new();
    place.run(["push", FILE, "--yes"]);
    std::fs::remove_dir_all(place.folder.home()).unwrap();
    place.edit("\"1.0\"", "\"1.1\"");
    check(
        &place,
        &format!("push {FILE} --yes"),
        "\n",
        &expect![[r#"
            Changes:
                version
                - "1.0"
                + "1.1"
              Linked by connspec.state.json, never pushed from this machine: `Tidewater price list` (ID) of LOCAL@AdobeOrg. Write to it? [y/N] error: tidewater-connectionSpec.json: Linked by connspec.state.json, never pushed from this machine: `Tidewater price list` (ID) of LOCAL@AdobeOrg. Nothing was pushed. `connspec pull` or `connspec push --link ID` confirms that it is the right one; in CI, `--trust` skips this.
            => 1
        "#]],
    );
    check(
        &place,
        &format!("push {FILE} --yes"),
        "y\n",
        &expect![[r#"
            Changes:
                version
                - "1.0"
                + "1.1"
              Linked by connspec.state.json, never pushed from this machine: `Tidewater price list` (ID) of LOCAL@AdobeOrg. Write to it? [y/N]   Will update `Tidewater price list` in sandbox dev (ID8).
              Changes:
                version
                - "1.0"
                + "1.1"
              Updated `Tidewater price list` in sandbox dev (ID8).
            => 0
        "#]],
    );
}
