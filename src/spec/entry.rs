//! What the vocabulary says about one place of a document.

use crate::syntax::{Kind, Node};

use super::condition::holds;
use super::{Json, ROOT, SpecKind, definition, word_description};

/// What the vocabulary says about one place: the schemas that apply there, the most special first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Entry {
    layers: Vec<&'static Json>,
}

/// A value with the words that belong to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// The value.
    pub value: &'static Json,
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
    pub body: &'static Json,
}

impl Entry {
    /// What is said about a whole document of this kind.
    pub fn root(kind: SpecKind, root: Option<Node<'_>>) -> Entry {
        let mut entry = Entry::default();
        for name in kind.definitions() {
            if let Some(schema) = definition(name) {
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
            entry = entry.step(pair[0], pair[1]).unwrap_or(entry);
        }
        entry
    }

    /// What is said about a child of the node that this entry is about: of an object's member about its value. `None` for
    /// the key or value of a member, where nothing changes.
    pub fn step(&self, outer: Node<'_>, inner: Node<'_>) -> Option<Entry> {
        match inner.member() {
            Some(member) => Some(self.key(&member.key.string().unwrap_or_default(), Some(member.value))),
            None if outer.kind() == Kind::Array => Some(self.item(Some(inner))),
            None => None,
        }
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
                if let Some(schema @ Json::Object(_)) = layer.get("additionalProperties") {
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
        let holds = node.is_some_and(|node| holds(condition, node));
        if let Some(branch) = layer.get(if holds { "then" } else { "else" }) {
            self.add(branch, node);
        }
    }

    /// Whether the vocabulary knows nothing about this place.
    pub fn is_empty(&self) -> bool {
        self.layers.is_empty()
    }

    fn first(&self, keyword: &str) -> Option<&'static Json> {
        self.layers.iter().find_map(|layer| layer.get(keyword))
    }

    fn text(&self, keyword: &str) -> Option<&'static str> {
        self.first(keyword).and_then(Json::as_str)
    }

    fn list(&self, keyword: &str) -> impl Iterator<Item = &'static Json> {
        self.first(keyword).into_iter().flat_map(Json::elements)
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
            Some(Json::String(name)) => vec![name],
            Some(Json::Array(names)) => names.iter().filter_map(Json::as_str).collect(),
            _ => Vec::new(),
        }
    }

    /// The JSON types that only the API's reference shows here, in no example and no answer.
    pub fn other_types(&self) -> Vec<&'static str> {
        self.list("x-otherTypes").filter_map(Json::as_str).collect()
    }

    /// The value that is taken when the key is left out.
    pub fn default_value(&self) -> Option<&'static Json> {
        self.first("default")
    }

    /// Values seen in the documentation.
    pub fn examples(&self) -> Vec<&'static Json> {
        self.list("examples").collect()
    }

    /// The only value that is right here.
    pub fn constant(&self) -> Option<&'static Json> {
        self.first("const")
    }

    /// The closed set of values, each with its words; empty when any value may stand here.
    pub fn closed_values(&self) -> Vec<Choice> {
        let words: Vec<&'static str> = self.list("enumDescriptions").filter_map(Json::as_str).collect();
        let pair = |(index, value)| Choice { value, description: words.get(index).copied().unwrap_or_default() };
        self.list("enum").enumerate().map(pair).collect()
    }

    /// Values worth knowing where any value may stand.
    pub fn known_values(&self) -> Vec<Choice> {
        let words = |choice: &'static Json| choice.get("description").and_then(Json::as_str).unwrap_or_default();
        self.list("x-values")
            .filter_map(|choice| Some(Choice { value: choice.get("value")?, description: words(choice) }))
            .collect()
    }

    /// Other spellings of a known value that are seen to work.
    pub fn also_seen(&self, value: &str) -> impl Iterator<Item = &'static str> {
        let choice = self.list("x-values").find(|choice| choice.get("value").and_then(Json::as_str) == Some(value));
        let others = choice.and_then(|choice| choice.get("alsoSeen")).into_iter().flat_map(Json::elements);
        others.filter_map(Json::as_str)
    }

    /// Whole values to start from.
    pub fn templates(&self) -> Vec<Template> {
        let text = |template: &'static Json, key: &str| template.get(key).and_then(Json::as_str).unwrap_or_default();
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
        for properties in self.layers.iter().filter_map(|layer| layer.get("properties")) {
            for (key, _) in properties.members() {
                if !keys.contains(&key) && allowed.as_ref().is_none_or(|allowed| allowed.contains(&key)) {
                    keys.push(key);
                }
            }
        }
        keys
    }

    /// Whether the object here comes in several kinds, chosen by its `type`.
    pub fn has_kinds(&self) -> bool {
        let parts = self.layers.iter().filter_map(|layer| layer.get("allOf")).flat_map(Json::elements);
        parts.filter(|part| part.get("if").is_some()).count() > 0 && self.templates().len() > 1
    }

    /// The keys that the chosen kind allows, when one is chosen.
    pub fn allowed_keys(&self) -> Option<Vec<&'static str>> {
        let names = self.first("propertyNames")?.get("enum")?;
        Some(names.elements().filter_map(Json::as_str).collect())
    }

    /// The keys that the object here cannot work without.
    pub fn required(&self) -> Vec<&'static str> {
        self.union("required")
    }

    /// The keys that Adobe's template has here, beside the required ones.
    pub fn expected(&self) -> Vec<&'static str> {
        self.union("x-expected")
    }

    /// The keys that the object here cannot work without, then those that the template has; of a kind that its `type`
    /// chooses, only that kind's.
    pub fn needed(&self) -> Vec<&'static str> {
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

    /// Whether this is an old form.
    pub fn is_deprecated(&self) -> bool {
        self.first("deprecated") == Some(&Json::Bool(true))
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
        self.first("x-managed") == Some(&Json::Bool(true))
    }

    /// What a string here is beside text: `template`, `date-format`, `json-path`.
    pub fn format(&self) -> Option<&'static str> {
        self.text("x-format")
    }

    /// The words in single braces that are replaced here, each with its description.
    pub fn words(&self) -> Vec<(&'static str, &'static str)> {
        let describe = |word: &'static str| (word, word_description(word).unwrap_or_default());
        self.list("x-words").filter_map(Json::as_str).map(describe).collect()
    }

    /// Whether this is a JSON schema embedded in the spec.
    pub fn is_embedded_schema(&self) -> bool {
        let embedded = definition("embeddedSchema");
        embedded.is_some_and(|embedded| self.layers.iter().any(|layer| std::ptr::eq(*layer, embedded)))
    }
}

/// What a `$ref` of the schema leads to.
fn target(reference: &str) -> Option<&'static Json> {
    match reference.strip_prefix("#/definitions/")? {
        way if way.contains('/') => ROOT.pointer(&reference[1..]),
        name => definition(name),
    }
}
