//! The vocabulary: what a connection spec may hold, in words and as rules, read from one embedded schema.
//!
//! `spec/schema.json` is draft-07 JSON Schema with annotations of our own (`x-…`, explained there by their use and in
//! [`Entry`]'s methods). Nothing else in the crate knows a key, a value or a link by heart. This module finds the entries
//! of the schema that speak about a node of a document; a node often has several, the most special first.

use std::sync::LazyLock;

use serde_json::{Map, Value};

use crate::syntax::{Kind, Node};

/// The schema as text, as `connspec schema` prints it.
pub const SCHEMA: &str = include_str!("spec/schema.json");

static ROOT: LazyLock<Value> = LazyLock::new(|| serde_json::from_str(SCHEMA).unwrap_or_default());

/// The schema, parsed.
pub fn schema() -> &'static Value {
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

/// The fixed id of the provider behind batch sources.
pub fn rest_provider() -> &'static str {
    ROOT.pointer("/definitions/restSpec/properties/providerId/const").and_then(Value::as_str).unwrap_or_default()
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
        .find(|(known, _)| near::distance(&name.to_lowercase(), known) <= 2)
        .map(|(_, kind)| kind)
}

/// What the vocabulary says about one place: the schemas that apply there, the most special first.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    layers: Vec<&'static Map<String, Value>>,
}

/// A value with the words that belong to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// The value.
    pub value: &'static Value,
    /// What it does, Markdown; empty when there are no words of its own.
    pub description: &'static str,
}

/// A whole value to start from. Tab stops stand in its strings as `⟨default⟩`, choices as `⟨a|b⟩`; a string that is wholly
/// `⟨#1⟩` or `⟨?true⟩` is a bare number or boolean.
#[derive(Debug, Clone, PartialEq)]
pub struct Template {
    /// What the list of completions shows.
    pub label: &'static str,
    /// A sentence beside it.
    pub description: &'static str,
    /// The value.
    pub body: &'static Value,
}

impl Entry {
    /// What is said about a whole document of this kind.
    pub fn root(kind: SpecKind, root: Option<Node<'_>>) -> Entry {
        let mut entry = Entry::default();
        for name in kind.definitions() {
            if let Some(schema) = ROOT.pointer(&format!("/definitions/{name}")) {
                entry.add(schema, root);
            }
        }
        entry
    }

    /// What is said about a value of a document of this kind. For a key or a member: about the member's value.
    pub fn of(kind: SpecKind, node: Node<'_>) -> Entry {
        let mut path: Vec<Node<'_>> = std::iter::once(node).chain(node.ancestors()).collect();
        path.reverse();
        let mut entry = Entry::root(kind, path.first().copied());
        for pair in path.windows(2) {
            let (outer, inner) = (pair[0], pair[1]);
            if let Some(member) = inner.member() {
                let key = member.key.string().unwrap_or_default();
                entry = entry.key(&key, Some(member.value));
            } else if outer.kind() == Kind::Array {
                entry = entry.item(Some(inner));
            }
        }
        entry
    }

    /// What is said about the value of a key here; `value` is the one that is there, if any.
    pub fn key(&self, key: &str, value: Option<Node<'_>>) -> Entry {
        let mut entry = Entry::default();
        for layer in &self.layers {
            if let Some(schema) = layer.get("properties").and_then(|properties| properties.get(key)) {
                entry.add(schema, value);
            }
        }
        if entry.is_empty() {
            for layer in &self.layers {
                if let Some(schema @ Value::Object(_)) = layer.get("additionalProperties") {
                    entry.add(schema, value);
                }
            }
        }
        entry
    }

    /// What is said about the elements of the array here.
    pub fn item(&self, element: Option<Node<'_>>) -> Entry {
        let mut entry = Entry::default();
        for layer in &self.layers {
            if let Some(schema) = layer.get("items") {
                entry.add(schema, element);
            }
        }
        entry
    }

    /// Adds a schema and all that it refers to and that holds for `node`.
    fn add(&mut self, schema: &'static Value, node: Option<Node<'_>>) {
        let Value::Object(layer) = schema else { return };
        if self.layers.iter().any(|known| std::ptr::eq(*known, layer)) {
            return;
        }
        self.layers.push(layer);
        if let Some(Value::String(reference)) = layer.get("$ref")
            && let Some(target) = reference.strip_prefix('#').and_then(|pointer| ROOT.pointer(pointer))
        {
            self.add(target, node);
        }
        self.add_branch(layer, node);
        for part in layer.get("allOf").and_then(Value::as_array).into_iter().flatten() {
            match part.get("if") {
                Some(_) => part.as_object().into_iter().for_each(|part| self.add_branch(part, node)),
                None => self.add(part, node),
            }
        }
    }

