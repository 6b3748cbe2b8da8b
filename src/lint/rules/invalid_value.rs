//! `invalid-value`: a value outside of a closed set.

use serde_json::Value;

use crate::edit::writer::Writer;
use crate::lint::Diagnostic;
use crate::lint::Fix;
use crate::lint::Severity;
use crate::lint::schema::Mistake;
use crate::spec::spelling;
use crate::syntax::{Kind, Node};

use super::{Context, Rule, is_template_text, or_list, pages, provider_mismatch};

pub(crate) const RULE: Rule = Rule {
    code: "invalid-value",
    severities: &[Severity::Error, Severity::Warning],
    finds: "a value outside of a closed set: the method, the kind of paging, of a parameter or schedule, a JSON schema type; a `type` that is all but one of the two",
    why: "The documentation lists all values that this key can have, so nothing can be made of another one.",
    at: "sourceSpec.attributes",
    wrong: r#""urlParams": { "path": "/items", "method": "FETCH" }"#,
    right: r#""urlParams": { "path": "/items", "method": "GET" }"#,
    link: pages::SOURCE_SPEC,
    every_kind: false,
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for violation in context.violations() {
        let node = violation.node;
        let (severity, allowed) = match &violation.mistake {
            // Tables of Adobe's pages write some of these in small letters.
            Mistake::NotAmong(allowed) if capitals_of(context, node, allowed).is_some() => {
                (Severity::Warning, allowed.clone())
            }
            Mistake::NotAmong(allowed) => (Severity::Error, allowed.clone()),
            Mistake::NotTheConstant(_) if provider_mismatch::is_about(node) => continue,
            // The type decides which rules apply; it was close enough to guess, so it is not sure to be wrong.
            Mistake::NotTheConstant(constant) => (Severity::Warning, vec![constant.clone()]),
            _ => continue,
        };
        // A value of another JSON type is `wrong-type`.
        if node.kind() != Kind::String || is_template_text(node) {
            continue;
        }
        let entry = context.entry(node);
        let message = match capitals_of(context, node, &allowed) {
            Some(right) => format!("`{}` is written `{right}` in every example. Replace it.", key_of(node)),
            None => message(node, &allowed),
        };
        let mut diagnostic = RULE.at(severity, node.range(), message);
        diagnostic.link = entry.link().unwrap_or(RULE.link);
        let capitals = capitals_of(context, node, &allowed);
        context.fix(&mut diagnostic, |writer| {
            fixes(writer, node, &allowed, capitals).into_iter().chain(without(context, writer, node))
        });
        found.push(diagnostic);
    }
}

/// Each allowed value, the nearest first.
fn fixes(writer: &Writer<'_>, node: Node<'_>, allowed: &[Value], capitals: Option<&str>) -> Vec<Fix> {
    let replace = |right: &str| (format!("Replace by `{right}`"), [writer.rename(node, right)]);
    if let Some((title, edits)) = capitals.map(replace) {
        return vec![Fix::safe(title, edits)];
    }
    let text = node.string().unwrap_or_default();
    let mut names: Vec<&str> = allowed.iter().filter_map(Value::as_str).collect();
    let meant = spelling::closest(&text, names.iter().copied()).or_else(|| short_for(&text, &names));
    let lower = text.to_lowercase();
    names.sort_by_key(|name| (Some(*name) != meant, spelling::distance(&lower, &name.to_lowercase())));
    let fix = |name: &str| {
        let (title, edits) = replace(name);
        if Some(name) == meant { Fix::offered(title, edits) } else { Fix::possible(title, edits) }
    };
    names.into_iter().map(fix).collect()
}

/// Each value that a text can be replaced by, the nearest first.
pub(crate) fn replacements(writer: &Writer<'_>, node: Node<'_>, allowed: &[Value]) -> Vec<Fix> {
    fixes(writer, node, allowed, None)
}

