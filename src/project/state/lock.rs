//! Reading and writing a state file, by one process at a time.

use std::fmt;
use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::{State, StateFile, json};
use crate::project::replace_file;

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
    path: PathBuf,
    lock: Option<File>,
}

impl StateFile {
    /// Reads the state; an empty one if the file does not exist.
    pub fn read(&self) -> Result<State, StateError> {
        match fs::read_to_string(&self.path) {
            Ok(text) => json::parse(&text).map_err(|problem| StateError::malformed(&self.path, &problem)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(State::default()),
            Err(error) => Err(StateError::io(&error, "read", &self.path)),
        }
    }

    /// Locks the file. `None` if another process has locked it.
    pub fn lock(&self) -> Result<Option<StateLock>, StateError> {
        let path = self.path.with_file_name(format!(".{}.lock", super::STATE_FILE_NAME));
        loop {
            let failed = |error: &io::Error| StateError::io(error, "lock", &self.path);
            let open = File::options().create(true).truncate(false).write(true).open(&path);
            let lock = open.map_err(|error| failed(&error))?;
            match lock.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Ok(None),
                Err(TryLockError::Error(error)) => return Err(failed(&error)),
            }
            // The previous owner may have removed the file in the meantime: then this one protects nothing.
            if is_current(&lock, &path) {
                return Ok(Some(StateLock { file: self.clone(), path, lock: Some(lock) }));
            }
        }
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
        replace_file(path, &json::write(state)).map_err(|error| StateError::io(&error, "write", path))
    }
}

impl Drop for StateLock {
    fn drop(&mut self) {
        // Removed while still locked, so that nobody else owns it. If that fails, it stays, empty and unlocked.
        if cfg!(unix) {
            let _ = fs::remove_file(&self.path);
        }
        drop(self.lock.take());
    }
}

/// Whether the locked file is still the one at this path.
#[cfg(unix)]
fn is_current(lock: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;

    let is_same = |a: &fs::Metadata, b: &fs::Metadata| (a.dev(), a.ino()) == (b.dev(), b.ino());
    matches!((lock.metadata(), fs::metadata(path)), (Ok(lock), Ok(current)) if is_same(&lock, &current))
}

/// On other systems the file is never removed.
#[cfg(not(unix))]
fn is_current(_: &File, _: &Path) -> bool {
    true
}
