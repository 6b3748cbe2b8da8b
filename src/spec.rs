//! The vocabulary: what a connection spec may hold, in words and as rules, read from one embedded schema.
//!
//! `spec/schema.json` is draft-07 JSON Schema with annotations of our own (`x-…`, explained there by their use and in
//! [`Entry`]'s methods). Nothing else in the crate knows a key, a value or a link by heart. This module finds the entries
//! of the schema that speak about a node of a document; a node often has several, the most special first.

mod condition;
mod entries;
mod entry;
mod json;
pub mod near;

use std::sync::LazyLock;

use crate::syntax::{Kind, Node};

pub use entries::Entries;
pub use entry::{Choice, Entry, Template};
pub use json::Json;

/// The schema as text, as `connspec schema` prints it.
pub const SCHEMA: &str = include_str!("spec/schema.json");

static ROOT: LazyLock<Json> = LazyLock::new(|| serde_json::from_str(SCHEMA).unwrap_or(Json::Null));

/// The schema, parsed.
pub fn schema() -> &'static Json {
    &ROOT
}

/// Which sort of connection spec a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SpecKind {
    /// `generic-rest`: a batch source.
    Rest,
    /// `generic-streaming`: a streaming source.
    Streaming,
    /// Another kind, one of Adobe's own.
    Other,
    /// Not said yet: the file's name promises a spec, but neither type nor provider is there.
    Undecided,
}

impl SpecKind {
    /// The names of its definitions in the schema.
    pub fn definitions(self) -> &'static [&'static str] {
        match self {
            SpecKind::Rest => &["restSpec"],
            SpecKind::Streaming => &["streamingSpec"],
            SpecKind::Other => &["anySpec"],
            SpecKind::Undecided => &["restSpec", "streamingSpec"],
        }
    }

    /// Whether it is one of the two kinds that partners write.
    pub fn is_generic(self) -> bool {
        matches!(self, SpecKind::Rest | SpecKind::Streaming)
    }
}

/// Whether the service sets this key of a spec itself.
pub fn is_managed(key: &str) -> bool {
    static MANAGED: LazyLock<Vec<&str>> = LazyLock::new(|| {
        let keys = definition("everySpec").and_then(|spec| spec.get("properties")).into_iter().flat_map(Json::members);
        let is_managed = |schema: &Json| schema.get("x-managed") == Some(&Json::Bool(true));
        keys.filter(|(_, schema)| is_managed(schema)).map(|(key, _)| key).collect()
    });
    MANAGED.contains(&key)
}

/// A definition of the schema by its name.
fn definition(name: &str) -> Option<&'static Json> {
    static DEFINITIONS: LazyLock<Option<&Json>> = LazyLock::new(|| ROOT.get("definitions"));
    DEFINITIONS.as_ref()?.get(name)
}

/// The fixed id of the provider behind batch sources.
pub fn rest_provider() -> &'static str {
    ROOT.pointer("/definitions/restSpec/properties/providerId/const").and_then(Json::as_str).unwrap_or_default()
}

/// The kind of the spec whose outermost value this is, or `None` when it is no connection spec: neither its keys nor the
/// name of its file say so.
pub fn recognise(root: Node<'_>, file_name: &str) -> Option<SpecKind> {
    let named = file_name.to_ascii_lowercase().ends_with("connectionspec.json");
    let structural = ["authSpec", "sourceSpec", "exploreSpec", "providerId"];
    let count = structural.iter().filter(|key| root.get(key).is_some()).count();
    if !named && count < 2 {
        return None;
    }
    let text = |key: &str| root.get(key).and_then(Node::string).unwrap_or_default();
    let kind = text("type");
    Some(match generic_kind_like(&kind) {
        Some(kind) => kind,
        None if kind.is_empty() && text("providerId") == rest_provider() && !is_adobes_own(root) => SpecKind::Rest,
        None if kind.is_empty() && text("providerId").is_empty() => SpecKind::Undecided,
        None => SpecKind::Other,
    })
}

/// Whether a spec without a `type` is one of Adobe's own batch sources. They share the provider of partners' sources; the
/// service gave them an id, and they neither hold nor declare a request.
fn is_adobes_own(root: Node<'_>) -> bool {
    let request = [&["attributes", "urlParams"][..], &["spec", "properties", "urlParams"]];
    let source = root.get("sourceSpec");
    root.get("id").is_some() && !request.iter().any(|path| source.is_some_and(|source| source.at(path).is_some()))
}

