//! Hover on a key: of the vocabulary, chosen by the author, or unknown.

use crate::ide::Hover;
use crate::spec::{Entry, Json, SpecKind, StringFormat, spelling};
use crate::syntax::{Kind, Node};

use super::input;
use super::page::{self, Page, code};
use super::target::{Target, key_of};

/// The page of a key.
pub(super) fn hover(target: &Target<'_>) -> Option<Hover> {
    if target.name().is_empty() {
        return None;
    }
    let page = input::declared(target).unwrap_or_else(|| match () {
        () if !target.entry.is_empty() => known(target),
        () if target.is_free() => free(target),
        () => unknown(target),
    });
    page.into_hover(target.node.range())
}

fn known(target: &Target<'_>) -> Page {
    let entry = &target.entry;
    let mut page = head(target);
    page.add(entry.description().unwrap_or_default());
    values(&mut page, target);
    page.add_source(entry);
    page
}

/// The name with its type and whether it is required.
pub(super) fn head(target: &Target<'_>) -> Page {
    let entry = &target.entry;
    if !target.is_named() {
        return Page::titled(&page::title(&target.name()), [format!("custom key in {}", outer(target))]);
    }
    let kinds = match entry.format() {
        Some(StringFormat::DateFormat) => "date format".to_owned(),
        Some(StringFormat::JsonPath) if entry.types() == ["string"] => "JSON path".to_owned(),
        _ => page::types(&entry.types()),
    };
    Page::titled(&page::title(&target.name()), [kinds, status(target)])
}

/// Whether the key is required, deprecated, or set by the service.
fn status(target: &Target<'_>) -> String {
    let (name, entry) = (target.name(), &target.entry);
    let has = |keys: Vec<&str>| keys.contains(&name.as_ref());
    let is_outermost = target.object().is_some_and(|object| object.parent().is_none());
    match () {
        () if entry.is_set_by_service() => "set by Flow Service".to_owned(),
        () if entry.is_deprecated() => deprecation(entry),
        () if target.is_of_other_type() => "not for the chosen `type`".to_owned(),
        () if has(target.parent_entry.required()) => {
            if is_outermost { "required by the API" } else { "required" }.to_owned()
        }
        () if has(target.parent_entry.expected()) => "in Adobe's template".to_owned(),
        () if target.is_named() => "optional".to_owned(),
        () => String::new(),
    }
}

fn deprecation(entry: &Entry) -> String {
    match entry.replaced_by() {
        Some(new) => match new.strip_prefix("../") {
            Some(outer) => format!("deprecated; use {} one level up", code(outer)),
            None => format!("deprecated; use {}", code(new)),
        },
        None => "deprecated".to_owned(),
    }
}

/// The allowed and known values, the default and examples.
fn values(page: &mut Page, target: &Target<'_>) {
    let (entry, current) = (&target.entry, target.member.value);
    let (closed, known) = (entry.allowed_values(), entry.known_values());
    if let Some(only) = entry.constant().filter(|_| closed.is_empty() && known.is_empty()) {
        page.add(format!("Always {}.", page::value(only)));
    }
    page.add_list("Allowed values:", page::allowed(&closed, current));
    page.add_list("Known values:", page::known(&known, current));
    let mut samples = Vec::new();
    if let Some(default) = entry.default_value() {
        samples.push(format!("Default: {}", page::json(default)));
    }
    let examples = entry.examples();
    // Examples that are in a list above are left out.
    let is_listed = |value: &Json| closed.iter().chain(&known).any(|choice| choice.value == value);
    let examples: Vec<String> = examples.into_iter().filter(|value| !is_listed(value)).map(page::json).collect();
    if !examples.is_empty() {
        let label = if examples.len() == 1 { "Example" } else { "Examples" };
        samples.push(format!("{label}: {}", examples.join(", ")));
    }
    page.add(samples.join(" · "));
}

/// A key that the author chose.
fn free(target: &Target<'_>) -> Page {
    let inside = target.nearest_key().unwrap_or_default();
    let mut page = Page::titled(&page::title(&target.name()), [format!("custom key in {}", code(&inside))]);
    page.add(target.nearest.description().unwrap_or_default());
    page.add_source(&target.nearest);
    page
}

/// The object around a key, for a sentence.
fn outer(target: &Target<'_>) -> String {
    let Some(object) = target.object().filter(|object| object.parent().is_some()) else { return "a spec".to_owned() };
    match (key_of(object), object.ancestors().find_map(Node::member).and_then(|member| member.key.string())) {
        (Some(key), _) => code(&key),
        (None, Some(list)) => format!("element of {}", code(&list)),
        (None, None) => "the array".to_owned(),
    }
}

/// A key that the vocabulary does not have at its place.
pub(super) fn unknown(target: &Target<'_>) -> Page {
    let name = target.name();
    let mut page = Page::titled(&page::title(&name), []);
    let outer = outer(target);
    let near = target.object().and_then(|object| {
        let is_free = |key: &&str| object.get(key).is_none_or(|value| value.kind() == Kind::Missing);
        spelling::closest(&name, target.parent_entry.keys().into_iter().filter(is_free))
    });
    let meant = near.map(|near| format!(" Did you mean {}?", code(near))).unwrap_or_default();
    page.add(match target.document.kind() {
        // The vocabulary has only a part of their keys.
        Some(SpecKind::Other) => {
            format!("Not documented for {outer}; Adobe's own specs use more keys than the documentation lists.{meant}")
        }
        _ => format!("Unknown key in {outer}: not shown in Adobe's documentation or examples.{meant}"),
    });
    let keys: Vec<String> = target.parent_entry.keys().iter().take(12).map(|key| code(key)).collect();
    if near.is_none() && !keys.is_empty() && target.parent_entry.keys().len() <= 12 {
        page.add(format!("Known keys: {}.", keys.join(", ")));
    }
    page.add(target.nearest.link().map(page::link).unwrap_or_default());
    page
}
