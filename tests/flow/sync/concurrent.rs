//! Concurrent writers: nothing of theirs is overwritten unnoticed, and no id is lost.

use std::sync::{Arc, Once};

use connspec::emulator::{Fault, FaultKind, FaultSchedule, Requests};
use connspec::sync::{PushAction, PushBlocker, PushOptions, SyncError};
use serde_json::Value;

use super::fixture::{Fixture, client};
use super::proxy::{FaultProxy, Then, When};

/// Lets another author change what is read next.
fn concurrent_edits(author: &Fixture, times: u32) {
    author.emulator.inject(Fault {
        kind: FaultKind::ConcurrentEdit,
        requests: Requests::Reads,
        schedule: FaultSchedule::Next(times),
    });
}

#[tokio::test]
async fn a_change_between_plan_and_push_makes_the_plan_stale() {
    let author = Fixture::new();
    author.push().await.unwrap();
    author.edit("\"1.0\"", "\"1.1\"");
    let plan = author.plan(&PushOptions::default()).await.unwrap();
    concurrent_edits(&author, 1);
    author.remote_specs().await;
    let spec = author.spec(&author.client);
    let id = author.linked().unwrap().id.unwrap();
    author.client.connection_spec(&id).await.unwrap();
    let failure = spec.push(&plan).await.unwrap_err();
    assert!(matches!(failure, SyncError::PlanStale), "{failure:?}");
    assert_eq!(author.remote_specs().await[0]["version"], "1.0");
    let stopped = author.push().await.unwrap_err();
    assert!(matches!(stopped, SyncError::Blocked(PushBlocker::RemoteChanged(_))), "{stopped:?}");
}

#[tokio::test]
async fn a_spec_created_between_plan_and_push_is_not_created_twice() {
    let author = Fixture::new();
    let plan = author.plan(&PushOptions::default()).await.unwrap();
    author.client.create_connection_spec(&author.text()).await.unwrap();
    let failure = author.spec(&author.client).push(&plan).await.unwrap_err();
    assert!(matches!(failure, SyncError::PlanStale), "{failure:?}");
    assert_eq!((author.remote_specs().await.len(), author.linked()), (1, None));
    let stopped = author.push().await.unwrap_err();
    assert!(matches!(stopped, SyncError::Blocked(PushBlocker::SameName(_))), "{stopped:?}");
}

#[tokio::test]
async fn a_concurrent_push_of_the_same_file_does_not_block() {
    let author = Arc::new(Fixture::new());
    let (other, first) = (author.clone(), Once::new());
    let proxy = FaultProxy::start(author.emulator.address(), move |_, when, line| {
        if when == When::Before && line.starts_with("GET /data/foundation/flowservice/connectionSpecs") {
            first.call_once(|| pushed_beside(&other));
        }
        Then::Continue
    });
    let pushed = author.push_with(&client(&proxy.url), &PushOptions::default()).await.unwrap();
    assert_eq!((pushed.action, author.remote_specs().await.len()), (PushAction::None, 1));
}

/// Pushes the file, from a thread without a runtime.
fn pushed_beside(author: &Fixture) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let pushed = runtime.block_on(author.push_with(&client(&author.emulator.url()), &PushOptions::default()));
    assert_eq!(pushed.unwrap().action, PushAction::Created);
}

#[tokio::test]
async fn a_change_right_after_the_push_is_reported() {
    let author = Fixture::new();
    author.push().await.unwrap();
    author.edit("\"1.0\"", "\"1.1\"");
    let upstream = author.emulator.address();
    let id = author.linked().unwrap().id.unwrap();
    // Another author writes after our write and before we read again.
    let proxy = FaultProxy::start(upstream, move |_, when, first| {
        if when == When::After && first.starts_with("PUT /data/foundation/flowservice/connectionSpecs") {
            written_by_another(&format!("http://{upstream}"), &id);
        }
        Then::Continue
    });
    let pushed = author.push_with(&client(&proxy.url), &PushOptions::default()).await.unwrap();
    assert_eq!(pushed.action, PushAction::Updated);
    assert_eq!(pushed.overwritten.len(), 1, "{pushed:?}");
    assert_eq!(pushed.overwritten[0].path.to_string(), "description");
    let stopped = author.push().await.unwrap_err();
    let SyncError::Blocked(PushBlocker::RemoteChanged(changes)) = stopped else { panic!("{stopped:?}") };
    assert_eq!((changes.local.len(), changes.remote.len()), (0, 1), "{changes:?}");
}

