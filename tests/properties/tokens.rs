//! The pieces of the texts of any document: they never overlap, and each lies within one line.

use connspec::document::Document;
use connspec::ide::tokens;
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
}

#[test]
fn whole_documents() {
    DOCUMENTS.iter().for_each(|text| check(text));
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
