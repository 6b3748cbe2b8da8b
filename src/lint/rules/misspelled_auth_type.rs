//! `misspelled-auth-type`: the name and type of a way to sign in are a known pair spelled another way, or of two pairs.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::edit::writer::Writer;
use crate::lint::Diagnostic;
use crate::lint::Fix;
use crate::lint::Related;
use crate::lint::Severity;
use crate::source::auth::{self as sign_in, SignIn, Spelling};
use crate::syntax::{Kind, Node};
use crate::text::Edit;

use crate::source::inputs::fixed_text;

use super::{Context, Rule, pages};

pub(crate) const RULE: Rule = Rule {
    code: "misspelled-auth-type",
    severities: &[Severity::Warning],
    finds: "a known `name` or `type` of a way to sign in spelled another way (`oAuth2-refresh-code`, `OAuth 2 Refresh Code`), or the name of one with the type of another",
    why: "Connections ask for a way to sign in by its `name`, and its `type` says how the values are used. Adobe's own pages spell both in several ways; the API's answers and all current examples have one: `OAuth2RefreshCode` with `OAuth2 Refresh Code`, `BasicAuthentication` with `Basic Authentication`, `KeyBased` with `API Key Authentication`. An unknown type is refused with `1301-400` or `1302-400`; whether the service takes other spellings is not known. Names and types of your own are not looked at, nor is `basicAuthentication`, which some of Adobe's live sources have.",
    at: "authSpec[]",
    wrong: r#""name": "OAuth 2 Refresh Code", "type": "oAuth2-refresh-code""#,
    right: r#""name": "OAuth2 Refresh Code", "type": "OAuth2RefreshCode""#,
    link: pages::AUTH_SPEC,
    every_kind: false,
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let names: HashSet<_> = sign_in::entries(context.tree).filter_map(|entry| entry.get("name")?.string()).collect();
    found.extend(sign_in::entries(context.tree).filter_map(|entry| check_entry(context, entry, &names)));
}

/// `taken`: the names of all entries.
fn check_entry(context: &Context<'_>, entry: Node<'_>, taken: &HashSet<Cow<'_, str>>) -> Option<Diagnostic> {
    let (kind, name) = (entry.get("type"), entry.get("name"));
    let by_name = name.and_then(fixed_text).and_then(|text| sign_in::of_name(&text));
    let Some(kind) = kind.filter(|kind| kind.kind() != Kind::String || fixed_text(*kind).is_some()) else {
        let (meant, _) = by_name.filter(|(_, spelling)| *spelling == Spelling::Other)?;
        return misspelled(context, taken, meant, &[(name?, meant.name())]);
    };
    let (meant, spelling) = sign_in::of_kind(&fixed_text(kind)?)?;
    let kind_is_wrong = (spelling == Spelling::Other).then_some((kind, meant.kind()));
    match (name, by_name) {
        (Some(name), Some((other, _))) if other != meant => Some(of_two(context, entry, (name, other), (kind, meant))),
        (Some(name), Some((_, Spelling::Other))) => {
            let wrong: Vec<_> = kind_is_wrong.into_iter().chain([(name, meant.name())]).collect();
            misspelled(context, taken, meant, &wrong)
        }
        _ => misspelled(context, taken, meant, &kind_is_wrong.into_iter().collect::<Vec<_>>()),
    }
}

/// One diagnostic for what is spelled another way in an entry: values with what they should be.
fn misspelled(
    context: &Context<'_>,
    taken: &HashSet<Cow<'_, str>>,
    meant: &SignIn,
    wrong: &[(Node<'_>, &'static str)],
) -> Option<Diagnostic> {
    // Two entries of a type cannot both have its name.
    let is_taken = |right: &str| right == meant.name() && taken.contains(right);
    let wrong: Vec<_> = wrong.iter().filter(|(_, right)| !is_taken(right)).copied().collect();
    let ((value, right), rest) = wrong.split_first()?;
    let key = if *right == meant.name() { "name" } else { "type" };
    let message = format!("The API's answers and all current examples write this `{key}` as `{right}`. Replace it.");
    let mut diagnostic = RULE.at(Severity::Warning, value.range(), message);
    diagnostic.related.extend(rest.iter().map(|(value, right)| {
        let message = format!("the name that goes with it is written `{right}`");
        Related { range: value.range(), message }
    }));
    context.fix(&mut diagnostic, |writer| {
        let names: Vec<String> = wrong.iter().map(|(_, right)| format!("`{right}`")).collect();
        let edits: Vec<Edit> = wrong.iter().map(|(value, right)| writer.rename(*value, right)).collect();
        [Fix::offered(format!("Replace by {}", names.join(" and ")), edits)]
    });
    Some(diagnostic)
}

/// The diagnostic that a name is of one pair and the type of another.
fn of_two(
    context: &Context<'_>,
    entry: Node<'_>,
    (name, of_name): (Node<'_>, &'static SignIn),
    (kind, of_kind): (Node<'_>, &'static SignIn),
) -> Diagnostic {
    let message = format!(
        "`{}` is the name of the sign-in `{}`, but `type` says `{}`. Give it the name or the type that fits its inputs.",
        of_name.name(),
        of_name.kind(),
        of_kind.kind()
    );
    let mut diagnostic = RULE.at(Severity::Warning, name.range(), message);
    diagnostic.related.push(Related { range: kind.range(), message: "the type".to_owned() });
    context.fix(&mut diagnostic, |writer| {
        let rename = fix(writer, name, of_kind.name(), "name");
        let retype = fix(writer, kind, of_name.kind(), "type");
        let fits = |sign_in| context.lacking(entry, sign_in).is_some_and(|lacking| lacking.is_empty());
        if fits(of_name) && !fits(of_kind) { [retype, rename] } else { [rename, retype] }
    });
    diagnostic
}

