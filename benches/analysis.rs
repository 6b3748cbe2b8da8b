//! How long the analysis of a document takes, beside reading the same bytes with `serde_json` in the same run.
//! `cargo bench --bench analysis`

#![allow(clippy::print_stdout, reason = "a benchmark is there to print")]

use connspec::lint;
use std::hint::black_box;
use std::time::{Duration, Instant};

use connspec::document::Document;
use connspec::ide::{self, FormatOptions, HintKind};
use connspec::lint::Facts;
use connspec::text::Text;
use divan::Bencher;
use divan::counter::BytesCount;

mod grown;

const SIZES: [usize; 4] = [8_000, 100_000, 1_000_000, 10_000_000];

fn main() {
    divan::main();
    // Not while cargo only asks for the names of the benchmarks.
    if std::env::args().any(|argument| argument == "--bench") {
        SIZES.into_iter().for_each(print_ratio);
    }
}

fn document(size: usize) -> Document {
    Document::new("acme-connectionSpec.json", 0, Text::new(grown::spec(size)))
}

#[divan::bench(args = SIZES)]
fn parse_and_diagnostics(bencher: Bencher<'_, '_>, size: usize) {
    let text = Text::new(grown::spec(size));
    bencher.counter(BytesCount::new(text.len())).bench(|| findings(&text));
}

#[divan::bench(args = SIZES)]
fn serde_json_value(bencher: Bencher<'_, '_>, size: usize) {
    let source = grown::spec(size);
    bencher.counter(BytesCount::new(source.len())).bench(|| value(&source));
}

/// A key press: the edit, and all findings of the new version.
#[divan::bench(args = SIZES)]
fn edit_and_diagnostics(bencher: Bencher<'_, '_>, size: usize) {
    let before = document(size);
    let at = before.source().find("\"method\"").unwrap_or_default();
    bencher.bench(|| {
        let after = before.edited(1, [(at..at, " ".to_owned())]);
        lint::diagnostics(&after, &Facts::default()).len()
    });
}

#[divan::bench(args = [100_000])]
fn completion(bencher: Bencher<'_, '_>, size: usize) {
    let document = document(size);
    let at = document.source().find("\"offSetName\"").unwrap_or_default() + 1;
    assert!(!ide::completion(&document, at).is_empty());
    bencher.bench(|| ide::completion(&document, black_box(at)));
}

#[divan::bench(args = [100_000])]
fn hover(bencher: Bencher<'_, '_>, size: usize) {
    let document = document(size);
    let (found, at) =
        (lint::diagnostics(&document, &Facts::default()), document.source().find("offSetName").unwrap_or_default());
    assert!(ide::hover(&document, &found, at).is_some());
    bencher.bench(|| ide::hover(&document, &found, black_box(at)));
}

/// A question about a place inside the name of an input, which the document uses in many places.
fn at_name<T>(bencher: Bencher<'_, '_>, size: usize, ask: impl Fn(&Document, usize) -> T + Sync) {
    let document = document(size);
    let at = document.source().find("${").unwrap_or_default() + 3;
    assert!(ide::references(&document, at).len() > 2);
    bencher.bench(|| ask(&document, black_box(at)));
}

#[divan::bench(args = [100_000])]
fn definition(bencher: Bencher<'_, '_>, size: usize) {
    at_name(bencher, size, ide::definition);
}

#[divan::bench(args = [100_000])]
fn references(bencher: Bencher<'_, '_>, size: usize) {
    at_name(bencher, size, ide::references);
}

#[divan::bench(args = [100_000])]
fn rename(bencher: Bencher<'_, '_>, size: usize) {
    at_name(bencher, size, |document, at| ide::rename(document, at, "fresh"));
}

#[divan::bench(args = [100_000])]
fn linked_editing(bencher: Bencher<'_, '_>, size: usize) {
    at_name(bencher, size, ide::linked_editing);
}

#[divan::bench(args = [100_000])]
fn selection(bencher: Bencher<'_, '_>, size: usize) {
    at_name(bencher, size, ide::selection);
}

#[divan::bench(args = [100_000])]
fn symbols(bencher: Bencher<'_, '_>, size: usize) {
    at_name(bencher, size, |document, _| ide::symbols(document));
}

