//! Violations of the vocabulary's JSON Schema, as plain data.
//!
//! The only user of `jsonschema`. The validator gets the values of the tree, so broken documents are checked as far as they
//! parse, and every violation refers to a node by its path.

pub(crate) mod meta;

use std::sync::LazyLock;

use jsonschema::{Keyword, ValidationError, Validator};
use serde_json::{Map, Number, Value, json};

use crate::source::model::Source;
use crate::spec::{self, SpecKind};
use crate::syntax::{Kind, Member, Node, Tree};

/// The problem at a node.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ViolationKind {
    /// An object lacks a required key.
    Missing(String),
    /// An object lacks a key that the template has.
    Expected(String),
    /// An object has a key that the vocabulary does not know there.
    Unknown(String),
    /// An object has a key that belongs to another `type`.
    OfAnotherType(String),
    /// A value of another JSON type.
    WrongType,
    /// A value outside of a closed set.
    NotAmong(Vec<Value>),
    /// A value other than the only allowed one.
    NotTheConstant(Value),
    /// The value of a deprecated key.
    Deprecated,
}

/// A violation of the vocabulary.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Violation<'t> {
    /// The wrong value, or the object that lacks or has the key.
    pub(crate) node: Node<'t>,
    /// The problem with it.
    pub(crate) kind: ViolationKind,
}

/// More violations than a person reads; others are not reported.
const MAX_VIOLATIONS: usize = 5000;

/// All violations in a document of this kind, in no order. Values that are missing or half typed are syntax errors and no
/// violations.
pub(crate) fn violations(tree: &Tree, kind: SpecKind) -> Vec<Violation<'_>> {
    let validator = match kind {
        SpecKind::Rest => &*REST,
        SpecKind::Streaming => &*STREAMING,
        SpecKind::Undecided => &*UNDECIDED,
        SpecKind::Other => return Vec::new(),
    };
    let Some(validator) = validator else { return Vec::new() };
    let root = value_of(tree.root(), 0);
    let mut violations = Vec::new();
    for error in validator.iter_errors(&root).take(MAX_VIOLATIONS) {
        let Some(node) = tree.at_pointer(error.instance_path().as_str()) else { continue };
        if matches!(node.kind(), Kind::Missing | Kind::Word) {
            continue;
        }
        translate(&error, node, &mut violations);
    }
    violations
}

fn translate<'t>(error: &ValidationError<'_>, node: Node<'t>, violations: &mut Vec<Violation<'t>>) {
    use jsonschema::error::ValidationErrorKind as Error;
    let mut add = |kind| violations.push(Violation { node, kind });
    match error.kind() {
        Error::Required { property } => add(ViolationKind::Missing(property.as_str().unwrap_or_default().to_owned())),
        Error::Custom { keyword, .. } if keyword == "deprecated" => add(ViolationKind::Deprecated),
        Error::Custom { message, .. } => add(ViolationKind::Expected(message.clone())),
        Error::AdditionalProperties { unexpected } => {
            unexpected.iter().for_each(|key| add(ViolationKind::Unknown(key.clone())));
        }
        Error::PropertyNames { error } => {
            let name = error.instance().as_str().unwrap_or_default().to_owned();
            add(ViolationKind::OfAnotherType(name));
        }
        Error::Type { .. } => add(ViolationKind::WrongType),
        Error::Enum { options } => add(ViolationKind::NotAmong(options.as_array().cloned().unwrap_or_default())),
        Error::Constant { expected_value } => add(ViolationKind::NotTheConstant((**expected_value).clone())),
        // Alternatives of the vocabulary are two spellings of one key, of which the first is reported as missing.
        Error::AnyOf { context } => {
            for error in context.first().into_iter().flatten() {
                translate(error, node, violations);
            }
        }
        // The vocabulary uses no other keyword.
        _ => {}
    }
}

/// Deeper values are not validated: the validator is recursive, and the depth of the tree is unlimited. The vocabulary is far
/// less deep.
const MAX_DEPTH: usize = 64;

/// Longer arrays are checked up to here: all violations in one are collected, however many are used.
const MAX_ELEMENTS: usize = 1_000;

/// The value of a node; null if it is missing or half typed. Of duplicate keys the last one is used.
fn value_of(node: Node<'_>, depth: usize) -> Value {
    let is_seen = depth < MAX_DEPTH;
    let member = |member: Member<'_>| Some((member.key.string()?.into_owned(), value_of(member.value, depth + 1)));
    match node.kind() {
        Kind::Object => Value::Object(node.members().filter(|_| is_seen).filter_map(member).collect::<Map<_, _>>()),
        Kind::Array => {
            let elements = node.elements().take(MAX_ELEMENTS).filter(|_| is_seen);
            elements.map(|element| value_of(element, depth + 1)).collect()
        }
        Kind::String => node.string().unwrap_or_default().into(),
        Kind::Number => number(node.text()).into(),
        Kind::True => true.into(),
        Kind::False => false.into(),
        Kind::Null | Kind::Member | Kind::Word | Kind::Missing => Value::Null,
    }
}

