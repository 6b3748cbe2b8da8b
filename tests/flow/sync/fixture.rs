//! An author with one file, its state file, and an emulator.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use connspec::document::Document;
use connspec::emulator::{CLIENT_ID, CLIENT_SECRET, Emulator, ORG, Options};
use connspec::flow_service::api::BATCH_FLOW_SPEC;
use connspec::flow_service::{
    CancellationToken, Client, ClientOptions, Clock, Credentials, Field, Filter, Secret, ServiceTarget,
};
use connspec::lint::Facts;
use connspec::project::{LinkedSpec, STATE_FILE_NAME, StateFile, TrustedUrl, data_folder};
use connspec::sync::{MachineRecords, Plan, PushOptions, Pushed, Spec, SyncError};
use connspec::text::Text;
use serde_json::Value;
use tempfile::TempDir;

use crate::fixture::ManualClock;

/// A spec without problems.
pub const SPEC: &str = include_str!("../../specs/batch-none-connectionSpec.json");

/// Its name, and the one that `renamed` gives it.
pub const NAME: &str = "Tidewater price list";

/// The name of its file.
pub const FILE: &str = "tidewater-connectionSpec.json";

/// An author with one file. Everything is deleted with it.
pub struct Fixture {
    pub emulator: Emulator,
    pub folder: TempDir,
    /// What `HOME` is to the author's programs.
    pub home: TempDir,
    pub records: MachineRecords,
    pub client: Client,
}

impl Fixture {
    pub fn new() -> Fixture {
        Fixture::with(Options::default())
    }

    pub fn with(options: Options) -> Fixture {
        let emulator = Emulator::start(options).unwrap();
        let folder = tempfile::tempdir().unwrap();
        // Ends the search for the state file.
        fs::create_dir(folder.path().join(".git")).unwrap();
        let client = client(&emulator.url());
        let home = tempfile::tempdir().unwrap();
        let records = MachineRecords::new(data_folder(|_| home.path().to_str().map(str::to_owned)));
        let author = Fixture { emulator, folder, home, records, client };
        author.write(SPEC);
        author
    }

    pub fn file(&self) -> PathBuf {
        self.folder.path().join(FILE)
    }

    pub fn state_path(&self) -> PathBuf {
        self.folder.path().join(STATE_FILE_NAME)
    }

    pub fn write(&self, text: &str) {
        fs::write(self.file(), text).unwrap();
    }

    pub fn text(&self) -> String {
        fs::read_to_string(self.file()).unwrap()
    }

    /// Changes a piece of the file.
    pub fn edit(&self, from: &str, to: &str) {
        let text = self.text();
        assert!(text.contains(from), "{from}");
        self.write(&text.replace(from, to));
    }

    /// The spec as it is in the file.
    pub fn spec<'c>(&'c self, client: &'c Client) -> Spec<'c> {
        let document = Document::new(FILE, 0, Text::new(self.text()));
        Spec::new(client, &self.records, &self.file(), document)
    }

    pub async fn plan(&self, options: &PushOptions) -> Result<Plan, SyncError> {
        self.spec(&self.client).plan(&Facts::default(), options).await
    }

    /// Pushes as the command line does.
    pub async fn push(&self) -> Result<Pushed, SyncError> {
        self.push_with(&self.client, &PushOptions::default()).await
    }

    pub async fn push_with(&self, client: &Client, options: &PushOptions) -> Result<Pushed, SyncError> {
        let spec = self.spec(client);
        let plan = spec.plan(&Facts::default(), options).await?;
        spec.push(&plan).await
    }

    /// The entry of the file in the state file.
    pub fn linked(&self) -> Option<LinkedSpec> {
        let state = StateFile::for_spec(&self.file()).read().unwrap();
        assert!(state.specs.len() <= 1, "{state:?}");
        state.specs.into_values().next()
    }

    /// The remote specs with its name and provider.
    pub async fn remote_specs(&self) -> Vec<Value> {
        let filters = [Filter::new(Field::ProviderId, BATCH_FLOW_SPEC.provider_id)];
        let client = client(&self.emulator.url());
        let specs = client.connection_specs(&filters).await.unwrap();
        let specs = specs.iter().map(|item| serde_json::from_str::<Value>(&item.text).unwrap());
        specs.filter(|spec| spec["name"].as_str().is_some_and(|name| name.starts_with("Tide"))).collect()
    }

