//! Push, diff, status, register, list, pull and unlink in turn, and a conflict.

use connspec::emulator::{Emulator, Options};
use expect_test::expect;

use super::{FILE, Place};

#[test]
fn a_spec_is_pushed_changed_and_merged() {
    let here = Place::new();
    here.says(
        &["status"],
        0,
        &expect![[r#"
            Sandbox dev of LOCAL@AdobeOrg (profile env: http://ADDRESS on this machine, not Adobe's service)
            tidewater-connectionSpec.json  not linked
        "#]],
    );
    here.says(
        &["push", FILE, "--dry-run"],
        0,
        &expect![[r#"
            Sandbox dev of LOCAL@AdobeOrg (profile env: http://ADDRESS on this machine, not Adobe's service)
            tidewater-connectionSpec.json
              Will create `Tidewater price list` in sandbox dev and register it in flow spec `RestStorageToAEP`.
              Dry run; nothing was sent.
        "#]],
    );
    here.says(
        &["push", FILE],
        1,
        &expect![[r#"
            Sandbox dev of LOCAL@AdobeOrg (profile env: http://ADDRESS on this machine, not Adobe's service)
            tidewater-connectionSpec.json
              Will create `Tidewater price list` in sandbox dev and register it in flow spec `RestStorageToAEP`.
            error: tidewater-connectionSpec.json: Not confirmed; nothing was sent. `--yes` skips the confirmation.
        "#]],
    );
    here.says(
        &["push", FILE, "--yes"],
        0,
        &expect![[r#"
            Sandbox dev of LOCAL@AdobeOrg (profile env: http://ADDRESS on this machine, not Adobe's service)
            tidewater-connectionSpec.json
              Will create `Tidewater price list` in sandbox dev and register it in flow spec `RestStorageToAEP`.
              Created `Tidewater price list` in sandbox dev (ID8).
              Registered in flow spec `RestStorageToAEP` (seen in it twice, 1 s apart).
        "#]],
    );
    here.says(
        &["push", FILE],
        0,
        &expect![[r#"
            Sandbox dev of LOCAL@AdobeOrg (profile env: http://ADDRESS on this machine, not Adobe's service)
            tidewater-connectionSpec.json
              Already up to date: `Tidewater price list` in sandbox dev (ID8).
        "#]],
    );
    here.edit("The price list of the day", "The prices of the day");
    here.says(
        &["diff", FILE],
        0,
        &expect![[r#"
            Sandbox dev of LOCAL@AdobeOrg (profile env: http://ADDRESS on this machine, not Adobe's service)
            tidewater-connectionSpec.json
              Compared with `Tidewater price list` in sandbox dev (ID8).
              Local changes:
                description
                - "The price list of the day, in one answer."
                + "The prices of the day, in one answer."
        "#]],
    );
    here.says(
        &["push", FILE, "--yes"],
        0,
        &expect![[r#"
            Sandbox dev of LOCAL@AdobeOrg (profile env: http://ADDRESS on this machine, not Adobe's service)
            tidewater-connectionSpec.json
              Will update `Tidewater price list` in sandbox dev (ID8).
              Changes:
                description
                - "The price list of the day, in one answer."
                + "The prices of the day, in one answer."
              Updated `Tidewater price list` in sandbox dev (ID8).
        "#]],
    );
    here.says(
        &["register", FILE],
        0,
        &expect![[r#"
            Sandbox dev of LOCAL@AdobeOrg (profile env: http://ADDRESS on this machine, not Adobe's service)
            tidewater-connectionSpec.json
              Already registered: `Tidewater price list` (ID8) in flow spec `RestStorageToAEP`.
        "#]],
    );
    here.says(
        &["status"],
        0,
        &expect![[r#"
            Sandbox dev of LOCAL@AdobeOrg (profile env: http://ADDRESS on this machine, not Adobe's service)
            tidewater-connectionSpec.json  up to date                registered      ID8
        "#]],
    );
    here.says(
        &["list"],
        0,
        &expect![[r#"
            Sandbox dev of LOCAL@AdobeOrg (profile env: http://ADDRESS on this machine, not Adobe's service)
            Tidewater price list  ID  registered      tidewater-connectionSpec.json
            generic-rest          2d46966e-4fcc-4015-9f9e-a67594e395a3  registered
            generic-streaming     e77fd9d2-22a8-11ed-861d-0242ac120002  registered
        "#]],
    );

    // Someone else pulls it elsewhere, changes it and pushes.
    let id = here.id();
    let there = Place::beside(Emulator::start(Options::default()).unwrap());
    std::fs::remove_file(there.folder.path(FILE)).unwrap();
    let there = Place { folder: there.folder, emulator: here.emulator };
    there.says(&["pull", FILE], 1, &expect![[r#"
        Sandbox dev of LOCAL@AdobeOrg (profile env: http://ADDRESS on this machine, not Adobe's service)
        tidewater-connectionSpec.json
        error: tidewater-connectionSpec.json: The file is not linked to a remote spec in this sandbox. `connspec push` creates a remote spec; `--link ID` links to an existing one, which `connspec list` shows.
    "#]]);
    there.says(
        &["pull", FILE, "--link", &id],
        0,
        &expect![[r#"
            Sandbox dev of LOCAL@AdobeOrg (profile env: http://ADDRESS on this machine, not Adobe's service)
            tidewater-connectionSpec.json
              Pulled `Tidewater price list` from sandbox dev (ID8).
        "#]],
    );
    there.edit("\"version\": \"1.0\"", "\"version\": \"1.1\"");
    there.says(
        &["push", FILE, "--yes"],
        0,
        &expect![[r#"
            Sandbox dev of LOCAL@AdobeOrg (profile env: http://ADDRESS on this machine, not Adobe's service)
            tidewater-connectionSpec.json
              Will update `Tidewater price list` in sandbox dev (ID8).
              Changes:
                version
                - "1.0"
                + "1.1"
              Updated `Tidewater price list` in sandbox dev (ID8).
        "#]],
    );

    let here = Place { folder: here.folder, emulator: there.emulator };
    here.edit("\"method\": \"GET\"", "\"method\": \"POST\"");
    here.says(&["push", FILE, "--yes"], 1, &expect![[r#"
        Sandbox dev of LOCAL@AdobeOrg (profile env: http://ADDRESS on this machine, not Adobe's service)
        tidewater-connectionSpec.json
          Local changes:
            sourceSpec.attributes.urlParams.method
            - "GET"
            + "POST"
          Remote changes:
            version
            - "1.0"
            + "1.1"
        error: tidewater-connectionSpec.json: The remote spec has changed since the last push or pull. Nothing was pushed. `connspec pull` merges the remote changes; `connspec push --overwrite` overwrites them.
    "#]]);
    here.says(
        &["pull", FILE],
        0,
        &expect![[r#"
            Sandbox dev of LOCAL@AdobeOrg (profile env: http://ADDRESS on this machine, not Adobe's service)
            tidewater-connectionSpec.json
              Merged 1 remote change from `Tidewater price list` in sandbox dev (ID8).
              Remote changes:
                version
                - "1.0"
                + "1.1"
        "#]],
    );
    here.says(
        &["push", FILE, "--yes"],
        0,
        &expect![[r#"
            Sandbox dev of LOCAL@AdobeOrg (profile env: http://ADDRESS on this machine, not Adobe's service)
            tidewater-connectionSpec.json
              Will update `Tidewater price list` in sandbox dev (ID8).
              Changes:
                sourceSpec.attributes.urlParams.method
                - "GET"
                + "POST"
              Updated `Tidewater price list` in sandbox dev (ID8).
        "#]],
    );
    assert!(here.folder.read(FILE).contains("\"version\": \"1.1\""));
    here.says(
        &["unlink", FILE],
        0,
        &expect![[r#"
            Sandbox dev of LOCAL@AdobeOrg (profile env: http://ADDRESS on this machine, not Adobe's service)
            tidewater-connectionSpec.json
              Unlinked from ID8.
        "#]],
    );
}

#[test]
fn a_conflict_needs_a_side() {
    let place = Place::new();
    place.run(["push", FILE, "--yes"]);
    let mine = place.folder.read(FILE);
    place.edit("\"1.0\"", "\"2.0\"");
    std::fs::copy(place.folder.path("connspec.state.json"), place.folder.path("old.json")).unwrap();
    place.run(["push", FILE, "--yes"]);
    // As someone who has not heard of that.
    std::fs::rename(place.folder.path("old.json"), place.folder.path("connspec.state.json")).unwrap();
    std::fs::write(place.folder.path(FILE), mine.replace("\"1.0\"", "\"3.0\"")).unwrap();
    place.says(&["pull", FILE], 1, &expect![[r#"
        Sandbox dev of LOCAL@AdobeOrg (profile env: http://ADDRESS on this machine, not Adobe's service)
        tidewater-connectionSpec.json
          Conflicts:
            version
            base    "1.0"
            local   "3.0"
            remote  "2.0"
        error: tidewater-connectionSpec.json: 1 conflict between local and remote changes; nothing was written. `connspec pull --prefer local` keeps the local values; `--prefer remote` takes the remote ones.
    "#]]);
    assert!(place.folder.read(FILE).contains("\"3.0\""));
    let json: serde_json::Value = serde_json::from_str(&place.run(["pull", FILE, "--format", "json"]).out).unwrap();
    let file = &json["files"][0];
    assert_eq!((&file["outcome"], &file["error"]["kind"]), (&"refused".into(), &"conflicts".into()), "{json}");
    let conflict = serde_json::json!({ "path": "version", "base": "\"1.0\"", "local": "\"3.0\"", "remote": "\"2.0\"" });
    assert_eq!(file["conflicts"], serde_json::json!([conflict]), "{json}");
    place.says(
        &["pull", FILE, "--prefer", "local"],
        0,
        &expect![[r#"
            Sandbox dev of LOCAL@AdobeOrg (profile env: http://ADDRESS on this machine, not Adobe's service)
            tidewater-connectionSpec.json
              No remote changes to pull from `Tidewater price list` in sandbox dev (ID8).
        "#]],
    );
    assert!(place.folder.read(FILE).contains("\"3.0\""));
    place.says(
        &["push", FILE, "--yes", "--dry-run"],
        0,
        &expect![[r#"
            Sandbox dev of LOCAL@AdobeOrg (profile env: http://ADDRESS on this machine, not Adobe's service)
            tidewater-connectionSpec.json
              Will update `Tidewater price list` in sandbox dev (ID8).
              Changes:
                version
                - "2.0"
                + "3.0"
              Dry run; nothing was sent.
        "#]],
    );
}