    fn add_branch(&mut self, layer: &'static Map<String, Value>, node: Option<Node<'_>>) {
        let Some(condition) = layer.get("if") else { return };
        let holds = node.is_some_and(|node| holds(condition, node));
        if let Some(branch) = layer.get(if holds { "then" } else { "else" }) {
            self.add(branch, node);
        }
    }

    /// Whether the vocabulary knows nothing about this place.
    pub fn is_empty(&self) -> bool {
        self.layers.is_empty()
    }

    fn first(&self, keyword: &str) -> Option<&'static Value> {
        self.layers.iter().find_map(|layer| layer.get(keyword))
    }

    fn text(&self, keyword: &str) -> Option<&'static str> {
        self.first(keyword).and_then(Value::as_str)
    }

    fn list(&self, keyword: &str) -> impl Iterator<Item = &'static Value> {
        self.first(keyword).and_then(Value::as_array).into_iter().flatten()
    }

    /// The documentation, Markdown.
    pub fn description(&self) -> Option<&'static str> {
        self.text("description")
    }

    /// The page that the documentation rests on.
    pub fn link(&self) -> Option<&'static str> {
        self.text("x-link")
    }

    /// How sure it is: `documented`, `example` (only seen in one) or `inferred`.
    pub fn sureness(&self) -> Option<&'static str> {
        self.text("x-sure")
    }

    /// The JSON types that are seen here, `string`, `object`, …
    pub fn types(&self) -> Vec<&'static str> {
        match self.first("type") {
            Some(Value::String(name)) => vec![name],
            Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        }
    }

    /// The JSON types that only the API's reference shows here, in no example and no answer.
    pub fn other_types(&self) -> Vec<&'static str> {
        self.list("x-otherTypes").filter_map(Value::as_str).collect()
    }

    /// The value that is taken when the key is left out.
    pub fn default_value(&self) -> Option<&'static Value> {
        self.first("default")
    }

    /// Values seen in the documentation.
    pub fn examples(&self) -> Vec<&'static Value> {
        self.list("examples").collect()
    }

    /// The only value that is right here.
    pub fn constant(&self) -> Option<&'static Value> {
        self.first("const")
    }

    /// The closed set of values, each with its words; empty when any value may stand here.
    pub fn closed_values(&self) -> Vec<Choice> {
        let words: Vec<&'static str> = self.list("enumDescriptions").filter_map(Value::as_str).collect();
        let pair = |(index, value)| Choice { value, description: words.get(index).copied().unwrap_or_default() };
        self.list("enum").enumerate().map(pair).collect()
    }

    /// Values worth knowing where any value may stand.
    pub fn known_values(&self) -> Vec<Choice> {
        let words = |choice: &'static Value| choice.get("description").and_then(Value::as_str).unwrap_or_default();
        self.list("x-values")
            .filter_map(|choice| Some(Choice { value: choice.get("value")?, description: words(choice) }))
            .collect()
    }

    /// Whole values to start from.
    pub fn templates(&self) -> Vec<Template> {
        let text = |template: &'static Value, key: &str| template.get(key).and_then(Value::as_str).unwrap_or_default();
        self.list("x-snippets")
            .filter_map(|template| {
                let body = template.get("body")?;
                Some(Template { label: text(template, "label"), description: text(template, "description"), body })
            })
            .collect()
    }

    /// The keys that may stand in the object here, in the order of the schema; of a kind that its `type` chooses, only
    /// that kind's.
    pub fn keys(&self) -> Vec<&'static str> {
        let allowed = self.allowed_keys();
        let mut keys: Vec<&'static str> = Vec::new();
        for properties in self.layers.iter().filter_map(|layer| layer.get("properties")?.as_object()) {
            for key in properties.keys().map(String::as_str) {
                if !keys.contains(&key) && allowed.as_ref().is_none_or(|allowed| allowed.contains(&key)) {
                    keys.push(key);
                }
            }
        }
        keys
    }

    /// Whether the object here comes in several kinds, chosen by its `type`.
    pub fn has_kinds(&self) -> bool {
        let choices = self.list("allOf").filter(|part| part.get("if").is_some());
        choices.count() > 0 && self.templates().len() > 1
    }

    /// The keys that the chosen kind allows, when one is chosen.
    pub fn allowed_keys(&self) -> Option<Vec<&'static str>> {
        let names = self.first("propertyNames")?.get("enum")?.as_array()?;
        Some(names.iter().filter_map(Value::as_str).collect())
    }

    /// The keys that the object here cannot work without.
    pub fn required(&self) -> Vec<&'static str> {
        self.union("required")
    }

    /// The keys that Adobe's template has here, beside the required ones.
    pub fn expected(&self) -> Vec<&'static str> {
        self.union("x-expected")
    }

    fn union(&self, keyword: &str) -> Vec<&'static str> {
        let mut keys = Vec::new();
        for layer in &self.layers {
            let any_of = layer.get("anyOf").and_then(Value::as_array).and_then(|branches| branches.first());
            for source in std::iter::once(*layer).chain(any_of.and_then(Value::as_object)) {
                let names = source.get(keyword).and_then(Value::as_array).into_iter().flatten();
                keys.extend(names.filter_map(Value::as_str));
            }
        }
        keys.dedup();
        keys
    }

    /// Whether this is an old form.
    pub fn is_deprecated(&self) -> bool {
        self.first("deprecated") == Some(&Value::Bool(true))
    }

    /// What replaces an old form: a key beside it, or a path from the object around it.
    pub fn replaced_by(&self) -> Option<&'static str> {
        self.text("x-replacedBy")
    }

    /// The rule that reports an old form, when it is a rule of its own.
    pub fn rule(&self) -> Option<&'static str> {
        self.text("x-code")
    }

    /// Whether the service sets this key itself.
    pub fn is_managed(&self) -> bool {
        self.first("x-managed") == Some(&Value::Bool(true))
    }

    /// What a string here is beside text: `template`, `date-format`, `json-path`.
    pub fn format(&self) -> Option<&'static str> {
        self.text("x-format")
    }

    /// The words in single braces that are replaced here, each with its description.
    pub fn words(&self) -> Vec<(&'static str, &'static str)> {
        let describe = |word: &'static str| (word, word_description(word).unwrap_or_default());
        self.list("x-words").filter_map(Value::as_str).map(describe).collect()
    }

    /// Whether this is a JSON schema embedded in the spec.
    pub fn is_embedded_schema(&self) -> bool {
        let embedded = ROOT.pointer("/definitions/embeddedSchema").and_then(Value::as_object);
        embedded.is_some_and(|embedded| self.layers.iter().any(|layer| std::ptr::eq(*layer, embedded)))
    }
}

