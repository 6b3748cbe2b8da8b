//! Editor features. Each function takes a document and a byte offset or range and returns plain data: no protocol types, no
//! I/O, no `Result`. For JSON that isn't a connection spec every result is empty.
//!
//! ```
//! use connspec::{document::Document, ide, text::Text};
//!
//! let text = r#"{ "type": "generic-rest", "providerId": "", "authSpec": [], "" }"#;
//! let document = Document::new("acme-connectionSpec.json", 1, Text::new(text));
//! let items = ide::completion(&document, text.len() - 3);
//! assert!(items.iter().any(|item| item.label == "sourceSpec"));
//! ```

mod actions;
mod completion;
mod definition;
mod folding;
mod format;
mod hints;
mod hover;
mod lenses;
mod linked_editing;
mod links;
mod names;
mod new_source;
mod place;
mod references;
mod rename;
mod selection;
mod symbols;
mod tokens;
mod types;

use std::ops::Range;

use crate::document::Document;
use crate::lint::{Diagnostic, Facts};
use crate::text::Edit;

pub use definition::{Definition, Target};
pub use folding::Fold;
pub use format::FormatOptions;
pub use hints::{Hint, HintKind};
pub use lenses::{Lens, LensText};
pub use linked_editing::WORD as LINKED_WORD;
pub use links::{Link, Opens};
pub use new_source::{NewSource, new_source};
pub use references::Reference;
pub use rename::{RenameResult, RenameTarget};
pub use symbols::{Symbol, SymbolKind, WorkspaceSymbol};
pub use tokens::{Token, TokenKind};
pub use types::{Action, ActionKind, CompletionItem, Hover, ItemKind};

/// The code actions for a range (bytes): the fixes of the diagnostics that touch it, then refactorings.
pub fn actions(document: &Document, facts: &Facts, range: Range<usize>) -> Vec<Action> {
    actions::actions(document, facts, range)
}

/// The completion items at an offset.
pub fn completion(document: &Document, offset: usize) -> Vec<CompletionItem> {
    completion::completion(document, offset)
}

/// The hover at an offset: what is documented about the key, value or placeholder, and why the diagnostics there matter.
/// `diagnostics`: those of [`crate::lint::diagnostics`].
pub fn hover(document: &Document, diagnostics: &[Diagnostic], offset: usize) -> Option<Hover> {
    hover::hover(document, diagnostics, offset)
}

/// Where the name at an offset is declared: an input, a property of a JSON Schema, the node that wraps each record.
pub fn definition(document: &Document, offset: usize) -> Option<Definition> {
    definition::definition(document, offset)
}

/// All references to the name at an offset, declarations included, in document order.
pub fn references(document: &Document, offset: usize) -> Vec<Reference> {
    references::references(document, offset)
}

/// The name at an offset that can be renamed. `None` if there is none.
pub fn prepare_rename(document: &Document, offset: usize) -> Option<RenameTarget> {
    rename::prepare(document, offset)
}

/// The edits that rename the name at an offset everywhere.
pub fn rename(document: &Document, offset: usize, new: &str) -> RenameResult {
    rename::rename(document, offset, new)
}

/// The ranges (bytes) that are edited together with the name at an offset. Empty, or at least two.
pub fn linked_editing(document: &Document, offset: usize) -> Vec<Range<usize>> {
    linked_editing::linked_editing(document, offset)
}

/// The outline.
pub fn symbols(document: &Document) -> Vec<Symbol> {
    symbols::symbols(document)
}

/// The symbols that a workspace-wide search finds.
pub fn workspace_symbols(document: &Document) -> Vec<WorkspaceSymbol> {
    symbols::workspace_symbols(document)
}

/// How well a name matches a query: the larger, the better. `None` if it does not match.
pub fn match_score(typed: &str, name: &str) -> Option<u32> {
    symbols::match_score(typed, name)
}

/// The folding ranges, outer before inner. If there are more than `most`, the outer ones.
pub fn folding(document: &Document, most: Option<usize>) -> Vec<Fold> {
    folding::folding(document, most)
}

/// The selection ranges at an offset, from the inside out.
pub fn selection(document: &Document, offset: usize) -> Vec<Range<usize>> {
    selection::selection(document, offset)
}

/// Links to documentation and to files beside the spec, in document order.
pub fn links(document: &Document, facts: &Facts) -> Vec<Link> {
    links::links(document, facts)
}

/// The edits that format the document. Only white space changes.
pub fn format(document: &Document, options: &FormatOptions) -> Vec<Edit> {
    format::document(document, options)
}

/// The edits that format the lines of a range (bytes).
pub fn format_range(document: &Document, options: &FormatOptions, range: Range<usize>) -> Vec<Edit> {
    format::range(document, options, &range)
}

/// The edits after a line break or closing bracket was typed before an offset: a missing quote and comma on the line before, and
/// the indentation. Nothing is removed.
pub fn format_typed(document: &Document, options: &FormatOptions, offset: usize, typed: char) -> Vec<Edit> {
    format::typed(document, options, offset, typed)
}

/// Semantic tokens inside the strings of the request, by position.
pub fn tokens(document: &Document) -> Vec<Token> {
    tokens::tokens(document)
}

/// The inlay hints of these kinds in a range (bytes), by position.
pub fn hints(document: &Document, range: Range<usize>, kinds: &[HintKind]) -> Vec<Hint> {
    hints::hints(document, &range, kinds)
}

/// The positions of code lenses: above the spec, its authentication methods and its inputs.
pub fn lenses(document: &Document) -> Vec<Lens> {
    lenses::lenses(document)
}

/// The text of the code lens at a JSON pointer. `None` if there is none any more. `diagnostics`: those of
/// [`crate::lint::diagnostics`].
pub fn lens_text(document: &Document, diagnostics: &[Diagnostic], pointer: &str) -> Option<LensText> {
    lenses::text(document, diagnostics, pointer)
}
