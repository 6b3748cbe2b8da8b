//! `connspec check`: the findings of the editor, for files, folders and standard input.

use crate::lint;
use std::io;
use std::path::Path;
use std::process::ExitCode;

use self::find::Input;
use self::summary::Summary;
use super::output::{Output, complain};
use super::{COULD_NOT_RUN, CheckArguments, Deny, Format};
use crate::document::Document;
use crate::lint::Diagnostic;
use crate::lint::Facts;
use crate::lint::Severity;
use crate::project::{self, Projects};
use crate::text::{Encoding, Text};

mod find;
mod fix;
mod github;
pub(super) mod human;
mod json;
mod junit;
mod names;
mod projects;
mod read;
mod sarif;
pub(super) mod summary;
mod threads;

pub(super) use read::reason;

/// The long help.
pub(super) const LONG_ABOUT: &str = "Check connection specs and show what is wrong with them.

Each PATH is a file (checked whatever its name), a folder (searched for files named *connectionSpec.json; files that \
git ignores and hidden ones are left out) or - for standard input. Without a PATH the current folder is searched.

The findings are those that an editor shows. A file that is no connection spec has none.

With --fix, what only one thing can be meant by is mended in the files first, and what is left is shown; a file is \
replaced as a whole or not at all. With - the mended text goes to standard output, and nothing else does. --diff shows \
the same changes as a unified diff and writes nothing.

In a file connspec.toml, in the folder of the spec or in one above it, a team sets how much each rule matters, and where \
its findings are not shown (for standard input: in the current folder, without the places):
  [rules]
  unknown-key = \"off\"   # or \"hint\", \"info\", \"warning\", \"error\"

  [[ignore]]
  file = \"acme/acme-connectionSpec.json\"
  pointer = \"/sourceSpec/attributes\"
  code = \"missing-key\"
What is wrong with that file is an error with the code project-file.";

/// What the long help ends with.
pub(super) const AFTER_LONG_HELP: &str = r#"Exit codes:
  0  no finding of severity error; with --deny warnings none of severity warning either
  1  at least one such finding
  2  something could not be checked (missing, unreadable, not UTF-8), or wrong arguments
With --fix that is said of what is left; with --diff 1 means that something would change.

With --format json one object is printed:
  { "files": [ { "path": "acme-connectionSpec.json",
                 "diagnostics": [ { "code": "duplicate-key", "severity": "warning",
                                    "message": "...",
                                    "range": { "start": { "line": 3, "column": 5, "offset": 31 },
                                               "end":   { "line": 3, "column": 11, "offset": 37 } },
                                    "link": "https://...",
                                    "related": [ { "range": {...}, "message": "..." } ] } ] } ],
    "failures": [ { "path": "gone.json", "message": "..." } ],
    "summary": { "files": 1, "errors": 0, "warnings": 1, "information": 0, "hints": 0 } }

  files     every connspec.toml that is wrong; every file that was checked, in the order of their paths
  failures  what could not be checked, and why
  severity  error, warning, information or hint
  line      from 1
  column    from 1, in characters (Unicode scalar values)
  offset    from 0, in bytes; the end of a range is the place after its last character

--format sarif, github and junit print what code scanning, GitHub Actions and test reports read.
Paths in them start from the current folder, so run it where the repository begins. What could not
be checked is told there as well as on standard error.
  sarif     severities stay what they are; information and hint are notes
  github    the same: annotations of level error, warning and notice
  junit     a finding that fails the check is a failed case, any other a passed case with output"#;

/// One file and what was found in it, in the order of the places.
pub(super) struct Checked {
    /// As the person wrote it, or as it was found below the folder.
    pub(super) path: String,
    /// The content.
    pub(super) document: Document,
    /// What was found.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// How much of it was mended.
    fixed: usize,
}

/// Something that could not be checked.
struct Failure {
    path: String,
    message: String,
}

/// What the check came to.
struct Report {
    /// What was checked, in the order of the paths.
    files: Vec<Checked>,
    /// What could not be.
    failures: Vec<Failure>,
    /// How much was found.
    summary: Summary,
}

