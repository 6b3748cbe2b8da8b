//! The place under the cursor: the key or value there and what the vocabulary says about it and around it.

use std::borrow::Cow;

use crate::document::Document;
use crate::spec::{Entry, SpecKind};
use crate::syntax::{Kind, Member, Node};

/// A key or a plain value, with what the vocabulary says.
pub(super) struct Place<'d> {
    pub(super) document: &'d Document,
    /// The key or value itself.
    pub(super) node: Node<'d>,
    /// Whether it is a key.
    pub(super) is_key: bool,
    /// The member that it is a part of; of an element, the one whose array it is in.
    pub(super) member: Member<'d>,
    /// What is said about the value; of a key, about that key's value.
    pub(super) entry: Entry,
    /// What is said about the object or array around it.
    pub(super) around: Entry,
    /// What is said about the innermost value around it, or it itself, that the vocabulary knows.
    pub(super) ground: Entry,
    /// That value.
    grounded: Node<'d>,
}

impl<'d> Place<'d> {
    /// The key or plain value at an offset of a connection spec.
    pub(super) fn at(document: &'d Document, offset: usize) -> Option<Self> {
        let kind = document.kind()?;
        let node = document.tree().node_at(offset);
        match node.kind() {
            Kind::Object | Kind::Array | Kind::Member | Kind::Missing => None,
            _ => Place::of(document, kind, node),
        }
    }

    /// A key or value that is at hand. `None` for the outermost value, which is no part of a member.
    pub(super) fn of(document: &'d Document, kind: SpecKind, node: Node<'d>) -> Option<Self> {
        let member = node.ancestors().find_map(Node::member)?;
        let mut path: Vec<Node<'d>> = node.self_and_ancestors().collect();
        path.reverse();
        let mut entry = Entry::root(kind, path.first().copied());
        let (mut around, mut ground, mut grounded) = (Entry::default(), entry.clone(), path[0]);
        for pair in path.windows(2) {
            let Some(next) = entry.child(pair[0], pair[1]) else { continue };
            around = std::mem::replace(&mut entry, next);
            if !entry.is_empty() {
                (ground, grounded) = (entry.clone(), pair[1]);
            }
        }
        let is_key = member.key == node;
        Some(Place { document, node, is_key, member, entry, around, ground, grounded })
    }

    /// The key.
    pub(super) fn name(&self) -> Cow<'d, str> {
        self.member.key.string().unwrap_or_default()
    }

    /// Whether the vocabulary has this very key at this place; else the author chose it, or it is unknown.
    pub(super) fn is_named(&self) -> bool {
        let name = self.name();
        // Objects whose `type` chooses the keys take no others, so an entry means that another type has the key.
        self.around.keys().contains(&name.as_ref()) || (self.is_of_other_type() && !self.entry.is_empty())
    }

    /// Whether the chosen `type` of the object has other keys.
    pub(super) fn is_of_other_type(&self) -> bool {
        let name = self.name();
        self.around.allowed_keys().is_some_and(|allowed| !allowed.contains(&name.as_ref()))
    }

    /// Whether it is inside a value that authors fill as they like.
    pub(super) fn is_free(&self) -> bool {
        self.entry.is_empty() && self.ground.keys().is_empty()
    }

    /// The key of the innermost value around it that the vocabulary knows.
    pub(super) fn ground_name(&self) -> Option<Cow<'d, str>> {
        let mut outwards = std::iter::once(self.grounded).chain(self.grounded.ancestors());
        outwards.find_map(Node::member)?.key.string()
    }

    /// The object around the member.
    pub(super) fn object(&self) -> Option<Node<'d>> {
        self.member.node.parent()
    }
}

/// The key under which an object is.
pub(super) fn key_of<'d>(object: Node<'d>) -> Option<Cow<'d, str>> {
    object.as_part_of_member()?.key.string()
}
