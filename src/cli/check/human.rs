//! What was found, in words, with the place drawn under the source line.

use std::collections::HashSet;
use std::fmt::Write;
use std::io;

use super::summary::Summary;
use super::{Checked, severity_name};
use crate::cli::draw::{Mark, excerpt, harmless};
use crate::cli::output::Output;
use crate::cli::style;
use crate::cli::wrap::wrap;
use crate::ide::Diagnostic;
use crate::text::Encoding;

/// Prints every finding, and how many there were.
pub(super) fn print(files: &[Checked], summary: &Summary, output: &mut Output) -> io::Result<()> {
    let mut linked = HashSet::new();
    for file in files {
        for diagnostic in &file.diagnostics {
            let link = linked.insert(diagnostic.code).then_some(diagnostic.link);
            output.print(&finding(file, diagnostic, link, output.width(), output.wrap_at()))?;
            output.print("\n")?;
        }
    }
    if summary.files == 0 {
        return Ok(());
    }
    let style = summary.worst().map_or(style::GOOD, style::of);
    output.print(&format!("{style}{}{style:#}\n", summary.words()))
}

/// One finding: severity, code and words; the place; the source line; where to read more.
pub(in crate::cli) fn finding(
    file: &Checked,
    found: &Diagnostic,
    link: Option<&str>,
    width: usize,
    wrap_at: usize,
) -> String {
    let (text, frame, strong, dim) = (file.document.text(), style::FRAME, style::STRONG, style::DIM);
    let color = style::of(found.severity);
    let head = format!("{}[{}]", severity_name(found.severity), found.code);
    let mut out = String::new();
    let words = format!("{head}: {}", harmless(&found.message));
    for line in wrap(&words, wrap_at) {
        match words[line.clone()].strip_prefix(&head) {
            Some(rest) if line.start == 0 => _ = writeln!(out, "{color}{head}{color:#}{strong}{rest}{strong:#}"),
            _ => _ = writeln!(out, "{strong}{}{strong:#}", &words[line]),
        }
    }
    let start = text.position(found.range.start, Encoding::Utf32);
    let place = format!("{}:{}:{}", harmless(&file.path), start.line + 1, start.column + 1);
    let _ = writeln!(out, "{frame}  -->{frame:#} {place}");
    let main = Mark { range: found.range.clone(), sign: '^', style: color, label: "" };
    let others = found.related.iter().map(|related| Mark {
        range: related.range.clone(),
        sign: '-',
        style: frame,
        label: &related.message,
    });
    out.push_str(&excerpt(text, &[main].into_iter().chain(others).collect::<Vec<_>>(), width));
    if let Some(link) = link.filter(|link| !link.is_empty()) {
        let _ = writeln!(out, "{dim}  see {link}{dim:#}");
    }
    out
}
