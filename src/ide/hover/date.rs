//! Hover on a date format: what it makes of a sample time, letter by letter.

use crate::ide::Hover;
use crate::source::date_format::{self, Run, RunKind};
use crate::spec::StringFormat;

use super::key;
use super::page::code;
use super::place::Place;

/// The format applied to a sample time.
pub(super) fn hover(place: &Place<'_>) -> Option<Hover> {
    let format = place.node.string().filter(|format| !format.is_empty())?;
    if place.entry.format() != Some(StringFormat::DateFormat) || format.contains('{') {
        return None;
    }
    let mut page = key::head(place);
    let known = place.entry.known_values().into_iter().find(|known| known.value.equals(place.node));
    page.say(known.map(|known| known.description).unwrap_or_default());
    page.say(format!("Example: {}", code(&date_format::apply(&format))));
    let runs = date_format::runs(&format);
    let wrong = runs.iter().filter(|run| run.kind == RunKind::Unknown);
    page.list("Not date format letters:", once_each(&format, wrong).iter().map(|run| line(&format, run)));
    let right = runs.iter().filter(|run| run.kind != RunKind::Unknown && run.meaning.is_some());
    page.list("Letters:", once_each(&format, right).iter().map(|run| line(&format, run)));
    page.rest_on(&place.entry);
    page.over(place.node.range())
}

/// The runs, those that are written the same once.
fn once_each<'r>(format: &str, runs: impl Iterator<Item = &'r Run>) -> Vec<&'r Run> {
    let mut once: Vec<&Run> = Vec::new();
    for run in runs {
        if !once.iter().any(|known| format[known.range.clone()] == format[run.range.clone()]) {
            once.push(run);
        }
    }
    once
}

fn line(format: &str, run: &Run) -> String {
    let (written, meaning) = (code(&format[run.range.clone()]), run.meaning.as_deref().unwrap_or_default());
    match run.kind {
        RunKind::Letter => format!("{written} {} · {meaning}", run.text),
        RunKind::Text | RunKind::Unknown => format!("{written} · {meaning}"),
    }
}
