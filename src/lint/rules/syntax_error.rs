//! `syntax-error`: the text isn't valid JSON.

mod brackets;
mod conflict;
mod fixes;

use crate::edit::writer::Writer;
use crate::lint::{Diagnostic, Severity};
use crate::syntax::{ErrorKind, SyntaxError};

use super::{Context, Rule};

pub(crate) const RULE: Rule = Rule {
    code: "syntax-error",
    severities: &[Severity::Error, Severity::Warning],
    finds: "each place where the text isn't valid JSON: a missing comma, quote, colon, value or bracket, an extra one, a comment, text around the spec, a git conflict marker; an empty file (warning)",
    why: "A spec is sent as written: the API cannot read text that isn't valid JSON. The rest of the file is still checked.",
    at: "",
    wrong: r#""name": "acme"
"type": "generic-rest""#,
    right: r#""name": "acme",
"type": "generic-rest""#,
    link: "https://www.rfc-editor.org/rfc/rfc8259",
    every_kind: true,
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (index, error) in context.tree.errors().iter().enumerate() {
        // Somebody is about to write it.
        let severity = if error.kind == ErrorKind::Empty { Severity::Warning } else { Severity::Error };
        let mut diagnostic = RULE.at(severity, error.range.clone(), message(error, context.tree.source()));
        if let Some(range) = error.related.clone() {
            diagnostic = diagnostic.with_related(range, "opened here");
        }
        let fixes = |writer: &Writer<'_>| fixes::of(writer, index);
        diagnostics.push(match error.kind {
            // Making one reads the whole text again.
            ErrorKind::ConflictMarker | ErrorKind::MissingClosers(_) => diagnostic.with_offered_fixes(context, fixes),
            _ => diagnostic.with_fixes(context, fixes),
        });
    }
}

pub(super) fn message(error: &SyntaxError, source: &str) -> String {
    let fixed = match &error.kind {
        ErrorKind::Empty => "empty file; a connection spec is a JSON object",
        ErrorKind::MissingComma => "missing comma",
        ErrorKind::TrailingComma => "trailing comma; remove it",
        ErrorKind::ExtraComma => "unexpected comma; remove it",
        ErrorKind::MissingColon => "missing colon and value after the key",
        ErrorKind::ExtraColon => "unexpected colon; remove it",
        ErrorKind::MissingValue => "missing value",
        ErrorKind::MissingKey => "missing key; expected `\"key\":` before the value",
        ErrorKind::MissingOpeningQuote => "missing opening quote",
        ErrorKind::MissingClosingQuote => "unterminated string",
        ErrorKind::MissingQuotes => "expected a key in double quotes, a colon and a value",
        ErrorKind::WrongQuotes => "expected double quotes",
        ErrorKind::UnescapedQuotes => "unescaped double quote in a string; use `\\\"`",
        ErrorKind::Comment => "JSON has no comments; remove it",
        ErrorKind::ConflictMarker => "git conflict marker; keep one of the two versions and remove this line",
        ErrorKind::InvalidNumber => "invalid number; JSON has digits without leading zeros or a plus sign",
        ErrorKind::InvalidEscape => {
            "invalid escape; expected one of `\" \\ / b f n r t` or `u` and four hexadecimal digits after the backslash, \
             or `\\\\` for a backslash"
        }
        ErrorKind::TextBeforeObject => "unexpected text before the spec; remove it",
        ErrorKind::TextAfterEnd => {
            "unexpected text after the end of the spec; remove it, or the bracket that closes the spec too early"
        }
        ErrorKind::UnknownWord => return unknown_word(&source[error.range.clone()]),
        ErrorKind::StrayText => return "unexpected text; remove it".to_owned(),
        ErrorKind::ControlCharacter('\t') => return "unescaped tab in a string; use `\\t`".to_owned(),
        ErrorKind::ControlCharacter(char) => {
            return format!("unescaped control character in a string; use `\\u{:04x}`, or remove it", *char as u32);
        }
        ErrorKind::MissingClosers(closers) => return missing_closers(closers),
        ErrorKind::MissingOpener(opener) => return format!("missing opening `{opener}`"),
        ErrorKind::ExtraBracket(bracket) if "{[".contains(*bracket) => {
            return format!("unexpected `{bracket}`; remove it");
        }
        ErrorKind::ExtraBracket(bracket) => return format!("unmatched `{bracket}`; remove it"),
        ErrorKind::WrongBracket { found, expected } => {
            return format!("expected `{expected}`, found `{found}`");
        }
    };
    fixed.to_owned()
}

fn unknown_word(word: &str) -> String {
    match crate::spec::spelling::closest(word, ["true", "false", "null"]) {
        Some(keyword) => {
            format!("unexpected identifier `{word}`; did you mean `{keyword}`?")
        }
        // The word may be a secret, which no message shows.
        None => "unquoted string; expected double quotes".to_owned(),
    }
}

fn missing_closers(closers: &str) -> String {
    let first: String = closers.chars().take(12).collect();
    match closers.len() {
        1 => format!("missing closing `{first}`"),
        count if count > 12 => format!("missing {count} closing brackets, starting with `{first}`"),
        count => format!("missing {count} closing brackets: `{first}`"),
    }
}

#[cfg(test)]
mod tests;
