//! `missing-auth-inputs`: an authentication entry does not declare the inputs that its type requires.

mod fixes;

use std::collections::HashSet;

use serde_json::Value;

use crate::lint::{Diagnostic, Fix, Severity};
use crate::source::auth::input::{self, TOKEN_URLS};
use crate::source::auth::{self, AuthMethod};
use crate::source::model::{AuthEntry, Schema};
use crate::source::placeholders::literal;
use crate::source::schemas::Scope;
use crate::spec::spelling;
use crate::syntax::{Kind, Node};

use super::{Context, Rule, and_list, head, pages};

pub(crate) const RULE: Rule = Rule {
    code: "missing-auth-inputs",
    severities: &[Severity::Warning, Severity::Info],
    finds: "inputs that do not fit the `type` of an authentication method: `OAuth2RefreshCode` without `accessToken`, `BasicAuthentication` without `username` or `password`, `KeyBased` without an input that names its header; `refreshToken` without `accessTokenUrl`",
    why: "In every example each type has these inputs, and connections give their values under these names. That the service reads exactly these names is inferred, not documented. `KeyBased` sends each input that has `restAttributes.headerParamName` as that header; an entry whose key the request itself refers to, as `${name}`, needs none.",
    at: "authSpec[]",
    wrong: r#""name": "Basic Authentication", "type": "BasicAuthentication",
"spec": { "properties": { "username": { "type": "string" } } }"#,
    right: r#""name": "Basic Authentication", "type": "BasicAuthentication",
"spec": { "properties": { "username": { "type": "string" }, "password": { "type": "string", "format": "password" } } }"#,
    link: pages::AUTH_SPEC,
    every_kind: false,
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.extend(context.source().auth_entries().filter_map(|entry| check_entry(context, entry)));
    diagnostics.extend(context.source().auth_entries().filter_map(|entry| without_token_url(context, entry)));
}

/// An authentication entry and the inputs that it does not declare.
struct Unfit<'d> {
    entry: AuthEntry<'d>,
    method: &'static AuthMethod,
    schema: Schema<'d>,
    properties: Node<'d>,
    missing: Vec<(&'static str, &'static Value)>,
}

fn check_entry<'d>(context: &Context<'d>, entry: AuthEntry<'d>) -> Option<Diagnostic> {
    let method = auth::of_entry(entry).filter(|method| !is_only_misnamed(context, entry, method))?;
    let schema = entry.schema()?;
    let mut missing = context.missing_inputs(entry, method)?;
    let properties = *Scope::of(schema.node()).properties.first()?;
    // A name that is required without being declared is reported by `required-not-declared`.
    let required: HashSet<_> = schema.required_names().collect();
    let is_declared = |name: &str| declared(properties).any(|(key, _)| key == name);
    missing.retain(|(name, _)| !required.contains(*name) || is_declared(name));
    let unfit = (!missing.is_empty()).then_some(Unfit { entry, method, schema, properties, missing })?;
    // Some APIs take a key as user name, and no password.
    let has_username = declared(properties).any(|(key, _)| key == input::USERNAME);
    let is_password = unfit.missing.iter().all(|(name, _)| *name == Schema::PASSWORD) && has_username;
    let severity = if is_password { Severity::Info } else { Severity::Warning };
    Some(
        RULE.at(severity, head(properties), message(&unfit, is_password))
            .with_offered_fixes(context, |writer| fixes::of(context, writer, &unfit)),
    )
}

/// A refresh token that cannot be sent anywhere.
fn without_token_url(context: &Context<'_>, entry: AuthEntry<'_>) -> Option<Diagnostic> {
    let scope = Scope::of(entry.spec()?);
    let key = scope.members().find(|member| member.key.string().as_deref() == Some(input::REFRESH_TOKEN))?.key;
    if scope.maybe_more
        || TOKEN_URLS.iter().any(|url| scope.property(url).is_some())
        || is_required_elsewhere(entry, &TOKEN_URLS)
    {
        return None;
    }
    let properties = key.enclosing_object()?;
    let message = "missing input `accessTokenUrl`: without it, `refreshToken` cannot be sent for a new access token, and runs fail once the old one has expired (inferred)";
    Some(RULE.at(Severity::Warning, key.range(), message).with_offered_fixes(context, |writer| {
        [Fix::offered("Declare `accessTokenUrl`", [writer.insert_known_key(properties, TOKEN_URLS[0])])]
    }))
}

