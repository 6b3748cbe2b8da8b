//! Lines of `NAME=value`: a `.env`, as aio writes it and programs print it.

use std::sync::Arc;

use super::Wrong;
use super::aio;
use super::assemble::assemble;
use super::form::{CredentialsFormat, Read};
use super::json::{Pair, parse, texts};

/// Reads the lines: credentials under their own names, or else those of a context of aio.
pub(super) fn read(text: &str) -> Result<Read, Wrong> {
    let mut pairs = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let Some(pair) = pair(line) else { return Err(no_lines(text, index + 1)) };
        pairs.push(pair);
    }
    let contexts = aio::contexts(&pairs);
    match assemble(&pairs, CredentialsFormat::Lines) {
        Err(_) if !contexts.is_empty() => aio::choose(contexts),
        read => read,
    }
}

/// What to say of a text that has another line.
fn no_lines(text: &str, line: usize) -> Wrong {
    let is_yaml = text.lines().any(|line| line.trim_end() == "ims:");
    if is_yaml {
        return Wrong::of(
            CredentialsFormat::Aio,
            "it is YAML, which is not read. `aio config get ims.contexts.NAME --json` prints JSON, and may be the `command` \
             of `credentials`.",
        );
    }
    Wrong::new(format!(
        "line {line} is neither JSON nor `NAME=value`. What is read: lines of `CONNSPEC_CLIENT_ID=…`, a configuration of \
         aepp or aio, a Postman environment, a project of the Developer Console."
    ))
}

/// The name and values of a line; several for a list in brackets.
fn pair(line: &str) -> Option<Pair> {
    let line = line.strip_prefix("export ").unwrap_or(line).trim_start();
    let (name, value) = line.split_once('=')?;
    let name = name.trim_end();
    let is_name = !name.is_empty() && name.chars().all(|char| char.is_ascii_alphanumeric() || "_.-".contains(char));
    let value = unquoted(value.trim());
    is_name.then(|| Pair::new(name, list(&value).unwrap_or_else(|| vec![value])))
}

/// A value without its quotes, or without the comment behind it.
fn unquoted(value: &str) -> String {
    for quote in ['"', '\''] {
        let Some((inside, _)) = value.strip_prefix(quote).and_then(|rest| split_at_quote(rest, quote)) else {
            continue;
        };
        return if quote == '"' { inside.replace("\\\"", "\"").replace("\\n", "\n") } else { inside.to_owned() };
    }
    let end = value.find(" #").or_else(|| value.find("\t#"));
    value[..end.unwrap_or(value.len())].trim_end().to_owned()
}

/// The text before the first of these quotes that has no backslash before it, and the text after it.
fn split_at_quote(text: &str, quote: char) -> Option<(&str, &str)> {
    let at = text.match_indices(quote).map(|(at, _)| at).find(|at| !text[..*at].ends_with('\\'))?;
    Some((&text[..at], &text[at + 1..]))
}

/// The texts of a JSON list.
fn list(value: &str) -> Option<Vec<String>> {
    let tree = value.starts_with('[').then(|| parse(&Arc::from(value)))?.ok()?;
    texts(tree.root())
}
