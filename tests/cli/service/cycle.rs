//! The whole cycle as a person meets it, and a decision between two sides.

use connspec::emulator::{Emulator, Options};
use expect_test::expect;

use super::{FILE, Place};

#[test]
fn the_whole_cycle() {
    let here = Place::new();
    here.says(
        &["status"],
        0,
        &expect![[r#"
            Sandbox `dev` of `LOCAL@AdobeOrg` (profile `env`: http://ADDRESS on this machine, not Adobe's service)
            tidewater-connectionSpec.json  not linked
        "#]],
    );
    here.says(
        &["push", FILE, "--dry-run"],
        0,
        &expect![[r#"
        Sandbox `dev` of `LOCAL@AdobeOrg` (profile `env`: http://ADDRESS on this machine, not Adobe's service)
        tidewater-connectionSpec.json
          Creates `Tidewater price list`.
          Registers it in `RestStorageToAEP`.
    "#]],
    );
    here.says(
        &["push", FILE],
        1,
        &expect![[r#"
        Sandbox `dev` of `LOCAL@AdobeOrg` (profile `env`: http://ADDRESS on this machine, not Adobe's service)
        tidewater-connectionSpec.json
          Creates `Tidewater price list`.
          Registers it in `RestStorageToAEP`.
        error: tidewater-connectionSpec.json: nothing was sent. `--yes` pushes without asking.
    "#]],
    );
    here.says(
        &["push", FILE, "--yes"],
        0,
        &expect![[r#"
        Sandbox `dev` of `LOCAL@AdobeOrg` (profile `env`: http://ADDRESS on this machine, not Adobe's service)
        tidewater-connectionSpec.json
          Creates `Tidewater price list`.
          Registers it in `RestStorageToAEP`.
          Created as `ID`.
          Registered in `RestStorageToAEP`.
    "#]],
    );
    here.says(
        &["push", FILE],
        0,
        &expect![[r#"
        Sandbox `dev` of `LOCAL@AdobeOrg` (profile `env`: http://ADDRESS on this machine, not Adobe's service)
        tidewater-connectionSpec.json
          The same here and there, as `ID`.
    "#]],
    );
    here.edit("The price list of the day", "The prices of the day");
    here.says(
        &["diff", FILE],
        0,
        &expect![[r#"
        Sandbox `dev` of `LOCAL@AdobeOrg` (profile `env`: http://ADDRESS on this machine, not Adobe's service)
        tidewater-connectionSpec.json
          Changed here:
            description
            - "The price list of the day, in one answer."
            + "The prices of the day, in one answer."
    "#]],
    );
    here.says(
        &["push", FILE, "--yes"],
        0,
        &expect![[r#"
        Sandbox `dev` of `LOCAL@AdobeOrg` (profile `env`: http://ADDRESS on this machine, not Adobe's service)
        tidewater-connectionSpec.json
          Updates `ID`, 1 place:
            description
            - "The price list of the day, in one answer."
            + "The prices of the day, in one answer."
          Updated `ID`.
    "#]],
    );
    here.says(
        &["register", FILE],
        0,
        &expect![[r#"
        Sandbox `dev` of `LOCAL@AdobeOrg` (profile `env`: http://ADDRESS on this machine, not Adobe's service)
        tidewater-connectionSpec.json
          `ID` is registered in `RestStorageToAEP`.
    "#]],
    );
    here.says(
        &["status"],
        0,
        &expect![[r#"
            Sandbox `dev` of `LOCAL@AdobeOrg` (profile `env`: http://ADDRESS on this machine, not Adobe's service)
            tidewater-connectionSpec.json  up to date              registered      ID
        "#]],
    );
    here.says(
        &["list"],
        0,
        &expect![[r#"
        Sandbox `dev` of `LOCAL@AdobeOrg` (profile `env`: http://ADDRESS on this machine, not Adobe's service)
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
        Sandbox `dev` of `LOCAL@AdobeOrg` (profile `env`: http://ADDRESS on this machine, not Adobe's service)
        tidewater-connectionSpec.json
        error: tidewater-connectionSpec.json: This file is not linked to a spec of the service in this sandbox. `connspec push` makes it there; `--link ID` says which one it is, and `connspec list` shows all.
    "#]]);
    there.says(
        &["pull", FILE, "--link", &id],
        0,
        &expect![[r#"
        Sandbox `dev` of `LOCAL@AdobeOrg` (profile `env`: http://ADDRESS on this machine, not Adobe's service)
        tidewater-connectionSpec.json
          Makes the file from `ID`.
    "#]],
    );
    there.edit("\"version\": \"1.0\"", "\"version\": \"1.1\"");
    there.says(
        &["push", FILE, "--yes"],
        0,
        &expect![[r#"
        Sandbox `dev` of `LOCAL@AdobeOrg` (profile `env`: http://ADDRESS on this machine, not Adobe's service)
        tidewater-connectionSpec.json
          Updates `ID`, 1 place:
            version
            - "1.0"
            + "1.1"
          Updated `ID`.
    "#]],
    );

    let here = Place { folder: here.folder, emulator: there.emulator };
    here.edit("\"method\": \"GET\"", "\"method\": \"POST\"");
    here.says(&["push", FILE, "--yes"], 1, &expect![[r#"
        Sandbox `dev` of `LOCAL@AdobeOrg` (profile `env`: http://ADDRESS on this machine, not Adobe's service)
        tidewater-connectionSpec.json
          Changed here:
            sourceSpec.attributes.urlParams.method
            - "GET"
            + "POST"
          Changed on the service:
            version
            - "1.0"
            + "1.1"
        error: tidewater-connectionSpec.json: The spec was changed on the service since it was last pushed or pulled here. `connspec pull` takes what changed there into the file; `connspec push --overwrite` replaces it.
    "#]]);
    here.says(
        &["pull", FILE],
        0,
        &expect![[r#"
        Sandbox `dev` of `LOCAL@AdobeOrg` (profile `env`: http://ADDRESS on this machine, not Adobe's service)
        tidewater-connectionSpec.json
          Takes over from `ID`, 1 place:
            version
            - "1.0"
            + "1.1"
    "#]],
    );
    here.says(
        &["push", FILE, "--yes"],
        0,
        &expect![[r#"
        Sandbox `dev` of `LOCAL@AdobeOrg` (profile `env`: http://ADDRESS on this machine, not Adobe's service)
        tidewater-connectionSpec.json
          Updates `ID`, 1 place:
            sourceSpec.attributes.urlParams.method
            - "GET"
            + "POST"
          Updated `ID`.
    "#]],
    );
    assert!(here.folder.read(FILE).contains("\"version\": \"1.1\""));
    here.says(
        &["unlink", FILE],
        0,
        &expect![[r#"
        Sandbox `dev` of `LOCAL@AdobeOrg` (profile `env`: http://ADDRESS on this machine, not Adobe's service)
        tidewater-connectionSpec.json
          No longer linked to `ID`.
    "#]],
    );
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
    place.says(&["pull", FILE], 1, &expect![[r#"
        Sandbox `dev` of `LOCAL@AdobeOrg` (profile `env`: http://ADDRESS on this machine, not Adobe's service)
        tidewater-connectionSpec.json
          Changed on both sides:
            version
            before   "1.0"
            here     "3.0"
            service  "2.0"
        error: tidewater-connectionSpec.json: both sides changed 1 place in different ways, so nothing was written. `--prefer here` keeps what the file has there, `--prefer there` takes what the service has.
    "#]]);
    assert!(place.folder.read(FILE).contains("\"3.0\""));
    place.says(
        &["pull", FILE, "--prefer", "here"],
        0,
        &expect![[r#"
        Sandbox `dev` of `LOCAL@AdobeOrg` (profile `env`: http://ADDRESS on this machine, not Adobe's service)
        tidewater-connectionSpec.json
          Nothing to take over from `ID`.
    "#]],
    );
    assert!(place.folder.read(FILE).contains("\"3.0\""));
    place.says(
        &["push", FILE, "--yes", "--dry-run"],
        0,
        &expect![[r#"
        Sandbox `dev` of `LOCAL@AdobeOrg` (profile `env`: http://ADDRESS on this machine, not Adobe's service)
        tidewater-connectionSpec.json
          Updates `ID`, 1 place:
            version
            - "2.0"
            + "3.0"
    "#]],
    );
}
