//! The tokens of an Azure Data Factory expression: `@{if(empty(x), 'a', concat('b', 1))}`.

use super::{Token, TokenKind, push};
use crate::syntax::Node;
use crate::syntax::template::Part;

/// Adds the tokens of an expression in a string; with escapes, or if it is half typed, only `@{`.
pub(super) fn tokens(string: Node<'_>, part: &Part, tokens: &mut Vec<Token>) {
    let source = string.tree().source();
    push(tokens, part.range.start..part.name.start, TokenKind::Mark);
    if string.has_escapes() || !part.closed {
        return;
    }
    let mut at = part.name.start;
    while at < part.name.end {
        let rest = &source[at..part.name.end];
        let (length, kind) = token(rest);
        if let Some(kind) = kind {
            push(tokens, at..at + length, kind);
        }
        at += length;
    }
    push(tokens, part.name.end..part.range.end, TokenKind::Mark);
}

/// The length in bytes of the first token of a text, and its kind if it is highlighted.
fn token(rest: &str) -> (usize, Option<TokenKind>) {
    let while_in = |set: fn(char) -> bool| rest.find(|char| !set(char)).unwrap_or(rest.len());
    match rest.chars().next() {
        Some('\'') => (quoted(rest), Some(TokenKind::Text)),
        Some('0'..='9') => (while_in(|char| char.is_ascii_digit() || char == '.'), Some(TokenKind::Number)),
        Some(first) if first.is_alphabetic() || first == '_' => {
            let length = while_in(|char| char.is_alphanumeric() || char == '_');
            let is_call = rest[length..].trim_start().starts_with('(');
            (length, Some(if is_call { TokenKind::Function } else { TokenKind::Name }))
        }
        first => (first.map_or(1, char::len_utf8), None),
    }
}

/// The length of a string in single quotes, in which two of them mean one.
fn quoted(rest: &str) -> usize {
    let mut from = 1;
    while let Some(found) = rest[from..].find('\'') {
        from += found + 1;
        if !rest[from..].starts_with('\'') {
            return from;
        }
        from += 1;
    }
    rest.len()
}
