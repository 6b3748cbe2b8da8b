//! What a push would do and what blocks it, as plain data.

use std::fmt;

use crate::project::LinkedSpec;
use crate::text::english::count;

use super::changes::Change;
use super::merge::Merge;

/// The decisions made before a push.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PushOptions {
    /// The id of the remote spec to link to.
    pub link: Option<String>,
    /// Whether to create a new spec although others have the same name, or although the linked one was deleted.
    pub create: bool,
    /// Whether to push a spec with errors or unfilled placeholders.
    pub force: bool,
    /// Whether to overwrite remote changes.
    pub overwrite: bool,
    /// Whether to leave out registering.
    pub no_register: bool,
}

/// What a push would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The name of the spec.
    pub name: String,
    /// What happens to the spec.
    pub spec: SpecStep,
    /// What happens to the flow spec.
    pub register: RegisterStep,
    /// The problems of the spec.
    pub problems: ProblemCounts,
    /// The other remote specs with the same name and provider.
    pub same_name: Vec<Candidate>,
    /// Whether the person or this machine has chosen the remote spec, and not only the state file.
    pub(super) is_confirmed: bool,
    /// The entry of the state file when the plan was made.
    pub(super) linked: Option<LinkedSpec>,
    /// The JSON to send.
    pub(super) payload: String,
}

/// What a push would do with the spec.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SpecStep {
    /// Nothing: it is up to date.
    UpToDate {
        /// The id of the remote spec.
        id: String,
    },
    /// Link to a remote spec with the same content. Nothing is sent.
    Link {
        /// The id of the remote spec.
        id: String,
        /// The new entry of the state file.
        #[doc(hidden)]
        linked: Box<LinkedSpec>,
    },
    /// Create a remote spec.
    Create {
        /// The remote specs that already have this name and provider.
        before: Vec<Candidate>,
    },
    /// Update the remote spec.
    Update {
        /// Its id.
        id: String,
        /// What changes in it.
        changes: Vec<Change>,
        /// Its content now.
        #[doc(hidden)]
        remote: String,
    },
}

impl SpecStep {
    /// The id of the remote spec, unless it is to be created.
    pub fn id(&self) -> Option<&str> {
        match self {
            SpecStep::UpToDate { id } | SpecStep::Link { id, .. } | SpecStep::Update { id, .. } => Some(id),
            SpecStep::Create { .. } => None,
        }
    }
}

impl Plan {
    /// Whether anything is sent that writes.
    pub fn writes(&self) -> bool {
        matches!(self.spec, SpecStep::Create { .. } | SpecStep::Update { .. })
            || matches!(self.register, RegisterStep::Register { .. })
    }
}

/// What a push or registering would do with the flow spec.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RegisterStep {
    /// Nothing: not wanted, or specs of this type are not registered.
    None,
    /// Nothing: already registered.
    Registered {
        /// The name of the flow spec.
        flow_spec: &'static str,
    },
    /// Add the id.
    Register {
        /// The name of the flow spec.
        flow_spec: &'static str,
    },
}

/// How many problems a spec has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ProblemCounts {
    /// The errors.
    pub errors: usize,
    /// The warnings, apart from unfilled placeholders.
    pub warnings: usize,
    /// The unfilled placeholders of Adobe's template.
    pub unfilled: usize,
}

impl ProblemCounts {
    /// Whether the spec is not fit to be pushed.
    pub fn block(self) -> bool {
        self.errors > 0 || self.unfilled > 0
    }
}

/// In the form "1 error, 3 warnings, 9 unfilled placeholders"; empty without problems.
impl fmt::Display for ProblemCounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = [(self.errors, "error"), (self.warnings, "warning"), (self.unfilled, "unfilled placeholder")];
        let counts = counts.into_iter().filter(|(number, _)| *number > 0).map(|(number, noun)| count(number, noun));
        f.write_str(&counts.collect::<Vec<_>>().join(", "))
    }
}

/// A decision that a push needs first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PushBlocker {
    /// The spec has errors or unfilled placeholders.
    Problems(ProblemCounts),
    /// The file is linked only by the state file, which may be someone else's, and the remote spec was never created, pulled
    /// or pushed on this machine.
    UnconfirmedLink {
        /// The remote spec.
        remote: Box<Candidate>,
        /// Its organization.
        org: String,
        /// What the push would change in it.
        changes: Vec<Change>,
    },
    /// Remote specs with the same name and provider exist; one of them may be this one.
    SameName(Vec<Candidate>),
    /// The remote spec does not exist.
    RemoteDeleted {
        /// Its id.
        id: String,
    },
    /// The remote spec is not what was last pushed or pulled.
    RemoteChanged(Box<ThreeWay>),
}

/// A remote spec that may be the counterpart of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
    /// The last change in milliseconds since 1970, if known.
    pub updated_at: Option<i64>,
    /// The author of the last change, if known.
    pub updated_by: Option<String>,
    /// The number of differences from the file.
    pub differences: usize,
}

/// What was changed locally and remotely, starting from a common base.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ThreeWay {
    /// The id of the remote spec.
    pub id: String,
    /// Local changes since the last push or pull. Empty without a base.
    pub local: Vec<Change>,
    /// Remote changes since then. Without a base: all differences from the file.
    pub remote: Vec<Change>,
    /// Whether the base is known.
    pub has_base: bool,
    /// What a merge would do.
    pub merge: Merge,
}

impl fmt::Display for PushBlocker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PushBlocker::Problems(problems) => {
                let blocking = ProblemCounts { warnings: 0, ..*problems };
                write!(f, "The spec has {blocking}.")
            }
            PushBlocker::UnconfirmedLink { remote, org, .. } => {
                write!(
                    f,
                    "Linked by connspec.state.json, never pushed from this machine: `{}` ({}) of {org}.",
                    remote.name, remote.id
                )
            }
            PushBlocker::SameName(found) if found.len() == 1 => {
                f.write_str("A remote spec with this name already exists.")
            }
            PushBlocker::SameName(found) => {
                write!(f, "{} remote specs with this name already exist.", found.len())
            }
            PushBlocker::RemoteDeleted { id } => write!(f, "There is no remote spec {id} in this sandbox."),
            PushBlocker::RemoteChanged(changes) if changes.has_base => {
                f.write_str("The remote spec has changed since the last push or pull.")
            }
            PushBlocker::RemoteChanged(_) => f.write_str("The remote spec differs from the file."),
        }
    }
}
