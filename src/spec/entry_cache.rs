//! The vocabulary's entries for the nodes of one document, each looked up once.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use crate::syntax::Node;

use super::{Entry, SpecKind};

/// The entries of the nodes looked up so far, and of their ancestors.
#[derive(Debug)]
pub struct EntryCache {
    kind: SpecKind,
    known: RefCell<HashMap<usize, Rc<Entry>>>,
}

impl EntryCache {
    /// An empty cache for a document of this kind.
    pub fn new(kind: SpecKind) -> Self {
        EntryCache { kind, known: RefCell::default() }
    }

    /// The same as [`Entry::of`]. All nodes must belong to the same tree.
    pub fn get(&self, node: Node<'_>) -> Rc<Entry> {
        let mut known = self.known.borrow_mut();
        let path = node.self_and_ancestors();
        let unknown: Vec<Node<'_>> = path.take_while(|node| !known.contains_key(&node.index())).collect();
        for child in unknown.into_iter().rev() {
            let parent = child.parent().and_then(|parent| Some((parent, known.get(&parent.index())?)));
            let entry = match parent {
                Some((parent, entry)) => entry.child(parent, child).map_or_else(|| entry.clone(), Rc::new),
                None => Rc::new(Entry::root(self.kind, Some(child))),
            };
            known.insert(child.index(), entry);
        }
        known.get(&node.index()).cloned().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {

    use super::*;
    use crate::syntax::Tree;

    #[test]
    fn cached_entries_equal_those_looked_up_alone() {
        let text = r#"{ "type": "generic-rest", "authSpec": [{ "type": "OAuth2RefreshCode", "spec": { "properties": { "a": {} } } }],
            "sourceSpec": { "attributes": { "paginationParams": { "type": "PAGE", "no such": [1] } } } }"#;
        let tree = Tree::parse(text.to_owned());
        for kind in [SpecKind::Rest, SpecKind::Streaming, SpecKind::Other, SpecKind::Undecided] {
            let entries = EntryCache::new(kind);
            // Inside out and outside in, so that each node is looked up before and after its ancestors.
            let nodes: Vec<_> = tree.nodes().collect();
            for node in nodes.iter().rev().chain(&nodes) {
                assert_eq!(*entries.get(*node), Entry::of(kind, *node), "{kind:?}: {node:?}");
            }
        }
    }
}
