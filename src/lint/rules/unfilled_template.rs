//! `unfilled-template`: text of Adobe's template that was to be replaced.

use std::ops::Range;

use crate::lint::Diagnostic;
use crate::lint::Severity;
use crate::source::inputs;
use crate::syntax::Node;
use crate::syntax::template::PartKind;

use super::{Context, Rule, pages};

pub(crate) const RULE: Rule = Rule {
    code: "unfilled-template",
    severities: &[Severity::Warning],
    finds: "text of the template left in: `{DESCRIPTION}` and other values in braces and capitals",
    why: "Adobe's templates hold text such as `{DESCRIPTION}` that the author is to replace. The service takes it as it stands, and users of the source see it or the request fails with it. `{SCHEDULE_QUERY}`, `{START_TIME}` and `{END_TIME}` are no such text where the service replaces them.",
    at: "",
    wrong: r#""description": "{DESCRIPTION}""#,
    right: r#""description": "Orders of the ACME shop""#,
    link: pages::CREATE,
    every_kind: false,
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for node in context.strings_with_brace().iter().copied() {
        let is_key = node.as_part_of_member().is_some_and(|member| member.key == node);
        for range in find_in(node) {
            if is_key || is_set_by_service(context, node) || belongs_here(context, node, &range) {
                continue;
            }
            let text = &context.tree.source()[range.clone()];
            let message = match crate::spec::variable_description(text.trim_matches(['{', '}'])) {
                Some(words) => format!("`{text}` is plain text at this place. {words}"),
                None => format!("`{text}` is a blank of the template. Write your own value in its place."),
            };
            found.push(RULE.at(Severity::Warning, range, message));
        }
    }
}

/// Where a string holds such text.
pub(crate) fn find_in(string: Node<'_>) -> impl Iterator<Item = Range<usize>> {
    let source = string.tree().source();
    inputs::parts_of(string)
        .into_iter()
        .filter(move |part| part.closed && matches!(part.kind, PartKind::Word | PartKind::Double))
        .filter(move |part| is_blank(&source[part.name.clone()]))
        .map(|part| part.range)
}

/// Whether a string still has text of the template in it, which may become anything.
pub(crate) fn has_blank(string: Node<'_>) -> bool {
    let name = |range: Range<usize>| string.tree().source()[range].trim_matches(['{', '}']);
    find_in(string).any(|range| crate::spec::variable_description(name(range)).is_none())
}

/// Whether the text between braces is one of the template's blanks: words in capitals, joined by underscores or spaces,
/// small words like `or` between them.
pub(crate) fn is_blank(name: &str) -> bool {
    const SMALL: [&str; 10] = ["or", "and", "of", "in", "the", "for", "if", "is", "to", "case"];
    let mut words = name.split(['_', ' ', '-']).filter(|word| !word.is_empty()).peekable();
    // Letters with a number behind them; a mix of both may be an id or a key, which no message may show.
    let capital = |word: &str| {
        let letters = word.trim_end_matches(|char: char| char.is_ascii_digit());
        !letters.is_empty() && word.len() - letters.len() <= 2 && letters.chars().all(|char| char.is_ascii_uppercase())
    };
    name.chars().filter(char::is_ascii_uppercase).count() >= 2
        && words.peek().is_some()
        && words.all(|word| capital(word) || SMALL.contains(&word))
}

fn is_set_by_service(context: &Context<'_>, node: Node<'_>) -> bool {
    context.entry(node).is_set_by_service()
}

