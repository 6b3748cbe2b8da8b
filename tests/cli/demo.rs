//! `connspec demo`: it writes a sample, overwrites nothing, and its output fits a terminal.

use std::fs;

use expect_test::expect_file;

use crate::run::Folder;

const FILE: &str = "connspec-demo/acme-connectionSpec.json";

#[test]
fn the_output_shows_the_sample_in_an_editor() {
    let folder = Folder::with(&[]);
    let ran = folder.run(["demo"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{ran:?}");
    let shown = ran.out.replace(env!("CARGO_BIN_EXE_connspec"), "/path/to/connspec");
    expect_file!["demo.txt"].assert_eq(&shown);
}

#[test]
fn the_output_fits_a_terminal() {
    let shown = include_str!("demo.txt");
    assert!(shown.lines().all(|line| line.chars().count() <= 100), "{shown}");
    assert!(shown.lines().count() <= 84, "{}", shown.lines().count());
}

#[test]
fn the_sample_has_the_reported_problems() {
    let folder = Folder::with(&[]);
    let demo = folder.run(["demo"]);
    let check = folder.run(["check", FILE]);
    assert_eq!(check.code, Some(1), "{check:?}");
    for line in check.out.lines().filter(|line| line.contains('^')) {
        assert!(demo.out.contains(line), "{line}");
    }
}

#[test]
fn a_second_run_uses_the_same_file() {
    let folder = Folder::with(&[]);
    folder.run(["demo", "a/b"]);
    let ran = folder.run(["demo", "a/b"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(fs::read_dir(folder.path("a/b")).unwrap().count(), 5);
}

#[test]
fn an_edited_file_is_kept() {
    let folder = Folder::with(&[(FILE, b"mine")]);
    let ran = folder.run(["demo"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.out.starts_with(&format!("{FILE} has been edited and is not overwritten.\n")), "{ran:?}");
    assert_eq!(folder.read(FILE), "mine");
    assert!(ran.out.contains("connspec-demo/acme-2-connectionSpec.json"), "{ran:?}");
    assert!(folder.read("connspec-demo/acme-2-connectionSpec.json").starts_with('{'));
}

#[test]
fn a_folder_that_cannot_be_created_is_exit_code_2() {
    let folder = Folder::with(&[("taken", b"")]);
    let ran = folder.run(["demo", "taken"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
    assert!(ran.err.starts_with("error: cannot create the folder taken: "), "{ran:?}");
}
