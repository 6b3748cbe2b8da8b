//! Which files are to be checked.

use std::path::{Path, PathBuf};

use ignore::{DirEntry, WalkBuilder};

use super::Failure;

/// What the names of the files end with that a folder is searched for, in any case.
pub(super) const NAME: &str = "connectionSpec.json";

/// Something to check.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Input {
    /// Standard input.
    Stdin,
    /// A file, and how it is shown.
    File(PathBuf, String),
}

impl Input {
    fn file(path: &Path) -> Input {
        let path = path.strip_prefix(".").unwrap_or(path);
        Input::File(path.to_owned(), path.display().to_string())
    }

    /// How it is shown.
    pub(super) fn shown(&self) -> &str {
        match self {
            Input::Stdin => "<stdin>",
            Input::File(_, shown) => shown,
        }
    }
}

/// The inputs that the paths stand for, each once, in the order of their paths; and what could not be searched. A path that
/// is not there is an input: reading it says so.
pub(super) fn inputs(paths: &[PathBuf]) -> (Vec<Input>, Vec<Failure>) {
    let here = [PathBuf::from(".")];
    let mut inputs = Vec::new();
    let mut failures = Vec::new();
    for path in if paths.is_empty() { &here } else { paths } {
        if path.as_os_str() == "-" {
            inputs.push(Input::Stdin);
        } else if path.is_dir() {
            search(path, &mut inputs, &mut failures);
        } else {
            inputs.push(Input::file(path));
        }
    }
    inputs.sort();
    inputs.dedup();
    (inputs, failures)
}

fn search(folder: &Path, inputs: &mut Vec<Input>, failures: &mut Vec<Failure>) {
    // `.ignore` files are a habit of search tools, not of git.
    for entry in WalkBuilder::new(folder).ignore(false).build() {
        match entry {
            Ok(entry) if is_spec(&entry) => inputs.push(Input::file(entry.path())),
            Ok(_) => {}
            Err(error) => {
                let path = folder.display().to_string();
                let message = format!("cannot search {path}: {error}");
                failures.push(Failure { path, message });
            }
        }
    }
}

fn is_spec(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    let start = name.len().checked_sub(NAME.len());
    let named = start.and_then(|start| name.get(start..)).is_some_and(|end| end.eq_ignore_ascii_case(NAME));
    // The walk has seen what an entry is; only where a link leads has to be asked.
    named && entry.file_type().is_some_and(|kind| kind.is_file() || kind.is_symlink() && entry.path().is_file())
}
