//! `secret-not-masked`: an input for a secret is not masked in the form.

use serde_json::{Value, json};

use crate::lint::{Diagnostic, Fix, Severity};
use crate::source::inputs::Origin;
use crate::source::model::{Schema, Source};
use crate::source::secrets;
use crate::spec::{Entry, spelling};
use crate::syntax::pointer::Step;
use crate::syntax::{Kind, Node};

use super::{Context, Rule, pages};

pub(crate) const RULE: Rule = Rule {
    code: "secret-not-masked",
    severities: &[Severity::Warning],
    finds: "a string input that is a secret, password, token or key by its name, without `\"format\": \"password\"`",
    why: "`\"format\": \"password\"` hides a value while it is entered. In Adobe's pages and live specs every secret input has it; ids of keys and URLs of tokens do not, and are not checked. That the service also stores such a value with more care is inferred, not documented. Outside of `authSpec` only names are checked that can hardly be anything else, such as `apiKey`.",
    at: "authSpec[].spec",
    wrong: r#""properties": { "clientId": { "type": "string" }, "clientSecret": { "type": "string" } }"#,
    right: r#""properties": { "clientId": { "type": "string" }, "clientSecret": { "type": "string", "format": "password" } }"#,
    link: pages::AUTH_SPEC,
    every_kind: false,
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for input in &context.inputs().all {
        let is_secret = match input.origin {
            Origin::Auth(_) => secrets::is_auth_secret_name(&input.name),
            Origin::Source => secrets::is_secret_name(&input.name),
        };
        if !is_secret || !is_free_text(input.schema) {
            continue;
        }
        let format = Schema::new(input.schema).format();
        if format.is_some_and(|format| !is_misspelled_password(format)) {
            continue;
        }
        let message =
            format!("`{}` is a secret by its name, but is not masked; add `\"format\": \"password\"`", input.name);
        diagnostics.push(RULE.at(Severity::Warning, input.key.range(), message).with_offered_fixes(
            context,
            |writer| {
                let edit = match format {
                    Some(format) => writer.rename(format, Schema::PASSWORD),
                    None => writer.insert_key(input.schema, Schema::FORMAT, &Schema::PASSWORD.into()),
                };
                [Fix::offered(format!("Mask `{}`", input.name), [edit])]
            },
        ));
    }
}

/// Whether any string may be entered.
fn is_free_text(schema: Node<'_>) -> bool {
    let is_string = |node: Node<'_>| node.string().as_deref() == Some("string");
    let schema = Schema::new(schema);
    let is_type = schema.type_node().is_some_and(|node| is_string(node) || node.elements().any(is_string));
    is_type && schema.enum_values().or(schema.const_value()).is_none()
}

/// Whether a format is `password` misspelled, or empty. Any other format says what the value is.
fn is_misspelled_password(format: Node<'_>) -> bool {
    let text = format.string().filter(|_| format.kind() == Kind::String && format.has_closing_quote());
    text.is_some_and(|text| text.is_empty() || spelling::closest(&text, [Schema::PASSWORD]).is_some())
}

