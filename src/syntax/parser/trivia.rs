//! Between values: white space, comments, conflict markers, stray characters, commas.

use super::Parser;
use crate::syntax::error::ErrorKind;
use crate::syntax::lexer::{self, skip_space, word_end};
use crate::syntax::node::{self, Kind};

impl Parser<'_> {
    pub(super) fn skip_trivia(&mut self) {
        loop {
            self.at = skip_space(self.bytes, self.at);
            match self.bytes.get(self.at) {
                Some(b'/' | b'#' | b'<' | b'|' | b'=' | b'>') => {}
                Some(0..b' ' | 0x80..) => {}
                _ => return,
            }
            if let Some(end) = lexer::comment_end(self.bytes, self.at) {
                self.error(ErrorKind::Comment, self.at..end);
                self.at = end;
            } else if let Some(end) = lexer::conflict_marker_end(self.bytes, self.at) {
                self.error(ErrorKind::ConflictMarker, self.at..end);
                self.at = end;
                self.crossed_conflict = true;
            } else {
                let is_stray = |char: &char| {
                    char.is_whitespace() || char.is_control() || "\u{FEFF}\u{200B}\u{2060}".contains(*char)
                };
                match self.text[self.at..].chars().next().filter(is_stray) {
                    Some(char) => self.skip_error(ErrorKind::StrayText, char.len_utf8()),
                    None => return,
                }
            }
        }
    }

    /// Skips characters that can begin neither a key nor a value.
    pub(super) fn skip_stray(&mut self) -> bool {
        let start = self.at;
        if matches!(self.byte(), b'\'' | b'`') {
            let stray = self.end_of_other_quotes().is_none();
            if stray {
                self.skip_error(ErrorKind::StrayText, 1);
            }
            return stray;
        }
        if !lexer::is_word(self.bytes[start]) {
            return false;
        }
        let word = &self.text[start..word_end(self.bytes, start)];
        let meaningful = word.chars().any(|char| char.is_alphanumeric() || "“”„‘’‚_$@".contains(char)) || word == "-";
        let width = word.len();
        if !meaningful {
            self.skip_error(ErrorKind::StrayText, width);
        }
        !meaningful
    }

    pub(super) fn comma(&mut self) {
        let at = self.at;
        let crossed = std::mem::take(&mut self.crossed_conflict);
        let open = self.top();
        match open.complete.take() {
            Some(child) => {
                open.comma = Some(at);
                self.nodes[child as usize].flags |= node::COMMA;
            }
            None if crossed => {}
            None => self.error(ErrorKind::ExtraComma, at..at + 1),
        }
        self.at += 1;
        self.last_end = self.at;
    }

    /// Reports a missing comma before a member or element.
    pub(super) fn require_comma(&mut self) {
        let place = self.last_end;
        let crossed = std::mem::take(&mut self.crossed_conflict);
        let Some(child) = self.top().complete.take() else { return };
        let unfinished = self.nodes.last().is_some_and(|last| last.kind == Kind::Missing && last.parent == child);
        if !crossed && !unfinished {
            self.error(ErrorKind::MissingComma, place..place);
        }
    }

    /// Reports a trailing comma before a closing bracket.
    pub(super) fn report_trailing_comma(&mut self) {
        let crossed = std::mem::take(&mut self.crossed_conflict);
        if let Some(comma) = self.top().comma
            && !crossed
            && self.nodes.len() as u32 > self.top().node + 1
        {
            self.error(ErrorKind::TrailingComma, comma..comma + 1);
        }
    }
}
