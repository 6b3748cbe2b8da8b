//! Formatted texts. Formatting a result again must not change it. Trailing spaces are rendered as `·`.

mod typing;
mod vscode;

use expect_test::{Expect, expect};

use crate::document::Document;
use crate::ide::{self, FormatOptions};
use crate::text::{Edit, Text};

fn spec(text: &str) -> Document {
    Document::new("acme-connectionSpec.json", 0, Text::new(text))
}

fn formatted(text: &str, options: FormatOptions) -> String {
    let after = Edit::apply(text, &ide::format(&spec(text), &options));
    assert_eq!(ide::format(&spec(&after), &options), [], "formatted twice: {after}");
    after
}

/// A text with visible white space.
fn render(text: &str) -> String {
    let line = |line: &str| {
        let end = line.trim_end_matches(' ').len();
        line[..end].to_owned() + &"·".repeat(line.len() - end)
    };
    let lines: Vec<String> = text.replace('\t', "→").replace('\r', "␍").split('\n').map(line).collect();
    lines.join("\n")
}

#[track_caller]
fn check(text: &str, expected: Expect) {
    check_with(text, FormatOptions::default(), expected);
}

#[track_caller]
fn check_with(text: &str, options: FormatOptions, expected: Expect) {
    expected.assert_eq(&render(&formatted(text, options)));
}

