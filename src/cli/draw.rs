//! A source line with marks under it, as a person sees it in an editor: wide characters and tabs keep the marks under what
//! they mean, long lines are cut to the part around the mark, and nothing in the file can steer the terminal.

use std::fmt::Write;
use std::ops::Range;

use anstyle::Style;
use unicode_width::UnicodeWidthChar;

use super::style;
use crate::text::{Encoding, Text};

/// A place to underline.
pub(super) struct Mark<'a> {
    /// The bytes; of more than one line only the first is underlined.
    pub(super) range: Range<usize>,
    /// What it is underlined with; without it the line is only shown.
    pub(super) sign: Option<char>,
    /// The colour.
    pub(super) style: Style,
    /// Words after the underline, or none.
    pub(super) label: &'a str,
}

/// The columns left to the source when the terminal is too narrow for it.
const LEAST_ROOM: usize = 20;

/// The lines of `text` that hold `marks`, each mark on a line below, within `width` columns (labels may go beyond).
pub(super) fn excerpt(text: &Text, marks: &[Mark<'_>], width: usize) -> String {
    let source = text.as_str();
    let mut placed: Vec<_> = marks.iter().map(|mark| (line_of(text, mark.range.start), mark)).collect();
    placed.sort_by_key(|(line, mark)| (*line, mark.range.start));
    let gutter = placed.last().map_or(1, |(line, _)| (line + 1).to_string().len());
    let room = width.saturating_sub(gutter + " | ".len()).max(LEAST_ROOM);
    let frame = style::FRAME;
    let mut out = String::new();
    let mut shown: Option<(usize, Window)> = None;
    for (line, mark) in placed {
        let window = match shown.take() {
            Some((last, window)) if last == line && window.holds(mark.range.start) => window,
            before => {
                if before.is_some_and(|(last, _)| line > last + 1) {
                    let _ = writeln!(out, "{frame}{:.<gutter$}{frame:#}", "");
                }
                let window = Window::around(source, text.line(line), mark.range.clone(), room);
                let _ = writeln!(out, "{frame}{:>gutter$} |{frame:#} {}", line + 1, window.draw(source));
                window
            }
        };
        if let Some(sign) = mark.sign {
            let (before, under) = window.underline(source, mark.range.clone());
            let (style, underline) = (mark.style, String::from(sign).repeat(under));
            let space = if mark.label.is_empty() { "" } else { " " };
            let label = harmless(mark.label);
            let _ = write!(out, "{frame}{:gutter$} |{frame:#} {:before$}", "", "");
            let _ = writeln!(out, "{style}{underline}{space}{label}{style:#}");
        }
        shown = Some((line, window));
    }
    out
}

fn line_of(text: &Text, offset: usize) -> usize {
    text.position(offset, Encoding::Utf8).line as usize
}

/// The part of a line that is shown, in bytes of the whole text.
struct Window {
    line: Range<usize>,
    part: Range<usize>,
}

impl Window {
    /// The part of `line` around `mark` that fits into `room` columns. It starts with the line when the mark is seen that
    /// way.
    fn around(source: &str, line: Range<usize>, mark: Range<usize>, room: usize) -> Window {
        let start = mark.start.min(line.end);
        let end = mark.end.clamp(start, line.end);
        let seen = forward(source, start..end, room * 2 / 3);
        let mut from = back(source, line.start..seen, room - 2);
        if from > line.start {
            from = back(source, line.start..start, room / 4);
        }
        let cut_left = usize::from(from > line.start);
        let mut to = forward(source, from..line.end, room - cut_left);
        if to < line.end {
            to = forward(source, from..line.end, room - cut_left - 1);
        }
        Window { line, part: from..to }
    }

    fn holds(&self, offset: usize) -> bool {
        self.part.contains(&offset) || (offset >= self.part.end && self.part.end == self.line.end)
    }

    fn draw(&self, source: &str) -> String {
        let left = if self.part.start > self.line.start { "…" } else { "" };
        let right = if self.part.end < self.line.end { "…" } else { "" };
        format!("{left}{}{right}", harmless(&source[self.part.clone()]))
    }

    /// The columns before a mark and the columns under it, at least one.
    fn underline(&self, source: &str, mark: Range<usize>) -> (usize, usize) {
        let start = mark.start.clamp(self.part.start, self.part.end);
        let end = mark.end.clamp(start, self.part.end);
        let cut = usize::from(self.part.start > self.line.start);
        (cut + columns(&source[self.part.start..start]), columns(&source[start..end]).max(1))
    }
}

/// The end of the first `room` columns of `range`.
fn forward(source: &str, range: Range<usize>, room: usize) -> usize {
    let mut left = room;
    for (at, char) in source[range.clone()].char_indices() {
        match left.checked_sub(shown_as(char).1) {
            Some(rest) => left = rest,
            None => return range.start + at,
        }
    }
    range.end
}

/// The start of the last `room` columns of `range`.
fn back(source: &str, range: Range<usize>, room: usize) -> usize {
    let mut left = room;
    for (at, char) in source[range.clone()].char_indices().rev() {
        match left.checked_sub(shown_as(char).1) {
            Some(rest) => left = rest,
            None => return range.start + at + char.len_utf8(),
        }
    }
    range.start
}

/// The columns of a text as [`harmless`] gives it.
pub(super) fn columns(text: &str) -> usize {
    text.chars().map(|char| shown_as(char).1).sum()
}

/// The text with every character that could steer the terminal, or that is not seen, replaced by one that is seen.
pub(super) fn harmless(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match shown_as(char) {
            (Shown::Itself, _) => out.push(char),
            (Shown::As(other), _) => out.push_str(other),
            (Shown::Picture(picture), _) => out.push(picture),
        }
    }
    out
}

enum Shown {
    Itself,
    As(&'static str),
    Picture(char),
}

/// How a character is drawn, and in how many columns.
fn shown_as(char: char) -> (Shown, usize) {
    match char {
        '\t' => (Shown::As("    "), 4),
        // Parts of an emoji that terminals do not agree on: without them each piece has the width that all know.
        '\u{200d}' | '\u{fe0f}' => (Shown::As(""), 0),
        '\0'..'\u{20}' => (Shown::Picture(char::from_u32(0x2400 + char as u32).unwrap_or('�')), 1),
        '\u{7f}' => (Shown::As("␡"), 1),
        '\u{80}'..'\u{a0}' | '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' => {
            (Shown::As("�"), 1)
        }
        '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' => (Shown::As("�"), 1),
        _ => (Shown::Itself, char.width().unwrap_or(1)),
    }
}

#[cfg(test)]
mod tests;
