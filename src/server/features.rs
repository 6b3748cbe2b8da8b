//! The seam between the protocol and the questions it asks: a test of the protocol hands in its own answers.

use crate::document::Document;
use crate::ide::{self, CompletionItem, Diagnostic, Facts, Hover};

/// What the server can be asked. Each method answers as [`crate::ide`] does unless it is replaced.
pub trait Features: Send + Sync + 'static {
    /// All findings, sorted by place.
    fn diagnostics(&self, document: &Document, facts: &Facts) -> Vec<Diagnostic> {
        ide::diagnostics(document, facts)
    }

    /// What may be written at this byte offset.
    fn completion(&self, document: &Document, facts: &Facts, offset: usize) -> Vec<CompletionItem> {
        ide::completion(document, facts, offset)
    }

    /// What is known of the thing at this byte offset.
    fn hover(&self, document: &Document, facts: &Facts, offset: usize) -> Option<Hover> {
        ide::hover(document, facts, offset)
    }
}

/// The answers of [`crate::ide`].
#[derive(Debug, Clone, Copy, Default)]
pub struct Ide;

impl Features for Ide {}
