//! Where the name under the cursor is given.

use std::ops::Range;

use super::names::Name;
use crate::document::Document;
use crate::syntax::Node;

/// Where a name is given, and where it is under the cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// The name under the cursor, in bytes.
    pub origin: Range<usize>,
    /// The places where it is given, in document order; never none.
    pub targets: Vec<Target>,
}

/// A place where a name is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The name, in bytes.
    pub name: Range<usize>,
    /// All that belongs to it: the input with its schema.
    pub whole: Range<usize>,
}

/// Where the name at this offset is given.
pub(super) fn definition(document: &Document, offset: usize) -> Option<Definition> {
    let name = Name::at(document, offset)?;
    let declared = name.places().into_iter().filter(|place| place.is_declaration);
    let targets: Vec<_> = declared.map(|place| Target { whole: whole(place.node), name: place.range }).collect();
    (!targets.is_empty()).then_some(Definition { origin: name.range, targets })
}

fn whole(node: Node<'_>) -> Range<usize> {
    node.as_part_of_member().map_or(node, |member| member.node).range()
}
