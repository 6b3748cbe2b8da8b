//! `--fix` and `--diff`: what the safe fixes make of a file, written or shown.

use crate::lint;
use std::io;
use std::process::ExitCode;

use similar::{ChangeTag, TextDiff};

use super::find::Input;
use super::read::reason;
use super::{Checked, Failure, Report, check_with, facts, look_at_all};
use crate::cli::COULD_NOT_RUN;
use crate::cli::draw::harmless;
use crate::cli::output::{Output, complain};
use crate::cli::style;
use crate::lint::Facts;
use crate::lint::Severity;
use crate::project::{self, Projects};
use crate::text::Edit;

/// Mends a file, and checks what is left.
pub(super) fn fix(input: &Input, content: &str, facts: &Facts) -> Result<Checked, Failure> {
    let before = check_with(input.shown(), content, facts);
    let Some(mended) = mended(&before, facts) else { return Ok(before) };
    if let Input::File(path, shown) = input {
        let message = |error| format!("cannot write {shown}: {}", reason(&error));
        project::replace_file(path, &mended)
            .map_err(|error| Failure { path: shown.clone(), message: message(error) })?;
    }
    let mut after = check_with(input.shown(), &mended, facts);
    after.fixed = before.diagnostics.len().saturating_sub(after.diagnostics.len());
    Ok(after)
}

/// Prints what came of standard input, and on standard error what is left to do in it.
pub(super) fn print(report: &Report, output: &mut Output) -> io::Result<()> {
    let Some(file) = report.files.last() else { return Ok(()) };
    output.print(file.document.source())?;
    complain(&report.summary.words());
    Ok(())
}

/// Shows what would be mended in the inputs. The exit code says whether anything would.
pub(super) fn show(
    inputs: &[Input],
    projects: &Projects,
    mut failures: Vec<Failure>,
    output: &mut Output,
) -> io::Result<ExitCode> {
    // A program that reads the lines has to find them as they are, a terminal must not obey them.
    let shown: fn(&str) -> String = if output.is_terminal() { harmless } else { str::to_owned };
    let (differences, unreadable) = look_at_all(inputs, |input, content| {
        let facts = facts(input, projects);
        let file = check_with(input.shown(), &content, &facts);
        Ok(mended(&file, &facts).map(|mended| difference(input.shown(), &content, &mended, shown)))
    });
    failures.extend(unreadable);
    failures.iter().for_each(|failure| complain(&failure.message));
    for difference in differences.iter().flatten() {
        output.print(difference)?;
    }
    let files = differences.iter().flatten().count();
    complain(&match files {
        0 => "nothing to mend".to_owned(),
        1 => "1 file would be mended".to_owned(),
        files => format!("{files} files would be mended"),
    });
    Ok(match (failures.is_empty(), files) {
        (false, _) => ExitCode::from(COULD_NOT_RUN),
        (true, 0) => ExitCode::SUCCESS,
        (true, _) => ExitCode::FAILURE,
    })
}

/// The content with all safe fixes in it, if there are any.
fn mended(file: &Checked, facts: &Facts) -> Option<String> {
    let edits = lint::fix_all(&file.document, facts);
    (!edits.is_empty()).then(|| Edit::apply(file.document.source(), &edits))
}

/// A unified diff, as `patch` and `git apply` read it.
fn difference(path: &str, before: &str, after: &str, shown: fn(&str) -> String) -> String {
    let (frame, strong) = (style::FRAME, style::STRONG);
    let path = harmless(path);
    let mut drawn = format!("{strong}--- a/{path}{strong:#}\n{strong}+++ b/{path}{strong:#}\n");
    let diff = TextDiff::from_lines(before, after);
    for hunk in diff.unified_diff().iter_hunks() {
        drawn += &format!("{frame}{}{frame:#}\n", hunk.header());
        for change in hunk.iter_changes() {
            let (sign, style) = match change.tag() {
                ChangeTag::Delete => ('-', style::of(Severity::Error)),
                ChangeTag::Insert => ('+', style::GOOD),
                ChangeTag::Equal => (' ', anstyle::Style::new()),
            };
            let line = change.value().strip_suffix('\n').unwrap_or(change.value());
            drawn += &format!("{style}{sign}{}{style:#}\n", shown(line));
            if change.missing_newline() {
                drawn += "\\ No newline at end of file\n";
            }
        }
    }
    drawn
}
