//! What holds of the tree of any text. Read by the property tests and by the fuzzer.

use connspec::syntax::{Kind, Node, Tree};
use serde::de::IgnoredAny;
use serde_json::Value;

/// Parses a text and checks all that must hold of any tree.
pub(crate) fn parse(text: &str) -> Tree {
    let tree = Tree::parse(text.to_owned());
    let whole = 0..text.len();
    for node in tree.nodes() {
        let range = node.range();
        assert!(range.start <= range.end && range.end <= whole.end, "{node:?}");
        assert!(text.is_char_boundary(range.start) && text.is_char_boundary(range.end), "{node:?}");
        let inner = node.inner();
        assert!(range.start <= inner.start && inner.start <= inner.end && inner.end <= range.end, "{node:?}");
        assert!(text.is_char_boundary(inner.start) && text.is_char_boundary(inner.end), "{node:?}");
        let mut end = range.start;
        for child in node.children() {
            assert_eq!(child.parent(), Some(node));
            assert!(end <= child.range().start && child.range().end <= range.end, "{child:?} in {node:?}");
            end = child.range().end;
            let is_member = child.kind() == Kind::Member;
            assert_eq!(is_member, node.kind() == Kind::Object, "{child:?} in {node:?}");
        }
        match node.kind() {
            Kind::Member => assert_eq!(node.children().count(), 2),
            Kind::Object | Kind::Array => {
                let inside = node.inside();
                assert!(range.start <= inside.start && inside.end <= range.end);
            }
            _ => assert_eq!(node.children().count(), 0),
        }
    }
    assert_eq!(tree.root().descendants().count(), tree.nodes().count(), "all nodes are in the outermost");
    let mut start = 0;
    for error in tree.errors() {
        assert!(start <= error.range.start && error.range.start <= error.range.end, "{error:?}");
        for range in [Some(&error.range), error.related.as_ref()].into_iter().flatten() {
            assert!(range.end <= whole.end, "{error:?}");
            assert!(text.is_char_boundary(range.start) && text.is_char_boundary(range.end), "{error:?}");
        }
        start = error.range.start;
    }
    assert_agrees(text, &tree);
    tree
}

/// No errors, exactly when `serde_json` takes the text; and then the same value. `serde_json` is asked to skip the value,
/// so that numbers out of its range are no matter; it knows no byte order mark, and gives up on depth.
fn assert_agrees(text: &str, tree: &Tree) {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut reader = serde_json::Deserializer::from_str(text);
    let answer = serde::Deserialize::deserialize(&mut reader).and_then(|IgnoredAny| reader.end());
    if answer.as_ref().is_err_and(|error| error.to_string().starts_with("recursion limit")) {
        return;
    }
    assert_eq!(tree.errors().is_empty(), answer.is_ok(), "{answer:?} {:?}\n{text}", tree.errors().first());
    if let (true, Ok(value)) = (tree.errors().is_empty(), serde_json::from_str::<Value>(text)) {
        assert_eq!(value_of(tree.root()), value, "{text}");
    }
}

fn value_of(node: Node<'_>) -> Value {
    let string = |node: Node<'_>| node.string().expect("a string").into_owned();
    match node.kind() {
        Kind::Object => node.members().map(|member| (string(member.key), value_of(member.value))).collect(),
        Kind::Array => node.elements().map(value_of).collect(),
        Kind::String => string(node).into(),
        Kind::Number => serde_json::from_str(node.text()).expect("a number"),
        Kind::True => true.into(),
        Kind::False => false.into(),
        Kind::Null => Value::Null,
        Kind::Member | Kind::Word | Kind::Missing => panic!("{node:?} without an error"),
    }
}
