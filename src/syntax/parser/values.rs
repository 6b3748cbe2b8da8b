//! Values: what begins here, and how far it goes.

use super::super::error::ErrorKind;
use super::super::lexer::{self, word_end};
use super::super::node::{self, Kind};
use super::Parser;

impl Parser<'_> {
    /// Reads the value that begins here; an object or array is only opened.
    pub(super) fn value(&mut self, parent: u32) {
        match self.byte() {
            b'{' => {
                self.open(true, parent, 0);
            }
            b'[' => {
                self.open(false, parent, 0);
            }
            b'"' => self.string_value(parent),
            b'}' | b']' | b',' | b':' => {
                self.skip_error(ErrorKind::StrayText, 1);
            }
            _ if self.other_quotes(parent) => self.complete(self.nodes.len() as u32 - 1),
            _ => self.bare_value(parent),
        }
    }

    /// A number, a keyword, or something that is neither.
    fn bare_value(&mut self, parent: u32) {
        let start = self.at;
        let end = self.text.ceil_char_boundary(word_end(self.bytes, start).max(start + 1));
        let word = &self.bytes[start..end];
        let (kind, mistake) = match word {
            b"true" => (Kind::True, None),
            b"false" => (Kind::False, None),
            b"null" => (Kind::Null, None),
            _ if lexer::is_number(word) => (Kind::Number, None),
            _ => match self.end_of_unopened(end) {
                Some(end) => {
                    let index = self.push(Kind::String, start..end, parent, node::NO_OPENING_QUOTE);
                    self.error(ErrorKind::MissingOpeningQuote, start..start);
                    return self.complete(index);
                }
                None if self.begins_number(start) => (Kind::Number, Some(ErrorKind::InvalidNumber)),
                None => (Kind::Word, Some(ErrorKind::UnknownWord)),
            },
        };
        let index = self.push(kind, start..end, parent, 0);
        if let Some(mistake) = mistake {
            self.error(mistake, start..end);
        }
        self.complete(index);
    }

    pub(super) fn begins_number(&self, at: usize) -> bool {
        let end = word_end(self.bytes, at);
        matches!(self.bytes[at], b'0'..=b'9' | b'-' | b'+' | b'.') && self.bytes[at..end].iter().any(u8::is_ascii_digit)
            || &self.bytes[at..end] == b"-"
    }
}
