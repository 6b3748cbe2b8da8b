//! Names that the author has chosen: the name at an offset, and all its occurrences.
//!
//! All inputs of a document share one namespace: `${name}` is replaced by the input of that name, whichever authentication
//! method or the source declares it. So an input that several entries of `authSpec` declare is one name. The properties of any
//! other JSON Schema are names of that schema alone; those of the custom schema of the response also occur in the paths to the
//! records.

mod paths;

use std::borrow::Cow;
use std::ops::Range;

use crate::document::Document;
use crate::lint::rules::placeholder_form;
use crate::source::inputs::{self, Inputs};
use crate::source::model::{AuthEntry, Schema, Source};
use crate::source::placeholders;
use crate::source::schemas::Scope;
use crate::spec::{Entry, SpecKind};
use crate::syntax::template::{Part, PartKind};
use crate::syntax::{self, Kind, Node, Tree};

/// The name at an offset.
#[derive(Debug, Clone)]
pub(super) struct Name<'t> {
    pub(super) text: Cow<'t, str>,
    /// The occurrence at the offset, in bytes, without quotes and braces.
    pub(super) range: Range<usize>,
    pub(super) kind: NameKind<'t>,
    /// The JSON Schema, with all its parts, that has this occurrence in `properties` or `required`.
    pub(super) schema: Option<Node<'t>>,
    tree: &'t Tree,
}

/// What a name refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NameKind<'t> {
    /// An input, declared or not.
    Input,
    /// A property of this JSON Schema, with all its parts, that declares no inputs.
    Property(Node<'t>),
    /// The node that wraps each record.
    Wrapper,
    /// An authentication method: the entry of `authSpec`.
    AuthEntry(Node<'t>),
}

/// An occurrence of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Occurrence<'t> {
    /// The string or bare word that contains it.
    pub(super) node: Node<'t>,
    /// The name alone, without quotes and braces.
    pub(super) range: Range<usize>,
    /// Whether it declares the name.
    pub(super) is_declaration: bool,
    pub(super) form: Form,
}

/// The form of an occurrence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Form {
    /// The complete string.
    Whole,
    /// The name in a placeholder.
    Placeholder,
    /// The name in this segment of a JSON path, which includes its dot or brackets.
    Segment(Range<usize>),
}

impl<'t> Name<'t> {
    /// The name that contains an offset or ends there. `None` in JSON that isn't a connection spec.
    pub(super) fn at(document: &'t Document, offset: usize) -> Option<Self> {
        let (kind, tree) = (document.kind()?, document.tree());
        let node = tree.node_at(offset);
        if !matches!(node.kind(), Kind::String | Kind::Word) {
            return None;
        }
        let found = Name::of_property(kind, node)
            .or_else(|| Name::in_placeholder(node, offset))
            .or_else(|| Name::in_path(node, offset))
            .or_else(|| Name::of_auth_entry(node))?;
        (!found.text.is_empty()).then_some(found)
    }

    /// A key of `properties`, an element of `required`, or either in `dependencies` of a JSON Schema.
    fn of_property(kind: SpecKind, node: Node<'t>) -> Option<Self> {
        let schema = match node.as_part_of_member() {
            Some(member) if member.key == node => {
                let object = member.node.parent()?;
                let declaring = || holder(object, Schema::PROPERTIES).filter(|_| is_schema(member.value));
                holder(object, DEPENDENCIES).or_else(declaring)?
            }
            Some(_) => return None,
            None => {
                let array = node.parent().filter(|parent| parent.kind() == Kind::Array)?;
                holder(array, Schema::REQUIRED).or_else(|| holder(array.enclosing_object()?, DEPENDENCIES))?
            }
        };
        let composed = Scope::composed(schema);
        let kind = if inputs::schemas(node.tree()).iter().any(|(schema, _)| *schema == composed) {
            NameKind::Input
        } else if Entry::of(kind, composed).is_embedded_schema() {
            NameKind::Property(composed)
        } else {
            return None;
        };
        Some(Name { text: node.string()?, range: node.inner(), kind, schema: Some(composed), tree: node.tree() })
    }

