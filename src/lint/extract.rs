//! Extracts a part of the request to an input: its name, its declaration, and `${name}` in its place.

use std::ops::Range;

use serde_json::Value;

use super::declare;
use crate::edit::writer::Writer;
use crate::source::inputs::Inputs;
use crate::source::model::{Request, UrlParams};
use crate::source::placeholders::{self, RequestPart};
use crate::source::secrets;
use crate::spec::{Entry, SpecKind, StringFormat};
use crate::syntax::{Node, Tree, escaped, template};
use crate::text::Edit;

/// The name of an input for a token in `Authorization`, as in Adobe's examples.
pub(crate) const ACCESS_TOKEN: &str = "accessToken";

/// The name of an input for a part of the host, as in Adobe's examples.
const DOMAIN: &str = "domain";

/// The keys whose values may hold all pairs in one string.
const PARAMS: [&str; 4] =
    [UrlParams::QUERY_PARAMS, Request::QUERY_PARAMS, Request::HEADER_PARAMS, Request::BODY_PARAMS];

/// A part of a string that can become an input.
#[derive(Debug, Clone)]
pub(crate) struct Target<'t> {
    /// The string.
    pub(crate) string: Node<'t>,
    /// The part, in bytes of the value.
    pub(crate) range: Range<usize>,
}

/// An input to be declared.
pub(crate) struct NewInput {
    /// Its name.
    pub(crate) name: String,
    /// Its JSON Schema.
    pub(crate) schema: Value,
    /// Whether users enter it when they authenticate.
    pub(crate) is_secret: bool,
}

impl<'t> Target<'t> {
    /// The text of the part.
    pub(crate) fn text(&self) -> Option<String> {
        self.string.string()?.get(self.range.clone()).map(str::to_owned)
    }

    /// Replaces it with `${name}`.
    fn replaced(&self, name: &str) -> Option<Edit> {
        let new = placeholders::of_input(name);
        if !self.string.has_escapes() {
            let start = self.string.inner().start;
            return Some(Edit::replace(start + self.range.start..start + self.range.end, new));
        }
        let text = self.string.string()?;
        let new = escaped(&text[..self.range.start]) + &new + &escaped(&text[self.range.end..]);
        Some(Edit::replace(self.string.inner(), new))
    }
}

/// The edits that extract equal parts of the request to one input. `None` if it cannot be declared.
pub(crate) fn edits(writer: &Writer<'_>, input: &NewInput, targets: &[Target<'_>]) -> Option<Vec<Edit>> {
    let mut edits = match input.is_secret {
        true => declare::in_auth_entries(writer, &input.name, &input.schema)?,
        false => vec![declare::in_source(writer, &input.name, &input.schema)?],
    };
    edits.extend(replaced(&input.name, targets));
    Some(edits)
}

/// Replaces parts of the request with `${name}`.
pub(crate) fn replaced(name: &str, targets: &[Target<'_>]) -> Vec<Edit> {
    targets.iter().filter_map(|target| target.replaced(name)).collect()
}

/// An input for a secret with this name in the request.
pub(crate) fn secret(inputs: &Inputs<'_>, name: &str) -> NewInput {
    let name = declare::free_name(inputs, &camel_case(name));
    NewInput { name, schema: declare::secret_schema(), is_secret: true }
}

/// An input for a value with this name in the request, which becomes the default.
pub(crate) fn plain(inputs: &Inputs<'_>, name: &str, text: &str) -> NewInput {
    let name = declare::free_name(inputs, &camel_case(name));
    let mut schema = declare::string_schema();
    if let Some(format) = is_date(text).then_some("date") {
        schema["format"] = format.into();
    }
    schema["default"] = text.into();
    let is_canonical = |number: &i64| number.to_string() == text;
    if let Some(number) = text.parse().ok().filter(is_canonical) {
        schema["type"] = "integer".into();
        schema["default"] = number.into();
    }
    NewInput { name, schema, is_secret: false }
}

fn is_date(text: &str) -> bool {
    let is_digit_or_line =
        |(at, byte): (usize, u8)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() };
    text.len() == 10 && text.bytes().enumerate().all(is_digit_or_line)
}

/// A name in the form of input names: `X-Api-Key` becomes `apiKey`.
pub(crate) fn camel_case(name: &str) -> String {
    let pieces = name.split(|char: char| !char.is_ascii_alphanumeric()).filter(|piece| !piece.is_empty());
    let pieces: Vec<&str> = pieces.collect();
    let pieces = match pieces.as_slice() {
        ["X" | "x", rest @ ..] if !rest.is_empty() => rest,
        all => all,
    };
    let mut new = String::new();
    for (at, piece) in pieces.iter().enumerate() {
        let is_uppercase = piece.len() > 1 && piece.chars().all(|char| !char.is_ascii_lowercase());
        let rest = if is_uppercase { piece[1..].to_ascii_lowercase() } else { piece[1..].to_owned() };
        let first = &piece[..1];
        new += &if at == 0 { first.to_ascii_lowercase() } else { first.to_ascii_uppercase() };
        new += &rest;
    }
    if new.starts_with(|char: char| char.is_ascii_alphabetic()) { new } else { format!("value{new}") }
}

/// Whether a string of the request holds free text, and not an enumerated value, a path or a format.
pub(crate) fn is_free_text(string: Node<'_>, kind: SpecKind) -> bool {
    let entry = Entry::of(kind, string);
    let is_free = entry.is_empty() || entry.format() == Some(StringFormat::Template);
    is_free && string.is_quoted() && placeholders::is_replaced_in(string)
}

