//! What the vocabulary says about the places of one document, each looked up once.

use std::cell::RefCell;
use std::collections::HashMap;
use std::iter;
use std::rc::Rc;

use crate::syntax::Node;

use super::{Entry, SpecKind};

/// The entries of one document that were asked for, and those of all that is around them.
#[derive(Debug)]
pub struct Entries {
    kind: SpecKind,
    known: RefCell<HashMap<usize, Rc<Entry>>>,
}

impl Entries {
    /// Of a document of this kind, of which nothing was asked so far.
    pub fn new(kind: SpecKind) -> Self {
        Entries { kind, known: RefCell::default() }
    }

    /// The same as [`Entry::of`] says about this node, which has to be of one tree every time.
    pub fn of(&self, node: Node<'_>) -> Rc<Entry> {
        let mut known = self.known.borrow_mut();
        let around = iter::once(node).chain(node.ancestors());
        let unknown: Vec<Node<'_>> = around.take_while(|node| !known.contains_key(&node.index())).collect();
        for inner in unknown.into_iter().rev() {
            let outer = inner.parent().and_then(|outer| Some((outer, known.get(&outer.index())?)));
            let entry = match outer {
                Some((outer, entry)) => entry.step(outer, inner).map_or_else(|| entry.clone(), Rc::new),
                None => Rc::new(Entry::root(self.kind, Some(inner))),
            };
            known.insert(inner.index(), entry);
        }
        known.get(&node.index()).cloned().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {

    use super::*;
    use crate::syntax::Tree;

    #[test]
    fn says_the_same_as_an_entry_that_is_looked_up_alone() {
        let text = r#"{ "type": "generic-rest", "authSpec": [{ "type": "OAuth2RefreshCode", "spec": { "properties": { "a": {} } } }],
            "sourceSpec": { "attributes": { "paginationParams": { "type": "PAGE", "no such": [1] } } } }"#;
        let tree = Tree::parse(text.to_owned());
        for kind in [SpecKind::Rest, SpecKind::Streaming, SpecKind::Other, SpecKind::Undecided] {
            let entries = Entries::new(kind);
            // From the inside and from the outside, so that each is asked for before and after what is around it.
            let nodes: Vec<_> = tree.nodes().collect();
            for node in nodes.iter().rev().chain(&nodes) {
                assert_eq!(*entries.of(*node), Entry::of(kind, *node), "{kind:?}: {node:?}");
            }
        }
    }
}
