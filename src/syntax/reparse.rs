//! The tree of the next version of a text from that of the one before: only what stands around the edit is read again.
//!
//! What is read again is an object or array whose brackets the edit has left alone. That gives the same tree as reading
//! everything, since nothing outside of it can tell the difference: its brackets still match, and where something in it is
//! wrong, it has its lines to itself and the parser has looked no further to judge it. In any other case nothing is given
//! back, and all is to be read.

use std::borrow::Cow;
use std::ops::Range;

use super::error::{ErrorKind, SyntaxError};
use super::node::{self, Kind, Raw};
use super::{Reading, Tree, parser};
use crate::text::{Change, edited};

/// How many of the objects and arrays around an edit are tried, from the inside.
const MOST_TRIES: usize = 4;

/// What is read in `text`, made from what was read in the version that `change` leads here from.
pub(super) fn reparse(text: &str, change: &Change, before: Reading) -> Option<Reading> {
    let read = |old: Range<usize>| Cow::Borrowed(&text[old.start..change.moved(old.end)]);
    let Part { index, mut reading, errors } = Part::read(text, change, &before, read)?;
    let Reading { nodes: mut all, errors: mut mistakes, .. } = before;
    let start = all[index].start as usize;
    reading.errors.iter_mut().for_each(|error| shift(error, |at| at + start));
    mistakes[errors.end..].iter_mut().for_each(|error| shift(error, |at| change.moved(at)));
    mistakes.splice(errors, reading.errors);
    replace(&mut all, index, reading.nodes, change);
    Some(Reading { nodes: all, errors: mistakes, looked_ahead: false })
}

/// How many errors there would be after edits that do not overlap, which `change` is from the first to the last of.
pub(super) fn errors_after(tree: &Tree, edits: &[(Range<usize>, &str)], change: &Change) -> Option<usize> {
    let read = |old: Range<usize>| Cow::Owned(edited(&tree.source[old.clone()], old.start, edits.iter().cloned()));
    let part = Part::read(&tree.source, change, &tree.reading, read)?;
    Some(tree.errors().len() - part.errors.len() + part.reading.errors.len())
}

/// An object or array that was read again.
struct Part {
    /// Where the old one stands in the list of nodes.
    index: usize,
    /// What was read, as in a text of its own.
    reading: Reading,
    /// Which of the older text's errors stood in it.
    errors: Range<usize>,
}

impl Part {
    /// Reads what has to be read again; `text` is one of the two, since they are the same before the change, and `read` gives
    /// the newer text of a range of the older one.
    fn read<'t>(
        text: &str,
        change: &Change,
        before: &Reading,
        read: impl Fn(Range<usize>) -> Cow<'t, str>,
    ) -> Option<Self> {
        let Reading { nodes, errors, .. } = before;
        if text.len() >= u32::MAX as usize || !is_local(before) {
            return None;
        }
        for index in containers(nodes, change).into_iter().rev().take(MOST_TRIES) {
            let old = nodes[index].start as usize..nodes[index].end as usize;
            // Not much is left to be won.
            if old.len() > text.len() / 2 {
                return None;
            }
            let new = read(old.clone());
            let reading = parser::parse(&new);
            if !is_whole(&reading.nodes, nodes[index].kind, new.len()) || !is_local(&reading) {
                return None;
            }
            let Some(inside) = inside(errors, &old) else { continue };
            let last = errors[..inside.start].last();
            let is_certain = reading.errors.is_empty() && last.is_none();
            if is_certain || has_its_lines(&new, last.map(|error| &text[error.range.end..old.start])) {
                return Some(Part { index, reading, errors: inside });
            }
        }
        None
    }
}

/// Whether what the parser has made of each mistake depends on nothing but the lines around it.
fn is_local(reading: &Reading) -> bool {
    let reaches_far = |kind: &ErrorKind| {
        kind.is_about_brackets() || matches!(kind, ErrorKind::Empty | ErrorKind::ConflictMarker | ErrorKind::ExtraColon)
    };
    !reading.looked_ahead && !reading.errors.iter().any(|error| reaches_far(&error.kind))
}

