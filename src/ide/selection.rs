//! Growing selections: from the word under the cursor to the whole document.

use std::ops::Range;

use crate::document::Document;
use crate::source::placeholders;
use crate::syntax::{Kind, Node};

/// The selections around an offset, each with all of the one before it and more. Empty on JSON that is not a connection spec.
pub(super) fn selection(document: &Document, offset: usize) -> Vec<Range<usize>> {
    if document.kind().is_none() {
        return Vec::new();
    }
    let mut growing = Growing { offset, ranges: Vec::new() };
    let node = document.tree().node_at(offset);
    if matches!(node.kind(), Kind::String | Kind::Word) {
        growing.text(node);
    }
    for node in node.self_and_ancestors() {
        growing.node(node);
    }
    growing.add(0..document.source().len());
    growing.ranges
}

struct Growing {
    offset: usize,
    ranges: Vec<Range<usize>>,
}

impl Growing {
    /// Takes a range that has the cursor in it and is more than what there is.
    fn add(&mut self, range: Range<usize>) {
        let has_cursor = range.start <= self.offset && self.offset <= range.end && !range.is_empty();
        let grows = self
            .ranges
            .last()
            .is_none_or(|last| range.start <= last.start && last.end <= range.end && range.len() > last.len());
        if has_cursor && grows {
            self.ranges.push(range);
        }
    }

    /// What is inside a string: the word; the name of a placeholder and all of it; the segment of a URL.
    fn text(&mut self, string: Node<'_>) {
        let inner = string.inner();
        if !(inner.start..=inner.end).contains(&self.offset) {
            return;
        }
        let parts = placeholders::in_string(string);
        let part = parts.iter().find(|part| part.range.contains(&self.offset));
        let part = part.or_else(|| parts.iter().find(|part| part.range.end == self.offset));
        let room = part.filter(|part| part.name.start <= self.offset && self.offset <= part.name.end);
        self.add(run(string, room.map_or(&inner, |part| &part.name), self.offset, is_of_word));
        if let Some(part) = part {
            self.add(part.name.clone());
            self.add(part.range.clone());
        }
        // A slash inside a placeholder is none of the URL.
        let is_in_part = |at: usize| parts.iter().any(|part| part.range.contains(&at));
        self.add(run(string, &inner, self.offset, |at, char| !"/?&".contains(char) || is_in_part(at)));
        self.add(inner);
    }

    fn node(&mut self, node: Node<'_>) {
        if matches!(node.kind(), Kind::Object | Kind::Array) {
            let (first, last) = (node.children().next(), node.children().last());
            if let Some((first, last)) = first.zip(last) {
                self.add(first.range().start..with_comma(last).end);
            }
        }
        self.add(node.range());
        let is_in_list =
            node.kind() == Kind::Member || node.parent().is_some_and(|parent| parent.kind() == Kind::Array);
        if is_in_list {
            self.add(with_comma(node));
        }
    }
}

fn is_of_word(_: usize, char: char) -> bool {
    char.is_alphanumeric() || char == '_'
}

/// The characters of a sort around an offset, within bounds.
fn run(string: Node<'_>, bounds: &Range<usize>, offset: usize, fits: impl Fn(usize, char) -> bool) -> Range<usize> {
    let source = string.tree().source();
    let before = source[bounds.start..offset].char_indices().rev().map(|(at, char)| (bounds.start + at, char));
    let mut start = before.take_while(|(at, char)| fits(*at, *char)).last().map_or(offset, |(at, _)| at);
    let behind = source[offset..bounds.end].char_indices().map(|(at, char)| (offset + at, char));
    let end = behind.take_while(|(at, char)| fits(*at, *char)).last().map_or(offset, |(at, char)| at + char.len_utf8());
    // The letter of an escape such as `\n` is no letter of a word.
    if source[bounds.start..start].ends_with('\\') && string.has_escapes() && start < offset {
        start += 1;
    }
    start..end
}

/// A member or element with the comma after it.
fn with_comma(node: Node<'_>) -> Range<usize> {
    let range = node.range();
    let behind = &node.tree().source()[range.end..];
    let blanks = behind.len() - behind.trim_start().len();
    if node.has_comma() && behind[blanks..].starts_with(',') { range.start..range.end + blanks + 1 } else { range }
}

#[cfg(test)]
mod tests;
