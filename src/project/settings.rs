//! The content of a `connspec.toml`. An invalid part is reported and ignored; the rest applies.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Display;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::profiles::Profile;
use crate::lint::{Level, RULES, Severity};
use crate::spec::spelling;

mod profiles;
mod secrets;

pub(super) use secrets::masked;

/// What a team has configured.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// `[rules]`: the levels of rules, by code.
    pub rules: BTreeMap<&'static str, Level>,
    /// `[[ignore]]`: where the diagnostics of a rule are ignored.
    pub ignored: Vec<IgnoreEntry>,
    /// `[profiles.NAME]`, by name. An invalid one is an error message and cannot be used: it would mean another service than
    /// intended.
    pub profiles: BTreeMap<String, Result<Profile, String>>,
    /// `default-profile`: the profile to use if none is requested. It may not exist.
    pub default_profile: Option<String>,
}

/// An entry of `[[ignore]]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IgnoreEntry {
    /// The path of the file from the folder of `connspec.toml`, with `/`.
    pub file: String,
    /// The JSON Pointer of the ignored value.
    pub pointer: String,
    /// The code of the rule.
    pub code: &'static str,
    /// Where the entry is, in bytes.
    pub range: Range<usize>,
}

/// Something that is wrong with a `connspec.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where, in bytes.
    pub range: Range<usize>,
    /// An error, or a warning for what has no effect now.
    pub severity: Severity,
    /// What is wrong and how to fix it.
    pub message: String,
}

impl Problem {
    pub(super) fn error(range: Range<usize>, message: impl Into<String>) -> Problem {
        Problem { range, severity: Severity::Error, message: message.into() }
    }

    pub(super) fn warning(range: Range<usize>, message: impl Into<String>) -> Problem {
        Problem { range, severity: Severity::Warning, message: message.into() }
    }
}

/// Parses the text of a `connspec.toml`. The problems are sorted by position.
pub fn read_settings(text: &str) -> (Settings, Vec<Problem>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader { settings: Settings::default(), problems: Vec::new() };
    reader.document(table.get_ref());
    let Reader { settings, mut problems } = reader;
    let errors = errors.iter().map(|error| {
        let message = format!("invalid TOML: {}", error.message().trim_end_matches('.'));
        Problem::error(error.span().unwrap_or(0..0), message)
    });
    let errors: Vec<_> = errors.collect();
    // Other problems of a line that isn't TOML are consequences of that.
    let breaks: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
    let line = |problem: &Problem| breaks.partition_point(|at| *at < problem.range.start);
    let broken: HashSet<_> = errors.iter().map(line).collect();
    problems.retain(|problem| !broken.contains(&line(problem)));
    problems.extend(errors);
    problems.sort_by_key(|problem| (problem.range.start, problem.range.end));
    (settings, problems)
}

struct Reader {
    settings: Settings,
    problems: Vec<Problem>,
}

impl Reader {
    fn problem(&mut self, range: Range<usize>, message: impl Into<String>) {
        self.problems.push(Problem::error(range, message));
    }

    /// Reports a value of the wrong type.
    fn wrong_type(&mut self, range: Range<usize>, expected: &str, found: &DeValue<'_>, hint: &str) {
        let found = match found {
            DeValue::String(_) => "a string",
            DeValue::Integer(_) => "an integer",
            DeValue::Float(_) => "a float",
            DeValue::Boolean(_) => "a boolean",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "an array",
            DeValue::Table(_) => "a table",
        };
        let hint = if hint.is_empty() { String::new() } else { format!("; {hint}") };
        self.problem(range, format!("expected {expected}, found {found}{hint}"));
    }

