//! Sync.
mod changes;
mod value;
pub use changes::{Change, Place, Step};
