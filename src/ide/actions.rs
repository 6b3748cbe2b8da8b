//! What can be done about a document: fixes of findings, one by one or all at once, and refactorings.
//!
//! A fix is offered only after it was tried: with it the finding is gone, and no error or warning has come. Mending what is
//! no JSON may bring others to light; then all in all there must be fewer.

mod add_sign_in;
mod composed;
mod explore_spec;
mod extract_input;
mod insert_missing;
mod paging_kind;
mod sort_keys;

use std::collections::HashMap;
use std::ops::Range;

use crate::document::Document;
use crate::spec::SpecKind;
use crate::syntax::{Kind, Node, Tree};
use crate::text::Text;

pub(super) use self::composed::composed;
use super::diagnostics::{diagnostics, with_fixes};
use super::writer::Writer;
use super::{Action, ActionKind, Diagnostic, Edit, Facts, Fix, Severity};

/// How often [`fix_all`] looks again. Each look mends something, so this is never reached unless two rules disagree.
const ROUNDS: usize = 100;

/// What can be done that no finding asks for: one file each.
const REFACTORINGS: &[fn(&Asked<'_>) -> Vec<Action>] = &[
    insert_missing::actions,
    explore_spec::actions,
    add_sign_in::actions,
    extract_input::actions,
    sort_keys::actions,
    paging_kind::actions,
];

/// What a refactoring is asked about.
struct Asked<'d> {
    tree: &'d Tree,
    kind: SpecKind,
    range: Range<usize>,
    writer: Writer<'d>,
}

impl<'d> Asked<'d> {
    /// The innermost object around the cursor or selection; a selection of all of it is not inside it.
    fn object(&self) -> Option<Node<'d>> {
        let node = self.tree.node_at(self.range.start);
        let holds = |object: &Node<'_>| {
            let (outer, inner) = (object.range(), &self.range);
            inner.is_empty() || (outer.start < inner.start && inner.end < outer.end)
        };
        std::iter::once(node).chain(node.ancestors()).find(|node| node.kind() == Kind::Object && holds(node))
    }

    /// Whether nothing of a node is wrong as JSON.
    fn is_sound(&self, node: Node<'_>) -> bool {
        node.is_sound()
    }
}

pub(super) fn actions(document: &Document, facts: &Facts, range: Range<usize>) -> Vec<Action> {
    let Some(kind) = document.kind() else { return Vec::new() };
    let found = with_fixes(document, facts, range.clone());
    let mut actions = Vec::new();
    if found.iter().any(|finding| !finding.fixes.is_empty()) {
        let before = Tally::of(&diagnostics(document, facts));
        actions.extend(found.iter().flat_map(|finding| quick_fixes(document, facts, &before, finding)));
    }
    let asked = Asked { tree: document.tree(), kind, range, writer: Writer::new(document) };
    let mends = |action: &Action| actions.iter().any(|fix| fix.edits == action.edits);
    let refactorings = REFACTORINGS.iter().flat_map(|refactoring| refactoring(&asked));
    let others: Vec<Action> = refactorings.filter(|action| !mends(action)).collect();
    actions.extend(others);
    actions.iter_mut().for_each(|action| action.edits.sort_by_key(|edit| edit.range.start));
    actions
}

fn quick_fixes(document: &Document, facts: &Facts, before: &Tally, finding: &Diagnostic) -> Vec<Action> {
    let good = |fix: &&Fix| {
        let after = diagnostics(&edited(document, &fix.edits), &facts.with(&fix.files));
        Tally::of(&after).is_better_for(finding.code, before)
    };
    let action = |(index, fix): (usize, &Fix)| Action {
        title: fix.title.clone(),
        kind: ActionKind::QuickFix,
        edits: fix.edits.clone(),
        files: fix.files.clone(),
        is_preferred: index == 0 && fix.is_likely,
        mends: Some(Diagnostic { fixes: Vec::new(), ..finding.clone() }),
    };
    finding.fixes.iter().filter(good).enumerate().map(action).collect()
}

pub(super) fn fix_all(document: &Document, facts: &Facts) -> Vec<Edit> {
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
        if fix.edits.iter().all(|edit| together.iter().all(|other| !touch(&edit.range, &other.range))) {
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

/// Whether two edits cannot be made at the same time.
fn touch(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start <= b.end && b.start <= a.end
}

fn edited(document: &Document, edits: &[Edit]) -> Document {
    Document::new(document.name(), document.version(), Text::new(Edit::apply(document.source(), edits)))
}

/// How many findings of each code there are: all of them, and those that count as mistakes.
#[derive(Default)]
struct Tally(HashMap<&'static str, (usize, usize)>);

impl Tally {
    fn of(found: &[Diagnostic]) -> Self {
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
    fn is_better_for(&self, code: &str, before: &Tally) -> bool {
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

#[cfg(test)]
mod tests;
