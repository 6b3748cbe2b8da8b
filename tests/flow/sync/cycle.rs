//! The whole cycle: new, push, register, edit, update, pull elsewhere, merge.

use connspec::document::Document;
use connspec::lint::Facts;
use connspec::project;
use connspec::sync::{Done, Failure, Prefer, PushOptions, Spec, SpecStep, Standing, Stop};
use connspec::text::Edit;
use connspec::text::Text;
use serde_json::Value;

use super::desk::{Desk, FILE, NAME, SPEC};

#[tokio::test]
async fn a_spec_goes_there_and_comes_back() {
    let desk = Desk::new();
    let before = desk.registered().await;
    let pushed = desk.push().await.unwrap();
    assert_eq!(pushed.done, Done::Created);
    assert!(!pushed.registered.unwrap().was_there);
    desk.is_well(&before, "made").await;

    desk.edit("The price list of the day", "The prices of the day");
    assert_eq!(desk.spec(&desk.client).status().await.unwrap().standing, Standing::ChangedHere);
    let plan = desk.plan(&PushOptions::default()).await.unwrap();
    let SpecStep::Replace { changes, .. } = &plan.spec else { panic!("{plan:?}") };
    assert_eq!(changes.len(), 1, "{changes:?}");
    assert_eq!(changes[0].place.to_string(), "description");
    assert_eq!(desk.push().await.unwrap().done, Done::Replaced);
    desk.is_well(&before, "updated").await;
    assert_eq!(desk.push().await.unwrap().done, Done::Nothing);

    // Someone else, in a folder of their own.
    let elsewhere = Desk::new();
    std::fs::remove_file(elsewhere.file()).unwrap();
    let empty = Document::new(FILE, 0, Text::new(""));
    let theirs = Spec::new(&desk.client, &elsewhere.file(), empty);
    let pull = theirs.pull(Some(&pushed.id), Prefer::Neither).await.unwrap();
    elsewhere.write(&pull.file);
    theirs.pulled(&pull).await.unwrap();
    let (ours, file): (Value, Value) =
        (serde_json::from_str(&desk.text()).unwrap(), serde_json::from_str(&elsewhere.text()).unwrap());
    assert_eq!(ours, file);
    let theirs = || elsewhere.spec(&desk.client);
    assert_eq!(theirs().status().await.unwrap().standing, Standing::UpToDate);

    // Both change something, the other one is faster.
    elsewhere.edit("\"version\": \"1.0\"", "\"version\": \"1.1\"");
    assert_eq!(elsewhere.push_with(&desk.client, &PushOptions::default()).await.unwrap().done, Done::Replaced);
    desk.edit("\"method\": \"GET\"", "\"method\": \"POST\"");
    let stopped = desk.push().await.unwrap_err();
    let Failure::Stopped(Stop::ChangedThere(changes)) = stopped else { panic!("{stopped:?}") };
    assert_eq!((changes.here.len(), changes.there.len(), changes.merge.conflicts.len()), (1, 1, 0), "{changes:?}");

    let spec = desk.spec(&desk.client);
    let pull = spec.pull(None, Prefer::Neither).await.unwrap();
    let merged = Edit::apply(&desk.text(), &pull.changes.merge.edits);
    project::replace_file(&desk.file(), &merged).unwrap();
    spec.pulled(&pull).await.unwrap();
    let expected = desk_text(&[("The price list", "The prices"), ("\"1.0\"", "\"1.1\""), ("\"GET\"", "\"POST\"")]);
    assert_eq!(desk.text(), expected);
    assert_eq!(desk.push().await.unwrap().done, Done::Replaced);
    desk.is_well(&before, "merged").await;
}

fn desk_text(edits: &[(&str, &str)]) -> String {
    edits.iter().fold(SPEC.to_owned(), |text, (from, to)| text.replacen(from, to, 1))
}

