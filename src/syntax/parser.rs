//! The parser: it always returns a tree, and each error has its own range.
//!
//! It reads the text once, with its own stack, so the depth is limited by memory only. It recovers locally where the context is
//! clear: a string before a colon is a key, so the comma or the value before it is missing. Mismatched brackets cannot be
//! located that way: the text is parsed a second time by its indentation, and the result with fewer errors is used.

mod brackets;
mod indent;
mod members;
mod nodes;
mod strings;
mod trivia;
mod values;

use std::cell::Cell;
use std::ops::Range;

use super::error::{ErrorKind, SyntaxError};
use super::lexer::{self, Scanned};
use super::node::{self, Kind, Raw};
use crate::cancellation::checkpoint;
use indent::Line;

/// How many errors are listed; others are counted. More of them would take far more memory than the text.
const MAX_ERRORS: usize = 20_000;

/// A parsed text.
pub(super) struct Parsed {
    /// The first is the outermost value.
    pub(super) nodes: Vec<Raw>,
    pub(super) errors: Vec<SyntaxError>,
    pub(super) unlisted_errors: usize,
}

impl Parsed {
    fn error_count(&self) -> usize {
        self.errors.len() + self.unlisted_errors
    }
}

/// Parses a text.
pub(super) fn parse(text: &str) -> Parsed {
    let text = &text[..text.floor_char_boundary(u32::MAX as usize - 1)];
    let plain = Parser::new(text, false).run();
    if !plain.errors.iter().any(|error| error.kind.is_about_brackets()) {
        return plain;
    }
    let indented = Parser::new(text, true).run();
    if indented.error_count() <= plain.error_count() { indented } else { plain }
}

/// An object or array that is being parsed.
struct Open {
    node: u32,
    is_object: bool,
    /// The last member or element, if no comma has followed.
    complete: Option<u32>,
    /// The last comma, if nothing has followed.
    comma: Option<usize>,
    /// The indentation of the line of its bracket, and of the first child that begins a line. Only set by indentation.
    indent: usize,
    child_indent: Option<usize>,
}

struct Parser<'s> {
    text: &'s str,
    bytes: &'s [u8],
    at: usize,
    /// The end of the last token, where missing tokens are reported.
    last_end: usize,
    nodes: Vec<Raw>,
    errors: Vec<SyntaxError>,
    error_count: usize,
    stack: Vec<Open>,
    /// In place of an open object or array outside of the outermost value.
    outside: Open,
    /// The number of objects on the stack.
    open_objects: usize,
    by_indent: bool,
    line: Line,
    /// The indentation of the line of the last member. Only set by indentation.
    member_indent: usize,
    /// How many more braces, and how many more brackets, are closed than opened in the text, without those that were reported.
    /// Only set by indentation.
    surplus: [isize; 2],
    /// The last scanned string with its start: each is scanned before it is known whether it is a key.
    scanned: Cell<Option<(usize, Scanned)>>,
    /// The range that was searched for the next quote or line break.
    quote: Range<usize>,
    /// Whether a conflict marker is before this token: then each side may lack its comma.
    crossed_conflict: bool,
    /// How many bytes may still be read ahead.
    ahead: usize,
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
            error_count: 0,
            stack: Vec::new(),
            outside: Open { node: 0, is_object: false, complete: None, comma: None, indent: 0, child_indent: None },
            open_objects: 0,
            by_indent,
            line: Line::default(),
            member_indent: 0,
            surplus: if by_indent { lexer::surplus_closers(text.as_bytes()) } else { [0, 0] },
            scanned: Cell::new(None),
            quote: 0..0,
            crossed_conflict: false,
            ahead: 1 << 20,
        }
    }

    /// The string at `at`.
    fn scan(&self, at: usize) -> Scanned {
        match self.scanned.get() {
            Some((start, scanned)) if start == at => scanned,
            _ => {
                let scanned = lexer::scan_string(self.bytes, at);
                self.scanned.set(Some((at, scanned)));
                scanned
            }
        }
    }

    fn run(mut self) -> Parsed {
        self.begin();
        loop {
            checkpoint();
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
        let unlisted_errors = self.error_count - self.errors.len();
        Parsed { nodes: self.nodes, errors: self.errors, unlisted_errors }
    }

    /// The outermost value. A text that begins with a key is an object without opening bracket.
    fn begin(&mut self) {
        self.skip_to_beginning();
        if self.at >= self.bytes.len() {
            self.push(Kind::Missing, self.at..self.at, node::NONE, 0);
            self.error(ErrorKind::Empty, self.at..self.at);
        } else if self.is_key(self.at) {
            self.error(ErrorKind::MissingOpener('{'), self.at..self.at);
            self.open(true, node::NONE, node::NO_OPENING_BRACKET);
        } else {
            if let Some(width) = self.text_before_object() {
                self.skip_error(ErrorKind::TextBeforeObject, width);
                self.skip_trivia();
            }
            self.value(node::NONE);
        }
    }

    /// The length of text that isn't JSON before an object, such as `const spec = `, without the space after it. Text with quotes
    /// or brackets is more than that.
    fn text_before_object(&self) -> Option<usize> {
        let before =
            self.bytes[self.at..].iter().position(|byte| b"{}[]\"".contains(byte)).filter(|before| *before > 0)?;
        let text = &self.text[self.at..self.at + before];
        (self.bytes[self.at + before] == b'{').then(|| text.trim_end().len())
    }

    /// Skips what cannot begin a document.
    fn skip_to_beginning(&mut self) {
        self.skip_trivia();
        while self.at < self.bytes.len() {
            match self.byte() {
                bracket @ (b'}' | b']') => self.skip_error(ErrorKind::ExtraBracket(bracket as char), 1),
                b',' => self.skip_error(ErrorKind::ExtraComma, 1),
                b':' => self.skip_error(ErrorKind::ExtraColon, 1),
                _ if self.skip_stray() => {}
                _ => break,
            }
            self.skip_trivia();
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
                self.note_indent();
                self.value(array);
            }
        }
    }

    /// Handles text after the outermost value. Returns whether to continue.
    fn step_after_end(&mut self) -> bool {
        if let bracket @ (b'}' | b']') = self.bytes[self.at] {
            self.skip_error(ErrorKind::ExtraBracket(bracket as char), 1);
            return true;
        }
        let end = self.text.trim_end().len();
        self.error(ErrorKind::TextAfterEnd, self.at..end);
        false
    }

    fn skip_error(&mut self, kind: ErrorKind, width: usize) {
        self.error(kind, self.at..self.at + width);
        self.at += width;
        self.last_end = self.at;
    }

    fn error(&mut self, kind: ErrorKind, range: Range<usize>) {
        self.add_error(SyntaxError { kind, range, related: None });
    }

    fn add_error(&mut self, error: SyntaxError) {
        self.error_count += 1;
        if self.errors.len() < MAX_ERRORS {
            self.errors.push(error);
        }
    }

    /// The current byte. Callers have checked that there is one.
    fn byte(&self) -> u8 {
        self.bytes[self.at]
    }

    /// The innermost open object or array, or else `outside`.
    fn top(&mut self) -> &mut Open {
        self.stack.last_mut().unwrap_or(&mut self.outside)
    }
}
