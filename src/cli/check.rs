//! `connspec check`: the diagnostics of files, folders and standard input, the same as in an editor.

use std::env;
use std::io;
use std::iter::repeat_n;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use self::inputs::Input;
use self::summary::Summary;
use super::COULD_NOT_RUN;
use super::output::{Output, report_error, report_warning};
use super::terminal::sanitize_terminal;
use crate::document::Document;
use crate::lint::{self, Diagnostic, Facts, Severity};
use crate::project::{self, Problem, Project, Projects};
use crate::text::{Edit, Encoding, Text};

mod fingerprints;
mod fix;
mod github;
pub(super) mod human;
mod inputs;
mod json;
mod junit;
mod parallel;
mod sarif;
pub(super) mod summary;

pub(super) const LONG_ABOUT: &str = "Check connection specs for problems

Each PATH is a file (checked whatever its name), a folder (searched for *connectionSpec.json, without hidden files and \
those that git ignores) or - for standard input. Without a PATH, the current folder is searched. Files that aren't \
connection specs are skipped.

With --fix, all problems with a safe fix are fixed, and the remaining ones are reported. A file is replaced completely or \
not at all; the fixed text of standard input is printed. --diff shows the same changes and writes nothing.

A file connspec.toml, in the folder of the spec or in one above it, sets the severity of rules and ignores single \
problems (standard input: the severities of the current folder apply):
  [rules]
  unknown-key = \"off\"   # or \"hint\", \"info\", \"warning\", \"error\"

  [[ignore]]
  file = \"acme/acme-connectionSpec.json\"
  pointer = \"/sourceSpec/attributes\"
  code = \"missing-key\"
Problems of that file have the code project-file: errors, and warnings for entries without effect.";

pub(super) const AFTER_LONG_HELP: &str = r#"Examples:
  connspec check
  connspec check --fix acme/acme-connectionSpec.json
  connspec check --format sarif > connspec.sarif

Exit codes:
  0  no errors; with --deny warnings, no warnings either
  1  errors; with --deny warnings, errors or warnings
  2  a file could not be checked (missing, unreadable, not UTF-8), or wrong arguments
With --fix, the remaining problems decide. With --diff, 1 means that files would change.

With --format json, one object is printed:
  { "files": [ { "path": "acme-connectionSpec.json",
                 "diagnostics": [ { "code": "duplicate-key", "severity": "warning",
                                    "message": "...",
                                    "range": { "start": { "line": 3, "column": 5, "offset": 31 },
                                               "end":   { "line": 3, "column": 11, "offset": 37 } },
                                    "link": "https://...",
                                    "related": [ { "range": {...}, "message": "..." } ] } ] } ],
    "failures": [ { "path": "missing.json", "message": "..." } ],
    "summary": { "files": 1, "errors": 0, "warnings": 1, "infos": 0, "hints": 0 } }

  files     each connspec.toml with problems; each checked file, sorted by path
  failures  the files that could not be checked, and why
  severity  error, warning, info or hint
  line      from 1
  column    from 1, in characters (Unicode scalar values)
  offset    from 0, in bytes; the end of a range is exclusive

The formats sarif, github and junit are for code scanning, GitHub Actions and test reports. Their
paths are relative to the current folder, so run connspec in the root of the repository. Files that
could not be checked are reported there as well as on standard error.
  sarif     info and hint are notes
  github    errors, warnings and notices (info and hint)
  junit     a problem that fails the check is a failed test case, any other a passed one with output"#;

/// The arguments of `connspec check`.
#[derive(Debug, Args)]
pub struct CheckArguments {
    /// Files, folders, or - for standard input [default: the current folder]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
    /// Exit with 1 for warnings too: --deny warnings
    #[arg(long, value_name = "LEVEL", hide_possible_values = true)]
    deny: Option<Deny>,
    /// Fix all problems with a safe fix, then report the remaining ones
    #[arg(long)]
    fix: bool,
    /// Show what --fix would change, without writing
    #[arg(long, conflicts_with_all = ["format", "deny"])]
    diff: bool,
}

/// An output format of `connspec check`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Text with source lines
    Human,
    /// One JSON object
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations of GitHub Actions
    Github,
    /// JUnit XML, for test reports
    Junit,
}

/// What fails a check besides errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Deny {
    /// Warnings.
    Warnings,
}