#[tokio::test]
async fn one_of_the_same_name_is_linked_and_not_made_again() {
    let desk = Desk::new();
    let id = desk.push().await.unwrap().id;
    std::fs::remove_file(desk.state_path()).unwrap();
    let stopped = desk.push().await.unwrap_err();
    let Failure::Stopped(Stop::SameName(found)) = stopped else { panic!("{stopped:?}") };
    assert_eq!((found.len(), &found[0].id, found[0].name.as_str(), found[0].differences), (1, &id, NAME, 0));
    let link = PushOptions { link: Some(id.clone()), ..PushOptions::default() };
    assert_eq!(desk.push_with(&desk.client, &link).await.unwrap().done, Done::Noted);
    assert_eq!(desk.linked().unwrap().id, Some(id));
    assert_eq!(desk.there().await.len(), 1);
}

#[tokio::test]
async fn a_second_one_of_the_name_is_made_when_that_is_wanted() {
    let desk = Desk::new();
    let first = desk.push().await.unwrap().id;
    desk.spec(&desk.client).unlink().await.unwrap();
    assert_eq!(desk.linked(), None);
    let create = PushOptions { create: true, ..PushOptions::default() };
    let second = desk.push_with(&desk.client, &create).await.unwrap();
    assert_eq!(second.done, Done::Created);
    assert_ne!(first, second.id);
    // Linked now, so that the wish is fulfilled.
    assert_eq!(desk.push_with(&desk.client, &create).await.unwrap().done, Done::Nothing);
    assert_eq!(desk.there().await.len(), 2);
}

#[tokio::test]
async fn a_spec_that_is_gone_is_made_again_only_when_that_is_wanted() {
    let desk = Desk::new();
    desk.push().await.unwrap();
    let other = Desk::new();
    std::fs::copy(desk.state_path(), other.state_path()).unwrap();
    let stopped = other.push().await.unwrap_err();
    assert!(matches!(stopped, Failure::Stopped(Stop::Gone { .. })), "{stopped:?}");
    assert_eq!(other.spec(&other.client).status().await.unwrap().standing, Standing::Gone);
    let create = PushOptions { create: true, ..PushOptions::default() };
    assert_eq!(other.push_with(&other.client, &create).await.unwrap().done, Done::Created);
}

#[tokio::test]
async fn what_was_changed_there_is_overwritten_only_when_that_is_wanted() {
    let (desk, other) = (Desk::new(), Desk::new());
    let id = desk.push().await.unwrap().id;
    other.edit("\"1.0\"", "\"2.0\"");
    let overwrite = PushOptions { link: Some(id), overwrite: true, ..PushOptions::default() };
    assert_eq!(other.push_with(&desk.client, &overwrite).await.unwrap().done, Done::Replaced);
    assert_eq!(desk.spec(&desk.client).status().await.unwrap().standing, Standing::ChangedThere);
    desk.push().await.unwrap_err();
    assert_eq!(desk.there().await[0]["version"], "2.0");
    let overwrite = PushOptions { overwrite: true, ..PushOptions::default() };
    assert_eq!(desk.push_with(&desk.client, &overwrite).await.unwrap().done, Done::Replaced);
    assert_eq!(desk.there().await[0]["version"], "1.0");
}

#[tokio::test]
async fn a_spec_with_errors_is_not_sent() {
    let desk = Desk::new();
    desk.edit("\"providerId\": \"0ed90a81-07f4-4586-8190-b40eccef1c5a\"", "\"providerId\": \"x\"");
    let since = desk.count();
    let stopped = desk.push().await.unwrap_err();
    assert!(matches!(stopped, Failure::Stopped(Stop::Mistakes(1))), "{stopped:?}");
    desk.write("{ \"name\": ");
    let stopped = desk.spec(&desk.client).plan(&Facts::default(), &PushOptions::default()).await.unwrap_err();
    assert!(matches!(stopped, Failure::Stopped(Stop::NoJson)), "{stopped:?}");
    assert_eq!(desk.asked(since), [] as [&str; 0]);
}
