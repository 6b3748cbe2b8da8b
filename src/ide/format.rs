//! Formatting: only white space changes.
//!
//! The order of keys and the text of keys and values stay. Members and elements get lines of their own, one step deeper than the
//! bracket that opens them; an object or array on one line, such as `{ "key": "x" }`, stays there if that line is short
//! ([`walk::WIDTH`]). Adobe's examples use one line for everything, authors write small objects on one: neither is changed into
//! the other. A text without any line break was written by a machine, so all of it gets lines. One empty line between neighbors
//! stays, because authors group keys by it.
//!
//! An object or array with a syntax error directly inside it keeps its lines, unless the error is a comment, a missing or a
//! trailing comma; what is around and inside it is formatted. Where brackets are missing, the parser goes by indentation, so the
//! result is parsed again and used only if it has the same nodes and the same errors. New lines may let the parser understand
//! more, so this is repeated until nothing changes.

mod broken;
mod gap;
mod typing;
mod walk;

use std::ops::Range;

use crate::document::Document;
use crate::edit::compose::{at_most_many, compose};
use crate::syntax::{Kind, Tree};
use crate::text::{Edit, line_start};

pub use typing::format_typed;

/// How the editor wants a document to be formatted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FormatOptions {
    /// The width of an indentation step or a tab, in columns.
    pub tab_size: usize,
    /// Whether an indentation step is spaces rather than a tab.
    pub insert_spaces: bool,
    /// Whether the last line ends with a line break. Trailing spaces are always removed.
    pub insert_final_newline: bool,
    /// Whether empty lines at the end are removed.
    pub trim_final_newlines: bool,
}

impl Default for FormatOptions {
    fn default() -> Self {
        FormatOptions { tab_size: 2, insert_spaces: true, insert_final_newline: false, trim_final_newlines: false }
    }
}

/// How often a broken text is formatted again; it stays unchanged if that is not enough.
const MAX_ROUNDS: usize = 4;

/// The edits that format the document. Only white space changes.
pub fn format(document: &Document, options: &FormatOptions) -> Vec<Edit> {
    at_most_many(document.source(), edits(document, options))
}

fn edits(document: &Document, options: &FormatOptions) -> Vec<Edit> {
    let tree = document.tree();
    // Without a place for each error it is not known what is understood.
    if document.kind().is_none() || tree.unlisted_errors() > 0 {
        return Vec::new();
    }
    if tree.errors().is_empty() {
        return walk::edits(tree, options, &broken::with_errors(tree));
    }
    let (mut edits, mut after) = (Vec::new(), None);
    for _ in 0..=MAX_ROUNDS {
        let Some((more, new)) = once(after.as_ref().unwrap_or(tree), options) else { return edits };
        edits = compose(edits, more);
        after = Some(new);
    }
    Vec::new()
}

/// The edits that format the understood parts of a broken text, and the result. `None` if nothing changes.
fn once(tree: &Tree, options: &FormatOptions) -> Option<(Vec<Edit>, Tree)> {
    let nodes_to_keep =
        [broken::with_other_errors_than_commas_and_comments, broken::with_errors, broken::with_errors_and_ancestors];
    for broken_nodes in nodes_to_keep {
        let edits = walk::edits(tree, options, &broken_nodes(tree));
        if edits.is_empty() {
            return None;
        }
        let after = Tree::parse(Edit::apply(tree.source(), &edits));
        if is_equivalent(tree, &after) {
            return Some((edits, after));
        }
    }
    None
}

/// The edits that format the lines of a range (bytes).
pub fn format_range(document: &Document, options: &FormatOptions, range: Range<usize>) -> Vec<Edit> {
    let source = document.source();
    let is_break = |char| matches!(char, '\n' | '\r');
    let start = line_start(source, range.start);
    let is_after_break = range.end > range.start && source[..range.end].ends_with(is_break);
    let end = match is_after_break {
        true => source[..range.end].trim_end_matches(is_break).len().max(start),
        false => range.end + source[range.end..].find(is_break).unwrap_or(source.len() - range.end),
    };
    let mut edits = edits(document, options);
    edits.retain(|edit| start <= edit.range.start && edit.range.end <= end);
    at_most_many(source, edits)
}

/// Whether two trees have the same nodes and errors.
fn is_equivalent(before: &Tree, after: &Tree) -> bool {
    let errors = |tree: &Tree| tree.errors().iter().map(|error| error.kind.clone()).collect::<Vec<_>>();
    errors(before) == errors(after) && outline(before).eq(outline(after))
}

/// The nodes of a tree, with the text of scalar values.
fn outline(tree: &Tree) -> impl Iterator<Item = (Kind, Option<usize>, &str)> {
    tree.nodes().map(|node| {
        let text = match node.kind() {
            Kind::Object | Kind::Array | Kind::Member => "",
            _ => node.text(),
        };
        (node.kind(), node.parent().map(|parent| parent.index()), text)
    })
}

#[cfg(test)]
mod tests;
