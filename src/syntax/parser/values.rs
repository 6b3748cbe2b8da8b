//! Values.

use std::ops::Range;

use super::Parser;
use crate::syntax::error::ErrorKind;
use crate::syntax::lexer::{self, word_end};
use crate::syntax::node::{self, Kind};

impl Parser<'_> {
    /// Parses a value; an object or array is only opened. Callers have skipped what cannot begin a value.
    pub(super) fn value(&mut self, parent: u32) {
        match self.byte() {
            bracket @ (b'{' | b'[') => match self.end_of_unopened_bracket() {
                Some(end) => self.unopened_string(parent, end),
                None if bracket == b'{' && self.is_stray_opener() => {
                    self.surplus[0] += 1;
                    self.skip_error(ErrorKind::ExtraBracket('{'), 1);
                    self.skip_trivia();
                    self.value(parent);
                }
                None => {
                    self.open(bracket == b'{', parent, 0);
                }
            },
            b'"' => self.string_value(parent),
            _ if self.other_quotes(parent) => self.complete(self.nodes.len() as u32 - 1),
            _ => self.bare_value(parent),
        }
    }

    /// A number, a keyword, or something that is neither.
    fn bare_value(&mut self, parent: u32) {
        let start = self.at;
        let end = self.text.ceil_char_boundary(word_end(self.bytes, start).max(start + 1));
        let literal = self.literal(start..end);
        let unopened = match literal {
            Some(_) => self.end_of_unopened_literal(end),
            None => self.end_of_unopened(end),
        };
        if let Some(end) = unopened {
            return self.unopened_string(parent, end);
        }
        let (kind, error) = match literal {
            Some(kind) => (kind, None),
            None if self.begins_number(start) => (Kind::Number, Some(ErrorKind::InvalidNumber)),
            None => (Kind::Word, Some(ErrorKind::UnknownWord)),
        };
        let index = self.push(kind, start..end, parent, 0);
        if let Some(error) = error {
            self.error(error, start..end);
        }
        self.complete(index);
    }

    /// A string without opening quote.
    fn unopened_string(&mut self, parent: u32, end: usize) {
        let start = self.at;
        let escapes = if self.text[start..end].contains('\\') { node::ESCAPES } else { 0 };
        self.error(ErrorKind::MissingOpeningQuote, start..start);
        let index = self.push(Kind::String, start..end, parent, node::NO_OPENING_QUOTE | escapes);
        self.complete(index);
    }

    /// The kind of a number or keyword of JSON.
    fn literal(&self, range: Range<usize>) -> Option<Kind> {
        match &self.bytes[range] {
            b"true" => Some(Kind::True),
            b"false" => Some(Kind::False),
            b"null" => Some(Kind::Null),
            word => lexer::is_number(word).then_some(Kind::Number),
        }
    }

    pub(super) fn begins_literal(&self, at: usize) -> bool {
        self.literal(at..word_end(self.bytes, at)).is_some()
    }

    pub(super) fn begins_number(&self, at: usize) -> bool {
        let end = word_end(self.bytes, at);
        matches!(self.bytes[at], b'0'..=b'9' | b'-' | b'+' | b'.') && self.bytes[at..end].iter().any(u8::is_ascii_digit)
            || &self.bytes[at..end] == b"-"
    }
}
