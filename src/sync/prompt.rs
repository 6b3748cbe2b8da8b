//! The ports of a [`Conversation`](super::Conversation): the medium in which a person is asked, and the local text.

use std::path::PathBuf;

use crate::document::Document;
use crate::flow_service::short_id;
use crate::lint::{Facts, RemoteState};
use crate::text::Edit;
use crate::text::english::count;

use super::changes::named_paths;
use super::error::SyncError;
use super::merge::Side;
use super::outcome::Section;
use super::plan::{Candidate, Plan, PushBlocker, ThreeWay};

/// The medium of a conversation: a terminal, an editor, a test.
pub trait Prompt: Send {
    /// Keeps the process alive while a write is in progress.
    type Write: Send;

    /// Lets a person choose. `None` if nobody can be asked, or they chose nothing.
    fn ask(&mut self, question: &Question<'_>) -> impl Future<Output = Result<Option<Choice>, SyncError>> + Send;

    /// Shows what happens before the result.
    fn report(&mut self, event: Event<'_>) -> impl Future<Output = Result<(), SyncError>> + Send;

    /// Shows what is in progress.
    fn progress(&mut self, progress: Progress);

    /// Announces a write. Fails if nothing more may begin.
    fn begin_write(&mut self) -> Result<Self::Write, SyncError>;
}

/// The local side of a conversation: a file, or a document in an editor.
pub trait WorkingCopy: Send {
    /// Its current text, with the edits of a person who was asked in the meantime.
    fn read(&mut self) -> Result<LocalSpec, SyncError>;

    /// Applies edits to the text as it was read last. Fails with [`SyncError::NotApplied`] if it has changed since.
    fn apply(&mut self, edits: Vec<Edit>) -> impl Future<Output = Result<(), SyncError>> + Send;
}

/// The local text and what is known about it.
#[derive(Debug)]
pub struct LocalSpec {
    /// The path of the file.
    pub path: PathBuf,
    /// The text; empty if the file does not exist.
    pub document: Document,
    /// The facts for its diagnostics.
    pub facts: Facts,
}

/// A question for a person.
#[derive(Debug)]
pub enum Question<'q> {
    /// Whether to apply the plan.
    Push(&'q Plan),
    /// Whether to register the spec.
    Register,
    /// How to resolve what blocks a push.
    Blocked(&'q PushBlocker),
    /// Which side wins the conflicts.
    Conflicts(&'q ThreeWay),
}

/// A choice offered with a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// Push.
    Push,
    /// Register.
    Register,
    /// Push a spec with errors or unfilled placeholders.
    Force,
    /// Link to this remote spec.
    Link {
        /// Its id.
        id: String,
        /// The number of differences from the file.
        differences: usize,
    },
    /// Create a new remote spec.
    Create,
    /// Create the deleted remote spec again.
    Recreate,
    /// Merge the remote changes, then push.
    Merge,
    /// Merge the remote changes, and don't push.
    Pull,
    /// Overwrite the remote changes.
    Overwrite,
    /// Let this side win the conflicts.
    Prefer(Side),
}

/// What happens before the result.
#[derive(Debug)]
pub enum Event<'e> {
    /// The plan of a push that writes.
    Plan(&'e Plan),
    /// The spec will be registered.
    Registering {
        /// The name of the spec.
        name: &'e str,
        /// The id of the remote spec.
        id: &'e str,
        /// The name of the flow spec.
        flow_spec: &'static str,
    },
    /// Something blocks the push.
    Blocked(&'e PushBlocker),
    /// Local and remote changes conflict.
    Conflicts(&'e ThreeWay),
    /// The state of the linked remote spec is known.
    Remote(RemoteUpdate),
    /// The file is not linked.
    NotLinked,
}

/// What became known of the linked remote spec.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteUpdate {
    /// Its id.
    pub id: String,
    /// Its state; `None` if that was not checked.
    pub state: Option<RemoteState>,
    /// Whether it is registered; `None` if that was not checked.
    pub registered: Option<bool>,
    /// The local text that was last in sync with it.
    pub sent: Option<String>,
}

/// What is in progress.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Reading what a plan is based on.
    Comparing,
    /// Reading the remote spec.
    ReadingSpec,
    /// Reading the flow spec.
    ReadingFlowSpec,
    /// Editing the local text.
    Editing,
    /// Writing to Flow Service. Can't be cancelled.
    Writing,
}

impl Question<'_> {
    /// The fact that leads to the question; empty if it was reported as an [`Event`] that needs no repetition.
    pub fn reason(&self) -> String {
        match self {
            Question::Push(_) | Question::Register => String::new(),
            Question::Blocked(blocker) => blocker.to_string(),
            Question::Conflicts(changes) => {
                let conflicts = &changes.merge.conflicts;
                let paths = named_paths(conflicts.iter().map(|conflict| &conflict.path));
                format!("{} between local and remote changes: {paths}.", count(conflicts.len(), "conflict"))
            }
        }
    }

    /// The question.
    pub fn text(&self) -> &'static str {
        match self {
            Question::Push(_) => "Push?",
            Question::Register => "Register?",
            Question::Blocked(PushBlocker::Problems(_)) => "Push anyway?",
            Question::Blocked(PushBlocker::UnconfirmedLink { .. }) => "Write to it?",
            Question::Blocked(PushBlocker::SameName(_)) => "Link to it, or create a new spec?",
            Question::Blocked(PushBlocker::RemoteDeleted { .. }) => "Recreate it?",
            Question::Blocked(PushBlocker::RemoteChanged(changes)) if changes.merge.conflicts.is_empty() => {
                "Merge the remote changes, or overwrite them?"
            }
            Question::Blocked(PushBlocker::RemoteChanged(_)) => "Pull to resolve the conflicts, or overwrite?",
            Question::Conflicts(_) => "Which side wins?",
        }
    }

    /// The differences that the decision is about.
    pub fn sections(&self) -> Vec<Section<'_>> {
        match self {
            Question::Blocked(blocker) => blocker.sections(),
            _ => Vec::new(),
        }
    }

