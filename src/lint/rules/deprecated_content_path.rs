//! `deprecated-content-path`: `contentPath` as a string.

use serde_json::json;

use crate::lint::{Diagnostic, Fix, Severity};
use crate::source::model::{Records, Request};
use crate::source::template_placeholders;
use crate::syntax::Kind;

use super::{Context, Rule, pages};

pub(crate) const RULE: Rule = Rule {
    code: "deprecated-content-path",
    severities: &[Severity::Warning],
    finds: "`contentPath` as a string, which is deprecated in favor of an object with `path`",
    why: "Specs of 2021 have the path alone, and the API still returns that form for some. All current pages show an object, which also has room for `skipAttributes`, `keepAttributes` and `overrideWrapperAttribute`.",
    at: "sourceSpec.attributes",
    wrong: r#""contentPath": "$.members""#,
    right: r#""contentPath": { "path": "$.members" }"#,
    link: pages::CONTENT_PATH,
    every_kind: false,
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(node) = context.request().and_then(Request::content_path) else { return };
    if node.kind() != Kind::String || template_placeholders::occur_in(node) {
        return;
    }
    let message = "a string in `contentPath` is deprecated; use an object with `path`";
    diagnostics.push(RULE.at(Severity::Warning, node.range(), message).with_fixes(context, |writer| {
        let path = node.string().unwrap_or_default();
        [Fix::safe("Convert to an object", [writer.replace(node, &json!({ Records::PATH: path }))])]
    }));
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::lint::rules::tests::{batch, check_attributes, check_fixes};

    #[test]
    fn a_string_is_deprecated() {
        check_attributes(
            r#"      "contentPath": "$.members""#,
            expect![[r#"
                "contentPath": "$.members"
                               ^^^^^^^^^^^ warning[deprecated-content-path]: a string in `contentPath` is deprecated; use an object with `path`
            "#]],
        );
        check_attributes(
            r#"      "contentPath": "{PATH_TO_RECORDS}""#,
            expect![[r#"
                "contentPath": "{PATH_TO_RECORDS}"
                                ^^^^^^^^^^^^^^^^^ warning[unfilled-template]: unfilled template placeholder `{PATH_TO_RECORDS}`; replace it with your own value. The location of the records in the response.
            "#]],
        );
    }

    #[test]
    fn a_string_is_converted_to_an_object() {
        check_fixes(
            &batch(r#"      "contentPath": "$['a\"b']""#),
            expect![[r#"
                deprecated-content-path: Convert to an object (preferred)
                -       "contentPath": "$['a\"b']"
                +       "contentPath": {
                +         "path": "$['a\"b']"
                +       }
            "#]],
        );
    }
}
