//! Completion, one file for each kind of position.
//!
//! The edit of an item adds what JSON requires: quotes, the colon, the comma after it and a missing one before it, unless they
//! are there already.

mod documents;
mod keys;
mod names;
mod placeholders;
mod position;
mod values;

use crate::document::Document;
use crate::spec::SpecKind;
use crate::syntax::{ErrorKind, Tree};
use crate::text::Edit;

use super::CompletionItem;
use position::{Position, position};

/// Where completion is requested.
struct CompletionContext<'d> {
    document: &'d Document,
    tree: &'d Tree,
    kind: SpecKind,
    offset: usize,
}

/// The completion items at an offset.
pub fn completion(document: &Document, offset: usize) -> Vec<CompletionItem> {
    let tree = document.tree();
    let offset = document.source().floor_char_boundary(offset);
    // An empty document has no kind yet.
    if document.source().trim().is_empty() {
        return documents::items(document, offset);
    }
    let Some(kind) = document.kind() else { return Vec::new() };
    if is_in_comment(tree, offset) {
        return Vec::new();
    }
    let context = CompletionContext { document, tree, kind, offset };
    let mut items = items_at(&context);
    if !tree.errors().is_empty() {
        retain_harmless(&context, &mut items);
    }
    items
}

fn is_in_comment(tree: &Tree, offset: usize) -> bool {
    tree.errors().iter().any(|error| {
        let comment = tree.source().get(error.range.clone()).unwrap_or_default();
        let end = error.range.end - usize::from(comment.ends_with("*/"));
        error.kind == ErrorKind::Comment && error.range.start < offset && offset <= end
    })
}

/// Removes the items that would add syntax errors: in broken text the position is a guess, which an insertion may change. Of
/// items of one kind that replace the same range, one is tried.
fn retain_harmless(context: &CompletionContext<'_>, items: &mut Vec<CompletionItem>) {
    let mut tried = Vec::new();
    items.retain(|item| {
        let alike = (item.edit.range.clone(), item.kind, item.edit.new.contains('\n'));
        if let Some((_, harmless)) = tried.iter().find(|(known, _)| *known == alike) {
            return *harmless;
        }
        let harmless = !adds_errors(context, item);
        tried.push((alike, harmless));
        harmless
    });
}

fn adds_errors(context: &CompletionContext<'_>, item: &CompletionItem) -> bool {
    let edits = item.additional.iter().chain([&item.edit]);
    let after = Edit::apply(context.tree.source(), &edits.cloned().collect::<Vec<_>>());
    let count = |tree: &Tree| tree.errors().len() + tree.unlisted_errors();
    count(&Tree::parse(after)) > count(context.tree)
}

fn items_at(context: &CompletionContext<'_>) -> Vec<CompletionItem> {
    let (tree, document, offset) = (context.tree, context.document, context.offset);
    match position(tree, offset) {
        Some(Position::Key(position)) => keys::items(context, &position),
        Some(Position::Value(position)) => {
            let mut items = placeholders::items(context, &position);
            if !placeholders::is_in_placeholder(context, &position) {
                items.extend(names::items(context, &position).unwrap_or_else(|| values::items(context, &position)));
            }
            items
        }
        Some(Position::Document) => documents::items(document, offset),
        None => Vec::new(),
    }
}

#[cfg(test)]
mod tests;
