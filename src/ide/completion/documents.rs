//! Completion in an empty document: a complete batch or streaming spec.

use crate::document::Document;
use crate::edit::draft::{Draft, Style};
use crate::ide::{CompletionItem, ItemKind};
use crate::spec::{Entry, SpecKind};
use crate::text::{Edit, line_start};

pub(super) fn items(document: &Document, offset: usize) -> Vec<CompletionItem> {
    let source = document.source();
    // The protocol requires that the replaced range is on the line of the cursor.
    let start = line_start(source, offset);
    let end = source[offset..].find(['\n', '\r']).map_or(source.len(), |found| offset + found);
    let start = if source[start..].starts_with('\u{FEFF}') { start + '\u{FEFF}'.len_utf8() } else { start };
    let style = Style::of(document);
    let templates = SpecKind::GENERIC.into_iter().flat_map(|kind| Entry::root(kind, None).snippets());
    let item = |(index, template): (usize, crate::spec::Snippet)| {
        let mut draft = Draft::new(&style, String::new());
        draft.value(&template.body.to_value());
        let (new, snippet) = draft.finish();
        let edit = Edit::replace(start.min(offset)..end, new);
        CompletionItem {
            detail: Some("connection spec".to_owned()),
            documentation: Some(template.description.to_owned()),
            snippet,
            preselect: index == 0,
            ..CompletionItem::new(template.label, ItemKind::Snippet, format!("{index:04}"), edit)
        }
    };
    templates.enumerate().map(item).collect()
}
