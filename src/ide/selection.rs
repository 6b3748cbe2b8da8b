//! Selection ranges: from the word at the cursor to the complete document.

use std::ops::Range;

use crate::document::Document;
use crate::source::placeholders;
use crate::syntax::{Kind, Node};

/// The maximum number of ranges. The protocol nests them, and clients parse nested JSON by recursion, some only 128 levels.
const MAX_RANGES: usize = 100;

/// The selection ranges at an offset, from the inside out. If there are too many, the inner ones and the document.
pub fn selection(document: &Document, offset: usize) -> Vec<Range<usize>> {
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
        if growing.ranges.len() >= MAX_RANGES {
            break;
        }
    }
    growing.ranges.truncate(MAX_RANGES - 1);
    growing.add(0..document.source().len());
    growing.ranges
}

struct Growing {
    offset: usize,
    ranges: Vec<Range<usize>>,
}

impl Growing {
    /// Adds a range that contains the cursor and is larger than the last one.
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

    /// Inside a string: the word, the name of a placeholder, the placeholder, the segment of a URL.
    fn text(&mut self, string: Node<'_>) {
        let inner = string.inner();
        if !(inner.start..=inner.end).contains(&self.offset) {
            return;
        }
        let parts = placeholders::in_string(string);
        let part = placeholders::touching(&parts, self.offset);
        let named = part.filter(|part| part.name.start <= self.offset && self.offset <= part.name.end);
        self.add(run(string, named.map_or(&inner, |part| &part.name), self.offset, is_of_word));
        if let Some(part) = part {
            self.add(part.name.clone());
            self.add(part.range.clone());
        }
        // A slash inside a placeholder does not separate segments.
        let is_in_part = |at: usize| {
            let part = parts.get(parts.partition_point(|part| part.range.end <= at));
            part.is_some_and(|part| part.range.contains(&at))
        };
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
        let has_comma = node.kind() == Kind::Member || node.parent().is_some_and(|parent| parent.kind() == Kind::Array);
        if has_comma {
            self.add(with_comma(node));
        }
    }
}

fn is_of_word(_: usize, char: char) -> bool {
    char.is_alphanumeric() || char == '_'
}

/// The characters around an offset that fit, within bounds.
fn run(string: Node<'_>, bounds: &Range<usize>, offset: usize, fits: impl Fn(usize, char) -> bool) -> Range<usize> {
    let source = string.tree().source();
    let before = source[bounds.start..offset].char_indices().rev().map(|(at, char)| (bounds.start + at, char));
    let mut start = before.take_while(|(at, char)| fits(*at, *char)).last().map_or(offset, |(at, _)| at);
    let after = source[offset..bounds.end].char_indices().map(|(at, char)| (offset + at, char));
    let end = after.take_while(|(at, char)| fits(*at, *char)).last().map_or(offset, |(at, char)| at + char.len_utf8());
    // The letter of an escape such as `\n` is not a part of a word.
    if source[bounds.start..start].ends_with('\\') && string.has_escapes() && start < offset {
        start += 1;
    }
    start..end
}

/// A member or element with the comma after it.
fn with_comma(node: Node<'_>) -> Range<usize> {
    let range = node.range();
    let after = &node.tree().source()[range.end..];
    let spaces = after.len() - after.trim_start().len();
    if node.has_comma() && after[spaces..].starts_with(',') { range.start..range.end + spaces + 1 } else { range }
}

#[cfg(test)]
mod tests;
