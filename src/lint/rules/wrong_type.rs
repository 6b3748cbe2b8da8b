//! `wrong-type`: a value of a JSON type that no source has at its place.

mod fixes;

use crate::lint::{Diagnostic, Severity};
use crate::source::model::Pagination;
use crate::spec;
use crate::syntax::{Kind, Node};

use super::{Context, Rule, pages};

pub(super) use fixes::conversions;

pub(crate) const RULE: Rule = Rule {
    code: "wrong-type",
    severities: &[Severity::Error, Severity::Warning],
    finds: "a value of the wrong JSON type, such as `\"isSource\": \"True\"` (error), or of one that only the API reference has (warning)",
    why: "Every example and every API response has another JSON type here, and no page says that the service converts values. Numbers in quotes are accepted where API responses have them.",
    at: "attributes",
    wrong: r#""isSource": "True""#,
    right: r#""isSource": true"#,
    link: pages::CREATE,
    every_kind: false,
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for violation in context.violations_for(RULE.code) {
        let node = violation.node;
        let entry = context.entry(node);
        let types = entry.types();
        let is_documented = spec::type_name(node).is_some_and(|name| entry.reference_only_types().contains(&name));
        let mismatch = mismatch(&types, node);
        let (severity, message) = match is_documented {
            true => (Severity::Warning, format!("{mismatch}, unlike all examples and API responses")),
            false => (Severity::Error, mismatch + &remedy(node, &types)),
        };
        diagnostics.push(
            RULE.at(severity, range(node), message)
                .with_link(entry.link())
                .with_fixes(context, |writer| conversions(writer, node)),
        );
    }
}

/// "expected a string, found a number".
pub(crate) fn mismatch(types: &[&str], node: Node<'_>) -> String {
    let expected: Vec<&str> = types.iter().map(|name| with_article(name)).collect();
    format!("expected {}, found {}", expected.join(" or "), actual(node))
}

