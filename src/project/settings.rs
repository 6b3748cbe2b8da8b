//! What a `connspec.toml` says. Wrong content costs no more than itself: it is told, and the rest counts.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::profiles::Profile;
use crate::lint::Level;
use crate::lint::RULES;
use crate::spec::near;

mod profiles;

pub use profiles::is_loopback_host;
mod secrets;

pub(super) use secrets::masked;

/// What a team has decided.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// `[rules]`: the levels of rules, by code.
    pub rules: BTreeMap<&'static str, Level>,
    /// `[[ignore]]`: the places where the findings of a rule are not shown.
    pub ignored: Vec<IgnoreEntry>,
    /// `[profiles.NAME]`: the services and where the credentials for them are kept, by name. One with a mistake in it is
    /// not used, since it would mean another service than was meant; what is wrong with it.
    pub profiles: BTreeMap<String, Result<Profile, String>>,
    /// `default-profile`: the profile that counts when none is named. There may be none of that name.
    pub default_profile: Option<String>,
}

/// An entry of `[[ignore]]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IgnoreEntry {
    /// The file, from the folder of `connspec.toml`, with `/`.
    pub file: String,
    /// The place in it, a JSON pointer.
    pub pointer: String,
    /// The rule's code.
    pub code: &'static str,
}

/// Something that is wrong with a `connspec.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where, in bytes.
    pub range: Range<usize>,
    /// What is wrong and what to do.
    pub message: String,
}

/// Reads the text of a `connspec.toml`: what it says, and what is wrong with it, by place.
pub fn read_settings(text: &str) -> (Settings, Vec<Problem>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader { settings: Settings::default(), problems: Vec::new() };
    reader.document(table.get_ref());
    let Reader { settings, mut problems } = reader;
    let errors = errors.iter().map(|error| {
        let message = format!("This is not TOML: {}.", error.message().trim_end_matches('.'));
        Problem { range: error.span().unwrap_or(0..0), message }
    });
    let errors: Vec<_> = errors.collect();
    // What follows from a line that is no TOML says nothing new.
    let line = |problem: &Problem| text.get(..problem.range.start).unwrap_or(text).matches('\n').count();
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
        self.problems.push(Problem { range, message: message.into() });
    }

    fn document(&mut self, table: &DeTable<'_>) {
        self.problems.extend(secrets::problems(table));
        for (key, value) in table {
            match (key.get_ref().as_ref(), value.get_ref()) {
                ("rules", DeValue::Table(rules)) => self.rules(rules),
                ("rules", _) => {
                    self.problem(key.span(), "`rules` is a table: write `[rules]`, and below it a line for each rule.");
                }
                ("ignore", DeValue::Array(entries)) => entries.iter().for_each(|entry| self.ignore(entry)),
                ("ignore", _) => {
                    self.problem(
                        key.span(),
                        "`ignore` is a list: write `[[ignore]]`, with two brackets, for each entry.",
                    );
                }
                ("profiles", DeValue::Table(profiles)) => self.profiles(profiles),
                ("profiles", _) => {
                    self.problem(key.span(), "`profiles` is a table: write `[profiles.NAME]` for each profile.");
                }
                // It is looked at when all profiles are known.
                ("default-profile", _) => {}
                (name, _) => self.unknown(key, name, &["rules", "ignore", "profiles", "default-profile"]),
            }
        }
        if let Some(value) = table.get("default-profile") {
            self.default_profile(value);
        }
    }

    fn unknown(&mut self, key: &Spanned<impl AsRef<str>>, name: &str, known: &[&str]) {
        // A secret was told already, in other words.
        if self.problems.iter().any(|problem| problem.range == key.span()) {
            return;
        }
        let list = known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        let hint = match near::nearest(name, known.iter().copied()) {
            Some(near) => format!("Did you mean `{near}`?"),
            None => format!("What is known: {list}."),
        };
        self.problem(key.span(), format!("`{name}` has no meaning here. {hint}"));
    }

    fn rules(&mut self, rules: &DeTable<'_>) {
        for (key, value) in rules {
            let code = self.code(key.get_ref(), key.span());
            let level = value.get_ref().as_str().and_then(Level::of);
            if level.is_none() {
                let words = Level::ALL.map(|level| format!("`\"{}\"`", level.word())).join(", ");
                self.problem(value.span(), format!("This is no level. The levels are {words}."));
            }
            self.settings.rules.extend(code.zip(level));
        }
    }

    /// The rule of a code.
    fn code(&mut self, code: &str, range: Range<usize>) -> Option<&'static str> {
        let known = || RULES.iter().map(|rule| rule.code);
        let found = known().find(|known| *known == code);
        if found.is_none() {
            let hint = match near::nearest(code, known()) {
                Some(near) => format!("Did you mean `{near}`?"),
                None => "A rule's code is shown with each of its findings.".to_owned(),
            };
            self.problem(range, format!("There is no rule `{code}`. {hint}"));
        }
        found
    }

    fn ignore(&mut self, entry: &Spanned<DeValue<'_>>) {
        let DeValue::Table(table) = entry.get_ref() else {
            return self.problem(entry.span(), "An entry of `ignore` has a `file`, a `pointer` and a `code`.");
        };
        let known = ["file", "pointer", "code"];
        for (key, _) in table.iter().filter(|(key, _)| !known.contains(&key.get_ref().as_ref())) {
            self.unknown(key, key.get_ref(), &known);
        }
        let [file, pointer, code] = known.map(|name| self.field(entry, table, name));
        let file = file.and_then(|(file, range)| self.file(file, range));
        let pointer = pointer.and_then(|(pointer, range)| self.pointer(pointer, range));
        let code = code.and_then(|(code, range)| self.code(&code, range));
        if let (Some(file), Some(pointer), Some(code)) = (file, pointer, code) {
            self.settings.ignored.push(IgnoreEntry { file, pointer, code });
        }
    }

    /// The text of a field of an entry, and where it is.
    fn field(
        &mut self,
        entry: &Spanned<DeValue<'_>>,
        table: &DeTable<'_>,
        name: &str,
    ) -> Option<(String, Range<usize>)> {
        let Some(value) = table.get(name) else {
            self.problem(
                entry.span(),
                format!("This entry has no `{name}`, so it has no effect. Add `{name} = \"…\"`."),
            );
            return None;
        };
        let text = value.get_ref().as_str();
        if text.is_none() {
            self.problem(value.span(), format!("`{name}` is a text: write it in quotes."));
        }
        text.map(|text| (text.to_owned(), value.span()))
    }

    fn file(&mut self, file: String, range: Range<usize>) -> Option<String> {
        let plain = file.strip_prefix("./").unwrap_or(&file);
        if plain.is_empty()
            || plain.starts_with('/')
            || plain.contains('\\')
            || plain.split('/').any(|step| step == "..")
        {
            let message = "This names no file below the folder of connspec.toml. Write its path from there, with `/`.";
            self.problem(range, message);
            return None;
        }
        Some(plain.to_owned())
    }

    fn pointer(&mut self, pointer: String, range: Range<usize>) -> Option<String> {
        if !pointer.is_empty() && !pointer.starts_with('/') {
            self.problem(range, "This is no JSON pointer. It begins with `/`, as in `/sourceSpec/attributes`.");
            return None;
        }
        Some(pointer)
    }
}

#[cfg(test)]
mod tests;
