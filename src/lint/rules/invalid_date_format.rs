//! `invalid-date-format`: a date format that .NET does not have, or that is likely a slip.

use std::borrow::Cow;

use crate::lint::{Diagnostic, Fix, Severity};
use crate::source::date_format;
use crate::source::model::Request;
use crate::source::placeholders::literal;
use crate::source::template_placeholders;
use crate::syntax::Node;

use super::{Context, Rule, pages};

pub(crate) const RULE: Rule = Rule {
    code: "invalid-date-format",
    severities: &[Severity::Error, Severity::Warning],
    finds: "a letter that .NET's date formats do not have (error), and likely slips (warning): `yyyy-mm-dd`, `HH:MM`, `hh` without `tt`, `DD`, `YYYY`, `epoch`, `U`",
    why: "Adobe's examples use the letters of [.NET's custom date formats](https://learn.microsoft.com/en-us/dotnet/standard/base-types/custom-date-and-time-format-strings); that Flow Service reads formats this way is inferred. Other letters are copied literally, so the API receives invalid times.",
    at: "sourceSpec.attributes.scheduleParams",
    wrong: r#""scheduleStartParamName": "since", "scheduleEndParamName": "before",
"scheduleStartParamFormat": "yyyy-mm-ddTHH:mm:ssZ", "scheduleEndParamFormat": "yyyy-MM-ddTHH:mm:ssZ""#,
    right: r#""scheduleStartParamName": "since", "scheduleEndParamName": "before",
"scheduleStartParamFormat": "yyyy-MM-ddTHH:mm:ssZ", "scheduleEndParamFormat": "yyyy-MM-ddTHH:mm:ssZ""#,
    link: pages::SOURCE_SPEC,
    every_kind: false,
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(schedule) = context.request().and_then(Request::schedule) else { return };
    for format in schedule.formats() {
        diagnostics.extend(in_format(context, format));
    }
}

fn in_format(context: &Context<'_>, node: Node<'_>) -> Vec<Diagnostic> {
    let Some(format) = literal(node).or_else(|| in_braces(node)) else { return Vec::new() };
    let diagnostic = |problem: date_format::Problem| {
        let severity = if problem.is_certain { Severity::Error } else { Severity::Warning };
        RULE.at(severity, node.part(&problem.range), problem.message).with_offered_fixes(context, |writer| {
            let corrected = date_format::corrected(&format);
            corrected.map(|right| Fix::rename(writer, node, &right))
        })
    };
    date_format::problems(&format).into_iter().map(diagnostic).collect()
}

