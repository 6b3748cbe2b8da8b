//! The sample source, and writing it without harming what is there.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// A batch source with mistakes as they are found in published specs.
pub(super) const CONTENT: &str = include_str!("acme-connectionSpec.json");

/// Where the sample is now.
pub(super) struct Written {
    /// The file that holds it.
    pub(super) path: PathBuf,
    /// A file of its name with another content, left as it was.
    pub(super) kept: Option<PathBuf>,
}

/// Writes the sample into a folder, or finds it there. A file with another content keeps its name.
pub(super) fn write(folder: &Path) -> io::Result<Written> {
    fs::create_dir_all(folder).map_err(|error| explain(&error, "make the folder", folder))?;
    let mut kept = None;
    let mut number = 1;
    loop {
        let name = match number {
            1 => "acme-connectionSpec.json".to_owned(),
            number => format!("acme-{number}-connectionSpec.json"),
        };
        let path = folder.join(name);
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(mut file) => {
                file.write_all(CONTENT.as_bytes()).map_err(|error| explain(&error, "write", &path))?;
                return Ok(Written { path, kept });
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                if fs::read(&path).is_ok_and(|content| content == CONTENT.as_bytes()) {
                    return Ok(Written { path, kept });
                }
                kept.get_or_insert(path);
                number += 1;
            }
            Err(error) => return Err(explain(&error, "write", &path)),
        }
    }
}

fn explain(error: &io::Error, what: &str, path: &Path) -> io::Error {
    io::Error::new(error.kind(), format!("cannot {what} {}: {error}", path.display()))
}

/// The offset behind the first `needle`; the end when there is none.
pub(super) fn after(source: &str, needle: &str) -> usize {
    source.find(needle).map_or(source.len(), |at| at + needle.len())
}
