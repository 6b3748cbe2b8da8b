//! A completion list as an editor draws it, with what accepting its first item writes.

use std::fmt::Write;

use super::{INDENT, sample};
use crate::cli::draw::{Mark, columns, excerpt};
use crate::cli::markdown;
use crate::cli::style;
use crate::document::Document;
use crate::ide::{self, CompletionItem, Facts};
use crate::text::Text;

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
    let mut items = ide::completion(&document, &Facts::default(), cursor);
    items.sort_by(|a, b| a.sort.cmp(&b.sort).then_with(|| a.label.cmp(&b.label)));
    let Some(first) = items.first() else {
        return format!("{INDENT}Nothing may be written at this place.\n");
    };
    let mark = Mark { range: at..at, sign: ' ', style: style::FRAME, label: "" };
    let typed = Mark { range: cursor - 1..cursor, sign: '^', style: style::FRAME, label: "" };
    let mut out = excerpt(document.text(), &[mark, typed], width);
    out.push_str(&list(&items, width));
    out.push_str(&accepted(&document, first, width));
    out
}

/// The labels, the first one chosen; its documentation beside them.
fn list(items: &[CompletionItem], width: usize) -> String {
    let (chosen, dim) = (style::CHOSEN, style::DIM);
    let left = items.iter().take(MOST).map(|item| columns(&entry(item))).max().unwrap_or_default();
    let right = width.saturating_sub(left + 6).max(20);
    let documentation = items.first().and_then(|item| item.documentation.as_deref()).unwrap_or_default();
    let mut words = markdown::lines(documentation, right).into_iter();
    let mut out = String::new();
    for (at, item) in items.iter().take(MOST).enumerate() {
        let line = format!(" {:left$} ", entry(item));
        let line = if at == 0 { format!("{chosen}{line}{chosen:#}") } else { line };
        let _ = writeln!(out, "{INDENT}{line} {dim}│{dim:#} {}", words.next().unwrap_or_default());
    }
    for line in words {
        let _ = writeln!(out, "{INDENT} {:left$}  {dim}│{dim:#} {line}", "");
    }
    out
}

fn entry(item: &CompletionItem) -> String {
    match &item.detail {
        Some(detail) => format!("{}  {detail}", item.label),
        None => item.label.clone(),
    }
}

/// The lines that accepting an item leaves, from the first that it changes.
fn accepted(document: &Document, item: &CompletionItem, width: usize) -> String {
    let mut edits: Vec<_> = item.additional.iter().chain([&item.edit]).collect();
    edits.sort_by_key(|edit| edit.range.start);
    let mut content = document.source().to_owned();
    for edit in edits.iter().rev() {
        content.replace_range(edit.range.clone(), &edit.new);
    }
    let text = Text::new(&content);
    let mut grown = 0;
    let marks: Vec<_> = edits
        .iter()
        .map(|edit| {
            let start = edit.range.start + grown;
            grown = (grown + edit.new.len()).saturating_sub(edit.range.len());
            Mark { range: start..start + edit.new.len(), sign: '+', style: style::GOOD, label: "" }
        })
        .collect();
    format!("\n{INDENT}Return writes it, and the comma:\n\n{}", excerpt(&text, &marks, width))
}
