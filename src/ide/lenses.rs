//! Lines above a spec, its authentication methods and its inputs that count what belongs to them. Where they stand is cheap to say
//! and is said at once; what they say is worked out when one is shown.

use std::ops::Range;

use crate::document::Document;
use crate::lint::Diagnostic;
use crate::lint::Severity;
use crate::source::inputs::{Input, Inputs, Origin};
use crate::source::model::{AuthEntry, RestAttributes, Schema, Source};
use crate::source::placeholders;
use crate::spec::{Entry, SpecKind};
use crate::syntax::{Kind, Node, Tree};
use crate::text::english;

/// A line above something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lens {
    /// What it is above, in bytes.
    pub range: Range<usize>,
    /// The JSON pointer (RFC 6901) of what it is about, by which it is asked for.
    pub pointer: String,
}

/// What such a line says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LensText {
    /// What to show.
    pub title: String,
    /// Where it is, in bytes.
    pub offset: usize,
    /// The places that it counts, in bytes, by position.
    pub places: Vec<Range<usize>>,
}

/// The lines of a document, by position.
pub(super) fn lenses(document: &Document) -> Vec<Lens> {
    if document.kind().is_none() {
        return Vec::new();
    }
    let root = document.tree().root();
    let mut lenses = vec![Lens { range: head(root), pointer: String::new() }];
    let entries = Source::of(document.tree()).auth_entries().map(|entry| (head(name_of(entry.node())), entry.node()));
    let inputs = Inputs::of(document.tree());
    let inputs = inputs.all.iter().map(|input| (input.key.range(), input.schema));
    lenses.extend(entries.chain(inputs).map(|(range, node)| Lens { range, pointer: node.pointer() }));
    lenses.sort_by_key(|lens| lens.range.start);
    lenses
}

/// What the line about this place says, if there still is one.
pub(super) fn text(document: &Document, findings: &[Diagnostic], pointer: &str) -> Option<LensText> {
    let kind = document.kind()?;
    let (tree, node) = (document.tree(), document.tree().at_pointer(pointer)?);
    let inputs = Inputs::of(tree);
    if node == tree.root() {
        return Some(of_spec(document, findings, &inputs));
    }
    if Source::of(tree).auth_entries().any(|entry| entry.node() == node) {
        return Some(of_sign_in(tree, node, &inputs));
    }
    let input = inputs.all.iter().find(|input| input.schema == node)?;
    Some(of_input(kind, tree, &inputs, input))
}

/// The member by which an entry is named, else the entry.
fn name_of(entry: Node<'_>) -> Node<'_> {
    entry
        .members()
        .find(|member| member.key.string().as_deref() == Some(AuthEntry::NAME))
        .map_or(entry, |member| member.key)
}

/// The beginning of a node: all of a key, the bracket of an object.
fn head(node: Node<'_>) -> Range<usize> {
    let range = node.range();
    match node.kind() {
        Kind::Object | Kind::Array => range.start..range.end.min(range.start + usize::from(node.is_opened())),
        _ => range,
    }
}

fn of_spec(document: &Document, findings: &[Diagnostic], inputs: &Inputs<'_>) -> LensText {
    let found: Vec<_> = findings.iter().filter(|finding| finding.severity <= Severity::Warning).collect();
    let problems = match found.len() {
        0 => "no problems".to_owned(),
        count => english::count(count, "problem"),
    };
    let title = format!("{} · {problems}", english::count(inputs.names().len(), "input"));
    let places = found.into_iter().map(|finding| finding.range.clone()).collect();
    LensText { title, offset: head(document.tree().root()).start, places }
}

fn of_sign_in(tree: &Tree, entry: Node<'_>, inputs: &Inputs<'_>) -> LensText {
    let range = entry.range();
    let own = |input: &&Input<'_>| range.start <= input.key.range().start && input.key.range().end <= range.end;
    let mut names: Vec<&str> = inputs.all.iter().filter(own).map(|input| &*input.name).collect();
    // One that the schema and its parts declare several times is asked for once.
    names.sort_unstable();
    names.dedup();
    let places = uses(tree, inputs, &names);
    let count = english::count(names.len(), "input");
    let title = match places.len() {
        _ if names.is_empty() => "no inputs".to_owned(),
        0 => format!("{count} · not used in the request"),
        uses => format!("{count} · {}", english::count(uses, "reference")),
    };
    LensText { title, offset: head(name_of(entry)).start, places }
}

fn of_input(kind: SpecKind, tree: &Tree, inputs: &Inputs<'_>, input: &Input<'_>) -> LensText {
    let places = uses(tree, inputs, &[&input.name]);
    let header =
        Schema::new(input.schema).rest_attributes().and_then(|rest| RestAttributes::new(rest).header_param_name());
    let title = match places.len() {
        0 if header.is_some() => "sent in a header".to_owned(),
        0 if is_for_placeholders(kind, input) => "unused".to_owned(),
        0 => "not used in the request".to_owned(),
        count => english::count(count, "use"),
    };
    LensText { title, offset: input.key.range().start, places }
}

/// Whether an input can do nothing but take the place of placeholders. What is asked for when signing in, what the
/// vocabulary knows by name, and the inputs of Adobe's own sources are often used by the service itself.
fn is_for_placeholders(kind: SpecKind, input: &Input<'_>) -> bool {
    let properties = input.key.as_part_of_member().and_then(|member| member.node.parent());
    let is_named = properties.is_some_and(|around| Entry::of(kind, around).keys().contains(&&*input.name));
    kind == SpecKind::Rest && input.origin == Origin::Source && !is_named
}

/// The placeholders that some inputs take the place of. Names in `required` are no uses: they say of an input that it is
/// asked for, not what for.
fn uses(tree: &Tree, inputs: &Inputs<'_>, names: &[&str]) -> Vec<Range<usize>> {
    let is_of = |name: &str| names.contains(&inputs.referred_to(name));
    placeholders::references(tree).filter(|(_, name)| is_of(name)).map(|(part, _)| part.range).collect()
}

#[cfg(test)]
mod tests;
