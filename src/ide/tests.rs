//! Every feature takes time in proportion to the size of a document, also of one that somebody wrote to slow it down.
//! Counted in steps, not in seconds.

mod hostile;

use crate::document::Document;
use crate::ide::{self, FormatOptions, HintKind};
use crate::lint::rules::FixRequest;
use crate::lint::{self, Facts};
use crate::syntax::steps;
use crate::text::Text;
use hostile::HOSTILE;

/// Doubling a document may increase the steps by this factor.
const MAX_RATIO: f64 = 2.5;

/// A cancelled request may go on for this many steps per byte of the document, as for a few passes over it.
const MAX_UNCHECKED: u64 = 25;

/// Fewer steps than this need no bound.
const FEW: u64 = 5_000;

fn document(text: &str) -> Document {
    Document::new("acme-connectionSpec.json", 0, Text::new(text))
}

/// What is wrong with a feature.
#[derive(Debug, Default, PartialEq)]
struct Problems {
    /// The documents for which doubling costs too much, with the steps before and after.
    too_slow: Vec<(&'static str, u64, u64)>,
    /// The documents for which a cancelled request goes on for too long, with the steps until then.
    too_stubborn: Vec<(&'static str, u64)>,
}

fn problems(bytes: usize, feature: impl Fn(&Document)) -> Problems {
    let mut problems = Problems::default();
    for (name, repeated) in HOSTILE {
        let steps = |bytes| {
            let document = document(&hostile::text(*repeated, bytes));
            steps::count(|| feature(&document))
        };
        let (once, twice) = (steps(bytes), steps(2 * bytes));
        if twice.all > FEW && twice.all as f64 > MAX_RATIO * once.all as f64 {
            problems.too_slow.push((name, once.all, twice.all));
        }
        if twice.unchecked > MAX_UNCHECKED * 2 * bytes as u64 {
            problems.too_stubborn.push((name, twice.unchecked));
        }
    }
    problems
}

macro_rules! linear {
    ($($name:ident: $feature:expr;)*) => {$(
        #[test]
        fn $name() {
            assert_eq!(problems(10_000, $feature), Problems::default());
        }
    )*};
}

/// Offsets all over a document.
fn offsets(document: &Document) -> impl Iterator<Item = usize> {
    let source = document.source();
    (0..=24).map(|part| source.floor_char_boundary(source.len() * part / 24))
}

linear! {
    diagnostics: |document| drop(lint::diagnostics(document, &Facts::default()));
    fixes: |document| {
        let request = FixRequest { range: 0..document.source().len(), max: usize::MAX, only_safe: true };
        drop(lint::with_fixes(document, &Facts::default(), request));
    };
    completion: |document| offsets(document).for_each(|at| drop(ide::completion(document, at)));
    hover: |document| {
        let diagnostics = lint::diagnostics(document, &Facts::default());
        offsets(document).for_each(|at| drop(ide::hover(document, &diagnostics, at)));
    };
    definition: |document| offsets(document).for_each(|at| drop(ide::definition(document, at)));
    references: |document| offsets(document).for_each(|at| drop(ide::references(document, at)));
    rename: |document| offsets(document).for_each(|at| drop(ide::rename(document, at, "other")));
    linked_editing: |document| offsets(document).for_each(|at| drop(ide::linked_editing(document, at)));
    symbols: |document| drop(ide::symbols(document));
    workspace_symbols: |document| drop(ide::workspace_symbols(document));
    folding: |document| drop(ide::folding(document, None));
    selection: |document| offsets(document).for_each(|at| drop(ide::selection(document, at)));
    links: |document| drop(ide::links(document, &Facts::default()));
    format: |document| drop(ide::format(document, &FormatOptions::default()));
    format_range: |document| {
        drop(ide::format_range(document, &FormatOptions::default(), 0..document.source().len()));
    };
    format_typed: |document| {
        offsets(document).for_each(|at| drop(ide::format_typed(document, &FormatOptions::default(), at, '\n')));
    };
    tokens: |document| drop(ide::tokens(document));
    hints: |document| drop(ide::hints(document, 0..document.source().len(), &HintKind::ALL));
    lenses: |document| drop(ide::lenses(document));
}
