//! Where connection specs are, by their names.

use std::path::{Path, PathBuf};

use ignore::{DirEntry, WalkBuilder};

/// What the name of a connection spec's file ends with, in any case.
pub const SPEC_FILE_SUFFIX: &str = "connectionSpec.json";

/// Searches a folder for the files of connection specs. Hidden files and those that git ignores are left out. It ends
/// early once `go_on` says no; what cannot be searched is told in words.
pub fn find_specs(folder: &Path, go_on: impl Fn() -> bool) -> impl Iterator<Item = Result<PathBuf, String>> {
    // `.ignore` files are a habit of search tools, not of git.
    let entries = WalkBuilder::new(folder).ignore(false).build().take_while(move |_| go_on());
    entries.filter_map(|entry| match entry {
        Ok(entry) => is_spec(&entry).then(|| Ok(entry.into_path())),
        Err(error) => Some(Err(error.to_string())),
    })
}

fn is_spec(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    let start = name.len().checked_sub(SPEC_FILE_SUFFIX.len());
    let named = start.and_then(|start| name.get(start..)).is_some_and(|end| end.eq_ignore_ascii_case(SPEC_FILE_SUFFIX));
    // The walk has seen what an entry is; only where a link leads has to be asked.
    named && entry.file_type().is_some_and(|kind| kind.is_file() || kind.is_symlink() && entry.path().is_file())
}
