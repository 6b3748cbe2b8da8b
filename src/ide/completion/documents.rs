//! An empty document: a whole batch or streaming spec.

use crate::document::Document;
use crate::edit::draft::{Draft, Style};
use crate::ide::{CompletionItem, ItemKind};
use crate::spec::{Entry, SpecKind};
use crate::text::Edit;

pub(super) fn items(document: &Document, offset: usize) -> Vec<CompletionItem> {
    let source = document.source();
    // What is replaced has to be on the cursor's line.
    let start = source[..offset].rfind(['\n', '\r']).map_or(0, |found| found + 1);
    let end = source[offset..].find(['\n', '\r']).map_or(source.len(), |found| offset + found);
    let start = if source[start..].starts_with('\u{FEFF}') { start + '\u{FEFF}'.len_utf8() } else { start };
    let style = Style::of(document);
    let templates =
        [SpecKind::Rest, SpecKind::Streaming].into_iter().flat_map(|kind| Entry::root(kind, None).snippets());
    let item = |(index, template): (usize, crate::spec::Snippet)| {
        let mut draft = Draft::new(&style, String::new());
        draft.value(&template.body.to_value());
        let (new, snippet) = draft.finish();
        CompletionItem {
            label: template.label.to_owned(),
            kind: ItemKind::Snippet,
            detail: Some("connection spec".to_owned()),
            documentation: Some(template.description.to_owned()),
            filter: template.label.to_owned(),
            sort: format!("{index:04}"),
            edit: Edit { range: start.min(offset)..end, new },
            snippet,
            additional: Vec::new(),
            deprecated: false,
            preselect: index == 0,
        }
    };
    templates.enumerate().map(item).collect()
}
