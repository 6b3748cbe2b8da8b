//! What holds of the answers about names, outline, folds, selections and links, whatever the text: places are in the text
//! and on its characters, inner ones in outer ones, and edits do not touch each other.

use std::ops::Range;

use connspec::document::Document;
use connspec::ide::{self, RenameResult, Symbol};
use connspec::lint::Facts;
use connspec::text::Text;

fn document(text: &str) -> Document {
    Document::new("acme-connectionSpec.json", 0, Text::new(text))
}

/// Asks everything that can be asked of a text, at some places of it.
pub(crate) fn ask(text: &str) {
    let document = document(text);
    let holds = |range: &Range<usize>| {
        assert!(range.start <= range.end && text.get(range.clone()).is_some(), "{range:?} in {text:?}");
    };
    let mut end = 0;
    for symbol in ide::symbols(&document) {
        assert!(end <= symbol.range.start, "{symbol:?}");
        end = symbol.range.end;
        nested(text, &symbol);
    }
    for fold in ide::folding(&document, None) {
        holds(&fold.range);
        let lines = document.text().line_count() as u32;
        assert!(fold.lines.is_none_or(|(first, last)| first < last && last < lines), "{fold:?} in {text:?}");
    }
    ide::links(&document, &Facts::default()).iter().for_each(|link| holds(&link.range));
    ide::workspace_symbols(&document).iter().for_each(|symbol| holds(&symbol.range));
    let step = (text.len() / 60).max(1);
    for offset in (0..=text.len()).step_by(step).filter(|at| text.is_char_boundary(*at)) {
        at(&document, offset, &holds);
    }
}

fn at(document: &Document, offset: usize, holds: &impl Fn(&Range<usize>)) {
    let ranges = ide::selection(document, offset);
    ranges.iter().for_each(holds);
    for pair in ranges.windows(2) {
        assert!(pair[1].start <= pair[0].start && pair[0].end <= pair[1].end && pair[0] != pair[1], "{pair:?}");
    }
    let found = ide::references(document, offset);
    found.iter().for_each(|place| holds(&place.range));
    assert!(found.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start), "{found:?}");
    let linked = ide::linked_editing(document, offset);
    assert!(linked.windows(2).all(|pair| document.source()[pair[0].clone()] == document.source()[pair[1].clone()]));
    for target in ide::definition(document, offset).iter().flat_map(|definition| &definition.targets) {
        [&target.name, &target.whole].into_iter().for_each(holds);
    }
    if let RenameResult::Edits(mut edits) = ide::rename(document, offset, "fresh") {
        edits.sort_by_key(|edit| edit.range.start);
        edits.iter().for_each(|edit| holds(&edit.range));
        assert!(edits.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start), "{edits:?}");
    }
}

fn nested(text: &str, symbol: &Symbol) {
    let (range, selection) = (&symbol.range, &symbol.selection);
    assert!(!symbol.name.trim().is_empty() && !symbol.name.contains(['\n', '\r']), "{symbol:?}");
    assert!(text.get(range.clone()).is_some() && text.get(selection.clone()).is_some(), "{symbol:?}");
    assert!(range.start <= selection.start && selection.end <= range.end, "{symbol:?}");
    for child in &symbol.children {
        assert!(range.start <= child.range.start && child.range.end <= range.end, "{child:?} in {symbol:?}");
        nested(text, child);
    }
}
