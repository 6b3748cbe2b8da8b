//! `connspec check --fix` and `--diff`: what is fixed, what is written, and what is not.

use std::fs;

use expect_test::expect;

use crate::run::Folder;

const CLEAN: &str = include_str!("clean-connectionSpec.json");

/// A spec with two problems that have a safe fix, and the line ends of Windows.
fn fixable() -> String {
    let text = CLEAN.replacen("\"version\"", "\"createdAt\": 1,\n  \"version\"", 1);
    text.replacen("0ed90a81", "0ed90a82", 1).replace('\n', "\r\n")
}

fn fixed() -> String {
    CLEAN.replace('\n', "\r\n")
}

#[test]
fn safe_fixes_are_applied_and_nothing_else_changes() {
    let folder = Folder::with(&[("a.json", fixable().as_bytes()), ("b.json", CLEAN.as_bytes())]);
    let ran = folder.run(["check", "--fix", "a.json", "b.json"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{ran:?}");
    ran.shows(&expect![[r#"
        Fixed 2 problems in 1 file. No problems remain.
    "#]]);
    assert_eq!(folder.read("a.json"), fixed());
    assert_eq!(folder.read("b.json"), CLEAN);
    let again = folder.run(["check", "--fix", "a.json"]);
    assert_eq!(again.out, "No problems in 1 file.\n");
}

#[test]
fn more_problems_than_are_shown_are_fixed_and_counted() {
    let text = CLEAN.replacen("\"description\": \"", &format!("\"description\": \"{}", "\t".repeat(3000)), 1);
    let folder = Folder::with(&[("a.json", text.as_bytes())]);
    let counted = folder.run(["check", "a.json"]);
    let summary = "\nFound 3000 errors in 1 file.\nRun `connspec check --fix` to fix them.\n";
    assert!(counted.out.contains(summary), "{}", counted.out);
    let ran = folder.run(["check", "--fix", "a.json"]);
    assert_eq!(ran.out, "Fixed 3000 problems in 1 file. No problems remain.\n");
}

#[test]
fn remaining_problems_are_reported_and_fail_the_check() {
    let text = fixable().replacen("\"required\": [\"shopId\"]", "\"required\": [\"shopId\", \"region\"]", 1);
    let folder = Folder::with(&[("a.json", text.as_bytes())]);
    let ran = folder.run(["check", "--fix", "a.json"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.out.contains("error[required-not-declared]"), "{}", ran.out);
    assert!(ran.out.contains("\nFixed 2 problems in 1 file. Found 1 error in 1 file.\n"), "{}", ran.out);
}

#[test]
fn diff_prints_a_patch_and_writes_nothing() {
    let folder = Folder::with(&[("a.json", fixable().replace('\r', "").as_bytes()), ("b.json", CLEAN.as_bytes())]);
    let ran = folder.run(["check", "--diff", "a.json", "b.json"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(1), "1 file would change.\n"), "{ran:?}");
    ran.shows(&expect![[r#"
        --- a/a.json
        +++ b/a.json
        @@ -1,8 +1,7 @@
         {
           "name": "acme-orders",
           "type": "generic-rest",
        -  "providerId": "0ed90a82-07f4-4586-8190-b40eccef1c5a",
        -  "createdAt": 1,
        +  "providerId": "0ed90a81-07f4-4586-8190-b40eccef1c5a",
           "version": "1.0",
           "description": "Orders of an Acme shop",
           "authSpec": [
    "#]]);
    assert_eq!(folder.read("a.json"), fixable().replace('\r', ""));
    let clean = folder.run(["check", "--diff", "b.json"]);
    assert_eq!((clean.code, clean.out.as_str(), clean.err.as_str()), (Some(0), "", "Nothing to fix.\n"));
}

#[test]
fn standard_input_is_fixed_to_standard_output() {
    let folder = Folder::with(&[]);
    let ran = folder.run_with(["check", "--fix", "-"], &fixable());
    assert_eq!((ran.code, ran.out), (Some(0), fixed()));
    assert_eq!(ran.err, "Fixed 2 problems in 1 file. No problems remain.\n");
    let two = folder.run(["check", "--fix", "-", "a.json"]);
    assert_eq!((two.code, two.out.as_str()), (Some(2), ""), "{two:?}");
}

#[test]
#[cfg(unix)]
fn permissions_are_kept_no_temporary_file_remains_and_nothing_is_written_through_a_symlink() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::with(&[("real/a.json", fixable().as_bytes())]);
    fs::set_permissions(folder.path("real/a.json"), fs::Permissions::from_mode(0o640)).unwrap();
    std::os::unix::fs::symlink("real/a.json", folder.path("link.json")).unwrap();
    assert_eq!(folder.run(["check", "--fix", "link.json"]).code, Some(2));
    assert_eq!(folder.read("real/a.json"), fixable());
    assert_eq!(folder.run(["check", "--fix", "real/a.json"]).code, Some(0));
    assert!(fs::symlink_metadata(folder.path("link.json")).unwrap().is_symlink());
    assert_eq!(folder.read("real/a.json"), fixed());
    assert_eq!(fs::metadata(folder.path("real/a.json")).unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!(fs::read_dir(folder.path("real")).unwrap().count(), 1);
}

#[test]
#[cfg(unix)]
fn a_read_only_file_is_an_error_and_kept() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::with(&[("a.json", fixable().as_bytes())]);
    fs::set_permissions(folder.path("a.json"), fs::Permissions::from_mode(0o440)).unwrap();
    let ran = folder.run(["check", "--fix", "a.json"]);
    assert_eq!(
        (ran.code, ran.err.as_str()),
        (Some(2), "error: cannot write a.json: the file is read-only\n"),
        "{ran:?}"
    );
    assert_eq!(folder.read("a.json"), fixable());
}
