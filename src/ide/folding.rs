//! Folding: objects and arrays of several lines.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;

use crate::document::Document;
use crate::syntax::{Kind, Node, Tree};

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
    let lines = Lines { document, ends: RefCell::default(), tails: RefCell::default() };
    let mut nodes: Vec<Node<'_>> = document.tree().nodes().filter(|node| lines.are_spanned_by(*node)).collect();
    if let Some(most) = most.filter(|most| *most < nodes.len()) {
        keep_outer(document.tree(), &mut nodes, most);
    }
    let mut last = None;
    let mut fold = |node: Node<'_>| {
        // Of several brackets that open on one line the first is used: its fold contains all of the others.
        let hidden = lines.hidden(node);
        let lines = lines.folded(node, &hidden).filter(|(first, _)| last != Some(*first));
        last = lines.map(|(first, _)| first).or(last);
        Fold { range: hidden, lines }
    };
    nodes.into_iter().map(&mut fold).collect()
}

fn keep_outer(tree: &Tree, nodes: &mut Vec<Node<'_>>, most: usize) {
    let mut depths: Vec<u32> = Vec::new();
    for node in tree.nodes() {
        depths.push(node.parent().map_or(0, |parent| depths[parent.index()] + 1));
    }
    nodes.sort_by_key(|node| (depths[node.index()], node.index()));
    nodes.truncate(most);
    nodes.sort_by_key(|node| node.index());
}

/// The lines of a document, with a cache: thousands of brackets may end on one line.
struct Lines<'d> {
    document: &'d Document,
    /// Where the text before an offset ends, without white space.
    ends: RefCell<HashMap<usize, usize>>,
    /// The start of the commas, brackets and spaces at the end of a line.
    tails: RefCell<HashMap<u32, usize>>,
}

impl Lines<'_> {
    fn of(&self, offset: usize) -> u32 {
        self.document.text().line_at(offset) as u32
    }

    fn are_spanned_by(&self, node: Node<'_>) -> bool {
        // One without closing bracket and without children ends where it starts.
        matches!(node.kind(), Kind::Object | Kind::Array) && {
            let hidden = self.hidden(node);
            self.of(hidden.start) < self.of(hidden.end)
        }
    }

    /// The range that a fold hides; without closing bracket up to the last child.
    fn hidden(&self, node: Node<'_>) -> Range<usize> {
        let Range { start, end } = node.inside();
        if node.is_closed() {
            return start..end;
        }
        let trimmed = || self.document.source()[..end].trim_end().len();
        start..(*self.ends.borrow_mut().entry(end).or_insert_with(trimmed)).max(start)
    }

    /// The line that stays visible and the last hidden line. The line of the closing bracket stays visible if nothing precedes the
    /// bracket, or if something other than brackets and commas follows it.
    fn folded(&self, node: Node<'_>, hidden: &Range<usize>) -> Option<(u32, u32)> {
        let (first, last) = (self.of(hidden.start), self.of(hidden.end));
        let whole = self.document.text().line(last as usize);
        let source = self.document.source();
        let is_first = source[whole.start..hidden.end].trim_start().is_empty();
        let tail = || whole.start + source[whole.clone()].trim_end_matches([' ', '\t', ',', ']', '}']).len();
        let is_last = *self.tails.borrow_mut().entry(last).or_insert_with(tail) <= hidden.end;
        let last = if node.is_closed() && (is_first || !is_last) { last.saturating_sub(1) } else { last };
        (last > first).then_some((first, last))
    }
}

#[cfg(test)]
mod tests;
