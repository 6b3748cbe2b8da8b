//! A text under edits, beside a plain string that is edited the same way.

use connspec::document::Document;
use connspec::text::{Encoding, Position, Text};

const EDITS: usize = 100_000;

/// The lines of a string, as the Language Server Protocol counts them: their start and the end without the line break.
fn lines(text: &str) -> Vec<(usize, usize)> {
    let bytes = text.as_bytes();
    let (mut lines, mut start, mut at) = (Vec::new(), 0, 0);
    while at < bytes.len() {
        let width = match bytes[at] {
            b'\r' if bytes.get(at + 1) == Some(&b'\n') => 2,
            b'\r' | b'\n' => 1,
            _ => 0,
        };
        if width > 0 {
            lines.push((start, at));
            start = at + width;
        }
        at += width.max(1);
    }
    lines.push((start, text.len()));
    lines
}

fn units(text: &str, encoding: Encoding) -> usize {
    match encoding {
        Encoding::Utf8 => text.len(),
        Encoding::Utf16 => text.encode_utf16().count(),
        Encoding::Utf32 => text.chars().count(),
    }
}

/// The position of an offset by the letter of the protocol.
fn position(text: &str, offset: usize, encoding: Encoding) -> Position {
    let lines = lines(text);
    let line = lines.iter().rposition(|&(start, _)| start <= offset).expect("line 0 starts at 0");
    let (start, end) = lines[line];
    Position { line: line as u32, column: units(&text[start..offset.min(end)], encoding) as u32 }
}

/// A small generator of numbers, always the same ones.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % limit
    }

    /// An offset of the text on a character boundary, never between `\r` and `\n`: editors do not know that place.
    fn place(&mut self, text: &str) -> usize {
        let mut at = text.floor_char_boundary(self.below(text.len() + 1));
        if text[..at].ends_with('\r') && text[at..].starts_with('\n') {
            at -= 1;
        }
        at
    }
}

const PIECES: [&str; 16] = [
    "a",
    "{\"k\": ",
    "ä",
    "😀",
    "👩‍👩‍👧",
    "\n",
    "\r\n",
    "\r",
    "\u{2028}",
    "\u{85}",
    "\u{b}",
    "\t",
    "\u{feff}",
    "日本",
    "\n\r",
    "",
];

#[test]
fn a_hundred_thousand_edits_in_each_encoding() {
    for (seed, encoding) in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32].into_iter().enumerate() {
        let mut numbers = Numbers(seed as u64);
        let mut plain = "one\r\n😀 two\n".to_string();
        let mut document = Document::new("x.json", 0, Text::new(&plain));
        for version in 1..=EDITS / 3 {
            let (a, b) = (numbers.place(&plain), numbers.place(&plain));
            // Mostly short deletions; a long one whenever the text has become long.
            let b = if plain.len() > 400 || numbers.below(50) == 0 { b } else { a };
            let range = a.min(b)..a.max(b);
            let new = PIECES[numbers.below(PIECES.len())];
            let ends = [range.start, range.end].map(|offset| position(&plain, offset, encoding));
            let found = ends.map(|position| document.text().offset(position, encoding));
            assert_eq!(found, [range.start, range.end], "{ends:?} in {plain:?}");
            document = document.edited(version as i32, [(found[0]..found[1], new.to_string())]);
            plain.replace_range(range, new);
            assert_eq!(document.text().len(), plain.len());
            if version % 16 == 0 {
                assert_same(&document, &plain, encoding, &mut numbers);
            }
        }
        assert_eq!(document.source(), plain);
    }
}

fn assert_same(document: &Document, plain: &str, encoding: Encoding, numbers: &mut Numbers) {
    let text = document.text();
    assert_eq!(text.as_str(), plain);
    let lines = lines(plain);
    assert_eq!(text.line_count(), lines.len(), "{plain:?}");
    let line = numbers.below(lines.len());
    assert_eq!(text.line(line), lines[line].0..lines[line].1, "{plain:?}");
    let offset = numbers.place(plain);
    let there = text.position(offset, encoding);
    assert_eq!(there, position(plain, offset, encoding), "{offset} in {plain:?}");
    assert_eq!(text.offset(there, encoding), offset, "{there:?} in {plain:?}");
}

#[test]
fn any_position_maps_to_an_offset() {
    let mut numbers = Numbers(7);
    let content = PIECES.concat().repeat(3);
    let text = Text::new(&content);
    for _ in 0..20_000 {
        let place = Position { line: numbers.below(40) as u32, column: numbers.below(60) as u32 };
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            let offset = text.offset(place, encoding);
            assert!(content.is_char_boundary(offset), "{place:?} {encoding:?}");
            let back = text.position(offset, encoding);
            assert!(back <= place, "{place:?} {encoding:?} is {back:?}");
            assert_eq!(text.offset(back, encoding), offset, "{place:?} {encoding:?}");
        }
    }
    let far = Position { line: u32::MAX, column: u32::MAX };
    assert_eq!(text.offset(far, Encoding::Utf16), content.len());
}
