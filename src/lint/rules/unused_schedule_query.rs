//! `unused-schedule-query`: the words of an `ADVANCE` schedule are missing where they have to be, or there without one.

use crate::lint::Diagnostic;
use crate::lint::Severity;
use crate::source::inputs;
use crate::spec::spelling;
use crate::syntax::template::{Part, PartKind};
use crate::syntax::{Kind, Node};

use super::{Context, Rule, or_list, pages, unfilled_template};

pub(crate) const RULE: Rule = Rule {
    code: "unused-schedule-query",
    severities: &[Severity::Warning],
    finds: "an `ADVANCE` schedule whose `{SCHEDULE_QUERY}` stands nowhere in the request, `{SCHEDULE_QUERY}` without such a schedule, an `incremental` without `{START_TIME}` or `{END_TIME}`",
    why: "The expressions of an `ADVANCE` schedule take the place of `{SCHEDULE_QUERY}` in the path or in a query, header or body value; without it every run fetches everything. In `incremental`, `{START_TIME}` and `{END_TIME}` are the ends of the run's span of time. `backfill` often has only the end.",
    at: "sourceSpec.attributes",
    wrong: r#""urlParams": { "path": "/items", "method": "GET" },
"scheduleParams": { "type": "ADVANCE", "paramFormat": "s", "incremental": "updated > {START_TIME} updated < {END_TIME}", "backfill": "updated < {END_TIME}" }"#,
    right: r#""urlParams": { "path": "/items", "method": "GET", "queryParams": { "query": "{SCHEDULE_QUERY}" } },
"scheduleParams": { "type": "ADVANCE", "paramFormat": "s", "incremental": "updated > {START_TIME} updated < {END_TIME}", "backfill": "updated < {END_TIME}" }"#,
    link: pages::SOURCE_SPEC,
    every_kind: false,
    check,
};

const ADVANCE: &str = "ADVANCE";
const QUERY: &str = "SCHEDULE_QUERY";

/// Where the expression of a schedule is put in.
const REQUEST: [&str; 4] = ["urlParams", "headerParams", "bodyParams", "queryParams"];

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(request) = context.request() else { return };
    let schedule = request.schedule_params();
    let kind = schedule.and_then(|schedule| schedule.get("type"));
    let is_whole = |node: &Node<'_>| node.kind() == Kind::String && node.text().contains('{');
    let strings: Vec<Node<'_>> = (REQUEST.iter().filter_map(|key| request.node().get(key)))
        .flat_map(Node::descendants)
        .filter(is_whole)
        .collect();
    match (kind, kind.and_then(Node::string).as_deref()) {
        (Some(kind), Some(ADVANCE)) => {
            if !strings.iter().any(|string| holds_query(*string) || unfilled_template::has_blank(*string)) {
                let message = "The expressions of this schedule take the place of `{SCHEDULE_QUERY}`, which stands nowhere in the request. Put it in the path or in a query, header or body value.";
                found.push(RULE.at(Severity::Warning, kind.range(), message));
            }
            found.extend(schedule.and_then(|schedule| schedule.get("incremental")).and_then(without_ends));
        }
        (None, _) => strings.into_iter().for_each(|string| without_schedule(string, found)),
        // Another value is reported as such.
        _ => {}
    }
}

/// Whether a string holds the word, or what can only be meant as it: of its spelling another rule speaks.
fn holds_query(string: Node<'_>) -> bool {
    let source = string.tree().source();
    let is_near = |part: Part| spelling::closest(&source[part.name], [QUERY]).is_some();
    string.text().contains(QUERY) || inputs::parts_of(string).into_iter().any(is_near)
}

/// Says at each `{SCHEDULE_QUERY}` of a string that no schedule puts anything there.
fn without_schedule(string: Node<'_>, found: &mut Vec<Diagnostic>) {
    let source = string.tree().source();
    let words = inputs::parts_of(string).into_iter().filter(|part| part.kind == PartKind::Word && part.closed);
    for part in words.filter(|part| &source[part.name.clone()] == QUERY) {
        let message = "Only a schedule of type `ADVANCE` puts its expression here. Set `type` of `scheduleParams`, with `paramFormat`, `incremental` and `backfill`.";
        found.push(RULE.at(Severity::Warning, part.range, message));
    }
}

