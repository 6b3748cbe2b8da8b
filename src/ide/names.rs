//! Names that the author has chosen: which one is under the cursor, and every place of the document where it is.
//!
//! All inputs of a document share one namespace: `${name}` is replaced by the input of that name, whichever authentication method or the
//! source declares it. So an input that several entries of `authSpec` declare is one name. The properties of any other JSON
//! schema are names of that schema alone; those of the custom schema of the response also are in the paths into it.

mod paths;

use std::borrow::Cow;
use std::ops::Range;

use crate::document::Document;
use crate::lint::rules::placeholder_form;
use crate::source::inputs::{self, Inputs};
use crate::source::model::{AuthEntry, Source};
use crate::source::placeholders;
use crate::source::schemas::Scope;
use crate::spec::{Entry, SpecKind};
use crate::syntax::template::{Part, PartKind};
use crate::syntax::{Kind, Node, Tree};

/// A name under the cursor.
#[derive(Debug, Clone)]
pub(super) struct Name<'t> {
    /// Its characters.
    pub(super) text: Cow<'t, str>,
    /// Where it is under the cursor, without quotes and braces.
    pub(super) range: Range<usize>,
    /// What it names.
    pub(super) kind: NameKind<'t>,
    /// The JSON schema, with all its parts, in whose `properties` or `required` it is under the cursor.
    pub(super) schema: Option<Node<'t>>,
    tree: &'t Tree,
}

/// What a name names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NameKind<'t> {
    /// An input, declared or not.
    Input,
    /// A property of a JSON schema that declares no inputs: of this one, with all its parts.
    Property(Node<'t>),
    /// The node that wraps each record.
    Wrapper,
    /// An authentication method: the entry of `authSpec`.
    AuthEntry(Node<'t>),
}

/// One place where a name is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place<'t> {
    /// The string or bare word that it is in.
    pub(super) node: Node<'t>,
    /// The name alone, without quotes and braces.
    pub(super) range: Range<usize>,
    /// Whether the name is given here; else it refers to one that is given elsewhere.
    pub(super) is_declaration: bool,
    /// How it is written.
    pub(super) form: Form,
}

/// How a name is written at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Form {
    /// It is all that the string says.
    Whole,
    /// In the braces of a placeholder.
    Placeholder,
    /// As a step of a JSON path: the whole step, with its dot or brackets.
    Step(Range<usize>),
}

impl<'t> Name<'t> {
    /// The name that is at this offset or ends there. `None` where nothing has a name, and on JSON that is no
    /// connection spec.
    pub(super) fn at(document: &'t Document, offset: usize) -> Option<Self> {
        let (kind, tree) = (document.kind()?, document.tree());
        let node = tree.node_at(offset);
        if !matches!(node.kind(), Kind::String | Kind::Word) {
            return None;
        }
        let found = Name::of_property(kind, node)
            .or_else(|| Name::in_placeholder(node, offset))
            .or_else(|| Name::in_path(node, offset))
            .or_else(|| Name::of_sign_in(node))?;
        (!found.text.is_empty()).then_some(found)
    }

    /// A key of `properties`, an entry of `required`, or either in `dependencies` of a JSON schema.
    fn of_property(kind: SpecKind, node: Node<'t>) -> Option<Self> {
        let schema = match node.as_part_of_member() {
            Some(member) if member.key == node => {
                let object = member.node.parent()?;
                let declaring = || holder(object, &["properties"]).filter(|_| is_schema(member.value));
                holder(object, &["dependencies"]).or_else(declaring)?
            }
            Some(_) => return None,
            None => {
                let list = node.parent().filter(|parent| parent.kind() == Kind::Array)?;
                let outer = || list.as_part_of_member().and_then(|member| member.node.parent());
                holder(list, &["required"]).or_else(|| holder(outer()?, &["dependencies"]))?
            }
        };
        let whole = Scope::composed(schema);
        let kind = if inputs::schemas(node.tree()).iter().any(|(schema, _)| *schema == whole) {
            NameKind::Input
        } else if Entry::of(kind, whole).is_embedded_schema() {
            NameKind::Property(whole)
        } else {
            return None;
        };
        Some(Name { text: node.string()?, range: node.inner(), kind, schema: Some(whole), tree: node.tree() })
    }

