//! Where a `connspec.toml` is searched for, and whether one that is found may be used: it has to belong to the person.

use std::fs;
use std::path::{Path, PathBuf};

/// The root of the repository that a folder is in: the nearest folder with `.git`.
pub(super) fn repository_root(folder: &Path) -> Option<&Path> {
    folder.ancestors().find(|folder| folder.join(".git").exists())
}

/// The folders whose `connspec.toml` may apply to the files of a folder, the nearest first: up to the root of the repository
/// and never beyond; without a repository, the folder itself and the working directory.
pub(super) fn folders_above(folder: &Path) -> Vec<PathBuf> {
    let end = match repository_root(folder) {
        Some(root) => {
            return folder.ancestors().take_while(|above| above.starts_with(root)).map(PathBuf::from).collect();
        }
        None => std::env::current_dir().ok(),
    };
    let working = end.filter(|working| folder != working && folder.starts_with(working));
    [folder.to_owned()].into_iter().chain(working).collect()
}

/// Why a file may be someone else's, with what to do about it. Nothing for the files of this user and of the
/// superuser, and, as with git, of the person who ran `sudo`.
#[cfg(unix)]
pub(super) fn dubious_ownership(path: &Path) -> Option<DubiousOwner> {
    use std::os::unix::fs::MetadataExt;

    let user = rustix::process::geteuid().as_raw();
    let sudo = std::env::var("SUDO_UID").ok().and_then(|uid| uid.parse().ok()).filter(|_| user == 0);
    let of = |metadata: fs::Metadata| {
        let owner = metadata.uid();
        let is_own = [Some(user), Some(0), sudo].contains(&Some(owner));
        match is_own {
            false => Some(DubiousOwner::Other { owner, user }),
            true if metadata.is_file() && metadata.mode() & 0o002 != 0 => Some(DubiousOwner::Everyone),
            true => None,
        }
    };
    // A symbolic link of another user may lead to a file of this one.
    fs::symlink_metadata(path).ok().and_then(of).or_else(|| fs::metadata(path).ok().and_then(of))
}

/// Other systems have no such owners.
#[cfg(not(unix))]
pub(super) fn dubious_ownership(_: &Path) -> Option<DubiousOwner> {
    None
}

/// Who may have written a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(not(unix), expect(dead_code, reason = "only Unix has such owners"))]
pub(super) enum DubiousOwner {
    /// Another user.
    Other { owner: u32, user: u32 },
    /// Every user of this machine.
    Everyone,
}

impl DubiousOwner {
    /// For a sentence about the file.
    pub(super) fn description(self) -> String {
        match self {
            DubiousOwner::Other { owner, user } => format!("it belongs to user {owner}, and you are user {user}"),
            DubiousOwner::Everyone => "every user of this machine can change it".to_owned(),
        }
    }
}
