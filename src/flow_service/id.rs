//! The ids of specs.

/// The beginning of an id, for people.
pub fn short_id(id: &str) -> &str {
    id.split('-').next().unwrap_or(id)
}
