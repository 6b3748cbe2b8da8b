//! What signs in is never said and never written anywhere but where tokens are kept.

use connspec::emulator::{CLIENT_ID, Emulator, ORG, Options};
use serde_json::Value;

use super::{FILE, SPEC};
use crate::run::{Folder, Ran};

/// Of all that is said and written in a whole cycle and its failures nothing holds what signs in.
#[test]
fn no_secret_is_said_or_written() {
    const SECRET: &str = "HUNTER-2-secret";
    let mut options = Options::default();
    options.account.client_secret = SECRET.to_owned();
    let emulator = Emulator::start(options).unwrap();
    let url = emulator.url();
    let project = format!(
        "default-profile = \"dev\"\n[profiles.dev]\nsandbox = \"dev\"\ncredentials = {{ file = \"../credentials.json\" }}\n\
         gateway = \"{url}\"\nims = \"{url}\"\ntoken-cache = \"file\"\n"
    );
    let credentials =
        format!(r#"{{ "org_id": "{ORG}", "client_id": "{CLIENT_ID}", "secret": "{SECRET}", "scopes": "openid" }}"#);
    let inside = format!("work/{FILE}");
    let folder = Folder::with(&[
        ("work/connspec.toml", project.as_bytes()),
        (&inside, SPEC.as_bytes()),
        ("credentials.json", credentials.as_bytes()),
    ]);
    let mut said = String::new();
    let mut run = |arguments: &[&str]| {
        let mut command = folder.command(arguments);
        command.current_dir(folder.path("work")).env("XDG_CACHE_HOME", folder.path("cache"));
        // The profile reads a file outside of the repository, and names a host.
        command.env("CONNSPEC_TRUST", "1");
        command.env("RUST_LOG", "trace").env("CONNSPEC_LOG", "trace").env("RUST_BACKTRACE", "1");
        let ran = Ran::from(command.output().unwrap());
        said += &ran.out;
        said += &ran.err;
        ran
    };
    let commands: [&[&str]; 9] = [
        &["push", FILE, "--yes"],
        &["push", FILE, "--yes"],
        &["diff", FILE],
        &["status"],
        &["list"],
        &["register", FILE],
        &["pull", FILE],
        &["login"],
        &["unlink", FILE],
    ];
    for command in commands {
        let ran = run(command);
        assert_eq!(ran.code, Some(0), "{command:?}: {ran:?}");
    }
    let token = token(&folder);
    emulator.revoke_tokens();
    emulator.set_token_lifetime(std::time::Duration::ZERO);
    for command in commands.iter().take(5) {
        run(command);
        run(&[&command[..], &["--format", "json"]].concat());
    }
    std::fs::write(folder.path("credentials.json"), credentials.replace("\"secret\"", "\"sekret\"")).unwrap();
    assert_eq!(run(&["push", FILE, "--yes"]).code, Some(2));
    let state = std::fs::read_to_string(folder.path("work/connspec.state.json")).unwrap();
    for secret in [SECRET, &token] {
        assert!(!said.contains(secret), "{said}");
        assert!(!state.contains(secret), "{state}");
    }
}

/// The token that is kept: in one place, for one person.
fn token(folder: &Folder) -> String {
    let files = std::fs::read_dir(folder.path("cache/connspec/tokens")).unwrap().map(|entry| entry.unwrap().path());
    let files: Vec<_> = files.collect();
    assert_eq!(files.len(), 1, "{files:?}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&files[0]).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let kept: Value = serde_json::from_str(&std::fs::read_to_string(&files[0]).unwrap()).unwrap();
    kept["access_token"].as_str().unwrap().to_owned()
}
