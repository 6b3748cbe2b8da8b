//! The workspace: its folders, the specs in them, and whether anything has changed.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use tokio::sync::watch;
use tower_lsp::ls_types::{InitializeParams, WorkspaceFoldersChangeEvent};

use super::convert;
use super::pool::lock;
use crate::lint::Facts;
use crate::project::{self, Projects};

/// The workspace of one session.
#[derive(Debug, Default)]
pub(super) struct Workspace {
    folders: Mutex<Vec<PathBuf>>,
    index: Mutex<Option<Arc<SpecIndex>>>,
    /// How often something on disk has changed.
    disk: AtomicU64,
    is_pulled: AtomicBool,
    state: watch::Sender<State>,
}

/// What held requests wait for.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct State {
    changes: u64,
    pub(super) is_closing: bool,
}

/// The specs on disk at one time.
#[derive(Debug, Default)]
pub(super) struct SpecIndex {
    /// [`Workspace::disk`] before the search.
    disk: u64,
    /// By path.
    pub(super) specs: Vec<PathBuf>,
    projects: Projects,
    /// The last result ids of specs that are not open.
    ids: Mutex<HashMap<PathBuf, String>>,
}

/// A spec that was read from disk.
pub(super) struct ReadSpec {
    pub(super) text: String,
    pub(super) facts: Facts,
    /// Identifies all that its diagnostics depend on.
    pub(super) id: String,
}

/// The result id of a spec that cannot be read: it has no diagnostics.
pub(super) const UNREADABLE: &str = "disk-unreadable";

impl Workspace {
    /// The folders that are open at the start.
    pub(super) fn initialize(&self, params: &InitializeParams) {
        #[expect(deprecated, reason = "clients of earlier versions of the protocol have one folder")]
        let root = params.root_uri.as_ref();
        let uris = match &params.workspace_folders {
            Some(folders) => folders.iter().map(|folder| &folder.uri).collect(),
            None => Vec::from_iter(root),
        };
        *lock(&self.folders) = uris.into_iter().filter_map(convert::file_path).collect();
    }

    /// Folders were opened or closed.
    pub(super) fn change_folders(&self, change: &WorkspaceFoldersChangeEvent) {
        let removed: Vec<_> = change.removed.iter().filter_map(|folder| convert::file_path(&folder.uri)).collect();
        let added = change.added.iter().filter_map(|folder| convert::file_path(&folder.uri));
        let mut folders = lock(&self.folders);
        folders.retain(|folder| !removed.contains(folder));
        folders.extend(added);
        drop(folders);
        self.disk_changed();
    }

    pub(super) fn folders(&self) -> Vec<PathBuf> {
        lock(&self.folders).clone()
    }

    /// The outermost of the open folders that contain a file.
    pub(super) fn folder_of(&self, file: &Path) -> Option<PathBuf> {
        let folders = lock(&self.folders);
        folders.iter().filter(|folder| file.starts_with(folder)).min_by_key(|folder| folder.as_os_str().len()).cloned()
    }

    /// An open document or its context has changed.
    pub(super) fn changed(&self) {
        self.state.send_modify(|state| state.changes += 1);
    }

    /// Something on disk may have changed.
    pub(super) fn disk_changed(&self) {
        self.disk.fetch_add(1, Ordering::Relaxed);
        self.changed();
    }

    /// The client shuts the server down: held requests have to be answered now.
    pub(super) fn close(&self) {
        self.state.send_modify(|state| state.is_closing = true);
    }

    /// The state, to wait for changes of it.
    pub(super) fn subscribe(&self) -> watch::Receiver<State> {
        self.state.subscribe()
    }

    /// Whether the client has pulled the diagnostics of the workspace.
    pub(super) fn is_pulled(&self) -> bool {
        self.is_pulled.load(Ordering::Relaxed)
    }

    /// The client pulls the diagnostics of the workspace. Gives back whether it had done so before.
    pub(super) fn pulled(&self) -> bool {
        self.is_pulled.swap(true, Ordering::Relaxed)
    }

    /// The specs of the workspace. Searches the disk when something has changed there: never on the protocol's
    /// thread.
    pub(super) fn specs(&self) -> Arc<SpecIndex> {
        let disk = self.disk.load(Ordering::Relaxed);
        if let Some(index) = lock(&self.index).as_ref().filter(|index| index.disk == disk) {
            return index.clone();
        }
        let mut specs: Vec<_> =
            self.folders().iter().flat_map(|folder| project::find_specs(folder)).filter_map(Result::ok).collect();
        specs.sort();
        specs.dedup();
        let index = Arc::new(SpecIndex { disk, specs, ..SpecIndex::default() });
        *lock(&self.index) = Some(index.clone());
        index
    }
}

impl SpecIndex {
    /// The last result id of a spec on disk.
    pub(super) fn id(&self, path: &Path) -> Option<String> {
        lock(&self.ids).get(path).cloned()
    }

    /// Reads a spec. `None` when it cannot be read, or isn't UTF-8.
    pub(super) fn read(&self, path: &Path) -> Option<ReadSpec> {
        let read = project::read_text_file(path).ok().map(|text| {
            let facts = self.projects.facts(path).0;
            let mut hasher = DefaultHasher::new();
            (&text, &facts).hash(&mut hasher);
            ReadSpec { text, facts, id: format!("disk-{:016x}", hasher.finish()) }
        });
        let id = read.as_ref().map_or(UNREADABLE, |read| &read.id);
        lock(&self.ids).insert(path.to_owned(), id.to_owned());
        read
    }
}