/// Whether an entry requires one of these names, so that `required-not-declared` reports it.
fn is_required_elsewhere(entry: AuthEntry<'_>, names: &[&str]) -> bool {
    let required: HashSet<_> = entry.schema().into_iter().flat_map(Schema::required_names).collect();
    names.iter().any(|name| required.contains(*name))
}

/// Whether the inputs are those of the method that the entry is named after: then the type is wrong, which
/// `misspelled-auth-type` reports.
fn is_only_misnamed(context: &Context<'_>, entry: AuthEntry<'_>, method: &AuthMethod) -> bool {
    let name = entry.name().and_then(literal);
    let named = name.and_then(|name| auth::by_name(&name)).filter(|(named, _)| *named != method);
    let missing = named.and_then(|(named, _)| context.missing_inputs(entry, named));
    missing.is_some_and(|missing| missing.is_empty())
}

fn message(unfit: &Unfit<'_>, is_password: bool) -> String {
    let kind = unfit.method.auth_type();
    if is_password {
        return format!(
            "no input `password` for `{kind}`; declare it, unless the API takes a key as user name and no password"
        );
    }
    if unfit.method.is_header_based() {
        return format!(
            "missing `restAttributes.headerParamName`: `{kind}` sends keys as headers, but no input names one; add it to the input with the key"
        );
    }
    if let [(name, _)] = *unfit.missing
        && let Some((key, _)) = misspelled(unfit, name)
    {
        return format!("missing input `{name}` for `{kind}`; rename `{key}`");
    }
    let (inputs, them) = if unfit.missing.len() == 1 { ("input", "it") } else { ("inputs", "them") };
    let names = and_list(unfit.missing.iter().map(|(name, _)| *name));
    format!("missing {inputs} {names} for `{kind}`; declare {them}, or use the type that fits")
}

/// The input that is declared in another spelling of a name.
fn misspelled<'d>(unfit: &Unfit<'d>, name: &str) -> Option<(std::borrow::Cow<'d, str>, Node<'d>)> {
    let plain = spelling::normalized(name);
    declared(unfit.properties).find(|(key, _)| key != name && spelling::normalized(key) == plain)
}