/// A file and its diagnostics, in the order of their positions.
pub(super) struct Checked {
    /// As given on the command line, or as found below a folder.
    pub(super) path: String,
    pub(super) document: Document,
    /// Those that are shown.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// The severities of all diagnostics, also of those that are not shown.
    found: Vec<Severity>,
    /// How many problems `--fix` has fixed.
    fixed: usize,
    /// How many of the diagnostics `--fix` would fix.
    fixable: usize,
}

/// A file that could not be checked.
struct Failure {
    path: String,
    message: String,
}

struct Report {
    /// Sorted by path.
    files: Vec<Checked>,
    failures: Vec<Failure>,
    summary: Summary,
}

impl Checked {
    fn new(path: &str, content: impl Into<String>, facts: &Facts) -> Checked {
        let document = document(path, content);
        let all = lint::all_diagnostics(&document, facts);
        Checked::of(path, document, facts, all)
    }

    /// With the edits that `--fix` would make.
    fn with_edits(path: &str, content: impl Into<String>, facts: &Facts) -> (Checked, Vec<Edit>) {
        let document = document(path, content);
        let (all, edits) = lint::all_diagnostics_and_edits(&document, facts);
        (Checked::of(path, document, facts, all), edits)
    }

    fn of(path: &str, document: Document, facts: &Facts, all: Vec<Diagnostic>) -> Checked {
        let unlisted = repeat_n(Severity::Error, document.tree().unlisted_errors());
        let found = all.iter().map(|diagnostic| diagnostic.severity).chain(unlisted).collect();
        let diagnostics = lint::shown(&document, facts, all);
        Checked { path: path.to_owned(), document, diagnostics, found, fixed: 0, fixable: 0 }
    }

    /// Whether it was checked at all: files that aren't connection specs are skipped.
    fn was_checked(&self) -> bool {
        self.document.kind().is_some() || !self.diagnostics.is_empty()
    }
}

fn document(path: &str, content: impl Into<String>) -> Document {
    // A text on standard input has no name, and is meant to be a spec.
    let name = if path == inputs::STDIN { project::SPEC_FILE_SUFFIX } else { path };
    Document::new(name, 0, Text::new(content))
}

impl Format {
    /// Prints a report in this format: the same bytes for the same report on every machine.
    fn printer(self) -> fn(&Report, &mut Output) -> io::Result<()> {
        match self {
            Format::Human => human::print,
            Format::Json => json::print,
            Format::Sarif => sarif::print,
            Format::Github => github::print,
            Format::Junit => junit::print,
        }
    }
}

pub(super) fn run(arguments: &CheckArguments, output: &mut Output) -> io::Result<ExitCode> {
    let (inputs, mut failures) = inputs::find(&arguments.paths);
    let projects = Projects::default();
    if arguments.diff {
        return fix::print_diff(&inputs, &projects, failures, output);
    }
    let fixes_stdin = arguments.fix && inputs.contains(&Input::Stdin);
    if fixes_stdin && inputs.len() > 1 {
        report_error("`--fix` with `-` prints the fixed text; it can't be combined with other paths");
        return Ok(ExitCode::from(COULD_NOT_RUN));
    }
    let (checked, unreadable) = for_each(&inputs, |input, content| {
        let facts = facts(input, &projects);
        let file = match arguments.format {
            _ if arguments.fix => fix::fix(input, content, &facts)?,
            Format::Human => fix::count_fixable(input, content, &facts),
            _ => Checked::new(input.name(), content, &facts),
        };
        let unused = unused_entries(input, &file, &facts, &projects);
        Ok((file, unused))
    });
    let (mut files, unused): (Vec<_>, Vec<_>) = checked.into_iter().unzip();
    let unused: Vec<_> = unused.into_iter().flatten().collect();
    failures.extend(unreadable);
    failures.iter().for_each(|failure| report_error(&failure.message));
    if inputs.is_empty() && failures.is_empty() {
        report_warning(&format!("no files named *{} found; nothing was checked", project::SPEC_FILE_SUFFIX));
    }
    for Checked { path, .. } in files.iter().filter(|file| !file.was_checked()) {
        report_warning(&format!("{} isn't a connection spec; skipped", sanitize_terminal(path)));
    }
    files.splice(..0, projects.all().iter().filter_map(|project| project_file(project, &unused)));
    let summary = Summary::new(&files, arguments.deny.is_some());
    let report = Report { files, failures, summary };
    if fixes_stdin {
        fix::print_stdin(&report, output)?;
    } else {
        arguments.format.printer()(&report, output)?;
    }
    Ok(match (report.failures.is_empty(), report.summary.fails()) {
        (false, _) => ExitCode::from(COULD_NOT_RUN),
        (true, false) => ExitCode::SUCCESS,
        (true, true) => ExitCode::FAILURE,
    })
}

