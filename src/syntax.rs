//! JSON with places: a tree over any text at all, what is under the cursor, pointer to node and back.
//!
//! Parsing never fails. Where the text is no JSON the tree holds what a person would see, and a list of errors says what
//! is wrong at which place.

pub mod error;
mod layout;
mod lexer;
mod node;
mod parser;
pub mod pointer;
mod reparse;
pub mod template;

use std::ops::Range;
use std::sync::Arc;

pub use error::{ErrorKind, SyntaxError};
pub use layout::{Gaps, escaped, quoted};
pub use node::{Kind, Member, Node};

use crate::text::{Change, edited};

/// The tree of one text.
#[derive(Debug)]
pub struct Tree {
    source: Arc<String>,
    reading: Reading,
}

/// What was read in a text: a tree without the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    nodes: Vec<node::Raw>,
    errors: Vec<SyntaxError>,
    /// Whether anything was made of what stands further on than the mistake that it was about.
    looked_ahead: bool,
}

impl Tree {
    /// The tree of a text. Never fails; the text may be anything. Its first 4 GiB are looked at.
    pub fn parse(source: impl Into<Arc<String>>) -> Tree {
        let source = source.into();
        let reading = parser::parse(&source);
        Tree { source, reading }
    }

    /// The tree of the next version of a text, which `change` has led to from the one that `before` was read in. The
    /// same as [`Tree::parse`] gives, mostly sooner.
    pub fn reparse(before: Reading, change: &Change, source: Arc<String>) -> Tree {
        match reparse::reparse(&source, change, before) {
            Some(reading) => Tree { source, reading },
            None => Tree::parse(source),
        }
    }

    /// How many errors there would be after edits that do not overlap, each of a range of bytes. Quicker than to make the
    /// tree.
    pub fn errors_after(&self, edits: &[(Range<usize>, &str)]) -> usize {
        let start = edits.iter().map(|(range, _)| range.start).min().unwrap_or_default();
        let old_end = edits.iter().map(|(range, _)| range.end).max().unwrap_or_default();
        let (gone, new) =
            edits.iter().fold((0, 0), |(gone, new), (range, text)| (gone + range.len(), new + text.len()));
        let change = Change { start, old_end, new_end: old_end + new - gone };
        reparse::errors_after(self, edits, &change)
            .unwrap_or_else(|| Tree::parse(edited(&self.source, 0, edits.iter().cloned())).errors().len())
    }

    /// What the tree of the next version may be made from.
    pub fn into_reading(self) -> Reading {
        self.reading
    }

    /// The text it was made from.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The outermost value; of kind [`Kind::Missing`] when the text has none.
    pub fn root(&self) -> Node<'_> {
        Node::new(self, 0)
    }

    /// Everything that is wrong with the text as JSON, by place.
    pub fn errors(&self) -> &[SyntaxError] {
        &self.reading.errors
    }

    /// All nodes, outer before inner, in the order of the text.
    pub fn nodes(&self) -> impl Iterator<Item = Node<'_>> {
        (0..self.reading.nodes.len()).map(|index| Node::new(self, index as u32))
    }

    /// The strings that hold this character of ASCII, in the order of the text.
    pub fn strings_with(&self, char: char) -> impl Iterator<Item = Node<'_>> {
        // Where the next one stands.
        let mut next = None;
        self.nodes().filter(|node| node.kind() == Kind::String).filter(move |string| {
            let range = string.range();
            if next.is_none_or(|next| next < range.start) {
                next = Some(self.source[range.start..].find(char).map_or(usize::MAX, |at| range.start + at));
            }
            next < Some(range.end)
        })
    }

    /// The innermost node that holds this byte offset or ends at it.
    pub fn node_at(&self, offset: usize) -> Node<'_> {
        let mut node = self.root();
        while let Some(inner) = node.child_at(offset) {
            node = inner;
        }
        node
    }
}

#[cfg(test)]
mod tests;
