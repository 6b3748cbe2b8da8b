//! What an id identifies, after ids that are on Adobe's pages and in API responses.

use std::ops::Range;

use super::{Hint, HintKind, after};
use crate::document::Document;
use crate::spec;
use crate::syntax::{Kind, Node};

/// The length of an id with its quotes.
const LENGTH: usize = 38;

/// Adds the hints.
pub(super) fn hints(document: &Document, range: &Range<usize>, hints: &mut Vec<Hint>) {
    let is_near = |node: &Node<'_>| node.range().start <= range.end && range.start <= node.range().end;
    let texts = document.tree().nodes().filter(|node| node.kind() == Kind::String && node.range().len() == LENGTH);
    for node in texts.filter(is_near).filter(|node| is_value(*node)) {
        if let Some(name) = node.string().and_then(|id| spec::id_description(&id)) {
            hints.push(after(node, HintKind::Id, name.to_owned(), format!("ID of the {name}.")));
        }
    }
}

fn is_value(node: Node<'_>) -> bool {
    node.as_part_of_member().is_none_or(|member| member.value == node)
}