#[test]
fn lines_are_indented_and_tokens_are_spaced() {
    check(
        r#"{ "name":"Acme" ,
      "authSpec" :[{"name":"A"
      ,"type"  : "KeyBased", "spec": {
  "required":["a","b"],  "x":[ ], "y": {
  }}}
  ]   }   
"#,
        expect![[r#"
            {
              "name": "Acme",
              "authSpec": [
                {
                  "name": "A",
                  "type": "KeyBased",
                  "spec": {
                    "required": ["a", "b"],
                    "x": [],
                    "y": {}
                  }
                }
              ]
            }
        "#]],
    );
}

#[test]
fn short_objects_stay_on_one_line() {
    check(
        r#"{
  "short": {"key":"acmeIcon"},
  "nested": { "a": { "b": [1,2 , {"c":null}] } },
  "begun": { "a": 1,
    "b": 2 },
  "long": { "type": "string", "description": "More words than a line of a hundred columns has room for, by far" },
  "exact": { "description": "With its comma this line has one hundred columns, just as many as a" },
  "over": { "description": "With its comma this line would have a hundred and one columns, and th" },
  "wide": ["äöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöü", "äöüäöüäöüäöüäöüäöü"]
}"#,
        expect![[r#"
            {
              "short": { "key": "acmeIcon" },
              "nested": { "a": { "b": [1, 2, { "c": null }] } },
              "begun": {
                "a": 1,
                "b": 2
              },
              "long": {
                "type": "string",
                "description": "More words than a line of a hundred columns has room for, by far"
              },
              "exact": { "description": "With its comma this line has one hundred columns, just as many as a" },
              "over": {
                "description": "With its comma this line would have a hundred and one columns, and th"
              },
              "wide": ["äöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöü", "äöüäöüäöüäöüäöüäöü"]
            }"#]],
    );
}

#[test]
fn minified_json_is_split_into_lines() {
    check(
        r#"{"a":{"key":"x"},"b":["c"],"d":{}}"#,
        expect![[r#"
        {
          "a": {
            "key": "x"
          },
          "b": [
            "c"
          ],
          "d": {}
        }"#]],
    );
    check(
        r#"
{"a":{"key":"x"}}"#,
        expect![[r#"
            {
              "a": {
                "key": "x"
              }
            }"#]],
    );
}

#[test]
fn one_empty_line_between_members_is_kept() {
    check(
        "{\n\n  \"a\": 1,\n\n\n  \"b\": [\n\n1,\n  \n2\n\n]\n\n}\n\n",
        expect![[r#"
        {
          "a": 1,

          "b": [
            1,

            2
          ]
        }

    "#]],
    );
}

#[test]
fn line_endings_and_byte_order_mark_are_kept() {
    check(
        "\u{feff} {\r\n\"a\":[1,\r\n2]}\r\n",
        expect![[r#"
        ﻿{␍
          "a": [␍
            1,␍
            2␍
          ]␍
        }␍
    "#]],
    );
    check("{\r\"a\":[1,\r2]}", expect![[r#"{␍  "a": [␍    1,␍    2␍  ]␍}"#]]);
    check(
        "{\n\"a\":1,\r\n\"b\":[\r\n2, 3,\n4]}",
        expect![[r#"
        {
          "a": 1,␍
          "b": [␍
            2,
            3,
            4
          ]
        }"#]],
    );
}

#[test]
fn final_newline_options() {
    let check = |text: &str, insert, trim, expected: &str| {
        let options =
            FormatOptions { insert_final_newline: insert, trim_final_newlines: trim, ..FormatOptions::default() };
        assert_eq!(formatted(text, options), expected, "{text:?}");
    };
    check("{} ", false, false, "{}");
    check("{}\n \n", false, false, "{}\n\n");
    check("{}\n \n", false, true, "{}\n");
    check("{}", true, false, "{}\n");
    check("{\r\n} ", true, false, "{}\r\n");
    check("{}\n\n", true, true, "{}\n");
    check("", true, true, "");
}

#[test]
fn indentation_options() {
    let text = "{\n\"a\": [\n1\n]}";
    check_with(
        text,
        FormatOptions { insert_spaces: false, ..FormatOptions::default() },
        expect![[r#"
        {
        →"a": [
        →→1
        →]
        }"#]],
    );
    check_with(
        text,
        FormatOptions { tab_size: 4, ..FormatOptions::default() },
        expect![[r#"
        {
            "a": [
                1
            ]
        }"#]],
    );
}

#[test]
fn lines_with_syntax_errors_are_kept() {
    check(
        r#"{
 "name":"Acme",
 "authSpec": [
 {"name":"A",
     "type":"B"   "spec":{"required":["a"],
"properties":{"a":
{}}}
     }],
  "sourceSpec": {"attributes":{
  "urlParams":{"path":"/"}}}}"#,
        expect![[r#"
            {
              "name": "Acme",
              "authSpec": [
                {
                  "name": "A",
                  "type": "B"
                  "spec": {
                    "required": ["a"],
                    "properties": {
                      "a": {}
                    }
                  }
                }
              ],
              "sourceSpec": {
                "attributes": {
                  "urlParams": { "path": "/" }
                }
              }
            }"#]],
    );
}

#[test]
fn lines_around_comments_and_wrong_commas_are_formatted() {
    check(
        r#"{
 // The catalog.
     "name":"Acme", // as in the shop
 "type": "generic-rest"
   "authSpec":[ {"name":"A",
 "type":"B",},
 /* one more */ {"name":
 "C"}
 // no others
   ],
      /* two
 lines */

 "sourceSpec":{"attributes":{
  "urlParams":{"path":"/"}}},
  }"#,
        expect![[r#"
            {
              // The catalog.
              "name": "Acme", // as in the shop
              "type": "generic-rest"
              "authSpec": [
                {
                  "name": "A",
                  "type": "B",
                },
                /* one more */ {
                  "name": "C"
                }
                // no others
              ],
              /* two
             lines */

              "sourceSpec": {
                "attributes": {
                  "urlParams": { "path": "/" }
                }
              },
            }"#]],
    );
}

#[test]
fn only_white_space_is_removed() {
    check(
        "{ // one\n\"a\":[1, /* two */ 2,\n{\"b\":\n1}],\n}",
        expect![[r#"
            { // one
              "a": [
                1, /* two */ 2,
                {
                  "b": 1
                }
              ],
            }"#]],
    );
    check(
        "<<<<<<< HEAD\n{\"a\":1}\n=======\n{\"a\":2}\n>>>>>>> x\n",
        expect![[r#"
        <<<<<<< HEAD
        {
          "a": 1
        }
        =======
        {"a":2}
        >>>>>>> x
    "#]],
    );
    check(
        "{\n    \"a\": {\n        \"b\": 1,\n    \"c\": [ 1,\n2]\n}",
        expect![[r#"
        {
            "a": {
                "b": 1,
            "c": [
              1,
              2
            ]
        }"#]],
    );
    check(
        "{\n\"a\": \"b   \n\"c\":{\"d\":\n1}}",
        expect![[r#"
        {
        "a": "b···
        "c":{
          "d": 1
        }}"#]],
    );
}

#[test]
fn edits_are_minimal() {
    let text = "{\n    \"a\":1,\n  \"b\": [1,\n    2\n  ]\n}";
    let edits = ide::format(&spec(text), &FormatOptions::default());
    let drawn: Vec<String> = edits
        .iter()
        .map(|edit| format!("{:?} {:?} to {:?}", edit.range, &text[edit.range.clone()], edit.new))
        .collect();
    expect![[r#"
        4..6 "  " to ""
        10..10 "" to " "
        21..21 "" to "\n    ""#]]
    .assert_eq(&drawn.join("\n"));
}

#[test]
fn range_formats_whole_lines() {
    let check = |marked: &str, expected: Expect| {
        let (start, end) = (marked.find('«').expect("a start"), marked.find('»').expect("an end") - '«'.len_utf8());
        let text = marked.replace(['«', '»'], "");
        let edits = ide::format_range(&spec(&text), &FormatOptions::default(), start..end);
        expected.assert_eq(&render(&Edit::apply(&text, &edits)));
    };
    check(
        "{\n\"a\":1,\n\"b\"«»:2,\n\"c\":3\n}",
        expect![[r#"
        {
        "a":1,
          "b": 2,
        "c":3
        }"#]],
    );
    check(
        "{\n\"a\":1,\n«\"b\":2,\n»\"c\":3\n}",
        expect![[r#"
        {
        "a":1,
          "b": 2,
        "c":3
        }"#]],
    );
    check(
        "{\n\"a\":1,\n\"b«\":[1,2\n],\"c\"»:3\n}",
        expect![[r#"
        {
        "a":1,
          "b": [
            1,
            2
          ],
          "c": 3
        }"#]],
    );
}

#[test]
fn other_json_is_not_formatted() {
    let other = Document::new("package.json", 0, Text::new("{\"a\":\n1}"));
    assert_eq!(ide::format(&other, &FormatOptions::default()), []);
    assert_eq!(ide::format_range(&other, &FormatOptions::default(), 0..8), []);
    assert_eq!(ide::format_typed(&other, &FormatOptions::default(), 6, '\n'), []);
}

#[test]
fn deep_nesting_is_formatted() {
    let text = "{\"a\":\n".to_owned() + &"[".repeat(100_000) + "1" + &"]".repeat(100_000) + "}";
    let after = formatted(&text, FormatOptions::default());
    assert!(after.len() < text.len() + 200_000, "{} grew to {}", text.len(), after.len());
}
