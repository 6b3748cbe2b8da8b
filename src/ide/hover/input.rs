//! Hover on what authors declare: inputs, properties of other embedded schemas, and their names inside `required`.

use crate::ide::Hover;
use crate::source::inputs::{Input, Inputs, Origin};
use crate::source::model::Schema;
use crate::source::placeholders;
use crate::source::schemas::Scope;
use crate::spec::spelling;
use crate::syntax::{Kind, Node};
use crate::text::Encoding;

use super::page::{self, Page, code};
use super::place::{Place, key_of};

/// The page of a declaring key: an input, or a property that is none. `None` for any other key.
pub(super) fn declared(place: &Place<'_>) -> Option<Page> {
    if place.object().and_then(key_of).as_deref() != Some("properties") {
        return None;
    }
    let inputs = Inputs::of(place.document.tree());
    match inputs.all.iter().find(|input| input.key == place.node) {
        Some(input) => Some(input_page(place, &inputs, input)),
        None => property_page(place),
    }
}

fn input_page(place: &Place<'_>, inputs: &Inputs<'_>, input: &Input<'_>) -> Page {
    let required = if is_required(input.key) { "required" } else { "optional" };
    let mut page =
        Page::about(&page::title(&input.name), [what(input.schema), required.to_owned(), whose(&input.origin)]);
    page.say(description(input.schema));
    page.say(place.entry.description().unwrap_or_default());
    page.say(uses(place, input));
    let others = inputs.named(&input.name).filter(|other| other.key != input.key);
    page.list(
        "Declared again:",
        others.map(|other| format!("{}, on {}", whose(&other.origin), lines(place, &[other.key.range().start]))),
    );
    page.rest_on(&place.entry);
    page
}

/// A property of a schema that asks the user nothing: a column of the records, a part of another property.
fn property_page(place: &Place<'_>) -> Option<Page> {
    if !place.entry.is_embedded_schema() || place.is_named() {
        return None;
    }
    let schema = place.member.value;
    let required = if is_required(place.node) { "required" } else { "optional" };
    let mut page = Page::about(&page::title(&place.name()), [what(schema), required.to_owned()]);
    page.say(description(schema));
    page.say(match schema_around(place.node) {
        Some(outer) => format!("Property of {}.", code(&outer)),
        None => "Property.".to_owned(),
    });
    page.say(place.entry.link().map(page::link).unwrap_or_default());
    Some(page)
}

/// The key of the outermost schema around a property, or of the property that it is a part of.
fn schema_around(key: Node<'_>) -> Option<String> {
    let object = key.as_part_of_member()?.node.parent()?;
    let schema = object.as_part_of_member()?.node.parent()?;
    let outer = schema.self_and_ancestors().find_map(Node::member)?;
    let parts = ["allOf", "anyOf", "oneOf", "if", "then", "else", "items"];
    let mut outwards = std::iter::once(outer).chain(outer.node.ancestors().filter_map(Node::member));
    let named = outwards.find(|member| member.key.string().is_some_and(|key| !parts.contains(&key.as_ref())))?;
    named.key.string().map(String::from)
}

/// A name inside `required`: the property that it means.
pub(super) fn required(place: &Place<'_>) -> Option<Hover> {
    let array = place.node.parent().filter(|parent| parent.kind() == Kind::Array)?;
    if key_of(array).as_deref() != Some("required") || place.node.kind() != Kind::String {
        return None;
    }
    let (name, schema) = (place.node.string()?, place.object()?);
    let scope = Scope::enclosing(schema);
    let mut page = match scope.properties.iter().find_map(|properties| properties.get(&name)) {
        Some(property) => {
            let mut page = Page::about(&page::title(&name), [what(property), "required".to_owned()]);
            page.say(description(property));
            page.say(format!("Declared on {}.", lines(place, &[property.range().start])));
            page
        }
        None => {
            let mut page = Page::about(&page::title(&name), ["required".to_owned()]);
            page.say(undeclared(&name, &scope));
            page
        }
    };
    page.rest_on(&place.entry);
    page.over(place.node.range())
}

