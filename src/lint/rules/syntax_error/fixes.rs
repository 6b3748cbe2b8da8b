//! Fixes for syntax errors: the missing or extra character.

use std::ops::Range;

use crate::edit::writer::Writer;
use crate::lint::Fix;
use crate::spec::spelling;
use crate::syntax::{self, ErrorKind, Kind, Node, SyntaxError, Tree, quoted};
use crate::text::Edit;

use super::{brackets, conflict};

/// The fixes for the error at this index, the likeliest first.
pub(crate) fn of(writer: &Writer<'_>, index: usize) -> Vec<Fix> {
    let tree = writer.tree();
    let (error, source) = (&tree.errors()[index], tree.source());
    let range = error.range.clone();
    match &error.kind {
        ErrorKind::MissingComma => missing_comma(tree, range.start).into_iter().collect(),
        ErrorKind::TrailingComma | ErrorKind::ExtraComma => {
            vec![Fix::safe("Remove the comma", [Edit::replace(range, "")])]
        }
        ErrorKind::MissingColon => missing_colon(writer, range),
        ErrorKind::ExtraColon => vec![Fix::offered("Remove the colon", [Edit::replace(range, "")])],
        ErrorKind::MissingOpeningQuote => {
            vec![Fix::safe("Insert the missing quote", [Edit::insert(range.start, "\"")])]
        }
        // Where the string ends is a guess.
        ErrorKind::MissingClosingQuote => {
            vec![Fix::offered("Insert the missing quote", [Edit::insert(range.start, "\"")])]
        }
        ErrorKind::UnescapedQuotes => vec![Fix::offered("Escape the quotes", escapes(source, range))],
        ErrorKind::MissingQuotes => missing_quotes(tree, range),
        ErrorKind::WrongQuotes => wrong_quotes(source, range).into_iter().collect(),
        ErrorKind::MissingClosers(closers) => brackets::missing_closers(tree, error, closers),
        ErrorKind::MissingOpener(opener) => {
            let space = if source[..range.start].ends_with(':') { " " } else { "" };
            vec![Fix::offered(format!("Insert `{opener}`"), [Edit::insert(range.start, format!("{space}{opener}"))])]
        }
        ErrorKind::ExtraBracket(bracket) => {
            vec![Fix::offered(format!("Remove `{bracket}`"), [with_room(source, range)])]
        }
        ErrorKind::WrongBracket { expected, .. } => {
            vec![Fix::offered(format!("Replace with `{expected}`"), [Edit::replace(range, expected.to_string())])]
        }
        ErrorKind::Comment => vec![Fix::offered("Remove the comment", [with_room(source, range)])],
        ErrorKind::ConflictMarker => conflict::fixes(tree, index),
        ErrorKind::InvalidNumber | ErrorKind::UnknownWord => unquoted(writer, error),
        ErrorKind::InvalidEscape => invalid_escape(source, range),
        ErrorKind::ControlCharacter(char) => {
            vec![Fix::safe("Escape the character", [Edit::replace(range, escaped(*char))])]
        }
        ErrorKind::StrayText => stray_text(tree, index),
        ErrorKind::TextBeforeObject => {
            vec![Fix::offered("Remove the text before the spec", [with_room(source, range)])]
        }
        // With an object in it, it may be the spec.
        ErrorKind::TextAfterEnd if source[range.clone()].contains('{') => Vec::new(),
        ErrorKind::TextAfterEnd => vec![Fix::offered("Remove the text after the end", [with_room(source, range)])],
        ErrorKind::MissingValue => value(writer, range.start, "").into_iter().collect(),
        // Only the author knows what is missing.
        ErrorKind::Empty | ErrorKind::MissingKey => Vec::new(),
    }
}

/// Removes a range, with its line if nothing else is on it, else with the spaces before it.
fn with_room(source: &str, range: Range<usize>) -> Edit {
    let start = source[..range.start].trim_end_matches([' ', '\t']).len();
    let after = &source[range.end..];
    let spaces = after.len() - after.trim_start_matches([' ', '\t']).len();
    let rest = &after[spaces..];
    let ends_line = rest.is_empty() || rest.starts_with(['\n', '\r']);
    let line_break = if rest.starts_with("\r\n") { 2 } else { usize::from(ends_line && !rest.is_empty()) };
    match start == 0 || source[..start].ends_with(['\n', '\r']) {
        true if ends_line => Edit::replace(start..range.end + spaces + line_break, ""),
        true => Edit::replace(range.start..range.end + spaces, ""),
        false if ends_line || rest.starts_with([',', '}', ']']) => Edit::replace(start..range.end, ""),
        false if start < range.start => Edit::replace(range.start..range.end + spaces, ""),
        false => Edit::replace(range, ""),
    }
}

