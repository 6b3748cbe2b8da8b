//! How long the analysis of a document takes, beside reading the same bytes with `serde_json` in the same run.
//! `cargo bench --bench analysis`

#![allow(clippy::print_stdout, reason = "a benchmark is there to print")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use connspec::document::Document;
use connspec::ide::{self, Facts};
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
    Document::new("acme-connectionSpec.json", 0, Text::new(&grown::spec(size)))
}

#[divan::bench(args = SIZES)]
fn parse_and_diagnostics(bencher: Bencher<'_, '_>, size: usize) {
    let text = Text::new(&grown::spec(size));
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
        ide::diagnostics(&after, &Facts::default()).len()
    });
}

#[divan::bench(args = [100_000])]
fn completion(bencher: Bencher<'_, '_>, size: usize) {
    let document = document(size);
    let (facts, at) = (Facts::default(), document.source().find("\"offSetName\"").unwrap_or_default() + 1);
    assert!(!ide::completion(&document, &facts, at).is_empty());
    bencher.bench(|| ide::completion(&document, &facts, black_box(at)));
}

#[divan::bench(args = [100_000])]
fn hover(bencher: Bencher<'_, '_>, size: usize) {
    let document = document(size);
    let (facts, at) = (Facts::default(), document.source().find("offSetName").unwrap_or_default());
    assert!(ide::hover(&document, &facts, at).is_some());
    bencher.bench(|| ide::hover(&document, &facts, black_box(at)));
}

fn findings(text: &Text) -> usize {
    let document = Document::new("acme-connectionSpec.json", 0, text.clone());
    ide::diagnostics(&document, &Facts::default()).len()
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
