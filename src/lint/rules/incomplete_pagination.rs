//! `incomplete-pagination`: `paginationParams` lacks a key that its type requires.

use crate::edit::writer::Writer;
use crate::lint::schema::ViolationKind;
use crate::lint::{Diagnostic, Fix, Severity};
use crate::source::model::{Pagination, Request};
use crate::spec::Json;
use crate::syntax::Node;

use super::{Context, Rule, head, missing_key, or_list, pages};

pub(crate) const RULE: Rule = Rule {
    code: "incomplete-pagination",
    severities: &[Severity::Error, Severity::Warning],
    finds: "a key that the pagination type requires is missing (error), `limitName` without `limitValue` or vice versa (warning)",
    why: "Each pagination type has its own keys. Without a key that it requires, the next page cannot be requested. Parameters that are empty altogether are rejected with `1316-400`.",
    at: "sourceSpec.attributes",
    wrong: r#""paginationParams": { "type": "POINTER" }"#,
    right: r#""paginationParams": { "type": "POINTER", "pointerPath": "$.paging.next" }"#,
    link: pages::PAGINATION,
    every_kind: false,
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let mut is_first = true;
    let pagination = context.request().and_then(Request::pagination);
    diagnostics.extend(pagination.and_then(|pagination| half_of_limit(context, pagination)));
    for violation in context.violations_for(RULE.code) {
        let (node, ViolationKind::Missing(key)) = (violation.node, &violation.kind) else { continue };
        if key == Pagination::TYPE {
            diagnostics.push(without_type(context, node));
            continue;
        }
        let pagination_type = Pagination::new(node).type_node().and_then(Node::string).unwrap_or_default();
        let message = format!("missing `{key}`, required for `{pagination_type}` pagination");
        let offers_all = std::mem::take(&mut is_first);
        diagnostics.push(
            RULE.at(Severity::Error, head(node), message)
                .with_offered_fixes(context, |writer| missing_key::insertions(context, writer, node, key, offers_all)),
        );
    }
}

/// `limitName` and `limitValue` of a type that requires neither: one of them has no effect.
fn half_of_limit(context: &Context<'_>, pagination: Pagination<'_>) -> Option<Diagnostic> {
    let node = pagination.node();
    let (present, missing) = match (pagination.limit_name(), pagination.limit_value()) {
        (Some(name), None) => (name, Pagination::LIMIT_VALUE),
        (None, Some(value)) => (value, Pagination::LIMIT_NAME),
        _ => return None,
    };
    let entry = context.entry(node);
    let is_optional =
        entry.allowed_keys().is_some_and(|allowed| allowed.contains(&missing)) && !entry.required().contains(&missing);
    let member = present
        .as_part_of_member()
        .filter(|_| is_optional && !context.known_keys(node).is_under_other_name(missing))?;
    let key = member.key.string().unwrap_or_default();
    let message = format!("`{key}` has no effect without `{missing}`; add `{missing}` or remove `{key}`");
    Some(RULE.at(Severity::Warning, member.key.range(), message).with_offered_fixes(context, |writer| {
        [missing_key::insertion_from_snippet(writer, node, missing), Fix::remove(writer, member)]
    }))
}

fn without_type(context: &Context<'_>, node: Node<'_>) -> Diagnostic {
    let entry = context.entry(node);
    let types = entry.key(Pagination::TYPE, None).allowed_values();
    let list = or_list(types.iter().filter_map(|choice| choice.value.as_str()));
    let message = format!("missing pagination type; set `type` to {list}");
    RULE.at(Severity::Error, head(node), message).with_offered_fixes(context, |writer| types_to_set(writer, node))
}

