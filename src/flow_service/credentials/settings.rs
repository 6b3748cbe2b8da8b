//! Named settings, whatever their format, and the credentials they make up.

use super::format::Parsed;
use super::{Credentials, CredentialsFormat, Problem, Secret};
use crate::project::TrustedUrl;
use crate::source::secrets;
use crate::syntax::{Kind, Node};

/// The prefixes of names that belong together. The first group with a client ID or access token is used, so that the ID of
/// one client is never combined with the secret of another. They are connspec's own, those that `aio app use` writes into
/// a `.env`, those of Commerce's starter kit, those of an AEP server for assistants, and no prefix as in aepp, Postman and
/// Developer Console.
const PREFIXES: [&str; 5] = ["connspec_", "ims_oauth_s2s_", "oauth_", "aep_", ""];

const CLIENT_ID: &[&str] = &["client_id", "api_key"];
const CLIENT_SECRET: &[&str] = &["client_secret", "client_secrets", "secret"];
const ACCESS_TOKEN: &[&str] = &["access_token"];
const SCOPES: &[&str] = &["scopes", "scope"];
const ORG: &[&str] = &["org_id", "ims_org_id", "ims_org"];
const SANDBOX: &[&str] = &["sandbox", "sandbox_name"];
const GATEWAY: &[&str] = &["gateway", "platform_gateway"];
const IMS: &[&str] = &["ims"];

/// Only service accounts have these. `META_SCOPE` is in Postman's, `pathToKey` in aepp's older files.
const SERVICE_ACCOUNT: &[&str] = &["private_key", "jwt_token", "meta_scopes", "meta_scope", "path_to_key", "pathtokey"];

/// A name with its values: one, or those of an array. A value may be a secret, so it cannot be printed.
pub(super) struct Setting {
    pub(super) name: String,
    pub(super) values: Vec<String>,
}

impl Setting {
    pub(super) fn new(name: impl Into<String>, values: Vec<String>) -> Self {
        Setting { name: name.into(), values }
    }
}

/// The members of an object that are strings or arrays of strings.
pub(super) fn members(object: Node<'_>) -> Vec<Setting> {
    let setting = |(key, value): (Node<'_>, Node<'_>)| Some(Setting::new(key.string()?, strings(value)?));
    object.members().filter_map(|member| setting((member.key, member.value))).collect()
}

/// A string, or the strings of an array.
pub(super) fn strings(node: Node<'_>) -> Option<Vec<String>> {
    let string = |node: Node<'_>| node.as_string().map(|text| text.into_owned());
    match node.kind() {
        Kind::Array => node.elements().map(string).collect(),
        _ => string(node).map(|text| vec![text]),
    }
}

/// The credentials that these settings make up.
pub(super) fn credentials(settings: &[Setting], format: CredentialsFormat) -> Result<Parsed, Problem> {
    let identifies = |prefix: &&str| {
        values(settings, prefix, CLIENT_ID).or_else(|| values(settings, prefix, ACCESS_TOKEN)).is_some()
    };
    let prefix = PREFIXES.into_iter().find(identifies).unwrap_or_default();
    let own = |names| first(values(settings, prefix, names)?);
    // The target, unlike the client, may be set with another prefix.
    let shared = |names| {
        let prefixes = [prefix].into_iter().chain(PREFIXES);
        prefixes.filter_map(|prefix| first(values(settings, prefix, names)?)).next()
    };
    let credentials = Credentials {
        client_id: own(CLIENT_ID),
        client_secret: own(CLIENT_SECRET).map(Secret::new),
        access_token: own(ACCESS_TOKEN).map(|token| Secret::new(token.trim_start_matches("Bearer ").trim())),
        scopes: values(settings, prefix, SCOPES).map(split_scopes).unwrap_or_default(),
        org: shared(ORG),
        sandbox: shared(SANDBOX),
        gateway: shared(GATEWAY).map(with_scheme),
        ims: shared(IMS).map(with_scheme),
    };
    check(&credentials, settings, format)?;
    Ok(Parsed { format, credentials, warnings: warnings(settings, format) })
}