fn fix(writer: &Writer<'_>, value: Node<'_>, right: &str, key: &str) -> Fix {
    Fix::offered(format!("Change `{key}` to `{right}`"), [writer.rename(value, right)])
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::lint::rules::tests::{check_fixes, check_sign_ins, signing_in};

    #[test]
    fn known_pairs_spelled_another_way() {
        check_sign_ins(
            r#"  { "name": "OAuth 2 Refresh Code", "type": "oAuth2-refresh-code", "spec": { "properties": { "accessToken": {} } } },
  { "name": "OAuth2 refresh code", "type": "OAuth2RefreshCode", "spec": { "properties": { "accessToken": {} } } },
  { "name": "basic authentication", "spec": { "properties": { "username": {}, "password": {} } } },
  { "name": "Acme", "type": "keyBased", "spec": { "properties": { "k": { "restAttributes": {} } } } }"#,
            expect![[r#"
                { "name": "OAuth 2 Refresh Code", "type": "oAuth2-refresh-code", "spec": { "properties": { "accessToken": {} } } },
                                                          ^^^^^^^^^^^^^^^^^^^^^ warning[misspelled-auth-type]: The API's answers and all current examples write this `type` as `OAuth2RefreshCode`. Replace it.
                                                            see "\"OAuth 2 Refresh Code\"": the name that goes with it is written `OAuth2 Refresh Code`
                { "name": "OAuth2 refresh code", "type": "OAuth2RefreshCode", "spec": { "properties": { "accessToken": {} } } },
                          ^^^^^^^^^^^^^^^^^^^^^ warning[misspelled-auth-type]: The API's answers and all current examples write this `name` as `OAuth2 Refresh Code`. Replace it.
                { "name": "basic authentication", "spec": { "properties": { "username": {}, "password": {} } } },
                ^ warning[missing-key]: `type` is missing in `authSpec[2]`. Adobe's template has it.
                          ^^^^^^^^^^^^^^^^^^^^^^ warning[misspelled-auth-type]: The API's answers and all current examples write this `name` as `Basic Authentication`. Replace it.
                { "name": "Acme", "type": "keyBased", "spec": { "properties": { "k": { "restAttributes": {} } } } }
                                          ^^^^^^^^^^ warning[misspelled-auth-type]: The API's answers and all current examples write this `type` as `KeyBased`. Replace it.
                                                                                       ^^^^^^^^^^^^^^^^ warning[missing-key]: `headerParamName` is missing in `authSpec[3].spec.properties.k.restAttributes`. Adobe's template has it.
            "#]],
        );
    }

    #[test]
    fn names_and_types_of_ones_own_are_fine() {
        check_sign_ins(
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
                          ^ error[wrong-type]: A text in quotes belongs here, not a number. Put it in double quotes.
                                     ^ error[wrong-type]: A text in quotes belongs here, not a number. Put it in double quotes.
                { "name": "${x}", "type": "{TYPE}", "spec": { "properties": {} } }
                                           ^^^^^^ warning[unfilled-template]: `{TYPE}` is a blank of the template. Write your own value in its place.
            "#]],
        );
    }

    #[test]
    fn a_name_that_another_entry_has_is_not_asked_for() {
        check_sign_ins(
            r#"  { "name": "API Key Authentication", "type": "KeyBased", "spec": { "properties": { "k": { "restAttributes": {} } } } },
  { "name": "API key authentication", "type": "KeyBased", "spec": { "properties": { "k": { "restAttributes": {} } } } }"#,
            expect![[r#"
                { "name": "API Key Authentication", "type": "KeyBased", "spec": { "properties": { "k": { "restAttributes": {} } } } },
                                                                                                         ^^^^^^^^^^^^^^^^ warning[missing-key]: `headerParamName` is missing in `authSpec[0].spec.properties.k.restAttributes`. Adobe's template has it.
                { "name": "API key authentication", "type": "KeyBased", "spec": { "properties": { "k": { "restAttributes": {} } } } }
                                                                                                         ^^^^^^^^^^^^^^^^ warning[missing-key]: `headerParamName` is missing in `authSpec[1].spec.properties.k.restAttributes`. Adobe's template has it.
            "#]],
        );
    }

    #[test]
    fn the_name_of_one_with_the_type_of_another() {
        check_sign_ins(
            r#"  { "name": "OAuth2 Refresh Code", "type": "BasicAuthentication", "spec": { "properties": { "username": {}, "password": {} } } }"#,
            expect![[r#"
                { "name": "OAuth2 Refresh Code", "type": "BasicAuthentication", "spec": { "properties": { "username": {}, "password": {} } } }
                          ^^^^^^^^^^^^^^^^^^^^^ warning[misspelled-auth-type]: `OAuth2 Refresh Code` is the name of the sign-in `OAuth2RefreshCode`, but `type` says `BasicAuthentication`. Give it the name or the type that fits its inputs.
                            see "\"BasicAuthentication\"": the type
            "#]],
        );
    }

    #[test]
    fn is_replaced_by_the_pair_that_fits() {
        check_fixes(
            &signing_in(
                r#"  { "name": "oAuth2-refresh-code", "type": "oAuth2-refresh-code", "spec": { "properties": { "accessToken": {} } } },
  { "name": "OAuth2 Refresh Code", "type": "BasicAuthentication", "spec": { "properties": { "accessToken": {} } } },
  { "name": "API Key Authentication", "type": "BasicAuthentication", "spec": { "properties": { "username": {}, "password": {} } } }"#,
            ),
            expect![[r#"
                misspelled-auth-type: Replace by `OAuth2RefreshCode` (preferred)
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
