//! What is known about a document beyond its text. It is read from disk once, for all versions of the document that follow.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use tower_lsp::ls_types::Uri;

use super::convert;
use crate::lint::{Facts, Remote};
use crate::project::{Project, Projects};

/// The context of one document.
#[derive(Debug)]
pub(super) struct DocumentContext {
    /// `None` of a document that is not a file: nothing is read for it.
    path: Option<PathBuf>,
    /// The state of the remote spec when it was last read.
    remote: Option<Remote>,
    loaded: OnceLock<Loaded>,
}

/// What was read.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Loaded {
    /// What the features need.
    pub(super) facts: Facts,
    /// The project that the document belongs to.
    pub(super) project: Option<Arc<Project>>,
}

impl DocumentContext {
    /// The context of a document, not yet loaded.
    pub(super) fn new(uri: &Uri, remote: Option<Remote>) -> Self {
        DocumentContext { path: convert::file_path(uri), remote, loaded: OnceLock::new() }
    }

    /// The first call reads from disk: never on the protocol's thread.
    pub(super) fn get(&self) -> &Loaded {
        self.loaded.get_or_init(|| self.load(&Projects::default()))
    }

    /// The context, if it is loaded already.
    pub(super) fn loaded(&self) -> Option<&Loaded> {
        self.loaded.get()
    }

    fn load(&self, projects: &Projects) -> Loaded {
        let (facts, project) = self.path.as_ref().map(|path| projects.facts(path)).unwrap_or_default();
        Loaded { facts: Facts { remote: self.remote.clone(), ..facts }, project }
    }

    /// Reads again. `None` when nothing has changed.
    pub(super) fn reloaded(&self, projects: &Projects) -> Option<Self> {
        let loaded = self.load(projects);
        // Another thread may be loading at this moment: its result is what the new one has to differ from.
        let (path, remote) = (self.path.clone(), self.remote.clone());
        (*self.get() != loaded).then(|| DocumentContext { path, remote, loaded: OnceLock::from(loaded) })
    }

    /// The same with another state of the remote spec. Reads nothing.
    pub(super) fn with_remote(&self, remote: Option<Remote>) -> Self {
        let loaded = OnceLock::new();
        if let Some(Loaded { facts, project }) = self.loaded() {
            let facts = Facts { remote: remote.clone(), ..facts.clone() };
            let _ = loaded.set(Loaded { facts, project: project.clone() });
        }
        DocumentContext { path: self.path.clone(), remote, loaded }
    }
}
