//! References: all occurrences of the name at an offset, to list or to highlight them.

use std::ops::Range;

use super::names::Name;
use crate::document::Document;

/// An occurrence of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The name, in bytes, without quotes and braces.
    pub range: Range<usize>,
    /// Whether it declares the name.
    pub is_declaration: bool,
}

/// All references to the name at an offset, declarations included, in document order.
pub fn references(document: &Document, offset: usize) -> Vec<Reference> {
    let occurrences = Name::at(document, offset).map(|name| name.occurrences()).unwrap_or_default();
    occurrences
        .into_iter()
        .map(|occurrence| Reference { range: occurrence.range, is_declaration: occurrence.is_declaration })
        .collect()
}
