//! The conditions of the schema: which of its branches hold for a node.

use serde_json::Value;

use crate::syntax::{Kind, Node};

use super::type_name;

/// Whether a condition of the schema holds for a node. Understands what the schema's own conditions use: `type`, `const`,
/// `enum`, `required`, `properties`.
pub(super) fn holds(condition: &Value, node: Node<'_>) -> bool {
    let Some(condition) = condition.as_object() else { return false };
    condition.iter().all(|(keyword, expected)| match keyword.as_str() {
        "type" => expected.as_str() == type_name(node),
        "const" => is_equal(node, expected),
        "enum" => expected.as_array().is_some_and(|values| values.iter().any(|value| is_equal(node, value))),
        "required" => {
            let mut keys = expected.as_array().into_iter().flatten().filter_map(Value::as_str);
            node.kind() != Kind::Object || keys.all(|key| node.get(key).is_some())
        }
        "properties" => expected.as_object().is_some_and(|properties| {
            properties.iter().all(|(key, schema)| node.get(key).is_none_or(|value| holds(schema, value)))
        }),
        _ => false,
    })
}

fn is_equal(node: Node<'_>, value: &Value) -> bool {
    match value {
        Value::String(text) => node.kind() == Kind::String && node.string().as_deref() == Some(text),
        other => {
            let written = other.to_string();
            node.text() == written
        }
    }
}
