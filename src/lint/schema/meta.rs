//! Violations of draft-07's meta-schema in embedded JSON Schemas, as plain data.

use std::sync::LazyLock;

use jsonschema::error::{TypeKind, ValidationErrorKind as Error};
use jsonschema::{JsonType, ValidationError, Validator};
use serde_json::{Value, json};

use crate::syntax::{Kind, Node};

use super::{MAX_VIOLATIONS, value_of};

/// The problem with a value inside a schema.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum SchemaViolation {
    /// Its JSON type is none of these.
    WrongType(Vec<&'static str>),
    /// It is none of these.
    NotAmong(Vec<Value>),
    /// A number less than zero.
    Negative,
    /// A number that is not greater than zero.
    NotPositive,
    /// An empty array.
    Empty,
    /// An array with a duplicate.
    Duplicate,
    /// A string that isn't a regular expression.
    NotARegex,
}

/// The meta-schema is part of the validator, so nothing is fetched.
static DRAFT_07: LazyLock<Option<Validator>> = LazyLock::new(|| {
    let options = jsonschema::options().with_draft(jsonschema::Draft::Draft7).should_validate_formats(true).offline();
    let schema = json!({ "$ref": "http://json-schema.org/draft-07/schema#" });
    options.build(&schema).inspect_err(|error| tracing::error!("the meta-schema: {error}")).ok()
});

/// All violations in a schema and those inside it, in no order, each at the wrong value. Values that are missing or half
/// typed are syntax errors and no violations.
pub(crate) fn violations(schema: Node<'_>) -> Vec<(Node<'_>, SchemaViolation)> {
    let mut violations = Vec::new();
    if let Some(validator) = &*DRAFT_07 {
        let value = value_of(schema, 0);
        let errors = validator.iter_errors(&value).take(MAX_VIOLATIONS);
        errors.for_each(|error| translate(&error, schema, &mut violations));
    }
    violations
}

fn translate<'t>(error: &ValidationError<'_>, schema: Node<'t>, violations: &mut Vec<(Node<'t>, SchemaViolation)>) {
    let Some(node) = schema.at_pointer(error.instance_path().as_str()) else { return };
    if matches!(node.kind(), Kind::Missing | Kind::Word) {
        return;
    }
    let violation = match error.kind() {
        Error::Type { kind } => SchemaViolation::WrongType(names(kind)),
        Error::Enum { options } => SchemaViolation::NotAmong(options.as_array().cloned().unwrap_or_default()),
        Error::Minimum { .. } => SchemaViolation::Negative,
        Error::ExclusiveMinimum { .. } => SchemaViolation::NotPositive,
        Error::MinItems { .. } => SchemaViolation::Empty,
        Error::UniqueItems => SchemaViolation::Duplicate,
        Error::Format { format } if format == "regex" => SchemaViolation::NotARegex,
        Error::AnyOf { context } => return translate_any_of(error, context, schema, violations),
        // The meta-schema uses no other keyword.
        _ => return,
    };
    violations.push((node, violation));
}

/// The violations of the alternative that matches the type of the value, or else a wrong type with all alternatives.
fn translate_any_of<'t>(
    error: &ValidationError<'_>,
    alternatives: &[Vec<ValidationError<'static>>],
    schema: Node<'t>,
    violations: &mut Vec<(Node<'t>, SchemaViolation)>,
) {
    let matches_type = |errors: &&Vec<ValidationError<'static>>| {
        let of_value = |inner: &&ValidationError<'_>| inner.instance_path() == error.instance_path();
        !errors.iter().filter(of_value).any(|inner| matches!(inner.kind(), Error::Type { .. } | Error::Enum { .. }))
    };
    if let Some(meant) = alternatives.iter().find(matches_type) {
        return meant.iter().for_each(|inner| translate(inner, schema, violations));
    }
    let Some(node) = schema.at_pointer(error.instance_path().as_str()) else { return };
    let mut types = Vec::new();
    for inner in alternatives.iter().flatten().filter(|inner| inner.instance_path() == error.instance_path()) {
        match inner.kind() {
            Error::Enum { .. } if node.kind() == Kind::String => return translate(inner, schema, violations),
            // The closed sets of the meta-schema are strings.
            Error::Enum { .. } => types.push("string"),
            Error::Type { kind } => types.extend(names(kind)),
            _ => {}
        }
    }
    violations.push((node, SchemaViolation::WrongType(types)));
}

/// The names of types; `object` first, as most schemas are objects.
fn names(kind: &TypeKind) -> Vec<&'static str> {
    let mut names: Vec<_> = match kind {
        TypeKind::Single(kind) => vec![kind.as_str()],
        TypeKind::Multiple(kinds) => kinds.iter().map(JsonType::as_str).collect(),
    };
    names.sort_by_key(|name| *name != "object");
    names
}

#[cfg(test)]
mod tests {

    use super::*;
    use crate::syntax::Tree;

    fn check(text: &str, expected: &[(&str, &str)]) {
        let tree = Tree::parse(text.to_owned());
        let found = violations(tree.root());
        let rendered: Vec<_> =
            found.iter().map(|(node, violation)| (node.pointer(), format!("{violation:?}"))).collect();
        let rendered: Vec<(&str, &str)> =
            rendered.iter().map(|(place, violation)| (place.as_str(), violation.as_str())).collect();
        assert_eq!(rendered, expected, "{text}");
    }

    #[test]
    fn the_place_is_the_innermost_value_also_in_one_of_several_forms() {
        check(
            r#"{ "type": "object", "properties": { "a": true, "b": {} }, "items": [{}], "dependencies": { "a": ["b"] } }"#,
            &[],
        );
        check(r#"{ "required": "a" }"#, &[("/required", r#"WrongType(["array"])"#)]);
        check(r#"{ "items": { "items": [ {}, { "minLength": -1 } ] } }"#, &[("/items/items/1/minLength", "Negative")]);
        check(r#"{ "items": 1 }"#, &[("/items", r#"WrongType(["object", "boolean", "array"])"#)]);
        check(r#"{ "type": 1 }"#, &[("/type", r#"WrongType(["string", "array"])"#)]);
        check(
            r#"{ "minimum": "1", "multipleOf": 0 }"#,
            &[("/minimum", r#"WrongType(["number"])"#), ("/multipleOf", "NotPositive")],
        );
        check(r#"{ "type": [], "allOf": [] }"#, &[("/type", "Empty"), ("/allOf", "Empty")]);
        check(r#"{ "required": ["a", "a"] }"#, &[("/required", "Duplicate")]);
        check(r#"{ "properties": { "a": "string" } }"#, &[("/properties/a", r#"WrongType(["object", "boolean"])"#)]);
        check(r#"{ "properties": { "a":  }, "required": [ "a", ] }"#, &[]);
    }
}
