//! From the name of a profile to a client: which service is meant, what signs in to it and, for the profile `local`, an
//! emulator in this process.

use std::time::Duration;

use crate::emulator::{self, Emulator, Options, Storage};
use crate::flow_service::credentials::{EnvironmentVariables, has_credentials, load};
use crate::flow_service::{
    self, CancellationToken, Client, ClientOptions, Clock, Credentials, Secret, ServiceTarget, SystemClock,
};
use crate::project::{self, Profile, Project, SelectedProfile, SelectionReason, TokenStorage};
use crate::text::english;

use super::failure::Failure;

/// How often it is looked whether another emulator gives its data file free, and how long in between: a command that runs
/// for a moment is soon done, an editor or `connspec emulator` is asked instead.
const PEEKS: u32 = 6;
const PEEK: Duration = Duration::from_millis(50);

/// A service that can be asked: nothing was sent yet.
#[derive(Debug)]
pub struct Service {
    client: Client,
    chosen: SelectedProfile,
    notes: Vec<String>,
    /// Runs as long as this is there.
    emulator: Option<Emulator>,
}

/// Whose service it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Whose {
    /// Adobe's own.
    Adobe,
    /// The emulator of the profile `local`.
    Emulator,
    /// Some service on this machine.
    ThisMachine,
    /// Another address.
    Other,
}

impl Service {
    /// The service of the profile that counts: the named one, else as the project and the environment say.
    ///
    /// # Errors
    ///
    /// [`Failure::NotReached`] when there is no such profile, its credentials cannot be read, or the emulator cannot be
    /// started; [`Failure::Service`] when they cannot be right.
    pub async fn reach(
        project: Option<&Project>,
        named: Option<&str>,
        variables: &EnvironmentVariables,
        stop: CancellationToken,
    ) -> Result<Service, Failure> {
        let chosen = project::select_profile(project, named, has_credentials(variables));
        let chosen = chosen.map_err(|none| Failure::NotReached(none.to_string()))?;
        let Some(profile) = chosen.profile.clone() else {
            return Service::local(chosen, variables, stop).await;
        };
        let found = load(&profile.credentials, variables).await.and_then(|found| found.with_profile(&profile));
        let found = found.map_err(|wrong| Failure::NotReached(english::capitalize(&wrong.to_string())))?;
        let target = ServiceTarget::new(&found.credentials)?.with_token_source(&found.source);
        let client = Client::new(
            target,
            ClientOptions { token_folder: cache(&profile), cancellation: stop, ..ClientOptions::default() },
        )?;
        Ok(Service { client, chosen, notes: found.warnings, emulator: None })
    }

    /// The emulator, in this process on the data file of this person; or the one that has that file open.
    async fn local(
        chosen: SelectedProfile,
        variables: &EnvironmentVariables,
        stop: CancellationToken,
    ) -> Result<Service, Failure> {
        let data = emulator::default_data_file(|name| variables.get(name).cloned()).map(Storage::File);
        let data = data.ok_or_else(|| {
            let words = "The profile `local` keeps its specs in the system's place for data, and the system names none. \
                         Set `HOME`, or name another profile.";
            Failure::NotReached(words.to_owned())
        })?;
        let options = Options { storage: data, ..Options::default() };
        let mut peeks = 0;
        let (running, address) = loop {
            match Emulator::start(options.clone()) {
                Ok(running) => {
                    let address = running.url();
                    break (Some(running), address);
                }
                Err(emulator::Error::DataFileInUse { .. }) if peeks < PEEKS => peeks += 1,
                Err(emulator::Error::DataFileInUse { address: Some(address), .. }) => {
                    break (None, format!("http://{address}"));
                }
                Err(error) => {
                    return Err(Failure::NotReached(format!(
                        "The emulator of the profile `local` does not start: {error}"
                    )));
                }
            }
            SystemClock.sleep(PEEK).await;
        };
        let client = Client::new(
            ServiceTarget::new(&local(&address))?,
            ClientOptions { cancellation: stop, ..ClientOptions::default() },
        )?;
        Ok(Service { client, chosen, notes: Vec::new(), emulator: running })
    }

