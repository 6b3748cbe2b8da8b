//! `required-not-declared`: a JSON Schema requires a property that it does not declare.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::edit::writer::Writer;
use crate::lint::{Diagnostic, Fix, Severity};
use crate::source::model::Schema;
use crate::source::schemas::Scope;
use crate::spec::spelling::Dictionary;
use crate::syntax::{Kind, Node};

use super::{Context, Rule, pages, secret_not_masked};

pub(crate) const RULE: Rule = Rule {
    code: "required-not-declared",
    severities: &[Severity::Error],
    finds: "`required` names a property that `properties` does not declare, in any embedded JSON Schema",
    why: "Users enter the properties that `properties` declares. A name that is only in `required` can never be entered, so the form can never be complete. Adobe's template has this problem itself (`host`); none of the live specs does.",
    at: "authSpec[].spec",
    wrong: r#""properties": { "accessToken": { "type": "string", "format": "password" } },
"required": ["host", "accessToken"]"#,
    right: r#""properties": { "accessToken": { "type": "string", "format": "password" } },
"required": ["accessToken"]"#,
    link: pages::AUTH_SPEC,
    every_kind: true,
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for schema in context.schemas().iter().copied() {
        if let Some(required) = Schema::new(schema).required().filter(|required| required.kind() == Kind::Array) {
            check_schema(context, schema, required, diagnostics);
        }
    }
}

fn check_schema(context: &Context<'_>, schema: Node<'_>, required: Node<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(names) = RequiredNames::of(schema) else { return };
    for name in required.elements().filter(|name| name.kind() == Kind::String) {
        let text = name.string().unwrap_or_default();
        if text.is_empty() || names.declared.contains(&text) {
            continue;
        }
        let meant = names.spellings.closest(&text);
        let mut diagnostic = RULE.at(Severity::Error, name.range(), message(&text, meant));
        if let Some(member) = names.scope.properties.first().and_then(|properties| properties.as_part_of_member()) {
            diagnostic = diagnostic.with_related(member.key.range(), "the declared properties");
        }
        diagnostics.push(diagnostic.with_offered_fixes(context, |writer| fixes(writer, &names.scope, name, meant)));
    }
}

/// The names that a JSON Schema requires, and those that it declares.
pub(crate) struct RequiredNames<'t> {
    scope: Scope<'t>,
    required: HashSet<Cow<'t, str>>,
    declared: HashSet<Cow<'t, str>>,
    spellings: Dictionary,
}

impl<'t> RequiredNames<'t> {
    /// The names of a schema; `None` if it may declare others, or declares none.
    pub(crate) fn of(schema: Node<'t>) -> Option<Self> {
        let scope = Scope::enclosing(schema);
        if scope.maybe_more || scope.properties.is_empty() {
            return None;
        }
        let required = Schema::new(schema).required().into_iter().flat_map(Node::elements);
        let declared: HashSet<_> = scope.names().into_iter().collect();
        let mut names: Vec<&str> = declared.iter().map(AsRef::as_ref).collect();
        names.sort_unstable();
        let spellings = Dictionary::new(names);
        Some(RequiredNames { required: required.filter_map(Node::string).collect(), scope, declared, spellings })
    }

    /// The required names.
    pub(crate) fn required(&self) -> impl Iterator<Item = &Cow<'t, str>> {
        self.required.iter()
    }

    /// Whether this rule reports that a name is not declared, so that no other rule has to.
    pub(crate) fn reports(&self, name: &str) -> bool {
        self.required.contains(name) && !self.declared.contains(name) && self.spellings.closest(name).is_none()
    }
}

fn fixes(writer: &Writer<'_>, scope: &Scope<'_>, name: Node<'_>, meant: Option<&str>) -> Vec<Fix> {
    let text = name.string().unwrap_or_default();
    let rename = |meant: &str| Fix::rename(writer, name, meant);
    let declare = scope.properties.first().map(|properties| {
        let schema = secret_not_masked::declaration(&writer.entry(*properties), *properties, &text);
        let edit = writer.insert_key(*properties, &text, &schema);
        Fix::offered(format!("Declare `{text}`"), [edit])
    });
    let remove = Fix::offered(format!("Remove `{text}` from `required`"), [writer.remove(name)]);
    meant.map(rename).into_iter().chain(declare).chain([remove]).collect()
}

fn message(name: &str, meant: Option<&str>) -> String {
    match meant {
        Some(meant) => format!("`{name}` is required but not declared in `properties`; did you mean `{meant}`?"),
        None => format!(
            "`{name}` is required but not declared in `properties`, so it can never be entered; declare it, or remove it here"
        ),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::lint::rules::tests::{check, check_fixes};

    #[test]
    fn every_embedded_schema_of_specs_of_every_kind_is_checked() {
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
                                 ^^^^^^ error[required-not-declared]: `host` is required but not declared in `properties`, so it can never be entered; declare it, or remove it here
                                   see "\"properties\"": the declared properties
                                         ^^^^^^^^^^^^ error[required-not-declared]: `accesToken` is required but not declared in `properties`; did you mean `accessToken`?
                                           see "\"properties\"": the declared properties
                  "sourceSpec": { "spec": { "properties": { "a": { "items": { "properties": {}, "required": ["b"] } } } } },
                                                                                                             ^^^ error[required-not-declared]: `b` is required but not declared in `properties`, so it can never be entered; declare it, or remove it here
                                                                                                               see "\"properties\"": the declared properties
                  "exploreSpec": { "responseSpec": { "properties": { "required": { "type": "array" } },
                    "required": ["data"] } } }
                                 ^^^^^^ error[required-not-declared]: `data` is required but not declared in `properties`, so it can never be entered; declare it, or remove it here
                                   see "\"properties\"": the declared properties
            "#]],
        );
    }

    #[test]
    fn declarations_in_other_parts_of_the_schema_count() {
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
    fn the_property_is_declared_or_no_longer_required() {
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
                required-not-declared: Replace with `accessToken` (preferred)
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
