//! Files that somebody made to harm: their names and contents reach no terminal raw, and nothing is read or written elsewhere.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;

use crate::run::Folder;

const CLEAN: &str = include_str!("clean-connectionSpec.json");
/// `check --fix` adds the comma.
const BROKEN: &str = "{ \"type\": \"generic-rest\"\n\"name\": \"acme\" }";
const NAME: &str = "x\n::add-mask::connspec\n\u{1b}]8;;http:evil\u{7}\u{202e}-connectionSpec.json";

/// Whether a line begins a workflow command other than an annotation, or a character controls the terminal.
fn is_raw(output: &str) -> bool {
    let is_command = |line: &str| line.trim_start().starts_with("::add-mask");
    output.lines().any(is_command) || output.contains(['\u{1b}', '\u{7}', '\u{202e}'])
}

#[test]
fn the_name_of_a_file_reaches_no_output_raw() {
    for content in [&b"\xff\xfe{"[..], b"[1]", b"{ \"type\": \"generic-rest\" }", BROKEN.as_bytes()] {
        for format in ["human", "sarif", "github", "junit", "json"] {
            let folder = Folder::with(&[(NAME, content)]);
            let ran = folder.run(["check", "--format", format, "."]);
            assert!(!is_raw(&ran.err), "{format}: {}", ran.err);
            // Formats for programs have their own escapes, and may hold characters that only change the direction of text.
            let is_for_people = ["human", "github"].contains(&format);
            let out = if is_for_people { ran.out } else { ran.out.replace('\u{202e}', "") };
            assert!(!is_raw(&out), "{format}: {out}");
        }
        let folder = Folder::with(&[(NAME, content)]);
        for arguments in [&["check", "--diff"][..], &["check", "--fix"], &["new", "x", "--kind", "rest"]] {
            let ran = folder.run(arguments.iter().copied());
            assert!(!is_raw(&format!("{}{}", ran.out, ran.err)), "{arguments:?}: {} {}", ran.out, ran.err);
        }
    }
}

#[test]
fn a_link_to_a_file_outside_of_the_folder_is_neither_read_nor_fixed() {
    let outside = Folder::with(&[("secret.txt", b"TOKEN=a1b2c3d4"), ("b-connectionSpec.json", BROKEN.as_bytes())]);
    let folder = Folder::with(&[("a-connectionSpec.json", CLEAN.as_bytes())]);
    symlink(outside.path("secret.txt"), folder.path("c-connectionSpec.json")).unwrap();
    symlink(outside.path("b-connectionSpec.json"), folder.path("b-connectionSpec.json")).unwrap();
    for arguments in [["check", "."], ["check", "--fix"], ["check", "--diff"]] {
        let ran = folder.run(arguments);
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert!(!format!("{}{}", ran.out, ran.err).contains("a1b2"), "{ran:?}");
        assert!(ran.err.contains("`c-connectionSpec.json` is a symbolic link"), "{ran:?}");
    }
    let ran = folder.run(["check", "--fix", "b-connectionSpec.json"]);
    assert!(ran.err.contains("cannot write b-connectionSpec.json: it is a symbolic link"), "{ran:?}");
    assert_eq!(fs::read_to_string(outside.path("b-connectionSpec.json")).unwrap(), BROKEN);
}

#[test]
fn a_link_that_leads_nowhere_is_an_error_and_the_other_files_are_checked() {
    let folder = Folder::with(&[("a-connectionSpec.json", CLEAN.as_bytes())]);
    symlink("missing", folder.path("b-connectionSpec.json")).unwrap();
    symlink("c-connectionSpec.json", folder.path("c-connectionSpec.json")).unwrap();
    let ran = folder.run(["check", "."]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.out.contains("in 1 file"), "{ran:?}");
    assert!(ran.err.contains("cannot read b-connectionSpec.json") && ran.err.contains("cannot read c-connection"));
}

#[test]
fn a_pipe_in_place_of_a_file_is_an_error_and_is_not_waited_for() {
    let folder = Folder::with(&[("a-connectionSpec.json", CLEAN.as_bytes())]);
    let made = Command::new("mkfifo").arg(folder.path("p-connectionSpec.json")).status().unwrap();
    assert!(made.success());
    let ran = folder.run(["check", "p-connectionSpec.json"]);
    assert_eq!((ran.code, ran.err.contains("not a regular file")), (Some(2), true), "{ran:?}");
    let ran = folder.run(["check", "."]);
    assert_eq!(
        (ran.code, ran.err.contains("`p-connectionSpec.json` is not a regular file")),
        (Some(2), true),
        "{ran:?}"
    );
    assert!(ran.out.contains("in 1 file"), "{ran:?}");
}

