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
pub mod template;

use std::sync::Arc;

pub use error::{ErrorKind, SyntaxError};
pub use layout::{Gaps, escaped, quoted};
pub use node::{Kind, Member, Node};

/// The tree of one text.
#[derive(Debug)]
pub struct Tree {
    source: Arc<String>,
    nodes: Vec<node::Raw>,
    errors: Vec<SyntaxError>,
}

impl Tree {
    /// The tree of a text. Never fails; the text may be anything. Its first 4 GiB are looked at.
    pub fn parse(source: impl Into<Arc<String>>) -> Tree {
        let source = source.into();
        let (nodes, errors) = parser::parse(&source);
        Tree { source, nodes, errors }
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
        &self.errors
    }

    /// All nodes, outer before inner, in the order of the text.
    pub fn nodes(&self) -> impl Iterator<Item = Node<'_>> {
        (0..self.nodes.len()).map(|index| Node::new(self, index as u32))
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
