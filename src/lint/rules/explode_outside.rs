//! `explode-outside`: an `explodeEntityPath` that does not start at the node that wraps each record.

use crate::lint::{Diagnostic, Fix, Severity};
use crate::source::json_path::{self, Path};
use crate::source::model::Request;
use crate::source::placeholders::literal;
use crate::source::records::wrapper;

use super::{Context, Rule, pages};

pub(crate) const RULE: Rule = Rule {
    code: "explode-outside",
    severities: &[Severity::Warning],
    finds: "an `explodeEntityPath` that does not start at the node that wraps each record, or that is only this node",
    why: "`explodeEntityPath` is applied to one record at a time, wrapped in a node that is named after `overrideWrapperAttribute`, or else after the last name of `contentPath.path`. That the path starts at this node is inferred from Adobe's examples: `$.emails`, renamed to `email`, exploded by `$.email.activity`. An attribute that is not part of its parent array is rejected with `1319-400`.",
    at: "sourceSpec.attributes",
    wrong: r#""contentPath": { "path": "$.emails", "overrideWrapperAttribute": "email" },
"explodeEntityPath": { "path": "$.emails.activity" }"#,
    right: r#""contentPath": { "path": "$.emails", "overrideWrapperAttribute": "email" },
"explodeEntityPath": { "path": "$.email.activity" }"#,
    link: pages::CONTENT_PATH,
    every_kind: false,
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(request) = context.request() else { return };
    let Some(node) = request.explode_path() else { return };
    let (Some(text), Some(wrapper)) = (literal(node), wrapper(request)) else { return };
    let Ok(path) = json_path::parse(&text) else { return };
    if path.names().is_some_and(|names| *names == [&*wrapper]) {
        let message = format!(
            "`$.{wrapper}` is the node that wraps each record, not an array inside it (inferred from Adobe's examples, not documented)"
        );
        let removed = request.explode().and_then(|explode| explode.node().as_part_of_member());
        return diagnostics.push(
            RULE.at(Severity::Warning, node.part(&(0..text.len())), message).with_offered_fixes(context, |writer| {
                removed.map(|member| Fix::remove(writer, member).likely_if(false))
            }),
        );
    }
    let Some(first) = path.segments.first().filter(|first| first.name().is_some_and(|name| name != wrapper)) else {
        return;
    };
    let message = format!(
        "the path must start with `$.{wrapper}`, the node that wraps each record (inferred from Adobe's examples, not documented)"
    );
    diagnostics.push(RULE.at(Severity::Warning, node.part(&first.range), message).with_offered_fixes(
        context,
        |writer| {
            let paths = fixed_paths(&text, &path, request, &wrapper);
            let fix = |fixed: String| Fix::rename(writer, node, &fixed);
            paths.into_iter().map(fix).collect::<Vec<_>>()
        },
    ));
}

