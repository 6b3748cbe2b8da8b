//! What holds of every fix of every finding: it mends what it says and breaks nothing else.
#![allow(clippy::print_stdout, reason = "the numbers are what this test is for")]

#[path = "support/documents.rs"]
mod documents;
#[path = "support/example.rs"]
mod example;
#[path = "recovery/mutations.rs"]
#[allow(dead_code, reason = "what a mistake damages is asked by another test")]
mod mistakes;
#[path = "fixes/mutations.rs"]
mod mutations;
#[path = "fixes/property.rs"]
mod property;

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use connspec::ide::actions;
use connspec::lint::Diagnostic;
use connspec::lint::Facts;
use connspec::lint::RULES;
use connspec::lint::Severity;
use connspec::lint::diagnostics;
use connspec::spec::SpecKind;
use connspec::syntax::{Kind, Tree};
use connspec::text::Edit;
use example::example;
use mistakes::Mistakes;
use property::{Count, document};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// At how many places of a document each mistake is made.
const PLACES: usize = 4;

/// Rules whose findings only their author can mend, each with its reason.
const WITHOUT_FIXES: &[(&str, &str)] = &[
    ("unfilled-template", "what belongs there is not known"),
    ("unused-schedule-query", "where the expression belongs is not known"),
    ("placeholder-ui-text", "the key is agreed with Adobe"),
    ("filler-text", "what belongs there is not known"),
    ("invalid-body", "how JSON in a string is meant is not known"),
    ("duplicate-auth", "which of the two is to have another name, and which, is not known"),
];

/// At least this share of the findings of a rule has a fix, in percent.
const SHARES: &[(&str, usize)] = &[
    ("syntax-error", 90),
    ("missing-key", 85),
    ("wrong-type", 70),
    ("duplicate-key", 100),
    ("unknown-key", 100),
    ("required-not-declared", 100),
    ("path-syntax", 90),
    ("explode-outside", 100),
    ("conflicting-attributes", 100),
    ("incomplete-end-condition", 100),
    ("incomplete-schedule", 100),
    ("invalid-date-format", 100),
    ("invalid-number", 60),
    ("schema-mismatch", 100),
    ("unknown-category", 100),
    ("nonstandard-explore-spec", 100),
];

static OWN: LazyLock<Vec<String>> = LazyLock::new(|| documents::samples().into_iter().map(|(_, text)| text).collect());
static PUBLISHED: LazyLock<Vec<String>> = LazyLock::new(|| {
    let short = documents::published().into_iter().map(|(_, text)| text).filter(|text| text.len() < 20_000);
    short.collect()
});

/// Some of the items, spread over all of them.
fn some<T>(items: Vec<T>, count: usize) -> impl Iterator<Item = T> {
    let step = items.len().div_ceil(count).max(1);
    items.into_iter().step_by(step)
}

/// The documents for the mistake with this number, others for each: two of the project's own, and a published one.
fn sample(number: usize) -> impl Iterator<Item = &'static str> {
    let own = [number % OWN.len(), (number + 4) % OWN.len()].map(|index| &OWN[index]);
    let published = PUBLISHED.get(number * 7 % PUBLISHED.len().max(1));
    own.into_iter().chain(published).map(String::as_str)
}

const SYNTAX: &[Mistakes] = &[
    mistakes::COMMA,
    mistakes::COLON,
    mistakes::KEY_OPENING_QUOTE,
    mistakes::KEY_CLOSING_QUOTE,
    mistakes::VALUE_OPENING_QUOTE,
    mistakes::VALUE_CLOSING_QUOTE,
    mistakes::OPENING_BRACE,
    mistakes::CLOSING_BRACE,
    mistakes::OPENING_BRACKET,
    mistakes::CLOSING_BRACKET,
    mistakes::WRONG_CLOSER,
    mistakes::EXTRA_BRACE,
    mistakes::EXTRA_BRACKET,
    mistakes::EXTRA_OPENING_BRACE,
    mistakes::EXTRA_OPENING_BRACKET,
    mistakes::DOUBLED_CLOSER,
    mistakes::VALUE,
    mistakes::KEY,
    mistakes::HALF_A_KEY_BEFORE,
    mistakes::HALF_A_KEY_BARE,
    mistakes::CUT_OFF,
    mistakes::CONFLICT,
    mistakes::UNESCAPED_QUOTES,
    mistakes::SMART_QUOTES,
    mistakes::SINGLE_QUOTES,
    mistakes::STRAY_WORD_AFTER,
    mistakes::EXTRA_COMMA,
    mistakes::TRAILING_COMMA,
    mistakes::SEMICOLON,
    mistakes::DOT,
    mistakes::EXTRA_COLON,
    mistakes::EQUALS,
    mistakes::COMMENT,
];

/// The findings that the text without the mistake has not.
fn new_since(text: &str) -> impl Fn(&Diagnostic) -> bool + use<> {
    let known = diagnostics(&document(text), &Facts::default());
    let known: HashSet<_> = known.into_iter().map(|finding| (finding.code, finding.message)).collect();
    move |finding| !known.contains(&(finding.code, finding.message.clone()))
}

