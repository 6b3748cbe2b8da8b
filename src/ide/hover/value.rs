//! Hover on a scalar value: its own description, or else a summary of its key.
//!
//! The value itself is never shown, because it may be a secret.

use crate::ide::Hover;

use super::page::{self, Page, code};
use super::target::Target;
use super::{json_path, key};

/// The page of a value.
pub(super) fn hover(target: &Target<'_>) -> Option<Hover> {
    let page = known_value(target).or_else(|| summary(target))?;
    page.into_hover(target.node.range())
}

/// A known value with a description of its own.
fn known_value(target: &Target<'_>) -> Option<Page> {
    let choices = target.entry.allowed_values().into_iter().chain(target.entry.known_values());
    let choice =
        choices.filter(|choice| !choice.description.is_empty()).find(|choice| choice.value.equals(target.node))?;
    let mut page = Page::titled(&page::value(choice.value), [format!("value of {}", code(&target.name()))]);
    page.add(choice.description);
    page.add(target.entry.link().map(page::link).unwrap_or_default());
    Some(page)
}

/// A summary of the key.
fn summary(target: &Target<'_>) -> Option<Page> {
    if target.name().is_empty() {
        return None;
    }
    if target.entry.is_empty() && !target.is_free() {
        return Some(key::unknown(target));
    }
    let mut page = if target.entry.is_empty() {
        let inside = target.nearest_key().unwrap_or_default();
        let detail = if inside == target.name() { String::new() } else { format!("custom key in {}", code(&inside)) };
        Page::titled(&page::title(&target.name()), [detail])
    } else if target.node.as_part_of_member().is_none() {
        Page::titled(&page::title(&target.name()), ["array element".to_owned()])
    } else {
        key::head(target)
    };
    if let Some(reading) = json_path::reading(target) {
        page.add(reading);
    }
    page.add(page::first_sentences(target.nearest.description().unwrap_or_default()));
    let closed: Vec<String> = target.entry.allowed_values().iter().map(|choice| page::value(choice.value)).collect();
    if !closed.is_empty() {
        page.add(format!("Allowed values: {}.", closed.join(", ")));
    }
    page.add_source(&target.nearest);
    Some(page)
}
