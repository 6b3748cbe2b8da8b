//! The vocabulary: every key of a connection spec with its type, description and values, read from one embedded schema.
//!
//! `spec/schema.json` is JSON Schema draft-07 with annotations (`x-…`), generated from the files of `spec/vocabulary/`,
//! which `spec/vocabulary/README.md` describes. [`Entry`] is what it states about one value of a document: often several
//! schemas apply to a value, the most specific first.

mod entry;
mod entry_cache;
mod json;
pub mod spelling;

use std::sync::LazyLock;

use crate::syntax::{Kind, Node};

pub use entry::{Confidence, Entry, KnownValue, Snippet, StringFormat};
pub use entry_cache::EntryCache;
pub use json::Json;

/// The text of the schema.
pub const SCHEMA: &str = include_str!("spec/schema.json");

static ROOT: LazyLock<Json> = LazyLock::new(|| serde_json::from_str(SCHEMA).unwrap_or(Json::Null));

/// The schema, parsed.
pub fn schema() -> &'static Json {
    &ROOT
}

/// The kinds of connection spec, by their `type`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SpecKind {
    /// `generic-rest`: a batch source.
    Rest,
    /// `generic-streaming`: a streaming source.
    Streaming,
    /// Any other `type`, such as one of Adobe's own.
    Other,
    /// Not decided yet: the file name is that of a spec, but `type` and `providerId` are missing.
    Undecided,
}

impl SpecKind {
    /// The definitions of the schema that apply.
    pub fn definitions(self) -> &'static [&'static str] {
        match self {
            SpecKind::Rest => &["restSpec"],
            SpecKind::Streaming => &["streamingSpec"],
            SpecKind::Other => &["anySpec"],
            SpecKind::Undecided => &["restSpec", "streamingSpec"],
        }
    }

    /// Whether it is one of the two kinds for Self-Serve Sources.
    pub fn is_generic(self) -> bool {
        matches!(self, SpecKind::Rest | SpecKind::Streaming)
    }

    /// The kind of the spec with this root, or `None` if it is not a connection spec by its keys or its file name.
    pub fn detect(root: Node<'_>, file_name: &str) -> Option<SpecKind> {
        let has_spec_name = file_name.to_ascii_lowercase().ends_with("connectionspec.json");
        if !has_spec_name && !has_keys_of_spec(root) {
            return None;
        }
        let string = |key: &str| root.get(key).and_then(Node::string).unwrap_or_default();
        let (name, provider) = (string("type"), string("providerId"));
        if let Some(kind) = SpecKind::similar_to(&name) {
            return Some(kind);
        }
        if is_adobes_own(root) {
            return Some(SpecKind::Other);
        }
        let by_provider = [(SpecKind::Rest, "restSpec"), (SpecKind::Streaming, "streamingSpec")]
            .into_iter()
            .find(|(_, definition)| !provider.is_empty() && provider == provider_id(definition))
            .map(|(kind, _)| kind)
            .filter(|kind| !name.is_empty() || *kind == SpecKind::Rest);
        Some(match by_provider {
            Some(kind) => kind,
            None if name.is_empty() && provider.is_empty() => SpecKind::Undecided,
            // No source of Adobe's own has a request in its attributes.
            None if !name.is_empty() && has_request(root) => SpecKind::Rest,
            None => SpecKind::Other,
        })
    }

    /// The generic kind with this `type`, or with one that differs in capitalization or one or two letters.
    pub(crate) fn similar_to(name: &str) -> Option<SpecKind> {
        [("generic-rest", SpecKind::Rest), ("generic-streaming", SpecKind::Streaming)]
            .into_iter()
            .find(|(known, _)| name == *known || spelling::distance(&name.to_lowercase(), known) <= 2)
            .map(|(_, kind)| kind)
    }
}

/// Whether an object has at least two of the keys that only connection specs have.
fn has_keys_of_spec(node: Node<'_>) -> bool {
    ["authSpec", "sourceSpec", "exploreSpec", "providerId"].iter().filter(|key| node.get(key).is_some()).count() >= 2
}

/// The first connection spec in an array of them, or in the `items` of a response of Flow Service.
pub(crate) fn enclosed_spec(root: Node<'_>) -> Option<Node<'_>> {
    let items = match root.kind() {
        Kind::Array => root,
        _ => root.get("items").filter(|items| items.kind() == Kind::Array && !has_keys_of_spec(root))?,
    };
    items.children().next().filter(|first| has_keys_of_spec(*first))
}

/// Whether a spec is one of Adobe's own sources, some of which share a provider with generic ones: it has an id from Flow
/// Service, and neither contains nor declares a request.
fn is_adobes_own(root: Node<'_>) -> bool {
    let declares = root.get("sourceSpec").and_then(|source| source.at(&["spec", "properties", "urlParams"])).is_some();
    root.get("id").is_some() && !declares && !has_request(root)
}

/// Whether a spec contains a request.
fn has_request(root: Node<'_>) -> bool {
    root.at(&["sourceSpec", "attributes", "urlParams"]).is_some()
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

/// The id of the provider of the sources that a definition describes.
fn provider_id(definition: &str) -> &'static str {
    let keys = self::definition(definition).and_then(|spec| spec.get("properties"));
    keys.and_then(|keys| keys.get("providerId")?.get("const")?.as_str()).unwrap_or_default()
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
    fn the_kind_is_detected_from_type_provider_and_file_name() {
        let kind = |text: &str, name: &str| SpecKind::detect(Tree::parse(text.to_owned()).root(), name);
        assert_eq!(
            kind(r#"{"type": "generic-rest", "authSpec": [], "sourceSpec": {}}"#, "a.json"),
            Some(SpecKind::Rest)
        );
        assert_eq!(kind(r#"{"type": "Generic-Streamin"}"#, "a-connectionSpec.json"), Some(SpecKind::Streaming));
        assert_eq!(kind(r#"{"type": "generic-rest-connector"}"#, "a-connectionSpec.json"), Some(SpecKind::Other));
        let request = r#"{"type": "rest", "sourceSpec": {"attributes": {"urlParams": {}}}}"#;
        assert_eq!(kind(request, "a-connectionSpec.json"), Some(SpecKind::Rest));
        assert_eq!(kind(r#"{"providerId": "x", "authSpec": []}"#, "a.json"), Some(SpecKind::Other));
        let rest = |rest: &str| {
            kind(&format!(r#"{{"providerId": "{}", "authSpec": [], {rest}}}"#, provider_id("restSpec")), "a.json")
        };
        assert_eq!(rest(r#""name": "a""#), Some(SpecKind::Rest));
        assert_eq!(rest(r#""type": "rest""#), Some(SpecKind::Rest));
        assert_eq!(rest(r#""type": "x", "id": "a", "sourceSpec": {"attributes": {}}"#), Some(SpecKind::Other));
        assert_eq!(rest(r#""id": "a", "sourceSpec": {"attributes": {}}"#), Some(SpecKind::Other));
        assert_eq!(rest(r#""id": "a", "sourceSpec": {"attributes": {"urlParams": {}}}"#), Some(SpecKind::Rest));
        assert_eq!(kind("{", "/x/Acme-ConnectionSpec.JSON"), Some(SpecKind::Undecided));
        assert_eq!(kind(r#"{"type": "generic-rest", "name": "x"}"#, "package.json"), None);
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
