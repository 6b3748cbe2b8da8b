//! `incomplete-end-condition`: what stops paging is said by half, or in another form than Adobe's.

use serde_json::Value;

use crate::lint::Diagnostic;
use crate::lint::Fix;
use crate::lint::Severity;
use crate::source::placeholders::literal;
use crate::spec::Json;
use crate::syntax::{Member, Node};

use super::{Context, Rule, pages, unknown_key};

pub(crate) const RULE: Rule = Rule {
    code: "incomplete-end-condition",
    severities: &[Severity::Error, Severity::Warning],
    finds: "`endConditionName` without `endConditionValue` or the other way round (error), or a value that is not `Const:` with the value at which paging stops (warning)",
    why: "Paging stops once the value that `endConditionName` points to is the one of `endConditionValue`, so neither says anything alone. Adobe's examples write `Const:false`. That paging is done by [Data Factory's REST connector](https://learn.microsoft.com/en-us/azure/data-factory/connector-rest), which also knows `Empty`, `NonExist` and `Exist`, is inferred.",
    at: "sourceSpec.attributes.paginationParams",
    wrong: r#""type": "OFFSET", "limitName": "limit", "limitValue": 100, "offSetName": "offset",
"endConditionName": "$.hasMore""#,
    right: r#""type": "OFFSET", "limitName": "limit", "limitValue": 100, "offSetName": "offset",
"endConditionName": "$.hasMore", "endConditionValue": "Const:false""#,
    link: pages::SOURCE_SPEC,
    every_kind: false,
    check,
};

const NAME: &str = "endConditionName";
const VALUE: &str = "endConditionValue";
const MARK: &str = "Const:";

/// What the connector behind knows beside constants.
const OTHERS: [&str; 3] = ["Empty", "NonExist", "Exist"];

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(paging) = context.request().and_then(|request| request.pagination_params()) else { return };
    let member = |key: &str| paging.get(key).and_then(Node::as_part_of_member);
    let (name, value) = (member(NAME), member(VALUE));
    // Where another kind of paging is chosen, it is said that they do not belong there.
    let belong = || context.entry(paging).allowed_keys().is_none_or(|allowed| allowed.contains(&NAME));
    match (name, value) {
        (None, None) => {}
        _ if !belong() => {}
        (Some(there), None) => found.extend(half(context, paging, there, NAME, VALUE)),
        (None, Some(there)) => found.extend(half(context, paging, there, VALUE, NAME)),
        (Some(_), Some(value)) => found.extend(form(context, value.value)),
    }
}

fn half(context: &Context<'_>, paging: Node<'_>, member: Member<'_>, there: &str, missing: &str) -> Option<Diagnostic> {
    if unknown_key::has_alias(context, paging, missing) {
        return None;
    }
    let message = format!("`{there}` says nothing without `{missing}`. Add it, or remove `{there}`.");
    let mut diagnostic = RULE.at(Severity::Error, member.key.range(), message);
    let entry = context.entry(paging);
    context.fix(&mut diagnostic, |writer| {
        let templates = entry.snippets();
        let value =
            templates.iter().find_map(|template| template.body.get(missing)).map_or(Value::Null, Json::to_value);
        [
            Fix::offered(format!("Insert `{missing}`"), [writer.insert_key(paging, &entry, missing, &value)]),
            Fix::offered(format!("Remove `{there}`"), [writer.remove(member.node)]),
        ]
    });
    Some(diagnostic)
}

