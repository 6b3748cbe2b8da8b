//! Fixes that were tried: with each of them its diagnostic is gone and no error or warning is new. Fixing a syntax error may
//! reveal others; then there must be fewer in total.

use std::collections::HashMap;
use std::ops::Range;

use super::diagnostics::{diagnostics, with_fixes};
use super::{Diagnostic, Facts, Fix, Severity};
use crate::document::Document;
use crate::edit::compose::compose;
use crate::text::Edit;

/// A fix of a diagnostic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TriedFix {
    /// The fix.
    pub fix: Fix,
    /// The diagnostic that it fixes, without fixes of its own.
    pub diagnostic: Diagnostic,
    /// Whether it is the first of the fixes of this diagnostic and likely the intended one.
    pub is_preferred: bool,
}

/// The fixes of the diagnostics that touch a range (bytes), by position, the likeliest of each diagnostic first.
pub fn fixes(document: &Document, facts: &Facts, range: Range<usize>) -> Vec<TriedFix> {
    let found = with_fixes(document, facts, range);
    if found.iter().all(|diagnostic| diagnostic.fixes.is_empty()) {
        return Vec::new();
    }
    let before = Tally::of(&diagnostics(document, facts));
    found.iter().flat_map(|diagnostic| fixes_of(document, facts, &before, diagnostic)).collect()
}

fn fixes_of(document: &Document, facts: &Facts, before: &Tally, diagnostic: &Diagnostic) -> Vec<TriedFix> {
    let helps = |fix: &&Fix| {
        let after = diagnostics(&document.with_edits(&fix.edits), &facts.with(&fix.files));
        Tally::of(&after).is_better_for(diagnostic.code, before)
    };
    let tried = |(index, fix): (usize, &Fix)| TriedFix {
        fix: fix.clone(),
        diagnostic: Diagnostic { fixes: Vec::new(), ..diagnostic.clone() },
        is_preferred: index == 0 && fix.is_likely,
    };
    diagnostic.fixes.iter().filter(helps).enumerate().map(tried).collect()
}

/// Each round fixes something, so this is never reached unless two rules contradict each other.
const MAX_ROUNDS: usize = 100;

/// The edits of all safe fixes, applied until nothing changes.
pub fn fix_all(document: &Document, facts: &Facts) -> Vec<Edit> {
    let mut all = Vec::new();
    let mut current = None;
    for _ in 0..MAX_ROUNDS {
        let now = current.as_ref().unwrap_or(document);
        let edits = safe_edits(now, facts);
        if edits.is_empty() {
            break;
        }
        let next = now.with_edits(&edits);
        all = compose(all, edits);
        current = Some(next);
    }
    all
}

/// The edits of as many safe fixes as are compatible: all that do not overlap, or, if those are no improvement, the
/// first fix that is.
fn safe_edits(document: &Document, facts: &Facts) -> Vec<Edit> {
    let fixable = with_fixes(document, facts, 0..document.source().len());
    let before = Tally::of(&fixable);
    let safe = fixable
        .iter()
        .filter_map(|diagnostic| Some((diagnostic.code, diagnostic.fixes.first().filter(|fix| fix.is_safe)?)));
    let (mut together, mut codes) = (Vec::<Edit>::new(), Vec::new());
    for (code, fix) in safe.clone() {
        if fix.edits.iter().all(|edit| together.iter().all(|other| !edit.touches(&other.range))) {
            together.extend(fix.edits.iter().cloned());
            codes.push(code);
        }
    }
    let is_good = |edits: &[Edit], codes: &[&str]| {
        let after = Tally::of(&diagnostics(&document.with_edits(edits), facts));
        codes.iter().all(|code| after.is_better_for(code, &before))
    };
    if together.is_empty() || is_good(&together, &codes) {
        return together;
    }
    safe.map(|(code, fix)| (code, fix.edits.clone()))
        .find(|(code, edits)| is_good(edits, &[code]))
        .unwrap_or_default()
        .1
}

/// The number of diagnostics of each code: all of them, and the errors and warnings.
#[derive(Default)]
struct Tally(HashMap<&'static str, (usize, usize)>);

impl Tally {
    fn of(diagnostics: &[Diagnostic]) -> Self {
        let mut tally = Tally::default();
        for diagnostic in diagnostics {
            let (all, problems) = tally.0.entry(diagnostic.code).or_default();
            *all += 1;
            *problems += usize::from(diagnostic.severity <= Severity::Warning);
        }
        tally
    }

    /// Whether there are fewer diagnostics of this code than before, and no more errors and warnings of any other. After a
    /// syntax error is fixed, others may appear as long as there are fewer in total.
    fn is_better_for(&self, code: &str, before: &Tally) -> bool {
        let count = |tally: &Tally, code: &str| tally.0.get(code).copied().unwrap_or_default();
        let sum = |tally: &Tally| -> usize { tally.0.values().map(|(_, problems)| problems).sum() };
        let is_no_worse = |other: &str| count(self, other).1 <= count(before, other).1;
        let is_good = match code {
            "syntax-error" => sum(self) < sum(before),
            // Keys that Flow Service omits from responses are missing once the spec no longer looks like a response.
            "server-managed-key" => self.0.keys().all(|other| *other == "missing-key" || is_no_worse(other)),
            _ => self.0.keys().all(|other| is_no_worse(other)),
        };
        count(self, code).0 < count(before, code).0 && is_good
    }
}
