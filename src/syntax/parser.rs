//! The tolerant parser: always a tree, every mistake at its own place, what stands before and after it kept.
//!
//! It works through the text once with a stack of its own, so depth is limited by memory only. What is wrong is mended on
//! the spot where the text around says what was meant (a string that is followed by a colon is a key, so the comma or the
//! value before it is missing). Only brackets cannot be judged on the spot: when they do not match, the text is read a
//! second time with an eye on the indentation (`recovery.rs`), and the reading with fewer mistakes counts.

use std::ops::Range;

use super::error::{ErrorKind, SyntaxError};
use super::lexer::{self, has_line_break, skip_space, word_end};
use super::node::{self, Kind, Raw};
use super::recovery::Line;

/// How far a line is looked along, in bytes, for a quote that would explain a mistake.
const MAX_LINE: usize = 4096;

/// Reads a text. The first node is the outermost value.
pub(super) fn parse(text: &str) -> (Vec<Raw>, Vec<SyntaxError>) {
    let text = &text[..text.floor_char_boundary(u32::MAX as usize - 1)];
    let plain = Parser::new(text, false).run();
    if !plain.1.iter().any(|error| error.kind.is_about_brackets()) {
        return plain;
    }
    let indented = Parser::new(text, true).run();
    if indented.1.len() <= plain.1.len() { indented } else { plain }
}

/// An object or array that is being read.
pub(super) struct Open {
    pub(super) node: u32,
    pub(super) is_object: bool,
    /// The member or element read last, while no comma has followed it.
    pub(super) complete: Option<u32>,
    /// The comma read last, while nothing has followed it.
    pub(super) comma: Option<usize>,
    /// The indentation of the line of its bracket, and of the first child that begins a line. Only when reading by
    /// indentation.
    pub(super) indent: usize,
    pub(super) child_indent: Option<usize>,
}

pub(super) struct Parser<'s> {
    pub(super) text: &'s str,
    pub(super) bytes: &'s [u8],
    pub(super) at: usize,
    /// The end of the last token: where something that is missing belongs.
    pub(super) last_end: usize,
    pub(super) nodes: Vec<Raw>,
    pub(super) errors: Vec<SyntaxError>,
    pub(super) stack: Vec<Open>,
    /// How many of the stack are objects.
    pub(super) open_objects: usize,
    pub(super) by_indent: bool,
    pub(super) line: Line,
    /// Whether a conflict marker stood between the last token and this one: then each side may lack its comma.
    crossed_conflict: bool,
    /// How many bytes may still be read ahead to judge brackets.
    pub(super) ahead: usize,
}

impl<'s> Parser<'s> {
    fn new(text: &'s str, by_indent: bool) -> Self {
        Parser {
            text,
            bytes: text.as_bytes(),
            at: 0,
            last_end: 0,
            nodes: Vec::with_capacity(text.len() / 10),
            errors: Vec::new(),
            stack: Vec::new(),
            open_objects: 0,
            by_indent,
            line: Line::default(),
            crossed_conflict: false,
            ahead: 1 << 20,
        }
    }

    fn run(mut self) -> (Vec<Raw>, Vec<SyntaxError>) {
        self.skip_trivia();
        self.begin();
        loop {
            self.skip_trivia();
            if self.at >= self.bytes.len() {
                break;
            }
            match self.stack.last().map(|open| open.is_object) {
                Some(true) => self.step_in_object(),
                Some(false) => self.step_in_array(),
                None if self.step_after_end() => {}
                None => break,
            }
        }
        self.close_at_end();
        self.errors.sort_by_key(|error| error.range.start);
        (self.nodes, self.errors)
    }

    /// The outermost value. A text that begins with a key is an object whose bracket is missing.
    fn begin(&mut self) {
        if self.at >= self.bytes.len() {
            self.push(Kind::Missing, self.at..self.at, node::NONE, 0);
            self.error(ErrorKind::Empty, self.at..self.at);
        } else if self.is_key(self.at) {
            self.error(ErrorKind::MissingOpener('{'), self.at..self.at);
            self.open(true, node::NONE, node::NO_OPENING_BRACKET);
        } else {
            self.value(node::NONE);
        }
        if self.nodes.is_empty() {
            self.push(Kind::Missing, self.at..self.at, node::NONE, 0);
        }
    }

