//! What holds for any text: parsing ends, the tree is well formed, it agrees with `serde_json`; formatting changes white
//! space alone, and nothing the second time; the pieces of texts never overlap. And for any edits: the text is what a plain
//! string would be.
#![allow(clippy::print_stdout, reason = "says when the published documents are not there")]

#[path = "support/documents.rs"]
mod documents;
#[path = "properties/editing.rs"]
mod editing;
#[path = "properties/formatting.rs"]
mod formatting;
#[path = "support/invariants.rs"]
mod invariants;
#[path = "fixes/mutations.rs"]
mod mutations;
#[path = "properties/navigating.rs"]
mod navigating;
#[path = "properties/renaming.rs"]
mod renaming;
#[path = "properties/showing.rs"]
mod showing;

use std::sync::LazyLock;

use connspec::syntax::Tree;
use invariants::parse;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::Value;

/// The same texts every time: a failure is a failure of this change.
const SEED: RngSeed = RngSeed::Fixed(1);

static DOCUMENTS: LazyLock<Vec<String>> =
    LazyLock::new(|| documents::samples().into_iter().chain(documents::published()).map(|(_, text)| text).collect());

#[test]
fn complete_documents_agree_with_serde_json() {
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
fn texts_that_serde_json_judges_differently() {
    for text in [r#"["\ud800"]"#, r#"["\udc00\ud800x"]"#, "[1e999]", "[-0, 1E400]", "{\"a\":1,\"a\":{}}"] {
        assert_eq!(Tree::parse(text.to_owned()).errors(), [], "{text}");
    }
    assert_eq!(Tree::parse("[".repeat(500) + &"]".repeat(500)).errors(), []);
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
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, rng_seed: SEED, ..ProptestConfig::default() })]

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
    #![proptest_config(ProptestConfig { cases: 800, failure_persistence: None, rng_seed: SEED, ..ProptestConfig::default() })]

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

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, rng_seed: SEED, ..ProptestConfig::default() })]

    #[test]
    fn any_request_on_an_edited_document(text in edited()) {
        navigating::ask(&text);
    }

    #[test]
    fn any_request_on_garbage(text in garbage(40)) {
        navigating::ask(&text);
    }

    #[test]
    fn any_request_on_a_truncated_document(index in 0..DOCUMENTS.len(), at in any::<proptest::sample::Index>()) {
        let text = &DOCUMENTS[index];
        navigating::ask(&text[..text.floor_char_boundary(at.index(text.len() + 1))]);
    }
}
