//! What is shown in any document beside its text: pieces of texts never overlap, and each lies within one line; hints and
//! lenses stand inside the document, and every lens has something to say.

use connspec::document::Document;
use connspec::ide::{HintKind, hints, lens_text, lenses, tokens};
use connspec::lint::Facts;
use connspec::lint::diagnostics;
use connspec::text::Text;
use proptest::prelude::*;

use super::{DOCUMENTS, SEED, edited, garbage};

fn check(text: &str) {
    let document = Document::new("acme-connectionSpec.json", 0, Text::new(text));
    let mut end = 0;
    for token in tokens(&document) {
        let range = token.range.clone();
        assert!(end <= range.start && range.start < range.end && range.end <= text.len(), "{token:?} in {text:?}");
        assert!(text.is_char_boundary(range.start) && text.is_char_boundary(range.end), "{token:?} in {text:?}");
        assert!(!text[range.clone()].contains(['\n', '\r']), "{token:?} in {text:?}");
        end = range.end;
    }
    for hint in hints(&document, 0..text.len(), &HintKind::ALL) {
        assert!(text.is_char_boundary(hint.offset) && !hint.label.is_empty(), "{hint:?} in {text:?}");
    }
    for lens in lenses(&document) {
        assert!(
            text.is_char_boundary(lens.range.start) && text.is_char_boundary(lens.range.end),
            "{lens:?} in {text:?}"
        );
    }
}

/// Where a key stands twice, a pointer names the last; what is above the first is then about that one.
fn check_lenses(text: &str) {
    let document = Document::new("acme-connectionSpec.json", 0, Text::new(text));
    let found = diagnostics(&document, &Facts::default());
    for lens in lenses(&document) {
        let said = lens_text(&document, &found, &lens.pointer);
        assert!(said.is_some_and(|said| !said.title.is_empty()), "{lens:?} in {text:?}");
    }
}

#[test]
fn complete_documents() {
    for text in DOCUMENTS.iter() {
        check(text);
        check_lenses(text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, rng_seed: SEED, ..ProptestConfig::default() })]

    #[test]
    fn any_texts_of_a_request(path in garbage(12), date in garbage(8), value in garbage(8)) {
        check(&format!(
            "{{\"type\": \"generic-rest\", \"sourceSpec\": {{\"attributes\": {{\"urlParams\": {{\"path\": \"{value}\"}},
              \"contentPath\": {{\"path\": \"$.{path}\"}}, \"scheduleParams\": {{\"paramFormat\": \"{date}\",
              \"incremental\": \"@{{{value}}}\"}}}}}}}}"
        ));
    }

    #[test]
    fn any_edits_of_a_document(text in edited()) {
        check(&text);
    }
}