/// The `type` of Google's files of credentials.
const GOOGLE_TYPES: [&str; 4] =
    ["service_account", "authorized_user", "external_account", "impersonated_service_account"];

/// Who has issued credentials that recognizably aren't Adobe's.
fn foreign_issuer(credentials: &Credentials, settings: &[Setting]) -> Option<&'static str> {
    let Credentials { client_id, client_secret, access_token, .. } = credentials;
    let secrets = [client_secret, access_token].into_iter().flatten().map(Secret::reveal);
    let kind = values(settings, "", &["type"]).and_then(first);
    let is_google = kind.is_some_and(|kind| GOOGLE_TYPES.contains(&kind.as_str()));
    is_google.then_some("Google").or_else(|| client_id.as_deref().into_iter().chain(secrets).find_map(secrets::issuer))
}

/// Checks that the credentials are sufficient, and Adobe's.
fn check(credentials: &Credentials, settings: &[Setting], format: CredentialsFormat) -> Result<(), Problem> {
    let Credentials { client_id, client_secret, access_token, scopes, .. } = credentials;
    if let Some(issuer) = foreign_issuer(credentials, settings) {
        let message = format!("these are credentials of {issuer}, not of Adobe, so they are not sent.");
        return Err(Problem::of(format, message));
    }
    let missing = |name: &str, more: &str| Err(Problem::of(format, format!("`{name}` is missing or empty.{more}")));
    if access_token.is_none() && scopes.is_empty() {
        if values(settings, "", SERVICE_ACCOUNT).is_some() {
            return Err(Problem::service_account(format));
        }
        if values(settings, "", &["auth_code"]).is_some() {
            return Err(Problem::of(
                format,
                "it authenticates with an `auth_code`, which is for Adobe's own services. Use the client ID, client secret \
                 and scopes of an OAuth Server-to-Server credential.",
            ));
        }
    }
    if client_id.is_none() {
        let more = if access_token.is_some() { " It is sent as the API key with every access token." } else { "" };
        return missing(format.client_id(), more);
    }
    if access_token.is_none() && client_secret.is_none() {
        return missing(format.client_secret(), "");
    }
    Ok(())
}

/// The `environment` of aepp selects another gateway, of which only production's is documented.
fn warnings(settings: &[Setting], format: CredentialsFormat) -> Vec<String> {
    let other = values(settings, "", &["environment"]).filter(|values| values[0].trim() != "prod");
    let warning = "Its `environment` is not `prod`, which is ignored. Set `gateway` and `ims` in the profile instead.";
    other.filter(|_| format == CredentialsFormat::Aepp).map(|_| warning.to_owned()).into_iter().collect()
}

/// The values of the first of these names that has any. Names are compared without case and with `-` as `_`; of a repeated
/// name, the last one is used.
fn values<'s>(settings: &'s [Setting], prefix: &str, names: &[&str]) -> Option<&'s [String]> {
    names.iter().find_map(|name| {
        let name = format!("{prefix}{name}");
        let found = settings.iter().rev().find(|setting| normalize(&setting.name) == name)?;
        Some(&found.values[..]).filter(|values| values.first().is_some_and(|value| !value.trim().is_empty()))
    })
}

fn first(values: &[String]) -> Option<String> {
    values.first().map(|value| value.trim().to_owned())
}

/// A name in lower case and with `_` for `-`.
pub(super) fn normalize(name: &str) -> String {
    name.to_lowercase().replace('-', "_")
}

/// Scopes: an array, or a string with commas or spaces.
fn split_scopes(values: &[String]) -> Vec<String> {
    let scopes = values.iter().flat_map(|value| value.split(|char: char| char == ',' || char.is_whitespace()));
    scopes.filter(|scope| !scope.is_empty()).map(str::to_owned).collect()
}

/// A URL beside the credentials, so of the same person; Postman has only the host.
fn with_scheme(url: String) -> TrustedUrl {
    TrustedUrl::from_person(if url.contains("://") { url } else { format!("https://{url}") })
}
