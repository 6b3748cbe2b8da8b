//! All safe fixes at once.

use std::collections::HashMap;

use super::Diagnostic;
use super::Facts;
use super::Severity;
use super::diagnostics::{diagnostics, with_fixes};
use crate::document::Document;
use crate::edit::composed::composed;
use crate::text::{Edit, Text};

/// How often [`fix_all`] looks again. Each look mends something, so this is never reached unless two rules disagree.
const ROUNDS: usize = 100;

/// The edits of all safe fixes, applied until nothing changes.
pub fn fix_all(document: &Document, facts: &Facts) -> Vec<Edit> {
    let mut all = Vec::new();
    let mut current = None;
    for _ in 0..ROUNDS {
        let now = current.as_ref().unwrap_or(document);
        let edits = safe_edits(now, facts);
        if edits.is_empty() {
            break;
        }
        let next = edited(now, &edits);
        all = composed(all, edits);
        current = Some(next);
    }
    all
}

/// The edits of as many safe fixes as go together: all that touch no other, or, when those do not make it better, the
/// first that does.
fn safe_edits(document: &Document, facts: &Facts) -> Vec<Edit> {
    let found = with_fixes(document, facts, 0..document.source().len());
    let before = Tally::of(&found);
    let safe =
        found.iter().filter_map(|finding| Some((finding.code, finding.fixes.first().filter(|fix| fix.is_safe)?)));
    let (mut together, mut codes) = (Vec::<Edit>::new(), Vec::new());
    for (code, fix) in safe.clone() {
        if fix.edits.iter().all(|edit| together.iter().all(|other| !edit.touches(&other.range))) {
            together.extend(fix.edits.iter().cloned());
            codes.push(code);
        }
    }
    let is_good = |edits: &[Edit], codes: &[&str]| {
        let after = Tally::of(&diagnostics(&edited(document, edits), facts));
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

/// The document after these edits.
pub(crate) fn edited(document: &Document, edits: &[Edit]) -> Document {
    Document::new(document.name(), document.version(), Text::new(Edit::apply(document.source(), edits)))
}

/// How many findings of each code there are: all of them, and those that count as mistakes.
#[derive(Default)]
pub(crate) struct Tally(HashMap<&'static str, (usize, usize)>);

impl Tally {
    pub(crate) fn of(found: &[Diagnostic]) -> Self {
        let mut tally = Tally::default();
        for finding in found {
            let (all, mistakes) = tally.0.entry(finding.code).or_default();
            *all += 1;
            *mistakes += usize::from(finding.severity <= Severity::Warning);
        }
        tally
    }

    /// Whether there are fewer findings of this code than before, and no more mistakes of any other. Where the text is
    /// mended as JSON, others may show as long as there are fewer in all.
    pub(crate) fn is_better_for(&self, code: &str, before: &Tally) -> bool {
        let count = |tally: &Tally, code: &str| tally.0.get(code).copied().unwrap_or_default();
        let sum = |tally: &Tally| -> usize { tally.0.values().map(|(_, mistakes)| mistakes).sum() };
        let is_no_worse = |other: &str| count(self, other).1 <= count(before, other).1;
        let is_good = match code {
            "syntax-error" => sum(self) < sum(before),
            // What the service leaves out of its answers is missing as soon as the spec no longer looks like one.
            "server-managed-key" => self.0.keys().all(|other| *other == "missing-key" || is_no_worse(other)),
            _ => self.0.keys().all(|other| is_no_worse(other)),
        };
        count(self, code).0 < count(before, code).0 && is_good
    }
}
