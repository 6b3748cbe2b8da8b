//! `incomplete-end-condition`: the condition that ends pagination lacks a part, or differs in form from Adobe's examples.

use crate::lint::{Diagnostic, Fix, Severity};
use crate::source::model::{Pagination, Request};
use crate::source::placeholders::literal;
use crate::syntax::{Member, Node};

use super::{Context, Rule, missing_key, pages};

pub(crate) const RULE: Rule = Rule {
    code: "incomplete-end-condition",
    severities: &[Severity::Error, Severity::Warning],
    finds: "`endConditionName` without `endConditionValue` or vice versa (error), or a value that isn't `Const:` followed by the value that ends pagination (warning)",
    why: "Pagination ends when the value at `endConditionName` equals `endConditionValue`, so neither has an effect alone. Adobe's examples write `Const:false`. That pagination is done by [Data Factory's REST connector](https://learn.microsoft.com/en-us/azure/data-factory/connector-rest), which also knows `Empty`, `NonExist` and `Exist`, is inferred.",
    at: "sourceSpec.attributes.paginationParams",
    wrong: r#""type": "OFFSET", "limitName": "limit", "limitValue": 100, "offSetName": "offset",
"endConditionName": "$.hasMore""#,
    right: r#""type": "OFFSET", "limitName": "limit", "limitValue": 100, "offSetName": "offset",
"endConditionName": "$.hasMore", "endConditionValue": "Const:false""#,
    link: pages::PAGINATION,
    every_kind: false,
    check,
};

const PREFIX: &str = "Const:";

/// What Data Factory's connector knows besides constants.
const OTHER_CONDITIONS: [&str; 3] = ["Empty", "NonExist", "Exist"];

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    const NAME: &str = Pagination::END_CONDITION_NAME;
    const VALUE: &str = Pagination::END_CONDITION_VALUE;
    let Some(pagination) = context.request().and_then(Request::pagination) else { return };
    let name = pagination.end_condition_name().and_then(Node::as_part_of_member);
    let value = pagination.end_condition_value().and_then(Node::as_part_of_member);
    // Keys of another pagination type are reported as such.
    let is_allowed = || context.entry(pagination.node()).allowed_keys().is_none_or(|allowed| allowed.contains(&NAME));
    diagnostics.extend(match (name, value) {
        (None, None) => None,
        _ if !is_allowed() => None,
        (Some(name), None) => without_other(context, pagination.node(), name, [NAME, VALUE]),
        (None, Some(value)) => without_other(context, pagination.node(), value, [VALUE, NAME]),
        (Some(_), Some(value)) => without_prefix(context, value.value),
    });
}

fn without_other(
    context: &Context<'_>,
    pagination: Node<'_>,
    member: Member<'_>,
    [present, missing]: [&str; 2],
) -> Option<Diagnostic> {
    if context.known_keys(pagination).is_under_other_name(missing) {
        return None;
    }
    let message = format!("`{present}` has no effect without `{missing}`; add `{missing}` or remove `{present}`");
    Some(RULE.at(Severity::Error, member.key.range(), message).with_offered_fixes(context, |writer| {
        [missing_key::insertion_from_snippet(writer, pagination, missing), Fix::remove(writer, member)]
    }))
}

