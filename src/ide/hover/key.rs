//! Hover on a key: of the vocabulary, chosen by the author, or unknown.

use crate::ide::Hover;
use crate::spec::{Entry, Json, SpecKind, StringFormat, spelling};
use crate::syntax::{Kind, Node};

use super::input;
use super::page::{self, Page, code};
use super::place::{Place, key_of};

/// The words about a key.
pub(super) fn hover(place: &Place<'_>) -> Option<Hover> {
    if place.name().is_empty() {
        return None;
    }
    let page = input::declared(place).unwrap_or_else(|| match () {
        () if !place.entry.is_empty() => known(place),
        () if place.is_free() => free(place),
        () => unknown(place),
    });
    page.over(place.node.range())
}

fn known(place: &Place<'_>) -> Page {
    let entry = &place.entry;
    let mut page = head(place);
    page.say(entry.description().unwrap_or_default());
    values(&mut page, place);
    page.rest_on(entry);
    page
}

/// The name with its type and whether it is required.
pub(super) fn head(place: &Place<'_>) -> Page {
    let entry = &place.entry;
    if !place.is_named() {
        return Page::about(&page::title(&place.name()), [format!("custom key in {}", outer(place))]);
    }
    let kinds = match entry.format() {
        Some(StringFormat::DateFormat) => "date format".to_owned(),
        Some(StringFormat::JsonPath) if entry.types() == ["string"] => "JSON path".to_owned(),
        _ => page::types(&entry.types()),
    };
    Page::about(&page::title(&place.name()), [kinds, standing(place)])
}

/// Whether the key is required, old, or set by the service.
fn standing(place: &Place<'_>) -> String {
    let (name, entry) = (place.name(), &place.entry);
    let has = |keys: Vec<&str>| keys.contains(&name.as_ref());
    let is_outermost = place.object().is_some_and(|object| object.parent().is_none());
    match () {
        () if entry.is_set_by_service() => "set by Flow Service".to_owned(),
        () if entry.is_deprecated() => old(entry),
        () if place.is_of_other_type() => "not for the chosen `type`".to_owned(),
        () if has(place.around.required()) => if is_outermost { "required by the API" } else { "required" }.to_owned(),
        () if has(place.around.expected()) => "in Adobe's template".to_owned(),
        () if place.is_named() => "optional".to_owned(),
        () => String::new(),
    }
}

fn old(entry: &Entry) -> String {
    match entry.replaced_by() {
        Some(new) => match new.strip_prefix("../") {
            Some(outer) => format!("deprecated; use {} one level up", code(outer)),
            None => format!("deprecated; use {}", code(new)),
        },
        None => "deprecated".to_owned(),
    }
}

/// The values that may be here: allowed ones, known ones, the default, examples.
fn values(page: &mut Page, place: &Place<'_>) {
    let (entry, current) = (&place.entry, place.member.value);
    let (closed, known) = (entry.allowed_values(), entry.known_values());
    if let Some(only) = entry.constant().filter(|_| closed.is_empty() && known.is_empty()) {
        page.say(format!("Always {}.", page::spoken(only)));
    }
    page.list("Allowed values:", page::allowed(&closed, current));
    page.list("Known values:", page::known(&known, current));
    let mut samples = Vec::new();
    if let Some(default) = entry.default_value() {
        samples.push(format!("Default: {}", page::json(default)));
    }
    let examples = entry.examples();
    // An example that a list above already has would only be said twice.
    let is_listed = |value: &Json| closed.iter().chain(&known).any(|choice| choice.value == value);
    let examples: Vec<String> = examples.into_iter().filter(|value| !is_listed(value)).map(page::json).collect();
    if !examples.is_empty() {
        let label = if examples.len() == 1 { "Example" } else { "Examples" };
        samples.push(format!("{label}: {}", examples.join(", ")));
    }
    page.say(samples.join(" · "));
}

/// A key inside a value that authors fill as they like.
fn free(place: &Place<'_>) -> Page {
    let inside = place.ground_name().unwrap_or_default();
    let mut page = Page::about(&page::title(&place.name()), [format!("custom key in {}", code(&inside))]);
    page.say(place.ground.description().unwrap_or_default());
    page.rest_on(&place.ground);
    page
}

/// What the object around a key is called.
fn outer(place: &Place<'_>) -> String {
    let Some(object) = place.object().filter(|object| object.parent().is_some()) else { return "a spec".to_owned() };
    match (key_of(object), object.ancestors().find_map(Node::member).and_then(|member| member.key.string())) {
        (Some(key), _) => code(&key),
        (None, Some(list)) => format!("element of {}", code(&list)),
        (None, None) => "the list".to_owned(),
    }
}

/// What can be said of a key that the vocabulary does not have there.
pub(super) fn unknown(place: &Place<'_>) -> Page {
    let name = place.name();
    let mut page = Page::about(&page::title(&name), []);
    let outer = outer(place);
    let near = place.object().and_then(|object| {
        let is_free = |key: &&str| object.get(key).is_none_or(|value| value.kind() == Kind::Missing);
        spelling::closest(&name, place.around.keys().into_iter().filter(is_free))
    });
    let meant = near.map(|near| format!(" Did you mean {}?", code(near))).unwrap_or_default();
    page.say(match place.document.kind() {
        // Of these only a part is known, and a key more is no error.
        Some(SpecKind::Other) => {
            format!("Not documented for {outer}; Adobe's own specs use more keys than the documentation lists.{meant}")
        }
        _ => format!("Unknown key in {outer}: not shown in Adobe's documentation or examples.{meant}"),
    });
    let keys: Vec<String> = place.around.keys().iter().take(12).map(|key| code(key)).collect();
    if near.is_none() && !keys.is_empty() && place.around.keys().len() <= 12 {
        page.say(format!("Known keys: {}.", keys.join(", ")));
    }
    page.say(place.ground.link().map(page::link).unwrap_or_default());
    page
}
