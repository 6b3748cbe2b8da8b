//! Adding an entry to the text of a `connspec.toml`. Everything else stays as it is, however malformed.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::read_settings;
use crate::lint::Level;

/// Adds an entry that ignores the diagnostics of a rule at a JSON Pointer of a file, whose path starts at the folder of
/// `connspec.toml`. A text that has the entry is returned unchanged.
pub fn add_ignore(text: &str, file: &str, pointer: &str, code: &str) -> String {
    let is_same =
        |ignored: &super::IgnoreEntry| (&*ignored.file, &*ignored.pointer, ignored.code) == (file, pointer, code);
    if read_settings(text).0.ignored.iter().any(is_same) {
        return text.to_owned();
    }
    let fields = [("file", file), ("pointer", pointer), ("code", code)].map(|(key, value)| pair(key, value));
    let (table, _) = DeTable::parse_recoverable(text);
    // An inline array cannot be extended with `[[ignore]]`.
    if let Some(DeValue::Array(entries)) = table.get_ref().get("ignore").map(Spanned::get_ref)
        && let Some(array) = table.get_ref().get("ignore").filter(|array| !text[array.span()].starts_with("[["))
    {
        let entry = format!("{{ {} }}", fields.join(", "));
        return match entries.iter().last() {
            Some(last) => insert(text, last.span().end, &format!(", {entry}")),
            None => insert(text, array.span().start + 1, &entry),
        };
    }
    append(text, "[[ignore]]", &fields)
}

/// Sets the level of a rule.
pub fn set_level(text: &str, code: &str, level: Level) -> String {
    let (table, _) = DeTable::parse_recoverable(text);
    let Some((key, value)) = table.get_ref().get_key_value("rules") else {
        return append(text, "[rules]", &[pair(code, level.as_str())]);
    };
    let DeValue::Table(rules) = value.get_ref() else {
        return append(text, "[rules]", &[pair(code, level.as_str())]);
    };
    if let Some(old) = rules.get(code) {
        let Range { start, end } = old.span();
        return format!("{}{}{}", &text[..start], quoted(level.as_str()), &text[end..]);
    }
    let levels = rules.iter().map(|(_, value)| value).filter(|value| !value.get_ref().is_table());
    let last = levels.map(|value| value.span().end).max();
    let pair = pair(code, level.as_str());
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
    let needs_no_quotes =
        !key.is_empty() && key.chars().all(|char| char.is_ascii_alphanumeric() || "-_".contains(char));
    let key = if needs_no_quotes { key.to_owned() } else { quoted(key) };
    format!("{key} = {}", quoted(value))
}

/// A basic string in double quotes.
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

/// The line break of the text.
fn line_break(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

/// Inserts a line below the one at this position.
fn insert_line(text: &str, at: usize, line: &str) -> String {
    let end = line_break(text);
    match text[at..].find('\n') {
        Some(next) => insert(text, at + next + 1, &format!("{line}{end}")),
        None => format!("{text}{end}{line}{end}"),
    }
}

/// Appends a table.
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
