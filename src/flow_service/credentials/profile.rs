//! What a profile says put over what its credentials say.

use super::{Credentials, CredentialsError, CredentialsFormat, LoadedCredentials, Wrong};
use crate::project::Profile;

impl LoadedCredentials {
    /// With what the profile says put before what was found: where to go is a decision of the project.
    ///
    /// # Errors
    ///
    /// Neither says which organization or which sandbox is meant.
    pub fn with_profile(self, profile: &Profile) -> Result<LoadedCredentials, CredentialsError> {
        let LoadedCredentials { credentials, source: place, format: form, warnings: mut notes } = self;
        let Profile { org, sandbox, gateway, ims, .. } = profile;
        let differs = org.is_some() && credentials.org.is_some() && *org != credentials.org;
        if differs {
            notes.push(format!("The profile names another organization than {place}; that of the profile is used."));
        }
        let over = |said: &Option<String>, found: Option<String>| said.clone().or(found);
        let credentials = Credentials {
            org: over(org, credentials.org),
            sandbox: over(sandbox, credentials.sandbox),
            gateway: over(gateway, credentials.gateway),
            ims: over(ims, credentials.ims),
            ..credentials
        };
        match missing(&credentials, form) {
            Some(wrong) => Err(CredentialsError { place, wrong }),
            None => Ok(LoadedCredentials { credentials, source: place, format: form, warnings: notes }),
        }
    }
}

/// What nobody says. A sandbox that is not named is not guessed: it would be the one for production.
fn missing(credentials: &Credentials, form: CredentialsFormat) -> Option<Wrong> {
    let (what, key, variable) = match credentials {
        Credentials { org: None, .. } => ("organization", "org = \"…@AdobeOrg\"", "CONNSPEC_ORG_ID"),
        Credentials { sandbox: None, .. } => ("sandbox", "sandbox = \"…\"", "CONNSPEC_SANDBOX"),
        _ => return None,
    };
    let way_out = match form {
        CredentialsFormat::Environment => format!("Set `{variable}`."),
        _ => format!("Write `{key}` into the profile."),
    };
    Some(Wrong::of(form, format!("no {what} is named. {way_out}")))
}
