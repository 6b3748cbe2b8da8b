//! What can be folded: objects and arrays of several lines.

use std::ops::Range;

use crate::document::Document;
use crate::syntax::{Kind, Node};
use crate::text::Encoding;

/// An object or array that can be folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fold {
    /// What goes out of sight, in bytes: all between the brackets.
    pub range: Range<usize>,
    /// The same for an editor that folds whole lines: the line that stays, from 0, and the last line that goes out of sight.
    /// `None` where no whole line does, or where another fold begins on the same line.
    pub lines: Option<(u32, u32)>,
}

/// All folds, outer before inner, in document order. Where there are more than `most`, the outer ones.
pub(super) fn folding(document: &Document, most: Option<usize>) -> Vec<Fold> {
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
        // Of several brackets that open on one line the first counts: its fold has all of the others in it.
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

/// What a fold hides. What is not closed ends with the last thing in it.
fn hidden(node: Node<'_>) -> Range<usize> {
    let inside = node.inside();
    let text = &node.tree().source()[inside.clone()];
    if node.is_closed() { inside } else { inside.start..inside.start + text.trim_end().len() }
}

/// The line that stays and the last one that goes. The line of the closing bracket stays where nothing is before the
/// bracket; else it goes too, unless something begins after it that would go along.
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
