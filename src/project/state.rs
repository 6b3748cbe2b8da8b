//! What was last pushed and pulled: which spec of a folder is which on the service, and how the service had it then. One
//! small file for all specs of a folder, meant to be committed: it holds no secrets, and its entries are sorted and spread
//! over lines, so that two people's changes can be merged.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::{PROJECT_FILE_NAME, absolute, relative_path};

mod json;
mod lock;

pub use lock::{StateError, StateLock};

/// The name of the file.
pub const STATE_FILE_NAME: &str = "connspec.state.json";

/// Where a spec was pushed to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sandbox {
    /// The organization, `…@AdobeOrg`.
    pub org: String,
    /// The sandbox's name.
    pub name: String,
}

/// What is known of one spec in one sandbox.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LinkedSpec {
    /// Its id on the service. `None` while it is not known whether the service has it.
    pub id: Option<String>,
    /// The spec as the service last had it, as JSON, without what the service manages.
    pub base: Option<String>,
    /// The spec as it was sent then, where the service keeps it otherwise.
    pub sent: Option<String>,
    /// That it was about to be created, when nobody knows yet what came of that.
    pub intent: Option<Intent>,
}

impl LinkedSpec {
    /// The spec as it was sent when it was last the same here and there.
    pub fn sent(&self) -> Option<&str> {
        self.sent.as_deref().or(self.base.as_deref())
    }
}

/// That a spec is about to be created.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Intent {
    /// The name that it was to get.
    pub name: String,
    /// The ids of the specs that had this name and provider before.
    pub existing_ids: Vec<String>,
}

/// All that such a file says: by sandbox and by the spec's path from the file's folder, with `/`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct State {
    /// The specs.
    pub specs: BTreeMap<(Sandbox, String), LinkedSpec>,
}

/// Where such a file is, or would be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StateFile {
    path: PathBuf,
}

impl StateFile {
    /// The one for a spec: the nearest that there is, from the spec's folder up to the repository's root; else a new one
    /// beside `connspec.toml`, or in the repository's root, or beside the spec.
    pub fn for_spec(spec: &Path) -> StateFile {
        let spec = absolute(spec);
        let beside = spec.parent().unwrap_or(Path::new("/"));
        let mut folders: Vec<&Path> = Vec::new();
        let mut root = None;
        for folder in beside.ancestors() {
            folders.push(folder);
            if folder.join(".git").exists() {
                root = Some(folder);
                break;
            }
        }
        if root.is_none() {
            // Outside of a repository only what lies beside a project file is looked for.
            let project = folders.iter().position(|folder| folder.join(PROJECT_FILE_NAME).is_file());
            folders.truncate(project.unwrap_or(0) + 1);
        }
        let has = |name: &str| folders.iter().find(|folder| folder.join(name).is_file()).copied();
        let folder = has(STATE_FILE_NAME).or_else(|| has(PROJECT_FILE_NAME)).or(root).unwrap_or(beside);
        StateFile { path: folder.join(STATE_FILE_NAME) }
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What a spec is called in it.
    pub fn relative_path(&self, spec: &Path) -> Option<String> {
        relative_path(&self.path, spec)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests;
