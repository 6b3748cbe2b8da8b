//! The files around specs: `connspec.toml` with a team's rules and profiles, the state file, the files beside a spec, and
//! where specs are. Parsing and editing a text touches no file; finding and reading files is done here too. And what of
//! all that has an effect without the trust of the person, see [`Trust`].
//!
//! What a rule means is the concern of [`crate::lint`], signing in with a profile that of [`crate::flow_service`].

use std::collections::HashMap;
use std::ffi::OsStr;
use std::fmt;
use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::lint::{Facts, Ignored, Levels};
use crate::text::Text;

mod edit;
mod files;
mod hosts;
mod private_files;
mod profiles;
mod search;
mod selection;
mod settings;
mod spec_files;
mod state;
mod trust;

pub use edit::{add_ignore, set_level};
pub use files::{MAX_FILE_BYTES, read_bounded, read_file, read_text_file, replace_file};
pub use hosts::{HostOwner, TrustedUrl, host, is_loopback_host};
pub use private_files::{data_folder, open_private_file, read_private_file, sha256, write_private_file};
pub use profiles::{CREDENTIAL_VARIABLES, CredentialsSource, ENV_PROFILE, LOCAL_PROFILE, Profile, TokenStorage};
pub use selection::{ProfileError, SelectedProfile, SelectionReason, select_profile};
pub use settings::{IgnoreEntry, Problem, Settings, read_settings};
pub use spec_files::{SPEC_FILE_SUFFIX, find_specs};
pub use state::{Intent, LinkedSpec, STATE_FILE_NAME, Sandbox, State, StateError, StateFile, StateLock};
pub use trust::{Trust, TrustRecord, TrustRequest, TrustedProfile};

use search::{Doubt, doubt, folders_above, repository_root};
use selection::Origin;
use spec_files::{orphans, read_folder};

/// The name of the file with a team's rules and profiles.
pub const PROJECT_FILE_NAME: &str = "connspec.toml";

/// A larger file is not read.
const MAX_BYTES: u64 = 1 << 20;

/// The code of the problems of that file.
pub const PROJECT_FILE_CODE: &str = "project-file";

/// One `connspec.toml`. It applies to the files of its folder, and of all folders below that have none.
#[derive(Clone)]
pub struct Project {
    path: PathBuf,
    text: Text,
    /// Those that apply: none of a file that may be someone else's.
    settings: Arc<Settings>,
    /// Those that were found.
    found: Arc<Settings>,
    problems: Vec<Problem>,
    /// Why the file may not be what the person believes to have.
    doubt: Option<Doubt>,
}

/// Without the text, which may contain a secret.
impl fmt::Debug for Project {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Project { path, settings, problems, .. } = self;
        let mut fields = formatter.debug_struct("Project");
        fields.field("path", path).field("settings", settings).field("problems", problems).finish_non_exhaustive()
    }
}

impl PartialEq for Project {
    fn eq(&self, other: &Self) -> bool {
        let same = |project: &Project| (project.path.clone(), project.problems.clone());
        self.text.as_str() == other.text.as_str() && same(self) == same(other)
    }
}

impl Project {
    fn in_folder(folder: &Path, trust: &Trust) -> Option<Project> {
        let path = folder.join(PROJECT_FILE_NAME);
        if !path.is_file() {
            return None;
        }
        let problem = |message: String| Some(Problem::error(0..0, message));
        let (content, failure) = match read_file(&path, MAX_BYTES).map(String::from_utf8) {
            Ok(Ok(content)) => (content, None),
            Ok(Err(error)) => {
                let content = String::from_utf8_lossy(error.as_bytes()).into_owned();
                (content, problem("this file isn't valid UTF-8; save it as UTF-8".to_owned()))
            }
            Err(error) if error.kind() == ErrorKind::NotFound => return None,
            Err(error) if error.kind() == ErrorKind::FileTooLarge => {
                (String::new(), problem("this file is larger than 1 MB and is ignored".to_owned()))
            }
            Err(error) => (String::new(), problem(format!("this file cannot be read: {error}"))),
        };
        let (settings, mut problems) = read_settings(&content);
        problems.splice(..0, failure);
        let (settings, doubt) = (Arc::new(settings), doubt(&path));
        let mut project =
            Project { path, text: Text::new(content), settings: settings.clone(), found: settings, problems, doubt };
        if doubt.is_some() && !trust.covers(&project.trust_request()) {
            project.settings = Arc::default();
            project.text = Text::new("");
            project.problems = project.refusal().into_iter().map(|message| Problem::error(0..0, message)).collect();
        }
        project.problems.extend(project.absent_files());
        project.problems.sort_by_key(|problem| problem.range.start);
        Some(project)
    }

