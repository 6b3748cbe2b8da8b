//! Diagnostics as text with source lines, for people.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt::Write;
use std::io;

use super::summary::Summary;
use super::{Checked, Report, parallel, position};
use crate::cli::output::Output;
use crate::cli::snippet::{self, Mark};
use crate::cli::style;
use crate::cli::terminal::{sanitize_terminal, wrap};
use crate::lint::{Diagnostic, Severity};
use crate::text::{Encoding, Text};

/// Prints every diagnostic and the summary; nothing if no file was checked.
pub(super) fn print(report: &Report, output: &mut Output) -> io::Result<()> {
    if !report.files.iter().any(Checked::was_checked) {
        return Ok(());
    }
    let (width, wrap_at) = (output.width(), output.wrap_at());
    let rendered = parallel::map(&report.files, |file| {
        file.diagnostics.iter().map(|found| render(file, found, width, wrap_at)).collect::<Vec<_>>()
    });
    let mut linked = HashSet::new();
    for (file, rendered) in report.files.iter().zip(rendered) {
        for (found, rendered) in file.diagnostics.iter().zip(rendered) {
            let link = if linked.insert(found.code) { see(found.link) } else { String::new() };
            output.print(&(rendered + &link + "\n"))?;
        }
    }
    output.print(&closing(&report.summary))?;
    let worst = report.files.iter().flat_map(|file| &file.diagnostics).min_by_key(|found| found.severity);
    output.print(&next_steps(&report.summary, worst.map(|found| found.code)))
}

/// The summary in the color of the worst severity; of an error if the check failed.
pub(in crate::cli) fn closing(summary: &Summary) -> String {
    let worst = if summary.fails() { Some(Severity::Error) } else { summary.worst() };
    let style = worst.map_or(style::GOOD, style::of);
    format!("{style}{}{style:#}\n", summary.text())
}

fn next_steps(summary: &Summary, code: Option<&str>) -> String {
    let mut out = String::new();
    match (summary.fixable(), summary.problems()) {
        (0, _) => {}
        (1, 1) => out += "Run `connspec check --fix` to fix it.\n",
        (fixable, all) if fixable == all => out += "Run `connspec check --fix` to fix them.\n",
        (fixable, _) => _ = writeln!(out, "Run `connspec check --fix` to fix {fixable} of them."),
    }
    if let Some(code) = code {
        let _ = writeln!(out, "Run `connspec explain {code}` for details.");
    }
    out
}

/// A diagnostic: the message, the position and the source lines.
fn render(file: &Checked, found: &Diagnostic, width: usize, wrap_at: usize) -> String {
    let (line, column) = position(file.document.text(), found.range.start, Encoding::Utf32);
    let origin = format!("{}:{line}:{column}", file.path);
    message(found, wrap_at) + &source_lines(file, found, Some(&origin), width)
}

fn see(link: &str) -> String {
    let dim = style::DIM;
    if link.is_empty() { String::new() } else { format!("{dim}  see {link}{dim:#}\n") }
}

/// Severity, code and message of a diagnostic.
pub(in crate::cli) fn message(found: &Diagnostic, wrap_at: usize) -> String {
    let (color, strong) = (style::of(found.severity), style::STRONG);
    let head = format!("{}[{}]", found.severity.as_str(), found.code);
    let text = format!("{head}: {}", sanitize_terminal(&found.message));
    let mut out = String::new();
    for line in wrap(&text, wrap_at) {
        match text[line.clone()].strip_prefix(&head) {
            Some(rest) if line.start == 0 => _ = writeln!(out, "{color}{head}{color:#}{strong}{rest}{strong:#}"),
            _ => _ = writeln!(out, "{strong}{}{strong:#}", &text[line]),
        }
    }
    out
}

/// The source lines of a diagnostic with its ranges underlined.
pub(in crate::cli) fn source_lines(file: &Checked, found: &Diagnostic, origin: Option<&str>, width: usize) -> String {
    let related = found.related.iter().map(|related| Mark::related(related.range.clone(), &related.message));
    let marks: Vec<_> = [Mark::primary(found.range.clone())].into_iter().chain(related).collect();
    snippet::render(&without_secrets(file), found.severity, origin, &marks, width)
}

/// The text with an asterisk in place of every byte of a secret: more people read the log of a build than the file.
fn without_secrets(file: &Checked) -> Cow<'_, Text> {
    let secrets = file.diagnostics.iter().filter(|found| found.is_about_secret());
    secrets.fold(Cow::Borrowed(file.document.text()), |text, found| {
        Cow::Owned(text.edit(found.range.clone(), &"*".repeat(found.range.len())))
    })
}