    /// The ids that are registered.
    pub async fn registered(&self) -> Vec<String> {
        let item = client(&self.emulator.url()).flow_spec(BATCH_FLOW_SPEC.id).await.unwrap();
        let flow_spec: Value = serde_json::from_str(&item.text).unwrap();
        let ids = flow_spec["sourceConnectionSpecIds"].as_array().unwrap();
        ids.iter().map(|id| id.as_str().unwrap().to_owned()).collect()
    }

    /// Asserts the consistent end: one remote spec with the content of the file, registered once beside everything that was
    /// registered before, and linked.
    #[track_caller]
    pub fn assert_consistent(&self, before: &[String], context: &str) -> impl Future<Output = ()> {
        let caller = std::panic::Location::caller();
        async move {
            let context = format!("{caller}: {context}");
            let there = self.remote_specs().await;
            assert_eq!(there.len(), 1, "{context}: {there:#?}");
            let id = there[0]["id"].as_str().unwrap().to_owned();
            let file: Value = serde_json::from_str(&self.text()).unwrap();
            // Not every service stores keys that are not in the API's description.
            let kept = file.as_object().unwrap().iter().filter(|(key, _)| *key != "description");
            for (key, value) in kept {
                assert_eq!(&there[0][key], value, "{context}");
            }
            let registered = self.registered().await;
            for other in before {
                assert!(registered.contains(other), "{context}: {other} is lost");
            }
            assert_eq!(registered.iter().filter(|other| **other == id).count(), 1, "{context}: {registered:?}");
            let linked = self.linked().unwrap_or_default();
            assert_eq!((linked.id, linked.intent), (Some(id), None), "{context}");
            let known = [FILE, STATE_FILE_NAME, ".git"];
            let left: Vec<_> =
                fs::read_dir(self.folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
            assert!(left.iter().all(|name| known.iter().any(|known| name == known)), "{context}: {left:?}");
        }
    }

    /// The requests to Flow Service since then, without authentication: methods and ends of paths.
    pub fn requests_since(&self, since: usize) -> Vec<String> {
        let requests = self.emulator.requests();
        let relevant = requests[since..].iter().filter_map(|request| {
            let path = request.path.strip_prefix("/data/foundation/flowservice/")?.split('?').next()?;
            let path = path.replace(BATCH_FLOW_SPEC.id, "RestStorageToAEP");
            let own = self.linked().and_then(|linked| linked.id).unwrap_or_default();
            Some(format!("{} {}", request.method, if own.is_empty() { path } else { path.replace(&own, "ID") }))
        });
        relevant.collect()
    }

    /// The number of requests so far.
    pub fn count(&self) -> usize {
        self.emulator.requests().len()
    }
}

/// A client of an emulator at this URL whose clock does not wait.
pub fn client(address: &str) -> Client {
    client_with(address, CancellationToken::default())
}

pub fn client_with(address: &str, stop: CancellationToken) -> Client {
    let clock = Arc::new(ManualClock::default());
    of(address, ClientOptions { clock, cancellation: stop, ..ClientOptions::default() })
}

/// A client with this clock.
pub fn client_of(address: &str, clock: impl Clock + 'static) -> Client {
    of(address, ClientOptions { clock: Arc::new(clock), ..ClientOptions::default() })
}

/// Lets another author do something, from a thread without a runtime.
pub fn elsewhere<T: Send + 'static>(address: &str, work: impl AsyncFnOnce(Client) -> T + Send + 'static) -> T {
    let address = address.to_owned();
    let other = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(work(client(&address)))
    });
    other.join().unwrap()
}

fn of(address: &str, options: ClientOptions) -> Client {
    let credentials = Credentials {
        client_id: Some(CLIENT_ID.into()),
        client_secret: Some(Secret::new(CLIENT_SECRET)),
        org: Some(ORG.into()),
        sandbox: Some("prod".into()),
        gateway: Some(TrustedUrl::from_person(address)),
        ims: Some(TrustedUrl::from_person(address)),
        ..Credentials::default()
    };
    Client::new(ServiceTarget::new(&credentials).unwrap(), options).unwrap()
}
