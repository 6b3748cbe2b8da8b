//! `hard-coded-secret`: a credential that everyone who can read the spec can read.

use std::ops::Range;

use crate::edit::writer::Writer;
use crate::lint::extract::{self, Target};
use crate::lint::{Diagnostic, Fix, Severity};
use crate::source::inputs::{Input, Origin};
use crate::source::model::Schema;
use crate::source::placeholders::RequestPart;
use crate::source::{query_string, secrets};
use crate::syntax::Node;

use super::{Context, Rule, pages};

pub(crate) const RULE: Rule = Rule {
    code: "hard-coded-secret",
    severities: &[Severity::Warning],
    finds: "a password, key or token as a literal in the host, a header, query or body value, or as default of an input",
    why: "Many people can read a spec: in Flow Service, in a repository, everyone who uses the source. A credential belongs to one of them. With an input that has `\"format\": \"password\"`, each user enters their own value, which is masked.",
    at: "sourceSpec.attributes",
    wrong: r#""headerParams": { "X-Api-Key": "7f3a9c21d4e8" }"#,
    right: r#""headerParams": { "X-Api-Key": "${apiKey}" }"#,
    link: pages::AUTH_SPEC,
    every_kind: false,
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if context.request().is_none() {
        return;
    }
    diagnostics.extend(context.inputs().all.iter().flat_map(|input| in_schema(context, input)));
    for (string, part) in context.replaced_strings() {
        let Some(text) = string.string().filter(|_| string.is_quoted()) else { continue };
        if part == RequestPart::Host {
            diagnostics.extend(in_host(context, string, &text));
            continue;
        }
        for range in credentials(string, part, &text) {
            let message = "hard-coded credential, visible to everyone who can read this spec; use an input that users enter when they authenticate";
            diagnostics.push(
                RULE.at(Severity::Warning, string.part(&range), message)
                    .with_offered_fixes(context, |writer| fixes(context, writer, &Target { string, range })),
            );
        }
    }
}

/// A user name and password before the host name.
fn in_host(context: &Context<'_>, host: Node<'_>, text: &str) -> Option<Diagnostic> {
    let range = secrets::in_userinfo(text)?;
    let message =
        "hard-coded credential, visible to everyone who can read this spec; remove it and use basic authentication";
    let without = format!("{}{}", &text[..range.start], &text[range.end + 1..]);
    Some(
        RULE.at(Severity::Warning, host.part(&range), message).with_offered_fixes(context, |writer| {
            [Fix::offered("Remove the credential", [writer.rename(host, &without)])]
        }),
    )
}

/// The credentials among the values that the schema of an input offers to everybody.
fn in_schema(context: &Context<'_>, input: &Input<'_>) -> Vec<Diagnostic> {
    let schema = Schema::new(input.schema);
    let values = [schema.default_value(), schema.example(), schema.const_value()].into_iter().flatten();
    let values = values.chain(schema.examples().into_iter().flat_map(Node::elements));
    let diagnostic = |value: Node<'_>| {
        let range = secrets::in_value(&input.name, &value.string().filter(|_| value.is_quoted())?)?;
        let message = format!("hard-coded credential, offered to everyone who enters `{}`; remove it", input.name);
        Some(RULE.at(Severity::Warning, value.part(&range), message).with_offered_fixes(context, |writer| {
            let member = value.as_part_of_member().filter(|member| member.value == value);
            member.map(|member| Fix::remove(writer, member))
        }))
    };
    values.filter_map(diagnostic).collect()
}