/// `connspec check *` in a folder with such a file.
#[test]
fn a_file_name_that_looks_like_an_option_cannot_control_a_terminal_or_a_runner() {
    let folder = Folder::with(&[]);
    let hostile = "x\n::stop-commands::y\u{1b}[31m##[group]\u{202e}";
    for command in ["check", "push", "pull", "diff", "status", "docs", "new", "explain", "login"] {
        for name in [format!("--{hostile}"), format!("--color={hostile}"), format!("--format={hostile}")] {
            let ran = folder.run([command, &name]);
            let shown = format!("{}{}", ran.out, ran.err);
            assert_eq!(ran.code, Some(2), "{command}: {ran:?}");
            assert!(!shown.lines().any(|line| line.starts_with("::")), "{shown}");
            assert!(!shown.contains(['\u{1b}', '\u{202e}']) && !shown.contains("##["), "{shown}");
        }
    }
    let ran = folder.run([hostile]);
    assert!(ran.code == Some(2) && !ran.err.contains("\n::"), "{ran:?}");
}

#[test]
fn a_link_to_a_folder_in_place_of_a_spec_is_an_error() {
    let folder = Folder::with(&[("a-connectionSpec.json", CLEAN.as_bytes()), ("b/b.json", b"")]);
    symlink("b", folder.path("b-connectionSpec.json")).unwrap();
    let ran = folder.run(["check"]);
    let said = ran.err.contains("`b-connectionSpec.json` is a symbolic link to a folder");
    assert_eq!((ran.code, said, ran.out.contains("in 1 file")), (Some(2), true, true), "{ran:?}");
}

#[test]
fn no_command_waits_for_a_pipe_in_place_of_a_spec() {
    let folder = Folder::with(&[]);
    let made = Command::new("mkfifo").arg(folder.path("p-connectionSpec.json")).status().unwrap();
    assert!(made.success());
    for command in ["push", "diff", "pull", "status", "register", "docs"] {
        let ran = folder.run([command, "p-connectionSpec.json"]);
        assert_eq!((ran.code, ran.err.contains("not a regular file")), (Some(2), true), "{command}: {ran:?}");
    }
}

#[test]
fn a_file_that_says_what_git_ignores_is_not_waited_for() {
    let spec = ("acme/a-connectionSpec.json", CLEAN.as_bytes());
    let folder = Folder::with(&[spec, ("b-connectionSpec.json", CLEAN.as_bytes())]);
    let made = Command::new("mkfifo").arg(folder.path("acme/.gitignore")).status().unwrap();
    assert!(made.success());
    let ran = folder.run(["check"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.contains(".gitignore` is not a regular file, so its folder is not searched"), "{ran:?}");
    assert!(ran.out.contains("in 1 file"), "{ran:?}");
    symlink("/dev/zero", folder.path(".gitignore")).unwrap();
    let ran = folder.run(["check"]);
    assert!(ran.err.contains(".gitignore` is not a regular file and is not read"), "{ran:?}");
}

#[test]
fn a_link_to_a_file_outside_shows_nothing_of_it() {
    let folder = Folder::with(&[("a/a-connectionSpec.json", CLEAN.as_bytes())]);
    let outside = Folder::with(&[("secret", b"topsecretvalue")]);
    for name in ["category.txt", "label.txt", "description.txt"] {
        symlink(outside.path("secret"), folder.path(&format!("a/a-{name}"))).unwrap();
    }
    let ran = folder.run(["check"]);
    assert!(!format!("{ran:?}").contains("topsecret"), "{ran:?}");
}

#[test]
fn a_workflow_command_in_the_middle_of_a_line_is_broken() {
    let text = CLEAN.replacen("\"version\"", "\"typo ##[add-mask]connspec\": 1, \"version\"", 1);
    let folder = Folder::with(&[("a-connectionSpec.json", text.as_bytes())]);
    let ran = folder.run(["check", "a-connectionSpec.json", "##[stop-commands]missing.json"]);
    assert!(ran.out.contains("typo ##⁅add-mask]connspec") && !ran.out.contains("##["), "{ran:?}");
    assert!(ran.err.contains("##⁅stop-commands]") && !ran.err.contains("##["), "{ran:?}");
}

#[test]
fn no_command_waits_for_a_pipe_in_place_of_credentials() {
    let settings = "default-profile = \"d\"\n[profiles.d]\norg = \"x@AdobeOrg\"\nsandbox = \"dev\"\ncredentials = { file = \"cred\" }\n";
    let folder = Folder::with(&[("connspec.toml", settings.as_bytes())]);
    let made = Command::new("mkfifo").arg(folder.path("cred")).status().unwrap();
    assert!(made.success());
    let ran = folder.run(["login"]);
    assert_eq!((ran.code, ran.err.contains("not a regular file")), (Some(2), true), "{ran:?}");
}