fn undeclared(name: &str, scope: &Scope<'_>) -> String {
    if scope.maybe_more {
        return "Not declared in the `properties` of this schema.".to_owned();
    }
    let names: Vec<_> =
        scope.properties.iter().flat_map(|node| node.members()).filter_map(|member| member.key.string()).collect();
    match spelling::closest(name, names.iter().map(AsRef::as_ref)) {
        Some(near) => format!("Not declared in `properties`. Did you mean {}?", code(near)),
        None => "Not declared in `properties`; users cannot enter it.".to_owned(),
    }
}

/// The type that a schema names and whether it is a secret.
pub(super) fn what(schema: Node<'_>) -> String {
    let kinds = schema.get("type").map(|kind| match kind.kind() {
        Kind::Array => kind.elements().filter_map(Node::string).collect(),
        _ => kind.string().into_iter().collect::<Vec<_>>(),
    });
    let known = ["string", "integer", "number", "boolean", "object", "array", "null"];
    let names: Vec<&str> =
        kinds.iter().flatten().filter_map(|kind| known.into_iter().find(|known| known == kind)).collect();
    let format = schema.get("format").and_then(Node::string);
    match (page::types(&names), format.as_deref()) {
        (kinds, Some("password")) if kinds.is_empty() => "secret".to_owned(),
        (kinds, Some("password")) => format!("{kinds}, secret"),
        (kinds, _) => kinds,
    }
}

/// What the author says about it.
pub(super) fn description(schema: Node<'_>) -> String {
    Schema::new(schema).help_text().map(|text| page::quoted(&text)).unwrap_or_default()
}

/// Where an input is asked for.
pub(super) fn whose(origin: &Origin<'_>) -> String {
    match origin {
        Origin::Auth(name) => format!("input of authentication method {}", code(name)),
        Origin::Source => "input of the source".to_owned(),
    }
}

/// Whether the schema around a declaring key, or one that it is a part of, requires it.
pub(super) fn is_required(key: Node<'_>) -> bool {
    let Some(name) = key.string() else { return false };
    let properties = key.as_part_of_member().and_then(|member| member.node.parent());
    let mut schema = properties.and_then(|node| node.as_part_of_member()).and_then(|member| member.node.parent());
    while let Some(here) = schema {
        let names = here.get("required").into_iter().flat_map(Node::elements);
        if names.filter_map(Node::string).any(|required| required == name) {
            return true;
        }
        // Up through `allOf` and its like: the schema that this one is an element of.
        let array = here.parent().filter(|parent| parent.kind() == Kind::Array);
        let part_of = array.and_then(Node::as_part_of_member).filter(|member| {
            member.key.string().is_some_and(|key| ["allOf", "anyOf", "oneOf"].contains(&key.as_ref()))
        });
        schema = part_of.and_then(|member| member.node.parent());
    }
    false
}

/// Which placeholders are replaced by an input.
fn uses(place: &Place<'_>, input: &Input<'_>) -> String {
    let placeholder = code(&format!("${{{}}}", input.name));
    let of_input = |name: &str| name == input.name || name.split('.').next() == Some(input.name.as_ref());
    let starts: Vec<usize> = placeholders::references(place.document.tree())
        .filter(|(_, name)| of_input(name))
        .map(|(part, _)| part.range.start)
        .collect();
    match starts.len() {
        // What is asked for when signing in is often used by the service itself.
        0 if input.origin == Origin::Source && !place.is_named() && input.schema.get("restAttributes").is_none() => {
            format!("Not used: no {placeholder} refers to it.")
        }
        0 => String::new(),
        1 => format!("Used as {placeholder} on {}.", lines(place, &starts)),
        count => format!("Used as {placeholder} {count} times, on {}.", lines(place, &starts)),
    }
}

/// The lines of some offsets, for a sentence: `line 3`, `lines 3, 5`.
pub(super) fn lines(place: &Place<'_>, offsets: &[usize]) -> String {
    const MOST: usize = 6;
    let text = place.document.text();
    let mut numbers: Vec<u32> = offsets.iter().map(|offset| text.position(*offset, Encoding::Utf8).line + 1).collect();
    numbers.dedup();
    let shown: Vec<String> = numbers.iter().take(MOST).map(u32::to_string).collect();
    let rest = if numbers.len() > MOST { ", …" } else { "" };
    format!("{} {}{rest}", if numbers.len() == 1 { "line" } else { "lines" }, shown.join(", "))
}
