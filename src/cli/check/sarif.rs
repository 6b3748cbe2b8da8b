//! Diagnostics as SARIF 2.1.0, for code scanning.

use std::env;
use std::io;
use std::ops::Range;
use std::path::Path;

use serde_json::{Map, Value, json};

use super::fingerprints::fingerprints;
use super::{Checked, Failure, Report, position};
use crate::cli::explain;
use crate::cli::output::Output;
use crate::lint::{Diagnostic, RULES, Rule, Severity};
use crate::text::english::capitalize;
use crate::text::{Encoding, Text};

mod uri;

/// The name, common to many tools, of the folder that paths are relative to.
const ROOT: &str = "%SRCROOT%";

pub(super) fn print(report: &Report, output: &mut Output) -> io::Result<()> {
    let current = env::current_dir()?;
    let log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [run(report, &current)],
    });
    output.print(&format!("{log:#}\n"))
}

fn run(report: &Report, current: &Path) -> Value {
    let notifications: Vec<Value> = report.failures.iter().map(|failure| notification(failure, current)).collect();
    json!({
        "tool": { "driver": {
            "name": "connspec",
            "version": env!("CARGO_PKG_VERSION"),
            "rules": RULES.iter().map(rule).collect::<Value>(),
        } },
        "invocations": [{
            "executionSuccessful": report.failures.is_empty(),
            "toolExecutionNotifications": notifications,
        }],
        "originalUriBaseIds": { ROOT: { "description": { "text": "The folder in which connspec ran." } } },
        "columnKind": "utf16CodeUnits",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "results": report.files.iter().flat_map(|file| results(file, current)).collect::<Value>(),
    })
}

fn rule(rule: &Rule) -> Value {
    // The worst one; code scanning sorts by it.
    let level = rule.severities.iter().min().map_or("none", |severity| level(*severity));
    json!({
        "id": rule.code,
        "name": title(rule.code),
        "shortDescription": { "text": rule.finds },
        "fullDescription": { "text": rule.why },
        "help": { "text": rule.why, "markdown": explain::page(rule) },
        "helpUri": rule.link,
        "defaultConfiguration": { "level": level },
    })
}

/// `DuplicateKey` for `duplicate-key`, as SARIF recommends.
fn title(code: &str) -> String {
    code.split('-').map(capitalize).collect()
}

fn results(file: &Checked, current: &Path) -> Vec<Value> {
    let artifact = artifact(&file.path, current);
    let result = |(found, fingerprint): (&Diagnostic, String)| result(file, found, &fingerprint, &artifact);
    file.diagnostics.iter().zip(fingerprints(file)).map(result).collect()
}

fn result(file: &Checked, found: &Diagnostic, fingerprint: &str, artifact: &Value) -> Value {
    let text = file.document.text();
    let location = |range| json!({ "artifactLocation": artifact, "region": region(text, range) });
    let mut result = json!({
        "ruleId": found.code,
        "level": level(found.severity),
        "message": { "text": found.message },
        "locations": [{ "physicalLocation": location(&found.range) }],
        "partialFingerprints": { "codeAndPlace/v1": format!("{:016x}", fnv1a(fingerprint.as_bytes())) },
    });
    if let Some(index) = RULES.iter().position(|rule| rule.code == found.code) {
        result["ruleIndex"] = index.into();
    }
    if !found.related.is_empty() {
        let related = (found.related.iter().enumerate()).map(|(id, related)| {
            json!({ "id": id, "physicalLocation": location(&related.range), "message": { "text": related.message } })
        });
        result["relatedLocations"] = related.collect();
    }
    result
}

fn notification(failure: &Failure, current: &Path) -> Value {
    json!({
        "level": "error",
        "message": { "text": failure.message },
        "locations": [{ "physicalLocation": { "artifactLocation": artifact(&failure.path, current) } }],
    })
}

fn artifact(path: &str, current: &Path) -> Value {
    let (uri, is_relative) = uri::of(Path::new(path), current);
    let mut artifact = Map::from_iter([("uri".to_owned(), uri.into())]);
    if is_relative {
        artifact.insert("uriBaseId".to_owned(), ROOT.into());
    }
    artifact.into()
}

/// A region, with an exclusive end.
fn region(text: &Text, range: &Range<usize>) -> Value {
    let (start_line, start_column) = position(text, range.start, Encoding::Utf16);
    let (end_line, end_column) = position(text, range.end, Encoding::Utf16);
    json!({ "startLine": start_line, "startColumn": start_column, "endLine": end_line, "endColumn": end_column })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info | Severity::Hint => "note",
    }
}

/// FNV-1a of 64 bits: the same on every machine and in every version.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::{fnv1a, title};

    #[test]
    fn hashes_are_those_of_fnv_1a() {
        assert_eq!(fnv1a(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv1a(b"a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(fnv1a(b"foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn rule_names_are_in_pascal_case() {
        assert_eq!(title("server-managed-key"), "ServerManagedKey");
    }
}
