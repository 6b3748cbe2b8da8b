//! What is reported on real specs: half of a live answer of the service, and the specs of Adobe's documentation with all
//! their mistakes. They lie beside the project; where they do not, these tests say so and pass.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::print_stdout, reason = "says what was looked at")]

use std::path::{Path, PathBuf};

use connspec::document::Document;
use connspec::ide::{Diagnostic, Facts, Severity, diagnostics};
use connspec::text::{Encoding, Text};
use expect_test::{Expect, expect};

/// The folder with the real specs, when it is there.
fn corpus() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("no real specs at {}: nothing was looked at", folder.display());
    None
}

/// One row of the corpus's index.
struct Row {
    file: String,
    holds: String,
    class: String,
    validity: String,
}

fn index(corpus: &Path) -> Vec<Row> {
    let text = std::fs::read_to_string(corpus.join("INDEX.tsv")).unwrap();
    let row = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        let cell = |at: usize| cells[at].to_owned();
        Row { file: cell(0), holds: cell(4), class: cell(5), validity: cell(6) }
    };
    text.lines().skip(1).map(row).collect()
}

/// A text as a document that counts as a connection spec whatever it holds, and what is found in it.
fn findings(text: &str) -> (Document, Vec<Diagnostic>) {
    let document = Document::new("real-connectionSpec.json", 0, Text::new(text));
    let found = diagnostics(&document, &Facts::default());
    (document, found)
}

fn severity(finding: &Diagnostic) -> &'static str {
    match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information => "info",
        Severity::Hint => "hint",
    }
}

fn line(document: &Document, finding: &Diagnostic) -> u32 {
    document.text().position(finding.range.start, Encoding::Utf8).line + 1
}

#[test]
fn dump() {
    let Some(corpus) = corpus() else { return };
    for row in index(&corpus) {
        if row.file.ends_with("yaml") { continue }
        let text = std::fs::read_to_string(corpus.join(&row.file)).unwrap();
        let (document, found) = findings(&text);
        println!("=== {} {} {} {} {:?}", row.file, row.holds, row.class, row.validity, document.kind());
        let root = document.tree().root();
        let mut all = vec![(document.source().to_owned(), found)];
        if let Some(items) = root.get("items") { for item in items.elements() {
            let range = item.range();
            let blank = |t: &str| t.chars().map(|c| if c == '\n' {'\n'} else {' '}).collect::<String>();
            let text = format!("{}{}", blank(&text[..range.start]), &text[range]);
            let (_, found) = findings(&text);
            all.push((text, found));
        } }
        for (i, (text, found)) in all.iter().enumerate() {
            if i > 0 {println!(" --- item");}
            let document = Document::new("", 0, Text::new(text));
            for finding in found {
                println!("  {} {} {} {:?} {}", line(&document, finding), severity(finding), finding.code, &text[finding.range.clone()].chars().take(50).collect::<String>(), finding.message);
            }
        }
    }
}
#[test] fn unused() { let _: Option<Expect> = None; let _ = expect![""]; }