/// Checks a document without its surroundings.
pub(super) fn check(path: &str, content: &str) -> Checked {
    Checked::new(path, content, &Facts::default())
}

/// Reads the inputs and processes them in parallel. Returns the results in the order of the inputs, and the failures.
fn for_each<T: Send>(
    inputs: &[Input],
    process: impl Fn(&Input, String) -> Result<T, Failure> + Sync,
) -> (Vec<T>, Vec<Failure>) {
    let (mut files, mut failures) = (Vec::new(), Vec::new());
    // A defect in one file must not hide the results of the others.
    let contained = |input: &Input| {
        let work = AssertUnwindSafe(|| input.read().and_then(|content| process(input, content)));
        catch_unwind(work).unwrap_or_else(|_| Err(internal_error(input)))
    };
    for result in parallel::map(inputs, contained) {
        match result {
            Ok(file) => files.push(file),
            Err(failure) => failures.push(failure),
        }
    }
    (files, failures)
}

fn internal_error(input: &Input) -> Failure {
    let name = sanitize_terminal(input.name());
    let message = format!("cannot check {name}: internal error; please report it with the lines above");
    Failure { message, path: input.name().to_owned() }
}

/// Line and column of an offset, both from 1, the column in units of the encoding.
fn position(text: &Text, offset: usize, encoding: Encoding) -> (u32, u32) {
    let position = text.position(offset, encoding);
    (position.line + 1, position.column + 1)
}

/// What is known about the surroundings of an input. Standard input has no path that an `[[ignore]]` entry could name, so
/// only the severities apply to it.
fn facts(input: &Input, projects: &Projects) -> Facts {
    match input {
        Input::File(path, _) => projects.facts(path).0,
        Input::Stdin => {
            let project = projects.for_folder(Path::new("."));
            Facts { levels: project.map(|project| project.levels(None)).unwrap_or_default(), ..Facts::default() }
        }
    }
}

/// The `[[ignore]]` entries for an input that ignore nothing in it, each with the path of its `connspec.toml`.
fn unused_entries(input: &Input, file: &Checked, facts: &Facts, projects: &Projects) -> Vec<(PathBuf, Problem)> {
    let Input::File(path, _) = input else { return Vec::new() };
    let unused = lint::unused_ignores(&file.document, facts);
    let Some(project) = projects.for_file(path).filter(|_| !unused.is_empty()) else { return Vec::new() };
    let problems = project.unused_entries(path, &unused).into_iter();
    problems.map(|problem| (project.path().to_owned(), problem)).collect()
}

/// The problems of a `connspec.toml`, if it has any. Most are errors: the severities in the file may not be those meant.
fn project_file(project: &Project, unused: &[(PathBuf, Problem)]) -> Option<Checked> {
    let unused = unused.iter().filter(|(path, _)| path == project.path()).map(|(_, problem)| problem);
    let mut problems: Vec<&Problem> = project.problems().iter().chain(unused).collect();
    problems.sort_by_key(|problem| problem.range.start);
    let diagnostics = problems.into_iter().map(|problem| Diagnostic {
        code: project::PROJECT_FILE_CODE,
        severity: problem.severity,
        range: problem.range.clone(),
        message: problem.message.clone(),
        link: "",
        related: Vec::new(),
        tag: None,
        fixes: Vec::new(),
    });
    let diagnostics: Vec<_> = diagnostics.collect();
    let current = env::current_dir().unwrap_or_default();
    let path = project.path().strip_prefix(current).unwrap_or(project.path()).display().to_string();
    let document = Document::new(path.clone(), 0, Text::new(project.masked_text()));
    let found: Vec<_> = diagnostics.iter().map(|diagnostic| diagnostic.severity).collect();
    (!found.is_empty()).then_some(Checked { path, document, diagnostics, found, fixed: 0, fixable: 0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_in_one_file_hides_no_other_result() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        let inputs =
            ["Cargo.toml", "README.md", "build.rs"].map(|name| Input::File(folder.join(name), name.to_owned()));
        let (files, failures) = for_each(&inputs, |input, _| {
            assert!(input.name() != "README.md", "a defect");
            Ok(input.name().to_owned())
        });
        assert_eq!(files, ["Cargo.toml", "build.rs"]);
        let messages: Vec<&str> = failures.iter().map(|failure| failure.message.as_str()).collect();
        assert_eq!(messages, ["cannot check README.md: internal error; please report it with the lines above"]);
    }
}
