//! What was found as workflow commands of GitHub Actions, which shows them beside the lines of a pull request.

use std::fmt::Write;
use std::io;

use super::{Checked, Report, place};
use crate::cli::draw::harmless;
use crate::cli::output::Output;
use crate::lint::Diagnostic;
use crate::lint::Severity;
use crate::text::Encoding;

/// Prints one command for each finding and each file that could not be checked, and how many findings there were.
pub(super) fn print(report: &Report, output: &mut Output) -> io::Result<()> {
    let mut out = String::new();
    for file in &report.files {
        for found in &file.diagnostics {
            out.push_str(&command(file, found));
        }
    }
    for failure in &report.failures {
        let (file, message) = (property(&failure.path), data(&harmless(&failure.message)));
        let _ = writeln!(out, "::error file={file},title=not checked::{message}");
    }
    let _ = writeln!(out, "{}", report.summary.words());
    output.print(&out)
}

fn command(file: &Checked, found: &Diagnostic) -> String {
    let text = file.document.text();
    let (line, column) = place(text, found.range.start, Encoding::Utf32);
    let (end_line, end_column) = place(text, found.range.end, Encoding::Utf32);
    let level = match found.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information | Severity::Hint => "notice",
    };
    // Columns are for places inside of one line: GitHub takes them for no others.
    let columns = if line == end_line { format!(",col={column},endColumn={end_column}") } else { String::new() };
    // The log of a run shows the message alone, so the place stands there too.
    let words = format!("{}:{line}:{column}: {}", harmless(&file.path), harmless(&found.message));
    let (path, title, words) = (property(&file.path), property(found.code), data(&words));
    format!("::{level} file={path},line={line},endLine={end_line}{columns},title={title}::{words}\n")
}

/// The message of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, where commas and colons end something too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::{command, data, property};
    use crate::cli::check::check;
    use crate::lint::Diagnostic;
    use crate::lint::Severity;

    #[test]
    fn a_place_in_several_lines_has_no_columns() {
        let file = check("a,b.json", "{\n  \"a\": 1\n}");
        let (code, link, message) = ("a-code", "", "50%".to_owned());
        let shown = |range| {
            let (severity, message, related, tag) = (Severity::Hint, message.clone(), Vec::new(), None);
            command(&file, &Diagnostic { code, severity, range, message, link, related, tag, fixes: Vec::new() })
        };
        assert_eq!(
            shown(4..7),
            "::notice file=a%2Cb.json,line=2,endLine=2,col=3,endColumn=6,title=a-code::a,b.json:2:3: 50%25\n"
        );
        assert_eq!(shown(0..12), "::notice file=a%2Cb.json,line=1,endLine=3,title=a-code::a,b.json:1:1: 50%25\n");
    }

    #[test]
    fn what_has_a_meaning_in_a_command_is_escaped() {
        assert_eq!(data("50%, a: b\r\nc%0A"), "50%25, a: b%0D%0Ac%250A");
        assert_eq!(property("a,b:c%.json\n"), "a%2Cb%3Ac%25.json%0A");
    }
}
