//! Renders diagnostics and fixes for the tests of the rules: the diagnostics under their lines, the fixes as a diff.

use expect_test::Expect;

use crate::document::Document;
use crate::lint::{Diagnostic, Facts, Folder, Remote, diagnostics, fixes};
use crate::text::{Edit, Encoding, Text};

use super::RULES;

/// Checks all diagnostics of a document.
pub(crate) fn check(text: &str, expected: Expect) {
    expected.assert_eq(&render(text, 0..usize::MAX, |_| true));
}

/// Checks the diagnostics of one rule, with their lines.
pub(crate) fn check_of(code: &str, text: &str, expected: Expect) {
    let rendered = render(text, 0..usize::MAX, |diagnostic| diagnostic.code == code);
    let lines: Vec<&str> = rendered.lines().collect();
    let is_mark = |line: &&str| line.contains(&format!("[{code}]: ")) || line.trim_start().starts_with("see \"");
    let kept = lines.iter().enumerate().filter(|(at, line)| is_mark(line) || lines.get(at + 1).is_some_and(is_mark));
    expected.assert_eq(&without_shared_indent(&kept.map(|(_, line)| *line).collect::<Vec<_>>()));
}

/// Checks the diagnostics of these members of `sourceSpec.attributes`, in an otherwise valid batch source.
pub(crate) fn check_attributes(members: &str, expected: Expect) {
    check_lines(&batch(members), members, expected);
}

/// Checks the diagnostics of these entries of `authSpec`, in an otherwise valid batch source.
pub(crate) fn check_auth_entries(entries: &str, expected: Expect) {
    check_lines(&auth_source(entries), entries, expected);
}

/// An otherwise valid batch source with these entries of `authSpec`.
pub(crate) fn auth_source(entries: &str) -> String {
    let text = batch("      \"headerParams\": {}");
    let (before, rest) = text.split_once("\"authSpec\": [").unwrap_or_default();
    let (_, after) = rest.split_once("\"exploreSpec\"").unwrap_or_default();
    format!("{before}\"authSpec\": [\n{entries}\n  ],\n  \"exploreSpec\"{after}")
}

/// Checks the diagnostics of these lines of a text.
pub(crate) fn check_lines(text: &str, lines: &str, expected: Expect) {
    let first = text[..text.find(lines).unwrap_or_default()].matches('\n').count();
    let rendered = render(text, first..first + lines.lines().count(), |_| true);
    expected.assert_eq(&without_shared_indent(&rendered.lines().collect::<Vec<_>>()));
}

/// Removes the indentation that all lines share.
fn without_shared_indent(lines: &[&str]) -> String {
    let shared = lines.iter().map(|line| line.len() - line.trim_start().len()).min().unwrap_or_default();
    lines.iter().map(|line| format!("{}\n", &line[shared..])).collect()
}

