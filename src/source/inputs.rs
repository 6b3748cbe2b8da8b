//! Inputs: the names that users fill in, where they are declared and where `${name}` is replaced by them.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::syntax::template::{self, Part, PartKind};
use crate::syntax::{self, Kind, Node, Tree};

/// Where an input is declared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Origin<'t> {
    /// In an entry of `authSpec`, by the entry's name or else its number.
    SignIn(Cow<'t, str>),
    /// In `sourceSpec.spec`.
    Source,
}

/// A declared input.
#[derive(Debug, Clone)]
pub(crate) struct Input<'t> {
    /// Its name.
    pub(crate) name: Cow<'t, str>,
    /// Its key in `properties`.
    pub(crate) key: Node<'t>,
    /// Its JSON schema.
    pub(crate) schema: Node<'t>,
    /// Where it is declared.
    pub(crate) origin: Origin<'t>,
}

impl<'t> Input<'t> {
    /// Whether its value is a secret.
    pub(crate) fn is_secret(&self) -> bool {
        self.text("format").as_deref() == Some("password")
    }

    /// A string of its schema.
    pub(crate) fn text(&self, key: &str) -> Option<Cow<'t, str>> {
        self.schema.get(key).and_then(Node::as_string)
    }
}

/// All declared inputs of a document.
#[derive(Debug, Default)]
pub(crate) struct Inputs<'t> {
    /// The inputs, in the order of the text. A name that several entries of `authSpec` declare is there several times.
    pub(crate) all: Vec<Input<'t>>,
    /// Whether there may be more than can be seen: a part is missing, half typed, or declared elsewhere.
    pub(crate) maybe_more: bool,
}

impl<'t> Inputs<'t> {
    /// The inputs that a tree declares.
    pub(crate) fn of(tree: &'t Tree) -> Self {
        let mut inputs = Inputs::default();
        let (auth, source) = (tree.root().get("authSpec"), tree.root().get("sourceSpec"));
        inputs.maybe_more |= auth.is_some_and(|auth| auth.kind() != Kind::Array);
        inputs.maybe_more |= source.is_some_and(|source| source.kind() != Kind::Object);
        for (schema, origin) in schemas(tree) {
            inputs.declared_by(schema, &origin);
        }
        inputs
    }

    fn declared_by(&mut self, schema: Node<'t>, origin: &Origin<'t>) {
        let scope = Scope::of(schema);
        self.maybe_more |= scope.maybe_more || schema.kind() != Kind::Object;
        for properties in scope.properties {
            self.all.extend(properties.members().filter_map(|member| {
                let name = member.key.string()?;
                Some(Input { name, key: member.key, schema: member.value, origin: origin.clone() })
            }));
        }
    }

    /// The declarations of a name.
    pub(crate) fn named(&self, name: &str) -> impl Iterator<Item = &Input<'t>> {
        self.all.iter().filter(move |input| input.name == name)
    }

    /// The name of the input that is meant by what stands between the braces of a placeholder: a path into an input of type
    /// object counts as that input.
    pub(crate) fn meant_by<'n>(&self, written: &'n str) -> &'n str {
        let is_declared = self.named(written).next().is_some();
        if is_declared { written } else { written.split('.').next().unwrap_or_default() }
    }

    /// Each name once, with its declarations, in the order of the text.
    pub(crate) fn by_name(&self) -> Vec<(&str, Vec<&Input<'t>>)> {
        let mut places: HashMap<&str, usize> = HashMap::new();
        let mut names: Vec<(&str, Vec<&Input<'t>>)> = Vec::new();
        for input in &self.all {
            let place = *places.entry(&input.name).or_insert(names.len());
            match names.get_mut(place) {
                Some((_, declared)) => declared.push(input),
                None => names.push((&input.name, vec![input])),
            }
        }
        names
    }

    /// Each name once, in the order of the text.
    pub(crate) fn names(&self) -> Vec<&str> {
        let mut seen = HashSet::new();
        self.all.iter().map(|input| input.name.as_ref()).filter(|name| seen.insert(*name)).collect()
    }
}

/// The JSON schemas that declare inputs, in the order in which they are asked for.
pub(crate) fn schemas<'t>(tree: &'t Tree) -> Vec<(Node<'t>, Origin<'t>)> {
    let (auth, source) = (tree.root().get("authSpec"), tree.root().get("sourceSpec"));
    let of_entry = |(index, entry): (usize, Node<'t>)| {
        let name = entry.get("name").and_then(Node::string).unwrap_or_else(|| format!("entry {}", index + 1).into());
        Some((entry.get("spec")?, Origin::SignIn(name)))
    };
    let sign_ins = auth.into_iter().flat_map(Node::elements).enumerate().filter_map(of_entry);
    // A page of Adobe's nests it one level deeper.
    let ways = [&["spec"][..], &["attributes", "spec"]];
    let sources = ways.iter().filter_map(|way| Some((source?.at(way)?, Origin::Source)));
    sign_ins.chain(sources).collect()
}

/// The properties that a JSON schema declares, with those of the schemas that it is put together from.
#[derive(Default)]
pub(crate) struct Scope<'t> {
    /// Its `properties`, and those of its parts.
    pub(crate) properties: Vec<Node<'t>>,
    /// Its `required`, and those of its parts.
    pub(crate) required: Vec<Node<'t>>,
    /// Its `dependencies`, and those of its parts.
    pub(crate) dependencies: Vec<Node<'t>>,
    /// Whether properties may be declared in a way that is not followed: `$ref`, patterns, anything at all, half typed.
    pub(crate) maybe_more: bool,
}

/// The keywords that put a schema together from others.
const PARTS: [&str; 6] = ["allOf", "anyOf", "oneOf", "if", "then", "else"];

