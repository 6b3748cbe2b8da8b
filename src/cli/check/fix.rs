//! `--fix` and `--diff`: safe fixes, written or shown.

use std::fs;
use std::io;
use std::path::Path;
use std::process::ExitCode;

use similar::{ChangeTag, TextDiff};

use super::inputs::Input;
use super::{Checked, Failure, Report, facts, for_each};
use crate::cli::COULD_NOT_RUN;
use crate::cli::output::{Output, io_message, report_error, report_status};
use crate::cli::style;
use crate::cli::terminal::sanitize_terminal;
use crate::lint::{Facts, Severity};
use crate::project::{self, Projects};
use crate::text::Edit;

/// Applies the safe fixes to an input and checks the result.
pub(super) fn fix(input: &Input, content: String, facts: &Facts) -> Result<Checked, Failure> {
    let (before, edits) = Checked::with_edits(input.name(), content, facts);
    let Some(text) = fixed(&before, &edits) else { return Ok(before) };
    if let Input::File(path, name) = input {
        write(path, before.document.source(), &text).map_err(|error| {
            let message = format!("cannot write {}: {}", sanitize_terminal(name), io_message(&error));
            Failure { path: name.clone(), message }
        })?;
    }
    let mut after = Checked::new(input.name(), text, facts);
    after.fixed = before.found.len().saturating_sub(after.found.len());
    Ok(after)
}

/// Writes a fixed text, unless somebody has written the file meanwhile, or it is a link to a file that nobody named.
fn write(path: &Path, before: &str, text: &str) -> io::Result<()> {
    if fs::symlink_metadata(path)?.is_symlink() {
        return Err(io::Error::other("it is a symbolic link; fix the file that it points to"));
    }
    if fs::read(path)? != before.as_bytes() {
        return Err(io::Error::other("it was changed meanwhile; run connspec again"));
    }
    project::replace_file(path, text)
}

/// Checks an input and counts how many problems `--fix` would fix.
pub(super) fn count_fixable(input: &Input, content: String, facts: &Facts) -> Checked {
    let (mut file, edits) = Checked::with_edits(input.name(), content, facts);
    if let Some(text) = fixed(&file, &edits) {
        let after = Checked::new(&file.path, text, facts);
        file.fixable = file.found.len().saturating_sub(after.found.len());
    }
    file
}

/// Prints the fixed text of standard input, and the summary on standard error.
pub(super) fn print_stdin(report: &Report, output: &mut Output) -> io::Result<()> {
    let Some(file) = report.files.last() else { return Ok(()) };
    output.print(file.document.source())?;
    report_status(&report.summary.text());
    Ok(())
}

/// Prints what `--fix` would change. The exit code is 1 if anything would.
pub(super) fn print_diff(
    inputs: &[Input],
    projects: &Projects,
    mut failures: Vec<Failure>,
    output: &mut Output,
) -> io::Result<ExitCode> {
    // `patch` needs the exact lines, but a terminal must not interpret them.
    let line: fn(&str) -> String = if output.is_terminal() { sanitize_terminal } else { str::to_owned };
    let (diffs, unreadable) = for_each(inputs, |input, content| {
        let facts = facts(input, projects);
        let (file, edits) = Checked::with_edits(input.name(), content.as_str(), &facts);
        Ok(fixed(&file, &edits).map(|fixed| unified_diff(input.name(), &content, &fixed, line)))
    });
    failures.extend(unreadable);
    failures.iter().for_each(|failure| report_error(&failure.message));
    for diff in diffs.iter().flatten() {
        output.print(diff)?;
    }
    let changes = diffs.iter().flatten().count();
    report_status(&match changes {
        0 => "Nothing to fix.".to_owned(),
        1 => "1 file would change.".to_owned(),
        changes => format!("{changes} files would change."),
    });
    Ok(match (failures.is_empty(), changes) {
        (false, _) => ExitCode::from(COULD_NOT_RUN),
        (true, 0) => ExitCode::SUCCESS,
        (true, _) => ExitCode::FAILURE,
    })
}

/// The text with these edits, if there are any.
fn fixed(file: &Checked, edits: &[Edit]) -> Option<String> {
    (!edits.is_empty()).then(|| Edit::apply(file.document.source(), edits))
}

/// A unified diff, as `patch` and `git apply` read it.
fn unified_diff(path: &str, before: &str, after: &str, line: fn(&str) -> String) -> String {
    let (frame, strong) = (style::FRAME, style::STRONG);
    let path = sanitize_terminal(path);
    let mut out = format!("{strong}--- a/{path}{strong:#}\n{strong}+++ b/{path}{strong:#}\n");
    for hunk in TextDiff::from_lines(before, after).unified_diff().iter_hunks() {
        out += &format!("{frame}{}{frame:#}\n", hunk.header());
        for change in hunk.iter_changes() {
            let (sign, style) = match change.tag() {
                ChangeTag::Delete => ('-', style::of(Severity::Error)),
                ChangeTag::Insert => ('+', style::GOOD),
                ChangeTag::Equal => (' ', anstyle::Style::new()),
            };
            let text = change.value().strip_suffix('\n').unwrap_or(change.value());
            out += &format!("{style}{sign}{}{style:#}\n", line(text));
            if change.missing_newline() {
                out += "\\ No newline at end of file\n";
            }
        }
    }
    out
}
