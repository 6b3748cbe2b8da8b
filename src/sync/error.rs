//! Why something was not done, or not all of it.

use std::{fmt, io};

use crate::flow_service::{self, ErrorKind, api, short_id};
use crate::project::{StateError, TrustRequest};
use crate::text::english::count;

use super::changes::{Change, named_paths};
use super::plan::{Candidate, Plan, PushBlocker, ThreeWay};

/// Why something was not done. Its text says what happened and how to go on; flags and options that decide are up to the
/// command line and the editor.
#[derive(Debug)]
pub enum SyncError {
    /// A push needs a decision first; nothing was sent.
    Blocked(PushBlocker),
    /// Local and remote changes conflict and neither side is preferred; nothing was written.
    Conflicts(Box<ThreeWay>),
    /// Nobody has confirmed the write; nothing was sent. The plan, if it is one for a push.
    NotConfirmed(Option<Box<Plan>>),
    /// Cancelled before anything was sent.
    Cancelled,
    /// Cancelled before the editor has confirmed an edit of the local text, so it may have been applied.
    EditCancelled,
    /// The local text isn't a JSON object, so it can be neither sent nor merged.
    InvalidJson,
    /// The file is not linked to a remote spec.
    NotLinked,
    /// Only sources of the two generic types are registered.
    NoFlowSpec,
    /// The profile would do what the person has not trusted; nothing was run, read or sent.
    Untrusted(Box<TrustRequest>),
    /// No profile applies, or its credentials cannot be read; nothing was sent.
    Unreachable(String),
    /// Flow Service, or the connection to it.
    Service(flow_service::Error),
    /// The state file cannot be read or written; nothing was sent.
    State(StateError),
    /// The document is not a file yet.
    Unsaved,
    /// The local file cannot be read or written.
    File(String),
    /// The edit of the local text was not applied: the text changed in the meantime, or the editor has declined.
    NotApplied(String),
    /// Another process is pushing or pulling in this folder.
    Locked,
    /// What the plan is based on has changed; nothing was written. A new plan takes it into account.
    PlanStale,
    /// It was written, but the state file was not; the next push or pull finds out by itself.
    StateNotSaved {
        /// What was written.
        written: Written,
        /// Why the state was not saved.
        error: Box<SyncError>,
    },
    /// Whether the write was carried out is unknown, and the remote spec could not be read. The next push looks first.
    Unknown {
        /// The write: "Creating the spec".
        action: &'static str,
        /// What came instead of a response.
        error: flow_service::Error,
    },
    /// The update was accepted, and some or all of it was not carried out.
    UpdateIgnored {
        /// The id of the spec.
        id: String,
        /// What was not carried out.
        changes: Vec<Change>,
    },
    /// The new spec cannot be read, so it was neither linked nor registered.
    NotReadBack {
        /// The id in the response.
        id: String,
        /// Why it cannot be read.
        error: Box<flow_service::Error>,
    },
    /// Another author has created a spec with the same name at the same time; neither is registered.
    CreatedTwice {
        /// The id of the spec of the file.
        id: String,
        /// The other ones.
        others: Vec<Candidate>,
    },
    /// Not an id of a spec.
    InvalidId(String),
    /// The spec was pushed, but not registered.
    NotRegistered {
        /// The id of the spec.
        id: String,
        /// Why.
        error: Box<SyncError>,
    },
    /// Other writers kept removing the id from the flow spec.
    Overwritten {
        /// The name of the flow spec.
        flow_spec: &'static str,
    },
    /// The flow spec lacks ids that it had before; nothing was sent.
    IdsMissing {
        /// The name of the flow spec.
        flow_spec: &'static str,
        /// The ids.
        ids: Vec<String>,
    },
    /// The flow spec is not as documented, so it is not sent back.
    UnexpectedFlowSpec {
        /// The name of the flow spec.
        flow_spec: &'static str,
    },
    /// The output could not be written.
    Output(io::Error),
}

/// What was written before saving the state failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// The remote spec with this id.
    Remote(String),
    /// The local file, from the remote spec with this id.
    Local(String),
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// As requested.
    Done,
    /// A person has to decide or fix something first.
    Refused,
    /// A person has cancelled it.
    Cancelled,
    /// It could not be done.
    Failed,
}

impl SyncError {
    /// How the command ended.
    pub fn outcome(&self) -> Outcome {
        match self {
            SyncError::Cancelled | SyncError::EditCancelled => Outcome::Cancelled,
            SyncError::Blocked(_)
            | SyncError::Conflicts(_)
            | SyncError::NotConfirmed(_)
            | SyncError::InvalidJson
            | SyncError::NotLinked
            | SyncError::NoFlowSpec
            | SyncError::Unsaved
            | SyncError::NotApplied(_)
            | SyncError::Locked
            | SyncError::PlanStale
            | SyncError::InvalidId(_)
            | SyncError::IdsMissing { .. }
            | SyncError::CreatedTwice { .. }
            | SyncError::Untrusted(_) => Outcome::Refused,
            _ => Outcome::Failed,
        }
    }

    /// The error of Flow Service, if that is what failed.
    pub fn service_error(&self) -> Option<&flow_service::Error> {
        match self {
            SyncError::Service(error) | SyncError::Unknown { error, .. } => Some(error),
            SyncError::NotReadBack { error, .. } => Some(error),
            SyncError::NotRegistered { error, .. } | SyncError::StateNotSaved { error, .. } => error.service_error(),
            _ => None,
        }
    }
}

