//! What changes along while a declared name is typed: its entry in `required`, and the other way round.

use std::ops::Range;

use super::names::{self, Name};
use crate::document::Document;
use crate::syntax::Kind;

/// What a linked name may consist of, as a regular expression: an editor stops to change the others along at a character
/// that does not belong to it.
pub const WORD: &str = r#"[^\s"'{}\\.,:]+"#;

/// The places in one JSON schema that have the name at this offset, in document order. Empty unless there are
/// several, all of them written in the same characters.
pub(super) fn linked_editing(document: &Document, offset: usize) -> Vec<Range<usize>> {
    linked(document, offset).unwrap_or_default()
}

fn linked(document: &Document, offset: usize) -> Option<Vec<Range<usize>>> {
    let name = Name::at(document, offset)?;
    let mut places = names::in_schema(name.schema?, &name.text);
    places.sort_by_key(|place| place.range.start);
    let is_whole = |place: &names::Place<'_>| {
        place.node.kind() == Kind::String && place.node.has_opening_quote() && place.node.has_closing_quote()
    };
    let is_same = |place: &names::Place<'_>| document.source()[place.range.clone()] == *name.text;
    let is_in_one = places.iter().any(|place| place.range.start <= offset && offset <= place.range.end);
    let fits = is_in_one && places.len() > 1 && places.iter().all(|place| is_whole(place) && is_same(place));
    fits.then(|| places.into_iter().map(|place| place.range).collect())
}
