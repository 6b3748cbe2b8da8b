//! What the profiles of a `connspec.toml` would do that needs trust.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::project::absolute;
use crate::project::hosts::{self, HostOwner};
use crate::project::private_files::sha256;
use crate::project::profiles::{CredentialsSource, Profile};

/// How many digits of a checksum are shown.
const SHOWN_DIGITS: usize = 8;

/// Something that needs trust.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) enum Action {
    /// Runs a program.
    Run {
        argv: Vec<String>,
        /// The files of the repository that it names, each with its checksum: whoever changes them changes what is run.
        files: Vec<(String, String)>,
    },
    /// Reads a file outside of the folder of `connspec.toml`.
    Read(String),
    /// Reads an entry of the keyring.
    ReadKeyring(String),
    /// Sends credentials to a URL that isn't Adobe's.
    Send(String),
}

impl Action {
    /// Whether it only reads: what is read goes to Adobe.
    pub(super) fn only_reads(&self) -> bool {
        matches!(self, Action::Read(_) | Action::ReadKeyring(_))
    }

    /// What a profile would do, with relative paths in this folder of this repository.
    pub(super) fn of(profile: &Profile, folder: &Path, root: &Path) -> Vec<Action> {
        // A path that isn't Unicode could not be serialized.
        let read = |path: PathBuf| Action::Read(path.to_string_lossy().into_owned());
        let source = match &profile.credentials {
            // Never sent to a host of a repository, so that nothing else needs trust.
            CredentialsSource::Environment => return Vec::new(),
            CredentialsSource::File(path) if path.starts_with("~") => Some(read(path.clone())),
            CredentialsSource::File(path) => {
                let path = absolute(&folder.join(path));
                (!is_inside(&path, folder)).then(|| read(path))
            }
            CredentialsSource::Keyring(entry) => Some(Action::ReadKeyring(entry.clone())),
            CredentialsSource::Command { argv, .. } => {
                Some(Action::Run { argv: argv.clone(), files: files(argv, folder, root) })
            }
        };
        let urls = [&profile.ims, &profile.gateway].into_iter().flatten();
        let foreign = urls.filter(|url| HostOwner::of(url) != HostOwner::Adobe);
        let mut actions: Vec<_> = source.into_iter().chain(foreign.cloned().map(Action::Send)).collect();
        actions.dedup();
        actions
    }
}

/// The files of the repository among the words of a command. A program without a folder is searched for on the `PATH`.
fn files(argv: &[String], folder: &Path, root: &Path) -> Vec<(String, String)> {
    let is_on_path = |at: usize, word: &str| at == 0 && !word.contains(['/', '\\']);
    let words = argv.iter().enumerate().filter(|(at, word)| !word.is_empty() && !is_on_path(*at, word));
    // `--config=get.json` names a file, too.
    let names = words.flat_map(|(_, word)| [Some(&**word), word.split_once('=').map(|(_, value)| value)]).flatten();
    let file = |name: &str| {
        let path = folder.join(name);
        let is_of_repository = absolute(&path).starts_with(root) && path.is_file();
        let content = is_of_repository.then(|| fs::read(&path))?;
        let checksum = content.map_or_else(|error| error.to_string(), |content| sha256(&content));
        Some((name.to_owned(), checksum))
    };
    names.filter_map(file).collect()
}

/// Whether an absolute path leads to a file in a folder. Only names are compared, and no link is followed: looking at a path
/// on another machine would already send something there. It is the folder of `connspec.toml`, not the root of the repository:
/// a home folder may be a repository, too.
pub(super) fn is_inside(path: &Path, folder: &Path) -> bool {
    let Ok(inside) = path.strip_prefix(folder) else { return false };
    let mut step = folder.to_owned();
    inside.iter().all(|name| {
        step.push(name);
        !fs::symlink_metadata(&step).is_ok_and(|metadata| metadata.is_symlink())
    })
}

/// The action in a sentence whose subject is the profile. What a repository has written is shown in one line, without
/// characters that are invisible or control a terminal.
impl fmt::Display for Action {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Action::Run { argv, files } => {
                let words: Vec<_> = argv.iter().map(|word| quoted(word)).collect();
                write!(formatter, "runs `{}`", words.join(" "))?;
                for (at, (name, checksum)) in files.iter().enumerate() {
                    let checksum = checksum.get(..SHOWN_DIGITS).unwrap_or(checksum);
                    let start = if at == 0 { " (from this repository: " } else { ", " };
                    write!(formatter, "{start}`{}` with SHA-256 {checksum}", visible(name))?;
                }
                if files.is_empty() { Ok(()) } else { formatter.write_str(")") }
            }
            Action::Read(path) => write!(formatter, "reads `{}`", visible(path)),
            Action::ReadKeyring(entry) => write!(formatter, "reads the keyring entry `{}`", visible(entry)),
            Action::Send(url) => {
                let place = match HostOwner::of(url) {
                    HostOwner::ThisMachine => " on this machine",
                    _ => "",
                };
                write!(formatter, "sends its credentials to {}{place}", visible(hosts::host(url).unwrap_or(url)))
            }
        }
    }
}

/// A word of a command, in quotes if it could be taken for several.
fn quoted(word: &str) -> String {
    let is_plain = |char: char| char.is_alphanumeric() || "-_./:=@%+,~".contains(char);
    let visible = visible(word);
    if !word.is_empty() && word.chars().all(is_plain) { visible } else { format!("\"{visible}\"") }
}

/// A text with invisible characters and backticks escaped.
pub(super) fn visible(text: &str) -> String {
    let escape = |char: char| match char {
        '\'' | '\\' => char.to_string(),
        '`' => "\\u{60}".to_owned(),
        _ => char.escape_debug().to_string(),
    };
    text.chars().map(escape).collect()
}
