//! Parses the segments of a path, one after the other.

use std::ops::Range;

use super::{Path, Problem, Segment, Selector, WHITESPACE, bracketed, is_shorthand, is_standard};

/// Parses the first name of a path that does not start with `$`; returns where it ends.
pub(crate) fn parse_rootless(text: &str, start: usize, path: &mut Path) -> Result<usize, Problem> {
    let rest = &text[start..];
    if rest.starts_with('/') && !rest.contains(['.', '[']) {
        let replacement: String = rest.split('/').filter(|name| !name.is_empty()).map(super::segment_of).collect();
        let message = "expected dots between names, found slashes; a JSON path starts with `$`";
        return Err(Problem::new(start..text.len(), message, Some(&format!("${replacement}"))));
    }
    if rest.starts_with('@') && is_segment_start(rest[1..].chars().next()) {
        let message = "`@` is only valid in filters; a JSON path starts with `$`";
        return Err(Problem::new(start..start + 1, message, Some("$")));
    }
    let message = "missing `$` at the start of the JSON path";
    if rest.starts_with(['.', '[']) {
        let range = start..start + 1;
        path.warnings.push(Problem::new(range.clone(), message, Some(&format!("${}", &text[range]))));
        return Ok(start);
    }
    let range = start..end_of_name(text, start);
    let name = &text[range.clone()];
    if !is_accepted(name) && !is_odata(name) {
        return Err(Problem::new(
            range,
            "not a JSON path; expected `$` and names after dots, as in `$.paging.next`",
            None,
        ));
    }
    let (selector, segment) = match name {
        "*" => (Selector::Wildcard, ".*".to_owned()),
        name => (Selector::Name(name.to_owned()), super::segment_of(name)),
    };
    path.warnings.push(Problem::new(range.clone(), message, Some(&format!("${segment}"))));
    let selectors = vec![selector];
    path.segments.push(Segment { range: range.clone(), is_descendant: false, selectors });
    Ok(range.end)
}

/// Parses all segments from `at` to the end of the path.
pub(crate) fn parse(text: &str, mut at: usize, path: &mut Path) -> Result<(), Problem> {
    while at < text.len() {
        let spaces = text[at..].len() - text[at..].trim_start_matches(WHITESPACE).len();
        let from = at + spaces;
        let segment = match &text[from..] {
            rest if rest.starts_with("..") => dotted(text, from, from + 2, path)?,
            rest if rest.starts_with('.') => dotted(text, from, from + 1, path)?,
            rest if rest.starts_with('[') => in_brackets(text, from, from, path)?,
            rest if rest.starts_with([']', ')', '}', '\'', '"']) => {
                return Err(unexpected(text, from));
            }
            _ => {
                let range = from..end_of_name(text, from);
                let replacement =
                    Some(super::segment_of(&text[range.clone()])).filter(|_| is_accepted(&text[range.clone()]));
                return Err(Problem::new(range, "missing dot before this name", replacement.as_deref()));
            }
        };
        at = segment.range.end;
        path.segments.push(segment);
    }
    Ok(())
}

/// Parses a segment that begins with one or two dots; `name` is the byte after them.
fn dotted(text: &str, from: usize, name: usize, path: &mut Path) -> Result<Segment, Problem> {
    let is_descendant = name - from == 2;
    if text[name..].starts_with('[') {
        if !is_descendant {
            let message = "unexpected dot before brackets (RFC 9535); remove it";
            path.warnings.push(Problem::new(from..name, message, Some("")));
        }
        return in_brackets(text, from, name, path);
    }
    let range = name..end_of_name(text, name);
    let written = &text[range.clone()];
    let segment = |selector| Segment { range: from..range.end, is_descendant, selectors: vec![selector] };
    let dots = &text[from..name];
    match written {
        "" => {
            let message = format!("missing name after `{dots}`");
            let replacement = (name == text.len()).then_some("");
            Err(Problem::new(from..name, message, replacement))
        }
        "*" => Ok(segment(Selector::Wildcard)),
        written if is_shorthand(written) => Ok(segment(Selector::Name(written.to_owned()))),
        written if is_odata(written) => {
            let replacement = format!("{}{}", if is_descendant { ".." } else { "" }, bracketed(written));
            let message = format!("`{written}` is one name; use `{replacement}`");
            path.warnings.push(Problem::new(from..range.end, message, Some(&replacement)));
            Ok(segment(Selector::Name(written.to_owned())))
        }
        written => {
            let replacement =
                format!("{}{}", if is_descendant { ".." } else { "" }, bracketed(written.trim_matches(WHITESPACE)));
            let message = |replacement: &str| {
                format!(
                    "a name after a dot has only letters, digits and `_`, and no digit first (RFC 9535); use `{replacement}`"
                )
            };
            let is_name = !written.contains(['(', ')', '{', '}', ']', '\'', '"', '\\', '*', '$', '?', ',']);
            if is_accepted(written) {
                path.warnings.push(Problem::new(from..range.end, message(&replacement), Some(&replacement)));
                return Ok(segment(Selector::Name(written.to_owned())));
            }
            Err(match is_name {
                true => Problem::new(from..range.end, message(&replacement), Some(&replacement)),
                false => Problem::new(range, "expected a name or `*` after the dot", None),
            })
        }
    }
}

