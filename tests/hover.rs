//! Every key and value of the vocabulary that has a description shows it on hover, in a small document of its own.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test fails by panicking and prints its counts")]

use std::sync::LazyLock;

use serde_json::{Map, Value, json};

use connspec::document::Document;
use connspec::ide::hover;
use connspec::lint::{Facts, diagnostics};
use connspec::spec::SCHEMA as SCHEMA_TEXT;
use connspec::text::Text;

/// A location in the vocabulary: its path, and a document to which its schema applies.
#[derive(Clone)]
struct Location {
    /// Keys; an index is `0`.
    path: Vec<Step>,
    document: Value,
    /// The values that satisfy conditions.
    conditions: Vec<String>,
    /// The references on the path.
    followed: Vec<String>,
}

#[derive(Clone, PartialEq, Debug)]
enum Step {
    Key(String),
    Item,
}

/// An expected hover.
struct Case {
    pointer: String,
    document: Value,
    conditions: Vec<String>,
    /// The value; `None` for the key.
    value: Option<Value>,
    description: Option<String>,
}

#[derive(Default)]
struct Walk {
    cases: Vec<Case>,
}

impl Location {
    fn below(&self, step: Step) -> Location {
        let mut location = self.clone();
        location.path.push(step);
        location
    }

    fn pointer(&self) -> String {
        let step = |step: &Step| match step {
            Step::Key(key) => key.replace('~', "~0").replace('/', "~1"),
            Step::Item => "0".to_owned(),
        };
        self.path.iter().map(|here| format!("/{}", step(here))).collect()
    }

    /// Sets a value at a path; an existing value is replaced only if `force`.
    fn put(&mut self, path: &[Step], value: Value, force: bool) {
        let mut here = &mut self.document;
        for step in path {
            here = match step {
                Step::Key(key) => {
                    if !here.is_object() {
                        *here = Value::Object(Map::new());
                    }
                    here.as_object_mut().unwrap().entry(key.clone()).or_insert(Value::Null)
                }
                Step::Item => {
                    if here.get(0).is_none() {
                        *here = json!([null]);
                    }
                    &mut here[0]
                }
            };
        }
        if here.is_null() || force {
            *here = value;
        }
    }

    /// Changes the document so that a condition holds.
    fn satisfy(&mut self, condition: &Value, path: &[Step]) {
        let of_type = condition["type"].as_str().map(sample);
        let only = condition.get("const").or(condition["enum"].get(0)).cloned().or(of_type);
        if let Some(value) = only {
            self.conditions.push(format!("{path:?}{value}"));
            self.put(path, value, true);
        }
        for (key, inner) in condition["properties"].as_object().into_iter().flatten() {
            self.satisfy(inner, &[path, &[Step::Key(key.clone())]].concat());
        }
        for key in condition["required"].as_array().into_iter().flatten() {
            self.put(&[path, &[Step::Key(key.as_str().unwrap().to_owned())]].concat(), json!({}), false);
        }
    }
}

fn sample(kind: &str) -> Value {
    match kind {
        "object" => json!({}),
        "array" => json!([]),
        "boolean" => json!(true),
        "integer" | "number" => json!(1),
        _ => json!(""),
    }
}

fn target(reference: &str) -> &'static Value {
    static SCHEMA: LazyLock<Value> = LazyLock::new(|| serde_json::from_str(SCHEMA_TEXT).unwrap());
    SCHEMA.pointer(&reference[1..]).unwrap()
}

