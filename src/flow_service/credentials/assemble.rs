//! Credentials from names with values, whatever form had them.

use super::form::{Need, Read};
use super::json::Pair;
use super::{Credentials, CredentialsFormat, Secret, Wrong};

/// What stands before the names of a set that belongs together; the first set that has a client id or a token counts, so
/// that the id of one client never comes with the secret of another. They are connspec's own, those that
/// `aio app use` writes into a `.env`, those of Commerce's starter kit, of an AEP server for assistants, and the names
/// without anything before them, as aepp, Postman and the Developer Console have them.
const SETS: [&str; 5] = ["connspec_", "ims_oauth_s2s_", "oauth_", "aep_", ""];

const CLIENT_ID: &[&str] = &["client_id", "api_key"];
const CLIENT_SECRET: &[&str] = &["client_secret", "client_secrets", "secret"];
const ACCESS_TOKEN: &[&str] = &["access_token"];
const SCOPES: &[&str] = &["scopes", "scope"];
const ORG: &[&str] = &["org_id", "ims_org_id", "ims_org"];
const SANDBOX: &[&str] = &["sandbox", "sandbox_name"];
const GATEWAY: &[&str] = &["gateway", "platform_gateway"];
const IMS: &[&str] = &["ims"];

/// Only service accounts have these. `META_SCOPE` is in Postman's, `pathToKey` in aepp's old files.
const OF_JWT: &[&str] = &["private_key", "jwt_token", "meta_scopes", "meta_scope", "path_to_key", "pathtokey"];

/// The credentials that the pairs hold.
pub(super) fn assemble(pairs: &[Pair], form: CredentialsFormat) -> Result<Read, Wrong> {
    let signs_in = |set: &&str| any(pairs, set, CLIENT_ID).or_else(|| any(pairs, set, ACCESS_TOKEN)).is_some();
    let own = SETS.into_iter().find(signs_in).unwrap_or_default();
    let text = |names| any(pairs, own, names).map(|values| values[0].trim().to_owned());
    // What says where, and not who, may come from another set.
    let elsewhere = |names| {
        let sets = [own].into_iter().chain(SETS);
        sets.filter_map(|set| any(pairs, set, names)).map(|values| values[0].trim().to_owned()).next()
    };
    let credentials = Credentials {
        client_id: text(CLIENT_ID),
        client_secret: text(CLIENT_SECRET).map(Secret::new),
        access_token: text(ACCESS_TOKEN).map(|token| Secret::new(token.trim_start_matches("Bearer ").trim())),
        scopes: any(pairs, own, SCOPES).map(scopes).unwrap_or_default(),
        org: elsewhere(ORG),
        sandbox: elsewhere(SANDBOX),
        gateway: elsewhere(GATEWAY).map(address),
        ims: elsewhere(IMS).map(address),
    };
    is_enough(&credentials, pairs, form)?;
    Ok((form, credentials, notes(pairs, form)))
}

fn is_enough(credentials: &Credentials, pairs: &[Pair], form: CredentialsFormat) -> Result<(), Wrong> {
    let Credentials { client_id, client_secret, access_token, scopes, .. } = credentials;
    let missing = |need| Err(Wrong::of(form, format!("`{}` is missing or empty.", form.name(need))));
    if access_token.is_none() && scopes.is_empty() {
        if any(pairs, "", OF_JWT).is_some() {
            return Err(Wrong::jwt(form));
        }
        if any(pairs, "", &["auth_code"]).is_some() {
            return Err(Wrong::of(
                form,
                "it signs in with an `auth_code`, which is for Adobe's own services. Use the client id, client secret and \
                 scopes of an OAuth server-to-server credential.",
            ));
        }
    }
    if client_id.is_none() && access_token.is_some() {
        let name = form.name(Need::ClientId);
        return Err(Wrong::of(
            form,
            format!("`{name}` is missing or empty. It is sent as API key with every access token."),
        ));
    }
    if client_id.is_none() {
        return missing(Need::ClientId);
    }
    if access_token.is_none() && client_secret.is_none() {
        return missing(Need::ClientSecret);
    }
    Ok(())
}

/// aepp's `environment` means another gateway, of which only production's is documented.
fn notes(pairs: &[Pair], form: CredentialsFormat) -> Vec<String> {
    let other = any(pairs, "", &["environment"]).filter(|values| values[0].trim() != "prod");
    let said = "Its `environment` is not `prod`, and that is not followed: say `gateway` and `ims` in the profile.";
    other.filter(|_| form == CredentialsFormat::Aepp).map(|_| said.to_owned()).into_iter().collect()
}

/// The values of the first of these names that has some, in one set. Capitals and hyphens make no difference; of a name that
/// is there twice the last counts.
fn any<'p>(pairs: &'p [Pair], set: &str, names: &[&str]) -> Option<&'p [String]> {
    names.iter().find_map(|name| {
        let name = format!("{set}{name}");
        let found = pairs.iter().rev().find(|pair| plain(&pair.name) == name)?;
        Some(&found.values[..]).filter(|values| values.first().is_some_and(|value| !value.trim().is_empty()))
    })
}

/// A name in small letters and with `_`.
pub(super) fn plain(name: &str) -> String {
    name.to_lowercase().replace('-', "_")
}

/// Scopes: a list, or a text with commas or spaces.
fn scopes(values: &[String]) -> Vec<String> {
    let each = values.iter().flat_map(|value| value.split(|char: char| char == ',' || char.is_whitespace()));
    each.filter(|scope| !scope.is_empty()).map(str::to_owned).collect()
}

/// An address; Postman has but the host.
fn address(text: String) -> String {
    if text.contains("://") { text } else { format!("https://{text}") }
}
