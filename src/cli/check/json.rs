//! Diagnostics as JSON. The long help documents the shape.

use std::io;
use std::ops::Range;

use serde::Serialize;

use super::summary::Summary;
use super::{Checked, Failure, Report, position};
use crate::cli::output::Output;
use crate::lint::{Diagnostic, Related};
use crate::text::{Encoding, Text};

#[derive(Serialize)]
struct Root<'a> {
    files: Vec<File<'a>>,
    failures: Vec<FailedFile<'a>>,
    summary: &'a Summary,
}

#[derive(Serialize)]
struct File<'a> {
    path: &'a str,
    diagnostics: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct FailedFile<'a> {
    path: &'a str,
    message: &'a str,
}

#[derive(Serialize)]
struct Entry<'a> {
    code: &'a str,
    severity: &'static str,
    message: &'a str,
    range: Span,
    link: &'a str,
    related: Vec<RelatedEntry<'a>>,
}

#[derive(Serialize)]
struct RelatedEntry<'a> {
    range: Span,
    message: &'a str,
}

#[derive(Serialize)]
struct Span {
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    line: u32,
    column: u32,
    offset: usize,
}

pub(super) fn print(report: &Report, output: &mut Output) -> io::Result<()> {
    let root = Root {
        files: report.files.iter().map(file).collect(),
        failures: report.failures.iter().map(|Failure { path, message }| FailedFile { path, message }).collect(),
        summary: &report.summary,
    };
    output.print(&(serde_json::to_string_pretty(&root)? + "\n"))
}

fn file(checked: &Checked) -> File<'_> {
    let text = checked.document.text();
    File { path: &checked.path, diagnostics: checked.diagnostics.iter().map(|found| entry(text, found)).collect() }
}

fn entry<'a>(text: &Text, found: &'a Diagnostic) -> Entry<'a> {
    let related = |related: &'a Related| RelatedEntry { range: span(text, &related.range), message: &related.message };
    Entry {
        code: found.code,
        severity: found.severity.as_str(),
        message: &found.message,
        range: span(text, &found.range),
        link: found.link,
        related: found.related.iter().map(related).collect(),
    }
}

fn span(text: &Text, range: &Range<usize>) -> Span {
    let at = |offset| {
        let (line, column) = position(text, offset, Encoding::Utf32);
        Position { line, column, offset }
    };
    Span { start: at(range.start), end: at(range.end) }
}
