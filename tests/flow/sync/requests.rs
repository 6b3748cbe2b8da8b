//! The requests of each action: the table in the documentation of `connspec::sync`.

use connspec::sync::{PushOptions, RegisterStep};

use super::fixture::Fixture;

/// The rows of the table: actions and their requests in order.
const TABLE: &[(&str, &[&str])] = &[
    (
        "push a new spec",
        &[
            "GET connectionSpecs",
            "GET flowSpecs/RestStorageToAEP",
            "GET connectionSpecs",
            "POST connectionSpecs",
            "GET connectionSpecs/ID",
            "GET connectionSpecs",
            "GET flowSpecs/RestStorageToAEP",
            "PUT flowSpecs/RestStorageToAEP",
            "GET flowSpecs/RestStorageToAEP",
            "GET flowSpecs/RestStorageToAEP",
        ],
    ),
    (
        "push a changed spec",
        &[
            "GET connectionSpecs/ID",
            "GET flowSpecs/RestStorageToAEP",
            "GET connectionSpecs",
            "GET connectionSpecs/ID",
            "PUT connectionSpecs/ID",
            "GET connectionSpecs/ID",
        ],
    ),
    ("push without changes", &["GET connectionSpecs/ID", "GET flowSpecs/RestStorageToAEP", "GET connectionSpecs"]),
    ("push with a link", &["GET connectionSpecs/ID", "GET flowSpecs/RestStorageToAEP", "GET connectionSpecs"]),
    ("pull", &["GET connectionSpecs/ID"]),
    ("status", &["GET connectionSpecs/ID", "GET flowSpecs/RestStorageToAEP", "GET connectionSpecs"]),
    (
        "register",
        &[
            "GET connectionSpecs/ID",
            "GET flowSpecs/RestStorageToAEP",
            "GET flowSpecs/RestStorageToAEP",
            "PUT flowSpecs/RestStorageToAEP",
            "GET flowSpecs/RestStorageToAEP",
            "GET flowSpecs/RestStorageToAEP",
        ],
    ),
    ("register again", &["GET connectionSpecs/ID", "GET flowSpecs/RestStorageToAEP"]),
];

async fn perform(author: &Fixture, action: &str) {
    let push = |options| async move { author.push_with(&author.client, &options).await.map(drop).unwrap() };
    match action {
        "push a changed spec" => {
            author.edit("\"1.0\"", "\"1.1\"");
            push(PushOptions::default()).await;
        }
        "push with a link" => {
            let link = author.linked().unwrap().id;
            std::fs::remove_file(author.state_path()).unwrap();
            push(PushOptions { link, ..PushOptions::default() }).await;
        }
        "pull" => _ = author.spec(&author.client).pull(None, None).await.unwrap(),
        "status" => _ = author.spec(&author.client).status().await.unwrap(),
        "register" | "register again" => {
            let spec = author.spec(&author.client);
            let (id, step) = spec.registration(None).await.unwrap();
            if matches!(step, RegisterStep::Register { .. }) {
                spec.register(&id).await.unwrap();
            }
        }
        _ => push(PushOptions::default()).await,
    }
}

#[tokio::test]
async fn actions_take_the_documented_requests() {
    let author = Fixture::new();
    for (action, requests) in TABLE.iter().filter(|(action, _)| !action.starts_with("register")) {
        let since = author.count();
        perform(&author, action).await;
        assert_eq!(author.requests_since(since), *requests, "{action}");
    }
    let unregistered = Fixture::new();
    let no_register = PushOptions { no_register: true, ..PushOptions::default() };
    unregistered.push_with(&unregistered.client, &no_register).await.unwrap();
    for (action, requests) in TABLE.iter().filter(|(action, _)| action.starts_with("register")) {
        let since = unregistered.count();
        perform(&unregistered, action).await;
        assert_eq!(unregistered.requests_since(since), *requests, "{action}");
    }
}

#[test]
fn the_table_is_in_the_documentation() {
    let documentation = include_str!("../../../src/sync.rs");
    for (action, requests) in TABLE {
        let writes = requests.iter().filter(|request| !request.starts_with("GET")).count();
        let row = format!("//! | {action} | {} | {writes} |", requests.len() - writes);
        assert!(documentation.contains(&row), "{row}");
    }
}

#[tokio::test]
async fn a_push_without_changes_does_not_write_the_state() {
    let author = Fixture::new();
    author.push().await.unwrap();
    let written = || std::fs::metadata(author.state_path()).unwrap().modified().unwrap();
    let before = written();
    // The same content in another layout.
    let value: serde_json::Value = serde_json::from_str(&author.text()).unwrap();
    author.write(&value.to_string());
    author.push().await.unwrap();
    assert_eq!(written(), before);
}
