//! What can be wrong with a text as JSON.

use std::ops::Range;

/// One thing that is wrong, at its own place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// What is wrong.
    pub kind: ErrorKind,
    /// Where, in bytes: what should not be there, or the empty place where something is missing.
    pub range: Range<usize>,
    /// The place this has to do with: the bracket that was opened.
    pub related: Option<Range<usize>>,
}

/// The kinds of errors that the parser tells apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ErrorKind {
    /// No value in the whole text.
    Empty,
    /// No comma between two members or elements.
    MissingComma,
    /// A comma with nothing after it.
    TrailingComma,
    /// A comma with nothing before it.
    ExtraComma,
    /// No colon between a key and its value.
    MissingColon,
    /// A colon where none belongs.
    ExtraColon,
    /// A key without a value.
    MissingValue,
    /// A value, or a colon, without a key.
    MissingKey,
    /// A string without its first quote.
    MissingOpeningQuote,
    /// A string without its last quote.
    MissingClosingQuote,
    /// Quotes inside a string that have no backslash before them; the range goes from the first of them to the last.
    UnescapedQuotes,
    /// A key without quotes.
    MissingQuotes,
    /// `'…'` or another kind of quotes.
    WrongQuotes,
    /// Brackets that were opened and not closed; the text that would close them.
    MissingClosers(String),
    /// No opening bracket.
    MissingOpener(char),
    /// A bracket that closes nothing, or opens one time too many.
    ExtraBracket(char),
    /// One kind of bracket where the other belongs.
    WrongBracket {
        /// What is there.
        found: char,
        /// What belongs there.
        expected: char,
    },
    /// JSON has no comments.
    Comment,
    /// A line that git left after where two versions collide.
    ConflictMarker,
    /// Not a number as JSON writes it.
    InvalidNumber,
    /// Not one of `true`, `false`, `null`.
    UnknownWord,
    /// A backslash with a character after it that needs none.
    InvalidEscape,
    /// A character that has to be written as an escape.
    ControlCharacter(char),
    /// Something that has no meaning in JSON.
    StrayText,
    /// More text after the value has ended.
    TextAfterEnd,
}

impl ErrorKind {
    /// Whether brackets do not match.
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
