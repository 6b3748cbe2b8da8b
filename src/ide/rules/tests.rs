//! The picture that the rules' tests are drawn with: findings under the lines they are about.

use expect_test::Expect;

use crate::document::Document;
use crate::ide::{Facts, Severity, diagnostics};
use crate::text::{Encoding, Text};

use super::RULES;

/// Checks all findings on a whole document.
pub(in crate::ide) fn check(text: &str, expected: Expect) {
    expected.assert_eq(&draw(text, 0..usize::MAX));
}

/// Checks the findings on these members of `sourceSpec.attributes`, in a batch source that is otherwise fine.
pub(in crate::ide) fn check_attributes(members: &str, expected: Expect) {
    let text = batch(members);
    let first = text[..text.find(members).unwrap_or_default()].lines().count();
    let drawn = draw(&text, first..first + members.lines().count());
    // An expectation is written without the indentation that all of its lines share.
    let shared = drawn.lines().map(|line| line.len() - line.trim_start().len()).min().unwrap_or_default();
    let lines: Vec<&str> = drawn.lines().map(|line| &line[shared..]).collect();
    expected.assert_eq(&(lines.join("\n") + "\n"));
}

/// A batch source that is fine but for these members of its `sourceSpec.attributes`.
pub(in crate::ide) fn batch(members: &str) -> String {
    let needed = [
        ("urlParams", r#"{ "path": "/", "method": "GET" }"#),
        ("contentPath", r#"{ "path": "$.a" }"#),
        ("paginationParams", r#"{ "type": "NONE" }"#),
        ("scheduleParams", "{}"),
    ];
    let rest: String = (needed.iter().filter(|(key, _)| !members.contains(&format!("\"{key}\""))))
        .map(|(key, value)| format!("      \"{key}\": {value},\n"))
        .collect();
    let explore = r#"{ "$schema": "http://json-schema.org/draft-07/schema#", "type": "object", "properties": {} }"#;
    format!(
        r#"{{
  "name": "a", "type": "generic-rest", "description": "b", "version": "1.0",
  "attributes": {{ "uiAttributes": {{ "apiFeatures": {{}} }} }},
  "providerId": "0ed90a81-07f4-4586-8190-b40eccef1c5a",
  "authSpec": [ {{ "name": "Basic Authentication", "type": "BasicAuthentication", "spec": {{ "type": "object", "properties": {{
    "username": {{ "type": "string" }}, "password": {{ "type": "string", "format": "password" }}
  }} }} }} ],
  "exploreSpec": {{ "name": "Resource", "type": "Resource", "requestSpec": {explore}, "responseSpec": {explore} }},
  "sourceSpec": {{
    "spec": {{ "type": "object", "properties": {{ "listId": {{ "type": "string" }} }} }},
    "attributes": {{
      "uiAttributes": {{
        "isSource": true, "category": {{ "key": "crm" }}, "icon": {{ "key": "i" }},
        "description": {{ "key": "d" }}, "label": {{ "key": "l" }}
      }},
{rest}{members}
    }}
  }}
}}"#
    )
}

/// The lines with the findings under them.
fn draw(text: &str, lines: std::ops::Range<usize>) -> String {
    let document = Document::new("acme-connectionSpec.json", 0, Text::new(text));
    let found = diagnostics(&document, &Facts::default());
    let mut drawn = String::new();
    for line in (0..document.text().line_count()).filter(|line| lines.contains(line)) {
        let range = document.text().line(line);
        drawn += &text[range.clone()];
        drawn.push('\n');
        for finding in &found {
            let start = document.text().position(finding.range.start, Encoding::Utf32);
            if start.line as usize != line {
                continue;
            }
            let stop = finding.range.end.clamp(finding.range.start, range.end.max(finding.range.start));
            let width = text[finding.range.start..stop].chars().count().max(1);
            let severity = match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Information => "info",
                Severity::Hint => "hint",
            };
            let (pad, mark) = (" ".repeat(start.column as usize), "^".repeat(width));
            drawn += &format!("{pad}{mark} {severity}[{}]: {}\n", finding.code, finding.message);
            for related in &finding.related {
                drawn += &format!("{pad}  see {:?}: {}\n", &text[related.range.clone()], related.message);
            }
        }
    }
    drawn
}

#[test]
fn a_sound_batch_source_has_no_findings() {
    let text = batch("      \"headerParams\": {}");
    let document = Document::new("acme-connectionSpec.json", 0, Text::new(&text));
    assert_eq!(diagnostics(&document, &Facts::default()), []);
}

#[test]
fn other_json_has_no_findings() {
    for text in ["{", "{\"name\": 1, \"name\": 2}", "[1,", "{\"authSpec\": 1,}"] {
        let document = Document::new("package.json", 0, Text::new(text));
        assert_eq!(diagnostics(&document, &Facts::default()), [], "{text}");
    }
}

#[test]
fn codes_are_unique_and_every_rule_has_words() {
    for (index, rule) in RULES.iter().enumerate() {
        assert!(RULES[..index].iter().all(|other| other.code != rule.code), "{}", rule.code);
        assert!(!rule.finds.is_empty() && rule.link.starts_with("https://"), "{}", rule.code);
    }
}
