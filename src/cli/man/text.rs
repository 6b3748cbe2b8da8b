//! Help texts as roff: filled paragraphs, and indented examples kept line by line.

use clap_mangen::roff::{Roff, roman};

pub(super) fn section(heading: &str, text: &str) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", [heading]);
    fill(text.lines(), &mut roff);
    roff
}

/// The text after the options; each title, such as `Examples:`, starts a section.
pub(super) fn sections(text: &str) -> Roff {
    let mut roff = Roff::new();
    let lines: Vec<&str> = text.lines().collect();
    let starts = |at: usize| title(lines[at]).filter(|_| at == 0 || lines[at - 1].is_empty());
    let mut from = 0;
    while from < lines.len() {
        let heading = starts(from);
        let text = from + usize::from(heading.is_some());
        let end = (text..lines.len()).find(|at| starts(*at).is_some()).unwrap_or(lines.len());
        roff.control("SH", [heading.unwrap_or("Notes").to_uppercase().as_str()]);
        fill(lines[text..end].iter().copied(), &mut roff);
        from = end;
    }
    roff
}

/// The title without its colon, if the line is one.
fn title(line: &str) -> Option<&str> {
    let words = line.strip_suffix(':')?;
    (!words.starts_with(' ') && words.split(' ').count() <= 2).then_some(words)
}

fn fill<'a>(lines: impl Iterator<Item = &'a str>, roff: &mut Roff) {
    // What empty lines mean depends on the lines on both sides.
    let (mut example, mut empty, mut first) = (false, 0, true);
    for line in lines {
        if line.is_empty() {
            empty += 1;
            continue;
        }
        let indented = line.starts_with("  ");
        if example && !indented {
            roff.control("fi", []).control("RE", []);
        }
        if indented && !example {
            if empty > 0 {
                roff.control("PP", []);
            }
            roff.control("RS", ["4"]).control("nf", []);
        } else if indented {
            for _ in 0..empty {
                roff.control("sp", []);
            }
        } else if !first && (empty > 0 || example) {
            roff.control("PP", []);
        }
        roff.text([roman(if indented { &line[2..] } else { line })]);
        (example, empty, first) = (indented, 0, false);
    }
    if example {
        roff.control("fi", []).control("RE", []);
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check(roff: &Roff, expect: &Expect) {
        expect.assert_eq(&roff.to_roff());
    }

    #[test]
    fn paragraphs_are_filled_and_examples_are_not() {
        let text = "One line.\nOne more:\n  a\n    b\n\n  c\nAfter.\n\nA paragraph.\n\n  d";
        check(
            &section("DESCRIPTION", text),
            &expect![[r#"
            .SH DESCRIPTION
            One line.
            One more:
            .RS 4
            .nf
            a
              b
            .sp
            c
            .fi
            .RE
            .PP
            After.
            .PP
            A paragraph.
            .PP
            .RS 4
            .nf
            d
            .fi
            .RE
        "#]],
        );
    }

    #[test]
    fn a_title_starts_a_section() {
        let text = "Exit codes:\n  0  success\n\nWith --format json, one object is printed:\n  { }\n\nExamples:\n  a";
        check(
            &sections(text),
            &expect![[r#"
            .SH "EXIT CODES"
            .RS 4
            .nf
            0  success
            .fi
            .RE
            .PP
            With \-\-format json, one object is printed:
            .RS 4
            .nf
            { }
            .fi
            .RE
            .SH EXAMPLES
            .RS 4
            .nf
            a
            .fi
            .RE
        "#]],
        );
        check(
            &sections("Exit code: 0 on success."),
            &expect![[r#"
            .SH NOTES
            Exit code: 0 on success.
        "#]],
        );
    }
}
