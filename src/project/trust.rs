//! What a repository may make connspec do. Its files are data of strangers: a setting of a `connspec.toml` that runs a program,
//! reads a credential or chooses a host for one has no effect before the person has trusted it on this machine.
//!
//! [`Trust::authorize`] is the only way from a profile of a project to a [`TrustedProfile`], without which no program is run and
//! no credential is read.

use std::path::{Path, PathBuf};

use super::data_folder;
use super::hosts::{HostOwner, TrustedUrl};
use super::profiles::{CredentialsSource, Profile, TokenStorage};
use super::selection::SelectedProfile;

mod actions;
mod records;
mod request;

pub use records::TrustRecord;
pub use request::TrustRequest;

use actions::is_inside;
use records::Records;

/// The variable by which a person says that they control the repository.
const VARIABLE: &str = "CONNSPEC_TRUST";

/// What the person trusts.
#[derive(Debug, Clone)]
pub struct Trust {
    /// The person controls the repository: everything in it is trusted.
    is_assumed: bool,
    /// The person trusts the workspace in the editor.
    is_workspace_trusted: bool,
    /// `None` if the environment does not define a folder for user data.
    records: Option<Records>,
}

impl Trust {
    /// What the environment and the files of the person say. `variable` reads an environment variable.
    pub fn new(variable: impl Fn(&str) -> Option<String>) -> Trust {
        let is_assumed = variable(VARIABLE).is_some_and(|value| matches!(value.as_str(), "1" | "true"));
        let records = data_folder(variable).map(|folder| Records::new(folder.join("trust")));
        Trust { is_assumed, is_workspace_trusted: false, records }
    }

    /// That of this process.
    pub fn of_process() -> Trust {
        Trust::new(|name| std::env::var(name).ok())
    }

    /// Trusts everything if the person says that they control the repository.
    #[must_use]
    pub fn assumed(mut self, is_assumed: bool) -> Trust {
        self.is_assumed |= is_assumed;
        self
    }

    /// Lets files and the keyring be read if the person trusts the workspace in the editor. Programs and hosts are still
    /// confirmed once.
    #[must_use]
    pub fn in_workspace(mut self, is_trusted: bool) -> Trust {
        self.is_workspace_trusted = is_trusted;
        self
    }

    /// A selected profile that may be used; `None` for the emulator.
    ///
    /// # Errors
    ///
    /// It would do what the person has not trusted.
    pub fn authorize(&self, chosen: &SelectedProfile) -> Result<Option<TrustedProfile>, Box<TrustRequest>> {
        let Some(profile) = &chosen.profile else { return Ok(None) };
        let Some(origin) = &chosen.origin else { return Ok(Some(TrustedProfile::of_person(profile.clone()))) };
        let folder = origin.path.parent().map(Path::to_owned);
        let trusted = TrustedProfile { profile: profile.clone(), folder };
        let mut request = TrustRequest::new(origin);
        let is_harmless =
            request.is_empty_for(&chosen.name) || self.is_workspace_trusted && request.only_reads(&chosen.name);
        if is_harmless || self.covers(&request) {
            return Ok(Some(trusted));
        }
        request.select(&chosen.name);
        Err(Box::new(request.compared(self)))
    }

    /// Whether the person says that they control the repository.
    pub fn is_assumed(&self) -> bool {
        self.is_assumed
    }

    /// Whether the person controls the repository, or has trusted exactly this.
    pub(super) fn covers(&self, request: &TrustRequest) -> bool {
        self.is_assumed || self.has_recorded(request)
    }

    /// Whether exactly this was trusted.
    pub fn has_recorded(&self, request: &TrustRequest) -> bool {
        let record = self.records.as_ref().and_then(|records| records.read(&request.path));
        record.is_some_and(|record| record.sha256 == request.fingerprint())
    }

    /// What was trusted of this file.
    fn recorded(&self, request: &TrustRequest) -> Option<Vec<String>> {
        Some(self.records.as_ref()?.read(&request.path)?.allows)
    }

    /// Records that the person trusts this.
    ///
    /// # Errors
    ///
    /// It cannot be written; the message is a sentence.
    pub fn record(&self, request: &TrustRequest) -> Result<(), String> {
        let Some(records) = &self.records else {
            return Err("There is no folder for user data to record that in. Set `HOME`.".to_owned());
        };
        records.write(request).map_err(|error| format!("That cannot be recorded: {error}."))
    }

    /// All that was trusted, by path.
    pub fn records(&self) -> Vec<TrustRecord> {
        self.records.as_ref().map(Records::all).unwrap_or_default()
    }

    /// Forgets what was trusted of a file. Returns whether anything was.
    ///
    /// # Errors
    ///
    /// The record cannot be removed; the message is a sentence.
    pub fn revoke(&self, file: &Path) -> Result<bool, String> {
        let removed = self.records.as_ref().map(|records| records.remove(file)).transpose();
        removed.map(Option::unwrap_or_default).map_err(|error| format!("The record cannot be removed: {error}."))
    }
}

/// A profile whose programs may be run, whose credentials may be read and whose hosts may receive them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustedProfile {
    profile: Profile,
    /// The folder of the `connspec.toml` that defines it; `None` if the person does.
    folder: Option<PathBuf>,
}

impl TrustedProfile {
    /// A profile that no repository defines.
    pub(crate) fn of_person(profile: Profile) -> TrustedProfile {
        TrustedProfile { profile, folder: None }
    }

    /// Where the credentials are.
    pub fn credentials(&self) -> &CredentialsSource {
        &self.profile.credentials
    }

    /// The organization ID.
    pub fn org(&self) -> Option<&str> {
        self.profile.org.as_deref()
    }

    /// The name of the sandbox.
    pub fn sandbox(&self) -> Option<&str> {
        self.profile.sandbox.as_deref()
    }

    /// Where access tokens are stored.
    pub fn token_cache(&self) -> TokenStorage {
        self.profile.token_cache
    }

    /// The URL of the gateway.
    pub fn gateway(&self) -> Option<TrustedUrl> {
        self.profile.gateway.as_deref().map(TrustedUrl::from_profile)
    }

    /// The URL of Adobe IMS.
    pub fn ims(&self) -> Option<TrustedUrl> {
        self.profile.ims.as_deref().map(TrustedUrl::from_profile)
    }

    /// Whether credentials of the person's environment may go to this URL: not to one that a repository chose, unless it is
    /// Adobe's.
    pub fn may_receive_from_environment(&self, url: &TrustedUrl) -> bool {
        self.folder.is_none() || url.owner() == HostOwner::Adobe
    }

    /// Whether the credentials are in a file beside `connspec.toml`, which everyone who writes to it can change.
    pub fn has_credentials_in_repository(&self) -> bool {
        match (&self.profile.credentials, &self.folder) {
            (CredentialsSource::File(path), Some(folder)) => is_inside(path, folder),
            _ => false,
        }
    }
}
