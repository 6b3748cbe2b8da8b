//! Names that the author has chosen: which one is under the cursor, and every place of the document where it stands.
//!
//! All inputs of a document share one namespace: `${name}` is replaced by the input of that name, whichever sign-in or the
//! source declares it. So an input that several entries of `authSpec` declare is one name. The properties of any other JSON
//! schema are names of that schema alone.

use std::borrow::Cow;
use std::ops::Range;

use super::inputs::{self, Inputs, Scope};
use super::json_path;
use super::rules::{explode_outside, fixed_text, within};
use crate::document::Document;
use crate::spec::{self, Entry, SpecKind};
use crate::syntax::template::{Part, PartKind};
use crate::syntax::{Kind, Node, Tree};

/// A name under the cursor.
#[derive(Debug, Clone)]
pub(super) struct Name<'t> {
    /// Its characters.
    pub(super) text: Cow<'t, str>,
    /// Where it stands under the cursor, without quotes and braces.
    pub(super) range: Range<usize>,
    /// What it names.
    pub(super) sort: Sort<'t>,
    /// The JSON schema, with all its parts, in whose `properties` or `required` it stands under the cursor.
    pub(super) schema: Option<Node<'t>>,
    tree: &'t Tree,
}

/// What a name names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Sort<'t> {
    /// An input, declared or not.
    Input,
    /// A property of a JSON schema that declares no inputs: of this one, with all its parts.
    Property(Node<'t>),
    /// The node that wraps each record.
    Wrapper,
    /// A way to sign in: the entry of `authSpec`.
    SignIn(Node<'t>),
}

/// One place where a name stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place<'t> {
    /// The string or bare word that it stands in.
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
    /// The name that stands at this offset or ends there. `None` where nothing has a name, and on JSON that is no
    /// connection spec.
    pub(super) fn at(document: &'t Document, offset: usize) -> Option<Self> {
        let (kind, tree) = (document.kind()?, document.tree());
        let node = tree.node_at(offset);
        if !matches!(node.kind(), Kind::String | Kind::Word) {
            return None;
        }
        let found = Name::of_property(kind, node)
            .or_else(|| Name::in_placeholder(node, offset))
            .or_else(|| Name::of_wrapper(node, offset))
            .or_else(|| Name::of_sign_in(node))?;
        (!found.text.is_empty()).then_some(found)
    }

    /// A key of `properties` or an entry of `required` in a JSON schema.
    fn of_property(kind: SpecKind, node: Node<'t>) -> Option<Self> {
        let (around, keyword) = match node.as_part_of_member() {
            Some(member) if member.key == node => (member.node.parent()?, "properties"),
            Some(_) => return None,
            None => (node.parent().filter(|parent| parent.kind() == Kind::Array)?, "required"),
        };
        let member = around.as_part_of_member().filter(|member| member.key.string().as_deref() == Some(keyword))?;
        let whole = Scope::whole(member.node.parent()?);
        let sort = if inputs::schemas(node.tree()).iter().any(|(schema, _)| *schema == whole) {
            Sort::Input
        } else if Entry::of(kind, whole).is_embedded_schema() {
            Sort::Property(whole)
        } else {
            return None;
        };
        Some(Name { text: node.string()?, range: node.inner(), sort, schema: Some(whole), tree: node.tree() })
    }

    fn in_placeholder(node: Node<'t>, offset: usize) -> Option<Self> {
        if !inputs::is_replaced_in(node) {
            return None;
        }
        let parts = inputs::parts_of(node);
        let inside = parts.iter().find(|part| part.range.contains(&offset));
        let part = inside.or_else(|| parts.iter().find(|part| part.range.end == offset))?;
        let range = input_in(&Inputs::of(node.tree()), node, part)?;
        let text = Cow::Borrowed(&node.tree().source()[range.clone()]);
        Some(Name { text, range, sort: Sort::Input, schema: None, tree: node.tree() })
    }

    fn of_wrapper(node: Node<'t>, offset: usize) -> Option<Self> {
        let places = wrapper(node.tree());
        let place = places.into_iter().find(|place| place.node == node && place.has(offset))?;
        let text = match place.form {
            Form::Whole => node.string()?,
            _ => Cow::Borrowed(&node.tree().source()[place.range.clone()]),
        };
        Some(Name { text, range: place.range, sort: Sort::Wrapper, schema: None, tree: node.tree() })
    }

    fn of_sign_in(node: Node<'t>) -> Option<Self> {
        let member = node.as_part_of_member().filter(|member| member.value == node)?;
        let entry = member.node.parent().filter(|_| member.key.string().as_deref() == Some("name"))?;
        let entries = entry.parent().filter(|parent| Some(*parent) == node.tree().root().get("authSpec"))?;
        (entries.kind() == Kind::Array).then_some(())?;
        let (text, sort) = (node.string()?, Sort::SignIn(entry));
        Some(Name { text, range: node.inner(), sort, schema: None, tree: node.tree() })
    }

    /// Every place where it stands, in the order of the text.
    pub(super) fn places(&self) -> Vec<Place<'t>> {
        let mut places = match self.sort {
            Sort::Input => self.places_of_input(),
            Sort::Property(schema) => in_schema(schema, &self.text),
            Sort::Wrapper => wrapper(self.tree),
            Sort::SignIn(entry) => entry.get("name").map(Place::declaration).into_iter().collect(),
        };
        places.sort_by_key(|place| place.range.start);
        places
    }

    fn places_of_input(&self) -> Vec<Place<'t>> {
        let inputs = Inputs::of(self.tree);
        let schemas = inputs::schemas(self.tree).into_iter();
        let mut places: Vec<_> = schemas.flat_map(|(schema, _)| in_schema(schema, &self.text)).collect();
        places.extend(inputs::placeholders(self.tree).filter_map(|(node, part)| {
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

    /// Whether an offset is in it, or right behind it.
    fn has(&self, offset: usize) -> bool {
        match &self.form {
            Form::Step(step) => step.start <= offset && offset <= step.end,
            _ => true,
        }
    }
}

/// The places of a name in the `properties` and `required` of a schema.
pub(super) fn in_schema<'t>(schema: Node<'t>, name: &str) -> Vec<Place<'t>> {
    let scope = Scope::of(schema);
    let keys = scope.properties.iter().flat_map(|properties| properties.members()).map(|member| (member.key, true));
    let entries = scope.required.iter().flat_map(|required| required.elements()).map(|entry| (entry, false));
    let named = keys.chain(entries).filter(move |(node, _)| node.string().as_deref() == Some(name));
    named.map(|(node, is_declaration)| Place { is_declaration, ..Place::declaration(node) }).collect()
}