/// The type of a value: "a number".
pub(crate) fn actual(node: Node<'_>) -> &'static str {
    match spec::type_name(node).map_or("null", with_article) {
        "an integer" => "a number",
        name => name,
    }
}

/// All of a scalar value; of an object or array the key, or else the bracket.
pub(crate) fn range(node: Node<'_>) -> std::ops::Range<usize> {
    match node.kind() {
        Kind::Object | Kind::Array => super::head(node),
        _ => node.range(),
    }
}

/// The end condition that a bare value is meant to be.
pub(crate) fn end_condition(node: Node<'_>) -> Option<String> {
    let is_bare = matches!(node.kind(), Kind::Number | Kind::True | Kind::False);
    let is_it = is_bare && node.is_value_of(Pagination::END_CONDITION_VALUE);
    is_it.then(|| format!("\"Const:{}\"", node.text()))
}

/// The milliseconds of a delay that was written in seconds, also in a string.
pub(crate) fn milliseconds(node: Node<'_>) -> Option<String> {
    let text = node.string().filter(|_| node.kind() == Kind::String).unwrap_or(node.text().into());
    let seconds: f64 = text.trim().parse().ok().filter(|_| node.is_value_of(Pagination::DELAY_REQUEST_MILLIS))?;
    let is_fraction = seconds.fract() != 0.0 && (0.01..60.0).contains(&seconds);
    is_fraction.then(|| format!("{}", (seconds * 1000.0).round()))
}

fn with_article(name: &str) -> &str {
    match name {
        "object" => "an object",
        "array" => "an array",
        "string" => "a string",
        "integer" => "an integer",
        "number" => "a number",
        "boolean" => "a boolean",
        other => other,
    }
}

/// How to fix a value that only misses quotes or has unexpected ones.
fn remedy(node: Node<'_>, types: &[&str]) -> String {
    if let Some(right) = end_condition(node) {
        return format!("; use `{right}`");
    }
    if let Some(right) = milliseconds(node) {
        return format!("; in milliseconds it is `{right}`");
    }
    let text = node.string().unwrap_or_default().to_lowercase();
    match node.kind() {
        Kind::String if types.contains(&"boolean") && matches!(text.as_str(), "true" | "false") => {
            format!("; use `{text}` without quotes")
        }
        Kind::String if types.contains(&"integer") && text.parse::<i64>().is_ok() => "; remove the quotes".to_owned(),
        Kind::Number | Kind::True | Kind::False if types == ["string"] => "; add double quotes".to_owned(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::lint::rules::tests::{batch, check, check_attributes, check_fixes};

    #[test]
    fn scalars_and_objects_of_another_type_are_reported() {
        check_attributes(
            r#"      "urlParams": { "path": 1, "method": "GET", "host": null },
      "explodeEntityPath": "$.a",
      "headerParams": [],
      "paginationParams": { "type": "PAGE", "limitName": "l", "limitValue": true, "pageParamName": "p" }"#,
            expect![[r#"
                "urlParams": { "path": 1, "method": "GET", "host": null },
                                       ^ error[wrong-type]: expected a string, found a number; add double quotes
                                                                   ^^^^ error[wrong-type]: expected a string, found null
                "explodeEntityPath": "$.a",
                                     ^^^^^ error[wrong-type]: expected an object, found a string
                "headerParams": [],
                ^^^^^^^^^^^^^^ error[wrong-type]: expected an object or a string, found an array
                "paginationParams": { "type": "PAGE", "limitName": "l", "limitValue": true, "pageParamName": "p" }
                                                                                      ^^^^ error[wrong-type]: expected an integer or a string, found a boolean
            "#]],
        );
    }

    #[test]
    fn types_that_only_the_reference_has_are_warnings() {
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
                    "spec": { "type": "object", "properties": { "listId": { "type": "string" } }, "required": ["listId"] },
                    "attributes": {
                      "uiAttributes": {
                        "isSource": true, "category": "crm", "icon": { "key": "i" },
                                                      ^^^^^ warning[wrong-type]: expected an object, found a string, unlike all examples and API responses
                        "description": { "key": "d" }, "label": 1
                                                                ^ error[wrong-type]: expected an object, found a number
                      },
                      "urlParams": { "path": "/${listId}", "method": "GET" },
                      "contentPath": { "path": "$.a" },
                      "paginationParams": { "type": "NONE" },
                      "scheduleParams": { "scheduleStartParamName": "s", "scheduleEndParamName": "e" },
                      "headerParams": {}
                    }
                  }, "permissionsInfo": { "view": { "name": "a" }, "manage": [] }
                                          ^^^^^^ warning[wrong-type]: expected an array, found an object, unlike all examples and API responses
                }
            "#]],
        );
    }

    #[test]
    fn a_boolean_in_quotes_is_reported() {
        check(
            r#"{ "name": "a", "type": "generic-streaming", "providerId": "521eee4d-8cbe-4906-bb48-fb6bd4450033",
  "version": 1.0, "description": "",
  "attributes": { "isSource": "True" } }"#,
            expect![[r#"
                { "name": "a", "type": "generic-streaming", "providerId": "521eee4d-8cbe-4906-bb48-fb6bd4450033",
                ^ warning[missing-key]: missing `sourceSpec` in the spec; Adobe's template has it
                ^ warning[missing-key]: missing `exploreSpec` in the spec; Adobe's template has it
                ^ warning[missing-key]: missing `permissionsInfo` in the spec; Adobe's template has it
                  "version": 1.0, "description": "",
                             ^^^ error[wrong-type]: expected a string, found a number; add double quotes
                  "attributes": { "isSource": "True" } }
                  ^^^^^^^^^^^^ warning[missing-key]: missing `category` in `attributes`; Adobe's template has it
                  ^^^^^^^^^^^^ warning[missing-key]: missing `uiAttributes` in `attributes`; Adobe's template has it
                                              ^^^^^^ error[wrong-type]: expected a boolean, found a string; use `true` without quotes
            "#]],
        );
    }

    #[test]
    fn the_value_is_converted_where_that_is_clear() {
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
                wrong-type: Replace with `true` (preferred)
                -         "isSource": "True", "category": "crm", "icon": { "key": "i" },
                +         "isSource": true, "category": "crm", "icon": { "key": "i" },
                wrong-type: Convert to an object with `key` (preferred)
                -         "isSource": "True", "category": "crm", "icon": { "key": "i" },
                +         "isSource": "True", "category": { "key": "crm" }, "icon": { "key": "i" },
                wrong-type: Remove the array brackets (preferred)
                -       "urlParams": { "path": "/", "method": ["POST"], "host": null },
                +       "urlParams": { "path": "/", "method": "POST", "host": null },
                wrong-type: Remove `host` (preferred)
                -       "urlParams": { "path": "/", "method": ["POST"], "host": null },
                +       "urlParams": { "path": "/", "method": ["POST"] },
                wrong-type: Insert a value
                -       "urlParams": { "path": "/", "method": ["POST"], "host": null },
                +       "urlParams": { "path": "/", "method": ["POST"], "host": "" },
                wrong-type: Convert to an object with `path` (preferred)
                -       "explodeEntityPath": "$.a",
                +       "explodeEntityPath": { "path": "$.a" },
                deprecated-params-string: Convert to an object (preferred)
                -       "headerParams": "{ \"a\": \"b\" }",
                +       "headerParams": {
                +         "a": "b"
                +       },
                wrong-type: Wrap in an array (preferred)
                -       "contentPath": { "path": "$.a", "skipAttributes": "b", "keepAttributes": "[\"c\"]", "overrideWrapperAttribute": 1 }
                +       "contentPath": { "path": "$.a", "skipAttributes": ["b"], "keepAttributes": "[\"c\"]", "overrideWrapperAttribute": 1 }
                wrong-type: Convert to an array (preferred)
                -       "contentPath": { "path": "$.a", "skipAttributes": "b", "keepAttributes": "[\"c\"]", "overrideWrapperAttribute": 1 }
                +       "contentPath": { "path": "$.a", "skipAttributes": "b", "keepAttributes": [ "c" ], "overrideWrapperAttribute": 1 }
                wrong-type: Add double quotes (preferred)
                -       "contentPath": { "path": "$.a", "skipAttributes": "b", "keepAttributes": "[\"c\"]", "overrideWrapperAttribute": 1 }
                +       "contentPath": { "path": "$.a", "skipAttributes": "b", "keepAttributes": "[\"c\"]", "overrideWrapperAttribute": "1" }
            "#]],
        );
    }
}
