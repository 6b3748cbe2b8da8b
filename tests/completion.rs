//! Properties of every completion item, in valid and in broken documents: editors can apply its edit, and accepting it adds no
//! syntax errors.

#![allow(clippy::print_stdout, reason = "a test prints its counts")]

#[path = "support/accept.rs"]
mod accept;
#[path = "support/documents.rs"]
mod documents;

use accept::accept;
use connspec::document::Document;
use connspec::ide::completion;
use connspec::syntax::Tree;
use connspec::text::Text;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};

fn errors(text: &str) -> usize {
    Tree::parse(text.to_owned()).errors().len()
}

/// Checks every item at `offset`, and returns how many there are.
fn check(text: &str, offset: usize) -> Result<usize, TestCaseError> {
    let document = Document::new("a-connectionSpec.json", 1, Text::new(text));
    let items = completion(&document, offset);
    let before = errors(text);
    for item in &items {
        let range = item.edit.range.clone();
        let near = &text[text.floor_char_boundary(offset.saturating_sub(40))..];
        prop_assert!(range.start <= offset && offset <= range.end, "{item:?}");
        prop_assert!(!text[range.clone()].contains(['\n', '\r']), "{item:?}");
        prop_assert!(item.additional.iter().all(|edit| edit.range.end < range.start), "{item:?}");
        let accepted = accept(text, item);
        let after = errors(&accepted);
        prop_assert!(
            after <= before,
            "{before} errors, then {after}: {item:?}\n...{}",
            near.chars().take(120).collect::<String>()
        );
    }
    Ok(items.len())
}

/// A change that breaks a document, and the position of the cursor after it.
#[derive(Debug, Clone)]
enum Mutation {
    /// Cut off there.
    Cut(prop::sample::Index),
    /// One character deleted.
    Delete(prop::sample::Index),
    /// The rest of the line deleted.
    DeleteLine(prop::sample::Index),
    /// Something typed.
    Type(prop::sample::Index, &'static str),
    /// Nothing.
    None(prop::sample::Index),
}

fn mutations() -> impl Strategy<Value = Mutation> {
    let index = any::<prop::sample::Index>;
    let typed = prop::sample::select(vec![
        "\"", "\"\"", "\"na", ",", ":", "{", "}", "[", "]", "$", "${", "{", " ", "\n", "tru", "1",
    ]);
    prop_oneof![
        index().prop_map(Mutation::Cut),
        index().prop_map(Mutation::Delete),
        index().prop_map(Mutation::DeleteLine),
        (index(), typed).prop_map(|(index, text)| Mutation::Type(index, text)),
        index().prop_map(Mutation::None),
    ]
}

fn mutate(text: &str, mutation: &Mutation) -> (String, usize) {
    let at = |index: &prop::sample::Index| text.floor_char_boundary(index.index(text.len()));
    match mutation {
        Mutation::Cut(index) => (text[..at(index)].to_owned(), at(index)),
        Mutation::Delete(index) => {
            let start = at(index);
            let end = start + text[start..].chars().next().map_or(0, char::len_utf8);
            (format!("{}{}", &text[..start], &text[end..]), start)
        }
        Mutation::DeleteLine(index) => {
            let start = at(index);
            let end = text[start..].find('\n').map_or(text.len(), |found| start + found);
            (format!("{}{}", &text[..start], &text[end..]), start)
        }
        Mutation::Type(index, typed) => {
            let start = at(index);
            (format!("{}{typed}{}", &text[..start], &text[start..]), start + typed.len())
        }
        Mutation::None(index) => (text.to_owned(), at(index)),
    }
}

#[test]
fn accepting_an_item_adds_no_syntax_errors() {
    let texts: Vec<String> =
        documents::samples().into_iter().chain(documents::published()).map(|(_, text)| text).collect();
    // The same cases every time, so that a failure is reproducible.
    let seed = RngSeed::Fixed(1);
    let config = Config { cases: 2000, failure_persistence: None, rng_seed: seed, ..Config::default() };
    let mut runner = TestRunner::new(config);
    let items = std::cell::Cell::new(0);
    let strategy = (0..texts.len(), mutations(), mutations());
    let result = runner.run(&strategy, |(index, first, second)| {
        let (text, offset) = mutate(&texts[index], &first);
        items.set(items.get() + check(&text, offset)?);
        if !text.is_empty() {
            let (text, offset) = mutate(&text, &second);
            items.set(items.get() + check(&text, offset)?);
        }
        Ok(())
    });
    println!("{} items accepted", items.get());
    if let Err(error) = result {
        panic!("{error}");
    }
    assert!(items.get() > 1000, "items are offered");
}
