//! All diagnostics of a document: the rules, then the levels of the team, sorted by position.

use crate::document::Document;

use super::rules::{self, FixRequest, too_many_problems};
use super::{Diagnostic, Facts};

/// The diagnostics of a document, by position. Of more than 1,000, the first of the most severe, and one that
/// says how many are not shown.
pub fn diagnostics(document: &Document, facts: &Facts) -> Vec<Diagnostic> {
    let mut diagnostics = all(document, facts);
    if diagnostics.len() > too_many_problems::MAX_DIAGNOSTICS {
        diagnostics.sort_by_key(|it| it.severity);
        let hidden = diagnostics.split_off(too_many_problems::MAX_DIAGNOSTICS);
        let mut summary = vec![too_many_problems::summary(&hidden)];
        facts.levels.apply(document.tree(), &mut summary);
        diagnostics.extend(summary);
        sort(&mut diagnostics);
    }
    diagnostics
}

/// All diagnostics of a document, however many.
pub(crate) fn all(document: &Document, facts: &Facts) -> Vec<Diagnostic> {
    found(document, facts, None)
}

/// The diagnostics that touch the range of a request, with fixes.
pub(crate) fn with_fixes(document: &Document, facts: &Facts, request: FixRequest) -> Vec<Diagnostic> {
    let range = request.range.clone();
    let mut diagnostics = found(document, facts, Some(request));
    diagnostics.retain(|diagnostic| diagnostic.touches(&range));
    diagnostics
}

fn found(document: &Document, facts: &Facts, fixes: Option<FixRequest>) -> Vec<Diagnostic> {
    let Some(kind) = document.kind() else { return Vec::new() };
    let mut diagnostics = rules::apply(document, kind, facts, fixes);
    facts.levels.apply(document.tree(), &mut diagnostics);
    sort(&mut diagnostics);
    diagnostics.dedup_by(|a, b| a.code == b.code && a.range == b.range && a.message == b.message);
    diagnostics
}

fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by_key(|it| (it.range.start, it.severity, it.range.end, it.code));
}
