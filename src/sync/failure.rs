//! Why something was not done, or not all of it.

use std::fmt;

use crate::flow_service;
use crate::project::StateError;

use super::changes::Change;
use super::merge::Merge;

/// Why something was not done. Its text says what happened and what to do; what is to be drawn beside it is in the
/// variants.
#[derive(Debug)]
pub enum Failure {
    /// A person has to decide something first; nothing was written.
    Stopped(Stop),
    /// No service is named, or what signs in to it cannot be had; nothing was sent.
    NotReached(String),
    /// The service, or the way to it.
    Service(flow_service::Error),
    /// What is remembered of the specs cannot be read or written; nothing was sent.
    State(StateError),
    /// Another process is at work on the specs of this folder.
    Held,
    /// What the plan rests on has changed since it was made; nothing was written. A new plan takes it into account.
    Moved,
    /// It was done on the service, but could not be noted down; the next push finds out by itself.
    NotNoted {
        /// The id on the service.
        id: String,
        /// Why it could not be noted.
        error: StateError,
    },
    /// Nobody can tell whether it was done, and the service could not be asked. The next push looks first.
    Unknown {
        /// What was to be done: "creating the spec".
        doing: &'static str,
        /// What came in place of an answer.
        error: flow_service::Error,
    },
    /// The service accepted the update without showing the spec, and has it as it was before.
    NotMade {
        /// The id of the spec.
        id: String,
    },
    /// The spec is on the service, but it could not be registered.
    NotRegistered {
        /// The id of the spec.
        id: String,
        /// Why.
        error: Box<Failure>,
    },
    /// Others write the same flow spec all the time, so that the id did not stay in it.
    Overwritten {
        /// The name of the flow spec.
        flow_spec: &'static str,
    },
    /// The flow spec of the service is not as documented, so nothing is sent back.
    OddFlowSpec {
        /// The name of the flow spec.
        flow_spec: &'static str,
    },
}

/// What a person has to decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// The text is no JSON object, so there is nothing to send.
    NoJson,
    /// The spec has findings of error level, this many.
    Mistakes(usize),
    /// Specs of the same name and provider are there already: is it one of them?
    SameName(Vec<Candidate>),
    /// The spec that the file is linked to is not on the service.
    Gone {
        /// Its id.
        id: String,
    },
    /// The spec on the service is not what was last pushed or pulled.
    ChangedThere(Box<ThreeWay>),
    /// The file is not linked to a spec of the service.
    NotLinked,
    /// Only sources of the two generic kinds are registered.
    NoFlowSpec,
}

/// A spec that may be the one that is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// When it was last changed, in milliseconds since 1970, if the service says so.
    pub updated_at: Option<i64>,
    /// Who changed it last, if the service says so.
    pub updated_by: Option<String>,
    /// In how many places it differs from the file.
    pub differences: usize,
}

/// What differs between a file, the service, and what both began with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ThreeWay {
    /// The id on the service.
    pub id: String,
    /// What was changed in the file since it was last the same as on the service.
    pub here: Vec<Change>,
    /// What was changed on the service since then. Where nothing is known of that time: what differs from the file.
    pub there: Vec<Change>,
    /// Whether it is known what both began with.
    pub is_known: bool,
    /// What a merge would do.
    pub merge: Merge,
}

impl From<flow_service::Error> for Failure {
    fn from(error: flow_service::Error) -> Self {
        Failure::Service(error)
    }
}

impl From<StateError> for Failure {
    fn from(error: StateError) -> Self {
        Failure::State(error)
    }
}

impl From<Stop> for Failure {
    fn from(stop: Stop) -> Self {
        Failure::Stopped(stop)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Stopped(stop) => stop.fmt(f),
            Failure::NotReached(why) => f.write_str(why),
            Failure::Service(error) => error.fmt(f),
            Failure::State(error) => error.fmt(f),
            Failure::Held => f.write_str(
                "Another connspec is pushing or pulling in this folder. Nothing was changed; try again once it is done.",
            ),
            Failure::Moved => f.write_str("Something has changed in the meantime, so nothing was sent. Try again."),
            Failure::NotNoted { id, error } => {
                write!(f, "The service has the spec as `{id}` now, but that could not be noted down: {error} ")?;
                f.write_str("Push once more when that is mended: it finds the spec again.")
            }
            Failure::Unknown { doing, error } => {
                write!(f, "Whether {doing} was carried out is not known: {error} ")?;
                f.write_str("Push once more: it looks first, and does nothing twice.")
            }
            Failure::NotMade { id } => {
                write!(f, "The service accepted the update, but the spec `{id}` there is as it was before. ")?;
                f.write_str("Nothing is noted down; push once more, and if that happens again, ask who runs what lies between.")
            }
            Failure::NotRegistered { id, error } => {
                write!(f, "The spec is on the service as `{id}`, but it is not registered: {error}")
            }
            Failure::Overwritten { flow_spec } => {
                write!(f, "Others keep writing the flow spec `{flow_spec}`, and each time the id was gone again. ")?;
                f.write_str("Register once more in a while.")
            }
            Failure::OddFlowSpec { flow_spec } => {
                write!(f, "The flow spec `{flow_spec}` has no list `sourceConnectionSpecIds` to add the id to, ")?;
                f.write_str("so nothing was sent. Register the id in another way.")
            }
        }
    }
}

impl std::error::Error for Failure {}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Stop::NoJson => f.write_str("The file is no JSON object, so nothing can be sent. Mend it first."),
            Stop::Mistakes(1) => f.write_str("The spec has an error, so it was not sent."),
            Stop::Mistakes(count) => write!(f, "The spec has {count} errors, so it was not sent."),
            Stop::SameName(found) if found.len() == 1 => {
                f.write_str("The service has a spec of this name already. Is it this one, or is a new one to be made?")
            }
            Stop::SameName(found) => {
                write!(f, "The service has {} specs of this name already. ", found.len())?;
                f.write_str("Is it one of them, or is a new one to be made?")
            }
            Stop::Gone { id } => {
                write!(
                    f,
                    "The service has no spec `{id}` in this sandbox, which is the one that this file was linked to."
                )
            }
            Stop::ChangedThere(_) => {
                f.write_str("The spec was changed on the service since it was last pushed or pulled here.")
            }
            Stop::NotLinked => f.write_str("This file is not linked to a spec of the service in this sandbox."),
            Stop::NoFlowSpec => f.write_str(
                "Only sources of the types `generic-rest` and `generic-streaming` are registered in a flow spec.",
            ),
        }
    }
}
