//! `syntax-error`: the text is no JSON.

mod brackets;
mod conflict;
mod fixes;

use crate::lint::Diagnostic;
use crate::lint::Related;
use crate::lint::Severity;
use crate::syntax::{ErrorKind, SyntaxError};

use super::{Context, Rule};

pub(crate) const RULE: Rule = Rule {
    code: "syntax-error",
    severities: &[Severity::Error],
    finds: "each place where the text is no JSON: a missing comma, quote, colon, value or bracket, one too many, a comment, a git conflict marker",
    why: "A spec is sent as it is written: what is no JSON, the API does not read at all. The rest of the file is still looked at.",
    at: "",
    wrong: r#""name": "acme"
"type": "generic-rest""#,
    right: r#""name": "acme",
"type": "generic-rest""#,
    link: "https://www.rfc-editor.org/rfc/rfc8259",
    every_kind: true,
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (index, error) in context.tree.errors().iter().enumerate() {
        let mut diagnostic = RULE.at(Severity::Error, error.range.clone(), message(error, context.tree.source()));
        if let Some(range) = error.related.clone() {
            diagnostic.related.push(Related { range, message: "opened here".to_owned() });
        }
        context.fix(&mut diagnostic, |writer| fixes::of(context, writer, index));
        found.push(diagnostic);
    }
}

fn message(error: &SyntaxError, source: &str) -> String {
    let fixed = match &error.kind {
        ErrorKind::Empty => "There is nothing here yet. A connection spec is one JSON object.",
        ErrorKind::MissingComma => "A comma is missing here.",
        ErrorKind::TrailingComma => "Nothing follows this comma. Remove it.",
        ErrorKind::ExtraComma => "Nothing stands before this comma. Remove it.",
        ErrorKind::MissingColon => "A colon and a value are missing after this key.",
        ErrorKind::ExtraColon => "A colon does not belong here. Remove it.",
        ErrorKind::MissingValue => "The value of this key is missing.",
        ErrorKind::MissingKey => "A value in an object needs a key: put `\"key\":` before it.",
        ErrorKind::MissingOpeningQuote => "The double quote that begins this text is missing.",
        ErrorKind::MissingClosingQuote => "The double quote that ends this text is missing.",
        ErrorKind::MissingQuotes => "A key stands in double quotes, followed by a colon and its value.",
        ErrorKind::WrongQuotes => "JSON knows double quotes only.",
        ErrorKind::UnescapedQuotes => "A double quote inside a text is written `\\\"`.",
        ErrorKind::Comment => "JSON has no comments. Remove it.",
        ErrorKind::ConflictMarker => "Git could not merge two versions here. Keep one of them and remove this line.",
        ErrorKind::InvalidNumber => {
            "This is not a number as JSON writes it: digits, without leading zeros or a plus sign."
        }
        ErrorKind::InvalidEscape => {
            "A backslash is followed by one of `\" \\ / b f n r t` or by `u` and four hexadecimal digits. \
             To write a backslash itself, double it."
        }
        ErrorKind::TextAfterEnd => {
            "The spec ends before this. Remove what follows, or the bracket that ends it too early."
        }
        ErrorKind::UnknownWord => return unknown_word(&source[error.range.clone()]),
        ErrorKind::StrayText => return "This does not belong here. Remove it.".to_owned(),
        ErrorKind::ControlCharacter('\t') => return "A tab inside a string is written `\\t`.".to_owned(),
        ErrorKind::ControlCharacter(char) => {
            return format!(
                "This character cannot stand in a string. Write it `\\u{:04x}`, or remove it.",
                *char as u32
            );
        }
        ErrorKind::MissingClosers(closers) => return missing_closers(closers),
        ErrorKind::MissingOpener(opener) => return format!("The opening `{opener}` is missing here."),
        ErrorKind::ExtraBracket(bracket) if "{[".contains(*bracket) => {
            return format!("This `{bracket}` is one too many. Remove it.");
        }
        ErrorKind::ExtraBracket(bracket) => return format!("This `{bracket}` closes nothing. Remove it."),
        ErrorKind::WrongBracket { found, expected } => {
            return format!("`{expected}` belongs here, not `{found}`.");
        }
    };
    fixed.to_owned()
}

fn unknown_word(word: &str) -> String {
    match crate::spec::spelling::closest(word, ["true", "false", "null"]) {
        Some(keyword) => {
            format!("JSON does not know this word. Write `{keyword}`, in small letters and without quotes.")
        }
        None => "Text stands in double quotes.".to_owned(),
    }
}

fn missing_closers(closers: &str) -> String {
    let shown: String = closers.chars().take(12).collect();
    match closers.len() {
        1 => format!("`{shown}` is missing here."),
        count if count > 12 => format!("{count} closing brackets are missing here, beginning with `{shown}`."),
        count => format!("{count} closing brackets are missing here: `{shown}`."),
    }
}

#[cfg(test)]
mod tests;
