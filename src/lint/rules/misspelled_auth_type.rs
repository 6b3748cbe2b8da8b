//! `misspelled-auth-type`: name and type of an authentication entry are a known pair in another spelling, or of two pairs.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::edit::writer::Writer;
use crate::lint::{Diagnostic, Fix, Severity};
use crate::source::auth::{self, AuthMethod, Spelling};
use crate::source::model::AuthEntry;
use crate::source::placeholders::literal;
use crate::syntax::{Kind, Node};

use super::{Context, Rule, and_list, pages};

pub(crate) const RULE: Rule = Rule {
    code: "misspelled-auth-type",
    severities: &[Severity::Warning],
    finds: "a known `name` or `type` of an authentication method in another spelling (`oAuth2-refresh-code`, `OAuth 2 Refresh Code`), or the name of one method with the type of another",
    why: "Connections choose an authentication method by its `name`, and its `type` decides how the values are used. Adobe's own pages spell both in several ways; the API's responses and all current examples have one: `OAuth2RefreshCode` with `OAuth2 Refresh Code`, `BasicAuthentication` with `Basic Authentication`, `KeyBased` with `API Key Authentication`. An unknown type is rejected with `1301-400` or `1302-400`; whether the service accepts other spellings is not known. Names and types of your own are not checked, nor is `basicAuthentication`, which some of Adobe's live sources have.",
    at: "authSpec[]",
    wrong: r#""name": "OAuth 2 Refresh Code", "type": "oAuth2-refresh-code""#,
    right: r#""name": "OAuth2 Refresh Code", "type": "OAuth2RefreshCode""#,
    link: pages::AUTH_SPEC,
    every_kind: false,
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let entries = || context.source().auth_entries();
    let names: HashSet<_> = entries().filter_map(|entry| entry.name()?.string()).collect();
    diagnostics.extend(entries().filter_map(|entry| check_entry(context, entry, &names)));
}

/// `taken`: the names of all entries.
fn check_entry(context: &Context<'_>, entry: AuthEntry<'_>, taken: &HashSet<Cow<'_, str>>) -> Option<Diagnostic> {
    let (kind, name) = (entry.type_node(), entry.name());
    let by_name = name.and_then(literal).and_then(|text| auth::by_name(&text));
    let Some(kind) = kind.filter(|kind| kind.kind() != Kind::String || literal(*kind).is_some()) else {
        let (meant, _) = by_name.filter(|(_, spelling)| *spelling == Spelling::Other)?;
        return misspelled(context, taken, meant, &[(name?, meant.name())]);
    };
    let (meant, spelling) = auth::by_type(&literal(kind)?)?;
    let kind_is_wrong = (spelling == Spelling::Other).then_some((kind, meant.auth_type()));
    match (name, by_name) {
        (Some(name), Some((other, _))) if other != meant => {
            Some(mixed_pair(context, entry, (name, other), (kind, meant)))
        }
        (Some(name), Some((_, Spelling::Other))) => {
            let wrong: Vec<_> = kind_is_wrong.into_iter().chain([(name, meant.name())]).collect();
            misspelled(context, taken, meant, &wrong)
        }
        _ => misspelled(context, taken, meant, &kind_is_wrong.into_iter().collect::<Vec<_>>()),
    }
}

/// One diagnostic for the misspelled values of an entry, each with its right spelling.
fn misspelled(
    context: &Context<'_>,
    taken: &HashSet<Cow<'_, str>>,
    meant: &AuthMethod,
    wrong: &[(Node<'_>, &'static str)],
) -> Option<Diagnostic> {
    // Two entries of a type cannot both have its name.
    let is_taken = |right: &str| right == meant.name() && taken.contains(right);
    let wrong: Vec<_> = wrong.iter().filter(|(_, right)| !is_taken(right)).copied().collect();
    let ((value, right), rest) = wrong.split_first()?;
    let key = if *right == meant.name() { AuthEntry::NAME } else { AuthEntry::TYPE };
    let message = format!("nonstandard `{key}`; the API's responses and all current examples have `{right}`");
    let diagnostic = RULE.at(Severity::Warning, value.range(), message);
    let diagnostic = rest.iter().fold(diagnostic, |diagnostic, (value, right)| {
        diagnostic.with_related(value.range(), format!("its name is spelled `{right}`"))
    });
    Some(diagnostic.with_offered_fixes(context, |writer| {
        let edits = wrong.iter().map(|(value, right)| writer.rename(*value, right));
        [Fix::offered(format!("Replace with {}", and_list(wrong.iter().map(|(_, right)| *right))), edits)]
    }))
}

