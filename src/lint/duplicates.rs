//! Keys that occur twice in one object.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::syntax::{Kind, Node, Tree};

/// Two members with the same key.
pub(crate) struct Duplicate<'t> {
    /// The earlier member, without effect.
    pub(crate) loses: Node<'t>,
    /// The later member.
    pub(crate) wins: Node<'t>,
}

/// Every member that a later one overrides.
pub(crate) fn of(tree: &Tree) -> Vec<Duplicate<'_>> {
    let mut duplicates = Vec::new();
    for object in tree.nodes().filter(|node| node.kind() == Kind::Object) {
        in_object(object, &mut duplicates);
    }
    duplicates
}

fn in_object<'t>(object: Node<'t>, duplicates: &mut Vec<Duplicate<'t>>) {
    let mut seen: HashMap<Cow<'t, str>, Node<'t>> = HashMap::new();
    for member in object.members() {
        let Some(key) = member.key.string() else { continue };
        if let Some(loses) = seen.insert(key, member.node) {
            duplicates.push(Duplicate { loses, wins: member.node });
        }
    }
}
