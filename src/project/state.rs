//! The state file: which spec of a folder is which remote one, and the remote version at the last push or pull. One small
//! file for all specs of a folder, meant to be committed: it contains no secrets, and its entries are sorted and spread over
//! lines so that the changes of two people can be merged.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use super::search::{folders_above, repository_root};
use super::{PROJECT_FILE_NAME, absolute, relative_path};

mod folder_lock;
mod json;
mod lock;

pub use lock::{StateError, StateLock};

/// The name of the file.
pub const STATE_FILE_NAME: &str = "connspec.state.json";

/// A sandbox of an organization.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sandbox {
    /// The organization ID, `…@AdobeOrg`.
    pub org: String,
    /// The name of the sandbox.
    pub name: String,
}

/// The state of one spec in one sandbox.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LinkedSpec {
    /// The ID of the remote spec. `None` while it is unknown whether it was created.
    pub id: Option<String>,
    /// The remote spec at the last push or pull, as JSON without the keys that the service manages.
    pub base: Option<String>,
    /// The local spec at the last push or pull, if it differs from `base`.
    pub sent: Option<String>,
    /// The creation of the spec, while its outcome is unknown.
    pub intent: Option<Intent>,
    /// The members of a later version of connspec, as JSON. They stay when the entry is replaced.
    pub unknown: Vec<String>,
}

impl LinkedSpec {
    /// The local spec at the last push or pull.
    pub fn sent(&self) -> Option<&str> {
        self.sent.as_deref().or(self.base.as_deref())
    }
}

/// A spec that is about to be created.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Intent {
    /// The name of the spec.
    pub name: String,
    /// The IDs of the specs that already had this name and provider.
    pub existing_ids: Vec<String>,
}

/// The content of a state file, by sandbox and by the path of the spec from the folder of the file, with `/`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct State {
    /// The specs.
    pub specs: BTreeMap<(Sandbox, String), LinkedSpec>,
    /// The members of a later version of connspec, as JSON. They stay when the file is written.
    pub unknown: Vec<String>,
}

/// From the text of a state file. The error says what is wrong with it.
impl FromStr for State {
    type Err = String;

    fn from_str(text: &str) -> Result<State, String> {
        json::parse(text)
    }
}

/// The text of a state file.
impl fmt::Display for State {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&json::write(self))
    }
}

/// A state file, which need not exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StateFile {
    path: PathBuf,
}

impl StateFile {
    /// The one for a spec: the nearest existing one, from the folder of the spec up to the root of the repository; else a new
    /// one beside `connspec.toml`, or in the root of the repository, or beside the spec.
    pub fn for_spec(spec: &Path) -> StateFile {
        let spec = absolute(spec);
        let beside = spec.parent().unwrap_or(Path::new("/"));
        let root = repository_root(beside).map(Path::to_owned);
        let mut folders = folders_above(beside);
        if root.is_none() {
            // Outside of a repository, folders above the project file are not searched.
            let project = folders.iter().position(|folder| folder.join(PROJECT_FILE_NAME).is_file());
            folders.truncate(project.unwrap_or(0) + 1);
        }
        let nearest = |name: &str| folders.iter().find(|folder| folder.join(name).is_file());
        let folder = nearest(STATE_FILE_NAME).or_else(|| nearest(PROJECT_FILE_NAME)).or(root.as_ref());
        let folder = folder.map_or(beside, PathBuf::as_path);
        StateFile { path: folder.join(STATE_FILE_NAME) }
    }

    /// The path of the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The path of a spec as in the file; see [`relative_path`].
    pub fn relative_path(&self, spec: &Path) -> Option<String> {
        relative_path(&self.path, spec)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests;
