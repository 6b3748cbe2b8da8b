//! What is offered where, and that edits after edits are the edits of the first text.

use proptest::prelude::*;

use super::*;

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
