//! Inlay hints, one file for each kind: the request that is sent, a sample of a date format, the node that wraps each record,
//! what an id identifies.
//!
//! Sample values are marked: inputs are in `‹›` or follow `e.g.`. Secrets are never shown.

mod dates;
mod ids;
mod records;
mod request;

use std::ops::Range;

use crate::document::Document;
use crate::syntax::Node;

/// An inlay hint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// The offset that it is before.
    pub offset: usize,
    /// The text.
    pub label: String,
    /// The tooltip: Markdown.
    pub tooltip: String,
    /// The kind.
    pub kind: HintKind,
}

/// The kind of an inlay hint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HintKind {
    /// The request that is sent.
    Request,
    /// A sample of a date format.
    Date,
    /// The node that wraps each record.
    Records,
    /// What an id identifies.
    Id,
}

impl HintKind {
    /// All kinds.
    pub const ALL: [HintKind; 4] = [HintKind::Request, HintKind::Date, HintKind::Records, HintKind::Id];
}

/// The inlay hints of these kinds in a range (bytes), by position.
pub fn hints(document: &Document, range: Range<usize>, kinds: &[HintKind]) -> Vec<Hint> {
    if document.kind().is_none() {
        return Vec::new();
    }
    let mut hints = Vec::new();
    for kind in kinds {
        match kind {
            HintKind::Request => hints.extend(request::hint(document)),
            HintKind::Date => dates::hints(document, &mut hints),
            HintKind::Records => records::hints(document, &mut hints),
            HintKind::Id => ids::hints(document, &range, &mut hints),
        }
    }
    hints.retain(|hint| range.start <= hint.offset && hint.offset <= range.end);
    hints.sort_by_key(|hint| hint.offset);
    hints
}

/// A hint after a value.
fn after(node: Node<'_>, kind: HintKind, label: String, tooltip: impl Into<String>) -> Hint {
    Hint { offset: node.range().end, label, tooltip: tooltip.into(), kind }
}

#[cfg(test)]
mod tests;