    /// An emulator that runs already, which ends with this.
    ///
    /// # Errors
    ///
    /// [`Failure::Service`], when no client can be made.
    pub fn of_emulator(running: Emulator) -> Result<Service, Failure> {
        let client = Client::new(ServiceTarget::new(&local(&running.url()))?, ClientOptions::default())?;
        let chosen = SelectedProfile {
            name: project::LOCAL_PROFILE.to_owned(),
            profile: None,
            reason: SelectionReason::Fallback,
        };
        Ok(Service { client, chosen, notes: Vec::new(), emulator: Some(running) })
    }

    /// What asks it.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// The profile, and why it is the one.
    pub fn chosen(&self) -> &SelectedProfile {
        &self.chosen
    }

    /// What a person should know all the same, in sentences.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// Whose it is.
    pub fn whose(&self) -> Whose {
        match self.chosen.profile {
            None => Whose::Emulator,
            Some(_) => Whose::of(self.client.target().gateway()),
        }
    }

    /// Where all goes, for a sentence: "sandbox `dev` of `12@AdobeOrg` (profile `dev`)".
    pub fn place(&self) -> String {
        let target = self.client.target();
        let whose = match self.whose() {
            Whose::Adobe => String::new(),
            Whose::Emulator if self.emulator.is_some() => {
                ": the emulator on this machine, not Adobe's service".to_owned()
            }
            Whose::Emulator => {
                format!(": the emulator on this machine that listens on {}, not Adobe's service", target.gateway())
            }
            Whose::ThisMachine => format!(": {} on this machine, not Adobe's service", target.gateway()),
            Whose::Other => format!(": {}", target.gateway()),
        };
        format!("sandbox `{}` of `{}` (profile `{}`{whose})", target.sandbox(), target.org(), self.chosen.name)
    }
}

impl Whose {
    /// Whose service is at the address of this gateway.
    pub fn of(gateway: &str) -> Whose {
        let host = gateway.split("://").nth(1).unwrap_or_default().split('/').next().unwrap_or_default();
        match host {
            host if project::is_loopback_host(host) => Whose::ThisMachine,
            host if host.split(':').next().unwrap_or_default().ends_with(".adobe.io") => Whose::Adobe,
            _ => Whose::Other,
        }
    }

    /// Its word in output for programs.
    pub fn word(self) -> &'static str {
        match self {
            Whose::Adobe => "adobe",
            Whose::Emulator => "emulator",
            Whose::ThisMachine => "this-machine",
            Whose::Other => "other",
        }
    }
}

fn cache(profile: &Profile) -> Option<std::path::PathBuf> {
    match profile.token_cache {
        TokenStorage::Memory => None,
        TokenStorage::File => flow_service::token_cache_folder(),
    }
}

/// What an emulator lets in.
fn local(address: &str) -> Credentials {
    Credentials {
        client_id: Some(emulator::CLIENT_ID.to_owned()),
        client_secret: Some(Secret::new(emulator::CLIENT_SECRET)),
        org: Some(emulator::ORG.to_owned()),
        sandbox: Some(emulator::SANDBOXES[0].to_owned()),
        gateway: Some(address.to_owned()),
        ims: Some(address.to_owned()),
        ..Credentials::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whose_an_address_is() {
        for here in ["http://127.0.0.1:8461", "http://localhost", "http://[::1]:80/x", "https://localhost:1/y"] {
            assert_eq!(Whose::of(here), Whose::ThisMachine, "{here}");
        }
        for adobe in ["https://platform.adobe.io", "https://platform-stage.adobe.io:443/x"] {
            assert_eq!(Whose::of(adobe), Whose::Adobe, "{adobe}");
        }
        for other in ["https://127.example.com", "https://adobe.io.example.com", "https://[2001:db8::1]"] {
            assert_eq!(Whose::of(other), Whose::Other, "{other}");
        }
    }
}
