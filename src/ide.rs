//! The questions an editor may ask. Each takes a document and a byte offset and gives back plain data: no protocol types,
//! no waiting, no input or output, no `Result`. On JSON that is no connection spec every answer is empty.

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

/// What can be done about the text in this range: the fixes of the findings that touch it, then the refactorings.
pub fn actions(document: &Document, facts: &Facts, range: Range<usize>) -> Vec<Action> {
    actions::actions(document, facts, range)
}

/// What may be written at this offset.
pub fn completion(document: &Document, facts: &Facts, offset: usize) -> Vec<CompletionItem> {
    completion::completion(document, facts, offset)
}

/// What is known of the thing at this offset, and why the [`diagnostics`] at it matter.
pub fn hover(document: &Document, findings: &[Diagnostic], offset: usize) -> Option<Hover> {
    hover::hover(document, findings, offset)
}

/// Where the name at this offset is given: an input, a property of a JSON schema, the node that wraps each record.
pub fn definition(document: &Document, offset: usize) -> Option<Definition> {
    definition::definition(document, offset)
}

/// All places of the name at this offset, in the order of the text, those where it is given included.
pub fn references(document: &Document, offset: usize) -> Vec<Reference> {
    references::references(document, offset)
}

/// What can be renamed at this offset. `None` where nothing has a name.
pub fn prepare_rename(document: &Document, offset: usize) -> Option<RenameTarget> {
    rename::prepare(document, offset)
}

/// The edits that give the name at this offset another one, everywhere.
pub fn rename(document: &Document, offset: usize, new: &str) -> RenameResult {
    rename::rename(document, offset, new)
}

/// The places that change along while the name at this offset is typed: ranges of the same text, more than one or none.
pub fn linked_editing(document: &Document, offset: usize) -> Vec<Range<usize>> {
    linked_editing::linked_editing(document, offset)
}

/// The outline.
pub fn symbols(document: &Document) -> Vec<Symbol> {
    symbols::symbols(document)
}

/// What can be looked for by name in all specs of a workspace.
pub fn workspace_symbols(document: &Document) -> Vec<WorkspaceSymbol> {
    symbols::workspace_symbols(document)
}

/// How well a name fits what a person has typed to find it, the larger the better. `None` when it does not fit.
pub fn match_score(typed: &str, name: &str) -> Option<u32> {
    symbols::match_score(typed, name)
}

/// What can be folded, outer before inner. Where there is more than `most`, the outer ones.
pub fn folding(document: &Document, most: Option<usize>) -> Vec<Fold> {
    folding::folding(document, most)
}

/// The selections around this offset, each with all of the one before it and more.
pub fn selection(document: &Document, offset: usize) -> Vec<Range<usize>> {
    selection::selection(document, offset)
}

/// What can be opened, in the order of the text.
pub fn links(document: &Document, facts: &Facts) -> Vec<Link> {
    links::links(document, facts)
}

/// The edits that format the whole document. They change nothing but white space between its pieces.
pub fn format(document: &Document, options: &FormatOptions) -> Vec<Edit> {
    format::document(document, options)
}

/// Those of them that are about the lines of this range.
pub fn format_range(document: &Document, options: &FormatOptions, range: Range<usize>) -> Vec<Edit> {
    format::range(document, options, &range)
}

/// What follows a line break or a closing bracket that was just typed before this offset: the quote and comma that the line
/// before lacks, the indentation of the line. Nothing that is there is removed.
pub fn format_typed(document: &Document, options: &FormatOptions, offset: usize, typed: char) -> Vec<Edit> {
    format::typed(document, options, offset, typed)
}

/// What stands inside the texts of the request beside text, for its colours, by place.
pub fn tokens(document: &Document) -> Vec<Token> {
    tokens::tokens(document)
}

/// What may be shown between the words of this range, of these kinds, by place.
pub fn hints(document: &Document, range: Range<usize>, kinds: &[HintKind]) -> Vec<Hint> {
    hints::hints(document, &range, kinds)
}

/// Where lines stand that count what belongs to the spec, to a way to sign in, to an input.
pub fn lenses(document: &Document) -> Vec<Lens> {
    lenses::lenses(document)
}

/// What the line about the place with this JSON pointer says, if there is one. `findings`: the [`diagnostics`].
pub fn lens_text(document: &Document, findings: &[Diagnostic], pointer: &str) -> Option<LensText> {
    lenses::text(document, findings, pointer)
}
