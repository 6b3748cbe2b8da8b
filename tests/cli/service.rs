//! The commands for Flow Service against an emulator: output, prompts and exit codes.

use std::ffi::OsStr;

use connspec::emulator::{Behavior, CLIENT_ID, CLIENT_SECRET, Emulator, ORG, Options};
use expect_test::{Expect, expect};
use serde_json::Value;

use crate::run::{Folder, Ran};

mod cycle;
mod links;
#[cfg(target_os = "linux")]
mod prompts;
mod secrets;
mod unfilled;

const SPEC: &str = include_str!("../specs/batch-none-connectionSpec.json");

const FILE: &str = "tidewater-connectionSpec.json";

/// A folder with a spec, and an emulator that its environment names.
struct Place {
    folder: Folder,
    emulator: Emulator,
}

impl Place {
    fn new() -> Place {
        Place::beside(Emulator::start(Options::default()).unwrap())
    }

    fn beside(emulator: Emulator) -> Place {
        Place { folder: Folder::with(&[(FILE, SPEC.as_bytes())]), emulator }
    }

    fn run<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Ran {
        Ran::from(self.folder.command(arguments).envs(self.variables()).output().unwrap())
    }

    /// What names the emulator.
    fn variables(&self) -> [(&'static str, String); 6] {
        let url = self.emulator.url();
        [
            ("CONNSPEC_CLIENT_ID", CLIENT_ID.to_owned()),
            ("CONNSPEC_CLIENT_SECRET", CLIENT_SECRET.to_owned()),
            ("CONNSPEC_ORG_ID", ORG.to_owned()),
            ("CONNSPEC_SANDBOX", "dev".to_owned()),
            ("CONNSPEC_GATEWAY", url.clone()),
            ("CONNSPEC_IMS", url),
        ]
    }

    /// What was said, with ids and the address left out.
    fn neutral(&self, said: &str) -> String {
        let said = said
            .replace(&self.id(), "ID")
            .replace(connspec::flow_service::short_id(&self.id()), "ID8")
            .replace(&self.emulator.url(), "http://ADDRESS");
        let mut parts = said.split(", request ");
        let first = parts.next().unwrap().to_owned();
        parts.fold(first, |said, part| said + ", request ID" + part.trim_start_matches(|char: char| char != ')'))
    }

    fn edit(&self, from: &str, to: &str) {
        let text = self.folder.read(FILE);
        assert!(text.contains(from), "{from}");
        std::fs::write(self.folder.path(FILE), text.replace(from, to)).unwrap();
    }

    /// The id that the file is linked to, or was when it was pushed last.
    fn id(&self) -> String {
        let pushed = self.emulator.requests().into_iter().rev().find(|request| request.method == "PUT");
        let state = std::fs::read_to_string(self.folder.path("connspec.state.json")).unwrap_or("{}".to_owned());
        let state: Value = serde_json::from_str(&state).unwrap();
        let id = state["sandboxes"]["LOCAL@AdobeOrg dev"][FILE]["id"].as_str().map(str::to_owned);
        id.or_else(|| Some(pushed?.path.rsplit('/').next()?.to_owned())).unwrap_or("none".to_owned())
    }

    /// What was said on both, with the id and the address left out, and how it ended.
    #[track_caller]
    fn says(&self, arguments: &[&str], code: i32, expected: &Expect) -> Ran {
        let ran = self.run(arguments);
        let said = self.neutral(&(ran.out.clone() + &ran.err));
        expected.assert_eq(&said);
        assert_eq!(ran.code, Some(code), "{said}");
        ran
    }
}

#[test]
fn an_existing_name_is_not_created_again() {
    let place = Place::new();
    place.run(["push", FILE, "--yes"]);
    let id = place.id();
    std::fs::remove_file(place.folder.path("connspec.state.json")).unwrap();
    let ran = place.run(["push", FILE, "--yes"]);
    let said = (ran.out + &ran.err).replace(&id, "ID").replace(&place.emulator.url(), "http://ADDRESS");
    expect![[r#"
        Sandbox dev of LOCAL@AdobeOrg (profile env: http://ADDRESS on this machine, not Adobe's service)
        tidewater-connectionSpec.json
          1  ID, identical to the file, last changed by connspec-local@techacct.adobe.com
        error: tidewater-connectionSpec.json: A remote spec with this name already exists. Nothing was pushed. `--link ID` links to it; `--create` creates a new spec.
    "#]].assert_eq(&said);
    assert_eq!(ran.code, Some(1));
    place.says(
        &["push", FILE, "--yes", "--link", &id],
        0,
        &expect![[r#"
            Sandbox dev of LOCAL@AdobeOrg (profile env: http://ADDRESS on this machine, not Adobe's service)
            tidewater-connectionSpec.json
              Linked to the identical `Tidewater price list` in sandbox dev (ID8); nothing was sent.
        "#]],
    );
}

#[test]
fn json_output_is_one_object() {
    let place = Place::new();
    let json = |arguments: &[&str]| -> Value {
        let ran = place.run(arguments.iter().chain(&["--format", "json"]));
        serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{ran:?}"))
    };
    let pushed = &json(&["push", FILE, "--yes"])["files"][0];
    assert_eq!((&pushed["action"], &pushed["registered"]), (&"created".into(), &true.into()), "{pushed}");
    assert_eq!((&pushed["sandbox"], &pushed["service"]), (&"dev".into(), &"this-machine".into()), "{pushed}");
    place.edit("\"1.0\"", "\"1.1\"");
    let compared = json(&["diff", FILE]);
    assert_eq!(compared["files"][0]["local"][0]["after"], "\"1.1\"", "{compared}");
    let refused = json(&["push", FILE]);
    assert_eq!(refused["files"][0]["error"]["kind"], "not-confirmed", "{refused}");
    let status = json(&["status"]);
    assert_eq!(status["files"][0]["status"], "local-changes", "{status}");
    let listed = json(&["list"]);
    let ours = listed["specs"].as_array().unwrap().iter().find(|spec| spec["file"] == FILE).cloned();
    assert_eq!(ours.unwrap()["registered"], true, "{listed}");
    let missing = json(&["push", "missing.json", FILE, "--dry-run"]);
    assert_eq!(missing["files"][0]["error"]["kind"], "file", "{missing}");
    assert_eq!(missing["files"][1]["plan"]["action"], "update", "{missing}");
}

#[test]
fn a_rejected_spec_exits_with_1_and_a_missing_permission_with_2() {
    let place = Place::new();
    place.edit("\"providerId\": \"0ed90a81-07f4-4586-8190-b40eccef1c5a\",", "");
    place.says(&["push", FILE, "--yes"], 1, &expect![[r#"
        Sandbox dev of LOCAL@AdobeOrg (profile env: http://ADDRESS on this machine, not Adobe's service)
        tidewater-connectionSpec.json
        error: tidewater-connectionSpec.json: The spec has 1 error. Nothing was pushed. `connspec check` shows what is wrong; `--force` pushes anyway.
    "#]]);
    place.says(&["push", FILE, "--yes", "--force"], 1, &expect![[r#"
        Sandbox dev of LOCAL@AdobeOrg (profile env: http://ADDRESS on this machine, not Adobe's service)
        tidewater-connectionSpec.json
          Will create `Tidewater price list` in sandbox dev and register it in flow spec `RestStorageToAEP`.
          The spec has 1 error.
        error: tidewater-connectionSpec.json: A field of the new connection spec is missing or has an invalid value. Details: The mandatory field `providerId` is missing. (1304-400, request ID)
    "#]]);
    let read_only = Behavior { read_only: true, ..Behavior::default() };
    let place = Place::beside(Emulator::start(Options { behavior: read_only, ..Options::default() }).unwrap());
    place.says(&["push", FILE, "--yes"], 2, &expect![[r#"
        Sandbox dev of LOCAL@AdobeOrg (profile env: http://ADDRESS on this machine, not Adobe's service)
        tidewater-connectionSpec.json
          Will create `Tidewater price list` in sandbox dev and register it in flow spec `RestStorageToAEP`.
        error: tidewater-connectionSpec.json: This credential may not create or update connection specs. Adobe has to enable this for your organization: ask your contact at Adobe, and provide the client ID. (1426-400, request ID)
    "#]]);
    assert!(!std::fs::read_to_string(place.folder.path("connspec.state.json")).unwrap().contains("creating"));
}

/// Every result says so, and the next command finds what was stored.
#[cfg(all(unix, not(target_os = "macos")))]
#[test]
fn without_credentials_the_emulator_is_used() {
    let folder = Folder::with(&[(FILE, SPEC.as_bytes())]);
    let run = |arguments: &[&str]| {
        Ran::from(folder.command(arguments).env("XDG_DATA_HOME", folder.path("data")).output().unwrap())
    };
    let pushed = run(&["push", FILE, "--yes"]);
    assert_eq!(pushed.code, Some(0), "{pushed:?}");
    assert!(pushed.out.contains("the emulator on this machine, not Adobe's service"), "{pushed:?}");
    let again = run(&["push", FILE, "--yes"]);
    assert!(again.out.contains("Already up to date"), "{again:?}");

    // If another process has its data file open, that one is used.
    let data = connspec::emulator::Storage::File(folder.path("data/connspec/emulator.redb"));
    let other = Emulator::start(Options { storage: data, ..Options::default() }).unwrap();
    let status = run(&["status"]);
    assert!(status.out.contains(&format!("the emulator at {}", other.url())), "{status:?}");
    assert!(status.out.contains("up to date"), "{status:?}");
}
