//! The questions an editor may ask. Each takes a document and a byte offset and gives back plain data: no protocol types,
//! no waiting, no input or output, no `Result`. On JSON that is no connection spec every answer is empty.

mod actions;
mod completion;
mod date_format;
mod diagnostics;
mod draft;
mod duplicates;
mod facts;
mod format;
mod hints;
mod hover;
mod inputs;
mod json_path;
mod lenses;
mod place;
mod request;
mod rules;
mod schema;
mod tokens;
mod types;
mod writer;

use std::ops::Range;

use crate::document::Document;

pub use facts::{Facts, Folder, Ignored, Level, Levels, Neighbour};
pub use format::FormatOptions;
pub use hints::{Hint, HintKind};
pub use lenses::{Lens, LensText};
pub use rules::{RULES, Rule};
pub use tokens::{Token, TokenKind};
pub use types::{
    Action, ActionKind, CompletionItem, Diagnostic, Edit, Fix, Hover, ItemKind, NewFile, Related, Severity, Tag,
};

/// All findings, sorted by place.
pub fn diagnostics(document: &Document, facts: &Facts) -> Vec<Diagnostic> {
    diagnostics::diagnostics(document, facts)
}

/// What can be done about the text in this range: the fixes of the findings that touch it, then the refactorings.
pub fn actions(document: &Document, facts: &Facts, range: Range<usize>) -> Vec<Action> {
    actions::actions(document, facts, range)
}

/// The edits of all safe fixes, applied until nothing changes.
pub fn fix_all(document: &Document, facts: &Facts) -> Vec<Edit> {
    actions::fix_all(document, facts)
}

/// The JSON pointer (RFC 6901) of what a finding with this range (bytes) is about: of the smallest member or element around
/// it. Empty for the document as a whole.
pub fn pointer(document: &Document, range: &Range<usize>) -> String {
    facts::pointer(document, range)
}

/// What may be written at this offset.
pub fn completion(document: &Document, facts: &Facts, offset: usize) -> Vec<CompletionItem> {
    completion::completion(document, facts, offset)
}

/// What is known of the thing at this offset.
pub fn hover(document: &Document, facts: &Facts, offset: usize) -> Option<Hover> {
    hover::hover(document, facts, offset)
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

/// What the line about the place with this JSON pointer says, if there is one.
pub fn lens_text(document: &Document, facts: &Facts, pointer: &str) -> Option<LensText> {
    lenses::text(document, facts, pointer)
}
