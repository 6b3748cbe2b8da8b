//! Broken text: the errors under the lines, then the tree.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use expect_test::{Expect, expect};

use super::*;

mod brackets;
mod quotes;
mod values;

/// The text with its errors under the lines, then the tree.
fn check(text: &str, expected: Expect) {
    let tree = Tree::parse(text.to_owned());
    let mut drawn = String::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        drawn += line.trim_end_matches('\n');
        drawn.push('\n');
        let last = start + line.len() == text.len();
        for error in tree.errors() {
            let at = error.range.start;
            if at < start || (at >= start + line.len() && !(last && at == text.len())) {
                continue;
            }
            let indent = text[start..at].chars().count();
            let width = text[error.range.clone()].lines().next().unwrap_or("").chars().count().max(1);
            drawn += &format!("{}{} {:?}\n", " ".repeat(indent), "^".repeat(width), error.kind);
        }
        start += line.len();
    }
    drawn += &format!("=> {}\n", shape(tree.root()));
    expected.assert_eq(&drawn);
}

fn shape(node: Node<'_>) -> String {
    let list = |items: Vec<String>| items.join(", ");
    match node.kind() {
        Kind::Object => {
            format!("{{{}}}", list(node.members().map(|m| shape(m.key) + ": " + &shape(m.value)).collect()))
        }
        Kind::Array => format!("[{}]", list(node.elements().map(shape).collect())),
        Kind::String => format!("{:?}", node.string().unwrap()),
        Kind::Missing => "∅".to_string(),
        Kind::Word => format!("‹{}›", node.text()),
        _ => node.text().to_string(),
    }
}

/// Only what the tree holds.
fn check_shape(text: &str, expected: &str) {
    let tree = Tree::parse(text.to_owned());
    assert_eq!(shape(tree.root()), expected, "{text}\n{:?}", tree.errors());
    assert!(!tree.errors().is_empty(), "{text} is broken");
}

#[test]
fn valid_json() {
    let text =
        "\u{FEFF}{\"a\": [1, -2.5e+3, true, false, null], \"b\": {\"ä\\u00e9\\ud83d\\ude00\": \"\u{2028}\"}}\r\n";
    let tree = Tree::parse(text.to_owned());
    assert_eq!(tree.errors(), []);
    assert_eq!(shape(tree.root()), "{\"a\": [1, -2.5e+3, true, false, null], \"b\": {\"äé😀\": \"\\u{2028}\"}}");
}

