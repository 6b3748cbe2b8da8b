//! The steps of a path, one after the other.

use std::ops::Range;

use super::{BLANKS, Mistake, Path, Segment, Selector, bracketed, is_plain, is_standard};

/// Reads the first name of a path that does not start at `$`; gives back where it goes on.
pub(crate) fn without_root(text: &str, start: usize, path: &mut Path) -> Result<usize, Mistake> {
    let rest = &text[start..];
    if rest.starts_with('/') && !rest.contains(['.', '[']) {
        let right: String = rest.split('/').filter(|name| !name.is_empty()).map(super::step_to).collect();
        let words = "A JSON path has dots between its names, not slashes, and starts with `$`.";
        return Err(Mistake::new(start..text.len(), words, Some(&format!("${right}"))));
    }
    if rest.starts_with('@') && is_between_steps(rest[1..].chars().next()) {
        let words = "`@` is a word of filters. A JSON path starts with `$`.";
        return Err(Mistake::new(start..start + 1, words, Some("$")));
    }
    let words = "A JSON path starts with `$`, which is missing here.";
    if rest.starts_with(['.', '[']) {
        let range = start..start + 1;
        path.slips.push(Mistake::new(range.clone(), words, Some(&format!("${}", &text[range]))));
        return Ok(start);
    }
    let range = start..end_of_name(text, start);
    let name = &text[range.clone()];
    if !is_forgiven(name) {
        return Err(Mistake::new(
            range,
            "This is not a JSON path. One starts with `$` and has names behind dots, as in `$.paging.next`.",
            None,
        ));
    }
    let (selector, step) = match name {
        "*" => (Selector::Every, ".*".to_owned()),
        name => (Selector::Name(name.to_owned()), super::step_to(name)),
    };
    path.slips.push(Mistake::new(range.clone(), words, Some(&format!("${step}"))));
    let selectors = vec![selector];
    path.segments.push(Segment { range: range.clone(), descends: false, selectors });
    Ok(range.end)
}

/// Reads all steps from `at` to the end of the text.
pub(crate) fn read(text: &str, mut at: usize, path: &mut Path) -> Result<(), Mistake> {
    while at < text.len() {
        let blanks = text[at..].len() - text[at..].trim_start_matches(BLANKS).len();
        let from = at + blanks;
        let segment = match &text[from..] {
            rest if rest.starts_with("..") => dotted(text, from, from + 2, path)?,
            rest if rest.starts_with('.') => dotted(text, from, from + 1, path)?,
            rest if rest.starts_with('[') => in_brackets(text, from, from, path)?,
            rest if rest.starts_with([']', ')', '}', '\'', '"']) => {
                return Err(Mistake::new(from..from + 1, "This closes nothing. Remove it.", Some("")));
            }
            _ => {
                let range = from..end_of_name(text, from);
                let right = Some(super::step_to(&text[range.clone()])).filter(|_| is_forgiven(&text[range.clone()]));
                return Err(Mistake::new(range, "A dot is missing before this name.", right.as_deref()));
            }
        };
        at = segment.range.end;
        path.segments.push(segment);
    }
    Ok(())
}

/// A step that begins with one or two dots; `name` is the byte behind them.
fn dotted(text: &str, from: usize, name: usize, path: &mut Path) -> Result<Segment, Mistake> {
    let descends = name - from == 2;
    if text[name..].starts_with('[') {
        if !descends {
            let words = "No dot stands before brackets in the standard for JSON paths. Remove it.";
            path.slips.push(Mistake::new(from..name, words, Some("")));
        }
        return in_brackets(text, from, name, path);
    }
    let range = name..end_of_name(text, name);
    let written = &text[range.clone()];
    let segment = |selector| Segment { range: from..range.end, descends, selectors: vec![selector] };
    let dots = &text[from..name];
    match written {
        "" => {
            let words = format!("A name is missing after `{dots}`. Write it, or remove `{dots}`.");
            let right = (name == text.len()).then_some("");
            Err(Mistake::new(from..name, words, right))
        }
        "*" => Ok(segment(Selector::Every)),
        written if is_plain(written) => Ok(segment(Selector::Name(written.to_owned()))),
        written => {
            let right = format!("{}{}", if descends { ".." } else { "" }, bracketed(written.trim_matches(BLANKS)));
            let words = |right: &str| {
                let taken = "A name after a dot has letters, digits and `_` only, and no digit first (RFC 9535).";
                format!("{taken} Write it in brackets: `{right}`.")
            };
            let is_name = !written.contains(['(', ')', '{', '}', ']', '\'', '"', '\\', '*', '$', '?', ',']);
            if is_forgiven(written) {
                path.slips.push(Mistake::new(from..range.end, words(&right), Some(&right)));
                return Ok(segment(Selector::Name(written.to_owned())));
            }
            Err(match is_name {
                true => Mistake::new(from..range.end, words(&right), Some(&right)),
                false => Mistake::new(range, "This is neither a name nor `*`, which alone may follow a dot.", None),
            })
        }
    }
}

