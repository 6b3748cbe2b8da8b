//! `incomplete-pagination`: the keys of `paginationParams` do not fit its type.

use crate::edit::writer::Writer;
use crate::lint::Diagnostic;
use crate::lint::Fix;
use crate::lint::Severity;
use crate::lint::schema::Mistake;
use crate::spec::{Entry, Json};
use crate::syntax::Node;

use super::{Context, Rule, head, missing_key, or_list, pages, unknown_key};

pub(crate) const RULE: Rule = Rule {
    code: "incomplete-pagination",
    severities: &[Severity::Error, Severity::Warning],
    finds: "a key that the kind of paging needs is missing (error), or a key belongs to another kind (warning)",
    why: "Each kind of paging has its own keys. Without one that it needs the next page cannot be asked for; one of another kind has no effect.",
    at: "sourceSpec.attributes",
    wrong: r#""paginationParams": { "type": "POINTER", "offSetName": "offset" }"#,
    right: r#""paginationParams": { "type": "POINTER", "pointerPath": "$.paging.next" }"#,
    link: pages::SOURCE_SPEC,
    every_kind: false,
    check,
};

/// Whether a node is the pagination of the source.
pub(crate) fn is_about(node: Node<'_>) -> bool {
    node.as_part_of_member().is_some_and(|member| member.key.string().as_deref() == Some("paginationParams"))
        && node.pointer() == "/sourceSpec/attributes/paginationParams"
}

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut first = true;
    for violation in context.violations().iter().filter(|violation| is_about(violation.node)) {
        let node = violation.node;
        let kind = node.get("type").and_then(Node::string).unwrap_or_default();
        match &violation.mistake {
            Mistake::Missing(key) if key == "type" && node.get("paginationType").is_some() => {}
            Mistake::Missing(key) if key == "type" => found.push(without_kind(context, node)),
            Mistake::Missing(key) if !unknown_key::has_alias(context, node, key) => {
                let message = format!("`{kind}` paging needs `{key}`, which is missing.");
                let mut diagnostic = RULE.at(Severity::Error, head(node), message);
                let is_first = std::mem::take(&mut first);
                context.fix(&mut diagnostic, |writer| missing_key::insertions(context, writer, node, key, is_first));
                found.push(diagnostic);
            }
            Mistake::OfAnotherKind(key) if !is_unknown(context, node, key) => {
                for member in node.members().filter(|member| member.key.string().as_deref() == Some(key)) {
                    let message = format!("`{key}` belongs to another kind of paging than `{kind}`. Remove it.");
                    let mut diagnostic = RULE.at(Severity::Warning, member.key.range(), message);
                    context.fix(&mut diagnostic, |writer| {
                        [Fix::offered(format!("Remove `{key}`"), [writer.remove(member.node)])]
                    });
                    found.push(diagnostic);
                }
            }
            _ => {}
        }
    }
}

fn without_kind(context: &Context<'_>, node: Node<'_>) -> Diagnostic {
    let entry = context.entry(node);
    let kinds = entry.key("type", None).allowed_values();
    let list = or_list(kinds.iter().filter_map(|choice| choice.value.as_str()));
    let message = format!("The kind of paging is missing: set `type` to {list}.");
    let mut diagnostic = RULE.at(Severity::Error, head(node), message);
    context.fix(&mut diagnostic, |writer| kinds_to_set(writer, node, &entry));
    diagnostic
}

/// Each kind of paging, with the keys that it needs; the one that has the most of those that are there comes first.
fn kinds_to_set(writer: &Writer<'_>, node: Node<'_>, entry: &Entry) -> Vec<Fix> {
    let mut kinds: Vec<_> = entry.snippets().into_iter().map(|template| template.body).collect();
    let known = |kind: &Json| {
        node.members().filter(|member| kind.get(&member.key.string().unwrap_or_default()).is_some()).count()
    };
    kinds.sort_by_key(|kind| std::cmp::Reverse(known(kind)));
    let is_clear = kinds.len() > 1 && known(kinds[0]) > known(kinds[1]);
    let fix = |(index, kind): (usize, &Json)| {
        let name = kind.get("type").and_then(Json::as_str)?;
        let missing = kind.members().filter(|(key, _)| node.get(key).is_none());
        let edits = writer.insert_keys(node, entry, missing.map(|(key, value)| (key, Some(value.to_value()))));
        let title = format!("Set `type` to `{name}`");
        Some(if index == 0 && is_clear { Fix::offered(title, edits) } else { Fix::possible(title, edits) })
    };
    kinds.into_iter().enumerate().filter_map(fix).collect()
}

