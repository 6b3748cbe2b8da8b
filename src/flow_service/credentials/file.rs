//! A file with credentials.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use super::{EnvironmentVariables, Raw, Wrong};

/// The most bytes that are read: credentials are far smaller.
pub(super) const MOST: u64 = 1024 * 1024;

/// Reads a file; `~/` is the home folder.
pub(super) fn read(path: &Path, variables: &EnvironmentVariables) -> Result<Raw, Wrong> {
    let path = at_home(path, variables)?;
    let failed = |error: std::io::Error| {
        Wrong::new(match error.kind() {
            ErrorKind::NotFound => "it is not there. Write it, or mend `credentials` of the profile.".to_owned(),
            ErrorKind::PermissionDenied => "it may not be read by you.".to_owned(),
            _ => format!("it cannot be read: {error}."),
        })
    };
    let file = File::open(&path).map_err(failed)?;
    let metadata = file.metadata().map_err(failed)?;
    if metadata.is_dir() {
        return Err(Wrong::new("it is a folder. Name the file in it."));
    }
    let mut bytes = Vec::new();
    file.take(MOST + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > MOST {
        return Err(Wrong::new("it is larger than 1 MiB, so it is no file of credentials."));
    }
    let text = String::from_utf8(bytes).map_err(|_| Wrong::new("it is not UTF-8. Save it as UTF-8."))?;
    Ok(Raw { text, notes: exposed(&path, &metadata).into_iter().collect() })
}

/// The path, with the home folder for `~`.
fn at_home(path: &Path, variables: &EnvironmentVariables) -> Result<PathBuf, Wrong> {
    let Ok(rest) = path.strip_prefix("~") else { return Ok(path.to_owned()) };
    let home = ["HOME", "USERPROFILE"].iter().find_map(|name| variables.get(*name)).filter(|home| !home.is_empty());
    let home =
        home.ok_or_else(|| Wrong::new("`~` is the home folder, and `HOME` is not set. Write the whole path."))?;
    Ok(Path::new(home).join(rest))
}

/// What to know of a file that others may read.
#[cfg(unix)]
fn exposed(path: &Path, metadata: &std::fs::Metadata) -> Option<String> {
    use std::os::unix::fs::PermissionsExt;

    let is_open = metadata.is_file() && metadata.permissions().mode() & 0o077 != 0;
    let path = path.display();
    is_open.then(|| format!("Other users of this machine may read or change `{path}`. `chmod 600` keeps it yours."))
}

#[cfg(not(unix))]
fn exposed(_: &Path, _: &std::fs::Metadata) -> Option<String> {
    None
}
