//! What a person on a terminal is asked, and what comes of the answers. `script` makes the terminal.

use std::io::Write;
use std::process::{Command, Stdio};

use expect_test::{Expect, expect};

use super::{FILE, Place};

/// Runs the program on a terminal on which these lines are typed. Nothing when there is no `script` here.
fn typed(place: &Place, arguments: &str, lines: &str) -> Option<String> {
    let mut command = Command::new("/usr/bin/script");
    let program = format!("{} {arguments}", env!("CARGO_BIN_EXE_connspec"));
    command.args(["-q", "-e", "-E", "never", "-c", &program, "/dev/null"]).current_dir(place.folder.path(""));
    command.envs(place.variables()).env("NO_COLOR", "1").env("SHELL", "/bin/sh");
    let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let Ok(mut child) = child else {
        println!("there is no `script` here, so no terminal is tried");
        return None;
    };
    child.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap().replace('\r', "");
    let code = output.status.code().unwrap();
    Some(format!("{}=> {code}\n", place.neutral(&said)))
}

#[track_caller]
fn check(place: &Place, arguments: &str, lines: &str, expected: &Expect) {
    if let Some(said) = typed(place, arguments, lines) {
        // The first line is the place.
        expected.assert_eq(said.split_once(FILE).map_or(said.as_str(), |(_, said)| said.trim_start()));
    }
}

#[test]
fn a_push_is_asked_for() {
    let place = Place::new();
    check(
        &place,
        &format!("push {FILE}"),
        "\n",
        &expect![[r#"
        Creates `Tidewater price list`.
          Registers it in `RestStorageToAEP`.
          Push? [y]es, [N]o: error: tidewater-connectionSpec.json: nothing was sent.
        => 1
    "#]],
    );
    check(
        &place,
        &format!("push {FILE}"),
        "y\n",
        &expect![[r#"
        Creates `Tidewater price list`.
          Registers it in `RestStorageToAEP`.
          Push? [y]es, [N]o:   Created as `ID`.
          Registered in `RestStorageToAEP`.
        => 0
    "#]],
    );
    std::fs::remove_file(place.folder.path("connspec.state.json")).unwrap();
    check(
        &place,
        &format!("push {FILE}"),
        "1\n",
        &expect![[r#"
        1  `ID`, the same as the file, last changed by connspec-local@techacct.adobe.com
          Which one is it? 1, [c]reate a new one, [N]othing:   The service has it as `ID`, so nothing is sent; the id is noted down.
          Linked to `ID`.
        => 0
    "#]],
    );
}

#[test]
fn what_was_changed_there_is_merged_or_overwritten() {
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
        Changed here:
            sourceSpec.attributes.urlParams.method
            - "GET"
            + "POST"
          Changed on the service:
            version
            - "1.0"
            + "1.1"
          What is to be done? [m]erge into the file, [o]verwrite, [N]othing:   Updates `ID`, 1 place:
            sourceSpec.attributes.urlParams.method
            - "GET"
            + "POST"
          Push? [y]es, [N]o:   Updated `ID`.
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
        Changed here:
            sourceSpec.attributes.urlParams.method
            - "POST"
            + "PUT"
          Changed on the service:
            sourceSpec.attributes.urlParams.method
            - "POST"
            + "GET"
          Changed on both sides:
            sourceSpec.attributes.urlParams.method
            before   "POST"
            here     "PUT"
            service  "GET"
          What is to be done? [o]verwrite, [N]othing:   Updates `ID`, 1 place:
            sourceSpec.attributes.urlParams.method
            - "GET"
            + "PUT"
          Push? [y]es, [N]o:   Updated `ID`.
        => 0
    "#]],
    );
}
