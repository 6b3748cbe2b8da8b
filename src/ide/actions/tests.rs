//! What is offered where, and that edits after edits are the edits of the first text.

use expect_test::Expect;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::*;
use crate::ide::rules::tests::difference;

/// Checks which refactorings with titles that begin like this are offered at each cursor `<|>`, with the lines that they
/// take out and put in.
pub(super) fn check_at(title: &str, text: &str, expected: Expect) {
    let plain = text.replace("<|>", "");
    let document = Document::new("acme-connectionSpec.json", 0, Text::new(&plain));
    let mut drawn = String::new();
    for (index, (at, _)) in text.match_indices("<|>").enumerate() {
        let cursor = at - index * "<|>".len();
        for action in actions(&document, &Facts::default(), cursor..cursor) {
            if action.mends.is_none() && action.title.starts_with(title) {
                let place = text[..at].rsplit('\n').next().unwrap_or_default().trim();
                drawn += &format!("{place}<|>: {}\n", action.title);
                drawn += &difference(&plain, &Edit::apply(&plain, &action.edits));
            }
        }
    }
    expected.assert_eq(&drawn);
}

/// Edits of a text of this length that do not touch each other.
fn edits(length: usize) -> impl Strategy<Value = Vec<Edit>> {
    proptest::collection::vec((0..=length, 0..=length, "[a-c]{0,3}"), 0..6).prop_map(|wanted| {
        let mut edits: Vec<Edit> = Vec::new();
        for (a, b, new) in wanted {
            let range = a.min(b)..a.max(b);
            if edits.iter().all(|edit| !touch(&edit.range, &range)) {
                edits.push(Edit { range, new });
            }
        }
        edits
    })
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default()
    })]

    #[test]
    fn edits_after_edits_are_edits_of_the_first_text(
        (text, first, second) in "[x-z]{0,12}".prop_flat_map(|text| {
            let first = edits(text.len());
            (Just(text), first)
        }).prop_flat_map(|(text, first)| {
            let second = edits(Edit::apply(&text, &first).len());
            (Just(text), Just(first), second)
        })
    ) {
        let expected = Edit::apply(&Edit::apply(&text, &first), &second);
        let all = composed::composed(first, second);
        prop_assert_eq!(Edit::apply(&text, &all), expected);
        for (index, edit) in all.iter().enumerate() {
            prop_assert!(all[..index].iter().all(|other| other.range.end <= edit.range.start), "{:?}", all);
        }
    }
}
