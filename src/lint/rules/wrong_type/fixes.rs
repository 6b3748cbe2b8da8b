//! Fixes that convert a value to the expected JSON type.

use serde_json::{Value, json};

use crate::edit::writer::Writer;
use crate::lint::Fix;
use crate::spec::{self, Entry};
use crate::syntax::{Kind, Node};
use crate::text::Edit;

/// The fixes that convert a value, the likeliest first.
pub(crate) fn conversions(writer: &Writer<'_>, node: Node<'_>) -> Vec<Fix> {
    if let Some(right) = super::end_condition(node) {
        return vec![Fix::safe(format!("Replace with `{right}`"), replace(node, right))];
    }
    if let Some(right) = super::milliseconds(node) {
        return vec![Fix::offered(format!("Replace with `{right}`"), replace(node, right))];
    }
    let entry = writer.entry(node);
    let types = entry.types();
    let mut fixes: Vec<Fix> = without_quotes(node, &types).into_iter().chain(in_quotes(node, &types)).collect();
    let parsed = parsed(writer, node, &types);
    fixes.extend(parsed.or_else(|| as_array(writer, node, &entry)));
    fixes.extend(as_object(node, &entry));
    fixes.extend(only_element(node, &types));
    fixes.extend(in_place_of_null(writer, node));
    fixes
}

/// Removes a key whose value is null, or inserts an initial value.
fn in_place_of_null(writer: &Writer<'_>, node: Node<'_>) -> Vec<Fix> {
    let Some(member) = node.as_part_of_member().filter(|_| node.kind() == Kind::Null) else { return Vec::new() };
    vec![Fix::remove(writer, member), Fix::offered("Insert a value", replace(node, writer.value_at(node)))]
}

fn replace(node: Node<'_>, new: String) -> [Edit; 1] {
    [Edit::replace(node.range(), new)]
}

/// A boolean or number in quotes.
fn without_quotes(node: Node<'_>, types: &[&str]) -> Option<Fix> {
    let text = node.string().filter(|_| node.kind() == Kind::String)?;
    let lower = text.to_lowercase();
    if types.contains(&"boolean") && matches!(lower.as_str(), "true" | "false") {
        return Some(Fix::safe(format!("Replace with `{lower}`"), replace(node, lower)));
    }
    let is_number = match types.contains(&"number") {
        true => serde_json::from_str::<serde_json::Number>(&text).is_ok(),
        false => types.contains(&"integer") && serde_json::from_str::<i64>(&text).is_ok(),
    };
    is_number.then(|| Fix::safe("Remove the quotes", replace(node, text.into_owned())))
}

fn in_quotes(node: Node<'_>, types: &[&str]) -> Option<Fix> {
    let is_plain = matches!(node.kind(), Kind::Number | Kind::True | Kind::False) && types.contains(&"string");
    let title = "Add double quotes";
    let edits = replace(node, format!("\"{}\"", node.text()));
    is_plain.then(|| match types {
        ["string"] => Fix::safe(title, edits),
        // If a number is valid too, `true` in quotes is hardly what is meant.
        _ => Fix::possible(title, edits),
    })
}

/// An object or array in quotes.
fn parsed(writer: &Writer<'_>, node: Node<'_>, types: &[&str]) -> Option<Fix> {
    let text = node.string().filter(|_| node.kind() == Kind::String)?;
    let value: Value = serde_json::from_str(&text).ok()?;
    let (name, title) = match &value {
        Value::Object(_) => ("object", "Convert to an object"),
        Value::Array(_) => ("array", "Convert to an array"),
        _ => return None,
    };
    types.contains(&name).then(|| Fix::offered(title, [writer.replace(node, &value)]))
}

fn as_array(writer: &Writer<'_>, node: Node<'_>, entry: &Entry) -> Option<Fix> {
    let elements = entry.item(None).types();
    let is_element = spec::type_name(node).is_some_and(|name| elements.is_empty() || elements.contains(&name));
    let is_array = entry.types().contains(&"array") && is_element && node.kind() != Kind::Null;
    let value: Value = serde_json::from_str(node.text()).ok().filter(|_| is_array)?;
    let is_plain = !value.is_object() && !value.is_array();
    let edits = match is_plain {
        true => replace(node, format!("[{}]", node.text())),
        false => [writer.replace(node, &json!([value]))],
    };
    Some(Fix::offered("Wrap in an array", edits))
}

/// A scalar in place of an object with one required key.
fn as_object(node: Node<'_>, entry: &Entry) -> Option<Fix> {
    let name = spec::type_name(node).filter(|name| !matches!(*name, "object" | "array" | "null"))?;
    let needed = entry.required_and_expected();
    let [key] = needed.as_slice() else { return None };
    let is_value = entry.types().contains(&"object") && entry.key(key, None).types().contains(&name);
    let new = format!("{{ \"{key}\": {} }}", node.text());
    is_value.then(|| Fix::offered(format!("Convert to an object with `{key}`"), replace(node, new)))
}

/// An array of one element where no array is valid.
fn only_element(node: Node<'_>, types: &[&str]) -> Option<Fix> {
    let mut elements = node.elements();
    let only = elements.next().filter(|_| elements.next().is_none())?;
    let fits = spec::type_name(only).is_some_and(|name| types.contains(&name));
    fits.then(|| Fix::offered("Remove the array brackets", replace(node, only.text().to_owned())))
}
