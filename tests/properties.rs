//! What holds for any text: parsing ends, the tree is well formed, it agrees with `serde_json`; and for any edits: the
//! text is what a plain string would be.
#![allow(clippy::print_stdout, reason = "says when the published documents are not there")]

#[path = "support/documents.rs"]
mod documents;
#[path = "properties/editing.rs"]
mod editing;

use std::sync::{Arc, LazyLock};

use connspec::syntax::{Kind, Node, Tree};
use proptest::prelude::*;
use serde::de::IgnoredAny;
use serde_json::Value;

static DOCUMENTS: LazyLock<Vec<String>> =
    LazyLock::new(|| documents::samples().into_iter().chain(documents::published()).map(|(_, text)| text).collect());

/// Parses a text and checks all that must hold of any tree.
fn parse(text: &str) -> Tree {
    let tree = Tree::parse(Arc::from(text));
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

#[test]
fn whole_documents_agree_with_serde_json() {
    for text in DOCUMENTS.iter() {
        parse(text);
    }
}

#[test]
fn every_truncation_and_deletion_of_a_sample() {
    let text = &DOCUMENTS[0];
    for at in (0..text.len()).step_by(3).filter(|&at| text.is_char_boundary(at)) {
        parse(&text[..at]);
        parse(&format!("{}{}", &text[..at], &text[at + 1..]));
    }
}

#[test]
fn text_that_serde_json_judges_by_other_rules() {
    for text in [r#"["\ud800"]"#, r#"["\udc00\ud800x"]"#, "[1e999]", "[-0, 1E400]", "{\"a\":1,\"a\":{}}"] {
        assert_eq!(Tree::parse(Arc::from(text)).errors(), [], "{text}");
    }
    assert_eq!(Tree::parse(Arc::from("[".repeat(500) + &"]".repeat(500))).errors(), []);
}

/// Pieces that mean something in JSON, or nearly.
fn piece() -> impl Strategy<Value = String> {
    let pieces = [
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        "\n",
        "\r\n",
        "\r",
        "  ",
        "\t",
        "'",
        "`",
        "“",
        "”",
        "//",
        "/*",
        "*/",
        "#",
        "<<<<<<< HEAD\n",
        "=======\n",
        ">>>>>>> x\n",
        "|||||||",
        "true",
        "nul",
        "1",
        "-",
        "1.5e",
        "\"a\"",
        "\"b\": ",
        "\"c\": {",
        "\"d\": [\n",
        "a",
        "ä",
        "😀",
        "\u{2028}",
        "\u{feff}",
        "\\u12",
        "\\ud83d",
        "\\\"",
        "=",
        ";",
        "..",
        "://",
        "${x}",
        "\0",
        "say \"hi\" to",
        "{X}\"",
    ];
    prop_oneof![4 => proptest::sample::select(pieces.to_vec()).prop_map(str::to_string), 1 => any::<char>().prop_map(String::from)]
}

fn garbage(most: usize) -> impl Strategy<Value = String> {
    proptest::collection::vec(piece(), 0..most).prop_map(|pieces| pieces.concat())
}

/// A document with a few edits: each replaces up to some bytes at a place by something.
fn edited() -> impl Strategy<Value = String> {
    let edit = (any::<proptest::sample::Index>(), 0..4usize, garbage(3));
    let document = (0..DOCUMENTS.len()).prop_map(|index| DOCUMENTS[index].clone());
    (document, proptest::collection::vec(edit, 1..4)).prop_map(|(mut text, edits)| {
        for (index, length, new) in edits {
            let start = text.floor_char_boundary(index.index(text.len() + 1));
            let end = text.ceil_char_boundary((start + length).min(text.len()));
            text.replace_range(start..end, &new);
        }
        text
    })
}

fn values() -> impl Strategy<Value = Value> {
    let number = prop_oneof![any::<i64>().prop_map(Value::from), any::<f64>().prop_map(Value::from)];
    let leaf = prop_oneof![Just(Value::Null), any::<bool>().prop_map(Value::from), number, ".*".prop_map(Value::from)];
    leaf.prop_recursive(6, 60, 6, |inner| {
        let object = proptest::collection::vec((".*", inner.clone()), 0..6);
        prop_oneof![
            proptest::collection::vec(inner, 0..6).prop_map(Value::from),
            object.prop_map(|members| members.into_iter().collect()),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_garbage(text in garbage(40)) {
        parse(&text);
    }

    #[test]
    fn any_value_written_by_serde_json(value in values(), pretty in any::<bool>()) {
        let text = if pretty { format!("{value:#}") } else { value.to_string() };
        let tree = parse(&text);
        prop_assert_eq!(tree.errors(), []);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 800, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_edits_of_a_document(text in edited()) {
        parse(&text);
    }

    #[test]
    fn any_truncation_of_a_document(index in 0..DOCUMENTS.len(), at in any::<proptest::sample::Index>()) {
        let text = &DOCUMENTS[index];
        parse(&text[..text.floor_char_boundary(at.index(text.len() + 1))]);
    }
}
