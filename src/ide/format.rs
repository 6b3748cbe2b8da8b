//! Formatting: white space between the pieces of a text, and nothing else.
//!
//! # What it does
//!
//! The order of keys and the text of every key and value stay. Members and elements are on lines of their own, one step
//! deeper than the bracket that opens them; an object or array that its author wrote on one line keeps it while that line
//! is short ([`walk::WIDTH`]), as `{ "key": "x" }` and `["a", "b"]`. Adobe's examples write everything on lines of its
//! own, authors write small objects such as `{ "type": "string" }` on one: neither is changed into the other. A text without
//! any line break was written by a machine, and none of its lines is anybody's choice: all of it gets lines. One empty
//! line between neighbours stays, because authors group keys by it.
//!
//! # Broken texts
//!
//! An object or array that something is wrong right inside of keeps its lines as they are; what is well-formed around and inside
//! it is formatted. Where brackets are missing the parser judges by indentation, so the result is read again, and counts
//! only if it says the same: the same pieces, the same errors. With its new lines it may be understood where it was not, so it
//! is formatted until nothing changes.

mod broken;
mod gap;
mod typing;
mod walk;

use std::ops::Range;

use crate::document::Document;
use crate::edit::compose::compose;
use crate::syntax::{Kind, Tree};
use crate::text::Edit;

pub(super) use typing::typed;

/// How the editor wants a document to be formatted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FormatOptions {
    /// How many columns a step of indentation, or a tab, is wide.
    pub tab_size: usize,
    /// Whether a step of indentation is made of spaces, not of a tab.
    pub insert_spaces: bool,
    /// Whether the last line gets its line break. Blanks at the ends of lines are removed in any case.
    pub insert_final_newline: bool,
    /// Whether empty lines at the end go.
    pub trim_final_newlines: bool,
}

impl Default for FormatOptions {
    fn default() -> Self {
        FormatOptions { tab_size: 2, insert_spaces: true, insert_final_newline: false, trim_final_newlines: false }
    }
}

/// How often a broken text is formatted again. One that has not come to rest then stays as it is.
const MOST: usize = 4;

/// The edits that format a whole document, by position.
pub(super) fn document(document: &Document, options: &FormatOptions) -> Vec<Edit> {
    if document.kind().is_none() {
        return Vec::new();
    }
    let tree = document.tree();
    if tree.errors().is_empty() {
        return walk::edits(tree, options, &broken::with_errors(tree));
    }
    let (mut edits, mut after) = (Vec::new(), None);
    for _ in 0..=MOST {
        let Some((more, new)) = once(after.as_ref().unwrap_or(tree), options) else { return edits };
        edits = compose(edits, more);
        after = Some(new);
    }
    Vec::new()
}

/// The edits that format what is understood of a broken text, and what comes of them. `None` when it stays as it is.
fn once(tree: &Tree, options: &FormatOptions) -> Option<(Vec<Edit>, Tree)> {
    for broken_nodes in [broken::with_errors, broken::with_errors_and_ancestors] {
        let edits = walk::edits(tree, options, &broken_nodes(tree));
        if edits.is_empty() {
            return None;
        }
        let after = Tree::parse(Edit::apply(tree.source(), &edits));
        if says_the_same(tree, &after) {
            return Some((edits, after));
        }
    }
    None
}

/// Those of them that are about the lines of a range of bytes. A selection that ends where a line begins does not mean
/// that line.
pub(super) fn range(document: &Document, options: &FormatOptions, range: &Range<usize>) -> Vec<Edit> {
    let source = document.source();
    let is_break = |char| matches!(char, '\n' | '\r');
    let start = source[..range.start].rfind(is_break).map_or(0, |found| found + 1);
    let behind_break = range.end > range.start && source[..range.end].ends_with(is_break);
    let end = match behind_break {
        true => source[..range.end].trim_end_matches(is_break).len().max(start),
        false => range.end + source[range.end..].find(is_break).unwrap_or(source.len() - range.end),
    };
    let mut edits = self::document(document, options);
    edits.retain(|edit| start <= edit.range.start && edit.range.end <= end);
    edits
}

/// Whether two texts read the same.
fn says_the_same(before: &Tree, after: &Tree) -> bool {
    let mistakes = |tree: &Tree| tree.errors().iter().map(|error| error.kind.clone()).collect::<Vec<_>>();
    mistakes(before) == mistakes(after) && pieces(before).eq(pieces(after))
}

/// The nodes of a tree: of an object, array or member that it is there, of the others their text.
fn pieces(tree: &Tree) -> impl Iterator<Item = (Kind, Option<usize>, &str)> {
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
