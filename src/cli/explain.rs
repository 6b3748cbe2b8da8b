//! `connspec explain`: what a rule reports, why, and how to fix what it reports.

use std::fmt::Write;
use std::io;
use std::process::ExitCode;

use clap::Args;

use super::COULD_NOT_RUN;
use super::markdown;
use super::output::{Output, report_error};
use super::style;
use super::terminal::sanitize_terminal;
use crate::document::Document;
use crate::ide::{self, Action};
use crate::lint::{self, Diagnostic, Facts, RULES, Rule};
use crate::project;
use crate::spec::spelling;
use crate::text::Text;
use crate::text::english::capitalize;

pub(super) const LONG_ABOUT: &str = "Explain a rule

Shows what the rule reports, why, an example with its fixes, and how to turn the rule off. Without a CODE all rules are \
listed. The output is formatted in a terminal and Markdown elsewhere.";

pub(super) const AFTER_LONG_HELP: &str = "Examples:
  connspec explain
  connspec explain missing-key";

/// The arguments of `connspec explain`.
#[derive(Debug, Args)]
pub struct ExplainArguments {
    /// The code of a rule, such as missing-key in error[missing-key] [default: all rules]
    #[arg(value_name = "CODE")]
    code: Option<String>,
}

/// The page of the one code that belongs to no rule.
const PROJECT_FILE: &str = "# project-file (error, warning)

A problem in `connspec.toml`: invalid TOML, an unknown rule, level or key, or an `[[ignore]]` entry without `file`, \
`pointer` or `code` (error); an `[[ignore]]` entry that ignores nothing, as its file does not exist or the rule reports \
nothing there (warning).

## Why is this a problem?

What is wrong has no effect: a rule that you turned off may be on, or the other way round. The rest of the file applies. \
An entry that ignores nothing today hides a problem of tomorrow: remove it. `connspec check` reports those of the files \
that it checks, unless a file has syntax errors or the rule is off. This check cannot be turned off.

## Use instead

```toml
[rules]
unknown-key = \"off\"       # or \"hint\", \"info\", \"warning\", \"error\"

[[ignore]]
file = \"acme/acme-connectionSpec.json\"
pointer = \"/sourceSpec/attributes\"
code = \"missing-key\"
```
";

pub(super) fn run(arguments: &ExplainArguments, output: &mut Output) -> io::Result<ExitCode> {
    let Some(code) = &arguments.code else {
        output.print(&if output.is_for_a_person() { table(output.width()) } else { markdown_table() })?;
        return Ok(ExitCode::SUCCESS);
    };
    if code == project::PROJECT_FILE_CODE {
        markdown::print(PROJECT_FILE, output)?;
        return Ok(ExitCode::SUCCESS);
    }
    let Some(rule) = RULES.iter().find(|rule| rule.code == code) else {
        let meant = spelling::closest(code, RULES.iter().map(|rule| rule.code));
        let hint = meant.map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default();
        report_error(&format!(
            "unknown rule `{}`{hint}\n\nRun `connspec explain` to list all rules.",
            sanitize_terminal(code)
        ));
        return Ok(ExitCode::from(COULD_NOT_RUN));
    };
    markdown::print(&page(rule), output)?;
    Ok(ExitCode::SUCCESS)
}

/// All rules in the columns of a terminal.
fn table(width: usize) -> String {
    let (strong, dim) = (style::STRONG, style::DIM);
    let longest = |text: fn(&Rule) -> String| RULES.iter().map(|rule| text(rule).len()).max().unwrap_or_default();
    let (codes, severities) = (longest(|rule| rule.code.to_owned()), longest(severities));
    let left = codes + severities + 4;
    let mut out = format!("{strong}{:codes$}  {:severities$}  Reports{strong:#}\n", "Code", "Severity");
    for rule in RULES {
        let lines = markdown::lines(rule.finds, width.saturating_sub(left).max(MIN_DESCRIPTION));
        let (color, levels) = (style::of(rule.severities[0]), self::severities(rule));
        let _ =
            write!(out, "{:codes$}  {color}{levels}{color:#}{:gap$}", rule.code, "", gap = severities - levels.len());
        for (at, line) in lines.iter().enumerate() {
            let indent = if at == 0 { 2 } else { left };
            let _ = writeln!(out, "{:indent$}{line}", "");
        }
    }
    out + &format!("\n{dim}Run `connspec explain CODE` for the details of a rule.{dim:#}\n")
}

/// The columns of the last column in a terminal that is too narrow.
const MIN_DESCRIPTION: usize = 30;

/// All rules as a table in Markdown.
fn markdown_table() -> String {
    let mut out = "| Code | Severity | Reports |\n|---|---|---|\n".to_owned();
    for rule in RULES {
        let _ = writeln!(out, "| `{}` | {} | {} |", rule.code, severities(rule), rule.finds);
    }
    out
}

/// The documentation of a rule, in Markdown.
pub(super) fn page(rule: &Rule) -> String {
    let Rule { code, finds, why, wrong, right, link, .. } = rule;
    let place = match rule.at {
        "" => "At the top level of the spec".to_owned(),
        surroundings if rule.checks_environment() => format!("In {surroundings}"),
        path => format!("In `{path}`"),
    };
    let language = if rule.checks_environment() { "text" } else { "json" };
    let kinds = match rule.every_kind {
        true => "Applies to all connection specs.",
        false => "Applies to specs of type `generic-rest` and `generic-streaming`.",
    };
    let mut out = format!("# {code} ({})\n\n{}. {kinds}\n\n", severities(rule), capitalize(finds));
    let _ = write!(out, "## Why is this a problem?\n\n{why}\n\n");
    let _ = write!(out, "## Example\n\n{place}:\n\n```{language}\n{wrong}\n```\n\n{}", example_result(rule));
    let _ = write!(out, "## Use instead\n\n```{language}\n{right}\n```\n\nSee {link}\n\n");
    let _ = write!(out, "## Turn it off\n\nIn `connspec.toml`:\n\n```toml\n[rules]\n{code} = \"off\"\n```\n");
    out
}

/// The message that the rule reports for its own example, and the fixes that an editor offers.
fn example_result(rule: &Rule) -> String {
    let document = Document::new("example-connectionSpec.json", 0, Text::new(rule.example(rule.wrong)));
    let Some(start) = document.source().find(rule.wrong) else { return String::new() };
    let is_meant = |found: &Diagnostic| found.code == rule.code && found.range.start >= start;
    let Some(found) = lint::diagnostics(&document, &Facts::default()).into_iter().find(is_meant) else {
        return String::new();
    };
    let mut out = format!("> {}\n\n", found.message);
    let fixes_it = |action: &Action| action.diagnostic.as_ref().is_some_and(|fixed| fixed.code == rule.code);
    let actions = ide::actions(&document, &Facts::default(), found.range);
    let titles: String =
        actions.iter().filter(|action| fixes_it(action)).map(|action| format!("- {}\n", action.title)).collect();
    if !titles.is_empty() {
        let _ = write!(out, "Fixes in an editor:\n\n{titles}\n");
    }
    out
}

/// The severities of a rule: `error, warning`.
fn severities(rule: &Rule) -> String {
    rule.severities.iter().map(|severity| severity.as_str()).collect::<Vec<_>>().join(", ")
}
