//! The commands that speak with the service, against an emulator: what they say, what they ask and how they end.

use std::ffi::OsStr;

use connspec::emulator::{CLIENT_ID, CLIENT_SECRET, Emulator, ORG, Options, Running};
use expect_test::{Expect, expect};
use serde_json::Value;

use crate::run::{Folder, Ran};

const SPEC: &str = include_str!("../specs/batch-none-connectionSpec.json");

const FILE: &str = "tidewater-connectionSpec.json";

/// A folder with a spec, and an emulator that its environment names.
struct Place {
    folder: Folder,
    emulator: Running,
}

impl Place {
    fn new() -> Place {
        Place::beside(Emulator::start(Options::default()).unwrap())
    }

    fn beside(emulator: Running) -> Place {
        Place { folder: Folder::with(&[(FILE, SPEC.as_bytes())]), emulator }
    }

    fn run<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Ran {
        let mut command = self.folder.command(arguments);
        let url = self.emulator.url();
        for (name, value) in [
            ("CLIENT_ID", CLIENT_ID),
            ("CLIENT_SECRET", CLIENT_SECRET),
            ("ORG_ID", ORG),
            ("SANDBOX", "dev"),
            ("GATEWAY", &url),
            ("IMS", &url),
        ] {
            command.env(format!("CONNSPEC_{name}"), value);
        }
        Ran::from(command.output().unwrap())
    }

    fn edit(&self, from: &str, to: &str) {
        let text = self.folder.read(FILE);
        assert!(text.contains(from), "{from}");
        std::fs::write(self.folder.path(FILE), text.replace(from, to)).unwrap();
    }

    /// The id that the file is linked to.
    fn id(&self) -> String {
        let state: Value = serde_json::from_str(&self.folder.read("connspec.state.json")).unwrap();
        state["sandboxes"]["LOCAL@AdobeOrg dev"][FILE]["id"].as_str().unwrap().to_owned()
    }

    /// What was said on both, with the id and the address left out, and how it ended.
    #[track_caller]
    fn says(&self, arguments: &[&str], code: i32, expected: &Expect) -> Ran {
        let ran = self.run(arguments);
        let id = if self.folder.path("connspec.state.json").exists() { self.id() } else { "none".to_owned() };
        let said = format!("{}{}", ran.out, ran.err).replace(&id, "ID").replace(&self.emulator.url(), "http://ADDRESS");
        expected.assert_eq(&said);
        assert_eq!(ran.code, Some(code), "{said}");
        ran
    }
}

#[test]
fn the_whole_cycle() {
    let here = Place::new();
    here.says(&["status"], 0, &expect![[""]]);
    here.says(&["push", FILE, "--dry-run"], 0, &expect![[""]]);
    here.says(&["push", FILE], 1, &expect![[""]]);
    here.says(&["push", FILE, "--yes"], 0, &expect![[""]]);
    here.says(&["push", FILE], 0, &expect![[""]]);
    here.edit("The price list of the day", "The prices of the day");
    here.says(&["diff", FILE], 0, &expect![[""]]);
    here.says(&["push", FILE, "--yes"], 0, &expect![[""]]);
    here.says(&["register", FILE], 0, &expect![[""]]);
    here.says(&["status"], 0, &expect![[""]]);
    here.says(&["list"], 0, &expect![[""]]);

    // Someone else pulls it elsewhere, changes it and pushes.
    let id = here.id();
    let there = Place::beside(Emulator::start(Options::default()).unwrap());
    std::fs::remove_file(there.folder.path(FILE)).unwrap();
    let there = Place { folder: there.folder, emulator: here.emulator };
    there.says(&["pull", FILE], 1, &expect![[""]]);
    there.says(&["pull", FILE, "--link", &id], 0, &expect![[""]]);
    there.edit("\"version\": \"1.0\"", "\"version\": \"1.1\"");
    there.says(&["push", FILE, "--yes"], 0, &expect![[""]]);

    let here = Place { folder: here.folder, emulator: there.emulator };
    here.edit("\"method\": \"GET\"", "\"method\": \"POST\"");
    here.says(&["push", FILE, "--yes"], 1, &expect![[""]]);
    here.says(&["pull", FILE], 0, &expect![[""]]);
    here.says(&["push", FILE, "--yes"], 0, &expect![[""]]);
    assert!(here.folder.read(FILE).contains("\"version\": \"1.1\""));
    here.says(&["unlink", FILE], 0, &expect![[""]]);
}

