//! A sample time after each date format of the schedule.

use super::{Hint, HintKind, after};
use crate::document::Document;
use crate::source::date_format::{self, TokenKind};
use crate::source::request_strings;
use crate::spec::StringFormat;
use crate::text::english;

const TOOLTIP: &str = "An example time in this format, interpreted as a .NET date format. Inferred, not documented: Adobe's pages show such formats without naming the format language.";

/// Adds the hints, not after invalid formats: what the service makes of those is not known.
pub(super) fn hints(document: &Document, hints: &mut Vec<Hint>) {
    let strings = request_strings::all(document).into_iter();
    for node in
        strings.filter(|string| string.entry.format() == Some(StringFormat::DateFormat)).map(|string| string.node)
    {
        let Some(format) = node.string().filter(|format| !format.is_empty() && !format.contains(['{', '$'])) else {
            continue;
        };
        let tokens = date_format::tokens(&format);
        if tokens.iter().all(|token| token.kind != TokenKind::Invalid) {
            let sample: String = tokens.into_iter().map(|token| token.output).collect();
            hints.push(after(node, HintKind::Date, format!("e.g. {}", english::shortened(&sample, 60)), TOOLTIP));
        }
    }
}
