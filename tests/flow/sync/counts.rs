//! How many requests each thing takes: the table in the documentation of `connspec::sync`.

use connspec::sync::{Prefer, PushOptions};

use super::desk::Desk;

/// The rows of the table: what is done, and its requests in turn.
const TABLE: &[(&str, &[&str])] = &[
    (
        "push a new spec",
        &[
            "GET connectionSpecs",
            "GET connectionSpecs",
            "POST connectionSpecs",
            "GET connectionSpecs/ID",
            "GET flowSpecs/RestStorageToAEP",
            "PUT flowSpecs/RestStorageToAEP",
            "GET flowSpecs/RestStorageToAEP",
        ],
    ),
    (
        "push a changed spec",
        &[
            "GET connectionSpecs/ID",
            "GET flowSpecs/RestStorageToAEP",
            "GET connectionSpecs/ID",
            "PUT connectionSpecs/ID",
            "GET connectionSpecs/ID",
        ],
    ),
    ("push without a change", &["GET connectionSpecs/ID", "GET flowSpecs/RestStorageToAEP"]),
    ("push with a link", &["GET connectionSpecs/ID", "GET flowSpecs/RestStorageToAEP"]),
    ("pull", &["GET connectionSpecs/ID"]),
    ("status", &["GET connectionSpecs/ID", "GET flowSpecs/RestStorageToAEP"]),
    (
        "register",
        &["GET flowSpecs/RestStorageToAEP", "PUT flowSpecs/RestStorageToAEP", "GET flowSpecs/RestStorageToAEP"],
    ),
    ("register again", &["GET flowSpecs/RestStorageToAEP"]),
];

async fn done(desk: &Desk, what: &str) {
    let push = |options| async move { desk.push_with(&desk.client, &options).await.map(drop).unwrap() };
    match what {
        "push a changed spec" => {
            desk.edit("\"1.0\"", "\"1.1\"");
            push(PushOptions::default()).await;
        }
        "push with a link" => {
            let link = desk.linked().unwrap().id;
            std::fs::remove_file(desk.state_path()).unwrap();
            push(PushOptions { link, ..PushOptions::default() }).await;
        }
        "pull" => _ = desk.spec(&desk.client).pull(None, Prefer::Neither).await.unwrap(),
        "status" => _ = desk.spec(&desk.client).status().await.unwrap(),
        "register" | "register again" => _ = desk.spec(&desk.client).register().await.unwrap(),
        _ => push(PushOptions::default()).await,
    }
}

#[tokio::test]
async fn the_requests_are_those_of_the_table() {
    let desk = Desk::new();
    for (what, requests) in TABLE.iter().filter(|(what, _)| !what.starts_with("register")) {
        let since = desk.count();
        done(&desk, what).await;
        assert_eq!(desk.asked(since), *requests, "{what}");
    }
    let unregistered = Desk::new();
    let no_register = PushOptions { no_register: true, ..PushOptions::default() };
    unregistered.push_with(&unregistered.client, &no_register).await.unwrap();
    for (what, requests) in TABLE.iter().filter(|(what, _)| what.starts_with("register")) {
        let since = unregistered.count();
        done(&unregistered, what).await;
        assert_eq!(unregistered.asked(since), *requests, "{what}");
    }
}

#[test]
fn the_table_is_in_the_documentation() {
    let documentation = include_str!("../../../src/sync.rs");
    for (what, requests) in TABLE {
        let writes = requests.iter().filter(|request| !request.starts_with("GET")).count();
        let row = format!("//! | {what} | {} | {writes} |", requests.len() - writes);
        assert!(documentation.contains(&row), "{row}");
    }
}

#[tokio::test]
async fn a_push_that_changes_nothing_writes_nothing_to_the_disk() {
    let desk = Desk::new();
    desk.push().await.unwrap();
    let written = || std::fs::metadata(desk.state_path()).unwrap().modified().unwrap();
    let before = written();
    // Written otherwise, and the same.
    let value: serde_json::Value = serde_json::from_str(&desk.text()).unwrap();
    desk.write(&value.to_string());
    desk.push().await.unwrap();
    assert_eq!(written(), before);
}
