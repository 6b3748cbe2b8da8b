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

/// Why a file may not be what the person believes to have in the repository: it is a link that leads out of it, or someone
/// else may have written it. Nothing for the files of this user and of the superuser, and, as with git, of the person who
/// ran `sudo`.
pub(super) fn doubt(path: &Path) -> Option<Doubt> {
    let link = fs::symlink_metadata(path).ok()?;
    if leads_out(path) {
        return Some(Doubt::LinkOut);
    }
    // A symbolic link of another user may lead to a file of this one.
    doubtful_owner(&link).or_else(|| doubtful_owner(&fs::metadata(path).ok()?))
}

/// Whether a path is a symbolic link that leads out of the repository. Such a link could show any file of this user in the log
/// of a check.
pub(super) fn leads_out(path: &Path) -> bool {
    if !fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink()) {
        return false;
    }
    let folder = path.parent().unwrap_or(path);
    let root = fs::canonicalize(repository_root(folder).unwrap_or(folder));
    !fs::canonicalize(path).ok().zip(root.ok()).is_some_and(|(target, root)| target.starts_with(root))
}

#[cfg(unix)]
fn doubtful_owner(metadata: &fs::Metadata) -> Option<Doubt> {
    use std::os::unix::fs::MetadataExt;

    let (owner, user) = (metadata.uid(), rustix::process::geteuid().as_raw());
    let sudo = std::env::var("SUDO_UID").ok().and_then(|uid| uid.parse().ok()).filter(|_| user == 0);
    let is_own = [Some(user), Some(0), sudo].contains(&Some(owner));
    match is_own {
        false => Some(Doubt::OtherOwner { owner, user }),
        true => (metadata.is_file() && metadata.mode() & 0o002 != 0).then_some(Doubt::Writable),
    }
}

/// Other systems have no such owners.
#[cfg(not(unix))]
fn doubtful_owner(_: &fs::Metadata) -> Option<Doubt> {
    None
}

/// Why a file is not used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Doubt {
    /// It is a symbolic link that leads out of the repository.
    LinkOut,
    /// It belongs to another user.
    #[cfg_attr(not(unix), expect(dead_code, reason = "only Unix has such owners"))]
    OtherOwner { owner: u32, user: u32 },
    /// Every user of this machine can write it.
    #[cfg_attr(not(unix), expect(dead_code, reason = "only Unix has such permissions"))]
    Writable,
}

impl Doubt {
    /// For a sentence about the file.
    pub(super) fn description(self) -> String {
        match self {
            Doubt::LinkOut => "it is a symbolic link that leads out of the repository".to_owned(),
            Doubt::OtherOwner { owner, user } => format!("it belongs to user {owner}, and you are user {user}"),
            Doubt::Writable => "every user of this machine can change it".to_owned(),
        }
    }

    /// The problem, in the words of git.
    pub(super) fn title(self) -> &'static str {
        match self {
            Doubt::LinkOut => "detected a dubious link in",
            Doubt::OtherOwner { .. } | Doubt::Writable => "detected dubious ownership in",
        }
    }
}
