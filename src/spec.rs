//! The vocabulary: every key of a connection spec with its type, description and values, read from one embedded schema.
//!
//! `spec/schema.json` is JSON Schema draft-07 with annotations (`x-…`), generated from the files of `spec/vocabulary/`,
//! which `spec/vocabulary/README.md` describes. [`Entry`] is what it states about one value of a document: often several
//! schemas apply to a value, the most specific first.

mod entry;
mod entry_cache;
mod json;
mod kind;
pub mod spelling;

use std::sync::LazyLock;

use crate::syntax::{Kind, Node};

pub use entry::{Confidence, Entry, KnownValue, Snippet, StringFormat};
pub use entry_cache::EntryCache;
pub use json::Json;
pub use kind::SpecKind;
pub(crate) use kind::enclosed_spec;

/// The text of the schema.
pub const SCHEMA: &str = include_str!("spec/schema.json");

static ROOT: LazyLock<Json> = LazyLock::new(|| serde_json::from_str(SCHEMA).unwrap_or(Json::Null));

/// The schema, parsed.
pub fn schema() -> &'static Json {
    &ROOT
}

/// Whether Flow Service sets this key of the root object.
pub fn is_set_by_service(key: &str) -> bool {
    static KEYS: LazyLock<Vec<&str>> = LazyLock::new(|| {
        let keys = definition("everySpec").and_then(|spec| spec.get("properties")).into_iter().flat_map(Json::members);
        let is_set = |schema: &Json| schema.get("x-setByService") == Some(&Json::Bool(true));
        keys.filter(|(_, schema)| is_set(schema)).map(|(key, _)| key).collect()
    });
    KEYS.contains(&key)
}

/// The keys whose values, somewhere in a spec, must be numbers of a certain size, also as strings.
pub fn numeric_keys() -> &'static [&'static str] {
    fn collect(schema: &Json, keys: &mut Vec<&'static str>) {
        for (key, value) in schema.get("properties").into_iter().flat_map(Json::members) {
            let format = value.get("x-format").and_then(Json::as_str).unwrap_or_default();
            if value.get("minimum").is_some() || format.starts_with("number") {
                keys.push(key);
            }
        }
        schema.members().for_each(|(_, inner)| collect(inner, keys));
        schema.elements().for_each(|inner| collect(inner, keys));
    }
    static KEYS: LazyLock<Vec<&str>> = LazyLock::new(|| {
        let mut keys = Vec::new();
        collect(&ROOT, &mut keys);
        keys
    });
    &KEYS
}

/// A definition of the schema.
fn definition(name: &str) -> Option<&'static Json> {
    static DEFINITIONS: LazyLock<Option<&Json>> = LazyLock::new(|| ROOT.get("definitions"));
    DEFINITIONS.as_ref()?.get(name)
}

/// What a variable such as `START_TIME` is replaced by.
pub fn variable_description(name: &str) -> Option<&'static str> {
    ROOT.get("x-variableDescriptions")?.get(name)?.as_str()
}

/// What an id from Adobe's documentation and API responses identifies.
pub fn id_description(id: &str) -> Option<&'static str> {
    ROOT.get("x-ids")?.get(id)?.as_str()
}

/// What a run of one letter, or a character that is copied literally, means in a .NET custom date and time format.
pub fn date_format_description(letters: &str) -> Option<&'static str> {
    ROOT.get("x-dateFormatLetters")?.get(letters)?.as_str()
}

/// The versions of JSON Schema: the URL for `$schema`, and the common name.
pub fn json_schema_drafts() -> impl Iterator<Item = (&'static str, &'static str)> {
    let drafts = ROOT.get("x-jsonSchemaDrafts").into_iter().flat_map(Json::members);
    drafts.filter_map(|(url, name)| Some((url, name.as_str()?)))
}

/// The JSON Schema type of a node; a number without a fraction is an `integer`.
pub fn type_name(node: Node<'_>) -> Option<&'static str> {
    Some(match node.kind() {
        Kind::Object => "object",
        Kind::Array => "array",
        Kind::String => "string",
        Kind::Number if node.text().bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') => "integer",
        Kind::Number => "number",
        Kind::True | Kind::False => "boolean",
        Kind::Null => "null",
        Kind::Member | Kind::Word | Kind::Missing => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::Tree;

    fn entry(text: &str, pointer: &str) -> Entry {
        let tree = Tree::parse(text.to_owned());
        let kind = SpecKind::detect(tree.root(), "x-connectionSpec.json").expect("a spec by its name");
        Entry::of(kind, tree.at_pointer(pointer).expect("a node at the pointer"))
    }

    #[test]
    fn the_schema_is_valid_json() {
        assert!(matches!(schema(), Json::Object(_)));
    }

    #[test]
    fn a_pagination_type_has_only_its_own_keys() {
        let text = r#"{"type": "generic-rest", "sourceSpec": {"attributes": {"paginationParams": {"type": "PAGE"}}}}"#;
        let entry = entry(text, "/sourceSpec/attributes/paginationParams");
        assert!(entry.keys().contains(&"pageParamName"));
        assert!(!entry.keys().contains(&"pointerPath"));
        assert!(entry.required().contains(&"pageParamName"));
    }

    #[test]
    fn embedded_schemas_are_described_at_any_depth() {
        let text =
            r#"{"type": "generic-rest", "sourceSpec": {"spec": {"properties": {"a": {"items": {"type": "string"}}}}}}"#;
        assert!(entry(text, "/sourceSpec/spec/properties/a/items").is_embedded_schema());
        assert!(!entry(text, "/sourceSpec/spec/properties").is_embedded_schema());
        assert!(entry(text, "/sourceSpec/spec/properties/a").description().is_some());
    }
}
