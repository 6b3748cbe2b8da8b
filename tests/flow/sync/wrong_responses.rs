//! Responses that aren't true: nothing is taken as done that was not seen, and the next push repairs the result.

use std::sync::atomic::{AtomicUsize, Ordering};

use connspec::emulator::{Behavior, Options};
use connspec::flow_service::api::BATCH_FLOW_SPEC;
use connspec::sync::{PushAction, PushBlocker, PushOptions, SyncError};
use serde_json::Value;

use super::fixture::{Fixture, client, elsewhere};
use super::proxy::{FaultProxy, Then, When};

const CREATE: &str = "POST /data/foundation/flowservice/connectionSpecs";
const UPDATE: &str = "PUT /data/foundation/flowservice/connectionSpecs";
const READ_FLOW_SPEC: &str = "GET /data/foundation/flowservice/flowSpecs";

/// An id that no spec has.
const UNKNOWN_ID: &str = "1a2b3c4d-07f4-4586-8190-b40eccef1c5b";

/// Pushes through a proxy that responds itself to requests that begin like this.
async fn push_with_response(author: &Fixture, request: &'static str, response: Then) -> SyncError {
    let proxy = FaultProxy::start(author.emulator.address(), move |_, when, first| {
        if when == When::Before && first.starts_with(request) { response.clone() } else { Then::Continue }
    });
    author.push_with(&client(&proxy.url), &PushOptions::default()).await.unwrap_err()
}

#[tokio::test]
async fn an_update_that_changes_nothing_is_an_error_and_is_sent_again() {
    let author = Fixture::new();
    let id = author.push().await.unwrap().id;
    let unchanged = author.client.connection_spec(&id).await.unwrap().text;
    author.edit("\"1.0\"", "\"1.1\"");
    let error = push_with_response(&author, UPDATE, Then::Reply(200, "", unchanged)).await;
    let SyncError::UpdateIgnored { changes, .. } = &error else { panic!("{error:?}") };
    assert_eq!((changes.len(), changes[0].path.to_string().as_str()), (1, "version"));
    let message = error.to_string();
    assert!(message.contains("was accepted, but 1 change was not carried out: `version`."), "{message}");
    assert_eq!(author.push().await.unwrap().action, PushAction::Updated);
    assert_eq!(author.remote_specs().await[0]["version"], "1.1");
    assert_eq!(author.push().await.unwrap().action, PushAction::None);
}

#[tokio::test]
async fn a_half_carried_out_update_is_completed_by_the_next_push() {
    let author = Fixture::new();
    let id = author.push().await.unwrap().id;
    let mut half: Value = serde_json::from_str(&author.text()).unwrap();
    half["version"] = "1.1".into();
    author.edit("\"1.0\"", "\"1.1\"");
    author.edit("\"GET\"", "\"POST\"");
    let url = author.emulator.url();
    let proxy = FaultProxy::start(author.emulator.address(), move |_, when, first| {
        if when == When::Before && first.starts_with(UPDATE) {
            let (id, half) = (id.clone(), half.to_string());
            let item = elsewhere(&url, async move |client| client.replace_connection_spec(&id, &half, None).await);
            return Then::Reply(200, "", item.unwrap().text);
        }
        Then::Continue
    });
    let error = author.push_with(&client(&proxy.url), &PushOptions::default()).await.unwrap_err();
    let SyncError::UpdateIgnored { changes, .. } = error else { panic!("{error:?}") };
    let paths: Vec<String> = changes.iter().map(|change| change.path.to_string()).collect();
    assert_eq!(paths, ["sourceSpec.attributes.urlParams.method"]);
    assert_eq!(author.push().await.unwrap().action, PushAction::Updated);
    assert_eq!(author.remote_specs().await[0]["sourceSpec"]["attributes"]["urlParams"]["method"], "POST");
}

