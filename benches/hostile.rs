//! Time and memory of every feature for documents that somebody wrote to slow it down, at 10 KB, 100 KB and 1 MB.
//! `cargo bench --bench hostile`, or `cargo bench --bench hostile -- commas` for the documents whose name contains this.

#![allow(clippy::print_stdout, reason = "a benchmark is there to print")]

use std::time::{Duration, Instant};

use connspec::document::Document;
use connspec::ide::{self, FormatOptions, HintKind};
use connspec::lint::{self, Facts};
use connspec::text::Text;
use peak_alloc::PeakAlloc;

#[path = "../src/ide/tests/hostile.rs"]
mod hostile;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const SIZES: [usize; 3] = [10_000, 100_000, 1_000_000];

/// What a request may take at 100 KB, beyond what was allocated before.
const MAX_TIME: Duration = Duration::from_millis(100);
const MAX_MEMORY: usize = 50_000_000;

/// What doubling a document may multiply time and memory by.
const MAX_RATIO: f64 = 2.5;

/// Less than this is too little to compare.
const MIN_TIME: Duration = Duration::from_millis(5);
const MIN_MEMORY: usize = 1_000_000;

/// A feature, called as the first request for a document.
type Feature = (&'static str, fn(&Document));

const FEATURES: &[Feature] = &[
    ("check", |document| drop(lint::diagnostics(document, &Facts::default()))),
    ("code actions", |document| drop(ide::actions(document, &Facts::default(), whole(document)))),
    ("fix all", |document| drop(lint::fix_all(document, &Facts::default()))),
    ("completion", |document| drop(ide::completion(document, middle(document)))),
    ("hover", |document| {
        let diagnostics = lint::diagnostics(document, &Facts::default());
        drop(ide::hover(document, &diagnostics, middle(document)));
    }),
    ("definition", |document| drop(ide::definition(document, middle(document)))),
    ("references", |document| drop(ide::references(document, middle(document)))),
    ("rename", |document| drop(ide::rename(document, middle(document), "other"))),
    ("linked editing", |document| drop(ide::linked_editing(document, middle(document)))),
    ("symbols", |document| drop(ide::symbols(document))),
    ("workspace symbols", |document| drop(ide::workspace_symbols(document))),
    ("folding", |document| drop(ide::folding(document, None))),
    ("selection", |document| drop(ide::selection(document, middle(document)))),
    ("links", |document| drop(ide::links(document, &Facts::default()))),
    ("format", |document| drop(ide::format(document, &FormatOptions::default()))),
    ("format typed", |document| {
        drop(ide::format_typed(document, &FormatOptions::default(), middle(document), '\n'));
    }),
    ("tokens", |document| drop(ide::tokens(document))),
    ("hints", |document| drop(ide::hints(document, whole(document), &HintKind::ALL))),
    ("lenses", |document| drop(ide::lenses(document))),
];

fn whole(document: &Document) -> std::ops::Range<usize> {
    0..document.source().len()
}

fn middle(document: &Document) -> usize {
    document.source().floor_char_boundary(document.source().len() / 2)
}

/// Time, and the most memory beyond what was allocated before.
#[derive(Clone, Copy)]
struct Cost {
    time: Duration,
    memory: usize,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    // Not while cargo only asks for the names of the benchmarks.
    if !arguments.iter().any(|argument| argument == "--bench") {
        return;
    }
    let wanted = arguments.iter().find(|argument| !argument.starts_with('-'));
    println!("{:34} {:18} {:^21}{:^21}{:^21} ×2: time, memory", "", "", "10 KB", "100 KB", "1 MB");
    let documents = hostile::HOSTILE.iter().filter(|(name, _)| wanted.is_none_or(|wanted| name.contains(wanted)));
    let over: usize =
        documents.map(|(name, repeated)| FEATURES.iter().filter(|row| print(name, *repeated, row)).count()).sum();
    println!("{over} rows (!) over 100 ms, 50 MB, or 2.5 times the cost for twice the size");
}

/// Prints a row, and returns whether a limit is exceeded.
fn print(name: &str, repeated: fn(usize) -> String, (feature, run): &Feature) -> bool {
    let costs = SIZES.map(|bytes| cost(&hostile::text(repeated, bytes), *run));
    let ratio = ratio(costs);
    let is_over =
        costs[1].time > MAX_TIME || costs[1].memory > MAX_MEMORY || ratio.iter().any(|ratio| *ratio > MAX_RATIO);
    let columns =
        costs.map(|cost| format!("{:8.1} ms {:6.1} MB", cost.time.as_secs_f64() * 1e3, cost.memory as f64 / 1e6));
    let mark = if is_over { " !" } else { "" };
    println!("{name:34} {feature:18}{} {:4.1} {:4.1}{mark}", columns.join(""), ratio[0], ratio[1]);
    is_over
}

fn cost(text: &str, run: fn(&Document)) -> Cost {
    let once = || {
        let document = Document::new("acme-connectionSpec.json", 0, Text::new(text));
        MEMORY.reset_peak_usage();
        let (before, start) = (MEMORY.current_usage(), Instant::now());
        run(&document);
        Cost { time: start.elapsed(), memory: MEMORY.peak_usage().saturating_sub(before) }
    };
    let first = once();
    // What is built once in a process, and a slow moment of the machine, are not the document's.
    let is_quick = first.time < 4 * MAX_TIME;
    if is_quick { [once(), once()].into_iter().min_by_key(|cost| cost.time).unwrap_or(first) } else { first }
}

/// What doubling costs, by the two largest sizes.
fn ratio([_, smaller, larger]: [Cost; 3]) -> [f64; 2] {
    let doublings = (SIZES[2] as f64 / SIZES[1] as f64).log2();
    let ratio = |smaller: f64, larger: f64| (larger / smaller).powf(1.0 / doublings);
    let time = ratio(smaller.time.max(MIN_TIME).as_secs_f64(), larger.time.as_secs_f64());
    let memory = ratio(smaller.memory.max(MIN_MEMORY) as f64, larger.memory as f64);
    [time, memory]
}
