//! The files to check, and their contents.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::Failure;
use crate::cli::output::io_message;
use crate::cli::terminal::sanitize_terminal;
use crate::project;

/// Something to check.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Input {
    Stdin,
    /// A file and its displayed path.
    File(PathBuf, String),
}

/// How standard input is named.
pub(super) const STDIN: &str = "<stdin>";

impl Input {
    fn file(path: &Path) -> Input {
        let path = path.strip_prefix(".").unwrap_or(path);
        Input::File(path.to_owned(), path.display().to_string())
    }

    /// The displayed path.
    pub(super) fn name(&self) -> &str {
        match self {
            Input::Stdin => STDIN,
            Input::File(_, name) => name,
        }
    }

    pub(super) fn read(&self) -> Result<String, Failure> {
        let bytes = match self {
            Input::Stdin => {
                let mut bytes = Vec::new();
                io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
            }
            Input::File(path, _) => read_file(path),
        };
        bytes.map_err(|error| io_message(&error)).and_then(decode).map_err(|reason| {
            let message = format!("cannot read {}: {reason}", sanitize_terminal(self.name()));
            Failure { message, path: self.name().to_owned() }
        })
    }
}

/// Reads a regular file. Opening a pipe would wait for another program, unless the shell has made it for a command's output.
fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    let kind = fs::metadata(path)?.file_type();
    let is_of_shell = ["/dev", "/proc"].iter().any(|folder| path.starts_with(folder));
    let read = if kind.is_dir() || is_of_shell { project::read_bounded } else { project::read_file };
    read(path, project::MAX_FILE_BYTES)
}

fn decode(bytes: Vec<u8>) -> Result<String, String> {
    String::from_utf8(bytes).map_err(|error| match (error.as_bytes(), error.utf8_error().valid_up_to()) {
        ([0xff, 0xfe, ..] | [0xfe, 0xff, ..], _) => "encoded as UTF-16; save it as UTF-8".to_owned(),
        (bytes, at) => {
            format!("invalid UTF-8 at byte {at} (0x{:02x})", bytes.get(at).copied().unwrap_or_default())
        }
    })
}

/// The inputs that the paths name, each once and sorted, and the folders that could not be searched. A missing path is an
/// input; reading it fails.
pub(super) fn find(paths: &[PathBuf]) -> (Vec<Input>, Vec<Failure>) {
    let current = [PathBuf::from(".")];
    let mut inputs = Vec::new();
    let mut failures = Vec::new();
    for path in if paths.is_empty() { &current } else { paths } {
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
    for spec in project::find_specs(folder) {
        match spec {
            Ok(spec) => inputs.push(Input::file(&spec)),
            Err(error) => {
                let path = folder.display().to_string();
                let message = format!("cannot search {}: {}", sanitize_terminal(&path), sanitize_terminal(&error));
                failures.push(Failure { message, path });
            }
        }
    }
}
