//! Secrets where none belong: in a file that a team shares.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Problem;
use crate::lint::Level;
use crate::spec::near;

/// What is wrong about a secret here, and the way out.
const WHAT_TO_DO: &str = "and whoever can read this file may know it by now: replace it. Keep the new one in the \
    environment, a file outside of the repository or the keyring, and name that place with `credentials`.";

/// The parts of names whose values are secrets. An API key is none: for Adobe it is the client id.
const NAMES: [&str; 7] = ["secret", "password", "passwd", "passphrase", "token", "privatekey", "bearer"];

/// The letters and digits of a name, in lower case.
pub(super) fn plain(name: &str) -> String {
    name.chars().filter(|char| char.is_alphanumeric()).collect::<String>().to_lowercase()
}

/// Whether the value of a key of this name is a secret.
pub(super) fn is_named_so(name: &str) -> bool {
    let name = plain(name);
    // Also misspelled the setting `token-cache` is no secret.
    NAMES.iter().any(|part| name.contains(part)) && near::distance(&name, "tokencache") > 3
}

/// Whether a text is, as far as its form tells, an access token, a client secret as Adobe makes them or a private key, or
/// holds one.
pub(super) fn looks_so(text: &str) -> bool {
    starts(text).next().is_some()
}

/// Where in a text something begins that looks like a secret.
fn starts(text: &str) -> impl Iterator<Item = usize> {
    let begins = |mark: &'static str| text.match_indices(mark).map(|(at, _)| at);
    let alone = |at: &usize| !text[..*at].ends_with(|before: char| before.is_alphanumeric());
    // A JSON web token is three parts, of which the first begins with `{"` in base 64.
    let tokens = begins("eyJ").filter(move |at| word(&text[*at..]).matches('.').count() >= 2);
    let secrets = begins("p8e-").filter(move |at| word(&text[*at..]).len() >= 12);
    tokens.chain(secrets).filter(alone).chain(begins("-----BEGIN "))
}

/// The text up to the first character that no token has.
fn word(text: &str) -> &str {
    let end = text.find(|char: char| !(char.is_alphanumeric() || "-_.=".contains(char)));
    &text[..end.unwrap_or(text.len())]
}

/// The secrets of a table: those that are named so and those that look so. The rules and ignored places are left out: the
/// codes of some have such names.
pub(super) fn problems(table: &DeTable<'_>) -> Vec<Problem> {
    let mut found = Vec::new();
    let others = table.iter().filter(|(key, _)| !["rules", "ignore"].contains(&key.get_ref().as_ref()));
    others.for_each(|(key, value)| member(key.get_ref(), key.span(), value, &mut found));
    found
}

fn member(name: &str, range: Range<usize>, value: &Spanned<DeValue<'_>>, found: &mut Vec<Problem>) {
    match value.get_ref() {
        DeValue::Table(table) => {
            table.iter().for_each(|(key, value)| member(key.get_ref(), key.span(), value, found));
        }
        _ if looks_so(name) => {
            found.push(Problem { range, message: format!("This looks like a secret, {WHAT_TO_DO}") });
        }
        _ if is_named_so(name) => {
            let message = format!("`{name}` is a secret, {WHAT_TO_DO}");
            found.push(Problem { range, message });
        }
        DeValue::Array(elements) => elements.iter().for_each(|element| member("", range.clone(), element, found)),
        DeValue::String(text) if looks_so(text) => {
            found.push(Problem { range: value.span(), message: format!("This looks like a secret, {WHAT_TO_DO}") });
        }
        _ => {}
    }
}

/// The text of a `connspec.toml` with every byte of a secret replaced by `*`, so that a line of it may be shown. It does
/// not need to be TOML: what follows the name of a secret on its line counts.
pub(in crate::project) fn masked(text: &str) -> String {
    let mut ranges = values(DeTable::parse_recoverable(text).0.get_ref());
    ranges.extend(starts(text).map(|at| at..at + text[at..].lines().next().map_or(0, str::len)));
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        // The codes of some rules have such names.
        let is_level = |at: usize| Level::of(line[at + 1..].trim().trim_matches(['"', '\''])).is_some();
        let is_secret = |at: &usize| name_before(&line[..*at]).is_some_and(is_named_so) && !is_level(*at);
        let after = line.match_indices(['=', ':']).map(|(at, _)| at).find(is_secret);
        ranges.extend(after.map(|at| start + at + 1..start + line.trim_end().len()));
        start += line.len();
    }
    let hidden = |at: usize| ranges.iter().any(|range| range.contains(&at));
    let mask = |(at, char): (usize, char)| match hidden(at) && !char.is_whitespace() {
        true => "*".repeat(char.len_utf8()),
        false => char.to_string(),
    };
    text.char_indices().map(mask).collect()
}

/// The name at the end of a text: what stands before `=`.
fn name_before(text: &str) -> Option<&str> {
    let text = text.trim_end().trim_end_matches(['"', '\'']);
    let start = text
        .rfind(|char: char| !(char.is_alphanumeric() || "-_".contains(char)))
        .map_or(0, |at| at + text[at..].chars().next().map_or(0, char::len_utf8));
    Some(&text[start..]).filter(|name| !name.is_empty())
}

/// Where the values of secrets are, also of those that go over several lines.
fn values(table: &DeTable<'_>) -> Vec<Range<usize>> {
    let others = table.iter().filter(|(key, _)| !["rules", "ignore"].contains(&key.get_ref().as_ref()));
    let of = |(key, value): (&Spanned<_>, &Spanned<DeValue<'_>>)| match value.get_ref() {
        DeValue::Table(table) => values(table),
        _ if is_named_so(AsRef::<str>::as_ref(key.get_ref())) => vec![value.span()],
        _ => Vec::new(),
    };
    others.flat_map(of).collect()
}
