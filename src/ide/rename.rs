//! Renaming what the author has named, everywhere at once.

use std::ops::Range;

use super::names::{self, Form, Name, NameKind, Place};
use crate::document::Document;
use crate::source::inputs::Inputs;
use crate::source::json_path;
use crate::spec;
use crate::syntax::{Kind, escaped};
use crate::text::Edit;

/// What can be renamed at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RenameTarget {
    /// A name.
    Name {
        /// Where it is under the cursor, in bytes.
        range: Range<usize>,
        /// Its characters.
        text: String,
    },
    /// A name that is not renamed, and why.
    Refused(String),
}

/// What a rename comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RenameResult {
    /// The edits, none of which touches another; none when the name stays as it is.
    Edits(Vec<Edit>),
    /// Why it cannot be, and the way out.
    Refused(String),
}

/// What can be renamed at this offset. `None` where nothing has a name.
pub(super) fn prepare(document: &Document, offset: usize) -> Option<RenameTarget> {
    let name = Name::at(document, offset)?;
    Some(match refused(&name) {
        Some(why) => RenameTarget::Refused(why),
        None => RenameTarget::Name { range: name.range, text: name.text.into_owned() },
    })
}

/// The edits that give the name at this offset another one.
pub(super) fn rename(document: &Document, offset: usize, new: &str) -> RenameResult {
    let Some(name) = Name::at(document, offset) else {
        return RenameResult::Refused("Nothing to rename here.".to_owned());
    };
    if name.text == new {
        return RenameResult::Edits(Vec::new());
    }
    if let Some(why) = refused(&name).or_else(|| cannot_be(&name, new)).or_else(|| taken(document, &name, new)) {
        return RenameResult::Refused(why);
    }
    RenameResult::Edits(name.places().iter().map(|place| edit(place, new)).collect())
}

/// Why a name is not renamed at all.
fn refused(name: &Name<'_>) -> Option<String> {
    let words = "The name of an authentication method has no other references in this file; edit it in place. Connections select the method by this name.";
    matches!(name.kind, NameKind::AuthEntry(_)).then(|| words.to_owned())
}

/// Why a new name cannot be where the old one is.
fn cannot_be(name: &Name<'_>, new: &str) -> Option<String> {
    if new.trim().is_empty() {
        return Some("A name must not be empty.".to_owned());
    }
    if matches!(name.kind, NameKind::Property(_)) && name.places().iter().all(|place| place.form == Form::Whole) {
        return None;
    }
    let stranger = new.chars().find(|char| char.is_whitespace() || char.is_control() || "{}\"'\\".contains(*char))?;
    let called = match stranger {
        ' ' => "a space".to_owned(),
        char if char.is_whitespace() || char.is_control() => "a control character".to_owned(),
        char => format!("`{char}`"),
    };
    let place = if name.kind == NameKind::Input { "a placeholder `${…}`" } else { "the paths to the records" };
    Some(format!("A name with {called} is not valid in {place}; use letters, digits, `_` or `-`."))
}

/// Why a new name would be mistaken for another.
fn taken(document: &Document, name: &Name<'_>, new: &str) -> Option<String> {
    let again = |what: &str| Some(format!("{what} is already named `{new}`."));
    match name.kind {
        NameKind::Input => {
            let inputs = Inputs::of(document.tree());
            let is_declared = inputs.named(&name.text).next().is_some();
            if new.contains('.') {
                return Some("A dot in a placeholder may be read as a path into an input (inferred, not documented); use letters, digits, `_` or `-`.".to_owned());
            }
            if spec::variable_description(new).is_some() {
                return Some(format!("`{{{new}}}` is reserved for schedules; choose another name."));
            }
            // An undeclared name may well be a misspelled one.
            if is_declared && inputs.named(new).next().is_some() {
                return again("Another input of this file");
            }
            None
        }
        NameKind::Property(schema) if names::in_schema(schema, new).iter().any(|place| place.is_declaration) => {
            again("Another property of this schema")
        }
        _ => None,
    }
}

/// The edit of one place, in the way in which the name is written there.
fn edit(place: &Place<'_>, new: &str) -> Edit {
    let is_plain = json_path::is_shorthand(new);
    let (range, new) = match &place.form {
        Form::Whole if place.node.kind() == Kind::Word && !is_plain => (&place.range, format!("\"{}\"", escaped(new))),
        Form::Whole | Form::Placeholder => (&place.range, escaped(new)),
        Form::Step(step) if is_plain || place.node.tree().source()[step.clone()].contains('[') => {
            (&place.range, new.to_owned())
        }
        Form::Step(step) => (step, json_path::segment_of(new)),
    };
    Edit { range: range.clone(), new }
}

#[cfg(test)]
mod tests;