#[test]
fn every_fix_removes_its_problem_and_adds_none() {
    let mut count = Count::default();
    for (number, (name, mutation)) in mutations::ALL.iter().enumerate() {
        for text in sample(number) {
            let is_new = new_since(text);
            for (range, new) in some(mutation(&Tree::parse(text.to_owned())), PLACES) {
                let mut mutated = text.to_owned();
                mutated.replace_range(range, &new);
                count.check(name, &mutated, &is_new);
            }
        }
    }
    for (number, mistakes) in SYNTAX.iter().enumerate() {
        for text in sample(number) {
            for mistake in some(mistakes(&Tree::parse(text.to_owned())), PLACES / 2) {
                let mut broken = text.to_owned();
                mistake.edits.iter().rev().for_each(|(range, new)| broken.replace_range(range.clone(), new));
                count.check("no JSON", &broken, |finding| finding.code == "syntax-error");
            }
        }
    }
    for rule in RULES {
        count.check(rule.code, &example(rule.at, rule.wrong), |finding| finding.code == rule.code);
    }
    count.print();
    // What makes files is tried where it is made.
    for rule in RULES.iter().filter(|rule| !rule.checks_environment()) {
        let (found, mended) = count.of(rule.code);
        let is_without = WITHOUT_FIXES.iter().any(|(code, _)| *code == rule.code);
        assert!(mended > 0 || is_without, "{}: {mended} of {found} findings have a fix", rule.code);
        let share = SHARES.iter().find(|(code, _)| *code == rule.code).map_or(0, |(_, share)| *share);
        assert!(mended * 100 >= found * share, "{}: only {mended} of {found} findings have a fix", rule.code);
    }
}

#[test]
fn sorting_keys_only_changes_their_order() {
    let sort = |text: &str| {
        let brace = text.find('{').unwrap_or_default();
        let offered = actions(&document(text), &Facts::default(), brace..brace);
        let sort = offered.into_iter().find(|action| action.title.starts_with("Sort all keys"));
        sort.map(|action| Edit::apply(text, &action.edits))
    };
    let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("sound JSON");
    let mut count = 0;
    for text in OWN.iter().chain(PUBLISHED.iter()) {
        if let Some(sorted) = sort(text) {
            assert_eq!(value(&sorted), value(text), "{text}");
            assert_eq!(sort(&sorted), None, "{sorted}");
            count += 1;
        }
    }
    println!("{count} documents sorted");
    assert!(count > 0);
}

#[test]
fn adding_an_auth_entry_adds_no_problem() {
    let mut count = 0;
    for text in OWN.iter().chain(PUBLISHED.iter()) {
        let Some(key) = text.find("\"authSpec\"") else { continue };
        let is_new = new_since(text);
        let offered = actions(&document(text), &Facts::default(), key..key + 1);
        for action in offered.iter().filter(|action| action.title.starts_with("Add authentication")) {
            let after = Edit::apply(text, &action.edits);
            let found = diagnostics(&document(&after), &Facts::default());
            assert_eq!(
                found
                    .iter()
                    .filter(|finding| finding.severity <= Severity::Warning && is_new(finding))
                    .collect::<Vec<_>>(),
                Vec::<&Diagnostic>::new(),
                "{after}"
            );
            count += 1;
        }
    }
    println!("{count} sign-ins added");
    assert!(count > 5);
}

#[test]
fn extracting_an_input_adds_no_problem() {
    let mut count = 0;
    for text in OWN.iter().chain(PUBLISHED.iter()) {
        let document = document(text);
        let request = document.tree().root().at(&["sourceSpec", "attributes"]);
        let Some(request) = request.filter(|_| document.kind().is_some_and(|kind| kind == SpecKind::Rest)) else {
            continue;
        };
        for string in request.descendants().filter(|node| node.kind() == Kind::String) {
            let cursor = string.inner().start..string.inner().start;
            for range in std::iter::once(cursor).chain(words(text, string.inner())) {
                count += property::extracts(&document, range);
            }
        }
    }
    println!("{count} inputs extracted");
    assert!(count > 0);
}

/// The runs of letters and digits in a part of a text.
fn words(text: &str, part: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let pieces = text[part].split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty());
    pieces.map(|word| {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        start..start + word.len()
    })
}

/// A few edits of a document, none of them thought about.
fn edited() -> impl Strategy<Value = String> {
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
        "'",
        "// x",
        "true",
        "1",
        "a",
        "\"b\": 1,",
        "${x}",
        "{A_B}",
        "",
    ];
    let edit = (any::<prop::sample::Index>(), 0..4usize, prop::sample::select(pieces.to_vec()));
    let document = (0..OWN.len()).prop_map(|index| OWN[index].clone());
    (document, prop::collection::vec(edit, 1..4)).prop_map(|(mut text, edits)| {
        for (index, length, new) in edits {
            let start = text.floor_char_boundary(index.index(text.len() + 1));
            let end = text.ceil_char_boundary((start + length).min(text.len()));
            text.replace_range(start..end, new);
        }
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 60, failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default()
    })]

    #[test]
    fn every_fix_after_random_edits_removes_its_problem_and_adds_none(text in edited()) {
        Count::default().check("any edits", &text, |_| true);
    }
}
