//! Edits of a document that match the style of the text next to them: indentation, line ends, commas.

pub(crate) mod assign;
pub(crate) mod compose;
pub(crate) mod draft;
pub(crate) mod writer;

pub use assign::{Assignment, assign};