    fn step_in_object(&mut self) {
        match self.byte() {
            closer @ (b'}' | b']') => self.close(closer),
            b',' => self.comma(),
            b'{' if self.is_doubled_opener() => self.skip_error(ErrorKind::ExtraBracket('{'), 1),
            _ if self.skip_stray() => {}
            _ => self.member(),
        }
    }

    fn step_in_array(&mut self) {
        match self.byte() {
            closer @ (b'}' | b']') => self.close(closer),
            b',' => self.comma(),
            b':' => {
                self.skip_error(ErrorKind::ExtraColon, 1);
                self.top().complete = None;
            }
            _ if self.skip_stray() => {}
            _ if self.is_key(self.at) && self.key_in_array() => {}
            _ => {
                self.require_comma();
                let array = self.top().node;
                self.note_child_indent();
                self.value(array);
            }
        }
    }

    /// What follows the outermost value. Returns whether reading goes on.
    fn step_after_end(&mut self) -> bool {
        if let bracket @ (b'}' | b']') = self.bytes[self.at] {
            self.skip_error(ErrorKind::ExtraBracket(bracket as char), 1);
            return true;
        }
        let end = self.text.trim_end().len();
        self.error(ErrorKind::TextAfterEnd, self.at..end);
        false
    }

    // ---- members

    fn member(&mut self) {
        if self.close_dedented() {
            return;
        }
        self.require_comma();
        self.note_child_indent();
        let object = self.top().node;
        let member = self.push(Kind::Member, self.at..self.at, object, 0);
        let mistakes = self.errors.len();
        self.key(member);
        self.colon_and_value(member, self.errors.len() > mistakes);
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
        let scanned = lexer::scan_string(self.bytes, start);
        let closed_well = scanned.closed && !self.is_glued(scanned.end);
        if closed_well || (scanned.closed && self.colon_inside(start, scanned.end).is_none()) {
            self.string(member, start..scanned.end, &scanned, 0);
            return;
        }
        let content_end = scanned.end - usize::from(scanned.closed);
        let end = match self.colon_inside(start, content_end) {
            Some(colon) => start + 1 + self.bytes[start + 1..colon].trim_ascii_end().len(),
            None => self.end_of_unclosed(start, content_end),
        };
        self.string(member, start..end, &scanned, node::NO_CLOSING_QUOTE);
    }

    /// The colon that a key without closing quote has swallowed: the first one behind a plain name.
    fn colon_inside(&self, start: usize, end: usize) -> Option<usize> {
        let inner = &self.bytes[start + 1..end];
        let colon = inner.iter().position(|&byte| byte == b':')?;
        let name = inner[..colon].trim_ascii();
        let plain = !name.is_empty() && name.iter().all(|&byte| byte.is_ascii_alphanumeric() || b"_$@-.".contains(&byte));
        plain.then_some(start + 1 + colon)
    }

