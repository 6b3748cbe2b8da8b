//! Writing an entry into the text of a `connspec.toml`. Everything else stays as it was written, however broken it is.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::read_settings;
use crate::lint::Level;

/// The text with an entry by which the findings of a rule are not shown at a place (a JSON pointer) of a file (its path
/// from the folder of `connspec.toml`, with `/`). A text that has it already is given back as it is.
pub fn add_ignore(text: &str, file: &str, pointer: &str, code: &str) -> String {
    let is_it =
        |ignored: &super::IgnoreEntry| (&*ignored.file, &*ignored.pointer, ignored.code) == (file, pointer, code);
    if read_settings(text).0.ignored.iter().any(is_it) {
        return text.to_owned();
    }
    let fields = [("file", file), ("pointer", pointer), ("code", code)].map(|(key, value)| pair(key, value));
    let (table, _) = DeTable::parse_recoverable(text);
    // A list that is written in brackets gets no entries from elsewhere.
    if let Some(DeValue::Array(entries)) = table.get_ref().get("ignore").map(Spanned::get_ref)
        && let Some(list) = table.get_ref().get("ignore").filter(|list| !text[list.span()].starts_with("[["))
    {
        let entry = format!("{{ {} }}", fields.join(", "));
        return match entries.iter().last() {
            Some(last) => insert(text, last.span().end, &format!(", {entry}")),
            None => insert(text, list.span().start + 1, &entry),
        };
    }
    append(text, "[[ignore]]", &fields)
}

/// The text with this level for the findings of a rule.
pub fn set_level(text: &str, code: &str, level: Level) -> String {
    let (table, _) = DeTable::parse_recoverable(text);
    let Some((key, value)) = table.get_ref().get_key_value("rules") else {
        return append(text, "[rules]", &[pair(code, level.word())]);
    };
    let DeValue::Table(rules) = value.get_ref() else {
        return append(text, "[rules]", &[pair(code, level.word())]);
    };
    if let Some(old) = rules.get(code) {
        let Range { start, end } = old.span();
        return format!("{}{}{}", &text[..start], quoted(level.word()), &text[end..]);
    }
    let plain = rules.iter().map(|(_, value)| value).filter(|value| !value.get_ref().is_table());
    let last = plain.map(|value| value.span().end).max();
    let pair = pair(code, level.word());
    if text[value.span()].starts_with('{') {
        return match last {
            Some(last) => insert(text, last, &format!(", {pair}")),
            None => insert(text, value.span().start + 1, &format!(" {pair} ")),
        };
    }
    let is_header = text[..key.span().start].trim_end().ends_with('[');
    let line = if is_header { pair } else { format!("rules.{pair}") };
    insert_line(text, last.unwrap_or(value.span().end), &line)
}

fn pair(key: &str, value: &str) -> String {
    let is_bare = !key.is_empty() && key.chars().all(|char| char.is_ascii_alphanumeric() || "-_".contains(char));
    let key = if is_bare { key.to_owned() } else { quoted(key) };
    format!("{key} = {}", quoted(value))
}

/// A text in double quotes.
fn quoted(text: &str) -> String {
    let escape = |char: char| match char {
        '"' | '\\' => format!("\\{char}"),
        char if char.is_control() => format!("\\u{:04X}", u32::from(char)),
        char => char.to_string(),
    };
    format!("\"{}\"", text.chars().map(escape).collect::<String>())
}

fn insert(text: &str, at: usize, new: &str) -> String {
    format!("{}{new}{}", &text[..at], &text[at..])
}

/// The line break that the text uses.
fn line_break(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

/// Inserts a line below the one that this place is on.
fn insert_line(text: &str, at: usize, line: &str) -> String {
    let end = line_break(text);
    match text[at..].find('\n') {
        Some(next) => insert(text, at + next + 1, &format!("{line}{end}")),
        None => format!("{text}{end}{line}{end}"),
    }
}

/// Adds a table at the end.
fn append(text: &str, header: &str, lines: &[String]) -> String {
    let end = line_break(text);
    let gap = match text {
        text if text.trim_start_matches('\u{feff}').trim().is_empty() => "",
        text if text.ends_with("\n\n") || text.ends_with("\n\r\n") => "",
        text if text.ends_with('\n') => end,
        _ => &end.repeat(2),
    };
    let lines: String = lines.iter().map(|line| format!("{line}{end}")).collect();
    format!("{text}{gap}{header}{end}{lines}")
}

#[cfg(test)]
mod tests;
