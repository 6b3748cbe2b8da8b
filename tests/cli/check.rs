//! `connspec check`: what it reports, how it looks, and the exit code.

use expect_test::expect;
use serde_json::{Value, json};

use crate::run::Folder;

const CLEAN: &str = include_str!("clean-connectionSpec.json");

/// A spec with one error: `required` names a property that `properties` does not declare.
const WRONG: &str = include_str!("wrong-connectionSpec.json");

/// A spec with a warning only: a duplicate key.
fn with_warning() -> String {
    CLEAN.replacen("\"version\"", "\"version\": \"1.0\",\n  \"version\"", 1)
}

#[test]
fn no_problems_is_exit_code_0() {
    let ran = Folder::with(&[("a.json", CLEAN.as_bytes())]).run(["check", "a.json"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{ran:?}");
    ran.shows(&expect![[r#"
        No problems in 1 file.
    "#]]);
}

#[test]
fn an_error_is_underlined_in_its_line_and_is_exit_code_1() {
    let ran = Folder::with(&[("wrong.json", WRONG.as_bytes())]).run(["check", "wrong.json"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(1), ""), "{ran:?}");
    ran.shows(&expect![[r#"
        error[required-not-declared]: `region` is required but not declared in `properties`, so it can never be entered; declare it, or remove it here
          --> wrong.json:67:30
           |
        61 |       "properties": {
           |       ------------ the declared properties
        ...
        67 |       "required": ["shopId", "region"]
           |                              ^^^^^^^^
          see https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/authspec

        Found 1 error in 1 file.
        Run `connspec explain required-not-declared` for details.
    "#]]);
}

/// More people read the log of a build than the file.
#[test]
fn a_secret_is_reported_and_not_printed() {
    let text = CLEAN.replacen(
        "\"attributes\": {",
        "\"attributes\": { \"headerParams\": { \"X-Api-Key\": \"a1b2c3d4e5\", \"A\": 1, \"A\": 2 },",
        1,
    );
    let folder = Folder::with(&[("a.json", text.as_bytes())]);
    for format in ["human", "json", "sarif", "github", "junit"] {
        let ran = folder.run(["check", "--format", format, "a.json"]);
        assert!(ran.out.contains("hard-coded-secret") && !ran.out.contains("a1b2c3d4e5"), "{}", ran.out);
    }
    let ran = folder.run(["check", "a.json"]);
    assert!(ran.out.contains("\"X-Api-Key\": \"**********\""), "{}", ran.out);
}

#[test]
fn a_warning_is_shown_and_is_exit_code_0() {
    let ran = Folder::with(&[("a.json", with_warning().as_bytes())]).run(["check", "a.json"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{ran:?}");
    ran.shows(&expect![[r#"
        warning[duplicate-key]: duplicate key `version`; the last one is used, remove the other
         --> a.json:6:3
          |
        5 |   "version": "1.0",
          |   --------- also set here, without effect
        6 |   "version": "1.0",
          |   ^^^^^^^^^
          see https://www.rfc-editor.org/rfc/rfc8259#section-4

        Found 1 warning in 1 file.
        Run `connspec check --fix` to fix it.
        Run `connspec explain duplicate-key` for details.
    "#]]);
}

#[test]
fn denied_warnings_fail_the_check_and_stay_warnings() {
    let folder = Folder::with(&[("a.json", with_warning().as_bytes()), ("b.json", CLEAN.as_bytes())]);
    assert_eq!(folder.run(["check", "a.json"]).code, Some(0));
    let ran = folder.run(["check", "a.json", "b.json", "--deny", "warnings"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.out.starts_with("warning[duplicate-key]: "), "{ran:?}");
    assert!(ran.out.contains("\nFound 1 warning in 1 of 2 files (warnings fail the check).\n"), "{ran:?}");
    let ran = folder.run(["check", "b.json", "--deny", "warnings"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), "No problems in 1 file.\n"), "{ran:?}");
}

#[test]
fn only_warnings_can_be_denied() {
    let ran = Folder::with(&[]).run(["check", "--deny", "hints"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.contains("invalid value 'hints' for '--deny <LEVEL>'\n  [possible values: warnings]"), "{ran:?}");
}

#[test]
fn standard_input_is_checked() {
    let ran = Folder::with(&[]).run_with(["check", "-"], WRONG);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.out.contains("--> <stdin>:"), "{ran:?}");
}

#[test]
fn the_link_of_a_code_is_printed_once() {
    let twice = with_warning().replacen("\"name\"", "\"name\": \"a\",\n  \"name\"", 1);
    let ran = Folder::with(&[("a.json", twice.as_bytes())]).run(["check", "a.json"]);
    assert_eq!(ran.out.matches("[duplicate-key]").count(), 2, "{ran:?}");
    assert_eq!(ran.out.matches("see https://").count(), 1, "{ran:?}");
}

#[test]
fn a_folder_is_searched_without_ignored_and_hidden_files() {
    let wrong = WRONG.as_bytes();
    let folder = Folder::with(&[
        ("b/twoConnectionSpec.json", wrong),
        ("a/oneConnectionSpec.json", wrong),
        ("a/package.json", wrong),
        ("a/ThreeConnectionspec.json", CLEAN.as_bytes()),
        ("build/fourConnectionSpec.json", wrong),
        (".hidden/fiveConnectionSpec.json", wrong),
        (".gitignore", b"/build\n"),
    ]);
    for arguments in [&["check"][..], &["check", "."], &["check", "b", "./a", "b/twoConnectionSpec.json"]] {
        let ran = folder.run(arguments);
        let places: Vec<_> = ran.out.lines().filter_map(|line| line.trim().strip_prefix("--> ")).collect();
        let files: Vec<_> = places.iter().filter_map(|place| place.split(':').next()).collect();
        assert_eq!(files, ["a/oneConnectionSpec.json", "b/twoConnectionSpec.json"], "{ran:?}");
        assert!(ran.out.contains("\nFound 2 errors in 2 of 3 files.\n"), "{ran:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_symlink_to_a_spec_is_checked_and_a_broken_one_is_an_error() {
    let folder = Folder::with(&[("elsewhere.json", WRONG.as_bytes())]);
    for (target, name) in [("elsewhere.json", "aConnectionSpec.json"), ("missing.json", "bConnectionSpec.json")] {
        std::os::unix::fs::symlink(target, folder.path(name)).unwrap();
    }
    let ran = folder.run(["check"]);
    let unreadable = "error: cannot read bConnectionSpec.json: no such file or directory\n";
    assert_eq!((ran.code, ran.err.as_str()), (Some(2), unreadable), "{ran:?}");
    assert!(ran.out.contains("--> aConnectionSpec.json:"), "{ran:?}");
    assert!(ran.out.contains("\nFound 1 error in 1 file.\n"), "{ran:?}");
}

#[test]
fn files_are_reported_in_the_order_of_their_paths() {
    let names: Vec<_> = (100..200).map(|number| format!("{number}ConnectionSpec.json")).collect();
    let files: Vec<_> = names.iter().map(|name| (name.as_str(), WRONG.as_bytes())).collect();
    let ran = Folder::with(&files).run(["check"]);
    let places: Vec<_> = ran.out.lines().filter_map(|line| line.trim().strip_prefix("--> ")).collect();
    assert_eq!(places.len(), 100);
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn a_folder_without_specs_is_a_warning() {
    let ran = Folder::with(&[("package.json", b"{}")]).run(["check"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""), "{ran:?}");
    assert_eq!(ran.err, "warning: no files named *connectionSpec.json found; nothing was checked\n");
}

#[test]
fn a_file_that_is_not_a_connection_spec_is_skipped_with_a_warning() {
    let ran = Folder::with(&[("package.json", b"{ \"name\": 1, \"name\": 2 }")]).run(["check", "package.json"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""), "{ran:?}");
    assert_eq!(ran.err, "warning: package.json isn't a connection spec; skipped\n");
}

#[test]
fn standard_input_is_a_spec_whatever_it_contains() {
    let folder = Folder::with(&[]);
    for (code, text, problem) in [
        (0, "", "warning[syntax-error]: empty file; a connection spec is a JSON object"),
        (1, "42", "expected a connection spec, which is an object, found a number"),
        (
            1,
            r#"{"items":[{"authSpec":[],"providerId":"x"}]}"#,
            "this is a response of Flow Service; the connection spec is `items[0]`",
        ),
        (1, "{}", "missing `name`; the API rejects a spec without it"),
    ] {
        let ran = folder.run_with(["check", "-"], text);
        assert_eq!(ran.code, Some(code), "{ran:?}");
        assert!(ran.out.contains(problem), "{ran:?}");
    }
}

#[test]
fn a_missing_file_is_exit_code_2_and_the_others_are_checked() {
    let ran = Folder::with(&[("wrong.json", WRONG.as_bytes())]).run(["check", "missing.json", "wrong.json"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.starts_with("error: cannot read missing.json: "), "{ran:?}");
    assert!(ran.out.contains("\nFound 1 error in 1 file.\n"), "{ran:?}");
}

#[test]
fn a_file_that_is_not_utf_8_is_exit_code_2() {
    let folder = Folder::with(&[("latin-1.json", b"{ \"name\": \"caf\xe9\" }"), ("wide.json", b"\xff\xfe{\0}\0")]);
    let ran = folder.run(["check", "latin-1.json", "wide.json"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
    assert_eq!(
        ran.err,
        "error: cannot read latin-1.json: invalid UTF-8 at byte 14 (0xe9)\n\
         error: cannot read wide.json: encoded as UTF-16; save it as UTF-8\n"
    );
}

#[test]
fn wide_characters_and_crlf_do_not_shift_the_underline() {
    let wide = WRONG.replace("\"required\"", "\"title\": \"名前 👩‍💻\",\t\"required\"").replace('\n', "\r\n");
    let ran = Folder::with(&[("wide.json", wide.as_bytes())]).run(["check", "wide.json"]);
    ran.shows(&expect![[r#"
        error[required-not-declared]: `region` is required but not declared in `properties`, so it can never be entered; declare it, or remove it here
          --> wide.json:67:49
           |
        61 |       "properties": {
           |       ------------ the declared properties
        ...
        67 |       "title": "名前 👩💻",    "required": ["shopId", "region"]
           |                                                       ^^^^^^^^
          see https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/authspec

        Found 1 error in 1 file.
        Run `connspec explain required-not-declared` for details.
    "#]]);
}

#[test]
fn json_has_the_documented_shape() {
    let folder = Folder::with(&[("a.json", CLEAN.as_bytes()), ("b.json", with_warning().as_bytes())]);
    let ran = folder.run(["check", "--format", "json", "b.json", "a.json", "missing.json"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(report["summary"], json!({ "files": 2, "errors": 0, "warnings": 1, "infos": 0, "hints": 0 }));
    assert_eq!(report["files"][0], json!({ "path": "a.json", "diagnostics": [] }));
    assert_eq!(report["failures"][0]["path"], "missing.json");
    let found = &report["files"][1]["diagnostics"][0];
    assert_eq!((&found["code"], &found["severity"]), (&json!("duplicate-key"), &json!("warning")));
    assert!(found["link"].as_str().is_some_and(|link| link.starts_with("https://")), "{found}");
    let (text, range) = (with_warning(), &found["range"]);
    let offset = |place: &Value| usize::try_from(place["offset"].as_u64().unwrap()).unwrap();
    assert_eq!(&text[offset(&range["start"])..offset(&range["end"])], "\"version\"");
    let related = &found["related"][0];
    assert!(related["message"].is_string(), "{found}");
    for place in [&range["start"], &related["range"]["end"]] {
        let before = &text[..offset(place)];
        assert_eq!(place["line"], before.split('\n').count(), "{place}");
        assert_eq!(place["column"], before.rsplit('\n').next().unwrap().chars().count() + 1, "{place}");
    }
}
