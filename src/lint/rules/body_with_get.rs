//! `body-with-get`: a body with a method that sends none.

use serde_json::json;

use crate::lint::{Diagnostic, Fix, Severity};
use crate::source::model::UrlParams;
use crate::source::template_placeholders;
use crate::syntax::{Kind, Node};

use super::{Context, Rule, head, pages};

pub(crate) const RULE: Rule = Rule {
    code: "body-with-get",
    severities: &[Severity::Warning],
    finds: "`bodyParams` with `method: \"GET\"`",
    why: "Adobe's template describes `bodyParams` as used if the method is `POST`. With `GET` the body is not sent, or the API ignores it.",
    at: "sourceSpec.attributes",
    wrong: r#""urlParams": { "path": "/search", "method": "GET" },
"bodyParams": { "status": "active" }"#,
    right: r#""urlParams": { "path": "/search", "method": "POST" },
"bodyParams": { "status": "active" }"#,
    link: pages::SOURCE_SPEC,
    every_kind: false,
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(request) = context.request() else { return };
    let method = request.url().and_then(UrlParams::method).filter(|method| method.string().as_deref() == Some("GET"));
    let (Some(method), Some(body)) = (method, request.body_params().filter(|body| has_content(*body))) else { return };
    let message = "a body is only sent with `POST`, but `method` is `GET`; change the method or remove the body";
    diagnostics.push(RULE.at(Severity::Warning, head(body), message).with_offered_fixes(context, |writer| {
        let change = Fix::possible("Change `method` to `POST`", [writer.replace(method, &json!("POST"))]);
        let remove = body.as_part_of_member().map(|member| Fix::remove(writer, member).likely_if(false));
        [change].into_iter().chain(remove)
    }));
}

/// Whether a body holds anything: the templates have an empty string or a placeholder.
fn has_content(body: Node<'_>) -> bool {
    match body.kind() {
        Kind::Object | Kind::Array => body.children().next().is_some(),
        Kind::String => {
            let text = body.string().unwrap_or_default();
            !matches!(text.trim(), "" | "{}" | "[]" | "null") && !template_placeholders::occur_in(body)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::lint::rules::tests::{batch, check_attributes, check_fixes, check_of};

    fn with(body: &str) -> String {
        format!(
            "      \"urlParams\": {{ \"path\": \"/${{listId}}\", \"method\": \"GET\" }},\n      \"bodyParams\": {body}"
        )
    }

    #[test]
    fn a_body_with_get_is_a_warning() {
        check_attributes(
            &with(r#"{ "a": "b" }"#),
            expect![[r#"
                "urlParams": { "path": "/${listId}", "method": "GET" },
                "bodyParams": { "a": "b" }
                ^^^^^^^^^^^^ warning[body-with-get]: a body is only sent with `POST`, but `method` is `GET`; change the method or remove the body
            "#]],
        );
        check_attributes(
            &with("\"a=b\""),
            expect![[r#"
                "urlParams": { "path": "/${listId}", "method": "GET" },
                "bodyParams": "a=b"
                ^^^^^^^^^^^^ warning[body-with-get]: a body is only sent with `POST`, but `method` is `GET`; change the method or remove the body
            "#]],
        );
    }

    #[test]
    fn an_empty_body_or_another_method_is_fine() {
        for body in ["{}", "[]", r#""""#, r#""{}""#, r#""{BODY_PARAMS}""#, "null"] {
            check_of(super::RULE.code, &batch(&with(body)), expect![[""]]);
        }
        for url in [r#"{ "path": "/", "method": "POST" }"#, r#"{ "path": "/" }"#] {
            let members = format!("      \"urlParams\": {url}, \"bodyParams\": {{ \"a\": 1 }}");
            check_of(super::RULE.code, &batch(&members), expect![[""]]);
        }
    }

    #[test]
    fn either_the_method_changes_or_the_body_is_removed() {
        check_fixes(
            &batch(&with(r#"{ "a": "b" }"#)),
            expect![[r#"
                body-with-get: Change `method` to `POST`
                -       "urlParams": { "path": "/${listId}", "method": "GET" },
                +       "urlParams": { "path": "/${listId}", "method": "POST" },
                body-with-get: Remove `bodyParams`
                -       "urlParams": { "path": "/${listId}", "method": "GET" },
                -       "bodyParams": { "a": "b" }
                +       "urlParams": { "path": "/${listId}", "method": "GET" }
            "#]],
        );
    }
}
