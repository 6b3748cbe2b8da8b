//! A spec that only a committed state file links is not overwritten before the person has confirmed that it is the right one.

use expect_test::expect;

use super::{FILE, Place, SPEC};
use crate::run::Folder;

const STATE: &str = "connspec.state.json";

/// Another machine with a clone of the repository.
fn clone_of(place: Place) -> Place {
    let state = place.folder.read(STATE);
    let files = [(FILE, SPEC.as_bytes()), (STATE, state.as_bytes())];
    Place { folder: Folder::with(&files), emulator: place.emulator }
}

#[test]
fn yes_alone_does_not_overwrite_a_spec_that_only_the_state_file_links() {
    let place = Place::new();
    place.run(["push", FILE, "--yes"]);
    let id = place.id();
    let clone = clone_of(place);
    clone.edit("\"1.0\"", "\"1.1\"");
    clone.says(&["push", FILE, "--yes"], 1, &expect![[r#"
        Sandbox dev of LOCAL@AdobeOrg (profile env: http://ADDRESS on this machine, not Adobe's service)
        tidewater-connectionSpec.json
          Changes:
            version
            - "1.0"
            + "1.1"
        error: tidewater-connectionSpec.json: Linked by connspec.state.json, never pushed from this machine: `Tidewater price list` (ID) of LOCAL@AdobeOrg. Nothing was pushed. `connspec pull` or `connspec push --link ID` confirms that it is the right one; in CI, `--trust` skips this.
    "#]]);
    let json: serde_json::Value =
        serde_json::from_str(&clone.run(["push", FILE, "--yes", "--overwrite", "--format", "json"]).out).unwrap();
    let file = &json["files"][0];
    assert_eq!(file["error"]["kind"], "unconfirmed-link", "{json}");
    assert_eq!((&file["id"], &file["candidates"][0]["id"]), (&id.as_str().into(), &id.as_str().into()), "{json}");
    assert_eq!(file["changes"][0]["after"], "\"1.1\"", "{json}");
    // Whoever controls the repository needs no confirmation, and nothing is recorded.
    assert_eq!(clone.run(["push", FILE, "--yes", "--trust"]).code, Some(0));
    clone.edit("\"GET\"", "\"POST\"");
    assert_eq!(clone.run(["push", FILE, "--yes"]).code, Some(1));
    clone.says(
        &["push", FILE, "--yes", "--link", &id],
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
    clone.edit("\"1.1\"", "\"1.2\"");
    assert_eq!(clone.run(["push", FILE, "--yes"]).code, Some(0));
}

#[test]
fn a_pull_confirms_the_link() {
    let place = Place::new();
    place.run(["push", FILE, "--yes", "--no-register"]);
    let clone = clone_of(place);
    clone.says(&["register", FILE, "--yes"], 1, &expect![[r#"
        Sandbox dev of LOCAL@AdobeOrg (profile env: http://ADDRESS on this machine, not Adobe's service)
        tidewater-connectionSpec.json
        error: tidewater-connectionSpec.json: Linked by connspec.state.json, never pushed from this machine: `Tidewater price list` (ID) of LOCAL@AdobeOrg. Nothing was pushed. `connspec pull` or `connspec push --link ID` confirms that it is the right one; in CI, `--trust` skips this.
    "#]]);
    assert_eq!(clone.run(["pull", FILE]).code, Some(0));
    clone.says(
        &["register", FILE, "--yes"],
        0,
        &expect![[r#"
        Sandbox dev of LOCAL@AdobeOrg (profile env: http://ADDRESS on this machine, not Adobe's service)
        tidewater-connectionSpec.json
          Will register `Tidewater price list` (ID8) in flow spec `RestStorageToAEP`.
          Registered `Tidewater price list` (ID8) in flow spec `RestStorageToAEP` (seen in it twice, 1 s apart).
    "#]],
    );
}
