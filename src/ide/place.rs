//! What is under the cursor: a key, a value, or room for one. Computed once, shared by every feature that writes.

use std::ops::Range;

use crate::spec::{Entry, SpecKind};
use crate::syntax::{Kind, Member, Node, Tree};

/// A place to write at.
#[derive(Debug, Clone)]
pub(super) enum Place<'t> {
    /// A document without any value.
    Document,
    /// A key of an object.
    Key(KeyPlace<'t>),
    /// A value of a member or an element of an array.
    Value(ValuePlace<'t>),
}

/// A key, written or to be written.
#[derive(Debug, Clone)]
pub(super) struct KeyPlace<'t> {
    /// The object.
    pub(super) object: Node<'t>,
    /// The member that the key is of, when something of it is there.
    pub(super) member: Option<Member<'t>>,
    /// What a completed key replaces; on one line, the cursor in it.
    pub(super) replace: Range<usize>,
    /// Whether its value is right after it, and only the key and its colon are to be written.
    pub(super) value_follows: bool,
}

/// A value, written or to be written.
#[derive(Debug, Clone)]
pub(super) struct ValuePlace<'t> {
    /// The member whose value it is, or the array that it is an element of.
    pub(super) owner: Node<'t>,
    /// The value that is there.
    pub(super) current: Option<Node<'t>>,
    /// What a completed value replaces; on one line, the cursor in it.
    pub(super) replace: Range<usize>,
}

impl<'t> ValuePlace<'t> {
    /// What the vocabulary says about the value.
    pub(super) fn entry(&self, kind: SpecKind) -> Entry {
        match self.owner.kind() {
            Kind::Array => Entry::of(kind, self.owner).item(self.current),
            _ => Entry::of(kind, self.owner),
        }
    }
}

/// The place at a byte offset, if something can be written there.
pub(super) fn place(tree: &Tree, offset: usize) -> Option<Place<'_>> {
    if tree.root().is_missing() {
        return Some(Place::Document);
    }
    let node = tree.node_at(offset);
    match token_at(node, offset) {
        Some(token) => at_token(token, offset),
        None => between(tree, node, offset),
    }
}

/// The string, word or other plain value that the cursor is in.
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

/// A string without closing quote whose end the cursor follows after nothing but spaces: a person who types a text with
/// spaces is still in it.
fn unclosed_before(node: Node<'_>, offset: usize) -> Option<Node<'_>> {
    let source = node.tree().source();
    let blanks = source[..offset].len() - source[..offset].trim_end_matches([' ', '\t']).len();
    let end = offset - blanks;
    let token = node.tree().node_at(end);
    (blanks > 0 && token.kind() == Kind::String && !token.has_closing_quote() && token.range().end == end)
        .then_some(token)
}

fn at_token(token: Node<'_>, offset: usize) -> Option<Place<'_>> {
    let range = token.range();
    let replace = range.start.min(offset)..end_of_typed(token, offset).max(offset);
    let parent = token.parent();
    match token.as_part_of_member() {
        Some(member) if member.key == token => Some(Place::Key(KeyPlace {
            object: member.node.parent()?,
            member: Some(member),
            replace,
            value_follows: false,
        })),
        // Without a key nobody can say what the value is.
        Some(member) if member.key.is_missing() => None,
        Some(member) => Some(Place::Value(ValuePlace { owner: member.node, current: Some(token), replace })),
        // Without anything around it the token is the outermost value: nobody began an object yet.
        None => parent.map(|owner| Place::Value(ValuePlace { owner, current: Some(token), replace })),
    }
}

/// Where what is typed of a token ends. A key half typed before others on its line reaches to the quote that opens the
/// next one: the text between, and that quote, are not its own.
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

/// The place between tokens.
fn between<'t>(tree: &'t Tree, node: Node<'t>, offset: usize) -> Option<Place<'t>> {
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
                return Some(Place::Value(ValuePlace { owner: member.node, current: None, replace: offset..offset }));
            }
            if !member.value.is_missing() && offset <= value.start {
                return before_value(member, offset);
            }
        } else if !member.node.has_colon() && !member.key.is_missing() {
            // A key without colon: after a space its value is next, which brings the colon along.
            let end = if member.value.is_missing() { offset } else { value.start };
            let key_end = member.key.range().end;
            if offset <= end && is_blank(key_end..offset) {
                let is_next = member.value.is_missing() && offset > key_end && member.key.kind() == Kind::String;
                let same_line = !tree.source()[key_end..offset].contains(['\n', '\r']);
                let value = ValuePlace { owner: member.node, current: None, replace: offset..offset };
                return (is_next && same_line).then_some(Place::Value(value));
            }
        }
    }
    let keyless = after
        .and_then(Node::member)
        .filter(|member| member.key.is_missing() && is_blank(offset..member.node.range().start));
    // Right after a value there is room only after a space: a person has just ended the value.
    if before.is_some_and(|child| child.range().end == offset) && keyless.is_none() {
        return None;
    }
    if container.kind() == Kind::Array {
        return Some(Place::Value(ValuePlace { owner: container, current: None, replace: offset..offset }));
    }
    let value_follows = keyless.is_none_or(|member| !member.node.has_colon()) && is_value_at(tree.source(), offset);
    Some(Place::Key(KeyPlace { object: container, member: keyless, replace: offset..offset, value_follows }))
}

/// Whether a value that lacks its key is right after this offset, on its line.
fn is_value_at(source: &str, offset: usize) -> bool {
    let rest = source[offset..].trim_start_matches([' ', '\t']);
    let word = |word: &str| rest.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    if let Some(inner) = rest.strip_prefix('"') {
        let closed = inner.split(['\n', '\r']).next().and_then(|line| line.split_once('"'));
        return closed.is_some_and(|(_, behind)| matches!(behind.trim_start().chars().next(), Some(',' | '}')));
    }
    rest.starts_with(|char: char| char == '{' || char == '[' || char == '-' || char.is_ascii_digit())
        || word("true")
        || word("false")
        || word("null")
}

/// The place between a colon and the value after it. A plain value is replaced when the cursor touches it.
fn before_value(member: Member<'_>, offset: usize) -> Option<Place<'_>> {
    let value = member.value;
    let is_plain = !matches!(value.kind(), Kind::Object | Kind::Array);
    (is_plain && value.range().start == offset)
        .then(|| Place::Value(ValuePlace { owner: member.node, current: Some(value), replace: value.range() }))
}

/// What commas an edit of a member or element must add.
pub(super) struct Commas {
    /// Where the comma goes that is missing before it.
    pub(super) before: Option<usize>,
    /// Whether one is missing after it.
    pub(super) after: bool,
}

/// The commas that are missing around `replace` in an object or array. `own` is the member or element that is there.
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

    /// The place at `|`: its sort, what it replaces, and whose it is.
    fn check(marked: &str, expected: &str) {
        let offset = marked.find('|').expect("a cursor");
        let text = marked.replacen('|', "", 1);
        let tree = Tree::parse(text.to_owned());
        let drawn = match place(&tree, offset) {
            None => "nothing".to_owned(),
            Some(Place::Document) => "document".to_owned(),
            Some(Place::Key(key)) => {
                let own =
                    key.member.map_or("new", |member| if member.node.has_colon() { "with colon" } else { "alone" });
                format!("key {:?} {own}", &text[key.replace])
            }
            Some(Place::Value(value)) => format!("value {:?} of {:?}", &text[value.replace], value.owner.kind()),
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
