//! Finding specs, and reading the files beside one.

use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use ignore::{DirEntry, WalkBuilder};

use crate::lint::Artifact;
use crate::lint::Folder;

use super::search::{leads_into_repository, repository_root};

/// The end of the file name of a connection spec, in any case.
pub const SPEC_FILE_SUFFIX: &str = "connectionSpec.json";

/// Searches a folder for connection specs, without hidden files and those that git ignores. It stops once `go_on` returns
/// false. An error is a message about what cannot be searched.
pub fn find_specs(folder: &Path, go_on: impl Fn() -> bool) -> impl Iterator<Item = Result<PathBuf, String>> {
    let limit = fs::canonicalize(folder).ok();
    let limit = limit.map(|folder| repository_root(&folder).map(Path::to_owned).unwrap_or(folder));
    // `.ignore` files are a convention of search tools, not of git.
    let odd = fs::canonicalize(folder).ok().and_then(|folder| folder.ancestors().find_map(odd_ignore_file));
    let not_read = odd.as_ref().map(|file| Err(format!("`{}` is not a regular file and is not read", file.display())));
    let not_searched = Arc::new(Mutex::new(Vec::new()));
    let seen = not_searched.clone();
    let mut walk = WalkBuilder::new(folder);
    walk.ignore(false).git_ignore(odd.is_none()).filter_entry(move |entry| {
        let is_inside = entry.depth() > 0 && entry.file_type().is_some_and(|kind| kind.is_dir());
        let Some(file) = is_inside.then(|| odd_ignore_file(entry.path())).flatten() else { return true };
        let file = file.display();
        let message = format!("`{file}` is not a regular file, so its folder is not searched");
        seen.lock().unwrap_or_else(PoisonError::into_inner).push(Err(message));
        false
    });
    let entries = walk.build().take_while(move |_| go_on());
    let specs = entries.filter_map(move |entry| match entry {
        Ok(entry) if has_spec_name(&entry) => spec(entry, limit.as_deref()),
        Ok(_) => None,
        Err(error) => Some(Err(error.to_string())),
    });
    let skipped = std::iter::from_fn(move || not_searched.lock().unwrap_or_else(PoisonError::into_inner).pop());
    not_read.into_iter().chain(specs).chain(skipped)
}

/// The file of a folder that says what git ignores, if it can't be read: a pipe would block, and the target of a link need
/// not end.
fn odd_ignore_file(folder: &Path) -> Option<PathBuf> {
    const MAX_BYTES: u64 = 1 << 20;
    let file = folder.join(".gitignore");
    let is_link = fs::symlink_metadata(&file).ok()?.is_symlink();
    let is_sound = fs::metadata(&file).is_ok_and(|metadata| metadata.is_file() && metadata.len() <= MAX_BYTES);
    (!is_sound || is_link && !leads_into_repository(&file)).then_some(file)
}

fn has_spec_name(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    let start = name.len().checked_sub(SPEC_FILE_SUFFIX.len());
    start.and_then(|start| name.get(start..)).is_some_and(|end| end.eq_ignore_ascii_case(SPEC_FILE_SUFFIX))
}

/// The spec of an entry if it is a file. Reading a symbolic link without a target fails. A link to outside of `limit` is not
/// followed: whoever made it could have any file of this machine shown.
fn spec(entry: DirEntry, limit: Option<&Path>) -> Option<Result<PathBuf, String>> {
    let kind = entry.file_type()?;
    if !kind.is_symlink() {
        return kind.is_file().then(|| Ok(entry.into_path()));
    }
    match fs::canonicalize(entry.path()) {
        Ok(target) if !target.is_file() => None,
        Ok(target) if limit.is_some_and(|limit| !target.starts_with(limit)) => {
            let name = entry.file_name().display();
            Some(Err(format!("`{name}` is a symbolic link to another folder; name it to check it")))
        }
        Ok(_) | Err(_) => Some(Ok(entry.into_path())),
    }
}

/// Reads the files beside a spec. `None` if the spec is not named `{source}-connectionSpec.json`.
pub fn read_folder(spec: &Path) -> Option<Folder> {
    let name = spec.file_name()?.to_str()?;
    let suffix = "-connectionSpec.json";
    let (source, rest) = name.split_at_checked(name.len().checked_sub(suffix.len())?)?;
    if source.is_empty() || !rest.eq_ignore_ascii_case(suffix) {
        return None;
    }
    let beside = |suffix: &str| artifact(&spec.with_file_name(format!("{source}-{suffix}")));
    Some(Folder {
        source: source.to_owned(),
        category: beside("category.txt"),
        description: beside("description.txt"),
        icon: beside("icon.svg"),
        label: beside("label.txt"),
    })
}

fn artifact(path: &Path) -> Artifact {
    let is_link = fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink());
    match fs::metadata(path) {
        // A link could show any file of this user in the log of a check.
        Ok(_) if is_link && !leads_into_repository(path) => Artifact::Unreadable,
        // Only a file is opened: opening a pipe would block.
        Ok(metadata) if metadata.is_file() => read_start(path).map_or(Artifact::Unreadable, Artifact::Text),
        Err(error) if error.kind() == ErrorKind::NotFound => Artifact::Absent,
        _ => Artifact::Unreadable,
    }
}

fn read_start(path: &Path) -> Option<String> {
    let mut bytes = Vec::new();
    File::open(path).ok()?.take(Folder::MAX_BYTES as u64).read_to_end(&mut bytes).ok()?;
    if let Err(error) = str::from_utf8(&bytes)
        && bytes.len() == Folder::MAX_BYTES
        && error.error_len().is_none()
    {
        // The limit is in the middle of a character.
        bytes.truncate(error.valid_up_to());
    }
    Some(String::from_utf8_lossy(&bytes).into_owned())
}
