//! `body-with-get`: a body where the method sends none.

use serde_json::json;

use crate::lint::Diagnostic;
use crate::lint::Fix;
use crate::lint::Severity;
use crate::source::model::UrlParams;
use crate::syntax::{Kind, Node};

use super::{Context, Rule, head, is_template_text, pages};

pub(crate) const RULE: Rule = Rule {
    code: "body-with-get",
    severities: &[Severity::Warning],
    finds: "`bodyParams` with `method: \"GET\"`",
    why: "Adobe's template says of `bodyParams` that it is used if the method is `POST`. With `GET` what stands there is not sent, or the API that is asked does not look at it.",
    at: "sourceSpec.attributes",
    wrong: r#""urlParams": { "path": "/search", "method": "GET" },
"bodyParams": { "status": "active" }"#,
    right: r#""urlParams": { "path": "/search", "method": "POST" },
"bodyParams": { "status": "active" }"#,
    link: pages::SOURCE_SPEC,
    every_kind: false,
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(request) = context.request() else { return };
    let method = request.url().and_then(UrlParams::method).filter(|method| method.string().as_deref() == Some("GET"));
    let body = request.body_params().filter(|body| holds_something(*body));
    let (Some(method), Some(body)) = (method, body) else { return };
    let message =
        "A body is sent with `POST` only, and the method here is `GET`. Change the method, or remove the body.";
    let mut diagnostic = RULE.at(Severity::Warning, head(body), message);
    context.fix(&mut diagnostic, |writer| {
        let change = Fix::possible("Change the method to `POST`", [writer.replace(method, &json!("POST"))]);
        let remove = body.as_part_of_member().map(|member| writer.remove(member.node));
        [change].into_iter().chain(remove.map(|edit| Fix::possible("Remove `bodyParams`", [edit])))
    });
    found.push(diagnostic);
}

/// Whether there is anything in a body: the templates have an empty text or a blank to fill in.
fn holds_something(body: Node<'_>) -> bool {
    match body.kind() {
        Kind::Object | Kind::Array => body.children().next().is_some(),
        Kind::String => {
            let text = body.string().unwrap_or_default();
            !matches!(text.trim(), "" | "{}" | "[]" | "null") && !is_template_text(body)
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
    fn a_body_that_holds_something() {
        check_attributes(
            &with(r#"{ "a": "b" }"#),
            expect![[r#"
                "urlParams": { "path": "/${listId}", "method": "GET" },
                "bodyParams": { "a": "b" }
                ^^^^^^^^^^^^ warning[body-with-get]: A body is sent with `POST` only, and the method here is `GET`. Change the method, or remove the body.
            "#]],
        );
        check_attributes(
            &with("\"a=b\""),
            expect![[r#"
                "urlParams": { "path": "/${listId}", "method": "GET" },
                "bodyParams": "a=b"
                ^^^^^^^^^^^^ warning[body-with-get]: A body is sent with `POST` only, and the method here is `GET`. Change the method, or remove the body.
            "#]],
        );
    }

    #[test]
    fn an_empty_body_or_another_method() {
        for body in ["{}", "[]", r#""""#, r#""{}""#, r#""{BODY_PARAMS}""#, "null"] {
            check_of(super::RULE.code, &batch(&with(body)), expect![[""]]);
        }
        for address in [r#"{ "path": "/", "method": "POST" }"#, r#"{ "path": "/" }"#] {
            let members = format!("      \"urlParams\": {address}, \"bodyParams\": {{ \"a\": 1 }}");
            check_of(super::RULE.code, &batch(&members), expect![[""]]);
        }
    }

    #[test]
    fn either_of_them_changes() {
        check_fixes(
            &batch(&with(r#"{ "a": "b" }"#)),
            expect![[r#"
                body-with-get: Change the method to `POST`
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