    /// The entries of `[[ignore]]` whose file does not exist.
    fn absent_files(&self) -> Vec<Problem> {
        let is_absent = |entry: &&IgnoreEntry| {
            let metadata = fs::symlink_metadata(self.folder().join(&entry.file));
            metadata.is_err_and(|error| error.kind() == ErrorKind::NotFound)
        };
        let absent = self.settings.ignored.iter().filter(is_absent);
        let problem = |entry: &IgnoreEntry| {
            let message = format!("this entry has no effect: there is no file `{}`", entry.file);
            Problem::warning(entry.range.clone(), message)
        };
        absent.map(problem).collect()
    }

    /// The entries of `[[ignore]]` for a file that ignore nothing in it.
    pub fn unused_entries(&self, file: &Path, unused: &[&Ignored]) -> Vec<Problem> {
        let file = self.relative_path(file);
        let is_unused = |entry: &&IgnoreEntry| {
            Some(&entry.file) == file.as_ref()
                && unused.iter().any(|unused| (&unused.pointer, unused.code) == (&entry.pointer, entry.code))
        };
        let problem = |entry: &IgnoreEntry| {
            let place = if entry.pointer.is_empty() { "in the spec" } else { "at its `pointer`" };
            let message = format!("this entry has no effect: no `{}` is reported {place}; remove it", entry.code);
            Problem::warning(entry.range.clone(), message)
        };
        self.settings.ignored.iter().filter(is_unused).map(problem).collect()
    }

    /// Why nothing of the file applies.
    fn refusal(&self) -> Option<String> {
        let doubt = self.doubt.filter(|_| !Arc::ptr_eq(&self.settings, &self.found))?;
        let (path, how) = (self.path.display(), self.trust_request().command());
        Some(format!(
            "{} `{path}`: {}, so it is ignored. If you control this repository, {how}, or set `CONNSPEC_TRUST=1` in CI",
            doubt.title(),
            doubt.description()
        ))
    }

    fn origin(&self) -> Origin {
        let folder = self.folder();
        let root = repository_root(folder).unwrap_or(folder).to_owned();
        Origin { path: self.path.clone(), root, settings: self.found.clone(), doubt: self.doubt }
    }

    /// What the file would do that needs trust.
    pub fn trust_request(&self) -> TrustRequest {
        TrustRequest::new(&self.origin())
    }

    /// The path of the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new(""))
    }

    /// The text of the file.
    pub fn text(&self) -> &Text {
        &self.text
    }

    /// The text with `*` for every byte of a secret, to show to others than the person who edits it.
    pub fn masked_text(&self) -> String {
        settings::masked(self.text.as_str())
    }

    /// What is wrong with the file, by position.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The names of the profiles, sorted.
    pub fn profiles(&self) -> impl Iterator<Item = &str> {
        self.settings.profiles.keys().map(String::as_str)
    }

    /// The levels of the rules for a file, or for a text that isn't a file.
    pub fn levels(&self, file: Option<&Path>) -> Levels {
        let file = file.and_then(|file| self.relative_path(file));
        let is_for_file = |ignored: &&IgnoreEntry| Some(&ignored.file) == file.as_ref();
        let ignored = self.settings.ignored.iter().filter(is_for_file);
        let place = |IgnoreEntry { pointer, code, .. }: &IgnoreEntry| Ignored { pointer: pointer.clone(), code };
        Levels { rules: self.settings.rules.clone(), ignored: ignored.map(place).collect() }
    }

    /// The path of a file as in an entry of `[[ignore]]`; see [`relative_path`].
    pub fn relative_path(&self, file: &Path) -> Option<String> {
        relative_path(&self.path, file)
    }
}

