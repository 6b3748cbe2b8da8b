//! What is known of the world outside the open documents, kept up to date.
//!
//! One task reads, one reading after another, so that nothing older ever replaces something newer. Occasions that come in
//! during a reading make one more.

use std::sync::Arc;

use serde_json::json;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::oneshot;
use tower_lsp::ls_types::{Registration, Uri};

use super::config;
use super::documents::Snapshot;
use super::publisher::Publisher;
use super::session::Session;
use super::standing::Teller;
use super::surroundings::Surroundings;
use crate::lint::Remote;
use crate::project::{self, Projects};

/// The inbox of the task that reads; it ends when all of them are dropped.
#[derive(Clone)]
pub(super) struct Watcher {
    inbox: UnboundedSender<Occasion>,
    teller: Teller,
}

/// Something is known otherwise than before.
enum Occasion {
    /// Something on disk may have changed.
    Disk {
        /// An editor that asks for findings is to ask again whether or not that concerns the open documents.
        refresh: bool,
    },
    /// How a document stands on the service, or what that has said of it.
    Service { uri: Uri, remote: Option<Remote>, done: oneshot::Sender<()> },
}

impl Watcher {
    pub(super) fn start(session: Arc<Session>, publisher: Publisher, teller: Teller) -> Self {
        let (inbox, occasions) = unbounded_channel();
        let desk = Desk { session, publisher, teller: teller.clone() };
        tokio::spawn(desk.work(occasions));
        Watcher { inbox, teller }
    }

    /// Something outside the open documents may have changed. `refresh`: an editor that asks for findings is to ask again
    /// whether or not that concerns the open ones.
    pub(super) fn look(&self, refresh: bool) {
        // The task lives as long as this sender.
        let _ = self.inbox.send(Occasion::Disk { refresh });
    }

    /// This is known now of how a document stands on the service. Ends when it counts.
    pub(super) async fn learn(&self, uri: Uri, remote: Option<Remote>) {
        let (done, counts) = oneshot::channel();
        let _ = self.inbox.send(Occasion::Service { uri, remote, done });
        let _ = counts.await;
    }

    /// Another service counts, so what was known of documents holds no more.
    pub(super) async fn forget_service(&self, session: &Session) {
        for uri in session.remote.forget_all() {
            self.learn(uri, None).await;
        }
        self.teller.profile();
    }
}

struct Desk {
    session: Arc<Session>,
    publisher: Publisher,
    teller: Teller,
}

impl Desk {
    async fn work(self, mut occasions: UnboundedReceiver<Occasion>) {
        let session = &self.session;
        while let Some(first) = occasions.recv().await {
            let (mut disk, mut refresh, mut next) = (false, false, Some(first));
            let mut learned = false;
            while let Some(occasion) = next {
                match occasion {
                    Occasion::Disk { refresh: wanted } => (disk, refresh) = (true, refresh | wanted),
                    Occasion::Service { uri, remote, done } => {
                        let old = session.documents.get(&uri).map(|snapshot| snapshot.surroundings);
                        learned |= old.is_some_and(|old| self.learn(uri, &old, old.with(remote)));
                        // Who asked may be gone.
                        let _ = done.send(());
                    }
                }
                next = occasions.try_recv().ok();
            }
            if disk {
                let open = session.documents.all();
                let changed = session.workers.run(move || renewed(open)).await.unwrap_or_default();
                for (uri, old, new) in changed {
                    learned |= self.learn(uri, &old, new);
                }
                self.publisher.surroundings();
            }
            if refresh || learned {
                session.refresh();
            }
            // The lines above things count findings, which follow from what is known.
            if learned {
                session.refresh_lenses();
            }
        }
    }

    /// Something else is known around an open document.
    fn learn(&self, uri: Uri, old: &Arc<Surroundings>, new: Surroundings) -> bool {
        let learned = self.session.documents.learn(&uri, old, new);
        if learned {
            self.publisher.changed(uri.clone());
            self.teller.changed(uri);
            self.session.workspace.changed();
        }
        learned
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
    let specs = format!("**/*{}", project::SPEC_FILE_SUFFIX);
    let project = format!("**/{}", project::PROJECT_FILE_NAME);
    let patterns = [&*specs, &project, "**/*-{category,description,label}.txt", "**/*-icon.svg"];
    let watchers = patterns.map(|pattern| json!({ "globPattern": pattern }));
    let registration = Registration {
        id: "connspec-files".to_owned(),
        method: "workspace/didChangeWatchedFiles".to_owned(),
        register_options: Some(json!({ "watchers": watchers })),
    };
    config::register(session, registration, "changed files");
}