/// Parses a segment in brackets, which open at `open`.
fn in_brackets(text: &str, from: usize, open: usize, path: &mut Path) -> Result<Segment, Problem> {
    let (parts, end) = parts(text, open)?;
    let mut segment = Segment { range: from..end, is_descendant: text[from..open].len() == 2, selectors: Vec::new() };
    for part in &parts {
        segment.selectors.push(selector(text, part.clone())?);
    }
    if is_standard(&text[open..end]) {
        path.warnings.extend(parts.iter().filter_map(|part| double_quotes(text, part.clone())));
        return Ok(segment);
    }
    let range = parts.iter().find(|part| !is_standard(&format!("[{}]", &text[part.start..part.end])));
    let range = range.map_or(open..end, Clone::clone);
    if segment.selectors.contains(&Selector::Filter) {
        let message = "nonstandard filter (RFC 9535); it may not be understood";
        path.warnings.push(Problem::new(range, message, None));
        return Ok(segment);
    }
    let message = "expected a quoted name, a number, a slice such as `0:5`, a filter such as `?@.id`, or `*`";
    Err(Problem::new(range, message, None))
}

/// Double quotes in a part between the brackets, which are standard but not known to the probable implementation.
fn double_quotes(text: &str, range: Range<usize>) -> Option<Problem> {
    let part = &text[range.clone()];
    let (mut single, mut quote, mut escaped, mut has_double) = (String::new(), None, false, false);
    for char in part.chars() {
        match (quote, char) {
            _ if escaped => {
                // `\"` inside double quotes needs no escape inside single quotes.
                single.push_str(if (quote, char) == (Some('"'), '"') { "" } else { "\\" });
                single.push(char);
                escaped = false;
                continue;
            }
            (Some(_), '\\') => escaped = true,
            (Some('"'), '\'') => single.push_str("\\'"),
            (Some(open), _) if char == open => {
                quote = None;
                single.push('\'');
            }
            (None, '\'' | '"') => {
                quote = Some(char);
                has_double |= char == '"';
                single.push('\'');
            }
            _ => single.push(char),
        }
    }
    let message =
        "use single quotes: Data Factory's reader of JSON paths rejects double quotes (inferred, not documented)";
    has_double.then(|| Problem::new(range, message, Some(&single)))
}

/// What one part between the brackets selects, by its first character.
fn selector(text: &str, range: Range<usize>) -> Result<Selector, Problem> {
    let part = &text[range.clone()];
    Ok(match part.chars().next() {
        None => {
            let message = "expected a quoted name, a number or `*`";
            return Err(Problem::new(range.start.saturating_sub(1)..range.end + 1, message, None));
        }
        Some('*') if part == "*" => Selector::Wildcard,
        Some('?') => Selector::Filter,
        Some(quote @ ('\'' | '"')) => Selector::Name(unquoted(part, quote)),
        Some(_) => match part.parse::<i64>() {
            Ok(index) => Selector::Index(index),
            Err(_) if is_accepted(part) && part.starts_with(|char: char| char.is_alphabetic() || char == '_') => {
                let replacement = format!("'{part}'");
                let message = format!("unquoted name in brackets; use `{replacement}`");
                return Err(Problem::new(range, message, Some(&replacement)));
            }
            Err(_) => Selector::Slice,
        },
    })
}

