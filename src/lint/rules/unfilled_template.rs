//! `unfilled-template`: a placeholder of Adobe's template that the author did not replace.

use std::ops::Range;

use crate::lint::{Diagnostic, Severity};
use crate::source::model::Schema;
use crate::source::template_placeholders;
use crate::spec::Json;
use crate::syntax::Node;

use super::{Context, Rule, pages};

pub(crate) const RULE: Rule = Rule {
    code: "unfilled-template",
    severities: &[Severity::Warning],
    finds: "unfilled placeholders of Adobe's template: `{DESCRIPTION}` and other values in braces and capitals",
    why: "Adobe's templates have placeholders such as `{DESCRIPTION}` that the author replaces. The service uses them as is, so users of the source see them or the request fails. `{SCHEDULE_QUERY}`, `{START_TIME}` and `{END_TIME}` are not template placeholders where the service replaces them.",
    at: "",
    wrong: r#""description": "{DESCRIPTION}""#,
    right: r#""description": "Orders of the ACME shop""#,
    link: pages::CREATE,
    every_kind: false,
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for node in context.strings_with_brace().iter().copied() {
        let is_key = node.as_part_of_member().is_some_and(|member| member.key == node);
        for range in template_placeholders::in_string(node) {
            if is_key || context.entry(node).is_set_by_service() || is_replaced_here(context, node, &range) {
                continue;
            }
            if range != node.inner() && is_help_text(context, node) {
                continue;
            }
            let text = &context.tree.source()[range.clone()];
            let message = match crate::spec::variable_description(text.trim_matches(['{', '}'])) {
                Some(description) => format!("`{text}` is not replaced here. {description}"),
                None => {
                    let example = example(context, node, range == node.inner());
                    format!("unfilled template placeholder `{text}`; replace it with your own value{example}")
                }
            };
            diagnostics.push(RULE.at(Severity::Warning, range, message));
        }
    }
}

/// Whether this explains an input to users: a word in braces may be a part of the explanation.
fn is_help_text(context: &Context<'_>, node: Node<'_>) -> bool {
    let schema = node.enclosing_object().filter(|object| context.entry(*object).is_embedded_schema());
    schema.is_some() && [Schema::DESCRIPTION, Schema::TITLE].iter().any(|key| node.is_value_of(key))
}

/// An example of the value, or else what the vocabulary says about it.
fn example(context: &Context<'_>, node: Node<'_>, is_complete: bool) -> String {
    let entry = context.entry(node);
    let example = entry.examples().into_iter().find_map(Json::as_str);
    // What the vocabulary says about keys of the author's own explains nothing.
    let is_known = node.as_part_of_member().is_some_and(|member| {
        let (object, key) = (node.enclosing_object(), member.key.string().unwrap_or_default());
        object.is_some_and(|object| context.entry(object).keys().contains(&key.as_ref()))
    });
    let sentence = || entry.description()?.split_inclusive(". ").next().map(str::trim_end).filter(|_| is_known);
    match (example, is_complete) {
        (Some(example), true) => format!(", such as `{example}`"),
        (Some(example), false) => format!(", so that the whole is like `{example}`"),
        (None, _) => sentence().map_or_else(String::new, |sentence| format!(". {sentence}")),
    }
}

/// Whether the service replaces this word here.
fn is_replaced_here(context: &Context<'_>, node: Node<'_>, range: &Range<usize>) -> bool {
    let text = context.tree.source()[range.clone()].trim_matches(['{', '}']);
    let is_replaced_in = |node: Node<'_>| context.entry(node).variables().iter().any(|(word, _)| *word == text);
    // Values inside a body are the author's own, so the vocabulary describes only the body.
    crate::spec::variable_description(text).is_some() && node.self_and_ancestors().any(is_replaced_in)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::lint::rules::tests::check_attributes;

    #[test]
    fn placeholders_are_reported_in_any_value() {
        check_attributes(
            r#"      "urlParams": { "host": "https://{MY_HOST}/", "path": "{RESOURCE_PATH}", "method": "{GET or POST}" },
      "contentPath": { "path": "$.a", "skipAttributes": "{SKIPPED}" },
      "headerParams": { "x": "${listId}", "y": "@{concat('{AB}')}" }"#,
            expect![[r#"
                "urlParams": { "host": "https://{MY_HOST}/", "path": "{RESOURCE_PATH}", "method": "{GET or POST}" },
                                                ^^^^^^^^^ warning[unfilled-template]: unfilled template placeholder `{MY_HOST}`; replace it with your own value, so that the whole is like `https://${domain}.api.mailchimp.com`
                                                                      ^^^^^^^^^^^^^^^ warning[unfilled-template]: unfilled template placeholder `{RESOURCE_PATH}`; replace it with your own value, such as `/3.0/lists/${listId}/members`
                                                                                                   ^^^^^^^^^^^^^ warning[unfilled-template]: unfilled template placeholder `{GET or POST}`; replace it with your own value. The HTTP method.
                "contentPath": { "path": "$.a", "skipAttributes": "{SKIPPED}" },
                                                                   ^^^^^^^^^ warning[unfilled-template]: unfilled template placeholder `{SKIPPED}`; replace it with your own value. Attributes that are left out; all others are kept.
                "headerParams": { "x": "${listId}", "y": "@{concat('{AB}')}" }
            "#]],
        );
    }

    #[test]
    fn words_of_a_schedule_are_reported_only_where_they_are_not_replaced() {
        check_attributes(
            r#"      "urlParams": { "path": "/", "method": "POST", "queryParams": { "q": "{SCHEDULE_QUERY}" } },
      "bodyParams": { "filter": { "all": ["{SCHEDULE_QUERY}", "{END_TIME}"] } },
      "scheduleParams": { "type": "ADVANCE", "paramFormat": "s", "incremental": "> {START_TIME} < {END_TIME}", "backfill": "< {END_TIME}" },
      "contentPath": { "path": "{SCHEDULE_QUERY}" }"#,
            expect![[r#"
                "urlParams": { "path": "/", "method": "POST", "queryParams": { "q": "{SCHEDULE_QUERY}" } },
                "bodyParams": { "filter": { "all": ["{SCHEDULE_QUERY}", "{END_TIME}"] } },
                                                                         ^^^^^^^^^^ warning[unfilled-template]: `{END_TIME}` is not replaced here. The end of the run's time window, in the format of `paramFormat`. Replaced in `incremental` and `backfill` only.
                "scheduleParams": { "type": "ADVANCE", "paramFormat": "s", "incremental": "> {START_TIME} < {END_TIME}", "backfill": "< {END_TIME}" },
                "contentPath": { "path": "{SCHEDULE_QUERY}" }
                                          ^^^^^^^^^^^^^^^^ warning[unfilled-template]: `{SCHEDULE_QUERY}` is not replaced here. The `incremental` or `backfill` expression of an `ADVANCE` schedule. Replaced in the path and in query, header and body values.
            "#]],
        );
    }
}
