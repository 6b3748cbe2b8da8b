//! Nodes: a flat list in document order, and a handle to navigate it.

use std::borrow::Cow;
use std::ops::Range;

use super::{Tree, lexer};
use crate::cancellation::checkpoint;

mod lookup;

pub(super) use lookup::Lookup;

/// The kind of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// `{ … }`; its children are members.
    Object,
    /// `[ … ]`; its children are values.
    Array,
    /// A key and its value, two children; either may be of kind [`Kind::Missing`].
    Member,
    /// A string, also without one of its quotes.
    String,
    /// A number, well-formed or not.
    Number,
    /// `true`.
    True,
    /// `false`.
    False,
    /// `null`.
    Null,
    /// A bare word that is not valid JSON: a keyword half typed, a key without quotes.
    Word,
    /// A missing key or value.
    Missing,
}

/// An element of the list. The children of a node follow it; `next` is the index after the last of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Raw {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) parent: u32,
    pub(super) next: u32,
    pub(super) kind: Kind,
    pub(super) flags: u8,
}

/// A string with a backslash in it.
pub(super) const ESCAPES: u8 = 1;
/// A string without its quote at the start.
pub(super) const NO_OPENING_QUOTE: u8 = 2;
/// A string without its quote at the end.
pub(super) const NO_CLOSING_QUOTE: u8 = 4;
/// A member with a colon.
pub(super) const COLON: u8 = 8;
/// An object or array with its closing bracket.
pub(super) const CLOSED: u8 = 16;
/// An object without its opening bracket.
pub(super) const NO_OPENING_BRACKET: u8 = 32;
/// A member or element with a comma after it.
pub(super) const COMMA: u8 = 64;
/// A string with both of its quotes, which are JSON's own.
pub(super) const QUOTED: u8 = 128;

/// No node: the parent of the outermost value.
pub(super) const NONE: u32 = u32::MAX;

/// A node of a tree.
#[derive(Clone, Copy)]
pub struct Node<'t> {
    tree: &'t Tree,
    index: u32,
}

/// A key with its value.
#[derive(Debug, Clone, Copy)]
pub struct Member<'t> {
    /// The whole member.
    pub node: Node<'t>,
    /// Its key: a string, a word, or missing.
    pub key: Node<'t>,
    /// Its value, or missing.
    pub value: Node<'t>,
}

impl PartialEq for Node<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index && std::ptr::eq(self.tree, other.tree)
    }
}

impl Eq for Node<'_> {}

impl std::fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} {:?}", self.kind(), self.range())
    }
}

impl<'t> Node<'t> {
    pub(super) fn new(tree: &'t Tree, index: u32) -> Self {
        Node { tree, index }
    }

