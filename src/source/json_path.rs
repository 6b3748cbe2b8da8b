//! JSON paths as a spec holds them: the steps of a path, or what is wrong with it.
//!
//! The standard is [RFC 9535](https://www.rfc-editor.org/rfc/rfc9535); what it says of filters, numbers and escapes is asked
//! of `serde_json_path`, whose only user this is. That crate keeps its steps to itself and says where a path is wrong only
//! roughly, so the steps and the places of mistakes are found here. Which reader of JSON paths the platform has is not
//! documented: forms that common readers take beside the standard are slips, not mistakes.

mod segments;

use std::ops::Range;

/// The path of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Path {
    /// Its steps from `$`.
    pub(crate) segments: Vec<Segment>,
    /// Where it leaves the standard in a way that common readers forgive.
    pub(crate) slips: Vec<Mistake>,
}

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Segment {
    /// All of it, its dots or brackets included, in bytes of the text.
    pub(crate) range: Range<usize>,
    /// Whether it looks at every depth (`..`).
    pub(crate) descends: bool,
    /// What it picks; several only in brackets.
    pub(crate) selectors: Vec<Selector>,
}

/// What a step picks of the value that the steps before it lead to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Selector {
    /// The member of an object.
    Name(String),
    /// Every member or element: `*`.
    Every,
    /// The element of an array, from 0; a negative one counts from the end.
    Index(i64),
    /// Some elements of an array: `1:3`.
    Slice,
    /// The members or elements for which something holds: `?@.a`.
    Filter,
}

/// Something wrong in a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mistake {
    /// What is wrong, in bytes of the text; never more than that.
    pub(crate) range: Range<usize>,
    /// What is wrong and the way out, in one or two sentences.
    pub(crate) words: String,
    /// What to write in place of `range`.
    right: Option<String>,
}

impl Path {
    /// The names that it goes through, when it consists of names only.
    pub(crate) fn names(&self) -> Option<Vec<&str>> {
        self.segments.iter().map(Segment::name).collect()
    }
}

impl Segment {
    /// The name that it goes to, when it is a plain step to one member.
    pub(crate) fn name(&self) -> Option<&str> {
        match self.selectors.as_slice() {
            [Selector::Name(name)] if !self.descends => Some(name),
            _ => None,
        }
    }
}

/// The name of a response header in `headers.NAME`, the other form beside a path. Documented for `endPageIndex`; that
/// other keys of paging take it, and that it may be `headers['NAME']`, is likely, as the REST connector behind it does.
pub(crate) fn header(text: &str) -> Option<&str> {
    let (word, rest) = text.split_at_checked("headers".len())?;
    let in_quotes = |quote: char| rest.strip_prefix('[')?.strip_suffix(']')?.strip_prefix(quote)?.strip_suffix(quote);
    let name = rest.strip_prefix('.').or_else(|| in_quotes('\'')).or_else(|| in_quotes('"'))?;
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    (word.eq_ignore_ascii_case("headers") && !name.is_empty() && name.bytes().all(is_token)).then_some(name)
}

/// A name as a step of a path: `.name`, or in brackets where it has other characters than a step with a dot may have.
pub(crate) fn step_to(name: &str) -> String {
    if is_plain(name) { format!(".{name}") } else { bracketed(name) }
}

/// What a text is as a JSON path.
pub(crate) fn parse(text: &str) -> Result<Path, Mistake> {
    let mut path = Path { segments: Vec::new(), slips: Vec::new() };
    let kept = text.trim_matches(BLANKS);
    let start = text.len() - text.trim_start_matches(BLANKS).len();
    if kept.is_empty() {
        return Err(Mistake::new(0..text.len(), "The path is empty. It starts with `$`.", None));
    }
    for blanks in [0..start, start + kept.len()..text.len()].into_iter().filter(|blanks| !blanks.is_empty()) {
        path.slips.push(Mistake::new(blanks, "No blank stands before or after a JSON path. Remove it.", Some("")));
    }
    let end = start + kept.len();
    let first = match kept.strip_prefix('$') {
        Some(_) => start + 1,
        None => segments::without_root(&text[..end], start, &mut path)?,
    };
    segments::read(&text[..end], first, &mut path)?;
    Ok(path)
}

/// The blanks that a path may have between its parts.
const BLANKS: [char; 4] = [' ', '\t', '\n', '\r'];

impl Mistake {
    fn new(range: Range<usize>, words: impl Into<String>, right: Option<&str>) -> Self {
        Mistake { range, words: words.into(), right: right.map(str::to_owned) }
    }

    /// The path without this mistake, where it can be told.
    pub(crate) fn mended(&self, text: &str) -> Option<String> {
        let right = self.right.as_deref()?;
        Some(format!("{}{right}{}", &text[..self.range.start], &text[self.range.end..]))
    }
}

/// Whether a name may follow a dot.
pub(crate) fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with(|char: char| char.is_ascii_digit())
        && name.chars().all(|char| char.is_ascii_alphanumeric() || char == '_' || !char.is_ascii())
}

/// A name as a step in brackets.
fn bracketed(name: &str) -> String {
    format!("['{}']", name.replace('\\', "\\\\").replace('\'', "\\'"))
}

/// Brackets in brackets that a person still writes. Each level doubles the time that the crate takes.
const DEEPEST: usize = 8;

/// Whether the standard knows this text, which is one step, behind a `$`. Nothing is said against one that is too deep.
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
    deepest.max() > Some(DEEPEST) || serde_json_path::JsonPath::parse(&format!("${segment}")).is_ok()
}

#[cfg(test)]
mod tests;
