//! What a page says about a source, read from its spec.

use serde_json::{Map, Value};

use crate::document::Document;
use crate::source::auth;
use crate::source::model::{Request, Schema, Source, UiAttributes, UiText};
use crate::source::records;
use crate::source::schemas::Scope;
use crate::syntax::{Kind, Node};

use super::PageFacts;

/// A source, as its page describes it.
pub(super) struct Subject {
    pub(super) label: String,
    pub(super) is_streaming: bool,
    pub(super) is_beta: bool,
    pub(super) category: String,
    /// The ids that the page may name.
    pub(super) spec_ids: Vec<String>,
    pub(super) version: String,
    pub(super) provider_id: String,
    pub(super) flow_spec_id: &'static str,
    pub(super) methods: Vec<Method>,
    /// The inputs of a source connection.
    pub(super) inputs: Vec<Field>,
    /// The name of the node that wraps each record, if it is certain.
    pub(super) wrapper: Option<String>,
}

/// An authentication method.
pub(super) struct Method {
    pub(super) name: String,
    pub(super) fields: Vec<Field>,
}

/// An input.
pub(super) struct Field {
    pub(super) name: String,
    pub(super) description: String,
    pub(super) is_required: bool,
    /// Whether users do not see it.
    pub(super) is_hidden: bool,
    is_secret: bool,
    is_object: bool,
    example: Option<Value>,
}

impl Subject {
    pub(super) fn of(document: &Document, facts: &PageFacts) -> Option<Subject> {
        let kind = document.kind().filter(|kind| kind.is_generic())?;
        let source = Source::of(document.tree());
        let request = source.request();
        let ui = request.and_then(Request::ui_attributes);
        let methods = source
            .auth_entries()
            .map(|entry| Method { name: text(entry.name()), fields: entry.spec().map(fields).unwrap_or_default() });
        let mut spec_ids = facts.spec_ids.clone();
        spec_ids.extend(Some(text(source.id())).filter(|id| !id.is_empty() && facts.spec_ids.is_empty()));
        Some(Subject {
            label: label(source, ui, facts),
            is_streaming: kind.is_streaming(),
            is_beta: ui.and_then(UiAttributes::is_beta).is_some_and(|node| node.text() == "true"),
            category: ui.and_then(UiAttributes::category).map(|node| text(UiText::new(node).key())).unwrap_or_default(),
            spec_ids,
            version: Some(text(source.version())).filter(|version| !version.is_empty()).unwrap_or("1.0".to_owned()),
            provider_id: text(source.provider_id()),
            flow_spec_id: facts.flow_spec_id,
            methods: methods.collect(),
            inputs: source.input_schema().map(fields).unwrap_or_default(),
            wrapper: request.and_then(records::wrapper).map(|name| name.into_owned()),
        })
    }

    /// The id to write: the known one, or a placeholder if there is none or more than one.
    pub(super) fn spec_id(&self) -> &str {
        match &self.spec_ids[..] {
            [one] => one,
            _ => "{CONNECTION_SPEC_ID}",
        }
    }

    /// The `params` of a source connection: an example for each input.
    pub(super) fn source_params(&self) -> Value {
        params(self.inputs.iter())
    }
}

impl Method {
    /// The `params` of a base connection: a placeholder for each input that users see.
    pub(super) fn params(&self) -> Value {
        params(self.shown().filter(|field| !field.is_object || field.is_required))
    }

    /// The inputs that users see.
    pub(super) fn shown(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| !field.is_hidden)
    }
}

impl Field {
    /// The value that stands for the user's own: an example of the spec, never one of a secret.
    pub(super) fn sample(&self) -> Value {
        match &self.example {
            Some(example) if !self.is_secret => example.clone(),
            _ => placeholder(&self.name).into(),
        }
    }
}

fn params<'f>(fields: impl Iterator<Item = &'f Field>) -> Value {
    fields.map(|field| (field.name.clone(), field.sample())).collect::<Map<_, _>>().into()
}

/// `{LIST_ID}` for `listId`, as Adobe's pages write values of the user.
fn placeholder(name: &str) -> String {
    let mut words = String::new();
    let mut was_lower = false;
    for char in name.chars() {
        if char.is_uppercase() && was_lower {
            words.push('_');
        }
        was_lower = char.is_lowercase() || char.is_ascii_digit();
        let is_word = char.is_alphanumeric();
        words.extend(if is_word { char.to_uppercase().collect::<Vec<_>>() } else { vec!['_'] });
    }
    format!("{{{words}}}")
}

fn label(source: Source<'_>, ui: Option<UiAttributes<'_>>, facts: &PageFacts) -> String {
    let in_spec = ui.and_then(UiAttributes::label).map(|node| text(UiText::new(node).text()));
    let known = [facts.label.clone(), in_spec, Some(text(source.name()))].into_iter().flatten();
    let lines = known.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.into_iter().find(|label| !label.is_empty()).unwrap_or_else(|| "YOURSOURCE".to_owned())
}

fn text(node: Option<Node<'_>>) -> String {
    node.and_then(Node::as_string).unwrap_or_default().trim().to_owned()
}

/// The inputs that a schema declares.
fn fields(schema: Node<'_>) -> Vec<Field> {
    let scope = Scope::of(schema);
    let required: Vec<_> = Schema::new(schema).required_names().collect();
    let members = scope.members().filter_map(|member| Some((member.key.string()?, member.value)));
    members
        .map(|(name, node)| {
            let schema = Schema::new(node);
            Field {
                description: schema.help_text().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" "),
                is_required: required.contains(&name),
                is_hidden: schema.is_hidden(),
                is_secret: auth::is_secret_input(&name, schema),
                is_object: text(schema.type_node()) == "object",
                example: example(schema),
                name: name.into_owned(),
            }
        })
        .collect()
}

/// An example that the schema gives: its only value, an example, the default, or the first allowed value.
fn example(schema: Schema<'_>) -> Option<Value> {
    let node = schema
        .const_value()
        .or_else(|| schema.example())
        .or_else(|| first(schema.examples()))
        .or_else(|| schema.default_value())
        .or_else(|| first(schema.enum_values()))?;
    serde_json::from_str(node.text()).ok()
}

fn first(node: Option<Node<'_>>) -> Option<Node<'_>> {
    node.filter(|node| node.kind() == Kind::Array)?.elements().next()
}

#[cfg(test)]
mod tests {
    use super::placeholder;

    #[test]
    fn a_placeholder_has_the_words_of_the_name() {
        for (name, expected) in [
            ("listId", "{LIST_ID}"),
            ("object_type", "{OBJECT_TYPE}"),
            ("authKey1", "{AUTH_KEY1}"),
            ("APIKey", "{APIKEY}"),
            ("a.b", "{A_B}"),
        ] {
            assert_eq!(placeholder(name), expected);
        }
    }
}
