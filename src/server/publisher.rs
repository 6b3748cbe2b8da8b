//! The only place that publishes diagnostics.
//!
//! One version of a document is analysed at a time. A version that comes in meanwhile stops it; the latest is next. So an
//! older version is never published after a newer one, no version is analysed twice, and there is no pause between a key
//! press and the analysis.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::JoinSet;
use tower_lsp::ls_types::{Diagnostic, Uri};

use super::convert;
use super::session::Session;
use crate::cancellation::CancelFlag;
use crate::document::Document;
use crate::project::{self, Project};

enum Event {
    Changed(Uri),
    Closed(Uri),
    ContextChanged,
}

/// The inbox of the task that publishes. The task ends when all of them are dropped and its work is done.
#[derive(Clone)]
pub(super) struct Publisher {
    inbox: UnboundedSender<Event>,
}

impl Publisher {
    pub(super) fn start(session: Arc<Session>) -> Self {
        let (inbox, events) = unbounded_channel();
        let (open, projects) = (HashMap::new(), HashMap::new());
        let task = PublisherTask { session, open, analyses: JoinSet::new(), opened: 0, projects };
        tokio::spawn(task.run(events));
        Publisher { inbox }
    }

    /// A document was opened or changed.
    pub(super) fn changed(&self, uri: Uri) {
        self.send(Event::Changed(uri));
    }

    /// A document was closed.
    pub(super) fn closed(&self, uri: Uri) {
        self.send(Event::Closed(uri));
    }

    /// The context of an open document was loaded or replaced.
    pub(super) fn context_changed(&self) {
        self.send(Event::ContextChanged);
    }

    fn send(&self, event: Event) {
        // The task lives as long as this sender.
        let _ = self.inbox.send(event);
    }
}

struct OpenDocument {
    /// Distinguishes this opening of the document from others.
    opening: u64,
    /// Stops the analysis that runs now.
    running: Option<CancelFlag>,
    /// The revision that is analysed now, or was last.
    analysed: Option<u64>,
}

struct Analysis {
    uri: Uri,
    opening: u64,
    version: i32,
    /// `None` if it was stopped.
    diagnostics: Option<Vec<Diagnostic>>,
}

struct PublisherTask {
    session: Arc<Session>,
    open: HashMap<Uri, OpenDocument>,
    analyses: JoinSet<Analysis>,
    opened: u64,
    /// The project files with problems, as they were published.
    projects: HashMap<PathBuf, Arc<Project>>,
}

impl PublisherTask {
    async fn run(mut self, mut events: UnboundedReceiver<Event>) {
        let mut is_open = true;
        loop {
            tokio::select! {
                event = events.recv(), if is_open => match event {
                    Some(Event::Changed(_)) if self.session.caps().pull_diagnostics => {}
                    Some(Event::Changed(uri)) => self.analyse(uri),
                    Some(Event::Closed(uri)) => self.clear(uri).await,
                    Some(Event::ContextChanged) => self.publish_projects().await,
                    None => is_open = false,
                },
                Some(analysis) = self.analyses.join_next() => if let Ok(analysis) = analysis {
                    self.publish(analysis).await;
                },
                else => return,
            }
        }
    }

    /// Analyses the latest version of a document, unless that is done or running. The analysis of another version is stopped,
    /// and this one starts when it has ended.
    fn analyse(&mut self, uri: Uri) {
        let Some(snapshot) = self.session.documents.get(&uri) else { return };
        let open = self.open.entry(uri.clone()).or_insert_with(|| {
            self.opened += 1;
            OpenDocument { opening: self.opened, running: None, analysed: None }
        });
        if open.analysed == Some(snapshot.revision) {
            return;
        }
        if let Some(running) = &open.running {
            return running.set();
        }
        let flag = CancelFlag::default();
        (open.running, open.analysed) = (Some(flag.clone()), Some(snapshot.revision));
        let (session, opening, version) = (self.session.clone(), open.opening, snapshot.document.version());
        self.analyses.spawn(async move {
            let (shared, of) = (session.clone(), uri.clone());
            let work = move || flag.run(|| shared.client_diagnostics(&of, &snapshot));
            // After a panic nothing is known, and what was published before is outdated.
            let diagnostics = session.pool.run(work).await.unwrap_or_else(|| Some(Vec::new()));
            Analysis { uri, opening, version, diagnostics }
        });
    }

    /// Publishes the result of an analysis, unless the document was closed since, and goes on with later versions.
    async fn publish(&mut self, Analysis { uri, opening, version, diagnostics }: Analysis) {
        let Some(open) = self.open.get_mut(&uri).filter(|open| open.opening == opening) else { return };
        open.running = None;
        if let Some(diagnostics) = diagnostics {
            self.session.client.publish_diagnostics(uri.clone(), diagnostics, Some(version)).await;
        }
        self.analyse(uri);
        self.publish_projects().await;
    }

    async fn clear(&mut self, uri: Uri) {
        if let Some(running) = self.open.remove(&uri).and_then(|open| open.running) {
            running.set();
        }
        if !self.session.caps().pull_diagnostics {
            self.session.client.publish_diagnostics(uri, Vec::new(), None).await;
        }
        self.publish_projects().await;
    }

    /// Publishes the problems in the project files of open documents, where they have changed. Clients do not pull those:
    /// a project file is not a document of this server's.
    async fn publish_projects(&mut self) {
        let open = self.session.documents.all();
        let projects = open.iter().filter_map(|(_, snapshot)| snapshot.context.loaded()?.project.clone());
        let faulty = projects.filter(|project| !project.problems().is_empty());
        let faulty: HashMap<_, _> = faulty.map(|project| (project.path().to_owned(), project)).collect();
        for path in self.projects.keys().filter(|path| !faulty.contains_key(*path)) {
            self.publish_problems(path, Vec::new()).await;
        }
        for (path, project) in faulty.iter().filter(|(path, project)| self.projects.get(*path) != Some(project)) {
            let document = Document::new(project::PROJECT_FILE_NAME, 0, project.text().clone());
            let converted = |problem| convert::project_diagnostic(&document, self.session.caps(), problem);
            self.publish_problems(path, project.problems().iter().map(converted).collect()).await;
        }
        self.projects = faulty;
    }

    async fn publish_problems(&self, path: &Path, problems: Vec<Diagnostic>) {
        if let Some(uri) = Uri::from_file_path(path) {
            self.session.client.publish_diagnostics(uri, problems, None).await;
        }
    }
}
