//! `secret-not-masked`: an input that holds a secret is shown in the form as it is typed.

use serde_json::{Value, json};

use crate::lint::Diagnostic;
use crate::lint::Fix;
use crate::lint::Severity;
use crate::source::inputs::Origin;
use crate::source::secret_name;
use crate::spec::spelling;
use crate::syntax::pointer::Step;
use crate::syntax::{Kind, Node};

use super::{Context, Rule, pages};

pub(crate) const RULE: Rule = Rule {
    code: "secret-not-masked",
    severities: &[Severity::Warning],
    finds: "a text input whose name says secret, password, token or key without `\"format\": \"password\"`",
    why: "`\"format\": \"password\"` hides a value while it is typed. In Adobe's pages and live specs every secret among the inputs has it; ids of keys and addresses of tokens do not, and are not looked at. That the service stores such a value with more care too is inferred. Outside of `authSpec` only names are looked at that can hardly be anything else, such as `apiKey`.",
    at: "authSpec[].spec",
    wrong: r#""properties": { "clientId": { "type": "string" }, "clientSecret": { "type": "string" } }"#,
    right: r#""properties": { "clientId": { "type": "string" }, "clientSecret": { "type": "string", "format": "password" } }"#,
    link: pages::AUTH_SPEC,
    every_kind: false,
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for input in &context.inputs().all {
        let is_secret = match input.origin {
            Origin::SignIn(_) => secret_name::is_credential(&input.name),
            Origin::Source => secret_name::is_secret_anywhere(&input.name),
        };
        if !is_secret || !is_free_text(input.schema) {
            continue;
        }
        let format = input.schema.get("format");
        if format.is_some_and(|format| !is_all_but_password(format)) {
            continue;
        }
        let message = format!(
            "`{}` holds a secret by its name, but is shown as it is typed. Give it `\"format\": \"password\"`.",
            input.name
        );
        let mut diagnostic = RULE.at(Severity::Warning, input.key.range(), message);
        context.fix(&mut diagnostic, |writer| {
            let edit = match format {
                Some(format) => writer.rename(format, "password"),
                None => {
                    let entry = context.entry(input.schema);
                    writer.insert_key(input.schema, &entry, "format", &"password".into())
                }
            };
            [Fix::offered("Mask it in the form", [edit])]
        });
        found.push(diagnostic);
    }
}

/// Whether anything may be typed in.
fn is_free_text(schema: Node<'_>) -> bool {
    let is_string = |node: Node<'_>| node.string().as_deref() == Some("string");
    let is_text = schema.get("type").is_some_and(|kind| is_string(kind) || kind.elements().any(is_string));
    is_text && schema.get("enum").is_none() && schema.get("const").is_none()
}

/// Whether a format is `password` misspelled or left open. Any other one says what the value is.
fn is_all_but_password(format: Node<'_>) -> bool {
    let text = format.string().filter(|_| format.kind() == Kind::String && format.has_closing_quote());
    text.is_some_and(|text| text.is_empty() || spelling::closest(&text, ["password"]).is_some())
}

