//! Mistakes of embedded JSON schemas: what draft-07's own meta-schema says against them, as plain data.

use std::collections::HashSet;
use std::sync::LazyLock;

use jsonschema::error::{TypeKind, ValidationErrorKind as Error};
use jsonschema::{JsonType, ValidationError};
use serde_json::{Value, json};

use crate::syntax::{Kind, Node};

use super::instance::{Instance, TreeJson};
use super::{MOST, TreeValidator};

/// What is wrong with a value inside a schema.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum SchemaMistake {
    /// It has another JSON type than these.
    WrongType(Vec<&'static str>),
    /// It is none of these.
    NotAmong(Vec<Value>),
    /// A number below zero.
    Negative,
    /// A number that is not above zero.
    NotPositive,
    /// A list without elements.
    Empty,
    /// A list that has an element twice.
    Twice,
}

/// The meta-schema is part of the validator, so nothing is fetched.
static DRAFT_07: LazyLock<TreeValidator> = LazyLock::new(|| {
    let options = jsonschema::options_for::<TreeJson>()
        .with_draft(jsonschema::Draft::Draft7)
        .should_validate_formats(false)
        .offline();
    let schema = json!({ "$ref": "http://json-schema.org/draft-07/schema#" });
    options.build(&schema).inspect_err(|error| tracing::error!("the meta-schema: {error}")).ok()
});

/// All mistakes in a schema and those inside it, in no order, each at the value that is wrong. Values that are missing or
/// half typed are no mistakes here. `shadowed`: the members that a later one with the same key overrides.
pub(crate) fn mistakes<'t>(schema: Node<'t>, shadowed: &HashSet<usize>) -> Vec<(Node<'t>, SchemaMistake)> {
    let mut found = Vec::new();
    if let Some(validator) = &*DRAFT_07 {
        let errors = validator.iter_errors(Instance::new(schema, shadowed)).take(MOST);
        errors.for_each(|error| translate(&error, schema, &mut found));
    }
    found
}

fn translate<'t>(error: &ValidationError<'_>, schema: Node<'t>, found: &mut Vec<(Node<'t>, SchemaMistake)>) {
    let Some(node) = schema.at_pointer(error.instance_path().as_str()) else { return };
    if matches!(node.kind(), Kind::Missing | Kind::Word) {
        return;
    }
    let mistake = match error.kind() {
        Error::Type { kind } => SchemaMistake::WrongType(names(kind)),
        Error::Enum { options } => SchemaMistake::NotAmong(options.as_array().cloned().unwrap_or_default()),
        Error::Minimum { .. } => SchemaMistake::Negative,
        Error::ExclusiveMinimum { .. } => SchemaMistake::NotPositive,
        Error::MinItems { .. } => SchemaMistake::Empty,
        Error::UniqueItems => SchemaMistake::Twice,
        Error::AnyOf { context } => return translate_any_of(error, context, schema, found),
        // The meta-schema uses no other keyword.
        _ => return,
    };
    found.push((node, mistake));
}

/// Of alternatives, the one that the value is of by its type is meant; where it is of none, it should be any of them.
fn translate_any_of<'t>(
    error: &ValidationError<'_>,
    alternatives: &[Vec<ValidationError<'static>>],
    schema: Node<'t>,
    found: &mut Vec<(Node<'t>, SchemaMistake)>,
) {
    let is_of_it = |errors: &&Vec<ValidationError<'static>>| {
        let of_value = |inner: &&ValidationError<'_>| inner.instance_path() == error.instance_path();
        !errors.iter().filter(of_value).any(|inner| matches!(inner.kind(), Error::Type { .. } | Error::Enum { .. }))
    };
    if let Some(meant) = alternatives.iter().find(is_of_it) {
        return meant.iter().for_each(|inner| translate(inner, schema, found));
    }
    let Some(node) = schema.at_pointer(error.instance_path().as_str()) else { return };
    let mut types = Vec::new();
    for inner in alternatives.iter().flatten().filter(|inner| inner.instance_path() == error.instance_path()) {
        match inner.kind() {
            Error::Enum { .. } if node.kind() == Kind::String => return translate(inner, schema, found),
            // The alternatives of the meta-schema with a closed set are texts.
            Error::Enum { .. } => types.push("string"),
            Error::Type { kind } => types.extend(names(kind)),
            _ => {}
        }
    }
    found.push((node, SchemaMistake::WrongType(types)));
}

/// What belongs first comes first: a schema is an object more often than `true`.
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
        let found = mistakes(tree.root(), &HashSet::new());
        let drawn: Vec<_> = found.iter().map(|(node, mistake)| (node.pointer(), format!("{mistake:?}"))).collect();
        let drawn: Vec<(&str, &str)> =
            drawn.iter().map(|(place, mistake)| (place.as_str(), mistake.as_str())).collect();
        assert_eq!(drawn, expected, "{text}");
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
        check(r#"{ "required": ["a", "a"] }"#, &[("/required", "Twice")]);
        check(r#"{ "properties": { "a": "string" } }"#, &[("/properties/a", r#"WrongType(["object", "boolean"])"#)]);
        check(r#"{ "properties": { "a":  }, "required": [ "a", ] }"#, &[]);
    }
}
