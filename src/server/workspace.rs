//! The workspace: its folders, the connection specs in them, and whether something has changed.

mod report;
mod symbols;

use std::collections::HashMap;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;
use tower_lsp::ls_types::{InitializeParams, WorkspaceFoldersChangeEvent};

use super::convert;
use crate::lint::Facts;
use crate::project::{self, Projects};

pub(super) use report::report;
pub(super) use symbols::symbols;

/// The workspace of one session.
#[derive(Debug, Default)]
pub(super) struct Workspace {
    folders: Mutex<Vec<PathBuf>>,
    listing: Mutex<Option<Arc<Listing>>>,
    /// How often something on disk has changed.
    disk: AtomicU64,
    was_asked: AtomicBool,
    news: watch::Sender<News>,
}

/// What those wait for who have nothing new to tell.
#[derive(Debug, Default, Clone, Copy)]
struct News {
    changes: u64,
    closing: bool,
}

/// The specs on disk as they were found at one time.
#[derive(Debug, Default)]
struct Listing {
    /// The count of changes before it was made.
    disk: u64,
    /// By path.
    specs: Vec<PathBuf>,
    projects: Projects,
    /// The names of what was last found in specs that are not open.
    ids: Mutex<HashMap<PathBuf, String>>,
}

/// A spec that was read from disk.
struct Read {
    text: String,
    facts: Facts,
    /// A name for all that its findings depend on.
    id: String,
}

impl Workspace {
    /// Takes note of the folders that the editor has open.
    pub(super) fn meet(&self, said: &InitializeParams) {
        #[expect(deprecated, reason = "editors of earlier versions of the protocol have one folder")]
        let root = said.root_uri.as_ref();
        let uris = match &said.workspace_folders {
            Some(folders) => folders.iter().map(|folder| &folder.uri).collect(),
            None => Vec::from_iter(root),
        };
        *lock(&self.folders) = uris.into_iter().filter_map(convert::path).collect();
    }

    /// Folders were opened or closed.
    pub(super) fn change_folders(&self, change: &WorkspaceFoldersChangeEvent) {
        let removed: Vec<_> = change.removed.iter().filter_map(|folder| convert::path(&folder.uri)).collect();
        let added = change.added.iter().filter_map(|folder| convert::path(&folder.uri));
        let mut folders = lock(&self.folders);
        folders.retain(|folder| !removed.contains(folder));
        folders.extend(added);
        drop(folders);
        self.disk_changed();
    }

    /// The open folders.
    pub(super) fn folders(&self) -> Vec<PathBuf> {
        lock(&self.folders).clone()
    }

    /// The outermost of the open folders around a file.
    pub(super) fn folder_of(&self, file: &Path) -> Option<PathBuf> {
        let folders = lock(&self.folders);
        folders.iter().filter(|folder| file.starts_with(folder)).min_by_key(|folder| folder.as_os_str().len()).cloned()
    }

    /// An open document has changed, or what is known of the world outside it.
    pub(super) fn changed(&self) {
        self.news.send_modify(|news| news.changes += 1);
    }

    /// Something on disk may have changed.
    pub(super) fn disk_changed(&self) {
        self.disk.fetch_add(1, Ordering::Relaxed);
        self.changed();
    }

    /// The editor says goodbye: nobody is to wait any longer.
    pub(super) fn close(&self) {
        self.news.send_modify(|news| news.closing = true);
    }

    /// Whether the editor has asked for the findings of the whole workspace.
    pub(super) fn was_asked(&self) -> bool {
        self.was_asked.load(Ordering::Relaxed)
    }

    /// The specs of the workspace as they are now. Searches the disk when something has changed there, until `go_on` says
    /// no: never on the protocol's thread.
    fn listing(&self, go_on: impl Fn() -> bool) -> Arc<Listing> {
        let disk = self.disk.load(Ordering::Relaxed);
        if let Some(listing) = lock(&self.listing).as_ref().filter(|listing| listing.disk == disk) {
            return listing.clone();
        }
        let folders = lock(&self.folders).clone();
        let mut specs: Vec<_> =
            folders.iter().flat_map(|folder| project::find_specs(folder, &go_on)).filter_map(Result::ok).collect();
        specs.sort();
        specs.dedup();
        let listing = Arc::new(Listing { disk, specs, ..Listing::default() });
        if go_on() {
            *lock(&self.listing) = Some(listing.clone());
        }
        listing
    }
}

impl Listing {
    /// The name of what was last found in a spec on disk.
    fn id(&self, path: &Path) -> Option<String> {
        lock(&self.ids).get(path).cloned()
    }

    /// Reads a spec. `None` when it cannot be read, or is not UTF-8.
    fn read(&self, path: &Path) -> Option<Read> {
        let text = fs::read(path).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        let read = text.map(|text| {
            let facts = self.projects.facts(path).0;
            let mut hasher = DefaultHasher::new();
            (&text, &facts).hash(&mut hasher);
            Read { text, facts, id: format!("disk-{:016x}", hasher.finish()) }
        });
        let id = read.as_ref().map_or(UNREADABLE, |read| &read.id);
        lock(&self.ids).insert(path.to_owned(), id.to_owned());
        read
    }
}

/// The name of what is found in a spec that cannot be read: nothing.
const UNREADABLE: &str = "disk-unreadable";

/// Nothing panics while it holds a lock.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
