//! Placeholders in strings: `${name}`, `{WORD}`, `@{…}`.
//!
//! Works on a string's text as written. None of these forms has a character that JSON must escape, so escapes around them
//! do not matter.

use std::ops::Range;

/// The kind of a placeholder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PartKind {
    /// `${name}`: replaced by what the user entered for that input.
    Input,
    /// `{WORD}` or `{name}`: single braces.
    Word,
    /// `{{name}}` or `${{name}}`: double braces.
    Double,
    /// `@{…}`: an expression of Azure Data Factory.
    Expression,
}

/// A placeholder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The kind.
    pub kind: PartKind,
    /// The complete range, in bytes of the document.
    pub range: Range<usize>,
    /// The range between the braces, in which a name may be written with escapes.
    pub name: Range<usize>,
    /// Whether it has its closing brace.
    pub closed: bool,
}

/// The placeholders in a text that begins at byte `start` of its document, in order. A placeholder without closing brace ends
/// after its name.
pub fn parts(text: &str, start: usize) -> Vec<Part> {
    let bytes = text.as_bytes();
    let mut parts = Vec::new();
    let mut at = 0;
    while let Some(found) = bytes[at..].iter().position(|&byte| byte == b'{') {
        let open = at + found;
        let before = open.checked_sub(1).filter(|&before| before >= at).map(|before| bytes[before]);
        let part = match before {
            Some(b'$') if bytes.get(open + 1) == Some(&b'{') => named(text, PartKind::Double, open - 1, open + 2, "}}"),
            Some(b'$') => named(text, PartKind::Input, open - 1, open + 1, "}"),
            Some(b'@') => expression(bytes, open),
            _ if bytes.get(open + 1) == Some(&b'{') => named(text, PartKind::Double, open, open + 2, "}}"),
            _ => named(text, PartKind::Word, open, open + 1, "}"),
        };
        at = part.range.end.max(open + 1);
        let moved = |range: Range<usize>| range.start + start..range.end + start;
        parts.push(Part { range: moved(part.range), name: moved(part.name), ..part });
    }
    parts
}

fn named(text: &str, kind: PartKind, from: usize, name: usize, close: &str) -> Part {
    let rest = &text[name..];
    let stop = rest.find(['{', '}']).unwrap_or(rest.len());
    if rest[stop..].starts_with(close) {
        return Part { kind, range: from..name + stop + close.len(), name: name..name + stop, closed: true };
    }
    let length = rest.find(|char: char| !(char.is_alphanumeric() || "_-.".contains(char))).unwrap_or(rest.len());
    Part { kind, range: from..name + length, name: name..name + length, closed: false }
}

/// An expression ends at the brace that balances its first one; braces inside `'…'` do not count.
fn expression(bytes: &[u8], open: usize) -> Part {
    let (mut depth, mut quoted) = (0usize, false);
    for (at, byte) in bytes.iter().enumerate().skip(open) {
        match byte {
            b'\'' => quoted = !quoted,
            b'{' if !quoted => depth += 1,
            b'}' if !quoted => depth -= 1,
            _ => continue,
        }
        if depth == 0 && !quoted {
            return Part { kind: PartKind::Expression, range: open - 1..at + 1, name: open + 1..at, closed: true };
        }
    }
    Part { kind: PartKind::Expression, range: open - 1..bytes.len(), name: open + 1..bytes.len(), closed: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(PartKind, &str)]) {
        let found: Vec<_> = parts(text, 0).into_iter().map(|part| (part.kind, &text[part.range])).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn part_kinds_are_distinguished() {
        check("/lists/${listId}/x", &[(PartKind::Input, "${listId}")]);
        check("a{B}c{{d}}e", &[(PartKind::Word, "{B}"), (PartKind::Double, "{{d}}")]);
        check(
            "/e@{if(empty('}'),'{x',concat('{','}'))}?q=${a}",
            &[(PartKind::Expression, "@{if(empty('}'),'{x',concat('{','}'))}"), (PartKind::Input, "${a}")],
        );
        check("/${{a}}/$ {b}", &[(PartKind::Double, "${{a}}"), (PartKind::Word, "{b}")]);
    }

    #[test]
    fn unclosed_placeholder_ends_after_its_name() {
        check("/${list/x", &[(PartKind::Input, "${list")]);
        check("${", &[(PartKind::Input, "${")]);
        check("${a${b}", &[(PartKind::Input, "${a"), (PartKind::Input, "${b}")]);
        check("${{a/b", &[(PartKind::Double, "${{a")]);
        check("{{a} {", &[(PartKind::Double, "{{a"), (PartKind::Word, "{")]);
        check("@{x", &[(PartKind::Expression, "@{x")]);
    }
}
