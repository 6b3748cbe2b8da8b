//! What the vocabulary states about one value of a document.

use crate::syntax::{Kind, Node};

use super::{Json, ROOT, SpecKind, definition, spelling, type_name, variable_description};

/// What the vocabulary states about one value: the schemas that apply to it, the most specific first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Entry {
    layers: Vec<&'static Json>,
}

/// A value with its description.
#[derive(Debug, Clone, PartialEq)]
pub struct KnownValue {
    /// The value.
    pub value: &'static Json,
    /// Markdown; empty if the value has no description of its own.
    pub description: &'static str,
}

/// A value to insert. Its strings contain tab stops as `⟨default⟩` and choices as `⟨a|b⟩`; a string that is only `⟨#1⟩`
/// or `⟨?true⟩` is a number or a boolean.
#[derive(Debug, Clone, PartialEq)]
pub struct Snippet {
    /// The label of the completion.
    pub label: &'static str,
    /// One sentence.
    pub description: &'static str,
    /// The value.
    pub body: &'static Json,
}

/// How sure a description is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Confidence {
    /// Documented by Adobe.
    Documented,
    /// Seen in Adobe's examples or in live specs only.
    Example,
    /// Inferred, not documented.
    Inferred,
}

/// What a string contains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StringFormat {
    /// Text with placeholders.
    Template,
    /// A .NET custom date and time format.
    DateFormat,
    /// A JSON path.
    JsonPath,
    /// A number.
    Number,
    /// A number, or a response header that contains it.
    NumberOrHeader,
}

impl Entry {
    /// The entry of the root of a document.
    pub fn root(kind: SpecKind, root: Option<Node<'_>>) -> Entry {
        let mut entry = Entry::default();
        for name in kind.definitions() {
            if let Some(schema) = definition(name) {
                entry.add(schema, root);
            }
        }
        entry
    }

    /// The entry of a value; for a key or a member, that of the member's value.
    pub fn of(kind: SpecKind, node: Node<'_>) -> Entry {
        let mut path: Vec<Node<'_>> = node.self_and_ancestors().collect();
        path.reverse();
        let mut entry = Entry::root(kind, path.first().copied());
        for pair in path.windows(2) {
            entry = entry.child(pair[0], pair[1]).unwrap_or(entry);
        }
        entry
    }

    /// The entry of a child of this entry's node; for a member, that of its value. `None` for the key or value of a
    /// member, to which the member's own entry applies.
    pub fn child(&self, parent: Node<'_>, child: Node<'_>) -> Option<Entry> {
        match child.member() {
            Some(member) => Some(self.key(&member.key.string().unwrap_or_default(), Some(member.value))),
            None if parent.kind() == Kind::Array => Some(self.item(Some(child))),
            None => None,
        }
    }

    /// The entry of a key's value; `value` is the current one, if any.
    pub fn key(&self, key: &str, value: Option<Node<'_>>) -> Entry {
        let mut entry = Entry::default();
        for layer in &self.layers {
            if let Some(schema) = layer.get("properties").and_then(|properties| properties.get(key)) {
                entry.add(schema, value);
            }
        }
        if entry.is_empty() {
            for layer in &self.layers {
                if let Some(schema @ Json::Object(_)) = layer.get("additionalProperties") {
                    entry.add(schema, value);
                }
            }
        }
        entry
    }

    /// The entry of an array's element.
    pub fn item(&self, element: Option<Node<'_>>) -> Entry {
        let mut entry = Entry::default();
        for layer in &self.layers {
            if let Some(schema) = layer.get("items") {
                entry.add(schema, element);
            }
        }
        entry
    }

    /// Adds a schema with everything that it refers to and that applies to `node`.
    fn add(&mut self, schema: &'static Json, node: Option<Node<'_>>) {
        let Json::Object(_) = schema else { return };
        if self.layers.iter().any(|known| std::ptr::eq(*known, schema)) {
            return;
        }
        self.layers.push(schema);
        if let Some(target) = schema.get("$ref").and_then(Json::as_str).and_then(target) {
            self.add(target, node);
        }
        self.add_branch(schema, node);
        for part in schema.get("allOf").into_iter().flat_map(Json::elements) {
            match part.get("if") {
                Some(_) => self.add_branch(part, node),
                None => self.add(part, node),
            }
        }
    }

    fn add_branch(&mut self, layer: &'static Json, node: Option<Node<'_>>) {
        let Some(condition) = layer.get("if") else { return };
        let holds = node.is_some_and(|node| condition_holds(condition, node));
        if let Some(branch) = layer.get(if holds { "then" } else { "else" }) {
            self.add(branch, node);
        }
    }

