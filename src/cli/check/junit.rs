//! Diagnostics as JUnit XML, which CI servers (Jenkins, GitLab and others) show as test results: a suite for each file, a
//! case for each diagnostic.

use std::fmt::Write;
use std::io;

use super::fingerprints::fingerprints;
use super::{Checked, Failure, Report, position};
use crate::cli::output::Output;
use crate::lint::Diagnostic;
use crate::text::Encoding;

/// The cases of a suite and their results.
#[derive(Default)]
struct Suite {
    tests: usize,
    failures: usize,
    errors: usize,
    skipped: usize,
    cases: String,
}

pub(super) fn print(report: &Report, output: &mut Output) -> io::Result<()> {
    let mut all = Suite::default();
    let checked = report.files.iter().map(|file| (&file.path, file_suite(file, report)));
    for (path, suite) in checked.chain(report.failures.iter().map(|failure| (&failure.path, failure_suite(failure)))) {
        all.tests += suite.tests;
        all.failures += suite.failures;
        all.errors += suite.errors;
        all.skipped += suite.skipped;
        let head = head("testsuite", path, &suite);
        let _ = writeln!(all.cases, "  <{head}>\n{}  </testsuite>", suite.cases);
    }
    let head = head("testsuites", "connspec", &all);
    output.print(&format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{head}>\n{}</testsuites>\n", all.cases))
}

/// The start tag of an element with its counts. Some readers require a time; the output must not differ from run to run.
fn head(element: &str, name: &str, suite: &Suite) -> String {
    let Suite { tests, failures, errors, skipped, .. } = suite;
    let name = escaped(name);
    format!(
        r#"{element} name="{name}" tests="{tests}" failures="{failures}" errors="{errors}" skipped="{skipped}" time="0""#
    )
}

/// A case for each diagnostic. A file without any has one case, passed or, if the file was skipped, skipped.
fn file_suite(file: &Checked, report: &Report) -> Suite {
    let mut suite = Suite { tests: file.diagnostics.len().max(1), ..Suite::default() };
    for (found, name) in file.diagnostics.iter().zip(fingerprints(file)) {
        let fails = report.summary.fails_on(found.severity);
        suite.failures += usize::from(fails);
        suite.case(&file.path, &name, &result(file, found, fails));
    }
    if !file.was_checked() {
        suite.skipped = 1;
        suite.case(&file.path, "check", r#"<skipped message="not a connection spec"/>"#);
    } else if file.diagnostics.is_empty() {
        suite.case(&file.path, "check", "");
    }
    suite
}

fn failure_suite(failure: &Failure) -> Suite {
    let mut suite = Suite { tests: 1, errors: 1, ..Suite::default() };
    let message = escaped(&failure.message);
    suite.case(&failure.path, "check", &format!(r#"<error type="not-checked" message="{message}">{message}</error>"#));
    suite
}

/// The result of the case of a diagnostic. Some readers show the attribute, some the text.
fn result(file: &Checked, found: &Diagnostic, fails: bool) -> String {
    let (line, column) = position(file.document.text(), found.range.start, Encoding::Utf32);
    let (severity, message) = (found.severity.as_str(), escaped(&found.message));
    let text = format!("{severity}: {message}\n{}:{line}:{column}\n{}", escaped(&file.path), escaped(found.link));
    let text = text.trim_end();
    match fails {
        true => format!(r#"<failure type="{}" message="{message}">{text}</failure>"#, found.code),
        false => format!("<system-out>{text}</system-out>"),
    }
}

impl Suite {
    /// Adds a case. GitLab drops the second of two with the same class and name.
    fn case(&mut self, path: &str, name: &str, result: &str) {
        let (path, name) = (escaped(path), escaped(name));
        let head = format!(r#"testcase classname="{path}" name="{name}" file="{path}" time="0""#);
        let _ = match result {
            "" => writeln!(self.cases, "    <{head}/>"),
            result => writeln!(self.cases, "    <{head}>\n      {result}\n    </testcase>"),
        };
    }
}

/// Escapes a text for attributes and elements. Unescaped line breaks and tabs of an attribute are read as spaces; characters
/// that XML 1.0 can't represent become replacement characters.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => _ = write!(out, "&#{};", u32::from(char)),
            '\0'..' ' | '\u{fffe}' | '\u{ffff}' => out.push(char::REPLACEMENT_CHARACTER),
            char => out.push(char),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn escaped_text_is_well_formed_xml() {
        assert_eq!(escaped("a < b && \"c\" > ']]>'"), "a &lt; b &amp;&amp; &quot;c&quot; &gt; ']]&gt;'");
        assert_eq!(escaped("one\r\n\ttwo"), "one&#13;&#10;&#9;two");
        assert_eq!(escaped("\0 \u{1b}[1m \u{ffff} 名前 😀"), "\u{fffd} \u{fffd}[1m \u{fffd} 名前 😀");
    }
}
