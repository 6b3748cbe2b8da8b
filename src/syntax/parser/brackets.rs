//! Brackets: closing them, and judging what was meant when they do not match.

use super::Parser;
use crate::syntax::error::{ErrorKind, SyntaxError};
use crate::syntax::lexer::{self, has_line_break, skip_space};
use crate::syntax::node::{self, Kind};

/// How many levels outwards an indentation is looked for.
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

    /// Which of the open objects and arrays a closing bracket closes, counted from the outside. One of the other kind
    /// when the bracket itself is mistyped.
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

    /// Closes what was opened from `from` on and not closed; each ends at `end`. One error is reported for all.
    fn close_missing(&mut self, from: usize, end: usize) {
        if self.stack.len() <= from {
            return;
        }
        let closers = self.stack[from..].iter().rev().map(|open| if open.is_object { '}' } else { ']' }).collect();
        let opener = self.nodes[self.stack[self.stack.len() - 1].node as usize].start as usize;
        let width = usize::from(matches!(self.bytes.get(opener), Some(b'{' | b'[')));
        self.errors.push(SyntaxError {
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

    /// Ends everything that is open where the text ends; what is written there is still inside.
    pub(super) fn close_at_end(&mut self) {
        self.close_missing(0, self.bytes.len());
    }

    /// Whether members of the outermost object go on after this closing bracket.
    fn continues_after_end(&self) -> bool {
        if self.stack.len() != 1 || !self.stack[0].is_object || self.bytes[self.at] != b'}' {
            return false;
        }
        let mut next = skip_space(self.bytes, self.at + 1);
        if self.bytes.get(next) == Some(&b',') {
            next = skip_space(self.bytes, next + 1);
        }
        self.bytes.get(next) == Some(&b'"') && self.is_key(next)
    }

    /// A closing bracket whose place says that it closes nothing: first on its line at the depth of the children, or
    /// last on a line while children go on at their depth on the next.
    fn is_extra_closer(&mut self) -> bool {
        let Some(open) = self.stack.last() else { return false };
        let (is_object, child_indent) = (open.is_object, open.child_indent.unwrap_or_default());
        if child_indent <= open.indent {
            return false;
        }
        if self.is_first_on_line(self.at) {
            return self.indent_of_line(self.at) == child_indent;
        }
        let mut next = skip_space(self.bytes, self.at + 1);
        if self.bytes.get(next) == Some(&b',') {
            next = skip_space(self.bytes, next + 1);
        }
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

    /// Whether an opening brace is here that a value follows where a key should be, in a text that has more of them
    /// than it closes.
    pub(super) fn is_stray_opener(&self) -> bool {
        let next = skip_space(self.bytes, self.at + 1);
        if self.surplus[0] >= 0 || has_line_break(self.bytes, self.at, next) {
            return false;
        }
        match self.bytes.get(next) {
            Some(b'[') => true,
            Some(b'"') if !self.is_key(next) => {
                let scanned = lexer::scan_string(self.bytes, next);
                let behind = self.bytes.get(skip_space(self.bytes, scanned.end));
                scanned.closed && (behind == Some(&b',') || self.bytes[next..scanned.end].contains(&b' '))
            }
            _ => false,
        }
    }

    /// A key inside an array: its object's opening bracket is missing, or the array's closing one. Returns whether
    /// something was done; else the key is read as a string.
    pub(super) fn key_in_array(&mut self) -> bool {
        let in_object = self.stack.iter().rev().nth(1).is_some_and(|outer| outer.is_object);
        let top = self.stack.len() - 1;
        let dedented =
            self.by_indent && self.is_first_on_line(self.at) && self.indent_of_line(self.at) <= self.stack[top].indent;
        let closer = self.closer_ahead();
        let lacks_opener = match closer {
            Some((b'}', behind)) => match self.bytes.get(skip_space(self.bytes, behind)) {
                Some(b']') => true,
                Some(b',') => {
                    let next = skip_space(self.bytes, skip_space(self.bytes, behind) + 1);
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

    /// Opens an object or array that lacks its bracket, when what is at the place of a member's value says so: a key,
    /// or a list that ends in `]`. `place` is where the bracket belongs. Returns whether it did.
    pub(super) fn value_lacks_opener(&mut self, member: u32, place: usize) -> bool {
        if !self.by_indent {
            return false;
        }
        let next_line = has_line_break(self.bytes, place, self.at);
        let deeper = next_line && self.is_first_on_line(self.at) && self.indent_of_line(self.at) > self.member_indent;
        let is_object = self.is_key(self.at);
        let lacks = match is_object {
            true => deeper || (!next_line && self.surplus[0] > 0),
            false => self.surplus[1] > 0 && (deeper || self.bytes[self.at] != b'[') && self.list_ahead(deeper),
        };
        if lacks {
            self.surplus[usize::from(!is_object)] -= 1;
            self.error(ErrorKind::MissingOpener(if is_object { '{' } else { '[' }), place..place);
            self.open(is_object, member, node::NO_OPENING_BRACKET);
            self.top().indent = self.member_indent;
        }
        lacks
    }

    /// Whether a list of values is here, up to a `]`; of one value only when `single`.
    fn list_ahead(&mut self, single: bool) -> bool {
        let mut commas = 0;
        let mut colons = 0;
        let closer = self.look_ahead(|byte| {
            commas += usize::from(byte == b',');
            colons += usize::from(byte == b':');
        });
        matches!(closer, Some((b']', _))) && colons == 0 && (single || commas > 0)
    }

    /// The bracket that closes the place here, and the offset after it.
    fn closer_ahead(&mut self) -> Option<(u8, usize)> {
        self.look_ahead(|_| {})
    }

    /// The bracket that closes the place here, and the offset after it, looking ahead over balanced ones.
    /// Each other byte on the way that is not inside deeper ones is shown to `see`.
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

    /// A key that begins its line no deeper than the line that opened the object around it: that object was not closed.
    /// Only in a text that is indented there at all.
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

    /// Closes what is open from `from` on, because a key that begins here belongs further out. The comma that is missing
    /// with the bracket is no error of its own.
    fn close_before_key(&mut self, from: usize) {
        let line = self.line_of(self.at).start;
        self.close_missing(from, line.max(self.last_end));
        self.top().complete = None;
    }
}
