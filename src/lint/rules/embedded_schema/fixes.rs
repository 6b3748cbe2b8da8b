//! What makes a value one that draft-07 allows.

use serde_json::json;

use crate::edit::writer::Writer;
use crate::lint::Fix;
use crate::lint::schema::meta::SchemaMistake;
use crate::syntax::{Kind, Node};

use super::{Context, invalid_value, is_about, required_input, wrong_type};

/// What mends it, the likeliest first.
pub(crate) fn of(context: &Context<'_>, writer: &Writer<'_>, node: Node<'_>, mistake: &SchemaMistake) -> Vec<Fix> {
    match mistake {
        SchemaMistake::WrongType(_) if is_about(node) => required(context, writer, node).into_iter().collect(),
        SchemaMistake::WrongType(_) => wrong_type::conversions(writer, node, &context.entry(node)),
        SchemaMistake::NotAmong(allowed) => invalid_value::replacements(writer, node, allowed),
        SchemaMistake::Negative | SchemaMistake::NotPositive | SchemaMistake::Empty => {
            without(writer, node).into_iter().collect()
        }
        SchemaMistake::Twice => vec![Fix::safe("Remove the second one", [writer.remove(node)])],
    }
}

/// The key with its value goes.
fn without(writer: &Writer<'_>, node: Node<'_>) -> Option<Fix> {
    let member = node.as_part_of_member()?;
    let key = member.key.string()?;
    Some(Fix::possible(format!("Remove `{key}`"), [writer.remove(member.node)]))
}

/// What an input says of itself goes to where it belongs.
fn required(context: &Context<'_>, writer: &Writer<'_>, flag: Node<'_>) -> Option<Fix> {
    let (name, schema) = required_input(flag)?;
    let removal = writer.remove(flag.as_part_of_member()?.node);
    if flag.kind() == Kind::False {
        return Some(Fix::offered("Remove it: an input is not required unless a list says so", [removal]));
    }
    let list = schema.get("required");
    let insertion = match list {
        Some(list) if list.elements().any(|other| other.string().as_deref() == Some(&name)) => None,
        Some(list) if list.kind() == Kind::Array => Some(writer.insert_elements(list, &[&json!(name)])),
        Some(_) => return None,
        None => Some(writer.insert_key(schema, &context.entry(schema), "required", &json!([name]))),
    };
    let edits = std::iter::once(removal).chain(insertion);
    Some(Fix::offered(format!("Put `{name}` into the list `required`"), edits))
}
