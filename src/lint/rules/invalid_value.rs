//! `invalid-value`: a value outside of a closed set.

use serde_json::Value;

use crate::edit::writer::Writer;
use crate::lint::schema::ViolationKind;
use crate::lint::{Diagnostic, Fix, Severity};
use crate::spec::{SpecKind, spelling};
use crate::syntax::Node;

use super::{Context, Rule, key_of, or_list, pages};

pub(crate) const RULE: Rule = Rule {
    code: "invalid-value",
    severities: &[Severity::Error, Severity::Warning],
    finds: "a value outside of a closed set: the method, the type of pagination, of a parameter or of a schedule, a JSON Schema type; a `type` that is neither of the two in a spec whose provider or request is that of one",
    why: "The documentation lists all values that this key can have; another value has no meaning. Some that other tools have cannot be expressed: the message says what works instead. A spec with the provider of batch sources, or with `urlParams`, is checked as a batch source whatever its `type` is.",
    at: "sourceSpec.attributes",
    wrong: r#""urlParams": { "path": "/items", "method": "FETCH" }"#,
    right: r#""urlParams": { "path": "/items", "method": "GET" }"#,
    link: pages::SOURCE_SPEC,
    every_kind: false,
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for violation in context.violations_for(RULE.code) {
        let node = violation.node;
        let allowed = match &violation.kind {
            ViolationKind::NotAmong(allowed) => allowed.as_slice(),
            ViolationKind::NotTheConstant(constant) => std::slice::from_ref(constant),
            _ => continue,
        };
        let other_case = other_case(context, node, allowed);
        let is_type = context.source().type_node() == Some(node);
        let severity = match &violation.kind {
            ViolationKind::NotTheConstant(_) if is_type && is_unknown_type(&node.string().unwrap_or_default()) => {
                Severity::Error
            }
            // Tables of Adobe's pages write some of these in lower case.
            ViolationKind::NotAmong(_) if other_case.is_none() => Severity::Error,
            // The type decides which rules apply; it was close enough to guess, so it may be right.
            _ => Severity::Warning,
        };
        let message = match other_case {
            _ if is_type => message_of_type(node, allowed),
            Some(right) => format!("`{}` is written `{right}` in every example; change the case", key_of(node)),
            None => unsupported(context, node).unwrap_or_else(|| message(node, allowed)),
        };
        diagnostics.push(RULE.at(severity, node.range(), message).with_link(context.entry(node).link()).with_fixes(
            context,
            |writer| {
                let replacements = match other_case {
                    Some(right) => vec![Fix::rename(writer, node, right).safe_if(true)],
                    None => replacements(writer, node, &advised(context, node, allowed)),
                };
                replacements.into_iter().chain(removal(writer, node))
            },
        ));
    }
}

/// The `type` of batch sources in the documentation of the 2021 beta.
const BETA_TYPE: &str = "generic-rest-connector";

/// Whether a `type` is neither close to a right one nor documented by Adobe.
fn is_unknown_type(name: &str) -> bool {
    name.to_lowercase() != BETA_TYPE && SpecKind::similar_to(name).is_none()
}

fn message_of_type(node: Node<'_>, allowed: &[Value]) -> String {
    let right = or_list(allowed.iter().filter_map(Value::as_str));
    match node.string().as_deref() {
        Some(BETA_TYPE) => format!("`{BETA_TYPE}` is the type of the 2021 beta; use {right}"),
        Some(other) if is_unknown_type(other) => {
            format!("unknown type `{other}`; by its provider or request, the type of this spec is {right}")
        }
        _ => message(node, allowed),
    }
}

/// The replacements for a string: each allowed value, the nearest first.
pub(crate) fn replacements(writer: &Writer<'_>, node: Node<'_>, allowed: &[Value]) -> Vec<Fix> {
    let text = node.string().unwrap_or_default();
    let mut names: Vec<&str> = allowed.iter().filter_map(Value::as_str).collect();
    let only = names.first().copied().filter(|_| names.len() == 1);
    let meant = spelling::closest(&text, names.iter().copied()).or_else(|| abbreviated(&text, &names)).or(only);
    let lower = text.to_lowercase();
    names.sort_by_key(|name| (Some(*name) != meant, spelling::distance(&lower, &name.to_lowercase())));
    names.into_iter().map(|name| Fix::rename(writer, node, name).likely_if(Some(name) == meant)).collect()
}

/// Removes a key that is not required.
fn removal(writer: &Writer<'_>, node: Node<'_>) -> Option<Fix> {
    let member = node.as_part_of_member()?;
    let (object, key) = (member.node.parent()?, member.key.string()?);
    let is_required = writer.entry(object).required_and_expected().contains(&&*key);
    (!is_required).then(|| Fix::remove(writer, member).likely_if(false))
}