impl<'t> Scope<'t> {
    /// What a schema declares.
    pub(crate) fn of(schema: Node<'t>) -> Self {
        let mut scope = Scope::default();
        scope.add(schema, 0);
        scope
    }

    /// What a schema declares together with the schemas that it is a part of.
    pub(crate) fn around(schema: Node<'t>) -> Self {
        Scope::of(Scope::whole(schema))
    }

    /// The outermost of the schemas that this one is a part of; it itself where it is no part.
    pub(crate) fn whole(schema: Node<'t>) -> Node<'t> {
        let mut whole = schema;
        while let Some(outer) = whole_of(whole) {
            whole = outer;
        }
        whole
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
                (key, Kind::Array) if PARTS.contains(&key) => {
                    member.value.elements().for_each(|part| self.add(part, depth + 1));
                }
                (key, Kind::Object) if PARTS.contains(&key) => self.add(member.value, depth + 1),
                _ => {}
            }
        }
    }
}

/// The schema that this one is a part of by `allOf` and its like.
fn whole_of(schema: Node<'_>) -> Option<Node<'_>> {
    let around = schema.parent()?;
    let member = if around.kind() == Kind::Array { around.as_part_of_member()? } else { around.member()? };
    let key = member.key.string()?;
    if PARTS.contains(&key.as_ref()) { member.node.parent() } else { None }
}

/// The keys of `sourceSpec.attributes` under which `${name}` is replaced. Documented for host, path, query, header and
/// body values; inferred for the expressions of a schedule, which end up in those, and for pagination.
const REPLACED_UNDER: [&str; 6] =
    ["urlParams", "headerParams", "bodyParams", "queryParams", "scheduleParams", "paginationParams"];

/// A part of the request in which `${name}` is replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RequestPart {
    /// Scheme and host.
    Host,
    /// The path.
    Path,
    /// A query parameter, or all of them in the old form.
    Query,
    /// A header, or all of them in the old form.
    Header,
    /// A value of the body.
    Body,
    /// A value of the schedule.
    Schedule,
    /// A value of paging.
    Paging,
    /// Something else about the address, such as the method.
    Other,
}

/// The part of the request that a string is a value of, if `${name}` is replaced there.
pub(crate) fn request_part(string: Node<'_>) -> Option<RequestPart> {
    let path: Vec<Node<'_>> = string.ancestors().filter(|node| node.kind() == Kind::Member).collect();
    let key = |from_outside: usize| path.iter().rev().nth(from_outside)?.member()?.key.string();
    let is_value = string.as_part_of_member().is_none_or(|member| member.value == string);
    if !is_value || key(0).as_deref() != Some("sourceSpec") || key(1).as_deref() != Some("attributes") {
        return None;
    }
    let part = key(2).filter(|key| REPLACED_UNDER.contains(&key.as_ref()))?;
    Some(match (part.as_ref(), key(3).as_deref()) {
        ("queryParams", _) | ("urlParams", Some("queryParams")) => RequestPart::Query,
        ("urlParams", Some("host" | "hostname" | "hostName")) => RequestPart::Host,
        ("urlParams", Some("path")) => RequestPart::Path,
        ("headerParams", _) => RequestPart::Header,
        ("bodyParams", _) => RequestPart::Body,
        ("scheduleParams", _) => RequestPart::Schedule,
        ("paginationParams", _) => RequestPart::Paging,
        _ => RequestPart::Other,
    })
}

/// Whether `${name}` is replaced in this string.
pub(crate) fn is_replaced_in(string: Node<'_>) -> bool {
    request_part(string).is_some()
}

/// Every string in which `${name}` is replaced, with its part of the request.
pub(crate) fn replaced_strings(tree: &Tree) -> impl Iterator<Item = (Node<'_>, RequestPart)> {
    let attributes = tree.root().at(&["sourceSpec", "attributes"]);
    let strings = attributes.into_iter().flat_map(Node::descendants).filter(|node| node.kind() == Kind::String);
    strings.filter_map(|string| Some((string, request_part(string)?)))
}

/// A placeholder for an input, as it is written inside a string.
pub(crate) fn placeholder(name: &str) -> String {
    format!("${{{}}}", syntax::escaped(name))
}

/// The placeholders in a string or bare word.
pub(crate) fn parts_of(string: Node<'_>) -> Vec<Part> {
    let inner = string.inner();
    template::parts(&string.tree().source()[inner.clone()], inner.start)
}

/// The content of a string that is complete and fixed: it has both quotes, holds no placeholder and is not blank.
pub(crate) fn fixed_text(node: Node<'_>) -> Option<Cow<'_, str>> {
    let is_whole = node.kind() == Kind::String && node.has_opening_quote() && node.has_closing_quote();
    node.string().filter(|text| is_whole && !text.trim().is_empty() && parts_of(node).is_empty())
}

/// The placeholder in a string that the byte `offset` is in or at the end of.
pub(crate) fn part_at(string: Node<'_>, offset: usize) -> Option<Part> {
    parts_of(string).into_iter().find(|part| {
        let end = if part.closed { part.range.end - 1 } else { part.range.end };
        part.range.start < offset && offset <= end
    })
}

/// Every `${name}` that is replaced, with the name.
pub(crate) fn uses(tree: &Tree) -> impl Iterator<Item = (Part, &str)> {
    replaced_strings(tree).flat_map(|(string, _)| uses_in(string))
}

/// Every `${name}` in a string, with the name.
pub(crate) fn uses_in(string: Node<'_>) -> impl Iterator<Item = (Part, &str)> {
    let parts = if string.text().contains("${") { parts_of(string) } else { Vec::new() };
    parts.into_iter().filter(|part| part.kind == PartKind::Input).map(move |part| {
        let name = &string.tree().source()[part.name.clone()];
        (part, name)
    })
}
