//! Definition: where the name at an offset is declared.

use std::ops::Range;

use super::names::Name;
use crate::document::Document;
use crate::syntax::Node;

/// The declarations of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// The occurrence at the offset, in bytes.
    pub origin: Range<usize>,
    /// The declarations, in document order; never empty.
    pub targets: Vec<Target>,
}

/// A declaration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The name, in bytes.
    pub name: Range<usize>,
    /// The complete declaration: the input with its schema.
    pub whole: Range<usize>,
}

/// Where the name at an offset is declared: an input, a property of a JSON Schema, the node that wraps each record.
pub fn definition(document: &Document, offset: usize) -> Option<Definition> {
    let name = Name::at(document, offset)?;
    let declared = name.occurrences().into_iter().filter(|occurrence| occurrence.is_declaration);
    let targets: Vec<_> =
        declared.map(|occurrence| Target { whole: whole(occurrence.node), name: occurrence.range }).collect();
    (!targets.is_empty()).then_some(Definition { origin: name.range, targets })
}

fn whole(node: Node<'_>) -> Range<usize> {
    node.as_part_of_member().map_or(node, |member| member.node).range()
}
