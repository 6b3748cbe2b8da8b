//! Profiles: which service is meant, and where the credentials for it are kept. Never the credentials themselves.

use std::fmt;
use std::path::{Path, PathBuf};

use super::{Project, absolute};
use crate::spec::near;

/// The profile that the environment makes up.
pub const ENV_PROFILE: &str = "env";

/// The profile of the emulator on this machine.
pub const LOCAL_PROFILE: &str = "local";

/// The names that are taken.
pub(super) const RESERVED: [&str; 2] = [ENV_PROFILE, LOCAL_PROFILE];

/// The variables of which one is enough for the profile `env` to be there.
pub const CREDENTIAL_VARIABLES: [&str; 2] = ["CONNSPEC_CLIENT_ID", "CONNSPEC_ACCESS_TOKEN"];

/// An entry of `[profiles]`. What it leaves out comes from where the credentials are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// The organization, `…@AdobeOrg`.
    pub org: Option<String>,
    /// The sandbox's name.
    pub sandbox: Option<String>,
    /// Where the credentials are kept.
    pub credentials: CredentialsSource,
    /// The address of the gateway.
    pub gateway: Option<String>,
    /// The address of the sign-in service.
    pub ims: Option<String>,
    /// Where access tokens are kept.
    pub token_cache: TokenStorage,
}

impl Profile {
    /// The profile that says nothing but where the credentials are kept.
    pub fn of(credentials: CredentialsSource) -> Self {
        let token_cache = TokenStorage::default();
        Profile { org: None, sandbox: None, credentials, gateway: None, ims: None, token_cache }
    }

    /// With what it says of files and commands seen from this folder.
    fn seen_from(self, folder: &Path) -> Self {
        let credentials = match self.credentials {
            CredentialsSource::File(path) if !path.starts_with("~") => {
                CredentialsSource::File(absolute(&folder.join(path)))
            }
            CredentialsSource::Command { words, .. } => CredentialsSource::Command { words, folder: folder.to_owned() },
            other => other,
        };
        Profile { credentials, ..self }
    }
}

/// Where credentials are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CredentialsSource {
    /// In the variables `CONNSPEC_…`.
    Environment,
    /// In a file. One that begins with `~/` is in the home folder.
    File(PathBuf),
    /// In the keyring of the operating system, under this name.
    Keyring(String),
    /// Behind a command that prints them: the program and its arguments, and the folder it runs in.
    Command {
        /// The program and its arguments.
        words: Vec<String>,
        /// The folder of `connspec.toml`; empty for the one that is current.
        folder: PathBuf,
    },
}

/// Where access tokens are kept until they expire.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TokenStorage {
    /// Only while the program runs: nothing secret is written that nobody asked for.
    #[default]
    Memory,
    /// In a file that only its owner may read, so that the next run needs no new one.
    File,
}

/// The profile that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SelectedProfile {
    /// Its name.
    pub name: String,
    /// What it says; `None` for the emulator.
    pub profile: Option<Profile>,
    /// Why it is the one.
    pub reason: SelectionReason,
}

/// Why a profile was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SelectionReason {
    /// It was named for this one time.
    Requested,
    /// It is the `default-profile` of connspec.toml.
    Default,
    /// None was named, and the environment has credentials.
    Environment,
    /// None was named, and there is no other.
    Fallback,
}

/// Why no profile could be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileError(String);

impl ProfileError {
    fn unknown(name: &str, reason: SelectionReason, project: Option<&Project>) -> Self {
        let defined = project.iter().flat_map(|project| project.settings.profiles.keys().map(String::as_str));
        let known: Vec<_> = defined.chain(RESERVED).collect();
        let mut said = match reason {
            SelectionReason::Default => {
                format!("`default-profile` in connspec.toml names `{name}`, which is no profile.")
            }
            _ => format!("There is no profile `{name}`."),
        };
        if let Some(near) = near::nearest(name, known.iter().copied()) {
            said += &format!(" Did you mean `{near}`?");
        }
        let list = known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        ProfileError(said + &format!(" The profiles are {list}; `[profiles.NAME]` in connspec.toml makes another."))
    }
}

impl fmt::Display for ProfileError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for ProfileError {}

/// The profile that counts: the named one, else the `default-profile` of the project, else `env` when the environment has
/// credentials (`environment_signs_in`), else `local`.
///
/// # Errors
///
/// No profile has the name that was given or that `default-profile` says, or there is a mistake in it.
pub fn select_profile(
    project: Option<&Project>,
    named: Option<&str>,
    environment_signs_in: bool,
) -> Result<SelectedProfile, ProfileError> {
    let default = project.and_then(|project| project.settings.default_profile.as_deref());
    let (name, reason) = match (named, default) {
        (Some(name), _) => (name, SelectionReason::Requested),
        (None, Some(name)) => (name, SelectionReason::Default),
        (None, None) if environment_signs_in => (ENV_PROFILE, SelectionReason::Environment),
        (None, None) => (LOCAL_PROFILE, SelectionReason::Fallback),
    };
    let defined = project.and_then(|project| Some((project, project.settings.profiles.get(name)?)));
    let profile = match (name, defined) {
        (ENV_PROFILE, _) => Some(Profile::of(CredentialsSource::Environment)),
        (LOCAL_PROFILE, _) => None,
        (_, Some((project, Ok(profile)))) => Some(profile.clone().seen_from(project.folder())),
        (_, Some((project, Err(wrong)))) => {
            let path = project.path.display();
            return Err(ProfileError(format!(
                "The profile `{name}` has a mistake in {path}, so it is not used. {wrong}"
            )));
        }
        (_, None) => return Err(ProfileError::unknown(name, reason, project)),
    };
    Ok(SelectedProfile { name: name.to_owned(), profile, reason })
}

#[cfg(test)]
mod tests;
