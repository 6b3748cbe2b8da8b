//! All diagnostics on a document: syntax, then vocabulary, then rules, sorted by place.

use std::ops::Range;

use crate::document::Document;

use super::Diagnostic;
use super::Facts;
use super::rules;

/// All diagnostics of a document, by position.
pub fn diagnostics(document: &Document, facts: &Facts) -> Vec<Diagnostic> {
    all(document, facts, None)
}

/// The diagnostics that touch a range, with their fixes.
pub(crate) fn with_fixes(document: &Document, facts: &Facts, range: Range<usize>) -> Vec<Diagnostic> {
    let mut found = all(document, facts, Some(range.clone()));
    found.retain(|diagnostic| diagnostic.touches(&range));
    found
}

fn all(document: &Document, facts: &Facts, fixes_at: Option<Range<usize>>) -> Vec<Diagnostic> {
    let Some(kind) = document.kind() else { return Vec::new() };
    let mut found = rules::apply(document, kind, facts, fixes_at);
    facts.levels.apply(document.tree(), &mut found);
    found
        .sort_by_key(|diagnostic| (diagnostic.range.start, diagnostic.severity, diagnostic.range.end, diagnostic.code));
    found.dedup_by(|a, b| a.code == b.code && a.range == b.range && a.message == b.message);
    found
}
