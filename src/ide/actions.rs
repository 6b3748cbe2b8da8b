//! What can be done about a document: fixes of findings, one by one or all at once, and refactorings.
//!
//! A fix is offered only after it was tried: with it the finding is gone, and no error or warning has come. Mending what is
//! no JSON may bring others to light; then all in all there must be fewer.

mod add_auth_entry;
mod explore_spec;
mod extract_input;
mod insert_missing;
mod pagination_type;
mod sort_keys;

use std::ops::Range;

use crate::document::Document;
use crate::spec::SpecKind;
use crate::syntax::{Kind, Node, Tree};

use super::{Action, ActionKind};
use crate::edit::writer::Writer;
use crate::lint::{Diagnostic, Facts, Fix, Tally, diagnostics, edited, with_fixes};

/// What can be done that no finding asks for: one file each.
const REFACTORINGS: &[fn(&ActionContext<'_>) -> Vec<Action>] = &[
    insert_missing::actions,
    explore_spec::actions,
    add_auth_entry::actions,
    extract_input::actions,
    sort_keys::actions,
    pagination_type::actions,
];

/// What a refactoring is context about.
struct ActionContext<'d> {
    tree: &'d Tree,
    kind: SpecKind,
    range: Range<usize>,
    writer: Writer<'d>,
}

impl<'d> ActionContext<'d> {
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
    let context = ActionContext { tree: document.tree(), kind, range, writer: Writer::new(document) };
    let is_offered = |action: &Action| actions.iter().any(|fix| fix.edits == action.edits);
    let refactorings = REFACTORINGS.iter().flat_map(|refactoring| refactoring(&context));
    let others: Vec<Action> = refactorings.filter(|action| !is_offered(action)).collect();
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
        diagnostic: Some(Diagnostic { fixes: Vec::new(), ..finding.clone() }),
    };
    finding.fixes.iter().filter(good).enumerate().map(action).collect()
}

#[cfg(test)]
mod tests;