/// The schema of a new input in `properties`: that of the vocabulary, else a string, masked if its name is that of a secret.
pub(crate) fn declaration(entry: &Entry, properties: Node<'_>, name: &str) -> Value {
    if let Some(template) = entry.key(name, None).snippets().first().filter(|_| entry.keys().contains(&name)) {
        return template.body.to_value();
    }
    let path = properties.path();
    let is_under = |key: &str| matches!(path.first(), Some(Step::Key(first)) if first == key);
    let is_input = matches!(path.last(), Some(Step::Key(last)) if last == Schema::PROPERTIES);
    let is_secret = is_under(Source::AUTH_SPEC) && secrets::is_auth_secret_name(name)
        || is_under(Source::SOURCE_SPEC) && secrets::is_secret_name(name);
    if is_input && is_secret {
        json!({ "type": "string", Schema::FORMAT: Schema::PASSWORD })
    } else {
        json!({ "type": "string" })
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::lint::rules::tests::{auth_source, batch, check, check_auth_entries, check_fixes, check_lines};

    #[test]
    fn unmasked_secrets_of_authentication_and_source_are_reported() {
        check_auth_entries(
            r#"  { "name": "a", "type": "b", "spec": { "properties": {
    "clientSecret": { "type": "string" }, "apiKey": { "type": ["string", "null"], "format": "pasword" },
    "key": { "type": "string", "format": "" } } } }"#,
            expect![[r#"
                { "name": "a", "type": "b", "spec": { "properties": {
                  "clientSecret": { "type": "string" }, "apiKey": { "type": ["string", "null"], "format": "pasword" },
                  ^^^^^^^^^^^^^^ warning[secret-not-masked]: `clientSecret` is a secret by its name, but is not masked; add `"format": "password"`
                                                        ^^^^^^^^ warning[secret-not-masked]: `apiKey` is a secret by its name, but is not masked; add `"format": "password"`
                  "key": { "type": "string", "format": "" } } } }
                  ^^^^^ warning[secret-not-masked]: `key` is a secret by its name, but is not masked; add `"format": "password"`
            "#]],
        );
        let own = r#""accessToken": { "type": "string" }, "key": { "type": "string" }"#;
        check_lines(
            &batch("      \"headerParams\": {}")
                .replace(r#", "required": ["listId"]"#, "")
                .replace(r#""listId": { "type": "string" }"#, own),
            own,
            expect![[r#"
                "spec": { "type": "object", "properties": { "accessToken": { "type": "string" }, "key": { "type": "string" } } },
                                                            ^^^^^^^^^^^^^ warning[secret-not-masked]: `accessToken` is a secret by its name, but is not masked; add `"format": "password"`
                                                            ^^^^^^^^^^^^^ hint[unused-input]: unused input `accessToken`: no placeholder refers to it; use it as `${accessToken}`, or remove it
                                                                                                 ^^^^^ hint[unused-input]: unused input `key`: no placeholder refers to it; use it as `${key}`, or remove it
            "#]],
        );
    }

    #[test]
    fn masked_inputs_and_other_inputs_are_not_reported() {
        check_auth_entries(
            r#"  { "name": "a", "type": "b", "spec": { "properties": {
    "password": { "type": "string", "format": "password" }, "accessKeyId": { "type": "string" },
    "accessTokenUrl": { "type": "string" }, "keyName": { "type": "string" }, "useToken": { "type": "boolean" },
    "token": {}, "apiKey": { "type": "string", "enum": ["a"] }, "tokenKey": { "type": "string", "format": "date" },
    "requestParameterOverride": { "type": "object", "properties": { "clientSecret": { "type": "string" } } } } } }"#,
            expect![[r#"
                { "name": "a", "type": "b", "spec": { "properties": {
                  "password": { "type": "string", "format": "password" }, "accessKeyId": { "type": "string" },
                  "accessTokenUrl": { "type": "string" }, "keyName": { "type": "string" }, "useToken": { "type": "boolean" },
                  "token": {}, "apiKey": { "type": "string", "enum": ["a"] }, "tokenKey": { "type": "string", "format": "date" },
                  "requestParameterOverride": { "type": "object", "properties": { "clientSecret": { "type": "string" } } } } } }
            "#]],
        );
        let own = r#""pageToken": { "type": "string" }, "sortKey": { "type": "string" }"#;
        check_lines(
            &batch("      \"headerParams\": {}")
                .replace(r#", "required": ["listId"]"#, "")
                .replace(r#""listId": { "type": "string" }"#, own),
            own,
            expect![[r#"
                "spec": { "type": "object", "properties": { "pageToken": { "type": "string" }, "sortKey": { "type": "string" } } },
                                                            ^^^^^^^^^^^ hint[unused-input]: unused input `pageToken`: no placeholder refers to it; use it as `${pageToken}`, or remove it
                                                                                               ^^^^^^^^^ hint[unused-input]: unused input `sortKey`: no placeholder refers to it; use it as `${sortKey}`, or remove it
            "#]],
        );
    }

    #[test]
    fn specs_of_other_kinds_are_not_checked() {
        check(
            r#"{ "type": "x", "authSpec": [ { "spec": { "properties": { "password": { "type": "string" } } } } ], "sourceSpec": {} }"#,
            expect![[r#"
                { "type": "x", "authSpec": [ { "spec": { "properties": { "password": { "type": "string" } } } } ], "sourceSpec": {} }
            "#]],
        );
    }

    #[test]
    fn the_input_is_masked_in_the_style_of_the_document() {
        check_fixes(
            &auth_source(
                r#"  { "name": "a", "type": "b", "spec": { "properties": {
    "token": {
      "type": "string",
      "description": "c"
    },
    "apiKey": { "type": "string", "format": "Password" }
  } } }"#,
            ),
            expect![[r#"
                secret-not-masked: Mask `token` (preferred)
                -       "description": "c"
                +       "description": "c",
                +       "format": "password"
                secret-not-masked: Mask `apiKey` (preferred)
                -     "apiKey": { "type": "string", "format": "Password" }
                +     "apiKey": { "type": "string", "format": "password" }
            "#]],
        );
    }
}
