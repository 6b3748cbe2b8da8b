//! Edits of a tree: what is written looks like what is there, and brings the commas along that JSON needs.

use serde_json::Value;

use super::Edit;
use super::draft::{Draft, Layout, Style, indent_of};
use crate::document::Document;
use crate::spec::Entry;
use crate::syntax::{Kind, Node};

/// Writes into one document.
pub(super) struct Writer<'d> {
    document: &'d Document,
    style: Style,
}

impl<'d> Writer<'d> {
    /// A writer in the style of a document.
    pub(super) fn new(document: &'d Document) -> Self {
        Writer { document, style: Style::of(document) }
    }

    /// Replaces a value.
    pub(super) fn replace(&self, old: Node<'_>, new: &Value) -> Edit {
        let mut draft = self.draft(old.range().start, self.layout_of(old));
        draft.value(new);
        Edit { range: old.range(), new: draft.finish().0 }
    }

    /// Replaces what a string or key says, and nothing but what stands between its quotes.
    pub(super) fn rename(&self, old: Node<'_>, new: &str) -> Edit {
        let quoted = Value::String(new.to_owned()).to_string();
        if old.kind() == Kind::String && old.has_opening_quote() && old.has_closing_quote() {
            return Edit { range: old.inner(), new: quoted[1..quoted.len() - 1].to_owned() };
        }
        Edit { range: old.range(), new: quoted }
    }

    /// Takes a member or element out, with its comma and the room it took.
    pub(super) fn remove(&self, child: Node<'_>) -> Edit {
        let siblings = || child.parent().into_iter().flat_map(Node::children);
        let range = child.range();
        let next = siblings().find(|other| other.range().start >= range.end && *other != child);
        let before = siblings().take_while(|other| *other != child).last();
        let source = self.document.source();
        let is_broken =
            |from: Node<'_>, to: Node<'_>| source[from.range().end..to.range().start].contains(['\n', '\r']);
        let range = match (before, next, child.parent()) {
            // The last of several on one line.
            (Some(before), Some(next), _) if is_broken(child, next) && !is_broken(before, child) => {
                before.range().end..range.end
            }
            (_, Some(next), _) => range.start..next.range().start,
            (Some(before), None, _) => before.range().end..range.end,
            (None, None, Some(around)) => around.inside(),
            (None, None, None) => range,
        };
        Edit { range, new: String::new() }
    }

    /// Puts a new member into an object, behind those that stand before it in the vocabulary; a key that the vocabulary
    /// does not know comes last.
    pub(super) fn insert_key(&self, object: Node<'_>, entry: &Entry, key: &str, value: &Value) -> Edit {
        self.insert_member(object, entry, key, |draft| draft.value(value))
    }

    /// The same, with the value that the vocabulary has for the key.
    pub(super) fn insert_known_key(&self, object: Node<'_>, entry: &Entry, key: &str) -> Edit {
        self.insert_member(object, entry, key, |draft| draft.value_for(&entry.key(key, None)))
    }

    /// The same, with a value that stands somewhere else, as it is written there.
    pub(super) fn insert_copy(&self, object: Node<'_>, entry: &Entry, key: &str, value: Node<'_>) -> Edit {
        let indent = indent_of(self.document, value.range().start);
        self.insert_member(object, entry, key, |draft| draft.copy(value.text(), &indent))
    }

    fn insert_member(&self, object: Node<'_>, entry: &Entry, key: &str, value: impl FnOnce(&mut Draft)) -> Edit {
        let known = entry.keys();
        let rank = |key: &str| known.iter().position(|other| *other == key).unwrap_or(usize::MAX);
        let own = rank(key);
        let before = object.members().filter(|member| rank(&member.key.string().unwrap_or_default()) <= own).last();
        self.insert(object, before.map(|member| member.node), |draft| {
            draft.key(key);
            value(draft);
        })
    }

    /// Puts a new element at the end of an array.
    pub(super) fn insert_element(&self, array: Node<'_>, value: &Value) -> Edit {
        self.insert(array, array.children().last(), |draft| draft.value(value))
    }

    /// Writes a new child behind another, or as the first.
    fn insert(&self, around: Node<'_>, before: Option<Node<'_>>, write: impl FnOnce(&mut Draft)) -> Edit {
        let Some(first) = around.children().next() else { return self.insert_only(around, write) };
        let mut draft = self.draft(first.range().start, self.layout_inside(around, first));
        let at = match before {
            Some(before) => {
                draft.text(",");
                draft.new_line();
                write(&mut draft);
                before.range().end
            }
            None => {
                write(&mut draft);
                draft.text(",");
                draft.new_line();
                first.range().start
            }
        };
        Edit { range: at..at, new: draft.finish().0 }
    }

    /// Writes the only child: on a line of its own where the text around it has lines.
    fn insert_only(&self, around: Node<'_>, write: impl FnOnce(&mut Draft)) -> Edit {
        let mut draft = self.draft(around.range().start, self.layout_of(around));
        draft.deeper(|draft| {
            draft.new_line();
            write(draft);
        });
        draft.new_line();
        Edit { range: around.inside(), new: draft.finish().0 }
    }

    fn draft(&self, offset: usize, layout: Layout) -> Draft {
        Draft::new(&self.style, indent_of(self.document, offset)).laid_out(layout)
    }

    /// How the children of an object or array are laid out.
    fn layout_inside(&self, around: Node<'_>, first: Node<'_>) -> Layout {
        let source = self.document.source();
        let is_behind_comma = |next: Node<'_>| source[..next.range().start].ends_with(',');
        match &source[around.inside().start..first.range().start] {
            gap if gap.contains(['\n', '\r']) => Layout::Lines,
            "" if around.children().nth(1).is_none_or(is_behind_comma) => Layout::Tight,
            _ => Layout::OneLine,
        }
    }

    /// How a value is laid out that is written in place of or into a node: as its neighbours are.
    fn layout_of(&self, node: Node<'_>) -> Layout {
        let outer = node.ancestors().find(|around| matches!(around.kind(), Kind::Object | Kind::Array));
        let has_lines = |node: Node<'_>| node.text().contains(['\n', '\r']);
        match outer.and_then(|outer| Some((outer, outer.children().next()?))) {
            _ if has_lines(node) => Layout::Lines,
            Some((outer, first)) => self.layout_inside(outer, first),
            None => Layout::OneLine,
        }
    }
}

#[cfg(test)]
mod tests;
