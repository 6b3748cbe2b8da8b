//! The cases that the formatter of VS Code's JSON language service is tested with, with what is made of them here. Where
//! that differs:
//!
//! * An empty line between members stays, one at most; there it goes. Authors group keys by it, and its going is a loss
//!   that nobody asked for. Prettier does as we do.
//! * An object or array that its author wrote on one line of a text with several stays there while it is short, as with
//!   Prettier; there everything gets lines.
//! * JSON has no comments: one is an error, and the lines around it stay as they are. There it is moved along.
//! * Where a comma is missing, the lines stay as they are; there what is left of the line is put on one.
//! * A range counts by whole lines, and their indentation is that of the whole document; there it begins with the
//!   indentation that the first line has, which keeps a wrong one.
//! * White space before the text and at the end of its last line goes in both.

use expect_test::expect;

use super::{check, check_with, render, spec};
use crate::ide::{self, FormatOptions};
use crate::text::Edit;

#[test]
fn objects() {
    check(
        r#"{"x" : 1}"#,
        expect![[r#"
        {
          "x": 1
        }"#]],
    );
    check(
        r#"{"x" : 1,  "y" : "foo", "z"  : true}"#,
        expect![[r#"
        {
          "x": 1,
          "y": "foo",
          "z": true
        }"#]],
    );
    check(
        r#"{"x" : {    },  "y" : {}}"#,
        expect![[r#"
        {
          "x": {},
          "y": {}
        }"#]],
    );
    check(
        r#"{"x" : {  "y" : { "z"  : { }}, "a": true}}"#,
        expect![[r#"
        {
          "x": {
            "y": {
              "z": {}
            },
            "a": true
          }
        }"#]],
    );
}

#[test]
fn arrays() {
    check(
        r#"["[]"]"#,
        expect![[r#"
        [
          "[]"
        ]"#]],
    );
    check(
        "[true,null,1.2]",
        expect![[r#"
        [
          true,
          null,
          1.2
        ]"#]],
    );
    check("[      ]", expect!["[]"]);
    check(
        r#"[ [], [ [ {} ], "a" ]  ]"#,
        expect![[r#"
        [
          [],
          [
            [
              {}
            ],
            "a"
          ]
        ]"#]],
    );
}

#[test]
fn broken_json() {
    check(
        r#"[ null  1.2 "Hello" ]"#,
        expect![[r#"
        [
          null
          1.2
          "Hello"
        ]"#]],
    );
    check(
        r#"{"a":"b""c":"d" }"#,
        expect![[r#"
        {
          "a": "b"
          "c": "d"
        }"#]],
    );
    check("a 1 b 1 3 true", expect!["a 1 b 1 3 true"]);
}

#[test]
fn empty_lines() {
    let tabs = FormatOptions { insert_spaces: false, ..FormatOptions::default() };
    check_with(
        "{\n\"a\": true,\n\n\"b\": true\n}",
        tabs,
        expect![[r#"
        {
        →"a": true,

        →"b": true
        }"#]],
    );
}

#[test]
fn comments() {
    check(
        "[ \n//comment\n\"foo\", \"bar\"\n] ",
        expect![[r#"
            [
              //comment
              "foo",
              "bar"
            ]"#]],
    );
    check(
        "[{\n        /*comment*/     \n\"foo\" : true\n}] ",
        expect![[r#"
            [
              {
                /*comment*/
                "foo": true
              }
            ]"#]],
    );
    check(
        " {  \n        \"a\": {}// comment    \n } ",
        expect![[r#"
            {
              "a": {}// comment····
            }"#]],
    );
    check(
        "{ //comment\n}",
        expect![[r#"
        { //comment
        }"#]],
    );
    check(
        "{      \"a\": {}, /*comment*/    \n        /*comment*/ \"b\": {},    \n        \"c\": {/*comment*/}    } ",
        expect![[r#"
            {
              "a": {}, /*comment*/
              /*comment*/ "b": {},
              "c": {/*comment*/}
            }"#]],
    );
    check(
        " {       \"d\": [\n             null\n        ] /*comment*/\n        ,\"e\": /*comment*/ [null] }",
        expect![[r#"
            {
              "d": [
                null
              ] /*comment*/
                    ,"e": /*comment*/ [null]
            }"#]],
    );
    check(
        "[ /*comment*/  /*comment*/   // comment \n]",
        expect![[r#"
        [ /*comment*/  /*comment*/   // comment·
        ]"#]],
    );
    check(
        "{ \"a\": [ 1\n/* comment */\n, 2\n/* comment */\n]\n/* comment */\n,\n \"b\": true\n/* comment */\n}",
        expect![[r#"
            {
              "a": [
                1
            /* comment */
            , 2
                /* comment */
              ]
            /* comment */
            ,
             "b": true
              /* comment */
            }"#]],
    );
    check(
        "{ \"a\":\n// comment\nnull,\n \"b\"\n// comment\n: null\n// comment\n}",
        expect![[r#"
            {
              "a":
            // comment
            null,
              "b"
            // comment
            : null
              // comment
            }"#]],
    );
}

#[test]
fn ranges() {
    let check = |marked: &str, insert_spaces: bool, expected: expect_test::Expect| {
        let (start, end) = (marked.find('|').expect("a start"), marked.rfind('|').expect("an end") - 1);
        let text = marked.replace('|', "");
        let options = FormatOptions { insert_spaces, ..FormatOptions::default() };
        let edits = ide::format_range(&spec(&text), &options, start..end);
        expected.assert_eq(&render(&Edit::apply(&text, &edits)));
    };
    check(
        "{ \"a\": {},\n|\"b\": [null, null]|\n} ",
        true,
        expect![[r#"
        { "a": {},
          "b": [null, null]
        }·"#]],
    );
    check(
        "{ \"a\": {},\n   |\"b\": [null],\n\"c\": {}\n}|",
        true,
        expect![[r#"
        { "a": {},
          "b": [null],
          "c": {}
        }"#]],
    );
    check(
        "{ \"a\": {},\n|  \"b\": [null],   \n\"c\": {}\n}|    ",
        false,
        expect![[r#"
        { "a": {},
        →"b": [null],
        →"c": {}
        }"#]],
    );
    check(
        "{ |\"a\" :| 1,\n  \"b\": 1\n}",
        false,
        expect![[r#"
        {
        →"a": 1,
          "b": 1
        }"#]],
    );
}
