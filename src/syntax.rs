//! A tolerant JSON parser: a tree with positions for any text, and JSON pointers.
//!
//! Parsing never fails. If the text isn't valid JSON, the tree is what a person would read in it, and a list of errors has
//! the problems with their ranges.

pub mod error;
mod layout;
mod lexer;
mod node;
mod parser;
pub mod pointer;
#[cfg(test)]
pub(crate) mod steps;
pub mod template;

use std::sync::{Arc, OnceLock};

use crate::cancellation::checkpoint;
pub use error::{ErrorKind, SyntaxError};
pub use layout::{Gaps, escaped, quoted};
pub use lexer::unescaped;
pub use node::{Kind, Member, Node};

/// The tree of one text.
#[derive(Debug)]
pub struct Tree {
    source: Arc<String>,
    nodes: Vec<node::Raw>,
    errors: Vec<SyntaxError>,
    unlisted_errors: usize,
    lookup: OnceLock<node::Lookup>,
}

impl Tree {
    /// Parses any text, up to 4 GiB.
    pub fn parse(source: impl Into<Arc<String>>) -> Tree {
        let source = source.into();
        let parser::Parsed { nodes, errors, unlisted_errors } = parser::parse(&source);
        Tree { source, nodes, errors, unlisted_errors, lookup: OnceLock::new() }
    }

    /// The text.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The outermost value; [`Kind::Missing`] if the text has none.
    pub fn root(&self) -> Node<'_> {
        Node::new(self, 0)
    }

    /// The syntax errors, by position. Of more than 20,000 the first.
    pub fn errors(&self) -> &[SyntaxError] {
        &self.errors
    }

    /// The number of syntax errors that are not in [`Tree::errors`].
    pub fn unlisted_errors(&self) -> usize {
        self.unlisted_errors
    }

    /// All nodes, outer before inner, in the order of the text.
    pub fn nodes(&self) -> impl Iterator<Item = Node<'_>> {
        checkpoint();
        (0..self.nodes.len()).map(|index| Node::new(self, index as u32))
    }

    fn lookup(&self) -> &node::Lookup {
        self.lookup.get_or_init(|| node::Lookup::of(self))
    }

    /// The innermost node that contains a byte offset or ends there.
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
