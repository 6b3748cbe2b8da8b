//! What the files of a repository may make connspec do: nothing that runs a program, reads a credential or chooses a host for
//! one before the person has trusted them. Runs of a program and bytes at a socket are counted.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::thread;

use expect_test::expect;
use serde_json::{Value, json};

use crate::run::{Folder, Ran};

mod attacks;
#[cfg(target_os = "linux")]
mod prompts;

const SPEC: &[u8] = include_bytes!("../specs/batch-none-connectionSpec.json");

const FILE: &str = "tidewater-connectionSpec.json";

/// Every command that opens a service.
const COMMANDS: [&[&str]; 8] = [
    &["status"],
    &["login"],
    &["list"],
    &["diff", FILE],
    &["pull", FILE],
    &["register", FILE, "--dry-run"],
    &["push", FILE, "--dry-run"],
    &["unlink", FILE],
];

/// The credentials of the person.
const PERSON: [(&str, &str); 4] = [
    ("CONNSPEC_CLIENT_ID", "abc"),
    ("CONNSPEC_CLIENT_SECRET", "HUNTER-2"),
    ("CONNSPEC_ORG_ID", "A@AdobeOrg"),
    ("CONNSPEC_SANDBOX", "dev"),
];

/// What credentials look like in a file of aepp.
const AEPP: &str = r#"{ "org_id": "A@AdobeOrg", "client_id": "abc", "secret": "HUNTER-2", "scopes": "openid" }"#;

/// A program of the repository that counts its runs, and prints credentials.
#[cfg(unix)]
const PROGRAM: &str = "#!/bin/sh\necho run >> runs\necho '{ \"client_id\": \"abc\", \"secret\": \"HUNTER-2\" }'\n";

/// A clone of a repository, and the home of the person who cloned it, both in one temporary folder.
struct Clone {
    folder: Folder,
}

impl Clone {
    /// With this `connspec.toml`, a spec and these other files.
    fn with(settings: &str, files: &[(&str, &str)]) -> Clone {
        let inside: Vec<_> = files.iter().map(|(path, content)| (*path, content.as_bytes())).collect();
        let spec = format!("repository/{FILE}");
        let own = [
            ("repository/.git/HEAD", &b""[..]),
            ("repository/connspec.toml", settings.as_bytes()),
            (spec.as_str(), SPEC),
            ("home/.keep", b""),
        ];
        let folder = Folder::with(&[&own[..], &inside].concat());
        #[cfg(unix)]
        for (path, _) in files {
            use std::os::unix::fs::PermissionsExt;
            let mode = if path.ends_with(".sh") { 0o755 } else { 0o600 };
            std::fs::set_permissions(folder.path(path), std::fs::Permissions::from_mode(mode)).unwrap();
        }
        Clone { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path("repository").join(name)
    }

    /// The program in the repository, with the home of the person and nothing else of this environment.
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.folder.command(arguments);
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("CONNSPEC_") || name.starts_with("XDG_"))
        {
            command.env_remove(name);
        }
        command.env_remove("XDG_DATA_HOME");
        let home = self.folder.path("home");
        command.current_dir(self.path("")).env("HOME", &home).env("USERPROFILE", &home).env("LOCALAPPDATA", &home);
        command
    }

    fn run(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Ran {
        Ran::from(self.command(arguments).envs(variables.iter().copied()).output().unwrap())
    }

    /// How often the program of the repository was run.
    fn runs(&self) -> usize {
        std::fs::read_to_string(self.path("runs")).unwrap_or_default().lines().count()
    }

    /// The text without the path of the temporary folder.
    fn neutral(&self, text: &str) -> String {
        text.replace(&*self.folder.path("").to_string_lossy(), "/")
    }
}

/// A host that keeps what it receives, and responds to everything with an access token.
struct Host {
    url: String,
    received: Arc<Mutex<String>>,
}

impl Host {
    fn start() -> Host {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let received = Arc::new(Mutex::new(String::new()));
        let kept = Arc::clone(&received);
        // It ends with the test program.
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut buffer = [0; 4096];
                let count = stream.read(&mut buffer).unwrap_or_default();
                kept.lock().unwrap().push_str(&String::from_utf8_lossy(&buffer[..count]));
                let body =
                    r#"{ "access_token": "HUNTER-2-token", "token_type": "bearer", "expires_in": 86399, "items": [] }"#;
                let length = body.len();
                let _ = write!(
                    stream,
                    "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
                );
            }
        });
        Host { url, received }
    }

    fn received(&self) -> String {
        self.received.lock().unwrap().clone()
    }

    /// The host and port.
    fn name(&self) -> &str {
        self.url.trim_start_matches("http://")
    }
}

