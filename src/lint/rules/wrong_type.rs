//! `wrong-type`: a value of a JSON type that no source shows at that place.

mod fixes;

use crate::edit::writer::Writer;
use crate::lint::Diagnostic;
use crate::lint::Fix;
use crate::lint::Severity;
use crate::lint::schema::Mistake;
use crate::spec::{self, Entry};
use crate::syntax::{Kind, Node};
use crate::text::english;

use super::{Context, Rule, embedded_schema, is_template_text, pages};

pub(crate) const RULE: Rule = Rule {
    code: "wrong-type",
    severities: &[Severity::Error, Severity::Warning],
    finds: "a value of the wrong JSON type, such as `\"isSource\": \"True\"` (error), or of one that only the API's reference shows (warning)",
    why: "Every example and every answer of the API has another JSON type here, and no page says that the service converts. Numbers in quotes, which the API itself answers with, are fine where it does.",
    at: "attributes",
    wrong: r#""isSource": "True""#,
    right: r#""isSource": true"#,
    link: pages::CREATE,
    every_kind: false,
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for violation in context.violations().iter().filter(|violation| violation.mistake == Mistake::WrongType) {
        let node = violation.node;
        if is_template_text(node) || embedded_schema::is_about(node) {
            continue;
        }
        let entry = context.entry(node);
        let types = entry.types();
        let is_documented = spec::type_name(node).is_some_and(|name| entry.reference_only_types().contains(&name));
        let belongs = belongs(&types, node);
        let (severity, message) = match is_documented {
            true => (Severity::Warning, format!("{belongs} All examples and answers of the API agree on that.")),
            false => (Severity::Error, belongs + &remedy(node, &types)),
        };
        let mut diagnostic = RULE.at(severity, range(node), message);
        diagnostic.link = entry.link().unwrap_or(RULE.link);
        context.fix(&mut diagnostic, |writer| fixes::of(writer, node, &entry));
        found.push(diagnostic);
    }
}

/// What converts a value, the likeliest first.
pub(crate) fn conversions(writer: &Writer<'_>, node: Node<'_>, entry: &Entry) -> Vec<Fix> {
    fixes::of(writer, node, entry)
}

/// A sentence that says which types belong here.
pub(crate) fn belongs(types: &[&str], node: Node<'_>) -> String {
    format!("{} belongs here, not {}.", article_list(types), actual(node))
}

/// The whole value when it is a plain one; of an object or array the key, or else its bracket.
pub(crate) fn range(node: Node<'_>) -> std::ops::Range<usize> {
    match node.kind() {
        Kind::Object | Kind::Array => super::head(node),
        _ => node.range(),
    }
}

fn with_article(name: &str) -> &str {
    match name {
        "object" => "an object `{ }`",
        "array" => "a list `[ ]`",
        "string" => "a text in quotes",
        "integer" => "a whole number",
        "number" => "a number",
        "boolean" => "`true` or `false`",
        other => other,
    }
}

fn article_list(types: &[&str]) -> String {
    english::capitalize(&types.iter().map(|name| with_article(name)).collect::<Vec<_>>().join(" or "))
}

