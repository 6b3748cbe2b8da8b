//! Access tokens in files: one for each client, readable by its owner only, so that a short command needs no new token
//! each time. Adobe may throttle a client that requests too many.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use super::MAX_LIFETIME;
use crate::flow_service::{Secret, ServiceTarget};
use crate::project::{read_private_file, sha256, write_private_file};

/// Larger files are not ours.
const MAX_BYTES: u64 = 64 << 10;

/// The file with the token of one client.
#[derive(Debug)]
pub(super) struct TokenFile {
    path: PathBuf,
}

/// The content; times in seconds since 1970.
#[derive(Deserialize, Serialize)]
struct Content {
    access_token: String,
    obtained: u64,
    expires: u64,
}

impl TokenFile {
    /// The file in this folder for the client of this target. Its name does not reveal the client.
    pub(super) fn new(folder: &Path, target: &ServiceTarget) -> TokenFile {
        let parts = [target.ims.as_str(), &target.client_id, &target.org, &target.scopes.join(",")];
        TokenFile { path: folder.join(sha256(parts.join("\n").as_bytes()) + ".json") }
    }

    /// The token, its lifetime and how much of it is left. A file that others can read or write, or whose times are
    /// impossible, is ignored.
    pub(super) fn read(&self, now: SystemTime) -> Option<(Secret, Duration, Duration)> {
        match self.content() {
            Ok(content) => {
                let now = now.duration_since(UNIX_EPOCH).ok()?.as_secs();
                let lifetime = content.expires.checked_sub(content.obtained)?;
                let left = content.expires.checked_sub(now)?;
                let is_possible = content.obtained <= now && lifetime <= MAX_LIFETIME.as_secs();
                let is_well_formed = content.access_token.bytes().all(|byte| byte.is_ascii_graphic());
                let (lifetime, left) = (Duration::from_secs(lifetime), Duration::from_secs(left));
                (is_possible && is_well_formed).then(|| (Secret::new(content.access_token), lifetime, left))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => {
                tracing::warn!("the stored access token is ignored: {error}");
                None
            }
        }
    }

    fn content(&self) -> io::Result<Content> {
        let content = read_private_file(&self.path, MAX_BYTES)?;
        // serde's message would quote the content.
        serde_json::from_slice(&content).map_err(|_| io::Error::other("it is malformed"))
    }

    /// Stores a token. A failure is only logged.
    pub(super) fn write(&self, token: &Secret, now: SystemTime, lifetime: Duration) {
        if let Err(error) = self.try_write(token, now, lifetime) {
            tracing::warn!("the access token cannot be stored: {error}");
        }
    }

    fn try_write(&self, token: &Secret, now: SystemTime, lifetime: Duration) -> io::Result<()> {
        let obtained = now.duration_since(UNIX_EPOCH).map_err(io::Error::other)?.as_secs();
        let expires = obtained + lifetime.as_secs();
        let content = Content { access_token: token.reveal().to_owned(), obtained, expires };
        write_private_file(&self.path, &serde_json::to_vec(&content)?)
    }
}

/// The folder to store access tokens in, below the system's cache folder. `None` if the environment does not define that.
pub fn token_cache_folder() -> Option<PathBuf> {
    folder_from(|name| std::env::var_os(name))
}

fn folder_from(variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
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

    fn with(variables: &[(&str, &str)]) -> Option<PathBuf> {
        folder_from(|name| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| value.into()))
    }

    #[test]
    fn tokens_are_stored_in_the_cache_folder_of_the_system() {
        let home = ("HOME", "/home/a");
        assert_eq!(with(&[home]), Some("/home/a/.cache/connspec/tokens".into()));
        assert_eq!(with(&[home, ("XDG_CACHE_HOME", "/c")]), Some("/c/connspec/tokens".into()));
        assert_eq!(with(&[home, ("XDG_CACHE_HOME", "c")]), Some("/home/a/.cache/connspec/tokens".into()));
        assert_eq!(with(&[]), None);
    }
}
