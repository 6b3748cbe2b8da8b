//! The language features as the protocol uses them. Tests of the protocol replace them with their own.

use std::ops::Range;

use crate::document::Document;
use crate::ide::{self, Action, CompletionItem, Hover};
use crate::lint::{self, Diagnostic, Facts};
use crate::text::Edit;

/// The features that a server offers: those of [`crate::ide`], as far as an implementation does not replace them.
pub trait Features: Send + Sync + 'static {
    /// All diagnostics of a document, by position.
    fn diagnostics(&self, document: &Document, facts: &Facts) -> Vec<Diagnostic> {
        lint::diagnostics(document, facts)
    }

    /// The completion items at a byte offset.
    fn completion(&self, document: &Document, offset: usize) -> Vec<CompletionItem> {
        ide::completion(document, offset)
    }

    /// The hover at a byte offset, given all diagnostics of the document.
    fn hover(&self, document: &Document, diagnostics: &[Diagnostic], offset: usize) -> Option<Hover> {
        ide::hover(document, diagnostics, offset)
    }

    /// The fixes and refactorings in a range of bytes.
    fn actions(&self, document: &Document, facts: &Facts, range: Range<usize>) -> Vec<Action> {
        ide::actions(document, facts, range)
    }

    /// The edits of all auto-fixable problems.
    fn fix_all(&self, document: &Document, facts: &Facts) -> Vec<Edit> {
        lint::fix_all(document, facts)
    }
}

/// The features of [`crate::ide`].
#[derive(Debug, Clone, Copy, Default)]
pub struct Ide;

impl Features for Ide {}