impl From<flow_service::Error> for SyncError {
    fn from(error: flow_service::Error) -> Self {
        if error.kind() == ErrorKind::Cancelled { SyncError::Cancelled } else { SyncError::Service(error) }
    }
}

impl From<StateError> for SyncError {
    fn from(error: StateError) -> Self {
        SyncError::State(error)
    }
}

impl From<PushBlocker> for SyncError {
    fn from(blocker: PushBlocker) -> Self {
        SyncError::Blocked(blocker)
    }
}

impl From<io::Error> for SyncError {
    fn from(error: io::Error) -> Self {
        SyncError::Output(error)
    }
}

impl fmt::Display for SyncError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SyncError::Blocked(blocker) => write!(f, "{blocker} Nothing was pushed."),
            SyncError::Conflicts(changes) => {
                let conflicts = count(changes.merge.conflicts.len(), "conflict");
                write!(f, "{conflicts} between local and remote changes; nothing was written.")
            }
            SyncError::NotConfirmed(_) => f.write_str("Not confirmed; nothing was sent."),
            SyncError::Cancelled => f.write_str("Cancelled before anything was sent."),
            SyncError::EditCancelled => {
                f.write_str("Cancelled before the editor confirmed the edit, so the state was not saved; pull again.")
            }
            SyncError::InvalidJson => f.write_str("The file isn't a valid JSON object. Fix it first."),
            SyncError::Unsaved => {
                f.write_str("Save the document as a file first; its link to a remote spec depends on its path.")
            }
            SyncError::NotLinked => f.write_str("The file is not linked to a remote spec in this sandbox."),
            SyncError::NoFlowSpec => {
                f.write_str("Only sources of type `generic-rest` or `generic-streaming` are registered in a flow spec.")
            }
            SyncError::Unreachable(message) | SyncError::File(message) | SyncError::NotApplied(message) => {
                f.write_str(message)
            }
            SyncError::Untrusted(request) => request.fmt(f),
            SyncError::Service(error) => error.fmt(f),
            SyncError::State(error) => error.fmt(f),
            SyncError::Locked => {
                f.write_str("Another connspec process is pushing or pulling in this folder; nothing was changed. ")?;
                f.write_str("Try again when it has finished.")
            }
            SyncError::PlanStale => f.write_str("Something changed in the meantime, so nothing was sent. Try again."),
            SyncError::StateNotSaved { written: Written::Remote(id), error } => {
                write!(f, "The spec was pushed ({}), but the state file was not saved: {error} ", short_id(id))?;
                f.write_str("Fix that and push again; connspec will find the remote spec.")
            }
            SyncError::StateNotSaved { written: Written::Local(id), error } => {
                write!(f, "The file was updated from {}, but the state file was not saved: {error} ", short_id(id))?;
                f.write_str("Fix that and pull again.")
            }
            SyncError::Unknown { action, error } => {
                write!(f, "{action} may or may not have completed: {error} ")?;
                f.write_str("Push again; connspec looks at the remote spec first and does nothing twice.")
            }
            SyncError::UpdateIgnored { id, changes } => {
                let was = if changes.len() == 1 { "was" } else { "were" };
                let (id, number) = (short_id(id), count(changes.len(), "change"));
                let paths = named_paths(changes.iter().map(|change| &change.path));
                write!(f, "The update of {id} was accepted, but {number} {was} not carried out: {paths}. ")?;
                f.write_str(
                    "Push again; if that does not help, check the proxies between this machine and Flow Service.",
                )
            }
            SyncError::NotReadBack { id, error } => {
                write!(f, "The response says that {id} was created, but it cannot be read: {error} ")?;
                f.write_str("It was neither linked nor registered. Push again; connspec looks for it first.")
            }
            SyncError::CreatedTwice { id, others } => {
                let others: Vec<&str> = others.iter().map(|other| other.id.as_str()).collect();
                write!(f, "Created {id}, but others created a spec with this name at the same time: ")?;
                write!(f, "{}. The file is linked to {}; it is not registered yet.", others.join(", "), short_id(id))
            }
            SyncError::InvalidId(id) => {
                write!(f, "`{id}` isn't the id of a spec; expected a UUID such as `{}`.", api::BATCH_FLOW_SPEC.id)
            }
            SyncError::NotRegistered { id, error } => {
                let id = short_id(id);
                match &**error {
                    SyncError::Cancelled => write!(f, "The spec was pushed ({id}); registering it was cancelled."),
                    error => write!(f, "The spec was pushed ({id}), but not registered: {error}"),
                }
            }
            SyncError::Overwritten { flow_spec } => {
                write!(f, "Other writers kept overwriting the flow spec `{flow_spec}` and removed the id. ")?;
                f.write_str("Register again later.")
            }
            SyncError::IdsMissing { flow_spec, ids } => {
                let (number, ids) = (count(ids.len(), "id"), ids.join(", "));
                write!(f, "The flow spec `{flow_spec}` lacks {number} that this machine has seen in it: {ids}. ")?;
                f.write_str("It was read twice, 1 s apart. Nothing was sent, since an outdated copy would remove ")?;
                f.write_str("them for good. If they were removed on purpose, register again.")
            }
            SyncError::UnexpectedFlowSpec { flow_spec } => {
                write!(
                    f,
                    "The flow spec `{flow_spec}` has no array `sourceConnectionSpecIds` of ids; nothing was sent. "
                )?;
                f.write_str("Register the id in another way.")
            }
            SyncError::Output(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for SyncError {}
