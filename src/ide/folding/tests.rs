//! Folds drawn as pictures: `┌` on the line that stays, `└` on the last one that goes, where whole lines are folded.
//!
//! The cases of `vscode-json-languageservice` for folding, as far as they apply, are in here: one level, two levels, arrays,
//! several that start on one line, texts that are cut off, a limit. What differs, and why:
//!
//! - Comments and `#region` fold nothing: they are not valid JSON, and no spec may hold them.
//! - Of several brackets on one line the outermost counts, not the one that closes first: the other way `"x": [ {` folds
//!   down to the end of its first element and leaves the others in sight.
//! - Where a value is before the closing bracket, its line goes out of sight too; there it never folds.
//! - An object that is not closed folds to the last thing in it; there it does not fold, which makes the folds around the
//!   place where someone types jump.
//! - Over the limit the outermost are kept; there whole levels are left out, and the last one is kept in part too.

use expect_test::{Expect, expect};

use super::folding;
use crate::document::Document;
use crate::text::Text;

/// Draws the folds of lines of a document, and says how many there are in all.
fn drawn(text: &str, most: Option<usize>) -> String {
    let document = Document::new("acme-connectionSpec.json", 0, Text::new(text));
    let folds = folding(&document, most);
    for fold in &folds {
        assert!(fold.range.start < fold.range.end && text[fold.range.clone()].contains(['\n', '\r']), "{fold:?}");
    }
    let lines: Vec<_> = folds.iter().filter_map(|fold| fold.lines).collect();
    let mut picture = format!("{} folds\n", folds.len());
    for number in 0..document.text().line_count() {
        let line = &text[document.text().line(number)];
        let mark = |(first, last): &(u32, u32)| match number as u32 {
            at if at == *first => '┌',
            at if at == *last => '└',
            at if (*first..*last).contains(&at) => '│',
            _ => ' ',
        };
        picture += &format!("{}  {line}", lines.iter().map(mark).collect::<String>());
        picture.truncate(picture.trim_end().len());
        picture.push('\n');
    }
    picture
}

fn check(text: &str, expected: Expect) {
    expected.assert_eq(&drawn(text, None));
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
        2 folds
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
        expected.assert_eq(&drawn(text, Some(most)));
    }
    assert_eq!(drawn(text, Some(4)), drawn(text, None));
}

#[test]
fn other_json_does_not_fold() {
    let document = Document::new("package.json", 0, Text::new("{\n  \"a\": 1\n}"));
    assert_eq!(folding(&document, None), []);
}