/// A key that nothing needs can go.
fn without(context: &Context<'_>, writer: &Writer<'_>, node: Node<'_>) -> Option<Fix> {
    let member = node.as_part_of_member()?;
    let (object, key) = (member.node.parent()?, member.key.string()?);
    let is_needed = context.entry(object).required_and_expected().contains(&&*key);
    (!is_needed).then(|| Fix::possible(format!("Remove `{key}`"), [writer.remove(member.node)]))
}

/// The only value that begins like this: `integer` for `int`.
fn short_for<'n>(text: &str, names: &[&'n str]) -> Option<&'n str> {
    let mut longer = names.iter().filter(|name| text.len() > 2 && name.starts_with(text));
    longer.next().copied().filter(|_| longer.next().is_none())
}

/// The allowed value that only differs in its capitals. In a JSON schema these are no question of taste.
fn capitals_of<'v>(context: &Context<'_>, node: Node<'_>, allowed: &'v [Value]) -> Option<&'v str> {
    let text = node.string()?;
    let object = node.as_part_of_member()?.node.parent()?;
    let is_loose = !context.entry(object).is_embedded_schema();
    allowed.iter().filter_map(Value::as_str).find(|right| is_loose && right.eq_ignore_ascii_case(&text))
}

fn key_of(node: Node<'_>) -> String {
    let key = std::iter::once(node).chain(node.ancestors()).find_map(|node| node.as_part_of_member()?.key.string());
    key.unwrap_or_default().into_owned()
}