/// The credentials in a string, in bytes of its value.
fn credentials(string: Node<'_>, part: RequestPart, text: &str) -> Vec<Range<usize>> {
    let query = match part {
        RequestPart::Path => text.find('?').map(|at| at + 1),
        RequestPart::Query | RequestPart::Header | RequestPart::Body => Some(0),
        _ => None,
    };
    let Some(start) = query else { return Vec::new() };
    let named = |pair: query_string::Pair| {
        let (name, value) = (&text[start..][pair.name], pair.value.start + start..pair.value.end + start);
        let inside = secrets::in_value(name, &text[value.clone()])?;
        Some(value.start + inside.start..value.start + inside.end)
    };
    // All pairs in one string: deprecated query parameters and headers, the query of a path, a form in the body.
    if part == RequestPart::Path || extract::is_params_string(string) {
        let text = &text[start..];
        let pairs = query_string::parse(text).map_or_else(|| query_string::parse_lenient(text), |query| query.pairs);
        return pairs.into_iter().filter_map(named).collect();
    }
    secrets::in_value(&extract::key_of(string), text).into_iter().collect()
}

fn fixes(context: &Context<'_>, writer: &Writer<'_>, target: &Target<'_>) -> Vec<Fix> {
    let name = match extract::name_of(target) {
        name if name.to_lowercase().ends_with("authorization") => extract::ACCESS_TOKEN.to_owned(),
        name => name,
    };
    let input = extract::secret(context.inputs(), &name);
    let targets = extract::equal(context.tree, context.kind, target);
    let known = known_input(context, &name).map(|name| {
        Fix::offered(format!("Replace with the authentication input `{name}`"), extract::replaced(&name, &targets))
    });
    let title = format!("Extract to the authentication input `{}`", input.name);
    let new = extract::edits(writer, &input, &targets).map(|edits| Fix::offered(title, edits));
    known.into_iter().chain(new).collect()
}

