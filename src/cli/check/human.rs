//! What was found, in words, with the place drawn under the source line.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt::Write;
use std::io;

use super::summary::Summary;
use super::{Checked, Report, place, severity_name, threads};
use crate::cli::draw::{Mark, excerpt, harmless};
use crate::cli::output::Output;
use crate::cli::style;
use crate::cli::wrap::wrap;
use crate::lint::Diagnostic;
use crate::lint::Severity;
use crate::text::{Encoding, Text};

/// Prints every finding, and how many there were; nothing where nothing was checked.
pub(super) fn print(report: &Report, output: &mut Output) -> io::Result<()> {
    if !report.files.iter().any(Checked::was_checked) {
        return Ok(());
    }
    let (width, wrap_at) = (output.width(), output.wrap_at());
    let pictures = threads::map(&report.files, |file| {
        file.diagnostics.iter().map(|found| finding(file, found, width, wrap_at)).collect::<Vec<_>>()
    });
    let mut linked = HashSet::new();
    for (file, pictures) in report.files.iter().zip(pictures) {
        for (found, picture) in file.diagnostics.iter().zip(pictures) {
            let link = if linked.insert(found.code) { see(found.link) } else { String::new() };
            output.print(&(picture + &link + "\n"))?;
        }
    }
    output.print(&closing(&report.summary))
}

/// The closing line, in the colour of the worst finding; of an error where the check failed.
pub(in crate::cli) fn closing(summary: &Summary) -> String {
    let worst = if summary.fails() { Some(Severity::Error) } else { summary.worst() };
    let style = worst.map_or(style::GOOD, style::of);
    format!("{style}{}{style:#}\n", summary.words())
}

/// One finding: what is wrong, where, the source line.
fn finding(file: &Checked, found: &Diagnostic, width: usize, wrap_at: usize) -> String {
    let frame = style::FRAME;
    let (line, column) = place(file.document.text(), found.range.start, Encoding::Utf32);
    let place = format!("{}:{line}:{column}", harmless(&file.path));
    let (head, drawn) = (head(found, wrap_at), drawn(file, found, width));
    format!("{head}{frame}  -->{frame:#} {place}\n{drawn}")
}

/// Where to read more, if anywhere.
fn see(link: &str) -> String {
    let dim = style::DIM;
    if link.is_empty() { String::new() } else { format!("{dim}  see {link}{dim:#}\n") }
}

/// Severity, code and words of a finding.
pub(in crate::cli) fn head(found: &Diagnostic, wrap_at: usize) -> String {
    let (color, strong) = (style::of(found.severity), style::STRONG);
    let head = format!("{}[{}]", severity_name(found.severity), found.code);
    let words = format!("{head}: {}", harmless(&found.message));
    let mut out = String::new();
    for line in wrap(&words, wrap_at) {
        match words[line.clone()].strip_prefix(&head) {
            Some(rest) if line.start == 0 => _ = writeln!(out, "{color}{head}{color:#}{strong}{rest}{strong:#}"),
            _ => _ = writeln!(out, "{strong}{}{strong:#}", &words[line]),
        }
    }
    out
}

/// The source lines of a finding with its places underlined.
pub(in crate::cli) fn drawn(file: &Checked, found: &Diagnostic, width: usize) -> String {
    let color = style::of(found.severity);
    let main = Mark { range: found.range.clone(), sign: Some('^'), style: color, label: "" };
    let others = found.related.iter().map(|related| Mark {
        range: related.range.clone(),
        sign: Some('-'),
        style: style::FRAME,
        label: &related.message,
    });
    excerpt(&without_secrets(file), &[main].into_iter().chain(others).collect::<Vec<_>>(), width)
}

/// The text of a file as it may stand in the log of a build, which more people read than the file: every byte of what was
/// found to be a secret is a star.
fn without_secrets(file: &Checked) -> Cow<'_, Text> {
    let secrets = file.diagnostics.iter().filter(|finding| finding.is_about_a_secret());
    secrets.fold(Cow::Borrowed(file.document.text()), |text, finding| {
        Cow::Owned(text.edit(finding.range.clone(), &"*".repeat(finding.range.len())))
    })
}