/// The only value that begins like this: `integer` for `int`.
fn abbreviated<'n>(text: &str, names: &[&'n str]) -> Option<&'n str> {
    let mut longer = names.iter().filter(|name| text.len() > 2 && name.starts_with(text));
    longer.next().copied().filter(|_| longer.next().is_none())
}

/// The allowed value that differs only in case. In a JSON Schema, values are case-sensitive.
fn other_case<'v>(context: &Context<'_>, node: Node<'_>, allowed: &'v [Value]) -> Option<&'v str> {
    let text = node.string()?;
    let object = node.enclosing_object()?;
    let is_loose = !context.entry(object).is_embedded_schema();
    allowed.iter().filter_map(Value::as_str).find(|right| is_loose && right.eq_ignore_ascii_case(&text))
}

/// The message for a value that other tools have and that cannot be expressed here.
fn unsupported(context: &Context<'_>, node: Node<'_>) -> Option<String> {
    let reason = context.entry(node).unsupported(&node.string()?)?;
    Some(format!("`{}` cannot be `{}`: {reason}", key_of(node), node.string()?))
}

/// The allowed values without those that the reason why a value is unsupported does not name.
fn advised(context: &Context<'_>, node: Node<'_>, allowed: &[Value]) -> Vec<Value> {
    let reason = unsupported(context, node);
    let is_named = |name: &str| reason.as_ref().is_none_or(|reason| reason.contains(&format!("`{name}`")));
    allowed.iter().filter(|value| value.as_str().is_some_and(is_named)).cloned().collect()
}

