//! `connspec check --fix` and `--diff`: what is mended, what is written, and what is left alone.

use std::fs;

use expect_test::expect;

use crate::run::Folder;

const CLEAN: &str = include_str!("clean-connectionSpec.json");

/// A spec with two mistakes that can be mended in one way only, and lines that end as on Windows.
fn mendable() -> String {
    let text = CLEAN.replacen("\"version\"", "\"createdAt\": 1,\n  \"version\"", 1);
    text.replacen("0ed90a81", "0ed90a82", 1).replace('\n', "\r\n")
}

fn mended() -> String {
    CLEAN.replace('\n', "\r\n")
}

#[test]
fn what_is_safe_is_mended_and_nothing_else_changes() {
    let folder = Folder::with(&[("a.json", mendable().as_bytes()), ("b.json", CLEAN.as_bytes())]);
    let ran = folder.run(["check", "--fix", "a.json", "b.json"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{ran:?}");
    ran.shows(&expect![[r#"
        2 problems mended; no problems in 2 files
    "#]]);
    assert_eq!(folder.read("a.json"), mended());
    assert_eq!(folder.read("b.json"), CLEAN);
    let again = folder.run(["check", "--fix", "a.json"]);
    assert_eq!(again.out, "no problems in 1 file\n");
}

#[test]
fn what_is_left_is_shown_and_counts() {
    let text = mendable().replacen("\"required\": [\"shopId\"]", "\"required\": [\"region\"]", 1);
    let folder = Folder::with(&[("a.json", text.as_bytes())]);
    let ran = folder.run(["check", "--fix", "a.json"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.out.contains("error[required-not-declared]"), "{}", ran.out);
    assert!(ran.out.ends_with("2 problems mended; 1 error in 1 file\n"), "{}", ran.out);
}

#[test]
fn the_difference_can_be_read_by_git_and_nothing_is_written() {
    let folder = Folder::with(&[("a.json", mendable().replace('\r', "").as_bytes()), ("b.json", CLEAN.as_bytes())]);
    let ran = folder.run(["check", "--diff", "a.json", "b.json"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(1), "connspec: 1 file would be mended\n"), "{ran:?}");
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
    assert_eq!(folder.read("a.json"), mendable().replace('\r', ""));
    let clean = folder.run(["check", "--diff", "b.json"]);
    assert_eq!((clean.code, clean.out.as_str(), clean.err.as_str()), (Some(0), "", "connspec: nothing to mend\n"));
}

#[test]
fn standard_input_is_mended_to_standard_output() {
    let folder = Folder::with(&[]);
    let ran = folder.run_with(["check", "--fix", "-"], &mendable());
    assert_eq!((ran.code, ran.out), (Some(0), mended()));
    assert_eq!(ran.err, "connspec: 2 problems mended; no problems in 1 file\n");
    let two = folder.run(["check", "--fix", "-", "a.json"]);
    assert_eq!((two.code, two.out.as_str()), (Some(2), ""), "{two:?}");
}

#[test]
#[cfg(unix)]
fn links_and_permissions_stay_and_no_file_is_left_behind() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::with(&[("real/a.json", mendable().as_bytes())]);
    fs::set_permissions(folder.path("real/a.json"), fs::Permissions::from_mode(0o640)).unwrap();
    std::os::unix::fs::symlink("real/a.json", folder.path("link.json")).unwrap();
    assert_eq!(folder.run(["check", "--fix", "link.json"]).code, Some(0));
    assert!(fs::symlink_metadata(folder.path("link.json")).unwrap().is_symlink());
    assert_eq!(folder.read("real/a.json"), mended());
    assert_eq!(fs::metadata(folder.path("real/a.json")).unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!(fs::read_dir(folder.path("real")).unwrap().count(), 1);
}

#[test]
#[cfg(unix)]
fn a_file_that_may_not_be_written_is_said_and_left() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::with(&[("a.json", mendable().as_bytes())]);
    fs::set_permissions(folder.path("a.json"), fs::Permissions::from_mode(0o440)).unwrap();
    let ran = folder.run(["check", "--fix", "a.json"]);
    assert_eq!(
        (ran.code, ran.err.as_str()),
        (Some(2), "connspec: cannot write a.json: the file is read-only\n"),
        "{ran:?}"
    );
    assert_eq!(folder.read("a.json"), mendable());
}
