//! The files around a spec: `connspec.toml`, in which a team decides about the rules and names the services it works with;
//! what lies beside the spec; and where specs are. Reading a text and writing an entry into one touch no file; finding and reading files is done here too.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::fmt;
use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::lint::Facts;
use crate::lint::Ignored;
use crate::lint::Levels;
use crate::text::Text;

mod edit;
mod files;
mod folder;
mod profiles;
mod settings;
mod specs;
mod state;

pub use edit::{add_ignore, set_level};
pub use files::replace_file;
pub use folder::read_folder;
pub use profiles::{
    CREDENTIAL_VARIABLES, CredentialsSource, ENV_PROFILE, LOCAL_PROFILE, Profile, ProfileError, SelectedProfile,
    SelectionReason, TokenStorage, select_profile,
};
pub use settings::{IgnoreEntry, Problem, Settings, is_loopback_host, read_settings};
pub use specs::{SPEC_FILE_SUFFIX, find_specs};
pub use state::{Intent, LinkedSpec, STATE_FILE_NAME, Sandbox, State, StateError, StateFile, StateLock};

/// The name of the file in which a team decides about the rules and names its profiles.
pub const PROJECT_FILE_NAME: &str = "connspec.toml";

/// The code under which the problems of that file are shown.
pub const PROJECT_FILE_CODE: &str = "project-file";

/// One `connspec.toml`: it counts for the files of its folder and of all folders below that have none of their own.
#[derive(Clone)]
pub struct Project {
    path: PathBuf,
    text: Text,
    settings: Settings,
    problems: Vec<Problem>,
}

/// Without its text, which may hold a secret that someone wrote there.
impl fmt::Debug for Project {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Project { path, settings, problems, .. } = self;
        let mut shown = formatter.debug_struct("Project");
        shown.field("path", path).field("settings", settings).field("problems", problems).finish_non_exhaustive()
    }
}

impl PartialEq for Project {
    fn eq(&self, other: &Self) -> bool {
        let same = |project: &Project| (project.path.clone(), project.problems.clone());
        self.text.as_str() == other.text.as_str() && same(self) == same(other)
    }
}

impl Project {
    /// Reads the one that counts for this file: the nearest, from the file's folder upwards.
    pub fn find(file: &Path) -> Option<Project> {
        absolute(file).parent()?.ancestors().find_map(Project::in_folder)
    }

    /// Reads the one in this folder.
    fn in_folder(folder: &Path) -> Option<Project> {
        let path = folder.join(PROJECT_FILE_NAME);
        if !path.is_file() {
            return None;
        }
        let failed = |message: String| Some(Problem { range: 0..0, message });
        let (content, failure) = match fs::read(&path).map(String::from_utf8) {
            Ok(Ok(content)) => (content, None),
            Ok(Err(error)) => {
                let content = String::from_utf8_lossy(error.as_bytes()).into_owned();
                (content, failed("This file is not UTF-8. Save it as UTF-8.".to_owned()))
            }
            Err(error) if error.kind() == ErrorKind::NotFound => return None,
            Err(error) => (String::new(), failed(format!("This file cannot be read: {error}."))),
        };
        let (settings, mut problems) = read_settings(&content);
        problems.splice(..0, failure);
        Some(Project { path, text: Text::new(content), settings, problems })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The folder it is in.
    fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new(""))
    }

    /// What it says, as it is written.
    pub fn text(&self) -> &Text {
        &self.text
    }

    /// Its text, of the same length, with `*` in place of secrets, which do not belong there: to be shown to others than
    /// the person who edits it.
    pub fn masked_text(&self) -> String {
        settings::masked(self.text.as_str())
    }

    /// What is wrong with it, by place.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The names of its profiles, by name.
    pub fn profiles(&self) -> impl Iterator<Item = &str> {
        self.settings.profiles.keys().map(String::as_str)
    }

    /// What it decides about the rules for a file, or for a text that is no file.
    pub fn levels(&self, file: Option<&Path>) -> Levels {
        let file = file.and_then(|file| self.relative_path(file));
        let is_its = |ignored: &&IgnoreEntry| Some(&ignored.file) == file.as_ref();
        let ignored = self.settings.ignored.iter().filter(is_its);
        let place = |IgnoreEntry { pointer, code, .. }: &IgnoreEntry| Ignored { pointer: pointer.clone(), code };
        Levels { rules: self.settings.rules.clone(), ignored: ignored.map(place).collect() }
    }

    /// What a file is called in an entry of `[[ignore]]`: its path from this file's folder, with `/`. `None` when it is
    /// not below that folder.
    pub fn relative_path(&self, file: &Path) -> Option<String> {
        relative_path(&self.path, file)
    }
}

/// What a file is called in an entry of `[[ignore]]` of the project file at this path: its path from there, with `/`.
/// `None` when it is not below that folder.
pub fn relative_path(project: &Path, file: &Path) -> Option<String> {
    let file = absolute(file);
    let below = file.strip_prefix(project.parent()?).ok()?;
    let names: Vec<_> = below.iter().map(OsStr::to_string_lossy).collect();
    Some(names.join("/"))
}

/// The projects of many files, each read once. It may be shared between threads.
#[derive(Debug, Default)]
pub struct Projects {
    known: Mutex<HashMap<PathBuf, Option<Arc<Project>>>>,
}

impl Projects {
    /// The project that counts for this file.
    pub fn for_file(&self, file: &Path) -> Option<Arc<Project>> {
        self.for_folder(absolute(file).parent()?)
    }

    /// The project that counts for the files of this folder.
    pub fn for_folder(&self, folder: &Path) -> Option<Arc<Project>> {
        let folder = absolute(folder);
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let mut passed = Vec::new();
        let found = folder.ancestors().find_map(|folder| {
            known.get(folder).cloned().or_else(|| {
                passed.push(folder.to_owned());
                Project::in_folder(folder).map(|project| Some(Arc::new(project)))
            })
        });
        let found = found.flatten();
        known.extend(passed.into_iter().map(|folder| (folder, found.clone())));
        found
    }

    /// Reads what is known of the world outside a file, and the project that counts for it.
    pub fn facts(&self, file: &Path) -> (Facts, Option<Arc<Project>>) {
        let project = self.for_file(file);
        let levels = project.as_ref().map(|project| project.levels(Some(file))).unwrap_or_default();
        (Facts { levels, folder: read_folder(file), remote: None }, project)
    }

    /// All projects that were read, by path.
    pub fn all(&self) -> Vec<Arc<Project>> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let mut all: Vec<_> = known.values().flatten().cloned().collect();
        all.sort_by(|a, b| a.path.cmp(&b.path));
        all.dedup_by(|a, b| a.path == b.path);
        all
    }
}

/// A path from the root, without `.` and `..`. Links are not followed: the folders above are those that the name says.
fn absolute(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    path.components().fold(PathBuf::new(), |mut plain, step| {
        match step {
            Component::ParentDir => _ = plain.pop(),
            Component::CurDir => {}
            step => plain.push(step),
        }
        plain
    })
}

#[cfg(test)]
mod tests;
