//! The conditions of the schema: which of its branches hold for a node.

use crate::syntax::{Kind, Node};

use super::{Json, type_name};

/// Whether a condition of the schema holds for a node. Understands what the schema's own conditions use: `type`, `const`,
/// `enum`, `required`, `properties`.
pub(super) fn holds(condition: &Json, node: Node<'_>) -> bool {
    let Json::Object(_) = condition else { return false };
    condition.members().all(|(keyword, expected)| match keyword {
        "type" => expected.as_str() == type_name(node),
        "const" => expected.is(node),
        "enum" => expected.elements().any(|value| value.is(node)),
        "required" => {
            let mut keys = expected.elements().filter_map(Json::as_str);
            node.kind() != Kind::Object || keys.all(|key| node.get(key).is_some())
        }
        "properties" => expected.members().all(|(key, schema)| node.get(key).is_none_or(|value| holds(schema, value))),
        _ => false,
    })
}
