//! Formatting while typing: the missing quote and comma of the line before, and the indentation of the line. Only unambiguous
//! characters are added, and no text is removed.

use std::ops::Range;

use super::gap;
use super::walk::unit;
use super::{Edit, FormatOptions};
use crate::document::Document;
use crate::edit::draft::{indent_of, is_first_on_line};
use crate::syntax::{ErrorKind, Kind, Node, Tree};
use crate::text::{self, line_start};

/// The edits after a line break or closing bracket was typed before an offset: a missing quote and comma on the line before, and
/// the indentation. Nothing is removed.
pub fn format_typed(document: &Document, options: &FormatOptions, offset: usize, typed: char) -> Vec<Edit> {
    if document.kind().is_none() {
        return Vec::new();
    }
    match typed {
        '\n' => line_break(document, options, offset),
        '}' | ']' => closing_bracket(document, offset).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// The line with an offset, without its line break.
fn line_at(source: &str, offset: usize) -> (usize, &str) {
    let start = line_start(source, offset);
    let length = source[start..].find(['\n', '\r']).unwrap_or(source.len() - start);
    (start, &source[start..start + length])
}

fn line_break(document: &Document, options: &FormatOptions, offset: usize) -> Vec<Edit> {
    let (tree, source) = (document.tree(), document.source());
    let (start, line) = line_at(source, offset);
    let before = source[..start].trim_end_matches(['\n', '\r']).len();
    // Only the line whose line break was typed is completed, not one before an empty line.
    let is_next = gap::breaks(&source[before..start]).count() == 1;
    let (before_start, line_before) = line_at(source, before);
    if !is_next || line_before.trim().is_empty() {
        return reindent(document, options, start, line).into_iter().collect();
    }
    let unclosed = unclosed_value(tree, before_start + line_before.trim_end_matches([' ', '\t', ',']).len());
    if unclosed.is_some() && !is_new_content(line) {
        // A string was split, and where it should end is not known.
        return Vec::new();
    }
    let mut edits: Vec<Edit> = line_end(tree, unclosed, before_start..before).into_iter().collect();
    edits.extend(reindent(document, options, start, line));
    edits
}

/// The value or element without closing quote at the end of a line, before spaces and commas.
fn unclosed_value(tree: &Tree, end: usize) -> Option<Node<'_>> {
    let node = tree.node_at(end);
    let is_key = node.as_part_of_member().is_some_and(|member| member.key == node);
    (node.kind() == Kind::String && node.has_opening_quote() && !node.has_closing_quote() && !is_key).then_some(node)
}

/// Whether a line is empty, or begins with a key or a closing bracket.
fn is_new_content(line: &str) -> bool {
    let line = line.trim();
    let is_key = |rest: &str| rest.split_once('"').is_some_and(|(_, after)| after.trim_start().starts_with(':'));
    line.is_empty() || line.starts_with(['}', ']']) || line.strip_prefix('"').is_some_and(is_key)
}

/// Adds the missing quote and comma at the end of a line; the comma only if another member or element follows.
fn line_end(tree: &Tree, unclosed: Option<Node<'_>>, line: Range<usize>) -> Option<Edit> {
    let quote = unclosed.map(|value| value.range().end);
    let closed = quote.map(|at| Tree::parse(Edit::apply(tree.source(), &[Edit::insert(at, "\"")])));
    let fixed = closed.as_ref().unwrap_or(tree);
    let end = line.end + usize::from(quote.is_some());
    let lacks_comma = fixed.errors().iter().any(|error| {
        let at = error.range.start;
        error.kind == ErrorKind::MissingComma
            && (line.start..=end).contains(&at)
            && fixed.source()[at..end].trim().is_empty()
    });
    let at = quote.or_else(|| lacks_comma.then(|| line.start + tree.source()[line].trim_end().len()))?;
    let new = format!("{}{}", if quote.is_some() { "\"" } else { "" }, if lacks_comma { "," } else { "" });
    Some(Edit::insert(at, new))
}

/// Indents the line that begins at `start`.
fn reindent(document: &Document, options: &FormatOptions, start: usize, line: &str) -> Option<Edit> {
    let (tree, source) = (document.tree(), document.source());
    let place = start + text::indentation(line).len();
    let node = tree.node_at(place);
    let around = node.self_and_ancestors().find(|node| {
        let inside = node.inside();
        matches!(node.kind(), Kind::Object | Kind::Array) && inside.start <= place && place <= inside.end
    })?;
    // The indentation of a value below its key, or inside a string, is the author's choice.
    if source[..start].trim_end().ends_with(':') || (node.kind() == Kind::String && node.range().start < place) {
        return None;
    }
    let opened = indent_of(document, around.range().start);
    let closes = around.is_closed() && around.inside().end == place;
    let begins_line = |child: &Node<'_>| is_first_on_line(document, child.range().start);
    let sibling = around.children().take_while(|child| child.range().start < start).filter(begins_line).last();
    let wanted = match sibling {
        _ if closes => opened,
        Some(sibling) => indent_of(document, sibling.range().start),
        None => opened + &unit(options),
    };
    gap::edit(source, start..place, &wanted)
}

/// The indentation of a closing bracket that begins its line: that of the line on which it was opened.
fn closing_bracket(document: &Document, offset: usize) -> Option<Edit> {
    let bracket = offset.checked_sub(1)?;
    let node = document.tree().node_at(offset);
    let closed = node.self_and_ancestors().find(|node| {
        matches!(node.kind(), Kind::Object | Kind::Array) && node.is_closed() && node.range().end == offset
    })?;
    let (start, _) = line_at(document.source(), bracket);
    if closed.range().start >= start || !is_first_on_line(document, bracket) {
        return None;
    }
    gap::edit(document.source(), start..bracket, &indent_of(document, closed.range().start))
}