/// A step in brackets, which open at `open`.
fn in_brackets(text: &str, from: usize, open: usize, path: &mut Path) -> Result<Segment, Mistake> {
    let (parts, end) = parts(text, open)?;
    let mut segment = Segment { range: from..end, descends: text[from..open].len() == 2, selectors: Vec::new() };
    for part in &parts {
        segment.selectors.push(selector(text, part.clone())?);
    }
    if is_standard(&text[open..end]) {
        return Ok(segment);
    }
    let range = parts.iter().find(|part| !is_standard(&format!("[{}]", &text[part.start..part.end])));
    let range = range.map_or(open..end, Clone::clone);
    if segment.selectors.contains(&Selector::Filter) {
        let words = "This filter is not as the standard for JSON paths (RFC 9535) has it, so it may not be understood.";
        path.slips.push(Mistake::new(range, words, None));
        return Ok(segment);
    }
    let words = "Brackets hold a name in quotes, a number, a slice such as `0:5`, a filter such as `?@.id`, or `*`.";
    Err(Mistake::new(range, words, None))
}

/// What one part between the brackets picks, as far as its first character says it.
fn selector(text: &str, range: Range<usize>) -> Result<Selector, Mistake> {
    let part = &text[range.clone()];
    Ok(match part.chars().next() {
        None => {
            let words = "A name in quotes, a number or `*` is missing between the brackets.";
            return Err(Mistake::new(range.start.saturating_sub(1)..range.end + 1, words, None));
        }
        Some('*') if part == "*" => Selector::Every,
        Some('?') => Selector::Filter,
        Some(quote @ ('\'' | '"')) => Selector::Name(unquoted(part, quote)),
        Some(_) => match part.parse::<i64>() {
            Ok(index) => Selector::Index(index),
            Err(_) if is_forgiven(part) && part.starts_with(|char: char| char.is_alphabetic() || char == '_') => {
                let right = format!("'{part}'");
                let words = format!("A name in brackets stands in quotes. Write `{right}`.");
                return Err(Mistake::new(range, words, Some(&right)));
            }
            Err(_) => Selector::Slice,
        },
    })
}

/// The characters of a name in quotes; as it stands where its escapes are wrong, which is said elsewhere.
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

/// The parts between the bracket at `open` and the one that closes it, without the blanks around them, and where it ends.
fn parts(text: &str, open: usize) -> Result<(Vec<Range<usize>>, usize), Mistake> {
    let (mut parts, mut start, mut depth) = (Vec::new(), open + 1, 0_usize);
    let (mut quote, mut escaped) = (None, false);
    let trimmed = |range: Range<usize>| {
        let part = &text[range.clone()];
        let start = range.start + part.len() - part.trim_start_matches(BLANKS).len();
        start..start + part.trim_matches(BLANKS).len()
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
                    return Err(Mistake::new(at..at + 1, "This closes nothing. Remove it.", Some("")));
                }
            }
            _ => {}
        }
        escaped = false;
    }
    Err(match quote {
        Some((at, char)) => Mistake::new(at..text.len(), format!("The {char} that ends this name is missing."), None),
        None => {
            let right = Some(format!("{}]", &text[open..])).filter(|right| is_standard(right));
            Mistake::new(open..text.len(), "The closing `]` is missing.", right.as_deref())
        }
    })
}

/// Where the name that begins at `at` ends: before the next step.
fn end_of_name(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let name = rest.find(['.', '[']).map_or(rest, |end| &rest[..end]);
    // Blanks may stand between two steps, not within a name.
    at + if name.trim_matches(BLANKS).is_empty() { 0 } else { name.trim_end_matches(BLANKS).len() }
}

/// Whether common readers take this for a name after a dot.
fn is_forgiven(name: &str) -> bool {
    let is_usual = |char: char| char.is_alphanumeric() || "_-@:".contains(char) || !char.is_ascii();
    // `$values` and its like, as .NET writes them.
    let letters = name.strip_prefix('$').unwrap_or(name);
    name == "*" || (!letters.is_empty() && letters.chars().all(is_usual))
}

fn is_between_steps(char: Option<char>) -> bool {
    matches!(char, None | Some('.' | '['))
}