/// The characters of a name in quotes; unchanged if its escapes are wrong, which is reported elsewhere.
fn unquoted(part: &str, quote: char) -> String {
    let inside = part.strip_prefix(quote).and_then(|part| part.strip_suffix(quote)).unwrap_or(part);
    if !inside.contains('\\') {
        return inside.to_owned();
    }
    // Single quotes are escaped in JSON paths and double ones in JSON.
    let json = match quote {
        '\'' => format!("\"{}\"", inside.replace("\\'", "'").replace('"', "\\\"")),
        _ => part.to_owned(),
    };
    serde_json::from_str(&json).unwrap_or_else(|_| inside.to_owned())
}

/// The trimmed parts between the bracket at `open` and the one that closes it, and where that ends.
fn parts(text: &str, open: usize) -> Result<(Vec<Range<usize>>, usize), Problem> {
    let (mut parts, mut start, mut depth) = (Vec::new(), open + 1, 0_usize);
    let (mut quote, mut escaped) = (None, false);
    let trimmed = |range: Range<usize>| {
        let part = &text[range.clone()];
        let start = range.start + part.len() - part.trim_start_matches(WHITESPACE).len();
        start..start + part.trim_matches(WHITESPACE).len()
    };
    for (inside, char) in text[open..].char_indices() {
        let at = open + inside;
        match (quote, char) {
            (Some(_), '\\') if !escaped => {
                escaped = true;
                continue;
            }
            (Some((_, open)), char) if char == open && !escaped => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some((at, char)),
            (None, '[' | '(') => depth += 1,
            (None, ',') if depth == 1 => {
                parts.push(trimmed(start..at));
                start = at + 1;
            }
            (None, ']' | ')') => {
                depth -= 1;
                if depth == 0 && char == ']' {
                    parts.push(trimmed(start..at));
                    return Ok((parts, at + 1));
                }
                if depth == 0 {
                    return Err(unexpected(text, at));
                }
            }
            _ => {}
        }
        escaped = false;
    }
    Err(match quote {
        Some((at, char)) => Problem::new(at..text.len(), format!("unterminated name; missing closing `{char}`"), None),
        None => {
            let replacement = Some(format!("{}]", &text[open..])).filter(|replacement| is_standard(replacement));
            Problem::new(open..text.len(), "missing closing `]`", replacement.as_deref())
        }
    })
}

/// A bracket or quote that closes nothing.
fn unexpected(text: &str, at: usize) -> Problem {
    Problem::new(at..at + 1, format!("unexpected `{}`; remove it", &text[at..at + 1]), Some(""))
}

/// Where the name that begins at `at` ends: before the next segment.
fn end_of_name(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let name = &rest[..end_of_word(rest, 0)];
    let name = if name.ends_with(ODATA) { &rest[..end_of_word(rest, name.len() + 1)] } else { name };
    // Whitespace may separate two segments, not the parts of a name.
    at + if name.trim_matches(WHITESPACE).is_empty() { 0 } else { name.trim_end_matches(WHITESPACE).len() }
}

/// Where the word from `at` ends: before a dot or a bracket.
fn end_of_word(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    rest.find(['.', '[']).map_or(text.len(), |end| at + end)
}

/// The namespace before the dot in names such as `@odata.nextLink` and `items@odata.count`, which are one name each.
const ODATA: &str = "@odata";

/// Whether a word is such a name.
fn is_odata(word: &str) -> bool {
    word.split_once(ODATA).and_then(|(_, rest)| rest.strip_prefix('.')).is_some_and(is_shorthand)
}

/// Whether common implementations accept this as a name after a dot.
fn is_accepted(name: &str) -> bool {
    let is_usual = |char: char| char.is_alphanumeric() || "_-@:".contains(char) || !char.is_ascii();
    // `$values` and its like, as .NET writes them.
    let letters = name.strip_prefix('$').unwrap_or(name);
    name == "*" || (!letters.is_empty() && letters.chars().all(is_usual))
}

fn is_segment_start(char: Option<char>) -> bool {
    matches!(char, None | Some('.' | '['))
}