/// The path of `file` from the folder of `base`, with `/`. `None` if it is not below that folder.
pub fn relative_path(base: &Path, file: &Path) -> Option<String> {
    let file = absolute(file);
    let below = file.strip_prefix(base.parent()?).ok()?;
    let names: Vec<_> = below.iter().map(OsStr::to_string_lossy).collect();
    Some(names.join("/"))
}

/// The projects of many files, each read once. It can be shared between threads.
#[derive(Debug)]
pub struct Projects {
    trust: Trust,
    cache: Mutex<Cache>,
}

/// By folder.
#[derive(Debug, Default)]
struct Cache {
    /// The folders in which `connspec.toml` is searched for.
    searched: HashMap<PathBuf, Vec<PathBuf>>,
    projects: HashMap<PathBuf, Option<Arc<Project>>>,
    orphans: HashMap<PathBuf, Arc<[String]>>,
}

impl Default for Projects {
    fn default() -> Self {
        Projects::new(Trust::of_process())
    }
}

impl Projects {
    /// Without those that may be someone else's, unless the person trusts them.
    pub fn new(trust: Trust) -> Projects {
        Projects { trust, cache: Mutex::default() }
    }

    fn cache(&self) -> MutexGuard<'_, Cache> {
        self.cache.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The project that applies to a file: the nearest, from the folder of the file upwards to the root of its repository.
    /// Without a repository: that of its folder, or else of the working directory.
    pub fn for_file(&self, file: &Path) -> Option<Arc<Project>> {
        self.for_folder(absolute(file).parent()?)
    }

    /// The project that applies to the files of a folder.
    pub fn for_folder(&self, folder: &Path) -> Option<Arc<Project>> {
        let folder = absolute(folder);
        let mut cache = self.cache();
        let Cache { searched, projects, .. } = &mut *cache;
        let folders = searched.entry(folder).or_insert_with_key(|folder| folders_above(folder));
        folders.iter().find_map(|folder| match projects.get(folder) {
            Some(known) => known.clone(),
            None => {
                let project = Project::in_folder(folder, &self.trust).map(Arc::new);
                projects.insert(folder.clone(), project.clone());
                project
            }
        })
    }

    /// The facts about the surroundings of a file, and the project that applies to it.
    pub fn facts(&self, file: &Path) -> (Facts, Option<Arc<Project>>) {
        let project = self.for_file(file);
        let levels = project.as_ref().map(|project| project.levels(Some(file))).unwrap_or_default();
        (Facts { levels, folder: read_folder(file, |folder| self.orphans(folder)), remote: None }, project)
    }

    /// Listing a folder once for each of its specs would take time that is quadratic in their number.
    fn orphans(&self, folder: &Path) -> Arc<[String]> {
        let mut cache = self.cache();
        cache.orphans.entry(folder.to_owned()).or_insert_with_key(|folder| orphans(folder)).clone()
    }

    /// All projects read so far, by path.
    pub fn all(&self) -> Vec<Arc<Project>> {
        let mut all: Vec<_> = self.cache().projects.values().flatten().cloned().collect();
        all.sort_by(|a, b| a.path.cmp(&b.path));
        all
    }
}

/// An absolute path without `.` and `..`. Symbolic links are not resolved: the parent folders are those in the name.
fn absolute(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    path.components().fold(PathBuf::new(), |mut normal, component| {
        match component {
            Component::ParentDir => _ = normal.pop(),
            Component::CurDir => {}
            component => normal.push(component),
        }
        normal
    })
}

#[cfg(test)]
mod tests;
