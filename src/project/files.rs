//! Reading files of bounded size, and atomic replacement.

use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;

/// The maximum size of a file that is read, in bytes: far larger than any spec.
pub const MAX_FILE_BYTES: u64 = 64 << 20;

/// Reads a file of at most `max` bytes. Only a regular file is opened, since opening a pipe would wait for another program.
///
/// # Errors
///
/// It cannot be read, is larger ([`io::ErrorKind::FileTooLarge`]), or isn't a regular file.
pub fn read_file(path: &Path, max: u64) -> io::Result<Vec<u8>> {
    match fs::metadata(path)?.is_file() {
        true => read_bounded(path, max),
        false => Err(io::Error::other("not a regular file")),
    }
}

/// Reads at most `max` bytes from a file of any kind, including a pipe.
///
/// # Errors
///
/// It cannot be read, or is larger ([`io::ErrorKind::FileTooLarge`]).
pub fn read_bounded(path: &Path, max: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(max + 1).read_to_end(&mut bytes)?;
    match bytes.len() as u64 > max {
        true => Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("larger than {} MB", max >> 20))),
        false => Ok(bytes),
    }
}

/// Reads a regular file of text of at most [`MAX_FILE_BYTES`].
///
/// # Errors
///
/// Those of [`read_file`], or it isn't UTF-8 ([`io::ErrorKind::InvalidData`]).
pub fn read_text_file(path: &Path) -> io::Result<String> {
    String::from_utf8(read_file(path, MAX_FILE_BYTES)?)
        .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
}

/// Replaces the content of a file atomically, even if the machine crashes; creates the file if it does not exist. Symbolic
/// links and permissions are kept.
pub fn replace_file(path: &Path, content: &str) -> io::Result<()> {
    let (path, permissions) = match fs::canonicalize(path) {
        Ok(path) => {
            let permissions = fs::metadata(&path)?.permissions();
            (path, Some(permissions))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => (path.to_owned(), None),
        Err(error) => return Err(error),
    };
    if permissions.as_ref().is_some_and(fs::Permissions::readonly) {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "the file is read-only"));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut new = new_in(folder)?;
    new.write_all(content.as_bytes())?;
    if let Some(permissions) = permissions {
        new.as_file().set_permissions(permissions)?;
    }
    new.as_file().sync_all()?;
    new.persist(&path).map_err(|error| error.error)?;
    sync_folder(folder)
}

/// A temporary file with the default permissions of a new file.
#[cfg(unix)]
fn new_in(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    use std::os::unix::fs::PermissionsExt;

    tempfile::Builder::new().permissions(fs::Permissions::from_mode(0o666)).tempfile_in(folder)
}

#[cfg(not(unix))]
fn new_in(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    tempfile::NamedTempFile::new_in(folder)
}

/// Makes the new directory entry durable.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    fs::File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_too_large_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        fs::File::create(&path).unwrap().set_len(MAX_FILE_BYTES + 1).unwrap();
        assert_eq!(read_file(&path, MAX_FILE_BYTES).unwrap_err().to_string(), "larger than 64 MB");
    }

    #[test]
    fn a_missing_file_is_created_and_an_existing_one_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        replace_file(&path, "one").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "one");
        replace_file(&path, "two").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "two");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    #[cfg(unix)]
    fn links_and_permissions_are_kept() {
        use std::os::unix::fs::PermissionsExt;

        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("a.txt"), folder.path().join("b.txt"));
        fs::write(&path, "one").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink(&path, &link).unwrap();
        replace_file(&link, "two").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&path).unwrap(), "two");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
    }

    #[test]
    fn a_read_only_file_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        fs::write(&path, "one").unwrap();
        let mut permissions = fs::metadata(&path).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions).unwrap();
        assert_eq!(replace_file(&path, "two").unwrap_err().kind(), io::ErrorKind::PermissionDenied);
        assert_eq!(fs::read_to_string(&path).unwrap(), "one");
    }
}