/// Every equal part of the request: complete values for a complete value, otherwise equal parts that are not inside a
/// longer word.
pub(crate) fn equal<'t>(tree: &'t Tree, kind: SpecKind, target: &Target<'t>) -> Vec<Target<'t>> {
    let Some(text) = target.text() else { return Vec::new() };
    let is_complete = target.string.string().is_some_and(|value| value.len() == text.len());
    let mut equal = Vec::new();
    for (string, _) in placeholders::replaced_strings(tree) {
        let Some(value) = string.string().filter(|value| value.contains(&text)) else { continue };
        if !is_free_text(string, kind) {
            continue;
        }
        if is_complete {
            equal.extend((*value == text).then_some(Target { string, range: 0..text.len() }));
            continue;
        }
        let parts = template::parts(&value, 0);
        let is_word = |char: Option<char>| char.is_some_and(char::is_alphanumeric);
        for (at, _) in value.match_indices(&text) {
            let range = at..at + text.len();
            let is_target = (string, &range) == (target.string, &target.range);
            let is_bounded = !is_word(value[..at].chars().next_back()) && !is_word(value[range.end..].chars().next());
            let is_outside = !parts.iter().any(|part| part.range.start < range.end && range.start < part.range.end);
            if is_target || (is_bounded && is_outside) {
                equal.push(Target { string, range });
            }
        }
    }
    // Several parts of a string with escapes cannot be replaced one by one.
    equal.retain(|other| {
        other.string == target.string && other.range == target.range || !other.string.has_escapes() || is_complete
    });
    equal
}

/// The name of a part of the request: its key, the segment of the path before it, or its parameter.
pub(crate) fn name_of(target: &Target<'_>) -> String {
    let value = target.string.string().unwrap_or_default();
    let key = key_of(target.string);
    let is_all = target.range == (0..value.len());
    let before = &value[..target.range.start];
    // A token after `Bearer` is not named after its header.
    match before.to_lowercase().trim_end() {
        scheme if scheme.ends_with("bearer") => return ACCESS_TOKEN.to_owned(),
        scheme if scheme.ends_with("basic") => return "basicCredentials".to_owned(),
        _ => {}
    }
    match placeholders::request_part(target.string) {
        Some(RequestPart::Host) if !is_all => DOMAIN.to_owned(),
        Some(RequestPart::Path | RequestPart::Query | RequestPart::Header) if !is_all && before.ends_with('=') => {
            let name = before.trim_end_matches('=').rsplit(['?', '&', ',']).next().unwrap_or_default();
            if name.is_empty() { key } else { name.trim().to_owned() }
        }
        Some(RequestPart::Path) if !is_all => {
            let segment = before.trim_end_matches('/').rsplit('/').next().filter(|_| before.ends_with('/'));
            match segment.filter(|segment| {
                segment.len() > 2 && segment.chars().all(|char| char.is_ascii_alphabetic() || "_-".contains(char))
            }) {
                Some(segment) => format!("{}-id", singular(segment)),
                None => key,
            }
        }
        _ => key,
    }
}

/// Whether a string holds all query parameters, all headers or the complete body.
pub(crate) fn is_params_string(string: Node<'_>) -> bool {
    let key = string.as_part_of_member().and_then(|member| member.key.string());
    key.is_some_and(|key| PARAMS.contains(&key.as_ref()))
}

/// The key of a value, or of the array that it is an element of.
pub(crate) fn key_of(string: Node<'_>) -> String {
    let member = string.self_and_ancestors().find_map(Node::member);
    member.and_then(|member| member.key.string()).unwrap_or_default().into_owned()
}

fn singular(word: &str) -> String {
    match word {
        _ if word.ends_with("ies") => format!("{}y", &word[..word.len() - 3]),
        _ if word.ends_with("sses") || word.ends_with("xes") => word[..word.len() - 2].to_owned(),
        _ if ["ss", "us", "is"].iter().any(|end| word.ends_with(end)) => word.to_owned(),
        _ if word.ends_with('s') => word[..word.len() - 1].to_owned(),
        _ => word.to_owned(),
    }
}

/// Whether a part of the request is a credential.
pub(crate) fn is_secret(target: &Target<'_>) -> bool {
    let (name, text) = (name_of(target), target.text().unwrap_or_default());
    let is_credential = |name: &str, value: &str| secrets::in_value(name, value).is_some();
    let value = target.string.string().unwrap_or_default();
    secrets::is_secret_name(&name) || is_credential(&key_of(target.string), &value) || is_credential(&name, &text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_camel_case() {
        for (name, expected) in [
            ("X-Api-Key", "apiKey"),
            ("api_key", "apiKey"),
            ("listId", "listId"),
            ("page[after]", "pageAfter"),
            ("ID", "id"),
            ("2fa", "value2fa"),
            ("", "value"),
            ("x", "x"),
            ("ÄÖ", "value"),
        ] {
            assert_eq!(camel_case(name), expected);
        }
    }

    #[test]
    fn plurals_become_singular() {
        for (word, expected) in [
            ("lists", "list"),
            ("companies", "company"),
            ("addresses", "address"),
            ("boxes", "box"),
            ("access", "access"),
            ("status", "status"),
        ] {
            assert_eq!(singular(word), expected);
        }
    }
}
