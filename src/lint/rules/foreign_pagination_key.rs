//! `foreign-pagination-key`: `paginationParams` has a key of another pagination type.

use crate::lint::schema::ViolationKind;
use crate::lint::{Diagnostic, Fix, Severity};
use crate::source::model::Pagination;
use crate::syntax::Node;

use super::{Context, Rule, pages};

pub(crate) const RULE: Rule = Rule {
    code: "foreign-pagination-key",
    severities: &[Severity::Warning],
    finds: "a key of another pagination type",
    why: "Each pagination type has its own keys in the documentation. That a key of another type has no effect is inferred.",
    at: "sourceSpec.attributes",
    wrong: r#""paginationParams": { "type": "POINTER", "pointerPath": "$.paging.next", "offSetName": "offset" }"#,
    right: r#""paginationParams": { "type": "POINTER", "pointerPath": "$.paging.next" }"#,
    link: pages::PAGINATION,
    every_kind: false,
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for violation in context.violations_for(RULE.code) {
        let (node, ViolationKind::OfAnotherType(key)) = (violation.node, &violation.kind) else { continue };
        let pagination_type = Pagination::new(node).type_node().and_then(Node::string).unwrap_or_default();
        for member in node.members().filter(|member| member.key.string().as_deref() == Some(key)) {
            let message = format!("`{key}` belongs to another pagination type than `{pagination_type}`; remove it");
            diagnostics.push(
                RULE.at(Severity::Warning, member.key.range(), message)
                    .with_offered_fixes(context, |writer| [Fix::remove(writer, member)]),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::lint::rules::tests::{batch, check_attributes, check_fixes};

    #[test]
    fn a_key_of_another_type_is_a_warning_and_one_of_no_type_is_unknown() {
        check_attributes(
            r#"      "paginationParams": { "type": "NONE", "limitName": "a", "pagingPath": "b" }"#,
            expect![[r#"
                "paginationParams": { "type": "NONE", "limitName": "a", "pagingPath": "b" }
                                                      ^^^^^^^^^^^ warning[foreign-pagination-key]: `limitName` belongs to another pagination type than `NONE`; remove it
                                                                        ^^^^^^^^^^^^ warning[unknown-key]: unknown key `pagingPath` in `sourceSpec.attributes.paginationParams`: no page and no live spec has it
            "#]],
        );
    }

    #[test]
    fn the_key_is_removed() {
        check_fixes(
            &batch(
                "      \"paginationParams\": {\n        \"type\": \"POINTER\",\n        \"pointerPath\": \"$.b\",\n        \"offSetName\": \"a\"\n      }",
            ),
            expect![[r#"
                foreign-pagination-key: Remove `offSetName` (preferred)
                -         "pointerPath": "$.b",
                -         "offSetName": "a"
                +         "pointerPath": "$.b"
            "#]],
        );
    }
}
