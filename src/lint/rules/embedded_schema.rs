//! `embedded-schema`: a JSON schema inside the spec is none.

mod fixes;

use std::borrow::Cow;
use std::collections::HashSet;

use crate::lint::Diagnostic;
use crate::lint::Severity;
use crate::lint::schema::meta::{self, SchemaMistake};
use crate::lint::schema::{Mistake, Violation};
use crate::source::schemas;
use crate::spec;
use crate::syntax::{Kind, Node};

use super::{Context, Rule, invalid_value, is_template_text, wrong_type};

pub(crate) const RULE: Rule = Rule {
    code: "embedded-schema",
    severities: &[Severity::Error],
    finds: "an embedded JSON schema that is not valid draft-07: `\"required\": true` at an input, a name twice in `required`, an empty list of types",
    why: "A value that draft-07 does not allow has no meaning: what reads the schema refuses all of it or passes over the value, so a form lacks a field or takes anything. Which of the two the service does is not known; all of its live specs are valid. In specs that partners write, plain slips in types are reported as `wrong-type` and `invalid-value`, here only what these do not know. A schema that says by its `$schema` that it is written in another version is not looked at, nor are lists in place of a property's schema that Adobe itself published: those of the 2021 beta, and `required` inside `properties`.",
    at: "sourceSpec.spec",
    wrong: r#""properties": { "listId": { "type": "string", "required": true } }"#,
    right: r#""properties": { "listId": { "type": "string" } },
"required": ["listId"]"#,
    link: "https://json-schema.org/draft-07/json-schema-release-notes",
    every_kind: true,
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let spoken_of: HashSet<usize> = context.violations().iter().filter_map(spoken_of).collect();
    let shadowed = context.shadowed();
    for schema in schemas::outermost(context.tree).into_iter().filter(|schema| is_draft_07(*schema)) {
        for (node, mistake) in meta::mistakes(schema, &shadowed) {
            let is_open = is_about(node) || !spoken_of.contains(&node.index());
            if !is_open || is_template_text(node) || is_seen_form(node) {
                continue;
            }
            if mistake == SchemaMistake::Twice {
                found.extend(repeated(node).map(|element| diagnostic(context, element, &mistake)));
            } else {
                found.push(diagnostic(context, node, &mistake));
            }
        }
    }
}

/// The value that another rule speaks of.
fn spoken_of(violation: &Violation<'_>) -> Option<usize> {
    let is_value = matches!(violation.mistake, Mistake::WrongType | Mistake::NotAmong(_) | Mistake::NotTheConstant(_));
    is_value.then(|| violation.node.index())
}

/// Whether this is `required` at an input itself, as in draft-03; of that another rule would only say that its type is
/// wrong.
pub(crate) fn is_about(node: Node<'_>) -> bool {
    let is_flag = matches!(node.kind(), Kind::True | Kind::False);
    is_flag && key_of(node).as_deref() == Some("required") && required_input(node).is_some()
}

/// The name of the input that says itself that it is required, and the schema that declares it.
fn required_input(flag: Node<'_>) -> Option<(Cow<'_, str>, Node<'_>)> {
    let input = flag.as_part_of_member()?.node.parent()?.as_part_of_member()?;
    let properties = input.node.parent()?.as_part_of_member()?;
    let is_declared = properties.key.string().as_deref() == Some("properties");
    Some((input.key.string()?, properties.node.parent()?)).filter(|_| is_declared)
}

/// Whether a schema is not said to be of another version.
fn is_draft_07(schema: Node<'_>) -> bool {
    let bare = |address: &str| address.trim_end_matches('#').to_owned();
    let own = schema.get("$schema").and_then(Node::string).map(|own| bare(&own));
    let draft = spec::json_schema_drafts().find(|(address, _)| own.as_deref() == Some(bare(address).as_str()));
    draft.is_none_or(|(_, name)| name == "draft-07")
}

/// Whether this is a list in place of a property's schema that was published: the 2021 beta had lists of
/// `{name, type, spec}`, and two of Adobe's live specs have the list `required` inside `properties`.
fn is_seen_form(node: Node<'_>) -> bool {
    let is_required = key_of(node).as_deref() == Some("required");
    let is_seen = |element: Node<'_>| element.get("spec").is_some() || is_required && element.kind() == Kind::String;
    let properties = node.as_part_of_member().and_then(|member| member.node.parent()?.as_part_of_member());
    let is_property = properties.is_some_and(|member| member.key.string().as_deref() == Some("properties"));
    is_property && node.elements().next().is_some() && node.elements().all(is_seen)
}

/// The elements of a list of texts that stood in it before.
fn repeated(list: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    let mut seen = HashSet::new();
    list.elements().filter(move |element| element.string().is_some_and(|text| !seen.insert(text)))
}

fn diagnostic(context: &Context<'_>, node: Node<'_>, mistake: &SchemaMistake) -> Diagnostic {
    let entry = context.entry(node);
    // The vocabulary has the same values in a better order.
    let known: Vec<_> = entry.allowed_values().into_iter().map(|choice| choice.value.to_value()).collect();
    let mistake = match mistake {
        SchemaMistake::NotAmong(allowed) if known.len() == allowed.len() => &SchemaMistake::NotAmong(known),
        other => other,
    };
    let mut diagnostic = RULE.at(Severity::Error, wrong_type::range(node), message(node, mistake));
    diagnostic.link = entry.link().unwrap_or(RULE.link);
    context.fix(&mut diagnostic, |writer| fixes::of(context, writer, node, mistake));
    diagnostic
}

fn message(node: Node<'_>, mistake: &SchemaMistake) -> String {
    let key = key_of(node).unwrap_or_default();
    match mistake {
        SchemaMistake::WrongType(_) if is_about(node) => {
            "`required` is a list of names beside `properties`, and nothing that an input says of itself. Put the name of this one there, or leave it out.".to_owned()
        }
        SchemaMistake::WrongType(types) => {
            let mismatch = wrong_type::mismatch(types, node);
            match is_schema(types) {
                true => format!("{mismatch}. Here the JSON schema of `{key}` has to stand."),
                false => format!("{mismatch}. JSON Schema has no other form of `{key}`."),
            }
        }
        SchemaMistake::NotAmong(allowed) => invalid_value::message(node, allowed),
        SchemaMistake::Negative => format!("`{key}` must not be less than 0."),
        SchemaMistake::NotPositive => format!("`{key}` must be greater than 0."),
        SchemaMistake::Empty => format!("`{key}` must not be an empty list. Fill it, or leave it out."),
        SchemaMistake::Twice => format!("This stands twice in `{key}`. Remove one of the two."),
    }
}

/// Whether any schema may stand where these types may.
fn is_schema(types: &[&str]) -> bool {
    types.contains(&"object") && types.contains(&"boolean")
}

/// The key that a value, or the list that it is an element of, has.
fn key_of(node: Node<'_>) -> Option<Cow<'_, str>> {
    std::iter::once(node).chain(node.ancestors()).find_map(|node| node.as_part_of_member()?.key.string())
}

#[cfg(test)]
mod tests;
