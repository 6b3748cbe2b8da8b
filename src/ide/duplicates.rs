//! Keys that are set twice in one object.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::syntax::{Kind, Node, Tree};

/// A member that loses to a later one with the same key.
pub(super) struct Duplicate<'t> {
    /// The member without effect.
    pub(super) loses: Node<'t>,
    /// The later one.
    pub(super) wins: Node<'t>,
}

/// Every member that a later one overrides, in the order of the text.
pub(super) fn of(tree: &Tree) -> Vec<Duplicate<'_>> {
    let mut found = Vec::new();
    for object in tree.nodes().filter(|node| node.kind() == Kind::Object) {
        in_object(object, &mut found);
    }
    found
}

fn in_object<'t>(object: Node<'t>, found: &mut Vec<Duplicate<'t>>) {
    /// Up to this many keys comparing each with each is the quickest way.
    const FEW: usize = 12;
    let count = object.children().take(FEW + 1).count();
    if count <= FEW {
        let mut seen: [Option<(Cow<'t, str>, Node<'t>)>; FEW] = [const { None }; FEW];
        for (index, member) in object.members().enumerate() {
            let Some(key) = member.key.string() else { continue };
            let same = seen[..index].iter_mut().flatten().find(|(known, _)| *known == key);
            if let Some((_, last)) = same {
                found.push(Duplicate { loses: std::mem::replace(last, member.node), wins: member.node });
            } else {
                seen[index] = Some((key, member.node));
            }
        }
        return;
    }
    let mut seen: HashMap<Cow<'t, str>, Node<'t>> = HashMap::new();
    for member in object.members() {
        let Some(key) = member.key.string() else { continue };
        if let Some(loses) = seen.insert(key, member.node) {
            found.push(Duplicate { loses, wins: member.node });
        }
    }
}
