//! Renames a name that the author has chosen, and all references to it.

use std::ops::Range;

use super::names::{self, Form, Name, NameKind, Occurrence};
use crate::document::Document;
use crate::source::inputs::Inputs;
use crate::source::json_path;
use crate::spec;
use crate::syntax::{Kind, escaped};
use crate::text::Edit;

/// What can be renamed at an offset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RenameTarget {
    /// A name.
    Name {
        /// The occurrence at the offset, in bytes.
        range: Range<usize>,
        /// The name.
        text: String,
    },
    /// Why the name cannot be renamed.
    Refused(String),
}

/// The result of a rename.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RenameResult {
    /// The edits, none of which touches another; empty if the name does not change.
    Edits(Vec<Edit>),
    /// Why the new name is not possible, and the way out.
    Refused(String),
}

/// The name at an offset that can be renamed. `None` if there is none.
pub fn prepare_rename(document: &Document, offset: usize) -> Option<RenameTarget> {
    let name = Name::at(document, offset)?;
    Some(match refusal(&name) {
        Some(why) => RenameTarget::Refused(why),
        None => RenameTarget::Name { range: name.range, text: name.text.into_owned() },
    })
}

/// The edits that rename the name at an offset everywhere.
pub fn rename(document: &Document, offset: usize, new: &str) -> RenameResult {
    let Some(name) = Name::at(document, offset) else {
        return RenameResult::Refused("Nothing to rename here.".to_owned());
    };
    if name.text == new {
        return RenameResult::Edits(Vec::new());
    }
    if let Some(why) = refusal(&name).or_else(|| invalid(&name, new)).or_else(|| taken(document, &name, new)) {
        return RenameResult::Refused(why);
    }
    RenameResult::Edits(name.occurrences().iter().map(|occurrence| edit(occurrence, new)).collect())
}

/// Why a name cannot be renamed.
fn refusal(name: &Name<'_>) -> Option<String> {
    let words = "The name of an authentication method has no other references in this file; edit it in place. Connections select the method by this name.";
    matches!(name.kind, NameKind::AuthEntry(_)).then(|| words.to_owned())
}

/// Why a new name is not valid in place of the old one.
fn invalid(name: &Name<'_>, new: &str) -> Option<String> {
    if new.trim().is_empty() {
        return Some("A name must not be empty.".to_owned());
    }
    if matches!(name.kind, NameKind::Property(_))
        && name.occurrences().iter().all(|occurrence| occurrence.form == Form::Whole)
    {
        return None;
    }
    let invalid = new.chars().find(|char| char.is_whitespace() || char.is_control() || "{}\"'\\".contains(*char))?;
    let description = match invalid {
        ' ' => "a space".to_owned(),
        char if char.is_whitespace() || char.is_control() => "a control character".to_owned(),
        char => format!("`{char}`"),
    };
    let place = if name.kind == NameKind::Input { "a placeholder `${…}`" } else { "the paths to the records" };
    Some(format!("A name with {description} is not valid in {place}; use letters, digits, `_` or `-`."))
}

/// Why a new name would be ambiguous.
fn taken(document: &Document, name: &Name<'_>, new: &str) -> Option<String> {
    let duplicate = |what: &str| Some(format!("{what} is already named `{new}`."));
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
            // Renaming an undeclared name to a declared one corrects a misspelling.
            if is_declared && inputs.named(new).next().is_some() {
                return duplicate("Another input of this file");
            }
            None
        }
        NameKind::Property(schema)
            if names::in_schema(schema, new).iter().any(|occurrence| occurrence.is_declaration) =>
        {
            duplicate("Another property of this schema")
        }
        _ => None,
    }
}

/// The edit of an occurrence, in its form.
fn edit(occurrence: &Occurrence<'_>, new: &str) -> Edit {
    let is_plain = json_path::is_shorthand(new);
    let (range, new) = match &occurrence.form {
        Form::Whole if occurrence.node.kind() == Kind::Word && !is_plain => {
            (&occurrence.range, format!("\"{}\"", escaped(new)))
        }
        Form::Whole | Form::Placeholder => (&occurrence.range, escaped(new)),
        Form::Segment(segment) if is_plain || occurrence.node.tree().source()[segment.clone()].contains('[') => {
            (&occurrence.range, new.to_owned())
        }
        Form::Segment(segment) => (segment, json_path::segment_of(new)),
    };
    Edit::replace(range.clone(), new)
}

#[cfg(test)]
mod tests;
