//! Linked editing: a declared name and its element in `required` change together.

use std::ops::Range;

use super::names::{self, Name};
use crate::document::Document;

/// The regular expression of a linked name: editors stop the linked editing at any other character.
pub const WORD: &str = r#"[^\s"'{}\\.,:]+"#;

/// The ranges (bytes) that are edited together with the name at an offset. Empty, or at least two.
pub fn linked_editing(document: &Document, offset: usize) -> Vec<Range<usize>> {
    linked(document, offset).unwrap_or_default()
}

/// The occurrences of the name in one JSON Schema, if there are several and all are written the same.
fn linked(document: &Document, offset: usize) -> Option<Vec<Range<usize>>> {
    let name = Name::at(document, offset)?;
    let mut occurrences = names::in_schema(name.schema?, &name.text);
    occurrences.sort_by_key(|occurrence| occurrence.range.start);
    let is_whole = |occurrence: &names::Occurrence<'_>| occurrence.node.is_quoted();
    let is_same = |occurrence: &names::Occurrence<'_>| document.source()[occurrence.range.clone()] == *name.text;
    let is_in_one =
        occurrences.iter().any(|occurrence| occurrence.range.start <= offset && offset <= occurrence.range.end);
    let fits = is_in_one
        && occurrences.len() > 1
        && occurrences.iter().all(|occurrence| is_whole(occurrence) && is_same(occurrence));
    fits.then(|| occurrences.into_iter().map(|occurrence| occurrence.range).collect())
}
