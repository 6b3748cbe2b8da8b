//! Code lenses above the spec, its authentication methods and its inputs: how many problems, inputs and references they have. The
//! positions are cheap and computed at once, a text only when its lens is shown.

use std::ops::Range;

use crate::document::Document;
use crate::lint::{Diagnostic, Severity};
use crate::source::inputs::{Input, Inputs, Origin};
use crate::source::model::{AuthEntry, RestAttributes, Schema, Source};
use crate::source::placeholders;
use crate::spec::{Entry, SpecKind};
use crate::syntax::{Kind, Node, Tree};
use crate::text::{contains, english};

/// A code lens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lens {
    /// The range (bytes) that it is above.
    pub range: Range<usize>,
    /// The JSON pointer (RFC 6901) by which its text is requested.
    pub pointer: String,
}

/// The text of a code lens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LensText {
    /// The text.
    pub title: String,
    /// The offset of the lens.
    pub offset: usize,
    /// The ranges (bytes) that it counts, by position.
    pub places: Vec<Range<usize>>,
}

/// The positions of code lenses: above the spec, its authentication methods and its inputs.
pub fn lenses(document: &Document) -> Vec<Lens> {
    if document.kind().is_none() {
        return Vec::new();
    }
    let root = document.tree().root();
    let mut lenses = vec![Lens { range: head(root), pointer: String::new() }];
    let entries = Source::of(document.tree()).auth_entries().map(|entry| (head(name_of(entry)), entry.node()));
    let inputs = Inputs::of(document.tree());
    let inputs = inputs.all.iter().map(|input| (input.key.range(), input.schema));
    lenses.extend(entries.chain(inputs).map(|(range, node)| Lens { range, pointer: node.pointer() }));
    lenses.sort_by_key(|lens| lens.range.start);
    lenses
}

/// The text of the code lens at a JSON pointer. `None` if there is none any more. `diagnostics`: those of
/// [`crate::lint::diagnostics`].
pub fn lens_text(document: &Document, diagnostics: &[Diagnostic], pointer: &str) -> Option<LensText> {
    let kind = document.kind()?;
    let (tree, node) = (document.tree(), document.tree().at_pointer(pointer)?);
    let inputs = Inputs::of(tree);
    if node == tree.root() {
        return Some(of_spec(document, diagnostics, &inputs));
    }
    if let Some(entry) = Source::of(tree).auth_entries().find(|entry| entry.node() == node) {
        return Some(of_auth_entry(tree, entry, &inputs));
    }
    let input = inputs.all.iter().find(|input| input.schema == node)?;
    Some(of_input(kind, tree, &inputs, input))
}

/// The key `name` of an entry, or else the entry.
fn name_of(entry: AuthEntry<'_>) -> Node<'_> {
    entry.name().and_then(Node::as_part_of_member).map_or(entry.node(), |member| member.key)
}

/// The start of a node: the complete key, or the opening bracket of an object.
fn head(node: Node<'_>) -> Range<usize> {
    if matches!(node.kind(), Kind::Object | Kind::Array) { node.opening() } else { node.range() }
}

fn of_spec(document: &Document, diagnostics: &[Diagnostic], inputs: &Inputs<'_>) -> LensText {
    let found: Vec<_> = diagnostics.iter().filter(|diagnostic| diagnostic.severity <= Severity::Warning).collect();
    let problems = match found.len() {
        0 => "no problems".to_owned(),
        count => english::count(count, "problem"),
    };
    let title = format!("{} · {problems}", english::count(inputs.names().len(), "input"));
    let places = found.into_iter().map(|diagnostic| diagnostic.range.clone()).collect();
    LensText { title, offset: head(document.tree().root()).start, places }
}

fn of_auth_entry(tree: &Tree, entry: AuthEntry<'_>, inputs: &Inputs<'_>) -> LensText {
    let own = |input: &&Input<'_>| contains(&entry.node().range(), &input.key.range());
    let mut names: Vec<&str> = inputs.all.iter().filter(own).map(|input| &*input.name).collect();
    // An input that the schema and its parts declare several times counts once.
    names.sort_unstable();
    names.dedup();
    let places = references(tree, inputs, &names);
    let count = english::count(names.len(), "input");
    let title = match places.len() {
        _ if names.is_empty() => "no inputs".to_owned(),
        0 => format!("{count} · not used in the request"),
        uses => format!("{count} · {}", english::count(uses, "reference")),
    };
    LensText { title, offset: head(name_of(entry)).start, places }
}

fn of_input(kind: SpecKind, tree: &Tree, inputs: &Inputs<'_>, input: &Input<'_>) -> LensText {
    let places = references(tree, inputs, &[&input.name]);
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

/// Whether only placeholders use an input. Authentication inputs, inputs that the vocabulary knows by name, and the inputs of
/// Adobe's own sources are often used by the service itself.
fn is_for_placeholders(kind: SpecKind, input: &Input<'_>) -> bool {
    let properties = input.key.enclosing_object();
    let is_named = properties.is_some_and(|around| Entry::of(kind, around).keys().contains(&&*input.name));
    kind.is_batch() && input.origin == Origin::Source && !is_named
}

/// The placeholders that refer to inputs.
fn references(tree: &Tree, inputs: &Inputs<'_>, names: &[&str]) -> Vec<Range<usize>> {
    let is_of = |name: &str| names.contains(&inputs.referred_to(name));
    placeholders::references(tree).filter(|(_, name)| is_of(name)).map(|(part, _)| part.range).collect()
}

#[cfg(test)]
mod tests;
