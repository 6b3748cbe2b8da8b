//! Semantic tokens inside the strings of the request: placeholders, words of a schedule, expressions, segments of JSON paths, letters
//! of date formats, values of closed sets such as `GET`.
//!
//! Tokens never overlap, and each is on one line, so every editor can highlight them.

mod expression;

use std::ops::Range;

use crate::document::Document;
use crate::source::date_format;
use crate::source::json_path::{self, Segment, Selector};
use crate::source::placeholders;
use crate::source::request_strings::{self, RequestString};
use crate::spec::StringFormat;
use crate::syntax::Node;
use crate::syntax::template::{Part, PartKind};

/// A semantic token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The range (bytes); never empty, on one line.
    pub range: Range<usize>,
    /// The kind.
    pub kind: TokenKind,
}

/// The kind of a semantic token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// `${name}`.
    Input,
    /// `{SCHEDULE_QUERY}` and the other words of a schedule, where they are replaced.
    Word,
    /// A name in a JSON path or an expression.
    Name,
    /// A number in a JSON path or an expression.
    Number,
    /// Punctuation of a JSON path or an expression: `$`, `[*]`, `@{`.
    Mark,
    /// A function of an expression.
    Function,
    /// A string in an expression.
    Text,
    /// A run of one letter in a date format.
    Date,
    /// One of a closed set of values: `GET`, `OFFSET`.
    Choice,
}

impl TokenKind {
    /// All kinds.
    pub const ALL: [TokenKind; 9] = [
        TokenKind::Input,
        TokenKind::Word,
        TokenKind::Name,
        TokenKind::Number,
        TokenKind::Mark,
        TokenKind::Function,
        TokenKind::Text,
        TokenKind::Date,
        TokenKind::Choice,
    ];
}

/// Semantic tokens inside the strings of the request, by position.
pub fn tokens(document: &Document) -> Vec<Token> {
    let mut tokens = Vec::new();
    for string in request_strings::all(document) {
        of_string(&string, &mut tokens);
    }
    tokens.retain(|token| !token.range.is_empty());
    tokens.sort_by_key(|token| token.range.start);
    tokens
}

fn of_string(string: &RequestString<'_>, tokens: &mut Vec<Token>) {
    let node = string.node;
    let is_choice = |choice: &crate::spec::KnownValue| choice.value.as_str() == node.string().as_deref();
    match string.entry.format() {
        _ if node.text().contains('{') => of_placeholders(string, tokens),
        // With escapes, positions in the value are not those in the text.
        _ if node.has_escapes() => {}
        Some(StringFormat::JsonPath) => path(node, tokens),
        Some(StringFormat::DateFormat) => date(node, tokens),
        _ if string.entry.allowed_values().iter().any(is_choice) => push(tokens, node.inner(), TokenKind::Choice),
        _ => {}
    }
}

fn push(tokens: &mut Vec<Token>, range: Range<usize>, kind: TokenKind) {
    tokens.push(Token { range, kind });
}

fn of_placeholders(string: &RequestString<'_>, tokens: &mut Vec<Token>) {
    let is_replaced = placeholders::is_replaced_in(string.node);
    for part in placeholders::in_string(string.node) {
        match part.kind {
            PartKind::Input if is_replaced => push(tokens, part.range, TokenKind::Input),
            PartKind::Word if is_word(string, &part) => push(tokens, part.range, TokenKind::Word),
            PartKind::Expression if is_replaced => expression::tokens(string.node, &part, tokens),
            _ => {}
        }
    }
}

fn is_word(string: &RequestString<'_>, part: &Part) -> bool {
    let name = placeholders::name(string.node.tree(), part);
    part.closed && string.nearest_entry.variables().iter().any(|(word, _)| *word == name)
}

fn path(node: Node<'_>, tokens: &mut Vec<Token>) {
    let inner = node.inner();
    let text = &node.tree().source()[inner.clone()];
    let Ok(path) = json_path::parse(text) else { return };
    let first = path.segments.first().map_or(text.len(), |segment| segment.range.start);
    if let Some(root) = text[..first].find('$') {
        push(tokens, inner.start + root..inner.start + root + 1, TokenKind::Mark);
    }
    for segment in &path.segments {
        let (range, kind) = segment_token(text, segment);
        push(tokens, inner.start + range.start..inner.start + range.end, kind);
    }
}

/// The range of a segment without its dots, and its kind.
fn segment_token(text: &str, segment: &Segment) -> (Range<usize>, TokenKind) {
    let written = &text[segment.range.clone()];
    let start = segment.range.start + written.len() - written.trim_start_matches('.').len();
    let kind = match segment.selectors.as_slice() {
        [Selector::Name(_)] => TokenKind::Name,
        [Selector::Index(_)] => TokenKind::Number,
        _ => TokenKind::Mark,
    };
    (start..segment.range.end, kind)
}

fn date(node: Node<'_>, tokens: &mut Vec<Token>) {
    let inner = node.inner();
    for part in date_format::tokens(&node.tree().source()[inner.clone()]) {
        if part.kind == date_format::TokenKind::Specifier {
            push(tokens, inner.start + part.range.start..inner.start + part.range.end, TokenKind::Date);
        }
    }
}

#[cfg(test)]
mod tests;
