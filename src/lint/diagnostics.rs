//! All diagnostics of a document: the rules, then the levels of the team, sorted by position.

use crate::document::Document;

use super::rules::{self, FixRequest, too_many_problems};
use super::{Diagnostic, Facts, Ignored, Level};

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

/// All diagnostics of a document, those that touch the range of a request with fixes.
pub(crate) fn with_fixes(document: &Document, facts: &Facts, request: FixRequest) -> Vec<Diagnostic> {
    found(document, facts, Some(request))
}

/// The entries of [`Levels::ignored`](super::Levels) that no diagnostic of this document needs. None for a document with
/// syntax errors, which hide other problems; none of rules that are off, or that need facts which are not known.
pub fn unused_ignores<'f>(document: &Document, facts: &'f Facts) -> Vec<&'f Ignored> {
    let ignored = &facts.levels.ignored;
    if ignored.is_empty() || document.kind().is_none() || !document.tree().errors().is_empty() {
        return Vec::new();
    }
    let mut without = facts.clone();
    without.levels.ignored = Vec::new();
    let all = all_diagnostics(document, &without);
    let can_report = |code| {
        let rule = rules::RULES.iter().find(|rule| rule.code == code);
        rule.is_some_and(|rule| rule.knows_enough(facts)) && facts.levels.rules.get(code) != Some(&Level::Off)
    };
    let is_unused = |entry: &&Ignored| can_report(entry.code) && !entry.hides_any(document.tree(), &all);
    ignored.iter().filter(is_unused).collect()
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
