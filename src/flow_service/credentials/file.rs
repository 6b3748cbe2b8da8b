//! A file with credentials.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::{Content, EnvironmentVariables, Problem};
use crate::project::read_file;

/// The most bytes to read: credentials are much smaller.
pub(super) const MAX_BYTES: u64 = 1024 * 1024;

/// Reads a file; `~/` is the home folder.
pub(super) fn read(path: &Path, variables: &EnvironmentVariables) -> Result<Content, Problem> {
    let path = expand_home(path, variables)?;
    let failed = |error: std::io::Error| {
        Problem::new(match error.kind() {
            ErrorKind::NotFound => "it does not exist. Create it, or fix `credentials` in the profile.".to_owned(),
            ErrorKind::PermissionDenied => "permission denied.".to_owned(),
            ErrorKind::FileTooLarge => "it is larger than 1 MiB, so it isn't a credentials file.".to_owned(),
            _ => format!("it cannot be read: {error}."),
        })
    };
    let metadata = fs::metadata(&path).map_err(failed)?;
    if metadata.is_dir() {
        return Err(Problem::new("it is a folder. Specify the file in it."));
    }
    let bytes = read_file(&path, MAX_BYTES).map_err(failed)?;
    let text = String::from_utf8(bytes).map_err(|_| Problem::new("it isn't valid UTF-8. Save it as UTF-8."))?;
    Ok(Content { text, warnings: exposure(&path, &metadata).into_iter().collect() })
}

fn expand_home(path: &Path, variables: &EnvironmentVariables) -> Result<PathBuf, Problem> {
    let Ok(rest) = path.strip_prefix("~") else { return Ok(path.to_owned()) };
    let home = ["HOME", "USERPROFILE"].iter().find_map(|name| variables.get(*name)).filter(|home| !home.is_empty());
    let unknown = || Problem::new("`~` is unknown because `HOME` is not set. Write an absolute path.");
    Ok(Path::new(home.ok_or_else(unknown)?).join(rest))
}

/// A warning about a file that others can access.
#[cfg(unix)]
fn exposure(path: &Path, metadata: &std::fs::Metadata) -> Option<String> {
    use std::os::unix::fs::PermissionsExt;

    let is_exposed = metadata.is_file() && metadata.permissions().mode() & 0o077 != 0;
    let path = path.display();
    is_exposed.then(|| format!("Other users of this machine can read or change `{path}`. Run `chmod 600` on it."))
}

#[cfg(not(unix))]
fn exposure(_: &Path, _: &std::fs::Metadata) -> Option<String> {
    None
}