/// The schema that declares an input with this name in `properties`: as the vocabulary has it, else a text, masked where
/// the name says so.
pub(crate) fn declaration(context: &Context<'_>, properties: Node<'_>, name: &str) -> Value {
    let entry = context.entry(properties);
    if let Some(template) = entry.key(name, None).snippets().first().filter(|_| entry.keys().contains(&name)) {
        return template.body.to_value();
    }
    let path = properties.path();
    let is_under = |key: &str| matches!(path.first(), Some(Step::Key(first)) if first == key);
    let is_input = matches!(path.last(), Some(Step::Key(last)) if last == "properties");
    let is_secret = is_under("authSpec") && secret_name::is_credential(name)
        || is_under("sourceSpec") && secret_name::is_secret_anywhere(name);
    if is_input && is_secret { json!({ "type": "string", "format": "password" }) } else { json!({ "type": "string" }) }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::lint::rules::tests::{batch, check, check_fixes, check_lines, check_sign_ins, signing_in};

    #[test]
    fn inputs_of_sign_ins_and_of_the_source() {
        check_sign_ins(
            r#"  { "name": "a", "type": "b", "spec": { "properties": {
    "clientSecret": { "type": "string" }, "apiKey": { "type": ["string", "null"], "format": "pasword" },
    "key": { "type": "string", "format": "" } } } }"#,
            expect![[r#"
                { "name": "a", "type": "b", "spec": { "properties": {
                  "clientSecret": { "type": "string" }, "apiKey": { "type": ["string", "null"], "format": "pasword" },
                  ^^^^^^^^^^^^^^ warning[secret-not-masked]: `clientSecret` holds a secret by its name, but is shown as it is typed. Give it `"format": "password"`.
                                                        ^^^^^^^^ warning[secret-not-masked]: `apiKey` holds a secret by its name, but is shown as it is typed. Give it `"format": "password"`.
                  "key": { "type": "string", "format": "" } } } }
                  ^^^^^ warning[secret-not-masked]: `key` holds a secret by its name, but is shown as it is typed. Give it `"format": "password"`.
            "#]],
        );
        let own = r#""accessToken": { "type": "string" }, "key": { "type": "string" }"#;
        check_lines(
            &batch("      \"headerParams\": {}").replace(r#""listId": { "type": "string" }"#, own),
            own,
            expect![[r#"
                "spec": { "type": "object", "properties": { "accessToken": { "type": "string" }, "key": { "type": "string" } } },
                                                            ^^^^^^^^^^^^^ warning[secret-not-masked]: `accessToken` holds a secret by its name, but is shown as it is typed. Give it `"format": "password"`.
                                                            ^^^^^^^^^^^^^ hint[unused-input]: No placeholder uses `accessToken`, so users fill it in for nothing. Use it as `${accessToken}`, or remove it.
                                                                                                 ^^^^^ hint[unused-input]: No placeholder uses `key`, so users fill it in for nothing. Use it as `${key}`, or remove it.
            "#]],
        );
    }

    #[test]
    fn what_is_masked_or_no_secret_or_no_text_is_fine() {
        check_sign_ins(
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
            &batch("      \"headerParams\": {}").replace(r#""listId": { "type": "string" }"#, own),
            own,
            expect![[r#"
                "spec": { "type": "object", "properties": { "pageToken": { "type": "string" }, "sortKey": { "type": "string" } } },
                                                            ^^^^^^^^^^^ hint[unused-input]: No placeholder uses `pageToken`, so users fill it in for nothing. Use it as `${pageToken}`, or remove it.
                                                                                               ^^^^^^^^^ hint[unused-input]: No placeholder uses `sortKey`, so users fill it in for nothing. Use it as `${sortKey}`, or remove it.
            "#]],
        );
    }

    #[test]
    fn not_in_specs_of_other_kinds() {
        check(
            r#"{ "type": "x", "authSpec": [ { "spec": { "properties": { "password": { "type": "string" } } } } ], "sourceSpec": {} }"#,
            expect![[r#"
                { "type": "x", "authSpec": [ { "spec": { "properties": { "password": { "type": "string" } } } } ], "sourceSpec": {} }
            "#]],
        );
    }

    #[test]
    fn is_masked_in_the_style_of_the_document() {
        check_fixes(
            &signing_in(
                r#"  { "name": "a", "type": "b", "spec": { "properties": {
    "token": {
      "type": "string",
      "description": "c"
    },
    "apiKey": { "type": "string", "format": "Password" }
  } } }"#,
            ),
            expect![[r#"
                secret-not-masked: Mask it in the form (preferred)
                -       "description": "c"
                +       "description": "c",
                +       "format": "password"
                secret-not-masked: Mask it in the form (preferred)
                -     "apiKey": { "type": "string", "format": "Password" }
                +     "apiKey": { "type": "string", "format": "password" }
            "#]],
        );
    }
}
