//! Diagnostics as workflow commands of GitHub Actions, which annotates the lines of a pull request with them.

use std::fmt::Write;
use std::io;

use super::{Checked, Report, position};
use crate::cli::output::Output;
use crate::cli::terminal::sanitize_terminal;
use crate::lint::{Diagnostic, Severity};
use crate::text::Encoding;

/// Prints one command for each diagnostic and each file that could not be checked, then the summary.
pub(super) fn print(report: &Report, output: &mut Output) -> io::Result<()> {
    let mut out = String::new();
    for file in &report.files {
        for found in &file.diagnostics {
            out.push_str(&command(file, found));
        }
    }
    for failure in &report.failures {
        let (file, message) = (property(&failure.path), data(&sanitize_terminal(&failure.message)));
        let _ = writeln!(out, "::error file={file},title=not checked::{message}");
    }
    let _ = writeln!(out, "{}", report.summary.text());
    output.print(&out)
}

fn command(file: &Checked, found: &Diagnostic) -> String {
    let text = file.document.text();
    let (line, column) = position(text, found.range.start, Encoding::Utf32);
    let (end_line, end_column) = position(text, found.range.end, Encoding::Utf32);
    let level = match found.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info | Severity::Hint => "notice",
    };
    // GitHub accepts columns only for ranges within one line.
    let columns = if line == end_line { format!(",col={column},endColumn={end_column}") } else { String::new() };
    // The log of a run shows only the message, so it repeats the position.
    let message = format!("{}:{line}:{column}: {}", sanitize_terminal(&file.path), sanitize_terminal(&found.message));
    let (path, title, message) = (property(&file.path), property(found.code), data(&message));
    format!("::{level} file={path},line={line},endLine={end_line}{columns},title={title}::{message}\n")
}

/// Escapes the message of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes the value of a property, where commas and colons are separators too. It is shown in the log of a run as well.
fn property(text: &str) -> String {
    sanitize_terminal(&data(text)).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::{command, data, property};
    use crate::cli::check::check;
    use crate::lint::{Diagnostic, Severity};

    #[test]
    fn ranges_over_several_lines_have_no_columns() {
        let file = check("a,b.json", "{\n  \"a\": 1\n}");
        let (code, link, message) = ("a-code", "", "50%".to_owned());
        let command_for = |range| {
            let (severity, message, related, tag) = (Severity::Hint, message.clone(), Vec::new(), None);
            command(&file, &Diagnostic { code, severity, range, message, link, related, tag, fixes: Vec::new() })
        };
        assert_eq!(
            command_for(4..7),
            "::notice file=a%2Cb.json,line=2,endLine=2,col=3,endColumn=6,title=a-code::a,b.json:2:3: 50%25\n"
        );
        assert_eq!(command_for(0..12), "::notice file=a%2Cb.json,line=1,endLine=3,title=a-code::a,b.json:1:1: 50%25\n");
    }

    #[test]
    fn special_characters_are_escaped() {
        assert_eq!(data("50%, a: b\r\nc%0A"), "50%25, a: b%0D%0Ac%250A");
        assert_eq!(property("a,b:c%.json\n"), "a%2Cb%3Ac%25.json%0A");
    }
}
