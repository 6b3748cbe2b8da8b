//! Entries are added, and everything else is unchanged.

use expect_test::{Expect, expect};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::*;

/// Sets the level of `wrong-type`.
fn check_level(text: &str, expected: &Expect) {
    let new = set_level(text, "wrong-type", Level::Hint);
    assert_eq!(read_settings(&new).0.rules.get("wrong-type"), Some(&Level::Hint), "{new}");
    assert_eq!(set_level(&new, "wrong-type", Level::Hint), new);
    expected.assert_eq(&new);
}

/// Adds an ignore entry.
fn check_ignore(text: &str, expected: &Expect) {
    let new = add_ignore(text, "a/b.json", "/name", "wrong-type");
    assert_eq!(read_settings(&new).0.ignored.iter().filter(|ignored| ignored.pointer == "/name").count(), 1, "{new}");
    assert_eq!(read_settings(text).1.len(), read_settings(&new).1.len(), "{new}");
    assert_eq!(add_ignore(&new, "a/b.json", "/name", "wrong-type"), new);
    expected.assert_eq(&new);
}

#[test]
fn a_new_level_follows_the_others() {
    check_level(
        "# ours\n[rules] # levels\nmissing-key = \"off\" # so\n\n[[ignore]]\nfile = \"x\"\n",
        &expect![[r##"
            # ours
            [rules] # levels
            missing-key = "off" # so
            wrong-type = "hint"

            [[ignore]]
            file = "x"
        "##]],
    );
    check_level(
        "[rules]\n# none yet\n",
        &expect![[r#"
        [rules]
        wrong-type = "hint"
        # none yet
    "#]],
    );
    check_level(
        "[rules]",
        &expect![[r#"
        [rules]
        wrong-type = "hint"
    "#]],
    );
}

#[test]
fn an_existing_level_is_replaced() {
    check_level(
        "[rules]\n wrong-type  =  'error'   # why\nmissing-key = \"off\"\n",
        &expect![[r#"
        [rules]
         wrong-type  =  "hint"   # why
        missing-key = "off"
    "#]],
    );
    check_level(
        "[rules]\nwrong-type = 3\n",
        &expect![[r#"
        [rules]
        wrong-type = "hint"
    "#]],
    );
}

#[test]
fn a_missing_rules_table_is_added() {
    check_level(
        "",
        &expect![[r#"
        [rules]
        wrong-type = "hint"
    "#]],
    );
    check_level(
        "# ours",
        &expect![[r##"
        # ours

        [rules]
        wrong-type = "hint"
    "##]],
    );
    check_level(
        "[[ignore]]\nfile = \"x\"\n",
        &expect![[r#"
        [[ignore]]
        file = "x"

        [rules]
        wrong-type = "hint"
    "#]],
    );
}

#[test]
fn a_new_level_has_the_style_of_the_others() {
    check_level(
        "rules = { missing-key = \"off\", } # so\n",
        &expect![[r#"
        rules = { missing-key = "off", wrong-type = "hint", } # so
    "#]],
    );
    check_level(
        "rules = {}\n",
        &expect![[r#"
        rules = { wrong-type = "hint" }
    "#]],
    );
    check_level(
        "rules.missing-key = \"off\"\n[other]\n",
        &expect![[r#"
        rules.missing-key = "off"
        rules.wrong-type = "hint"
        [other]
    "#]],
    );
    assert_eq!(set_level("[rules]\r\na = 1\r\n", "b", Level::Off), "[rules]\r\na = 1\r\nb = \"off\"\r\n");
}

#[test]
fn a_new_ignore_entry_is_appended() {
    check_ignore(
        "",
        &expect![[r#"
        [[ignore]]
        file = "a/b.json"
        pointer = "/name"
        code = "wrong-type"
    "#]],
    );
    check_ignore(
        "[rules]\nmissing-key = \"off\"",
        &expect![[r#"
        [rules]
        missing-key = "off"

        [[ignore]]
        file = "a/b.json"
        pointer = "/name"
        code = "wrong-type"
    "#]],
    );
    check_ignore(
        "[[ignore]]\nfile = \"x\" # so\npointer = \"\"\ncode = \"wrong-type\"\n\n",
        &expect![[r#"
        [[ignore]]
        file = "x" # so
        pointer = ""
        code = "wrong-type"

        [[ignore]]
        file = "a/b.json"
        pointer = "/name"
        code = "wrong-type"
    "#]],
    );
    check_ignore(
        "[[ignore\n[rules\n",
        &expect![[r#"
        [[ignore
        [rules

        [[ignore]]
        file = "a/b.json"
        pointer = "/name"
        code = "wrong-type"
    "#]],
    );
}

#[test]
fn a_new_ignore_entry_has_the_style_of_the_others() {
    check_ignore(
        "ignore = [\n  { file = 'x', pointer = '', code = 'wrong-type' }, # a, b ]\n]\n[rules]\n",
        &expect![[r#"
            ignore = [
              { file = 'x', pointer = '', code = 'wrong-type' }, { file = "a/b.json", pointer = "/name", code = "wrong-type" }, # a, b ]
            ]
            [rules]
        "#]],
    );
    check_ignore(
        "ignore = []\n",
        &expect![[r#"
        ignore = [{ file = "a/b.json", pointer = "/name", code = "wrong-type" }]
    "#]],
    );
}

#[test]
fn special_characters_in_ignore_entries_are_escaped() {
    let (file, pointer) = ("a \"b\"/ü.json", "/a\\b\"/\u{7f}\n/~0");
    let (settings, problems) = read_settings(&add_ignore("", file, pointer, "wrong-type"));
    assert_eq!((&*settings.ignored[0].file, &*settings.ignored[0].pointer), (file, pointer));
    assert_eq!(problems, []);
}

/// Parts of TOML, valid or nearly so.
fn piece() -> impl Strategy<Value = String> {
    let words = "rules|\\[rules\\]\n|ignore|\\[\\[ignore\\]\\]\n|wrong-type|\r\n|\"off\"|é";
    proptest::string::string_regex(&format!("{words}|[a-c\\[\\]{{}}=\"'.,# \n]")).expect("a pattern")
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 1500, failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default()
    })]

    #[test]
    fn edits_only_insert_text(pieces in prop::collection::vec(piece(), 0..30)) {
        let text = pieces.concat();
        let ignored = add_ignore(&text, "a.json", "/name", "missing-key");
        for new in [ignored, set_level(&text, "missing-key", Level::Off)] {
            let mut left = new.chars();
            prop_assert!(text.chars().all(|char| left.any(|other| other == char)), "{new}");
        }
    }
}
