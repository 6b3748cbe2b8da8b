//! Brings a local spec and its remote counterpart in Flow Service together: a plan first, plain data that can be shown, then
//! applying it. The only module in which the meaning of a spec and [`crate::flow_service`] meet.
//!
//! * [`Spec`] reads, plans and writes; it never asks anyone.
//! * [`Conversation`] leads a person through push, pull and register. Command line and editor implement its two ports,
//!   [`Prompt`] and [`WorkingCopy`], and render [`SyncOutcome`] and [`SyncError`] in their own medium.
//! * [`json`] is the only serializer of what came of it.
//!
//! Flow Service documents no conditional writes for specs (no etag). So the remote spec is read, compared with what was last
//! pushed or pulled, written, read again and compared; see `push` and `register`. The base for that comparison is kept in
//! [`crate::project::StateFile`].
//!
//! # Requests
//!
//! In addition to one token request, if no token is cached:
//!
//! | action | reads | writes |
//! |---|---|---|
//! | push a new spec | 8 | 2 |
//! | push a changed spec | 5 | 1 |
//! | push without changes | 3 | 0 |
//! | push with a link | 3 | 0 |
//! | pull | 1 | 0 |
//! | status | 3 | 0 |
//! | register | 5 | 1 |
//! | register again | 2 | 0 |

mod changes;
mod conversation;
mod error;
pub mod json;
mod list;
mod machine_records;
mod merge;
mod outcome;
mod payload;
mod plan;
mod planning;
mod prompt;
mod pull;
mod push;
mod register;
mod service;
mod spec;
mod status;
mod value;

pub use changes::{Change, PathSegment, SpecPath, between};
pub use conversation::{Conversation, MAX_ATTEMPTS, PullRequest, PushRequest, RegisterRequest};
pub use error::{Outcome, SyncError, Written};
pub use list::RemoteSpec;
pub use machine_records::MachineRecords;
pub use merge::{Conflict, Merge, Side, layout_like};
pub use outcome::{Differences, PullAction, Pulled, Section, SyncOutcome, registering};
pub use plan::{Candidate, Plan, ProblemCounts, PushBlocker, PushOptions, RegisterStep, SpecStep, ThreeWay};
pub use prompt::{Choice, Event, LocalSpec, Progress, Prompt, Question, RemoteUpdate, WorkingCopy};
pub use pull::Pull;
pub use push::{PushAction, Pushed};
pub use register::Registered;
pub use service::{Service, ServiceOrigin};
pub use spec::{Spec, flow_spec_of};
pub use status::{SpecStatus, SyncStatus};
