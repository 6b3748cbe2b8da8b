//! The manuals and plugins of the editors list exactly the commands, options and settings of the server.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

use connspec::server;

const README: &str = include_str!("../editors/README.md");
const NEOVIM_HELP: &str = include_str!("../editors/neovim/doc/connspec.txt");
const NEOVIM_COMMANDS: &str = include_str!("../editors/neovim/lua/connspec/command.lua");

/// The cells of the README's table rows that start with a command or a setting.
fn rows() -> impl Iterator<Item = Vec<&'static str>> {
    let rows = README.lines().filter(|line| line.starts_with("| `connspec."));
    rows.map(|row| row.trim_matches('|').split('|').map(str::trim).collect())
}

/// The code spans of a text.
fn code_spans(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

/// The texts between each `start` and the next `end`.
fn between<'t>(text: &'t str, start: &'static str, end: char) -> BTreeSet<&'t str> {
    text.match_indices(start).filter_map(|(at, _)| text[at + start.len()..].split(end).next()).collect()
}

/// The commands in the README, each with its options.
fn documented_commands() -> Vec<(&'static str, Vec<&'static str>)> {
    let rows = rows().filter(|cells| server::commands().any(|command| command == code_spans(cells[0])[0]));
    let is_option = |word: &&str| !["local", "remote", "false"].contains(word);
    rows.map(|cells| (code_spans(cells[0])[0], code_spans(cells[2]).into_iter().filter(is_option).collect())).collect()
}

#[test]
fn readme_lists_every_command() {
    let documented: Vec<_> = documented_commands().into_iter().map(|(name, _)| name).collect();
    assert_eq!(documented, server::commands().collect::<Vec<_>>());
}

#[test]
fn readme_lists_every_setting_with_its_default() {
    let documented: BTreeSet<_> = rows()
        .map(|cells| (code_spans(cells[0])[0].to_owned(), cells[1].trim_matches('`').to_owned()))
        .filter(|(_, default)| ["true", "false", "null"].contains(&default.as_str()))
        .collect();
    let settings = server::settings().map(|(name, default)| (format!("connspec.{name}"), default.to_string()));
    assert_eq!(documented, settings.collect());
}

#[test]
fn neovim_help_lists_every_setting_with_its_default() {
    let tags: BTreeSet<_> = between(NEOVIM_HELP, "\t*connspec.", '*').into_iter().map(str::to_owned).collect();
    assert_eq!(tags, server::settings().map(|(name, _)| name).collect());
    for (name, default) in server::settings().filter(|(_, default)| default.is_boolean()) {
        let (_, text) = NEOVIM_HELP.split_once(&format!("\t*connspec.{name}*")).unwrap();
        let documented = text.split_once("(default `").unwrap().1.split('`').next().unwrap();
        assert_eq!(documented, default.to_string(), "{name}");
    }
}

#[test]
fn neovim_help_and_completion_list_every_command_and_option() {
    let tags = between(NEOVIM_HELP, "*:Connspec-", '*');
    for (command, options) in documented_commands() {
        let name = command.trim_start_matches("connspec.").replace("selectProfile", "profile");
        assert!(tags.contains(name.as_str()), "{name}");
        if name == "profile" {
            continue;
        }
        let (_, text) = NEOVIM_HELP.split_once(&format!("*:Connspec-{name}*")).unwrap();
        let text = text.split("*:Connspec-").next().unwrap();
        let line = NEOVIM_COMMANDS.lines().find(|line| line.trim_start().starts_with(&format!("{name} = {{ '")));
        let completed: BTreeSet<_> = (line.unwrap_or_default().split('\'').skip(1).step_by(2))
            .map(|option| option.split('=').next().unwrap())
            .collect();
        assert_eq!(completed, options.iter().copied().collect(), "{name}");
        for option in options {
            assert!(code_spans(text).iter().any(|word| word.split('=').next() == Some(option)), "{name} {option}");
        }
    }
}
