//! Folding: objects and arrays of several lines.

use std::ops::Range;

use crate::document::Document;
use crate::syntax::{Kind, Node};
use crate::text::Encoding;

/// An object or array that can be folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fold {
    /// The hidden range (bytes): everything between the brackets.
    pub range: Range<usize>,
    /// For editors that fold complete lines: the line that stays visible and the last hidden line, from 0. `None` if no
    /// complete line is hidden, or another fold begins on the same line.
    pub lines: Option<(u32, u32)>,
}

/// The folding ranges, outer before inner. If there are more than `most`, the outer ones.
pub fn folding(document: &Document, most: Option<usize>) -> Vec<Fold> {
    if document.kind().is_none() {
        return Vec::new();
    }
    let mut nodes: Vec<Node<'_>> = document.tree().nodes().filter(|node| spans_lines(*node)).collect();
    if let Some(most) = most.filter(|most| *most < nodes.len()) {
        nodes.sort_by_cached_key(|node| (node.ancestors().count(), node.index()));
        nodes.truncate(most);
        nodes.sort_by_key(|node| node.index());
    }
    let mut last = None;
    let mut fold = |node: Node<'_>| {
        // Of several brackets that open on one line, the fold of the first contains the others.
        let lines = lines(document, node).filter(|(first, _)| last != Some(*first));
        last = lines.map(|(first, _)| first).or(last);
        Fold { range: hidden(node), lines }
    };
    nodes.into_iter().map(&mut fold).collect()
}

fn spans_lines(node: Node<'_>) -> bool {
    matches!(node.kind(), Kind::Object | Kind::Array)
        && node.children().next().is_some()
        && node.tree().source()[hidden(node)].contains(['\n', '\r'])
}

/// The range that a fold hides; without closing bracket up to the last child.
fn hidden(node: Node<'_>) -> Range<usize> {
    let inside = node.inside();
    let text = &node.tree().source()[inside.clone()];
    if node.is_closed() { inside } else { inside.start..inside.start + text.trim_end().len() }
}

/// The line that stays visible and the last hidden line. The line of the closing bracket is hidden only if something precedes
/// the bracket on it and nothing follows.
fn lines(document: &Document, node: Node<'_>) -> Option<(u32, u32)> {
    let line = |offset: usize| document.text().position(offset, Encoding::Utf8).line;
    let Range { start, end } = hidden(node);
    let (first, last) = (line(start), line(end));
    let whole = document.text().line(last as usize);
    let source = document.source();
    let is_first = source[whole.start..end].trim().is_empty();
    let is_last = source[end..whole.end].trim_matches([' ', '\t', ',', ']', '}']).is_empty();
    let last = if node.is_closed() && (is_first || !is_last) { last.saturating_sub(1) } else { last };
    (last > first).then_some((first, last))
}

#[cfg(test)]
mod tests;