    fn in_placeholder(node: Node<'t>, offset: usize) -> Option<Self> {
        if !placeholders::is_replaced_in(node) {
            return None;
        }
        let parts = placeholders::in_string(node);
        let inside = parts.iter().find(|part| part.range.contains(&offset));
        let part = inside.or_else(|| parts.iter().find(|part| part.range.end == offset))?;
        let range = input_in(&Inputs::of(node.tree()), node, part)?;
        let text = Cow::Borrowed(&node.tree().source()[range.clone()]);
        Some(Name { text, range, kind: NameKind::Input, schema: None, tree: node.tree() })
    }

    /// The node that wraps each record, or a property of the custom schema. What is both is a property: that is the name
    /// that the answers have.
    fn in_path(node: Node<'t>, offset: usize) -> Option<Self> {
        let tree = node.tree();
        let is_here = |place: &Place<'t>| place.node == node && place.has(offset);
        let wrapper = paths::wrapper(tree);
        let (place, kind) = match wrapper.iter().find(|place| is_here(place)) {
            Some(place) => {
                let declaration = wrapper.iter().find(|place| place.is_declaration)?;
                let step = paths::steps(tree).into_iter().find(|step| step.place.range == declaration.range);
                (place.clone(), step.map_or(NameKind::Wrapper, |step| NameKind::Property(step.schema)))
            }
            None => {
                let step = paths::steps(tree).into_iter().find(|step| is_here(&step.place))?;
                (step.place, NameKind::Property(step.schema))
            }
        };
        let text = match place.form {
            Form::Whole => node.string()?,
            _ => Cow::Borrowed(&tree.source()[place.range.clone()]),
        };
        Some(Name { text, range: place.range, kind, schema: None, tree })
    }

    fn of_sign_in(node: Node<'t>) -> Option<Self> {
        let member = node.as_part_of_member().filter(|member| member.value == node)?;
        let entry = member.node.parent().filter(|_| member.key.string().as_deref() == Some(AuthEntry::NAME))?;
        let entries = entry.parent().filter(|parent| Some(*parent) == Source::of(node.tree()).auth_spec())?;
        (entries.kind() == Kind::Array).then_some(())?;
        let (text, kind) = (node.string()?, NameKind::AuthEntry(entry));
        Some(Name { text, range: node.inner(), kind, schema: None, tree: node.tree() })
    }

    /// Every place where it is, in document order.
    pub(super) fn places(&self) -> Vec<Place<'t>> {
        let mut places = match self.kind {
            NameKind::Input => self.places_of_input(),
            NameKind::Property(schema) => self.places_of_property(schema),
            NameKind::Wrapper => paths::wrapper(self.tree),
            NameKind::AuthEntry(entry) => AuthEntry::new(entry).name().map(Place::declaration).into_iter().collect(),
        };
        places.sort_by_key(|place| place.range.start);
        places
    }

    fn places_of_property(&self, schema: Node<'t>) -> Vec<Place<'t>> {
        let mut places = in_schema(schema, &self.text);
        let steps = paths::steps(self.tree).into_iter().filter(|step| step.schema == schema);
        let is_it = |place: &Place<'t>| self.tree.source()[place.range.clone()] == *self.text;
        places.extend(steps.map(|step| step.place).filter(is_it));
        // Where the node around a record has the name of the list, the path into the records begins with it.
        if let [declaration, first] = &*paths::wrapper(self.tree)
            && places.iter().any(|place| place.range == declaration.range)
        {
            places.push(first.clone());
        }
        places
    }

    fn places_of_input(&self) -> Vec<Place<'t>> {
        let inputs = Inputs::of(self.tree);
        let schemas = inputs::schemas(self.tree).into_iter();
        let mut places: Vec<_> = schemas.flat_map(|(schema, _)| in_schema(schema, &self.text)).collect();
        let strings = placeholders::replaced_strings(self.tree).filter(|(string, _)| string.text().contains('{'));
        let parts =
            strings.flat_map(|(node, _)| placeholders::in_string(node).into_iter().map(move |part| (node, part)));
        places.extend(parts.filter_map(|(node, part)| {
            let range = input_in(&inputs, node, &part)?;
            let is_it = self.tree.source()[range.clone()] == *self.text;
            is_it.then_some(Place { node, range, is_declaration: false, form: Form::Placeholder })
        }));
        places
    }
}

