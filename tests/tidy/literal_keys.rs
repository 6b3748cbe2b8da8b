//! Keys of a connection spec are written as constants of `source::model`; literals are the exception, each with a reason.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::{Source, shown, sources};

/// The files with literal keys, how many they have, and why.
const ALLOWED: &[(&str, usize, &str)] = &[
    ("src/cli/login/human.rs", 1, "a label of the output"),
    ("src/cli/new.rs", 1, "a placeholder of the template to fill in"),
    ("src/emulator/collection.rs", 13, "the keys that the API reference lists"),
    ("src/emulator/filter.rs", 1, "a query parameter of Flow Service"),
    ("src/emulator/spec_body.rs", 10, "the keys that Flow Service requires, and those that it sets"),
    ("src/flow_service/client.rs", 1, "the wire format of Flow Service"),
    ("src/lint/extract.rs", 2, "names of new inputs"),
    ("src/lint/rules/embedded_schema/contradictions.rs", 2, "formats of JSON Schema"),
    ("src/lint/rules/unknown_key.rs", 1, "a key of a dataflow's schedule"),
    ("src/sync/json.rs", 4, "the JSON output of commands"),
];

/// Files about JSON of another format, whose keys have the same names.
const OTHER_FORMATS: &[(&str, &str)] = &[
    ("src/ide/source_page", "connections, dataflows and other resources of the API"),
    ("src/sync/merge/property.rs", "tests"),
];

/// Ordinary keywords of JSON Schema, which are keys of the vocabulary too.
const KEYWORDS: &[&str] = &[
    "$comment",
    "$id",
    "$ref",
    "$schema",
    "additionalItems",
    "additionalProperties",
    "allOf",
    "anyOf",
    "const",
    "contains",
    "default",
    "definitions",
    "dependencies",
    "description",
    "else",
    "enum",
    "example",
    "examples",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "if",
    "items",
    "maxItems",
    "maxLength",
    "maximum",
    "minItems",
    "minLength",
    "minimum",
    "multipleOf",
    "not",
    "oneOf",
    "pattern",
    "patternProperties",
    "properties",
    "propertyNames",
    "readOnly",
    "required",
    "then",
    "title",
    "type",
    "uniqueItems",
    "writeOnly",
];

/// Keys that other JSON has as well: they count only in the layers that work on the text of a spec.
const GENERIC: &[&str] = &[
    "data", "file", "href", "id", "key", "label", "method", "name", "options", "path", "policy", "region", "scope",
    "settings", "text", "version",
];

/// The keys of the vocabulary.
static KEYS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let schema: serde_json::Value = serde_json::from_str(include_str!("../../src/spec/schema.json")).unwrap();
    let mut keys = BTreeSet::new();
    collect(&schema["definitions"], &mut keys);
    keys.retain(|key| !KEYWORDS.contains(&key.as_str()));
    keys
});

fn collect(value: &serde_json::Value, keys: &mut BTreeSet<String>) {
    if let Some(properties) = value.get("properties").and_then(serde_json::Value::as_object) {
        keys.extend(properties.keys().cloned());
    }
    match value {
        serde_json::Value::Object(members) => members.values().for_each(|value| collect(value, keys)),
        serde_json::Value::Array(elements) => elements.iter().for_each(|value| collect(value, keys)),
        _ => {}
    }
}

/// The literal keys in the code of a file: not in comments, tests, examples of rules (`at`, raw strings) or messages.
fn literal_keys(source: &Source) -> Vec<String> {
    let is_checked = source.layer().is_some_and(|layer| !["source", "spec"].contains(&layer));
    let is_other = OTHER_FORMATS.iter().any(|(path, _)| source.path.starts_with(path));
    if !is_checked || is_other || source.path.contains("/tests") {
        return Vec::new();
    }
    let reads_specs = ["document", "edit", "lint", "ide"].iter().any(|layer| source.is_in(layer));
    let code = source.text.split("#[cfg(test)]").next().unwrap_or_default();
    let is_key = |literal: &String| KEYS.contains(literal) && (reads_specs || !GENERIC.contains(&literal.as_str()));
    strings(code).into_iter().filter(is_key).collect()
}

/// The plain string literals of some code, without those after `at:`.
fn strings(code: &str) -> Vec<String> {
    let mut strings = Vec::new();
    let mut rest = code;
    while let Some(at) = rest.find('"') {
        if let Some(comment) = rest[..at].find("//") {
            rest = rest[comment..].split_once('\n').map_or("", |(_, next)| next);
            continue;
        }
        let (before, after) = (&rest[..at], &rest[at + 1..]);
        let hashes = before.len() - before.trim_end_matches('#').len();
        let is_raw = before[..before.len() - hashes].ends_with('r');
        if before.ends_with('\'') && after.starts_with('\'') {
            rest = after;
            continue;
        }
        let end = if is_raw { after.find(&format!("\"{}", "#".repeat(hashes))) } else { end_of_string(after) };
        let Some(end) = end else { break };
        if !is_raw && !before.trim_end().ends_with("at:") {
            strings.push(after[..end].to_owned());
        }
        rest = &after[end + 1 + if is_raw { hashes } else { 0 }..];
    }
    strings
}

fn end_of_string(text: &str) -> Option<usize> {
    let mut is_escaped = false;
    text.bytes().position(|byte| {
        let is_end = byte == b'"' && !is_escaped;
        is_escaped = byte == b'\\' && !is_escaped;
        is_end
    })
}

#[test]
fn literal_keys_are_the_listed_exceptions() {
    let counts = sources().into_iter().map(|source| (literal_keys(&source), source.path));
    let mut complaints = Vec::new();
    for (keys, path) in counts {
        let (allowed, reason) =
            ALLOWED.iter().find(|(file, ..)| *file == path).map_or((0, ""), |(_, count, reason)| (*count, *reason));
        if keys.len() != allowed {
            complaints.push(format!("{path}: {} literal keys, {allowed} allowed ({reason}): {keys:?}", keys.len()));
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn a_literal_key_is_found() {
    let good = "// .get(\"sourceSpec\")\nlet at = '\"'; source.source()\n#[cfg(test)]\nmod tests { \"sourceSpec\" }";
    shown(literal_keys, "src/lint/rules/a.rs", "root.get(\"sourceSpec\")", "sourceSpec", good);
    let good = "Rule { at: \"sourceSpec\", wrong: r#\"\"path\": \"authSpec\"\"#, finds: \"a `sourceSpec` twice\" }";
    shown(literal_keys, "src/ide/a.rs", "json!({ \"name\": 1 })", "name", good);
    shown(literal_keys, "src/cli/a.rs", "\"authSpec\"", "authSpec", "json!({ \"name\": \"\\\"authSpec\" })");
    assert!(literal_keys(&Source::new("src/source/model.rs", "\"authSpec\"")).is_empty());
}
