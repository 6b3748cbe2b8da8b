//! A sample time after each date format of the schedule.

use super::{Hint, HintKind, behind};
use crate::document::Document;
use crate::source::date_format::{self, RunKind};
use crate::source::replaced as request;
use crate::spec::StringFormat;

const TOOLTIP: &str = "An example time in this format, interpreted as a .NET date format. Inferred, not documented: Adobe's pages show such formats without naming the format language.";

/// Adds the hints. None after a format that is wrong: what becomes of it is not known.
pub(super) fn hints(document: &Document, hints: &mut Vec<Hint>) {
    let formats =
        request::texts(document).into_iter().filter(|text| text.entry.format() == Some(StringFormat::DateFormat));
    for node in formats.map(|text| text.node) {
        let Some(format) = node.string().filter(|format| !format.is_empty() && !format.contains(['{', '$'])) else {
            continue;
        };
        let runs = date_format::runs(&format);
        if runs.iter().all(|run| run.kind != RunKind::Unknown) {
            let sample: String = runs.into_iter().map(|run| run.text).collect();
            hints.push(behind(node, HintKind::Date, format!("e.g. {}", super::short(&sample, 60)), TOOLTIP));
        }
    }
}