/// Each pagination type with the keys that it requires; first the type that has the most of the present keys.
fn types_to_set(writer: &Writer<'_>, node: Node<'_>) -> Vec<Fix> {
    let entry = writer.entry(node);
    let mut types: Vec<_> = entry.snippets().into_iter().map(|template| template.body).collect();
    let known = |body: &Json| {
        node.members().filter(|member| body.get(&member.key.string().unwrap_or_default()).is_some()).count()
    };
    types.sort_by_key(|body| std::cmp::Reverse(known(body)));
    let is_clear = types.len() > 1 && known(types[0]) > known(types[1]);
    let fix = |(index, body): (usize, &Json)| {
        let name = body.get(Pagination::TYPE).and_then(Json::as_str)?;
        let missing = body.members().filter(|(key, _)| node.get(key).is_none());
        let edits = writer.insert_keys(node, missing.map(|(key, value)| (key, Some(value.to_value()))));
        Some(Fix::offered(format!("Set `type` to `{name}`"), edits).likely_if(index == 0 && is_clear))
    };
    types.into_iter().enumerate().filter_map(fix).collect()
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::lint::rules::tests::{batch, check_attributes, check_fixes};

    #[test]
    fn each_pagination_type_requires_its_keys() {
        for name in ["OFFSET", "POINTER", "CONTINUATION_TOKEN", "PAGE", "NONE"] {
            let text = format!("      \"paginationParams\": {{ \"type\": \"{name}\" }}");
            let expected = match name {
                "OFFSET" => expect![[r#"
                    "paginationParams": { "type": "OFFSET" }
                    ^^^^^^^^^^^^^^^^^^ error[incomplete-pagination]: missing `limitName`, required for `OFFSET` pagination
                    ^^^^^^^^^^^^^^^^^^ error[incomplete-pagination]: missing `limitValue`, required for `OFFSET` pagination
                    ^^^^^^^^^^^^^^^^^^ error[incomplete-pagination]: missing `offSetName`, required for `OFFSET` pagination
                "#]],
                "POINTER" => expect![[r#"
                    "paginationParams": { "type": "POINTER" }
                    ^^^^^^^^^^^^^^^^^^ error[incomplete-pagination]: missing `pointerPath`, required for `POINTER` pagination
                "#]],
                "CONTINUATION_TOKEN" => expect![[r#"
                    "paginationParams": { "type": "CONTINUATION_TOKEN" }
                    ^^^^^^^^^^^^^^^^^^ error[incomplete-pagination]: missing `continuationTokenPath`, required for `CONTINUATION_TOKEN` pagination
                    ^^^^^^^^^^^^^^^^^^ error[incomplete-pagination]: missing `parameterType`, required for `CONTINUATION_TOKEN` pagination
                    ^^^^^^^^^^^^^^^^^^ error[incomplete-pagination]: missing `parameterName`, required for `CONTINUATION_TOKEN` pagination
                "#]],
                "PAGE" => expect![[r#"
                    "paginationParams": { "type": "PAGE" }
                    ^^^^^^^^^^^^^^^^^^ error[incomplete-pagination]: missing `limitName`, required for `PAGE` pagination
                    ^^^^^^^^^^^^^^^^^^ error[incomplete-pagination]: missing `limitValue`, required for `PAGE` pagination
                    ^^^^^^^^^^^^^^^^^^ error[incomplete-pagination]: missing `pageParamName`, required for `PAGE` pagination
                "#]],
                _ => expect![[r#"
                          "paginationParams": { "type": "NONE" }
                "#]],
            };
            check_attributes(&text, expected);
        }
    }

    #[test]
    fn a_missing_type_and_a_misspelled_key_are_reported_once() {
        check_attributes(
            r#"      "paginationParams": { "limitName": "a" }"#,
            expect![[r#"
                "paginationParams": { "limitName": "a" }
                ^^^^^^^^^^^^^^^^^^ error[incomplete-pagination]: missing pagination type; set `type` to `OFFSET`, `POINTER`, `CONTINUATION_TOKEN`, `PAGE` or `NONE`
            "#]],
        );
        check_attributes(
            r#"      "paginationParams": { "type": "OFFSET", "limitNam": "a", "limitValue": "1", "offsetName": "o" }"#,
            expect![[r#"
                "paginationParams": { "type": "OFFSET", "limitNam": "a", "limitValue": "1", "offsetName": "o" }
                                                        ^^^^^^^^^^ warning[unknown-key]: unknown key `limitNam` in `sourceSpec.attributes.paginationParams`; did you mean `limitName`?
                                                                                            ^^^^^^^^^^^^ warning[misspelled-offset-name]: `offsetName` is spelled `offSetName`, with a capital S, in every example and every API response
            "#]],
        );
    }

    #[test]
    fn missing_keys_are_added() {
        check_fixes(
            &batch(
                "      \"paginationParams\": {\n        \"type\": \"OFFSET\",\n        \"limitName\": \"a\",\n        \"pointerPath\": \"$.b\"\n      }",
            ),
            expect![[r#"
                incomplete-pagination: Add `limitValue` (preferred)
                +         "limitValue": 100,
                incomplete-pagination: Add all missing keys
                +         "limitValue": 100,
                +         "offSetName": "",
                incomplete-pagination: Add `offSetName` (preferred)
                +         "offSetName": "",
                foreign-pagination-key: Remove `pointerPath` (preferred)
                -         "limitName": "a",
                -         "pointerPath": "$.b"
                +         "limitName": "a"
            "#]],
        );
        check_fixes(
            &batch(
                "      \"paginationParams\": { \"limitName\": \"a\", \"limitValue\": 10, \"pageParamName\": \"p\" }",
            ),
            expect![[r#"
                incomplete-pagination: Set `type` to `PAGE` (preferred)
                -       "paginationParams": { "limitName": "a", "limitValue": 10, "pageParamName": "p" }
                +       "paginationParams": { "type": "PAGE", "limitName": "a", "limitValue": 10, "pageParamName": "p", "initialPageIndex": 1 }
            "#]],
        );
    }
}