#[divan::bench(args = [100_000])]
fn landmarks(bencher: Bencher<'_, '_>, size: usize) {
    at_name(bencher, size, |document, _| ide::workspace_symbols(document));
}

#[divan::bench(args = [100_000])]
fn folding(bencher: Bencher<'_, '_>, size: usize) {
    at_name(bencher, size, |document, _| ide::folding(document, Some(100)));
}

#[divan::bench(args = [100_000])]
fn links(bencher: Bencher<'_, '_>, size: usize) {
    at_name(bencher, size, |document, _| ide::links(document, &Facts::default()));
}

/// A whole document whose every line is indented otherwise than asked for.
#[divan::bench(args = [100_000, 1_000_000])]
fn format(bencher: Bencher<'_, '_>, size: usize) {
    let document = document(size);
    let options = FormatOptions { tab_size: 4, ..FormatOptions::default() };
    assert!(!ide::format(&document, &options).is_empty());
    bencher.bench(|| ide::format(&document, black_box(&options)));
}

/// The same with a comma missing in the middle, so that what comes out is read again.
#[divan::bench(args = [100_000])]
fn format_broken(bencher: Bencher<'_, '_>, size: usize) {
    let before = document(size);
    let at = before.source().find("\"method\"").unwrap_or_default();
    let comma = before.source()[..at].rfind(',').unwrap_or_default();
    let document = before.edited(1, [(comma..comma + 1, String::new())]);
    let options = FormatOptions { tab_size: 4, ..FormatOptions::default() };
    assert!(!ide::format(&document, &options).is_empty() && !document.tree().errors().is_empty());
    bencher.bench(|| ide::format(&document, black_box(&options)));
}

#[divan::bench(args = [100_000])]
fn format_typed(bencher: Bencher<'_, '_>, size: usize) {
    let before = document(size);
    let at = before.source().find("\"method\"").unwrap_or_default();
    let document = before.edited(1, [(at..at, "\n".to_owned())]);
    document.tree();
    bencher.bench(|| ide::format_typed(&document, &FormatOptions::default(), black_box(at + 1), '\n'));
}

#[divan::bench(args = [100_000])]
fn tokens(bencher: Bencher<'_, '_>, size: usize) {
    let document = document(size);
    assert!(!ide::tokens(&document).is_empty());
    bencher.bench(|| ide::tokens(black_box(&document)));
}

#[divan::bench(args = [100_000])]
fn hints(bencher: Bencher<'_, '_>, size: usize) {
    let document = document(size);
    let whole = 0..document.source().len();
    assert!(!ide::hints(&document, whole.clone(), &HintKind::ALL).is_empty());
    bencher.bench(|| ide::hints(&document, black_box(whole.clone()), &HintKind::ALL));
}

#[divan::bench(args = [100_000])]
fn lenses(bencher: Bencher<'_, '_>, size: usize) {
    let document = document(size);
    assert!(ide::lenses(&document).len() > 2);
    bencher.bench(|| ide::lenses(black_box(&document)));
}

/// The costliest line: that of the spec, which counts its problems.
#[divan::bench(args = [100_000])]
fn lens_text(bencher: Bencher<'_, '_>, size: usize) {
    let document = document(size);
    let found = lint::diagnostics(&document, &Facts::default());
    assert!(ide::lens_text(&document, &found, "").is_some());
    bencher.bench(|| ide::lens_text(&document, &found, black_box("")));
}

fn findings(text: &Text) -> usize {
    let document = Document::new("acme-connectionSpec.json", 0, text.clone());
    lint::diagnostics(&document, &Facts::default()).len()
}

fn value(source: &str) -> Option<serde_json::Value> {
    serde_json::from_slice(source.as_bytes()).ok()
}

fn print_ratio(size: usize) {
    let source = grown::spec(size);
    let text = Text::new(&source);
    // One after the other, so that a slow moment of the machine meets both.
    let times: Vec<_> = (0..RUNS).map(|_| (time(|| findings(&text)), time(|| value(&source)))).collect();
    let ours = median(times.iter().map(|(ours, _)| *ours).collect());
    let theirs = median(times.iter().map(|(_, theirs)| *theirs).collect());
    let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
    println!("{:>9} bytes: parse and all findings {ours:?}, serde_json {theirs:?}, {ratio:.2} times", source.len());
}

const RUNS: usize = 15;

fn time<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    black_box(work());
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