impl Checked {
    /// Whether anything was looked for in it. In a file that is no connection spec nothing is.
    fn was_checked(&self) -> bool {
        self.document.kind().is_some() || !self.diagnostics.is_empty()
    }
}

impl Format {
    /// What prints a report in this format: the same bytes for the same report, whatever the machine.
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

/// Checks what the arguments name and prints what was found.
pub(super) fn run(arguments: &CheckArguments, output: &mut Output) -> io::Result<ExitCode> {
    let (inputs, mut failures) = find::inputs(&arguments.paths);
    let projects = Projects::default();
    if arguments.diff {
        return fix::show(&inputs, &projects, failures, output);
    }
    if arguments.fix && inputs.contains(&Input::Stdin) && inputs.len() > 1 {
        complain("with --fix, - goes alone: what comes of it is all that is printed");
        return Ok(ExitCode::from(COULD_NOT_RUN));
    }
    let (mut files, unreadable) = look_at_all(&inputs, |input, content| {
        let facts = facts(input, &projects);
        if arguments.fix { fix::fix(input, &content, &facts) } else { Ok(check_with(input.shown(), content, &facts)) }
    });
    failures.extend(unreadable);
    failures.iter().for_each(|failure| complain(&failure.message));
    if inputs.is_empty() && failures.is_empty() {
        complain(&format!("no file named *{} was found, so nothing was checked", project::SPEC_FILE_SUFFIX));
    }
    for Checked { path, .. } in files.iter().filter(|file| !file.was_checked()) {
        complain(&format!("{path} is no connection spec, so nothing in it was checked"));
    }
    files.splice(..0, projects::broken(&projects));
    let summary = match arguments.deny {
        Some(Deny::Warnings) => Summary::of(&files).denying_warnings(),
        None => Summary::of(&files),
    };
    let report = Report { files, failures, summary };
    if arguments.fix && inputs.contains(&Input::Stdin) {
        fix::print(&report, output)?;
    } else {
        arguments.format.printer()(&report, output)?;
    }
    Ok(match (report.failures.is_empty(), report.summary.fails()) {
        (false, _) => ExitCode::from(COULD_NOT_RUN),
        (true, false) => ExitCode::SUCCESS,
        (true, true) => ExitCode::FAILURE,
    })
}

/// Checks one document of which nothing else is known.
pub(super) fn check(path: &str, content: &str) -> Checked {
    check_with(path, content, &Facts::default())
}

fn check_with(path: &str, content: impl Into<String>, facts: &Facts) -> Checked {
    let document = Document::new(path, 0, Text::new(content));
    let diagnostics = lint::diagnostics(&document, facts);
    Checked { path: path.to_owned(), document, diagnostics, fixed: 0 }
}

/// Reads the inputs and looks at each, on all processors. What came of them, in their order, and what could not be read.
fn look_at_all<T: Send>(
    inputs: &[Input],
    look: impl Fn(&Input, String) -> Result<T, Failure> + Sync,
) -> (Vec<T>, Vec<Failure>) {
    let (mut files, mut failures) = (Vec::new(), Vec::new());
    for result in threads::map(inputs, |input| read::read(input).and_then(|content| look(input, content))) {
        match result {
            Ok(file) => files.push(file),
            Err(failure) => failures.push(failure),
        }
    }
    (files, failures)
}

/// Line and column of an offset, both from 1, the column in units of the encoding.
fn place(text: &Text, offset: usize, encoding: Encoding) -> (u32, u32) {
    let position = text.position(offset, encoding);
    (position.line + 1, position.column + 1)
}

/// What is known of the world outside an input. A text from standard input is no file: of the project in the current
/// folder only the levels are for it.
fn facts(input: &Input, projects: &Projects) -> Facts {
    match input {
        Input::File(path, _) => projects.facts(path).0,
        Input::Stdin => {
            let project = projects.for_folder(Path::new("."));
            Facts { levels: project.map(|project| project.levels(None)).unwrap_or_default(), ..Facts::default() }
        }
    }
}

/// The word for a severity.
pub(super) fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information => "information",
        Severity::Hint => "hint",
    }
}
