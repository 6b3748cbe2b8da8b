//! Edits of a tree, with the commas that JSON needs, in the style of the document.

use std::rc::Rc;

use serde_json::Value;

use super::draft::{Draft, Layout, Style, indent_of};
use crate::document::Document;
use crate::spec::{Entry, EntryCache, SpecKind};
use crate::syntax::{self, Kind, Member, Node, Tree};
use crate::text::Edit;

/// A key to insert, with its value; `None`: the initial value of the vocabulary.
type NewMember<'k> = (&'k str, Option<Value>);

/// Creates edits of a document.
pub(crate) struct Writer<'d> {
    document: &'d Document,
    entries: EntryCache,
    style: Style,
}

impl<'d> Writer<'d> {
    /// A writer in the style of a document.
    pub(crate) fn new(document: &'d Document) -> Self {
        Writer::for_kind(document, document.kind().unwrap_or(SpecKind::Other))
    }

    /// A writer of another kind of spec, in the style of the document.
    pub(crate) fn for_kind(document: &'d Document, kind: SpecKind) -> Self {
        Writer { document, entries: EntryCache::new(kind), style: Style::of(document) }
    }

    /// The document.
    pub(crate) fn document(&self) -> &'d Document {
        self.document
    }

    /// The tree of the document.
    pub(crate) fn tree(&self) -> &'d Tree {
        self.document.tree()
    }

    /// The vocabulary of a value.
    pub(crate) fn entry(&self, node: Node<'_>) -> Rc<Entry> {
        self.entries.get(node)
    }

    /// Replaces a value.
    pub(crate) fn replace(&self, old: Node<'_>, new: &Value) -> Edit {
        Edit::replace(old.range(), self.text_at(old, |draft| draft.value(new)))
    }

    /// Replaces a value with one from another text.
    pub(crate) fn replace_by_json(&self, old: Node<'_>, new: Node<'_>) -> Edit {
        Edit::replace(old.range(), self.text_at(old, |draft| draft.json(new)))
    }

    /// Replaces the content of a string or key, without its quotes.
    pub(crate) fn rename(&self, old: Node<'_>, new: &str) -> Edit {
        if old.is_quoted() {
            return Edit::replace(old.inner(), syntax::escaped(new));
        }
        Edit::replace(old.range(), syntax::quoted(new))
    }

    /// Removes a member or element with its comma and white space.
    pub(crate) fn remove(&self, child: Node<'_>) -> Edit {
        let range = child.range();
        let (before, next) = (child.previous_sibling(), child.next_sibling());
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

    /// Inserts a member in the order of the vocabulary; a key that the vocabulary does not have comes last.
    pub(crate) fn insert_key(&self, object: Node<'_>, key: &str, value: &Value) -> Edit {
        self.insert_member(object, key, |draft| draft.value(value))
    }

    /// The same, with a value from another text.
    pub(crate) fn insert_json(&self, object: Node<'_>, key: &str, value: Node<'_>) -> Edit {
        self.insert_member(object, key, |draft| draft.json(value))
    }

    /// The same, with the initial value of the vocabulary.
    pub(crate) fn insert_known_key(&self, object: Node<'_>, key: &str) -> Edit {
        self.insert_member(object, key, |draft| draft.whole_value_for(&self.entry(object).key(key, None)))
    }

    /// The same for several keys: one edit for each position.
    pub(crate) fn insert_keys<'k>(
        &self,
        object: Node<'_>,
        members: impl IntoIterator<Item = NewMember<'k>>,
    ) -> Vec<Edit> {
        let entry = self.entry(object);
        let mut places: Vec<(Option<Node<'_>>, Vec<NewMember<'_>>)> = Vec::new();
        let mut members: Vec<_> = members.into_iter().collect();
        members.sort_by_key(|(key, _)| rank(&entry, key));
        for member in members {
            let before = before(object, &entry, member.0);
            match places.iter_mut().find(|(place, _)| *place == before) {
                Some((_, list)) => list.push(member),
                None => places.push((before, vec![member])),
            }
        }
        let edit = |(before, members): (Option<Node<'_>>, Vec<NewMember<'_>>)| {
            self.insert(object, before, members.len(), |draft, index| {
                let (key, value) = &members[index];
                draft.key(key);
                match value {
                    Some(value) => draft.value(value),
                    None => draft.whole_value_for(&entry.key(key, None)),
                }
            })
        };
        places.into_iter().map(edit).collect()
    }

    /// The same, with a copy of a value of the document.
    pub(crate) fn insert_copy(&self, object: Node<'_>, key: &str, value: Node<'_>) -> Edit {
        self.insert_copy_inside(object, key, &[], value)
    }

    /// The same, inside new objects with the keys `inner`, which get their other required keys too.
    pub(crate) fn insert_copy_inside(&self, object: Node<'_>, key: &str, inner: &[&str], value: Node<'_>) -> Edit {
        let entry = self.entry(object).key(key, None);
        self.insert_member(object, key, |draft| self.nested_copy(draft, &entry, inner, value))
    }

    /// Replaces a member with one that has its value under other keys, nested.
    pub(crate) fn replace_by_copy_inside(&self, member: Member<'_>, key: &str, inner: &[&str]) -> Edit {
        let object = member.node.parent().unwrap_or(member.node);
        let entry = self.entry(object).key(key, None);
        let new = self.text_at(member.node, |draft| {
            draft.key(key);
            self.nested_copy(draft, &entry, inner, member.value);
        });
        Edit::replace(member.node.range(), new)
    }

    fn nested_copy(&self, draft: &mut Draft, entry: &Entry, keys: &[&str], value: Node<'_>) {
        let Some((first, inner)) = keys.split_first() else {
            return draft.copy(value.text(), &indent_of(self.document, value.range().start));
        };
        let mut members = entry.required_and_expected();
        members.retain(|key| key != first);
        members.sort_by_key(|key| rank(entry, key));
        let mut members: Vec<&str> = members;
        members.insert(members.partition_point(|key| rank(entry, key) < rank(entry, first)), first);
        draft.members(&members, |draft, key| {
            let value_entry = entry.key(key, None);
            if key == *first {
                self.nested_copy(draft, &value_entry, inner, value)
            } else {
                draft.whole_value_for(&value_entry)
            }
        });
    }

    fn insert_member(&self, object: Node<'_>, key: &str, value: impl Fn(&mut Draft)) -> Edit {
        self.insert(object, before(object, &self.entry(object), key), 1, |draft, _| {
            draft.key(key);
            value(draft);
        })
    }

    /// The initial value of the vocabulary for a node or a member, as text.
    pub(crate) fn value_at(&self, place: Node<'_>) -> String {
        self.text_at(place, |draft| draft.whole_value_for(&self.entry(place)))
    }

    /// Appends elements to an array.
    pub(crate) fn insert_elements(&self, array: Node<'_>, values: &[&Value]) -> Edit {
        self.insert(array, array.children().last(), values.len(), |draft, index| draft.value(values[index]))
    }

    /// Inserts an element from another text before another.
    pub(crate) fn insert_json_before(&self, next: Node<'_>, value: Node<'_>) -> Edit {
        let around = next.parent().unwrap_or(next);
        self.insert(around, around.children().take_while(|other| *other != next).last(), 1, |draft, _| {
            draft.json(value)
        })
    }

    /// Appends an element from another text.
    pub(crate) fn append_json(&self, array: Node<'_>, value: Node<'_>) -> Edit {
        self.insert(array, array.children().last(), 1, |draft, _| draft.json(value))
    }

    /// Inserts children after another, or as the first.
    fn insert(
        &self,
        around: Node<'_>,
        before: Option<Node<'_>>,
        count: usize,
        mut write: impl FnMut(&mut Draft, usize),
    ) -> Edit {
        let Some(first) = around.children().next() else { return self.insert_only(around, count, write) };
        let layout = self.layout_inside(around, first);
        // Elements of several lines that begin where the one before ends: `[{ … }, { … }]`.
        let joined = before.filter(|last| around.kind() == Kind::Array && layout != Layout::Lines && has_lines(*last));
        let mut draft = match joined {
            Some(last) => self.draft(last.range().end, Layout::Lines),
            None => self.draft(first.range().start, layout),
        };
        for index in 0..count {
            if joined.is_some() {
                draft.text(", ");
                write(&mut draft, index);
            } else if before.is_some() {
                draft.text(",");
                draft.new_line();
                write(&mut draft, index);
            } else {
                write(&mut draft, index);
                draft.text(",");
                draft.new_line();
            }
        }
        let at = before.map_or(first.range().start, |before| before.range().end);
        Edit { range: at..at, new: draft.finish().0 }
    }

    /// Inserts the only children.
    fn insert_only(&self, around: Node<'_>, count: usize, write: impl FnMut(&mut Draft, usize)) -> Edit {
        let mut draft = self.draft(around.range().start, self.layout_of(around));
        draft.children(0..count, write);
        Edit { range: around.inside(), new: draft.finish().0 }
    }

    /// What replaces a node.
    fn text_at(&self, node: Node<'_>, write: impl FnOnce(&mut Draft)) -> String {
        let mut draft = self.draft(node.range().start, self.layout_of(node));
        write(&mut draft);
        draft.finish().0
    }

    fn draft(&self, offset: usize, layout: Layout) -> Draft {
        Draft::new(&self.style, indent_of(self.document, offset)).laid_out(layout)
    }

    /// The layout of the children of an object or array.
    fn layout_inside(&self, around: Node<'_>, first: Node<'_>) -> Layout {
        let source = self.document.source();
        let is_tight = match around.children().nth(1) {
            Some(next) => source[..next.range().start].ends_with(','),
            None => !source[..around.range().start].ends_with([' ', '\n', '\r', '\t']),
        };
        match &source[around.inside().start..first.range().start] {
            gap if gap.contains(['\n', '\r']) => Layout::Lines,
            "" if is_tight => Layout::Tight,
            _ => Layout::OneLine,
        }
    }

    /// The layout of a value that is written in place of a node or into it: that of its neighbors.
    fn layout_of(&self, node: Node<'_>) -> Layout {
        let outer = node.ancestors().find(|around| matches!(around.kind(), Kind::Object | Kind::Array));
        match outer.and_then(|outer| Some((outer, outer.children().next()?))) {
            _ if has_lines(node) => Layout::Lines,
            Some((outer, first)) => self.layout_inside(outer, first),
            None => Layout::OneLine,
        }
    }
}

fn has_lines(node: Node<'_>) -> bool {
    node.text().contains(['\n', '\r'])
}

/// The position of a key in the vocabulary; the last one if it is not in it.
fn rank(entry: &Entry, key: &str) -> usize {
    entry.keys().iter().position(|other| *other == key).unwrap_or(usize::MAX)
}

/// The last member that is before a key in the vocabulary.
fn before<'t>(object: Node<'t>, entry: &Entry, key: &str) -> Option<Node<'t>> {
    let known = entry.keys();
    let rank = |key: &str| known.iter().position(|other| *other == key).unwrap_or(usize::MAX);
    let own = rank(key);
    let members = object.members().filter(|member| rank(&member.key.string().unwrap_or_default()) <= own);
    members.last().map(|member| member.node)
}

#[cfg(test)]
mod tests;