/// The paths that may be meant: the wrapper in place of the path to the records, in place of the first name, or before it.
fn fixed_paths(text: &str, path: &Path, request: Request<'_>, wrapper: &str) -> Vec<String> {
    let names: Vec<_> = path.segments.iter().map_while(|segment| segment.name()).collect();
    let content = request.records_path().and_then(literal).and_then(|text| json_path::parse(&text).ok());
    let records = content.as_ref().and_then(Path::names).unwrap_or_default();
    let after_wrapper = |kept: usize| {
        let rest = path.segments.get(kept).map_or("", |segment| &text[segment.range.start..]);
        format!("${}{rest}", json_path::segment_of(wrapper))
    };
    match names.len() {
        _ if !records.is_empty() && names.starts_with(&records) => vec![after_wrapper(records.len())],
        1 => vec![after_wrapper(0)],
        _ => vec![after_wrapper(1), after_wrapper(0)],
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::lint::rules::tests::{batch, check_attributes, check_fixes};

    #[test]
    fn outside_of_the_node_that_wraps_a_record() {
        check_attributes(
            r#"      "contentPath": { "path": "$.emails", "overrideWrapperAttribute": "email" },
      "explodeEntityPath": { "path": "$.emails.activity" }"#,
            expect![[r#"
                "contentPath": { "path": "$.emails", "overrideWrapperAttribute": "email" },
                "explodeEntityPath": { "path": "$.emails.activity" }
                                                 ^^^^^^^ warning[explode-outside]: the path must start with `$.email`, the node that wraps each record (inferred from Adobe's examples, not documented)
            "#]],
        );
        check_attributes(
            r#"      "contentPath": { "path": "$.data.emails", "overrideWrapperAttribute": "" },
      "explodeEntityPath": { "path": "$.data.emails.activity" }"#,
            expect![[r#"
                "contentPath": { "path": "$.data.emails", "overrideWrapperAttribute": "" },
                "explodeEntityPath": { "path": "$.data.emails.activity" }
                                                 ^^^^^ warning[explode-outside]: the path must start with `$.emails`, the node that wraps each record (inferred from Adobe's examples, not documented)
            "#]],
        );
    }

    #[test]
    fn inside_of_it_or_where_its_name_cannot_be_told() {
        for (content, explode, expected) in [
            (
                r#"{ "path": "$.emails", "overrideWrapperAttribute": "email" }"#,
                "$.email.activity",
                expect![[r#"
                "contentPath": { "path": "$.emails", "overrideWrapperAttribute": "email" }, "explodeEntityPath": { "path": "$.email.activity" }
            "#]],
            ),
            (
                r#"{ "path": "$.data.emails" }"#,
                "$.emails.activity",
                expect![[r#"
                "contentPath": { "path": "$.data.emails" }, "explodeEntityPath": { "path": "$.emails.activity" }
            "#]],
            ),
            (
                r#"{ "path": "$.data.emails[*]" }"#,
                "$.activity",
                expect![[r#"
                    "contentPath": { "path": "$.data.emails[*]" }, "explodeEntityPath": { "path": "$.activity" }
                                                           ^^^ warning[complex-path]: a wildcard in the path to the records, which Flow Service may reject as complex (`1314-400`); use names only
                "#]],
            ),
            (
                r#"{ "path": "$.emails", "overrideWrapperAttribute": "${listId}" }"#,
                "$.activity",
                expect![[r#"
                "contentPath": { "path": "$.emails", "overrideWrapperAttribute": "${listId}" }, "explodeEntityPath": { "path": "$.activity" }
            "#]],
            ),
            (
                r#"{ "path": "$.emails" }"#,
                "$..activity",
                expect![[r#"
                    "contentPath": { "path": "$.emails" }, "explodeEntityPath": { "path": "$..activity" }
                                                                                            ^^^^^^^^^^ warning[complex-path]: `..` in the path to the records, which Flow Service may reject as complex (`1314-400`); use names only
                "#]],
            ),
            (
                r#"{ "path": "$.emails" }"#,
                "$",
                expect![[r#"
                "contentPath": { "path": "$.emails" }, "explodeEntityPath": { "path": "$" }
            "#]],
            ),
            (
                r#"{ "path": "$" }"#,
                "$.a",
                expect![[r#"
                "contentPath": { "path": "$" }, "explodeEntityPath": { "path": "$.a" }
            "#]],
            ),
        ] {
            let explode = format!("\"explodeEntityPath\": {{ \"path\": \"{explode}\" }}");
            check_attributes(&format!("      \"contentPath\": {content}, {explode}"), expected);
        }
    }

    #[test]
    fn the_wrapper_is_put_at_its_start() {
        for (explode, expected) in [
            (
                "$.data.emails.activity",
                expect![[r#"
                    explode-outside: Replace with `$['e-mail'].activity` (preferred)
                    -       "explodeEntityPath": { "path": "$.data.emails.activity" }
                    +       "explodeEntityPath": { "path": "$['e-mail'].activity" }
                "#]],
            ),
            (
                "$.activity",
                expect![[r#"
                    explode-outside: Replace with `$['e-mail'].activity` (preferred)
                    -       "explodeEntityPath": { "path": "$.activity" }
                    +       "explodeEntityPath": { "path": "$['e-mail'].activity" }
                "#]],
            ),
            (
                "$.mail.activity[*]",
                expect![[r#"
                    explode-outside: Replace with `$['e-mail'].activity[*]` (preferred)
                    -       "explodeEntityPath": { "path": "$.mail.activity[*]" }
                    +       "explodeEntityPath": { "path": "$['e-mail'].activity[*]" }
                    explode-outside: Replace with `$['e-mail'].mail.activity[*]`
                    -       "explodeEntityPath": { "path": "$.mail.activity[*]" }
                    +       "explodeEntityPath": { "path": "$['e-mail'].mail.activity[*]" }
                    complex-path: Replace with `$.mail.activity` (preferred)
                    -       "explodeEntityPath": { "path": "$.mail.activity[*]" }
                    +       "explodeEntityPath": { "path": "$.mail.activity" }
                "#]],
            ),
        ] {
            let text = format!(
                r#"      "contentPath": {{ "path": "$.data.emails", "overrideWrapperAttribute": "e-mail" }},
      "explodeEntityPath": {{ "path": "{explode}" }}"#
            );
            check_fixes(&batch(&text), expected);
        }
    }
}
