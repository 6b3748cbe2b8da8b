//! `connspec completions` and `connspec man`. tests/shells.sh tries them in real shells and man page readers.

use std::collections::BTreeSet;
use std::fs;

use expect_test::expect;

use crate::run::Folder;

/// The commands that the help lists.
fn commands(folder: &Folder) -> Vec<String> {
    let help = folder.run(["-h"]).out;
    let lines = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let commands = lines.filter_map(|line| Some(line.strip_prefix("  ")?.split(' ').next()?.to_owned()));
    commands.filter(|command| !command.is_empty()).collect()
}

#[test]
fn completions_know_every_command() {
    let folder = Folder::with(&[]);
    let commands = commands(&folder);
    assert!(commands.len() > 15, "{commands:?}");
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let ran = folder.run(["completions", shell]);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
        for command in &commands {
            assert!(ran.out.contains(command.as_str()), "{shell}: {command}\n{}", ran.out);
        }
    }
}

#[test]
fn an_unknown_shell_is_an_error_that_lists_the_known_ones() {
    let ran = Folder::with(&[]).run(["completions", "dash"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("bash, elvish, fish, powershell, zsh"), "{}", ran.err);
}

#[test]
fn man_writes_a_page_for_the_program_and_each_command() {
    let folder = Folder::with(&[]);
    let ran = folder.run(["man", "share/man1"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    let written: BTreeSet<String> = fs::read_dir(folder.path("share/man1"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let mut expected: BTreeSet<String> =
        commands(&folder).iter().map(|command| format!("connspec-{command}.1")).collect();
    expected.insert("connspec.1".to_owned());
    assert_eq!(written, expected);
    assert_eq!(ran.out, format!("Created {} man pages in share/man1\n", expected.len()));
}

#[test]
fn a_man_page_contains_the_help() {
    let folder = Folder::with(&[]);
    folder.run(["man", "."]);
    let page = folder.read("connspec-explain.1").replace(env!("CARGO_PKG_VERSION"), "VERSION");
    let text: Vec<&str> = page.lines().filter(|line| !line.contains("ds Aq")).collect();
    expect![[r#"
        .TH connspec-explain 1 "" "connspec VERSION" connspec
        .SH NAME
        connspec\-explain \- Explain a rule
        .SH SYNOPSIS
        \fBconnspec explain\fR [OPTIONS] [CODE]
        .SH DESCRIPTION
        Shows what the rule reports, why, an example with its fixes, and how to turn the rule off. Without a CODE all rules are listed. The output is formatted in a terminal and Markdown elsewhere.
        .SH OPTIONS
        .TP
        \fB\-\-color\fR \fI<WHEN>\fR [default: auto]
        When to use color: auto, always or never

        With auto, color is used if the output goes to a terminal. The environment variables NO_COLOR and CLICOLOR_FORCE are respected.
        .TP
        \fB\-h\fR, \fB\-\-help\fR
        Print help (see a summary with \*(Aq\-h\*(Aq)
        .TP
        [\fICODE\fR]
        The code of a rule, such as missing\-key in error[missing\-key] [default: all rules]
        .SH EXAMPLES
        .RS 4
        .nf
        connspec explain
        connspec explain missing\-key
        .fi
        .RE"#]].assert_eq(&text.join("\n"));
}

#[test]
fn a_folder_that_cannot_be_created_is_an_error() {
    let ran = Folder::with(&[("file", b"")]).run(["man", "file/pages"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.starts_with("error: cannot write man pages to file/pages: "), "{}", ran.err);
}
