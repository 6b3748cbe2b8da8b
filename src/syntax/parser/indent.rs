//! The indentation of lines.

use super::Parser;

/// A line up to `seen`.
#[derive(Clone, Copy, Default)]
pub(super) struct Line {
    pub(super) start: usize,
    indent: usize,
    seen: usize,
}

impl Parser<'_> {
    /// Notes the indentation of the member or element that begins here.
    pub(super) fn note_indent(&mut self) {
        if !self.by_indent {
            return;
        }
        self.member_indent = self.indent_of_line(self.at);
        if self.top().child_indent.is_none() && self.is_first_on_line(self.at) {
            self.top().child_indent = Some(self.member_indent);
        }
    }

    pub(super) fn is_first_on_line(&mut self, at: usize) -> bool {
        let line = self.line_of(at);
        line.start > 0 && at <= line.start + line.indent
    }

    /// The number of spaces and tabs at the start of the line with `at`.
    pub(super) fn indent_of_line(&mut self, at: usize) -> usize {
        self.line_of(at).indent
    }

    /// The line with `at`. Cached, because the complete text may be one line.
    pub(super) fn line_of(&mut self, at: usize) -> Line {
        let from = if at >= self.line.seen { self.line.seen } else { 0 };
        let found = match at {
            _ if (self.line.start..self.line.seen).contains(&at) => None,
            _ => self.bytes[from..at].iter().rposition(|byte| matches!(byte, b'\n' | b'\r')),
        };
        let line = match found {
            Some(line_break) => {
                let start = from + line_break + 1;
                let indent = self.bytes[start..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
                Line { start, indent, seen: at }
            }
            None if at < self.line.start => Line { start: 0, indent: 0, seen: at },
            None => Line { seen: at, ..self.line },
        };
        if at >= self.line.seen {
            self.line = line;
        }
        line
    }
}
