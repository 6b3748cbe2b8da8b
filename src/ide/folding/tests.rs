//! Folding ranges: `┌` marks the line that stays visible, `└` the last hidden line.
//!
//! The cases of `vscode-json-languageservice` for folding, as far as they apply, are in here: one level, two levels, arrays,
//! several that start on one line, truncated texts, a limit. What differs, and why:
//!
//! - Comments and `#region` fold nothing: they are not valid JSON, and no spec may hold them.
//! - Of several brackets on one line, the outermost folds, not the one that closes first: otherwise `"x": [ {` would fold down
//!   to the end of its first element and leave the others visible.
//! - The line of the closing bracket is hidden too if a value precedes the bracket; in VS Code it never is.
//! - An unclosed object folds up to its last child; in VS Code it does not fold, so folds move while someone types.
//! - Over the limit, the outermost folds are kept; VS Code leaves out levels and keeps a part of the last one.

use expect_test::{Expect, expect};

use super::folding;
use crate::document::Document;
use crate::text::Text;

/// The lines of a document with their folds, after the number of folds.
fn render(text: &str, most: Option<usize>) -> String {
    let document = Document::new("acme-connectionSpec.json", 0, Text::new(text));
    let folds = folding(&document, most);
    for fold in &folds {
        assert!(fold.range.start < fold.range.end && text[fold.range.clone()].contains(['\n', '\r']), "{fold:?}");
    }
    let lines: Vec<_> = folds.iter().filter_map(|fold| fold.lines).collect();
    let mut rendered = format!("{} folds\n", folds.len());
    for number in 0..document.text().line_count() {
        let line = &text[document.text().line(number)];
        let mark = |(first, last): &(u32, u32)| match number as u32 {
            at if at == *first => '┌',
            at if at == *last => '└',
            at if (*first..*last).contains(&at) => '│',
            _ => ' ',
        };
        rendered += &format!("{}  {line}", lines.iter().map(mark).collect::<String>());
        rendered.truncate(rendered.trim_end().len());
        rendered.push('\n');
    }
    rendered
}

fn check(text: &str, expected: Expect) {
    expected.assert_eq(&render(text, None));
}

#[test]
fn multi_line_objects_and_arrays_fold() {
    check(
        "{\n  \"a\": 1,\n  \"b\": 2\n}",
        expect![[r#"
        1 folds
        ┌  {
        │    "a": 1,
        └    "b": 2
           }
    "#]],
    );
    check(
        "{\n  \"a\": {\n    \"x\": 1\n  },\n  \"b\": {\n  },\n  \"c\": {}\n}",
        expect![[r#"
            3 folds
            ┌   {
            │┌    "a": {
            │└      "x": 1
            │     },
            │     "b": {
            │     },
            └     "c": {}
                }
        "#]],
    );
    check(
        "{\n  \"a\": [\n    1,\n    [\n      2\n    ], [\n      3\n    ]\n  ]\n}\n",
        expect![[r#"
        4 folds
        ┌     {
        │┌      "a": [
        ││        1,
        ││┌       [
        ││└         2
        ││ ┌      ], [
        ││ └        3
        │└        ]
        └       ]
              }
    "#]],
    );
}

#[test]
fn empty_objects_and_arrays_of_several_lines_fold() {
    check(
        "{\n  \"a\": {\n\n  },\n  \"b\": [\n\n  ],\n  \"c\": {}\n}",
        expect![[r#"
        3 folds
        ┌    {
        │┌     "a": {
        │└
        │      },
        │ ┌    "b": [
        │ └
        │      ],
        └      "c": {}
             }
    "#]],
    );
}

#[test]
fn first_bracket_of_a_line_folds() {
    check(
        "{ \"a\": [ {\n  \"x\": 1\n}, {\n  \"y\": 2\n} ] }",
        expect![[r#"
        4 folds
        ┌   { "a": [ {
        │     "x": 1
        │┌  }, {
        │└    "y": 2
        └   } ] }
    "#]],
    );
    check(
        "{ \"a\": 1,\n  \"b\": { \"x\": 1,\n    \"y\": 2 },\n  \"c\": 3 }",
        expect![[r#"
        2 folds
        ┌   { "a": 1,
        │┌    "b": { "x": 1,
        │└      "y": 2 },
        └     "c": 3 }
    "#]],
    );
    check(
        "{ \"a\": { \"x\": 1,\n \"y\": 2 }, \"c\": {\n  \"z\": 3\n} }",
        expect![[r#"
        3 folds
        ┌   { "a": { "x": 1,
        │┌   "y": 2 }, "c": {
        │└    "z": 3
        └   } }
    "#]],
    );
}

#[test]
fn broken_text_folds() {
    check(
        "{\n  \"a\": {\n    \"x\": [\n      1,\n  \"b\": {\n    \"y\": 2\n",
        expect![[r#"
            4 folds
            ┌     {
            │┌      "a": {
            ││┌       "x": [
            ││└         1,
            ││ ┌    "b": {
            └└ └      "y": 2
        "#]],
    );
    check(
        "{\r\n  \"a\": [\r\n    1 2\r\n  },\r\n  \"b\": 3\r\n",
        expect![[r#"
            2 folds
            ┌   {
            │┌    "a": [
            │└      1 2
            │     },
            └     "b": 3
        "#]],
    );
}

#[test]
fn limit_keeps_outer_ranges() {
    let text = "{\n  \"a\": {\n    \"x\": {\n      \"y\": 1\n    }\n  },\n  \"b\": [\n    1\n  ]\n}";
    for (most, expected) in [
        (
            3,
            expect![[r#"
        3 folds
        ┌    {
        │┌     "a": {
        ││       "x": {
        ││         "y": 1
        │└       }
        │      },
        │ ┌    "b": [
        │ └      1
        └      ]
             }
    "#]],
        ),
        (
            1,
            expect![[r#"
        1 folds
        ┌  {
        │    "a": {
        │      "x": {
        │        "y": 1
        │      }
        │    },
        │    "b": [
        │      1
        └    ]
           }
    "#]],
        ),
        (
            0,
            expect![[r#"
        0 folds
          {
            "a": {
              "x": {
                "y": 1
              }
            },
            "b": [
              1
            ]
          }
    "#]],
        ),
    ] {
        expected.assert_eq(&render(text, Some(most)));
    }
    assert_eq!(render(text, Some(4)), render(text, None));
}

#[test]
fn other_json_does_not_fold() {
    let document = Document::new("package.json", 0, Text::new("{\n  \"a\": 1\n}"));
    assert_eq!(folding(&document, None), []);
}