#[cfg(unix)]
#[test]
fn a_program_of_a_repository_does_not_run_before_it_is_trusted() {
    let settings = "default-profile = \"dev\"\n[profiles.dev]\norg = \"x@AdobeOrg\"\nsandbox = \"dev\"\n\
                    credentials = { command = [\"./x.sh\"] }\n";
    let clone = Clone::with(settings, &[("repository/x.sh", PROGRAM)]);
    for command in COMMANDS {
        let ran = clone.run(command, &[]);
        assert_eq!(ran.code, Some(2), "{command:?}: {ran:?}");
        assert!(ran.err.contains("runs `./x.sh`"), "{command:?}: {ran:?}");
        assert!(ran.err.contains("connspec trust"), "{command:?}: {ran:?}");
        assert_eq!(clone.runs(), 0, "{command:?}");
    }
    let ran = clone.run(&["status"], &[]);
    expect![[r#"
        error: tidewater-connectionSpec.json: /repository/connspec.toml is not trusted: profile `dev` (the default) runs `./x.sh` (from this repository: `./x.sh` with SHA-256 c5721fe6). If you control this repository, run `connspec trust /repository/connspec.toml`, or set `CONNSPEC_TRUST=1` in CI.
    "#]]
    .assert_eq(&clone.neutral(&ran.err));
    let json: Value = serde_json::from_str(&clone.run(&["status", "--format", "json"], &[]).out).unwrap();
    assert_eq!(json["files"][0]["error"]["kind"], "untrusted", "{json}");
    let json: Value = serde_json::from_str(&clone.run(&["login", "--format", "json"], &[]).out).unwrap();
    assert_eq!(json["error"]["kind"], "untrusted", "{json}");
}

#[cfg(unix)]
#[test]
fn trust_is_assumed_where_the_person_says_so() {
    let settings =
        "[profiles.dev]\norg = \"x@AdobeOrg\"\nsandbox = \"dev\"\ncredentials = { command = [\"./x.sh\"] }\n";
    let clone = Clone::with(settings, &[("repository/x.sh", PROGRAM)]);
    let unlink = ["unlink", FILE, "--profile", "dev"];
    assert_eq!((clone.run(&unlink, &[]).code, clone.runs()), (Some(2), 0));
    for value in ["", "0", "false", "no"] {
        assert_eq!((clone.run(&unlink, &[("CONNSPEC_TRUST", value)]).code, clone.runs()), (Some(2), 0), "{value}");
    }
    let ran = clone.run(&unlink, &[("CONNSPEC_TRUST", "1")]);
    assert_eq!((ran.code, clone.runs()), (Some(0), 1), "{ran:?}");
    let ran = clone.run(&[&unlink[..], &["--trust"]].concat(), &[]);
    assert_eq!((ran.code, clone.runs()), (Some(0), 2), "{ran:?}");
    assert_eq!((clone.run(&unlink, &[]).code, clone.runs()), (Some(2), 2), "it is not recorded");
}

#[test]
fn credentials_of_the_environment_do_not_follow_the_hosts_of_a_repository() {
    let host = Host::start();
    let settings = |key: &str| {
        format!(
            "default-profile = \"dev\"\n[profiles.dev]\nsandbox = \"dev\"\ncredentials = \"env\"\n{key} = \"{}\"\n",
            host.url
        )
    };
    let token = [("CONNSPEC_ACCESS_TOKEN", "HUNTER-2-token")];
    for (key, variables) in [("ims", &PERSON[..]), ("gateway", &[&PERSON[..], &token].concat())] {
        let clone = Clone::with(&settings(key), &[]);
        for command in COMMANDS {
            for trust in ["0", "1"] {
                let ran = clone.run(command, &[variables, &[("CONNSPEC_TRUST", trust)]].concat());
                assert_eq!(ran.code, Some(2), "{command:?}: {ran:?}");
                assert!(ran.err.contains(host.name()), "{command:?}: {ran:?}");
                assert_eq!(host.received(), "", "{command:?}");
            }
        }
    }
    let clone = Clone::with(&settings("ims"), &[]);
    let ran = clone.run(&["login"], &PERSON);
    expect![[r#"
        error: cannot sign in with the profile `dev`. The environment: its credentials are not sent to a host that a repository names, which is http://HOST for `ims`. Set `CONNSPEC_IMS` to this URL, or remove `ims` from the profile.
    "#]]
    .assert_eq(&ran.err.replace(host.name(), "HOST"));
    let own = [("CONNSPEC_IMS", host.url.as_str()), ("CONNSPEC_GATEWAY", &host.url)];
    let ran = clone.run(&["login"], &[&PERSON[..], &own].concat());
    assert_eq!(ran.code, Some(0), "the hosts are the person's: {ran:?}");
    assert!(host.received().contains("client_secret=HUNTER-2"));
}

#[test]
fn the_hosts_of_a_repository_need_trust_and_are_shown() {
    let host = Host::start();
    let settings = format!(
        "default-profile = \"dev\"\n[profiles.dev]\nsandbox = \"dev\"\ncredentials = {{ file = \"aep.json\" }}\n\
         ims = \"{0}\"\ngateway = \"{0}\"\n",
        host.url
    );
    let clone = Clone::with(&settings, &[("repository/aep.json", AEPP)]);
    for command in COMMANDS {
        let ran = clone.run(command, &[]);
        assert_eq!((ran.code, host.received().as_str()), (Some(2), ""), "{command:?}: {ran:?}");
        assert!(ran.err.contains(&format!("sends its credentials to {}", host.name())), "{command:?}: {ran:?}");
    }
    let ran = clone.run(&["list"], &[("CONNSPEC_TRUST", "1")]);
    assert!(ran.out.contains(host.name()) || ran.err.contains(host.name()), "{ran:?}");
}

#[test]
fn a_foreign_host_is_named_in_every_result() {
    let settings = "default-profile = \"dev\"\n[profiles.dev]\nsandbox = \"dev\"\ncredentials = { file = \"aep.json\" }\n\
                    ims = \"https://ims.example.net\"\n";
    let clone = Clone::with(settings, &[("repository/aep.json", AEPP)]);
    let trusted = [("CONNSPEC_TRUST", "1")];
    let ran = clone.run(&["unlink", FILE], &trusted);
    expect![[r#"
        Sandbox dev of A@AdobeOrg (profile dev, via ims.example.net, not Adobe's)
        tidewater-connectionSpec.json
          The file was not linked.
    "#]]
    .assert_eq(&ran.out);
    let json: Value = serde_json::from_str(&clone.run(&["unlink", FILE, "--format", "json"], &trusted).out).unwrap();
    assert_eq!(json["files"][0]["via"], json!(["ims.example.net"]), "{json}");
}

#[test]
fn files_outside_of_the_repository_are_not_read_before_it_is_trusted() {
    let settings = "default-profile = \"dev\"\n[profiles.dev]\nsandbox = \"dev\"\n[profiles.up]\nsandbox = \"dev\"\n";
    for (path, shown) in [("~/aep.json", "~/aep.json"), ("../home/aep.json", "/home/aep.json")] {
        let settings = settings.replacen(
            "[profiles.dev]\n",
            &format!("[profiles.dev]\ncredentials = {{ file = \"{path}\" }}\n"),
            1,
        );
        let clone = Clone::with(&settings, &[("home/aep.json", AEPP)]);
        let ran = clone.run(&["unlink", FILE], &[]);
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert!(clone.neutral(&ran.err).contains(&format!("reads `{shown}`")), "{ran:?}");
        assert_eq!(clone.run(&["unlink", FILE], &[("CONNSPEC_TRUST", "1")]).code, Some(0));
    }
    let clone = Clone::with(
        "default-profile = \"dev\"\n[profiles.dev]\nsandbox = \"dev\"\ncredentials = { file = \"aep.json\" }\n",
        &[("repository/aep.json", AEPP)],
    );
    assert_eq!(clone.run(&["unlink", FILE], &[]).code, Some(0), "a file of the repository is its own");
}

#[test]
fn credentials_of_other_products_are_not_sent() {
    let host = Host::start();
    let google = r#"{ "client_id": "764086051850-abc.apps.googleusercontent.com", "client_secret": "HUNTER-2",
        "refresh_token": "1//abc", "type": "authorized_user" }"#;
    let account = r#"{ "type": "service_account", "client_id": "1", "client_email": "a@b.iam.gserviceaccount.com" }"#;
    for (name, content, issuer) in [
        ("home/.config/gcloud/application_default_credentials.json", google, "Google"),
        ("home/account.json", account, "Google"),
        ("home/.env", "CLIENT_ID=a\nACCESS_TOKEN=ghp_0123456789abcdefghijABCDEFGHIJ012345\n", "GitHub"),
        ("home/.env", "CLIENT_ID=a\nACCESS_TOKEN=github_pat_11ABCDEFG0123456789_abcdefghij\n", "GitHub"),
        ("home/.env", "CLIENT_ID=AKIAIOSFODNN7EXAMPLE\nCLIENT_SECRET=HUNTER-2\n", "Amazon"),
        ("home/.env", "API_KEY=a\nCLIENT_SECRET=sk_live_0123456789abcdefghij\n", "Stripe"),
        ("home/.env", "CLIENT_ID=a\nACCESS_TOKEN=xoxb-0123456789-abcdefghijkl\n", "Slack"),
    ] {
        let settings = format!(
            "default-profile = \"dev\"\n[profiles.dev]\norg = \"A@AdobeOrg\"\nsandbox = \"dev\"\ngateway = \"{0}\"\n\
             ims = \"{0}\"\ncredentials = {{ file = \"~/{1}\" }}\n",
            host.url,
            name.trim_start_matches("home/"),
        );
        let clone = Clone::with(&settings, &[(name, content)]);
        for command in [&["login"][..], &["list"]] {
            let ran = clone.run(command, &[("CONNSPEC_TRUST", "1")]);
            assert_eq!((ran.code, host.received().as_str()), (Some(2), ""), "{name}: {ran:?}");
            assert!(ran.err.contains(issuer), "{name}: {ran:?}");
            assert!(!ran.err.contains("HUNTER") && !ran.err.contains("0123456789"), "{name}: {ran:?}");
        }
    }
}

#[test]
fn a_project_file_above_the_repository_does_not_apply() {
    let folder = Folder::with(&[
        ("connspec.toml", b"[rules]\nmissing-key = \"off\"\n[profiles.above]\n"),
        ("repository/.git/HEAD", b""),
        (&format!("repository/specs/{FILE}"), SPEC),
        ("plain/specs/a.json", b"{\"sourceSpec\": {}, \"authSpec\": [], \"exploreSpec\": {}}"),
    ]);
    let mut command = folder.command(["login", "--profile", "above"]);
    let ran = Ran::from(command.current_dir(folder.path("repository/specs")).output().unwrap());
    assert!(ran.err.contains("Unknown profile `above`"), "{ran:?}");
    // Without a repository: the folder of the spec, and the working directory.
    std::fs::remove_dir_all(folder.path(".git")).unwrap();
    std::fs::create_dir_all(folder.path("plain/specs")).unwrap();
    let check = |from: &str, spec: &str| {
        Ran::from(folder.command(["check", spec]).current_dir(folder.path(from)).output().unwrap())
    };
    std::fs::write(folder.path("plain/connspec.toml"), "[rules]\nmissing-key = \"off\"\n").unwrap();
    if find_repository(&folder.path("")).is_none() {
        assert!(check("plain/specs", "a.json").out.contains("missing-key"));
        assert!(!check("plain", "specs/a.json").out.contains("missing-key"));
    }
}

/// The repository that a folder is in.
fn find_repository(folder: &std::path::Path) -> Option<PathBuf> {
    folder.ancestors().find(|folder| folder.join(".git").exists()).map(PathBuf::from)
}

#[cfg(unix)]
#[test]
fn a_project_file_that_others_can_write_is_refused() {
    use std::os::unix::fs::PermissionsExt;

    let settings = "default-profile = \"dev\"\n[rules]\nmissing-key = \"off\"\n[profiles.dev]\norg = \"x@AdobeOrg\"\n\
                    sandbox = \"dev\"\ncredentials = { command = [\"./x.sh\"] }\n";
    let clone = Clone::with(settings, &[("repository/x.sh", PROGRAM)]);
    let file = clone.path("connspec.toml");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o666)).unwrap();
    for command in COMMANDS {
        let ran = clone.run(command, &[]);
        assert_eq!((ran.code, clone.runs()), (Some(2), 0), "{command:?}: {ran:?}");
        assert!(ran.err.contains("dubious ownership"), "{command:?}: {ran:?}");
    }
    let ran = clone.run(&["check"], &[]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    expect![[r#"
        error[project-file]: detected dubious ownership in `/repository/connspec.toml`: every user of this machine can change it, so it is ignored. If you control this repository, run `connspec trust /repository/connspec.toml`, or set `CONNSPEC_TRUST=1` in CI
         --> connspec.toml:1:1
          |
        1 |
          | ^

        info[artifact-missing]: missing files `tidewater-category.txt`, `tidewater-description.txt`, `tidewater-icon.svg` and `tidewater-label.txt`; the source cannot be submitted without them
         --> tidewater-connectionSpec.json:1:1
          |
        1 | {
          | ^
          see https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/self-serve-api/create

        Found 1 error and 1 info in 2 files.
        Run `connspec explain project-file` for details.
    "#]]
    .assert_eq(&clone.neutral(&ran.out));
    let ran = clone.run(&["unlink", FILE], &[("CONNSPEC_TRUST", "1")]);
    assert_eq!((ran.code, clone.runs()), (Some(0), 1), "{ran:?}");
}

/// Only the superuser can give a file to another user.
#[cfg(unix)]
#[test]
fn a_project_file_of_another_user_is_refused() {
    let settings = "default-profile = \"dev\"\n[profiles.dev]\norg = \"x@AdobeOrg\"\nsandbox = \"dev\"\n\
                    credentials = { command = [\"./x.sh\"] }\n";
    let clone = Clone::with(settings, &[("repository/x.sh", PROGRAM)]);
    if std::os::unix::fs::chown(clone.path("connspec.toml"), Some(4242), None).is_err() {
        return;
    }
    for command in COMMANDS {
        let ran = clone.run(command, &[]);
        assert_eq!((ran.code, clone.runs()), (Some(2), 0), "{command:?}: {ran:?}");
        assert!(ran.err.contains("dubious ownership"), "{command:?}: {ran:?}");
    }
    let ran = clone.run(&["list"], &[]);
    expect![[r#"
        error: Detected dubious ownership in `/repository/connspec.toml`: it belongs to user 4242, and you are user 0, so it is ignored. If you control this repository, run `connspec trust /repository/connspec.toml`, or set `CONNSPEC_TRUST=1` in CI.
    "#]]
    .assert_eq(&clone.neutral(&ran.err));
    // As with git, the files of the person who ran `sudo` are theirs.
    let ran = clone.run(&["list"], &[("SUDO_UID", "4242")]);
    assert!(ran.err.contains("is not trusted"), "{ran:?}");
    let ran = clone.run(&["unlink", FILE], &[("CONNSPEC_TRUST", "1")]);
    assert_eq!((ran.code, clone.runs()), (Some(0), 1), "{ran:?}");
}

#[test]
fn the_emulator_and_checks_need_no_trust() {
    let settings = "default-profile = \"local\"\n[profiles.dev]\nims = \"https://ims.example.net\"\n\
                    credentials = { command = [\"./x.sh\"] }\n";
    let clone = Clone::with(settings, &[]);
    for command in [&["check"][..], &["login"], &["unlink", FILE], &["push", FILE, "--dry-run"]] {
        let ran = clone.run(command, &[]);
        assert_eq!(ran.code, Some(0), "{command:?}: {ran:?}");
    }
}

#[test]
fn the_form_of_credentials_has_an_identifier_in_json() {
    let settings = "default-profile = \"dev\"\n[profiles.dev]\nsandbox = \"dev\"\ncredentials = { file = \"aep.json\" }\n\
                    ims = \"http://127.0.0.1:9\"\n";
    let clone = Clone::with(settings, &[("repository/aep.json", AEPP)]);
    let ran = clone.run(&["login", "--format", "json"], &[("CONNSPEC_TRUST", "1")]);
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(report["credentials"]["form"], "aepp", "{ran:?}");
}
