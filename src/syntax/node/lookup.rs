//! Finds the children of large objects and arrays, where scanning them for each question would take quadratic time.

use std::collections::HashMap;

use super::{Kind, Node};
use crate::syntax::{SyntaxError, Tree};

/// Objects and arrays with fewer nodes inside are scanned, which is faster.
const LARGE: usize = 64;

/// So are those with fewer children, however many nodes are inside: nested ones would each need memory.
const MANY: usize = 8;

/// The children of the large objects and arrays of a tree, and where its errors end.
#[derive(Debug)]
pub(in crate::syntax) struct Lookup {
    containers: HashMap<usize, Children>,
    /// For each error the furthest end of it and those before it.
    furthest_ends: Vec<usize>,
}

#[derive(Debug)]
pub(super) struct Children {
    /// Their indices, in document order.
    indices: Vec<u32>,
    /// The last member of each key.
    by_key: HashMap<String, u32>,
}

impl Lookup {
    pub(in crate::syntax) fn of(tree: &Tree) -> Self {
        let has_many = |node: &Node<'_>| node.children().nth(MANY).is_some();
        let large = tree.nodes().filter(|node| is_large(*node)).filter(has_many);
        let containers = large.map(|node| (node.index(), Children::of(node))).collect();
        let furthest_ends = tree.errors.iter().scan(0, |furthest, error| {
            *furthest = error.range.end.max(*furthest);
            Some(*furthest)
        });
        Lookup { containers, furthest_ends: furthest_ends.collect() }
    }

    /// The children of an object or array with many; `None` for others.
    pub(super) fn children(&self, node: Node<'_>) -> Option<&Children> {
        self.containers.get(&node.index())
    }

    /// Whether an error overlaps or touches a range. `errors` are those of the tree, by start.
    pub(super) fn has_error(&self, errors: &[SyntaxError], range: &std::ops::Range<usize>) -> bool {
        let started = errors.partition_point(|error| error.range.start <= range.end);
        started.checked_sub(1).is_some_and(|last| self.furthest_ends[last] >= range.start)
    }
}

impl Children {
    fn of(node: Node<'_>) -> Self {
        let mut children = Children { indices: Vec::new(), by_key: HashMap::new() };
        for child in node.children() {
            children.indices.push(child.index() as u32);
            if let Some(member) = child.member() {
                children.by_key.insert(member.key.key_text().into_owned(), child.index() as u32);
            }
        }
        children
    }

    pub(super) fn with_key(&self, key: &str) -> Option<u32> {
        self.by_key.get(key).copied()
    }

    pub(super) fn nth(&self, position: usize) -> Option<u32> {
        self.indices.get(position).copied()
    }

    pub(super) fn position(&self, child: Node<'_>) -> Option<usize> {
        self.indices.binary_search(&(child.index() as u32)).ok()
    }

    /// The children from the first on for which `is_before` no longer holds.
    pub(super) fn from(&self, is_before: impl Fn(u32) -> bool) -> &[u32] {
        &self.indices[self.indices.partition_point(|index| is_before(*index))..]
    }
}

/// Whether a node is an object or array that is worth a lookup.
pub(super) fn is_large(node: Node<'_>) -> bool {
    node.end_index() - node.index() > LARGE && matches!(node.kind(), Kind::Object | Kind::Array)
}
