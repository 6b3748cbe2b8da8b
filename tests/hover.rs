//! The walk over the vocabulary: each key and each value with words, in a small document of its own, has its hover.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test fails by panicking and says what it counted")]

use std::sync::LazyLock;

use serde_json::{Map, Value, json};

use connspec::document::Document;
use connspec::ide::hover;
use connspec::lint::Facts;
use connspec::lint::diagnostics;
use connspec::spec::SCHEMA as SCHEMA_TEXT;
use connspec::text::Text;

/// Where the walk is: the keys that led there and what the document must hold so that the schema applies.
#[derive(Clone)]
struct Spot {
    /// Keys; an index is `0`.
    path: Vec<Step>,
    document: Value,
    /// What was put into the document for the sake of conditions.
    conditions: Vec<String>,
    /// The references that were followed to get here.
    followed: Vec<String>,
}

#[derive(Clone, PartialEq, Debug)]
enum Step {
    Key(String),
    Item,
}

/// One question: the hover at a place must hold these words.
struct Question {
    pointer: String,
    document: Value,
    conditions: Vec<String>,
    /// The value that is asked about, or `None` for the key.
    value: Option<Value>,
    words: Option<String>,
}

#[derive(Default)]
struct Walk {
    questions: Vec<Question>,
}

impl Spot {
    fn below(&self, step: Step) -> Spot {
        let mut spot = self.clone();
        spot.path.push(step);
        spot
    }

    fn pointer(&self) -> String {
        let step = |step: &Step| match step {
            Step::Key(key) => key.replace('~', "~0").replace('/', "~1"),
            Step::Item => "0".to_owned(),
        };
        self.path.iter().map(|here| format!("/{}", step(here))).collect()
    }

    /// The document with a value at a path, in place of what is there only if `force`.
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

    /// Puts into the document what a condition asks for.
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
    fn visit(&mut self, schema: &'static Value, spot: &Spot) {
        self.ask_values(schema, spot);
        for (key, inner) in schema["properties"].as_object().into_iter().flatten() {
            self.member(key, inner, spot);
        }
        if let Some(inner @ Value::Object(_)) = schema.get("additionalProperties") {
            self.member("x chosen", inner, spot);
        }
        if let Some(inner) = schema.get("items") {
            self.visit(inner, &spot.below(Step::Item));
        }
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            // A schema that is inside itself is walked once.
            if !spot.followed.iter().any(|known| known == reference) {
                let mut spot = spot.clone();
                spot.followed.push(reference.to_owned());
                self.visit(target(reference), &spot);
            }
        }
        self.branches(schema, spot);
        for part in schema["allOf"].as_array().into_iter().flatten() {
            match part.get("if") {
                Some(_) => self.branches(part, spot),
                None => self.visit(part, spot),
            }
        }
    }

    fn branches(&mut self, schema: &'static Value, spot: &Spot) {
        let Some(condition) = schema.get("if") else { return };
        if let Some(branch) = schema.get("then") {
            let mut spot = spot.clone();
            spot.satisfy(condition, &spot.path.clone());
            self.visit(branch, &spot);
        }
        if let Some(branch) = schema.get("else") {
            let mut spot = spot.clone();
            if condition["type"] == "string" {
                spot.satisfy(&json!({"type": "array"}), &spot.path.clone());
            }
            self.visit(branch, &spot);
        }
    }

    fn member(&mut self, key: &str, schema: &'static Value, spot: &Spot) {
        let mut spot = spot.below(Step::Key(key.to_owned()));
        let kinds = keyword(schema, "type");
        let kind = kinds.and_then(|kinds| kinds.as_str().or(kinds[0].as_str())).unwrap_or("object");
        let words = keyword(schema, "description").and_then(Value::as_str);
        let mut asked = spot.clone();
        asked.put(&spot.path, sample(kind), false);
        self.ask(&asked, None, words);
        spot.document = asked.document;
        self.visit(schema, &spot);
    }

    fn ask_values(&mut self, schema: &'static Value, spot: &Spot) {
        let words = schema["enumDescriptions"].as_array().into_iter().flatten().map(Value::as_str);
        let closed = schema["enum"].as_array().into_iter().flatten().zip(words);
        let known = schema["x-knownValues"].as_array().into_iter().flatten();
        for (value, words) in closed.chain(known.map(|known| (&known["value"], known["description"].as_str()))) {
            let mut spot = spot.clone();
            spot.put(&spot.path.clone(), value.clone(), true);
            self.ask(&spot, Some(value.clone()), words);
        }
    }

    /// Of several schemas that say something about one place, the first has the word, unless it holds in fewer cases.
    fn ask(&mut self, spot: &Spot, value: Option<Value>, words: Option<&str>) {
        let (pointer, conditions) = (spot.pointer(), &spot.conditions);
        let first = self.questions.iter().find(|known| {
            known.pointer == pointer
                && known.value == value
                && known.words.is_some()
                && known.document["type"] == spot.document["type"]
                && known.conditions.iter().all(|condition| conditions.contains(condition))
        });
        let words = first.map_or(words.map(str::to_owned), |first| first.words.clone());
        let document = spot.document.clone();
        self.questions.push(Question { pointer, document, conditions: conditions.clone(), value, words });
    }
}

/// What is wrong with the hover at a place.
fn wrong(question: &Question) -> Option<String> {
    let text = serde_json::to_string_pretty(&question.document).unwrap();
    let document = Document::new("acme-connectionSpec.json", 0, Text::new(&text));
    let value = document.tree().at_pointer(&question.pointer).expect("the document has the place");
    let node = match question.value {
        Some(_) => value,
        None => value.as_part_of_member().unwrap().key,
    };
    let place = format!("{} {} in {}", question.pointer, node.text(), question.document);
    let Some(shown) = hover(&document, &diagnostics(&document, &Facts::default()), node.range().start) else {
        return Some(format!("nothing at {place}"));
    };
    // A property of a schema that is not shown to users is not an input, whatever the vocabulary states about properties.
    let is_mere_property = question.pointer.ends_with("/x chosen") && shown.contents.contains("\n\nProperty");
    let words = question.words.as_deref().unwrap_or_default();
    if !shown.contents.contains(words) && !is_mere_property {
        return Some(format!("without its words at {place}: {}", shown.contents));
    }
    if shown.range != node.range() || shown.contents.trim().is_empty() || !shown.contents.contains("](https://") {
        return Some(format!("without a link or off its place at {place}: {}", shown.contents));
    }
    None
}

#[test]
fn every_key_and_value_of_the_vocabulary_has_a_hover() {
    let mut walk = Walk::default();
    for (definition, kind) in [("restSpec", "generic-rest"), ("streamingSpec", "generic-streaming"), ("anySpec", "crm")]
    {
        let document = json!({ "type": kind });
        let spot = Spot { path: Vec::new(), document, conditions: Vec::new(), followed: Vec::new() };
        walk.visit(target(&format!("#/definitions/{definition}")), &spot);
    }
    let keys = walk.questions.iter().filter(|question| question.value.is_none()).count();
    let values = walk.questions.len() - keys;
    println!("hover: {keys} keys and {values} values of the vocabulary");
    assert!(keys > 1000 && values > 200, "the walk is too short: {keys} keys, {values} values");
    let wrong: Vec<String> = walk.questions.iter().filter_map(wrong).collect();
    let first = wrong.iter().take(10).map(String::as_str).collect::<Vec<_>>().join("\n\n");
    assert!(wrong.is_empty(), "{} of {} hovers are missing or wrong:\n\n{first}", wrong.len(), walk.questions.len());
}
