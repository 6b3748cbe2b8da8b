//! `pagination-keys`: the keys of `paginationParams` do not fit its type.

use crate::ide::schema::Mistake;
use crate::ide::{Diagnostic, Severity};
use crate::syntax::Node;

use super::{Context, Rule, head, or_list, pages, unknown_key};

pub(super) const RULE: Rule = Rule {
    code: "pagination-keys",
    severities: &[Severity::Error, Severity::Warning],
    finds: "a key that the kind of paging needs is missing (error), or a key belongs to another kind (warning)",
    why: "Each kind of paging has its own keys. Without one that it needs the next page cannot be asked for; one of another kind has no effect.",
    at: "sourceSpec.attributes",
    wrong: r#""paginationParams": { "type": "POINTER", "offSetName": "offset" }"#,
    right: r#""paginationParams": { "type": "POINTER", "pointerPath": "$.paging.next" }"#,
    link: pages::SOURCE_SPEC,
    every_kind: false,
    find,
};

/// Whether a node is the pagination of the source.
pub(super) fn is_about(node: Node<'_>) -> bool {
    node.as_part_of_member().is_some_and(|member| member.key.string().as_deref() == Some("paginationParams"))
        && node.pointer() == "/sourceSpec/attributes/paginationParams"
}

fn find(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for violation in context.violations().iter().filter(|violation| is_about(violation.node)) {
        let node = violation.node;
        let kind = node.get("type").and_then(Node::string).unwrap_or_default();
        match &violation.mistake {
            Mistake::Missing(key) if key == "type" && node.get("paginationType").is_some() => {}
            Mistake::Missing(key) if key == "type" => {
                let kinds = context.entry(node).key("type", None).closed_values();
                let list = or_list(kinds.iter().filter_map(|choice| choice.value.as_str()));
                found.push(RULE.at(
                    Severity::Error,
                    head(node),
                    format!("The kind of paging is missing: set `type` to {list}."),
                ));
            }
            Mistake::Missing(key) if !unknown_key::stands_for(context, node, key) => {
                let message = format!("`{kind}` paging needs `{key}`, which is missing.");
                found.push(RULE.at(Severity::Error, head(node), message));
            }
            Mistake::OfAnotherKind(key) if !is_unknown(context, node, key) => {
                for member in node.members().filter(|member| member.key.string().as_deref() == Some(key)) {
                    let message = format!("`{key}` belongs to another kind of paging than `{kind}`. Remove it.");
                    found.push(RULE.at(Severity::Warning, member.key.range(), message));
                }
            }
            _ => {}
        }
    }
}

/// A key that no kind has is reported as unknown.
fn is_unknown(context: &Context<'_>, node: Node<'_>, key: &str) -> bool {
    let entry = context.entry(node).key(key, None);
    entry.is_empty() || entry.is_deprecated()
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::ide::rules::tests::check_attributes;

    #[test]
    fn each_kind_has_its_keys() {
        for kind in ["OFFSET", "POINTER", "CONTINUATION_TOKEN", "PAGE", "NONE"] {
            let text = format!("      \"paginationParams\": {{ \"type\": \"{kind}\" }}");
            let expected = match kind {
                "OFFSET" => expect![[r#"
                          "paginationParams": { "type": "OFFSET" }
                          ^^^^^^^^^^^^^^^^^^ error[pagination-keys]: `OFFSET` paging needs `limitName`, which is missing.
                          ^^^^^^^^^^^^^^^^^^ error[pagination-keys]: `OFFSET` paging needs `limitValue`, which is missing.
                          ^^^^^^^^^^^^^^^^^^ error[pagination-keys]: `OFFSET` paging needs `offSetName`, which is missing.
                "#]],
                "POINTER" => expect![[r#"
                          "paginationParams": { "type": "POINTER" }
                          ^^^^^^^^^^^^^^^^^^ error[pagination-keys]: `POINTER` paging needs `pointerPath`, which is missing.
                "#]],
                "CONTINUATION_TOKEN" => expect![[r#"
                          "paginationParams": { "type": "CONTINUATION_TOKEN" }
                          ^^^^^^^^^^^^^^^^^^ error[pagination-keys]: `CONTINUATION_TOKEN` paging needs `continuationTokenPath`, which is missing.
                          ^^^^^^^^^^^^^^^^^^ error[pagination-keys]: `CONTINUATION_TOKEN` paging needs `parameterType`, which is missing.
                          ^^^^^^^^^^^^^^^^^^ error[pagination-keys]: `CONTINUATION_TOKEN` paging needs `parameterName`, which is missing.
                "#]],
                "PAGE" => expect![[r#"
                          "paginationParams": { "type": "PAGE" }
                          ^^^^^^^^^^^^^^^^^^ error[pagination-keys]: `PAGE` paging needs `limitName`, which is missing.
                          ^^^^^^^^^^^^^^^^^^ error[pagination-keys]: `PAGE` paging needs `limitValue`, which is missing.
                          ^^^^^^^^^^^^^^^^^^ error[pagination-keys]: `PAGE` paging needs `pageParamName`, which is missing.
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
                                                            ^^^^^^^^^^^ warning[pagination-keys]: `limitName` belongs to another kind of paging than `NONE`. Remove it.
                                                                              ^^^^^^^^^^^^ warning[unknown-key]: `pagingPath` is not known in `sourceSpec.attributes.paginationParams`: no page and no live spec shows it there.
            "#]],
        );
        check_attributes(
            r#"      "paginationParams": { "limitName": "a" }"#,
            expect![[r#"
                      "paginationParams": { "limitName": "a" }
                      ^^^^^^^^^^^^^^^^^^ error[pagination-keys]: The kind of paging is missing: set `type` to `OFFSET`, `POINTER`, `CONTINUATION_TOKEN`, `PAGE` or `NONE`.
            "#]],
        );
        check_attributes(
            r#"      "paginationParams": { "type": "OFFSET", "limitNam": "a", "limitValue": "1", "offsetName": "o" }"#,
            expect![[r#"
                      "paginationParams": { "type": "OFFSET", "limitNam": "a", "limitValue": "1", "offsetName": "o" }
                                                              ^^^^^^^^^^ warning[unknown-key]: `limitNam` is not known in `sourceSpec.attributes.paginationParams`. Did you mean `limitName`?
                                                                                                  ^^^^^^^^^^^^ warning[offset-spelling]: Every example and every answer of the API spells this key `offSetName`, with a capital S. Rename it.
            "#]],
        );
    }
}
