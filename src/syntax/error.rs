//! Syntax errors.

use std::ops::Range;

/// A syntax error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// The kind.
    pub kind: ErrorKind,
    /// The range (bytes) that is wrong, or the empty range where something is missing.
    pub range: Range<usize>,
    /// A range that explains it: the bracket that was opened.
    pub related: Option<Range<usize>>,
}

/// The kind of a syntax error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ErrorKind {
    /// The text has no value.
    Empty,
    /// No comma between two members or elements.
    MissingComma,
    /// A comma with nothing after it.
    TrailingComma,
    /// A comma with nothing before it.
    ExtraComma,
    /// No colon between a key and its value.
    MissingColon,
    /// An unexpected colon.
    ExtraColon,
    /// A key without a value.
    MissingValue,
    /// A value, or a colon, without a key.
    MissingKey,
    /// A string without its first quote.
    MissingOpeningQuote,
    /// A string without its last quote.
    MissingClosingQuote,
    /// Unescaped quotes inside a string; the range is from the first to the last of them.
    UnescapedQuotes,
    /// A key without quotes.
    MissingQuotes,
    /// `'…'` or another kind of quotes.
    WrongQuotes,
    /// Brackets that were opened and not closed, with the text that would close them.
    MissingClosers(String),
    /// No opening bracket.
    MissingOpener(char),
    /// A closing bracket without an opening one, or a duplicate opening bracket.
    ExtraBracket(char),
    /// The wrong kind of bracket.
    WrongBracket {
        /// The present bracket.
        found: char,
        /// The expected bracket.
        expected: char,
    },
    /// JSON has no comments.
    Comment,
    /// A line of a git merge conflict.
    ConflictMarker,
    /// Not a valid JSON number.
    InvalidNumber,
    /// Not one of `true`, `false`, `null`.
    UnknownWord,
    /// A backslash before a character that has no escape.
    InvalidEscape,
    /// A character that has to be written as an escape.
    ControlCharacter(char),
    /// Text without a meaning in JSON.
    StrayText,
    /// Text before an object, without which it could be the value.
    TextBeforeObject,
    /// Text after the end of the value.
    TextAfterEnd,
}

impl ErrorKind {
    /// Whether it is about brackets that do not match.
    pub(super) fn is_about_brackets(&self) -> bool {
        matches!(
            self,
            ErrorKind::MissingClosers(_)
                | ErrorKind::MissingOpener(_)
                | ErrorKind::ExtraBracket(_)
                | ErrorKind::WrongBracket { .. }
                | ErrorKind::TextAfterEnd
        )
    }
}