/// Inserts a comma, or replaces a semicolon. Between unquoted words the quotes are missing, not a comma.
fn missing_comma(tree: &Tree, at: usize) -> Option<Fix> {
    let source = tree.source();
    if source[..at].ends_with(';') {
        return Some(Fix::safe("Replace `;` with a comma", [Edit::replace(at - 1..at, ",")]));
    }
    let is_unquoted_value = |at: usize| {
        let node = tree.node_at(at);
        let is_key = node.as_part_of_member().is_some_and(|member| member.key == node && member.node.has_colon());
        node.kind() == Kind::Word && !is_key
    };
    let after = &source[at..];
    let next = at + after.len() - after.trim_start().len();
    (!is_unquoted_value(at) && !is_unquoted_value(next + 1))
        .then(|| Fix::safe("Insert the missing comma", [Edit::insert(at, ",")]))
}

fn missing_colon(writer: &Writer<'_>, range: Range<usize>) -> Vec<Fix> {
    let source = writer.tree().source();
    let after = &source[range.end..];
    let spaces = after.len() - after.trim_start().len();
    if after[spaces..].starts_with('=') {
        return vec![Fix::safe("Replace `=` with a colon", [Edit::replace(range.start..range.end + spaces + 1, ":")])];
    }
    if let Some(fix) = value(writer, range.start, ":") {
        return vec![fix];
    }
    vec![Fix::safe("Insert the missing colon", [Edit::insert(range.start, ":")])]
}

/// Inserts an initial value for a key that has none and that the vocabulary knows.
fn value(writer: &Writer<'_>, at: usize, before: &str) -> Option<Fix> {
    let member = writer.tree().node_at(at.saturating_sub(1)).self_and_ancestors().find_map(Node::member)?;
    let entry = writer.entry(member.value);
    let has_none = member.value.is_missing() && member.value.range().start == at && !entry.types().is_empty();
    let new = has_none.then(|| format!("{before} {}", writer.value_at(member.node)))?;
    Some(Fix::offered("Insert a value", [Edit::insert(at, new)]))
}

/// An unquoted key; without a colon it may be no key at all.
fn missing_quotes(tree: &Tree, range: Range<usize>) -> Vec<Fix> {
    let source = tree.source();
    let has_colon = tree.node_at(range.start).as_part_of_member().is_some_and(|member| member.node.has_colon());
    let quoted = quoted(&source[range.clone()]);
    vec![match has_colon {
        true => Fix::safe("Quote the key", [Edit::replace(range, quoted)]),
        false => Fix::possible("Remove it", [with_room(source, range)]),
    }]
}

/// A backslash before each double quote that has none.
fn escapes(source: &str, range: Range<usize>) -> Vec<Edit> {
    let mut is_escaped = false;
    let mut edits = Vec::new();
    for (at, char) in source[range.clone()].char_indices() {
        if char == '"' && !is_escaped {
            edits.push(Edit::insert(range.start + at, "\\"));
        }
        is_escaped = char == '\\' && !is_escaped;
    }
    edits
}

/// The same string in double quotes.
fn wrong_quotes(source: &str, range: Range<usize>) -> Option<Fix> {
    let text = &source[range.clone()];
    let inner = text.get(text.chars().next()?.len_utf8()..text.len() - text.chars().next_back()?.len_utf8())?;
    let mut quoted = String::with_capacity(text.len() + 2);
    let mut chars = inner.chars();
    while let Some(char) = chars.next() {
        match (char, chars.clone().next()) {
            ('\\', Some('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u')) => {
                quoted.push(char);
                quoted.extend(chars.next());
            }
            ('\\', Some('\'' | '`')) => quoted.extend(chars.next()),
            ('\\', _) => quoted.push_str("\\\\"),
            ('"', _) => quoted.push_str("\\\""),
            (char, _) if char < ' ' => quoted.push_str(&escaped(char)),
            (char, _) => quoted.push(char),
        }
    }
    Some(Fix::safe("Replace with double quotes", [Edit::replace(range, format!("\"{quoted}\""))]))
}

/// A control character as it is written inside a string.
fn escaped(char: char) -> String {
    syntax::escaped(&char.to_string())
}