/// The objects and arrays that have both brackets outside of what changed, from the outside.
fn containers(nodes: &[Raw], change: &Change) -> Vec<usize> {
    let holds = |raw: &Raw| (raw.start as usize) < change.start && change.old_end < raw.end as usize;
    let mut found = Vec::new();
    let mut index = 0;
    while holds(&nodes[index]) {
        let is_closed = nodes[index].flags & (node::CLOSED | node::NO_OPENING_BRACKET) == node::CLOSED;
        if is_closed && matches!(nodes[index].kind, Kind::Object | Kind::Array) {
            found.push(index);
        }
        let (end, mut child) = (nodes[index].next as usize, index + 1);
        while child < end && !holds(&nodes[child]) {
            child = nodes[child].next as usize;
        }
        if child >= end {
            break;
        }
        index = child;
    }
    found
}

/// Whether a text was read as one object or array from its first byte to its last.
fn is_whole(nodes: &[Raw], kind: Kind, len: usize) -> bool {
    let root = &nodes[0];
    root.kind == kind && root.flags & node::CLOSED != 0 && root.start == 0 && root.end as usize == len
}

/// Which errors stand in a node; `None` when one stands across its border.
fn inside(errors: &[SyntaxError], node: &Range<usize>) -> Option<Range<usize>> {
    let first = errors.partition_point(|error| error.range.start <= node.start);
    let behind = first + errors[first..].partition_point(|error| error.range.start < node.end);
    let is_apart = errors[..first].iter().all(|error| error.range.end <= node.start)
        && errors[first..behind].iter().all(|error| error.range.end < node.end);
    is_apart.then_some(first..behind)
}

/// Whether lines end right behind the opening bracket, before the closing one, and in what stands between the last error
/// before the node and the node.
fn has_its_lines(node: &str, since_error: Option<&str>) -> bool {
    let inner = node[1..node.len() - 1].trim_matches([' ', '\t']);
    inner.starts_with(['\n', '\r'])
        && inner.ends_with(['\n', '\r'])
        && since_error.is_none_or(|between| between.contains(['\n', '\r']))
}

fn shift(error: &mut SyntaxError, moved: impl Fn(usize) -> usize) {
    error.range = moved(error.range.start)..moved(error.range.end);
    error.related = error.related.take().map(|related| moved(related.start)..moved(related.end));
}

/// Puts nodes that were read by themselves in the place of one in the list.
fn replace(nodes: &mut Vec<Raw>, index: usize, mut inner: Vec<Raw>, change: &Change) {
    let old = nodes[index];
    let (first, next) = (index as u32, old.next);
    // A comma behind it is not seen by who reads it alone.
    inner[0].flags |= old.flags & node::COMMA;
    inner[0].parent = old.parent;
    for (at, raw) in inner.iter_mut().enumerate() {
        raw.start += old.start;
        raw.end += old.start;
        raw.next += first;
        if at > 0 {
            raw.parent += first;
        }
    }
    let moved = |at: u32| change.moved(at as usize) as u32;
    let grown = |at: u32| (at + inner.len() as u32) - (next - first);
    let mut outer = old.parent;
    while outer != node::NONE {
        let raw = &mut nodes[outer as usize];
        (raw.end, raw.next) = (moved(raw.end), grown(raw.next));
        outer = raw.parent;
    }
    for raw in &mut nodes[next as usize..] {
        (raw.start, raw.end, raw.next) = (moved(raw.start), moved(raw.end), grown(raw.next));
        if raw.parent != node::NONE && raw.parent >= next {
            raw.parent = grown(raw.parent);
        }
    }
    nodes.splice(index..next as usize, inner);
}

#[cfg(test)]
mod tests;
