//! `foreign-pagination-key`: `paginationParams` has a key of another pagination type.

use serde_json::Value;

use crate::edit::writer::Writer;
use crate::lint::schema::ViolationKind;
use crate::lint::{Diagnostic, Fix, Severity, limit};
use crate::source::model::{Pagination, PaginationType};
use crate::syntax::Node;

use super::{Context, Rule, pages};

pub(crate) const RULE: Rule = Rule {
    code: "foreign-pagination-key",
    severities: &[Severity::Warning, Severity::Info],
    finds: "a key that is documented for other pagination types only: the page size (`limitName`, `limitValue`) and keys of another way to the next page (warning), a delay or an end condition (info)",
    why: "Adobe's pages list the keys of each pagination type. That the service ignores the keys of other types is inferred. A page size that is not sent becomes the default of the API, so send it as a query parameter of your own. A delay or an end condition may work with other types: nothing documents it.",
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
        let pagination = Pagination::new(node);
        let own = pagination.type_node().and_then(Node::string).unwrap_or_default();
        for member in node.members().filter(|member| member.key.string().as_deref() == Some(key)) {
            let (severity, message) = match key.as_str() {
                Pagination::LIMIT_NAME | Pagination::LIMIT_VALUE => (
                    Severity::Warning,
                    format!(
                        "`{key}` is not documented for `{own}`, so the page size may not be sent (inferred); move it to `queryParams`"
                    ),
                ),
                Pagination::DELAY_REQUEST_MILLIS | Pagination::END_CONDITION_NAME | Pagination::END_CONDITION_VALUE
                    if own != PaginationType::None.as_str() =>
                {
                    (
                        Severity::Info,
                        format!(
                            "`{key}` is documented for `{}` only; it may have no effect for `{own}`",
                            documented_for(key)
                        ),
                    )
                }
                _ => (
                    Severity::Warning,
                    format!(
                        "`{key}` belongs to another pagination type than `{own}` and has no effect (inferred); change the type, or remove it"
                    ),
                ),
            };
            diagnostics.push(RULE.at(severity, member.key.range(), message).with_offered_fixes(context, |writer| {
                let moved = limit_as_parameter(writer, pagination).filter(|_| key.starts_with("limit"));
                let is_only = moved.is_none() && severity == Severity::Warning;
                moved.into_iter().chain([Fix::remove(writer, member).likely_if(is_only)])
            }));
        }
    }
}

/// The only pagination type that a key without a part in finding the next page is documented for.
fn documented_for(key: &str) -> &'static str {
    let of_delay = key == Pagination::DELAY_REQUEST_MILLIS;
    if of_delay { PaginationType::ContinuationToken.as_str() } else { PaginationType::Offset.as_str() }
}

/// Moves name and value of the page size to `queryParams`.
fn limit_as_parameter(writer: &Writer<'_>, pagination: Pagination<'_>) -> Option<Fix> {
    let limit = limit::as_parameter(writer, pagination)?;
    let keys = [Pagination::LIMIT_NAME, Pagination::LIMIT_VALUE];
    let kept = pagination.node().members().filter_map(|member| {
        let key = member.key.string().filter(|key| !keys.contains(&key.as_ref()))?;
        Some((key.into_owned(), serde_json::from_str(member.value.text()).ok()?))
    });
    let rest = writer.replace(pagination.node(), &Value::Object(kept.collect()));
    Some(Fix::offered(format!("Move `{}` to `queryParams`", limit.label), [limit.edit, rest]))
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
                                                      ^^^^^^^^^^^ warning[foreign-pagination-key]: `limitName` is not documented for `NONE`, so the page size may not be sent (inferred); move it to `queryParams`
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
