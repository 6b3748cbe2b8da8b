//! The JSON Schemas that a spec holds (of inputs, of the explore request and response, of records), and the properties that
//! such a schema declares.

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::spec::{Entry, SpecKind};
use crate::syntax::{Kind, Member, Node, Tree};

/// The path to a JSON Schema in a spec: keys, `None` for each element of an array.
type Path = Vec<Option<&'static str>>;

/// The paths in the vocabulary; what it knows of specs of other kinds applies to all.
static PATHS: LazyLock<Vec<Path>> = LazyLock::new(|| {
    let mut paths = Vec::new();
    collect(&Entry::root(SpecKind::Other, None), &Path::new(), &mut paths);
    paths
});

fn collect(entry: &Entry, path: &Path, paths: &mut Vec<Path>) {
    let mut step = |inner: &Entry, step: Option<&'static str>| {
        let path: Path = path.iter().copied().chain([step]).collect();
        if inner.is_embedded_schema() { paths.push(path) } else { collect(inner, &path, paths) }
    };
    entry.keys().into_iter().for_each(|key| step(&entry.key(key, None), Some(key)));
    let element = entry.item(None);
    if !element.is_empty() {
        step(&element, None);
    }
}

fn at<'t>(root: Node<'t>, path: &Path) -> Vec<Node<'t>> {
    path.iter().fold(vec![root], |nodes, step| match step {
        Some(key) => nodes.into_iter().filter_map(|node| node.get(key)).collect(),
        None => nodes.into_iter().flat_map(Node::elements).collect(),
    })
}

/// The JSON Schemas of a spec that are inside no other, well-formed or not.
pub(crate) fn outermost(tree: &Tree) -> Vec<Node<'_>> {
    PATHS.iter().flat_map(|path| at(tree.root(), path)).collect()
}

/// The JSON Schemas of a spec and those inside them, as far as they are objects.
pub(crate) fn all(tree: &Tree) -> Vec<Node<'_>> {
    let mut pending = outermost(tree);
    let mut schemas = Vec::new();
    while let Some(schema) = pending.pop() {
        if schema.kind() != Kind::Object {
            continue;
        }
        schemas.push(schema);
        for member in schema.members() {
            match member.key.string().unwrap_or_default().as_ref() {
                "properties" | "patternProperties" | "definitions" | "dependencies" => {
                    pending.extend(member.value.members().map(|property| property.value));
                }
                "allOf" | "anyOf" | "oneOf" => pending.extend(member.value.elements()),
                "items" if member.value.kind() == Kind::Array => pending.extend(member.value.elements()),
                "items" | "additionalItems" | "contains" | "additionalProperties" | "not" | "if" | "then" | "else" => {
                    pending.push(member.value);
                }
                _ => {}
            }
        }
    }
    schemas
}

/// The properties that a JSON Schema declares, with those of the schemas that it is composed of.
#[derive(Default)]
pub(crate) struct Scope<'t> {
    /// Its `properties`, and those of its parts.
    pub(crate) properties: Vec<Node<'t>>,
    /// Its `required`, and those of its parts.
    pub(crate) required: Vec<Node<'t>>,
    /// Its `dependencies`, and those of its parts.
    pub(crate) dependencies: Vec<Node<'t>>,
    /// Whether properties may be declared in a way that is not followed: `$ref`, patterns, any name, incomplete text.
    pub(crate) maybe_more: bool,
}

/// The keywords that compose a schema of others.
const APPLICATORS: [&str; 6] = ["allOf", "anyOf", "oneOf", "if", "then", "else"];

impl<'t> Scope<'t> {
    /// What a schema declares.
    pub(crate) fn of(schema: Node<'t>) -> Self {
        let mut scope = Scope::default();
        scope.add(schema, 0);
        scope
    }

    /// What a schema declares together with the schemas that it is a part of.
    pub(crate) fn enclosing(schema: Node<'t>) -> Self {
        Scope::of(Scope::composed(schema))
    }

    /// The outermost of the schemas that this one is a part of; the schema itself if it is none.
    pub(crate) fn composed(schema: Node<'t>) -> Node<'t> {
        let mut composed = schema;
        while let Some(outer) = enclosing_schema(composed) {
            composed = outer;
        }
        composed
    }

    /// The declared properties.
    pub(crate) fn members(&self) -> impl Iterator<Item = Member<'t>> {
        self.properties.iter().flat_map(|properties| properties.members())
    }

    /// The schema of a declared property; of several declarations, the last one.
    pub(crate) fn property(&self, name: &str) -> Option<Node<'t>> {
        self.properties.iter().rev().find_map(|properties| properties.get(name))
    }

    /// The names of the declared properties.
    pub(crate) fn names(&self) -> Vec<Cow<'t, str>> {
        self.members().filter_map(|member| member.key.string()).collect()
    }

    fn add(&mut self, schema: Node<'t>, depth: usize) {
        if depth > 20 {
            self.maybe_more = true;
            return;
        }
        for member in schema.members() {
            let key = member.key.string().unwrap_or_default();
            match (key.as_ref(), member.value.kind()) {
                ("properties", Kind::Object) => self.properties.push(member.value),
                ("required", Kind::Array) => self.required.push(member.value),
                ("dependencies", Kind::Object) => self.dependencies.push(member.value),
                ("properties" | "$ref" | "patternProperties", _) => self.maybe_more = true,
                ("additionalProperties", kind) => self.maybe_more |= kind != Kind::False,
                (key, Kind::Array) if APPLICATORS.contains(&key) => {
                    member.value.elements().for_each(|part| self.add(part, depth + 1));
                }
                (key, Kind::Object) if APPLICATORS.contains(&key) => self.add(member.value, depth + 1),
                _ => {}
            }
        }
    }
}

/// The schema that this one is a part of by `allOf` and its like.
pub(crate) fn enclosing_schema(schema: Node<'_>) -> Option<Node<'_>> {
    let parent = schema.parent()?;
    let member = if parent.kind() == Kind::Array { parent.as_part_of_member()? } else { parent.member()? };
    let key = member.key.string()?;
    if APPLICATORS.contains(&key.as_ref()) { member.node.parent() } else { None }
}
