//! Profiles: a sandbox, its service, and where the credentials are. Never the credentials themselves.

use std::fmt;
use std::path::{Path, PathBuf};

use super::{Project, absolute};
use crate::spec::spelling;

/// The profile that the environment variables define.
pub const ENV_PROFILE: &str = "env";

/// The profile of the emulator on this machine.
pub const LOCAL_PROFILE: &str = "local";

/// The names that `connspec.toml` cannot define.
pub(super) const RESERVED: [&str; 2] = [ENV_PROFILE, LOCAL_PROFILE];

/// The environment variables of which one suffices for the profile `env` to exist.
pub const CREDENTIAL_VARIABLES: [&str; 2] = ["CONNSPEC_CLIENT_ID", "CONNSPEC_ACCESS_TOKEN"];

/// An entry of `[profiles]`. What it does not set comes from the source of the credentials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// The organization ID, `…@AdobeOrg`.
    pub org: Option<String>,
    /// The name of the sandbox.
    pub sandbox: Option<String>,
    /// Where the credentials are.
    pub credentials: CredentialsSource,
    /// The URL of the gateway.
    pub gateway: Option<String>,
    /// The URL of Adobe IMS.
    pub ims: Option<String>,
    /// Where access tokens are stored.
    pub token_cache: TokenStorage,
}

impl Profile {
    /// A profile that sets only the source of the credentials.
    pub fn of(credentials: CredentialsSource) -> Self {
        let token_cache = TokenStorage::default();
        Profile { org: None, sandbox: None, credentials, gateway: None, ims: None, token_cache }
    }

    /// With paths and commands relative to this folder.
    fn relative_to(self, folder: &Path) -> Self {
        let credentials = match self.credentials {
            CredentialsSource::File(path) if !path.starts_with("~") => {
                CredentialsSource::File(absolute(&folder.join(path)))
            }
            CredentialsSource::Command { argv, .. } => CredentialsSource::Command { argv, folder: folder.to_owned() },
            other => other,
        };
        Profile { credentials, ..self }
    }
}

/// Where credentials are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CredentialsSource {
    /// In the environment variables `CONNSPEC_…`.
    Environment,
    /// In a file. A path that starts with `~/` is in the home folder.
    File(PathBuf),
    /// In the keyring of the operating system, in the entry with this name.
    Keyring(String),
    /// In the output of a command.
    Command {
        /// The program and its arguments.
        argv: Vec<String>,
        /// The folder of `connspec.toml`; empty for the current folder.
        folder: PathBuf,
    },
}

/// Where access tokens are stored until they expire.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TokenStorage {
    /// In memory: no secret is written unless the user wants it.
    #[default]
    Memory,
    /// In a file that only its owner can read, so that the next run needs no new token.
    File,
}

/// The profile in use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SelectedProfile {
    /// The name.
    pub name: String,
    /// The settings; `None` for the emulator.
    pub profile: Option<Profile>,
    /// Why it was selected.
    pub reason: SelectionReason,
}

/// Why a profile was selected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SelectionReason {
    /// The user requested it.
    Requested,
    /// It is the `default-profile` of connspec.toml.
    Default,
    /// None was requested, and the environment has credentials.
    Environment,
    /// None was requested, and there is no other.
    Fallback,
}

/// Why no profile could be selected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileError(String);

impl ProfileError {
    fn unknown(name: &str, reason: SelectionReason, project: Option<&Project>) -> Self {
        let defined = project.iter().flat_map(|project| project.settings.profiles.keys().map(String::as_str));
        let known: Vec<_> = defined.chain(RESERVED).collect();
        let mut message = match reason {
            SelectionReason::Default => {
                format!("`default-profile` in connspec.toml is the unknown profile `{name}`")
            }
            _ => format!("Unknown profile `{name}`"),
        };
        if let Some(near) = spelling::closest(name, known.iter().copied()) {
            message += &format!("; did you mean `{near}`?");
        } else {
            message += ".";
        }
        let list = known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        ProfileError(message + &format!(" Available are {list}; define others as `[profiles.NAME]` in connspec.toml."))
    }
}

impl fmt::Display for ProfileError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for ProfileError {}

/// Selects a profile: the requested one, else the `default-profile` of the project, else `env` if the environment has
/// credentials, else `local`.
///
/// # Errors
///
/// The requested or default profile does not exist, or is invalid.
pub fn select_profile(
    project: Option<&Project>,
    requested: Option<&str>,
    environment_has_credentials: bool,
) -> Result<SelectedProfile, ProfileError> {
    let default = project.and_then(|project| project.settings.default_profile.as_deref());
    let (name, reason) = match (requested, default) {
        (Some(name), _) => (name, SelectionReason::Requested),
        (None, Some(name)) => (name, SelectionReason::Default),
        (None, None) if environment_has_credentials => (ENV_PROFILE, SelectionReason::Environment),
        (None, None) => (LOCAL_PROFILE, SelectionReason::Fallback),
    };
    let defined = project.and_then(|project| Some((project, project.settings.profiles.get(name)?)));
    let profile = match (name, defined) {
        (ENV_PROFILE, _) => Some(Profile::of(CredentialsSource::Environment)),
        (LOCAL_PROFILE, _) => None,
        (_, Some((project, Ok(profile)))) => Some(profile.clone().relative_to(project.folder())),
        (_, Some((project, Err(problem)))) => {
            let path = project.path.display();
            return Err(ProfileError(format!("Profile `{name}` in {path} is invalid: {problem}.")));
        }
        (_, None) => return Err(ProfileError::unknown(name, reason, project)),
    };
    Ok(SelectedProfile { name: name.to_owned(), profile, reason })
}

#[cfg(test)]
mod tests;
