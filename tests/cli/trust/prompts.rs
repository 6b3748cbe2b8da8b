//! `connspec trust` and the question of other commands on a terminal, which `script` provides.

use std::io::Write;
use std::process::Stdio;

use expect_test::expect;

use super::{Clone, FILE, PROGRAM};
use crate::run::Ran;

/// Runs the program on a terminal and types a line. Nothing without `script`.
fn typed(clone: &Clone, arguments: &str, line: &str) -> Option<String> {
    let program = format!("{} {arguments}", env!("CARGO_BIN_EXE_connspec"));
    let mut command = clone.command(&[]);
    let variables: Vec<_> =
        command.get_envs().map(|(name, value)| (name.to_owned(), value.map(ToOwned::to_owned))).collect();
    command = std::process::Command::new("/usr/bin/script");
    command.args(["-q", "-e", "-E", "never", "-c", &program, "/dev/null"]).current_dir(clone.path(""));
    for (name, value) in variables {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    command.env("NO_COLOR", "1").env("SHELL", "/bin/sh");
    let Ok(mut child) = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn() else {
        println!("`script` is missing, so no terminal is tested");
        return None;
    };
    child.stdin.take().unwrap().write_all(line.as_bytes()).unwrap();
    let ran = Ran::from(child.wait_with_output().unwrap());
    Some(format!("{}=> {}\n", clone.neutral(&ran.out.replace('\r', "")), ran.code.unwrap()))
}

const SETTINGS: &str = "default-profile = \"dev\"\n[profiles.dev]\norg = \"x@AdobeOrg\"\nsandbox = \"dev\"\n\
                        credentials = { command = [\"./x.sh\"] }\nims = \"https://ims.example.net\"\n";

#[test]
fn trust_shows_what_a_file_does_asks_and_records() {
    let clone = Clone::with(SETTINGS, &[("repository/x.sh", PROGRAM)]);
    let Some(shown) = typed(&clone, "trust", "\n") else { return };
    expect![[r#"
        /repository/connspec.toml has settings that need your trust:
          profile `dev` (the default) runs `./x.sh` (from this repository: `./x.sh` with SHA-256 c5721fe6)
          profile `dev` (the default) sends its credentials to ims.example.net
        Do you trust it? [y/N] Not trusted.
        => 1
    "#]]
    .assert_eq(&shown);
    assert_eq!(clone.run(&["unlink", FILE], &[]).code, Some(2));
    let shown = typed(&clone, "trust", "y\n").unwrap();
    assert!(shown.ends_with("Trusted /repository/connspec.toml.\n=> 0\n"), "{shown}");
    let ran = clone.run(&["unlink", FILE], &[]);
    assert_eq!((ran.code, clone.runs()), (Some(0), 1), "{ran:?}");
    assert!(clone.run(&["trust"], &[]).out.contains("already trusted"));
    expect![[r#"
        /repository/connspec.toml
          profile `dev` (the default) runs `./x.sh` (from this repository: `./x.sh` with SHA-256 c5721fe6)
          profile `dev` (the default) sends its credentials to ims.example.net
    "#]]
    .assert_eq(&clone.neutral(&clone.run(&["trust", "--list"], &[]).out));

    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let folder = clone.folder.path("home/.local/share/connspec/trust");
        let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&folder), 0o700);
        let records: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        assert_eq!((records.len(), mode(&records[0])), (1, 0o600));
    }

    // Every change of what it does is shown.
    let changed = SETTINGS.replace("[\"./x.sh\"]", "[\"./x.sh\", \"--all\"]");
    std::fs::write(clone.path("connspec.toml"), &changed).unwrap();
    let ran = clone.run(&["unlink", FILE], &[]);
    assert_eq!((ran.code, clone.runs()), (Some(2), 1), "{ran:?}");
    assert!(ran.err.contains("has changed since it was trusted"), "{ran:?}");
    expect![[r#"
        /repository/connspec.toml has changed since you trusted it:
          - profile `dev` (the default) runs `./x.sh` (from this repository: `./x.sh` with SHA-256 c5721fe6)
          + profile `dev` (the default) runs `./x.sh --all` (from this repository: `./x.sh` with SHA-256 c5721fe6)
        Do you trust it? [y/N] Sandbox dev of x@AdobeOrg (profile dev, via ims.example.net, not Adobe's)
        tidewater-connectionSpec.json
          The file was not linked.
        => 0
    "#]]
    .assert_eq(&typed(&clone, &format!("unlink {FILE}"), "y\n").unwrap());
    assert_eq!(clone.runs(), 2);
    // Other settings do not matter.
    std::fs::write(clone.path("connspec.toml"), format!("{changed}[rules]\nmissing-key = \"off\"\n")).unwrap();
    assert_eq!((clone.run(&["unlink", FILE], &[]).code, clone.runs()), (Some(0), 3));

    let ran = clone.run(&["trust", "--revoke"], &[]);
    assert_eq!(clone.neutral(&ran.out), "/repository/connspec.toml is no longer trusted.\n");
    assert_eq!((clone.run(&["unlink", FILE], &[]).code, clone.runs()), (Some(2), 3));
    assert_eq!(clone.run(&["trust", "--list"], &[]).out, "");
}

#[test]
fn login_asks_too() {
    let settings = SETTINGS.replace("ims.example.net\"\n", "ims.invalid\"\n");
    let clone = Clone::with(&settings, &[("repository/x.sh", PROGRAM)]);
    let Some(shown) = typed(&clone, "login", "n\n") else { return };
    assert!(shown.contains("Do you trust it? [y/N]") && shown.ends_with("=> 2\n"), "{shown}");
    assert_eq!(clone.runs(), 0);
    typed(&clone, "login", "y\n");
    assert_eq!(clone.runs(), 1);
}
