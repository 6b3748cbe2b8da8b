//! Formatting of any text: it keeps what the text says, and a second time it changes nothing.

use connspec::document::Document;
use connspec::ide::{FormatOptions, format, format_range, format_typed};
use connspec::syntax::{Kind, Tree};
use connspec::text::Edit;
use connspec::text::Text;
use proptest::prelude::*;

use super::{DOCUMENTS, SEED, edited, garbage};

fn spec(text: &str) -> Document {
    Document::new("acme-connectionSpec.json", 0, Text::new(text))
}

/// Everything that a tree says but where it stands.
fn said(tree: &Tree) -> Vec<String> {
    let node = |node: connspec::syntax::Node<'_>| {
        let is_around = matches!(node.kind(), Kind::Object | Kind::Array | Kind::Member);
        let parent = node.parent().map(|parent| parent.index());
        format!("{:?} in {parent:?}: {}", node.kind(), if is_around { "" } else { node.text() })
    };
    let mistakes = tree.errors().iter().map(|error| format!("{:?}", error.kind));
    tree.nodes().map(node).chain(mistakes).collect()
}

fn without_blanks(text: &str) -> String {
    text.chars().filter(|char| !" \t\r\n".contains(*char)).collect()
}

/// Formats a text and checks what must hold.
fn check(text: &str, options: &FormatOptions) {
    let document = spec(text);
    let edits = format(&document, options);
    let mut end = 0;
    for edit in &edits {
        assert!(end <= edit.range.start && edit.range.end <= text.len(), "{edit:?} in {text:?}");
        let between = format!("{}{}", &text[edit.range.clone()], edit.new);
        assert!(without_blanks(&between).is_empty(), "{edit:?} in {text:?}");
        let splits = |at: usize| text[..at].ends_with('\r') && text[at..].starts_with('\n');
        assert!(!splits(edit.range.start) && !splits(edit.range.end), "{edit:?} in {text:?}");
        end = edit.range.end;
    }
    let after = Edit::apply(text, &edits);
    let formatted = spec(&after);
    assert_eq!(said(document.tree()), said(formatted.tree()), "{text:?}\n{after}");
    assert_eq!(format(&formatted, options), [], "formatted twice:\n{text:?}\n{after}");
    let whole = format_range(&document, options, 0..text.len());
    assert!(whole.iter().all(|edit| edits.contains(edit)));
}

fn options() -> impl Strategy<Value = FormatOptions> {
    (0..9_usize, any::<bool>(), any::<bool>(), any::<bool>()).prop_map(
        |(tab_size, insert_spaces, insert_final_newline, trim_final_newlines)| FormatOptions {
            tab_size,
            insert_spaces,
            insert_final_newline,
            trim_final_newlines,
        },
    )
}

#[test]
fn complete_documents() {
    for text in DOCUMENTS.iter() {
        check(text, &FormatOptions::default());
        check(
            &text.replace("\r\n", "\n").replace('\n', "\r\n"),
            &FormatOptions { tab_size: 4, ..FormatOptions::default() },
        );
    }
}

#[test]
fn samples_are_already_formatted() {
    for (name, text) in super::documents::samples() {
        let options =
            FormatOptions { insert_final_newline: true, trim_final_newlines: true, ..FormatOptions::default() };
        assert_eq!(format(&spec(&text), &options), [], "{name}");
    }
}

#[test]
fn every_truncation_and_deletion_of_a_sample() {
    let text = &DOCUMENTS[0];
    for at in (0..text.len()).step_by(5).filter(|&at| text.is_char_boundary(at)) {
        check(&text[..at], &FormatOptions::default());
        check(&format!("{}{}", &text[..at], &text[at + 1..]), &FormatOptions::default());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, rng_seed: SEED, ..ProptestConfig::default() })]

    #[test]
    fn any_garbage(text in garbage(40), options in options()) {
        check(&text, &options);
    }

    #[test]
    fn any_key_press(text in garbage(30), at in any::<proptest::sample::Index>(), typed in proptest::sample::select(vec!['\n', '}', ']'])) {
        let at = text.floor_char_boundary(at.index(text.len() + 1));
        let text = format!("{}{typed}{}", &text[..at], &text[at..]);
        let edits = format_typed(&spec(&text), &FormatOptions::default(), at + 1, typed);
        let after = Edit::apply(&text, &edits);
        // Nothing that the author wrote goes, and no text is left open that was whole.
        prop_assert!(edits.iter().all(|edit| text[edit.range.clone()].trim().is_empty()));
        let mistakes = |text: &str| spec(text).tree().errors().len();
        prop_assert!(mistakes(&after) <= mistakes(&text), "{:?}\n{:?}", text, after);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, rng_seed: SEED, ..ProptestConfig::default() })]

    #[test]
    fn any_edits_of_a_document(text in edited(), options in options()) {
        check(&text, &options);
    }
}