/// What the word in single braces stands for.
pub fn word_description(word: &str) -> Option<&'static str> {
    ROOT.get("x-wordDescriptions")?.get(word)?.as_str()
}

/// What a run of one letter means in a .NET custom date format; the letters that are taken as they are have an entry too.
pub fn date_format_letter(run: &str) -> Option<&'static str> {
    ROOT.get("x-dateFormatLetters")?.get(run)?.as_str()
}

/// Whether a condition of the schema holds for a node. Understands what the schema's own conditions use: `type`, `const`,
/// `enum`, `required`, `properties`.
fn holds(condition: &Value, node: Node<'_>) -> bool {
    let Some(condition) = condition.as_object() else { return false };
    condition.iter().all(|(keyword, expected)| match keyword.as_str() {
        "type" => expected.as_str() == type_name(node),
        "const" => is_equal(node, expected),
        "enum" => expected.as_array().is_some_and(|values| values.iter().any(|value| is_equal(node, value))),
        "required" => {
            let mut keys = expected.as_array().into_iter().flatten().filter_map(Value::as_str);
            node.kind() != Kind::Object || keys.all(|key| node.get(key).is_some())
        }
        "properties" => expected.as_object().is_some_and(|properties| {
            properties.iter().all(|(key, schema)| node.get(key).is_none_or(|value| holds(schema, value)))
        }),
        _ => false,
    })
}

fn is_equal(node: Node<'_>, value: &Value) -> bool {
    match value {
        Value::String(text) => node.kind() == Kind::String && node.string().as_deref() == Some(text),
        other => {
            let written = other.to_string();
            node.text() == written
        }
    }
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

pub mod near;

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::syntax::Tree;

    fn entry(text: &str, pointer: &str) -> Entry {
        let tree = Tree::parse(Arc::from(text));
        let kind = recognise(tree.root(), "x-connectionSpec.json").expect("a spec by its name");
        Entry::of(kind, tree.at_pointer(pointer).expect("the place is there"))
    }

    #[test]
    fn the_schema_is_json() {
        assert!(schema().is_object());
    }

    #[test]
    fn kinds_are_recognised() {
        let kind = |text: &str, name: &str| recognise(Tree::parse(Arc::from(text)).root(), name);
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
