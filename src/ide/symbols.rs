//! Document and workspace symbols: authentication methods by name, the request by its method and path, inputs with their types.

mod outline;
mod workspace;

use std::ops::Range;

use crate::document::Document;
use crate::text::english;

pub use workspace::{WorkspaceSymbol, match_score, workspace_symbols};

/// One entry of the outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Symbol {
    /// The name; never empty, one line.
    pub name: String,
    /// The detail beside the name: the type, or the key if the name is another.
    pub detail: Option<String>,
    /// The kind, which selects the icon.
    pub kind: SymbolKind,
    /// The complete range (bytes).
    pub range: Range<usize>,
    /// The range to select, inside `range`: the name itself.
    pub selection: Range<usize>,
    /// Nested symbols, in document order.
    pub children: Vec<Symbol>,
}

/// The kind of a symbol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SymbolKind {
    /// A complete spec.
    Source,
    /// An object.
    Object,
    /// An array.
    Array,
    /// An authentication method.
    AuthEntry,
    /// An input.
    Input,
    /// A property of a JSON Schema that is not an input.
    Property,
    /// The request.
    Request,
    /// A string.
    String,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// `null`, or a value that is missing or half typed.
    Null,
}

/// The outline.
pub fn symbols(document: &Document) -> Vec<Symbol> {
    if document.kind().is_none() {
        return Vec::new();
    }
    outline::of(document.tree())
}

/// A text as a name: one line, shortened, never empty.
fn label(text: &str) -> String {
    let words = text.split(|char: char| char.is_whitespace() || char.is_control()).filter(|word| !word.is_empty());
    let line = words.collect::<Vec<_>>().join(" ");
    if line.is_empty() { "\"\"".to_owned() } else { english::shortened(&line, 80) }
}

#[cfg(test)]
mod tests;
