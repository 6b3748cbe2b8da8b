//! Lines of `NAME=value`: a `.env`, as aio writes it and programs print it.

use super::format::{CredentialsFormat, Parsed};
use super::settings::{Setting, credentials, strings};
use super::{Problem, aio};

/// Reads the credentials in the lines, or else those of a context of aio.
pub(super) fn parse(text: &str) -> Result<Parsed, Problem> {
    let mut settings = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        settings.push(parse_line(line).ok_or_else(|| unknown_format(text, index + 1))?);
    }
    let contexts = aio::contexts(&settings);
    match credentials(&settings, CredentialsFormat::Dotenv) {
        Err(_) if !contexts.is_empty() => aio::select(contexts),
        parsed => parsed,
    }
}

/// The problem of a text with a line of another form.
fn unknown_format(text: &str, line: usize) -> Problem {
    let is_yaml = text.lines().any(|line| line.trim_end() == "ims:");
    if is_yaml {
        return Problem::of(CredentialsFormat::Aio, format!("YAML is not supported. {}", aio::JSON_COMMAND));
    }
    Problem::new(format!(
        "line {line} is neither JSON nor `NAME=value`. Supported are lines of `CONNSPEC_CLIENT_ID=…`, configurations of aepp \
         and aio, Postman environments and Developer Console projects."
    ))
}

/// The name and values of a line; several for an array.
fn parse_line(line: &str) -> Option<Setting> {
    let line = line.strip_prefix("export ").unwrap_or(line).trim_start();
    let (name, value) = line.split_once('=')?;
    let name = name.trim_end();
    let is_name = !name.is_empty() && name.chars().all(|char| char.is_ascii_alphanumeric() || "_.-".contains(char));
    let value = unquote(value.trim());
    is_name.then(|| Setting::new(name, array(&value).unwrap_or_else(|| vec![value])))
}

/// A value without its quotes, or without the comment after it.
fn unquote(value: &str) -> String {
    for quote in ['"', '\''] {
        let Some((inside, _)) = value.strip_prefix(quote).and_then(|rest| split_at_quote(rest, quote)) else {
            continue;
        };
        return if quote == '"' { inside.replace("\\\"", "\"").replace("\\n", "\n") } else { inside.to_owned() };
    }
    let end = value.find(" #").or_else(|| value.find("\t#"));
    value[..end.unwrap_or(value.len())].trim_end().to_owned()
}

/// Splits at the first quote that isn't escaped.
fn split_at_quote(text: &str, quote: char) -> Option<(&str, &str)> {
    let at = text.match_indices(quote).map(|(at, _)| at).find(|at| !text[..*at].ends_with('\\'))?;
    Some((&text[..at], &text[at + 1..]))
}

/// The strings of a JSON array.
fn array(value: &str) -> Option<Vec<String>> {
    let tree = value.starts_with('[').then(|| aio::parse_json(value))?.ok()?;
    strings(tree.root())
}
