//! Credentials: an OAuth client with its secret, or an access token, and loading them from where a user keeps them. The
//! format of a text is detected from its content, not from its name.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt;
use std::str::FromStr;

use super::Secret;
use crate::project::{CREDENTIAL_VARIABLES, CredentialsSource, HostOwner, TrustedProfile, TrustedUrl};

mod aio;
mod command;
mod dotenv;
mod file;
mod format;
mod os_keyring;
mod parse;
mod settings;

pub use format::CredentialsFormat;
use format::Parsed;
use settings::Setting;

/// The prefix of the environment variables.
const PREFIX: &str = "CONNSPEC_";

/// What was found in one source. Not every source has everything: the profile overrides it, and the rest is missing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Credentials {
    /// The client ID, which is the API key too.
    pub client_id: Option<String>,
    /// The client secret of an OAuth Server-to-Server credential.
    pub client_secret: Option<Secret>,
    /// An access token to use as it is.
    pub access_token: Option<Secret>,
    /// The scopes to request, in order.
    pub scopes: Vec<String>,
    /// The organization ID, `…@AdobeOrg`.
    pub org: Option<String>,
    /// The name of the sandbox.
    pub sandbox: Option<String>,
    /// The URL of the gateway, such as `https://platform.adobe.io`.
    pub gateway: Option<TrustedUrl>,
    /// The URL of Adobe IMS, such as `https://ims-na1.adobelogin.com`.
    pub ims: Option<TrustedUrl>,
}

/// From a text of any of the formats. The error says what is wrong with it, without any of its values.
impl FromStr for Credentials {
    type Err = String;

    fn from_str(text: &str) -> Result<Credentials, String> {
        parse::parse(text).map(|parsed| parsed.credentials).map_err(|problem| problem.message)
    }
}

/// The environment variables of the process.
pub type EnvironmentVariables = BTreeMap<String, String>;

/// Credentials with a client ID, and with a client secret or an access token; and where they are from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadedCredentials {
    /// What was found.
    pub credentials: Credentials,
    /// Where, for messages: `the environment`.
    pub source: String,
    /// The format it was read as.
    pub format: CredentialsFormat,
    /// What the user should know nevertheless, in sentences.
    pub warnings: Vec<String>,
}

impl LoadedCredentials {
    /// With the settings of the profile, which override what was found.
    fn with_profile(self, profile: &TrustedProfile) -> Result<LoadedCredentials, CredentialsError> {
        let LoadedCredentials { credentials, source, format, mut warnings } = self;
        let (org, sandbox) = (profile.org().map(str::to_owned), profile.sandbox().map(str::to_owned));
        if org.is_some() && credentials.org.is_some() && org != credentials.org {
            warnings
                .push(format!("The organization of the profile differs from that of {source}; the profile's is used."));
        }
        let hosts = hosts(&credentials, format, profile);
        let merged = hosts.map(|[gateway, ims]| Credentials {
            org: org.or(credentials.org),
            sandbox: sandbox.or(credentials.sandbox),
            gateway,
            ims,
            ..credentials
        });
        let checked = merged.and_then(|credentials| match missing_setting(&credentials, format) {
            Some(problem) => Err(problem),
            None => Ok(credentials),
        });
        match checked {
            Ok(credentials) => Ok(LoadedCredentials { credentials, source, format, warnings }),
            Err(problem) => Err(CredentialsError { source, problem }),
        }
    }
}

/// The URLs of the gateway and of IMS: those of the profile, or else those beside the credentials. Credentials of the
/// environment do not follow a repository to a host that isn't Adobe's, and a file of a repository cannot name one.
fn hosts(
    credentials: &Credentials,
    format: CredentialsFormat,
    profile: &TrustedProfile,
) -> Result<[Option<TrustedUrl>; 2], Problem> {
    let choose = |setting: &str, of_profile: Option<TrustedUrl>, found: &Option<TrustedUrl>| {
        let is_from_environment = format == CredentialsFormat::Environment;
        match (of_profile, found) {
            (Some(url), found) if is_from_environment && !profile.may_receive_from_environment(&url) => {
                let is_same = |found: &&TrustedUrl| same_url(found, &url);
                found.as_ref().filter(is_same).cloned().map(Some).ok_or_else(|| {
                    let (url, variable) = (url.as_str(), format!("{PREFIX}{}", setting.to_uppercase()));
                    let message = format!(
                        "its credentials are not sent to a host that a repository names, which is {url} for `{setting}`. \
                         Set `{variable}` to this URL, or remove `{setting}` from the profile."
                    );
                    Problem::of(format, message)
                })
            }
            (Some(url), _) => Ok(Some(url)),
            (None, Some(found)) if found.owner() != HostOwner::Adobe && profile.has_credentials_in_repository() => {
                let url = found.as_str();
                let message = format!(
                    "it names {url}, which isn't Adobe's. Set `{setting}` in the profile, where it needs trust."
                );
                Err(Problem::of(format, message))
            }
            (None, found) => Ok(found.clone()),
        }
    };
    Ok([choose("gateway", profile.gateway(), &credentials.gateway)?, choose("ims", profile.ims(), &credentials.ims)?])
}

/// Whether two URLs are the same but for the `/` at the end.
fn same_url(one: &TrustedUrl, other: &TrustedUrl) -> bool {
    one.as_str().trim_end_matches('/') == other.as_str().trim_end_matches('/')
}

