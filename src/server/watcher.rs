//! The contexts of open documents, kept up to date.
//!
//! One task reads, one time after another, so that an older state never replaces a newer one. Events that come in during a
//! reading lead to one more.

use std::sync::Arc;

use serde_json::json;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::oneshot;
use tower_lsp::ls_types::{Registration, Uri};

use super::client_request;
use super::context::DocumentContext;
use super::documents::Snapshot;
use super::publisher::Publisher;
use super::session::Session;
use super::status_notifier::StatusNotifier;
use crate::lint::Remote;
use crate::project::{self, Projects};

enum Event {
    /// Something on disk may have changed.
    Disk {
        /// A client that pulls diagnostics is to pull again whether or not that concerns open documents.
        refresh: bool,
    },
    /// The state of the remote spec of a document, or what Flow Service reported for it, is known to be another.
    Remote { uri: Uri, remote: Option<Remote>, done: oneshot::Sender<()> },
}

/// The inbox of the task that reads. The task ends when all of them are dropped.
#[derive(Clone)]
pub(super) struct Watcher {
    inbox: UnboundedSender<Event>,
    notifier: StatusNotifier,
}

impl Watcher {
    pub(super) fn start(session: Arc<Session>, publisher: Publisher, notifier: StatusNotifier) -> Self {
        let (inbox, events) = unbounded_channel();
        let task = WatcherTask { session, publisher, notifier: notifier.clone() };
        tokio::spawn(task.run(events));
        Watcher { inbox, notifier }
    }

    /// Something on disk may have changed. `refresh`: a client that pulls diagnostics is to pull again whether or not that
    /// concerns open documents.
    pub(super) fn disk_changed(&self, refresh: bool) {
        // The task lives as long as this sender.
        let _ = self.inbox.send(Event::Disk { refresh });
    }

    /// Takes note of the state of the remote spec of a document. Returns when it applies.
    pub(super) async fn learn(&self, uri: Uri, remote: Option<Remote>) {
        let (done, applied) = oneshot::channel();
        let _ = self.inbox.send(Event::Remote { uri, remote, done });
        let _ = applied.await;
    }

    /// Another profile applies: forgets all remote state.
    pub(super) async fn forget_service(&self, session: &Session) {
        for uri in session.remote.forget_all() {
            self.learn(uri, None).await;
        }
        self.notifier.profile();
    }
}

struct WatcherTask {
    session: Arc<Session>,
    publisher: Publisher,
    notifier: StatusNotifier,
}

impl WatcherTask {
    async fn run(self, mut events: UnboundedReceiver<Event>) {
        let session = &self.session;
        while let Some(first) = events.recv().await {
            let (mut disk, mut refresh, mut changed, mut next) = (false, false, false, Some(first));
            while let Some(event) = next {
                match event {
                    Event::Disk { refresh: wanted } => (disk, refresh) = (true, refresh | wanted),
                    Event::Remote { uri, remote, done } => {
                        let old = session.documents.get(&uri).map(|snapshot| snapshot.context);
                        changed |= old.is_some_and(|old| self.replace(uri, &old, old.with_remote(remote)));
                        // Nobody may wait for it any more.
                        let _ = done.send(());
                    }
                }
                next = events.try_recv().ok();
            }
            if disk {
                let open = session.documents.all();
                for (uri, old, new) in session.pool.run(move || reloaded(open)).await.unwrap_or_default() {
                    changed |= self.replace(uri, &old, new);
                }
                self.publisher.context_changed();
            }
            if refresh || changed {
                session.refresh_diagnostics();
            }
            // Code lenses count diagnostics.
            if changed {
                session.refresh_code_lenses();
            }
        }
    }

    fn replace(&self, uri: Uri, old: &Arc<DocumentContext>, new: DocumentContext) -> bool {
        let replaced = self.session.documents.replace_context(&uri, old, new);
        if replaced {
            self.publisher.changed(uri.clone());
            self.notifier.changed(uri);
            self.session.workspace.changed();
        }
        replaced
    }
}

/// The contexts that have changed on disk: old and new.
fn reloaded(open: Vec<(Uri, Snapshot)>) -> Vec<(Uri, Arc<DocumentContext>, DocumentContext)> {
    let projects = Projects::default();
    let changed = |(uri, snapshot): (Uri, Snapshot)| {
        let new = snapshot.context.reloaded(&projects)?;
        Some((uri, snapshot.context, new))
    };
    open.into_iter().filter_map(changed).collect()
}

/// Registers for changes of the files that diagnostics depend on, where a client wants that.
pub(super) fn register(session: &Session) {
    if !session.caps().register_file_watchers {
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
    client_request::register(&session.client, registration);
}