/// A number; 0 if it isn't valid.
fn number(text: &str) -> Number {
    let whole = text.parse::<i64>().ok().map(Number::from).or_else(|| text.parse::<u64>().ok().map(Number::from));
    whole.or_else(|| text.parse().ok().and_then(Number::from_f64)).unwrap_or_else(|| 0.into())
}

static REST: LazyLock<Option<Validator>> = LazyLock::new(|| build(json!({ "$ref": "#/definitions/restSpec" })));
static STREAMING: LazyLock<Option<Validator>> =
    LazyLock::new(|| build(json!({ "$ref": "#/definitions/streamingSpec" })));
/// Of a spec with neither type nor provider, only these keys are certain to be missing.
static UNDECIDED: LazyLock<Option<Validator>> =
    LazyLock::new(|| build(json!({ "required": [Source::NAME, Source::PROVIDER_ID], EXPECTED: [Source::TYPE] })));

const EXPECTED: &str = "x-expected";

fn build(mut schema: Value) -> Option<Validator> {
    schema["definitions"] = definitions().unwrap_or_default();
    let options = jsonschema::options()
        .with_draft(jsonschema::Draft::Draft7)
        .offline()
        .with_keyword(EXPECTED, |_, keys, _| Ok(Box::new(Expected::new(keys))))
        .with_keyword("deprecated", |_, _, _| Ok(Box::new(Deprecated)));
    options.build(&schema).inspect_err(|error| tracing::error!("the embedded schema: {error}")).ok()
}

/// The definitions of the vocabulary without descriptions, examples and templates, which are most of it: the validator
/// keeps a copy of its schema.
fn definitions() -> Option<Value> {
    spec::schema().get("definitions").map(each)
}

fn each(schemas: &spec::Json) -> Value {
    schemas.members().map(|(name, schema)| (name, rules_of(schema))).collect()
}

fn rules_of(schema: &spec::Json) -> Value {
    let spec::Json::Object(_) = schema else { return schema.to_value() };
    let rules = schema.members().filter_map(|(keyword, value)| {
        let rule = match keyword {
            "properties" => each(value),
            "allOf" | "anyOf" => value.elements().map(rules_of).collect(),
            "if" | "then" | "else" | "items" | "additionalProperties" | "propertyNames" => rules_of(value),
            "$ref" | "type" | "enum" | "const" | "required" | "deprecated" | EXPECTED => value.to_value(),
            _ => return None,
        };
        Some((keyword, rule))
    });
    rules.collect()
}

/// The keyword `x-expected`: keys that the template has.
struct Expected(Vec<String>);

impl Expected {
    fn new(keys: &Value) -> Self {
        Expected(keys.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect())
    }

    fn missing(&self, instance: &Value) -> impl Iterator<Item = &String> {
        let object = instance.as_object();
        self.0.iter().filter(move |key| object.is_some_and(|object| !object.contains_key(*key)))
    }
}

impl<'i> Keyword<'i> for Expected {
    fn validate(&self, instance: &'i Value) -> Result<(), ValidationError<'i>> {
        self.missing(instance).next().map_or(Ok(()), |key| Err(ValidationError::custom(key)))
    }

    fn is_valid(&self, instance: &'i Value) -> bool {
        self.missing(instance).next().is_none()
    }

    fn iter_errors(&self, instance: &'i Value) -> Box<dyn Iterator<Item = ValidationError<'i>> + 'i> {
        let missing: Vec<String> = self.missing(instance).cloned().collect();
        Box::new(missing.into_iter().map(|key| -> ValidationError<'i> { ValidationError::custom(key) }))
    }
}

/// The keyword `deprecated`: the key is deprecated, whatever its value.
struct Deprecated;

impl<'i> Keyword<'i> for Deprecated {
    fn validate(&self, _: &'i Value) -> Result<(), ValidationError<'i>> {
        Err(ValidationError::custom("deprecated"))
    }

    fn is_valid(&self, _: &'i Value) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_validator_accepts_the_vocabulary() {
        assert!(REST.is_some() && STREAMING.is_some() && UNDECIDED.is_some());
    }

    #[test]
    fn every_keyword_of_the_vocabulary_is_evaluated() {
        fn collect(schema: &spec::Json, unknown: &mut Vec<&'static str>) {
            for (keyword, value) in schema.members() {
                match keyword {
                    "properties" | "definitions" => value.members().for_each(|(_, schema)| collect(schema, unknown)),
                    "allOf" | "anyOf" => value.elements().for_each(|schema| collect(schema, unknown)),
                    "if" | "then" | "else" | "items" | "additionalProperties" | "propertyNames" => {
                        collect(value, unknown);
                    }
                    "$ref" | "type" | "enum" | "const" | "required" | "deprecated" => {}
                    // By the rules `invalid-number` and `embedded-schema`.
                    "minimum" | "exclusiveMinimum" => {}
                    "$schema" | "title" | "description" | "examples" | "default" | "enumDescriptions" => {}
                    _ if keyword.starts_with("x-") => {}
                    _ => unknown.push(keyword),
                }
            }
        }
        let mut unknown = Vec::new();
        collect(spec::schema(), &mut unknown);
        assert_eq!(unknown, Vec::<&str>::new());
    }
}
