//! A spec of the template is not pushed before its placeholders are filled.

use std::fs;

use expect_test::expect;

use super::Place;

#[test]
fn unfilled_placeholders_are_not_pushed() {
    let place = Place::new();
    place.run(["new", "acme", "--kind", "rest"]);
    let file = "acme/acme-connectionSpec.json";
    place.says(&["push", file, "--yes"], 1, &expect![[r#"
        Sandbox dev of LOCAL@AdobeOrg (profile env: http://ADDRESS on this machine, not Adobe's service)
        acme/acme-connectionSpec.json
        error: acme/acme-connectionSpec.json: The spec has 9 unfilled placeholders. Nothing was pushed. `connspec check` shows what is wrong; `--force` pushes anyway.
    "#]]);
    place.says(
        &["push", file, "--yes", "--force", "--dry-run"],
        0,
        &expect![[r#"
        Sandbox dev of LOCAL@AdobeOrg (profile env: http://ADDRESS on this machine, not Adobe's service)
        acme/acme-connectionSpec.json
          Will create `Acme` in sandbox dev and register it in flow spec `RestStorageToAEP`.
          The spec has 2 warnings, 9 unfilled placeholders.
          Dry run; nothing was sent.
    "#]],
    );
    let json: serde_json::Value =
        serde_json::from_str(&place.run(["push", file, "--force", "--dry-run", "--format", "json"]).out).unwrap();
    assert_eq!(json["files"][0]["plan"]["problems"]["errors"], 0, "{json}");
}

#[test]
fn a_placeholder_behind_more_problems_than_are_shown_is_found() {
    let place = Place::new();
    place.run(["new", "acme", "--kind", "rest"]);
    let file = "acme/acme-connectionSpec.json";
    let unknown: String = (0..1001).map(|number| format!("\"unknown{number}\": 0, ")).collect();
    let text = place.folder.read(file).replacen('{', &format!("{{ {unknown}"), 1);
    fs::write(place.folder.path(file), text).unwrap();
    let ran = place.run(["push", file, "--yes"]);
    assert!(ran.err.contains("The spec has 9 unfilled placeholders."), "{ran:?}");
}
