//! Others who write at the same time: nothing of theirs is overwritten unseen, no id is lost.

use std::sync::{Arc, Once};

use connspec::emulator::{Fault, FaultKind, FaultSchedule, Requests};
use connspec::sync::{Done, Failure, PushOptions, Stop};
use serde_json::Value;

use super::between::{Between, Then, When};
use super::desk::{Desk, client};

/// Lets another author change what is read next.
fn other_author(desk: &Desk, times: u32) {
    desk.emulator.inject(Fault {
        kind: FaultKind::ConcurrentEdit,
        requests: Requests::Reads,
        schedule: FaultSchedule::Next(times),
    });
}

#[tokio::test]
async fn a_writer_between_the_plan_and_the_push_is_seen() {
    let desk = Desk::new();
    desk.push().await.unwrap();
    desk.edit("\"1.0\"", "\"1.1\"");
    let plan = desk.plan(&PushOptions::default()).await.unwrap();
    other_author(&desk, 1);
    desk.there().await;
    let spec = desk.spec(&desk.client);
    let id = desk.linked().unwrap().id.unwrap();
    desk.client.connection_spec(&id).await.unwrap();
    let failure = spec.push(&plan).await.unwrap_err();
    assert!(matches!(failure, Failure::Moved), "{failure:?}");
    assert_eq!(desk.there().await[0]["version"], "1.0");
    let stopped = desk.push().await.unwrap_err();
    assert!(matches!(stopped, Failure::Stopped(Stop::ChangedThere(_))), "{stopped:?}");
}

#[tokio::test]
async fn a_spec_that_another_makes_between_the_plan_and_the_push_is_not_made_twice() {
    let desk = Desk::new();
    let plan = desk.plan(&PushOptions::default()).await.unwrap();
    desk.client.create_connection_spec(&desk.text()).await.unwrap();
    let failure = desk.spec(&desk.client).push(&plan).await.unwrap_err();
    assert!(matches!(failure, Failure::Moved), "{failure:?}");
    assert_eq!((desk.there().await.len(), desk.linked()), (1, None));
    let stopped = desk.push().await.unwrap_err();
    assert!(matches!(stopped, Failure::Stopped(Stop::SameName(_))), "{stopped:?}");
}

#[tokio::test]
async fn a_push_of_the_same_file_that_ends_while_another_looks_is_not_a_question() {
    let desk = Arc::new(Desk::new());
    let (other, first) = (desk.clone(), Once::new());
    let between = Between::start(desk.emulator.address(), move |_, when, line| {
        if when == When::Before && line.starts_with("GET /data/foundation/flowservice/connectionSpecs") {
            first.call_once(|| pushed_beside(&other));
        }
        Then::On
    });
    let pushed = desk.push_with(&client(&between.url), &PushOptions::default()).await.unwrap();
    assert_eq!((pushed.done, desk.there().await.len()), (Done::Nothing, 1));
}

/// Pushes the file, from a thread without a runtime.
fn pushed_beside(desk: &Desk) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let pushed = runtime.block_on(desk.push_with(&client(&desk.emulator.url()), &PushOptions::default()));
    assert_eq!(pushed.unwrap().done, Done::Created);
}

#[tokio::test]
async fn a_writer_right_after_the_push_is_told_of() {
    let desk = Desk::new();
    desk.push().await.unwrap();
    desk.edit("\"1.0\"", "\"1.1\"");
    let upstream = desk.emulator.address();
    let id = desk.linked().unwrap().id.unwrap();
    // Someone writes after our write and before we look again.
    let between = Between::start(upstream, move |_, when, first| {
        if when == When::After && first.starts_with("PUT /data/foundation/flowservice/connectionSpecs") {
            written_by_another(&format!("http://{upstream}"), &id);
        }
        Then::On
    });
    let pushed = desk.push_with(&client(&between.url), &PushOptions::default()).await.unwrap();
    assert_eq!(pushed.done, Done::Replaced);
    assert_eq!(pushed.overtaken.len(), 1, "{pushed:?}");
    assert_eq!(pushed.overtaken[0].place.to_string(), "description");
    let stopped = desk.push().await.unwrap_err();
    let Failure::Stopped(Stop::ChangedThere(changes)) = stopped else { panic!("{stopped:?}") };
    assert_eq!((changes.here.len(), changes.there.len()), (0, 1), "{changes:?}");
}