    fn in_placeholder(node: Node<'t>, offset: usize) -> Option<Self> {
        if !placeholders::is_replaced_in(node) {
            return None;
        }
        let parts = placeholders::in_string(node);
        let part = placeholders::touching(&parts, offset)?;
        let range = input_in(&Inputs::of(node.tree()), node, part)?;
        let text = syntax::unescaped(&node.tree().source()[range.clone()]);
        Some(Name { text, range, kind: NameKind::Input, schema: None, tree: node.tree() })
    }

    /// The node that wraps each record, or a property of the custom schema. A name that is both is a property, because the
    /// responses have it.
    fn in_path(node: Node<'t>, offset: usize) -> Option<Self> {
        let tree = node.tree();
        let is_at_offset = |occurrence: &Occurrence<'t>| occurrence.node == node && occurrence.has(offset);
        let wrapper = paths::wrapper(tree);
        let (occurrence, kind) = match wrapper.iter().find(|occurrence| is_at_offset(occurrence)) {
            Some(occurrence) => {
                let declaration = wrapper.iter().find(|occurrence| occurrence.is_declaration)?;
                let step = paths::steps(tree).into_iter().find(|step| step.occurrence.range == declaration.range);
                (occurrence.clone(), step.map_or(NameKind::Wrapper, |step| NameKind::Property(step.schema)))
            }
            None => {
                let step = paths::steps(tree).into_iter().find(|step| is_at_offset(&step.occurrence))?;
                (step.occurrence, NameKind::Property(step.schema))
            }
        };
        let text = match occurrence.form {
            Form::Whole => node.string()?,
            _ => syntax::unescaped(&tree.source()[occurrence.range.clone()]),
        };
        Some(Name { text, range: occurrence.range, kind, schema: None, tree })
    }

    fn of_auth_entry(node: Node<'t>) -> Option<Self> {
        let entry = holder(node, AuthEntry::NAME)?;
        let entries = entry.parent().filter(|parent| Some(*parent) == Source::of(node.tree()).auth_spec())?;
        (entries.kind() == Kind::Array).then_some(())?;
        let (text, kind) = (node.string()?, NameKind::AuthEntry(entry));
        Some(Name { text, range: node.inner(), kind, schema: None, tree: node.tree() })
    }

    /// All occurrences, in document order.
    pub(super) fn occurrences(&self) -> Vec<Occurrence<'t>> {
        let mut occurrences = match self.kind {
            NameKind::Input => self.occurrences_of_input(),
            NameKind::Property(schema) => self.occurrences_of_property(schema),
            NameKind::Wrapper => paths::wrapper(self.tree),
            NameKind::AuthEntry(entry) => {
                AuthEntry::new(entry).name().map(Occurrence::declaration).into_iter().collect()
            }
        };
        occurrences.sort_by_key(|occurrence| occurrence.range.start);
        occurrences
    }

    fn occurrences_of_property(&self, schema: Node<'t>) -> Vec<Occurrence<'t>> {
        let mut occurrences = in_schema(schema, &self.text);
        let steps = paths::steps(self.tree).into_iter().filter(|step| step.schema == schema);
        let is_equal =
            |occurrence: &Occurrence<'t>| syntax::unescaped(&self.tree.source()[occurrence.range.clone()]) == self.text;
        occurrences.extend(steps.map(|step| step.occurrence).filter(is_equal));
        // If the node that wraps a record has the name of the array, the path into the records begins with it.
        if let [declaration, first] = &*paths::wrapper(self.tree)
            && occurrences.iter().any(|occurrence| occurrence.range == declaration.range)
        {
            occurrences.push(first.clone());
        }
        occurrences
    }

    fn occurrences_of_input(&self) -> Vec<Occurrence<'t>> {
        let inputs = Inputs::of(self.tree);
        let schemas = inputs::schemas(self.tree).into_iter();
        let mut occurrences: Vec<_> = schemas.flat_map(|(schema, _)| in_schema(schema, &self.text)).collect();
        let strings = placeholders::replaced_strings(self.tree).filter(|(string, _)| string.text().contains('{'));
        let parts =
            strings.flat_map(|(node, _)| placeholders::in_string(node).into_iter().map(move |part| (node, part)));
        occurrences.extend(parts.filter_map(|(node, part)| {
            let range = input_in(&inputs, node, &part)?;
            let is_equal = syntax::unescaped(&self.tree.source()[range.clone()]) == self.text;
            is_equal.then_some(Occurrence { node, range, is_declaration: false, form: Form::Placeholder })
        }));
        occurrences
    }
}

