//! Completion: what may be written at a place. One file for each kind of place.
//!
//! An item's edit adds what JSON needs around it: quotes, the colon, the comma after it and the one that is
//! missing before it; never one that is there already.

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
use crate::lint::Facts;

/// What every kind of place needs to know.
struct Context<'d> {
    document: &'d Document,
    tree: &'d Tree,
    kind: SpecKind,
    offset: usize,
}

pub(super) fn completion(document: &Document, _facts: &Facts, offset: usize) -> Vec<CompletionItem> {
    let tree = document.tree();
    let offset = document.source().floor_char_boundary(offset);
    // An empty document cannot say what it is going to be; what else would it be opened with this server for?
    if document.source().trim().is_empty() {
        return documents::items(document, offset);
    }
    let Some(kind) = document.kind() else { return Vec::new() };
    if is_in_comment(tree, offset) {
        return Vec::new();
    }
    let context = Context { document, tree, kind, offset };
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

/// Drops the items with which the text would parse worse. In a text that is broken already, what a place belongs to was
/// judged by the text around it, and something new may tip the balance: then no item is better than one that does harm.
/// Items of one sort that replace the same are alike in that, so one of them speaks for all.
fn keep_harmless(context: &Context<'_>, items: &mut Vec<CompletionItem>) {
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

fn makes_worse(context: &Context<'_>, item: &CompletionItem) -> bool {
    let edits = item.additional.iter().chain([&item.edit]);
    let after = Edit::apply(context.tree.source(), &edits.cloned().collect::<Vec<_>>());
    Tree::parse(after).errors().len() > context.tree.errors().len()
}

fn items_at(context: &Context<'_>) -> Vec<CompletionItem> {
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

/// Beside an item: the words of the vocabulary. The page they rest on is the hover's to name, there is little room here.
fn documentation(entry: &Entry) -> Option<String> {
    entry.description().map(str::to_owned)
}

/// Beside the label: the type in a few letters.
fn type_detail(entry: &Entry) -> String {
    entry.types().join(" | ")
}

#[cfg(test)]
mod tests;
