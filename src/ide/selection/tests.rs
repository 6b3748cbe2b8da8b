//! Selection ranges, one line each, the innermost first.
//!
//! The cases of `vscode-json-languageservice` for selection ranges, as far as they apply, are in here: a key, a string, a
//! number, a boolean, in an object, in an array, between members, with the comma. What differs, and why:
//!
//! - Inside a string it begins with the word, the placeholder and the segment of a URL: half of a spec is strings that have
//!   parts of their own.
//! - Between the brackets the members are selected without the spaces around them, so that they can be replaced or moved
//!   and the brackets stay where they are.
//! - Unterminated strings and members without value have selection ranges too.

use expect_test::{Expect, expect};

use super::selection;
use crate::document::Document;
use crate::ide::names::tests::at_cursor;
use crate::text::Text;

fn check(marked: &str, expected: Expect) {
    let (document, offset) = at_cursor(marked);
    let ranges = selection(&document, offset);
    for pair in ranges.windows(2) {
        let [inner, outer] = pair else { continue };
        assert!(outer.start <= inner.start && inner.end <= outer.end && inner != outer, "{pair:?}");
    }
    assert!(ranges.iter().all(|range| range.start <= offset && offset <= range.end));
    let lines = ranges.into_iter().map(|range| format!("{}\n", document.source()[range].escape_debug()));
    expected.assert_eq(&lines.collect::<String>().replace("\\\"", "\""));
}

#[test]
fn deep_selections_end_with_the_document() {
    let text = format!("{{ \"type\": \"generic-rest\", \"authSpec\": {}{} }}", "[".repeat(30_000), "]".repeat(30_000));
    let document = Document::new("acme-connectionSpec.json", 0, Text::new(&text));
    let ranges = selection(&document, text.len() / 2);
    assert_eq!((ranges.len(), ranges.last()), (100, Some(&(0..text.len()))));
}

#[test]
fn selection_grows_from_a_key() {
    check(
        r#"{ "type": { "na$0me": 1, "b": 2 }, "c": 3 }"#,
        expect![[r#"
        name
        "name"
        "name": 1
        "name": 1,
        "name": 1, "b": 2
        { "name": 1, "b": 2 }
        "type": { "name": 1, "b": 2 }
        "type": { "name": 1, "b": 2 },
        "type": { "name": 1, "b": 2 }, "c": 3
        { "type": { "name": 1, "b": 2 }, "c": 3 }
    "#]],
    );
    check(
        r#"{ "$0name": true }"#,
        expect![[r#"
        name
        "name"
        "name": true
        { "name": true }
    "#]],
    );
    check(
        r#"{ "name"$0: true }"#,
        expect![[r#"
        "name"
        "name": true
        { "name": true }
    "#]],
    );
}

#[test]
fn selection_grows_from_a_value() {
    check(
        r#"{ "name": 1$02, "b": 2 }"#,
        expect![[r#"
        12
        "name": 12
        "name": 12,
        "name": 12, "b": 2
        { "name": 12, "b": 2 }
    "#]],
    );
    check(
        r#"{ "name": fal$0se }"#,
        expect![[r#"
        false
        "name": false
        { "name": false }
    "#]],
    );
    check(
        r#"{ "required": [ "a", "b$0c" , 1 ] }"#,
        expect![[r#"
        bc
        "bc"
        "bc" ,
        "a", "bc" , 1
        [ "a", "bc" , 1 ]
        "required": [ "a", "bc" , 1 ]
        { "required": [ "a", "bc" , 1 ] }
    "#]],
    );
    check(
        r#"{ "required": [ "a", 1$0 ] }"#,
        expect![[r#"
        1
        "a", 1
        [ "a", 1 ]
        "required": [ "a", 1 ]
        { "required": [ "a", 1 ] }
    "#]],
    );
    check(
        r#"{ "description": "Say \nhell$0o, or so.", }"#,
        expect![[r#"
        hello
        Say \\nhello, or so.
        "Say \\nhello, or so."
        "description": "Say \\nhello, or so."
        "description": "Say \\nhello, or so.",
        { "description": "Say \\nhello, or so.", }
    "#]],
    );
}

#[test]
fn selection_grows_from_url_segments() {
    check(
        r#"{ "path": "/v1/lists/x-${list$0-Id}/members?a=b" }"#,
        expect![[r#"
        list
        list-Id
        ${list-Id}
        x-${list-Id}
        /v1/lists/x-${list-Id}/members?a=b
        "/v1/lists/x-${list-Id}/members?a=b"
        "path": "/v1/lists/x-${list-Id}/members?a=b"
        { "path": "/v1/lists/x-${list-Id}/members?a=b" }
    "#]],
    );
    check(
        r#"{ "path": "/v1/li$0sts/${listId}" }"#,
        expect![[r#"
        lists
        /v1/lists/${listId}
        "/v1/lists/${listId}"
        "path": "/v1/lists/${listId}"
        { "path": "/v1/lists/${listId}" }
    "#]],
    );
    check(
        r#"{ "path": "/v1/$0${listId}${b}" }"#,
        expect![[r#"
        ${listId}
        ${listId}${b}
        /v1/${listId}${b}
        "/v1/${listId}${b}"
        "path": "/v1/${listId}${b}"
        { "path": "/v1/${listId}${b}" }
    "#]],
    );
    check(
        r#"{ "path": "/v1@{if(a/b, c$0oncat('x'))}/d" }"#,
        expect![[r#"
        concat
        if(a/b, concat(\'x\'))
        @{if(a/b, concat(\'x\'))}
        v1@{if(a/b, concat(\'x\'))}
        /v1@{if(a/b, concat(\'x\'))}/d
        "/v1@{if(a/b, concat(\'x\'))}/d"
        "path": "/v1@{if(a/b, concat(\'x\'))}/d"
        { "path": "/v1@{if(a/b, concat(\'x\'))}/d" }
    "#]],
    );
}

#[test]
fn selection_grows_from_between_members() {
    check(
        "{\n  \"a\": {\n    $0\n    \"b\": 1\n  } }",
        expect![[r#"
        {\n    \n    "b": 1\n  }
        "a": {\n    \n    "b": 1\n  }
        {\n  "a": {\n    \n    "b": 1\n  } }
    "#]],
    );
    check(
        r#"{ "a": [ $0 ] }"#,
        expect![[r#"
        [  ]
        "a": [  ]
        { "a": [  ] }
    "#]],
    );
    check(
        r#"{ "a": 1, $0 "b": 2 }"#,
        expect![[r#"
        "a": 1,  "b": 2
        { "a": 1,  "b": 2 }
    "#]],
    );
}

#[test]
fn selection_grows_in_broken_text() {
    check(
        "{ \"a\": { \"b\": \"some te$0xt\n  \"c\": 1 ",
        expect![[r#"
        text
        some text
        "some text
        "b": "some text
        "b": "some text\n  "c": 1
        { "b": "some text\n  "c": 1 
        "a": { "b": "some text\n  "c": 1 
        { "a": { "b": "some text\n  "c": 1 
    "#]],
    );
    check(
        "{ \"a\": { \"b\": $0",
        expect![[r#"
        { "b": 
        "a": { "b": 
        { "a": { "b": 
    "#]],
    );
    check(
        "{ na$0me: 1 \"b\": 2 }",
        expect![[r#"
        name
        name: 1
        name: 1 "b": 2
        { name: 1 "b": 2 }
    "#]],
    );
}

#[test]
fn other_json_has_no_selection_ranges() {
    assert!(selection(&Document::new("package.json", 0, Text::new("{ \"a\": 1 }")), 3).is_empty());
}
