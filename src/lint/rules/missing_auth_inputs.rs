//! `missing-auth-inputs`: a way to sign in does not ask for what its type needs.

mod fixes;

use std::collections::HashSet;

use serde_json::Value;

use crate::lint::Diagnostic;
use crate::lint::Severity;
use crate::source::auth::{self as sign_in, SignIn};
use crate::source::inputs::Scope;
use crate::syntax::{Kind, Node};

use crate::source::inputs::fixed_text;

use super::{Context, Rule, head, pages};

pub(crate) const RULE: Rule = Rule {
    code: "missing-auth-inputs",
    severities: &[Severity::Warning],
    finds: "inputs that do not fit the `type` of a way to sign in: `OAuth2RefreshCode` without `accessToken`, `BasicAuthentication` without `username` or `password`, `KeyBased` with no input that says into which header it goes",
    why: "In every example each type comes with these inputs, and connections give their values under these names. That the service looks for just these names is inferred from that. `KeyBased` sends each input that has `restAttributes.headerParamName` as that header; one whose key the request itself takes, as `${name}`, is fine without.",
    at: "authSpec[]",
    wrong: r#""name": "Basic Authentication", "type": "BasicAuthentication",
"spec": { "properties": { "username": { "type": "string" } } }"#,
    right: r#""name": "Basic Authentication", "type": "BasicAuthentication",
"spec": { "properties": { "username": { "type": "string" }, "password": { "type": "string", "format": "password" } } }"#,
    link: pages::AUTH_SPEC,
    every_kind: false,
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    found.extend(sign_in::entries(context.tree).filter_map(|entry| check_entry(context, entry)));
}

/// A way to sign in, and what it lacks.
struct Unfit<'d> {
    entry: Node<'d>,
    sign_in: &'static SignIn,
    spec: Node<'d>,
    properties: Node<'d>,
    lacking: Vec<(&'static str, &'static Value)>,
}

fn check_entry<'d>(context: &Context<'d>, entry: Node<'d>) -> Option<Diagnostic> {
    let sign_in = sign_in::of(entry).filter(|sign_in| !is_only_misnamed(context, entry, sign_in))?;
    let spec = entry.get("spec")?;
    let mut lacking = context.lacking(entry, sign_in)?;
    let properties = *Scope::of(spec).properties.first()?;
    // Of a name that is required without being declared another rule speaks.
    let required: HashSet<_> =
        spec.get("required").into_iter().flat_map(Node::elements).filter_map(Node::string).collect();
    let is_declared = |name: &str| declared(properties).any(|(key, _)| key == name);
    lacking.retain(|(name, _)| !required.contains(*name) || is_declared(name));
    let unfit = (!lacking.is_empty()).then_some(Unfit { entry, sign_in, spec, properties, lacking })?;
    let mut diagnostic = RULE.at(Severity::Warning, head(properties), message(&unfit));
    context.fix(&mut diagnostic, |writer| fixes::of(context, writer, &unfit));
    Some(diagnostic)
}

/// Whether the inputs are those of the way to sign in that the entry is named after: then it is the type that is wrong, of
/// which another rule speaks.
fn is_only_misnamed(context: &Context<'_>, entry: Node<'_>, sign_in: &SignIn) -> bool {
    let name = entry.get("name").and_then(fixed_text);
    let named = name.and_then(|name| sign_in::of_name(&name)).filter(|(named, _)| *named != sign_in);
    let lacking = named.and_then(|(named, _)| context.lacking(entry, named));
    lacking.is_some_and(|lacking| lacking.is_empty())
}

fn message(unfit: &Unfit<'_>) -> String {
    let kind = unfit.sign_in.kind();
    if unfit.sign_in.is_sent_by_header() {
        return format!(
            "A sign-in of type `{kind}` sends its keys as headers, but no input here says into which one. Give the input with the key `restAttributes.headerParamName`."
        );
    }
    let names: Vec<String> = unfit.lacking.iter().map(|(name, _)| format!("`{name}`")).collect();
    let (inputs, are) = if names.len() == 1 { ("the input", "is") } else { ("the inputs", "are") };
    format!(
        "A sign-in of type `{kind}` needs {inputs} {}, which {are} not declared here. Declare what is missing, or choose the type that fits.",
        names.join(" and ")
    )
}

