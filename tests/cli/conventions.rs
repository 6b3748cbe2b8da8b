//! What all commands have in common: help, color, closed pipes.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use serde_json::Value;

use crate::run::Folder;

const WRONG: &str = include_str!("wrong-connectionSpec.json");

#[test]
fn help_fits_100_columns_and_lists_every_command() {
    let folder = Folder::with(&[]);
    let help = folder.run(["--help"]).out;
    let commands = "demo new check docs explain schema emulator login push pull diff status list register unlink completions man lsp";
    for command in commands.split(' ') {
        assert!(help.lines().any(|line| line.trim_start().starts_with(command)), "{help}");
        for flag in ["--help", "-h"] {
            let ran = folder.run([command, flag]);
            assert_eq!(ran.code, Some(0), "{ran:?}");
            let widest = ran.out.lines().map(|line| line.chars().count()).max();
            assert!(widest <= Some(100), "{command} {flag}: {widest:?}\n{}", ran.out);
        }
    }
}

#[test]
fn the_version_is_one_line_with_commit_and_target() {
    let folder = Folder::with(&[]);
    let short = format!("connspec {}", env!("CARGO_PKG_VERSION"));
    assert_eq!(folder.run(["-V"]).out, format!("{short}\n"));
    let long = folder.run(["--version"]).out;
    let build = long.strip_prefix(&format!("{short} (")).and_then(|rest| rest.strip_suffix(")\n")).unwrap();
    // A build from an archive has no commit.
    let words: Vec<&str> = build.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let system = match words[..] {
        ["commit", commit, day, system] => {
            assert!(commit.len() >= 9 && commit.chars().all(|digit| digit.is_ascii_hexdigit()), "{long}");
            assert_eq!(day.split('-').map(str::len).collect::<Vec<_>>(), [4, 2, 2], "{long}");
            system
        }
        [system] => system,
        _ => panic!("{long}"),
    };
    assert!(system.starts_with(std::env::consts::ARCH), "{long}");
}

#[test]
fn wrong_arguments_are_exit_code_2() {
    let ran = Folder::with(&[]).run(["chekc"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.contains("check"), "{ran:?}");
}

#[test]
fn color_is_for_terminals_or_on_request() {
    let folder = Folder::with(&[("a.json", WRONG.as_bytes())]);
    let colored = |arguments: &[&str], variable: Option<(&str, &str)>| {
        let output = folder.command(arguments).envs(variable).output().unwrap();
        output.stdout.contains(&0x1b)
    };
    assert!(!colored(&["check", "a.json"], None));
    assert!(colored(&["check", "a.json", "--color", "always"], None));
    assert!(colored(&["check", "a.json"], Some(("CLICOLOR_FORCE", "1"))));
    assert!(!colored(&["check", "a.json", "--color", "never"], Some(("CLICOLOR_FORCE", "1"))));
    assert!(colored(&["demo", "--color", "always"], None));
    assert!(!colored(&["demo"], None));
}

#[test]
fn the_schema_is_draft_07() {
    let ran = Folder::with(&[]).run(["schema"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let schema: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
}

#[test]
fn a_closed_pipe_is_not_an_error() {
    let names: Vec<_> = (0..200).map(|number| format!("{number}-connectionSpec.json")).collect();
    let files: Vec<_> = names.iter().map(|name| (name.as_str(), WRONG.as_bytes())).collect();
    let folder = Folder::with(&files);
    for (arguments, code) in [
        (&["schema"][..], 0),
        (&["check"], 1),
        (&["check", "--format", "json"], 1),
        (&["check", "--format", "sarif"], 1),
        (&["check", "--format", "github"], 1),
        (&["check", "--format", "junit"], 1),
    ] {
        let mut child = folder.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert!(!line.is_empty());
        let output = child.wait_with_output().unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments:?}");
        assert_eq!(output.status.code(), Some(code), "{arguments:?}");
    }
}
