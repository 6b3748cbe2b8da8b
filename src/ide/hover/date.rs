//! Hover on a date format: a sample time in this format, and what each letter means.

use crate::ide::Hover;
use crate::source::date_format::{self, Token, TokenKind};
use crate::spec::StringFormat;

use super::key;
use super::page::code;
use super::target::Target;

/// The page of a date format.
pub(super) fn hover(target: &Target<'_>) -> Option<Hover> {
    let format = target.node.string().filter(|format| !format.is_empty())?;
    if target.entry.format() != Some(StringFormat::DateFormat) || format.contains('{') {
        return None;
    }
    let mut page = key::head(target);
    let known = target.entry.known_values().into_iter().find(|known| known.value.equals(target.node));
    page.add(known.map(|known| known.description).unwrap_or_default());
    page.add(format!("Example: {}", code(&date_format::format_sample(&format))));
    let tokens = date_format::tokens(&format);
    let invalid = tokens.iter().filter(|token| token.kind == TokenKind::Invalid);
    page.add_list("Not date format letters:", distinct(&format, invalid).iter().map(|token| line(&format, token)));
    let valid = tokens.iter().filter(|token| token.kind != TokenKind::Invalid && token.meaning.is_some());
    page.add_list("Letters:", distinct(&format, valid).iter().map(|token| line(&format, token)));
    page.add_source(&target.entry);
    page.into_hover(target.node.range())
}

/// The tokens without duplicates.
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
