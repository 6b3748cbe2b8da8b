//! Clones of one repository that push at the same moment: no id is lost and no spec is created twice without a message.

use std::time::Duration;

use connspec::emulator::{Emulator, LoggedRequest, Options};
use connspec::flow_service::api::BATCH_FLOW_SPEC;
use connspec::flow_service::{Client, SystemClock};
use connspec::sync::{PushOptions, Pushed, SyncError};
use serde_json::Value;

use super::fixture::{Fixture, NAME, client_of, elsewhere};
use super::proxy::{FaultProxy, Then, When};

const CLONES: usize = 3;

/// How often the clones push at once.
const RUNS: usize = 5;

fn emulator() -> Emulator {
    Emulator::start(Options { latency: Duration::from_millis(5), ..Options::default() }).unwrap()
}

/// Clients whose clocks are real, and whose writes of flow specs arrive late, in each run at other moments.
fn clients(emulator: &Emulator, run: usize) -> Vec<Client> {
    let upstream = emulator.address();
    let client = |number: usize| {
        let delay = Duration::from_millis(((run + 1) * (number + 1) * 17 % 50) as u64);
        let proxy = FaultProxy::start(upstream, move |_, when, first| {
            if when == When::Before && first.starts_with("PUT") {
                std::thread::park_timeout(delay);
            }
            Then::Continue
        });
        client_of(&proxy.url, SystemClock)
    };
    (0..CLONES).map(client).collect()
}

/// What came of pushing all at once.
async fn push_at_once(clones: &[Fixture], clients: &[Client]) -> Vec<Result<Pushed, SyncError>> {
    let options = PushOptions::default();
    let mut pushes = clones.iter().zip(clients).map(|(clone, client)| clone.push_with(client, &options));
    let [one, two, three] = [pushes.next().unwrap(), pushes.next().unwrap(), pushes.next().unwrap()];
    let (one, two, three) = tokio::join!(one, two, three);
    vec![one, two, three]
}

async fn registered(client: &Client) -> Vec<String> {
    let flow_spec = client.flow_spec(BATCH_FLOW_SPEC.id).await.unwrap().text;
    let flow_spec: Value = serde_json::from_str(&flow_spec).unwrap();
    serde_json::from_value(flow_spec["sourceConnectionSpecIds"].clone()).unwrap()
}

#[tokio::test]
async fn no_id_is_lost_without_a_message() {
    let (mut lost, mut reported, mut writes) = (Vec::new(), 0, 0);
    for run in 0..RUNS {
        let emulator = emulator();
        let clients = clients(&emulator, run);
        let before = registered(&clients[0]).await;
        let clones: Vec<Fixture> = (0..CLONES).map(|_| Fixture::new()).collect();
        for (number, clone) in clones.iter().enumerate() {
            clone.edit(NAME, &format!("Tides {number}"));
        }
        let results = push_at_once(&clones, &clients).await;
        let after = registered(&clients[0]).await;
        assert!(before.iter().all(|id| after.contains(id)), "run {run}: {results:?}");
        let is_write = |request: &&LoggedRequest| request.method == "PUT";
        writes += emulator.requests().iter().filter(is_write).count();
        for result in results {
            match result {
                Ok(pushed) if after.contains(&pushed.id) => {}
                Ok(pushed) => lost.push((run, pushed)),
                Err(_) => reported += 1,
            }
        }
    }
    println!("{writes} writes of flow specs; {reported} of {} pushes are not registered and say so", RUNS * CLONES);
    assert!(lost.is_empty(), "{} ids are lost without a message: {lost:?}", lost.len());
}

#[tokio::test]
async fn no_spec_is_created_twice_without_a_message() {
    let (mut twice, mut reported) = (0, 0);
    for run in 0..RUNS {
        let emulator = emulator();
        let clients = clients(&emulator, run);
        let clones: Vec<Fixture> = (0..CLONES).map(|_| Fixture::new()).collect();
        let results = push_at_once(&clones, &clients).await;
        let is_creation = |request: &&LoggedRequest| request.method == "POST" && request.path.contains("Specs");
        let others = emulator.requests().iter().filter(is_creation).count() - 1;
        let reports = results.iter().filter(|result| matches!(result, Err(SyncError::CreatedTwice { .. }))).count();
        assert!(others == 0 || reports > 0, "run {run}: {results:?}");
        for (clone, client) in clones.iter().zip(&clients).filter(|(clone, _)| clone.linked().is_some()) {
            assert_eq!(clone.spec(client).status().await.unwrap().same_name.len(), others, "run {run}");
        }
        twice += usize::from(others > 0);
        reported += reports;
    }
    println!("created more than once in {twice} of {RUNS} runs, reported by {reported} of {} pushes", RUNS * CLONES);
}

#[tokio::test]
async fn a_spec_created_at_the_same_time_is_reported_now_and_later() {
    let author = Fixture::new();
    let before = author.registered().await;
    let (url, text) = (author.emulator.url(), author.text());
    let proxy = FaultProxy::start(author.emulator.address(), move |_, when, first| {
        if when == When::Before && first.starts_with("POST /data/foundation/flowservice/connectionSpecs") {
            let text = text.clone();
            elsewhere(&url, async move |client| client.create_connection_spec(&text).await).unwrap();
        }
        Then::Continue
    });
    let error = author.push_with(&super::fixture::client(&proxy.url), &PushOptions::default()).await.unwrap_err();
    let SyncError::CreatedTwice { id, others } = &error else { panic!("{error:?}") };
    assert_eq!((author.linked().unwrap().id.as_ref(), others.len(), others[0].differences), (Some(id), 1, 0));
    assert_eq!((author.registered().await, author.remote_specs().await.len()), (before, 2));
    assert_eq!(author.spec(&author.client).status().await.unwrap().same_name, *others);
    let pushed = author.push().await.unwrap();
    assert_eq!((pushed.registered, &pushed.same_name), (Some(true), others));
}
