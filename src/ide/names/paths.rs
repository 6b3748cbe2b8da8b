//! Names in the paths to the records and into them.

use super::Place;
use crate::source::json_path::{self, Path, Segment};
use crate::source::model::Source;
use crate::source::placeholders::literal;
use crate::source::records;
use crate::source::schemas::Scope;
use crate::syntax::{Kind, Node, Tree};

/// A step of a path that leads to a property of the custom schema.
pub(super) struct Step<'t> {
    /// Where it is.
    pub(super) place: Place<'t>,
    /// The schema that declares the property.
    pub(super) schema: Node<'t>,
}

/// The places of the name of the node that wraps each record: where it is given (`overrideWrapperAttribute`, or else the
/// last step of the path to the records), and the first step of the path into the records. Empty where no such path
/// starts with it: then nothing refers to the name.
pub(super) fn wrapper(tree: &Tree) -> Vec<Place<'_>> {
    both(tree).map(Vec::from).unwrap_or_default()
}

fn both(tree: &Tree) -> Option<[Place<'_>; 2]> {
    let request = Source::of(tree).request()?;
    let name = records::wrapper(request)?;
    let given = request.content().and_then(|content| content.override_wrapper_attribute());
    let declaration = match given.filter(|node| literal(*node).as_ref() == Some(&name)) {
        Some(node) => Place::declaration(node),
        None => {
            let node = request.records_path()?;
            place(node, path(node)?.segments.last()?, true)?
        }
    };
    let node = request.explode_path()?;
    let first = path(node)?.segments.into_iter().next().filter(|first| first.name() == Some(&name))?;
    Some([declaration, place(node, &first, false)?])
}

/// The steps of both paths that lead to properties of the custom schema (`sourceSpec.schema`), as far as it goes.
pub(super) fn steps(tree: &Tree) -> Vec<Step<'_>> {
    let mut steps = Vec::new();
    let source = Source::of(tree);
    let schema = source.source().and_then(|source| source.schema());
    let Some((schema, request)) = schema.zip(source.request()) else { return steps };
    let Some(content) = request.records_path() else { return steps };
    let Some(to_records) = path(content) else { return steps };
    let records = walk(content, &to_records.segments, schema, &mut steps);
    let record = records.and_then(|records| records.get("items"));
    let into = request.explode_path().and_then(|node| Some((node, path(node)?)));
    // The first name of the path into a record is the node around it, which is in no schema.
    if let (Some(record), Some((node, into)), Some(_)) = (record, into, both(tree)) {
        walk(node, into.segments.get(1..).unwrap_or_default(), record, &mut steps);
    }
    steps
}

/// Follows a path through a schema; returns where it leads to.
fn walk<'t>(node: Node<'t>, segments: &[Segment], schema: Node<'t>, steps: &mut Vec<Step<'t>>) -> Option<Node<'t>> {
    let mut schema = schema;
    for segment in segments {
        schema = match segment.name() {
            Some(name) => {
                let properties = Scope::of(schema).properties;
                let declared = properties.iter().rev().find_map(|properties| properties.get(name));
                steps.extend(place(node, segment, false).map(|place| Step { place, schema: Scope::composed(schema) }));
                declared?
            }
            None if segment.is_descendant => return None,
            None => schema.get("items")?,
        };
    }
    (schema.kind() == Kind::Object).then_some(schema)
}

/// The path that a string is. One that is written with escapes is left alone.
fn path(node: Node<'_>) -> Option<Path> {
    json_path::parse(&literal(node).filter(|_| !node.has_escapes())?).ok()
}

fn place<'t>(node: Node<'t>, segment: &Segment, is_declaration: bool) -> Option<Place<'t>> {
    segment.name()?;
    Some(Place::step(node, node.part(&segment.range), is_declaration))
}
