//! What an editor may show between the words of a spec: the request that is going to be sent, a date in a format, the node
//! that wraps each record, whose id an id is. One file for each kind.
//!
//! Sample values are marked as such: inputs are in `‹›` or come with `e.g.`, secrets are never shown.

mod dates;
mod ids;
mod records;
mod request;

use std::ops::Range;

use crate::document::Document;
use crate::syntax::Node;

/// Something to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// Before which byte.
    pub offset: usize,
    /// What to show.
    pub label: String,
    /// What it rests on, Markdown.
    pub tooltip: String,
    /// What it is about.
    pub kind: HintKind,
}

/// What a hint is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HintKind {
    /// The request that is going to be sent.
    Request,
    /// A date in a format.
    Date,
    /// The node that wraps each record.
    Records,
    /// Whose id an id is.
    Id,
}

impl HintKind {
    /// All kinds.
    pub const ALL: [HintKind; 4] = [HintKind::Request, HintKind::Date, HintKind::Records, HintKind::Id];
}

/// The hints of these kinds in a range, by position.
pub(super) fn hints(document: &Document, range: &Range<usize>, kinds: &[HintKind]) -> Vec<Hint> {
    if document.kind().is_none() {
        return Vec::new();
    }
    let mut hints = Vec::new();
    for kind in kinds {
        match kind {
            HintKind::Request => hints.extend(request::hint(document)),
            HintKind::Date => dates::hints(document, &mut hints),
            HintKind::Records => records::hints(document, &mut hints),
            HintKind::Id => ids::hints(document, range, &mut hints),
        }
    }
    hints.retain(|hint| range.start <= hint.offset && hint.offset <= range.end);
    hints.sort_by_key(|hint| hint.offset);
    hints
}

/// A hint after a value.
fn behind(node: Node<'_>, kind: HintKind, label: String, tooltip: impl Into<String>) -> Hint {
    Hint { offset: node.range().end, label, tooltip: tooltip.into(), kind }
}

/// At most so many characters of a text.
fn short(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => text[..end].to_owned() + "…",
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests;