    /// The choices. Choosing none of them leaves everything as it is.
    pub fn choices(&self) -> Vec<Choice> {
        match self {
            Question::Push(_) => vec![Choice::Push],
            Question::Register => vec![Choice::Register],
            Question::Blocked(PushBlocker::Problems(_)) => vec![Choice::Force],
            Question::Blocked(PushBlocker::UnconfirmedLink { remote, .. }) => vec![link_to(remote)],
            Question::Blocked(PushBlocker::SameName(found)) => {
                found.iter().map(link_to).chain([Choice::Create]).collect()
            }
            Question::Blocked(PushBlocker::RemoteDeleted { .. }) => vec![Choice::Recreate],
            // With conflicts a side has to be chosen first, so that is a pull.
            Question::Blocked(PushBlocker::RemoteChanged(changes)) if changes.merge.conflicts.is_empty() => {
                vec![Choice::Merge, Choice::Pull, Choice::Overwrite]
            }
            Question::Blocked(PushBlocker::RemoteChanged(_)) => vec![Choice::Pull, Choice::Overwrite],
            Question::Conflicts(_) => vec![Choice::Prefer(Side::Local), Choice::Prefer(Side::Remote)],
        }
    }
}

fn link_to(Candidate { id, differences, .. }: &Candidate) -> Choice {
    Choice::Link { id: id.clone(), differences: *differences }
}

impl Choice {
    /// The label of a button.
    pub fn label(&self) -> String {
        match self {
            Choice::Push => "Push".to_owned(),
            Choice::Register => "Register".to_owned(),
            Choice::Force => "Push anyway".to_owned(),
            Choice::Link { id, differences: 0 } => format!("Link to {} (identical)", short_id(id)),
            Choice::Link { id, differences } => {
                format!("Link to {} ({})", short_id(id), count(*differences, "difference"))
            }
            Choice::Create => "Create a new spec".to_owned(),
            Choice::Recreate => "Recreate".to_owned(),
            Choice::Merge => "Merge and push".to_owned(),
            Choice::Pull => "Pull only".to_owned(),
            Choice::Overwrite => "Overwrite".to_owned(),
            Choice::Prefer(Side::Local) => "Local".to_owned(),
            Choice::Prefer(Side::Remote) => "Remote".to_owned(),
        }
    }
}

impl Progress {
    /// The description for people.
    pub fn description(self) -> &'static str {
        match self {
            Progress::Comparing => "Comparing with remote",
            Progress::ReadingSpec => "Reading the remote spec",
            Progress::ReadingFlowSpec => "Reading the flow spec",
            Progress::Editing => "Editing",
            Progress::Writing => "Writing",
        }
    }
}
