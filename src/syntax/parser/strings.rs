//! Strings, with their quotes or without some of them.

use std::ops::Range;

use super::Parser;
use crate::syntax::error::ErrorKind;
use crate::syntax::lexer::{self, has_line_break, skip_space};
use crate::syntax::node::{self, Kind};

/// How many bytes of a line are searched for a quote that would explain an error.
const MAX_LINE: usize = 4096;

/// How many unescaped quotes are accepted inside a string.
const MAX_QUOTES: usize = 9;

impl Parser<'_> {
    pub(super) fn string_value(&mut self, parent: u32) {
        let start = self.at;
        let scanned = self.scan(start);
        let content_end = scanned.end - usize::from(scanned.closed);
        let swallowed_comma = scanned.closed
            && self.is_glued(scanned.end)
            && self.bytes[start + 1..content_end].trim_ascii_end().ends_with(b",");
        let index = if !scanned.closed || swallowed_comma {
            let end = self.end_of_unclosed(start, content_end);
            self.string(parent, start..end, &scanned, node::NO_CLOSING_QUOTE)
        } else if let Some((last_inner, end)) = self.quotes_inside(scanned.end) {
            self.error(ErrorKind::UnescapedQuotes, content_end..last_inner);
            let whole =
                lexer::Scanned { end, escapes: self.text[start..end].contains('\\'), controls: true, ..scanned };
            self.string(parent, start..end, &whole, 0)
        } else {
            self.string(parent, start..scanned.end, &scanned, 0)
        };
        self.complete(index);
    }

    /// The unescaped quotes inside a string that seems to end at `end`: the end of the last of them, and the end of the string, if
    /// text continues up to a quote that can be the last one.
    fn quotes_inside(&mut self, end: usize) -> Option<(usize, usize)> {
        let next = self.skip_spaces_on_line(end);
        let goes_on = self.bytes.get(next).is_some_and(|&byte| lexer::is_word(byte));
        if !goes_on || lexer::comment_end(self.bytes, next).is_some() {
            return None;
        }
        let mut from = end;
        for _ in 0..MAX_QUOTES {
            let quote = self.quote_on_line(from)?;
            let before = self.bytes[from..quote].trim_ascii_end().last();
            if matches!(before, Some(b',' | b':' | b'[' | b'{')) {
                return None;
            }
            if self.ends_string(quote) {
                return Some((from, quote + 1));
            }
            if self.bytes.get(skip_space(self.bytes, quote + 1)) == Some(&b':') {
                return None;
            }
            from = quote + 1;
        }
        None
    }

    /// Whether a quote can end a string: a comma and the next value, a closing bracket or the end of the line follows.
    fn ends_string(&self, quote: usize) -> bool {
        let next = self.skip_spaces_on_line(quote + 1);
        match self.bytes.get(next) {
            None | Some(b'}' | b']' | b'\n' | b'\r') => true,
            Some(b',') => {
                let behind = self.skip_spaces_on_line(next + 1);
                let word = self.bytes.get(behind).is_some_and(|&byte| lexer::is_word(byte));
                !word || self.begins_literal(behind)
            }
            _ => false,
        }
    }

    /// The next unescaped quote on the line. Cached, because the complete text may be one line.
    fn quote_on_line(&mut self, at: usize) -> Option<usize> {
        // The cached result does not apply after a backslash.
        let is_escaped = at > self.quote.start && self.bytes[at - 1] == b'\\';
        if !self.quote.contains(&at) || is_escaped {
            let is_line = |byte: Option<&u8>| byte.is_some_and(|byte| !matches!(byte, b'\n' | b'\r'));
            let mut end = at;
            while is_line(self.bytes.get(end)) && self.bytes[end] != b'"' {
                let is_pair = self.bytes[end] == b'\\' && is_line(self.bytes.get(end + 1));
                end += if is_pair { 2 } else { 1 };
            }
            self.quote = at..end.min(self.bytes.len()) + 1;
        }
        let found = self.quote.end - 1;
        (self.bytes.get(found) == Some(&b'"')).then_some(found)
    }

    /// The end of the spaces at `at`, on the same line.
    fn skip_spaces_on_line(&self, at: usize) -> usize {
        at + self.bytes[at..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count()
    }

    /// The end of a string without closing quote: before the comma and closing brackets that end its line, but not before a bracket
    /// that was opened inside the string.
    pub(super) fn end_of_unclosed(&self, start: usize, end: usize) -> usize {
        let inner = &self.bytes[start + 1..end];
        let surplus = |closer: u8, opener: u8| {
            let count = |bracket: u8| inner.iter().filter(|&&byte| byte == bracket).count();
            count(closer).saturating_sub(count(opener))
        };
        let (mut braces, mut brackets) = (surplus(b'}', b'{'), surplus(b']', b'['));
        let mut length = inner.trim_ascii_end().len();
        while length > 0 {
            match inner[length - 1] {
                b',' => {}
                b'}' if braces > 0 => braces -= 1,
                b']' if brackets > 0 => brackets -= 1,
                _ => break,
            }
            length = inner[..length - 1].trim_ascii_end().len();
        }
        start + 1 + length
    }

    /// The end of a string without opening quote whose first word ends at `word_end`: after the next quote of the line, if that
    /// can end a string.
    pub(super) fn end_of_unopened(&mut self, word_end: usize) -> Option<usize> {
        let quote = self.quote_on_line(word_end)?;
        self.ends_string(quote).then_some(quote + 1)
    }

    /// The same for a first word that is a value by itself: only if text follows it.
    pub(super) fn end_of_unopened_literal(&mut self, word_end: usize) -> Option<usize> {
        let next = *self.bytes.get(self.skip_spaces_on_line(word_end))?;
        if next != b'"' && !lexer::is_word(next) {
            return None;
        }
        let end = self.end_of_unopened(word_end)?;
        let structure = |byte: &u8| matches!(byte, b'{' | b'[' | b'}' | b']' | b',' | b':');
        (!self.bytes[word_end..end].iter().any(structure)).then_some(end)
    }

    /// The end of a string without opening quote that begins with a bracket: `{NAME}/x"`.
    pub(super) fn end_of_unopened_bracket(&mut self) -> Option<usize> {
        let closer = if self.bytes[self.at] == b'{' { b'}' } else { b']' };
        let mut end = self.at + 1;
        while self.bytes.get(end).is_some_and(|&byte| byte == b' ' || (lexer::is_word(byte) && !byte.is_ascii_digit()))
        {
            end += 1;
        }
        let name = self.bytes[self.at + 1..end].trim_ascii();
        let word = matches!(name, b"" | b"true" | b"false" | b"null");
        let named = !word && self.bytes.get(end) == Some(&closer);
        if named { self.end_of_unopened(end) } else { None }
    }

    /// A string in other quotes than JSON's.
    pub(super) fn other_quotes(&mut self, parent: u32) -> bool {
        let Some(end) = self.end_of_other_quotes() else { return false };
        let range = self.at..end;
        let escapes = if self.text[range.clone()].contains('\\') { node::ESCAPES } else { 0 };
        self.error(ErrorKind::WrongQuotes, range.clone());
        self.push(Kind::String, range, parent, escapes);
        true
    }

    /// The end of a string in other quotes, if it ends on its line and what follows fits.
    pub(super) fn end_of_other_quotes(&self) -> Option<usize> {
        let closing = match self.text[self.at..].chars().next()? {
            quote @ ('\'' | '`' | '´') => [quote, '\''],
            '“' | '”' | '„' => ['”', '“'],
            '‘' | '’' | '‚' => ['’', '‘'],
            _ => return None,
        };
        let near = &self.text[self.at..self.text.floor_char_boundary(self.at + MAX_LINE)];
        let mut line = near.char_indices().skip(1).take_while(|(_, char)| !matches!(char, '\n' | '\r'));
        let mut is_escaped = false;
        let (at, quote) = line.find(|(_, char)| {
            let closes = closing.contains(char) && !is_escaped;
            is_escaped = *char == '\\' && !is_escaped;
            closes
        })?;
        let end = self.at + at + quote.len_utf8();
        let next = skip_space(self.bytes, end);
        let fits = matches!(self.bytes.get(next), None | Some(b':' | b',' | b'}' | b']'));
        (fits || has_line_break(self.bytes, end, next)).then_some(end)
    }

    pub(super) fn string(&mut self, parent: u32, range: Range<usize>, scanned: &lexer::Scanned, flags: u8) -> u32 {
        let mut flags = flags;
        let closed = flags & node::NO_CLOSING_QUOTE == 0;
        if closed {
            flags |= node::QUOTED;
        }
        if scanned.escapes {
            flags |= node::ESCAPES;
        }
        if scanned.escapes || scanned.controls {
            let end = range.end - usize::from(closed);
            for (kind, start, end) in lexer::string_errors(self.text, range.start + 1, end) {
                self.error(kind, start..end);
            }
        }
        if !closed {
            self.error(ErrorKind::MissingClosingQuote, range.end..range.end);
        }
        self.push(Kind::String, range, parent, flags)
    }

    /// Whether a word follows directly, so that the quote opens the next string instead of closing one.
    pub(super) fn is_glued(&self, end: usize) -> bool {
        self.bytes.get(end).is_some_and(|&byte| lexer::is_word(byte) && byte != b'/' && byte != b'#')
    }
}
