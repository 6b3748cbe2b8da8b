//! Hover on declared names: inputs, properties of other embedded schemas, and their names in `required`.

use std::borrow::Cow;

use crate::ide::Hover;
use crate::source::inputs::{Input, Inputs, Origin, is_required};
use crate::source::model::Schema;
use crate::source::placeholders;
use crate::source::schemas::Scope;
use crate::spec::spelling;
use crate::syntax::{Kind, Node};
use crate::text::Encoding;

use super::page::{self, Page, code};
use super::target::Target;

/// The page of a key in `properties`: an input, or another property. `None` for any other key.
pub(super) fn declared(target: &Target<'_>) -> Option<Page> {
    if !target.object().is_some_and(|object| object.is_value_of(Schema::PROPERTIES)) {
        return None;
    }
    let inputs = Inputs::of(target.document.tree());
    match inputs.all.iter().find(|input| input.key == target.node) {
        Some(input) => Some(input_page(target, &inputs, input)),
        None => property_page(target),
    }
}

fn input_page(target: &Target<'_>, inputs: &Inputs<'_>, input: &Input<'_>) -> Page {
    let required = if is_required(input.key) { "required" } else { "optional" };
    let mut page =
        Page::titled(&page::title(&input.name), [type_of(input.schema), required.to_owned(), origin(&input.origin)]);
    page.add(description(input.schema));
    page.add(target.entry.description().unwrap_or_default());
    page.add(references(target, input));
    let others = inputs.named(&input.name).filter(|other| other.key != input.key);
    page.add_list(
        "Declared again:",
        others.map(|other| format!("{}, on {}", origin(&other.origin), lines(target, &[other.key.range().start]))),
    );
    page.add_source(&target.entry);
    page
}

/// A property that is not an input: a column of the records, a part of another property.
fn property_page(target: &Target<'_>) -> Option<Page> {
    if !target.entry.is_embedded_schema() || target.is_named() {
        return None;
    }
    let schema = target.member.value;
    let required = if is_required(target.node) { "required" } else { "optional" };
    let mut page = Page::titled(&page::title(&target.name()), [type_of(schema), required.to_owned()]);
    page.add(description(schema));
    page.add(match schema_around(target.node) {
        Some(outer) => format!("Property of {}.", code(&outer)),
        None => "Property.".to_owned(),
    });
    page.add(target.entry.link().map(page::link).unwrap_or_default());
    Some(page)
}

/// The key of the outermost schema around a property, or of the property that it is a part of.
fn schema_around(key: Node<'_>) -> Option<String> {
    let schema = key.enclosing_object()?.enclosing_object()?;
    let outer = schema.self_and_ancestors().find_map(Node::member)?;
    let parts = ["allOf", "anyOf", "oneOf", "if", "then", "else", "items"];
    let mut outwards = std::iter::once(outer).chain(outer.node.ancestors().filter_map(Node::member));
    let named = outwards.find(|member| member.key.string().is_some_and(|key| !parts.contains(&key.as_ref())))?;
    named.key.string().map(String::from)
}

/// The page of a name in `required`.
pub(super) fn required(target: &Target<'_>) -> Option<Hover> {
    let array = target.node.parent().filter(|parent| parent.kind() == Kind::Array)?;
    if !array.is_value_of(Schema::REQUIRED) || target.node.kind() != Kind::String {
        return None;
    }
    let (name, schema) = (target.node.string()?, target.object()?);
    let scope = Scope::enclosing(schema);
    let property = scope.properties.iter().find_map(|properties| properties.get(&name));
    let types = property.map(type_of).unwrap_or_default();
    let mut page = Page::titled(&page::title(&name), [types, "required".to_owned()]);
    match property {
        Some(property) => {
            page.add(description(property));
            page.add(format!("Declared on {}.", lines(target, &[property.range().start])));
        }
        None => page.add(undeclared(&name, &scope)),
    }
    page.add_source(&target.entry);
    page.into_hover(target.node.range())
}

fn undeclared(name: &str, scope: &Scope<'_>) -> String {
    if scope.maybe_more {
        return "Not declared in the `properties` of this schema.".to_owned();
    }
    match spelling::closest(name, scope.names().iter().map(AsRef::as_ref)) {
        Some(near) => format!("Not declared in `properties`. Did you mean {}?", code(near)),
        None => "Not declared in `properties`; users cannot enter it.".to_owned(),
    }
}

/// The types that a schema names, and whether the value is a secret.
pub(super) fn type_of(schema: Node<'_>) -> String {
    let schema = Schema::new(schema);
    let nodes = schema.type_node().into_iter().flat_map(|node| std::iter::once(node).chain(node.elements()));
    let known = |name: Cow<'_, str>| Schema::TYPES.into_iter().find(|known| *known == name);
    let types = page::types(&nodes.filter_map(Node::string).filter_map(known).collect::<Vec<_>>());
    match schema.is_password() {
        true if types.is_empty() => "secret".to_owned(),
        true => format!("{types}, secret"),
        false => types,
    }
}

/// The help text of a schema, quoted.
pub(super) fn description(schema: Node<'_>) -> String {
    Schema::new(schema).help_text().map(|text| page::quoted(&text)).unwrap_or_default()
}

/// Where an input is declared.
pub(super) fn origin(origin: &Origin<'_>) -> String {
    match origin {
        Origin::Auth(name) => format!("input of authentication method {}", code(name)),
        Origin::Source => "input of the source".to_owned(),
    }
}

/// Which placeholders refer to an input.
fn references(target: &Target<'_>, input: &Input<'_>) -> String {
    let placeholder = code(&format!("${{{}}}", input.name));
    let of_input = |name: &str| name == input.name || name.split('.').next() == Some(input.name.as_ref());
    let starts: Vec<usize> = placeholders::references(target.document.tree())
        .filter(|(_, name)| of_input(name))
        .map(|(part, _)| part.range.start)
        .collect();
    match starts.len() {
        // Authentication inputs are often used by the service itself.
        0 if input.origin == Origin::Source
            && !target.is_named()
            && Schema::new(input.schema).rest_attributes().is_none() =>
        {
            format!("Not used: no {placeholder} refers to it.")
        }
        0 => String::new(),
        1 => format!("Used as {placeholder} on {}.", lines(target, &starts)),
        count => format!("Used as {placeholder} {count} times, on {}.", lines(target, &starts)),
    }
}

/// The lines of some offsets in a sentence: `line 3`, `lines 3, 5`.
pub(super) fn lines(target: &Target<'_>, offsets: &[usize]) -> String {
    const MAX_LINES: usize = 6;
    let text = target.document.text();
    let mut numbers: Vec<u32> = offsets.iter().map(|offset| text.position(*offset, Encoding::Utf8).line + 1).collect();
    numbers.dedup();
    let shown: Vec<String> = numbers.iter().take(MAX_LINES).map(u32::to_string).collect();
    let rest = if numbers.len() > MAX_LINES { ", …" } else { "" };
    format!("{} {}{rest}", if numbers.len() == 1 { "line" } else { "lines" }, shown.join(", "))
}
