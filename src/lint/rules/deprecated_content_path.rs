//! `deprecated-content-path`: the old form of `contentPath`.

use serde_json::json;

use crate::lint::Diagnostic;
use crate::lint::Fix;
use crate::lint::Severity;
use crate::syntax::Kind;

use super::{Context, Rule, is_template_text, pages};

pub(crate) const RULE: Rule = Rule {
    code: "deprecated-content-path",
    severities: &[Severity::Warning],
    finds: "`contentPath` as a text (the old form) where an object with `path` is the form of today",
    why: "Specs of 2021 have the path alone, and the API still answers so for some. All pages of today show an object, which also has room for `skipAttributes`, `keepAttributes` and `overrideWrapperAttribute`.",
    at: "sourceSpec.attributes",
    wrong: r#""contentPath": "$.members""#,
    right: r#""contentPath": { "path": "$.members" }"#,
    link: pages::SOURCE_SPEC,
    every_kind: false,
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(node) = context.request().and_then(|request| request.content_path()) else { return };
    if node.kind() != Kind::String || is_template_text(node) {
        return;
    }
    let message = "The path alone is an old form of `contentPath`. Write an object with `path`.";
    let mut diagnostic = RULE.at(Severity::Warning, node.range(), message);
    context.fix(&mut diagnostic, |writer| {
        let path = node.string().unwrap_or_default();
        [Fix::safe("Rewrite as an object", [writer.replace(node, &json!({ "path": path }))])]
    });
    found.push(diagnostic);
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::lint::rules::tests::{batch, check_attributes, check_fixes};

    #[test]
    fn the_old_form() {
        check_attributes(
            r#"      "contentPath": "$.members""#,
            expect![[r#"
            "contentPath": "$.members"
                           ^^^^^^^^^^^ warning[deprecated-content-path]: The path alone is an old form of `contentPath`. Write an object with `path`.
        "#]],
        );
        check_attributes(
            r#"      "contentPath": "{PATH_TO_RECORDS}""#,
            expect![[r#"
                "contentPath": "{PATH_TO_RECORDS}"
                                ^^^^^^^^^^^^^^^^^ warning[unfilled-template]: unfilled template placeholder `{PATH_TO_RECORDS}`; replace it with your own value
            "#]],
        );
    }

    #[test]
    fn is_rewritten() {
        check_fixes(
            &batch(r#"      "contentPath": "$['a\"b']""#),
            expect![[r#"
            deprecated-content-path: Rewrite as an object (preferred)
            -       "contentPath": "$['a\"b']"
            +       "contentPath": {
            +         "path": "$['a\"b']"
            +       }
        "#]],
        );
    }
}
