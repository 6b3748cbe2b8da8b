//! Which refactorings are offered where.

use expect_test::Expect;

use super::*;
use crate::lint::rules::tests::difference;
use crate::text::{Edit, Text};

/// Checks which refactorings with titles that begin like this are offered at each cursor `<|>`, with the lines that they
/// take out and put in.
pub(super) fn check_at(title: &str, text: &str, expected: Expect) {
    let plain = text.replace("<|>", "");
    let document = Document::new("acme-connectionSpec.json", 0, Text::new(&plain));
    let mut drawn = String::new();
    for (index, (at, _)) in text.match_indices("<|>").enumerate() {
        let cursor = at - index * "<|>".len();
        for action in actions(&document, &Facts::default(), cursor..cursor) {
            if action.diagnostic.is_none() && action.title.starts_with(title) {
                let place = text[..at].rsplit('\n').next().unwrap_or_default().trim();
                drawn += &format!("{place}<|>: {}\n", action.title);
                drawn += &difference(&plain, &Edit::apply(&plain, &action.edits));
            }
        }
    }
    expected.assert_eq(&drawn);
}
