//! Inside strings: `${` completes the declared inputs, `{` the words that a schedule replaces.

use std::ops::Range;

use super::position::{self, ValuePosition};
use crate::ide::{CompletionItem, ItemKind, markdown};
use crate::source::inputs::{Input, Inputs, Origin};
use crate::source::model::Schema;
use crate::source::placeholders;
use crate::syntax::template::{Part, PartKind};
use crate::syntax::{Kind, Node};
use crate::text::Edit;

use super::CompletionContext;

pub(super) fn items(context: &CompletionContext<'_>, position: &ValuePosition<'_>) -> Vec<CompletionItem> {
    let Some(string) = position.current.filter(|current| current.kind() == Kind::String) else { return Vec::new() };
    if !placeholders::is_replaced_in(string) || context.offset < string.inner().start {
        return Vec::new();
    }
    // Without `$` or `{` before the cursor, the range would be empty, and editors compare nothing with the items: accepting one
    // would add a placeholder to any word.
    let Some(Part { kind, range, .. }) = typed(string, context.offset) else { return Vec::new() };
    let mut items = Vec::new();
    if kind == PartKind::Input {
        items.extend(inputs_at(context, &range));
    }
    if kind == PartKind::Word {
        items.extend(words_at(context, position, &range));
        // A brace alone may be the start of an input.
        items.extend(
            inputs_at(context, &range)
                .into_iter()
                .map(|item| CompletionItem { filter: item.filter.replacen('$', "", 1), ..item }),
        );
    }
    if !string.has_closing_quote() && range.end >= string.range().end {
        items.iter_mut().for_each(|item| close_string(item, position));
    }
    items
}

/// Closes an unterminated string after the placeholder; the cursor stays before the quote.
fn close_string(item: &mut CompletionItem, position: &ValuePosition<'_>) {
    let object = position.owner.member().and_then(|member| member.node.parent());
    let lacks_comma =
        object.is_some_and(|object| position::commas(object, Some(position.owner), &position.replace).after);
    let end = if lacks_comma { "\"," } else { "\"" };
    item.snippet = Some(format!("{}$0{end}", item.edit.new.replace('$', "\\$")));
    item.edit.new.push_str(end);
}

/// Whether the cursor is in a placeholder, where complete values do not fit.
pub(super) fn is_in_placeholder(context: &CompletionContext<'_>, position: &ValuePosition<'_>) -> bool {
    let string = position.current.filter(|current| current.kind() == Kind::String);
    string.is_some_and(|string| typed(string, context.offset).is_some())
}

/// The typed part of a placeholder at the cursor.
fn typed(string: Node<'_>, offset: usize) -> Option<Part> {
    if let Some(part) = placeholders::at(string, offset) {
        return matches!(part.kind, PartKind::Input | PartKind::Word).then_some(part);
    }
    let before = &string.tree().source()[string.inner().start.min(offset)..offset];
    let lone = before.ends_with('$');
    lone.then(|| Part { kind: PartKind::Input, range: offset - 1..offset, name: offset..offset, closed: false })
}

fn inputs_at(context: &CompletionContext<'_>, range: &Range<usize>) -> Vec<CompletionItem> {
    let inputs = Inputs::of(context.tree);
    // Inputs of the source are used in requests more often than authentication inputs.
    let mut names = inputs.by_name();
    names.sort_by_cached_key(|(_, declared)| {
        let from_source = declared.iter().any(|input| input.origin == Origin::Source);
        (!from_source, declared.iter().any(|input| input.is_masked()))
    });
    let item = |(index, (name, declared)): (usize, (&str, Vec<&Input<'_>>))| {
        let origins: Vec<String> = declared.iter().map(|input| origin(&input.origin)).collect();
        let secret = if declared.iter().any(|input| input.is_masked()) { ", secret" } else { "" };
        let help_text = declared.iter().find_map(|input| Schema::new(input.schema).help_text());
        let text = format!("${{{name}}}");
        let edit = Edit::replace(range.clone(), text.as_str());
        CompletionItem {
            detail: Some(format!("{}{secret}", origins.join(", "))),
            documentation: help_text.map(|text| markdown::escaped(&text)),
            ..CompletionItem::new(&text, ItemKind::Input, format!("1{index:04}"), edit)
        }
    };
    names.into_iter().filter(|(name, _)| !name.is_empty()).enumerate().map(item).collect()
}

fn origin(origin: &Origin<'_>) -> String {
    match origin {
        Origin::Auth(name) => name.to_string(),
        Origin::Source => "source input".to_owned(),
    }
}

fn words_at(
    context: &CompletionContext<'_>,
    position: &ValuePosition<'_>,
    range: &Range<usize>,
) -> Vec<CompletionItem> {
    let item = |(index, (word, description)): (usize, (&str, &str))| {
        let text = format!("{{{word}}}");
        let edit = Edit::replace(range.clone(), text.as_str());
        CompletionItem {
            documentation: Some(description.to_owned()),
            ..CompletionItem::new(&text, ItemKind::Keyword, format!("2{index:04}"), edit)
        }
    };
    let mut words = position.entry(context.kind).variables();
    // Values deeper inside a body or query are the author's own; the vocabulary describes only the outer value.
    for outer in position.owner.ancestors() {
        if words.is_empty() && outer.kind() == Kind::Object {
            words = crate::spec::Entry::of(context.kind, outer).variables();
        }
    }
    words.into_iter().enumerate().map(item).collect()
}
