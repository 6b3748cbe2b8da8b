//! Sync.
mod body;
mod changes;
mod merge;
mod value;
pub use changes::{Change, Place, Step};
pub use merge::{Conflict, Merge, Prefer};
