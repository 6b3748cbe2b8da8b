//! Declares an input in `sourceSpec.spec` or in the entries of `authSpec`.

use serde_json::{Value, json};

use crate::edit::writer::Writer;
use crate::source::inputs::Inputs;
use crate::source::model::{AuthEntry, Schema, Source, SourceSpec};
use crate::spec::{Entry, SpecKind};
use crate::syntax::{Kind, Node};
use crate::text::Edit;

/// The description of a new input, for its author to replace.
const TO_FILL_IN: &str = "What the user must enter";

/// The JSON Schema of a string input.
pub(crate) fn string_schema() -> Value {
    json!({ "type": "string", "description": TO_FILL_IN })
}

/// The JSON Schema of a secret input.
pub(crate) fn secret_schema() -> Value {
    json!({ "type": "string", "description": TO_FILL_IN, Schema::FORMAT: Schema::PASSWORD })
}

/// A name that no input has: this one, or with a number after it. Names that the template's form of `sourceSpec.spec` has in
/// place of inputs (`urlParams`) are taken.
pub(crate) fn free_name(inputs: &Inputs<'_>, name: &str) -> String {
    let path = [Source::SOURCE_SPEC, SourceSpec::SPEC, Schema::PROPERTIES];
    let root = Entry::root(SpecKind::Rest, None);
    let taken = path.iter().fold(root, |entry, key| entry.key(key, None)).keys();
    let numbered = (2..).map(|number| format!("{name}{number}"));
    let mut names = std::iter::once(name.to_owned()).chain(numbered);
    names.find(|name| inputs.named(name).next().is_none() && !taken.contains(&name.as_str())).unwrap_or_default()
}

/// Declares an input of the source. `None` where a part of the declaration is half typed.
pub(crate) fn in_source(writer: &Writer<'_>, name: &str, schema: &Value) -> Option<Edit> {
    let source = Source::of(writer.tree()).source()?;
    inside(writer, source.node(), SourceSpec::SPEC, name, schema)
}

/// Declares an input of every authentication method; of the source, if there is none. `None` where a part of the
/// declaration is half typed.
pub(crate) fn in_auth_entries(writer: &Writer<'_>, name: &str, schema: &Value) -> Option<Vec<Edit>> {
    let entries: Vec<AuthEntry<'_>> = Source::of(writer.tree()).auth_entries().collect();
    if entries.is_empty() {
        return in_source(writer, name, schema).map(|edit| vec![edit]);
    }
    entries.into_iter().map(|entry| inside(writer, entry.node(), AuthEntry::SPEC, name, schema)).collect()
}

/// Declares an input in the schema at a key of an object, with the parents that are missing.
fn inside(writer: &Writer<'_>, owner: Node<'_>, key: &str, name: &str, schema: &Value) -> Option<Edit> {
    let insert = |object: Node<'_>, key: &str, value: &Value| {
        (object.kind() == Kind::Object).then(|| writer.insert_key(object, key, value))
    };
    let Some(spec) = owner.get(key) else {
        let complete = json!({
            "$schema": "http://json-schema.org/draft-07/schema#", "type": "object", "properties": { name: schema }
        });
        return insert(owner, key, &complete);
    };
    match Schema::new(spec).properties() {
        Some(properties) => insert(properties, name, schema),
        None => insert(spec, Schema::PROPERTIES, &json!({ name: schema })),
    }
}
