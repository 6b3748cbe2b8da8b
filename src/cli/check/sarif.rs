//! What was found in SARIF 2.1.0, which code scanning and many editors read.

use std::env;
use std::io;
use std::ops::Range;
use std::path::Path;

use serde_json::{Map, Value, json};

use super::names::names;
use super::{Checked, Failure, Report, place};
use crate::cli::explain::explained;
use crate::cli::output::Output;
use crate::lint::Diagnostic;
use crate::lint::RULES;
use crate::lint::Rule;
use crate::lint::Severity;
use crate::text::{Encoding, Text, english};

mod uri;

/// The folder that the paths start from, under the name that other tools use for it.
const ROOT: &str = "%SRCROOT%";

/// Prints one log with one run.
pub(super) fn print(report: &Report, output: &mut Output) -> io::Result<()> {
    let here = env::current_dir()?;
    let log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [run(report, &here)],
    });
    output.print(&format!("{log:#}\n"))
}

fn run(report: &Report, here: &Path) -> Value {
    let notes: Vec<Value> = report.failures.iter().map(|failure| notification(failure, here)).collect();
    json!({
        "tool": { "driver": {
            "name": "connspec",
            "version": env!("CARGO_PKG_VERSION"),
            "rules": RULES.iter().map(rule).collect::<Value>(),
        } },
        "invocations": [{
            "executionSuccessful": report.failures.is_empty(),
            "toolExecutionNotifications": notes,
        }],
        "originalUriBaseIds": { ROOT: { "description": { "text": "The folder in which connspec was started." } } },
        "columnKind": "utf16CodeUnits",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "results": report.files.iter().flat_map(|file| results(file, here)).collect::<Value>(),
    })
}

fn rule(rule: &Rule) -> Value {
    // The worst one: code scanning sorts by it.
    let level = rule.severities.iter().min().map_or("none", |severity| level(*severity));
    json!({
        "id": rule.code,
        "name": title(rule.code),
        "shortDescription": { "text": rule.finds },
        "fullDescription": { "text": rule.why },
        "help": { "text": rule.why, "markdown": explained(rule) },
        "helpUri": rule.link,
        "defaultConfiguration": { "level": level },
    })
}

/// `DuplicateKey` of `duplicate-key`, as names of rules are written.
fn title(code: &str) -> String {
    code.split('-').map(english::capitalize).collect()
}

fn results(file: &Checked, here: &Path) -> Vec<Value> {
    let artifact = artifact(&file.path, here);
    let result = |(found, name): (&Diagnostic, String)| result(file, found, &name, &artifact);
    file.diagnostics.iter().zip(names(file)).map(result).collect()
}

fn result(file: &Checked, found: &Diagnostic, name: &str, artifact: &Value) -> Value {
    let text = file.document.text();
    let place = |range| json!({ "artifactLocation": artifact, "region": region(text, range) });
    let mut result = json!({
        "ruleId": found.code,
        "level": level(found.severity),
        "message": { "text": found.message },
        "locations": [{ "physicalLocation": place(&found.range) }],
        "partialFingerprints": { "codeAndPlace/v1": format!("{:016x}", fnv1a(name.as_bytes())) },
    });
    if let Some(index) = RULES.iter().position(|rule| rule.code == found.code) {
        result["ruleIndex"] = index.into();
    }
    if !found.related.is_empty() {
        let related = (found.related.iter().enumerate()).map(|(id, related)| {
            json!({ "id": id, "physicalLocation": place(&related.range), "message": { "text": related.message } })
        });
        result["relatedLocations"] = related.collect();
    }
    result
}

fn notification(failure: &Failure, here: &Path) -> Value {
    json!({
        "level": "error",
        "message": { "text": failure.message },
        "locations": [{ "physicalLocation": { "artifactLocation": artifact(&failure.path, here) } }],
    })
}

fn artifact(path: &str, here: &Path) -> Value {
    let (uri, below) = uri::of(Path::new(path), here);
    let mut artifact = Map::from_iter([("uri".to_owned(), uri.into())]);
    if below {
        artifact.insert("uriBaseId".to_owned(), ROOT.into());
    }
    artifact.into()
}

/// A region; its end is the place after its last character, as in SARIF.
fn region(text: &Text, range: &Range<usize>) -> Value {
    let (start_line, start_column) = place(text, range.start, Encoding::Utf16);
    let (end_line, end_column) = place(text, range.end, Encoding::Utf16);
    json!({ "startLine": start_line, "startColumn": start_column, "endLine": end_line, "endColumn": end_column })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information | Severity::Hint => "note",
    }
}

/// A hash that is the same on every machine and in every version: FNV-1a of 64 bits.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::{fnv1a, title};

    #[test]
    fn the_hash_is_the_published_one() {
        assert_eq!(fnv1a(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv1a(b"a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(fnv1a(b"foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn a_rule_has_a_name_in_the_form_of_names() {
        assert_eq!(title("server-managed-key"), "ServerManagedKey");
    }
}
