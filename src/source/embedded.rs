//! The JSON schemas that a spec holds: what users fill in, what is asked for and answered, what records look like.

use std::sync::LazyLock;

use crate::spec::{Entry, SpecKind};
use crate::syntax::{Kind, Node, Tree};

/// The way to a place where a spec holds a JSON schema: keys, `None` for each element of an array.
type Way = Vec<Option<&'static str>>;

/// The ways that the vocabulary knows; what it says of other kinds holds for all.
static WAYS: LazyLock<Vec<Way>> = LazyLock::new(|| {
    let mut ways = Vec::new();
    collect(&Entry::root(SpecKind::Other, None), &Way::new(), &mut ways);
    ways
});

fn collect(entry: &Entry, way: &Way, ways: &mut Vec<Way>) {
    let mut step = |inner: &Entry, step: Option<&'static str>| {
        let way: Way = way.iter().copied().chain([step]).collect();
        if inner.is_embedded_schema() { ways.push(way) } else { collect(inner, &way, ways) }
    };
    entry.keys().into_iter().for_each(|key| step(&entry.key(key, None), Some(key)));
    let element = entry.item(None);
    if !element.is_empty() {
        step(&element, None);
    }
}

fn at<'t>(root: Node<'t>, way: &Way) -> Vec<Node<'t>> {
    way.iter().fold(vec![root], |nodes, step| match step {
        Some(key) => nodes.into_iter().filter_map(|node| node.get(key)).collect(),
        None => nodes.into_iter().flat_map(Node::elements).collect(),
    })
}

/// The JSON schemas of a spec that stand inside no other, sound or not.
pub(crate) fn outermost(tree: &Tree) -> Vec<Node<'_>> {
    WAYS.iter().flat_map(|way| at(tree.root(), way)).collect()
}

/// The JSON schemas of a spec and those inside them, as far as they are objects.
pub(crate) fn all(tree: &Tree) -> Vec<Node<'_>> {
    let mut waiting = outermost(tree);
    let mut found = Vec::new();
    while let Some(schema) = waiting.pop() {
        if schema.kind() != Kind::Object {
            continue;
        }
        found.push(schema);
        for member in schema.members() {
            match member.key.string().unwrap_or_default().as_ref() {
                "properties" | "patternProperties" | "definitions" | "dependencies" => {
                    waiting.extend(member.value.members().map(|property| property.value));
                }
                "allOf" | "anyOf" | "oneOf" => waiting.extend(member.value.elements()),
                "items" if member.value.kind() == Kind::Array => waiting.extend(member.value.elements()),
                "items" | "additionalItems" | "contains" | "additionalProperties" | "not" | "if" | "then" | "else" => {
                    waiting.push(member.value);
                }
                _ => {}
            }
        }
    }
    found
}