#[tokio::test]
async fn an_ignored_update_is_an_error() {
    let author = Fixture::new();
    author.push().await.unwrap();
    let noted = author.linked();
    author.edit("\"1.0\"", "\"1.1\"");
    // A proxy responds instead of Flow Service.
    let proxy = FaultProxy::start(author.emulator.address(), |_, when, first| match when {
        When::Before if first.starts_with("PUT /data/foundation/flowservice/connectionSpecs") => Then::Respond(200, ""),
        _ => Then::Continue,
    });
    let failed = author.push_with(&client(&proxy.url), &PushOptions::default()).await.unwrap_err();
    assert!(matches!(failed, SyncError::UpdateIgnored { .. }), "{failed:?}");
    assert_eq!(author.linked(), noted);
    assert_eq!(author.push().await.unwrap().action, PushAction::Updated);
}

/// Replaces the description of a spec, from a thread without a runtime.
fn written_by_another(address: &str, id: &str) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let client = client(address);
        let there = client.connection_spec(id).await.unwrap();
        let mut spec: Value = serde_json::from_str(&there.text).unwrap();
        spec["description"] = "by another".into();
        client.replace_connection_spec(id, &spec.to_string(), None).await.unwrap();
    });
}

#[tokio::test]
async fn an_id_removed_from_the_flow_spec_is_put_back() {
    let author = Fixture::new();
    let before = author.registered().await;
    let upstream = author.emulator.address();
    let old = Arc::new(author.client.flow_spec(connspec::flow_service::api::BATCH_FLOW_SPEC.id).await.unwrap().text);
    let rounds = Arc::new(std::sync::atomic::AtomicU32::new(0));
    let proxy = FaultProxy::start(upstream, move |_, when, first| {
        let is_write = first.starts_with("PUT /data/foundation/flowservice/flowSpecs");
        if when == When::After && is_write && rounds.fetch_add(1, std::sync::atomic::Ordering::SeqCst) < 2 {
            flow_spec_written(&format!("http://{upstream}"), &old);
        }
        Then::Continue
    });
    let pushed = author.push_with(&client(&proxy.url), &PushOptions::default()).await.unwrap();
    assert!(!pushed.registration.unwrap().was_registered);
    author.assert_consistent(&before, "taken out twice").await;
}

/// Writes an old copy of a flow spec, from a thread without a runtime.
fn flow_spec_written(address: &str, text: &str) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let id = connspec::flow_service::api::BATCH_FLOW_SPEC.id;
    runtime.block_on(async { client(address).replace_flow_spec(id, text, None).await.unwrap() });
}

#[tokio::test]
async fn ids_added_by_others_stay_in_the_flow_spec() {
    let author = Fixture::new();
    let before = author.registered().await;
    // Each time that something is read by its id another adds to it; a new connection spec gets another description too.
    concurrent_edits(&author, 1000);
    let pushed = author.push().await.unwrap();
    author.emulator.clear_faults();
    assert_eq!(pushed.action, PushAction::Created);
    let after = author.registered().await;
    assert!(before.iter().chain([&pushed.id]).all(|id| after.contains(id)), "{after:?}");
}

#[tokio::test]
async fn a_writer_who_always_wins_is_an_error() {
    let author = Fixture::new();
    let upstream = author.emulator.address();
    let old = author.client.flow_spec(connspec::flow_service::api::BATCH_FLOW_SPEC.id).await.unwrap().text;
    let proxy = FaultProxy::start(upstream, move |_, when, first| {
        if when == When::After && first.starts_with("PUT /data/foundation/flowservice/flowSpecs") {
            flow_spec_written(&format!("http://{upstream}"), &old);
        }
        Then::Continue
    });
    let failure = author.push_with(&client(&proxy.url), &PushOptions::default()).await.unwrap_err();
    let SyncError::NotRegistered { error, .. } = failure else { panic!("{failure:?}") };
    assert!(matches!(*error, SyncError::Overwritten { .. }), "{error:?}");
    assert_eq!(author.remote_specs().await.len(), 1);
    assert!(author.linked().unwrap().id.is_some());
}

#[tokio::test]
async fn an_expired_token_is_renewed() {
    let author = Fixture::new();
    let before = author.registered().await;
    author.plan(&PushOptions::default()).await.unwrap();
    author.emulator.revoke_tokens();
    assert_eq!(author.push().await.unwrap().action, PushAction::Created);
    author.assert_consistent(&before, "a new token").await;
    author.emulator.set_token_lifetime(std::time::Duration::ZERO);
    author.emulator.revoke_tokens();
    author.edit("\"1.0\"", "\"1.1\"");
    author.push().await.unwrap_err();
    author.emulator.set_token_lifetime(std::time::Duration::from_secs(3600));
    assert_eq!(author.push().await.unwrap().action, PushAction::Updated);
    author.assert_consistent(&before, "good tokens again").await;
}