#[test]
fn what_both_changed_needs_a_side() {
    let place = Place::new();
    place.run(["push", FILE, "--yes"]);
    let mine = place.folder.read(FILE);
    place.edit("\"1.0\"", "\"2.0\"");
    std::fs::copy(place.folder.path("connspec.state.json"), place.folder.path("old.json")).unwrap();
    place.run(["push", FILE, "--yes"]);
    // As someone who has not heard of that.
    std::fs::rename(place.folder.path("old.json"), place.folder.path("connspec.state.json")).unwrap();
    std::fs::write(place.folder.path(FILE), mine.replace("\"1.0\"", "\"3.0\"")).unwrap();
    place.says(&["pull", FILE], 1, &expect![[""]]);
    assert!(place.folder.read(FILE).contains("\"3.0\""));
    place.says(&["pull", FILE, "--prefer", "here"], 0, &expect![[""]]);
    assert!(place.folder.read(FILE).contains("\"3.0\""));
    place.says(&["push", FILE, "--yes", "--dry-run"], 0, &expect![[""]]);
}

#[test]
fn a_name_that_is_there_is_not_made_again() {
    let place = Place::new();
    place.run(["push", FILE, "--yes"]);
    let id = place.id();
    std::fs::remove_file(place.folder.path("connspec.state.json")).unwrap();
    let ran = place.run(["push", FILE, "--yes"]);
    let said = (ran.out + &ran.err).replace(&id, "ID").replace(&place.emulator.url(), "http://ADDRESS");
    expect![[""]].assert_eq(&said);
    assert_eq!(ran.code, Some(1));
    place.says(&["push", FILE, "--yes", "--link", &id], 0, &expect![[""]]);
}

#[test]
fn other_programs_get_one_object() {
    let place = Place::new();
    let json = |arguments: &[&str]| -> Value {
        let ran = place.run(arguments.iter().chain(&["--format", "json"]));
        serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{ran:?}"))
    };
    let pushed = &json(&["push", FILE, "--yes"])["files"][0];
    assert_eq!((&pushed["done"], &pushed["registered"]), (&"created".into(), &true.into()), "{pushed}");
    assert_eq!((&pushed["sandbox"], &pushed["service"]), (&"dev".into(), &"this-machine".into()), "{pushed}");
    place.edit("\"1.0\"", "\"1.1\"");
    let compared = json(&["diff", FILE]);
    assert_eq!(compared["files"][0]["here"][0]["after"], "\"1.1\"", "{compared}");
    let refused = json(&["push", FILE]);
    assert_eq!(refused["files"][0]["error"]["kind"], "not-confirmed", "{refused}");
    let status = json(&["status"]);
    assert_eq!(status["files"][0]["standing"], "changed-here", "{status}");
    let listed = json(&["list"]);
    let ours = listed["specs"].as_array().unwrap().iter().find(|spec| spec["file"] == FILE).cloned();
    assert_eq!(ours.unwrap()["registered"], true, "{listed}");
    let missing = json(&["push", "missing.json", FILE, "--dry-run"]);
    assert_eq!(missing["files"][0]["error"]["kind"], "file", "{missing}");
    assert_eq!(missing["files"][1]["plan"]["action"], "replace", "{missing}");
}

/// Without an account all goes to the emulator, which every answer says; what it keeps is there the next time.
#[cfg(all(unix, not(target_os = "macos")))]
#[test]
fn without_an_account_it_is_the_emulator() {
    let folder = Folder::with(&[(FILE, SPEC.as_bytes())]);
    let run = |arguments: &[&str]| {
        Ran::from(folder.command(arguments).env("XDG_DATA_HOME", folder.path("data")).output().unwrap())
    };
    let pushed = run(&["push", FILE, "--yes"]);
    assert_eq!(pushed.code, Some(0), "{pushed:?}");
    assert!(pushed.out.contains("the emulator on this machine, not Adobe's service"), "{pushed:?}");
    let again = run(&["push", FILE, "--yes"]);
    assert!(again.out.contains("The same here and there"), "{again:?}");

    // Another process has its file open: then that one is asked.
    let data = connspec::emulator::Data::File(folder.path("data/connspec/emulator.redb"));
    let other = Emulator::start(Options { data, ..Options::default() }).unwrap();
    let status = run(&["status"]);
    assert!(status.out.contains(&format!("listens on {}", other.url())), "{status:?}");
    assert!(status.out.contains("up to date"), "{status:?}");
}

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
    emulator.set_token_life(std::time::Duration::ZERO);
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
