//! The seam between the protocol and the questions it asks: a test of the protocol hands in its own answers.

use crate::lint;
use std::ops::Range;

use crate::document::Document;
use crate::ide::{self, Action, CompletionItem, Hover};
use crate::lint::Diagnostic;
use crate::lint::Facts;
use crate::text::Edit;

/// What the server can be asked. Each method answers as [`crate::ide`] does unless it is replaced.
pub trait Features: Send + Sync + 'static {
    /// All findings, sorted by place.
    fn diagnostics(&self, document: &Document, facts: &Facts) -> Vec<Diagnostic> {
        lint::diagnostics(document, facts)
    }

    /// What may be written at this byte offset.
    fn completion(&self, document: &Document, _: &Facts, offset: usize) -> Vec<CompletionItem> {
        ide::completion(document, offset)
    }

    /// What is known of the thing at this byte offset, of which these are all findings.
    fn hover(&self, document: &Document, findings: &[Diagnostic], offset: usize) -> Option<Hover> {
        ide::hover(document, findings, offset)
    }

    /// What can be done about the text in this range of bytes.
    fn actions(&self, document: &Document, facts: &Facts, range: Range<usize>) -> Vec<Action> {
        ide::actions(document, facts, range)
    }

    /// The edits of all safe fixes.
    fn fix_all(&self, document: &Document, facts: &Facts) -> Vec<Edit> {
        lint::fix_all(document, facts)
    }
}

/// The answers of [`crate::ide`].
#[derive(Debug, Clone, Copy, Default)]
pub struct Ide;

impl Features for Ide {}
