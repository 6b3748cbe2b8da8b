//! Completion, one file for each kind of position.
//!
//! The edit of an item adds what JSON requires: quotes, the colon, the comma after it and a missing one before it, unless they
//! are there already.

mod documents;
mod keys;
mod names;
mod placeholders;
mod values;

use crate::document::Document;
use crate::spec::{Entry, SpecKind};
use crate::syntax::{ErrorKind, Tree};
use crate::text::Edit;

use super::CompletionItem;
use super::place::{Place, place};

/// The position and its document.
struct PositionContext<'d> {
    document: &'d Document,
    tree: &'d Tree,
    kind: SpecKind,
    offset: usize,
}

pub(super) fn completion(document: &Document, offset: usize) -> Vec<CompletionItem> {
    let tree = document.tree();
    let offset = document.source().floor_char_boundary(offset);
    // An empty document has no kind yet. That it was opened with this server is reason enough to offer a whole spec.
    if document.source().trim().is_empty() {
        return documents::items(document, offset);
    }
    let Some(kind) = document.kind() else { return Vec::new() };
    if is_in_comment(tree, offset) {
        return Vec::new();
    }
    let context = PositionContext { document, tree, kind, offset };
    let mut items = items_at(&context);
    if !tree.errors().is_empty() {
        keep_harmless(&context, &mut items);
    }
    items.iter_mut().for_each(|item| spare_closing_quote(item, document.source(), offset));
    items
}

/// Where nothing but the closing quote follows the cursor, it is left alone: some editors replace only what is before
/// the cursor (Neovim 0.11), and would have two of them.
fn spare_closing_quote(item: &mut CompletionItem, source: &str, offset: usize) {
    let is_left = &source[offset..item.edit.range.end] == "\"" && item.edit.new.ends_with('"');
    let snippet = item.snippet.as_deref().map(|snippet| snippet.strip_suffix("\"$0"));
    if is_left && snippet != Some(None) {
        item.edit.range.end = offset;
        item.edit.new.pop();
        item.snippet = snippet.flatten().map(|snippet| format!("{snippet}$0"));
    }
}

fn is_in_comment(tree: &Tree, offset: usize) -> bool {
    tree.errors().iter().any(|error| {
        let comment = tree.source().get(error.range.clone()).unwrap_or_default();
        let end = error.range.end - usize::from(comment.ends_with("*/"));
        error.kind == ErrorKind::Comment && error.range.start < offset && offset <= end
    })
}

/// Removes the items that would add syntax errors. In a broken text the position was guessed from the text around it, and an
/// insertion may change the guess. Items of one kind that replace the same range behave alike, so one of them is tried.
fn keep_harmless(context: &PositionContext<'_>, items: &mut Vec<CompletionItem>) {
    let mut judged = Vec::new();
    items.retain(|item| {
        let alike = (item.edit.range.clone(), item.kind, item.edit.new.contains('\n'));
        if let Some((_, harmless)) = judged.iter().find(|(known, _)| *known == alike) {
            return *harmless;
        }
        let harmless = !makes_worse(context, item);
        judged.push((alike, harmless));
        harmless
    });
}

fn makes_worse(context: &PositionContext<'_>, item: &CompletionItem) -> bool {
    let edits = item.additional.iter().chain([&item.edit]);
    let after = Edit::apply(context.tree.source(), &edits.cloned().collect::<Vec<_>>());
    Tree::parse(after).errors().len() > context.tree.errors().len()
}

fn items_at(context: &PositionContext<'_>) -> Vec<CompletionItem> {
    let (tree, document, offset) = (context.tree, context.document, context.offset);
    match place(tree, offset) {
        Some(Place::Key(place)) => keys::items(context, &place),
        Some(Place::Value(place)) => {
            let mut items = placeholders::items(context, &place);
            if !placeholders::is_in_one(context, &place) {
                items.extend(names::items(context, &place).unwrap_or_else(|| values::items(context, &place)));
            }
            items
        }
        Some(Place::Document) => documents::items(document, offset),
        None => Vec::new(),
    }
}

/// The documentation of an item: the description in the vocabulary. Links are left to the hover, because space is scarce.
fn documentation(entry: &Entry) -> Option<String> {
    entry.description().map(str::to_owned)
}

/// The detail beside the label: the JSON types.
fn type_detail(entry: &Entry) -> String {
    entry.types().join(" | ")
}

#[cfg(test)]
mod tests;
