//! Text and positions in it: byte offsets, and lines with columns in UTF-8, UTF-16 or UTF-32 units.
//!
//! The crate uses byte offsets. Editors use lines and columns, in a unit that the protocol negotiates; only this module converts
//! between the two. As in the Language Server Protocol, only `\n`, `\r\n` and `\r` end a line (U+2028 inside a string is an
//! ordinary character).

pub mod english;

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use ropey::Rope;

/// The unit in which an editor counts columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units, the default of the protocol.
    #[default]
    Utf16,
    /// Unicode scalar values.
    Utf32,
}

/// A position in an editor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line, from 0.
    pub line: u32,
    /// The column, from 0, in units of the negotiated [`Encoding`].
    pub column: u32,
}

/// One version of a text. Clones and edited versions share unchanged parts.
#[derive(Debug, Clone)]
pub struct Text {
    /// For edits, lines and columns; built on first use, because most files on disk need none of them.
    rope: OnceLock<Rope>,
    /// For reading. One of the two is set from the start.
    flat: OnceLock<Arc<String>>,
}

impl Text {
    /// A text with this content.
    pub fn new(content: impl Into<String>) -> Self {
        Text { rope: OnceLock::new(), flat: OnceLock::from(Arc::new(content.into())) }
    }

    fn rope(&self) -> &Rope {
        self.rope.get_or_init(|| self.flat.get().map_or_else(Rope::new, |flat| Rope::from_str(flat)))
    }

    /// The complete content. The first call after an edit copies it from the rope.
    pub fn as_str(&self) -> &str {
        self.shared()
    }

    /// The complete content, shared.
    pub fn shared(&self) -> &Arc<String> {
        self.flat.get_or_init(|| {
            let rope = self.rope();
            let mut flat = String::with_capacity(rope.len_bytes());
            rope.chunks().for_each(|chunk| flat.push_str(chunk));
            Arc::new(flat)
        })
    }

    /// The length in bytes.
    pub fn len(&self) -> usize {
        self.flat.get().map_or_else(|| self.rope().len_bytes(), |flat| flat.len())
    }

    /// Whether the text is empty.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number of lines; a text that ends in a line break has an empty last line.
    pub fn line_count(&self) -> usize {
        self.rope().len_lines()
    }

    /// The line of an offset in bytes, from 0.
    pub fn line_at(&self, offset: usize) -> usize {
        self.rope().byte_to_line(offset.min(self.len()))
    }

    /// The bytes of a line without its line break. A line past the end is the empty end of the text.
    pub fn line(&self, line: usize) -> Range<usize> {
        let rope = self.rope();
        if line >= rope.len_lines() {
            return self.len()..self.len();
        }
        let start = rope.line_to_byte(line);
        let slice = rope.line(line);
        let mut end = start + slice.len_bytes();
        for byte in [b'\n', b'\r'] {
            if end > start && rope.byte(end - 1) == byte {
                end -= 1;
            }
        }
        start..end
    }

    /// The byte offset of a position. A column past the end of its line is the end of the line, a line past the end is the end
    /// of the text, and a column inside a character is the start of that character.
    pub fn offset(&self, position: Position, encoding: Encoding) -> usize {
        let line = self.line(position.line as usize);
        let column = position.column as usize;
        let slice = self.rope().byte_slice(line.clone());
        let within = match encoding {
            Encoding::Utf8 if column >= slice.len_bytes() => slice.len_bytes(),
            Encoding::Utf8 => slice.char_to_byte(slice.byte_to_char(column)),
            Encoding::Utf16 if column >= slice.len_utf16_cu() => slice.len_bytes(),
            Encoding::Utf16 => slice.char_to_byte(slice.utf16_cu_to_char(column)),
            Encoding::Utf32 if column >= slice.len_chars() => slice.len_bytes(),
            Encoding::Utf32 => slice.char_to_byte(column),
        };
        line.start + within
    }

    /// The position of a byte offset. An offset past the end is the end; an offset inside a character is the start of that
    /// character.
    pub fn position(&self, offset: usize, encoding: Encoding) -> Position {
        let offset = offset.min(self.len());
        let rope = self.rope();
        let line = rope.byte_to_line(offset);
        let start = rope.line_to_byte(line);
        // Editors have no position between `\r` and `\n`: it is the end of the line.
        let offset = offset.min(self.line(line).end);
        let slice = rope.byte_slice(start..rope.char_to_byte(rope.byte_to_char(offset)));
        let column = match encoding {
            Encoding::Utf8 => slice.len_bytes(),
            Encoding::Utf16 => slice.len_utf16_cu(),
            Encoding::Utf32 => slice.len_chars(),
        };
        Position { line: line as u32, column: column as u32 }
    }