#[tokio::test]
async fn an_update_that_was_accepted_and_not_made_is_not_taken_for_done() {
    let desk = Desk::new();
    desk.push().await.unwrap();
    let noted = desk.linked();
    desk.edit("\"1.0\"", "\"1.1\"");
    // What stands between answers in the service's stead.
    let between = Between::start(desk.emulator.address(), |_, when, first| match when {
        When::Before if first.starts_with("PUT /data/foundation/flowservice/connectionSpecs") => Then::Say(200, ""),
        _ => Then::On,
    });
    let failed = desk.push_with(&client(&between.url), &PushOptions::default()).await.unwrap_err();
    assert!(matches!(failed, Failure::NotMade { .. }), "{failed:?}");
    assert_eq!(desk.linked(), noted);
    assert_eq!(desk.push().await.unwrap().done, Done::Replaced);
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
async fn a_writer_who_takes_our_id_out_of_the_flow_spec_does_not_win() {
    let desk = Desk::new();
    let before = desk.registered().await;
    let upstream = desk.emulator.address();
    let old = Arc::new(desk.client.flow_spec(connspec::flow_service::api::BATCH_FLOW_SPEC.id).await.unwrap().text);
    let rounds = Arc::new(std::sync::atomic::AtomicU32::new(0));
    let between = Between::start(upstream, move |_, when, first| {
        let is_write = first.starts_with("PUT /data/foundation/flowservice/flowSpecs");
        if when == When::After && is_write && rounds.fetch_add(1, std::sync::atomic::Ordering::SeqCst) < 2 {
            flow_spec_written(&format!("http://{upstream}"), &old);
        }
        Then::On
    });
    let pushed = desk.push_with(&client(&between.url), &PushOptions::default()).await.unwrap();
    assert!(!pushed.registered.unwrap().was_there);
    desk.is_well(&before, "taken out twice").await;
}

/// Puts a flow spec back as it was, as someone with an old copy does, from a thread without a runtime.
fn flow_spec_written(address: &str, text: &str) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let id = connspec::flow_service::api::BATCH_FLOW_SPEC.id;
    runtime.block_on(async { client(address).replace_flow_spec(id, text, None).await.unwrap() });
}

#[tokio::test]
async fn what_another_adds_to_the_flow_spec_stays() {
    let desk = Desk::new();
    let before = desk.registered().await;
    // Each time that something is read by its id another adds to it; a new connection spec gets another description too.
    other_author(&desk, 1000);
    let pushed = desk.push().await.unwrap();
    desk.emulator.clear_faults();
    assert_eq!(pushed.done, Done::Created);
    let after = desk.registered().await;
    assert!(before.iter().chain([&pushed.id]).all(|id| after.contains(id)), "{after:?}");
}

#[tokio::test]
async fn someone_who_always_wins_is_told_of() {
    let desk = Desk::new();
    let upstream = desk.emulator.address();
    let old = desk.client.flow_spec(connspec::flow_service::api::BATCH_FLOW_SPEC.id).await.unwrap().text;
    let between = Between::start(upstream, move |_, when, first| {
        if when == When::After && first.starts_with("PUT /data/foundation/flowservice/flowSpecs") {
            flow_spec_written(&format!("http://{upstream}"), &old);
        }
        Then::On
    });
    let failure = desk.push_with(&client(&between.url), &PushOptions::default()).await.unwrap_err();
    let Failure::NotRegistered { error, .. } = failure else { panic!("{failure:?}") };
    assert!(matches!(*error, Failure::Overwritten { .. }), "{error:?}");
    assert_eq!(desk.there().await.len(), 1);
    assert!(desk.linked().unwrap().id.is_some());
}

#[tokio::test]
async fn a_token_that_ends_on_the_way_is_asked_for_anew() {
    let desk = Desk::new();
    let before = desk.registered().await;
    desk.plan(&PushOptions::default()).await.unwrap();
    desk.emulator.revoke_tokens();
    assert_eq!(desk.push().await.unwrap().done, Done::Created);
    desk.is_well(&before, "a new token").await;
    desk.emulator.set_token_lifetime(std::time::Duration::ZERO);
    desk.emulator.revoke_tokens();
    desk.edit("\"1.0\"", "\"1.1\"");
    desk.push().await.unwrap_err();
    desk.emulator.set_token_lifetime(std::time::Duration::from_secs(3600));
    assert_eq!(desk.push().await.unwrap().done, Done::Replaced);
    desk.is_well(&before, "good tokens again").await;
}
