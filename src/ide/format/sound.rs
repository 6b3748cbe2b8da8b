//! Which objects and arrays have something wrong right inside them.

use crate::syntax::{Kind, Node, SyntaxError, Tree};

/// By the number of the node: whether something is wrong right inside this object or array, not only in one of those that
/// it holds. Empty for a tree without errors.
pub(super) fn unsound(tree: &Tree) -> Vec<bool> {
    if tree.errors().is_empty() {
        return Vec::new();
    }
    let mut unsound = vec![false; tree.nodes().count()];
    let mut errors = tree.errors().iter().peekable();
    let mut open: Vec<Node<'_>> = Vec::new();
    for node in tree.nodes().filter(|node| matches!(node.kind(), Kind::Object | Kind::Array)) {
        while let Some(error) = errors.next_if(|error| error.range.start <= node.range().start) {
            mark(&mut open, error, &mut unsound);
        }
        leave(&mut open, node.range().start);
        open.push(node);
        unsound[node.index()] |= !node.is_closed() || !node.is_opened();
    }
    for error in errors {
        mark(&mut open, error, &mut unsound);
    }
    unsound
}

/// The same, and all objects and arrays around one.
pub(super) fn unsound_with_all_around(tree: &Tree) -> Vec<bool> {
    let mut unsound = unsound(tree);
    // Inner nodes have the greater numbers, so what is marked on the way is passed on in turn.
    let nodes: Vec<Node<'_>> = tree.nodes().collect();
    for node in nodes.into_iter().rev() {
        if let Some(around) = node.parent().filter(|_| unsound.get(node.index()) == Some(&true)) {
            unsound[around.index()] = true;
        }
    }
    unsound
}

/// Marks the innermost of the open ones that an error is inside of; an error outside of all marks none. One without its
/// closing bracket holds its end too.
fn mark(open: &mut Vec<Node<'_>>, error: &SyntaxError, unsound: &mut [bool]) {
    let (start, end) = (error.range.start, error.range.end);
    leave(open, start);
    let holds = |node: &&Node<'_>| end < node.range().end + usize::from(!node.is_closed());
    if let Some(around) = open.iter().rev().find(holds) {
        unsound[around.index()] = true;
    }
}

/// Leaves the open ones that end before this place.
fn leave(open: &mut Vec<Node<'_>>, place: usize) {
    while open.last().is_some_and(|node| node.range().end + usize::from(!node.is_closed()) <= place) {
        open.pop();
    }
}
