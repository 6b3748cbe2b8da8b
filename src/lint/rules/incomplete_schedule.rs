//! `incomplete-schedule`: a key that the form of the schedule needs is missing.

use serde_json::Value;

use crate::lint::Diagnostic;
use crate::lint::Fix;
use crate::lint::Severity;
use crate::lint::schema::Mistake;
use crate::spec::Json;
use crate::syntax::Node;

use super::{Context, Rule, head, pages, unknown_key};

pub(crate) const RULE: Rule = Rule {
    code: "incomplete-schedule",
    severities: &[Severity::Error],
    finds: "a schedule with the name of a start or end parameter only, or an `ADVANCE` one without `paramFormat`, `incremental` or `backfill`",
    why: "A run asks for the records of a span of time: the plain form names two parameters, one for each end of the span. An `ADVANCE` schedule builds an expression: `backfill` for the first run and `incremental` for all later ones, with times in `paramFormat`.",
    at: "sourceSpec.attributes",
    wrong: r#""scheduleParams": { "scheduleStartParamName": "since" }"#,
    right: r#""scheduleParams": { "scheduleStartParamName": "since", "scheduleEndParamName": "before" }"#,
    link: pages::SOURCE_SPEC,
    every_kind: false,
    check,
};

const ENDS: [&str; 2] = ["scheduleStartParamName", "scheduleEndParamName"];

/// Whether a node is the schedule of the source.
pub(crate) fn is_about(node: Node<'_>) -> bool {
    node.as_part_of_member().is_some_and(|member| member.key.string().as_deref() == Some("scheduleParams"))
        && node.pointer() == "/sourceSpec/attributes/scheduleParams"
}

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(schedule) = context.request().and_then(|request| request.schedule_params()) else { return };
    for violation in context.violations().iter().filter(|violation| violation.node == schedule) {
        if let Mistake::Missing(key) = &violation.mistake
            && !unknown_key::has_alias(context, schedule, key)
        {
            let message = format!("An `ADVANCE` schedule needs `{key}`, which is missing.");
            found.push(diagnostic(context, schedule, head(schedule), message, key));
        }
    }
    if schedule.get("type").is_some() {
        return;
    }
    for (there, missing) in [(ENDS[0], ENDS[1]), (ENDS[1], ENDS[0])] {
        let member = schedule.get(there).and_then(Node::as_part_of_member);
        if let Some(member) = member
            && schedule.get(missing).is_none()
            && !unknown_key::has_alias(context, schedule, missing)
        {
            let message = format!("`{missing}` is missing: a schedule needs both ends of the span of time.");
            found.push(diagnostic(context, schedule, member.key.range(), message, missing));
        }
    }
}

fn diagnostic(
    context: &Context<'_>,
    schedule: Node<'_>,
    range: std::ops::Range<usize>,
    message: String,
    key: &str,
) -> Diagnostic {
    let mut diagnostic = RULE.at(Severity::Error, range, message);
    let entry = context.entry(schedule);
    context.fix(&mut diagnostic, |writer| {
        let templates = entry.snippets();
        let value = templates.iter().find_map(|template| template.body.get(key)).map_or(Value::Null, Json::to_value);
        [Fix::offered(format!("Insert `{key}`"), [writer.insert_key(schedule, &entry, key, &value)])]
    });
    diagnostic
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::lint::rules::tests::{batch, check_attributes, check_fixes};

    #[test]
    fn one_end_of_two() {
        check_attributes(
            r#"      "scheduleParams": { "scheduleStartParamName": "a" }"#,
            expect![[r#"
            "scheduleParams": { "scheduleStartParamName": "a" }
                                ^^^^^^^^^^^^^^^^^^^^^^^^ error[incomplete-schedule]: `scheduleEndParamName` is missing: a schedule needs both ends of the span of time.
        "#]],
        );
        check_attributes(
            r#"      "scheduleParams": { "scheduleEndParamName": "a" }"#,
            expect![[r#"
            "scheduleParams": { "scheduleEndParamName": "a" }
                                ^^^^^^^^^^^^^^^^^^^^^^ error[incomplete-schedule]: `scheduleStartParamName` is missing: a schedule needs both ends of the span of time.
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
    fn the_keys_of_an_advance_schedule() {
        check_attributes(
            r#"      "headerParams": { "q": "{SCHEDULE_QUERY}" },
      "scheduleParams": { "type": "ADVANCE" }"#,
            expect![[r#"
                "headerParams": { "q": "{SCHEDULE_QUERY}" },
                "scheduleParams": { "type": "ADVANCE" }
                ^^^^^^^^^^^^^^^^ error[incomplete-schedule]: An `ADVANCE` schedule needs `paramFormat`, which is missing.
                ^^^^^^^^^^^^^^^^ error[incomplete-schedule]: An `ADVANCE` schedule needs `incremental`, which is missing.
                ^^^^^^^^^^^^^^^^ error[incomplete-schedule]: An `ADVANCE` schedule needs `backfill`, which is missing.
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
    fn what_is_missing_is_inserted() {
        check_fixes(
            &batch(r#"      "scheduleParams": { "scheduleStartParamName": "a" }"#),
            expect![[r#"
            incomplete-schedule: Insert `scheduleEndParamName` (preferred)
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
                incomplete-schedule: Insert `paramFormat` (preferred)
                +         "paramFormat": "yyyy-MM-ddTHH:mm:ssK",
                incomplete-schedule: Insert `incremental` (preferred)
                +         "incremental": "updated > {START_TIME} updated < {END_TIME}",
            "#]],
        );
    }
}
