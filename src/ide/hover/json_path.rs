//! A JSON path in words, where it is a simple one.

use super::page::code;
use super::place::{Place, key_of};

/// A step of a path.
#[derive(Debug, PartialEq)]
enum Step {
    Name(String),
    Every,
    Entry(usize),
}

/// What a path points to. Nothing where it is not simple, or no path.
pub(super) fn reading(place: &Place<'_>) -> Option<String> {
    if place.entry.format() != Some("json-path") {
        return None;
    }
    let steps = steps(&place.node.string()?)?;
    // Paths of `explodeEntityPath` begin at the node that wraps each record, all others at the answer.
    let at_record = place.object().and_then(key_of).as_deref() == Some("explodeEntityPath");
    let is_list = place.object().and_then(key_of).as_deref() == Some("contentPath");
    let what = in_words(&steps, if at_record { "each record" } else { "the answer" });
    Some(if is_list && matches!(steps.last(), Some(Step::Name(_))) {
        format!("The list {what}.")
    } else {
        sentence(&what)
    })
}

fn sentence(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map(|first| first.to_uppercase().collect::<String>() + chars.as_str() + ".").unwrap_or_default()
}

fn in_words(steps: &[Step], whole: &str) -> String {
    let mut words = whole.to_owned();
    for (index, step) in steps.iter().enumerate() {
        words = match step {
            Step::Name(name) if index == 0 => format!("{} of {words}", code(name)),
            Step::Name(name) => format!("{} in {words}", code(name)),
            Step::Every => format!("each entry of {words}"),
            Step::Entry(number) => format!("entry {} of {words}", number.saturating_add(1)),
        };
    }
    words
}

/// The steps of a path of plain names, `[0]`, `[*]` and `['name']`.
fn steps(path: &str) -> Option<Vec<Step>> {
    let mut rest = path.strip_prefix('$').unwrap_or(path);
    let mut steps = Vec::new();
    if !path.starts_with('$') {
        let end = rest.find(['.', '[']).unwrap_or(rest.len());
        steps.push(Step::Name(name(&rest[..end])?));
        rest = &rest[end..];
    }
    while !rest.is_empty() {
        if let Some(inside) = rest.strip_prefix('[') {
            let end = inside.find(']')?;
            steps.push(bracketed(&inside[..end])?);
            rest = &inside[end + 1..];
        } else {
            let inside = rest.strip_prefix('.')?;
            let end = inside.find(['.', '[']).unwrap_or(inside.len());
            steps.push(if &inside[..end] == "*" { Step::Every } else { Step::Name(name(&inside[..end])?) });
            rest = &inside[end..];
        }
    }
    Some(steps)
}

fn name(text: &str) -> Option<String> {
    let is_plain = !text.is_empty() && text.chars().all(|char| char.is_alphanumeric() || "_-@:".contains(char));
    is_plain.then(|| text.to_owned())
}

fn bracketed(text: &str) -> Option<Step> {
    let between = |quote: char| text.strip_prefix(quote)?.strip_suffix(quote);
    match text {
        "*" => Some(Step::Every),
        _ if text.bytes().all(|byte| byte.is_ascii_digit()) => text.parse().ok().map(Step::Entry),
        _ => between('\'').or_else(|| between('"')).map(|name| Step::Name(name.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(path: &str) -> Option<String> {
        steps(path).map(|steps| in_words(&steps, "the answer"))
    }

    #[test]
    fn simple_paths_are_read_and_others_are_not() {
        assert_eq!(read("$").as_deref(), Some("the answer"));
        assert_eq!(read("$.members").as_deref(), Some("`members` of the answer"));
        assert_eq!(read("paging.next").as_deref(), Some("`next` in `paging` of the answer"));
        assert_eq!(read("$['a b'][0].c[*]").as_deref(), Some("each entry of `c` in entry 1 of `a b` of the answer"));
        for path in ["", "$..a", "$.a[?(@.b)]", "$.a.", "$.a[", "$x", "$.a[1:2]", "{PATH}"] {
            assert_eq!(read(path), None, "{path}");
        }
    }
}
