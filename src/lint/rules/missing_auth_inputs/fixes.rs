//! Fixes: the type that fits the inputs, or the inputs that fit the type.

use serde_json::Value;

use crate::edit::writer::Writer;
use crate::lint::Fix;
use crate::source::auth::{self, AuthMethod};
use crate::source::model::Schema;
use crate::syntax::{Kind, Node};
use crate::text::Edit;

use super::{Context, Unfit, and_list, declared, misspelled};

/// The fixes, the likeliest first.
pub(crate) fn of(context: &Context<'_>, writer: &Writer<'_>, unfit: &Unfit<'_>) -> Vec<Fix> {
    let fitting = auth::methods().iter().filter(|other| fits(context, unfit, other));
    let mut fixes: Vec<Fix> = fitting.filter_map(|other| with_type(writer, unfit, other)).collect();
    if unfit.method.is_header_based() {
        fixes.extend(as_headers(writer, unfit));
    }
    fixes.extend(renamed(context, writer, unfit));
    let names = and_list(unfit.missing.iter().map(|(name, _)| *name));
    fixes.push(Fix::offered(format!("Declare {names}"), declare(writer, unfit)));
    fixes
}

/// Whether all inputs of another method are declared.
fn fits(context: &Context<'_>, unfit: &Unfit<'_>, other: &'static AuthMethod) -> bool {
    let missing = context.missing_inputs(unfit.entry, other);
    other != unfit.method && missing.is_some_and(|missing| missing.is_empty())
}

/// Changes the type, and the name if it was that of the old type.
fn with_type<'d>(writer: &Writer<'_>, unfit: &Unfit<'d>, other: &AuthMethod) -> Option<Fix> {
    let string = |node: Option<Node<'d>>| node.filter(|node| node.kind() == Kind::String);
    let name = string(unfit.entry.name()).filter(|name| {
        let named = name.string().and_then(|name| auth::by_name(&name));
        named.is_some_and(|(named, _)| named == unfit.method)
    });
    let auth_type = string(unfit.entry.type_node()).map(|auth_type| writer.rename(auth_type, other.auth_type()));
    let edits: Vec<Edit> = auth_type.into_iter().chain(name.map(|name| writer.rename(name, other.name()))).collect();
    (!edits.is_empty()).then(|| Fix::offered(format!("Change the type to `{}`", other.auth_type()), edits))
}

/// Renames an input that is declared in another spelling, where it is declared, required and referred to.
fn renamed(context: &Context<'_>, writer: &Writer<'_>, unfit: &Unfit<'_>) -> Option<Fix> {
    let [(name, _)] = *unfit.missing else { return None };
    let (key, schema) = misspelled(unfit, name)?;
    if context.is_referenced(&key) {
        return None;
    }
    let declaration = schema.as_part_of_member()?.key;
    let required = unfit.schema.required().into_iter().flat_map(Node::elements);
    let required = required.filter(|element| element.string().as_ref() == Some(&key));
    let edits = required.chain([declaration]).map(|node| writer.rename(node, name));
    Some(Fix::offered(format!("Rename `{key}` to `{name}`"), edits.collect::<Vec<_>>()))
}

/// Adds a header to each secret input.
fn as_headers(writer: &Writer<'_>, unfit: &Unfit<'_>) -> Vec<Fix> {
    let Some(header) = unfit.method.rest_attributes() else { return Vec::new() };
    let header = Value::Object(header.clone());
    let secrets = declared(unfit.properties).filter(|(name, schema)| auth::is_secret_input(name, Schema::new(*schema)));
    let send = |(name, schema): (_, Node<'_>)| {
        let edit = writer.insert_key(schema, Schema::REST_ATTRIBUTES, &header);
        Fix::offered(format!("Send `{name}` as a header"), [edit])
    };
    secrets.map(send).collect()
}

/// Declares the missing inputs as the snippet has them; if some inputs are required, so are these.
fn declare(writer: &Writer<'_>, unfit: &Unfit<'_>) -> Vec<Edit> {
    let missing = || unfit.missing.iter().copied();
    let mut edits = writer.insert_keys(unfit.properties, missing().map(|(name, schema)| (name, Some(schema.clone()))));
    let required = unfit.schema.required().filter(|required| required.kind() == Kind::Array);
    if let Some(required) = required {
        let names: Vec<Value> = missing().map(|(name, _)| name.into()).collect();
        edits.push(writer.insert_elements(required, &names.iter().collect::<Vec<_>>()));
    }
    edits
}