/// The input of this name, if every authentication method declares it as a secret.
fn known_input(context: &Context<'_>, name: &str) -> Option<String> {
    let name = extract::camel_case(name);
    let entries = context.source().auth_entries().count();
    let is_secret_of_entry = |input: &&Input<'_>| input.is_masked() && input.origin != Origin::Source;
    let declared = context.inputs().named(&name).filter(is_secret_of_entry).count();
    (entries > 0 && declared == entries).then_some(name)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::document::Document;
    use crate::lint::rules::tests::{batch, check_attributes, check_fixes_of};
    use crate::lint::{Facts, diagnostics};
    use crate::source::model::Source;
    use crate::source::request::SampleRequest;
    use crate::text::Text;

    #[test]
    fn credentials_in_headers_query_path_and_body_are_warnings() {
        check_attributes(
            r#"      "urlParams": { "path": "/${listId}?api_key=a1b2c3d4e5&page=12345678", "method": "POST", "queryParams": { "token": "a1b2c3d4e5", "page": "a1b2c3d4e5" } },
      "headerParams": { "Authorization": "Bearer a1b2c3d4e5", "X-Api-Key": "a1b2c3d4e5", "Accept": "application/vnd.acme.v2+json" },
      "bodyParams": { "auth": { "client_secret": "a1b2\"c3d4e5", "pageToken": "a1b2c3d4e5" }, "tokens": [{ "password": "pa55w0rd" }] }"#,
            expect![[r#"
                "urlParams": { "path": "/${listId}?api_key=a1b2c3d4e5&page=12345678", "method": "POST", "queryParams": { "token": "a1b2c3d4e5", "page": "a1b2c3d4e5" } },
                                                           ^^^^^^^^^^ warning[hard-coded-secret]: hard-coded credential, visible to everyone who can read this spec; use an input that users enter when they authenticate
                                                                                                                                   ^^^^^^^^^^ warning[hard-coded-secret]: hard-coded credential, visible to everyone who can read this spec; use an input that users enter when they authenticate
                                                                                                                                                ^^^^^^ warning[duplicate-parameter]: parameter `page` is also sent by `path`; use another name, or remove one
                                                                                                                                                  see "page": also sent by `path`
                "headerParams": { "Authorization": "Bearer a1b2c3d4e5", "X-Api-Key": "a1b2c3d4e5", "Accept": "application/vnd.acme.v2+json" },
                                                           ^^^^^^^^^^ warning[hard-coded-secret]: hard-coded credential, visible to everyone who can read this spec; use an input that users enter when they authenticate
                                                                                      ^^^^^^^^^^ warning[hard-coded-secret]: hard-coded credential, visible to everyone who can read this spec; use an input that users enter when they authenticate
                                                                                                   ^^^^^^^^ info[ineffective-header]: `Accept` may have no effect: requests seem to ask for `application/json` always (inferred); if the API can, select its version or format in the path, a query parameter or another header
                "bodyParams": { "auth": { "client_secret": "a1b2\"c3d4e5", "pageToken": "a1b2c3d4e5" }, "tokens": [{ "password": "pa55w0rd" }] }
                                                            ^^^^^^^^^^^^ warning[hard-coded-secret]: hard-coded credential, visible to everyone who can read this spec; use an input that users enter when they authenticate
                                                                                                                                  ^^^^^^^^ warning[hard-coded-secret]: hard-coded credential, visible to everyone who can read this spec; use an input that users enter when they authenticate
            "#]],
        );
        check_attributes(
            r#"      "headerParams": "Accept=application/json,Authorization=Basic dXNlcjpwYXNz",
      "bodyParams": "grant_type=refresh_token&client_secret=a1b2c3d4e5""#,
            expect![[r#"
                "headerParams": "Accept=application/json,Authorization=Basic dXNlcjpwYXNz",
                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[deprecated-params-string]: `name=value` pairs in one string are deprecated; use an object of names and values
                                                                             ^^^^^^^^^^^^ warning[hard-coded-secret]: hard-coded credential, visible to everyone who can read this spec; use an input that users enter when they authenticate
                "bodyParams": "grant_type=refresh_token&client_secret=a1b2c3d4e5"
                                                                      ^^^^^^^^^^ warning[hard-coded-secret]: hard-coded credential, visible to everyone who can read this spec; use an input that users enter when they authenticate
            "#]],
        );
    }

    /// A sample request masks what this rule reports.
    #[test]
    fn a_credential_is_reported_and_masked_alike() {
        for name in [
            "consumerKey",
            "storageKey",
            "X-Storage-Key",
            "Encryption-Key",
            "Integration-Key",
            "Master-Key",
            "Ssh-Key",
            "Admin-Key",
        ] {
            let params = format!(r#"{{ "{name}": "a1b2c3d4e5f6g7" }}"#);
            let text = batch(&format!(
                r#"      "urlParams": {{ "path": "/${{listId}}", "method": "GET", "queryParams": {params} }}"#
            ));
            let document = Document::new("acme-connectionSpec.json", 0, Text::new(&text));
            let reported = diagnostics(&document, &Facts::default());
            let reported: Vec<&str> = reported.iter().map(|diagnostic| diagnostic.code).collect();
            assert_eq!(reported, [super::RULE.code], "{name}");
            let request = SampleRequest::of(Source::of(document.tree())).expect("a path");
            assert!(request.url.ends_with(&format!("{name}=•••")), "{}", request.url);
        }
    }

    #[test]
    fn placeholders_and_samples_are_no_credentials() {
        check_attributes(
            r#"      "headerParams": { "Authorization": "Bearer ${password}", "X-Api-Key": "", "X-Auth-Key": "{YOUR_KEY}", "X-Token": "<token 1>" },
      "bodyParams": { "password": "${password}", "token": 12345678, "secret": "@{concat('a1b2c3d4e5')}" },
      "paginationParams": { "type": "CONTINUATION_TOKEN", "continuationTokenPath": "$.token", "parameterType": "QUERYPARAM", "parameterName": "token" }"#,
            expect![[r#"
                "headerParams": { "Authorization": "Bearer ${password}", "X-Api-Key": "", "X-Auth-Key": "{YOUR_KEY}", "X-Token": "<token 1>" },
                                                                                                         ^^^^^^^^^^ warning[unfilled-template]: unfilled template placeholder `{YOUR_KEY}`; replace it with your own value
                "bodyParams": { "password": "${password}", "token": 12345678, "secret": "@{concat('a1b2c3d4e5')}" },
                "paginationParams": { "type": "CONTINUATION_TOKEN", "continuationTokenPath": "$.token", "parameterType": "QUERYPARAM", "parameterName": "token" }
            "#]],
        );
    }

    #[test]
    fn a_credential_becomes_an_input_of_every_authentication_method() {
        check_fixes_of(
            super::RULE.code,
            &batch(
                r#"      "headerParams": { "Authorization": "Bearer a1b2c3d4e5" },
      "bodyParams": { "token": "a1b2c3d4e5", "password": "pa55w0rd" }"#,
            ),
            expect![[r#"
                hard-coded-secret: Extract to the authentication input `accessToken` (preferred)
                -     "username": { "type": "string" }, "password": { "type": "string", "format": "password" }
                +     "username": { "type": "string" }, "password": { "type": "string", "format": "password" },
                +     "accessToken": {
                +       "type": "string",
                +       "description": "What the user must enter",
                +       "format": "password"
                +     }
                -       "headerParams": { "Authorization": "Bearer a1b2c3d4e5" },
                -       "bodyParams": { "token": "a1b2c3d4e5", "password": "pa55w0rd" }
                +       "headerParams": { "Authorization": "Bearer ${accessToken}" },
                +       "bodyParams": { "token": "${accessToken}", "password": "pa55w0rd" }
                hard-coded-secret: Extract to the authentication input `token` (preferred)
                -     "username": { "type": "string" }, "password": { "type": "string", "format": "password" }
                +     "username": { "type": "string" }, "password": { "type": "string", "format": "password" },
                +     "token": {
                +       "type": "string",
                +       "description": "What the user must enter",
                +       "format": "password"
                +     }
                -       "bodyParams": { "token": "a1b2c3d4e5", "password": "pa55w0rd" }
                +       "bodyParams": { "token": "${token}", "password": "pa55w0rd" }
                hard-coded-secret: Replace with the authentication input `password` (preferred)
                -       "bodyParams": { "token": "a1b2c3d4e5", "password": "pa55w0rd" }
                +       "bodyParams": { "token": "a1b2c3d4e5", "password": "${password}" }
                hard-coded-secret: Extract to the authentication input `password2`
                -     "username": { "type": "string" }, "password": { "type": "string", "format": "password" }
                +     "username": { "type": "string" }, "password": { "type": "string", "format": "password" },
                +     "password2": {
                +       "type": "string",
                +       "description": "What the user must enter",
                +       "format": "password"
                +     }
                -       "bodyParams": { "token": "a1b2c3d4e5", "password": "pa55w0rd" }
                +       "bodyParams": { "token": "a1b2c3d4e5", "password": "${password2}" }
            "#]],
        );
        check_fixes_of(
            super::RULE.code,
            "{\n  \"type\": \"generic-rest\",\n  \"authSpec\": [\n    {},\n    { \"spec\": {} }\n  ],\n  \"sourceSpec\": { \"attributes\": { \"headerParams\": \"X-Api-Key=a1b2c3d4e5\" } }\n}",
            expect![[r#"
                hard-coded-secret: Extract to the authentication input `apiKey` (preferred)
                -     {},
                -     { "spec": {} }
                +     {
                +       "spec": {
                +         "$schema": "http://json-schema.org/draft-07/schema#",
                +         "type": "object",
                +         "properties": {
                +           "apiKey": {
                +             "type": "string",
                +             "description": "What the user must enter",
                +             "format": "password"
                +           }
                +         }
                +       }
                +     },
                +     { "spec": { "properties": { "apiKey": { "type": "string", "description": "What the user must enter", "format": "password" } } } }
                -   "sourceSpec": { "attributes": { "headerParams": "X-Api-Key=a1b2c3d4e5" } }
                +   "sourceSpec": { "attributes": { "headerParams": "X-Api-Key=${apiKey}" } }
            "#]],
        );
    }
}
