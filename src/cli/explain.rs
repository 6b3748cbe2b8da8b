//! `connspec explain`: what a rule finds, why, and what to do about it.

use crate::lint;
use std::fmt::Write;
use std::io;
use std::process::ExitCode;

use super::check::severity_name;
use super::draw::harmless;
use super::markdown;
use super::output::{Output, complain};
use super::{COULD_NOT_RUN, ExplainArguments};
use crate::document::Document;
use crate::ide::{self, Action};
use crate::lint::Diagnostic;
use crate::lint::Facts;
use crate::lint::RULES;
use crate::lint::Rule;
use crate::project;
use crate::spec::near;
use crate::text::Text;

/// The long help.
pub(super) const LONG_ABOUT: &str = "Tell what a rule finds and why, with an example.

CODE is what stands in brackets behind error or warning: duplicate-key. Without a CODE all rules are listed. On a \
terminal it is set for reading, elsewhere it is Markdown.";

/// What is told of the one code that no rule has.
const OF_THE_PROJECT: &str = "# project-file (error)

Finds: what is wrong with `connspec.toml`: text that is not TOML, a rule or level that there is not, an `[[ignore]]` entry \
without its `file`, `pointer` or `code`, a key without a meaning.

What is wrong there has no effect, so a rule that was to be off is on, or the other way round. The rest of the file counts. \
It cannot be switched off.

Right:

```toml
[rules]
unknown-key = \"off\"       # or \"hint\", \"info\", \"warning\", \"error\"

[[ignore]]
file = \"acme/acme-connectionSpec.json\"
pointer = \"/sourceSpec/attributes\"
code = \"missing-key\"
```
";

/// Prints the documentation of a rule, or the list of rules.
pub(super) fn run(arguments: &ExplainArguments, output: &mut Output) -> io::Result<ExitCode> {
    let Some(code) = &arguments.code else {
        markdown::print(&list(), output)?;
        return Ok(ExitCode::SUCCESS);
    };
    if code == project::PROJECT_FILE_CODE {
        markdown::print(OF_THE_PROJECT, output)?;
        return Ok(ExitCode::SUCCESS);
    }
    let Some(rule) = RULES.iter().find(|rule| rule.code == code) else {
        complain(&unknown(code));
        return Ok(ExitCode::from(COULD_NOT_RUN));
    };
    markdown::print(&explained(rule), output)?;
    Ok(ExitCode::SUCCESS)
}

/// All rules, a line each.
fn list() -> String {
    let mut out = String::new();
    for rule in RULES {
        let _ = writeln!(out, "- `{}` ({}): {}", rule.code, severities(rule), rule.finds);
    }
    out + "\n`connspec explain CODE` tells more of one.\n"
}

fn unknown(code: &str) -> String {
    let codes = RULES.iter().map(|rule| rule.code);
    let meant = near::nearest(code, codes.clone()).map(|near| format!(" Did you mean `{near}`?")).unwrap_or_default();
    let mut out = format!("no rule has the code `{}`.{meant}\n\nThe codes are:", harmless(code));
    codes.for_each(|code| _ = write!(out, "\n  {code}"));
    out
}

/// The documentation of a rule, in Markdown.
pub(super) fn explained(rule: &Rule) -> String {
    let Rule { code, finds, why, wrong, right, link, .. } = rule;
    let place = match rule.at {
        "" => "at the outermost level of the spec".to_owned(),
        folder if rule.is_about_surroundings() => format!("in {folder}"),
        path => format!("in `{path}`"),
    };
    let language = if rule.is_about_surroundings() { "text" } else { "json" };
    let kinds = match rule.looks_at_every_kind() {
        true => "It looks at connection specs of every kind.",
        false => "It looks at specs of the types `generic-rest` and `generic-streaming`.",
    };
    let mut out = format!("# {code} ({})\n\nFinds: {finds}. {kinds}\n\n{why}\n\n", severities(rule));
    let _ = write!(out, "Wrong, {place}:\n\n```{language}\n{wrong}\n```\n\n");
    out.push_str(&said_of_example(rule).unwrap_or_default());
    let _ = write!(out, "Right:\n\n```{language}\n{right}\n```\n\nMore: {link}\n\n");
    let _ = write!(out, "To switch it off, write in `connspec.toml`:\n\n```toml\n[rules]\n{code} = \"off\"\n```\n");
    out
}

/// What the rule says of its own example, and the fixes that an editor offers there.
fn said_of_example(rule: &Rule) -> Option<String> {
    let document = Document::new("example-connectionSpec.json", 0, Text::new(rule.example(rule.wrong)));
    let start = document.source().find(rule.wrong)?;
    let is_meant = |found: &Diagnostic| found.code == rule.code && found.range.start >= start;
    let found = lint::diagnostics(&document, &Facts::default()).into_iter().find(is_meant)?;
    let mut out = format!("> {}\n\n", found.message);
    let mends = |action: &Action| action.diagnostic.as_ref().is_some_and(|mended| mended.code == rule.code);
    let actions = ide::actions(&document, &Facts::default(), found.range);
    let titles: String =
        actions.iter().filter(|action| mends(action)).map(|action| format!("- {}\n", action.title)).collect();
    if !titles.is_empty() {
        let _ = write!(out, "An editor offers:\n\n{titles}\n");
    }
    Some(out)
}

/// The severities of a rule: `error, warning`.
fn severities(rule: &Rule) -> String {
    rule.severities.iter().map(|severity| severity_name(*severity)).collect::<Vec<_>>().join(", ")
}