#[test]
fn missing_comma_is_reported_after_the_value() {
    check(
        "{\n  \"a\": 1\n  \"b\": [2 3]\n}",
        expect![[r#"
            {
              "a": 1
                    ^ MissingComma
              "b": [2 3]
                     ^ MissingComma
            }
            => {"a": 1, "b": [2, 3]}
        "#]],
    );
}

#[test]
fn extra_commas() {
    check(
        "{\"a\": [1,,2,], \"b\": 3,}",
        expect![[r#"
            {"a": [1,,2,], "b": 3,}
                     ^ ExtraComma
                       ^ TrailingComma
                                 ^ TrailingComma
            => {"a": [1, 2], "b": 3}
        "#]],
    );
}

#[test]
fn incomplete_key() {
    check(
        "{\n  \"a\": 1,\n  \"na\n  \"b\": 2\n}",
        expect![[r#"
            {
              "a": 1,
              "na
                 ^ MissingClosingQuote
              "b": 2
            }
            => {"a": 1, "na": ∅, "b": 2}
        "#]],
    );
    check_shape("{ \"a\": 1, \"na\" }", r#"{"a": 1, "na": ∅}"#);
    check_shape("{ \"a\": 1, na }", r#"{"a": 1, ‹na›: ∅}"#);
    check_shape("{ na\n \"b\": 2 }", r#"{‹na›: ∅, "b": 2}"#);
    check_shape("{ \"na\"\n \"b\": 2 }", r#"{"na": ∅, "b": 2}"#);
    check_shape("{ \"\"\n \"b\": 2 }", r#"{"": ∅, "b": 2}"#);
    check_shape("{ \"\n \"b\": 2 }", r#"{"": ∅, "b": 2}"#);
}

#[test]
fn missing_quotes() {
    check(
        "{\n  \"name: \"generic\",\n  \"type\": \"rest,\n  path\": \"/x\",\n  \"method\": GET\",\n  \"x: { \"y\": 1 },\n  z: 2\n}",
        expect![[r#"
            {
              "name: "generic",
                   ^ MissingClosingQuote
              "type": "rest,
                           ^ MissingClosingQuote
              path": "/x",
              ^ MissingOpeningQuote
              "method": GET",
                        ^ MissingOpeningQuote
              "x: { "y": 1 },
                ^ MissingClosingQuote
              z: 2
              ^ MissingQuotes
            }
            => {"name": "generic", "type": "rest", "path": "/x", "method": "GET", "x": {"y": 1}, ‹z›: 2}
        "#]],
    );
    check_shape("{ \"a\": \"abc, \"b\": 1 }", r#"{"a": "abc", "b": 1}"#);
    check_shape("{ \"a\": { \"key\": \"x }, \n \"b\": 1 }", r#"{"a": {"key": "x"}, "b": 1}"#);
    check_shape("{ \"path\": \"/lists/${id}\n, \"b\": 1 }", r#"{"path": "/lists/${id}", "b": 1}"#);
    check_shape("{ \"d\": My new source\",\n \"b\": 1 }", r#"{"d": "My new source", "b": 1}"#);
}

#[test]
fn the_object_after_other_text_is_the_value() {
    let outer = r#"{"a": 1}"#;
    for before in
        ["x\n", "const spec = ", "export default ", "HTTP/1.1 200 OK\n\n", "1 ", "// note\nvar a =", "```json\n"]
    {
        check_shape(&format!("{before}{{ \"a\": 1 }}"), outer);
    }
    check(
        "const spec = { \"a\": 1 };",
        expect![[r#"
            const spec = { "a": 1 };
            ^^^^^^^^^^^^ TextBeforeObject
                                   ^ TextAfterEnd
            => {"a": 1}
        "#]],
    );
    check(
        "name \"x\", { \"a\": 1 }",
        expect![[r#"
        name "x", { "a": 1 }
        ^^^^ UnknownWord
             ^^^^^^^^^^^^^^^ TextAfterEnd
        => ‹name›
    "#]],
    );
}

#[test]
fn other_quotes_and_comments() {
    check(
        "{ // note\n  'a': 1, /* x */\n  “b”: “c”, # y\n  `\"d\": 2\n  ..\n}",
        expect![[r#"
            { // note
              ^^^^^^^ Comment
              'a': 1, /* x */
              ^^^ WrongQuotes
                      ^^^^^^^ Comment
              “b”: “c”, # y
              ^^^ WrongQuotes
                   ^^^ WrongQuotes
                        ^^^ Comment
              `"d": 2
              ^ StrayText
              ..
              ^^ StrayText
            }
            => {"a": 1, "b": "c", "d": 2}
        "#]],
    );
}

#[test]
fn missing_closing_bracket_is_located_by_indentation() {
    check(
        "{\n  \"a\": {\n    \"b\": {\n      \"c\": 1\n  },\n  \"d\": [\n    1,\n  \"e\": 2\n}",
        expect![[r#"
            {
              "a": {
                "b": {
                  "c": 1
                        ^ MissingClosers("}")
              },
              "d": [
                1,
                  ^ MissingClosers("]")
              "e": 2
            }
            => {"a": {"b": {"c": 1}}, "d": [1], "e": 2}
        "#]],
    );
    check_shape("{\n  \"a\": {\n    \"x\": 1\n  \"b\": 2\n}", r#"{"a": {"x": 1}, "b": 2}"#);
    check_shape("{\n  \"a\": {\n\n  \"b\": 2\n}", r#"{"a": {}, "b": 2}"#);
    check_shape("{\n\"a\": {\n\"b\": 2\n", r#"{"a": {"b": 2}}"#);
}

#[test]
fn extra_bracket_closes_nothing() {
    check(
        "{\n  \"a\": {\n    \"b\": 1\n    }\n  },\n  \"c\": 2\n}",
        expect![[r#"
            {
              "a": {
                "b": 1
                }
                ^ ExtraBracket('}')
              },
              "c": 2
            }
            => {"a": {"b": 1}, "c": 2}
        "#]],
    );
    check_shape("{ \"a\": {\"b\": 1}}, \"c\": 2 }", r#"{"a": {"b": 1}, "c": 2}"#);
    check_shape("{ \"a\": [1]], \"c\": 2 }", r#"{"a": [1], "c": 2}"#);
    check_shape("{{ \"a\": 1 }}", r#"{"a": 1}"#);
    check_shape(
        "{\n  \"s\": {\n    \"p\": {\n      \"t\": 1 }},\n    \"q\": 2\n  },\n  \"r\": 3\n}",
        r#"{"s": {"p": {"t": 1}, "q": 2}, "r": 3}"#,
    );
}

#[test]
fn mismatched_and_missing_opening_brackets() {
    check(
        "{\n  \"a\": [1, 2},\n  \"b\": [ \"k\": 1 }, {} ],\n  \"c\": 3\n}",
        expect![[r#"
            {
              "a": [1, 2},
                        ^ WrongBracket { found: '}', expected: ']' }
              "b": [ "k": 1 }, {} ],
                     ^ MissingOpener('{')
              "c": 3
            }
            => {"a": [1, 2], "b": [{"k": 1}, {}], "c": 3}
        "#]],
    );
    check_shape("\"a\": { \"b\": 1 }", r#"{"a": {"b": 1}}"#);
    check_shape("{\n  \"r\": [\n    \"x\"\n  \"s\": {}\n}", r#"{"r": ["x"], "s": {}}"#);
    check_shape("{ \"r\": [ \"x\", \"s\": 1 }", r#"{"r": ["x"], "s": 1}"#);
}

#[test]
fn truncated_text() {
    check(
        "{\n  \"a\": [\n    { \"b\": \"c",
        expect![[r#"
            {
              "a": [
                { "b": "c
                         ^ MissingClosingQuote
                         ^ MissingClosers("}]}")
            => {"a": [{"b": "c"}]}
        "#]],
    );
}

#[test]
fn conflict_markers_keep_both_sides() {
    check(
        "{\n<<<<<<< HEAD\n  \"a\": 1\n=======\n  \"a\": 2,\n  \"b\": 3\n>>>>>>> theirs\n}",
        expect![[r#"
            {
            <<<<<<< HEAD
            ^^^^^^^^^^^^ ConflictMarker
              "a": 1
            =======
            ^^^^^^^ ConflictMarker
              "a": 2,
              "b": 3
            >>>>>>> theirs
            ^^^^^^^^^^^^^^ ConflictMarker
            }
            => {"a": 1, "a": 2, "b": 3}
        "#]],
    );
}

#[test]
fn lone_surrogates_and_duplicate_keys_are_json() {
    let tree = Tree::parse(r#"{"a": "\ud800", "a": "x"}"#.to_owned());
    assert_eq!(tree.errors(), []);
    assert_eq!(shape(tree.root()), r#"{"a": "�", "a": "x"}"#);
    assert_eq!(tree.root().get("a").unwrap().text(), "\"x\"", "the last one counts");
}

#[test]
fn depth_is_limited_by_memory_only() {
    for opener in ["[", "{\"a\":", "[{\"\":"] {
        let tree = Tree::parse(opener.repeat(100_000));
        assert!(tree.nodes().count() >= 100_000);
        assert_eq!(tree.errors().iter().filter(|e| matches!(e.kind, ErrorKind::MissingClosers(_))).count(), 1);
        let tree = Tree::parse(opener.repeat(100_000) + &"]}".repeat(100_000));
        assert!(tree.nodes().count() >= 100_000);
    }
}

#[test]
fn pointers_round_trip() {
    let tree = Tree::parse(r#"{"a/b": [10, {"~": true}], "c": "x"}"#.to_owned());
    for node in tree.nodes().filter(|node| node.kind() != Kind::Member) {
        if node.as_part_of_member().is_none_or(|member| member.value == node) {
            assert_eq!(tree.at_pointer(&node.pointer()), Some(node));
        }
    }
    assert_eq!(tree.at_pointer("/a~1b/1/~0").unwrap().kind(), Kind::True);
    assert_eq!(tree.at_pointer("/a~1b/7"), None);
}

#[test]
fn node_at_offset() {
    let text = r#"{"a": [1, "xy"], "b": }"#;
    let tree = Tree::parse(text.to_owned());
    let at = |offset| tree.node_at(offset).text();
    assert_eq!((at(0), at(2), at(4), at(6), at(7)), (text, "\"a\"", "\"a\"", "[1, \"xy\"]", "1"));
    assert_eq!((at(10), at(14), at(9)), ("\"xy\"", "\"xy\"", "[1, \"xy\"]"));
}
