//! Profiles: a sandbox, its service, and where the credentials are. Never the credentials themselves.

use std::path::{Path, PathBuf};

use super::absolute;

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
    pub(super) fn relative_to(self, folder: &Path) -> Self {
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
