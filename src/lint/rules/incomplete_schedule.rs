//! `incomplete-schedule`: `scheduleParams` lacks a key that its form requires.

use std::ops::Range;

use serde_json::json;

use crate::edit::writer::Writer;
use crate::lint::schema::ViolationKind;
use crate::lint::{Diagnostic, Fix, Severity, query_parameter};
use crate::source::date_format;
use crate::source::model::{Request, Schedule};
use crate::source::placeholders::literal;
use crate::syntax::{Kind, Node};

use super::{Context, Rule, head, missing_key, pages};

pub(crate) const RULE: Rule = Rule {
    code: "incomplete-schedule",
    severities: &[Severity::Error, Severity::Warning, Severity::Info],
    finds: "an `ADVANCE` schedule without `paramFormat`, `incremental` or `backfill` (error), a schedule with only one of its start and end parameters or formats (warning), and keys of the plain form in an `ADVANCE` schedule (info)",
    why: "A run requests the records of a time window. The plain form names two parameters, one for each end of the window, in every example; what happens with one is not documented. An API that knows only a start can have an `ADVANCE` schedule whose expression is `{START_TIME}` alone. An `ADVANCE` schedule builds an expression: `backfill` for the first run and `incremental` for all later ones, with times in `paramFormat`. That `backfill` is for the first run is inferred.",
    at: "sourceSpec.attributes",
    wrong: r#""scheduleParams": { "scheduleStartParamName": "since" }"#,
    right: r#""scheduleParams": { "scheduleStartParamName": "since", "scheduleEndParamName": "before" }"#,
    link: pages::SOURCE_SPEC,
    every_kind: false,
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(schedule) = context.request().and_then(Request::schedule) else { return };
    let node = schedule.node();
    for violation in context.violations_for(RULE.code) {
        match &violation.kind {
            ViolationKind::Missing(key) => {
                let message = format!("missing `{key}`, required for an `ADVANCE` schedule");
                diagnostics.push(diagnostic(context, node, head(node), message, key));
            }
            ViolationKind::OfAnotherType(key) => diagnostics.extend(of_plain_form(context, node, key)),
            _ => {}
        }
    }
    if schedule.type_node().is_some() {
        return;
    }
    let (present, missing) = match (schedule.start_name(), schedule.end_name()) {
        (Some(start), None) => (start, Schedule::END_NAME),
        (None, Some(end)) => (end, Schedule::START_NAME),
        _ => return diagnostics.extend(half_of_formats(context, schedule)),
    };
    if let Some(member) = present.as_part_of_member()
        && !context.known_keys(node).is_under_other_name(missing)
    {
        let way_out = match missing {
            Schedule::END_NAME => {
                "; if the API knows only a start, use an `ADVANCE` schedule with `{START_TIME}` alone"
            }
            _ => "",
        };
        let message = format!("missing `{missing}`: every example has both ends of the time window{way_out}");
        diagnostics.push(RULE.at(Severity::Warning, member.key.range(), message).with_offered_fixes(
            context,
            |writer| {
                let both = missing_key::insertion_from_snippet(writer, node, missing).likely_if(false);
                std::iter::once(both).chain(start_only(writer, context, schedule))
            },
        ));
    }
}

/// A key of the form with two parameters, beside expressions.
fn of_plain_form(context: &Context<'_>, schedule: Node<'_>, key: &str) -> Option<Diagnostic> {
    let member = schedule.members().find(|member| member.key.string().as_deref() == Some(key))?;
    let message =
        format!("`{key}` is documented for a schedule without `type` only; it may have no effect for `ADVANCE`");
    Some(
        RULE.at(Severity::Info, member.key.range(), message)
            .with_offered_fixes(context, |writer| [Fix::remove(writer, member)]),
    )
}

/// An `ADVANCE` schedule that sends the start of the window as the same query parameter.
fn start_only(writer: &Writer<'_>, context: &Context<'_>, schedule: Schedule<'_>) -> Option<Fix> {
    let start = literal(schedule.start_name()?)?;
    let format = schedule.start_format().and_then(literal).unwrap_or("yyyy-MM-ddTHH:mm:ssZ".into());
    let parameter = query_parameter::add(writer, context.request()?.url()?, &start, "{SCHEDULE_QUERY}")?;
    let advance = json!({
        Schedule::TYPE: "ADVANCE",
        Schedule::PARAM_FORMAT: &*format,
        Schedule::INCREMENTAL: "{START_TIME}",
        Schedule::BACKFILL: date_format::format_epoch(&format),
    });
    Some(Fix::possible(
        format!("Send only `{start}`, with an `ADVANCE` schedule"),
        [parameter, writer.replace(schedule.node(), &advance)],
    ))
}

/// A format of one end of the time window only. Without both, which format the service has is not documented.
fn half_of_formats(context: &Context<'_>, schedule: Schedule<'_>) -> Option<Diagnostic> {
    let node = schedule.node();
    let (present, missing) = match (schedule.start_format(), schedule.end_format()) {
        (Some(start), None) => (start, Schedule::END_FORMAT),
        (None, Some(end)) => (end, Schedule::START_FORMAT),
        _ => return None,
    };
    let is_known = !context.known_keys(node).is_under_other_name(missing);
    let member = present.as_part_of_member().filter(|_| is_known)?;
    let message = format!("missing `{missing}`: the other end of the time window has no format");
    Some(RULE.at(Severity::Warning, member.key.range(), message).with_offered_fixes(context, |writer| {
        let same = present.string().filter(|_| present.kind() == Kind::String);
        same.map(|same| Fix::offered(format!("Add `{missing}`"), [writer.insert_key(node, missing, &(&*same).into())]))
    }))
}

