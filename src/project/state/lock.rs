//! One process at a time.

use std::fmt;
use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::{State, StateFile, json};
use crate::project::replace_file;

/// Why a state file could not be read, written or held: what is the matter with it and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StateError {
    message: String,
}

impl StateError {
    pub(super) fn new(message: impl Into<String>) -> Self {
        StateError { message: message.into() }
    }

    fn with_path(self, path: &Path) -> Self {
        StateError::new(format!("{}: {}.", path.display(), self.message))
    }

    fn of(error: &io::Error, doing: &str, path: &Path) -> Self {
        let reason = match error.kind() {
            ErrorKind::PermissionDenied => "permission denied".to_owned(),
            ErrorKind::StorageFull => "no space is left on the disk".to_owned(),
            ErrorKind::ReadOnlyFilesystem => "the disk is read-only".to_owned(),
            _ => error.to_string(),
        };
        StateError::new(format!("cannot {doing} {}: {reason}.", path.display()))
    }
}

impl fmt::Display for StateError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for StateError {}

/// A state file that no other process writes until this is dropped.
#[derive(Debug)]
pub struct StateLock {
    file: StateFile,
    lock: PathBuf,
    held: Option<File>,
}

impl StateFile {
    /// What it says; nothing when it is not there.
    pub fn read(&self) -> Result<State, StateError> {
        match fs::read_to_string(&self.path) {
            Ok(text) => json::read(&text).map_err(|error| error.with_path(&self.path)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(State::default()),
            Err(error) => Err(StateError::of(&error, "read", &self.path)),
        }
    }

    /// Holds it. `None` while another process does.
    pub fn lock(&self) -> Result<Option<StateLock>, StateError> {
        let lock = self.path.with_file_name(format!(".{}.lock", super::STATE_FILE_NAME));
        loop {
            let failed = |error: &io::Error| StateError::of(error, "write beside", &self.path);
            let open = File::options().create(true).truncate(false).write(true).open(&lock);
            let held = open.map_err(|error| failed(&error))?;
            match held.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Ok(None),
                Err(TryLockError::Error(error)) => return Err(failed(&error)),
            }
            // Who held it before has taken the file away when it was done: then this one is nobody's any more.
            if is_still_there(&held, &lock) {
                return Ok(Some(StateLock { file: self.clone(), lock, held: Some(held) }));
            }
        }
    }
}

impl StateLock {
    /// What it says; nothing when it is not there.
    pub fn read(&self) -> Result<State, StateError> {
        self.file.read()
    }

    /// Writes it, as a whole or not at all.
    pub fn write(&self, state: &State) -> Result<(), StateError> {
        let path = &self.file.path;
        replace_file(path, &json::write(state)).map_err(|error| StateError::of(&error, "write", path))
    }
}

impl Drop for StateLock {
    fn drop(&mut self) {
        // While it is still held: nobody else can hold a file of this name. Should it stay, it stays empty and free.
        if cfg!(unix) {
            let _ = fs::remove_file(&self.lock);
        }
        drop(self.held.take());
    }
}

#[cfg(unix)]
fn is_still_there(held: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;

    let same = |a: &fs::Metadata, b: &fs::Metadata| (a.dev(), a.ino()) == (b.dev(), b.ino());
    matches!((held.metadata(), fs::metadata(path)), (Ok(held), Ok(there)) if same(&held, &there))
}

/// Elsewhere the file is never taken away.
#[cfg(not(unix))]
fn is_still_there(_: &File, _: &Path) -> bool {
    true
}
