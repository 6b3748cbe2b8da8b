//! Inside strings: `${` completes the declared inputs, `{` the words that a schedule replaces.

use std::ops::Range;

use crate::ide::place::{self, ValuePlace};
use crate::ide::{CompletionItem, ItemKind};
use crate::source::inputs::{Input, Inputs, Origin};
use crate::source::model::Schema;
use crate::source::placeholders;
use crate::spec::StringFormat;
use crate::syntax::template::{Part, PartKind};
use crate::syntax::{Kind, Node};
use crate::text::Edit;

use super::PositionContext;

pub(super) fn items(context: &PositionContext<'_>, place: &ValuePlace<'_>) -> Vec<CompletionItem> {
    let Some(string) = place.current.filter(|current| current.kind() == Kind::String) else { return Vec::new() };
    if !placeholders::is_replaced_in(string) || context.offset < string.inner().start {
        return Vec::new();
    }
    let typed = typed(string, context.offset);
    let entry = place.entry(context.kind);
    if typed.is_none() && !entry.is_empty() && entry.format() != Some(StringFormat::Template) {
        return Vec::new();
    }
    let range = typed.as_ref().map_or(context.offset..context.offset, |typed| typed.range.clone());
    let mut items = Vec::new();
    if typed.as_ref().is_none_or(|typed| typed.kind == PartKind::Input) {
        items.extend(inputs_at(context, &range));
    }
    if typed.as_ref().is_none_or(|typed| typed.kind == PartKind::Word) {
        items.extend(words_at(context, place, &range));
        // After a lone brace a person may well mean an input.
        if typed.is_some() {
            items.extend(
                inputs_at(context, &range)
                    .into_iter()
                    .map(|item| CompletionItem { filter: item.filter.replacen('$', "", 1), ..item }),
            );
        }
    }
    if !string.has_closing_quote() && range.end >= string.range().end {
        items.iter_mut().for_each(|item| close_string(item, place));
    }
    items
}

/// Ends a string after the placeholder that was its last; the cursor stays before the quote.
fn close_string(item: &mut CompletionItem, place: &ValuePlace<'_>) {
    let object = place.owner.member().and_then(|member| member.node.parent());
    let lacks_comma = object.is_some_and(|object| place::commas(object, Some(place.owner), &place.replace).after);
    let end = if lacks_comma { "\"," } else { "\"" };
    item.snippet = Some(format!("{}$0{end}", item.edit.new.replace('$', "\\$")));
    item.edit.new.push_str(end);
}

/// Whether the cursor is in a placeholder, so that no whole value is wanted.
pub(super) fn is_in_one(context: &PositionContext<'_>, place: &ValuePlace<'_>) -> bool {
    let string = place.current.filter(|current| current.kind() == Kind::String);
    string.is_some_and(|string| typed(string, context.offset).is_some())
}

/// What is typed of a placeholder before the cursor, and what is left of it after.
fn typed(string: Node<'_>, offset: usize) -> Option<Part> {
    if let Some(part) = placeholders::at(string, offset) {
        return matches!(part.kind, PartKind::Input | PartKind::Word).then_some(part);
    }
    let before = &string.tree().source()[string.inner().start.min(offset)..offset];
    let lone = before.ends_with('$');
    lone.then(|| Part { kind: PartKind::Input, range: offset - 1..offset, name: offset..offset, closed: false })
}

fn inputs_at(context: &PositionContext<'_>, range: &Range<usize>) -> Vec<CompletionItem> {
    let inputs = Inputs::of(context.tree);
    // What names a resource is wanted in a request more often than what signs in.
    let mut names = inputs.by_name();
    names.sort_by_cached_key(|(_, declared)| {
        let from_source = declared.iter().any(|input| input.origin == Origin::Source);
        (!from_source, declared.iter().any(|input| input.is_masked()))
    });
    let item = |(index, (name, declared)): (usize, (&str, Vec<&Input<'_>>))| {
        let origins: Vec<String> = declared.iter().map(|input| origin(&input.origin)).collect();
        let secret = if declared.iter().any(|input| input.is_masked()) { ", secret" } else { "" };
        let words = declared.iter().find_map(|input| Schema::new(input.schema).help_text());
        let mut item = self::item(&format!("${{{name}}}"), range, ItemKind::Input, format!("1{index:04}"));
        item.detail = Some(format!("{}{secret}", origins.join(", ")));
        item.documentation = words.map(Into::into);
        item
    };
    names.into_iter().filter(|(name, _)| !name.is_empty()).enumerate().map(item).collect()
}

fn origin(origin: &Origin<'_>) -> String {
    match origin {
        Origin::Auth(name) => name.to_string(),
        Origin::Source => "source input".to_owned(),
    }
}

fn words_at(context: &PositionContext<'_>, place: &ValuePlace<'_>, range: &Range<usize>) -> Vec<CompletionItem> {
    let item = |(index, (word, description)): (usize, (&str, &str))| {
        let mut item = self::item(&format!("{{{word}}}"), range, ItemKind::Keyword, format!("2{index:04}"));
        item.documentation = Some(description.to_owned());
        item
    };
    let mut words = place.entry(context.kind).variables();
    // Values deeper inside a body or query are the author's own; the words of the whole hold for them.
    for outer in place.owner.ancestors() {
        if words.is_empty() && outer.kind() == Kind::Object {
            words = crate::spec::Entry::of(context.kind, outer).variables();
        }
    }
    words.into_iter().enumerate().map(item).collect()
}

fn item(text: &str, range: &Range<usize>, kind: ItemKind, sort: String) -> CompletionItem {
    CompletionItem {
        label: text.to_owned(),
        kind,
        detail: None,
        documentation: None,
        filter: text.to_owned(),
        sort,
        edit: Edit { range: range.clone(), new: text.to_owned() },
        snippet: None,
        additional: Vec::new(),
        deprecated: false,
        preselect: false,
    }
}
