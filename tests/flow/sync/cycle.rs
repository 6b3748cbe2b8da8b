//! A complete cycle: push, register, edit, update, pull elsewhere, merge.

use connspec::document::Document;
use connspec::lint::Facts;
use connspec::project;
use connspec::sync::{PushAction, PushBlocker, PushOptions, Spec, SpecStep, SyncError, SyncStatus};
use connspec::text::{Edit, Text};
use serde_json::Value;

use super::fixture::{FILE, Fixture, NAME, SPEC};

#[tokio::test]
async fn a_spec_is_pushed_pulled_and_merged() {
    let author = Fixture::new();
    let before = author.registered().await;
    let pushed = author.push().await.unwrap();
    assert_eq!(pushed.action, PushAction::Created);
    assert!(!pushed.registration.unwrap().was_registered);
    author.assert_consistent(&before, "created").await;

    author.edit("The price list of the day", "The prices of the day");
    assert_eq!(author.spec(&author.client).status().await.unwrap().status, SyncStatus::LocalChanges);
    let plan = author.plan(&PushOptions::default()).await.unwrap();
    let SpecStep::Update { changes, .. } = &plan.spec else { panic!("{plan:?}") };
    assert_eq!(changes.len(), 1, "{changes:?}");
    assert_eq!(changes[0].path.to_string(), "description");
    assert_eq!(author.push().await.unwrap().action, PushAction::Updated);
    author.assert_consistent(&before, "updated").await;
    assert_eq!(author.push().await.unwrap().action, PushAction::None);

    // Someone else, in a folder of their own.
    let elsewhere = Fixture::new();
    std::fs::remove_file(elsewhere.file()).unwrap();
    let empty = Document::new(FILE, 0, Text::new(""));
    let theirs = Spec::new(&author.client, &elsewhere.records, &elsewhere.file(), empty);
    let pull = theirs.pull(Some(&pushed.id), None).await.unwrap();
    elsewhere.write(&pull.file);
    theirs.pulled(&pull).await.unwrap();
    let (ours, file): (Value, Value) =
        (serde_json::from_str(&author.text()).unwrap(), serde_json::from_str(&elsewhere.text()).unwrap());
    assert_eq!(ours, file);
    let theirs = || elsewhere.spec(&author.client);
    assert_eq!(theirs().status().await.unwrap().status, SyncStatus::UpToDate);

    // Both change something, the other one is faster.
    elsewhere.edit("\"version\": \"1.0\"", "\"version\": \"1.1\"");
    assert_eq!(elsewhere.push_with(&author.client, &PushOptions::default()).await.unwrap().action, PushAction::Updated);
    author.edit("\"method\": \"GET\"", "\"method\": \"POST\"");
    let stopped = author.push().await.unwrap_err();
    let SyncError::Blocked(PushBlocker::RemoteChanged(changes)) = stopped else { panic!("{stopped:?}") };
    assert_eq!((changes.local.len(), changes.remote.len(), changes.merge.conflicts.len()), (1, 1, 0), "{changes:?}");

    let spec = author.spec(&author.client);
    let pull = spec.pull(None, None).await.unwrap();
    let merged = Edit::apply(&author.text(), &pull.changes.merge.edits);
    project::replace_file(&author.file(), &merged).unwrap();
    spec.pulled(&pull).await.unwrap();
    let expected = text_with(&[("The price list", "The prices"), ("\"1.0\"", "\"1.1\""), ("\"GET\"", "\"POST\"")]);
    assert_eq!(author.text(), expected);
    assert_eq!(author.push().await.unwrap().action, PushAction::Updated);
    author.assert_consistent(&before, "merged").await;
}

fn text_with(edits: &[(&str, &str)]) -> String {
    edits.iter().fold(SPEC.to_owned(), |text, (from, to)| text.replacen(from, to, 1))
}