/// A keyword of a schema, or of what it refers to.
fn keyword(schema: &'static Value, name: &str) -> Option<&'static Value> {
    let referred = schema.get("$ref").and_then(Value::as_str);
    let parts = schema.get("allOf").and_then(Value::as_array).into_iter().flatten();
    schema
        .get(name)
        .or_else(|| keyword(target(referred?), name))
        .or_else(|| parts.filter(|part| part.get("if").is_none()).find_map(|part| keyword(part, name)))
}

impl Walk {
    fn visit(&mut self, schema: &'static Value, location: &Location) {
        self.add_values(schema, location);
        for (key, inner) in schema["properties"].as_object().into_iter().flatten() {
            self.member(key, inner, location);
        }
        if let Some(inner @ Value::Object(_)) = schema.get("additionalProperties") {
            self.member("x chosen", inner, location);
        }
        if let Some(inner) = schema.get("items") {
            self.visit(inner, &location.below(Step::Item));
        }
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            // Recursive schemas are visited once.
            if !location.followed.iter().any(|known| known == reference) {
                let mut location = location.clone();
                location.followed.push(reference.to_owned());
                self.visit(target(reference), &location);
            }
        }
        self.branches(schema, location);
        for part in schema["allOf"].as_array().into_iter().flatten() {
            match part.get("if") {
                Some(_) => self.branches(part, location),
                None => self.visit(part, location),
            }
        }
    }

    fn branches(&mut self, schema: &'static Value, location: &Location) {
        let Some(condition) = schema.get("if") else { return };
        if let Some(branch) = schema.get("then") {
            let mut location = location.clone();
            location.satisfy(condition, &location.path.clone());
            self.visit(branch, &location);
        }
        if let Some(branch) = schema.get("else") {
            let mut location = location.clone();
            if condition["type"] == "string" {
                location.satisfy(&json!({"type": "array"}), &location.path.clone());
            }
            self.visit(branch, &location);
        }
    }

    fn member(&mut self, key: &str, schema: &'static Value, location: &Location) {
        let mut location = location.below(Step::Key(key.to_owned()));
        let kinds = keyword(schema, "type");
        let kind = kinds.and_then(|kinds| kinds.as_str().or(kinds[0].as_str())).unwrap_or("object");
        let description = keyword(schema, "description").and_then(Value::as_str);
        let mut parent = location.clone();
        parent.put(&location.path, sample(kind), false);
        self.add(&parent, None, description);
        location.document = parent.document;
        self.visit(schema, &location);
    }

    fn add_values(&mut self, schema: &'static Value, location: &Location) {
        let description = schema["enumDescriptions"].as_array().into_iter().flatten().map(Value::as_str);
        let closed = schema["enum"].as_array().into_iter().flatten().zip(description);
        let known = schema["x-knownValues"].as_array().into_iter().flatten();
        for (value, description) in closed.chain(known.map(|known| (&known["value"], known["description"].as_str()))) {
            let mut location = location.clone();
            location.put(&location.path.clone(), value.clone(), true);
            self.add(&location, Some(value.clone()), description);
        }
    }

    /// Of several schemas that describe one location, the first is used, unless it applies in fewer cases.
    fn add(&mut self, location: &Location, value: Option<Value>, description: Option<&str>) {
        let (pointer, conditions) = (location.pointer(), &location.conditions);
        let first = self.cases.iter().find(|known| {
            known.pointer == pointer
                && known.value == value
                && known.description.is_some()
                && known.document["type"] == location.document["type"]
                && known.conditions.iter().all(|condition| conditions.contains(condition))
        });
        let description = first.map_or(description.map(str::to_owned), |first| first.description.clone());
        let document = location.document.clone();
        self.cases.push(Case { pointer, document, conditions: conditions.clone(), value, description });
    }
}

/// The problem with a hover.
fn wrong(case: &Case) -> Option<String> {
    let text = serde_json::to_string_pretty(&case.document).unwrap();
    let document = Document::new("acme-connectionSpec.json", 0, Text::new(&text));
    let value = document.tree().at_pointer(&case.pointer).expect("the document has the location");
    let node = match case.value {
        Some(_) => value,
        None => value.as_part_of_member().unwrap().key,
    };
    let location = format!("{} {} in {}", case.pointer, node.text(), case.document);
    let Some(shown) = hover(&document, &diagnostics(&document, &Facts::default()), node.range().start) else {
        return Some(format!("no hover at {location}"));
    };
    // A property of a schema that is not shown to users is not an input, whatever the vocabulary states about properties.
    let is_mere_property = case.pointer.ends_with("/x chosen") && shown.contents.contains("\n\nProperty");
    let description = case.description.as_deref().unwrap_or_default();
    if !shown.contents.contains(description) && !is_mere_property {
        return Some(format!("no description at {location}: {}", shown.contents));
    }
    if shown.range != node.range() || shown.contents.trim().is_empty() || !shown.contents.contains("](https://") {
        return Some(format!("no link, or another range, at {location}: {}", shown.contents));
    }
    None
}

#[test]
fn every_key_and_value_of_the_vocabulary_has_a_hover() {
    let mut walk = Walk::default();
    for (definition, kind) in [("restSpec", "generic-rest"), ("streamingSpec", "generic-streaming"), ("anySpec", "crm")]
    {
        // With an id of the service, a spec of another type is one of Adobe's own, whatever its provider.
        let document = if kind == "crm" { json!({ "type": kind, "id": "1" }) } else { json!({ "type": kind }) };
        let location = Location { path: Vec::new(), document, conditions: Vec::new(), followed: Vec::new() };
        walk.visit(target(&format!("#/definitions/{definition}")), &location);
    }
    let keys = walk.cases.iter().filter(|case| case.value.is_none()).count();
    let values = walk.cases.len() - keys;
    println!("hover: {keys} keys and {values} values of the vocabulary");
    assert!(keys > 1000 && values > 200, "the walk is too short: {keys} keys, {values} values");
    let wrong: Vec<String> = walk.cases.iter().filter_map(wrong).collect();
    let first = wrong.iter().take(10).map(String::as_str).collect::<Vec<_>>().join("\n\n");
    assert!(wrong.is_empty(), "{} of {} hovers are missing or wrong:\n\n{first}", wrong.len(), walk.cases.len());
}
