//! `required-not-declared`: a JSON schema requires a property that it does not declare.

use std::collections::HashSet;

use crate::edit::writer::Writer;
use crate::lint::Diagnostic;
use crate::lint::Fix;
use crate::lint::Related;
use crate::lint::Severity;
use crate::source::inputs::Scope;
use crate::spec::spelling;
use crate::syntax::{Kind, Node};

use super::{Context, Rule, pages, secret_not_masked};

pub(crate) const RULE: Rule = Rule {
    code: "required-not-declared",
    severities: &[Severity::Error],
    finds: "`required` names a property that `properties` does not declare, in any embedded JSON schema",
    why: "Users are asked for what `properties` declares. A name that is only in `required` can never be filled in, so the form can never be complete. Adobe's template has this mistake itself (`host`); not one of the live specs does.",
    at: "authSpec[].spec",
    wrong: r#""properties": { "accessToken": { "type": "string", "format": "password" } },
"required": ["host", "accessToken"]"#,
    right: r#""properties": { "accessToken": { "type": "string", "format": "password" } },
"required": ["accessToken"]"#,
    link: pages::AUTH_SPEC,
    every_kind: true,
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for schema in context.schemas().iter().copied() {
        if let Some(required) = schema.get("required").filter(|required| required.kind() == Kind::Array) {
            check_required(context, schema, required, found);
        }
    }
}

fn check_required(context: &Context<'_>, schema: Node<'_>, required: Node<'_>, found: &mut Vec<Diagnostic>) {
    let scope = Scope::around(schema);
    if scope.maybe_more || scope.properties.is_empty() {
        return;
    }
    let declared: HashSet<_> =
        scope.properties.iter().flat_map(|node| node.members()).filter_map(|member| member.key.string()).collect();
    for name in required.elements().filter(|name| name.kind() == Kind::String) {
        let text = name.string().unwrap_or_default();
        if text.is_empty() || declared.contains(&text) {
            continue;
        }
        let mut diagnostic = RULE.at(Severity::Error, name.range(), message(&text, &declared));
        if let Some(member) = scope.properties.first().and_then(|properties| properties.as_part_of_member()) {
            let message = "the properties that are declared".to_owned();
            diagnostic.related.push(Related { range: member.key.range(), message });
        }
        context.fix(&mut diagnostic, |writer| fixes(context, writer, &scope, name));
        found.push(diagnostic);
    }
}

/// Whether it is said of a JSON schema that it has to declare this name, so that no other rule needs to say so.
pub(crate) fn asks_for(schema: Node<'_>, name: &str) -> bool {
    let required = schema.get("required").filter(|required| required.kind() == Kind::Array);
    let scope = Scope::around(schema);
    let mut declared = scope.properties.iter().flat_map(|node| node.members()).filter_map(|member| member.key.string());
    required.is_some_and(|required| required.elements().any(|element| element.string().as_deref() == Some(name)))
        && !scope.maybe_more
        && !scope.properties.is_empty()
        && !declared.any(|other| other == name || spelling::closest(name, [other.as_ref()]).is_some())
}

fn fixes(context: &Context<'_>, writer: &Writer<'_>, scope: &Scope<'_>, name: Node<'_>) -> Vec<Fix> {
    let text = name.string().unwrap_or_default();
    let declared: Vec<_> =
        scope.properties.iter().flat_map(|node| node.members()).filter_map(|member| member.key.string()).collect();
    let meant = spelling::closest(&text, declared.iter().map(AsRef::as_ref));
    let rename = |meant: &str| Fix::offered(format!("Replace by `{meant}`"), [writer.rename(name, meant)]);
    let declare = scope.properties.first().map(|properties| {
        let schema = secret_not_masked::declaration(context, *properties, &text);
        let edit = writer.insert_key(*properties, &context.entry(*properties), &text, &schema);
        Fix::offered(format!("Declare `{text}`"), [edit])
    });
    let remove = Fix::offered(format!("Remove `{text}` from `required`"), [writer.remove(name)]);
    meant.map(rename).into_iter().chain(declare).chain([remove]).collect()
}

