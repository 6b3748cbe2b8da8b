//! Differences, in words and as JSON.

use serde_json::{Value, json};

use crate::sync::{Change, Conflict};

/// How many places a sentence names.
const NAMED: usize = 3;

/// The places of changes, for a sentence: the first few by name.
pub(super) fn named<'c>(all: impl ExactSizeIterator<Item = &'c crate::sync::Place>) -> String {
    let more = all.len().saturating_sub(NAMED);
    let mut names: Vec<String> = all.take(NAMED).map(|place| format!("`{place}`")).collect();
    if more > 0 {
        names.push(format!("{more} more"));
    }
    names.join(", ")
}

/// The places of changes, for a sentence.
pub(super) fn named_changes(changes: &[Change]) -> String {
    named(changes.iter().map(|change| &change.place))
}

/// Conflicts as JSON.
pub(super) fn conflicts(conflicts: &[Conflict]) -> Value {
    let conflict = |Conflict { place, base, here, there }: &Conflict| json!({ "place": place.to_string(), "base": base, "here": here, "there": there });
    conflicts.iter().map(conflict).collect()
}