/// A name of one pair with the type of another.
fn mixed_pair(
    context: &Context<'_>,
    entry: AuthEntry<'_>,
    (name, of_name): (Node<'_>, &'static AuthMethod),
    (kind, of_kind): (Node<'_>, &'static AuthMethod),
) -> Diagnostic {
    let message = format!(
        "`{}` is the name of `{}`, but `type` is `{}`; change the one that does not fit the inputs",
        of_name.name(),
        of_name.auth_type(),
        of_kind.auth_type()
    );
    RULE.at(Severity::Warning, name.range(), message).with_related(kind.range(), "the type").with_offered_fixes(
        context,
        |writer| {
            let rename = fix(writer, name, of_kind.name(), AuthEntry::NAME);
            let retype = fix(writer, kind, of_name.auth_type(), AuthEntry::TYPE);
            let fits = |method| context.missing_inputs(entry, method).is_some_and(|missing| missing.is_empty());
            if fits(of_name) && !fits(of_kind) { [retype, rename] } else { [rename, retype] }
        },
    )
}

fn fix(writer: &Writer<'_>, value: Node<'_>, right: &str, key: &str) -> Fix {
    Fix::offered(format!("Change `{key}` to `{right}`"), [writer.rename(value, right)])
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::lint::rules::tests::{auth_source, check_auth_entries, check_fixes};

    #[test]
    fn another_spelling_of_a_known_pair_is_reported() {
        check_auth_entries(
            r#"  { "name": "OAuth 2 Refresh Code", "type": "oAuth2-refresh-code", "spec": { "properties": { "accessToken": {} } } },
  { "name": "OAuth2 refresh code", "type": "OAuth2RefreshCode", "spec": { "properties": { "accessToken": {} } } },
  { "name": "basic authentication", "spec": { "properties": { "username": {}, "password": {} } } },
  { "name": "Acme", "type": "keyBased", "spec": { "properties": { "k": { "restAttributes": {} } } } }"#,
            expect![[r#"
                { "name": "OAuth 2 Refresh Code", "type": "oAuth2-refresh-code", "spec": { "properties": { "accessToken": {} } } },
                                                          ^^^^^^^^^^^^^^^^^^^^^ warning[misspelled-auth-type]: nonstandard `type`; the API's responses and all current examples have `OAuth2RefreshCode`
                                                            see "\"OAuth 2 Refresh Code\"": its name is spelled `OAuth2 Refresh Code`
                { "name": "OAuth2 refresh code", "type": "OAuth2RefreshCode", "spec": { "properties": { "accessToken": {} } } },
                          ^^^^^^^^^^^^^^^^^^^^^ warning[misspelled-auth-type]: nonstandard `name`; the API's responses and all current examples have `OAuth2 Refresh Code`
                { "name": "basic authentication", "spec": { "properties": { "username": {}, "password": {} } } },
                ^ warning[missing-key]: missing `type` in `authSpec[2]`; Adobe's template has it
                          ^^^^^^^^^^^^^^^^^^^^^^ warning[misspelled-auth-type]: nonstandard `name`; the API's responses and all current examples have `Basic Authentication`
                { "name": "Acme", "type": "keyBased", "spec": { "properties": { "k": { "restAttributes": {} } } } }
                                          ^^^^^^^^^^ warning[misspelled-auth-type]: nonstandard `type`; the API's responses and all current examples have `KeyBased`
                                                                                       ^^^^^^^^^^^^^^^^ warning[missing-key]: missing `headerParamName` in `authSpec[3].spec.properties.k.restAttributes`; Adobe's template has it
            "#]],
        );
    }

    #[test]
    fn other_names_and_types_are_not_reported() {
        check_auth_entries(
            r#"  { "name": "OAuth generic-rest-connector", "type": "OAuth2RefreshCode", "spec": { "properties": { "accessToken": {} } } },
  { "name": "Basic Authentication", "type": "OAuth2.0", "spec": { "properties": { "clientId": {} } } },
  { "name": "API Key Authentication", "type": "apiKey", "spec": { "properties": { "keyName": {} } } },
  { "name": "Basic", "type": "basicAuthentication", "spec": { "properties": { "username": {}, "password": {} } } },
  { "name": "OAuth Client Credentials", "type": "oAuth2.0-clientCredentials", "spec": { "properties": {} } },
  { "name": 1, "type": 2, "spec": { "properties": {} } },
  { "name": "${x}", "type": "{TYPE}", "spec": { "properties": {} } }"#,
            expect![[r#"
                { "name": "OAuth generic-rest-connector", "type": "OAuth2RefreshCode", "spec": { "properties": { "accessToken": {} } } },
                { "name": "Basic Authentication", "type": "OAuth2.0", "spec": { "properties": { "clientId": {} } } },
                { "name": "API Key Authentication", "type": "apiKey", "spec": { "properties": { "keyName": {} } } },
                { "name": "Basic", "type": "basicAuthentication", "spec": { "properties": { "username": {}, "password": {} } } },
                { "name": "OAuth Client Credentials", "type": "oAuth2.0-clientCredentials", "spec": { "properties": {} } },
                { "name": 1, "type": 2, "spec": { "properties": {} } },
                          ^ error[wrong-type]: expected a string, found a number; add double quotes
                                     ^ error[wrong-type]: expected a string, found a number; add double quotes
                { "name": "${x}", "type": "{TYPE}", "spec": { "properties": {} } }
                                           ^^^^^^ warning[unfilled-template]: unfilled template placeholder `{TYPE}`; replace it with your own value. How the inputs are used to authenticate.
            "#]],
        );
    }

    #[test]
    fn a_name_that_another_entry_has_is_not_suggested() {
        check_auth_entries(
            r#"  { "name": "API Key Authentication", "type": "KeyBased", "spec": { "properties": { "k": { "restAttributes": {} } } } },
  { "name": "API key authentication", "type": "KeyBased", "spec": { "properties": { "k": { "restAttributes": {} } } } }"#,
            expect![[r#"
                { "name": "API Key Authentication", "type": "KeyBased", "spec": { "properties": { "k": { "restAttributes": {} } } } },
                                                                                                         ^^^^^^^^^^^^^^^^ warning[missing-key]: missing `headerParamName` in `authSpec[0].spec.properties.k.restAttributes`; Adobe's template has it
                { "name": "API key authentication", "type": "KeyBased", "spec": { "properties": { "k": { "restAttributes": {} } } } }
                                                                                                         ^^^^^^^^^^^^^^^^ warning[missing-key]: missing `headerParamName` in `authSpec[1].spec.properties.k.restAttributes`; Adobe's template has it
            "#]],
        );
    }

    #[test]
    fn a_name_with_the_type_of_another_method_is_reported() {
        check_auth_entries(
            r#"  { "name": "OAuth2 Refresh Code", "type": "BasicAuthentication", "spec": { "properties": { "username": {}, "password": {} } } }"#,
            expect![[r#"
                { "name": "OAuth2 Refresh Code", "type": "BasicAuthentication", "spec": { "properties": { "username": {}, "password": {} } } }
                          ^^^^^^^^^^^^^^^^^^^^^ warning[misspelled-auth-type]: `OAuth2 Refresh Code` is the name of `OAuth2RefreshCode`, but `type` is `BasicAuthentication`; change the one that does not fit the inputs
                            see "\"BasicAuthentication\"": the type
            "#]],
        );
    }

    #[test]
    fn the_pair_that_fits_is_written() {
        check_fixes(
            &auth_source(
                r#"  { "name": "oAuth2-refresh-code", "type": "oAuth2-refresh-code", "spec": { "properties": { "accessToken": {} } } },
  { "name": "OAuth2 Refresh Code", "type": "BasicAuthentication", "spec": { "properties": { "accessToken": {} } } },
  { "name": "API Key Authentication", "type": "BasicAuthentication", "spec": { "properties": { "username": {}, "password": {} } } }"#,
            ),
            expect![[r#"
                misspelled-auth-type: Replace with `OAuth2RefreshCode` (preferred)
                -   { "name": "oAuth2-refresh-code", "type": "oAuth2-refresh-code", "spec": { "properties": { "accessToken": {} } } },
                +   { "name": "oAuth2-refresh-code", "type": "OAuth2RefreshCode", "spec": { "properties": { "accessToken": {} } } },
                misspelled-auth-type: Change `type` to `OAuth2RefreshCode` (preferred)
                -   { "name": "OAuth2 Refresh Code", "type": "BasicAuthentication", "spec": { "properties": { "accessToken": {} } } },
                +   { "name": "OAuth2 Refresh Code", "type": "OAuth2RefreshCode", "spec": { "properties": { "accessToken": {} } } },
                misspelled-auth-type: Change `name` to `Basic Authentication` (preferred)
                -   { "name": "API Key Authentication", "type": "BasicAuthentication", "spec": { "properties": { "username": {}, "password": {} } } }
                +   { "name": "Basic Authentication", "type": "BasicAuthentication", "spec": { "properties": { "username": {}, "password": {} } } }
            "#]],
        );
    }
}