/// The declared inputs, by name.
fn declared<'d>(properties: Node<'d>) -> impl Iterator<Item = (std::borrow::Cow<'d, str>, Node<'d>)> {
    let members = properties.members().filter(|member| member.value.kind() == Kind::Object);
    members.filter_map(|member| Some((member.key.string()?, member.value)))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::lint::rules::tests::{auth_source, check_auth_entries, check_fixes, check_lines};

    #[test]
    fn a_type_without_its_inputs_is_reported() {
        check_auth_entries(
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
                  ^^^^^^^^^^^^ warning[missing-auth-inputs]: missing input `accessToken` for `OAuth2RefreshCode`; declare it, or use the type that fits
                { "name": "b", "type": "BasicAuthentication", "spec": {
                  "properties": { "clientId": {}, "clientSecret": {} } } },
                  ^^^^^^^^^^^^ warning[missing-auth-inputs]: missing inputs `username` and `password` for `BasicAuthentication`; declare them, or use the type that fits
                { "name": "c", "type": "basicAuthentication", "spec": {
                  "properties": { "username": {} } } },
                  ^^^^^^^^^^^^ info[missing-auth-inputs]: no input `password` for `BasicAuthentication`; declare it, unless the API takes a key as user name and no password
                { "name": "d", "type": "KeyBased", "spec": {
                  "properties": { "key": {} } } },
                  ^^^^^^^^^^^^ warning[missing-auth-inputs]: missing `restAttributes.headerParamName`: `KeyBased` sends keys as headers, but no input names one; add it to the input with the key
                { "name": "OAuth2 Refresh Code", "spec": {
                ^ warning[missing-key]: missing `type` in `authSpec[4]`; Adobe's template has it
                  "properties": { "username": {}, "password": {} } } }
                  ^^^^^^^^^^^^ warning[missing-auth-inputs]: missing input `accessToken` for `OAuth2RefreshCode`; declare it, or use the type that fits
            "#]],
        );
    }

    #[test]
    fn declared_or_unresolved_inputs_are_not_reported() {
        check_auth_entries(
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
                ^ warning[missing-key]: missing `type` in `authSpec[4]`; Adobe's template has it
                { "name": "g", "type": "KeyBased", "spec": 1 }
                                                           ^ error[wrong-type]: expected an object, found a number
            "#]],
        );
        let own = r#"  { "name": "a", "type": "KeyBased", "spec": { "properties": {
    "host": { "type": "string" }, "apiKey": { "type": "string", "format": "password" } } } }"#;
        let used = |name: &str| {
            auth_source(own).replace("\"headerParams\": {}", &format!("\"headerParams\": {{ \"X\": \"${{{name}}}\" }}"))
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
                                                             ^^^^^^^^^^^^ warning[missing-auth-inputs]: missing `restAttributes.headerParamName`: `KeyBased` sends keys as headers, but no input names one; add it to the input with the key
                  "host": { "type": "string" }, "apiKey": { "type": "string", "format": "password" } } } }
            "#]],
        );
    }

    #[test]
    fn a_required_key_still_needs_its_header() {
        check_auth_entries(
            r#"  { "name": "API Key Authentication", "type": "KeyBased", "spec": {
    "properties": { "authKey1": { "type": "string", "format": "password" } }, "required": ["authKey1"] } }"#,
            expect![[r#"
                { "name": "API Key Authentication", "type": "KeyBased", "spec": {
                  "properties": { "authKey1": { "type": "string", "format": "password" } }, "required": ["authKey1"] } }
                  ^^^^^^^^^^^^ warning[missing-auth-inputs]: missing `restAttributes.headerParamName`: `KeyBased` sends keys as headers, but no input names one; add it to the input with the key
            "#]],
        );
    }

    #[test]
    fn an_undeclared_required_input_is_reported_once() {
        check_auth_entries(
            r#"  { "name": "a", "type": "BasicAuthentication", "spec": {
    "properties": { "username": {} }, "required": ["username", "password"] } },
  { "name": "b", "type": "KeyBased", "spec": {
    "properties": {}, "required": ["authKey1"] } },
  { "name": "c", "type": "BasicAuthentication", "spec": { } }"#,
            expect![[r#"
                { "name": "a", "type": "BasicAuthentication", "spec": {
                  "properties": { "username": {} }, "required": ["username", "password"] } },
                                                                             ^^^^^^^^^^ error[required-not-declared]: `password` is required but not declared in `properties`, so it can never be entered; declare it, or remove it here
                                                                               see "\"properties\"": the declared properties
                { "name": "b", "type": "KeyBased", "spec": {
                  "properties": {}, "required": ["authKey1"] } },
                                                 ^^^^^^^^^^ error[required-not-declared]: `authKey1` is required but not declared in `properties`, so it can never be entered; declare it, or remove it here
                                                   see "\"properties\"": the declared properties
                { "name": "c", "type": "BasicAuthentication", "spec": { } }
                                                              ^^^^^^ warning[missing-key]: missing `properties` in `authSpec[2].spec`; Adobe's template has it
            "#]],
        );
    }

    #[test]
    fn inputs_are_declared_or_the_type_is_changed() {
        check_fixes(
            &auth_source(
                r#"  { "name": "OAuth2 Refresh Code", "type": "OAuth2RefreshCode", "spec": {
    "properties": {
      "username": { "type": "string" },
      "password": { "type": "string", "format": "password" }
    },
    "required": ["username", "password"]
  } }"#,
            ),
            expect![[r#"
                missing-auth-inputs: Change the type to `BasicAuthentication` (preferred)
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
            &auth_source(
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
            &auth_source(
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
