//! Source lines with the reported ranges underlined, rendered by `annotate-snippets`.
//!
//! The lines are sanitized first, and of a long line only the part near the range is handed on, so that the work does not
//! grow with the length of lines that are not visible.

use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

use super::style;
use super::terminal::{columns, prefix, sanitize_terminal, without_workflow_commands};
use crate::lint::Severity;
use crate::text::{Encoding, Text};

/// A range in a source line.
pub(super) struct Mark<'a> {
    /// In bytes of the text. Of a range of several lines only the first line is underlined.
    range: Range<usize>,
    kind: AnnotationKind,
    label: &'a str,
}

impl<'a> Mark<'a> {
    /// What the report is about.
    pub(super) fn primary(range: Range<usize>) -> Self {
        Mark { range, kind: AnnotationKind::Primary, label: "" }
    }

    /// Something that explains it.
    pub(super) fn related(range: Range<usize>, label: &'a str) -> Self {
        Mark { range, kind: AnnotationKind::Context, label }
    }

    /// A line that is only shown.
    pub(super) fn context(range: Range<usize>) -> Self {
        Mark { range, kind: AnnotationKind::Visible, label: "" }
    }
}

/// Marks with more lines between them are rendered apart.
const MAX_GAP: usize = 100;

/// Marks in lines of more bytes are rendered apart, each with the part of its line that is near.
const LONG_LINE: usize = 1000;

/// The columns that the renderer keeps free on both sides of what it underlines.
const PADDING: usize = 12;

/// A narrower terminal gets longer lines.
const MIN_WIDTH: usize = 40;

/// The lines of `text` that hold `marks`, within `width` columns (labels may be longer), below the position `origin`.
pub(super) fn render(
    text: &Text,
    severity: Severity,
    origin: Option<&str>,
    marks: &[Mark<'_>],
    width: usize,
) -> String {
    let last_line = marks.iter().map(|mark| line_of(text, mark)).max().unwrap_or_default();
    let gutter = (last_line + 1).to_string().len();
    let term_width = width.max(MIN_WIDTH);
    let width = term_width - gutter - " | ".len();
    let level = match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
        Severity::Hint => Level::HELP,
    };
    let groups: Vec<_> = (sections(text, marks, width).iter())
        .map(|section| Group::with_level(level.clone()).element(snippet(text.as_str(), section, width)))
        .collect();
    let rendered = without_workflow_commands(renderer(term_width).render(&groups));
    let frame = style::FRAME;
    // The first line is empty: it separates the source from the position.
    match (origin, rendered.split_once('\n')) {
        (Some(origin), _) => {
            format!("{:gutter$}{frame}-->{frame:#} {}\n{rendered}\n", "", sanitize_terminal(origin))
        }
        (None, Some((_, lines))) => format!("{lines}\n"),
        (None, None) => rendered,
    }
}

fn renderer(term_width: usize) -> Renderer {
    Renderer::styled()
        .term_width(term_width)
        .error(style::of(Severity::Error))
        .warning(style::of(Severity::Warning))
        .info(style::of(Severity::Info))
        .help(style::of(Severity::Hint))
        .line_num(style::FRAME)
        .context(style::FRAME)
}

/// A mark in the part of its line that may be visible.
struct Placed<'m, 'a> {
    mark: &'m Mark<'a>,
    line: usize,
    visible: Range<usize>,
    is_long: bool,
    column: usize,
}

impl<'m, 'a> Placed<'m, 'a> {
    fn new(text: &Text, mark: &'m Mark<'a>, width: usize) -> Self {
        let (source, line) = (text.as_str(), line_of(text, mark));
        let bytes = text.line(line);
        let start = mark.range.start.clamp(bytes.start, bytes.end);
        let is_long = bytes.len() > LONG_LINE;
        let visible = if is_long { around(source, bytes, start, width) } else { bytes };
        Placed { mark, line, column: columns(&source[visible.start..start]), visible, is_long }
    }
}

fn line_of(text: &Text, mark: &Mark<'_>) -> usize {
    text.position(mark.range.start, Encoding::Utf8).line as usize
}

/// The bytes of a long line that may be visible when `offset` is.
fn around(source: &str, line: Range<usize>, offset: usize, width: usize) -> Range<usize> {
    let before = source[line.start..offset].char_indices().rev().nth(width).map_or(0, |(at, _)| at);
    let after = source[offset..line.end].char_indices().nth(width * 2).map_or(line.end, |(at, _)| offset + at);
    line.start + before..after
}

/// The marks in the order of the text, together where they are near enough to be rendered side by side.
fn sections<'m, 'a>(text: &Text, marks: &'m [Mark<'a>], width: usize) -> Vec<Vec<Placed<'m, 'a>>> {
    let mut placed: Vec<_> = marks.iter().map(|mark| Placed::new(text, mark, width)).collect();
    placed.sort_by_key(|placed| placed.mark.range.start);
    let mut sections: Vec<Vec<Placed<'_, '_>>> = Vec::new();
    for next in placed {
        let fits = |section: &&mut Vec<Placed<'_, '_>>| {
            let is_near = |placed: &Placed<'_, '_>| {
                !placed.is_long && !next.is_long && placed.column.abs_diff(next.column) + PADDING < width
            };
            section.iter().all(is_near) && section.last().is_some_and(|last| next.line - last.line <= MAX_GAP)
        };
        match sections.last_mut().filter(fits) {
            Some(section) => section.push(next),
            None => sections.push(vec![next]),
        }
    }
    sections
}

/// The lines of one section, each with what is underlined in it.
fn snippet<'a>(source: &str, section: &[Placed<'_, 'a>], width: usize) -> Snippet<'a, Annotation<'a>> {
    let first = section.first().map_or(0, |placed| placed.line);
    let left = section.iter().map(|placed| placed.column).min().unwrap_or_default();
    let (mut rendered, mut line, mut offset) = (String::new(), None, 0);
    let mut annotations = Vec::new();
    for placed in section {
        let Placed { mark, visible, .. } = placed;
        if line != Some(placed.line) {
            // A line without marks is not shown, but counts for the numbers of those below.
            rendered.push_str(&"\n".repeat(placed.line - line.map_or(first, |line| line + 1)));
            offset = rendered.len();
            rendered.push_str(&sanitize_terminal(&source[visible.clone()]));
            rendered.push('\n');
            line = Some(placed.line);
        }
        let start = mark.range.start.clamp(visible.start, visible.end);
        let marked = &source[start..mark.range.end.clamp(start, visible.end)];
        let marked = prefix(marked, width - PADDING - (placed.column - left));
        let start = offset + sanitize_terminal(&source[visible.start..start]).len();
        let label = (!mark.label.is_empty()).then(|| sanitize_terminal(mark.label));
        annotations.push(mark.kind.span(start..start + sanitize_terminal(marked).len()).label(label));
    }
    Snippet::source(rendered).line_start(first + 1).annotations(annotations)
}

#[cfg(test)]
mod tests;
