//! The first request of a run, with sample values, at `urlParams`.

use super::{Hint, HintKind};
use crate::document::Document;
use crate::source::model::Source;
use crate::source::request::SampleRequest;
use crate::syntax::Node;
use crate::text::english;

/// How many characters of the request are shown; the tooltip has all of it.
const MAX_LENGTH: usize = 140;

/// The hint, if the source has a path.
pub(super) fn hint(document: &Document) -> Option<Hint> {
    let source = Source::of(document.tree());
    let request = SampleRequest::of(source)?;
    let line = on_one_line(&format!("{} {}", request.method, request.url));
    let prefix = if request.has_samples { "e.g. " } else { "" };
    Some(Hint {
        offset: offset(source.request()?.url_params()?),
        label: format!("{prefix}{}", english::shortened(&line, MAX_LENGTH)),
        tooltip: tooltip(&line, &request),
        kind: HintKind::Request,
    })
}

/// A text with its line breaks and other control characters escaped.
fn on_one_line(text: &str) -> String {
    let one = |char: char| if char.is_control() { char.escape_default().to_string() } else { char.to_string() };
    text.chars().map(one).collect()
}

/// After the opening bracket if it ends the line, otherwise after the value.
fn offset(url: Node<'_>) -> usize {
    let inside = url.inside();
    let rest = url.tree().source()[inside.clone()].trim_start_matches([' ', '\t']);
    if rest.starts_with(['\n', '\r']) { inside.start } else { url.range().end }
}

fn tooltip(line: &str, request: &SampleRequest) -> String {
    let longest = line.split(|char| char != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    format!(
        "The first request of a run, with sample values:\n\n{fence}http\n{line}\n{fence}\n\n\
         `‹name›` is the value that the user enters for an input, `•••` a secret. Shown without URL encoding and headers. {}",
        request.notes.join(" ")
    )
}
