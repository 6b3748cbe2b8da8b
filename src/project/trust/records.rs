//! What was trusted, in the user's data folder: one file for each `connspec.toml`, readable by its owner only.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::request::{TrustRequest, key};
use crate::project::private_files::{is_private, read_private_file, sha256, write_private_file};

/// Larger files are not ours.
const MAX_BYTES: u64 = 1 << 20;

/// What was trusted of one file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
pub struct TrustRecord {
    /// The path of the file.
    pub path: String,
    /// The SHA-256 of the settings.
    pub sha256: String,
    /// What they do, in plain words.
    pub allows: Vec<String>,
}

/// The folder with the records.
#[derive(Debug, Clone)]
pub(super) struct Records {
    folder: PathBuf,
}

impl Records {
    pub(super) fn new(folder: PathBuf) -> Records {
        Records { folder }
    }

    fn file(&self, path: &Path) -> PathBuf {
        self.folder.join(sha256(path.as_os_str().as_encoded_bytes()) + ".json")
    }

    /// The record of a file. One that others could have written is ignored.
    pub(super) fn read(&self, path: &Path) -> Option<TrustRecord> {
        read(&self.folder, &self.file(path)).filter(|record| record.path == path.to_string_lossy())
    }

    /// Replaces the record of a file.
    pub(super) fn write(&self, request: &TrustRequest) -> io::Result<()> {
        let path = request.path().to_string_lossy().into_owned();
        let record = TrustRecord { path, sha256: request.fingerprint(), allows: request.sentences() };
        write_private_file(&self.file(request.path()), &serde_json::to_vec_pretty(&record)?)
    }

    /// All records, by path.
    pub(super) fn all(&self) -> Vec<TrustRecord> {
        let files = fs::read_dir(&self.folder).into_iter().flatten().filter_map(Result::ok);
        let mut all: Vec<_> = files.filter_map(|entry| read(&self.folder, &entry.path())).collect();
        all.sort_by(|one, other| one.path.cmp(&other.path));
        all
    }

    /// Removes the record of a file, which need not exist any more. Returns whether there was one.
    pub(super) fn remove(&self, path: &Path) -> io::Result<bool> {
        match fs::remove_file(self.file(&key(path))) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }
}

fn read(folder: &Path, path: &Path) -> Option<TrustRecord> {
    if !fs::metadata(folder).is_ok_and(|folder| is_private(&folder)) {
        return None;
    }
    serde_json::from_slice(&read_private_file(path, MAX_BYTES).ok()?).ok()
}
