//! Which files are to be checked.

use std::path::{Path, PathBuf};

use super::Failure;
use crate::project;

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
    for spec in project::find_specs(folder, || true) {
        match spec {
            Ok(spec) => inputs.push(Input::file(&spec)),
            Err(error) => {
                let path = folder.display().to_string();
                let message = format!("cannot search {path}: {error}");
                failures.push(Failure { path, message });
            }
        }
    }
}