fn message(name: &str, declared: &HashSet<std::borrow::Cow<'_, str>>) -> String {
    let mut names: Vec<&str> = declared.iter().map(AsRef::as_ref).collect();
    names.sort_unstable();
    match spelling::closest(name, names) {
        Some(meant) => format!("`{name}` is required but not declared in `properties`. Did you mean `{meant}`?"),
        None => format!(
            "`{name}` is required but not declared in `properties`, so nobody can fill it in. Declare it there, or take it out here."
        ),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::lint::rules::tests::{check, check_fixes};

    #[test]
    fn in_every_embedded_schema_of_specs_of_every_kind() {
        check(
            r#"{ "type": "x", "name": "a", "providerId": "p",
  "authSpec": [ { "spec": { "properties": { "accessToken": {} },
    "required": ["host", "accesToken", "accessToken"] } } ],
  "sourceSpec": { "spec": { "properties": { "a": { "items": { "properties": {}, "required": ["b"] } } } } },
  "exploreSpec": { "responseSpec": { "properties": { "required": { "type": "array" } },
    "required": ["data"] } } }"#,
            expect![[r#"
                { "type": "x", "name": "a", "providerId": "p",
                  "authSpec": [ { "spec": { "properties": { "accessToken": {} },
                    "required": ["host", "accesToken", "accessToken"] } } ],
                                 ^^^^^^ error[required-not-declared]: `host` is required but not declared in `properties`, so nobody can fill it in. Declare it there, or take it out here.
                                   see "\"properties\"": the properties that are declared
                                         ^^^^^^^^^^^^ error[required-not-declared]: `accesToken` is required but not declared in `properties`. Did you mean `accessToken`?
                                           see "\"properties\"": the properties that are declared
                  "sourceSpec": { "spec": { "properties": { "a": { "items": { "properties": {}, "required": ["b"] } } } } },
                                                                                                             ^^^ error[required-not-declared]: `b` is required but not declared in `properties`, so nobody can fill it in. Declare it there, or take it out here.
                                                                                                               see "\"properties\"": the properties that are declared
                  "exploreSpec": { "responseSpec": { "properties": { "required": { "type": "array" } },
                    "required": ["data"] } } }
                                 ^^^^^^ error[required-not-declared]: `data` is required but not declared in `properties`, so nobody can fill it in. Declare it there, or take it out here.
                                   see "\"properties\"": the properties that are declared
            "#]],
        );
    }

    #[test]
    fn what_other_parts_of_the_schema_declare_counts() {
        check(
            r#"{ "type": "x", "name": "a", "providerId": "p", "authSpec": [
  { "spec": { "oneOf": [ { "properties": { "a": {} } }, { "required": ["b"] } ], "properties": { "b": {} }, "required": ["a"] } },
  { "spec": { "properties": {}, "patternProperties": { "^x": {} }, "required": ["x1"] } },
  { "spec": { "$ref": "x", "properties": {}, "required": ["y"] } },
  { "spec": { "required": ["z"] } } ] }"#,
            expect![[r#"
                { "type": "x", "name": "a", "providerId": "p", "authSpec": [
                  { "spec": { "oneOf": [ { "properties": { "a": {} } }, { "required": ["b"] } ], "properties": { "b": {} }, "required": ["a"] } },
                  { "spec": { "properties": {}, "patternProperties": { "^x": {} }, "required": ["x1"] } },
                  { "spec": { "$ref": "x", "properties": {}, "required": ["y"] } },
                  { "spec": { "required": ["z"] } } ] }
            "#]],
        );
    }

    #[test]
    fn is_declared_or_no_longer_required() {
        check_fixes(
            r#"{ "type": "x", "name": "a", "providerId": "p", "authSpec": [ { "spec": {
  "properties": {
    "accessToken": {}
  },
  "required": ["host", "accesToken"]
} } ] }"#,
            expect![[r#"
                required-not-declared: Declare `host` (preferred)
                -     "accessToken": {}
                +     "accessToken": {},
                +     "host": {
                +       "type": "string"
                +     }
                required-not-declared: Remove `host` from `required`
                -   "required": ["host", "accesToken"]
                +   "required": ["accesToken"]
                required-not-declared: Replace by `accessToken` (preferred)
                -   "required": ["host", "accesToken"]
                +   "required": ["host", "accessToken"]
                required-not-declared: Declare `accesToken`
                -     "accessToken": {}
                +     "accessToken": {},
                +     "accesToken": {
                +       "type": "string",
                +       "format": "password"
                +     }
                required-not-declared: Remove `accesToken` from `required`
                -   "required": ["host", "accesToken"]
                +   "required": ["host"]
            "#]],
        );
    }
}
