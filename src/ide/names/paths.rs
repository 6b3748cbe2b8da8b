//! Names in the paths to the records and into them.

use super::Occurrence;
use crate::source::json_path::{self, Path, Segment};
use crate::source::model::{Schema, Source};
use crate::source::placeholders::literal;
use crate::source::records;
use crate::source::schemas::Scope;
use crate::syntax::{Kind, Node, Tree};

/// A segment of a path that selects a property of the custom schema.
pub(super) struct Step<'t> {
    pub(super) occurrence: Occurrence<'t>,
    /// The schema that declares the property.
    pub(super) schema: Node<'t>,
}

/// The occurrences of the name of the node that wraps each record: the declaration (`overrideWrapperAttribute`, or else the
/// last segment of the path to the records), and the first segment of the path into the records. Empty if no such path starts
/// with it, because then nothing refers to the name.
pub(super) fn wrapper(tree: &Tree) -> Vec<Occurrence<'_>> {
    both(tree).map(Vec::from).unwrap_or_default()
}

fn both(tree: &Tree) -> Option<[Occurrence<'_>; 2]> {
    let request = Source::of(tree).request()?;
    let name = records::wrapper(request)?;
    let given = request.content().and_then(|content| content.override_wrapper_attribute());
    let declaration = match given.filter(|node| literal(*node).as_ref() == Some(&name)) {
        Some(node) => Occurrence::declaration(node),
        None => {
            let node = request.records_path()?;
            occurrence(node, path(node)?.segments.last()?, true)?
        }
    };
    let node = request.explode_path()?;
    let first = path(node)?.segments.into_iter().next().filter(|first| first.name() == Some(&name))?;
    Some([declaration, occurrence(node, &first, false)?])
}

/// The segments of both paths that select properties of the custom schema (`sourceSpec.schema`).
pub(super) fn steps(tree: &Tree) -> Vec<Step<'_>> {
    let mut steps = Vec::new();
    let source = Source::of(tree);
    let schema = source.source().and_then(|source| source.schema());
    let Some((schema, request)) = schema.zip(source.request()) else { return steps };
    let Some(content) = request.records_path() else { return steps };
    let Some(to_records) = path(content) else { return steps };
    let records = walk(content, &to_records.segments, schema, &mut steps);
    let record = records.and_then(|records| Schema::new(records).items());
    let into = request.explode_path().and_then(|node| Some((node, path(node)?)));
    // The first name of the path into a record is that of the node that wraps it, which is in no schema.
    if let (Some(record), Some((node, into)), Some(_)) = (record, into, both(tree)) {
        walk(node, into.segments.get(1..).unwrap_or_default(), record, &mut steps);
    }
    steps
}

/// Follows a path through a schema to the schema of what it selects.
fn walk<'t>(node: Node<'t>, segments: &[Segment], schema: Node<'t>, steps: &mut Vec<Step<'t>>) -> Option<Node<'t>> {
    let mut schema = schema;
    for segment in segments {
        schema = match segment.name() {
            Some(name) => {
                let declared = Scope::of(schema).property(name);
                steps.extend(
                    occurrence(node, segment, false)
                        .map(|occurrence| Step { occurrence, schema: Scope::composed(schema) }),
                );
                declared?
            }
            None if segment.is_descendant => return None,
            None => Schema::new(schema).items()?,
        };
    }
    (schema.kind() == Kind::Object).then_some(schema)
}

/// The path in a string without escapes.
fn path(node: Node<'_>) -> Option<Path> {
    json_path::parse(&literal(node).filter(|_| !node.has_escapes())?).ok()
}

fn occurrence<'t>(node: Node<'t>, segment: &Segment, is_declaration: bool) -> Option<Occurrence<'t>> {
    segment.name()?;
    Some(Occurrence::segment(node, node.part(&segment.range), is_declaration))
}
