//! What is known of the world outside a document: read from disk once, for all versions of the document that follow.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use tower_lsp::ls_types::Uri;

use super::convert;
use crate::lint::Facts;
use crate::lint::Remote;
use crate::project::{Project, Projects};

/// The world outside one document.
#[derive(Debug)]
pub(super) struct Surroundings {
    /// Where the document is. Of one that is no file nothing is known.
    path: Option<PathBuf>,
    /// How it stood on the service when that was last asked.
    remote: Option<Remote>,
    known: OnceLock<Known>,
}

/// What was read.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Known {
    /// What the features need.
    pub(super) facts: Facts,
    /// The project that counts for the document.
    pub(super) project: Option<Arc<Project>>,
}

impl Known {
    fn read(path: Option<&PathBuf>, remote: Option<&Remote>, projects: &Projects) -> Self {
        let (facts, project) = path.map(|path| projects.facts(path)).unwrap_or_default();
        Known { facts: Facts { remote: remote.cloned(), ..facts }, project }
    }
}

impl Surroundings {
    /// Those of a document, not yet read.
    pub(super) fn of(uri: &Uri, remote: Option<Remote>) -> Self {
        Surroundings { path: convert::path(uri), remote, known: OnceLock::new() }
    }

    /// What is known. Reads when nobody has, which may take its time: never on the protocol's thread.
    pub(super) fn get(&self) -> &Known {
        self.known.get_or_init(|| self.read(&Projects::default()))
    }

    fn read(&self, projects: &Projects) -> Known {
        Known::read(self.path.as_ref(), self.remote.as_ref(), projects)
    }

    /// What was read so far.
    pub(super) fn so_far(&self) -> Option<&Known> {
        self.known.get()
    }

    /// Reads again. `None` when all is as it was.
    pub(super) fn renewed(&self, projects: &Projects) -> Option<Self> {
        let known = self.read(projects);
        // A look may be reading at this moment: what it gets is what the new has to differ from.
        let (path, remote) = (self.path.clone(), self.remote.clone());
        (*self.get() != known).then(|| Surroundings { path, remote, known: OnceLock::from(known) })
    }

    /// The same where something else is known of the service. Reads nothing.
    pub(super) fn with(&self, remote: Option<Remote>) -> Self {
        let known = OnceLock::new();
        if let Some(Known { facts, project }) = self.so_far() {
            let facts = Facts { remote: remote.clone(), ..facts.clone() };
            let _ = known.set(Known { facts, project: project.clone() });
        }
        Surroundings { path: self.path.clone(), remote, known }
    }
}
