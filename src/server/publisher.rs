//! The only place that publishes findings.
//!
//! For each document one version is looked at at a time. Versions that come in meanwhile coalesce: the next look takes
//! the latest. So an older version is never published after a newer one, nothing is looked at twice, and there is no
//! pause between a key press and the look.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::JoinSet;
use tower_lsp::ls_types::{Diagnostic, Uri};

use super::convert;
use super::session::Session;
use crate::document::Document;
use crate::project::{self, Project};

/// What the handlers tell the publisher.
enum Event {
    Changed(Uri),
    Closed(Uri),
    Surroundings,
}

/// The inbox of the task that publishes; it ends when all of them are dropped and everything was looked at.
#[derive(Clone)]
pub(super) struct Publisher {
    inbox: UnboundedSender<Event>,
}

impl Publisher {
    pub(super) fn start(session: Arc<Session>) -> Self {
        let (inbox, events) = unbounded_channel();
        tokio::spawn(
            Desk { session, open: HashMap::new(), looks: JoinSet::new(), opened: 0, projects: HashMap::new() }
                .work(events),
        );
        Publisher { inbox }
    }

    /// A document was opened or changed.
    pub(super) fn changed(&self, uri: Uri) {
        self.tell(Event::Changed(uri));
    }

    /// More, or something else, is known of the world outside the open documents.
    pub(super) fn surroundings(&self) {
        self.tell(Event::Surroundings);
    }

    /// A document was closed.
    pub(super) fn closed(&self, uri: Uri) {
        self.tell(Event::Closed(uri));
    }

    fn tell(&self, event: Event) {
        // The task lives as long as this sender.
        let _ = self.inbox.send(event);
    }
}

/// One document as the publisher knows it.
struct Open {
    /// Tells this opening of the document from others.
    ticket: u64,
    /// A version is being looked at.
    busy: bool,
    /// The revision that is, or was last, looked at.
    looked: Option<u64>,
}

/// One version that was looked at.
struct Look {
    uri: Uri,
    ticket: u64,
    version: i32,
    found: Vec<Diagnostic>,
}

struct Desk {
    session: Arc<Session>,
    open: HashMap<Uri, Open>,
    looks: JoinSet<Look>,
    opened: u64,
    /// The project files with problems, as they were published.
    projects: HashMap<PathBuf, Arc<Project>>,
}

impl Desk {
    async fn work(mut self, mut events: UnboundedReceiver<Event>) {
        let mut more = true;
        loop {
            tokio::select! {
                event = events.recv(), if more => match event {
                    // An editor that asks by itself is told nothing of its documents.
                    Some(Event::Changed(_)) if self.session.peer().pulls => {}
                    Some(Event::Changed(uri)) => self.look(uri),
                    Some(Event::Closed(uri)) => self.clear(uri).await,
                    Some(Event::Surroundings) => self.publish_projects().await,
                    None => more = false,
                },
                Some(look) = self.looks.join_next() => if let Ok(look) = look { self.publish(look).await },
                else => return,
            }
        }
    }

    /// Looks at the latest version of a document, unless that was done; while another is being looked at, not yet.
    fn look(&mut self, uri: Uri) {
        let Some(snapshot) = self.session.documents.get(&uri) else { return };
        let open = self.open.entry(uri.clone()).or_insert_with(|| {
            self.opened += 1;
            Open { ticket: self.opened, busy: false, looked: None }
        });
        if open.busy || open.looked == Some(snapshot.revision) {
            return;
        }
        (open.busy, open.looked) = (true, Some(snapshot.revision));
        let (session, ticket) = (self.session.clone(), open.ticket);
        self.looks.spawn(async move {
            let (version, asked, asking) = (snapshot.document.version(), uri.clone(), session.clone());
            let found = session.workers.run(move || asking.diagnostics(&asked, &snapshot)).await;
            // After a panic nothing is known, and what was published before holds no more.
            Look { uri, ticket, version, found: found.unwrap_or_default() }
        });
    }

    /// Publishes what a look has found, unless the document was closed since, and goes on with what came in meanwhile.
    async fn publish(&mut self, Look { uri, ticket, version, found }: Look) {
        let Some(open) = self.open.get_mut(&uri).filter(|open| open.ticket == ticket) else { return };
        open.busy = false;
        self.session.client.publish_diagnostics(uri.clone(), found, Some(version)).await;
        self.look(uri);
        self.publish_projects().await;
    }

    async fn clear(&mut self, uri: Uri) {
        self.open.remove(&uri);
        if !self.session.peer().pulls {
            self.session.client.publish_diagnostics(uri, Vec::new(), None).await;
        }
        self.publish_projects().await;
    }

    /// Publishes what is wrong with the project files that count for open documents, as far as that is news. They are no
    /// documents of the editor's that it would ask about, so they are told to every editor.
    async fn publish_projects(&mut self) {
        let open = self.session.documents.all();
        let projects = open.iter().filter_map(|(_, snapshot)| snapshot.surroundings.so_far()?.project.clone());
        let wrong = projects.filter(|project| !project.problems().is_empty());
        let wrong: HashMap<_, _> = wrong.map(|project| (project.path().to_owned(), project)).collect();
        for path in self.projects.keys().filter(|path| !wrong.contains_key(*path)) {
            self.publish_problems(path, Vec::new()).await;
        }
        for (path, project) in wrong.iter().filter(|(path, project)| self.projects.get(*path) != Some(project)) {
            let document = Document::new(project::PROJECT_FILE_NAME, 0, project.text().clone());
            let problem = |problem| convert::problem(&document, self.session.peer(), problem);
            self.publish_problems(path, project.problems().iter().map(problem).collect()).await;
        }
        self.projects = wrong;
    }

    async fn publish_problems(&self, path: &Path, problems: Vec<Diagnostic>) {
        if let Some(uri) = Uri::from_file_path(path) {
            self.session.client.publish_diagnostics(uri, problems, None).await;
        }
    }
}