fn actual(node: Node<'_>) -> &'static str {
    match spec::type_name(node) {
        Some("object") => "an object",
        Some("array") => "a list",
        Some("string") => "a text",
        Some("integer" | "number") => "a number",
        Some("boolean") => "`true` or `false`",
        _ => "`null`",
    }
}

/// What to do about a value that only lacks or has quotes too many.
fn remedy(node: Node<'_>, types: &[&str]) -> String {
    let text = node.string().unwrap_or_default().to_lowercase();
    match node.kind() {
        Kind::String if types.contains(&"boolean") && matches!(text.as_str(), "true" | "false") => {
            format!(" Write `{text}` without quotes.")
        }
        Kind::String if types.contains(&"integer") && text.parse::<i64>().is_ok() => " Remove the quotes.".to_owned(),
        Kind::Number | Kind::True | Kind::False if types == ["string"] => " Put it in double quotes.".to_owned(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::lint::rules::tests::{batch, check, check_attributes, check_fixes};

    #[test]
    fn plain_values_and_whole_objects() {
        check_attributes(
            r#"      "urlParams": { "path": 1, "method": "GET", "host": null },
      "explodeEntityPath": "$.a",
      "headerParams": [],
      "paginationParams": { "type": "PAGE", "limitName": "l", "limitValue": true, "pageParamName": "p" }"#,
            expect![[r#"
                "urlParams": { "path": 1, "method": "GET", "host": null },
                                       ^ error[wrong-type]: A text in quotes belongs here, not a number. Put it in double quotes.
                                                                   ^^^^ error[wrong-type]: A text in quotes belongs here, not `null`.
                "explodeEntityPath": "$.a",
                                     ^^^^^ error[wrong-type]: An object `{ }` belongs here, not a text.
                "headerParams": [],
                ^^^^^^^^^^^^^^ error[wrong-type]: An object `{ }` or a text in quotes belongs here, not a list.
                "paginationParams": { "type": "PAGE", "limitName": "l", "limitValue": true, "pageParamName": "p" }
                                                                                      ^^^^ error[wrong-type]: A whole number or a text in quotes belongs here, not `true` or `false`.
            "#]],
        );
    }

    #[test]
    fn forms_that_only_the_reference_shows() {
        let text = batch(r#"      "headerParams": {}"#)
            .replace(r#"{ "key": "crm" }"#, r#""crm""#)
            .replace(r#"{ "key": "l" }"#, "1");
        let text = text.replace("\n}", ", \"permissionsInfo\": { \"view\": { \"name\": \"a\" }, \"manage\": [] }\n}");
        check(
            &text,
            expect![[r#"
                {
                  "name": "a", "type": "generic-rest", "description": "b", "version": "1.0",
                  "attributes": { "uiAttributes": { "apiFeatures": {} } },
                  "providerId": "0ed90a81-07f4-4586-8190-b40eccef1c5a",
                  "authSpec": [ { "name": "Basic Authentication", "type": "BasicAuthentication", "spec": { "type": "object", "properties": {
                    "username": { "type": "string" }, "password": { "type": "string", "format": "password" }
                  } } } ],
                  "exploreSpec": { "name": "Resource", "type": "Resource", "requestSpec": { "$schema": "http://json-schema.org/draft-07/schema#", "type": "object" },
                    "responseSpec": { "$schema": "http://json-schema.org/draft-07/schema#", "type": "object", "properties": { "format": { "type": "string" }, "schema": { "type": "object", "properties": { "columns": { "type": "array", "items": { "type": "object", "properties": { "name": { "type": "string" }, "type": { "type": "string" } } } } } }, "data": { "type": "array", "items": { "type": "object" } } } } },
                  "sourceSpec": {
                    "spec": { "type": "object", "properties": { "listId": { "type": "string" } } },
                    "attributes": {
                      "uiAttributes": {
                        "isSource": true, "category": "crm", "icon": { "key": "i" },
                                                      ^^^^^ warning[wrong-type]: An object `{ }` belongs here, not a text. All examples and answers of the API agree on that.
                        "description": { "key": "d" }, "label": 1
                                                                ^ error[wrong-type]: An object `{ }` belongs here, not a number.
                      },
                      "urlParams": { "path": "/${listId}", "method": "GET" },
                      "contentPath": { "path": "$.a" },
                      "paginationParams": { "type": "NONE" },
                      "scheduleParams": {},
                      "headerParams": {}
                    }
                  }, "permissionsInfo": { "view": { "name": "a" }, "manage": [] }
                                          ^^^^^^ warning[wrong-type]: A list `[ ]` belongs here, not an object. All examples and answers of the API agree on that.
                }
            "#]],
        );
    }

    #[test]
    fn booleans_as_text() {
        check(
            r#"{ "name": "a", "type": "generic-streaming", "providerId": "521eee4d-8cbe-4906-bb48-fb6bd4450033",
  "version": 1.0, "description": "",
  "attributes": { "isSource": "True" } }"#,
            expect![[r#"
                { "name": "a", "type": "generic-streaming", "providerId": "521eee4d-8cbe-4906-bb48-fb6bd4450033",
                ^ warning[missing-key]: `sourceSpec` is missing in the spec. Adobe's template has it.
                ^ warning[missing-key]: `exploreSpec` is missing in the spec. Adobe's template has it.
                ^ warning[missing-key]: `permissionsInfo` is missing in the spec. Adobe's template has it.
                  "version": 1.0, "description": "",
                             ^^^ error[wrong-type]: A text in quotes belongs here, not a number. Put it in double quotes.
                  "attributes": { "isSource": "True" } }
                  ^^^^^^^^^^^^ warning[missing-key]: `category` is missing in `attributes`. Adobe's template has it.
                  ^^^^^^^^^^^^ warning[missing-key]: `uiAttributes` is missing in `attributes`. Adobe's template has it.
                                              ^^^^^^ error[wrong-type]: `true` or `false` belongs here, not a text. Write `true` without quotes.
            "#]],
        );
    }

    #[test]
    fn is_converted_where_that_is_clear() {
        let text = batch(
            r#"      "urlParams": { "path": "/", "method": ["POST"], "host": null },
      "explodeEntityPath": "$.a",
      "headerParams": "{ \"a\": \"b\" }",
      "bodyParams": "{ \"a\": [1] }",
      "contentPath": { "path": "$.a", "skipAttributes": "b", "keepAttributes": "[\"c\"]", "overrideWrapperAttribute": 1 }"#,
        );
        let text =
            text.replace(r#"{ "key": "crm" }"#, r#""crm""#).replace("\"isSource\": true", "\"isSource\": \"True\"");
        check_fixes(
            &text,
            expect![[r#"
                wrong-type: Replace by `true` (preferred)
                -         "isSource": "True", "category": "crm", "icon": { "key": "i" },
                +         "isSource": true, "category": "crm", "icon": { "key": "i" },
                wrong-type: Write it as an object with `key` (preferred)
                -         "isSource": "True", "category": "crm", "icon": { "key": "i" },
                +         "isSource": "True", "category": { "key": "crm" }, "icon": { "key": "i" },
                wrong-type: Take it out of the list (preferred)
                -       "urlParams": { "path": "/", "method": ["POST"], "host": null },
                +       "urlParams": { "path": "/", "method": "POST", "host": null },
                wrong-type: Remove `host` (preferred)
                -       "urlParams": { "path": "/", "method": ["POST"], "host": null },
                +       "urlParams": { "path": "/", "method": ["POST"] },
                wrong-type: Insert a value
                -       "urlParams": { "path": "/", "method": ["POST"], "host": null },
                +       "urlParams": { "path": "/", "method": ["POST"], "host": "" },
                wrong-type: Write it as an object with `path` (preferred)
                -       "explodeEntityPath": "$.a",
                +       "explodeEntityPath": { "path": "$.a" },
                deprecated-params-string: Rewrite as an object (preferred)
                -       "headerParams": "{ \"a\": \"b\" }",
                +       "headerParams": {
                +         "a": "b"
                +       },
                wrong-type: Make it a list of one (preferred)
                -       "contentPath": { "path": "$.a", "skipAttributes": "b", "keepAttributes": "[\"c\"]", "overrideWrapperAttribute": 1 }
                +       "contentPath": { "path": "$.a", "skipAttributes": ["b"], "keepAttributes": "[\"c\"]", "overrideWrapperAttribute": 1 }
                wrong-type: Write it as a list (preferred)
                -       "contentPath": { "path": "$.a", "skipAttributes": "b", "keepAttributes": "[\"c\"]", "overrideWrapperAttribute": 1 }
                +       "contentPath": { "path": "$.a", "skipAttributes": "b", "keepAttributes": [ "c" ], "overrideWrapperAttribute": 1 }
                wrong-type: Put it in double quotes (preferred)
                -       "contentPath": { "path": "$.a", "skipAttributes": "b", "keepAttributes": "[\"c\"]", "overrideWrapperAttribute": 1 }
                +       "contentPath": { "path": "$.a", "skipAttributes": "b", "keepAttributes": "[\"c\"]", "overrideWrapperAttribute": "1" }
            "#]],
        );
    }
}