/// The inputs that are declared, by name.
fn declared<'d>(properties: Node<'d>) -> impl Iterator<Item = (std::borrow::Cow<'d, str>, Node<'d>)> {
    let members = properties.members().filter(|member| member.value.kind() == Kind::Object);
    members.filter_map(|member| Some((member.key.string()?, member.value)))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::lint::rules::tests::{check_fixes, check_lines, check_sign_ins, signing_in};

    #[test]
    fn what_each_type_needs() {
        check_sign_ins(
            r#"  { "name": "a", "type": "OAuth2RefreshCode", "spec": {
    "properties": { "username": {} } } },
  { "name": "b", "type": "BasicAuthentication", "spec": {
    "properties": { "clientId": {}, "clientSecret": {} } } },
  { "name": "c", "type": "basicAuthentication", "spec": {
    "properties": { "username": {} } } },
  { "name": "d", "type": "KeyBased", "spec": {
    "properties": { "key": {} } } },
  { "name": "OAuth2 Refresh Code", "spec": {
    "properties": { "username": {}, "password": {} } } }"#,
            expect![[r#"
                { "name": "a", "type": "OAuth2RefreshCode", "spec": {
                  "properties": { "username": {} } } },
                  ^^^^^^^^^^^^ warning[missing-auth-inputs]: A sign-in of type `OAuth2RefreshCode` needs the input `accessToken`, which is not declared here. Declare what is missing, or choose the type that fits.
                { "name": "b", "type": "BasicAuthentication", "spec": {
                  "properties": { "clientId": {}, "clientSecret": {} } } },
                  ^^^^^^^^^^^^ warning[missing-auth-inputs]: A sign-in of type `BasicAuthentication` needs the inputs `username` and `password`, which are not declared here. Declare what is missing, or choose the type that fits.
                { "name": "c", "type": "basicAuthentication", "spec": {
                  "properties": { "username": {} } } },
                  ^^^^^^^^^^^^ warning[missing-auth-inputs]: A sign-in of type `BasicAuthentication` needs the input `password`, which is not declared here. Declare what is missing, or choose the type that fits.
                { "name": "d", "type": "KeyBased", "spec": {
                  "properties": { "key": {} } } },
                  ^^^^^^^^^^^^ warning[missing-auth-inputs]: A sign-in of type `KeyBased` sends its keys as headers, but no input here says into which one. Give the input with the key `restAttributes.headerParamName`.
                { "name": "OAuth2 Refresh Code", "spec": {
                ^ warning[missing-key]: `type` is missing in `authSpec[4]`. Adobe's template has it.
                  "properties": { "username": {}, "password": {} } } }
                  ^^^^^^^^^^^^ warning[missing-auth-inputs]: A sign-in of type `OAuth2RefreshCode` needs the input `accessToken`, which is not declared here. Declare what is missing, or choose the type that fits.
            "#]],
        );
    }

    #[test]
    fn what_is_there_or_may_be_there_is_fine() {
        check_sign_ins(
            r#"  { "name": "a", "type": "BasicAuthentication", "spec": { "allOf": [ { "properties": { "username": {} } } ], "properties": { "password": {} } } },
  { "name": "b", "type": "BasicAuthentication", "spec": { "$ref": "x", "properties": { "a": {} } } },
  { "name": "c", "type": "KeyBased", "spec": { "properties": { "a": { "restAttributes": { "headerParamName": "X-A" } } } } },
  { "name": "e", "type": "bearer", "spec": { "properties": { "a": {} } } },
  { "name": "f", "spec": { "properties": { "a": {} } } },
  { "name": "g", "type": "KeyBased", "spec": 1 }"#,
            expect![[r#"
                { "name": "a", "type": "BasicAuthentication", "spec": { "allOf": [ { "properties": { "username": {} } } ], "properties": { "password": {} } } },
                { "name": "b", "type": "BasicAuthentication", "spec": { "$ref": "x", "properties": { "a": {} } } },
                { "name": "c", "type": "KeyBased", "spec": { "properties": { "a": { "restAttributes": { "headerParamName": "X-A" } } } } },
                { "name": "e", "type": "bearer", "spec": { "properties": { "a": {} } } },
                { "name": "f", "spec": { "properties": { "a": {} } } },
                ^ warning[missing-key]: `type` is missing in `authSpec[4]`. Adobe's template has it.
                { "name": "g", "type": "KeyBased", "spec": 1 }
                                                           ^ error[wrong-type]: An object `{ }` belongs here, not a number.
            "#]],
        );
        let own = r#"  { "name": "a", "type": "KeyBased", "spec": { "properties": {
    "host": { "type": "string" }, "apiKey": { "type": "string", "format": "password" } } } }"#;
        let used = |name: &str| {
            signing_in(own).replace("\"headerParams\": {}", &format!("\"headerParams\": {{ \"X\": \"${{{name}}}\" }}"))
        };
        check_lines(
            &used("apiKey"),
            own,
            expect![[r#"
            { "name": "a", "type": "KeyBased", "spec": { "properties": {
              "host": { "type": "string" }, "apiKey": { "type": "string", "format": "password" } } } }
        "#]],
        );
        check_lines(
            &used("host"),
            own,
            expect![[r#"
            { "name": "a", "type": "KeyBased", "spec": { "properties": {
                                                         ^^^^^^^^^^^^ warning[missing-auth-inputs]: A sign-in of type `KeyBased` sends its keys as headers, but no input here says into which one. Give the input with the key `restAttributes.headerParamName`.
              "host": { "type": "string" }, "apiKey": { "type": "string", "format": "password" } } } }
        "#]],
        );
    }

    #[test]
    fn a_key_that_is_required_still_needs_its_header() {
        check_sign_ins(
            r#"  { "name": "API Key Authentication", "type": "KeyBased", "spec": {
    "properties": { "authKey1": { "type": "string", "format": "password" } }, "required": ["authKey1"] } }"#,
            expect![[r#"
                { "name": "API Key Authentication", "type": "KeyBased", "spec": {
                  "properties": { "authKey1": { "type": "string", "format": "password" } }, "required": ["authKey1"] } }
                  ^^^^^^^^^^^^ warning[missing-auth-inputs]: A sign-in of type `KeyBased` sends its keys as headers, but no input here says into which one. Give the input with the key `restAttributes.headerParamName`.
            "#]],
        );
    }

    #[test]
    fn one_mistake_is_said_once() {
        check_sign_ins(
            r#"  { "name": "a", "type": "BasicAuthentication", "spec": {
    "properties": { "username": {} }, "required": ["username", "password"] } },
  { "name": "b", "type": "KeyBased", "spec": {
    "properties": {}, "required": ["authKey1"] } },
  { "name": "c", "type": "BasicAuthentication", "spec": { } }"#,
            expect![[r#"
                { "name": "a", "type": "BasicAuthentication", "spec": {
                  "properties": { "username": {} }, "required": ["username", "password"] } },
                                                                             ^^^^^^^^^^ error[required-not-declared]: `password` is required but not declared in `properties`, so nobody can fill it in. Declare it there, or take it out here.
                                                                               see "\"properties\"": the properties that are declared
                { "name": "b", "type": "KeyBased", "spec": {
                  "properties": {}, "required": ["authKey1"] } },
                                                 ^^^^^^^^^^ error[required-not-declared]: `authKey1` is required but not declared in `properties`, so nobody can fill it in. Declare it there, or take it out here.
                                                   see "\"properties\"": the properties that are declared
                { "name": "c", "type": "BasicAuthentication", "spec": { } }
                                                              ^^^^^^ warning[missing-key]: `properties` is missing in `authSpec[2].spec`. Adobe's template has it.
            "#]],
        );
    }

    #[test]
    fn inputs_are_added_or_the_type_that_fits_is_chosen() {
        check_fixes(
            &signing_in(
                r#"  { "name": "OAuth2 Refresh Code", "type": "OAuth2RefreshCode", "spec": {
    "properties": {
      "username": { "type": "string" },
      "password": { "type": "string", "format": "password" }
    },
    "required": ["username", "password"]
  } }"#,
            ),
            expect![[r#"
                missing-auth-inputs: Make it a sign-in of type `BasicAuthentication` (preferred)
                -   { "name": "OAuth2 Refresh Code", "type": "OAuth2RefreshCode", "spec": {
                +   { "name": "Basic Authentication", "type": "BasicAuthentication", "spec": {
                missing-auth-inputs: Declare `accessToken`
                -       "username": { "type": "string" },
                -       "password": { "type": "string", "format": "password" }
                -     },
                -     "required": ["username", "password"]
                +       "accessToken": {
                +         "type": "string",
                +         "description": "Access token.",
                +         "format": "password"
                +       },
                +       "username": { "type": "string" },
                +       "password": { "type": "string", "format": "password" }
                +     },
                +     "required": ["username", "password", "accessToken"]
            "#]],
        );
        check_fixes(
            &signing_in(
                r#"  { "name": "b", "type": "BasicAuthentication", "spec": {
    "properties": {
      "clientId": { "type": "string" }
    },
    "required": ["clientId"]
  } }"#,
            ),
            expect![[r#"
                missing-auth-inputs: Declare `username` and `password` (preferred)
                -       "clientId": { "type": "string" }
                -     },
                -     "required": ["clientId"]
                +       "username": {
                +         "type": "string",
                +         "description": "Username for the API."
                +       },
                +       "password": {
                +         "type": "string",
                +         "description": "Password for the API.",
                +         "format": "password"
                +       },
                +       "clientId": { "type": "string" }
                +     },
                +     "required": ["clientId", "username", "password"]
            "#]],
        );
    }

    #[test]
    fn a_key_is_sent_as_a_header() {
        check_fixes(
            &signing_in(
                r#"  { "name": "API Key Authentication", "type": "KeyBased", "spec": {
    "properties": {
      "host": { "type": "string" },
      "apiKey": { "type": "string", "format": "password" }
    }
  } }"#,
            ),
            expect![[r#"
                missing-auth-inputs: Send `apiKey` as a header (preferred)
                -       "apiKey": { "type": "string", "format": "password" }
                +       "apiKey": { "type": "string", "format": "password", "restAttributes": { "headerParamName": "X-Auth-Key1" } }
                missing-auth-inputs: Declare `authKey1`
                +       "authKey1": {
                +         "type": "string",
                +         "format": "password",
                +         "title": "Authentication Key 1",
                +         "description": "Primary key for the API",
                +         "restAttributes": {
                +           "headerParamName": "X-Auth-Key1"
                +         }
                +       },
            "#]],
        );
    }
}
