//! Strings, with their quotes or without some of them.

use std::ops::Range;

use super::super::error::ErrorKind;
use super::super::lexer::{self, has_line_break, skip_space};
use super::super::node::{self, Kind};
use super::Parser;

/// How far a line is looked along, in bytes, for a quote that would explain a mistake.
const MAX_LINE: usize = 4096;

impl Parser<'_> {
    pub(super) fn string_value(&mut self, parent: u32) {
        let start = self.at;
        let scanned = lexer::scan_string(self.bytes, start);
        let content_end = scanned.end - usize::from(scanned.closed);
        let swallowed_comma = scanned.closed
            && self.is_glued(scanned.end)
            && self.bytes[start + 1..content_end].trim_ascii_end().ends_with(b",");
        let index = if scanned.closed && !swallowed_comma {
            self.string(parent, start..scanned.end, &scanned, 0)
        } else {
            let end = self.end_of_unclosed(start, content_end);
            self.string(parent, start..end, &scanned, node::NO_CLOSING_QUOTE)
        };
        self.complete(index);
    }

    /// Where a string without closing quote ends: before the comma and the closing brackets that end its line, but not
    /// before a bracket that was opened inside the string.
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

    /// The end of a string without its first quote, whose first word ends at `word_end`: behind the only quote that is
    /// left on the line, when nothing but commas and closing brackets follows it.
    pub(super) fn end_of_unopened(&self, word_end: usize) -> Option<usize> {
        let near = &self.bytes[..self.bytes.len().min(word_end + MAX_LINE)];
        let line = &near[word_end..lexer::line_end(near, word_end)];
        let quote = line.iter().position(|&byte| byte == b'"')?;
        let before = line[..quote].iter().all(|byte| !matches!(byte, b'{' | b'[' | b'}' | b']' | b','));
        let after = line[quote + 1..].iter().all(|byte| matches!(byte, b',' | b'}' | b']' | b' ' | b'\t'));
        let glued = quote == 0 && matches!(line[1..].trim_ascii_start().first(), None | Some(b',' | b'}' | b']'));
        ((before && after) || glued).then_some(word_end + quote + 1)
    }

    /// A string in quotes that JSON does not have.
    pub(super) fn other_quotes(&mut self, parent: u32) -> bool {
        let Some(end) = self.end_of_other_quotes() else { return false };
        let range = self.at..end;
        let escapes = if self.text[range.clone()].contains('\\') { node::ESCAPES } else { 0 };
        self.error(ErrorKind::WrongQuotes, range.clone());
        self.push(Kind::String, range, parent, escapes);
        true
    }

    /// The end of a string in other quotes that begins here, when it ends on its line and what follows fits.
    pub(super) fn end_of_other_quotes(&self) -> Option<usize> {
        let closing = match self.text[self.at..].chars().next()? {
            quote @ ('\'' | '`' | '´') => [quote, '\''],
            '“' | '”' | '„' => ['”', '“'],
            '‘' | '’' | '‚' => ['’', '‘'],
            _ => return None,
        };
        let near = &self.bytes[..self.text.floor_char_boundary(self.at + MAX_LINE)];
        let line = &self.text[self.at..lexer::line_end(near, self.at)];
        let (at, quote) = line.char_indices().skip(1).find(|(_, char)| closing.contains(char))?;
        let end = self.at + at + quote.len_utf8();
        let next = skip_space(self.bytes, end);
        let fits = matches!(self.bytes.get(next), None | Some(b':' | b',' | b'}' | b']'));
        (fits || has_line_break(self.bytes, end, next)).then_some(end)
    }

    pub(super) fn string(&mut self, parent: u32, range: Range<usize>, scanned: &lexer::Scanned, flags: u8) -> u32 {
        let mut flags = flags;
        let closed = flags & node::NO_CLOSING_QUOTE == 0;
        if scanned.escapes {
            flags |= node::ESCAPES;
        }
        if scanned.escapes || scanned.controls {
            let end = range.end - usize::from(closed);
            for (kind, start, end) in lexer::string_mistakes(self.text, range.start + 1, end) {
                self.error(kind, start..end);
            }
        }
        if !closed {
            self.error(ErrorKind::MissingClosingQuote, range.end..range.end);
        }
        self.push(Kind::String, range, parent, flags)
    }

    /// Whether a character follows that cannot follow a closing quote: the quote opens the next string instead.
    pub(super) fn is_glued(&self, end: usize) -> bool {
        self.bytes.get(end).is_some_and(|&byte| lexer::is_word(byte) && byte != b'/' && byte != b'#')
    }
}