#[tokio::test]
async fn a_change_that_is_never_stored_is_not_sent_again() {
    let behavior = Behavior { drop_unknown_fields: true, ..Behavior::default() };
    let author = Fixture::with(Options { behavior, ..Options::default() });
    author.push().await.unwrap();
    author.edit("The price list of the day", "The prices of the day");
    let pushed = author.push().await.unwrap();
    assert_eq!((pushed.action, pushed.not_stored.len()), (PushAction::Updated, 1));
    assert_eq!(author.push().await.unwrap().action, PushAction::None);
}

#[tokio::test]
async fn a_spec_that_cannot_be_read_back_is_neither_linked_nor_registered() {
    let author = Fixture::new();
    let before = author.registered().await;
    let created = format!("{{\"id\": \"{UNKNOWN_ID}\", \"name\": \"x\"}}");
    let error = push_with_response(&author, CREATE, Then::Reply(201, "", created)).await;
    assert!(matches!(&error, SyncError::NotReadBack { id, .. } if id == UNKNOWN_ID), "{error:?}");
    assert_eq!((author.registered().await, author.linked().unwrap().id), (before.clone(), None));
    assert_eq!(author.push().await.unwrap().action, PushAction::Created);
    author.assert_consistent(&before, "created after all").await;
}

#[tokio::test]
async fn only_a_uuid_is_taken_as_the_id_of_a_new_spec() {
    for (headers, body) in [
        ("location: https://x/data/foundation/flowservice/connectionSpecs\r\n", ""),
        ("", "{\"id\": \"connectionSpecs\", \"name\": \"x\"}"),
    ] {
        let author = Fixture::new();
        let before = author.registered().await;
        let error = push_with_response(&author, CREATE, Then::Reply(201, headers, body.to_owned())).await;
        assert!(matches!(error, SyncError::Unknown { .. }), "{error:?}");
        assert_eq!((author.registered().await, author.linked().unwrap().id), (before.clone(), None));
        author.push().await.unwrap();
        author.assert_consistent(&before, body).await;
    }
}

#[tokio::test]
async fn ids_that_are_not_uuids_are_not_sent() {
    let author = Fixture::new();
    let since = author.count();
    let link = PushOptions { link: Some("../flowSpecs".to_owned()), ..PushOptions::default() };
    let error = author.push_with(&author.client, &link).await.unwrap_err();
    assert!(matches!(error, SyncError::InvalidId(_)), "{error:?}");
    author.push().await.unwrap();
    let id = author.linked().unwrap().id.unwrap();
    let state = std::fs::read_to_string(author.state_path()).unwrap();
    std::fs::write(author.state_path(), state.replace(&id, "connectionSpecs")).unwrap();
    let writes = author.requests_since(since).len();
    let spec = author.spec(&author.client);
    for error in [
        author.push().await.unwrap_err(),
        spec.registration(None).await.unwrap_err(),
        spec.status().await.unwrap_err(),
        spec.pull(None, None).await.unwrap_err(),
    ] {
        assert!(matches!(&error, SyncError::InvalidId(id) if id == "connectionSpecs"), "{error:?}");
    }
    assert_eq!(author.requests_since(since).len(), writes);
}

/// A spec may have been created although the response says that it was not.
#[tokio::test]
async fn a_spec_created_behind_a_429_is_offered_by_the_next_push() {
    let author = Fixture::new();
    let proxy = FaultProxy::start(author.emulator.address(), |_, when, first| {
        if when == When::After && first.starts_with(CREATE) { Then::Respond(429, "") } else { Then::Continue }
    });
    let error = author.push_with(&client(&proxy.url), &PushOptions::default()).await.unwrap_err();
    let expected = "Flow Service received too many requests. Try again in a few minutes. (HTTP 429)";
    assert_eq!(error.to_string(), expected);
    let error = author.push().await.unwrap_err();
    assert!(
        matches!(&error, SyncError::Blocked(PushBlocker::SameName(found)) if found[0].differences == 0),
        "{error:?}"
    );
    assert_eq!(error.to_string(), "A remote spec with this name already exists. Nothing was pushed.");
}