/// The message that lists the allowed values.
pub(crate) fn message(node: Node<'_>, allowed: &[Value]) -> String {
    let names: Vec<&str> = allowed.iter().filter_map(Value::as_str).collect();
    let (key, list) = (key_of(node), or_list(names.iter().copied()));
    match spelling::closest(&node.string().unwrap_or_default(), names.iter().copied()) {
        Some(meant) if names.len() > 1 => format!("`{key}` must be {list}; did you mean `{meant}`?"),
        _ => format!("`{key}` must be {list}"),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::lint::rules::tests::{batch, check, check_attributes, check_fixes};

    #[test]
    fn a_value_that_cannot_be_expressed_is_reported_with_what_works_instead() {
        check_attributes(
            r#"      "paginationParams": { "type": "LINK_HEADER" }"#,
            expect![[r#"
                "paginationParams": { "type": "LINK_HEADER" }
                                              ^^^^^^^^^^^^^ error[invalid-value]: `type` cannot be `LINK_HEADER`: `Link` headers are not followed; use `PAGE` if the API counts pages
            "#]],
        );
        check_attributes(
            r#"      "paginationParams": { "type": "cursor" }"#,
            expect![[r#"
                "paginationParams": { "type": "cursor" }
                                              ^^^^^^^^ error[invalid-value]: `type` cannot be `cursor`: a cursor of the response is a `CONTINUATION_TOKEN`; the id of the last record cannot be used as cursor
            "#]],
        );
        check_attributes(
            r#"      "paginationParams": { "type": "CONTINUATION_TOKEN", "continuationTokenPath": "$.next",
        "parameterName": "next", "parameterType": "BODYPARAM" }"#,
            expect![[r#"
                "paginationParams": { "type": "CONTINUATION_TOKEN", "continuationTokenPath": "$.next",
                  "parameterName": "next", "parameterType": "BODYPARAM" }
                                                            ^^^^^^^^^^^ error[invalid-value]: `parameterType` cannot be `BODYPARAM`: a token cannot be sent in the body; use `QUERYPARAM` if the API accepts it there
            "#]],
        );
    }

    #[test]
    fn a_value_outside_of_a_closed_set_is_an_error() {
        check_attributes(
            r#"      "urlParams": { "path": "/", "method": "get" },
      "paginationParams": { "type": "offset" },
      "scheduleParams": { "type": "simple" }"#,
            expect![[r#"
                "urlParams": { "path": "/", "method": "get" },
                                                      ^^^^^ warning[invalid-value]: `method` is written `GET` in every example; change the case
                "paginationParams": { "type": "offset" },
                                              ^^^^^^^^ warning[invalid-value]: `type` is written `OFFSET` in every example; change the case
                "scheduleParams": { "type": "simple" }
                                            ^^^^^^^^ error[invalid-value]: `type` must be `ADVANCE`
            "#]],
        );
    }

    #[test]
    fn types_of_embedded_schemas_are_checked_are_checked() {
        check_attributes(
            r#"      "spec": { "properties": { "a": { "type": "scheduling" }, "b": { "type": ["string", "text"] }, "c": { "items": { "type": "int" } } } }"#,
            expect![[r#"
                "spec": { "properties": { "a": { "type": "scheduling" }, "b": { "type": ["string", "text"] }, "c": { "items": { "type": "int" } } } }
                ^^^^^^ warning[unknown-key]: `spec` belongs one level up; move it to `spec` of `sourceSpec`
                                                         ^^^^^^^^^^^^ error[invalid-value]: `type` must be `string`, `integer`, `number`, `boolean`, `object`, `array` or `null`
                                                                                                   ^^^^^^ error[invalid-value]: `type` must be `string`, `integer`, `number`, `boolean`, `object`, `array` or `null`
                                                                                                                                        ^^^^^ error[invalid-value]: `type` must be `string`, `integer`, `number`, `boolean`, `object`, `array` or `null`
            "#]],
        );
    }

    #[test]
    fn a_type_that_is_nearly_one_of_the_two_is_a_warning() {
        check(
            r#"{ "type": "generic-rset", "name": "a", "providerId": "0ed90a81-07f4-4586-8190-b40eccef1c5a" }"#,
            expect![[r#"
                { "type": "generic-rset", "name": "a", "providerId": "0ed90a81-07f4-4586-8190-b40eccef1c5a" }
                ^ warning[missing-key]: missing `description` in the spec; Adobe's template has it
                ^ warning[missing-key]: missing `authSpec` in the spec; Adobe's template has it
                ^ warning[missing-key]: missing `sourceSpec` in the spec; Adobe's template has it
                ^ warning[missing-key]: missing `exploreSpec` in the spec; Adobe's template has it
                ^ info[missing-key]: missing `version` in the spec; Adobe's template has it
                ^ info[missing-key]: missing `attributes` in the spec; Adobe's template has it
                          ^^^^^^^^^^^^^^ warning[invalid-value]: `type` must be `generic-rest`
            "#]],
        );
    }

    #[test]
    fn each_allowed_value_is_a_fix() {
        check_fixes(
            &batch(
                r#"      "urlParams": { "path": "/${listId}", "method": "get" },
      "paginationParams": { "type": "OFSET", "limitName": "a", "limitValue": 1, "offSetName": "b" },
      "scheduleParams": { "type": "simple" }"#,
            )
            .replace(r#""listId": { "type": "string" }"#, r#""listId": { "type": "int" }"#),
            expect![[r#"
                invalid-value: Replace with `integer` (preferred)
                -     "spec": { "type": "object", "properties": { "listId": { "type": "int" } }, "required": ["listId"] },
                +     "spec": { "type": "object", "properties": { "listId": { "type": "integer" } }, "required": ["listId"] },
                invalid-value: Replace with `string`
                -     "spec": { "type": "object", "properties": { "listId": { "type": "int" } }, "required": ["listId"] },
                +     "spec": { "type": "object", "properties": { "listId": { "type": "string" } }, "required": ["listId"] },
                invalid-value: Replace with `null`
                -     "spec": { "type": "object", "properties": { "listId": { "type": "int" } }, "required": ["listId"] },
                +     "spec": { "type": "object", "properties": { "listId": { "type": "null" } }, "required": ["listId"] },
                invalid-value: Replace with `object`
                -     "spec": { "type": "object", "properties": { "listId": { "type": "int" } }, "required": ["listId"] },
                +     "spec": { "type": "object", "properties": { "listId": { "type": "object" } }, "required": ["listId"] },
                invalid-value: Replace with `array`
                -     "spec": { "type": "object", "properties": { "listId": { "type": "int" } }, "required": ["listId"] },
                +     "spec": { "type": "object", "properties": { "listId": { "type": "array" } }, "required": ["listId"] },
                invalid-value: Replace with `number`
                -     "spec": { "type": "object", "properties": { "listId": { "type": "int" } }, "required": ["listId"] },
                +     "spec": { "type": "object", "properties": { "listId": { "type": "number" } }, "required": ["listId"] },
                invalid-value: Replace with `boolean`
                -     "spec": { "type": "object", "properties": { "listId": { "type": "int" } }, "required": ["listId"] },
                +     "spec": { "type": "object", "properties": { "listId": { "type": "boolean" } }, "required": ["listId"] },
                invalid-value: Remove `type`
                -     "spec": { "type": "object", "properties": { "listId": { "type": "int" } }, "required": ["listId"] },
                +     "spec": { "type": "object", "properties": { "listId": {} }, "required": ["listId"] },
                invalid-value: Replace with `GET` (preferred)
                -       "urlParams": { "path": "/${listId}", "method": "get" },
                +       "urlParams": { "path": "/${listId}", "method": "GET" },
                invalid-value: Replace with `OFFSET` (preferred)
                -       "paginationParams": { "type": "OFSET", "limitName": "a", "limitValue": 1, "offSetName": "b" },
                +       "paginationParams": { "type": "OFFSET", "limitName": "a", "limitValue": 1, "offSetName": "b" },
            "#]],
        );
    }
}
