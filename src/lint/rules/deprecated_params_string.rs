//! `deprecated-params-string`: query parameters or headers in one string.

use serde_json::{Map, Value};

use crate::lint::{Diagnostic, Fix, Severity};
use crate::source::model::UrlParams;
use crate::source::{query_string, template_placeholders};
use crate::syntax::{Kind, Node};

use super::{Context, Rule, pages};

pub(crate) const RULE: Rule = Rule {
    code: "deprecated-params-string",
    severities: &[Severity::Warning],
    finds: "`queryParams` or `headerParams` as one string of `name=value` pairs, which is deprecated in favor of an object",
    why: "Specs of 2021 have all query parameters or headers in one string, with commas in one page and `&` in another between the pairs. All current pages show an object of names and values.",
    at: "sourceSpec.attributes",
    wrong: r#""headerParams": "Accept=application/json""#,
    right: r#""headerParams": { "Accept": "application/json" }"#,
    link: pages::SOURCE_SPEC,
    every_kind: false,
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(request) = context.request() else { return };
    let in_url = request.url_params().and_then(|url| UrlParams::new(url).query_params());
    for node in [in_url, request.query_params(), request.header_params()].into_iter().flatten() {
        let text = node.string().filter(|text| node.kind() == Kind::String && !text.trim().is_empty());
        let Some(text) = text.filter(|_| !template_placeholders::occur_in(node)) else { continue };
        let message = "`name=value` pairs in one string are deprecated; use an object of names and values";
        diagnostics.push(RULE.at(Severity::Warning, node.range(), message).with_fixes(context, |writer| {
            let edit = |object| writer.replace(node, &Value::Object(object));
            object(node, &text).map(|(new, is_safe)| Fix::offered("Convert to an object", [edit(new)]).safe_if(is_safe))
        }));
    }
}

/// The pairs as an object, and whether no other reading of them is possible.
fn object(node: Node<'_>, text: &str) -> Option<(Map<String, Value>, bool)> {
    if !node.has_opening_quote() || !node.has_closing_quote() {
        return None;
    }
    if let Ok(Value::Object(object)) = serde_json::from_str(text) {
        return Some((object, true));
    }
    let query = query_string::parse(text)?;
    let mut object = Map::new();
    for pair in &query.pairs {
        let value = Value::from(&text[pair.value.clone()]);
        if object.insert(text[pair.name.clone()].to_owned(), value).is_some() {
            return None;
        }
    }
    Some((object, query.is_certain))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::lint::rules::tests::{batch, check_attributes, check_fixes_of};

    #[test]
    fn strings_in_either_key_are_deprecated() {
        check_attributes(
            r#"      "urlParams": { "path": "/${listId}", "method": "GET", "queryParams": "a=b&c=d" },
      "headerParams": "Accept=application/json,x=y""#,
            expect![[r#"
                "urlParams": { "path": "/${listId}", "method": "GET", "queryParams": "a=b&c=d" },
                                                                                     ^^^^^^^^^ warning[deprecated-params-string]: `name=value` pairs in one string are deprecated; use an object of names and values
                "headerParams": "Accept=application/json,x=y"
                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[deprecated-params-string]: `name=value` pairs in one string are deprecated; use an object of names and values
            "#]],
        );
        check_attributes(
            r#"      "urlParams": { "path": "/${listId}", "method": "GET", "queryParams": "{QUERY_PARAMS}" },
      "headerParams": """#,
            expect![[r#"
                "urlParams": { "path": "/${listId}", "method": "GET", "queryParams": "{QUERY_PARAMS}" },
                                                                                      ^^^^^^^^^^^^^^ warning[unfilled-template]: unfilled template placeholder `{QUERY_PARAMS}`; replace it with your own value. Parameters of the query string, name to value.
                "headerParams": ""
            "#]],
        );
    }

    #[test]
    fn a_string_that_splits_cleanly_is_converted_to_an_object() {
        let expected = [
            (
                "Accept=application/json,x=${listId}",
                expect![[r#"
                    deprecated-params-string: Convert to an object (preferred)
                    -       "headerParams": "Accept=application/json,x=${listId}"
                    +       "headerParams": {
                    +         "Accept": "application/json",
                    +         "x": "${listId}"
                    +       }
                "#]],
            ),
            (
                "?a=b&c=@{concat('d', '&e=f')}",
                expect![[r#"
                    deprecated-params-string: Convert to an object (preferred)
                    -       "headerParams": "?a=b&c=@{concat('d', '&e=f')}"
                    +       "headerParams": {
                    +         "a": "b",
                    +         "c": "@{concat('d', '&e=f')}"
                    +       }
                "#]],
            ),
            (
                "Content-Type=application/json,foo=bar&userHeader=x",
                expect![[r#"
                    deprecated-params-string: Convert to an object (preferred)
                    -       "headerParams": "Content-Type=application/json,foo=bar&userHeader=x"
                    +       "headerParams": {
                    +         "Content-Type": "application/json",
                    +         "foo": "bar",
                    +         "userHeader": "x"
                    +       }
                "#]],
            ),
            (
                "{\\\"a\\\": \\\"b\\\"}",
                expect![[r#"
                    deprecated-params-string: Convert to an object (preferred)
                    -       "headerParams": "{\"a\": \"b\"}"
                    +       "headerParams": {
                    +         "a": "b"
                    +       }
                "#]],
            ),
            ("a=b,c", expect![[""]]),
            ("a=b&a=c", expect![[""]]),
            ("a=%20", expect![[""]]),
            ("Accept: application/json", expect![[""]]),
        ];
        for (text, expected) in expected {
            check_fixes_of(
                "deprecated-params-string",
                &batch(&format!("      \"headerParams\": \"{text}\"")),
                expected,
            );
        }
    }
}
