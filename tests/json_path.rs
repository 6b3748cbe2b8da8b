//! The compliance cases of RFC 9535 as paths of a spec: `path-syntax` reports each path that is not of the standard, and of
//! the standard's only those with double quotes.
//! They lie beside the project; where they do not, this test says so and passes.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::print_stdout, reason = "says what was looked at")]

use std::path::Path;

use connspec::document::Document;
use connspec::lint::Facts;
use connspec::lint::diagnostics;
use connspec::text::Text;
use serde_json::Value;

#[test]
fn paths_agree_with_the_compliance_suite() {
    let suite = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/suites/jsonpath/cts.json");
    let Ok(suite) = std::fs::read_to_string(&suite) else {
        println!("no compliance suite at {}: nothing was looked at", suite.display());
        return;
    };
    let suite: Value = serde_json::from_str(&suite).unwrap();
    let cases = suite["tests"].as_array().unwrap();
    let mut wrong = Vec::new();
    for case in cases {
        let path = case["selector"].as_str().unwrap();
        // In a spec, braces hold a name that something takes the place of, so nothing is said of such a text.
        if path.contains('{') {
            continue;
        }
        let found = messages(path);
        let is_right = match case["invalid_selector"].as_bool().unwrap_or(false) {
            true => !found.is_empty(),
            // Double quotes are of the standard, but not every reader of paths takes them.
            false => {
                found.iter().all(|message| message.starts_with("warning: use single quotes") && path.contains('"'))
            }
        };
        if !is_right {
            wrong.push(format!("{}: {path:?} has {found:?}", case["name"]));
        }
    }
    println!("{} paths", cases.len());
    assert!(cases.len() > 500 && wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The severities and messages of `path-syntax` on a spec with this path to its records.
fn messages(path: &str) -> Vec<String> {
    let path = Value::from(path).to_string();
    let spec = format!(
        r#"{{ "type": "generic-rest", "authSpec": [], "sourceSpec": {{ "attributes": {{ "contentPath": {{ "path": {path} }} }} }} }}"#
    );
    let document = Document::new("path-connectionSpec.json", 0, Text::new(&spec));
    let found = diagnostics(&document, &Facts::default()).into_iter().filter(|found| found.code == "path-syntax");
    found.map(|found| format!("{}: {}", found.severity.as_str(), found.message)).collect()
}
