//! What has to happen so that the spec on screen and the spec on the service are the same: a plan first, plain data that
//! can be shown, then doing it. The only place where a spec's meaning ([`crate::ide`]) and the service
//! ([`crate::flow_service`]) meet.
//!
//! The service has no way to say "only if nobody has changed it since" for specs (no etag is documented). So it is read,
//! compared with what was last pushed or pulled, written, read again and compared; see `push` and `register`. What is
//! remembered for that lies in [`crate::project::StateFile`].
//!
//! # What it asks
//!
//! Beside one request for a token, when none is at hand:
//!
//! | what | reads | writes |
//! |---|---|---|
//! | push a new spec | 5 | 2 |
//! | push a changed spec | 4 | 1 |
//! | push without a change | 2 | 0 |
//! | push with a link | 2 | 0 |
//! | pull | 1 | 0 |
//! | status | 2 | 0 |
//! | register | 2 | 1 |
//! | register again | 1 | 0 |

mod body;
mod changes;
mod failure;
pub mod json;
mod list;
mod merge;
mod plan;
mod pull;
mod push;
mod register;
mod service;
mod spec;
mod value;

pub use changes::{Change, Place, Step};
pub use failure::{Candidate, Failure, Stop, ThreeWay};
pub use list::Listed;
pub use merge::{Conflict, Merge, Prefer, written_alike};
pub use plan::{Plan, PushOptions, RegisterStep, SpecStep};
pub use pull::{Pull, Standing, Status};
pub use push::{Done, Pushed};
pub use register::Registered;
pub use service::{Service, Whose};
pub use spec::{Spec, between};
