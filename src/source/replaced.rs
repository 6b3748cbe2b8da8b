//! The texts of a source's request, each with what the vocabulary says about it. One way down, so that what is said is not
//! looked up anew from the root for each.

use crate::document::Document;
use crate::spec::Entry;
use crate::syntax::{Kind, Node};

/// A text inside `sourceSpec.attributes`.
pub(crate) struct Text<'d> {
    /// The string.
    pub(crate) node: Node<'d>,
    /// What is said about it.
    pub(crate) entry: Entry,
    /// What is said about the innermost value around it, or it itself, that the vocabulary knows.
    pub(crate) ground: Entry,
}

/// All texts inside `sourceSpec.attributes`, keys left out, in no certain order. None on JSON that is no connection spec.
pub(crate) fn texts(document: &Document) -> Vec<Text<'_>> {
    let mut texts = Vec::new();
    let attributes = document.tree().root().at(&["sourceSpec", "attributes"]);
    let Some((kind, attributes)) = document.kind().zip(attributes) else { return texts };
    let entry = Entry::of(kind, attributes);
    let mut open = vec![(attributes, entry.clone(), entry)];
    while let Some((around, said, ground)) = open.pop() {
        for child in around.children() {
            let Some(entry) = said.child(around, child) else { continue };
            let node = child.member().map_or(child, |member| member.value);
            let ground = if entry.is_empty() { ground.clone() } else { entry.clone() };
            match node.kind() {
                Kind::Object | Kind::Array => open.push((node, entry, ground)),
                Kind::String => texts.push(Text { node, entry, ground }),
                _ => {}
            }
        }
    }
    texts
}
