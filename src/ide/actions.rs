//! Code actions: the tried fixes of [`crate::lint`], and refactorings, one file each.

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
use crate::text::contains;

use super::{Action, ActionKind};
use crate::edit::writer::Writer;
use crate::lint::{self, Facts, TriedFix};

/// The refactorings.
const REFACTORINGS: &[fn(&ActionContext<'_>) -> Vec<Action>] = &[
    insert_missing::actions,
    explore_spec::actions,
    add_auth_entry::actions,
    extract_input::actions,
    sort_keys::actions,
    pagination_type::actions,
];

/// Where a refactoring is requested.
struct ActionContext<'d> {
    tree: &'d Tree,
    kind: SpecKind,
    range: Range<usize>,
    writer: Writer<'d>,
}

impl<'d> ActionContext<'d> {
    /// The innermost object around the cursor or selection; a selection of the complete object is not inside it.
    fn object(&self) -> Option<Node<'d>> {
        let node = self.tree.node_at(self.range.start);
        let holds = |object: &Node<'_>| self.range.is_empty() || contains(&object.inside(), &self.range);
        node.self_and_ancestors().find(|node| node.kind() == Kind::Object && holds(node))
    }
}

/// The code actions for a range (bytes): the fixes of the diagnostics that touch it, then refactorings.
pub fn actions(document: &Document, facts: &Facts, range: Range<usize>) -> Vec<Action> {
    let Some(kind) = document.kind() else { return Vec::new() };
    let mut actions: Vec<Action> = lint::fixes(document, facts, range.clone()).into_iter().map(quick_fix).collect();
    let context = ActionContext { tree: document.tree(), kind, range, writer: Writer::new(document) };
    let is_offered = |action: &Action| actions.iter().any(|fix| fix.edits == action.edits);
    let refactorings = REFACTORINGS.iter().flat_map(|refactoring| refactoring(&context));
    let others: Vec<Action> = refactorings.filter(|action| !is_offered(action)).collect();
    actions.extend(others);
    actions.iter_mut().for_each(|action| action.edits.sort_by_key(|edit| edit.range.start));
    actions
}

fn quick_fix(tried: TriedFix) -> Action {
    Action {
        title: tried.fix.title,
        kind: ActionKind::QuickFix,
        edits: tried.fix.edits,
        files: tried.fix.files,
        is_preferred: tried.is_preferred,
        diagnostic: Some(tried.diagnostic),
    }
}

#[cfg(test)]
mod tests;
