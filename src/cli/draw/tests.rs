//! Pictures of source lines with marks.

use anstyle::Style;
use expect_test::{Expect, expect};

use super::{Mark, excerpt};
use crate::text::Text;

/// Draws the source with a mark between each pair of `«` and `»`; the first is the main one.
#[track_caller]
fn check(width: usize, marked: &str, expect: Expect) {
    let mut source = String::new();
    let mut ranges = Vec::new();
    for char in marked.chars() {
        match char {
            '«' => ranges.push(source.len()..source.len()),
            '»' => ranges.last_mut().into_iter().for_each(|range| range.end = source.len()),
            other => source.push(other),
        }
    }
    let marks: Vec<_> = ranges
        .into_iter()
        .enumerate()
        .map(|(at, range)| {
            let (sign, label) = if at == 0 { ('^', "") } else { ('-', "set here first") };
            Mark { range, sign: Some(sign), style: Style::new(), label }
        })
        .collect();
    let drawn = anstream::adapter::strip_str(&excerpt(&Text::new(&source), &marks, width)).to_string();
    expect.assert_eq(&drawn);
}

#[test]
fn a_mark_stands_under_what_it_means() {
    check(
        80,
        "{\n  «\"name\"»: 1\n}\n",
        expect![[r#"
        2 |   "name": 1
          |   ^^^^^^
    "#]],
    );
}

#[test]
fn wide_characters_and_tabs_keep_the_mark_in_its_column() {
    check(
        80,
        "\t\"名前\": \"👩‍💻 ⚠️ é\", «x»",
        expect![[r#"
        1 |     "名前": "👩💻 ⚠ é", x
          |                         ^
    "#]],
    );
}

#[test]
fn an_empty_place_is_one_column_even_at_the_end_of_the_line_and_of_the_text() {
    check(
        80,
        "[\r\n  1«»\r\n  2\r\n]",
        expect![[r#"
        2 |   1
          |    ^
    "#]],
    );
    check(
        80,
        "{\n«»",
        expect![[r#"
        2 | 
          | ^
    "#]],
    );
}

#[test]
fn of_several_lines_the_first_is_underlined() {
    check(
        80,
        "{\n  \"a\": «{\n    \"b\": 1\n  }»\n}",
        expect![[r#"
        2 |   "a": {
          |        ^
    "#]],
    );
}

#[test]
fn second_places_stand_in_the_order_of_the_lines() {
    check(
        80,
        "{\n\n\n  «\"a\"»: 1,\n  «\"a\"»: 2,\n\n\n\n\n  «\"a\"»: 3\n}",
        expect![[r#"
         4 |   "a": 1,
           |   ^^^
         5 |   "a": 2,
           |   --- set here first
        ..
        10 |   "a": 3
           |   --- set here first
    "#]],
    );
    check(
        80,
        "{ «\"a\"»: 1, «\"a\"»: 2 }",
        expect![[r#"
        1 | { "a": 1, "a": 2 }
          |   ^^^
          |           --- set here first
    "#]],
    );
}

#[test]
fn a_long_line_is_cut_to_the_part_around_the_mark() {
    let value = "x".repeat(60);
    check(
        40,
        &format!("{{ «\"a\"»: \"{value}\" }}"),
        expect![[r#"
        1 | { "a": "xxxxxxxxxxxxxxxxxxxxxxxxxxx…
          |   ^^^
    "#]],
    );
    check(
        40,
        &format!("{{ \"b\": \"{value}\", «\"a\"»: \"{value}\" }}"),
        expect![[r#"
            1 | …xxxxxx", "a": "xxxxxxxxxxxxxxxxxxx…
              |           ^^^
        "#]],
    );
    check(
        40,
        &format!("{{ \"b\": «\"{value}{value}\"»}}"),
        expect![[r#"
        1 | { "b": "xxxxxxxxxxxxxxxxxxxxxxxxxxx…
          |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    "#]],
    );
    check(
        40,
        &format!("{{ «\"a\"»: \"{value}\", «\"a\"»: 1}}"),
        expect![[r#"
            1 | { "a": "xxxxxxxxxxxxxxxxxxxxxxxxxxx…
              |   ^^^
            1 | …xxxxxx", "a": 1}
              |           --- set here first
        "#]],
    );
}

#[test]
fn nothing_in_the_file_steers_the_terminal() {
    check(
        80,
        "\"\u{1b}[31m\u{202e}\u{200b}\u{feff}\u{7f}\" «x»",
        expect![[r#"
        1 | "␛[31m���␡" x
          |             ^
    "#]],
    );
}
