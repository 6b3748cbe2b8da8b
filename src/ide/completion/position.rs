//! The position of the cursor: in or before a key, in or before a value, or where one can be inserted.

use std::ops::Range;

use crate::spec::{Entry, SpecKind};
use crate::syntax::{Kind, Member, Node, Tree};

/// A position at which something can be completed.
#[derive(Debug, Clone)]
pub(super) enum Position<'t> {
    /// A document without a value.
    Document,
    /// A key of an object.
    Key(KeyPosition<'t>),
    /// A value of a member or an element of an array.
    Value(ValuePosition<'t>),
}

/// The position of a key, present or not.
#[derive(Debug, Clone)]
pub(super) struct KeyPosition<'t> {
    /// The object that has the key.
    pub(super) object: Node<'t>,
    /// The member of the key, if a part of it is present.
    pub(super) member: Option<Member<'t>>,
    /// The range (bytes) to replace: on one line, around the cursor.
    pub(super) replace: Range<usize>,
    /// Whether its value follows, so that only the key and the colon are inserted.
    pub(super) value_follows: bool,
}

/// The position of a value, present or not.
#[derive(Debug, Clone)]
pub(super) struct ValuePosition<'t> {
    /// The member of the value, or the array of the element.
    pub(super) owner: Node<'t>,
    /// The present value.
    pub(super) current: Option<Node<'t>>,
    /// The range (bytes) to replace: on one line, around the cursor.
    pub(super) replace: Range<usize>,
}

impl<'t> ValuePosition<'t> {
    /// The position of a value that is not present.
    fn insertion(owner: Node<'t>, offset: usize) -> Position<'t> {
        Position::Value(ValuePosition { owner, current: None, replace: offset..offset })
    }

    /// The vocabulary of the value.
    pub(super) fn entry(&self, kind: SpecKind) -> Entry {
        match self.owner.kind() {
            Kind::Array => Entry::of(kind, self.owner).item(self.current),
            _ => Entry::of(kind, self.owner),
        }
    }
}

/// The position at a byte offset, if something can be completed there.
pub(super) fn position(tree: &Tree, offset: usize) -> Option<Position<'_>> {
    if tree.root().is_missing() {
        return Some(Position::Document);
    }
    let node = tree.node_at(offset);
    match token_at(node, offset) {
        Some(token) => at_token(token, offset),
        None => between(tree, node, offset),
    }
}

