//! Tokens in files: one for each client, readable by its owner alone, so that a command that runs for a second needs no
//! new token each time. Adobe may slow down a client that asks for too many.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use ring::digest;
use serde::{Deserialize, Serialize};

use crate::flow_service::{Secret, ServiceTarget};

use super::LONGEST;

/// No file of ours is longer, in bytes.
const SIZE: u64 = 64 << 10;

/// The file with the token of one client.
#[derive(Debug)]
pub(super) struct Cache {
    file: PathBuf,
}

/// What the file holds; times in seconds since 1970.
#[derive(Deserialize, Serialize)]
struct Kept {
    access_token: String,
    obtained: u64,
    expires: u64,
}

impl Cache {
    /// The file in this folder for the client of this target. Its name tells nothing about who that is.
    pub(super) fn new(folder: &Path, target: &ServiceTarget) -> Cache {
        let parts = [target.ims.as_str(), &target.client_id, &target.org, &target.scopes.join(",")];
        let digest = digest::digest(&digest::SHA256, parts.join("\n").as_bytes());
        let name: String = digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
        Cache { file: folder.join(name + ".json") }
    }

    /// The token, how long its whole life is and how much of that is left. A file that others can read or have written, or that makes no
    /// sense at this time of day, is as good as none.
    pub(super) fn read(&self, now: SystemTime) -> Option<(Secret, Duration, Duration)> {
        match self.kept() {
            Ok(kept) => {
                let now = now.duration_since(UNIX_EPOCH).ok()?.as_secs();
                let life = kept.expires.checked_sub(kept.obtained)?;
                let left = kept.expires.checked_sub(now)?;
                let sane = kept.obtained <= now && life <= LONGEST.as_secs();
                let sound = kept.access_token.bytes().all(|byte| byte.is_ascii_graphic());
                let (life, left) = (Duration::from_secs(life), Duration::from_secs(left));
                (sane && sound).then(|| (Secret::new(kept.access_token), life, left))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => {
                tracing::warn!("the kept access token is not used: {error}");
                None
            }
        }
    }

    fn kept(&self) -> io::Result<Kept> {
        let file = File::open(&self.file)?;
        let metadata = file.metadata()?;
        if !metadata.is_file() || metadata.len() > SIZE || !is_private(&metadata) {
            return Err(io::Error::other("its file is not ours alone"));
        }
        let mut content = Vec::new();
        file.take(SIZE).read_to_end(&mut content)?;
        // Its own words would quote the content.
        serde_json::from_slice(&content).map_err(|_| io::Error::other("its file is broken"))
    }

    /// Keeps a token. That it cannot be kept is no reason to fail.
    pub(super) fn write(&self, token: &Secret, now: SystemTime, life: Duration) {
        if let Err(error) = self.try_to_write(token, now, life) {
            tracing::warn!("the access token cannot be kept: {error}");
        }
    }

    fn try_to_write(&self, token: &Secret, now: SystemTime, life: Duration) -> io::Result<()> {
        let obtained = now.duration_since(UNIX_EPOCH).map_err(io::Error::other)?.as_secs();
        let expires = obtained + life.as_secs();
        let kept = Kept { access_token: token.reveal().to_owned(), obtained, expires };
        let folder = self.file.parent().unwrap_or(Path::new("."));
        make_private(folder)?;
        // A temporary file is for its owner alone from the beginning.
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(&serde_json::to_vec(&kept)?)?;
        file.persist(&self.file).map_err(|error| error.error)?;
        Ok(())
    }
}

/// Makes the folder if it is not there, and makes sure that it is its owner's alone.
fn make_private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)?;
    if is_private(&fs::metadata(folder)?) {
        return Ok(());
    }
    Err(io::Error::other(format!("others can read the folder {}", folder.display())))
}

/// Whether a file or folder belongs to this user and nobody else can read it or write to it.
#[cfg(unix)]
fn is_private(metadata: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    metadata.mode() & 0o077 == 0 && metadata.uid() == rustix::process::geteuid().as_raw()
}

/// On other systems the folder for such files belongs to one user as it is.
#[cfg(not(unix))]
fn is_private(_: &fs::Metadata) -> bool {
    true
}

/// The folder in which tokens are kept: below the one that this system has for files that may be deleted at any time.
/// Nothing, when the system does not tell where that is.
pub fn token_cache_folder() -> Option<PathBuf> {
    below(|name| std::env::var_os(name))
}

fn below(variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let folder = |name: &str| variable(name).map(PathBuf::from).filter(|folder| folder.is_absolute());
    let caches = if cfg!(windows) {
        folder("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        folder("HOME").map(|home| home.join("Library/Caches"))
    } else {
        folder("XDG_CACHE_HOME").or_else(|| folder("HOME").map(|home| home.join(".cache")))
    };
    Some(caches?.join("connspec").join("tokens"))
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    fn with(set: &[(&str, &str)]) -> Option<PathBuf> {
        below(|name| set.iter().find(|(known, _)| *known == name).map(|(_, value)| value.into()))
    }

    #[test]
    fn tokens_are_kept_where_the_system_keeps_such_files() {
        let home = ("HOME", "/home/a");
        assert_eq!(with(&[home]), Some("/home/a/.cache/connspec/tokens".into()));
        assert_eq!(with(&[home, ("XDG_CACHE_HOME", "/c")]), Some("/c/connspec/tokens".into()));
        assert_eq!(with(&[home, ("XDG_CACHE_HOME", "c")]), Some("/home/a/.cache/connspec/tokens".into()));
        assert_eq!(with(&[]), None);
    }
}
