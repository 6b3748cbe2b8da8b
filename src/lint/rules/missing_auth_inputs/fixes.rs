//! The type that fits the inputs, or the inputs that fit the type.

use serde_json::Value;

use crate::edit::writer::Writer;
use crate::lint::Fix;
use crate::source::auth::{self as sign_in, SignIn};
use crate::source::secret_name;
use crate::syntax::{Kind, Node};
use crate::text::Edit;

use super::{Context, Unfit, declared};

/// What mends it, the likeliest first.
pub(crate) fn of(context: &Context<'_>, writer: &Writer<'_>, unfit: &Unfit<'_>) -> Vec<Fix> {
    let fitting = sign_in::known().iter().filter(|other| fits(context, unfit, other));
    let mut fixes: Vec<Fix> = fitting.filter_map(|other| with_type(writer, unfit, other)).collect();
    if unfit.sign_in.is_sent_by_header() {
        fixes.extend(as_headers(context, writer, unfit));
    }
    let names: Vec<String> = unfit.lacking.iter().map(|(name, _)| format!("`{name}`")).collect();
    fixes.push(Fix::offered(format!("Declare {}", names.join(" and ")), declare(context, writer, unfit)));
    fixes
}

/// Whether another way to sign in has all that it needs.
fn fits(context: &Context<'_>, unfit: &Unfit<'_>, other: &'static SignIn) -> bool {
    let lacking = context.lacking(unfit.entry, other);
    other != unfit.sign_in && lacking.is_some_and(|lacking| lacking.is_empty())
}

/// Another type, with the name that goes with it where the name was the old type's.
fn with_type(writer: &Writer<'_>, unfit: &Unfit<'_>, other: &SignIn) -> Option<Fix> {
    let text = |key: &str| unfit.entry.get(key).filter(|value| value.kind() == Kind::String);
    let name = text("name").filter(|name| {
        let named = name.string().and_then(|name| sign_in::of_name(&name));
        named.is_some_and(|(named, _)| named == unfit.sign_in)
    });
    let kind = text("type").map(|kind| writer.rename(kind, other.kind()));
    let edits: Vec<Edit> = kind.into_iter().chain(name.map(|name| writer.rename(name, other.name()))).collect();
    (!edits.is_empty()).then(|| Fix::offered(format!("Make it a sign-in of type `{}`", other.kind()), edits))
}

/// Each secret input with the header that it could go into.
fn as_headers(context: &Context<'_>, writer: &Writer<'_>, unfit: &Unfit<'_>) -> Vec<Fix> {
    let Some(header) = unfit.sign_in.header() else { return Vec::new() };
    let header = Value::Object(header.clone());
    let is_secret = |name: &str, schema: Node<'_>| sign_in::is_masked(schema) || secret_name::is_credential(name);
    let secrets = declared(unfit.properties).filter(|(name, schema)| is_secret(name, *schema));
    let send = |(name, schema): (_, Node<'_>)| {
        let edit = writer.insert_key(schema, &context.entry(schema), sign_in::HEADER, &header);
        Fix::offered(format!("Send `{name}` as a header"), [edit])
    };
    secrets.map(send).collect()
}

/// What is lacking, as the template has it; where some inputs are required, so are these.
fn declare(context: &Context<'_>, writer: &Writer<'_>, unfit: &Unfit<'_>) -> Vec<Edit> {
    let entry = context.entry(unfit.properties);
    let lacking = || unfit.lacking.iter().copied();
    let mut edits =
        writer.insert_keys(unfit.properties, &entry, lacking().map(|(name, schema)| (name, Some(schema.clone()))));
    let required = unfit.spec.get("required").filter(|required| required.kind() == Kind::Array);
    if let Some(required) = required {
        let names: Vec<Value> = lacking().map(|(name, _)| name.into()).collect();
        edits.push(writer.insert_elements(required, &names.iter().collect::<Vec<_>>()));
    }
    edits
}
