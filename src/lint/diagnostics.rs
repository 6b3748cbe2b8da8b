//! All diagnostics of a document: the rules, then the levels of the team, sorted by position.

use crate::document::Document;

use super::rules::{self, FixRequest, too_many_problems};
use super::{Diagnostic, Facts};

/// The diagnostics of a document that are shown, by position: of more than 1,000, the first of the most severe, and one that
/// says how many there are besides.
pub fn diagnostics(document: &Document, facts: &Facts) -> Vec<Diagnostic> {
    shown(document, facts, all_diagnostics(document, facts))
}

/// All diagnostics of a document, however many, by position.
pub fn all_diagnostics(document: &Document, facts: &Facts) -> Vec<Diagnostic> {
    found(document, facts, None)
}

/// Those of all diagnostics of a document that are shown; see [`diagnostics`].
pub fn shown(document: &Document, facts: &Facts, mut all: Vec<Diagnostic>) -> Vec<Diagnostic> {
    if all.len() > too_many_problems::MAX_DIAGNOSTICS {
        all.sort_by_key(|it| it.severity);
        let hidden = all.split_off(too_many_problems::MAX_DIAGNOSTICS);
        let hidden = hidden.len() + document.tree().unlisted_errors();
        let mut summary = vec![too_many_problems::summary(hidden)];
        facts.levels.apply(document.tree(), &mut summary);
        all.extend(summary);
        sort(&mut all);
    }
    all
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
