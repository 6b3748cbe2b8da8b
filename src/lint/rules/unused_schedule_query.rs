//! `unused-schedule-query`: the words of an `ADVANCE` schedule are missing where they are needed, or used without one.

use crate::lint::{Diagnostic, Severity};
use crate::source::model::Schedule;
use crate::source::{placeholders, template_placeholders};
use crate::spec::spelling;
use crate::syntax::template::{Part, PartKind};
use crate::syntax::{Kind, Node};

use super::{Context, Rule, pages};

pub(crate) const RULE: Rule = Rule {
    code: "unused-schedule-query",
    severities: &[Severity::Warning],
    finds: "an `ADVANCE` schedule without `{SCHEDULE_QUERY}` in the request, `{SCHEDULE_QUERY}` without such a schedule, an `incremental` without `{START_TIME}`",
    why: "The expressions of an `ADVANCE` schedule replace `{SCHEDULE_QUERY}` in the path or in a query, header or body value; without it every run fetches all data. In `incremental`, `{START_TIME}` and `{END_TIME}` are the start and end of the run's time window. An API that knows only a start gets only the start: a run then also fetches what is newer than its window, which the next one fetches again. `backfill` often has only the end.",
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
const START: &str = "START_TIME";

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(request) = context.request() else { return };
    let schedule = request.schedule();
    let kind = schedule.and_then(Schedule::type_node);
    let has_brace = |node: &Node<'_>| node.kind() == Kind::String && node.text().contains('{');
    let params = [request.url_params(), request.header_params(), request.body_params(), request.query_params()];
    let strings: Vec<Node<'_>> = (params.into_iter().flatten()).flat_map(Node::descendants).filter(has_brace).collect();
    match (kind, kind.and_then(Node::string).as_deref()) {
        (Some(kind), Some(ADVANCE)) => {
            if !strings.iter().any(|string| holds_query(*string) || template_placeholders::are_left_in(*string)) {
                let message = "missing `{SCHEDULE_QUERY}` in the request: the expressions of this schedule are not used; add it to the path or to a query, header or body value";
                diagnostics.push(RULE.at(Severity::Warning, kind.range(), message));
            }
            diagnostics.extend(schedule.and_then(Schedule::incremental).and_then(without_window));
        }
        (None, _) => strings.into_iter().for_each(|string| without_schedule(string, diagnostics)),
        // Another value is reported as such.
        _ => {}
    }
}

/// Whether a string has the word, or a misspelling of it, which `placeholder-form` reports.
fn holds_query(string: Node<'_>) -> bool {
    let source = string.tree().source();
    let is_near = |part: Part| spelling::closest(&source[part.name], [QUERY]).is_some();
    string.text().contains(QUERY) || placeholders::in_string(string).into_iter().any(is_near)
}

/// Reports each `{SCHEDULE_QUERY}` of a string: no schedule replaces it.
fn without_schedule(string: Node<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let source = string.tree().source();
    let words = placeholders::in_string(string).into_iter().filter(|part| part.kind == PartKind::Word && part.closed);
    for part in words.filter(|part| &source[part.name.clone()] == QUERY) {
        let message = "`{SCHEDULE_QUERY}` is only replaced by a schedule of type `ADVANCE`; set `type` of `scheduleParams`, with `paramFormat`, `incremental` and `backfill`";
        diagnostics.push(RULE.at(Severity::Warning, part.range, message));
    }
}

/// Missing words in an `incremental` expression.
fn without_window(node: Node<'_>) -> Option<Diagnostic> {
    let text = node.string().filter(|_| node.kind() == Kind::String && node.has_closing_quote())?;
    let is_unsure = text.trim().is_empty() || text.contains("@{") || template_placeholders::are_left_in(node);
    // `placeholder-form` reports a word that is nearly the right one.
    let source = node.tree().source();
    let is_near = |part: Part| spelling::closest(&source[part.name], [START]).is_some();
    let has_start = text.contains(START) || placeholders::in_string(node).into_iter().any(is_near);
    let message = "missing `{START_TIME}`: every run would fetch records that earlier ones have fetched";
    (!is_unsure && !has_start).then(|| RULE.at(Severity::Warning, node.range(), message))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::lint::rules::tests::check_attributes;

    const SCHEDULE: &str = r#"      "scheduleParams": { "type": "ADVANCE", "paramFormat": "s", "incremental": "a > {START_TIME} a < {END_TIME}", "backfill": "a < {END_TIME}" }"#;

    #[test]
    fn an_unused_expression_is_reported() {
        check_attributes(
            SCHEDULE,
            expect![[r#"
            "scheduleParams": { "type": "ADVANCE", "paramFormat": "s", "incremental": "a > {START_TIME} a < {END_TIME}", "backfill": "a < {END_TIME}" }
                                        ^^^^^^^^^ warning[unused-schedule-query]: missing `{SCHEDULE_QUERY}` in the request: the expressions of this schedule are not used; add it to the path or to a query, header or body value
        "#]],
        );
    }

    #[test]
    fn a_used_expression_is_not_reported() {
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
                                     ^^^^^^^^^^^^^^^ warning[unfilled-template]: unfilled template placeholder `{HEADER_VALUES}`; replace it with your own value. Headers sent with each request, name to value.
                    "scheduleParams": { "type": "ADVANCE", "paramFormat": "s", "incremental": "a > {START_TIME} a < {END_TIME}", "backfill": "a < {END_TIME}" }
                "#]],
            ),
        ] {
            check_attributes(&format!("      {place},\n{SCHEDULE}"), expected);
        }
    }

    #[test]
    fn a_word_without_a_schedule_is_reported() {
        check_attributes(
            r#"      "headerParams": { "q": "x {SCHEDULE_QUERY}" }"#,
            expect![[r#"
            "headerParams": { "q": "x {SCHEDULE_QUERY}" }
                                      ^^^^^^^^^^^^^^^^ warning[unused-schedule-query]: `{SCHEDULE_QUERY}` is only replaced by a schedule of type `ADVANCE`; set `type` of `scheduleParams`, with `paramFormat`, `incremental` and `backfill`
        "#]],
        );
        check_attributes(
            r#"      "bodyParams": { "q": "{SCHEDULE_QUERY}" },
      "scheduleParams": { "type": "ADVANCED" }"#,
            expect![[r#"
                "bodyParams": { "q": "{SCHEDULE_QUERY}" },
                "scheduleParams": { "type": "ADVANCED" }
                                            ^^^^^^^^^^ error[invalid-value]: `type` must be `ADVANCE`
            "#]],
        );
    }

    #[test]
    fn an_expression_without_its_time_window_is_reported() {
        for (incremental, expected) in [
            (
                "a > {START_TIME}",
                expect![[r#"
                    "headerParams": { "q": "{SCHEDULE_QUERY}" },
                    "scheduleParams": { "type": "ADVANCE", "paramFormat": "s", "incremental": "a > {START_TIME}", "backfill": "a < {END_TIME}" }
                "#]],
            ),
            (
                "a > 0",
                expect![[r#"
                    "headerParams": { "q": "{SCHEDULE_QUERY}" },
                    "scheduleParams": { "type": "ADVANCE", "paramFormat": "s", "incremental": "a > 0", "backfill": "a < {END_TIME}" }
                                                                                              ^^^^^^^ warning[unused-schedule-query]: missing `{START_TIME}`: every run would fetch records that earlier ones have fetched
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
                                                                                               ^^^^^^^^^^ warning[unfilled-template]: unfilled template placeholder `{MY_QUERY}`; replace it with your own value, such as `type:user updated > {START_TIME} updated < {END_TIME}`
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