/// Whether the word is one that the service replaces at this place.
fn belongs_here(context: &Context<'_>, node: Node<'_>, range: &Range<usize>) -> bool {
    let text = context.tree.source()[range.clone()].trim_matches(['{', '}']);
    let is_replaced_in = |node: Node<'_>| context.entry(node).variables().iter().any(|(word, _)| *word == text);
    // Values inside a body are the author's own, so the vocabulary speaks of the body only.
    crate::spec::variable_description(text).is_some()
        && std::iter::once(node).chain(node.ancestors()).any(is_replaced_in)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::is_blank;
    use crate::lint::rules::tests::check_attributes;

    #[test]
    fn blanks_of_the_published_templates() {
        for name in [
            "DESCRIPTION",
            "X-Auth-KEY1".to_uppercase().as_str(),
            "GET or POST",
            "GET_or_POST",
            "OFFSET_ATTRIBUTE_NAME_REQUIRED_IN_CASE_OF_OFFSET BASED_PAGINATION",
        ] {
            assert!(is_blank(name), "{name}");
        }
        for name in
            ["listId", "Domain", "A", "", "x-y", "2,3", "3F2504E0-4F89-11D3-9A0C-0305E82C3301", "AKIA0123456789ABCDEF"]
        {
            assert!(!is_blank(name), "{name}");
        }
    }

    #[test]
    fn in_place_of_any_value_and_inside_text() {
        check_attributes(
            r#"      "urlParams": { "host": "https://{MY_HOST}/", "path": "{RESOURCE_PATH}", "method": "{GET or POST}" },
      "contentPath": { "path": "$.a", "skipAttributes": "{SKIPPED}" },
      "headerParams": { "x": "${listId}", "y": "@{concat('{AB}')}" }"#,
            expect![[r#"
                      "urlParams": { "host": "https://{MY_HOST}/", "path": "{RESOURCE_PATH}", "method": "{GET or POST}" },
                                                      ^^^^^^^^^ warning[unfilled-template]: `{MY_HOST}` is a blank of the template. Write your own value in its place.
                                                                            ^^^^^^^^^^^^^^^ warning[unfilled-template]: `{RESOURCE_PATH}` is a blank of the template. Write your own value in its place.
                                                                                                         ^^^^^^^^^^^^^ warning[unfilled-template]: `{GET or POST}` is a blank of the template. Write your own value in its place.
                      "contentPath": { "path": "$.a", "skipAttributes": "{SKIPPED}" },
                                                                         ^^^^^^^^^ warning[unfilled-template]: `{SKIPPED}` is a blank of the template. Write your own value in its place.
                      "headerParams": { "x": "${listId}", "y": "@{concat('{AB}')}" }
            "#]],
        );
    }

    #[test]
    fn the_words_of_a_schedule_are_no_blanks_where_they_belong() {
        check_attributes(
            r#"      "urlParams": { "path": "/", "method": "POST", "queryParams": { "q": "{SCHEDULE_QUERY}" } },
      "bodyParams": { "filter": { "all": ["{SCHEDULE_QUERY}", "{END_TIME}"] } },
      "scheduleParams": { "type": "ADVANCE", "paramFormat": "s", "incremental": "> {START_TIME} < {END_TIME}", "backfill": "< {END_TIME}" },
      "contentPath": { "path": "{SCHEDULE_QUERY}" }"#,
            expect![[r#"
                "urlParams": { "path": "/", "method": "POST", "queryParams": { "q": "{SCHEDULE_QUERY}" } },
                "bodyParams": { "filter": { "all": ["{SCHEDULE_QUERY}", "{END_TIME}"] } },
                                                                         ^^^^^^^^^^ warning[unfilled-template]: `{END_TIME}` is plain text at this place. The end of the run's time window, in the format of `paramFormat`. Replaced in `incremental` and `backfill` only.
                "scheduleParams": { "type": "ADVANCE", "paramFormat": "s", "incremental": "> {START_TIME} < {END_TIME}", "backfill": "< {END_TIME}" },
                "contentPath": { "path": "{SCHEDULE_QUERY}" }
                                          ^^^^^^^^^^^^^^^^ warning[unfilled-template]: `{SCHEDULE_QUERY}` is plain text at this place. The `incremental` expression of an `ADVANCE` schedule, in the first run the `backfill` expression. Replaced in the path and in query, header and body values.
            "#]],
        );
    }
}
