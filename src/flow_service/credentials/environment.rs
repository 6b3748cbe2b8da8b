//! Credentials in the variables `CONNSPEC_…` of the environment.

use std::ffi::OsString;

use super::assemble::assemble;
use super::json::Pair;
use super::{Credentials, CredentialsFormat, EnvironmentVariables, Wrong};
use crate::project::CREDENTIAL_VARIABLES;

/// What is before the names of the variables.
const PREFIX: &str = "CONNSPEC_";

/// Reads the variables; gives back what a person should know beside them, too.
pub(super) fn read(variables: &EnvironmentVariables) -> Result<(Credentials, Vec<String>), Wrong> {
    if !has_credentials(variables) {
        let [id, token] = CREDENTIAL_VARIABLES;
        return Err(Wrong::of(
            CredentialsFormat::Environment,
            format!(
                "neither `{id}` nor `{token}` is set. Set `{id}` and `CONNSPEC_CLIENT_SECRET`, or `{id}` and `{token}`."
            ),
        ));
    }
    let own = variables.iter().filter(|(name, _)| name.starts_with(PREFIX));
    let pairs: Vec<_> = own.map(|(name, value)| Pair::new(name, vec![value.clone()])).collect();
    assemble(&pairs, CredentialsFormat::Environment).map(|(_, credentials, notes)| (credentials, notes))
}

/// The environment variables of this process. One that is not valid Unicode is left out: none of ours is.
pub fn process_variables() -> EnvironmentVariables {
    let text = |(name, value): (OsString, OsString)| Some((name.into_string().ok()?, value.into_string().ok()?));
    std::env::vars_os().filter_map(text).collect()
}

/// Whether the variables make up the profile `env`.
pub fn has_credentials(variables: &EnvironmentVariables) -> bool {
    CREDENTIAL_VARIABLES.iter().any(|name| variables.get(*name).is_some_and(|value| !value.trim().is_empty()))
}
