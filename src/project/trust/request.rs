//! What a person is asked to trust.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use super::Trust;
use super::actions::{Action, visible};
use crate::project::private_files::sha256;
use crate::project::selection::Origin;

/// The longest sentence, and the most sentences, with which an editor can ask so that nobody overlooks anything.
const MAX_LENGTH: usize = 160;
const MAX_SENTENCES: usize = 6;

/// What the settings of one `connspec.toml` would do that needs trust.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustRequest {
    /// The path of the file. The links of its folder are resolved, but not that of the file itself: a link in a repository
    /// does not have the trust of the file it leads to, whose relative paths mean something else.
    pub(super) path: PathBuf,
    /// Why the file may not be what the person believes to have.
    doubt: Option<String>,
    actions: Vec<(String, Action)>,
    default_profile: Option<String>,
    /// The profile that is about to be used.
    selected: Option<String>,
    /// What was trusted of this file before.
    known: Option<Vec<String>>,
}

impl TrustRequest {
    pub(in crate::project) fn new(origin: &Origin) -> TrustRequest {
        let folder = origin.path.parent().unwrap_or(Path::new(""));
        let valid = origin.settings.profiles.iter().filter_map(|(name, profile)| Some((name, profile.as_ref().ok()?)));
        let actions: Vec<_> = valid
            .flat_map(|(name, profile)| {
                Action::of(profile, folder, &origin.root).into_iter().map(|action| (name.clone(), action))
            })
            .collect();
        let is_used = |name: &&String| actions.iter().any(|(profile, _)| profile == *name);
        TrustRequest {
            path: key(&origin.path),
            doubt: origin.doubt.map(|doubt| doubt.description()),
            default_profile: origin.settings.default_profile.as_ref().filter(is_used).cloned(),
            actions,
            selected: None,
            known: None,
        }
    }

    /// The path of the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether there is nothing to trust.
    pub fn is_empty(&self) -> bool {
        self.actions.is_empty() && self.doubt.is_none()
    }

    pub(super) fn is_empty_for(&self, profile: &str) -> bool {
        !self.actions.iter().any(|(name, _)| name == profile)
    }

    pub(super) fn only_reads(&self, profile: &str) -> bool {
        self.actions.iter().filter(|(name, _)| name == profile).all(|(_, action)| action.only_reads())
    }

    pub(super) fn select(&mut self, profile: &str) {
        self.selected = Some(profile.to_owned());
    }

    /// The same, with what was trusted of the file before.
    #[must_use]
    pub fn compared(self, trust: &Trust) -> TrustRequest {
        TrustRequest { known: trust.recorded(&self), ..self }
    }

    /// The SHA-256 of everything that needs trust.
    pub fn fingerprint(&self) -> String {
        let parts = (&self.doubt, &self.actions, &self.default_profile);
        // Serializing strings cannot fail.
        sha256(&serde_json::to_vec(&parts).unwrap_or_default())
    }

    /// What the file would do, in plain words.
    pub fn sentences(&self) -> Vec<String> {
        let doubt = self.doubt.iter().map(|doubt| format!("the file may be someone else's: {doubt}"));
        doubt.chain(self.actions.iter().map(|(name, action)| self.sentence(name, action))).collect()
    }

    fn sentence(&self, name: &str, action: &Action) -> String {
        let default = if self.default_profile.as_deref() == Some(name) { " (the default)" } else { "" };
        format!("profile `{}`{default} {action}", visible(name))
    }

    /// What was added and removed since the file was trusted: sentences that begin with `+ ` or `- `. `None` if
    /// the sentences do not show what has changed.
    pub fn changes(&self) -> Option<Vec<String>> {
        let (old, new) = (self.known.as_ref()?, self.sentences());
        let without = |all: &[String], others: &[String], sign: &str| -> Vec<String> {
            all.iter()
                .filter(|sentence| !others.contains(sentence))
                .map(|sentence| format!("{sign} {sentence}"))
                .collect()
        };
        Some([without(old, &new, "-"), without(&new, old, "+")].concat()).filter(|changes| !changes.is_empty())
    }

    /// The question for a person in an editor. `None` if that would be too long to be read there.
    pub fn question(&self) -> Option<String> {
        let changes = self.changes();
        let sentences = changes.clone().unwrap_or_else(|| self.sentences());
        let is_long = |sentence: &String| sentence.chars().count() > MAX_LENGTH;
        if sentences.len() > MAX_SENTENCES || sentences.iter().any(is_long) {
            return None;
        }
        let path = visible(&self.path.to_string_lossy());
        let head = match changes {
            Some(_) => format!("{path} has changed since you trusted it"),
            None => format!("{path} has settings that need your trust"),
        };
        Some(format!("{head}: {}. Do you trust it?", sentences.join("; ")))
    }

    /// How to trust the file. The path may be a stranger's too, and a shell would run what is in it.
    pub fn command(&self) -> String {
        let path = self.path.to_string_lossy();
        let is_plain = |char: char| char.is_alphanumeric() || "-_./:\\ ".contains(char);
        match path.contains(' ') {
            _ if !path.chars().all(is_plain) => "run `connspec trust` in its folder".to_owned(),
            true => format!("run `connspec trust \"{path}\"`"),
            false => format!("run `connspec trust {path}`"),
        }
    }
}

/// The path under which a file is recorded.
pub(super) fn key(file: &Path) -> PathBuf {
    let (folder, name) = (file.parent().unwrap_or(Path::new("")), file.file_name().unwrap_or_default());
    fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned()).join(name)
}

/// Why nothing was done, and how to go on.
impl fmt::Display for TrustRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of_selected = self.actions.iter().filter(|(name, _)| self.selected.as_ref() == Some(name));
        let sentences: Vec<_> = of_selected.map(|(name, action)| self.sentence(name, action)).collect();
        let state = match self.known {
            Some(_) => "has changed since it was trusted",
            None => "is not trusted",
        };
        let path = visible(&self.path.to_string_lossy());
        write!(formatter, "{path} {state}: {}. ", sentences.join("; "))?;
        write!(formatter, "If you control this repository, {}, or set `CONNSPEC_TRUST=1` in CI.", self.command())
    }
}

impl std::error::Error for TrustRequest {}
