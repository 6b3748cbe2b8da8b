//! Hover on a plain value: its own words, or else in short what its key is for.
//!
//! A value that the author wrote is never shown: it may be a secret.

use crate::ide::Hover;

use super::page::{self, Page, code};
use super::place::Place;
use super::{json_path, key};

/// The words about a value.
pub(super) fn hover(place: &Place<'_>) -> Option<Hover> {
    let page = chosen(place).or_else(|| story(place))?;
    page.over(place.node.range())
}

/// A value that has words of its own.
fn chosen(place: &Place<'_>) -> Option<Page> {
    let choices = place.entry.allowed_values().into_iter().chain(place.entry.known_values());
    let choice =
        choices.filter(|choice| !choice.description.is_empty()).find(|choice| choice.value.equals(place.node))?;
    let mut page = Page::about(&page::spoken(choice.value), [format!("value of {}", code(&place.name()))]);
    page.say(choice.description);
    page.say(place.entry.link().map(page::link).unwrap_or_default());
    Some(page)
}

/// What the key is for, in short.
fn story(place: &Place<'_>) -> Option<Page> {
    if place.name().is_empty() {
        return None;
    }
    if place.entry.is_empty() && !place.is_free() {
        return Some(key::unknown(place));
    }
    let mut page = if place.entry.is_empty() {
        let inside = place.ground_name().unwrap_or_default();
        let words = if inside == place.name() { String::new() } else { format!("custom key in {}", code(&inside)) };
        Page::about(&page::title(&place.name()), [words])
    } else if place.node.as_part_of_member().is_none() {
        Page::about(&page::title(&place.name()), ["array element".to_owned()])
    } else {
        key::head(place)
    };
    if let Some(reading) = json_path::reading(place) {
        page.say(reading);
    }
    page.say(page::first_sentences(place.ground.description().unwrap_or_default()));
    let closed: Vec<String> = place.entry.allowed_values().iter().map(|choice| page::spoken(choice.value)).collect();
    if !closed.is_empty() {
        page.say(format!("Allowed values: {}.", closed.join(", ")));
    }
    page.rest_on(&place.ground);
    Some(page)
}
