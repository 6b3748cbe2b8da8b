//! An author at work: a file, what is remembered of it, and an emulator that keeps the specs.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use connspec::document::Document;
use connspec::emulator::{CLIENT_ID, CLIENT_SECRET, Emulator, ORG, Options};
use connspec::flow_service::api::BATCH_FLOW_SPEC;
use connspec::flow_service::{
    CancellationToken, Client, ClientOptions, Credentials, Field, Filter, Secret, ServiceTarget,
};
use connspec::lint::Facts;
use connspec::project::{LinkedSpec, STATE_FILE_NAME, StateFile};
use connspec::sync::{Failure, Plan, PushOptions, Pushed, Spec};
use connspec::text::Text;
use serde_json::Value;
use tempfile::TempDir;

use crate::fixture::ManualClock;

/// A spec without mistakes.
pub const SPEC: &str = include_str!("../../specs/batch-none-connectionSpec.json");

/// Its name, and the one that `renamed` gives it.
pub const NAME: &str = "Tidewater price list";

/// The name of its file.
pub const FILE: &str = "tidewater-connectionSpec.json";

/// See above. Everything is gone with it.
pub struct Desk {
    pub emulator: Emulator,
    pub folder: TempDir,
    pub client: Client,
}

impl Desk {
    pub fn new() -> Desk {
        Desk::with(Options::default())
    }

    pub fn with(options: Options) -> Desk {
        let emulator = Emulator::start(options).unwrap();
        let folder = tempfile::tempdir().unwrap();
        // Ends the search for the state file here.
        fs::create_dir(folder.path().join(".git")).unwrap();
        let client = client(&emulator.url());
        let desk = Desk { emulator, folder, client };
        desk.write(SPEC);
        desk
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
    pub fn spec<'c>(&self, client: &'c Client) -> Spec<'c> {
        let document = Document::new(FILE, 0, Text::new(self.text()));
        Spec::new(client, &self.file(), document)
    }

    pub async fn plan(&self, options: &PushOptions) -> Result<Plan, Failure> {
        self.spec(&self.client).plan(&Facts::default(), options).await
    }

    /// Pushes as the command line does.
    pub async fn push(&self) -> Result<Pushed, Failure> {
        self.push_with(&self.client, &PushOptions::default()).await
    }

    pub async fn push_with(&self, client: &Client, options: &PushOptions) -> Result<Pushed, Failure> {
        let spec = self.spec(client);
        let plan = spec.plan(&Facts::default(), options).await?;
        spec.push(&plan).await
    }

    /// What is remembered of the file.
    pub fn linked(&self) -> Option<LinkedSpec> {
        let state = StateFile::for_spec(&self.file()).read().unwrap();
        assert!(state.specs.len() <= 1, "{state:?}");
        state.specs.into_values().next()
    }

    /// The specs of the service that have its name and provider, as they are there.
    pub async fn there(&self) -> Vec<Value> {
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

    /// That all is well in the end: one spec on the service that is the file, registered once beside all that was
    /// registered before, and remembered.
    #[track_caller]
    pub fn is_well(&self, before: &[String], context: &str) -> impl Future<Output = ()> {
        let caller = std::panic::Location::caller();
        async move {
            let context = format!("{caller}: {context}");
            let there = self.there().await;
            assert_eq!(there.len(), 1, "{context}: {there:#?}");
            let id = there[0]["id"].as_str().unwrap().to_owned();
            let file: Value = serde_json::from_str(&self.text()).unwrap();
            // Not every service keeps what the API's description does not have.
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
            // A program that was killed leaves its lock, which is free.
            let known = [FILE, STATE_FILE_NAME, ".git", ".connspec.state.json.lock"];
            let left: Vec<_> =
                fs::read_dir(self.folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
            assert!(left.iter().all(|name| known.iter().any(|known| name == known)), "{context}: {left:?}");
        }
    }

    /// What was asked of the service since the last time, without the sign-in: methods and ends of paths.
    pub fn asked(&self, since: usize) -> Vec<String> {
        let requests = self.emulator.requests();
        let shown = requests[since..].iter().filter_map(|request| {
            let path = request.path.strip_prefix("/data/foundation/flowservice/")?.split('?').next()?;
            let path = path.replace(BATCH_FLOW_SPEC.id, "RestStorageToAEP");
            let own = self.linked().and_then(|linked| linked.id).unwrap_or_default();
            Some(format!("{} {}", request.method, if own.is_empty() { path } else { path.replace(&own, "ID") }))
        });
        shown.collect()
    }

    /// How many requests came so far.
    pub fn count(&self) -> usize {
        self.emulator.requests().len()
    }
}

/// A client of an emulator at this address that waits for nothing.
pub fn client(address: &str) -> Client {
    client_with(address, CancellationToken::default())
}

pub fn client_with(address: &str, stop: CancellationToken) -> Client {
    let credentials = Credentials {
        client_id: Some(CLIENT_ID.into()),
        client_secret: Some(Secret::new(CLIENT_SECRET)),
        org: Some(ORG.into()),
        sandbox: Some("prod".into()),
        gateway: Some(address.into()),
        ims: Some(address.into()),
        ..Credentials::default()
    };
    let clock = Arc::new(ManualClock::default());
    Client::new(
        ServiceTarget::new(&credentials).unwrap(),
        ClientOptions { clock, cancellation: stop, ..ClientOptions::default() },
    )
    .unwrap()
}
