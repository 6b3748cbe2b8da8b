//! Secrets in a `connspec.toml`, where they do not belong because a team shares the file. [`crate::source::secrets`] decides which
//! names are those of secrets.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Problem;
use crate::lint::Level;
use crate::source::secrets;

const CONSEQUENCE: &str = "everyone who can read this file may know it. Replace it, keep the new one in the environment, \
                           the keyring or a file outside of the repository, and name that source in `credentials`";

/// The letters and digits of a name, in lower case.
pub(super) fn normalize(name: &str) -> String {
    name.chars().filter(|char| char.is_alphanumeric()).collect::<String>().to_lowercase()
}

/// Whether the value of a key with this name is a secret. The setting `credentials` says where they are, and an API key is for
/// Adobe the client ID.
pub(super) fn is_secret_name(name: &str) -> bool {
    !["credentials", "apikey"].contains(&normalize(name).as_str()) && secrets::is_secret_name(name)
}

/// Whether a text contains what looks like an access token, a client secret of Adobe or a private key.
pub(super) fn looks_like_secret(text: &str) -> bool {
    starts(text).next().is_some()
}

/// The positions where something starts that looks like a secret.
fn starts(text: &str) -> impl Iterator<Item = usize> {
    let find = |marker: &'static str| text.match_indices(marker).map(|(at, _)| at);
    let is_word_start = |at: &usize| !text[..*at].ends_with(|before: char| before.is_alphanumeric());
    // A JSON Web Token has three parts, of which the first is base64 of `{"…`.
    let tokens = find("eyJ").filter(move |at| word(&text[*at..]).matches('.').count() >= 2);
    let client_secrets = find("p8e-").filter(move |at| word(&text[*at..]).len() >= 12);
    tokens.chain(client_secrets).filter(is_word_start).chain(find("-----BEGIN "))
}

/// The text up to the first character that isn't in any token.
fn word(text: &str) -> &str {
    let end = text.find(|char: char| !(char.is_alphanumeric() || "-_.=".contains(char)));
    &text[..end.unwrap_or(text.len())]
}

/// The members that may be secrets. Rules and ignored places are left out: some codes have such names.
fn candidates<'t, 'i>(
    table: &'t DeTable<'i>,
) -> impl Iterator<Item = (&'t Spanned<std::borrow::Cow<'i, str>>, &'t Spanned<DeValue<'i>>)> {
    table.iter().filter(|(key, _)| !["rules", "ignore"].contains(&key.get_ref().as_ref()))
}

/// Reports the secrets of a table, by name and by value.
pub(super) fn problems(table: &DeTable<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    candidates(table).for_each(|(key, value)| check(key.get_ref(), key.span(), value, &mut problems));
    problems
}

fn check(name: &str, range: Range<usize>, value: &Spanned<DeValue<'_>>, problems: &mut Vec<Problem>) {
    let lookalike = |range| Problem::error(range, format!("this looks like a secret; {CONSEQUENCE}"));
    match value.get_ref() {
        DeValue::Table(table) => {
            table.iter().for_each(|(key, value)| check(key.get_ref(), key.span(), value, problems));
        }
        _ if looks_like_secret(name) => problems.push(lookalike(range)),
        _ if is_secret_name(name) => {
            problems.push(Problem::error(range, format!("`{name}` is a secret; {CONSEQUENCE}")));
        }
        DeValue::Array(elements) => elements.iter().for_each(|element| check("", range.clone(), element, problems)),
        DeValue::String(text) if looks_like_secret(text) => problems.push(lookalike(value.span())),
        _ => {}
    }
}

/// The text with `*` for every byte of a secret, so that its lines can be shown. It need not be TOML: the rest of a line
/// after the name of a secret is masked.
pub(in crate::project) fn masked(text: &str) -> String {
    let mut ranges = secret_values(DeTable::parse_recoverable(text).0.get_ref());
    ranges.extend(starts(text).map(|at| at..at + text[at..].lines().next().map_or(0, str::len)));
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        // Some codes of rules have such names.
        let is_level = |at: usize| Level::parse(line[at + 1..].trim().trim_matches(['"', '\''])).is_some();
        let is_secret = |at: &usize| name_at_end(&line[..*at]).is_some_and(is_secret_name) && !is_level(*at);
        let after = line.match_indices(['=', ':']).map(|(at, _)| at).find(is_secret);
        ranges.extend(after.map(|at| start + at + 1..start + line.trim_end().len()));
        start += line.len();
    }
    let is_masked = |at: usize| ranges.iter().any(|range| range.contains(&at));
    let mask = |(at, char): (usize, char)| match is_masked(at) && !char.is_whitespace() {
        true => "*".repeat(char.len_utf8()),
        false => char.to_string(),
    };
    text.char_indices().map(mask).collect()
}

/// The name at the end of a text, before `=`.
fn name_at_end(text: &str) -> Option<&str> {
    let text = text.trim_end().trim_end_matches(['"', '\'']);
    let start = text
        .rfind(|char: char| !(char.is_alphanumeric() || "-_".contains(char)))
        .map_or(0, |at| at + text[at..].chars().next().map_or(0, char::len_utf8));
    Some(&text[start..]).filter(|name| !name.is_empty())
}

/// The positions of the values of secrets, including those of several lines.
fn secret_values(table: &DeTable<'_>) -> Vec<Range<usize>> {
    let values = candidates(table).map(|(key, value)| match value.get_ref() {
        DeValue::Table(table) => secret_values(table),
        _ if is_secret_name(key.get_ref()) => vec![value.span()],
        _ => Vec::new(),
    });
    values.flatten().collect()
}
