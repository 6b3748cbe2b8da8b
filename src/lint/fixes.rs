//! Fixes that were tried: with each of them its diagnostic is gone and no error or warning is new. Fixing a syntax error may
//! reveal others; then there must be fewer in total.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::diagnostics::{all_diagnostics, with_fixes};
use super::rules::{FixRequest, SYNTAX_ERROR};
use super::{Diagnostic, Facts, Fix, Severity};
use crate::document::Document;
use crate::edit::compose::{at_most_many, compose};
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

/// How many fixes of one request may be tried. Each try checks the whole text, so one that is long or has many problems gets
/// fewer, and the time of a request does not grow with the number of problems.
struct Tries {
    /// What they may cost, in bytes that are checked.
    left: usize,
    at_least: usize,
}

impl Tries {
    const ALL: usize = 1 << 18;
    const MOST: usize = 1000;
    /// Each is a whole check on its own.
    const LEAST: usize = 2;
    /// What finding a problem costs.
    const PROBLEM: usize = 100;

    fn new() -> Self {
        Tries { left: Self::ALL, at_least: Self::LEAST }
    }

    fn cost(bytes: usize, problems: usize) -> usize {
        (bytes + problems * Self::PROBLEM).max(Self::ALL / Self::MOST)
    }

    /// The maximum number for a document.
    fn most(document: &Document) -> usize {
        (Self::ALL / Self::cost(document.source().len(), 0)).max(Self::LEAST)
    }

    fn is_left(&self) -> bool {
        self.left > 0 || self.at_least > 0
    }

    /// Whether one more may be tried on a text of this length with so many problems.
    fn take(&mut self, bytes: usize, problems: usize) -> bool {
        let cost = Self::cost(bytes, problems);
        let is_allowed = self.left >= cost || self.at_least > 0;
        self.left = self.left.saturating_sub(cost);
        self.at_least = self.at_least.saturating_sub(1);
        is_allowed
    }
}

/// The fixes of the diagnostics that touch a range (bytes), by position, the likeliest of each diagnostic first. In a large
/// range of a long text, those of the first diagnostics.
pub fn fixes(document: &Document, facts: &Facts, range: Range<usize>) -> Vec<TriedFix> {
    let mut tries = Tries::new();
    let found = with_fixes(document, facts, FixRequest { range, max: Tries::most(document), only_safe: false });
    let before = Tally::of(document, &found);
    found.iter().flat_map(|diagnostic| fixes_of(document, facts, &before, diagnostic, &mut tries)).collect()
}

fn fixes_of(
    document: &Document,
    facts: &Facts,
    before: &Tally,
    diagnostic: &Diagnostic,
    tries: &mut Tries,
) -> Vec<TriedFix> {
    let mut helps = |fix: &&Fix| {
        let after = || Tally::after(document, &fix.edits, &facts.with(&fix.files));
        tries.take(document.source().len(), before.count()) && after().is_better_for(diagnostic.code, before)
    };
    let tried = |(index, fix): (usize, &Fix)| TriedFix {
        fix: fix.clone(),
        diagnostic: Diagnostic { fixes: Vec::new(), ..diagnostic.clone() },
        is_preferred: index == 0 && fix.is_likely,
    };
    diagnostic.fixes.iter().filter(|fix| helps(fix)).enumerate().map(tried).collect()
}

/// The edits of all safe fixes, applied until nothing changes. In a long text that does not come to an end, as many as there
/// is time for.
pub fn fix_all(document: &Document, facts: &Facts) -> Vec<Edit> {
    all_diagnostics_and_edits(document, facts).1
}

/// All diagnostics, each with its safe fixes, and the edits of [`fix_all`]. The document is checked once for both.
pub fn all_diagnostics_and_edits(document: &Document, facts: &Facts) -> (Vec<Diagnostic>, Vec<Edit>) {
    let mut tries = Tries::new();
    let all = with_safe_fixes(document, facts);
    let mut edits = Vec::new();
    let mut next = improved(document, facts, &all, &mut tries);
    while let Some(better) = next {
        edits = compose(edits, better.edits);
        next = improved(&better.document, facts, &better.diagnostics, &mut tries);
    }
    (all, at_most_many(document.source(), edits))
}

fn with_safe_fixes(document: &Document, facts: &Facts) -> Vec<Diagnostic> {
    with_fixes(document, facts, FixRequest { range: 0..document.source().len(), max: usize::MAX, only_safe: true })
}

/// A document after some safe fixes.
struct Improved {
    edits: Vec<Edit>,
    document: Document,
    /// With safe fixes.
    diagnostics: Vec<Diagnostic>,
}

