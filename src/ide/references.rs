//! Every place where the name under the cursor is: to list them, or to draw them in the text.

use std::ops::Range;

use super::names::Name;
use crate::document::Document;

/// A place where the name under the cursor is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The name, in bytes, without quotes and braces.
    pub range: Range<usize>,
    /// Whether the name is given here; else it refers to one that is given elsewhere.
    pub is_declaration: bool,
}

/// All places of the name at this offset, in document order.
pub(super) fn references(document: &Document, offset: usize) -> Vec<Reference> {
    let places = Name::at(document, offset).map(|name| name.places()).unwrap_or_default();
    places.into_iter().map(|place| Reference { range: place.range, is_declaration: place.is_declaration }).collect()
}