impl<'t> Place<'t> {
    fn declaration(node: Node<'t>) -> Self {
        Place { node, range: node.inner(), is_declaration: true, form: Form::Whole }
    }

    fn step(node: Node<'t>, step: Range<usize>, is_declaration: bool) -> Self {
        let text = &node.tree().source()[step.clone()];
        let inside = match text.find(['\'', '"']) {
            Some(quote) => quote + 1..text.rfind(['\'', '"']).unwrap_or(text.len()).max(quote + 1),
            None => text.len() - text.trim_start_matches('.').len()..text.len(),
        };
        let range = step.start + inside.start..step.start + inside.end;
        Place { node, range, is_declaration, form: Form::Step(step) }
    }

    /// Whether an offset is in it, or right after it.
    fn has(&self, offset: usize) -> bool {
        match &self.form {
            Form::Step(_) => self.range.start <= offset && offset <= self.range.end,
            _ => true,
        }
    }
}

/// The object that has a value under one of these keys.
fn holder<'t>(value: Node<'t>, keys: &[&str]) -> Option<Node<'t>> {
    let member = value.as_part_of_member().filter(|member| member.value == value)?;
    member.node.parent().filter(|_| member.key.string().is_some_and(|key| keys.contains(&key.as_ref())))
}

/// Whether a value can be a property's schema, finished or not. A list is a keyword that slipped into `properties`.
fn is_schema(value: Node<'_>) -> bool {
    value.kind() != Kind::Array
}

/// The places of a name in the `properties`, `required` and `dependencies` of a schema.
pub(super) fn in_schema<'t>(schema: Node<'t>, name: &str) -> Vec<Place<'t>> {
    let scope = Scope::of(schema);
    let declaring = scope.properties.iter().flat_map(|properties| properties.members());
    let keys = declaring.filter(|member| is_schema(member.value)).map(|member| (member.key, true));
    let entries = scope.required.iter().flat_map(|required| required.elements());
    let dependent = || scope.dependencies.iter().flat_map(|dependencies| dependencies.members());
    let lists = dependent().flat_map(|member| member.value.elements());
    let uses = entries.chain(dependent().map(|member| member.key)).chain(lists).map(|node| (node, false));
    let named = keys.chain(uses).filter(move |(node, _)| node.string().as_deref() == Some(name));
    named.map(|(node, is_declaration)| Place { is_declaration, ..Place::declaration(node) }).collect()
}

/// The name of the input that a placeholder means. In single or double braces, which are sent as they stand, it is meant
/// where the input is declared and the rule about that form says so.
fn input_in(inputs: &Inputs<'_>, node: Node<'_>, part: &Part) -> Option<Range<usize>> {
    let written = &node.tree().source()[part.name.clone()];
    let (start, name) = match part.kind {
        PartKind::Input => (part.name.start, inputs.referred_to(written)),
        PartKind::Word | PartKind::Double => {
            let name = written.trim();
            let is_meant = inputs.named(name).next().is_some() && placeholder_form::means_declared(node, part, name);
            (is_meant.then(|| part.name.start + written.len() - written.trim_start().len())?, name)
        }
        PartKind::Expression => return None,
    };
    Some(start..start + name.len())
}

#[cfg(test)]
pub(super) mod tests;
