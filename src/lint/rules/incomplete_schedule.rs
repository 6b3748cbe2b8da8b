//! `incomplete-schedule`: `scheduleParams` lacks a key that its form requires.

use std::ops::Range;

use crate::lint::schema::ViolationKind;
use crate::lint::{Diagnostic, Severity};
use crate::source::model::{Request, Schedule};
use crate::syntax::Node;

use super::{Context, Rule, head, missing_key, pages};

pub(crate) const RULE: Rule = Rule {
    code: "incomplete-schedule",
    severities: &[Severity::Error],
    finds: "a schedule with only one of its start and end parameters, or an `ADVANCE` schedule without `paramFormat`, `incremental` or `backfill`",
    why: "A run requests the records of a time window. The plain form names two parameters, one for each end of the window. An `ADVANCE` schedule builds an expression: `backfill` for the first run and `incremental` for all later ones, with times in `paramFormat`. That `backfill` is for the first run is inferred. Parameters that are empty altogether are rejected with `1317-400`.",
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
        if let ViolationKind::Missing(key) = &violation.kind {
            let message = format!("missing `{key}`, required for an `ADVANCE` schedule");
            diagnostics.push(diagnostic(context, node, head(node), message, key));
        }
    }
    if schedule.type_node().is_some() {
        return;
    }
    let (present, missing) = match (schedule.start_name(), schedule.end_name()) {
        (Some(start), None) => (start, Schedule::END_NAME),
        (None, Some(end)) => (end, Schedule::START_NAME),
        _ => return,
    };
    if let Some(member) = present.as_part_of_member()
        && !context.known_keys(node).is_under_other_name(missing)
    {
        let message = format!("missing `{missing}`; a schedule requires both ends of its time window");
        diagnostics.push(diagnostic(context, node, member.key.range(), message, missing));
    }
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
                                    ^^^^^^^^^^^^^^^^^^^^^^^^ error[incomplete-schedule]: missing `scheduleEndParamName`; a schedule requires both ends of its time window
            "#]],
        );
        check_attributes(
            r#"      "scheduleParams": { "scheduleEndParamName": "a" }"#,
            expect![[r#"
                "scheduleParams": { "scheduleEndParamName": "a" }
                                    ^^^^^^^^^^^^^^^^^^^^^^ error[incomplete-schedule]: missing `scheduleStartParamName`; a schedule requires both ends of its time window
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
                incomplete-schedule: Add `scheduleEndParamName` (preferred)
                -       "scheduleParams": { "scheduleStartParamName": "a" }
                +       "scheduleParams": { "scheduleStartParamName": "a", "scheduleEndParamName": "updated_before" }
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