fn diagnostic(
    context: &Context<'_>,
    schedule: Node<'_>,
    range: Range<usize>,
    message: String,
    key: &str,
) -> Diagnostic {
    RULE.at(Severity::Error, range, message)
        .with_offered_fixes(context, |writer| [missing_key::insertion_from_snippet(writer, schedule, key)])
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::lint::rules::tests::{batch, check_attributes, check_fixes};

    #[test]
    fn one_end_without_the_other_is_an_error() {
        check_attributes(
            r#"      "scheduleParams": { "scheduleStartParamName": "a" }"#,
            expect![[r#"
                "scheduleParams": { "scheduleStartParamName": "a" }
                                    ^^^^^^^^^^^^^^^^^^^^^^^^ warning[incomplete-schedule]: missing `scheduleEndParamName`: every example has both ends of the time window; if the API knows only a start, use an `ADVANCE` schedule with `{START_TIME}` alone
            "#]],
        );
        check_attributes(
            r#"      "scheduleParams": { "scheduleEndParamName": "a" }"#,
            expect![[r#"
                "scheduleParams": { "scheduleEndParamName": "a" }
                                    ^^^^^^^^^^^^^^^^^^^^^^ warning[incomplete-schedule]: missing `scheduleStartParamName`: every example has both ends of the time window
            "#]],
        );
        check_attributes(
            r#"      "scheduleParams": { "scheduleStartParamName": "a", "scheduleEndParmName": "b" }"#,
            expect![[r#"
                "scheduleParams": { "scheduleStartParamName": "a", "scheduleEndParmName": "b" }
                                                                   ^^^^^^^^^^^^^^^^^^^^^ warning[unknown-key]: unknown key `scheduleEndParmName` in `sourceSpec.attributes.scheduleParams`; did you mean `scheduleEndParamName`?
            "#]],
        );
        check_attributes(
            r#"      "scheduleParams": { "scheduleStartParamName": "a", "scheduleEndParamName": "b" }"#,
            expect![[r#"
                "scheduleParams": { "scheduleStartParamName": "a", "scheduleEndParamName": "b" }
            "#]],
        );
    }

    #[test]
    fn an_advance_schedule_requires_its_keys() {
        check_attributes(
            r#"      "headerParams": { "q": "{SCHEDULE_QUERY}" },
      "scheduleParams": { "type": "ADVANCE" }"#,
            expect![[r#"
                "headerParams": { "q": "{SCHEDULE_QUERY}" },
                "scheduleParams": { "type": "ADVANCE" }
                ^^^^^^^^^^^^^^^^ error[incomplete-schedule]: missing `paramFormat`, required for an `ADVANCE` schedule
                ^^^^^^^^^^^^^^^^ error[incomplete-schedule]: missing `incremental`, required for an `ADVANCE` schedule
                ^^^^^^^^^^^^^^^^ error[incomplete-schedule]: missing `backfill`, required for an `ADVANCE` schedule
            "#]],
        );
        check_attributes(
            r#"      "headerParams": { "q": "{SCHEDULE_QUERY}" },
      "scheduleParams": { "type": "ADVANCE", "paramFormat": "s", "incremental": "{START_TIME} {END_TIME}", "backfil": "" }"#,
            expect![[r#"
                "headerParams": { "q": "{SCHEDULE_QUERY}" },
                "scheduleParams": { "type": "ADVANCE", "paramFormat": "s", "incremental": "{START_TIME} {END_TIME}", "backfil": "" }
                                                                                                                     ^^^^^^^^^ warning[unknown-key]: unknown key `backfil` in `sourceSpec.attributes.scheduleParams`; did you mean `backfill`?
            "#]],
        );
    }

    #[test]
    fn missing_keys_are_added() {
        check_fixes(
            &batch(r#"      "scheduleParams": { "scheduleStartParamName": "a" }"#),
            expect![[r#"
                incomplete-schedule: Add `scheduleEndParamName`
                -       "scheduleParams": { "scheduleStartParamName": "a" }
                +       "scheduleParams": { "scheduleStartParamName": "a", "scheduleEndParamName": "updated_before" }
                incomplete-schedule: Send only `a`, with an `ADVANCE` schedule
                -       "urlParams": { "path": "/${listId}", "method": "GET" },
                -       "contentPath": { "path": "$.a" },
                -       "paginationParams": { "type": "NONE" },
                -       "scheduleParams": { "scheduleStartParamName": "a" }
                +       "urlParams": { "path": "/${listId}", "method": "GET", "queryParams": { "a": "{SCHEDULE_QUERY}" } },
                +       "contentPath": { "path": "$.a" },
                +       "paginationParams": { "type": "NONE" },
                +       "scheduleParams": {
                +         "type": "ADVANCE",
                +         "paramFormat": "yyyy-MM-ddTHH:mm:ssZ",
                +         "incremental": "{START_TIME}",
                +         "backfill": "1970-01-01T00:00:00Z"
                +       }
            "#]],
        );
        check_fixes(
            &batch(
                r#"      "headerParams": { "q": "{SCHEDULE_QUERY}" },
      "scheduleParams": {
        "type": "ADVANCE",
        "backfill": "a < {END_TIME}"
      }"#,
            ),
            expect![[r#"
                incomplete-schedule: Add `paramFormat` (preferred)
                +         "paramFormat": "yyyy-MM-ddTHH:mm:ssK",
                incomplete-schedule: Add `incremental` (preferred)
                +         "incremental": "updated > {START_TIME} updated < {END_TIME}",
            "#]],
        );
    }
}
