//! Which objects and arrays contain syntax errors.

use crate::syntax::{ErrorKind, Kind, Node, SyntaxError, Tree};

/// By node index: whether a syntax error is directly inside this object or array, not in a nested one. Empty for a tree
/// without errors.
pub(super) fn with_errors(tree: &Tree) -> Vec<bool> {
    with(tree, |_| true)
}

/// The same, without errors that leave no doubt about where members and elements begin and end: comments, missing and trailing
/// commas.
pub(super) fn with_other_errors_than_commas_and_comments(tree: &Tree) -> Vec<bool> {
    with(tree, |kind| !matches!(kind, ErrorKind::Comment | ErrorKind::MissingComma | ErrorKind::TrailingComma))
}

fn with(tree: &Tree, counts: impl Fn(&ErrorKind) -> bool) -> Vec<bool> {
    if tree.errors().is_empty() {
        return Vec::new();
    }
    let mut broken = vec![false; tree.nodes().count()];
    let mut errors = tree.errors().iter().filter(|error| counts(&error.kind)).peekable();
    let mut open: Vec<Node<'_>> = Vec::new();
    for node in tree.nodes().filter(|node| matches!(node.kind(), Kind::Object | Kind::Array)) {
        while let Some(error) = errors.next_if(|error| error.range.start <= node.range().start) {
            mark(&mut open, error, &mut broken);
        }
        close_before(&mut open, node.range().start);
        open.push(node);
        broken[node.index()] |= !node.is_closed() || !node.is_opened();
    }
    for error in errors {
        mark(&mut open, error, &mut broken);
    }
    broken
}

/// The same, with all ancestors of these objects and arrays.
pub(super) fn with_errors_and_ancestors(tree: &Tree) -> Vec<bool> {
    let mut broken = with_errors(tree);
    // Inner nodes have greater indices, so marks propagate to all ancestors in one pass.
    let nodes: Vec<Node<'_>> = tree.nodes().collect();
    for node in nodes.into_iter().rev() {
        if let Some(around) = node.parent().filter(|_| broken.get(node.index()) == Some(&true)) {
            broken[around.index()] = true;
        }
    }
    broken
}

/// Marks the innermost open node that contains an error. A node without closing bracket also contains its end.
fn mark(open: &mut Vec<Node<'_>>, error: &SyntaxError, broken: &mut [bool]) {
    let (start, end) = (error.range.start, error.range.end);
    close_before(open, start);
    let holds = |node: &&Node<'_>| end < node.range().end + usize::from(!node.is_closed());
    if let Some(around) = open.iter().rev().find(holds) {
        broken[around.index()] = true;
    }
}

/// Closes the open nodes that end before an offset.
fn close_before(open: &mut Vec<Node<'_>>, place: usize) {
    while open.last().is_some_and(|node| node.range().end + usize::from(!node.is_closed()) <= place) {
        open.pop();
    }
}