/// What an `incremental` expression lacks.
fn without_ends(node: Node<'_>) -> Option<Diagnostic> {
    let text = node.string().filter(|_| node.kind() == Kind::String && node.has_closing_quote())?;
    let is_unsure = text.trim().is_empty() || text.contains("@{") || unfilled_template::has_blank(node);
    let missing: Vec<&str> = ["{START_TIME}", "{END_TIME}"]
        .into_iter()
        .filter(|word| !text.contains(word.trim_matches(['{', '}'])))
        .collect();
    if is_unsure || missing.is_empty() {
        return None;
    }
    let message = format!("This holds no {}, so a run does not keep to its span of time. Put it in.", or_list(missing));
    Some(RULE.at(Severity::Warning, node.range(), message))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::lint::rules::tests::check_attributes;

    const SCHEDULE: &str = r#"      "scheduleParams": { "type": "ADVANCE", "paramFormat": "s", "incremental": "a > {START_TIME} a < {END_TIME}", "backfill": "a < {END_TIME}" }"#;

    #[test]
    fn expressions_that_go_nowhere() {
        check_attributes(
            SCHEDULE,
            expect![[r#"
            "scheduleParams": { "type": "ADVANCE", "paramFormat": "s", "incremental": "a > {START_TIME} a < {END_TIME}", "backfill": "a < {END_TIME}" }
                                        ^^^^^^^^^ warning[unused-schedule-query]: The expressions of this schedule take the place of `{SCHEDULE_QUERY}`, which stands nowhere in the request. Put it in the path or in a query, header or body value.
        "#]],
        );
    }

    #[test]
    fn expressions_that_go_somewhere() {
        for (place, expected) in [
            (
                r#""urlParams": { "path": "/a?q={SCHEDULE_QUERY}", "method": "GET" }"#,
                expect![[r#"
                "urlParams": { "path": "/a?q={SCHEDULE_QUERY}", "method": "GET" },
                "scheduleParams": { "type": "ADVANCE", "paramFormat": "s", "incremental": "a > {START_TIME} a < {END_TIME}", "backfill": "a < {END_TIME}" }
            "#]],
            ),
            (
                r#""urlParams": { "path": "/", "method": "GET", "queryParams": { "q": "{SCHEDULE_QUERY}" } }"#,
                expect![[r#"
                    "urlParams": { "path": "/", "method": "GET", "queryParams": { "q": "{SCHEDULE_QUERY}" } },
                    "scheduleParams": { "type": "ADVANCE", "paramFormat": "s", "incremental": "a > {START_TIME} a < {END_TIME}", "backfill": "a < {END_TIME}" }
                "#]],
            ),
            (
                r#""headerParams": { "q": "x {SCHEDULE_QUERY}" }"#,
                expect![[r#"
                "headerParams": { "q": "x {SCHEDULE_QUERY}" },
                "scheduleParams": { "type": "ADVANCE", "paramFormat": "s", "incremental": "a > {START_TIME} a < {END_TIME}", "backfill": "a < {END_TIME}" }
            "#]],
            ),
            (
                r#""bodyParams": { "a": [{ "b": "{SCHEDULE_QUERY}" }] }"#,
                expect![[r#"
                "bodyParams": { "a": [{ "b": "{SCHEDULE_QUERY}" }] },
                "scheduleParams": { "type": "ADVANCE", "paramFormat": "s", "incremental": "a > {START_TIME} a < {END_TIME}", "backfill": "a < {END_TIME}" }
            "#]],
            ),
            (
                r#""bodyParams": { "a": "{schedule_query}" }"#,
                expect![[r#"
                "bodyParams": { "a": "{schedule_query}" },
                "scheduleParams": { "type": "ADVANCE", "paramFormat": "s", "incremental": "a > {START_TIME} a < {END_TIME}", "backfill": "a < {END_TIME}" }
            "#]],
            ),
            (
                r#""headerParams": "{HEADER_VALUES}""#,
                expect![[r#"
                "headerParams": "{HEADER_VALUES}",
                                 ^^^^^^^^^^^^^^^ warning[unfilled-template]: `{HEADER_VALUES}` is a blank of the template. Write your own value in its place.
                "scheduleParams": { "type": "ADVANCE", "paramFormat": "s", "incremental": "a > {START_TIME} a < {END_TIME}", "backfill": "a < {END_TIME}" }
            "#]],
            ),
        ] {
            check_attributes(&format!("      {place},\n{SCHEDULE}"), expected);
        }
    }

    #[test]
    fn a_place_for_an_expression_without_one() {
        check_attributes(
            r#"      "headerParams": { "q": "x {SCHEDULE_QUERY}" }"#,
            expect![[r#"
            "headerParams": { "q": "x {SCHEDULE_QUERY}" }
                                      ^^^^^^^^^^^^^^^^ warning[unused-schedule-query]: Only a schedule of type `ADVANCE` puts its expression here. Set `type` of `scheduleParams`, with `paramFormat`, `incremental` and `backfill`.
        "#]],
        );
        check_attributes(
            r#"      "bodyParams": { "q": "{SCHEDULE_QUERY}" },
      "scheduleParams": { "type": "ADVANCED" }"#,
            expect![[r#"
                "bodyParams": { "q": "{SCHEDULE_QUERY}" },
                "scheduleParams": { "type": "ADVANCED" }
                                            ^^^^^^^^^^ error[invalid-value]: `type` must be `ADVANCE`.
            "#]],
        );
    }

    #[test]
    fn an_expression_without_the_ends_of_the_span() {
        for (incremental, expected) in [
            (
                "a > {START_TIME}",
                expect![[r#"
                "headerParams": { "q": "{SCHEDULE_QUERY}" },
                "scheduleParams": { "type": "ADVANCE", "paramFormat": "s", "incremental": "a > {START_TIME}", "backfill": "a < {END_TIME}" }
                                                                                          ^^^^^^^^^^^^^^^^^^ warning[unused-schedule-query]: This holds no `{END_TIME}`, so a run does not keep to its span of time. Put it in.
            "#]],
            ),
            (
                "a > 0",
                expect![[r#"
                "headerParams": { "q": "{SCHEDULE_QUERY}" },
                "scheduleParams": { "type": "ADVANCE", "paramFormat": "s", "incremental": "a > 0", "backfill": "a < {END_TIME}" }
                                                                                          ^^^^^^^ warning[unused-schedule-query]: This holds no `{START_TIME}` or `{END_TIME}`, so a run does not keep to its span of time. Put it in.
            "#]],
            ),
            (
                "",
                expect![[r#"
                "headerParams": { "q": "{SCHEDULE_QUERY}" },
                "scheduleParams": { "type": "ADVANCE", "paramFormat": "s", "incremental": "", "backfill": "a < {END_TIME}" }
            "#]],
            ),
            (
                "{MY_QUERY}",
                expect![[r#"
                "headerParams": { "q": "{SCHEDULE_QUERY}" },
                "scheduleParams": { "type": "ADVANCE", "paramFormat": "s", "incremental": "{MY_QUERY}", "backfill": "a < {END_TIME}" }
                                                                                           ^^^^^^^^^^ warning[unfilled-template]: `{MY_QUERY}` is a blank of the template. Write your own value in its place.
            "#]],
            ),
            (
                "@{pipeline()}",
                expect![[r#"
                "headerParams": { "q": "{SCHEDULE_QUERY}" },
                "scheduleParams": { "type": "ADVANCE", "paramFormat": "s", "incremental": "@{pipeline()}", "backfill": "a < {END_TIME}" }
            "#]],
            ),
        ] {
            let schedule = SCHEDULE.replace("a > {START_TIME} a < {END_TIME}", incremental);
            check_attributes(
                &format!("      \"headerParams\": {{ \"q\": \"{{SCHEDULE_QUERY}}\" }},\n{schedule}"),
                expected,
            );
        }
    }
}
