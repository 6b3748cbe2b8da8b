//! White space between two tokens, and the smallest edit that changes it.

use std::ops::Range;

use super::Edit;

/// The indentation of a line.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Indent<'t> {
    /// The white space of an enclosing part that keeps its lines.
    pub(super) base: &'t str,
    /// Further indentation steps.
    pub(super) steps: usize,
}

impl Indent<'_> {
    /// One step deeper.
    pub(super) fn deeper(self) -> Self {
        Indent { steps: self.steps + 1, ..self }
    }
}

/// Whether a text is white space as JSON knows it.
pub(super) fn is_blank(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'))
}

/// The line breaks in a text, in order.
pub(super) fn breaks(text: &str) -> impl Iterator<Item = &str> {
    text.char_indices().filter_map(|(at, char)| match char {
        '\n' if text[..at].ends_with('\r') => None,
        '\n' => Some("\n"),
        '\r' if text[at + 1..].starts_with('\n') => Some("\r\n"),
        '\r' => Some("\r"),
        _ => None,
    })
}

/// The smallest edit that replaces the text at `range` with `wanted`. `None` if they are equal.
pub(super) fn edit(source: &str, range: Range<usize>, wanted: &str) -> Option<Edit> {
    let found = &source[range.clone()];
    if found == wanted {
        return None;
    }
    let same = |(a, b): &(u8, u8)| a == b;
    let mut start = found.bytes().zip(wanted.bytes()).take_while(same).count();
    // Editors have no position between `\r` and `\n`.
    if found[..start].ends_with('\r') {
        start -= 1;
    }
    let (rest, wanted_rest) = (&found[start..], &wanted[start..]);
    let mut end = rest.bytes().rev().zip(wanted_rest.bytes().rev()).take_while(same).count();
    let splits =
        |text: &str, end: usize| text[text.len() - end..].starts_with('\n') && text[..text.len() - end].ends_with('\r');
    if splits(rest, end) || splits(wanted_rest, end) {
        end -= 1;
    }
    let new = wanted_rest[..wanted_rest.len() - end].to_owned();
    Some(Edit { range: range.start + start..range.end - end, new })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edit_is_minimal() {
        for (found, wanted, expected) in [
            ("\n  ", "\n  ", None),
            ("\n    ", "\n  ", Some((3..5, ""))),
            ("\n ", "\n  ", Some((2..2, " "))),
            ("", "\n", Some((0..0, "\n"))),
            ("\r\n\r\n\t", "\r\n  ", Some((2..5, "  "))),
            ("\r\n", "\n", Some((0..2, "\n"))),
            ("\r", "\r\n", Some((0..1, "\r\n"))),
            ("  \n", "\n", Some((0..2, ""))),
            (" \r\n ", "\r\n ", Some((0..1, ""))),
        ] {
            let edit = edit(found, 0..found.len(), wanted).map(|edit| (edit.range, edit.new));
            assert_eq!(edit, expected.map(|(range, new)| (range, new.to_owned())), "{found:?} to {wanted:?}");
        }
    }

    #[test]
    fn line_breaks_are_those_of_the_protocol() {
        assert_eq!(breaks("a\r\n\n\r \u{2028}\r\n").collect::<Vec<_>>(), ["\r\n", "\n", "\r", "\r\n"]);
    }
}
