//! Levels and ignored nodes, on small documents.

use expect_test::{Expect, expect};

use super::*;
use crate::lint::{diagnostics, pointer};
use crate::text::Text;

/// A document with a diagnostic of several kinds.
const TEXT: &str = r#"{
  "type": "generic-rest", "authSpec": [ { "name": "a", "name": "b", "typ": "BasicAuthentication" } ],
  "id": "x", "name": "a", "name": "b", "name/~": "c"
}"#;

fn document(text: &str) -> Document {
    Document::new("acme-connectionSpec.json", 0, Text::new(text))
}

fn code(word: &str) -> &'static str {
    crate::lint::RULES.iter().find(|rule| rule.code == word).expect("a code").code
}

fn levels(rules: &[(&str, Level)], ignored: &[(&str, &str)]) -> Facts {
    let rules = rules.iter().map(|(word, level)| (code(word), *level)).collect();
    let ignored = ignored.iter().map(|(pointer, word)| Ignored { pointer: (*pointer).to_owned(), code: code(word) });
    Facts { levels: Levels { rules, ignored: ignored.collect() }, ..Facts::default() }
}

/// Checks the severity, code and pointer of each diagnostic.
fn check(facts: &Facts, expected: &Expect) {
    let document = document(TEXT);
    let line =
        |found: &Diagnostic| format!("{:?}[{}] {:?}\n", found.severity, found.code, pointer(&document, &found.range));
    expected.assert_eq(&diagnostics(&document, facts).iter().map(line).collect::<String>());
}

#[test]
fn without_levels_the_rules_keep_their_severities() {
    check(
        &Facts::default(),
        &expect![[r#"
        Error[missing-key] ""
        Error[missing-key] "/authSpec/0"
        Warning[duplicate-key] "/authSpec/0/name"
        Warning[unknown-key] "/authSpec/0/typ"
        Info[server-managed-key] "/id"
        Warning[duplicate-key] "/name"
        Warning[unknown-key] "/name~1~0"
    "#]],
    );
}

#[test]
fn a_level_replaces_the_severity_of_all_diagnostics_of_a_rule() {
    let rules = [("duplicate-key", Level::Error), ("missing-key", Level::Off), ("unknown-key", Level::Hint)];
    check(
        &levels(&rules, &[]),
        &expect![[r#"
        Error[duplicate-key] "/authSpec/0/name"
        Hint[unknown-key] "/authSpec/0/typ"
        Info[server-managed-key] "/id"
        Error[duplicate-key] "/name"
        Hint[unknown-key] "/name~1~0"
    "#]],
    );
}

#[test]
fn an_ignored_node_hides_one_rule_in_it_and_inside_it() {
    let places = [("/authSpec", "duplicate-key"), ("/name~1~0", "unknown-key"), ("", "missing-key")];
    check(
        &levels(&[], &places),
        &expect![[r#"
        Warning[unknown-key] "/authSpec/0/typ"
        Info[server-managed-key] "/id"
        Warning[duplicate-key] "/name"
    "#]],
    );
}

#[test]
fn an_ignored_member_includes_its_duplicates() {
    check(
        &levels(&[("missing-key", Level::Off)], &[("/name", "duplicate-key")]),
        &expect![[r#"
        Warning[duplicate-key] "/authSpec/0/name"
        Warning[unknown-key] "/authSpec/0/typ"
        Info[server-managed-key] "/id"
        Warning[unknown-key] "/name~1~0"
    "#]],
    );
}

#[test]
fn an_ignored_node_that_does_not_exist_changes_nothing() {
    let places = [("/gone/0/deep", "duplicate-key"), ("/authSpec/1", "duplicate-key"), ("/authSpec/x", "unknown-key")];
    let found = diagnostics(&document(TEXT), &levels(&[], &places));
    assert_eq!(found, diagnostics(&document(TEXT), &Facts::default()));
}

#[test]
fn a_diagnostic_belongs_to_the_smallest_enclosing_member_or_element() {
    let text = r#"{ "a": [ "x", { "b/~": 1 } ], "c" "d": 2 }"#;
    for (marked, expected) in [
        ("\"x\"", "/a/0"),
        ("\"b/~\"", "/a/1/b~1~0"),
        ("1", "/a/1/b~1~0"),
        ("{ \"b/~\"", "/a/1"),
        ("x\", { \"b", "/a"),
        ("\"a\"", "/a"),
        ("]", "/a"),
        (", \"c\"", ""),
        (text, ""),
    ] {
        let start = text.find(marked).expect("a place");
        assert_eq!(pointer(&document(text), &(start..start + marked.len())), expected, "{marked}");
    }
    assert_eq!(pointer(&document(" "), &(0..1)), "");
}

#[test]
fn every_diagnostic_can_be_ignored_at_its_pointer() {
    let broken =
        ["{ \"authSpec\": , \"a\" 1 }", "{\"a\":[1 2,,3], b, }", "[}", "{\"a\":1,\"a\":", "{ : 1, : 2 }", "\"", "{} x"];
    let cut = (0..TEXT.len()).step_by(3).map(|end| &TEXT[..end]);
    for text in broken.into_iter().chain(cut) {
        let document = document(text);
        for diagnostic in diagnostics(&document, &Facts::default()) {
            let place = pointer(&document, &diagnostic.range);
            let left = diagnostics(&document, &levels(&[], &[(&place, diagnostic.code)]));
            assert!(!left.contains(&diagnostic), "{text}: {place:?} {diagnostic:?}");
        }
    }
}

#[test]
fn levels_parse_their_names() {
    for level in Level::ALL {
        assert_eq!(Level::parse(level.as_str()), Some(level));
    }
    assert_eq!(Level::parse("Error"), None);
}
