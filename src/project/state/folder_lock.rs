//! A lock on a folder, by one process at a time.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::STATE_FILE_NAME;

/// A lock that ends when it is dropped, or with the process.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
    /// The file to remove while it is still locked.
    path: Option<PathBuf>,
}

impl Lock {
    /// Locks a folder. `None` if another process has locked it.
    ///
    /// # Errors
    ///
    /// Windows and some network file systems cannot lock folders.
    pub(super) fn of_folder(folder: &Path) -> io::Result<Option<Lock>> {
        let file = File::open(folder)?;
        Ok(try_lock(&file)?.then_some(Lock { _file: file, path: None }))
    }

    /// Locks a file in the folder, which is created for this and removed afterwards. `None` if another process has locked it.
    pub(super) fn of_file(folder: &Path) -> io::Result<Option<Lock>> {
        let path = folder.join(format!(".{STATE_FILE_NAME}.lock"));
        loop {
            let file = open(&path)?;
            if !file.metadata()?.is_file() {
                return Err(io::Error::other(format!("{} is not a file", path.display())));
            }
            if !try_lock(&file)? {
                return Ok(None);
            }
            // The previous owner may have removed the file in the meantime: then this one protects nothing.
            if is_current(&file, &path) {
                return Ok(Some(Lock { _file: file, path: Some(path) }));
            }
        }
    }
}

fn try_lock(file: &File) -> io::Result<bool> {
    match file.try_lock() {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// Opens or creates a file: neither the target of a symbolic link nor, waiting for a reader, a pipe.
fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
        std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, flags.bits().cast_signed());
    }
    options.open(path)
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Removed while still locked, so that nobody else owns it. If that fails, it stays, empty and unlocked.
        if let Some(path) = self.path.take().filter(|_| cfg!(unix)) {
            let _ = fs::remove_file(path);
        }
    }
}

/// Whether the locked file is still the one at this path.
#[cfg(unix)]
fn is_current(lock: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;

    let is_same = |a: &fs::Metadata, b: &fs::Metadata| (a.dev(), a.ino()) == (b.dev(), b.ino());
    matches!((lock.metadata(), fs::symlink_metadata(path)), (Ok(lock), Ok(current)) if is_same(&lock, &current))
}

/// On other systems the file is never removed.
#[cfg(not(unix))]
fn is_current(_: &File, _: &Path) -> bool {
    true
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn a_lock_excludes_others_until_it_is_dropped() {
        let folder = tempfile::tempdir().unwrap();
        for lock in [Lock::of_folder, Lock::of_file] {
            let first = lock(folder.path()).unwrap();
            assert!(first.is_some());
            assert!(lock(folder.path()).unwrap().is_none());
            drop(first);
            assert!(lock(folder.path()).unwrap().is_some());
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    #[cfg(unix)]
    fn neither_a_link_nor_a_pipe_is_taken_for_a_lock_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(format!(".{STATE_FILE_NAME}.lock"));
        std::os::unix::fs::symlink(folder.path().join("target"), &path).unwrap();
        assert!(Lock::of_file(folder.path()).is_err());
        assert!(!folder.path().join("target").exists());
        fs::remove_file(&path).unwrap();
        let made = std::process::Command::new("mkfifo").arg(&path).status().unwrap();
        assert!(made.success());
        assert!(Lock::of_file(folder.path()).is_err());
    }
}
