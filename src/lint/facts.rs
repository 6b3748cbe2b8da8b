//! What is known about the environment of a document, as plain data: the levels that the team has set for the rules, the
//! files beside the spec, and its remote state. By default nothing is known.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::{Diagnostic, NewFile, Severity};
use crate::document::Document;
use crate::syntax::{Kind, Node, Tree};
use crate::text::contains;

/// What is known about the environment of one document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Facts {
    /// The levels that the team has set for the rules.
    pub levels: Levels,
    /// The files beside the spec; `None` if they are not known.
    pub folder: Option<Folder>,
    /// The spec in Flow Service at the last request; `None` if there was none, or there is no such spec.
    pub remote: Option<Remote>,
}

/// The level that a team sets for a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Its diagnostics are not shown.
    Off,
    /// As [`Severity::Hint`].
    Hint,
    /// As [`Severity::Info`].
    Info,
    /// As [`Severity::Warning`].
    Warning,
    /// As [`Severity::Error`].
    Error,
}

impl Level {
    /// All levels, the lowest first.
    pub const ALL: [Level; 5] = [Level::Off, Level::Hint, Level::Info, Level::Warning, Level::Error];

    /// As written in `connspec.toml`: `off` or the name of a severity.
    pub fn as_str(self) -> &'static str {
        self.severity().map_or("off", Severity::as_str)
    }

    /// The level with this name, which is case-sensitive.
    pub fn parse(name: &str) -> Option<Level> {
        Level::ALL.into_iter().find(|level| level.as_str() == name)
    }

    /// The severity of the diagnostics; `None` if they are not shown.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Level::Off => None,
            Level::Hint => Some(Severity::Hint),
            Level::Info => Some(Severity::Info),
            Level::Warning => Some(Severity::Warning),
            Level::Error => Some(Severity::Error),
        }
    }
}

/// The levels of all rules for one file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Levels {
    /// The levels by code. Other rules keep their own severities.
    pub rules: BTreeMap<&'static str, Level>,
    /// The nodes of this file whose diagnostics are not shown.
    pub ignored: Vec<Ignored>,
}

/// A node for which the diagnostics of one rule are not shown.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Ignored {
    /// The member or element with everything inside it, as a JSON pointer (RFC 6901). Empty: the complete document.
    pub pointer: String,
    /// The code of the rule.
    pub code: &'static str,
}

/// The files beside a `{source}-connectionSpec.json`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Folder {
    /// The prefix of their names.
    pub source: String,
    /// `{source}-category.txt`.
    pub category: Artifact,
    /// `{source}-description.txt`.
    pub description: Artifact,
    /// `{source}-icon.svg`.
    pub icon: Artifact,
    /// `{source}-label.txt`.
    pub label: Artifact,
    /// The names of such files of sources that have no spec in the folder, sorted.
    pub orphans: Arc<[String]>,
}

/// A file beside the spec.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Artifact {
    /// The file does not exist.
    Absent,
    /// Something has this name, but its content is not known.
    Unreadable,
    /// Its text; of a long file only the first [`Folder::MAX_BYTES`]. Bytes that are not valid UTF-8 become U+FFFD.
    Text(String),
}

/// A spec in Flow Service, in one sandbox.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Remote {
    /// The id in that sandbox.
    pub id: String,
    /// The sandbox, for messages: "sandbox `dev`".
    pub location: String,
    /// The state when it was last requested.
    pub state: RemoteState,
    /// Whether its id is in the flow spec of its kind; `None` if that is not known, or there is none for its kind.
    pub registered: Option<bool>,
}

/// The state of a remote spec compared with what was last pushed or pulled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RemoteState {
    /// As last pushed or pulled.
    Unchanged,
    /// Someone else has changed it.
    Changed,
    /// It no longer exists.
    Deleted,
}

impl Facts {
    /// The facts after these files are created beside the spec.
    pub(crate) fn with(&self, files: &[NewFile]) -> Cow<'_, Facts> {
        let mut facts = Cow::Borrowed(self);
        for file in files {
            if let Some(folder) = &mut facts.to_mut().folder {
                folder.create(file);
            }
        }
        facts
    }
}

impl Folder {
    /// How much of a file is read.
    pub const MAX_BYTES: usize = 64 * 1024;

    /// The ends of the names, after the source and a hyphen.
    pub const ENDINGS: [&str; 4] = ["category.txt", "description.txt", "icon.svg", "label.txt"];

    /// The files with their names.
    pub(crate) fn files(&self) -> [(String, &Artifact); 4] {
        let files = [&self.category, &self.description, &self.icon, &self.label];
        std::array::from_fn(|at| (format!("{}-{}", self.source, Folder::ENDINGS[at]), files[at]))
    }

    fn create(&mut self, file: &NewFile) {
        let created = self.files().iter().position(|(name, _)| *name == file.name);
        let files = [&mut self.category, &mut self.description, &mut self.icon, &mut self.label];
        if let Some((_, artifact)) = files.into_iter().enumerate().find(|(at, _)| Some(*at) == created) {
            *artifact = Artifact::Text(file.content.clone());
        }
    }
}

impl Levels {
    /// Sets the severities of the diagnostics, and removes those that are off or ignored.
    pub(crate) fn apply(&self, tree: &Tree, diagnostics: &mut Vec<Diagnostic>) {
        if !self.rules.is_empty() {
            diagnostics.retain_mut(|diagnostic| match self.rules.get(diagnostic.code).map(|level| level.severity()) {
                Some(Some(severity)) => {
                    diagnostic.severity = severity;
                    true
                }
                Some(None) => false,
                None => true,
            });
        }
        for ignored in &self.ignored {
            if diagnostics.iter().any(|diagnostic| diagnostic.code == ignored.code) {
                let ranges = ignored.ranges(tree);
                diagnostics.retain(|diagnostic| !ignored.hides(&ranges, diagnostic));
            }
        }
    }
}

impl Ignored {
    /// Where diagnostics are hidden: several ranges if the pointer contains a duplicate key.
    fn ranges(&self, tree: &Tree) -> Vec<Range<usize>> {
        tree.all_at_pointer(&self.pointer).into_iter().map(extent).collect()
    }

    fn hides(&self, ranges: &[Range<usize>], diagnostic: &Diagnostic) -> bool {
        diagnostic.code == self.code && ranges.iter().any(|range| contains(range, &diagnostic.range))
    }

    pub(super) fn hides_any(&self, tree: &Tree, diagnostics: &[Diagnostic]) -> bool {
        let ranges = self.ranges(tree);
        diagnostics.iter().any(|diagnostic| self.hides(&ranges, diagnostic))
    }
}

/// The JSON pointer (RFC 6901) of the smallest member or element that contains the range of a diagnostic. Empty for the
/// complete document.
pub fn pointer(document: &Document, range: &Range<usize>) -> String {
    let mut node = document.tree().root();
    while let Some(inner) = node.children().find(|child| contains(&child.range(), range)) {
        node = inner;
    }
    let is_located = |node: &Node<'_>| node.kind() == Kind::Member || node.as_part_of_member().is_none();
    let located = node.self_and_ancestors().find(is_located);
    located.map(Node::pointer).unwrap_or_default()
}

/// The range of a member or element: of a value with its key.
fn extent(node: Node<'_>) -> Range<usize> {
    match (node.parent(), node.as_part_of_member()) {
        (None, _) => 0..node.tree().source().len(),
        (_, Some(member)) => member.node.range(),
        _ => node.range(),
    }
}

#[cfg(test)]
mod tests;
