//! Reading and writing a state file, by one process at a time.

use std::fmt;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use super::folder_lock::Lock;
use super::{State, StateFile};
use crate::project::{read_text_file, replace_file};

/// Why a state file could not be read, written or locked, and how to fix it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StateError {
    message: String,
}

impl StateError {
    fn malformed(path: &Path, problem: &str) -> Self {
        StateError { message: format!("{} {problem}.", path.display()) }
    }

    fn io(error: &io::Error, action: &str, path: &Path) -> Self {
        let reason = match error.kind() {
            ErrorKind::PermissionDenied => "permission denied".to_owned(),
            ErrorKind::StorageFull => "no space left on the disk".to_owned(),
            ErrorKind::ReadOnlyFilesystem => "the disk is read-only".to_owned(),
            _ => error.to_string(),
        };
        StateError { message: format!("cannot {action} {}: {reason}.", path.display()) }
    }
}

impl fmt::Display for StateError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for StateError {}

/// A lock on a state file: no other process writes it until this is dropped.
#[derive(Debug)]
pub struct StateLock {
    file: StateFile,
    _lock: Lock,
}

impl StateFile {
    /// Reads the state; an empty one if the file does not exist.
    pub fn read(&self) -> Result<State, StateError> {
        match self.check_kind().and_then(|()| read_text_file(&self.path)) {
            Ok(text) => text.parse().map_err(|problem: String| StateError::malformed(&self.path, &problem)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(State::default()),
            Err(error) => Err(StateError::io(&error, "read", &self.path)),
        }
    }

    /// A symbolic link of a repository could lead to any file of this user, and opening a pipe would block.
    fn check_kind(&self) -> io::Result<()> {
        match fs::symlink_metadata(&self.path) {
            Ok(metadata) if metadata.is_symlink() => {
                Err(io::Error::other("it is a symbolic link; replace it by a file"))
            }
            Ok(metadata) if !metadata.is_file() => Err(io::Error::other("it is not a file")),
            // Reading and writing report what else is wrong.
            _ => Ok(()),
        }
    }

    /// Locks the file. `None` if another process has locked it.
    pub fn lock(&self) -> Result<Option<StateLock>, StateError> {
        let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let lock = Lock::of_folder(folder).or_else(|_| Lock::of_file(folder));
        let lock = lock.map_err(|error| StateError::io(&error, "lock", &self.path))?;
        Ok(lock.map(|lock| StateLock { file: self.clone(), _lock: lock }))
    }
}

impl StateLock {
    /// Reads the state; an empty one if the file does not exist.
    pub fn read(&self) -> Result<State, StateError> {
        self.file.read()
    }

    /// Replaces the state atomically.
    pub fn write(&self, state: &State) -> Result<(), StateError> {
        let path = &self.file.path;
        let written = self.file.check_kind().and_then(|()| replace_file(path, &state.to_string()));
        written.map_err(|error| StateError::io(&error, "write", path))
    }
}
