//! What was found, for other programs. The shape is told in the long help.

use std::io;
use std::ops::Range;

use serde::Serialize;

use super::summary::Summary;
use super::{Checked, Failure, Report, place, severity_name};
use crate::cli::output::Output;
use crate::lint::Diagnostic;
use crate::text::{Encoding, Text};

#[derive(Serialize)]
struct Whole<'a> {
    files: Vec<File<'a>>,
    failures: Vec<Failed<'a>>,
    summary: &'a Summary,
}

#[derive(Serialize)]
struct File<'a> {
    path: &'a str,
    diagnostics: Vec<Finding<'a>>,
}

#[derive(Serialize)]
struct Failed<'a> {
    path: &'a str,
    message: &'a str,
}

#[derive(Serialize)]
struct Finding<'a> {
    code: &'a str,
    severity: &'static str,
    message: &'a str,
    range: Span,
    link: &'a str,
    related: Vec<Place<'a>>,
}

#[derive(Serialize)]
struct Place<'a> {
    range: Span,
    message: &'a str,
}

#[derive(Serialize)]
struct Span {
    start: Point,
    end: Point,
}

#[derive(Serialize)]
struct Point {
    line: u32,
    column: u32,
    offset: usize,
}

/// Prints one JSON object.
pub(super) fn print(report: &Report, output: &mut Output) -> io::Result<()> {
    let whole = Whole {
        files: report.files.iter().map(file).collect(),
        failures: report.failures.iter().map(|Failure { path, message }| Failed { path, message }).collect(),
        summary: &report.summary,
    };
    let json = serde_json::to_string_pretty(&whole).map_err(io::Error::other)?;
    output.print(&json)?;
    output.print("\n")
}

fn file(checked: &Checked) -> File<'_> {
    let text = checked.document.text();
    File { path: &checked.path, diagnostics: checked.diagnostics.iter().map(|found| finding(text, found)).collect() }
}

fn finding<'a>(text: &Text, found: &'a Diagnostic) -> Finding<'a> {
    let related =
        found.related.iter().map(|related| Place { range: span(text, &related.range), message: &related.message });
    Finding {
        code: found.code,
        severity: severity_name(found.severity),
        message: &found.message,
        range: span(text, &found.range),
        link: found.link,
        related: related.collect(),
    }
}

fn span(text: &Text, range: &Range<usize>) -> Span {
    Span { start: point(text, range.start), end: point(text, range.end) }
}

fn point(text: &Text, offset: usize) -> Point {
    let (line, column) = place(text, offset, Encoding::Utf32);
    Point { line, column, offset }
}