    /// The text with `range` (bytes, both ends on character boundaries) replaced by `new`.
    pub fn edit(&self, range: Range<usize>, new: &str) -> Text {
        let mut rope = self.rope().clone();
        let start = rope.byte_to_char(range.start.min(rope.len_bytes()));
        let end = rope.byte_to_char(range.end.min(rope.len_bytes())).max(start);
        rope.remove(start..end);
        rope.insert(start, new);
        Text { rope: OnceLock::from(rope), flat: OnceLock::new() }
    }
}

/// Whether two ranges overlap or one begins where the other ends.
pub fn touch(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start <= b.end && b.start <= a.end
}

/// Whether a range is inside another, or equal to it.
pub fn contains(outer: &Range<usize>, inner: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// Where the line with this offset begins.
pub fn line_start(text: &str, offset: usize) -> usize {
    text[..offset].rfind(['\n', '\r']).map_or(0, |found| found + 1)
}

/// The spaces and tabs at the start of a text.
pub fn indentation(text: &str) -> &str {
    &text[..text.len() - text.trim_start_matches([' ', '\t']).len()]
}

/// A piece of a text, which begins at byte `start` of the text, after edits. The edits have ranges of the text inside the piece
/// and do not overlap.
pub fn edited<'n>(piece: &str, start: usize, edits: impl IntoIterator<Item = (Range<usize>, &'n str)>) -> String {
    let mut edits: Vec<_> = edits.into_iter().collect();
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let mut text = String::with_capacity(piece.len() + edits.iter().map(|(_, new)| new.len()).sum::<usize>());
    let mut done = 0;
    for (range, new) in edits {
        text.push_str(&piece[done..range.start - start]);
        text.push_str(new);
        done = range.end - start;
    }
    text.push_str(&piece[done..]);
    text
}

/// An edit: `range` (bytes) is replaced by `new`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The replaced range.
    pub range: Range<usize>,
    /// The new text.
    pub new: String,
}

impl Edit {
    /// The replacement of a range.
    pub fn replace(range: Range<usize>, new: impl Into<String>) -> Self {
        Edit { range, new: new.into() }
    }

    /// The insertion of a text at an offset.
    pub fn insert(at: usize, new: impl Into<String>) -> Self {
        Edit::replace(at..at, new)
    }

    /// Whether it touches this range, so that an edit of the range cannot be applied together with it.
    pub fn touches(&self, range: &Range<usize>) -> bool {
        touch(&self.range, range)
    }

    /// A text after edits, none of which touches another.
    pub fn apply(source: &str, edits: &[Edit]) -> String {
        edited(source, 0, edits.iter().map(|edit| (edit.range.clone(), edit.new.as_str())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

    fn check(content: &str, offset: usize, line: u32, columns: [u32; 3]) {
        let text = Text::new(content);
        for (encoding, column) in ALL.into_iter().zip(columns) {
            let position = Position { line, column };
            assert_eq!(text.position(offset, encoding), position, "{encoding:?}");
            assert_eq!(text.offset(position, encoding), offset, "{encoding:?}");
        }
    }

    #[test]
    fn columns_in_each_encoding() {
        check("a\nb😀c", 3, 1, [1, 1, 1]);
        check("a\nb😀c", 7, 1, [5, 3, 2]);
        check("ä\r\nö😀", 4, 1, [0, 0, 0]);
        check("\"\u{2028}\" ,", 5, 0, [5, 3, 3]);
    }

    #[test]
    fn column_past_the_line_is_clamped_and_inside_a_character_rounded_down() {
        let text = Text::new("ab\r\n😀\n");
        assert_eq!(text.offset(Position { line: 0, column: 99 }, Encoding::Utf16), 2);
        assert_eq!(text.offset(Position { line: 1, column: 1 }, Encoding::Utf16), 4);
        assert_eq!(text.offset(Position { line: 1, column: 2 }, Encoding::Utf8), 4);
        assert_eq!(text.offset(Position { line: 9, column: 0 }, Encoding::Utf16), text.len());
    }

    #[test]
    fn only_protocol_line_breaks_end_a_line() {
        let text = Text::new("a\rb\r\nc\nd\u{2028}e\u{85}f\u{b}g");
        assert_eq!(text.line_count(), 4);
        assert_eq!(text.line(0), 0..1);
        assert_eq!(text.line(1), 2..3);
        assert_eq!(text.line(3).end, text.len());
    }

    #[test]
    fn edit_keeps_the_previous_version() {
        let before = Text::new("{\"a\": 1}");
        let after = before.edit(6..7, "22");
        assert_eq!(before.as_str(), "{\"a\": 1}");
        assert_eq!(after.as_str(), "{\"a\": 22}");
    }
}
