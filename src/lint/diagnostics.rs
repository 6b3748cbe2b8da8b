//! All diagnostics of a document: the rules, then the levels of the team, sorted by position.

use std::ops::Range;

use crate::document::Document;

use super::{Diagnostic, Facts, rules};

/// All diagnostics of a document, by position.
pub fn diagnostics(document: &Document, facts: &Facts) -> Vec<Diagnostic> {
    all(document, facts, None)
}

/// The diagnostics that touch a range, with their fixes.
pub(crate) fn with_fixes(document: &Document, facts: &Facts, range: Range<usize>) -> Vec<Diagnostic> {
    let mut diagnostics = all(document, facts, Some(range.clone()));
    diagnostics.retain(|diagnostic| diagnostic.touches(&range));
    diagnostics
}

fn all(document: &Document, facts: &Facts, fixes_at: Option<Range<usize>>) -> Vec<Diagnostic> {
    let Some(kind) = document.kind() else { return Vec::new() };
    let mut diagnostics = rules::apply(document, kind, facts, fixes_at);
    facts.levels.apply(document.tree(), &mut diagnostics);
    diagnostics.sort_by_key(|it| (it.range.start, it.severity, it.range.end, it.code));
    diagnostics.dedup_by(|a, b| a.code == b.code && a.range == b.range && a.message == b.message);
    diagnostics
}
