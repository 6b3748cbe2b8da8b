//! Selecting a profile.

use expect_test::{Expect, expect};

use super::*;
use crate::project::read_settings;
use crate::text::Text;

fn project(content: &str) -> Project {
    let (settings, problems) = read_settings(content);
    let (path, settings) = (PathBuf::from("/team/connspec.toml"), Arc::new(settings));
    Project { path, text: Text::new(content), settings: settings.clone(), found: settings, problems, doubt: None }
}

const TEAM: &str = "default-profile = \"dev\"
[profiles.dev]
sandbox = \"dev\"
credentials = { file = \"../aep.json\" }
[profiles.own]
credentials = { file = \"~/aep.json\" }
[profiles.command]
credentials = { command = [\"./print\"] }
";

/// Selects a profile for a project, a requested name and an environment.
fn check(project: Option<&Project>, requested: Option<&str>, environment_has_credentials: bool, expected: &Expect) {
    let result = match select_profile(project, requested, environment_has_credentials) {
        Ok(SelectedProfile { name, profile, reason, .. }) => {
            let credentials = profile.map(|profile| profile.credentials);
            format!("{name} ({reason:?}) {credentials:?}")
        }
        Err(error) => error.to_string(),
    };
    expected.assert_eq(&result);
}

#[test]
fn profiles_are_selected_in_order() {
    let team = project(TEAM);
    check(Some(&team), Some("own"), true, &expect![[r#"own (Requested) Some(File("~/aep.json"))"#]]);
    check(
        Some(&team),
        Some("command"),
        true,
        &expect![[r#"command (Requested) Some(Command { argv: ["./print"], folder: "/team" })"#]],
    );
    check(Some(&team), Some("env"), false, &expect!["env (Requested) Some(Environment)"]);
    check(Some(&team), Some("local"), true, &expect!["local (Requested) None"]);
    check(Some(&team), None, true, &expect![[r#"dev (Default) Some(File("/aep.json"))"#]]);
    let undecided = project("[profiles.dev]\n");
    check(Some(&undecided), None, true, &expect!["env (Environment) Some(Environment)"]);
    check(Some(&undecided), None, false, &expect!["local (Fallback) None"]);
    check(None, None, true, &expect!["env (Environment) Some(Environment)"]);
    check(None, None, false, &expect!["local (Fallback) None"]);
}

#[test]
fn an_unknown_profile_is_reported_with_the_known_ones() {
    let team = project(TEAM);
    check(
        Some(&team),
        Some("dve"),
        true,
        &expect![
            "Unknown profile `dve`; did you mean `dev`? Available are `command`, `dev`, `own`, `env`, `local`; define others as `[profiles.NAME]` in connspec.toml."
        ],
    );
    check(
        None,
        Some("production"),
        false,
        &expect![
            "Unknown profile `production`. Available are `env`, `local`; define others as `[profiles.NAME]` in connspec.toml."
        ],
    );
    check(
        Some(&project("default-profile = \"prod\"\n")),
        None,
        true,
        &expect![
            "`default-profile` in connspec.toml is the unknown profile `prod`. Available are `env`, `local`; define others as `[profiles.NAME]` in connspec.toml."
        ],
    );
    let broken = project("[profiles.dev]\nsandbox = 1\ncredentials = { file = \"a\" }\n");
    check(
        Some(&broken),
        Some("dev"),
        false,
        &expect!["Profile `dev` in /team/connspec.toml is invalid: expected a string, found an integer."],
    );
    // A reserved name cannot be redefined.
    check(
        Some(&project("[profiles.local]\ncredentials = \"env\"\n")),
        Some("local"),
        true,
        &expect!["local (Requested) None"],
    );
}