/// The string, word or other scalar value that contains the cursor.
fn token_at(node: Node<'_>, offset: usize) -> Option<Node<'_>> {
    let range = node.range();
    let inside = match node.kind() {
        Kind::String => {
            let after_quote = offset > range.start || !node.has_opening_quote();
            after_quote && (offset < range.end || !node.has_closing_quote())
        }
        Kind::Word => offset > range.start || !matches!(node.text(), "true" | "false" | "null"),
        Kind::Number | Kind::True | Kind::False | Kind::Null => offset > range.start,
        Kind::Object | Kind::Array | Kind::Member | Kind::Missing => false,
    };
    if inside {
        return Some(node);
    }
    unclosed_before(node, offset)
}

/// A string without closing quote that ends before the cursor, with nothing but spaces between: text with spaces is typed into
/// it.
fn unclosed_before(node: Node<'_>, offset: usize) -> Option<Node<'_>> {
    let source = node.tree().source();
    let spaces = source[..offset].len() - source[..offset].trim_end_matches([' ', '\t']).len();
    let end = offset - spaces;
    let token = node.tree().node_at(end);
    (spaces > 0 && token.kind() == Kind::String && !token.has_closing_quote() && token.range().end == end)
        .then_some(token)
}

fn at_token(token: Node<'_>, offset: usize) -> Option<Position<'_>> {
    let range = token.range();
    let replace = range.start.min(offset)..end_of_typed(token, offset).max(offset);
    let parent = token.parent();
    match token.as_part_of_member() {
        Some(member) if member.key == token => Some(Position::Key(KeyPosition {
            object: member.node.parent()?,
            member: Some(member),
            replace,
            value_follows: false,
        })),
        // Without a key, the vocabulary of the value is not known.
        Some(member) if member.key.is_missing() => None,
        Some(member) => Some(Position::Value(ValuePosition { owner: member.node, current: Some(token), replace })),
        // The outermost value, before an object is typed.
        None => parent.map(|owner| Position::Value(ValuePosition { owner, current: Some(token), replace })),
    }
}

/// The end of the typed part of a token. A half typed key before others on its line extends to the quote that opens the next
/// one: the text between and that quote do not belong to it.
fn end_of_typed(token: Node<'_>, offset: usize) -> usize {
    let end = token.range().end;
    let source = token.tree().source();
    let is_key = token.as_part_of_member().is_some_and(|member| member.key == token && !member.node.has_colon());
    let glued = source[end..].starts_with(|char: char| char.is_alphanumeric() || "_$@".contains(char));
    if token.kind() == Kind::String && is_key && token.has_closing_quote() && glued && offset < end {
        offset
    } else {
        end
    }
}

/// The position between tokens.
fn between<'t>(tree: &'t Tree, node: Node<'t>, offset: usize) -> Option<Position<'t>> {
    let container = node.self_and_ancestors().find(|node| {
        let inside = node.inside();
        matches!(node.kind(), Kind::Object | Kind::Array) && inside.start <= offset && offset <= inside.end
    })?;
    let is_blank = |range: Range<usize>| tree.source()[range].trim().is_empty();
    let before = container.children().take_while(|child| child.range().start < offset).last();
    let after = container.children().find(|child| child.range().start >= offset);
    if let Some(member) = before.and_then(Node::member) {
        let value = member.value.range();
        if member.node.has_colon() && offset >= member.key.range().end {
            // After the colon: the value is missing, or the cursor is right before it.
            if member.value.is_missing() && offset >= value.start && is_blank(value.start..offset) {
                return Some(ValuePosition::insertion(member.node, offset));
            }
            if !member.value.is_missing() && offset <= value.start {
                return before_value(member, offset);
            }
        } else if !member.node.has_colon() && !member.key.is_missing() {
            // A key without colon: after a space its value is next, which is inserted with the colon.
            let end = if member.value.is_missing() { offset } else { value.start };
            let key_end = member.key.range().end;
            if offset <= end && is_blank(key_end..offset) {
                let is_next = member.value.is_missing() && offset > key_end && member.key.kind() == Kind::String;
                let same_line = !tree.source()[key_end..offset].contains(['\n', '\r']);
                return (is_next && same_line).then(|| ValuePosition::insertion(member.node, offset));
            }
        }
    }
    let keyless = after
        .and_then(Node::member)
        .filter(|member| member.key.is_missing() && is_blank(offset..member.node.range().start));
    // Right after a value nothing can be inserted without a space.
    if before.is_some_and(|child| child.range().end == offset) && keyless.is_none() {
        return None;
    }
    if container.kind() == Kind::Array {
        return Some(ValuePosition::insertion(container, offset));
    }
    let value_follows = keyless.is_none_or(|member| !member.node.has_colon()) && is_value_at(tree.source(), offset);
    Some(Position::Key(KeyPosition { object: container, member: keyless, replace: offset..offset, value_follows }))
}

/// Whether a value without a key follows an offset on its line.
fn is_value_at(source: &str, offset: usize) -> bool {
    let rest = source[offset..].trim_start_matches([' ', '\t']);
    let word = |word: &str| rest.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    if let Some(inner) = rest.strip_prefix('"') {
        let closed = inner.split(['\n', '\r']).next().and_then(|line| line.split_once('"'));
        return closed.is_some_and(|(_, after)| matches!(after.trim_start().chars().next(), Some(',' | '}')));
    }
    rest.starts_with(|char: char| char == '{' || char == '[' || char == '-' || char.is_ascii_digit())
        || word("true")
        || word("false")
        || word("null")
}

/// The position between a colon and the value after it. A scalar value is replaced if the cursor touches it.
fn before_value(member: Member<'_>, offset: usize) -> Option<Position<'_>> {
    let value = member.value;
    let is_scalar = !matches!(value.kind(), Kind::Object | Kind::Array);
    (is_scalar && value.range().start == offset)
        .then(|| Position::Value(ValuePosition { owner: member.node, current: Some(value), replace: value.range() }))
}

/// The commas that an edit of a member or element must add.
pub(super) struct Commas {
    /// The offset of the comma that is missing before it.
    pub(super) before: Option<usize>,
    /// Whether a comma is missing after it.
    pub(super) after: bool,
}

/// The commas that are missing around `replace` in an object or array. `own`: the present member or element.
pub(super) fn commas(container: Node<'_>, own: Option<Node<'_>>, replace: &Range<usize>) -> Commas {
    let others = || container.children().filter(move |child| Some(*child) != own);
    let before = others().take_while(|child| child.range().start < replace.start).last();
    let after = others().find(|child| child.range().start >= replace.end);
    let source = container.tree().source();
    let next_is_comma = source[replace.end..].trim_start().starts_with(',');
    let previous_is_comma = source[..replace.start].trim_end().ends_with(',');
    // A comma after the cursor serves the new member; then the one before it needs another.
    let lacks_before = before.filter(|child| !previous_is_comma && (next_is_comma || !child.has_comma()));
    Commas {
        before: lacks_before.map(|child| child.range().end),
        after: after.is_some() && !next_is_comma && !own.is_some_and(Node::has_comma),
    }
}

#[cfg(test)]
mod tests {

    use super::*;

    /// The position at `|`: its kind, what it replaces, and its owner.
    fn check(marked: &str, expected: &str) {
        let offset = marked.find('|').expect("a cursor");
        let text = marked.replacen('|', "", 1);
        let tree = Tree::parse(text.to_owned());
        let drawn = match position(&tree, offset) {
            None => "nothing".to_owned(),
            Some(Position::Document) => "document".to_owned(),
            Some(Position::Key(key)) => {
                let own =
                    key.member.map_or("new", |member| if member.node.has_colon() { "with colon" } else { "alone" });
                format!("key {:?} {own}", &text[key.replace])
            }
            Some(Position::Value(value)) => format!("value {:?} of {:?}", &text[value.replace], value.owner.kind()),
        };
        assert_eq!(drawn, expected, "{marked}");
    }

    #[test]
    fn key_positions() {
        check("{|}", "key \"\" new");
        check("{ \"a\": 1, | }", "key \"\" new");
        check("{ \"a\": 1 | }", "key \"\" new");
        check("{ \"n|\" }", "key \"\\\"n\\\"\" alone");
        check("{ \"n| }", "key \"\\\"n\" alone");
        check("{ n| }", "key \"n\" alone");
        check("{ \"na|me\": 1 }", "key \"\\\"name\\\"\" with colon");
        check("{ |: 1 }", "key \"\" with colon");
        check("{ \"a\": 1,\n |  : 1 }", "key \"\" with colon");
        check("{ \"a\": 1,\n |", "key \"\" new");
        check("{ \"a\": { \"b\": 1 }, |", "key \"\" new");
    }

    #[test]
    fn value_positions() {
        check("{ \"a\": | }", "value \"\" of Member");
        check("{ \"a\" | }", "value \"\" of Member");
        check("{ \"a\":|, \"b\": 1 }", "value \"\" of Member");
        check("{ \"a\": \"|\" }", "value \"\\\"\\\"\" of Member");
        check("{ \"a\": \"x y |\n }", "value \"\\\"x y \" of Member");
        check("{ \"a\": tr| }", "value \"tr\" of Member");
        check("{ \"a\": |\"x\" }", "value \"\\\"x\\\"\" of Member");
        check("{ \"a\": [|] }", "value \"\" of Array");
        check("{ \"a\": [\"x\", |, \"y\"] }", "value \"\" of Array");
        check("{ \"a\": [\"x|\"] }", "value \"\\\"x\\\"\" of Array");
        check("{ \"a\": |", "value \"\" of Member");
    }

    #[test]
    fn positions_without_completion() {
        check("{ \"a\": 1| }", "value \"1\" of Member");
        check("{ \"a\": \"x\"| }", "nothing");
        check("{ \"a\"| }", "nothing");
        check("{} |", "nothing");
        check(" | ", "document");
    }
}