fn invalid_escape(source: &str, range: Range<usize>) -> Vec<Fix> {
    let double = Fix::offered("Escape the backslash", [Edit::insert(range.start, "\\")]);
    let remove = Fix::offered("Remove the backslash", [Edit::replace(range.start..range.start + 1, "")]);
    match source[range].as_bytes() {
        // Escapes of other languages.
        [b'\\', b'\'' | b'`' | b'$'] => vec![remove, double],
        [b'\\', b'u', ..] | [b'\\'] => vec![double],
        _ => vec![double, remove],
    }
}

/// Removes unexpected text, or replaces a semicolon or dot that is in place of a comma.
fn stray_text(tree: &Tree, index: usize) -> Vec<Fix> {
    let (errors, source) = (tree.errors(), tree.source());
    let range = errors[index].range.clone();
    let lacks_comma = errors[index + 1..]
        .iter()
        .take_while(|next| next.range.start <= range.end)
        .any(|next| next.kind == ErrorKind::MissingComma);
    let remove = Fix::offered("Remove it", [with_room(source, range.clone())]);
    match &source[range.clone()] {
        ";" if lacks_comma => missing_comma(tree, range.end).into_iter().collect(),
        "." | ".." if lacks_comma => vec![Fix::offered("Replace with a comma", [Edit::replace(range, ",")]), remove],
        _ => vec![remove],
    }
}

/// Replaces an invalid number or word with the number or word that is meant, or quotes it.
fn unquoted(writer: &Writer<'_>, error: &SyntaxError) -> Vec<Fix> {
    let (tree, range) = (writer.tree(), error.range.clone());
    let source = tree.source();
    let word = &source[range.clone()];
    if word.len() > 1 && word.ends_with(';') && !source[..range.end].ends_with("://;") {
        let after = source[range.end..].trim_start();
        let is_last = after.is_empty() || after.starts_with(['}', ']', ',']);
        let new = if is_last { "" } else { "," };
        let title = if is_last { "Remove the semicolon" } else { "Replace `;` with a comma" };
        return vec![Fix::safe(title, [Edit::replace(range.end - 1..range.end, new)])];
    }
    let node = tree.node_at(range.start);
    let entry = writer.entry(node);
    let types = entry.types();
    let is_string = types == ["string"];
    let mut fixes = Vec::new();
    let mut replace = |new: String, is_safe: bool| {
        let fix = Fix::offered(format!("Replace with `{new}`"), [Edit::replace(range.clone(), new)]);
        fixes.push(fix.safe_if(is_safe));
    };
    if let Some(number) = valid_number(word).filter(|_| error.kind == ErrorKind::InvalidNumber && !is_string) {
        // A number with leading zeros may be an id.
        replace(number, !word.trim_start_matches(['+', '-']).starts_with('0'));
    }
    let keyword = spelling::closest(word, ["true", "false", "null"]).filter(|_| !is_string);
    let choices = entry.allowed_values();
    let choice = spelling::closest(word, choices.iter().filter_map(|choice| choice.value.as_str()));
    choice.into_iter().for_each(|choice| replace(quoted(choice), false));
    keyword.into_iter().for_each(|keyword| replace(keyword.to_owned(), keyword.eq_ignore_ascii_case(word)));
    if let Some(text) = text_on_line(source, &range) {
        let quoted = quoted(&source[text.clone()]);
        fixes.push(Fix::offered("Add double quotes", [Edit::replace(text, quoted)]));
    }
    fixes
}

/// An unquoted word with those after it on its line, up to the end of a value.
fn text_on_line(source: &str, word: &Range<usize>) -> Option<Range<usize>> {
    let after = &source[word.end..];
    let end = after.find(['\n', '\r', ',', '}', ']', '"', '{', '[', ':']).unwrap_or(after.len());
    let ends_value = after[end..].is_empty() || after[end..].starts_with(['\n', '\r', ',', '}', ']']);
    ends_value.then(|| word.start..word.end + after[..end].trim_end().len())
}

/// A valid JSON number for one with a plus sign, leading zeros, or no digit on one side of its point.
fn valid_number(word: &str) -> Option<String> {
    let (sign, digits) = match word.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", word.strip_prefix('+').unwrap_or(word)),
    };
    let end = digits.find(|char: char| !char.is_ascii_digit()).unwrap_or(digits.len());
    let (whole, rest) = digits.split_at(end);
    let whole = whole.trim_start_matches('0');
    let rest = rest.strip_suffix('.').unwrap_or(rest);
    let number = format!("{sign}{}{rest}", if whole.is_empty() { "0" } else { whole });
    serde_json::from_str::<serde_json::Number>(&number).is_ok().then_some(number)
}
