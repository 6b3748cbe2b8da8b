//! The strings of a source's request, each with its vocabulary. One walk down, so that nothing is looked up from the root for
//! each of them.

use super::model::{Request, Source};
use crate::document::Document;
use crate::spec::Entry;
use crate::syntax::{Kind, Node};

/// A string inside `sourceSpec.attributes`.
pub(crate) struct RequestString<'d> {
    pub(crate) node: Node<'d>,
    /// Its vocabulary; empty inside values that are the author's own.
    pub(crate) entry: Entry,
    /// The vocabulary of the innermost enclosing value, or of the string itself, that has one.
    pub(crate) nearest_entry: Entry,
}

/// All strings inside `sourceSpec.attributes` except keys, in no certain order. None in JSON that isn't a connection spec.
pub(crate) fn all(document: &Document) -> Vec<RequestString<'_>> {
    let mut strings = Vec::new();
    let attributes = Source::of(document.tree()).request().map(Request::node);
    let Some((kind, attributes)) = document.kind().zip(attributes) else { return strings };
    let entry = Entry::of(kind, attributes);
    let mut open = vec![(attributes, entry.clone(), entry)];
    while let Some((parent, parent_entry, nearest)) = open.pop() {
        for child in parent.children() {
            let Some(entry) = parent_entry.child(parent, child) else { continue };
            let node = child.member().map_or(child, |member| member.value);
            let nearest_entry = if entry.is_empty() { nearest.clone() } else { entry.clone() };
            match node.kind() {
                Kind::Object | Kind::Array => open.push((node, entry, nearest_entry)),
                Kind::String => strings.push(RequestString { node, entry, nearest_entry }),
                _ => {}
            }
        }
    }
    strings
}