    fn raw(self) -> &'t Raw {
        #[cfg(test)]
        super::steps::add(1);
        &self.tree.nodes[self.index as usize]
    }

    fn has(self, flag: u8) -> bool {
        self.raw().flags & flag != 0
    }

    /// The index in the list of its tree: outer before inner, in document order.
    pub fn index(self) -> usize {
        self.index as usize
    }

    /// The index after everything inside it.
    pub(super) fn end_index(self) -> usize {
        self.raw().next as usize
    }

    /// The tree that contains it.
    pub fn tree(self) -> &'t Tree {
        self.tree
    }

    /// The kind.
    pub fn kind(self) -> Kind {
        self.raw().kind
    }

    /// Whether it is [`Kind::Missing`].
    pub fn is_missing(self) -> bool {
        self.kind() == Kind::Missing
    }

    /// The range (bytes), with quotes and brackets.
    pub fn range(self) -> Range<usize> {
        self.raw().start as usize..self.raw().end as usize
    }

    /// The text as written.
    pub fn text(self) -> &'t str {
        &self.tree.source[self.range()]
    }

    /// The enclosing node: the member of a key or value, the object of a member, the array of an element.
    pub fn parent(self) -> Option<Node<'t>> {
        let parent = self.raw().parent;
        (parent != NONE).then(|| Node::new(self.tree, parent))
    }

    /// The enclosing nodes, the innermost first.
    pub fn ancestors(self) -> impl Iterator<Item = Node<'t>> {
        checkpoint();
        std::iter::successors(self.parent(), |node| node.parent())
    }

    /// The node and the enclosing nodes, the innermost first.
    pub fn self_and_ancestors(self) -> impl Iterator<Item = Node<'t>> {
        checkpoint();
        std::iter::successors(Some(self), |node| node.parent())
    }

    /// The children, in document order.
    pub fn children(self) -> impl Iterator<Item = Node<'t>> + Clone {
        checkpoint();
        let end = self.raw().next;
        let mut index = self.index + 1;
        std::iter::from_fn(move || {
            let child = (index < end).then(|| Node::new(self.tree, index))?;
            index = child.raw().next;
            Some(child)
        })
    }

    /// The child of its parent after it.
    pub fn next_sibling(self) -> Option<Node<'t>> {
        let next = self.raw().next;
        (next < self.parent()?.raw().next).then(|| Node::new(self.tree, next))
    }

    /// The child of its parent before it.
    pub fn previous_sibling(self) -> Option<Node<'t>> {
        // The node before it in the list is its parent, or the last one inside of its sibling.
        let (parent, last) = (self.parent()?, Node::new(self.tree, self.index.checked_sub(1)?));
        if last == parent { None } else { last.self_and_ancestors().find(|node| node.parent() == Some(parent)) }
    }

    /// It and everything inside it, outer before inner.
    pub fn descendants(self) -> impl Iterator<Item = Node<'t>> {
        (self.index..self.raw().next).map(|index| Node::new(self.tree, index))
    }

    /// The members of an object; none for anything else.
    pub fn members(self) -> impl Iterator<Item = Member<'t>> + Clone {
        self.children().filter_map(Node::member)
    }

    /// The elements of an array; none for anything else.
    pub fn elements(self) -> impl Iterator<Item = Node<'t>> {
        let is_array = self.kind() == Kind::Array;
        self.children().filter(move |_| is_array)
    }

    /// This node as a member, if it is one.
    pub fn member(self) -> Option<Member<'t>> {
        if self.kind() != Kind::Member {
            return None;
        }
        let key = Node::new(self.tree, self.index + 1);
        Some(Member { node: self, key, value: Node::new(self.tree, key.raw().next) })
    }

    /// The member that this node is the key or the value of.
    pub fn as_part_of_member(self) -> Option<Member<'t>> {
        self.parent().and_then(Node::member)
    }

    /// The object that has this node as a key or a value.
    pub fn enclosing_object(self) -> Option<Node<'t>> {
        self.as_part_of_member()?.node.parent()
    }

    /// Whether it is the value of a key.
    pub fn is_value_of(self, key: &str) -> bool {
        let member = self.as_part_of_member().filter(|member| member.value == self);
        member.is_some_and(|member| member.key.string().as_deref() == Some(key))
    }

    /// The value of a key; of duplicate keys, the last one, as the service has it.
    pub fn get(self, key: &str) -> Option<Node<'t>> {
        let member = match self.large_children() {
            Some(children) => Node::new(self.tree, children.with_key(key)?).member(),
            None => self.members().filter(|member| member.key.is_key(key)).last(),
        };
        member.map(|member| member.value)
    }

    /// The element of this array at a position.
    pub fn element(self, position: usize) -> Option<Node<'t>> {
        match self.large_children() {
            Some(children) if self.kind() == Kind::Array => Some(Node::new(self.tree, children.nth(position)?)),
            _ => self.elements().nth(position),
        }
    }

    /// The position of a child of this object or array among its children.
    pub fn position(self, child: Node<'_>) -> Option<usize> {
        match self.large_children() {
            Some(children) => children.position(child),
            None => self.children().position(|other| other == child),
        }
    }

    fn large_children(self) -> Option<&'t lookup::Children> {
        if lookup::is_large(self) { self.tree.lookup().children(self) } else { None }
    }

    /// The value at a path of keys.
    pub fn at(self, path: &[&str]) -> Option<Node<'t>> {
        path.iter().try_fold(self, |node, key| node.get(key))
    }

    pub(super) fn is_key(self, key: &str) -> bool {
        if self.has(ESCAPES) {
            return self.string().as_deref() == Some(key);
        }
        self.tree.source.as_bytes()[self.inner()] == *key.as_bytes()
    }

    /// The characters of a key; empty if it is missing.
    pub(super) fn key_text(self) -> Cow<'t, str> {
        self.string().unwrap_or(Cow::Borrowed(&self.tree.source[self.inner()]))
    }

    /// The range of a string without its quotes; of other nodes, the complete range.
    pub fn inner(self) -> Range<usize> {
        let range = self.range();
        if self.has(QUOTED) { range.start + 1..range.end - 1 } else { self.inside_other_quotes() }
    }

    /// The range of a part of this string, given by a range of its value; the complete content if it has escapes.
    pub fn part(self, range: &Range<usize>) -> Range<usize> {
        let inner = self.inner();
        if self.has_escapes() { inner } else { inner.start + range.start..inner.start + range.end }
    }

    fn inside_other_quotes(self) -> Range<usize> {
        let range = self.range();
        if self.kind() != Kind::String {
            return range;
        }
        let text = self.text();
        // Other quotes than JSON's own may take several bytes.
        let width = |byte: Option<&u8>, char: Option<char>| match byte {
            Some(byte) if !byte.is_ascii() => char.map_or(1, char::len_utf8),
            _ => 1,
        };
        let first = width(text.as_bytes().first(), text.chars().next());
        let last = width(text.as_bytes().last(), text.chars().next_back());
        let start = range.start + if self.has(NO_OPENING_QUOTE) { 0 } else { first };
        start..range.end - if self.has(NO_CLOSING_QUOTE) { 0 } else { last }
    }

    /// The value of a string or bare word, unescaped. Half of a surrogate pair becomes U+FFFD.
    pub fn string(self) -> Option<Cow<'t, str>> {
        let inner = &self.tree.source[self.inner()];
        match self.kind() {
            Kind::String if self.has(ESCAPES) => Some(lexer::unescaped(inner)),
            Kind::String | Kind::Word => Some(Cow::Borrowed(inner)),
            _ => None,
        }
    }

    /// The value of a string, unescaped; `None` for any other kind, also a bare word.
    pub fn as_string(self) -> Option<Cow<'t, str>> {
        if self.kind() == Kind::String { self.string() } else { None }
    }

    /// Whether a string has a backslash, so that its text is not its value.
    pub fn has_escapes(self) -> bool {
        self.has(ESCAPES)
    }

    /// Whether a string ends in its quote.
    pub fn has_closing_quote(self) -> bool {
        !self.has(NO_CLOSING_QUOTE)
    }

    /// Whether a string begins with its quote.
    pub fn has_opening_quote(self) -> bool {
        !self.has(NO_OPENING_QUOTE)
    }

    /// Whether it is a string with both quotes.
    pub fn is_quoted(self) -> bool {
        self.kind() == Kind::String && self.has_opening_quote() && self.has_closing_quote()
    }

    /// Whether a member has its colon.
    pub fn has_colon(self) -> bool {
        self.has(COLON)
    }

    /// Whether an object or array has its closing bracket.
    pub fn is_closed(self) -> bool {
        self.has(CLOSED)
    }

    /// Whether an object or array has its opening bracket.
    pub fn is_opened(self) -> bool {
        !self.has(NO_OPENING_BRACKET)
    }

    /// Whether a comma follows this member or element.
    pub fn has_comma(self) -> bool {
        self.has(COMMA)
    }

    /// Whether no syntax error is inside or adjacent to it.
    pub fn is_well_formed(self) -> bool {
        let errors = self.tree.errors();
        let is_listed =
            self.tree.unlisted_errors == 0 || errors.last().is_some_and(|last| self.range().end < last.range.start);
        errors.is_empty() || (is_listed && !self.tree.lookup().has_error(errors, &self.range()))
    }

    /// The bytes between the brackets of an object or array.
    pub fn inside(self) -> Range<usize> {
        let range = self.range();
        let end = range.end - usize::from(self.is_closed());
        (range.start + usize::from(self.is_opened())).min(end)..end
    }

    /// The opening bracket of an object or array; empty without one.
    pub fn opening(self) -> Range<usize> {
        self.range().start..self.inside().start
    }

    pub(super) fn child_at(self, offset: usize) -> Option<Node<'t>> {
        checkpoint();
        // An offset between two children belongs to the second one only if nothing ends there.
        let contains = |child: &Node<'_>| {
            offset < child.range().end || (offset == child.range().end && child.kind() != Kind::Missing)
        };
        if let Some(children) = self.large_children() {
            let node = |index: u32| Node::new(self.tree, index);
            let candidates = children.from(|index| node(index).range().end < offset).iter().map(|index| node(*index));
            return candidates.take_while(|child| child.range().start <= offset).find(contains);
        }
        self.children().take_while(|child| child.range().start <= offset).find(contains)
    }
}