/// A sentence that lists what is allowed.
pub(crate) fn message(node: Node<'_>, allowed: &[Value]) -> String {
    let names: Vec<&str> = allowed.iter().filter_map(Value::as_str).collect();
    let key = key_of(node);
    let list = or_list(names.iter().copied());
    match spelling::closest(&node.string().unwrap_or_default(), names.iter().copied()) {
        Some(meant) if names.len() > 1 => format!("`{key}` must be {list}. Did you mean `{meant}`?"),
        _ => format!("`{key}` must be {list}."),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::lint::rules::tests::{batch, check, check_attributes, check_fixes};

    #[test]
    fn closed_sets() {
        check_attributes(
            r#"      "urlParams": { "path": "/", "method": "get" },
      "paginationParams": { "type": "offset" },
      "scheduleParams": { "type": "simple" }"#,
            expect![[r#"
                      "urlParams": { "path": "/", "method": "get" },
                                                            ^^^^^ warning[invalid-value]: `method` is written `GET` in every example. Replace it.
                      "paginationParams": { "type": "offset" },
                                                    ^^^^^^^^ warning[invalid-value]: `type` is written `OFFSET` in every example. Replace it.
                      "scheduleParams": { "type": "simple" }
                                                  ^^^^^^^^ error[invalid-value]: `type` must be `ADVANCE`.
            "#]],
        );
    }

    #[test]
    fn types_of_embedded_schemas() {
        check_attributes(
            r#"      "spec": { "properties": { "a": { "type": "scheduling" }, "b": { "type": ["string", "text"] }, "c": { "items": { "type": "int" } } } }"#,
            expect![[r#"
                "spec": { "properties": { "a": { "type": "scheduling" }, "b": { "type": ["string", "text"] }, "c": { "items": { "type": "int" } } } }
                ^^^^^^ warning[unknown-key]: `spec` belongs one level up; move it to `spec` of `sourceSpec`
                                                         ^^^^^^^^^^^^ error[invalid-value]: `type` must be `string`, `integer`, `number`, `boolean`, `object`, `array` or `null`.
                                                                                                   ^^^^^^ error[invalid-value]: `type` must be `string`, `integer`, `number`, `boolean`, `object`, `array` or `null`.
                                                                                                                                        ^^^^^ error[invalid-value]: `type` must be `string`, `integer`, `number`, `boolean`, `object`, `array` or `null`.
            "#]],
        );
    }

    #[test]
    fn a_type_that_is_all_but_one_of_the_two() {
        check(
            r#"{ "type": "generic-rset", "name": "a", "providerId": "0ed90a81-07f4-4586-8190-b40eccef1c5a" }"#,
            expect![[r#"
                { "type": "generic-rset", "name": "a", "providerId": "0ed90a81-07f4-4586-8190-b40eccef1c5a" }
                ^ warning[missing-key]: missing `description` in the spec; Adobe's template has it
                ^ warning[missing-key]: missing `version` in the spec; Adobe's template has it
                ^ warning[missing-key]: missing `authSpec` in the spec; Adobe's template has it
                ^ warning[missing-key]: missing `sourceSpec` in the spec; Adobe's template has it
                ^ warning[missing-key]: missing `exploreSpec` in the spec; Adobe's template has it
                ^ warning[missing-key]: missing `attributes` in the spec; Adobe's template has it
                          ^^^^^^^^^^^^^^ warning[invalid-value]: `type` must be `generic-rest`.
            "#]],
        );
    }

    #[test]
    fn is_replaced_by_each_allowed_value() {
        check_fixes(
            &batch(
                r#"      "urlParams": { "path": "/${listId}", "method": "get" },
      "paginationParams": { "type": "OFSET", "limitName": "a", "limitValue": 1, "offSetName": "b" },
      "scheduleParams": { "type": "simple" }"#,
            )
            .replace(r#""listId": { "type": "string" }"#, r#""listId": { "type": "int" }"#),
            expect![[r#"
                invalid-value: Replace by `integer` (preferred)
                -     "spec": { "type": "object", "properties": { "listId": { "type": "int" } } },
                +     "spec": { "type": "object", "properties": { "listId": { "type": "integer" } } },
                invalid-value: Replace by `string`
                -     "spec": { "type": "object", "properties": { "listId": { "type": "int" } } },
                +     "spec": { "type": "object", "properties": { "listId": { "type": "string" } } },
                invalid-value: Replace by `null`
                -     "spec": { "type": "object", "properties": { "listId": { "type": "int" } } },
                +     "spec": { "type": "object", "properties": { "listId": { "type": "null" } } },
                invalid-value: Replace by `object`
                -     "spec": { "type": "object", "properties": { "listId": { "type": "int" } } },
                +     "spec": { "type": "object", "properties": { "listId": { "type": "object" } } },
                invalid-value: Replace by `array`
                -     "spec": { "type": "object", "properties": { "listId": { "type": "int" } } },
                +     "spec": { "type": "object", "properties": { "listId": { "type": "array" } } },
                invalid-value: Replace by `number`
                -     "spec": { "type": "object", "properties": { "listId": { "type": "int" } } },
                +     "spec": { "type": "object", "properties": { "listId": { "type": "number" } } },
                invalid-value: Replace by `boolean`
                -     "spec": { "type": "object", "properties": { "listId": { "type": "int" } } },
                +     "spec": { "type": "object", "properties": { "listId": { "type": "boolean" } } },
                invalid-value: Remove `type`
                -     "spec": { "type": "object", "properties": { "listId": { "type": "int" } } },
                +     "spec": { "type": "object", "properties": { "listId": {} } },
                invalid-value: Replace by `GET` (preferred)
                -       "urlParams": { "path": "/${listId}", "method": "get" },
                +       "urlParams": { "path": "/${listId}", "method": "GET" },
                invalid-value: Replace by `OFFSET` (preferred)
                -       "paginationParams": { "type": "OFSET", "limitName": "a", "limitValue": 1, "offSetName": "b" },
                +       "paginationParams": { "type": "OFFSET", "limitName": "a", "limitValue": 1, "offSetName": "b" },
                invalid-value: Remove `type`
                -       "scheduleParams": { "type": "simple" }
                +       "scheduleParams": {}
            "#]],
        );
    }
}
