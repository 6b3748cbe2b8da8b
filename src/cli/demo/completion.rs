//! A completion list as an editor draws it, with what accepting its first item writes.

use std::fmt::Write;

use anstyle::Style;

use super::{INDENT, sample};
use crate::cli::draw::{Mark, columns, excerpt};
use crate::cli::markdown;
use crate::cli::style;
use crate::document::Document;
use crate::ide::{self, CompletionItem};
use crate::text::{Encoding, Text};

/// The items that are drawn.
const MOST: usize = 7;

/// What is typed, and after what.
const AFTER: &str = "\"limitValue\": \"100\"";
const TYPED: &str = "\n        \"";

/// The list at a place of the sample where something was just typed.
pub(super) fn shown(document: &Document, width: usize) -> String {
    let at = sample::after(document.source(), AFTER);
    let document = document.edited(1, [(at..at, TYPED.to_owned())]);
    let cursor = at + TYPED.len();
    let mut items = ide::completion(&document, cursor);
    items.sort_by(|a, b| a.sort.cmp(&b.sort).then_with(|| a.label.cmp(&b.label)));
    let Some(first) = items.first() else {
        return format!("{INDENT}Nothing may be written at this place.\n");
    };
    let mark = Mark { range: at..at, sign: None, style: style::FRAME, label: "" };
    let typed = Mark { range: cursor - 1..cursor, sign: Some('^'), style: style::FRAME, label: "" };
    let mut out = excerpt(document.text(), &[mark, typed], width);
    out.push_str(&list(&items, column(document.text(), first.edit.range.start), width));
    out.push_str(&accepted(&document, first, width));
    out
}

/// The labels from column `indent` on, the first one chosen; its documentation beside them.
fn list(items: &[CompletionItem], indent: usize, width: usize) -> String {
    let (chosen, dim) = (style::CHOSEN, style::DIM);
    let items = &items[..items.len().min(MOST)];
    let longest =
        |text: fn(&CompletionItem) -> &str| items.iter().map(|item| columns(text(item))).max().unwrap_or_default();
    let (labels, details) = (longest(|item| &item.label), longest(detail));
    let left = labels + 2 + details;
    let documentation = items.first().and_then(|item| item.documentation.as_deref()).unwrap_or_default();
    let words = markdown::lines(documentation, width.saturating_sub(indent + left + 5).max(20));
    let mut out = String::new();
    for row in 0..items.len().max(words.len()) {
        let item = items.get(row);
        let (label, detail) = item.map_or(("", ""), |item| (item.label.as_str(), detail(item)));
        let (first, second) = if row == 0 { (chosen, chosen) } else { (Style::new(), dim) };
        let words = words.get(row).map_or("", String::as_str);
        let _ = write!(out, "{:indent$}{first} {label:labels$}  {first:#}{second}{detail:details$} {second:#}", "");
        let _ = writeln!(out, " {dim}│{dim:#} {words}");
    }
    out
}

/// The column at which an excerpt shows an offset, less the space before each label.
fn column(text: &Text, offset: usize) -> usize {
    let position = text.position(offset, Encoding::Utf32);
    (position.line + 1).to_string().len() + " |".len() + position.column as usize
}

fn detail(item: &CompletionItem) -> &str {
    item.detail.as_deref().unwrap_or_default()
}

/// The lines that accepting an item leaves, from the first that it changes.
fn accepted(document: &Document, item: &CompletionItem, width: usize) -> String {
    let mut edits: Vec<_> = item.additional.iter().chain([&item.edit]).collect();
    edits.sort_by_key(|edit| edit.range.start);
    let mut content = document.source().to_owned();
    for edit in edits.iter().rev() {
        content.replace_range(edit.range.clone(), &edit.new);
    }
    let text = Text::new(content);
    let mut grown = 0;
    let marks: Vec<_> = edits
        .iter()
        .map(|edit| {
            let start = edit.range.start + grown;
            grown = (grown + edit.new.len()).saturating_sub(edit.range.len());
            Mark { range: start..start + edit.new.len(), sign: Some('+'), style: style::GOOD, label: "" }
        })
        .collect();
    format!("\n{INDENT}Accepted, with the comma that was forgotten:\n{}", excerpt(&text, &marks, width))
}