#[tokio::test]
async fn one_of_the_same_name_is_linked_and_not_made_again() {
    let author = Fixture::new();
    let id = author.push().await.unwrap().id;
    std::fs::remove_file(author.state_path()).unwrap();
    let stopped = author.push().await.unwrap_err();
    let SyncError::Blocked(PushBlocker::SameName(found)) = stopped else { panic!("{stopped:?}") };
    assert_eq!((found.len(), &found[0].id, found[0].name.as_str(), found[0].differences), (1, &id, NAME, 0));
    let link = PushOptions { link: Some(id.clone()), ..PushOptions::default() };
    assert_eq!(author.push_with(&author.client, &link).await.unwrap().action, PushAction::Linked);
    assert_eq!(author.linked().unwrap().id, Some(id));
    assert_eq!(author.remote_specs().await.len(), 1);
}

#[tokio::test]
async fn a_second_one_of_the_name_is_made_when_that_is_wanted() {
    let author = Fixture::new();
    let first = author.push().await.unwrap().id;
    author.spec(&author.client).unlink().await.unwrap();
    assert_eq!(author.linked(), None);
    let create = PushOptions { create: true, ..PushOptions::default() };
    let second = author.push_with(&author.client, &create).await.unwrap();
    assert_eq!(second.action, PushAction::Created);
    assert_ne!(first, second.id);
    // Linked now, so that the wish is fulfilled.
    assert_eq!(author.push_with(&author.client, &create).await.unwrap().action, PushAction::None);
    assert_eq!(author.remote_specs().await.len(), 2);
}

#[tokio::test]
async fn a_spec_that_is_gone_is_made_again_only_when_that_is_wanted() {
    let author = Fixture::new();
    author.push().await.unwrap();
    let other = Fixture::new();
    std::fs::copy(author.state_path(), other.state_path()).unwrap();
    let stopped = other.push().await.unwrap_err();
    assert!(matches!(stopped, SyncError::Blocked(PushBlocker::RemoteDeleted { .. })), "{stopped:?}");
    assert_eq!(other.spec(&other.client).status().await.unwrap().status, SyncStatus::RemoteDeleted);
    let create = PushOptions { create: true, ..PushOptions::default() };
    assert_eq!(other.push_with(&other.client, &create).await.unwrap().action, PushAction::Created);
}

#[tokio::test]
async fn what_was_changed_there_is_overwritten_only_when_that_is_wanted() {
    let (author, other) = (Fixture::new(), Fixture::new());
    let id = author.push().await.unwrap().id;
    other.edit("\"1.0\"", "\"2.0\"");
    let overwrite = PushOptions { link: Some(id), overwrite: true, ..PushOptions::default() };
    assert_eq!(other.push_with(&author.client, &overwrite).await.unwrap().action, PushAction::Updated);
    assert_eq!(author.spec(&author.client).status().await.unwrap().status, SyncStatus::RemoteChanges);
    author.push().await.unwrap_err();
    assert_eq!(author.remote_specs().await[0]["version"], "2.0");
    let overwrite = PushOptions { overwrite: true, ..PushOptions::default() };
    assert_eq!(author.push_with(&author.client, &overwrite).await.unwrap().action, PushAction::Updated);
    assert_eq!(author.remote_specs().await[0]["version"], "1.0");
}

#[tokio::test]
async fn a_spec_with_errors_is_not_sent() {
    let author = Fixture::new();
    author.edit("\"providerId\": \"0ed90a81-07f4-4586-8190-b40eccef1c5a\"", "\"providerId\": \"x\"");
    let since = author.count();
    let stopped = author.push().await.unwrap_err();
    assert!(
        matches!(stopped, SyncError::Blocked(PushBlocker::Problems(problems)) if problems.errors == 1),
        "{stopped:?}"
    );
    author.write("{ \"name\": ");
    let stopped = author.spec(&author.client).plan(&Facts::default(), &PushOptions::default()).await.unwrap_err();
    assert!(matches!(stopped, SyncError::InvalidJson), "{stopped:?}");
    assert_eq!(author.requests_since(since), [] as [&str; 0]);
}
