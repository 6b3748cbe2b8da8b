//! JSON paths: the segments of a path, or what is wrong with it.
//!
//! The standard is [RFC 9535](https://www.rfc-editor.org/rfc/rfc9535). Filters, numbers and escapes are left to
//! `serde_json_path`, whose only user this is. That crate exposes no segments and reports positions only roughly, so both
//! are computed here. Which implementation the platform has is not documented: forms that common implementations accept
//! beside the standard are warnings, not errors.

mod segments;

use std::ops::Range;

/// A parsed path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Path {
    /// The segments after `$`.
    pub(crate) segments: Vec<Segment>,
    /// Where it deviates from the standard in a way that common implementations accept.
    pub(crate) warnings: Vec<Problem>,
}

/// A segment of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Segment {
    /// All of it with its dots or brackets, in bytes of the path.
    pub(crate) range: Range<usize>,
    /// Whether it selects at every depth (`..`).
    pub(crate) is_descendant: bool,
    /// What it selects; several only in brackets.
    pub(crate) selectors: Vec<Selector>,
}

/// What a segment selects of the value that the segments before it lead to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Selector {
    /// The member of an object.
    Name(String),
    /// Every member or element: `*`.
    Wildcard,
    /// The element of an array, from 0; a negative one counts from the end.
    Index(i64),
    /// Some elements of an array: `1:3`.
    Slice,
    /// The members or elements for which a condition holds: `?@.a`.
    Filter,
}

/// Something wrong in a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    /// What is wrong, in bytes of the path; never more than that.
    pub(crate) range: Range<usize>,
    pub(crate) message: String,
    /// What to write in place of `range`.
    replacement: Option<String>,
}

impl Path {
    /// The names of its segments, if all of them select one member.
    pub(crate) fn names(&self) -> Option<Vec<&str>> {
        self.segments.iter().map(Segment::name).collect()
    }
}

impl Segment {
    /// The name that it selects, if it selects one member.
    pub(crate) fn name(&self) -> Option<&str> {
        match self.selectors.as_slice() {
            [Selector::Name(name)] if !self.is_descendant => Some(name),
            _ => None,
        }
    }
}

/// The name of a response header in `headers.NAME`, the other form beside a path. Documented for `endPageIndex`; that other
/// keys of the pagination accept it, and that it may be `headers['NAME']`, is likely, as the underlying REST connector does.
pub(crate) fn header_name(text: &str) -> Option<&str> {
    let (word, rest) = text.split_at_checked("headers".len())?;
    let in_quotes = |quote: char| rest.strip_prefix('[')?.strip_suffix(']')?.strip_prefix(quote)?.strip_suffix(quote);
    let name = rest.strip_prefix('.').or_else(|| in_quotes('\'')).or_else(|| in_quotes('"'))?;
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    (word.eq_ignore_ascii_case("headers") && !name.is_empty() && name.bytes().all(is_token)).then_some(name)
}

/// The response header that is meant by a path, such as `$.headers.link` or `$['X-Next']`, or by its name alone. Only names that
/// no body is likely to have: under `headers`, `link` and `x-…`; by themselves, `Link` and `X-…`; what is in a `Link`: `rel=next`.
pub(crate) fn meant_header(text: &str) -> Option<&str> {
    if text.contains("rel=next") {
        return Some("Link");
    }
    let rest = text.strip_prefix('$').unwrap_or(text);
    let rest = rest.strip_prefix(".response").or_else(|| rest.strip_prefix("response")).unwrap_or(rest);
    let rest = rest.strip_prefix('.').unwrap_or(rest);
    let is_custom = |name: &str| name.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("x-"));
    if let Some(name) = header_name(rest).or_else(|| rest.strip_prefix("header.")) {
        return Some(name).filter(|name| is_custom(name) || name.eq_ignore_ascii_case("link"));
    }
    let quoted = rest.strip_prefix("['").and_then(|rest| rest.strip_suffix("']"));
    let name = quoted.unwrap_or(rest);
    (name == "Link" || is_custom(name) && !name.contains(['.', '['])).then_some(name)
}

/// The segment that selects a name: `.name`, or in brackets where the name needs them.
pub(crate) fn segment_of(name: &str) -> String {
    if is_shorthand(name) { format!(".{name}") } else { bracketed(name) }
}

/// No path is as long as this many bytes. Rules parse a path more than once, so one without end would take seconds.
const MAX_BYTES: usize = 4096;

/// Parses a path.
pub(crate) fn parse(text: &str) -> Result<Path, Problem> {
    if text.len() > MAX_BYTES {
        return Err(Problem::new(0..text.len(), "not a JSON path: longer than 4,096 bytes", None));
    }
    let mut path = Path { segments: Vec::new(), warnings: Vec::new() };
    let trimmed = text.trim_matches(WHITESPACE);
    let start = text.len() - text.trim_start_matches(WHITESPACE).len();
    if trimmed.is_empty() {
        return Err(Problem::new(0..text.len(), "empty JSON path; a path starts with `$`", None));
    }
    let around = [0..start, start + trimmed.len()..text.len()];
    for spaces in around.into_iter().filter(|spaces| !spaces.is_empty()) {
        path.warnings.push(Problem::new(spaces, "unexpected space before or after the JSON path; remove it", Some("")));
    }
    let end = start + trimmed.len();
    let first = match trimmed.strip_prefix('$') {
        Some(_) => start + 1,
        None => segments::parse_rootless(&text[..end], start, &mut path)?,
    };
    segments::parse(&text[..end], first, &mut path)?;
    Ok(path)
}

/// A path without the deviations that have a clear fix.
pub(crate) fn without_warnings(path: String) -> String {
    let Ok(parsed) = parse(&path) else { return path };
    let fixed = |path: String, problem: &Problem| problem.fixed(&path).unwrap_or(path);
    parsed.warnings.iter().rev().fold(path, fixed)
}

/// The whitespace that a path may have between its parts.
const WHITESPACE: [char; 4] = [' ', '\t', '\n', '\r'];

impl Problem {
    fn new(range: Range<usize>, message: impl Into<String>, replacement: Option<&str>) -> Self {
        Problem { range, message: message.into(), replacement: replacement.map(str::to_owned) }
    }

    /// The path without this problem, where it is clear.
    pub(crate) fn fixed(&self, path: &str) -> Option<String> {
        let replacement = self.replacement.as_deref()?;
        Some(format!("{}{replacement}{}", &path[..self.range.start], &path[self.range.end..]))
    }
}

/// Whether a name may follow a dot.
pub(crate) fn is_shorthand(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with(|char: char| char.is_ascii_digit())
        && name.chars().all(|char| char.is_ascii_alphanumeric() || char == '_' || !char.is_ascii())
}

/// A name as a segment in brackets.
fn bracketed(name: &str) -> String {
    format!("['{}']", name.replace('\\', "\\\\").replace('\'', "\\'"))
}

/// The nesting of brackets that a person still writes. Each level doubles the time that the crate takes.
const MAX_DEPTH: usize = 8;

/// Whether a segment is valid in the standard. One that is nested too deep counts as valid.
fn is_standard(segment: &str) -> bool {
    let mut open = 0_usize;
    let deepest = segment.bytes().map(|byte| {
        match byte {
            b'[' | b'(' => open += 1,
            b']' | b')' => open = open.saturating_sub(1),
            _ => {}
        }
        open
    });
    deepest.max() > Some(MAX_DEPTH) || serde_json_path::JsonPath::parse(&format!("${segment}")).is_ok()
}

#[cfg(test)]
mod tests;