    /// Reports an unknown name, with the nearest known one or else with `fallback`.
    fn unknown<'n>(
        &mut self,
        range: Range<usize>,
        what: &str,
        name: &str,
        known: impl Iterator<Item = &'n str>,
        fallback: impl Display,
    ) {
        let hint = spelling::closest(name, known).map(|near| format!("did you mean `{near}`?"));
        let hint = hint.unwrap_or_else(|| fallback.to_string());
        self.problem(range, format!("unknown {what} `{name}`; {hint}"));
    }

    fn unknown_key(&mut self, key: &Spanned<impl AsRef<str>>, name: &str, known: &[&str]) {
        // A secret was already reported as one.
        if !self.problems.iter().any(|problem| problem.range == key.span()) {
            let fallback = format!("expected one of {}", quoted_list(known));
            self.unknown(key.span(), "key", name, known.iter().copied(), fallback);
        }
    }

    fn document(&mut self, table: &DeTable<'_>) {
        self.problems.extend(secrets::problems(table));
        for (key, value) in table {
            match (key.get_ref().as_ref(), value.get_ref()) {
                ("rules", DeValue::Table(rules)) => self.rules(rules),
                ("rules", found) => {
                    self.wrong_type(key.span(), "a table", found, "write `[rules]`, and below it a line for each rule");
                }
                ("ignore", DeValue::Array(entries)) => entries.iter().for_each(|entry| self.ignore(entry)),
                ("ignore", found) => {
                    let hint = "write `[[ignore]]`, with two brackets, for each entry";
                    self.wrong_type(key.span(), "an array of tables", found, hint);
                }
                ("profiles", DeValue::Table(profiles)) => self.profiles(profiles),
                ("profiles", found) => {
                    self.wrong_type(key.span(), "a table", found, "write `[profiles.NAME]` for each profile");
                }
                // Read when all profiles are known.
                ("default-profile", _) => {}
                (name, _) => self.unknown_key(key, name, &["rules", "ignore", "profiles", "default-profile"]),
            }
        }
        if let Some(value) = table.get("default-profile") {
            self.default_profile(value);
        }
    }

    fn rules(&mut self, rules: &DeTable<'_>) {
        for (key, value) in rules {
            let code = self.code(key.get_ref(), key.span());
            let level = value.get_ref().as_str().and_then(Level::parse);
            if level.is_none() {
                let levels = Level::ALL.map(|level| format!("`\"{}\"`", level.as_str())).join(", ");
                self.problem(value.span(), format!("invalid level; expected one of {levels}"));
            }
            self.settings.rules.extend(code.zip(level));
        }
    }

    fn code(&mut self, code: &str, range: Range<usize>) -> Option<&'static str> {
        let known = || RULES.iter().map(|rule| rule.code);
        let found = known().find(|known| *known == code);
        if found.is_none() {
            self.unknown(range, "rule", code, known(), "`connspec explain` lists all rules");
        }
        found
    }

    fn ignore(&mut self, entry: &Spanned<DeValue<'_>>) {
        let DeValue::Table(table) = entry.get_ref() else {
            return self.wrong_type(entry.span(), "a table with `file`, `pointer` and `code`", entry.get_ref(), "");
        };
        let known = ["file", "pointer", "code"];
        for (key, _) in table.iter().filter(|(key, _)| !known.contains(&key.get_ref().as_ref())) {
            self.unknown_key(key, key.get_ref(), &known);
        }
        let [file, pointer, code] = known.map(|name| self.field(entry, table, name));
        let file = file.and_then(|(file, range)| self.file(file, range));
        let pointer = pointer.and_then(|(pointer, range)| self.pointer(pointer, range));
        let code = code.and_then(|(code, range)| self.code(&code, range));
        if let (Some(file), Some(pointer), Some(code)) = (file, pointer, code) {
            self.settings.ignored.push(IgnoreEntry { file, pointer, code, range: entry.span() });
        }
    }

    /// A required string of an entry, and its position.
    fn field(
        &mut self,
        entry: &Spanned<DeValue<'_>>,
        table: &DeTable<'_>,
        name: &str,
    ) -> Option<(String, Range<usize>)> {
        let Some(value) = table.get(name) else {
            self.problem(entry.span(), format!("missing `{name}`; without it this entry has no effect"));
            return None;
        };
        let text = value.get_ref().as_str();
        if text.is_none() {
            self.wrong_type(value.span(), "a string", value.get_ref(), "");
        }
        text.map(|text| (text.to_owned(), value.span()))
    }

    fn file(&mut self, file: String, range: Range<usize>) -> Option<String> {
        let path = file.strip_prefix("./").unwrap_or(&file);
        let is_below = !path.is_empty() && !path.starts_with('/') && !path.split('/').any(|name| name == "..");
        if !is_below || path.contains('\\') {
            self.problem(range, "invalid path; expected one below the folder of connspec.toml, with `/`");
            return None;
        }
        Some(path.to_owned())
    }

    fn pointer(&mut self, pointer: String, range: Range<usize>) -> Option<String> {
        if !pointer.is_empty() && !pointer.starts_with('/') {
            let message = "invalid JSON Pointer; it must start with `/`, as in `/sourceSpec/attributes`";
            self.problem(range, message);
            return None;
        }
        Some(pointer)
    }
}

fn quoted_list(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests;
