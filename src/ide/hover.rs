//! Hover, one file for each kind of target.

mod date;
mod diagnostic;
mod input;
mod json_path;
mod key;
mod page;
mod placeholder;
mod target;
mod value;

use crate::document::Document;

use super::Hover;
use crate::lint::Diagnostic;
use target::Target;

/// The hover at an offset: what is documented about the key, value or placeholder, and why the diagnostics there matter.
/// `diagnostics`: those of [`crate::lint::diagnostics`].
pub fn hover(document: &Document, diagnostics: &[Diagnostic], offset: usize) -> Option<Hover> {
    match (description(document, offset), diagnostic::hover(diagnostics, offset)) {
        (Some(description), Some(reason)) => {
            let contents = format!("{}\n\n---\n\n{}", description.contents, reason.contents);
            Some(Hover { contents, ..description })
        }
        (description, reason) => description.or(reason),
    }
}

/// The description of the key, value or placeholder at an offset. `None` on spaces, commas, colons and brackets, and in JSON
/// that isn't a connection spec.
fn description(document: &Document, offset: usize) -> Option<Hover> {
    let target = Target::at(document, offset)?;
    if target.is_key {
        return key::hover(&target);
    }
    placeholder::hover(&target, offset)
        .or_else(|| input::required(&target))
        .or_else(|| date::hover(&target))
        .or_else(|| value::hover(&target))
}

#[cfg(test)]
mod tests;
