//! Brackets: closing them, and recovery if they do not match.

use super::Parser;
use crate::syntax::error::{ErrorKind, SyntaxError};
use crate::syntax::lexer::{self, has_line_break, skip_space};
use crate::syntax::node::{self, Kind};

/// How many levels are searched for an indentation.
const MAX_LEVELS: usize = 1000;

impl Parser<'_> {
    /// Reads a closing bracket.
    pub(super) fn close(&mut self, closer: u8) {
        let wants_object = closer == b'}';
        let extra = self.continues_after_end() || (self.by_indent && self.is_extra_closer());
        let Some(target) = (if extra { None } else { self.target_of_closer(wants_object) }) else {
            self.surplus[usize::from(!wants_object)] -= 1;
            return self.skip_error(ErrorKind::ExtraBracket(closer as char), 1);
        };
        if self.stack[target].is_object != wants_object {
            let expected = if wants_object { ']' } else { '}' };
            self.surplus[usize::from(!wants_object)] -= 1;
            self.surplus[usize::from(wants_object)] += 1;
            self.error(ErrorKind::WrongBracket { found: closer as char, expected }, self.at..self.at + 1);
        }
        self.close_missing(target + 1, self.at);
        self.report_trailing_comma();
        self.at += 1;
        self.last_end = self.at;
        self.end_top(self.at, node::CLOSED);
    }

    /// The open object or array that a closing bracket closes, counted from the outside; one of the other kind if the bracket is
    /// mistyped.
    fn target_of_closer(&mut self, wants_object: bool) -> Option<usize> {
        let top = self.stack.len() - 1;
        let line_indent = (self.by_indent && self.is_first_on_line(self.at)).then(|| self.indent_of_line(self.at));
        if let Some(indent) = line_indent
            && indent < self.stack[top].indent
            && let Some(levels) = (self.stack.iter().rev().take(MAX_LEVELS))
                .position(|open| open.is_object == wants_object && open.indent == indent)
        {
            return Some(top - levels);
        }
        if self.stack[top].is_object == wants_object {
            return Some(top);
        }
        if self.by_indent && self.surplus[usize::from(!wants_object)] > 0 {
            return (self.surplus[usize::from(wants_object)] < 0).then_some(top);
        }
        if (wants_object && self.open_objects == 0) || (!wants_object && self.open_objects == self.stack.len()) {
            return None;
        }
        let levels = self.stack.iter().rev().take(MAX_LEVELS).position(|open| open.is_object == wants_object)?;
        let outer = top - levels;
        let mistyped = match line_indent {
            Some(indent) => indent == self.stack[top].indent && indent != self.stack[outer].indent,
            None => {
                let line = self.line_of(self.at).start;
                let opened = |open: usize| self.nodes[self.stack[open].node as usize].start as usize;
                opened(top) >= line && opened(outer) < line
            }
        };
        Some(if mistyped { top } else { outer })
    }

    /// Closes the open objects and arrays from index `from` at `end`, with one error for all.
    fn close_missing(&mut self, from: usize, end: usize) {
        if self.stack.len() <= from {
            return;
        }
        let closers = self.stack[from..].iter().rev().map(|open| if open.is_object { '}' } else { ']' }).collect();
        let opener = self.nodes[self.stack[self.stack.len() - 1].node as usize].start as usize;
        let width = usize::from(matches!(self.bytes.get(opener), Some(b'{' | b'[')));
        self.add_error(SyntaxError {
            kind: ErrorKind::MissingClosers(closers),
            range: self.last_end..self.last_end,
            related: Some(opener..opener + width),
        });
        while self.stack.len() > from {
            let is_object = self.stack[self.stack.len() - 1].is_object;
            self.surplus[usize::from(!is_object)] += 1;
            self.end_top(end, 0);
        }
    }

    /// Closes everything that is open at the end of the text.
    pub(super) fn close_at_end(&mut self) {
        self.close_missing(0, self.bytes.len());
    }

    /// The offset of what follows this bracket and a comma.
    fn after_bracket(&self) -> usize {
        let next = skip_space(self.bytes, self.at + 1);
        if self.bytes.get(next) == Some(&b',') { skip_space(self.bytes, next + 1) } else { next }
    }

    /// Whether members of the outermost object follow this closing bracket.
    fn continues_after_end(&self) -> bool {
        if self.stack.len() != 1 || !self.stack[0].is_object || self.bytes[self.at] != b'}' {
            return false;
        }
        let next = self.after_bracket();
        self.bytes.get(next) == Some(&b'"') && self.is_key(next)
    }

    /// Whether a closing bracket closes nothing by its indentation: first on its line at the depth of the children, or last on a
    /// line while the next line has another child at that depth.
    fn is_extra_closer(&mut self) -> bool {
        let Some(open) = self.stack.last() else { return false };
        let (is_object, child_indent) = (open.is_object, open.child_indent.unwrap_or_default());
        if child_indent <= open.indent {
            return false;
        }
        if self.is_first_on_line(self.at) {
            return self.indent_of_line(self.at) == child_indent;
        }
        let next = self.after_bracket();
        has_line_break(self.bytes, self.at, next)
            && self.bytes.get(next) == Some(&b'"')
            && self.indent_of_line(next) == child_indent
            && (!is_object || self.is_key(next))
    }

    /// Whether an opening bracket repeats the one before it.
    pub(super) fn is_doubled_opener(&mut self) -> bool {
        let opened = self.top().node as usize;
        self.nodes.len() == opened + 1
            && self.nodes[opened].flags & node::NO_OPENING_BRACKET == 0
            && self.nodes[opened].kind == Kind::Object
            && skip_space(self.bytes, self.nodes[opened].start as usize + 1) == self.at
    }

    /// Whether this opening brace is followed by a value instead of a key, in a text with unclosed braces.
    pub(super) fn is_stray_opener(&self) -> bool {
        let next = skip_space(self.bytes, self.at + 1);
        if self.surplus[0] >= 0 || has_line_break(self.bytes, self.at, next) {
            return false;
        }
        match self.bytes.get(next) {
            Some(b'[') => true,
            Some(b'"') if !self.is_key(next) => {
                let scanned = lexer::scan_string(self.bytes, next);
                let after = self.bytes.get(skip_space(self.bytes, scanned.end));
                scanned.closed && (after == Some(&b',') || self.bytes[next..scanned.end].contains(&b' '))
            }
            _ => false,
        }
    }

    /// Handles a key inside an array: the opening bracket of its object or the closing bracket of the array is missing. Returns
    /// false if the key is an ordinary string.
    pub(super) fn key_in_array(&mut self) -> bool {
        let in_object = self.stack.iter().rev().nth(1).is_some_and(|outer| outer.is_object);
        let top = self.stack.len() - 1;
        let dedented =
            self.by_indent && self.is_first_on_line(self.at) && self.indent_of_line(self.at) <= self.stack[top].indent;
        let closer = self.closer_ahead();
        let lacks_opener = match closer {
            Some((b'}', after)) => match self.bytes.get(skip_space(self.bytes, after)) {
                Some(b']') => true,
                Some(b',') => {
                    let next = skip_space(self.bytes, skip_space(self.bytes, after) + 1);
                    self.bytes.get(next) == Some(&b'{')
                }
                _ => false,
            },
            _ => false,
        };
        if lacks_opener && !dedented {
            self.error(ErrorKind::MissingOpener('{'), self.at..self.at);
            let array = self.stack[top].node;
            self.open(true, array, node::NO_OPENING_BRACKET);
        } else if in_object && (dedented || !matches!(closer, Some((b']', _)))) {
            self.close_before_key(top);
        } else {
            return false;
        }
        true
    }

    /// Opens an object or array without opening bracket, if a key or an array that ends in `]` is in place of a member's value.
    /// `place`: the offset of the missing bracket. Returns whether one was opened.
    pub(super) fn value_lacks_opener(&mut self, member: u32, place: usize) -> bool {
        if !self.by_indent {
            return false;
        }
        let next_line = has_line_break(self.bytes, place, self.at);
        let deeper = next_line && self.is_first_on_line(self.at) && self.indent_of_line(self.at) > self.member_indent;
        let is_object = self.is_key(self.at);
        let lacks = match is_object {
            true => deeper || (!next_line && self.surplus[0] > 0),
            false => self.surplus[1] > 0 && (deeper || self.bytes[self.at] != b'[') && self.array_ahead(deeper),
        };
        if lacks {
            self.surplus[usize::from(!is_object)] -= 1;
            self.error(ErrorKind::MissingOpener(if is_object { '{' } else { '[' }), place..place);
            self.open(is_object, member, node::NO_OPENING_BRACKET);
            self.top().indent = self.member_indent;
        }
        lacks
    }

    /// Whether values up to a `]` follow; a single one only if `single`.
    fn array_ahead(&mut self, single: bool) -> bool {
        let mut commas = 0;
        let mut colons = 0;
        let closer = self.look_ahead(|byte| {
            commas += usize::from(byte == b',');
            colons += usize::from(byte == b':');
        });
        matches!(closer, Some((b']', _))) && colons == 0 && (single || commas > 0)
    }

    /// The bracket that closes the current object or array, and the offset after it.
    fn closer_ahead(&mut self) -> Option<(u8, usize)> {
        self.look_ahead(|_| {})
    }

    /// The same. `see` gets each other byte that is not inside nested brackets.
    fn look_ahead(&mut self, mut see: impl FnMut(u8)) -> Option<(u8, usize)> {
        let (mut at, mut depth) = (self.at, 0usize);
        while at < self.bytes.len() && self.ahead > 0 {
            let byte = self.bytes[at];
            let end = if byte == b'"' { lexer::scan_string(self.bytes, at).end } else { at + 1 };
            self.ahead = self.ahead.saturating_sub(end - at);
            match byte {
                b'{' | b'[' => depth += 1,
                b'}' | b']' if depth == 0 => return Some((byte, end)),
                b'}' | b']' => depth -= 1,
                _ if depth == 0 => see(byte),
                _ => {}
            }
            at = end;
        }
        None
    }

    /// Closes the current object before a key that begins its line no deeper than the line that opened the object. Only in
    /// indented text.
    pub(super) fn close_dedented(&mut self) -> bool {
        if !self.by_indent || self.stack.len() < 2 || !self.is_first_on_line(self.at) {
            return false;
        }
        let indent = self.indent_of_line(self.at);
        let (open, outer) = (&self.stack[self.stack.len() - 1], &self.stack[self.stack.len() - 2]);
        if indent > open.indent || open.indent <= outer.indent || !self.is_key(self.at) {
            return false;
        }
        self.close_before_key(self.stack.len() - 1);
        true
    }

    /// Closes the open objects and arrays from index `from` before a key of an outer object. The comma that is missing with the
    /// bracket is not reported.
    fn close_before_key(&mut self, from: usize) {
        let line = self.line_of(self.at).start;
        self.close_missing(from, line.max(self.last_end));
        self.top().complete = None;
    }
}
