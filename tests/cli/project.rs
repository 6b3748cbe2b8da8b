//! `connspec check` with `connspec.toml`.

use expect_test::expect;
use serde_json::{Value, json};

use crate::run::Folder;

/// A spec with one error.
const WRONG: &[u8] = include_bytes!("wrong-connectionSpec.json");

const IGNORED: &[u8] = b"[[ignore]]\nfile = \"a/bConnectionSpec.json\"\npointer = \"/sourceSpec/spec/required\"
code = \"required-not-declared\"\n";

#[test]
fn the_level_of_a_rule_is_the_severity_of_its_diagnostics() {
    for (level, shown, code) in [
        ("off", "No problems in 1 file.\n", 0),
        ("hint", "\nFound 1 hint in 1 file.\n", 0),
        ("warning", "\nFound 1 warning in 1 file.\n", 0),
        ("error", "\nFound 1 error in 1 file.\n", 1),
    ] {
        let settings = format!("[rules]\nrequired-not-declared = \"{level}\"\n");
        let folder = Folder::with(&[("connspec.toml", settings.as_bytes()), ("a/b.json", WRONG)]);
        let ran = folder.run(["check", "a/b.json"]);
        assert_eq!((ran.code, ran.err.as_str()), (Some(code), ""), "{ran:?}");
        assert!(ran.out.contains(shown), "{ran:?}");
        let text = std::str::from_utf8(WRONG).unwrap();
        assert!(folder.run_with(["check", "-"], text).out.contains(shown), "standard input");
    }
}

#[test]
fn an_ignore_entry_applies_to_its_file_only() {
    let folder = Folder::with(&[
        ("connspec.toml", IGNORED),
        ("a/bConnectionSpec.json", WRONG),
        ("bConnectionSpec.json", WRONG),
        ("c/connspec.toml", b""),
        ("c/a/bConnectionSpec.json", WRONG),
    ]);
    let ran = folder.run(["check"]);
    let places: Vec<_> = ran.out.lines().filter_map(|line| line.trim().strip_prefix("--> ")).collect();
    assert_eq!(places, ["bConnectionSpec.json:67:30", "c/a/bConnectionSpec.json:67:30"], "{ran:?}");
    let text = std::str::from_utf8(WRONG).unwrap();
    assert_eq!(folder.run_with(["check", "-"], text).code, Some(1), "standard input has no path");
}

#[test]
fn problems_of_a_project_file_are_errors_and_reported_once() {
    let settings = b"[rules]\nrequired-not-declard = \"hint\"\nrequired-not-declared = \"off\"\n[rest\n";
    let folder = Folder::with(&[("connspec.toml", settings), ("a/b.json", WRONG), ("a/c.json", WRONG)]);
    let ran = folder.run(["check", "a/b.json", "a/c.json"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(1), ""), "{ran:?}");
    ran.shows(&expect![[r#"
        error[project-file]: unknown rule `required-not-declard`; did you mean `required-not-declared`?
         --> connspec.toml:2:1
          |
        2 | required-not-declard = "hint"
          | ^^^^^^^^^^^^^^^^^^^^

        error[project-file]: invalid TOML: unclosed table, expected `]`
         --> connspec.toml:4:6
          |
        4 | [rest
          |      ^

        Found 2 errors in 1 of 3 files.
        Run `connspec explain project-file` for details.
    "#]]);
    let ran = folder.run(["check", "--format", "json", "a/b.json"]);
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    let found = &report["files"][0];
    assert_eq!((&found["path"], &found["diagnostics"][0]["code"]), (&json!("connspec.toml"), &json!("project-file")));
    assert_eq!(found["diagnostics"][0]["range"]["start"], json!({ "line": 2, "column": 1, "offset": 8 }));
    assert_eq!(report["summary"]["errors"], 2);
    let ran = folder.run(["check", "--format", "sarif", "a/b.json"]);
    let log: Value = serde_json::from_str(&ran.out).unwrap();
    let result = &log["runs"][0]["results"][0];
    assert_eq!((&result["ruleId"], result.get("ruleIndex")), (&json!("project-file"), None), "it belongs to no rule");
    let ran = folder.run(["check", "--format", "junit", "a/b.json"]);
    assert!(ran.out.contains("name=\"connspec.toml\" tests=\"2\" failures=\"2\""), "{ran:?}");
}

#[test]
fn an_unrelated_project_file_is_not_checked() {
    let folder = Folder::with(&[("b/connspec.toml", b"[rest"), ("a/b.json", WRONG)]);
    let ran = folder.run(["check", "a/b.json"]);
    assert!(!ran.out.contains("project-file"), "{ran:?}");
}

#[test]
fn ignore_entries_without_effect_are_reported() {
    let entry = |file: &str, pointer: &str, code: &str| {
        format!("\n[[ignore]]\nfile = \"{file}\"\npointer = \"{pointer}\"\ncode = \"{code}\"\n")
    };
    let used = std::str::from_utf8(IGNORED).unwrap();
    let settings = "[rules]\nmissing-key = \"off\"\n".to_owned()
        + &entry("gone/bConnectionSpec.json", "", "unknown-key")
        + &entry("a/bConnectionSpec.json", "", "deprecated-content-path")
        + &entry("a/bConnectionSpec.json", "/sourceSpec/nothing", "required-not-declared")
        + "# Not known in this run: the rule is off, the remote state is not read, the file is not checked or broken.\n"
        + &entry("a/bConnectionSpec.json", "", "missing-key")
        + &entry("a/bConnectionSpec.json", "", "remote-changed")
        + &entry("unchecked/bConnectionSpec.json", "", "unknown-key")
        + &entry("a/brokenConnectionSpec.json", "", "unknown-key")
        + used;
    let folder = Folder::with(&[
        ("connspec.toml", settings.as_bytes()),
        ("a/bConnectionSpec.json", WRONG),
        ("a/brokenConnectionSpec.json", &WRONG[..WRONG.len() / 2]),
        ("unchecked/bConnectionSpec.json", WRONG),
    ]);
    let ran = folder.run(["check", "a"]);
    let of_the_settings = |part: &&str| part.contains("--> connspec.toml");
    let ours: Vec<&str> = ran.out.split("\n\n").filter(of_the_settings).collect();
    expect![[r#"
        warning[project-file]: this entry has no effect: there is no file `gone/bConnectionSpec.json`
         --> connspec.toml:4:1
          |
        4 | [[ignore]]
          | ^^^^^^^^^^

        warning[project-file]: this entry has no effect: no `deprecated-content-path` is reported in the spec; remove it
         --> connspec.toml:9:1
          |
        9 | [[ignore]]
          | ^^^^^^^^^^

        warning[project-file]: this entry has no effect: no `required-not-declared` is reported at its `pointer`; remove it
          --> connspec.toml:14:1
           |
        14 | [[ignore]]
           | ^^^^^^^^^^"#]].assert_eq(&ours.join("\n\n"));
    let ran = folder.run(["check", "--deny", "warnings", "a/bConnectionSpec.json"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
}
