//! What is known of the thing under the cursor, in words. One file for each sort of thing.

mod date;
mod diagnostic;
mod input;
mod json_path;
mod key;
mod page;
mod place;
mod placeholder;
mod value;

use crate::document::Document;

use super::Hover;
use crate::lint::Diagnostic;
use place::Place;

/// The words about what is at this offset, or ends there, and why what is wrong with it matters.
pub(super) fn hover(document: &Document, findings: &[Diagnostic], offset: usize) -> Option<Hover> {
    match (words(document, offset), diagnostic::hover(findings, offset)) {
        (Some(words), Some(finding)) => {
            Some(Hover { contents: format!("{}\n\n---\n\n{}", words.contents, finding.contents), ..words })
        }
        (words, finding) => words.or(finding),
    }
}

/// The words about what is at this offset, or ends there. Nothing on spaces, commas, colons and brackets, and on JSON
/// that is not a connection spec.
fn words(document: &Document, offset: usize) -> Option<Hover> {
    let place = Place::at(document, offset)?;
    if place.is_key {
        return key::hover(&place);
    }
    placeholder::hover(&place, offset)
        .or_else(|| input::required(&place))
        .or_else(|| date::hover(&place))
        .or_else(|| value::hover(&place))
}

#[cfg(test)]
mod tests;
