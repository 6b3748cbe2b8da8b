//! `embedded-schema`: a JSON Schema inside the spec that isn't valid.

mod contradictions;
mod fixes;

use std::borrow::Cow;
use std::collections::HashSet;

use crate::lint::schema::meta::{self, SchemaViolation};
use crate::lint::{Diagnostic, Severity};
use crate::source::model::{AuthEntry, Schema};
use crate::source::{schemas, template_placeholders};
use crate::spec;
use crate::syntax::{Kind, Node};

use super::{Context, Rule, invalid_value, key_of, wrong_type};

pub(crate) const RULE: Rule = Rule {
    code: "embedded-schema",
    severities: &[Severity::Error, Severity::Warning],
    finds: "an embedded JSON Schema that isn't valid draft-07: `\"required\": true` at an input, a duplicate in `required`, an empty array of types (error), or that contradicts itself: a `default` outside of `enum`, a `minimum` above the `maximum`, an empty `enum`, a `pattern` between slashes, `required` inside `properties` (warning)",
    why: "A value that draft-07 does not allow has no meaning: a validator rejects the complete schema or ignores the value, so that a form lacks a field or accepts anything. Which of the two Flow Service does is not known; all of its live specs are valid. In specs that partners write, wrong types and values are reported as `wrong-type` and `invalid-value`, and this rule reports only what those do not cover. Not checked: a schema whose `$schema` names another version, and arrays in place of a property's schema that Adobe itself published (those of the 2021 beta, and `required` inside `properties`).",
    at: "sourceSpec.spec",
    wrong: r#""properties": { "listId": { "type": "string", "required": true } }"#,
    right: r#""properties": { "listId": { "type": "string" } },
"required": ["listId"]"#,
    link: "https://json-schema.org/draft-07/json-schema-release-notes",
    every_kind: true,
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let reported = context.reported_values();
    for schema in schemas::outermost(context.tree).into_iter().filter(|schema| is_draft_07(*schema)) {
        for (node, violation) in meta::violations(schema) {
            if reported.contains(&node.index()) || template_placeholders::occur_in(node) || is_published_form(node) {
                continue;
            }
            if violation == SchemaViolation::NotARegex && node.string().is_some_and(|text| text.contains("${")) {
                continue;
            }
            if violation == SchemaViolation::Duplicate {
                diagnostics.extend(repeated(node).map(|element| diagnostic(context, element, &violation)));
            } else {
                diagnostics.push(diagnostic(context, node, &violation));
            }
        }
    }
    // What Adobe's own specs have stays without a remark there.
    if context.kind.is_generic() {
        context.schemas().iter().for_each(|schema| contradictions::check(context, *schema, diagnostics));
    }
}

/// Whether a node is the flag `required` of an input, as in draft-03.
pub(super) fn is_required_flag(node: Node<'_>) -> bool {
    let properties = node.enclosing_object().and_then(Node::enclosing_object);
    matches!(node.kind(), Kind::True | Kind::False)
        && node.is_value_of(Schema::REQUIRED)
        && properties.is_some_and(|properties| properties.is_value_of(Schema::PROPERTIES))
}

/// The name of the input whose schema this flag is in, and the schema that declares the input.
fn required_input(flag: Node<'_>) -> Option<(Cow<'_, str>, Node<'_>)> {
    let input = flag.enclosing_object()?.as_part_of_member()?;
    Some((input.key.string()?, input.node.parent()?.enclosing_object()?))
}

/// Whether a schema does not name another version.
fn is_draft_07(schema: Node<'_>) -> bool {
    let without_hash = |uri: &str| uri.trim_end_matches('#').to_owned();
    let own = Schema::new(schema).schema_uri().and_then(Node::string).map(|own| without_hash(&own));
    let draft = spec::json_schema_drafts().find(|(uri, _)| own.as_deref() == Some(without_hash(uri).as_str()));
    draft.is_none_or(|(_, name)| name == "draft-07")
}

/// Whether this is an array in place of a property's schema as Adobe published it: the 2021 beta had arrays of
/// `{name, type, spec}`, and two of Adobe's live specs have the array `required` inside `properties`.
fn is_published_form(node: Node<'_>) -> bool {
    let is_required = key_of(node) == Schema::REQUIRED;
    let is_published =
        |element: Node<'_>| AuthEntry::new(element).spec().is_some() || is_required && element.kind() == Kind::String;
    let is_property = node.enclosing_object().is_some_and(|object| object.is_value_of(Schema::PROPERTIES));
    is_property && node.elements().next().is_some() && node.elements().all(is_published)
}

/// The elements of an array of strings that occur earlier in it.
fn repeated(array: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    let mut seen = HashSet::new();
    array.elements().filter(move |element| element.string().is_some_and(|text| !seen.insert(text)))
}

fn diagnostic(context: &Context<'_>, node: Node<'_>, violation: &SchemaViolation) -> Diagnostic {
    let entry = context.entry(node);
    // The vocabulary has the same values in a better order.
    let known: Vec<_> = entry.allowed_values().into_iter().map(|choice| choice.value.to_value()).collect();
    let violation = match violation {
        SchemaViolation::NotAmong(allowed) if known.len() == allowed.len() => &SchemaViolation::NotAmong(known),
        other => other,
    };
    RULE.at(Severity::Error, wrong_type::range(node), message(node, violation))
        .with_link(entry.link())
        .with_fixes(context, |writer| fixes::of(writer, node, violation))
}

fn message(node: Node<'_>, violation: &SchemaViolation) -> String {
    let key = key_of(node);
    match violation {
        SchemaViolation::WrongType(_) if is_required_flag(node) => {
            "`required` is an array of names beside `properties`, not a flag of an input; move the name there or remove the flag".to_owned()
        }
        SchemaViolation::WrongType(types) if is_schema(types) => {
            format!("expected a JSON Schema (object or boolean) in `{key}`, found {}", wrong_type::actual(node))
        }
        SchemaViolation::WrongType(types) => {
            format!("{}; JSON Schema allows nothing else in `{key}`", wrong_type::mismatch(types, node))
        }
        SchemaViolation::NotAmong(allowed) => invalid_value::message(node, allowed),
        SchemaViolation::Negative => format!("`{key}` must not be less than 0"),
        SchemaViolation::NotPositive => format!("`{key}` must be greater than 0"),
        SchemaViolation::Empty => format!("`{key}` must not be an empty array; add an element or remove the key"),
        SchemaViolation::Duplicate => format!("duplicate element of `{key}`; remove one of the two"),
        SchemaViolation::NotARegex => format!("`{key}` isn't a valid regular expression, so no value matches it"),
    }
}

/// Whether any schema has one of these types.
fn is_schema(types: &[&str]) -> bool {
    types.contains(&"object") && types.contains(&"boolean")
}

#[cfg(test)]
mod tests;
