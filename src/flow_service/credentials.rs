//! What signs in: a client with its secret, or an access token that someone else has asked for; and reading it from where a
//! person keeps it. A text is read by what it holds, whatever its name.

use std::collections::BTreeMap;
use std::fmt;

use super::Secret;
use crate::project::CredentialsSource;

mod aio;
mod assemble;
mod command;
mod console;
mod environment;
mod file;
mod form;
mod json;
mod lines;
mod os_keyring;
mod postman;
mod profile;

pub use environment::{has_credentials, process_variables};
pub use form::CredentialsFormat;

/// What was found where a person keeps such things. Not everything is everywhere: what a profile says counts before it, and
/// what is nowhere has to be asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Credentials {
    /// The client id, which is the API key too.
    pub client_id: Option<String>,
    /// The client secret of OAuth server-to-server.
    pub client_secret: Option<Secret>,
    /// An access token that is used as it is.
    pub access_token: Option<Secret>,
    /// The scopes to ask for, in order.
    pub scopes: Vec<String>,
    /// The organization, `…@AdobeOrg`.
    pub org: Option<String>,
    /// The sandbox's name.
    pub sandbox: Option<String>,
    /// The address of the gateway, such as `https://platform.adobe.io`.
    pub gateway: Option<String>,
    /// The address of the sign-in service, such as `https://ims-na1.adobelogin.com`.
    pub ims: Option<String>,
}

/// The variables of the process, by name.
pub type EnvironmentVariables = BTreeMap<String, String>;

/// Credentials, and where they came from. They have a client id, and a client secret or an access token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadedCredentials {
    /// What was found.
    pub credentials: Credentials,
    /// Where, in words: `the environment`.
    pub source: String,
    /// As what it was read.
    pub format: CredentialsFormat,
    /// What a person should know all the same, in sentences.
    pub warnings: Vec<String>,
}

/// Why there are no credentials, in words that hold none of what was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CredentialsError {
    place: String,
    wrong: Wrong,
}

impl fmt::Display for CredentialsError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let CredentialsError { place, wrong: Wrong { form, said } } = self;
        match form {
            Some(form) if *form != CredentialsFormat::Environment => {
                write!(formatter, "{place}, read as {form}: {said}")
            }
            _ => write!(formatter, "{place}: {said}"),
        }
    }
}

impl std::error::Error for CredentialsError {}

/// What is wrong with a text that should hold credentials.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Wrong {
    /// As what it was read, when that could be told.
    form: Option<CredentialsFormat>,
    /// A sentence that holds none of its values, and the way out.
    said: String,
}

impl Wrong {
    fn new(said: impl Into<String>) -> Self {
        Wrong { form: None, said: said.into() }
    }

    fn of(form: CredentialsFormat, said: impl Into<String>) -> Self {
        Wrong { form: Some(form), said: said.into() }
    }

    /// Service accounts sign in no more.
    fn jwt(form: CredentialsFormat) -> Self {
        Wrong::of(
            form,
            "these are credentials of a service account (JWT), which Adobe has ended. Add an OAuth server-to-server \
             credential to the project in the Developer Console, and use its client id, client secret and scopes.",
        )
    }
}

/// A text as it was got, before anything was read from it. It holds a secret, so it is not printed.
struct Raw {
    text: String,
    notes: Vec<String>,
}

/// Reads the credentials from where they are kept.
///
/// # Errors
///
/// Nothing is there, it cannot be read, or it lacks what is needed to sign in.
pub async fn load(
    keeper: &CredentialsSource,
    variables: &EnvironmentVariables,
) -> Result<LoadedCredentials, CredentialsError> {
    let place = place(keeper);
    let raw = match keeper {
        CredentialsSource::Environment => {
            let read = environment::read(variables);
            let failed = |wrong| CredentialsError { place: place.clone(), wrong };
            let (credentials, notes) = read.map_err(failed)?;
            return Ok(LoadedCredentials {
                credentials,
                source: place,
                format: CredentialsFormat::Environment,
                warnings: notes,
            });
        }
        CredentialsSource::File(path) => file::read(path, variables),
        CredentialsSource::Keyring(entry) => os_keyring::read(entry).await,
        CredentialsSource::Command { words, folder } => command::output(words, folder, command::LIMIT).await,
    };
    let read = raw.and_then(|Raw { text, notes }| {
        let (form, credentials, more) = form::read(&text)?;
        Ok((form, credentials, [notes, more].concat()))
    });
    match read {
        Ok((form, credentials, notes)) => {
            Ok(LoadedCredentials { credentials, source: place, format: form, warnings: notes })
        }
        Err(wrong) => Err(CredentialsError { place, wrong }),
    }
}

/// Where credentials are kept, in words. Of a command only the program is named: an argument may be a secret.
fn place(keeper: &CredentialsSource) -> String {
    match keeper {
        CredentialsSource::Environment => "the environment".to_owned(),
        CredentialsSource::File(path) => format!("the file `{}`", path.display()),
        CredentialsSource::Keyring(entry) => format!("the entry `{entry}` of the keyring"),
        CredentialsSource::Command { words, .. } => {
            format!("the output of `{}`", words.first().map(String::as_str).unwrap_or_default())
        }
    }
}

#[cfg(test)]
mod tests;