/// A key that no kind has is reported as unknown.
fn is_unknown(context: &Context<'_>, node: Node<'_>, key: &str) -> bool {
    let entry = context.entry(node).key(key, None);
    entry.is_empty() || entry.is_deprecated()
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::lint::rules::tests::{batch, check_attributes, check_fixes};

    #[test]
    fn each_kind_has_its_keys() {
        for kind in ["OFFSET", "POINTER", "CONTINUATION_TOKEN", "PAGE", "NONE"] {
            let text = format!("      \"paginationParams\": {{ \"type\": \"{kind}\" }}");
            let expected = match kind {
                "OFFSET" => expect![[r#"
                          "paginationParams": { "type": "OFFSET" }
                          ^^^^^^^^^^^^^^^^^^ error[incomplete-pagination]: `OFFSET` paging needs `limitName`, which is missing.
                          ^^^^^^^^^^^^^^^^^^ error[incomplete-pagination]: `OFFSET` paging needs `limitValue`, which is missing.
                          ^^^^^^^^^^^^^^^^^^ error[incomplete-pagination]: `OFFSET` paging needs `offSetName`, which is missing.
                "#]],
                "POINTER" => expect![[r#"
                          "paginationParams": { "type": "POINTER" }
                          ^^^^^^^^^^^^^^^^^^ error[incomplete-pagination]: `POINTER` paging needs `pointerPath`, which is missing.
                "#]],
                "CONTINUATION_TOKEN" => expect![[r#"
                          "paginationParams": { "type": "CONTINUATION_TOKEN" }
                          ^^^^^^^^^^^^^^^^^^ error[incomplete-pagination]: `CONTINUATION_TOKEN` paging needs `continuationTokenPath`, which is missing.
                          ^^^^^^^^^^^^^^^^^^ error[incomplete-pagination]: `CONTINUATION_TOKEN` paging needs `parameterType`, which is missing.
                          ^^^^^^^^^^^^^^^^^^ error[incomplete-pagination]: `CONTINUATION_TOKEN` paging needs `parameterName`, which is missing.
                "#]],
                "PAGE" => expect![[r#"
                          "paginationParams": { "type": "PAGE" }
                          ^^^^^^^^^^^^^^^^^^ error[incomplete-pagination]: `PAGE` paging needs `limitName`, which is missing.
                          ^^^^^^^^^^^^^^^^^^ error[incomplete-pagination]: `PAGE` paging needs `limitValue`, which is missing.
                          ^^^^^^^^^^^^^^^^^^ error[incomplete-pagination]: `PAGE` paging needs `pageParamName`, which is missing.
                "#]],
                _ => expect![[r#"
                          "paginationParams": { "type": "NONE" }
                "#]],
            };
            check_attributes(&text, expected);
        }
    }

    #[test]
    fn keys_of_another_kind_and_no_kind() {
        check_attributes(
            r#"      "paginationParams": { "type": "NONE", "limitName": "a", "pagingPath": "b" }"#,
            expect![[r#"
                "paginationParams": { "type": "NONE", "limitName": "a", "pagingPath": "b" }
                                                      ^^^^^^^^^^^ warning[incomplete-pagination]: `limitName` belongs to another kind of paging than `NONE`. Remove it.
                                                                        ^^^^^^^^^^^^ warning[unknown-key]: unknown key `pagingPath` in `sourceSpec.attributes.paginationParams`: no page and no live spec has it
            "#]],
        );
        check_attributes(
            r#"      "paginationParams": { "limitName": "a" }"#,
            expect![[r#"
                      "paginationParams": { "limitName": "a" }
                      ^^^^^^^^^^^^^^^^^^ error[incomplete-pagination]: The kind of paging is missing: set `type` to `OFFSET`, `POINTER`, `CONTINUATION_TOKEN`, `PAGE` or `NONE`.
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
    fn keys_are_added_and_removed() {
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
                incomplete-pagination: Remove `pointerPath` (preferred)
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
