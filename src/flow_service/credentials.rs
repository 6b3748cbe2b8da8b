//! What signs in: a client with its secret, or an access token that someone else has asked for; and reading it from where a
//! person keeps it. A text is read by what it holds, whatever its name.

use std::collections::BTreeMap;
use std::fmt;

use super::Secret;
use crate::project::Keeper;

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

pub use environment::signs_in;
pub use form::Form;

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
pub type Variables = BTreeMap<String, String>;

/// Credentials, and where they came from. They have a client id, and a client secret or an access token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What was found.
    pub credentials: Credentials,
    /// Where, in words: `the environment`.
    pub place: String,
    /// As what it was read.
    pub form: Form,
    /// What a person should know all the same, in sentences.
    pub notes: Vec<String>,
}

/// Why there are no credentials, in words that hold none of what was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    place: String,
    wrong: Wrong,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Unreadable { place, wrong: Wrong { form, said } } = self;
        match form {
            Some(form) if *form != Form::Environment => write!(formatter, "{place}, read as {form}: {said}"),
            _ => write!(formatter, "{place}: {said}"),
        }
    }
}

impl std::error::Error for Unreadable {}

/// What is wrong with a text that should hold credentials.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Wrong {
    /// As what it was read, when that could be told.
    form: Option<Form>,
    /// A sentence that holds none of its values, and the way out.
    said: String,
}

impl Wrong {
    fn new(said: impl Into<String>) -> Self {
        Wrong { form: None, said: said.into() }
    }

    fn of(form: Form, said: impl Into<String>) -> Self {
        Wrong { form: Some(form), said: said.into() }
    }

    /// Service accounts sign in no more.
    fn jwt(form: Form) -> Self {
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
pub async fn find(keeper: &Keeper, variables: &Variables) -> Result<Found, Unreadable> {
    let place = place(keeper);
    let raw = match keeper {
        Keeper::Environment => {
            let read = environment::read(variables);
            let failed = |wrong| Unreadable { place: place.clone(), wrong };
            let (credentials, notes) = read.map_err(failed)?;
            return Ok(Found { credentials, place, form: Form::Environment, notes });
        }
        Keeper::File(path) => file::read(path, variables),
        Keeper::Keyring(entry) => os_keyring::read(entry).await,
        Keeper::Command { words, folder } => command::output(words, folder, command::LIMIT).await,
    };
    let read = raw.and_then(|Raw { text, notes }| {
        let (form, credentials, more) = form::read(&text)?;
        Ok((form, credentials, [notes, more].concat()))
    });
    match read {
        Ok((form, credentials, notes)) => Ok(Found { credentials, place, form, notes }),
        Err(wrong) => Err(Unreadable { place, wrong }),
    }
}

/// Where credentials are kept, in words. Of a command only the program is named: an argument may be a secret.
fn place(keeper: &Keeper) -> String {
    match keeper {
        Keeper::Environment => "the environment".to_owned(),
        Keeper::File(path) => format!("the file `{}`", path.display()),
        Keeper::Keyring(entry) => format!("the entry `{entry}` of the keyring"),
        Keeper::Command { words, .. } => {
            format!("the output of `{}`", words.first().map(String::as_str).unwrap_or_default())
        }
    }
}

#[cfg(test)]
mod tests;