/// A word in braces. Nothing is replaced in a date format, so it is not a placeholder.
fn in_braces(node: Node<'_>) -> Option<Cow<'_, str>> {
    let text = node.string()?;
    let is_whole = node.is_quoted() && text.starts_with('{') && text.find('}') == Some(text.len() - 1);
    (is_whole && !template_placeholders::occur_in(node)).then_some(text)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::lint::rules::tests::{batch, check_attributes, check_fixes};

    #[test]
    fn the_format_of_each_key_is_checked() {
        check_attributes(
            r#"      "scheduleParams": {
        "scheduleStartParamName": "a", "scheduleEndParamName": "b",
        "scheduleStartParamFormat": "YYYY-MM-DDTHH:MM:ss",
        "scheduleEndParamFormat": "yyyy-MM-dd'T'HH:mm:ss.SSSZ"
      }"#,
            expect![[r#"
                "scheduleParams": {
                  "scheduleStartParamName": "a", "scheduleEndParamName": "b",
                  "scheduleStartParamFormat": "YYYY-MM-DDTHH:MM:ss",
                                               ^^^^ warning[invalid-date-format]: `YYYY` is copied as is; the year is `yyyy`
                                                       ^^ warning[invalid-date-format]: `DD` is copied as is; the day of the month is `dd`
                                                             ^^ warning[invalid-date-format]: `MM` is the month; the minute is `mm`
                  "scheduleEndParamFormat": "yyyy-MM-dd'T'HH:mm:ss.SSSZ"
                                                                   ^^^ error[invalid-date-format]: `SSS` is not a .NET date format specifier and is copied as is; use `fff`
                }
            "#]],
        );
        check_attributes(
            r#"      "headerParams": { "q": "{SCHEDULE_QUERY}" },
      "scheduleParams": { "type": "ADVANCE", "paramFormat": "yyyy-mm-dd", "incremental": "{START_TIME} {END_TIME}", "backfill": "" }"#,
            expect![[r#"
                "headerParams": { "q": "{SCHEDULE_QUERY}" },
                "scheduleParams": { "type": "ADVANCE", "paramFormat": "yyyy-mm-dd", "incremental": "{START_TIME} {END_TIME}", "backfill": "" }
                                                                            ^^ warning[invalid-date-format]: `mm` is the minute; the month is `MM`
            "#]],
        );
    }

    #[test]
    fn valid_and_unknown_formats_are_not_reported() {
        for (format, expected) in [
            (
                "yyyy-MM-ddTHH:mm:ssK",
                expect![[r#"
                    "scheduleParams": { "scheduleEndParamFormat": "yyyy-MM-ddTHH:mm:ssK" }
                                        ^^^^^^^^^^^^^^^^^^^^^^^^ warning[incomplete-schedule]: missing `scheduleStartParamFormat`: the other end of the time window has no format
                "#]],
            ),
            (
                "yyyy-MM-ddTHH:mm:ss:fffffffK",
                expect![[r#"
                    "scheduleParams": { "scheduleEndParamFormat": "yyyy-MM-ddTHH:mm:ss:fffffffK" }
                                        ^^^^^^^^^^^^^^^^^^^^^^^^ warning[incomplete-schedule]: missing `scheduleStartParamFormat`: the other end of the time window has no format
                "#]],
            ),
            (
                "epoch",
                expect![[r#"
                    "scheduleParams": { "scheduleEndParamFormat": "epoch" }
                                        ^^^^^^^^^^^^^^^^^^^^^^^^ warning[incomplete-schedule]: missing `scheduleStartParamFormat`: the other end of the time window has no format
                                                                   ^^^^^ warning[invalid-date-format]: `epoch` is a name, not a date format (inferred: no example has one); times since 1970 cannot be expressed; if the API has a parameter with dates, use it with `yyyy-MM-ddTHH:mm:ssZ`
                "#]],
            ),
            (
                "${listId}",
                expect![[r#"
                    "scheduleParams": { "scheduleEndParamFormat": "${listId}" }
                                        ^^^^^^^^^^^^^^^^^^^^^^^^ warning[incomplete-schedule]: missing `scheduleStartParamFormat`: the other end of the time window has no format
                "#]],
            ),
            (
                "",
                expect![[r#"
                    "scheduleParams": { "scheduleEndParamFormat": "" }
                                        ^^^^^^^^^^^^^^^^^^^^^^^^ warning[incomplete-schedule]: missing `scheduleStartParamFormat`: the other end of the time window has no format
                "#]],
            ),
        ] {
            check_attributes(
                &format!("      \"scheduleParams\": {{ \"scheduleEndParamFormat\": \"{format}\" }}"),
                expected,
            );
        }
    }

    #[test]
    fn the_nearest_format_is_the_fix() {
        check_fixes(
            &batch(r#"      "scheduleParams": { "scheduleStartParamFormat": "yyyy-mm-dd\u0020hh:MM:ss A" }"#),
            expect![[r#"
                invalid-date-format: Replace with `yyyy-MM-dd hh:mm:ss tt` (preferred)
                -       "scheduleParams": { "scheduleStartParamFormat": "yyyy-mm-dd\u0020hh:MM:ss A" }
                +       "scheduleParams": { "scheduleStartParamFormat": "yyyy-MM-dd hh:mm:ss tt" }
                invalid-date-format: Replace with `yyyy-MM-dd hh:mm:ss tt` (preferred)
                -       "scheduleParams": { "scheduleStartParamFormat": "yyyy-mm-dd\u0020hh:MM:ss A" }
                +       "scheduleParams": { "scheduleStartParamFormat": "yyyy-MM-dd hh:mm:ss tt" }
                invalid-date-format: Replace with `yyyy-MM-dd hh:mm:ss tt` (preferred)
                -       "scheduleParams": { "scheduleStartParamFormat": "yyyy-mm-dd\u0020hh:MM:ss A" }
                +       "scheduleParams": { "scheduleStartParamFormat": "yyyy-MM-dd hh:mm:ss tt" }
            "#]],
        );
        check_fixes(&batch(r#"      "scheduleParams": { "scheduleStartParamFormat": "yyyy 'x" }"#), expect![[r#""#]]);
    }
}
