//! What has to happen so that the spec on screen and the spec on the service are the same: a plan first, plain data that
//! can be shown, then doing it. The only place where a spec's meaning ([`crate::ide`]) and the service
//! ([`crate::flow_service`]) meet.
//!
//! The service has no way to say "only if nobody has changed it since" for specs (no etag is documented). So it is read,
//! compared with what was last pushed or pulled, written, read again and compared; see `push` and `register`. What is
//! remembered for that lies in [`crate::project::StateFile`].

mod body;
mod changes;
mod failure;
mod merge;
mod plan;
mod pull;
mod push;
mod register;
mod spec;
mod value;

pub use changes::{Change, Place, Step};
pub use failure::{Candidate, Failure, Stop, ThreeWay};
pub use merge::{Conflict, Merge, Prefer};
pub use plan::{Plan, PushOptions, RegisterStep, SpecStep};
pub use pull::{Pull, Standing, Status};
pub use push::{Done, Pushed};
pub use register::Registered;
pub use spec::Spec;
