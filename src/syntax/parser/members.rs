//! Members: keys, colons and values.

use super::Parser;
use crate::syntax::error::ErrorKind;
use crate::syntax::lexer::{self, has_line_break, skip_space, word_end};
use crate::syntax::node::{self, Kind};

impl Parser<'_> {
    pub(super) fn member(&mut self) {
        if self.close_dedented() {
            return;
        }
        self.require_comma();
        self.note_indent();
        let object = self.top().node;
        let member = self.push(Kind::Member, self.at..self.at, object, 0);
        let before = self.error_count;
        self.key(member);
        self.colon_and_value(member, self.error_count > before);
    }

    fn key(&mut self, member: u32) {
        let start = self.at;
        match self.byte() {
            b'"' => self.quoted_key(member),
            b':' => {
                self.push(Kind::Missing, start..start, member, 0);
                self.error(ErrorKind::MissingKey, start..start + 1);
            }
            b'{' | b'[' => {
                self.push(Kind::Missing, start..start, member, 0);
                self.error(ErrorKind::MissingKey, start..start);
            }
            _ if self.other_quotes(member) => {}
            _ => self.bare_key(member),
        }
    }

    fn quoted_key(&mut self, member: u32) {
        let start = self.at;
        let scanned = self.scan(start);
        let content_end = scanned.end - usize::from(scanned.closed);
        let colon = match self.bytes.get(skip_space(self.bytes, scanned.end)) {
            Some(b':') if scanned.closed => None,
            _ => self.colon_inside(start, content_end),
        };
        // `"path: "/today"`, `"list: ["x"`: the quote that seems to close the key opens the value.
        let opens_value = |byte: &u8| matches!(byte, b' ' | b'\t' | b'[' | b'{');
        let ends_key = |colon: usize| {
            !scanned.closed || self.is_glued(scanned.end) || self.bytes[colon + 1..content_end].iter().all(opens_value)
        };
        let end = match colon.filter(|&colon| ends_key(colon)) {
            Some(colon) => start + 1 + self.bytes[start + 1..colon].trim_ascii_end().len(),
            None if scanned.closed => {
                self.string(member, start..scanned.end, &scanned, 0);
                return;
            }
            None => self.end_of_unclosed(start, content_end),
        };
        self.string(member, start..end, &scanned, node::NO_CLOSING_QUOTE);
    }

    /// The colon inside a key without closing quote: the first one after a name.
    fn colon_inside(&self, start: usize, end: usize) -> Option<usize> {
        let inner = &self.bytes[start + 1..end];
        let colon = inner.iter().position(|&byte| byte == b':')?;
        let name = inner[..colon].trim_ascii();
        let plain =
            !name.is_empty() && name.iter().all(|&byte| byte.is_ascii_alphanumeric() || b"_$@-.".contains(&byte));
        plain.then_some(start + 1 + colon)
    }

    /// A key without quotes, or without the opening quote.
    fn bare_key(&mut self, member: u32) {
        let start = self.at;
        let end = word_end(self.bytes, start).max(start + 1);
        let end = self.text.ceil_char_boundary(end);
        let next = skip_space(self.bytes, end);
        if self.bytes.get(end) == Some(&b'"') && self.bytes.get(skip_space(self.bytes, end + 1)) == Some(&b':') {
            self.push(Kind::String, start..end + 1, member, node::NO_OPENING_QUOTE);
            self.error(ErrorKind::MissingOpeningQuote, start..start);
        } else if self.bytes.get(next) != Some(&b':') && self.bytes[start] != b'"' && self.begins_number(start) {
            self.push(Kind::Missing, start..start, member, 0);
            self.error(ErrorKind::MissingKey, start..start);
        } else {
            self.push(Kind::Word, start..end, member, 0);
            self.error(ErrorKind::MissingQuotes, start..end);
        }
    }

    /// What follows a key. `is_reported`: the key has an error, so that a missing colon is not reported too.
    fn colon_and_value(&mut self, member: u32, is_reported: bool) {
        let key_end = self.last_end;
        self.skip_trivia();
        let has_key = self.nodes[member as usize + 1].kind != Kind::Missing;
        if self.bytes.get(self.at) == Some(&b':') {
            self.nodes[member as usize].flags |= node::COLON;
            self.at += 1;
            self.last_end = self.at;
        } else if has_key {
            let assigned = self.bytes.get(self.at) == Some(&b'=');
            if assigned {
                self.at += 1;
                self.last_end = self.at;
            }
            let follows = assigned || self.value_follows(key_end);
            if !is_reported || follows {
                self.error(ErrorKind::MissingColon, key_end..key_end);
            }
            if !follows {
                return self.missing_value(member, key_end);
            }
        }
        let place = self.last_end;
        self.skip_to_value();
        let none = matches!(self.bytes.get(self.at), None | Some(b',' | b'}' | b']'));
        if !none && has_key && self.value_lacks_opener(member, place) {
            return;
        }
        if none || (has_key && self.is_key_of_next_member(place)) {
            self.error(ErrorKind::MissingValue, place..place);
            return self.missing_value(member, place);
        }
        self.value(member);
    }

    /// Skips what cannot begin a value, such as colons.
    fn skip_to_value(&mut self) {
        self.skip_trivia();
        while self.at < self.bytes.len() {
            match self.byte() {
                b':' => self.skip_error(ErrorKind::ExtraColon, 1),
                _ if self.skip_stray() => {}
                _ => break,
            }
            self.skip_trivia();
        }
    }

    fn missing_value(&mut self, member: u32, place: usize) {
        let index = self.push(Kind::Missing, place..place, member, 0);
        self.complete(index);
    }

    /// Whether a value follows a key without colon.
    fn value_follows(&self, key_end: usize) -> bool {
        let same_line = !has_line_break(self.bytes, key_end, self.at);
        match self.bytes.get(self.at) {
            Some(b'{' | b'[') => true,
            Some(b'"') => same_line && !self.is_key(self.at),
            Some(&byte) if lexer::is_word(byte) => {
                let word = &self.text[self.at..word_end(self.bytes, self.at)];
                same_line && (matches!(word, "true" | "false" | "null") || self.begins_number(self.at))
            }
            _ => false,
        }
    }

    /// Whether the key of the next member is in place of a value.
    fn is_key_of_next_member(&self, place: usize) -> bool {
        self.is_key(self.at) && (self.bytes[self.at] == b'"' || has_line_break(self.bytes, place, self.at))
    }

    /// Whether a key with its colon begins here.
    pub(super) fn is_key(&self, at: usize) -> bool {
        let end = match self.bytes[at] {
            b'"' => self.scan(at).end,
            byte if lexer::is_word(byte) => {
                let end = word_end(self.bytes, at);
                end + usize::from(self.bytes.get(end) == Some(&b'"'))
            }
            _ => return false,
        };
        self.bytes.get(skip_space(self.bytes, end)) == Some(&b':')
    }
}
