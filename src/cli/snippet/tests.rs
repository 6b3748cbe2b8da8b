//! Snapshots of source lines with underlined ranges.

use expect_test::{Expect, expect};

use super::{Mark, render};
use crate::lint::Severity;
use crate::text::Text;

/// Renders the source with a mark for each pair of `«` and `»`; the first is the primary one.
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
    let related = |range| Mark::related(range, "set here first");
    let mut ranges = ranges.into_iter();
    let marks: Vec<_> = ranges.next().map(Mark::primary).into_iter().chain(ranges.map(related)).collect();
    let rendered = render(&Text::new(&source), Severity::Error, None, &marks, width);
    expect.assert_eq(&anstream::adapter::strip_str(&rendered).to_string());
}

#[test]
fn ranges_are_underlined() {
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
fn wide_characters_and_tabs_do_not_shift_the_underline() {
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
fn an_empty_range_is_one_column_even_at_the_end_of_a_line_or_the_text() {
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
fn only_the_first_of_several_lines_is_underlined() {
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
fn related_ranges_are_in_the_order_of_the_lines() {
    check(
        80,
        "{\n\n\n  «\"a\"»: 1,\n  «\"a\"»: 2,\n\n\n\n\n  «\"a\"»: 3\n}",
        expect![[r#"
             4 |   "a": 1,
               |   ^^^
             5 |   "a": 2,
               |   --- set here first
            ...
            10 |   "a": 3
               |   --- set here first
        "#]],
    );
    check(
        80,
        "{ «\"a\"»: 1, «\"a\"»: 2 }",
        expect![[r#"
            1 | { "a": 1, "a": 2 }
              |   ^^^     --- set here first
        "#]],
    );
}

#[test]
fn a_long_line_is_cut_to_the_part_near_the_range() {
    let value = "x".repeat(60);
    check(
        40,
        &format!("{{ «\"a\"»: \"{value}\" }}"),
        expect![[r#"
            1 | { "a": "xxxxxxxxxxxxxxxxxxxxxxxxx...
              |   ^^^
        "#]],
    );
    check(
        40,
        &format!("{{ \"b\": \"{value}\", «\"a\"»: \"{value}\" }}"),
        expect![[r#"
            1 | ...xxxxxxxxxx", "a": "xxxxxxxxxxx...
              |                 ^^^
        "#]],
    );
    check(
        40,
        &format!("{{ \"b\": «\"{value}{value}\"»}}"),
        expect![[r#"
            1 | ...": "xxxxxxxxxxxxxxxxxxxxxxxxxx...
              |       ^^^^^^^^^^^^^^^^^^^^^^^^
        "#]],
    );
    check(
        40,
        &format!("{{ «\"a\"»: \"{value}\", «\"a\"»: 1}}"),
        expect![[r#"
            1 | { "a": "xxxxxxxxxxxxxxxxxxxxxxxxx...
              |   ^^^
              |
              |
            1 | ...xxx", "a": 1}
              |          --- set here first
        "#]],
    );
}

#[test]
fn control_characters_are_replaced() {
    check(
        80,
        "\"\u{1b}[31m\u{202e}\u{200b}\u{feff}\u{7f}\" «x»",
        expect![[r#"
            1 | "␛[31m���␡" x
              |             ^
        "#]],
    );
}

#[test]
fn distant_ranges_are_rendered_apart() {
    check(
        80,
        &format!("{{ «\"a\"»: 1,{}  «\"a\"»: 2 }}", "\n".repeat(1000)),
        expect![[r#"
               1 | { "a": 1,
                 |   ^^^
                 |
                 |
            1001 |   "a": 2 }
                 |   --- set here first
        "#]],
    );
}

/// Rendering must not depend on the length of lines and gaps, or a file with many problems takes quadratic time.
#[test]
fn a_very_long_line_is_cut_before_rendering() {
    let value = "é".repeat(5000);
    check(
        40,
        &format!("{{ \"b\": \"{value}\", «\"a\"»: \"{value}\" }}"),
        expect![[r#"
        1 | ...éééééééééé", "a": "ééééééééééé...
          |                 ^^^
    "#]],
    );
    check(
        40,
        &format!("{{ \"b\": \"{value}\", «\"a\"»: 0, «\"a\"»: \"{value}\" }}"),
        expect![[r#"
        1 | ...éééééééééé", "a": 0, "a": "ééé...
          |                 ^^^
          |
          |
        1 | ...": 0, "a": "éééééééééééééééééé...
          |          --- set here first
    "#]],
    );
    check(
        40,
        &format!("{{ \"b\": «\"{value}»\" }}"),
        expect![[r#"
        1 | ...": "éééééééééééééééééééééééééé...
          |       ^^^^^^^^^^^^^^^^^^^^^^^^
    "#]],
    );
}
