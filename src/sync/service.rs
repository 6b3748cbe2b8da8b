//! From the name of a profile to a client: which Flow Service is meant, the credentials for it and, for the profile `local`,
//! an emulator in this process.

use std::time::Duration;

use crate::emulator::{self, Emulator, Options, Storage};
use crate::flow_service::credentials::{EnvironmentVariables, has_credentials, load};
use crate::flow_service::{
    self, CancellationToken, Client, ClientOptions, Clock, Credentials, Secret, ServiceTarget, SystemClock,
};
use crate::project::{self, Profile, Project, SelectedProfile, SelectionReason, TokenStorage};
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
    /// The service of the active profile: the named one, else the one chosen by the project or the environment.
    ///
    /// # Errors
    ///
    /// [`SyncError::Unreachable`] if there is no such profile, its credentials cannot be read, or the emulator cannot be
    /// started; [`SyncError::Service`] if the credentials are malformed.
    pub async fn open(
        project: Option<&Project>,
        named: Option<&str>,
        variables: &EnvironmentVariables,
        stop: CancellationToken,
    ) -> Result<Service, SyncError> {
        let chosen = project::select_profile(project, named, has_credentials(variables));
        let chosen = chosen.map_err(|none| SyncError::Unreachable(none.to_string()))?;
        let Some(profile) = chosen.profile.clone() else {
            return Service::local(chosen, variables, stop).await;
        };
        let found = load(&profile.credentials, variables).await.and_then(|found| found.with_profile(&profile));
        let found = found.map_err(|wrong| SyncError::Unreachable(english::capitalize(&wrong.to_string())))?;
        let target = ServiceTarget::new(&found.credentials)?.with_token_source(&found.source);
        let client = Client::new(
            target,
            ClientOptions { token_folder: cache(&profile), cancellation: stop, ..ClientOptions::default() },
        )?;
        Ok(Service { client, chosen, notes: found.warnings, records: records_of(variables), emulator: None })
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
        Ok(Service { client, chosen, notes: Vec::new(), records: records_of(variables), emulator: running })
    }

    /// A running emulator, which stops when this is dropped.
    ///
    /// # Errors
    ///
    /// [`SyncError::Service`] if no client can be created.
    pub fn of_emulator(running: Emulator) -> Result<Service, SyncError> {
        let client = Client::new(ServiceTarget::new(&local(&running.url()))?, ClientOptions::default())?;
        let chosen = SelectedProfile {
            name: project::LOCAL_PROFILE.to_owned(),
            profile: None,
            reason: SelectionReason::Fallback,
        };
        Ok(Service { client, chosen, notes: Vec::new(), records: MachineRecords::default(), emulator: Some(running) })
    }

    /// The client.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// The profile, and why it was chosen.
    pub fn chosen(&self) -> &SelectedProfile {
        &self.chosen
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
        match self.chosen.profile {
            None => ServiceOrigin::Emulator,
            Some(_) => ServiceOrigin::of(self.client.target().gateway()),
        }
    }

    /// The name of the sandbox.
    pub fn sandbox(&self) -> &str {
        self.client.target().sandbox()
    }

    /// For a sentence: "sandbox dev (profile env)".
    pub fn location(&self) -> String {
        match self.origin() {
            ServiceOrigin::Emulator => format!("sandbox {} (emulator)", self.sandbox()),
            _ => format!("sandbox {} (profile {})", self.sandbox(), self.chosen.name),
        }
    }

    /// The full location: "sandbox dev of 12@AdobeOrg (profile env)".
    pub fn full_location(&self) -> String {
        let target = self.client.target();
        let note = self.origin_name().map(|name| format!(": {name}"));
        let note = note.unwrap_or_default();
        format!("sandbox {} of {} (profile {}{note})", target.sandbox(), target.org(), self.chosen.name)
    }

    /// A sentence that it isn't Adobe's service, unless it is.
    pub fn origin_note(&self) -> Option<String> {
        self.origin_name().map(|name| format!("This is {name}."))
    }

    fn origin_name(&self) -> Option<String> {
        let gateway = self.client.target().gateway();
        match self.origin() {
            ServiceOrigin::Adobe => None,
            ServiceOrigin::Emulator if self.emulator.is_some() => {
                Some("the emulator on this machine, not Adobe's service".to_owned())
            }
            ServiceOrigin::Emulator => Some(format!("the emulator at {gateway} on this machine, not Adobe's service")),
            ServiceOrigin::ThisMachine => Some(format!("{gateway} on this machine, not Adobe's service")),
            ServiceOrigin::Other => Some(gateway.to_owned()),
        }
    }
}

impl ServiceOrigin {
    /// Who operates the service at this gateway URL.
    pub fn of(gateway: &str) -> ServiceOrigin {
        let host = gateway.split("://").nth(1).unwrap_or_default().split('/').next().unwrap_or_default();
        match host {
            host if project::is_loopback_host(host) => ServiceOrigin::ThisMachine,
            host if host.split(':').next().unwrap_or_default().ends_with(".adobe.io") => ServiceOrigin::Adobe,
            _ => ServiceOrigin::Other,
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
    MachineRecords::new(project::data_folder(|name| variables.get(name).cloned()))
}

fn cache(profile: &Profile) -> Option<std::path::PathBuf> {
    match profile.token_cache {
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
        gateway: Some(url.to_owned()),
        ims: Some(url.to_owned()),
        ..Credentials::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_decides_who_operates_a_service() {
        for local in ["http://127.0.0.1:8461", "http://localhost", "http://[::1]:80/x", "https://localhost:1/y"] {
            assert_eq!(ServiceOrigin::of(local), ServiceOrigin::ThisMachine, "{local}");
        }
        for adobe in ["https://platform.adobe.io", "https://platform-stage.adobe.io:443/x"] {
            assert_eq!(ServiceOrigin::of(adobe), ServiceOrigin::Adobe, "{adobe}");
        }
        for other in ["https://127.example.com", "https://adobe.io.example.com", "https://[2001:db8::1]"] {
            assert_eq!(ServiceOrigin::of(other), ServiceOrigin::Other, "{other}");
        }
    }
}