/// The name of the input that a placeholder means. In single or double braces, which are sent as they stand, it is meant
/// where the input is declared and the string is an address or a header, which hardly ever have braces of their own.
fn input_in(inputs: &Inputs<'_>, node: Node<'_>, part: &Part) -> Option<Range<usize>> {
    let written = &node.tree().source()[part.name.clone()];
    let is_meant = match part.kind {
        PartKind::Input => true,
        PartKind::Word | PartKind::Double => {
            part.closed
                && inputs.named(written).next().is_some()
                && spec::word_description(written).is_none()
                && inputs::is_value_under(node, &["urlParams", "headerParams"])
        }
        PartKind::Expression => false,
    };
    let name = inputs.meant_by(written);
    is_meant.then(|| part.name.start..part.name.start + name.len())
}

/// The places of the name of the node that wraps each record: where it is given (`overrideWrapperAttribute`, or else the
/// last step of the path to the records), and the first step of the path into the records. Empty where no such path
/// starts with it: then nothing refers to the name.
fn wrapper(tree: &Tree) -> Vec<Place<'_>> {
    let places = || {
        let request = tree.root().at(&["sourceSpec", "attributes"])?;
        let name = explode_outside::wrapper(request)?;
        let given = request.at(&["contentPath", "overrideWrapperAttribute"]);
        let declaration = match given.filter(|node| fixed_text(*node).as_ref() == Some(&name)) {
            Some(node) => Place::declaration(node),
            None => step(explode_outside::content_path(request)?, |segments| segments.last(), true)?,
        };
        let path = request.at(&["explodeEntityPath", "path"])?;
        let first = step(path, |segments| segments.first().filter(|first| first.name() == Some(&name)), false)?;
        Some(vec![declaration, first])
    };
    places().unwrap_or_default()
}

/// One step of a path in a string, if it is a name. A path that is written with escapes is left alone.
fn step<'t>(
    node: Node<'t>,
    pick: impl FnOnce(&[json_path::Segment]) -> Option<&json_path::Segment>,
    is_declaration: bool,
) -> Option<Place<'t>> {
    let path = json_path::parse(&fixed_text(node).filter(|_| !node.has_escapes())?).ok()?;
    let segment = pick(&path.segments).filter(|segment| segment.name().is_some())?;
    Some(Place::step(node, within(node, &segment.range), is_declaration))
}

#[cfg(test)]
pub(super) mod tests;
