//! From the name of a profile to a client: which Flow Service is meant, the credentials for it and, for the profile `local`,
//! an emulator in this process.

use std::time::Duration;

use crate::emulator::{self, Emulator, Options, Storage};
use crate::flow_service::credentials::{EnvironmentVariables, load};
use crate::flow_service::{
    self, CancellationToken, Client, ClientOptions, Clock, Credentials, Secret, ServiceTarget, SystemClock,
};
use crate::project::{
    HostOwner, SelectedProfile, SelectionReason, TokenStorage, Trust, TrustedProfile, TrustedUrl, data_folder,
};
use crate::text::english;

use super::error::SyncError;
use super::machine_records::MachineRecords;

/// How long to wait for the data file of another emulator: a command has soon finished; the emulator of an editor or of
/// `connspec emulator` is used instead.
const START_INTERVAL: Duration = Duration::from_millis(50);
const START_ATTEMPTS: u32 = 6;

/// A Flow Service with credentials. Nothing was sent yet.
#[derive(Debug)]
pub struct Service {
    client: Client,
    chosen: SelectedProfile,
    /// `None` for the emulator.
    profile: Option<TrustedProfile>,
    notes: Vec<String>,
    records: MachineRecords,
    /// Runs as long as this exists.
    emulator: Option<Emulator>,
}

/// Who operates a Flow Service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ServiceOrigin {
    /// Adobe.
    Adobe,
    /// The emulator of the profile `local`.
    Emulator,
    /// A program on this machine.
    ThisMachine,
    /// Someone else.
    Other,
}

impl Service {
    /// The service of a profile, which [`crate::project::Trust::authorize`] has let through.
    ///
    /// # Errors
    ///
    /// [`SyncError::Unreachable`] if its credentials cannot be read, or the emulator cannot be started;
    /// [`SyncError::Service`] if the credentials are malformed.
    pub async fn open(
        chosen: SelectedProfile,
        profile: Option<TrustedProfile>,
        variables: &EnvironmentVariables,
        stop: CancellationToken,
    ) -> Result<Service, SyncError> {
        let Some(profile) = profile else {
            return Service::local(chosen, variables, stop).await;
        };
        let found = load(&profile, variables).await;
        let found = found.map_err(|wrong| SyncError::Unreachable(english::capitalize(&wrong.to_string())))?;
        let target = ServiceTarget::new(&found.credentials)?.with_token_source(&found.source);
        let client = Client::new(
            target,
            ClientOptions { token_folder: cache(&profile), cancellation: stop, ..ClientOptions::default() },
        )?;
        let (notes, records) = (found.warnings, records_of(variables));
        Ok(Service { client, chosen, profile: Some(profile), notes, records, emulator: None })
    }

    /// The emulator: in this process on the user's data file, or the one that has that file open.
    async fn local(
        chosen: SelectedProfile,
        variables: &EnvironmentVariables,
        stop: CancellationToken,
    ) -> Result<Service, SyncError> {
        let data = emulator::default_data_file(|name| variables.get(name).cloned()).map(Storage::File);
        let data = data.ok_or_else(|| {
            let message = "The profile `local` stores its specs in the system's data directory, and there is none. Set \
                           `HOME`, or use another profile.";
            SyncError::Unreachable(message.to_owned())
        })?;
        let options = Options { storage: data, ..Options::default() };
        let mut attempts = 0;
        let (running, url) = loop {
            match Emulator::start(options.clone()) {
                Ok(running) => {
                    let url = running.url();
                    break (Some(running), url);
                }
                Err(emulator::Error::DataFileInUse { .. }) if attempts < START_ATTEMPTS => attempts += 1,
                Err(emulator::Error::DataFileInUse { address: Some(address), .. }) => {
                    break (None, format!("http://{address}"));
                }
                Err(error) => {
                    return Err(SyncError::Unreachable(format!(
                        "The emulator of the profile `local` could not start: {error}"
                    )));
                }
            }
            SystemClock.sleep(START_INTERVAL).await;
        };
        let client = Client::new(
            ServiceTarget::new(&local(&url))?,
            ClientOptions { cancellation: stop, ..ClientOptions::default() },
        )?;
        let records = records_of(variables);
        Ok(Service { client, chosen, profile: None, notes: Vec::new(), records, emulator: running })
    }

    /// A running emulator, which stops when this is dropped.
    ///
    /// # Errors
    ///
    /// [`SyncError::Service`] if no client can be created.
    pub fn of_emulator(running: Emulator) -> Result<Service, SyncError> {
        let client = Client::new(ServiceTarget::new(&local(&running.url()))?, ClientOptions::default())?;
        let chosen = SelectedProfile::local(SelectionReason::Fallback);
        let records = MachineRecords::default();
        Ok(Service { client, chosen, profile: None, notes: Vec::new(), records, emulator: Some(running) })
    }

