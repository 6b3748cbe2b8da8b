//! Declaring an input: in `sourceSpec.spec`, or where users sign in.

use serde_json::{Value, json};

use crate::source::inputs::Inputs;
use crate::spec::{Entry, SpecKind};
use crate::syntax::{Kind, Node, Tree};

use crate::edit::writer::Writer;
use crate::text::Edit;

/// The description that a new input gets, for its author to fill in.
const TO_FILL_IN: &str = "What the user must enter";

/// Declares inputs in one document.
pub(crate) struct Declarer<'d> {
    /// The document.
    pub(crate) tree: &'d Tree,
    /// What it is.
    pub(crate) kind: SpecKind,
    /// Writes into it.
    pub(crate) writer: &'d Writer<'d>,
}

/// The JSON schema of an input whose value is a text.
pub(crate) fn text() -> Value {
    json!({ "type": "string", "description": TO_FILL_IN })
}

/// The JSON schema of an input whose value is a secret.
pub(crate) fn secret() -> Value {
    json!({ "type": "string", "description": TO_FILL_IN, "format": "password" })
}

/// A name that no input has: this one, or with a number behind it. The names that the template's declaring form has in
/// place of inputs (`urlParams`) are taken.
pub(crate) fn free_name(inputs: &Inputs<'_>, name: &str) -> String {
    let inputs_of_source = ["sourceSpec", "spec", "properties"];
    let root = Entry::root(SpecKind::Rest, None);
    let declaring = inputs_of_source.iter().fold(root, |entry, key| entry.key(key, None)).keys();
    let numbered = (2..).map(|number| format!("{name}{number}"));
    let mut names = std::iter::once(name.to_owned()).chain(numbered);
    names.find(|name| inputs.named(name).next().is_none() && !declaring.contains(&name.as_str())).unwrap_or_default()
}

impl Declarer<'_> {
    /// Declares an input of the source. `None` where half of it is typed only.
    pub(crate) fn in_source(&self, name: &str, schema: &Value) -> Option<Edit> {
        let source = self.tree.root().get("sourceSpec").filter(|source| source.kind() == Kind::Object)?;
        self.inside(source, name, schema)
    }

    /// Declares an input of every way to sign in; of the source, where there is none. `None` where half of it is typed
    /// only.
    pub(crate) fn for_signing_in(&self, name: &str, schema: &Value) -> Option<Vec<Edit>> {
        let auth = self.tree.root().get("authSpec");
        let entries: Vec<Node<'_>> = auth.into_iter().flat_map(Node::elements).collect();
        if entries.is_empty() {
            return self.in_source(name, schema).map(|edit| vec![edit]);
        }
        entries.into_iter().map(|entry| self.inside(entry, name, schema)).collect()
    }

    /// Declares an input in the schema of an object's `spec`, with what is missing around it.
    fn inside(&self, owner: Node<'_>, name: &str, schema: &Value) -> Option<Edit> {
        let insert = |object: Node<'_>, key: &str, value: &Value| {
            let is_object = object.kind() == Kind::Object;
            is_object.then(|| self.writer.insert_key(object, &Entry::of(self.kind, object), key, value))
        };
        let Some(spec) = owner.get("spec") else {
            let whole = json!({
                "$schema": "http://json-schema.org/draft-07/schema#", "type": "object", "properties": { name: schema }
            });
            return insert(owner, "spec", &whole);
        };
        match spec.get("properties") {
            Some(properties) => insert(properties, name, schema),
            None => insert(spec, "properties", &json!({ name: schema })),
        }
    }
}