impl<'t> Occurrence<'t> {
    fn declaration(node: Node<'t>) -> Self {
        Occurrence { node, range: node.inner(), is_declaration: true, form: Form::Whole }
    }

    fn segment(node: Node<'t>, segment: Range<usize>, is_declaration: bool) -> Self {
        let text = &node.tree().source()[segment.clone()];
        let inside = match text.find(['\'', '"']) {
            Some(quote) => quote + 1..text.rfind(['\'', '"']).unwrap_or(text.len()).max(quote + 1),
            None => text.len() - text.trim_start_matches('.').len()..text.len(),
        };
        let range = segment.start + inside.start..segment.start + inside.end;
        Occurrence { node, range, is_declaration, form: Form::Segment(segment) }
    }

    /// Whether it contains an offset or ends there.
    fn has(&self, offset: usize) -> bool {
        match &self.form {
            Form::Segment(_) => self.range.start <= offset && offset <= self.range.end,
            _ => true,
        }
    }
}

/// The keyword of draft-07 whose keys and arrays are names of properties.
const DEPENDENCIES: &str = "dependencies";

/// The object that has a value at a key.
fn holder<'t>(value: Node<'t>, key: &str) -> Option<Node<'t>> {
    value.enclosing_object().filter(|_| value.is_value_of(key))
}

/// Whether a value can be the schema of a property, complete or not. An array is a misplaced keyword in `properties`.
fn is_schema(value: Node<'_>) -> bool {
    value.kind() != Kind::Array
}

/// The occurrences of a name in the `properties`, `required` and `dependencies` of a schema.
pub(super) fn in_schema<'t>(schema: Node<'t>, name: &str) -> Vec<Occurrence<'t>> {
    let scope = Scope::of(schema);
    let keys = scope.members().filter(|member| is_schema(member.value)).map(|member| (member.key, true));
    let entries = scope.required.iter().flat_map(|required| required.elements());
    let dependent = || scope.dependencies.iter().flat_map(|dependencies| dependencies.members());
    let lists = dependent().flat_map(|member| member.value.elements());
    let uses = entries.chain(dependent().map(|member| member.key)).chain(lists).map(|node| (node, false));
    let named = keys.chain(uses).filter(move |(node, _)| node.string().as_deref() == Some(name));
    named.map(|(node, is_declaration)| Occurrence { is_declaration, ..Occurrence::declaration(node) }).collect()
}

/// The name of the input that a placeholder refers to. Single or double braces, which are sent unchanged, refer to a declared
/// input if `placeholder-form` reports them.
fn input_in(inputs: &Inputs<'_>, node: Node<'_>, part: &Part) -> Option<Range<usize>> {
    let written = &node.tree().source()[part.name.clone()];
    let name = syntax::unescaped(written);
    match part.kind {
        PartKind::Input if inputs.referred_to(&name) == name => Some(part.name.clone()),
        // A path into an input.
        PartKind::Input => Some(part.name.start..part.name.start + written.find('.')?),
        PartKind::Word | PartKind::Double => {
            let (name, start) = (name.trim(), part.name.start + written.len() - written.trim_start().len());
            let is_meant = inputs.named(name).next().is_some() && placeholder_form::means_declared(node, part, name);
            is_meant.then(|| start..start + written.trim().len())
        }
        PartKind::Expression => None,
    }
}

#[cfg(test)]
pub(super) mod tests;