/// An undefined sandbox is not guessed: it would be the one for production.
fn missing_setting(credentials: &Credentials, format: CredentialsFormat) -> Option<Problem> {
    let (what, setting, variable) = match credentials {
        Credentials { org: None, .. } => ("organization", "org = \"…@AdobeOrg\"", "CONNSPEC_ORG_ID"),
        Credentials { sandbox: None, .. } => ("sandbox", "sandbox = \"…\"", "CONNSPEC_SANDBOX"),
        _ => return None,
    };
    let fix = match format {
        CredentialsFormat::Environment => format!("Set `{variable}`."),
        _ => format!("Add `{setting}` to the profile."),
    };
    Some(Problem::of(format, format!("no {what} is set. {fix}")))
}

/// Why there are no credentials. The message contains nothing of what was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CredentialsError {
    source: String,
    problem: Problem,
}

impl fmt::Display for CredentialsError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let CredentialsError { source, problem: Problem { format, message } } = self;
        match format {
            Some(format) if *format != CredentialsFormat::Environment => {
                write!(formatter, "{source} ({format}): {message}")
            }
            _ => write!(formatter, "{source}: {message}"),
        }
    }
}

impl std::error::Error for CredentialsError {}

/// What is wrong with a text that should contain credentials.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Problem {
    /// The format it was read as, if that was detected.
    format: Option<CredentialsFormat>,
    /// Sentences without any of the values.
    message: String,
}

impl Problem {
    fn new(message: impl Into<String>) -> Self {
        Problem { format: None, message: message.into() }
    }

    fn of(format: CredentialsFormat, message: impl Into<String>) -> Self {
        Problem { format: Some(format), message: message.into() }
    }

    fn service_account(format: CredentialsFormat) -> Self {
        Problem::of(
            format,
            "these are credentials of a service account (JWT), which Adobe has discontinued. Add an OAuth Server-to-Server \
             credential to the project in Developer Console, and use its client ID, client secret and scopes.",
        )
    }
}

/// The unparsed content of a source. It contains a secret, so it cannot be printed.
struct Content {
    text: String,
    warnings: Vec<String>,
}

/// Loads the credentials of a profile, and adds its settings.
///
/// # Errors
///
/// The source is missing, cannot be read, or lacks what authentication needs.
pub async fn load(
    profile: &TrustedProfile,
    variables: &EnvironmentVariables,
) -> Result<LoadedCredentials, CredentialsError> {
    read(profile.credentials(), variables).await?.with_profile(profile)
}

async fn read(
    source: &CredentialsSource,
    variables: &EnvironmentVariables,
) -> Result<LoadedCredentials, CredentialsError> {
    let content = match source {
        CredentialsSource::Environment => None,
        CredentialsSource::File(path) => Some(file::read(path, variables)),
        CredentialsSource::Keyring(entry) => Some(os_keyring::read(entry).await),
        CredentialsSource::Command { argv, folder } => Some(command::run(argv, folder, command::TIMEOUT).await),
    };
    let parsed = match content {
        None => from_environment(variables),
        Some(content) => content.and_then(|Content { text, warnings }| {
            let parsed = parse::parse(&text)?;
            Ok(Parsed { warnings: [warnings, parsed.warnings].concat(), ..parsed })
        }),
    };
    let source = describe(source);
    match parsed {
        Ok(Parsed { format, credentials, warnings }) => Ok(LoadedCredentials { credentials, source, format, warnings }),
        Err(problem) => Err(CredentialsError { source, problem }),
    }
}

fn from_environment(variables: &EnvironmentVariables) -> Result<Parsed, Problem> {
    let format = CredentialsFormat::Environment;
    if !has_credentials(variables) {
        let [id, token] = CREDENTIAL_VARIABLES;
        let message = format!(
            "neither `{id}` nor `{token}` is set. Set `{id}` and `CONNSPEC_CLIENT_SECRET`, or `{id}` and `{token}`."
        );
        return Err(Problem::of(format, message));
    }
    let own = variables.iter().filter(|(name, _)| name.starts_with(PREFIX));
    let settings: Vec<_> = own.map(|(name, value)| Setting::new(name, vec![value.clone()])).collect();
    settings::credentials(&settings, format)
}

/// The environment variables of this process, without those that aren't valid Unicode.
pub fn process_variables() -> EnvironmentVariables {
    let text = |(name, value): (OsString, OsString)| Some((name.into_string().ok()?, value.into_string().ok()?));
    std::env::vars_os().filter_map(text).collect()
}

/// Whether the environment defines the profile `env`.
pub fn has_credentials(variables: &EnvironmentVariables) -> bool {
    CREDENTIAL_VARIABLES.iter().any(|name| variables.get(*name).is_some_and(|value| !value.trim().is_empty()))
}

/// A source for messages. Of a command only the program is named: an argument may be a secret.
fn describe(source: &CredentialsSource) -> String {
    match source {
        CredentialsSource::Environment => "the environment".to_owned(),
        CredentialsSource::File(path) => format!("the file `{}`", path.display()),
        CredentialsSource::Keyring(entry) => format!("the keyring entry `{entry}`"),
        CredentialsSource::Command { argv, .. } => {
            format!("the output of `{}`", argv.first().map(String::as_str).unwrap_or_default())
        }
    }
}

#[cfg(test)]
mod tests;
