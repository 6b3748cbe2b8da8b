//! What is known of the world outside the open documents, kept up to date.
//!
//! One task reads, one reading after another, so that nothing older ever replaces something newer. Occasions that come in
//! during a reading make one more.

use std::sync::Arc;

use serde_json::json;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tower_lsp::ls_types::{Registration, Uri};

use super::config;
use super::documents::Snapshot;
use super::publisher::Publisher;
use super::session::Session;
use super::surroundings::Surroundings;
use crate::project::{self, Projects};

/// The inbox of the task that reads; it ends when this is dropped.
pub(super) struct Watcher {
    inbox: UnboundedSender<bool>,
}

impl Watcher {
    pub(super) fn start(session: Arc<Session>, publisher: Publisher) -> Self {
        let (inbox, occasions) = unbounded_channel();
        tokio::spawn(work(session, publisher, occasions));
        Watcher { inbox }
    }

    /// Something outside the open documents may have changed. `refresh`: an editor that asks for findings is to ask again
    /// whether or not that concerns the open ones.
    pub(super) fn look(&self, refresh: bool) {
        // The task lives as long as this sender.
        let _ = self.inbox.send(refresh);
    }
}

async fn work(session: Arc<Session>, publisher: Publisher, mut occasions: UnboundedReceiver<bool>) {
    while let Some(mut refresh) = occasions.recv().await {
        while let Ok(more) = occasions.try_recv() {
            refresh |= more;
        }
        let open = session.documents.all();
        let changed = session.workers.run(move || renewed(open)).await.unwrap_or_default();
        let mut learned = false;
        for (uri, old, new) in changed {
            if session.documents.learn(&uri, &old, new) {
                publisher.changed(uri);
                session.workspace.changed();
                learned = true;
            }
        }
        publisher.surroundings();
        if refresh || learned {
            session.refresh();
        }
        // The lines above things count findings, which follow from what is known.
        if learned {
            session.refresh_lenses();
        }
    }
}

/// A document, what was known of the world outside it, and what is known now.
type Change = (Uri, Arc<Surroundings>, Surroundings);

fn renewed(open: Vec<(Uri, Snapshot)>) -> Vec<Change> {
    let projects = Projects::default();
    let change = |(uri, snapshot): (Uri, Snapshot)| {
        let new = snapshot.surroundings.renewed(&projects)?;
        Some((uri, snapshot.surroundings, new))
    };
    open.into_iter().filter_map(change).collect()
}

/// Asks the editor to tell when a file changes that a finding may depend on, if it wants to be asked.
pub(super) fn register(session: &Arc<Session>) {
    if !session.peer().registers_watchers {
        return;
    }
    let specs = format!("**/*{}", project::ENDING);
    let project = format!("**/{}", project::NAME);
    let patterns = [&*specs, &project, "**/*-{category,description,label}.txt", "**/*-icon.svg"];
    let watchers = patterns.map(|pattern| json!({ "globPattern": pattern }));
    let registration = Registration {
        id: "connspec-files".to_owned(),
        method: "workspace/didChangeWatchedFiles".to_owned(),
        register_options: Some(json!({ "watchers": watchers })),
    };
    config::register(session, registration, "changed files");
}
