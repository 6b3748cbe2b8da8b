//! `connspec completions` and `connspec man`. That real shells and readers of manuals take them is seen by tests/shells.sh.

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
fn every_shell_gets_a_script_with_every_command() {
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
fn a_shell_that_nobody_knows_is_refused_with_those_that_are_known() {
    let ran = Folder::with(&[]).run(["completions", "dash"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("bash, elvish, fish, powershell, zsh"), "{}", ran.err);
}

#[test]
fn the_manual_has_a_page_for_the_program_and_for_each_command() {
    let folder = Folder::with(&[]);
    let ran = folder.run(["man", "share/man1"]);
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (Some(0), "", ""));
    let written: BTreeSet<String> = fs::read_dir(folder.path("share/man1"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let mut expected: BTreeSet<String> =
        commands(&folder).iter().map(|command| format!("connspec-{command}.1")).collect();
    expected.insert("connspec.1".to_owned());
    assert_eq!(written, expected);
}

#[test]
fn a_page_holds_what_the_help_says() {
    let folder = Folder::with(&[]);
    folder.run(["man", "."]);
    let page = folder.read("connspec-explain.1").replace(env!("CARGO_PKG_VERSION"), "VERSION");
    let text: Vec<&str> = page.lines().filter(|line| !line.contains("ds Aq")).collect();
    expect![[r#"
        .TH connspec-explain 1 "" "connspec VERSION" connspec
        .SH NAME
        connspec\-explain \- Tell what a rule finds and why
        .SH SYNOPSIS
        \fBconnspec explain\fR [OPTIONS] [CODE]
        .SH DESCRIPTION
        Tell what a rule finds and why, with an example.
        .PP
        CODE is what stands in brackets behind error or warning: duplicate\-key. Without a CODE all rules are listed. On a terminal it is set for reading, elsewhere it is Markdown.
        .SH OPTIONS
        .TP
        \fB\-\-color\fR \fI<WHEN>\fR [default: auto]
        When to use colour: auto, always or never.

        With auto there is colour when the output goes to a terminal; the environment variables NO_COLOR and CLICOLOR_FORCE are respected.
        .TP
        \fB\-h\fR, \fB\-\-help\fR
        Print help (see a summary with \*(Aq\-h\*(Aq)
        .TP
        [\fICODE\fR]
        The code of a rule, as in error[missing\-key] [default: all rules]"#]].assert_eq(&text.join("\n"));
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let ran = Folder::with(&[("file", b"")]).run(["man", "file/pages"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.starts_with("connspec: The pages cannot be written to file/pages: "), "{}", ran.err);
}