/// The kind that a `type` names, or all but names: other capitals, one or two letters off.
fn generic_kind_like(name: &str) -> Option<SpecKind> {
    [("generic-rest", SpecKind::Rest), ("generic-streaming", SpecKind::Streaming)]
        .into_iter()
        .find(|(known, _)| name == *known || near::distance(&name.to_lowercase(), known) <= 2)
        .map(|(_, kind)| kind)
}

/// What the word in single braces stands for.
pub fn word_description(word: &str) -> Option<&'static str> {
    ROOT.get("x-wordDescriptions")?.get(word)?.as_str()
}

/// What an id that Adobe's pages and answers show is the id of, in a few words.
pub fn known_id(id: &str) -> Option<&'static str> {
    ROOT.get("x-ids")?.get(id)?.as_str()
}

/// What a run of one letter means in a .NET custom date format; the letters that are taken as they are have an entry too.
pub fn date_format_letter(run: &str) -> Option<&'static str> {
    ROOT.get("x-dateFormatLetters")?.get(run)?.as_str()
}

/// The versions of JSON Schema that a schema may say it is written in: the address that `$schema` has, and what people
/// call it.
pub fn drafts() -> impl Iterator<Item = (&'static str, &'static str)> {
    let drafts = ROOT.get("x-drafts").into_iter().flat_map(Json::members);
    drafts.filter_map(|(address, name)| Some((address, name.as_str()?)))
}

/// The JSON type of a node, as draft-07 names it; a whole number is an `integer`.
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
        let kind = recognise(tree.root(), "x-connectionSpec.json").expect("a spec by its name");
        Entry::of(kind, tree.at_pointer(pointer).expect("the place is there"))
    }

    #[test]
    fn the_schema_is_json() {
        assert!(matches!(schema(), Json::Object(_)));
    }

    #[test]
    fn kinds_are_recognised() {
        let kind = |text: &str, name: &str| recognise(Tree::parse(text.to_owned()).root(), name);
        assert_eq!(
            kind(r#"{"type": "generic-rest", "authSpec": [], "sourceSpec": {}}"#, "a.json"),
            Some(SpecKind::Rest)
        );
        assert_eq!(kind(r#"{"type": "Generic-Streamin"}"#, "a-connectionSpec.json"), Some(SpecKind::Streaming));
        assert_eq!(kind(r#"{"type": "generic-rest-connector"}"#, "a-connectionSpec.json"), Some(SpecKind::Other));
        assert_eq!(kind(r#"{"providerId": "x", "authSpec": []}"#, "a.json"), Some(SpecKind::Other));
        let rest =
            |rest: &str| kind(&format!(r#"{{"providerId": "{}", "authSpec": [], {rest}}}"#, rest_provider()), "a.json");
        assert_eq!(rest(r#""name": "a""#), Some(SpecKind::Rest));
        assert_eq!(rest(r#""id": "a", "sourceSpec": {"attributes": {}}"#), Some(SpecKind::Other));
        assert_eq!(rest(r#""id": "a", "sourceSpec": {"attributes": {"urlParams": {}}}"#), Some(SpecKind::Rest));
        assert_eq!(kind("{", "/x/Acme-ConnectionSpec.JSON"), Some(SpecKind::Undecided));
        assert_eq!(kind(r#"{"type": "generic-rest", "name": "x"}"#, "package.json"), None);
    }

    #[test]
    fn the_keys_of_a_pagination_type_are_that_types() {
        let text = r#"{"type": "generic-rest", "sourceSpec": {"attributes": {"paginationParams": {"type": "PAGE"}}}}"#;
        let entry = entry(text, "/sourceSpec/attributes/paginationParams");
        assert!(entry.keys().contains(&"pageParamName"));
        assert!(!entry.keys().contains(&"pointerPath"));
        assert!(entry.required().contains(&"pageParamName"));
    }

    #[test]
    fn embedded_schemas_are_known_at_any_depth() {
        let text =
            r#"{"type": "generic-rest", "sourceSpec": {"spec": {"properties": {"a": {"items": {"type": "string"}}}}}}"#;
        assert!(entry(text, "/sourceSpec/spec/properties/a/items").is_embedded_schema());
        assert!(!entry(text, "/sourceSpec/spec/properties").is_embedded_schema());
        assert!(entry(text, "/sourceSpec/spec/properties/a").description().is_some());
    }
}
