//! Which profile counts.

use expect_test::{Expect, expect};

use super::*;
use crate::project::read_settings;
use crate::text::Text;

fn project(content: &str) -> Project {
    let (settings, problems) = read_settings(content);
    Project { path: PathBuf::from("/team/connspec.toml"), text: Text::new(content), settings, problems }
}

const TEAM: &str = "default-profile = \"dev\"
[profiles.dev]
sandbox = \"dev\"
credentials = { file = \"../aep.json\" }
[profiles.own]
credentials = { file = \"~/aep.json\" }
[profiles.asked]
credentials = { command = [\"./print\"] }
";

/// The choice for each combination of a project, a name and what the environment has.
fn check(project: Option<&Project>, named: Option<&str>, environment_signs_in: bool, expected: &Expect) {
    let said = match select_profile(project, named, environment_signs_in) {
        Ok(SelectedProfile { name, profile, reason }) => {
            let credentials = profile.map(|profile| profile.credentials);
            format!("{name} ({reason:?}) {credentials:?}")
        }
        Err(none) => none.to_string(),
    };
    expected.assert_eq(&said);
}

#[test]
fn the_named_one_then_the_default_then_the_environment_then_the_emulator() {
    let team = project(TEAM);
    check(Some(&team), Some("own"), true, &expect![[r#"own (Requested) Some(File("~/aep.json"))"#]]);
    check(
        Some(&team),
        Some("asked"),
        true,
        &expect![[r#"asked (Requested) Some(Command { words: ["./print"], folder: "/team" })"#]],
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
fn a_name_that_no_profile_has_is_told_with_the_known_ones() {
    let team = project(TEAM);
    check(
        Some(&team),
        Some("dve"),
        true,
        &expect![
            "There is no profile `dve`. Did you mean `dev`? The profiles are `asked`, `dev`, `own`, `env`, `local`; `[profiles.NAME]` in connspec.toml makes another."
        ],
    );
    check(
        None,
        Some("production"),
        false,
        &expect![
            "There is no profile `production`. The profiles are `env`, `local`; `[profiles.NAME]` in connspec.toml makes another."
        ],
    );
    check(
        Some(&project("default-profile = \"prod\"\n")),
        None,
        true,
        &expect![
            "`default-profile` in connspec.toml names `prod`, which is no profile. The profiles are `env`, `local`; `[profiles.NAME]` in connspec.toml makes another."
        ],
    );
    let broken = project("[profiles.dev]\nsandbox = 1\ncredentials = { file = \"a\" }\n");
    check(
        Some(&broken),
        Some("dev"),
        false,
        &expect![
            "The profile `dev` has a mistake in /team/connspec.toml, so it is not used. `sandbox` is a text: write it in quotes."
        ],
    );
    // A reserved name stays what it is, whatever the file says.
    check(
        Some(&project("[profiles.local]\ncredentials = \"env\"\n")),
        Some("local"),
        true,
        &expect!["local (Requested) None"],
    );
}
