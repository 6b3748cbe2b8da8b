//! Finding specs, and reading the files beside one.

use std::collections::{HashSet, VecDeque};
use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ignore::{DirEntry, WalkBuilder};

use crate::cancellation::checkpoint;
use crate::lint::{Artifact, Folder};

use super::search::{leads_out, repository_root};

/// The end of the file name of a connection spec, in any case.
pub const SPEC_FILE_SUFFIX: &str = "connectionSpec.json";

/// Searches a folder for connection specs, without hidden files and those that git ignores. An error is a message about what
/// cannot be searched.
pub fn find_specs(folder: &Path) -> impl Iterator<Item = Result<PathBuf, String>> {
    let absolute = fs::canonicalize(folder).ok();
    let limit = absolute.as_deref().map(|folder| repository_root(folder).unwrap_or(folder).to_owned());
    let unreadable = absolute.as_deref().and_then(|folder| folder.ancestors().find_map(unreadable_ignore_file));
    let skipped = Skipped::default();
    if let Some(file) = &unreadable {
        skipped.add(file, " and is not read");
    }
    let (seen, mut walk) = (skipped.clone(), WalkBuilder::new(folder));
    // `.ignore` files are a convention of search tools, not of git.
    walk.ignore(false).git_ignore(unreadable.is_none()).filter_entry(move |entry| {
        let is_inside = entry.depth() > 0 && entry.file_type().is_some_and(|kind| kind.is_dir());
        let unreadable = is_inside.then(|| unreadable_ignore_file(entry.path())).flatten();
        unreadable.as_ref().inspect(|file| seen.add(file, ", so its folder is not searched")).is_none()
    });
    let specs = walk.build().inspect(|_| checkpoint()).filter_map(move |entry| match entry {
        Ok(entry) if has_spec_name(&entry) => spec(entry, limit.as_deref()),
        Ok(_) => None,
        Err(error) => Some(Err(error.to_string())),
    });
    specs.chain(std::iter::from_fn(move || skipped.next()).map(Err))
}

/// Messages about `.gitignore` files that were not read.
#[derive(Clone, Default)]
struct Skipped(Arc<Mutex<VecDeque<String>>>);

impl Skipped {
    fn add(&self, file: &Path, consequence: &str) {
        let message = format!("`{}` is not a regular file{consequence}", file.display());
        self.messages().push_back(message);
    }

    fn next(&self) -> Option<String> {
        self.messages().pop_front()
    }

    fn messages(&self) -> MutexGuard<'_, VecDeque<String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The `.gitignore` of a folder if it must not be read: a pipe would block, and the target of a link need not end.
fn unreadable_ignore_file(folder: &Path) -> Option<PathBuf> {
    const MAX_BYTES: u64 = 1 << 20;
    let file = folder.join(".gitignore");
    fs::symlink_metadata(&file).ok()?;
    let is_readable = fs::metadata(&file).is_ok_and(|metadata| metadata.is_file() && metadata.len() <= MAX_BYTES);
    (!is_readable || leads_out(&file)).then_some(file)
}

fn has_spec_name(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    let start = name.len().checked_sub(SPEC_FILE_SUFFIX.len());
    start.and_then(|start| name.get(start..)).is_some_and(|end| end.eq_ignore_ascii_case(SPEC_FILE_SUFFIX))
}

/// The spec of an entry; `None` for a folder. Reading a symbolic link without a target fails. A link to outside of `limit` is
/// not followed: whoever made it could have any file of this machine shown.
fn spec(entry: DirEntry, limit: Option<&Path>) -> Option<Result<PathBuf, String>> {
    let kind = entry.file_type()?;
    let name = entry.file_name().display().to_string();
    if !kind.is_symlink() {
        return match kind.is_file() {
            true => Some(Ok(entry.into_path())),
            false => (!kind.is_dir()).then(|| Err(format!("`{name}` is not a regular file"))),
        };
    }
    match fs::canonicalize(entry.path()) {
        Ok(target) if target.is_dir() => Some(Err(format!("`{name}` is a symbolic link to a folder"))),
        Ok(target) if !target.is_file() => Some(Err(format!("`{name}` is not a regular file"))),
        Ok(target) if limit.is_some_and(|limit| !target.starts_with(limit)) => {
            Some(Err(format!("`{name}` is a symbolic link to another folder; name it to check it")))
        }
        Ok(_) | Err(_) => Some(Ok(entry.into_path())),
    }
}

/// Reads the files beside a spec. `None` if the spec is not named `{source}-connectionSpec.json`. `orphans` lists those of its
/// folder that belong to none of the specs there.
pub(super) fn read_folder(spec: &Path, orphans: impl FnOnce(&Path) -> Arc<[String]>) -> Option<Folder> {
    let source = source_of(spec.file_name()?.to_str()?)?;
    let beside = |suffix: &str| artifact(&spec.with_file_name(format!("{source}-{suffix}")));
    Some(Folder {
        source: source.to_owned(),
        category: beside("category.txt"),
        description: beside("description.txt"),
        icon: beside("icon.svg"),
        label: beside("label.txt"),
        orphans: orphans(spec.parent()?),
    })
}

/// The prefix of the names of a source's files, by the name of its spec.
fn source_of(spec: &str) -> Option<&str> {
    let suffix = "-connectionSpec.json";
    let (source, rest) = spec.split_at_checked(spec.len().checked_sub(suffix.len())?)?;
    (!source.is_empty() && rest.eq_ignore_ascii_case(suffix)).then_some(source)
}

/// The files of a submission in a folder that belong to none of its specs.
pub(super) fn orphans(folder: &Path) -> Arc<[String]> {
    /// A larger folder is not one of sources.
    const MAX_ENTRIES: usize = 1_000;
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let entries = fs::read_dir(folder).into_iter().flatten().take(MAX_ENTRIES);
    let names: Vec<String> = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
    if names.len() == MAX_ENTRIES {
        return Arc::default();
    }
    let sources: HashSet<&str> = names.iter().filter_map(|name| source_of(name)).collect();
    let is_orphan = |name: &&String| {
        let prefix = |ending: &&str| name.strip_suffix(*ending)?.strip_suffix('-').filter(|prefix| !prefix.is_empty());
        Folder::ENDINGS.iter().find_map(prefix).is_some_and(|prefix| !sources.contains(prefix))
    };
    let mut orphans: Vec<String> = names.iter().filter(is_orphan).cloned().collect();
    orphans.sort();
    orphans.into()
}

fn artifact(path: &Path) -> Artifact {
    match fs::metadata(path) {
        Ok(_) if leads_out(path) => Artifact::Unreadable,
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