/// The flow spec before another team's id was added to it, and that id.
async fn outdated_flow_spec(author: &Fixture) -> (String, String) {
    let old = author.client.flow_spec(BATCH_FLOW_SPEC.id).await.unwrap().text;
    let mut new: Value = serde_json::from_str(&old).unwrap();
    new["sourceConnectionSpecIds"].as_array_mut().unwrap().push(UNKNOWN_ID.into());
    author.client.replace_flow_spec(BATCH_FLOW_SPEC.id, &new.to_string(), None).await.unwrap();
    (format!("{{\"items\": [{old}]}}"), UNKNOWN_ID.to_owned())
}

#[tokio::test]
async fn an_outdated_read_does_not_drop_the_id_of_another_team() {
    // The first read is that of the plan; from the second on it is outdated, once or always.
    for outdated_reads in [1, usize::MAX] {
        let author = Fixture::new();
        let (old, theirs) = outdated_flow_spec(&author).await;
        let reads = AtomicUsize::new(0);
        let proxy = FaultProxy::start(author.emulator.address(), move |_, when, first| {
            if when == When::Before && first.starts_with(READ_FLOW_SPEC) {
                let number = reads.fetch_add(1, Ordering::SeqCst);
                if (1..=outdated_reads).contains(&number) {
                    return Then::Reply(200, "", old.clone());
                }
            }
            Then::Continue
        });
        let pushed = author.push_with(&client(&proxy.url), &PushOptions::default()).await;
        assert!(author.registered().await.contains(&theirs), "{pushed:?}");
        if outdated_reads == 1 {
            assert_eq!(pushed.unwrap().registered, Some(true));
            continue;
        }
        let Err(SyncError::NotRegistered { error, .. }) = pushed else { panic!("{pushed:?}") };
        assert!(matches!(&*error, SyncError::IdsMissing { ids, .. } if *ids == [theirs.clone()]), "{error:?}");
        assert!(error.to_string().contains(&theirs), "{error}");
        author.push().await.unwrap();
        assert!(author.registered().await.contains(&theirs));
    }
}

#[tokio::test]
async fn an_id_that_an_earlier_command_has_seen_is_not_dropped() {
    let author = Fixture::new();
    let no_register = PushOptions { no_register: true, ..PushOptions::default() };
    author.push_with(&author.client, &no_register).await.unwrap();
    let (old, theirs) = outdated_flow_spec(&author).await;
    author.spec(&author.client).status().await.unwrap();
    let proxy = FaultProxy::start(author.emulator.address(), move |_, when, first| {
        let is_read = when == When::Before && first.starts_with(READ_FLOW_SPEC);
        if is_read { Then::Reply(200, "", old.clone()) } else { Then::Continue }
    });
    let error = author.push_with(&client(&proxy.url), &PushOptions::default()).await.unwrap_err();
    assert!(
        matches!(&error, SyncError::NotRegistered { error, .. } if matches!(**error, SyncError::IdsMissing { .. }))
    );
    assert!(author.registered().await.contains(&theirs));
}

#[tokio::test]
async fn an_id_removed_after_the_first_look_is_put_back() {
    let author = Fixture::new();
    let before = author.registered().await;
    let old = author.client.flow_spec(BATCH_FLOW_SPEC.id).await.unwrap().text;
    let (url, reads) = (author.emulator.url(), AtomicUsize::new(0));
    let proxy = FaultProxy::start(author.emulator.address(), move |_, when, first| {
        // Reads: plan, before the write, first look.
        let is_read = when == When::After && first.starts_with(READ_FLOW_SPEC);
        if is_read && reads.fetch_add(1, Ordering::SeqCst) == 2 {
            let old = old.clone();
            let replaced =
                elsewhere(&url, async move |client| client.replace_flow_spec(BATCH_FLOW_SPEC.id, &old, None).await);
            replaced.unwrap();
        }
        Then::Continue
    });
    author.push_with(&client(&proxy.url), &PushOptions::default()).await.unwrap();
    author.assert_consistent(&before, "put back").await;
}