    /// Whether the vocabulary has nothing about this value.
    pub fn is_empty(&self) -> bool {
        self.layers.is_empty()
    }

    fn first(&self, keyword: &str) -> Option<&'static Json> {
        self.layers.iter().find_map(|layer| layer.get(keyword))
    }

    fn string(&self, keyword: &str) -> Option<&'static str> {
        self.first(keyword).and_then(Json::as_str)
    }

    fn elements(&self, keyword: &str) -> impl Iterator<Item = &'static Json> {
        self.first(keyword).into_iter().flat_map(Json::elements)
    }

    /// The documentation, in Markdown.
    pub fn description(&self) -> Option<&'static str> {
        self.string("description")
    }

    /// The page on which the description is based.
    pub fn link(&self) -> Option<&'static str> {
        self.string("x-link")
    }

    /// How sure the description is.
    pub fn confidence(&self) -> Option<Confidence> {
        Some(match self.string("x-confidence")? {
            "documented" => Confidence::Documented,
            "example" => Confidence::Example,
            _ => Confidence::Inferred,
        })
    }

    /// The JSON types of the value: `string`, `object`, …
    pub fn types(&self) -> Vec<&'static str> {
        match self.first("type") {
            Some(Json::String(name)) => vec![name],
            Some(Json::Array(names)) => names.iter().filter_map(Json::as_str).collect(),
            _ => Vec::new(),
        }
    }

    /// The JSON types that only the API reference shows, no example and no response.
    pub fn reference_only_types(&self) -> Vec<&'static str> {
        self.elements("x-referenceOnlyTypes").filter_map(Json::as_str).collect()
    }

    /// The value that applies if the key is left out.
    pub fn default_value(&self) -> Option<&'static Json> {
        self.first("default")
    }

    /// Values from the documentation.
    pub fn examples(&self) -> Vec<&'static Json> {
        self.elements("examples").collect()
    }

    /// The least allowed number, also of a number in a string.
    pub fn minimum(&self) -> Option<i64> {
        if let Json::Number(number) = self.first("minimum")? { number.as_i64() } else { None }
    }

    /// The only correct value.
    pub fn constant(&self) -> Option<&'static Json> {
        self.first("const")
    }

    /// All allowed values; empty if others are allowed too.
    pub fn allowed_values(&self) -> Vec<KnownValue> {
        let descriptions: Vec<&'static str> = self.elements("enumDescriptions").filter_map(Json::as_str).collect();
        let known =
            |(index, value)| KnownValue { value, description: descriptions.get(index).copied().unwrap_or_default() };
        self.elements("enum").enumerate().map(known).collect()
    }

    /// Values worth offering where others are allowed too.
    pub fn known_values(&self) -> Vec<KnownValue> {
        let description = |known: &'static Json| known.get("description").and_then(Json::as_str).unwrap_or_default();
        self.elements("x-knownValues")
            .filter_map(|known| Some(KnownValue { value: known.get("value")?, description: description(known) }))
            .collect()
    }

    /// Other spellings of a known value that are known to work.
    pub fn also_seen(&self, value: &str) -> impl Iterator<Item = &'static str> {
        let known =
            self.elements("x-knownValues").find(|known| known.get("value").and_then(Json::as_str) == Some(value));
        let others = known.and_then(|known| known.get("alsoSeen")).into_iter().flat_map(Json::elements);
        others.filter_map(Json::as_str)
    }

    /// Why a value that other tools have cannot be used here, and what works instead.
    pub fn unsupported(&self, value: &str) -> Option<&'static str> {
        let mut tried = self.elements("x-unsupportedValues");
        let value = spelling::normalized(value);
        let is_same = |known: &str| spelling::normalized(known) == value;
        let found = tried.find(|known| known.get("value").and_then(Json::as_str).is_some_and(is_same))?;
        found.get("reason").and_then(Json::as_str)
    }

    /// Complete values to insert.
    pub fn snippets(&self) -> Vec<Snippet> {
        let string = |snippet: &'static Json, key: &str| snippet.get(key).and_then(Json::as_str).unwrap_or_default();
        self.elements("x-snippets")
            .filter_map(|snippet| {
                let body = snippet.get("body")?;
                Some(Snippet { label: string(snippet, "label"), description: string(snippet, "description"), body })
            })
            .collect()
    }

    /// The keys of the object, in the order of the vocabulary; if its `type` selects a variant, only those of the variant.
    pub fn keys(&self) -> Vec<&'static str> {
        let allowed = self.allowed_keys();
        let mut keys: Vec<&'static str> = Vec::new();
        for properties in self.layers.iter().filter_map(|layer| layer.get("properties")) {
            for (key, _) in properties.members() {
                if !keys.contains(&key) && allowed.as_ref().is_none_or(|allowed| allowed.contains(&key)) {
                    keys.push(key);
                }
            }
        }
        keys
    }

    /// Whether the object's `type` selects one of several variants.
    pub fn has_variants(&self) -> bool {
        let mut parts = self.layers.iter().filter_map(|layer| layer.get("allOf")).flat_map(Json::elements);
        parts.any(|part| part.get("if").is_some()) && self.snippets().len() > 1
    }

    /// The keys that the selected variant allows; `None` if none is selected.
    pub fn allowed_keys(&self) -> Option<Vec<&'static str>> {
        let names = self.first("propertyNames")?.get("enum")?;
        Some(names.elements().filter_map(Json::as_str).collect())
    }

    /// The keys that must be present.
    pub fn required(&self) -> Vec<&'static str> {
        self.union("required")
    }

    /// The keys of Adobe's template besides the required ones.
    pub fn expected(&self) -> Vec<&'static str> {
        self.union("x-expected")
    }

    /// The required keys, then the expected ones; if the object's `type` selects a variant, only those of the variant.
    pub fn required_and_expected(&self) -> Vec<&'static str> {
        let allowed = self.allowed_keys();
        let mut keys: Vec<&'static str> = Vec::new();
        for key in self.required().into_iter().chain(self.expected()) {
            if !keys.contains(&key) && allowed.as_ref().is_none_or(|allowed| allowed.contains(&key)) {
                keys.push(key);
            }
        }
        keys
    }

    fn union(&self, keyword: &str) -> Vec<&'static str> {
        let mut keys = Vec::new();
        for layer in &self.layers {
            let any_of = layer.get("anyOf").and_then(|branches| branches.elements().next());
            for source in std::iter::once(*layer).chain(any_of) {
                let names = source.get(keyword).into_iter().flat_map(Json::elements);
                keys.extend(names.filter_map(Json::as_str));
            }
        }
        keys.dedup();
        keys
    }

    /// Whether the key is deprecated.
    pub fn is_deprecated(&self) -> bool {
        self.first("deprecated") == Some(&Json::Bool(true))
    }

    /// What replaces a deprecated key: a key of the same object, or a path, `../key` from the enclosing object.
    pub fn replaced_by(&self) -> Option<&'static str> {
        self.string("x-replacedBy")
    }

    /// The rule that reports a deprecated key, if it has one of its own.
    pub fn rule(&self) -> Option<&'static str> {
        self.string("x-rule")
    }

    /// Whether Flow Service sets this key.
    pub fn is_set_by_service(&self) -> bool {
        self.first("x-setByService") == Some(&Json::Bool(true))
    }

    /// What a string contains, if that is more than text.
    pub fn format(&self) -> Option<StringFormat> {
        Some(match self.string("x-format")? {
            "date-format" => StringFormat::DateFormat,
            "json-path" => StringFormat::JsonPath,
            "number" => StringFormat::Number,
            "number-or-header" => StringFormat::NumberOrHeader,
            _ => StringFormat::Template,
        })
    }

    /// The variables in single braces that are replaced in the value, each with its description.
    pub fn variables(&self) -> Vec<(&'static str, &'static str)> {
        let describe = |name: &'static str| (name, variable_description(name).unwrap_or_default());
        self.elements("x-variables").filter_map(Json::as_str).map(describe).collect()
    }

    /// Whether the value is a JSON Schema.
    pub fn is_embedded_schema(&self) -> bool {
        let embedded = definition("embeddedSchema");
        embedded.is_some_and(|embedded| self.layers.iter().any(|layer| std::ptr::eq(*layer, embedded)))
    }
}

/// The target of a `$ref` of the schema.
fn target(reference: &str) -> Option<&'static Json> {
    match reference.strip_prefix("#/definitions/")? {
        path if path.contains('/') => ROOT.pointer(&reference[1..]),
        name => definition(name),
    }
}

/// Whether the condition of an `if` holds. Supports the keywords of the schema's own conditions.
fn condition_holds(condition: &Json, node: Node<'_>) -> bool {
    let Json::Object(_) = condition else { return false };
    condition.members().all(|(keyword, expected)| match keyword {
        "type" => expected.as_str() == type_name(node),
        "const" => expected.equals(node),
        "required" => {
            let mut keys = expected.elements().filter_map(Json::as_str);
            node.kind() != Kind::Object || keys.all(|key| node.get(key).is_some())
        }
        "properties" => {
            let mut schemas = expected.members();
            schemas.all(|(key, schema)| node.get(key).is_none_or(|value| condition_holds(schema, value)))
        }
        _ => false,
    })
}
