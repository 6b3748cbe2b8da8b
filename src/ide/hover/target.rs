//! The key or value at an offset, with its vocabulary.

use std::borrow::Cow;

use crate::document::Document;
use crate::spec::{Entry, SpecKind};
use crate::syntax::{Kind, Member, Node};

/// A key or scalar value.
pub(super) struct Target<'d> {
    pub(super) document: &'d Document,
    /// The key or value.
    pub(super) node: Node<'d>,
    pub(super) is_key: bool,
    /// The member that it is a part of; of an element, the member of its array.
    pub(super) member: Member<'d>,
    /// The vocabulary of the value; of a key, that of the key's value.
    pub(super) entry: Entry,
    /// The vocabulary of the enclosing object or array.
    pub(super) parent_entry: Entry,
    /// The vocabulary of the innermost enclosing value, or of the value itself, that has one.
    pub(super) nearest: Entry,
    /// That value.
    nearest_node: Node<'d>,
}

impl<'d> Target<'d> {
    /// The key or scalar value at an offset of a connection spec.
    pub(super) fn at(document: &'d Document, offset: usize) -> Option<Self> {
        let kind = document.kind()?;
        let node = document.tree().node_at(offset);
        match node.kind() {
            Kind::Object | Kind::Array | Kind::Member | Kind::Missing => None,
            _ => Target::of(document, kind, node),
        }
    }

    /// The target of a key or value. `None` for the outermost value, which is not a part of a member.
    pub(super) fn of(document: &'d Document, kind: SpecKind, node: Node<'d>) -> Option<Self> {
        let member = node.ancestors().find_map(Node::member)?;
        let mut path: Vec<Node<'d>> = node.self_and_ancestors().collect();
        path.reverse();
        let mut entry = Entry::root(kind, path.first().copied());
        let (mut parent_entry, mut nearest, mut nearest_node) = (Entry::default(), entry.clone(), path[0]);
        for pair in path.windows(2) {
            let Some(next) = entry.child(pair[0], pair[1]) else { continue };
            parent_entry = std::mem::replace(&mut entry, next);
            if !entry.is_empty() {
                (nearest, nearest_node) = (entry.clone(), pair[1]);
            }
        }
        let is_key = member.key == node;
        Some(Target { document, node, is_key, member, entry, parent_entry, nearest, nearest_node })
    }

    /// The key.
    pub(super) fn name(&self) -> Cow<'d, str> {
        self.member.key.string().unwrap_or_default()
    }

    /// Whether the vocabulary has the key at its place; otherwise the author chose it, or it is unknown.
    pub(super) fn is_named(&self) -> bool {
        let name = self.name();
        // Objects whose `type` chooses the keys take no others, so an entry means that another type has the key.
        self.parent_entry.keys().contains(&name.as_ref()) || (self.is_of_other_type() && !self.entry.is_empty())
    }

    /// Whether the chosen `type` of the object has other keys.
    pub(super) fn is_of_other_type(&self) -> bool {
        let name = self.name();
        self.parent_entry.allowed_keys().is_some_and(|allowed| !allowed.contains(&name.as_ref()))
    }

    /// Whether it is inside a value whose keys the author chooses.
    pub(super) fn is_free(&self) -> bool {
        self.entry.is_empty() && self.nearest.keys().is_empty()
    }

    /// The key of the innermost enclosing value that has a vocabulary.
    pub(super) fn nearest_key(&self) -> Option<Cow<'d, str>> {
        self.nearest_node.self_and_ancestors().find_map(Node::member)?.key.string()
    }

    /// The object around the member.
    pub(super) fn object(&self) -> Option<Node<'d>> {
        self.member.node.parent()
    }
}

/// The key of an object or array.
pub(super) fn key_of<'d>(object: Node<'d>) -> Option<Cow<'d, str>> {
    object.as_part_of_member()?.key.string()
}
