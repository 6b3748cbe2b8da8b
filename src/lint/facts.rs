//! What is known of the world outside the document, handed in as plain data: what the team has decided about the rules,
//! the files beside the spec, and how it stands on the service. The default is that nothing is known.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use super::Diagnostic;
use super::NewFile;
use super::Severity;
use crate::document::Document;
use crate::syntax::{Kind, Node, Tree};

/// What is known of the world outside one document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Facts {
    /// What the team has decided about the rules.
    pub levels: Levels,
    /// The files beside the spec. `None` when nothing is known of them.
    pub folder: Option<Folder>,
    /// How the spec stood on the service when it was last asked. `None` when it was not asked, or does not know the spec.
    pub remote: Option<Remote>,
}

/// How much the diagnostics of a rule matter to a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// They are not shown.
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
    /// All levels, the mildest first.
    pub const ALL: [Level; 5] = [Level::Off, Level::Hint, Level::Info, Level::Warning, Level::Error];

    /// As written in `connspec.toml`: `off` or the name of a severity.
    pub fn as_str(self) -> &'static str {
        self.severity().map_or("off", Severity::as_str)
    }

    /// The level with this name, which is case-sensitive.
    pub fn parse(name: &str) -> Option<Level> {
        Level::ALL.into_iter().find(|level| level.as_str() == name)
    }

    /// The severity that the diagnostics get; `None` when they are not shown.
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

/// What a team has decided about the rules, for one file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Levels {
    /// The levels of rules, by code. A rule that is not here keeps its own severities.
    pub rules: BTreeMap<&'static str, Level>,
    /// The places of this file where diagnostics are not shown.
    pub ignored: Vec<Ignored>,
}

/// A place where the diagnostics of one rule are not shown.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Ignored {
    /// The member or element, as a JSON pointer (RFC 6901); with everything inside it. Empty: the whole document.
    pub pointer: String,
    /// The rule's code.
    pub code: &'static str,
}

/// The files beside a `{source}-connectionSpec.json`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Folder {
    /// What the names of all of them begin with.
    pub source: String,
    /// `{source}-category.txt`.
    pub category: Neighbour,
    /// `{source}-description.txt`.
    pub description: Neighbour,
    /// `{source}-icon.svg`.
    pub icon: Neighbour,
    /// `{source}-label.txt`.
    pub label: Neighbour,
}

/// One file beside the spec.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Neighbour {
    /// There is no such file.
    Absent,
    /// Something of that name is there, but nothing is known of its content.
    Unreadable,
    /// Its text; of a long file only its first [`Folder::MOST`] bytes. Bytes that are no UTF-8 read as U+FFFD.
    Text(String),
}

/// How a spec stands on the service, in one sandbox.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Remote {
    /// Its id.
    pub id: String,
    /// Where that is, in words for a sentence: "sandbox `dev`".
    pub place: String,
    /// Its state there.
    pub state: RemoteState,
    /// Whether its id is in the flow spec of its kind. `None` when that is not known, or there is none for its kind.
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
    /// What is known once these files were made beside the spec.
    pub(crate) fn with(&self, files: &[NewFile]) -> Cow<'_, Facts> {
        let mut facts = Cow::Borrowed(self);
        for file in files {
            if let Some(folder) = &mut facts.to_mut().folder {
                folder.make(file);
            }
        }
        facts
    }
}

impl Folder {
    /// How much of a file is read, in bytes.
    pub const MOST: usize = 64 * 1024;

    /// What the names of the files end with, behind the source and a hyphen.
    pub(crate) const ENDINGS: [&str; 4] = ["category.txt", "description.txt", "icon.svg", "label.txt"];

    /// The files with their names.
    pub(crate) fn files(&self) -> [(String, &Neighbour); 4] {
        let files = [&self.category, &self.description, &self.icon, &self.label];
        std::array::from_fn(|at| (format!("{}-{}", self.source, Folder::ENDINGS[at]), files[at]))
    }

    fn make(&mut self, file: &NewFile) {
        let made = self.files().iter().position(|(name, _)| *name == file.name);
        let places = [&mut self.category, &mut self.description, &mut self.icon, &mut self.label];
        if let Some((_, place)) = places.into_iter().enumerate().find(|(at, _)| Some(*at) == made) {
            *place = Neighbour::Text(file.content.clone());
        }
    }
}

impl Levels {
    /// Gives the diagnostics the severities that the team wants, and takes out those that it does not want.
    pub(crate) fn apply(&self, tree: &Tree, found: &mut Vec<Diagnostic>) {
        if !self.rules.is_empty() {
            found.retain_mut(|diagnostic| match self.rules.get(diagnostic.code).map(|level| level.severity()) {
                Some(Some(severity)) => {
                    diagnostic.severity = severity;
                    true
                }
                Some(None) => false,
                None => true,
            });
        }
        for Ignored { pointer, code } in &self.ignored {
            if found.iter().any(|diagnostic| diagnostic.code == *code) {
                let places: Vec<_> = tree.all_at_pointer(pointer).into_iter().map(extent).collect();
                let is_there = |diagnostic: &Diagnostic| places.iter().any(|place| holds(place, &diagnostic.range));
                found.retain(|diagnostic| diagnostic.code != *code || !is_there(diagnostic));
            }
        }
    }
}

/// The JSON pointer (RFC 6901) of the smallest member or element around a range of bytes: of what a diagnostic is about.
/// Empty for the document as a whole.
pub fn pointer(document: &Document, range: &Range<usize>) -> String {
    let mut node = document.tree().root();
    while let Some(inner) = node.children().find(|child| holds(&child.range(), range)) {
        node = inner;
    }
    let is_place = |node: &Node<'_>| node.kind() == Kind::Member || node.as_part_of_member().is_none();
    let place = std::iter::once(node).chain(node.ancestors()).find(is_place);
    place.map(Node::pointer).unwrap_or_default()
}

/// The bytes of a member or element: of a value with its key.
fn extent(node: Node<'_>) -> Range<usize> {
    match (node.parent(), node.as_part_of_member()) {
        (None, _) => 0..node.tree().source().len(),
        (_, Some(member)) => member.node.range(),
        _ => node.range(),
    }
}

fn holds(outer: &Range<usize>, inner: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

#[cfg(test)]
mod tests;
