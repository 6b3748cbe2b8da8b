//! A completion list as an editor shows it, and the result of accepting its first item.

use std::fmt::Write;

use anstyle::Style;

use super::{INDENT, sample};
use crate::cli::markdown;
use crate::cli::snippet::{self, Mark};
use crate::cli::style;
use crate::cli::terminal::columns;
use crate::document::Document;
use crate::ide::{self, CompletionItem};
use crate::lint::Severity;
use crate::text::{Edit, Encoding, Text};

/// The items that are shown.
const MAX_ITEMS: usize = 7;

/// What is typed, and where.
const AFTER: &str = "\"limitValue\": \"100\"";
const TYPED: &str = "\n        \"";

pub(super) fn render(document: &Document, width: usize) -> String {
    let at = sample::end_of(document.source(), AFTER);
    let document = document.edited(1, [(at..at, TYPED.to_owned())]);
    let cursor = at + TYPED.len();
    let mut items = ide::completion(&document, cursor);
    items.sort_by(|a, b| a.sort.cmp(&b.sort).then_with(|| a.label.cmp(&b.label)));
    let Some(first) = items.first() else {
        return format!("{INDENT}No completions.\n");
    };
    let marks = [Mark::context(at..at), Mark::primary(cursor - 1..cursor)];
    let mut out = snippet::render(document.text(), Severity::Info, None, &marks, width);
    out.push_str(&list(&items, column(document.text(), first.edit.range.start), width));
    out.push_str(&accepted(&document, first, width));
    out
}

/// The items from column `indent` on, the first one selected, with its documentation beside them.
fn list(items: &[CompletionItem], indent: usize, width: usize) -> String {
    let (selected, dim) = (style::SELECTED, style::DIM);
    let items = &items[..items.len().min(MAX_ITEMS)];
    let longest =
        |text: fn(&CompletionItem) -> &str| items.iter().map(|item| columns(text(item))).max().unwrap_or_default();
    let (labels, details) = (longest(|item| &item.label), longest(detail));
    let left = labels + 2 + details;
    let documentation = items.first().and_then(|item| item.documentation.as_deref()).unwrap_or_default();
    let documentation = markdown::lines(documentation, width.saturating_sub(indent + left + 5).max(20));
    let mut out = String::new();
    for row in 0..items.len().max(documentation.len()) {
        let item = items.get(row);
        let (label, detail) = item.map_or(("", ""), |item| (item.label.as_str(), detail(item)));
        let (first, second) = if row == 0 { (selected, selected) } else { (Style::new(), dim) };
        let line = documentation.get(row).map_or("", String::as_str);
        let _ = write!(out, "{:indent$}{first} {label:labels$}  {first:#}{second}{detail:details$} {second:#}", "");
        let _ = writeln!(out, " {dim}│{dim:#} {line}");
    }
    out
}

/// The column of an offset in the rendered source, minus the space before each label.
fn column(text: &Text, offset: usize) -> usize {
    let position = text.position(offset, Encoding::Utf32);
    (position.line + 1).to_string().len() + " |".len() + position.column as usize
}

fn detail(item: &CompletionItem) -> &str {
    item.detail.as_deref().unwrap_or_default()
}

/// The lines after accepting an item, with its edits underlined.
fn accepted(document: &Document, item: &CompletionItem, width: usize) -> String {
    let mut edits: Vec<_> = item.additional.iter().chain([&item.edit]).cloned().collect();
    edits.sort_by_key(|edit| edit.range.start);
    let text = Text::new(Edit::apply(document.source(), &edits));
    let mut grown = 0;
    let marks: Vec<_> = (edits.iter())
        .map(|edit| {
            let start = edit.range.start + grown;
            grown = (grown + edit.new.len()).saturating_sub(edit.range.len());
            Mark::primary(start..start + edit.new.len())
        })
        .collect();
    let lines = snippet::render(&text, Severity::Hint, None, &marks, width);
    format!("\n{INDENT}Accepted, with the missing comma:\n\n{lines}")
}
