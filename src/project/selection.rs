//! Which profile applies, and which file defines it.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use super::Project;
use super::profiles::{CredentialsSource, ENV_PROFILE, LOCAL_PROFILE, Profile, RESERVED};
use super::search::Doubt;
use super::settings::Settings;
use crate::spec::spelling;
use crate::text::english;

/// A selected profile. Its settings are used by way of [`super::Trust::authorize`] only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SelectedProfile {
    /// The name.
    pub name: String,
    /// The settings; `None` for the emulator.
    pub(super) profile: Option<Profile>,
    /// The file that defines it; `None` for those that the person defines.
    pub(super) origin: Option<Origin>,
    /// Why it was selected.
    pub reason: SelectionReason,
}

impl SelectedProfile {
    /// The profile of the emulator.
    pub fn local(reason: SelectionReason) -> SelectedProfile {
        SelectedProfile { name: LOCAL_PROFILE.to_owned(), profile: None, origin: None, reason }
    }

    /// Whether it is that of the emulator.
    pub fn is_local(&self) -> bool {
        self.profile.is_none()
    }
}

/// The `connspec.toml` that defines a profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Origin {
    pub(super) path: PathBuf,
    /// The root of its repository; without one, its folder.
    pub(super) root: PathBuf,
    pub(super) settings: Arc<Settings>,
    /// Why it may not be what the person believes to have.
    pub(super) doubt: Option<Doubt>,
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
    /// No other profile applies.
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
    // Without the settings of a refused file, another service than intended would be used.
    if let Some(refusal) = project.and_then(Project::refusal)
        && requested.is_none_or(|name| !RESERVED.contains(&name))
    {
        return Err(ProfileError(english::capitalize(&refusal) + "."));
    }
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
    let origin = defined.filter(|_| !RESERVED.contains(&name)).map(|(project, _)| project.origin());
    Ok(SelectedProfile { name: name.to_owned(), profile, origin, reason })
}

#[cfg(test)]
mod tests;
