//! What the README says is true: its table of rules is the list of rules.

use connspec::lint::RULES;
use connspec::lint::Severity;

fn name(severity: &Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information => "information",
        Severity::Hint => "hint",
    }
}

#[test]
fn the_table_of_rules_is_the_list_of_rules() {
    let readme = include_str!("../README.md");
    let table: Vec<&str> = readme.lines().filter(|line| line.starts_with("| `")).take(RULES.len() + 1).collect();
    let rows: Vec<String> = (RULES.iter())
        .map(|rule| {
            let severities: Vec<&str> = rule.severities.iter().map(name).collect();
            let star = if rule.looks_at_every_kind() { "*" } else { "" };
            format!("| `{}`{star} | {} | {} |", rule.code, severities.join(", "), rule.finds)
        })
        .collect();
    assert_eq!(table, rows);
}

#[test]
fn the_commands_of_the_readme_are_the_commands() {
    let readme = include_str!("../README.md");
    for command in [
        "cargo run --release -- demo",
        "cargo test",
        "cargo install --locked --path .",
        "connspec new",
        "connspec check",
        "connspec schema",
    ] {
        assert!(readme.contains(command), "{command}");
    }
}
