//! Fixes that make a value valid in draft-07.

use serde_json::json;

use crate::edit::writer::Writer;
use crate::lint::Fix;
use crate::lint::schema::meta::SchemaViolation;
use crate::source::model::Schema;
use crate::syntax::{Kind, Node};

use super::{invalid_value, is_required_flag, required_input, wrong_type};

/// The fixes, the likeliest first.
pub(crate) fn of(writer: &Writer<'_>, node: Node<'_>, violation: &SchemaViolation) -> Vec<Fix> {
    match violation {
        SchemaViolation::WrongType(_) if is_required_flag(node) => required(writer, node).into_iter().collect(),
        SchemaViolation::WrongType(_) => wrong_type::conversions(writer, node),
        SchemaViolation::NotAmong(allowed) => invalid_value::replacements(writer, node, allowed),
        SchemaViolation::Negative | SchemaViolation::NotPositive | SchemaViolation::Empty => {
            let member = node.as_part_of_member().filter(|member| member.key.string().is_some());
            member.map(|member| Fix::remove(writer, member).likely_if(false)).into_iter().collect()
        }
        SchemaViolation::NotARegex => {
            node.as_part_of_member().map(|member| Fix::remove(writer, member).likely_if(false)).into_iter().collect()
        }
        SchemaViolation::Duplicate => vec![Fix::safe("Remove the duplicate", [writer.remove(node)])],
    }
}

/// Moves a flag `required` of an input into the array `required` of the schema that declares it.
fn required(writer: &Writer<'_>, flag: Node<'_>) -> Option<Fix> {
    let (name, schema) = required_input(flag)?;
    let removal = writer.remove(flag.as_part_of_member()?.node);
    if flag.kind() == Kind::False {
        return Some(Fix::offered("Remove `required`; inputs are optional by default", [removal]));
    }
    let insertion = match Schema::new(schema).required() {
        Some(array) if array.elements().any(|other| other.string().as_deref() == Some(&name)) => None,
        Some(array) if array.kind() == Kind::Array => Some(writer.insert_elements(array, &[&json!(name)])),
        Some(_) => return None,
        None => Some(writer.insert_key(schema, Schema::REQUIRED, &json!([name]))),
    };
    let edits = std::iter::once(removal).chain(insertion);
    Some(Fix::offered(format!("Move `{name}` to the `required` array"), edits))
}
