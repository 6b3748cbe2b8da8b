//! The outline of a spec, in the words of the format: authentication methods by name, the request by its method and path, inputs
//! with their types.

mod outline;
mod workspace;

use std::ops::Range;

use crate::document::Document;

pub use workspace::WorkspaceSymbol;

pub(super) use workspace::{match_score, workspace_symbols};

/// One entry of the outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Symbol {
    /// What it is called; never empty, always one line.
    pub name: String,
    /// A few words beside the name: the type, the key where the name is another.
    pub detail: Option<String>,
    /// What it is, for the icon.
    pub kind: SymbolKind,
    /// All of it, in bytes.
    pub range: Range<usize>,
    /// What is selected when it is picked: the name itself, inside of `range`.
    pub selection: Range<usize>,
    /// What is inside it, in document order.
    pub children: Vec<Symbol>,
}

/// What an entry of the outline is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SymbolKind {
    /// A whole spec.
    Source,
    /// An object.
    Section,
    /// An array.
    List,
    /// An authentication method.
    SignIn,
    /// An input.
    Input,
    /// A property of a JSON schema that is no input.
    Property,
    /// The request.
    Request,
    /// A text.
    Text,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// `null`, or a value that is missing or half typed.
    Nothing,
}

/// The outline. Empty on JSON that is not a connection spec.
pub(super) fn symbols(document: &Document) -> Vec<Symbol> {
    if document.kind().is_none() {
        return Vec::new();
    }
    outline::of(document.tree())
}

/// A text as a name: one line, not too long, and never nothing.
fn label(text: &str) -> String {
    const MOST: usize = 80;
    let words = text.split(|char: char| char.is_whitespace() || char.is_control()).filter(|word| !word.is_empty());
    let line = words.collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MOST) {
        _ if line.is_empty() => "\"\"".to_owned(),
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

#[cfg(test)]
mod tests;
