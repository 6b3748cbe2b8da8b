//! `string-params`: query or headers as one text, the old form.

use serde_json::{Map, Value};

use crate::ide::{Diagnostic, Fix, Severity, pairs};
use crate::syntax::{Kind, Node};

use super::{Context, Rule, is_template_text, pages};

pub(super) const RULE: Rule = Rule {
    code: "string-params",
    severities: &[Severity::Warning],
    finds: "`queryParams` or `headerParams` as one text of `name=value` pairs (the old form) where an object is the form of today",
    why: "Specs of 2021 have all query parameters or headers in one text, with commas in one page and `&` in another between the pairs. All pages of today show an object of names and values.",
    at: "sourceSpec.attributes",
    wrong: r#""headerParams": "Accept=application/json""#,
    right: r#""headerParams": { "Accept": "application/json" }"#,
    link: pages::SOURCE_SPEC,
    every_kind: false,
    find,
};

fn find(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(request) = context.request() else { return };
    let places = [&["urlParams", "queryParams"][..], &["queryParams"], &["headerParams"]];
    for node in places.into_iter().filter_map(|place| request.at(place)) {
        let text = node.string().filter(|text| node.kind() == Kind::String && !text.trim().is_empty());
        let Some(text) = text.filter(|_| !is_template_text(node)) else { continue };
        let message = "All pairs in one text are an old form. Write an object of names and values.";
        let mut finding = RULE.at(Severity::Warning, node.range(), message);
        context.fix(&mut finding, |writer| {
            let fix = |(object, is_safe)| Fix {
                is_safe,
                ..Fix::offered("Rewrite as an object", [writer.replace(node, &Value::Object(object))])
            };
            object(node, &text).map(fix)
        });
        found.push(finding);
    }
}

/// The pairs as an object, and whether they can only be read so.
fn object(node: Node<'_>, text: &str) -> Option<(Map<String, Value>, bool)> {
    if !node.has_opening_quote() || !node.has_closing_quote() {
        return None;
    }
    if let Ok(Value::Object(object)) = serde_json::from_str(text) {
        return Some((object, true));
    }
    let pairs = pairs::of(text)?;
    let mut object = Map::new();
    for pair in &pairs.list {
        let value = Value::from(&text[pair.value.clone()]);
        if object.insert(text[pair.name.clone()].to_owned(), value).is_some() {
            return None;
        }
    }
    Some((object, pairs.is_certain))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::ide::rules::tests::{batch, check_attributes, check_fixes_of};

    #[test]
    fn the_old_form_of_both() {
        check_attributes(
            r#"      "urlParams": { "path": "/${listId}", "method": "GET", "queryParams": "a=b&c=d" },
      "headerParams": "Accept=application/json,x=y""#,
            expect![[r#"
                "urlParams": { "path": "/${listId}", "method": "GET", "queryParams": "a=b&c=d" },
                                                                                     ^^^^^^^^^ warning[string-params]: All pairs in one text are an old form. Write an object of names and values.
                "headerParams": "Accept=application/json,x=y"
                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[string-params]: All pairs in one text are an old form. Write an object of names and values.
            "#]],
        );
        check_attributes(
            r#"      "urlParams": { "path": "/${listId}", "method": "GET", "queryParams": "{QUERY_PARAMS}" },
      "headerParams": """#,
            expect![[r#"
                "urlParams": { "path": "/${listId}", "method": "GET", "queryParams": "{QUERY_PARAMS}" },
                                                                                      ^^^^^^^^^^^^^^ warning[template-text]: `{QUERY_PARAMS}` is a blank of the template. Write your own value in its place.
                "headerParams": ""
            "#]],
        );
    }

    #[test]
    fn is_rewritten_where_it_splits_cleanly() {
        let expected = [
            (
                "Accept=application/json,x=${listId}",
                expect![[r#"
                string-params: Rewrite as an object (preferred)
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
                string-params: Rewrite as an object (preferred)
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
                string-params: Rewrite as an object (preferred)
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
                string-params: Rewrite as an object (preferred)
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
            check_fixes_of("string-params", &batch(&format!("      \"headerParams\": \"{text}\"")), expected);
        }
    }
}