    /// A key without quotes, or with the first of them missing.
    fn bare_key(&mut self, member: u32) {
        let start = self.at;
        let end = word_end(self.bytes, start).max(start + 1);
        let end = if self.text.is_char_boundary(end) { end } else { self.text.ceil_char_boundary(end) };
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

    /// What follows a key. `excused`: the key itself was reported, so a missing colon needs no second word.
    fn colon_and_value(&mut self, member: u32, excused: bool) {
        let key_end = self.last_end;
        self.skip_trivia();
        let has_key = self.nodes[member as usize + 1].kind != Kind::Missing;
        if self.bytes.get(self.at) == Some(&b':') {
            self.nodes[member as usize].flags |= node::COLON;
            self.at += 1;
            self.last_end = self.at;
            self.skip_trivia();
            while self.bytes.get(self.at) == Some(&b':') {
                self.skip_error(ErrorKind::ExtraColon, 1);
                self.skip_trivia();
            }
        } else if has_key {
            let assigned = self.bytes.get(self.at) == Some(&b'=');
            if assigned {
                self.at += 1;
                self.skip_trivia();
            }
            let follows = assigned || self.value_follows(key_end);
            if !excused || follows {
                self.error(ErrorKind::MissingColon, key_end..key_end);
            }
            if !follows {
                return self.missing_value(member, key_end);
            }
        }
        let place = self.last_end;
        while self.at < self.bytes.len() && self.skip_stray() {
            self.skip_trivia();
        }
        let none = matches!(self.bytes.get(self.at), None | Some(b',' | b'}' | b']'));
        if none || (has_key && self.is_key_of_next_member(place)) {
            self.error(ErrorKind::MissingValue, place..place);
            return self.missing_value(member, place);
        }
        self.value(member);
    }

    fn missing_value(&mut self, member: u32, place: usize) {
        let index = self.push(Kind::Missing, place..place, member, 0);
        self.complete(index);
    }

    /// Whether a value stands where a key without colon is followed by something.
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

    /// Whether what stands where a value belongs is the key of the next member.
    fn is_key_of_next_member(&self, place: usize) -> bool {
        self.is_key(self.at) && (self.bytes[self.at] == b'"' || has_line_break(self.bytes, place, self.at))
    }

    /// Whether a key with its colon begins here.
    pub(super) fn is_key(&self, at: usize) -> bool {
        let end = match self.bytes[at] {
            b'"' => lexer::scan_string(self.bytes, at).end,
            byte if lexer::is_word(byte) => {
                let end = word_end(self.bytes, at);
                end + usize::from(self.bytes.get(end) == Some(&b'"'))
            }
            _ => return false,
        };
        self.bytes.get(skip_space(self.bytes, end)) == Some(&b':')
    }

    // ---- values

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

    fn string_value(&mut self, parent: u32) {
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
    fn end_of_unclosed(&self, start: usize, end: usize) -> usize {
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

    /// The end of a string without its first quote, whose first word ends at `word_end`: behind the only quote that is
    /// left on the line, when nothing but commas and closing brackets follows it.
    fn end_of_unopened(&self, word_end: usize) -> Option<usize> {
        let near = &self.bytes[..self.bytes.len().min(word_end + MAX_LINE)];
        let line = &near[word_end..lexer::line_end(near, word_end)];
        let quote = line.iter().position(|&byte| byte == b'"')?;
        let before = line[..quote].iter().all(|byte| !matches!(byte, b'{' | b'[' | b'}' | b']' | b','));
        let after = line[quote + 1..].iter().all(|byte| matches!(byte, b',' | b'}' | b']' | b' ' | b'\t'));
        let glued = quote == 0 && matches!(line[1..].trim_ascii_start().first(), None | Some(b',' | b'}' | b']'));
        ((before && after) || glued).then_some(word_end + quote + 1)
    }

    /// A string in quotes that JSON does not have.
    fn other_quotes(&mut self, parent: u32) -> bool {
        let Some(end) = self.end_of_other_quotes() else { return false };
        let range = self.at..end;
        let escapes = if self.text[range.clone()].contains('\\') { node::ESCAPES } else { 0 };
        self.error(ErrorKind::WrongQuotes, range.clone());
        self.push(Kind::String, range, parent, escapes);
        true
    }

    /// The end of a string in other quotes that begins here, when it ends on its line and what follows fits.
    fn end_of_other_quotes(&self) -> Option<usize> {
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

    fn string(&mut self, parent: u32, range: Range<usize>, scanned: &lexer::Scanned, flags: u8) -> u32 {
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
    fn is_glued(&self, end: usize) -> bool {
        self.bytes.get(end).is_some_and(|&byte| lexer::is_word(byte) && byte != b'/' && byte != b'#')
    }

    fn begins_number(&self, at: usize) -> bool {
        let end = word_end(self.bytes, at);
        matches!(self.bytes[at], b'0'..=b'9' | b'-' | b'+' | b'.') && self.bytes[at..end].iter().any(u8::is_ascii_digit)
            || &self.bytes[at..end] == b"-"
    }

    // ---- the list of nodes

    pub(super) fn push(&mut self, kind: Kind, range: Range<usize>, parent: u32, flags: u8) -> u32 {
        let index = self.nodes.len() as u32;
        let (start, end) = (range.start as u32, range.end as u32);
        self.nodes.push(Raw { start, end, parent, next: index + 1, kind, flags });
        if kind != Kind::Missing && kind != Kind::Member {
            self.at = range.end;
            self.last_end = range.end;
        }
        index
    }

    pub(super) fn open(&mut self, is_object: bool, parent: u32, flags: u8) -> u32 {
        let width = usize::from(flags & node::NO_OPENING_BRACKET == 0);
        let indent = if self.by_indent { self.indent_of_line(self.at) } else { 0 };
        let kind = if is_object { Kind::Object } else { Kind::Array };
        let node = self.push(kind, self.at..self.at + width, parent, flags);
        self.open_objects += usize::from(is_object);
        self.stack.push(Open { node, is_object, complete: None, comma: None, indent, child_indent: None });
        node
    }

    /// Ends the innermost open object or array at `end` (bytes).
    pub(super) fn end_top(&mut self, end: usize, flags: u8) {
        let Some(open) = self.stack.pop() else { return };
        self.open_objects -= usize::from(open.is_object);
        let raw = &mut self.nodes[open.node as usize];
        raw.end = end as u32;
        raw.flags |= flags;
        self.complete(open.node);
    }

    /// Notes that a value has been read to its end, and with it the member that it belongs to.
    fn complete(&mut self, value: u32) {
        let next = self.nodes.len() as u32;
        let Raw { parent, end, .. } = self.nodes[value as usize];
        self.nodes[value as usize].next = next;
        let mut child = value;
        if parent != node::NONE && self.nodes[parent as usize].kind == Kind::Member {
            let key_end = self.nodes[parent as usize + 1].end;
            let member = &mut self.nodes[parent as usize];
            member.next = next;
            member.end = end.max(key_end);
            child = parent;
        }
        if let Some(open) = self.stack.last_mut() {
            open.complete = Some(child);
            open.comma = None;
        }
    }

    // ---- commas, trivia, errors

    fn comma(&mut self) {
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

    /// Called where a member or element begins: one that stands before it needs a comma.
    fn require_comma(&mut self) {
        let place = self.last_end;
        let crossed = std::mem::take(&mut self.crossed_conflict);
        let Some(child) = self.top().complete.take() else { return };
        let unfinished = self.nodes.last().is_some_and(|last| last.kind == Kind::Missing && last.parent == child);
        if !crossed && !unfinished {
            self.error(ErrorKind::MissingComma, place..place);
        }
    }

    /// A comma with nothing behind it, where a closing bracket is read.
    pub(super) fn report_trailing_comma(&mut self) {
        let crossed = std::mem::take(&mut self.crossed_conflict);
        if let Some(comma) = self.top().comma
            && !crossed
            && self.nodes.len() as u32 > self.top().node + 1
        {
            self.error(ErrorKind::TrailingComma, comma..comma + 1);
        }
    }

    pub(super) fn skip_trivia(&mut self) {
        loop {
            self.at = skip_space(self.bytes, self.at);
            match self.bytes.get(self.at) {
                Some(b'/' | b'#' | b'<' | b'|' | b'=' | b'>') => {}
                Some(&byte) if byte < b' ' || byte >= 0x80 => {}
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
                let odd = |char: &char| char.is_whitespace() || char.is_control() || "\u{FEFF}\u{200B}\u{2060}".contains(*char);
                match self.text[self.at..].chars().next().filter(odd) {
                    Some(char) => self.skip_error(ErrorKind::StrayText, char.len_utf8()),
                    None => return,
                }
            }
        }
    }

    /// Steps over a run of characters that can begin neither a key nor a value.
    fn skip_stray(&mut self) -> bool {
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

    pub(super) fn skip_error(&mut self, kind: ErrorKind, width: usize) {
        self.error(kind, self.at..self.at + width);
        self.at += width;
        self.last_end = self.at;
    }

    pub(super) fn error(&mut self, kind: ErrorKind, range: Range<usize>) {
        self.errors.push(SyntaxError { kind, range, related: None });
    }

    /// The byte to be read next. Callers have made sure that there is one.
    fn byte(&self) -> u8 {
        self.bytes[self.at]
    }

    pub(super) fn top(&mut self) -> &mut Open {
        self.stack.last_mut().expect("a step inside an object or array")
    }
}