/// The document after as many safe fixes as are compatible: all that do not overlap, or, if those are no improvement, the
/// first part of them that is, or else the first fix that is.
fn improved(document: &Document, facts: &Facts, fixable: &[Diagnostic], tries: &mut Tries) -> Option<Improved> {
    if !tries.is_left() {
        return None;
    }
    let before = Tally::of(document, fixable);
    let mut edited_ranges = EditedRanges::default();
    let (compatible, others): (Vec<_>, Vec<_>) = fixable
        .iter()
        .filter_map(|diagnostic| Some((diagnostic.code, diagnostic.fixes.first().filter(|fix| fix.is_safe)?)))
        .map(|(code, fix)| (code, &*fix.edits))
        .partition(|(_, edits)| edited_ranges.add_all(edits));
    let mut improves = |fixes: &[(&str, &[Edit])]| {
        if !tries.take(document.source().len(), before.count()) {
            return None;
        }
        let edits: Vec<Edit> = fixes.iter().flat_map(|(_, edits)| edits.iter().cloned()).collect();
        let document = document.with_edits(&edits);
        let diagnostics = with_safe_fixes(&document, facts);
        let after = Tally::of(&document, &diagnostics);
        let is_good = fixes.iter().all(|(code, _)| after.is_better_for(code, &before));
        is_good.then_some(Improved { edits, document, diagnostics })
    };
    let part = first_improvement(&compatible, &mut improves);
    part.or_else(|| others.chunks(1).find_map(&mut improves))
}

/// What all fixes lead to, or else the first half or quarter … of them that is an improvement.
fn first_improvement<F, T>(fixes: &[F], improves: &mut impl FnMut(&[F]) -> Option<T>) -> Option<T> {
    if fixes.is_empty() {
        return None;
    }
    let improvement = improves(fixes);
    if improvement.is_some() || fixes.len() == 1 {
        return improvement;
    }
    let (first, second) = fixes.split_at(fixes.len() / 2);
    first_improvement(first, improves).or_else(|| first_improvement(second, improves))
}

/// Ranges that do not touch each other: their ends by their starts.
#[derive(Default)]
struct EditedRanges(BTreeMap<usize, usize>);

impl EditedRanges {
    /// Adds the ranges of a fix, unless one of them touches another fix.
    fn add_all(&mut self, edits: &[Edit]) -> bool {
        let is_free = |range: &Range<usize>| {
            let last = self.0.range(..=range.end).next_back();
            last.is_none_or(|(_, end)| *end < range.start)
        };
        let are_free = edits.iter().all(|edit| is_free(&edit.range));
        if are_free {
            self.0.extend(edits.iter().map(|edit| (edit.range.start, edit.range.end)));
        }
        are_free
    }
}

/// The number of diagnostics of each code: all of them, and the errors and warnings.
#[derive(Default)]
struct Tally(HashMap<&'static str, (usize, usize)>);

impl Tally {
    fn of(document: &Document, diagnostics: &[Diagnostic]) -> Self {
        let mut tally = Tally::default();
        let unlisted = document.tree().unlisted_errors();
        if unlisted > 0 {
            tally.0.insert(SYNTAX_ERROR, (unlisted, unlisted));
        }
        for diagnostic in diagnostics {
            let (all, problems) = tally.0.entry(diagnostic.code).or_default();
            *all += 1;
            *problems += usize::from(diagnostic.severity <= Severity::Warning);
        }
        tally
    }

    /// That of the document after some edits.
    fn after(document: &Document, edits: &[Edit], facts: &Facts) -> Self {
        let document = document.with_edits(edits);
        Self::of(&document, &all_diagnostics(&document, facts))
    }

    fn count(&self) -> usize {
        self.0.values().map(|(all, _)| all).sum()
    }

    /// Whether there are fewer diagnostics of this code than before, and no more errors and warnings of any other. After a
    /// syntax error is fixed, others may appear as long as there are fewer in total.
    fn is_better_for(&self, code: &str, before: &Tally) -> bool {
        let count = |tally: &Tally, code: &str| tally.0.get(code).copied().unwrap_or_default();
        let sum = |tally: &Tally| -> usize { tally.0.values().map(|(_, problems)| problems).sum() };
        let is_no_worse = |other: &str| count(self, other).1 <= count(before, other).1;
        let is_good = match code {
            SYNTAX_ERROR => sum(self) < sum(before),
            // The rules check the spec only after the fix.
            "not-a-spec" => true,
            // Keys that Flow Service omits from responses are missing once the spec no longer looks like a response.
            "server-managed-key" => self.0.keys().all(|other| *other == "missing-key" || is_no_worse(other)),
            // What belongs in a key that is added or in place of null, only the author knows.
            "missing-key" | "incomplete-pagination" | "wrong-type" => {
                self.0.keys().all(|other| *other == "empty-value" || is_no_worse(other))
            }
            _ => self.0.keys().all(|other| is_no_worse(other)),
        };
        count(self, code).0 < count(before, code).0 && is_good
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_longer_text_and_one_with_more_problems_get_fewer_tries() {
        let tries = |(bytes, problems)| {
            let mut tries = Tries::new();
            (0..).take_while(|_| tries.take(bytes, problems)).count()
        };
        assert_eq!([(0, 0), (1000, 3), (100_000, 0), (200_000, 0), (10_000_000, 0)].map(tries), [1000, 201, 2, 2, 2]);
        assert_eq!([(10_000, 10), (10_000, 1000), (100_000, 10_000)].map(tries), [23, 2, 2]);
    }

    #[test]
    fn a_large_part_of_the_fixes_is_applied_where_one_is_no_improvement() {
        let mut tried = Vec::new();
        let mut improves = |fixes: &[u8]| {
            tried.push(fixes.to_vec());
            (!fixes.contains(&3)).then_some(())
        };
        assert!(first_improvement(&[1, 2, 3, 4], &mut improves).is_some());
        assert_eq!(tried, [vec![1, 2, 3, 4], vec![1, 2]]);
    }
}