fn form(context: &Context<'_>, node: Node<'_>) -> Option<Diagnostic> {
    let text = literal(node)?;
    let is_known = text.strip_prefix(MARK).is_some_and(|constant| !constant.trim().is_empty());
    if is_known || OTHERS.iter().any(|other| other.eq_ignore_ascii_case(&text)) {
        return None;
    }
    let message = format!("The value at which paging stops is written behind `{MARK}`, as in `Const:false`.");
    let mut diagnostic = RULE.at(Severity::Warning, node.part(&(0..text.len())), message);
    context.fix(&mut diagnostic, |writer| {
        let is_marked = text.get(..MARK.len()).is_some_and(|start| start.eq_ignore_ascii_case(MARK));
        let constant = if is_marked { &text[MARK.len()..] } else { &text }.trim();
        let right = format!("{MARK}{constant}");
        (!constant.is_empty()).then(|| Fix::offered(format!("Write `{right}`"), [writer.rename(node, &right)]))
    });
    Some(diagnostic)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::lint::rules::tests::{batch, check_attributes, check_fixes};

    /// `OFFSET` paging with these members.
    fn paging(members: &str) -> String {
        format!(
            r#"      "paginationParams": {{
        "type": "OFFSET", "limitName": "l", "limitValue": 1, "offSetName": "o",
        {members}
      }}"#
        )
    }

    #[test]
    fn one_without_the_other() {
        check_attributes(
            &paging(r#""endConditionName": "$.hasMore""#),
            expect![[r#"
            "paginationParams": {
              "type": "OFFSET", "limitName": "l", "limitValue": 1, "offSetName": "o",
              "endConditionName": "$.hasMore"
              ^^^^^^^^^^^^^^^^^^ error[incomplete-end-condition]: `endConditionName` says nothing without `endConditionValue`. Add it, or remove `endConditionName`.
            }
        "#]],
        );
        check_attributes(
            &paging(r#""endConditionValue": "Const:false""#),
            expect![[r#"
            "paginationParams": {
              "type": "OFFSET", "limitName": "l", "limitValue": 1, "offSetName": "o",
              "endConditionValue": "Const:false"
              ^^^^^^^^^^^^^^^^^^^ error[incomplete-end-condition]: `endConditionValue` says nothing without `endConditionName`. Add it, or remove `endConditionValue`.
            }
        "#]],
        );
        check_attributes(
            &paging(r#""endConditionName": "$.hasMore", "endConditonValue": "Const:false""#),
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
                                                      ^^^^^^^^^^^^^^^^^^ warning[incomplete-pagination]: `endConditionName` belongs to another kind of paging than `NONE`. Remove it.
            "#]],
        );
    }

    #[test]
    fn values_in_another_form() {
        for (value, expected) in [
            (
                "\"false\"",
                expect![[r#"
                "paginationParams": {
                  "type": "OFFSET", "limitName": "l", "limitValue": 1, "offSetName": "o",
                  "endConditionName": "$.hasMore", "endConditionValue": "false"
                                                                         ^^^^^ warning[incomplete-end-condition]: The value at which paging stops is written behind `Const:`, as in `Const:false`.
                }
            "#]],
            ),
            (
                "\"const:false\"",
                expect![[r#"
                "paginationParams": {
                  "type": "OFFSET", "limitName": "l", "limitValue": 1, "offSetName": "o",
                  "endConditionName": "$.hasMore", "endConditionValue": "const:false"
                                                                         ^^^^^^^^^^^ warning[incomplete-end-condition]: The value at which paging stops is written behind `Const:`, as in `Const:false`.
                }
            "#]],
            ),
            (
                "\"Const:\"",
                expect![[r#"
                "paginationParams": {
                  "type": "OFFSET", "limitName": "l", "limitValue": 1, "offSetName": "o",
                  "endConditionName": "$.hasMore", "endConditionValue": "Const:"
                                                                         ^^^^^^ warning[incomplete-end-condition]: The value at which paging stops is written behind `Const:`, as in `Const:false`.
                }
            "#]],
            ),
            (
                "false",
                expect![[r#"
                    "paginationParams": {
                      "type": "OFFSET", "limitName": "l", "limitValue": 1, "offSetName": "o",
                      "endConditionName": "$.hasMore", "endConditionValue": false
                                                                            ^^^^^ error[wrong-type]: expected a string, found a boolean; add double quotes
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
                }
            "#]],
            ),
        ] {
            let members = format!(r#""endConditionName": "$.hasMore", "endConditionValue": {value}"#);
            check_attributes(&paging(&members), expected);
        }
    }

    #[test]
    fn the_other_half_or_the_mark_is_added() {
        check_fixes(
            &batch(&paging(r#""endConditionName": "$.hasMore""#)),
            expect![[r#"
            incomplete-end-condition: Insert `endConditionValue` (preferred)
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
            &batch(&paging(r#""endConditionValue": "Const:false""#)),
            expect![[r#"
            incomplete-end-condition: Insert `endConditionName` (preferred)
            +         "endConditionName": "$.hasMore",
            incomplete-end-condition: Remove `endConditionValue`
            -         "type": "OFFSET", "limitName": "l", "limitValue": 1, "offSetName": "o",
            -         "endConditionValue": "Const:false"
            +         "type": "OFFSET", "limitName": "l", "limitValue": 1, "offSetName": "o"
        "#]],
        );
        let members = r#""endConditionName": "$.hasMore", "endConditionValue": "const:false""#;
        check_fixes(
            &batch(&paging(members)),
            expect![[r#"
            incomplete-end-condition: Write `Const:false` (preferred)
            -         "endConditionName": "$.hasMore", "endConditionValue": "const:false"
            +         "endConditionName": "$.hasMore", "endConditionValue": "Const:false"
        "#]],
        );
    }
}