/// An otherwise valid batch source with these members of `sourceSpec.attributes`.
pub(crate) fn batch(members: &str) -> String {
    let has = |key: &str| members.to_lowercase().contains(&format!("\"{}\"", key.to_lowercase()));
    let url =
        format!(r#"{{ "path": "/${{listId}}", "method": "{}" }}"#, if has("bodyParams") { "POST" } else { "GET" });
    let parts = [
        ("urlParams", url.as_str()),
        ("contentPath", r#"{ "path": "$.a" }"#),
        ("paginationParams", r#"{ "type": "NONE" }"#),
        ("scheduleParams", r#"{ "scheduleStartParamName": "s", "scheduleEndParamName": "e" }"#),
    ];
    // Its input is used by the path or else by a header; if both are given, there is none.
    let header = "      \"headerParams\": { \"X-List\": \"${listId}\" },\n";
    let header = if has("urlParams") && !has("headerParams") { header } else { "" };
    let is_used = !has("urlParams") || !has("headerParams") || members.to_lowercase().contains("listid");
    let inputs = if is_used { r#"{ "listId": { "type": "string" } }"# } else { "{}" };
    let required = if is_used { r#", "required": ["listId"]"# } else { "" };
    let rest: String = (parts.iter().filter(|(key, _)| !members.contains(&format!("\"{key}\""))))
        .map(|(key, value)| format!("      \"{key}\": {value},\n"))
        .collect();
    let (schema, object) = (r#""$schema": "http://json-schema.org/draft-07/schema#""#, r#""type": "object""#);
    let columns = r#"{ "type": "object", "properties": { "columns": { "type": "array", "items": { "type": "object", "properties": { "name": { "type": "string" }, "type": { "type": "string" } } } } } }"#;
    let response = format!(
        r#"{{ "format": {{ "type": "string" }}, "schema": {columns}, "data": {{ "type": "array", "items": {{ "type": "object" }} }} }}"#
    );
    format!(
        r#"{{
  "name": "a", "type": "generic-rest", "description": "b", "version": "1.0",
  "attributes": {{ "uiAttributes": {{ "apiFeatures": {{}} }} }},
  "providerId": "0ed90a81-07f4-4586-8190-b40eccef1c5a",
  "authSpec": [ {{ "name": "Basic Authentication", "type": "BasicAuthentication", "spec": {{ "type": "object", "properties": {{
    "username": {{ "type": "string" }}, "password": {{ "type": "string", "format": "password" }}
  }} }} }} ],
  "exploreSpec": {{ "name": "Resource", "type": "Resource", "requestSpec": {{ {schema}, {object} }},
    "responseSpec": {{ {schema}, {object}, "properties": {response} }} }},
  "sourceSpec": {{
    "spec": {{ "type": "object", "properties": {inputs}{required} }},
    "attributes": {{
      "uiAttributes": {{
        "isSource": true, "category": {{ "key": "crm" }}, "icon": {{ "key": "i" }},
        "description": {{ "key": "d" }}, "label": {{ "key": "l" }}
      }},
{rest}{header}{members}
    }}
  }}
}}"#
    )
}

/// One line for each diagnostic, for documents that are too long to render.
pub(crate) fn summary_of(text: &str) -> String {
    let document = Document::new("acme-connectionSpec.json", 0, Text::new(text));
    let line = |diagnostic: &Diagnostic| {
        format!("{} on {}: {}\n", diagnostic.code, &text[diagnostic.range.clone()], diagnostic.message)
    };
    diagnostics(&document, &Facts::default()).iter().map(line).collect()
}

/// Checks the fixes of a document: their titles, removed and added lines.
pub(crate) fn check_fixes(text: &str, expected: Expect) {
    expected.assert_eq(&render_fixes(text, |_| true, difference));
}

/// Checks the fixes of one rule, also where they change lines far apart.
pub(crate) fn check_fixes_of(code: &str, text: &str, expected: Expect) {
    expected.assert_eq(&render_fixes(text, |diagnostic| diagnostic.code == code, changed_lines));
}

fn render_fixes(
    text: &str,
    is_shown: impl Fn(&Diagnostic) -> bool,
    difference: impl Fn(&str, &str) -> String,
) -> String {
    let document = Document::new("acme-connectionSpec.json", 0, Text::new(text));
    let mut rendered = String::new();
    for tried in fixes(&document, &Facts::default(), 0..text.len()) {
        if !is_shown(&tried.diagnostic) {
            continue;
        }
        let preferred = if tried.is_preferred { " (preferred)" } else { "" };
        rendered += &format!("{}: {}{preferred}\n", tried.diagnostic.code, tried.fix.title);
        rendered += &difference(text, &Edit::apply(text, &tried.fix.edits));
    }
    rendered
}

/// Checks the diagnostics about the files beside a document, and the fixes that create them.
pub(crate) fn check_folder(text: &str, folder: Folder, expected: Expect) {
    let document = Document::new("acme-connectionSpec.json", 0, Text::new(text));
    let facts = Facts { folder: Some(folder), ..Facts::default() };
    let mut rendered = String::new();
    for diagnostic in
        diagnostics(&document, &facts).iter().filter(|diagnostic| diagnostic.code.starts_with("artifact-"))
    {
        rendered += &format!("{} on {}: {}\n", diagnostic.code, &text[diagnostic.range.clone()], diagnostic.message);
    }
    for tried in fixes(&document, &facts, 0..text.len()).iter().filter(|tried| !tried.fix.files.is_empty()) {
        rendered += &format!("{}{}\n", tried.fix.title, if tried.is_preferred { " (preferred)" } else { "" });
        for file in &tried.fix.files {
            rendered += &format!("  {}: {:?}\n", file.name, file.content);
        }
    }
    expected.assert_eq(&rendered);
}

/// Checks the diagnostics about the remote state of a valid spec.
pub(crate) fn check_remote(remote: Remote, expected: Expect) {
    let text = batch("      \"headerParams\": {}");
    let document = Document::new("acme.json", 0, Text::new(&text));
    let facts = Facts { remote: Some(remote), ..Facts::default() };
    let line = |diagnostic: &Diagnostic| {
        let severity = diagnostic.severity.as_str();
        format!("{severity}[{}] on {}: {}\n", diagnostic.code, &text[diagnostic.range.clone()], diagnostic.message)
    };
    expected.assert_eq(&diagnostics(&document, &facts).iter().map(line).collect::<String>());
}

/// The lines that differ.
pub(crate) fn difference(before: &str, after: &str) -> String {
    let (before, after): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let same = before.iter().zip(&after).take_while(|(a, b)| a == b).count();
    let most = before.len().min(after.len()) - same;
    let tail = before.iter().rev().zip(after.iter().rev()).take(most).take_while(|(a, b)| a == b).count();
    let lines = |lines: &[&str], sign: &str| -> String {
        lines[same..lines.len() - tail].iter().map(|line| format!("{sign} {line}\n")).collect()
    };
    lines(&before, "-") + &lines(&after, "+")
}

/// The lines that differ, without those between them that are the same.
pub(crate) fn changed_lines(before: &str, after: &str) -> String {
    let (before, after): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    // How many lines the ends have in common, from each pair of lines on.
    let mut common = vec![vec![0; after.len() + 1]; before.len() + 1];
    for a in (0..before.len()).rev() {
        for b in (0..after.len()).rev() {
            let longer = common[a + 1][b].max(common[a][b + 1]);
            common[a][b] = if before[a] == after[b] { common[a + 1][b + 1] + 1 } else { longer };
        }
    }
    let (mut a, mut b, mut rendered) = (0, 0, String::new());
    while a < before.len() || b < after.len() {
        let is_same = a < before.len() && b < after.len() && before[a] == after[b];
        if is_same {
            (a, b) = (a + 1, b + 1);
        } else if b == after.len() || (a < before.len() && common[a + 1][b] >= common[a][b + 1]) {
            rendered += &format!("- {}\n", before[a]);
            a += 1;
        } else {
            rendered += &format!("+ {}\n", after[b]);
            b += 1;
        }
    }
    rendered
}

/// The lines, each with its diagnostics under it.
fn render(text: &str, lines: std::ops::Range<usize>, is_shown: impl Fn(&Diagnostic) -> bool) -> String {
    let document = Document::new("acme-connectionSpec.json", 0, Text::new(text));
    let mut diagnostics = diagnostics(&document, &Facts::default());
    diagnostics.retain(is_shown);
    let mut rendered = String::new();
    for line in (0..document.text().line_count()).filter(|line| lines.contains(line)) {
        let range = document.text().line(line);
        rendered += &text[range.clone()];
        rendered.push('\n');
        for diagnostic in &diagnostics {
            let start = document.text().position(diagnostic.range.start, Encoding::Utf32);
            if start.line as usize != line {
                continue;
            }
            let stop = diagnostic.range.end.clamp(diagnostic.range.start, range.end.max(diagnostic.range.start));
            let width = text[diagnostic.range.start..stop].chars().count().max(1);
            let severity = diagnostic.severity.as_str();
            let (pad, mark) = (" ".repeat(start.column as usize), "^".repeat(width));
            rendered += &format!("{pad}{mark} {severity}[{}]: {}\n", diagnostic.code, diagnostic.message);
            for related in &diagnostic.related {
                rendered += &format!("{pad}  see {:?}: {}\n", &text[related.range.clone()], related.message);
            }
        }
    }
    rendered
}

#[test]
fn a_valid_batch_source_has_no_diagnostics() {
    let text = batch("      \"headerParams\": {}");
    let document = Document::new("acme-connectionSpec.json", 0, Text::new(&text));
    assert_eq!(diagnostics(&document, &Facts::default()), []);
}

#[test]
fn other_json_has_no_diagnostics() {
    for text in ["{", "{\"name\": 1, \"name\": 2}", "[1,", "{\"authSpec\": 1,}"] {
        let document = Document::new("package.json", 0, Text::new(text));
        assert_eq!(diagnostics(&document, &Facts::default()), [], "{text}");
    }
}

#[test]
fn codes_are_unique_and_every_rule_is_documented() {
    for (index, rule) in RULES.iter().enumerate() {
        assert!(RULES[..index].iter().all(|other| other.code != rule.code), "{}", rule.code);
        assert!(!rule.finds.is_empty() && rule.link.starts_with("https://"), "{}", rule.code);
        assert!(!rule.why.is_empty(), "{}", rule.code);
    }
}

#[test]
fn each_rule_reports_its_wrong_example_and_not_its_right_one() {
    for rule in RULES.iter().filter(|rule| !rule.checks_environment()) {
        let count = |members: &str| {
            let text = rule.example(members);
            let document = Document::new("acme-connectionSpec.json", 0, Text::new(&text));
            let start = text.find(members).unwrap_or_default();
            let is_inside = |range: &std::ops::Range<usize>| start <= range.start && range.end <= start + members.len();
            let diagnostics = diagnostics(&document, &Facts::default());
            diagnostics.iter().filter(|diagnostic| diagnostic.code == rule.code && is_inside(&diagnostic.range)).count()
        };
        assert!(count(rule.wrong) > 0, "{}: {}", rule.code, rule.example(rule.wrong));
        assert_eq!(count(rule.right), 0, "{}: {}", rule.code, rule.example(rule.right));
    }
}
