//! `explode-outside`: a path into the records that does not start at the node which wraps them.

use crate::lint::Diagnostic;
use crate::lint::Fix;
use crate::lint::Severity;
use crate::source::json_path::{self, Path};
use crate::source::model::Request;
use crate::source::placeholders::literal;
use crate::source::records::wrapper;

use super::{Context, Rule, pages};

pub(crate) const RULE: Rule = Rule {
    code: "explode-outside",
    severities: &[Severity::Warning],
    finds: "a path of `explodeEntityPath` that does not start at the node which wraps each record",
    why: "`explodeEntityPath` looks into one record at a time, which stands in a node with the name of `overrideWrapperAttribute`, or else with the last name of `contentPath.path`. That its path starts at that node is inferred from Adobe's examples: `$.emails`, renamed to `email`, exploded by `$.email.activity`.",
    at: "sourceSpec.attributes",
    wrong: r#""contentPath": { "path": "$.emails", "overrideWrapperAttribute": "email" },
"explodeEntityPath": { "path": "$.emails.activity" }"#,
    right: r#""contentPath": { "path": "$.emails", "overrideWrapperAttribute": "email" },
"explodeEntityPath": { "path": "$.email.activity" }"#,
    link: pages::SOURCE_SPEC,
    every_kind: false,
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(request) = context.request() else { return };
    let Some(node) = request.explode_path() else { return };
    let (Some(text), Some(wrapper)) = (literal(node), wrapper(request)) else { return };
    let Ok(path) = json_path::parse(&text) else { return };
    let Some(first) = path.segments.first().filter(|first| first.name().is_some_and(|name| name != wrapper)) else {
        return;
    };
    let message = format!(
        "This path starts at the node that wraps each record, which is called `{wrapper}` here (inferred from Adobe's examples). Start it with `$.{wrapper}`."
    );
    let mut diagnostic = RULE.at(Severity::Warning, node.part(&first.range), message);
    context.fix(&mut diagnostic, |writer| {
        let paths = right_paths(&text, &path, request, &wrapper);
        let fix = |right: String| Fix::offered(format!("Write `{right}`"), [writer.rename(node, &right)]);
        paths.into_iter().map(fix).collect::<Vec<_>>()
    });
    found.push(diagnostic);
}

/// The paths that may be meant: with the wrapper in place of the way to the records, or of the first name, or before it.
fn right_paths(text: &str, path: &Path, request: Request<'_>, wrapper: &str) -> Vec<String> {
    let names: Vec<_> = path.segments.iter().map_while(|segment| segment.name()).collect();
    let content = request.records_path().and_then(literal).and_then(|text| json_path::parse(&text).ok());
    let way = content.as_ref().and_then(Path::names).unwrap_or_default();
    let with_first = |kept: usize| {
        let rest = path.segments.get(kept).map_or("", |segment| &text[segment.range.start..]);
        format!("${}{rest}", json_path::segment_of(wrapper))
    };
    match names.len() {
        _ if !way.is_empty() && names.starts_with(&way) => vec![with_first(way.len())],
        1 => vec![with_first(0)],
        _ => vec![with_first(1), with_first(0)],
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
                                                 ^^^^^^^ warning[explode-outside]: This path starts at the node that wraps each record, which is called `email` here (inferred from Adobe's examples). Start it with `$.email`.
            "#]],
        );
        check_attributes(
            r#"      "contentPath": { "path": "$.data.emails", "overrideWrapperAttribute": "" },
      "explodeEntityPath": { "path": "$.data.emails.activity" }"#,
            expect![[r#"
                "contentPath": { "path": "$.data.emails", "overrideWrapperAttribute": "" },
                "explodeEntityPath": { "path": "$.data.emails.activity" }
                                                 ^^^^^ warning[explode-outside]: This path starts at the node that wraps each record, which is called `emails` here (inferred from Adobe's examples). Start it with `$.emails`.
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
                explode-outside: Write `$['e-mail'].activity` (preferred)
                -       "explodeEntityPath": { "path": "$.data.emails.activity" }
                +       "explodeEntityPath": { "path": "$['e-mail'].activity" }
            "#]],
            ),
            (
                "$.activity",
                expect![[r#"
                explode-outside: Write `$['e-mail'].activity` (preferred)
                -       "explodeEntityPath": { "path": "$.activity" }
                +       "explodeEntityPath": { "path": "$['e-mail'].activity" }
            "#]],
            ),
            (
                "$.mail.activity[*]",
                expect![[r#"
                explode-outside: Write `$['e-mail'].activity[*]` (preferred)
                -       "explodeEntityPath": { "path": "$.mail.activity[*]" }
                +       "explodeEntityPath": { "path": "$['e-mail'].activity[*]" }
                explode-outside: Write `$['e-mail'].mail.activity[*]`
                -       "explodeEntityPath": { "path": "$.mail.activity[*]" }
                +       "explodeEntityPath": { "path": "$['e-mail'].mail.activity[*]" }
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
