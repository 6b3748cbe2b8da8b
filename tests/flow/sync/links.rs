//! A state file is committed and may be someone else's: an id that only it knows is confirmed before the first write.

use connspec::emulator::ORG;
use connspec::sync::{PushAction, PushBlocker, PushOptions, RegisterStep, SyncError, SyncStatus};

use super::fixture::{Fixture, NAME};

/// Another machine with the same file and state file, whose pushes go to the same emulator.
fn another_machine(author: &Fixture) -> Fixture {
    let other = Fixture::new();
    other.write(&author.text());
    std::fs::copy(author.state_path(), other.state_path()).unwrap();
    other
}

fn link(id: &str) -> PushOptions {
    PushOptions { link: Some(id.to_owned()), ..PushOptions::default() }
}

#[tokio::test]
async fn a_link_that_only_the_state_file_knows_is_confirmed_before_a_write() {
    let author = Fixture::new();
    let id = author.push().await.unwrap().id;
    let other = another_machine(&author);
    let client = &author.client;
    assert_eq!(other.push_with(client, &PushOptions::default()).await.unwrap().action, PushAction::None);
    other.edit("\"1.0\"", "\"1.1\"");
    for overwrite in [false, true] {
        let options = PushOptions { overwrite, ..PushOptions::default() };
        let error = other.push_with(client, &options).await.unwrap_err();
        let SyncError::Blocked(PushBlocker::UnconfirmedLink { remote, org, changes }) = &error else {
            panic!("{error:?}")
        };
        assert_eq!((&remote.id, remote.name.as_str(), org.as_str(), changes.len()), (&id, NAME, ORG, 1));
        let expected =
            format!("Linked by connspec.state.json, never pushed from this machine: `{NAME}` ({id}) of {ORG}.");
        assert_eq!(error.to_string(), format!("{expected} Nothing was pushed."));
    }
    assert_eq!(author.remote_specs().await[0]["version"], "1.0");
    // Whether it is the right spec comes before what to do with its changes.
    author.edit("\"GET\"", "\"POST\"");
    author.push().await.unwrap();
    let error = other.push_with(client, &PushOptions::default()).await.unwrap_err();
    assert!(matches!(error, SyncError::Blocked(PushBlocker::UnconfirmedLink { .. })), "{error:?}");
    let error = other.push_with(client, &link(&id)).await.unwrap_err();
    assert!(matches!(error, SyncError::Blocked(PushBlocker::RemoteChanged(_))), "{error:?}");
    author.edit("\"POST\"", "\"GET\"");
    author.push().await.unwrap();
    assert_eq!(other.push_with(client, &link(&id)).await.unwrap().action, PushAction::Updated);
    other.edit("\"1.1\"", "\"1.2\"");
    assert_eq!(other.push_with(client, &PushOptions::default()).await.unwrap().action, PushAction::Updated);
}

#[tokio::test]
async fn a_pull_confirms_the_link_and_a_status_does_not() {
    let author = Fixture::new();
    author.push().await.unwrap();
    let other = another_machine(&author);
    other.edit("\"1.0\"", "\"1.1\"");
    let spec = other.spec(&author.client);
    assert_eq!(spec.status().await.unwrap().status, SyncStatus::LocalChanges);
    let error = other.push_with(&author.client, &PushOptions::default()).await.unwrap_err();
    assert!(matches!(error, SyncError::Blocked(PushBlocker::UnconfirmedLink { .. })), "{error:?}");
    let pull = spec.pull(None, None).await.unwrap();
    spec.pulled(&pull).await.unwrap();
    assert_eq!(other.push_with(&author.client, &PushOptions::default()).await.unwrap().action, PushAction::Updated);
}

#[tokio::test]
async fn registering_confirms_the_link_too() {
    let author = Fixture::new();
    let no_register = PushOptions { no_register: true, ..PushOptions::default() };
    let id = author.push_with(&author.client, &no_register).await.unwrap().id;
    let (other, before) = (another_machine(&author), author.registered().await);
    let spec = other.spec(&author.client);
    for error in [
        spec.registration(None).await.unwrap_err(),
        other.push_with(&author.client, &PushOptions::default()).await.unwrap_err(),
    ] {
        assert!(matches!(error, SyncError::Blocked(PushBlocker::UnconfirmedLink { .. })), "{error:?}");
    }
    assert_eq!(author.registered().await, before);
    let (_, step) = spec.registration(Some(&id)).await.unwrap();
    assert!(matches!(step, RegisterStep::Register { .. }));
}

/// A creation that was interrupted is continued without a question only on the machine that began it.
#[tokio::test]
async fn an_interrupted_creation_of_another_machine_is_confirmed() {
    let author = Fixture::new();
    let id = author.push().await.unwrap().id;
    let state = std::fs::read_to_string(author.state_path()).unwrap();
    let (head, _) = state.split_once("\"id\":").unwrap();
    let intent = format!("{head}\"creating\": {{ \"name\": \"{NAME}\", \"existing\": [] }} }} }} }} }}");
    std::fs::write(author.state_path(), intent).unwrap();
    let other = another_machine(&author);
    assert_eq!(other.push_with(&author.client, &PushOptions::default()).await.unwrap().action, PushAction::Linked);
    other.edit("\"1.0\"", "\"1.1\"");
    let error = other.push_with(&author.client, &PushOptions::default()).await.unwrap_err();
    assert!(matches!(error, SyncError::Blocked(PushBlocker::UnconfirmedLink { .. })), "{error:?}");
    assert_eq!(other.push_with(&author.client, &link(&id)).await.unwrap().action, PushAction::Updated);
}
