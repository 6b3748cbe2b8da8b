//! Any edits of a document, then every question that an editor may ask, anywhere.
//!
//! `cargo fuzz run editing`
#![no_main]

use arbitrary::Arbitrary;
use connspec::document::Document;
use connspec::ide;
use connspec::lint::{self, Facts};
use connspec::text::{Encoding, Position, Text};
use libfuzzer_sys::fuzz_target;

/// Where the edits start: nothing, and a spec of each kind.
const BEGINNINGS: [&str; 3] = [
    "",
    include_str!("../../tests/specs/batch-offset-oauth-connectionSpec.json"),
    include_str!("../../tests/specs/streaming-connectionSpec.json"),
];

#[derive(Arbitrary, Debug)]
struct Session {
    beginning: u8,
    utf8: bool,
    edits: Vec<Edit>,
    cursor: u32,
}

/// An edit as an editor names it: from a line and column, so many lines and columns on.
#[derive(Arbitrary, Debug)]
struct Edit {
    line: u16,
    column: u8,
    lines: u8,
    columns: u8,
    new: String,
}

fuzz_target!(|session: Session| {
    let encoding = if session.utf8 { Encoding::Utf8 } else { Encoding::Utf16 };
    let beginning = BEGINNINGS[usize::from(session.beginning) % BEGINNINGS.len()];
    let mut document = Document::new("x-connectionSpec.json", 0, Text::new(beginning));
    let mut plain = beginning.to_string();
    for (version, edit) in session.edits.into_iter().enumerate() {
        let text = document.text();
        let line = u32::from(edit.line) % (text.line_count() as u32 + 1);
        let start = Position { line, column: edit.column.into() };
        let end = Position { line: line + u32::from(edit.lines % 4), column: edit.columns.into() };
        let start = text.offset(start, encoding);
        let range = start..text.offset(end, encoding).max(start);
        plain.replace_range(range.clone(), &edit.new);
        document = document.edited(version as i32 + 1, [(range, edit.new)]);
    }
    assert_eq!(document.source(), plain);
    let facts = Facts::default();
    let found = lint::diagnostics(&document, &facts);
    for diagnostic in &found {
        assert!(plain.get(diagnostic.range.clone()).is_some(), "{diagnostic:?}");
    }
    let cursor = plain.floor_char_boundary(session.cursor as usize % (plain.len() + 1));
    for item in ide::completion(&document, cursor) {
        let all = item.additional.iter().chain([&item.edit]);
        assert!(all.into_iter().all(|edit| plain.get(edit.range.clone()).is_some()), "{item:?}");
        assert!((item.edit.range.start..=item.edit.range.end).contains(&cursor), "{item:?} at {cursor}");
    }
    if let Some(hover) = ide::hover(&document, &found, cursor) {
        assert!(plain.get(hover.range.clone()).is_some(), "{hover:?}");
    }
});