    /// Whether it is the one of this profile.
    pub fn is_of(&self, chosen: &SelectedProfile, profile: Option<&TrustedProfile>) -> bool {
        (&self.chosen.name, self.profile.as_ref()) == (&chosen.name, profile)
    }

    /// The client.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// The profile, and why it was chosen.
    pub fn chosen(&self) -> &SelectedProfile {
        &self.chosen
    }

    /// Without a question about links of the state file, if the person controls the repository.
    #[must_use]
    pub fn with_trust(mut self, trust: &Trust) -> Service {
        self.records.is_state_file_trusted = trust.is_assumed();
        self
    }

    /// What this machine knows of remote specs.
    pub fn records(&self) -> &MachineRecords {
        &self.records
    }

    /// Warnings about the credentials, in sentences.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// Who operates it.
    pub fn origin(&self) -> ServiceOrigin {
        match self.profile {
            None => ServiceOrigin::Emulator,
            Some(_) => ServiceOrigin::of(self.client.target().gateway()),
        }
    }

    /// The hosts that aren't Adobe's among those that receive the credentials of the person.
    pub fn via(&self) -> Vec<&str> {
        if self.profile.is_some() { self.client.target().foreign_hosts() } else { Vec::new() }
    }

    /// The name of the sandbox.
    pub fn sandbox(&self) -> &str {
        self.client.target().sandbox()
    }

    /// For a sentence: "sandbox dev (profile env)".
    pub fn location(&self) -> String {
        match self.origin() {
            ServiceOrigin::Emulator => format!("sandbox {} (emulator)", self.sandbox()),
            _ => format!("sandbox {} (profile {}{})", self.sandbox(), self.chosen.name, self.foreign_hosts()),
        }
    }

    /// The full location: "sandbox dev of 12@AdobeOrg (profile env)".
    pub fn full_location(&self) -> String {
        let target = self.client.target();
        let note = self.origin_name().map(|name| format!(": {name}")).unwrap_or_else(|| self.foreign_hosts());
        format!("sandbox {} of {} (profile {}{note})", target.sandbox(), target.org(), self.chosen.name)
    }

    /// A sentence that something isn't Adobe's, unless everything is.
    pub fn origin_note(&self) -> Option<String> {
        if let Some(name) = self.origin_name() {
            return Some(format!("This is {name}."));
        }
        let via = self.via().join(" and ");
        (!via.is_empty()).then(|| format!("Via {via}, not Adobe's."))
    }

    /// A service on this machine.
    fn origin_name(&self) -> Option<String> {
        let gateway = self.client.target().gateway();
        match self.origin() {
            ServiceOrigin::Emulator if self.emulator.is_some() => {
                Some("the emulator on this machine, not Adobe's service".to_owned())
            }
            ServiceOrigin::Emulator => Some(format!("the emulator at {gateway} on this machine, not Adobe's service")),
            ServiceOrigin::ThisMachine if self.via().len() == 1 => {
                Some(format!("{gateway} on this machine, not Adobe's service"))
            }
            ServiceOrigin::Adobe | ServiceOrigin::ThisMachine | ServiceOrigin::Other => None,
        }
    }

    /// The hosts that aren't Adobe's, after the name of the profile.
    fn foreign_hosts(&self) -> String {
        match self.via().join(" and ") {
            via if via.is_empty() || self.origin_name().is_some() => String::new(),
            via => format!(", via {via}, not Adobe's"),
        }
    }
}

impl ServiceOrigin {
    /// Who operates the service at this gateway URL.
    pub fn of(gateway: &str) -> ServiceOrigin {
        match HostOwner::of(gateway) {
            HostOwner::Adobe => ServiceOrigin::Adobe,
            HostOwner::ThisMachine => ServiceOrigin::ThisMachine,
            HostOwner::Other => ServiceOrigin::Other,
        }
    }

    /// The identifier in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            ServiceOrigin::Adobe => "adobe",
            ServiceOrigin::Emulator => "emulator",
            ServiceOrigin::ThisMachine => "this-machine",
            ServiceOrigin::Other => "other",
        }
    }
}

fn records_of(variables: &EnvironmentVariables) -> MachineRecords {
    MachineRecords::new(data_folder(|name| variables.get(name).cloned()))
}

fn cache(profile: &TrustedProfile) -> Option<std::path::PathBuf> {
    match profile.token_cache() {
        TokenStorage::Memory => None,
        TokenStorage::File => flow_service::token_cache_folder(),
    }
}

/// The credentials of an emulator.
fn local(url: &str) -> Credentials {
    Credentials {
        client_id: Some(emulator::CLIENT_ID.to_owned()),
        client_secret: Some(Secret::new(emulator::CLIENT_SECRET)),
        org: Some(emulator::ORG.to_owned()),
        sandbox: Some(emulator::SANDBOXES[0].to_owned()),
        gateway: Some(TrustedUrl::from_person(url)),
        ims: Some(TrustedUrl::from_person(url)),
        ..Credentials::default()
    }
}
