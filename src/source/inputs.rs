//! Inputs: the values that users enter, and where a spec declares them.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::model::{AuthEntry, Schema, Source};
use super::schemas::{Scope, enclosing_schema};
use crate::syntax::{Kind, Node, Tree};

/// Where an input is declared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Origin<'t> {
    /// In an entry of `authSpec`, by the entry's name or else its number.
    Auth(Cow<'t, str>),
    /// In `sourceSpec.spec`.
    Source,
}

/// A declared input.
#[derive(Debug, Clone)]
pub(crate) struct Input<'t> {
    pub(crate) name: Cow<'t, str>,
    /// Its key in `properties`.
    pub(crate) key: Node<'t>,
    /// Its JSON Schema.
    pub(crate) schema: Node<'t>,
    pub(crate) origin: Origin<'t>,
}

impl<'t> Input<'t> {
    /// Whether a schema that it is declared in requires it.
    pub(crate) fn is_required(&self) -> bool {
        is_required(self.key)
    }

    /// Whether its value is masked, and so a secret.
    pub(crate) fn is_masked(&self) -> bool {
        Schema::new(self.schema).is_password()
    }
}

/// Whether the schema that declares a property, or one that this schema is a part of, requires it. `key`: the key in
/// `properties`.
pub(crate) fn is_required(key: Node<'_>) -> bool {
    let Some(name) = key.string() else { return false };
    let schema = key.enclosing_object().and_then(Node::enclosing_object);
    let mut schemas = std::iter::successors(schema, |schema| enclosing_schema(*schema));
    schemas.any(|schema| Schema::new(schema).required_names().any(|required| required == name))
}

/// All declared inputs of a document.
#[derive(Debug, Default)]
pub(crate) struct Inputs<'t> {
    /// The inputs, in document order. A name that several entries of `authSpec` declare occurs several times.
    pub(crate) all: Vec<Input<'t>>,
    /// Whether there may be others: a part is missing, incomplete, or declared elsewhere.
    pub(crate) maybe_more: bool,
    /// The indices in `all` of each name.
    positions: HashMap<Cow<'t, str>, Vec<usize>>,
}

impl<'t> Inputs<'t> {
    /// The inputs that a tree declares.
    pub(crate) fn of(tree: &'t Tree) -> Self {
        let (mut inputs, source) = (Inputs::default(), Source::of(tree));
        let is_other = |node: Option<Node<'t>>, kind| node.is_some_and(|node| node.kind() != kind);
        inputs.maybe_more = is_other(source.auth_spec(), Kind::Array) || is_other(source.source_spec(), Kind::Object);
        for (schema, origin) in schemas(tree) {
            inputs.add(schema, &origin);
        }
        inputs
    }

    fn add(&mut self, schema: Node<'t>, origin: &Origin<'t>) {
        let scope = Scope::of(schema);
        self.maybe_more |= scope.maybe_more || schema.kind() != Kind::Object;
        for properties in scope.properties {
            for member in properties.members() {
                let Some(name) = member.key.string() else { continue };
                self.positions.entry(name.clone()).or_default().push(self.all.len());
                self.all.push(Input { name, key: member.key, schema: member.value, origin: origin.clone() });
            }
        }
    }

    /// The declarations of a name.
    pub(crate) fn named(&self, name: &str) -> impl Iterator<Item = &Input<'t>> + use<'_, 't> {
        self.positions.get(name).into_iter().flatten().map(|position| &self.all[*position])
    }

    /// The name of the input that a placeholder refers to: a path into an input of type object refers to that input.
    pub(crate) fn referred_to<'n>(&self, written: &'n str) -> &'n str {
        let is_declared = self.named(written).next().is_some();
        if is_declared { written } else { written.split('.').next().unwrap_or_default() }
    }

    /// Each name once, with its declarations, in document order.
    pub(crate) fn by_name(&self) -> Vec<(&str, Vec<&Input<'t>>)> {
        let mut positions: HashMap<&str, usize> = HashMap::new();
        let mut names: Vec<(&str, Vec<&Input<'t>>)> = Vec::new();
        for input in &self.all {
            let position = *positions.entry(&input.name).or_insert(names.len());
            match names.get_mut(position) {
                Some((_, declared)) => declared.push(input),
                None => names.push((&input.name, vec![input])),
            }
        }
        names
    }

    /// Each name once, in document order.
    pub(crate) fn names(&self) -> Vec<&str> {
        let mut seen = HashSet::new();
        self.all.iter().map(|input| input.name.as_ref()).filter(|name| seen.insert(*name)).collect()
    }
}

/// The JSON Schemas that declare inputs, in the order in which users enter them.
pub(crate) fn schemas<'t>(tree: &'t Tree) -> Vec<(Node<'t>, Origin<'t>)> {
    let source = Source::of(tree);
    let entries = source.auth_spec().into_iter().flat_map(Node::elements).map(AuthEntry::new);
    let auth = entries.enumerate().filter_map(|(index, entry)| {
        let name = entry.name().and_then(Node::string).unwrap_or_else(|| format!("entry {}", index + 1).into());
        Some((entry.spec()?, Origin::Auth(name)))
    });
    // One of Adobe's pages nests it one level deeper.
    let nested = source.request().and_then(|request| request.spec());
    let own = source.input_schema().into_iter().chain(nested).map(|schema| (schema, Origin::Source));
    auth.chain(own).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_input_is_required_by_its_schema_or_one_around_it_but_not_by_an_alternative() {
        let required = |spec: &str| {
            let tree = Tree::parse(format!(r#"{{ "sourceSpec": {{ "spec": {spec} }} }}"#));
            Inputs::of(&tree).all.iter().map(Input::is_required).collect::<Vec<_>>()
        };
        assert_eq!(required(r#"{ "properties": { "a": {}, "b": {} }, "required": ["b"] }"#), [false, true]);
        assert_eq!(required(r#"{ "required": ["a"], "allOf": [{ "properties": { "a": {} } }] }"#), [true]);
        assert_eq!(required(r#"{ "properties": { "a": {} }, "anyOf": [{ "required": ["a"] }] }"#), [false]);
    }
}
