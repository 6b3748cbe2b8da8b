//! What the editors' plugins and pages say of commands, options and settings is what the server has.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

const PAGE: &str = include_str!("../editors/README.md");
const NEOVIM_HELP: &str = include_str!("../editors/neovim/doc/connspec.txt");
const NEOVIM_COMMANDS: &str = include_str!("../editors/neovim/lua/connspec/command.lua");

/// The cells of the rows of the page's tables whose first cell is a name of ours.
fn rows(page: &str) -> Vec<Vec<&str>> {
    let rows = page.lines().filter(|line| line.starts_with("| `connspec."));
    rows.map(|row| row.trim_matches('|').split('|').map(str::trim).collect()).collect()
}

/// The words in back quotes.
fn quoted(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

/// The names between two marks, such as the stars of a help tag.
fn between<'t>(text: &'t str, before: &'static str, after: char) -> BTreeSet<&'t str> {
    text.match_indices(before).filter_map(|(at, _)| text[at + before.len()..].split(after).next()).collect()
}

/// The commands of the page, each with its options.
fn commands() -> Vec<(&'static str, Vec<&'static str>)> {
    let is_command = |name: &str| connspec::server::commands().any(|command| command == name);
    let rows = rows(PAGE).into_iter().filter(|cells| cells.len() == 3 && is_command(quoted(cells[0])[0]));
    let is_option = |word: &&str| !["here", "there", "false"].contains(word);
    rows.map(|cells| (quoted(cells[0])[0], quoted(cells[2]).into_iter().filter(is_option).collect())).collect()
}

#[test]
fn the_page_has_every_command() {
    let named: Vec<_> = commands().into_iter().map(|(name, _)| name).collect();
    assert_eq!(named, connspec::server::commands().collect::<Vec<_>>());
}

#[test]
fn the_page_has_every_setting_with_its_default() {
    let rows = rows(PAGE);
    let said: BTreeSet<_> = (rows.iter())
        .filter(|cells| !cells[0].is_empty() && ["true", "false", "null"].contains(&cells[1].trim_matches('`')))
        .map(|cells| (quoted(cells[0])[0].to_owned(), cells[1].trim_matches('`').to_owned()))
        .collect();
    let settings =
        connspec::server::settings().map(|(name, default)| (format!("connspec.{name}"), default.to_string()));
    assert_eq!(said, settings.collect());
}

#[test]
fn the_help_of_neovim_has_every_setting_with_its_default() {
    let tags: BTreeSet<_> = between(NEOVIM_HELP, "\t*connspec.", '*').into_iter().map(str::to_owned).collect();
    assert_eq!(tags, connspec::server::settings().map(|(name, _)| name).collect());
    for (name, default) in connspec::server::settings().filter(|(_, default)| default.is_boolean()) {
        let (_, text) = NEOVIM_HELP.split_once(&format!("\t*connspec.{name}*")).unwrap();
        let said = text.split_once("(default `").unwrap().1.split('`').next().unwrap();
        assert_eq!(said, default.to_string(), "{name}");
    }
}

#[test]
fn the_help_of_neovim_has_every_command_and_option() {
    let tags = between(NEOVIM_HELP, "*:Connspec-", '*');
    for (command, options) in commands() {
        let name = command.trim_start_matches("connspec.").replace("selectProfile", "profile");
        assert!(tags.contains(name.as_str()), "{name}");
        if name == "profile" {
            continue;
        }
        let (_, text) = NEOVIM_HELP.split_once(&format!("*:Connspec-{name}*")).unwrap();
        let text = text.split("*:Connspec-").next().unwrap();
        let offered = NEOVIM_COMMANDS.lines().find(|line| line.trim_start().starts_with(&format!("{name} = {{ '")));
        let offered: BTreeSet<_> = (offered.unwrap_or_default().split('\'').skip(1).step_by(2))
            .map(|option| option.split('=').next().unwrap())
            .collect();
        assert_eq!(offered, options.iter().copied().collect(), "{name}");
        for option in options {
            assert!(quoted(text).iter().any(|word| word.split('=').next() == Some(option)), "{name} {option}");
        }
    }
}
