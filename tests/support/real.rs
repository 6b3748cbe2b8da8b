//! The real specs that lie beside the project, and what is found in them.
#![allow(dead_code, reason = "not every test asks everything")]

use std::path::{Path, PathBuf};

use connspec::document::Document;
use connspec::lint::Diagnostic;
use connspec::lint::Facts;
use connspec::lint::diagnostics;
use connspec::syntax::Tree;
use connspec::text::{Encoding, Text};

/// The folder with the real specs, when it is there.
pub(crate) fn corpus() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("no real specs at {}: nothing was looked at", folder.display());
    None
}

/// One row of the corpus's index.
pub(crate) struct Row {
    /// Its path below the folder.
    pub(crate) file: String,
    /// What it holds: `whole-spec`, `api-response`, a part.
    pub(crate) holds: String,
    /// `rest`, `streaming` or `other`.
    pub(crate) class: String,
    /// Whether it is JSON.
    pub(crate) validity: String,
}

impl Row {
    /// What the file holds.
    pub(crate) fn text(&self, corpus: &Path) -> String {
        std::fs::read_to_string(corpus.join(&self.file)).unwrap()
    }
}

/// All that is there.
pub(crate) fn index(corpus: &Path) -> Vec<Row> {
    let text = std::fs::read_to_string(corpus.join("INDEX.tsv")).unwrap();
    let row = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        let cell = |at: usize| cells[at].to_owned();
        Row { file: cell(0), holds: cell(4), class: cell(5), validity: cell(6) }
    };
    text.lines().skip(1).map(row).collect()
}

/// A text as a document that counts as a connection spec whatever it holds, and what is found in it.
pub(crate) fn findings(text: &str) -> (Document, Vec<Diagnostic>) {
    let document = Document::new("real-connectionSpec.json", 0, Text::new(text));
    let found = diagnostics(&document, &Facts::default());
    (document, found)
}

/// The line of a finding, from 1.
pub(crate) fn line(document: &Document, finding: &Diagnostic) -> u32 {
    document.text().position(finding.range.start, Encoding::Utf8).line + 1
}

/// A part of an answer as a document of its own, at the lines where it stands.
fn cut_out(text: &str, range: std::ops::Range<usize>) -> String {
    let before: String = text[..range.start].chars().map(|char| if char == '\n' { char } else { ' ' }).collect();
    before + &text[range]
}

/// The specs that a file holds: itself, or the items of an answer.
pub(crate) fn specs_of(text: &str) -> Vec<String> {
    let tree = Tree::parse(text.to_owned());
    match tree.root().get("items") {
        Some(items) => items.elements().map(|item| cut_out(text, item.range())).collect(),
        None => vec![text.to_owned()],
    }
}