fn without_prefix(context: &Context<'_>, node: Node<'_>) -> Option<Diagnostic> {
    let text = literal(node)?;
    let constant = text.strip_prefix(PREFIX).filter(|constant| !constant.trim().is_empty());
    if constant.is_some_and(|constant| constant.trim() == constant)
        || OTHER_CONDITIONS.iter().any(|other| other.eq_ignore_ascii_case(&text))
    {
        return None;
    }
    let message = match constant {
        Some(_) => format!("space after `{PREFIX}`, which is part of the value that is compared (inferred); remove it"),
        None => format!("expected `{PREFIX}` and the value that ends pagination, such as `Const:false`"),
    };
    Some(RULE.at(Severity::Warning, node.part(&(0..text.len())), message).with_offered_fixes(context, |writer| {
        let has_prefix = text.get(..PREFIX.len()).is_some_and(|start| start.eq_ignore_ascii_case(PREFIX));
        let constant = if has_prefix { &text[PREFIX.len()..] } else { &text }.trim();
        let fixed = format!("{PREFIX}{constant}");
        (!constant.is_empty()).then(|| Fix::rename(writer, node, &fixed))
    }))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::lint::rules::tests::{batch, check_attributes, check_fixes};

    /// `OFFSET` pagination with these members.
    fn pagination(members: &str) -> String {
        format!(
            r#"      "paginationParams": {{
        "type": "OFFSET", "limitName": "l", "limitValue": 1, "offSetName": "o",
        {members}
      }}"#
        )
    }

    #[test]
    fn one_key_without_the_other_is_an_error() {
        check_attributes(
            &pagination(r#""endConditionName": "$.hasMore""#),
            expect![[r#"
                "paginationParams": {
                  "type": "OFFSET", "limitName": "l", "limitValue": 1, "offSetName": "o",
                  "endConditionName": "$.hasMore"
                  ^^^^^^^^^^^^^^^^^^ error[incomplete-end-condition]: `endConditionName` has no effect without `endConditionValue`; add `endConditionValue` or remove `endConditionName`
                }
            "#]],
        );
        check_attributes(
            &pagination(r#""endConditionValue": "Const:false""#),
            expect![[r#"
                "paginationParams": {
                  "type": "OFFSET", "limitName": "l", "limitValue": 1, "offSetName": "o",
                  "endConditionValue": "Const:false"
                  ^^^^^^^^^^^^^^^^^^^ error[incomplete-end-condition]: `endConditionValue` has no effect without `endConditionName`; add `endConditionName` or remove `endConditionValue`
                }
            "#]],
        );
        check_attributes(
            &pagination(r#""endConditionName": "$.hasMore", "endConditonValue": "Const:false""#),
            expect![[r#"
                "paginationParams": {
                  "type": "OFFSET", "limitName": "l", "limitValue": 1, "offSetName": "o",
                  "endConditionName": "$.hasMore", "endConditonValue": "Const:false"
                                                   ^^^^^^^^^^^^^^^^^^ warning[unknown-key]: unknown key `endConditonValue` in `sourceSpec.attributes.paginationParams`; did you mean `endConditionValue`?
                }
            "#]],
        );
        check_attributes(
            r#"      "paginationParams": { "type": "NONE", "endConditionName": "$.hasMore" }"#,
            expect![[r#"
                "paginationParams": { "type": "NONE", "endConditionName": "$.hasMore" }
                                                      ^^^^^^^^^^^^^^^^^^ warning[foreign-pagination-key]: `endConditionName` belongs to another pagination type than `NONE` and has no effect (inferred); change the type, or remove it
            "#]],
        );
    }

    #[test]
    fn a_value_without_prefix_is_a_warning() {
        for (value, expected) in [
            (
                "\"false\"",
                expect![[r#"
                    "paginationParams": {
                      "type": "OFFSET", "limitName": "l", "limitValue": 1, "offSetName": "o",
                      "endConditionName": "$.hasMore", "endConditionValue": "false"
                                                                             ^^^^^ warning[incomplete-end-condition]: expected `Const:` and the value that ends pagination, such as `Const:false`
                    }
                "#]],
            ),
            (
                "\"const:false\"",
                expect![[r#"
                    "paginationParams": {
                      "type": "OFFSET", "limitName": "l", "limitValue": 1, "offSetName": "o",
                      "endConditionName": "$.hasMore", "endConditionValue": "const:false"
                                                                             ^^^^^^^^^^^ warning[incomplete-end-condition]: expected `Const:` and the value that ends pagination, such as `Const:false`
                    }
                "#]],
            ),
            (
                "\"Const:\"",
                expect![[r#"
                    "paginationParams": {
                      "type": "OFFSET", "limitName": "l", "limitValue": 1, "offSetName": "o",
                      "endConditionName": "$.hasMore", "endConditionValue": "Const:"
                                                                             ^^^^^^ warning[incomplete-end-condition]: expected `Const:` and the value that ends pagination, such as `Const:false`
                    }
                "#]],
            ),
            (
                "false",
                expect![[r#"
                    "paginationParams": {
                      "type": "OFFSET", "limitName": "l", "limitValue": 1, "offSetName": "o",
                      "endConditionName": "$.hasMore", "endConditionValue": false
                                                                            ^^^^^ error[wrong-type]: expected a string, found a boolean; use `"Const:false"`
                    }
                "#]],
            ),
            (
                "\"Const:false\"",
                expect![[r#"
                "paginationParams": {
                  "type": "OFFSET", "limitName": "l", "limitValue": 1, "offSetName": "o",
                  "endConditionName": "$.hasMore", "endConditionValue": "Const:false"
                }
            "#]],
            ),
            (
                "\"Const:${listId}\"",
                expect![[r#"
                "paginationParams": {
                  "type": "OFFSET", "limitName": "l", "limitValue": 1, "offSetName": "o",
                  "endConditionName": "$.hasMore", "endConditionValue": "Const:${listId}"
                }
            "#]],
            ),
            (
                "\"Empty\"",
                expect![[r#"
                "paginationParams": {
                  "type": "OFFSET", "limitName": "l", "limitValue": 1, "offSetName": "o",
                  "endConditionName": "$.hasMore", "endConditionValue": "Empty"
                }
            "#]],
            ),
            (
                "\"\"",
                expect![[r#"
                    "paginationParams": {
                      "type": "OFFSET", "limitName": "l", "limitValue": 1, "offSetName": "o",
                      "endConditionName": "$.hasMore", "endConditionValue": ""
                                                                            ^^ error[empty-value]: empty `endConditionValue`; expected `Const:` and the value that ends pagination
                    }
                "#]],
            ),
        ] {
            let members = format!(r#""endConditionName": "$.hasMore", "endConditionValue": {value}"#);
            check_attributes(&pagination(&members), expected);
        }
    }

    #[test]
    fn the_other_key_or_the_prefix_is_added() {
        check_fixes(
            &batch(&pagination(r#""endConditionName": "$.hasMore""#)),
            expect![[r#"
                incomplete-end-condition: Add `endConditionValue` (preferred)
                -         "endConditionName": "$.hasMore"
                +         "endConditionName": "$.hasMore",
                +         "endConditionValue": "Const:false"
                incomplete-end-condition: Remove `endConditionName`
                -         "type": "OFFSET", "limitName": "l", "limitValue": 1, "offSetName": "o",
                -         "endConditionName": "$.hasMore"
                +         "type": "OFFSET", "limitName": "l", "limitValue": 1, "offSetName": "o"
            "#]],
        );
        check_fixes(
            &batch(&pagination(r#""endConditionValue": "Const:false""#)),
            expect![[r#"
                incomplete-end-condition: Add `endConditionName` (preferred)
                +         "endConditionName": "$.hasMore",
                incomplete-end-condition: Remove `endConditionValue`
                -         "type": "OFFSET", "limitName": "l", "limitValue": 1, "offSetName": "o",
                -         "endConditionValue": "Const:false"
                +         "type": "OFFSET", "limitName": "l", "limitValue": 1, "offSetName": "o"
            "#]],
        );
        let members = r#""endConditionName": "$.hasMore", "endConditionValue": "const:false""#;
        check_fixes(
            &batch(&pagination(members)),
            expect![[r#"
                incomplete-end-condition: Replace with `Const:false` (preferred)
                -         "endConditionName": "$.hasMore", "endConditionValue": "const:false"
                +         "endConditionName": "$.hasMore", "endConditionValue": "Const:false"
            "#]],
        );
    }
}
