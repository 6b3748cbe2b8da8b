//! Hover on a date format: what it makes of a sample time, letter by letter.

use crate::ide::Hover;
use crate::source::date_format::{self, Token, TokenKind};
use crate::spec::StringFormat;

use super::key;
use super::page::code;
use super::place::Place;

/// The format applied to a sample time.
pub(super) fn hover(place: &Place<'_>) -> Option<Hover> {
    let format = place.node.string().filter(|format| !format.is_empty())?;
    if place.entry.format() != Some(StringFormat::DateFormat) || format.contains('{') {
        return None;
    }
    let mut page = key::head(place);
    let known = place.entry.known_values().into_iter().find(|known| known.value.equals(place.node));
    page.say(known.map(|known| known.description).unwrap_or_default());
    page.say(format!("Example: {}", code(&date_format::format_sample(&format))));
    let tokens = date_format::tokens(&format);
    let invalid = tokens.iter().filter(|token| token.kind == TokenKind::Invalid);
    page.list("Not date format letters:", distinct(&format, invalid).iter().map(|token| line(&format, token)));
    let valid = tokens.iter().filter(|token| token.kind != TokenKind::Invalid && token.meaning.is_some());
    page.list("Letters:", distinct(&format, valid).iter().map(|token| line(&format, token)));
    page.rest_on(&place.entry);
    page.over(place.node.range())
}

/// The tokens, each spelling once.
fn distinct<'t>(format: &str, tokens: impl Iterator<Item = &'t Token>) -> Vec<&'t Token> {
    let mut distinct: Vec<&Token> = Vec::new();
    for token in tokens {
        if !distinct.iter().any(|known| format[known.range.clone()] == format[token.range.clone()]) {
            distinct.push(token);
        }
    }
    distinct
}

fn line(format: &str, token: &Token) -> String {
    let (written, meaning) = (code(&format[token.range.clone()]), token.meaning.as_deref().unwrap_or_default());
    match token.kind {
        TokenKind::Specifier => format!("{written} {} · {meaning}", token.output),
        TokenKind::Literal | TokenKind::Invalid => format!("{written} · {meaning}"),
    }
}
