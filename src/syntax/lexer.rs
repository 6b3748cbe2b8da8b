//! Tokens: white space, comments, strings, numbers, words. The functions take the text and an offset, and never fail.

use std::borrow::Cow;

use super::error::ErrorKind;

/// The end of the white space at `at`: JSON's four characters, and a byte order mark at the start.
#[inline]
pub(super) fn skip_space(bytes: &[u8], mut at: usize) -> usize {
    if at == 0 && bytes.starts_with(b"\xEF\xBB\xBF") {
        at = 3;
    }
    while at < bytes.len() && matches!(bytes[at], b' ' | b'\n' | b'\r' | b'\t') {
        let begins_line = bytes[at] == b'\n';
        at += 1;
        // Indentation is a large part of most texts.
        while begins_line && bytes[at..].starts_with(b"        ") {
            at += 8;
        }
    }
    at
}

/// The end of the line with `at`, without its line break.
pub(super) fn line_end(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().position(|&byte| byte == b'\n' || byte == b'\r').map_or(bytes.len(), |found| at + found)
}

/// Whether a line break is between the two offsets.
pub(super) fn has_line_break(bytes: &[u8], from: usize, to: usize) -> bool {
    from < to && bytes[from..to].iter().any(|&byte| byte == b'\n' || byte == b'\r')
}

/// A scanned string.
#[derive(Clone, Copy)]
pub(super) struct Scanned {
    /// After the closing quote, or after the last character on the line.
    pub(super) end: usize,
    /// Whether the closing quote is there.
    pub(super) closed: bool,
    /// Whether there is a backslash in it.
    pub(super) escapes: bool,
    /// Whether there is an unescaped control character in it.
    pub(super) controls: bool,
}

/// The string whose opening quote (`"` or another) is at `at`. Without a closing quote it ends with its line.
#[inline]
pub(super) fn scan_string(bytes: &[u8], at: usize) -> Scanned {
    let quote = bytes[at];
    let mut scanned = Scanned { end: at + 1, closed: false, escapes: false, controls: false };
    while scanned.end < bytes.len() {
        match bytes[scanned.end] {
            byte if byte == quote => {
                scanned.end += 1;
                scanned.closed = true;
                return scanned;
            }
            b'\n' | b'\r' => return scanned,
            b'\\' => {
                scanned.escapes = true;
                scanned.end += 1;
                if scanned.end < bytes.len() && !matches!(bytes[scanned.end], b'\n' | b'\r') {
                    scanned.end += 1;
                }
            }
            byte => {
                scanned.controls |= byte < 0x20;
                scanned.end += 1;
            }
        }
    }
    scanned
}

/// The invalid escapes and control characters in a string: kind, start and end.
pub(super) fn string_errors(text: &str, start: usize, end: usize) -> Vec<(ErrorKind, usize, usize)> {
    let mut errors = Vec::new();
    let mut chars = text[start..end].char_indices().peekable();
    while let Some((at, char)) = chars.next() {
        let at = start + at;
        if char < ' ' {
            errors.push((ErrorKind::ControlCharacter(char), at, at + 1));
        }
        if char != '\\' {
            continue;
        }
        let Some((_, escaped)) = chars.next() else {
            errors.push((ErrorKind::InvalidEscape, at, at + 1));
            break;
        };
        let length = match escaped {
            '"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' => continue,
            'u' => text[at + 2..end].bytes().take(4).take_while(u8::is_ascii_hexdigit).count() + 2,
            other => 1 + other.len_utf8(),
        };
        if length != 6 || escaped != 'u' {
            errors.push((ErrorKind::InvalidEscape, at, at + length));
        }
    }
    errors
}

/// The value of a part of a string's text. Half of a surrogate pair becomes U+FFFD; an invalid escape stays.
pub fn unescaped(text: &str) -> Cow<'_, str> {
    if text.contains('\\') { Cow::Owned(unescape(text)) } else { Cow::Borrowed(text) }
}

fn unescape(inner: &str) -> String {
    let mut result = String::with_capacity(inner.len());
    let mut rest = inner;
    while let Some(at) = rest.find('\\') {
        result.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let Some(escaped) = rest.chars().next() else {
            result.push('\\');
            break;
        };
        let (char, length) = match escaped {
            'b' => ('\u{8}', 1),
            'f' => ('\u{c}', 1),
            'n' => ('\n', 1),
            'r' => ('\r', 1),
            't' => ('\t', 1),
            'u' => unescape_unicode(rest),
            other => (other, other.len_utf8()),
        };
        result.push(char);
        rest = &rest[length..];
    }
    result.push_str(rest);
    result
}

/// The character of `uXXXX`, or of a pair `uXXXX\uXXXX`, and how many bytes it takes.
fn unescape_unicode(rest: &str) -> (char, usize) {
    let unit = |at: usize| -> Option<u32> {
        let digits = rest.get(at..at + 4)?;
        digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok()).flatten()
    };
    let Some(first) = unit(1) else { return ('\u{FFFD}', 1) };
    if (0xD800..0xDC00).contains(&first)
        && rest.get(5..7) == Some("\\u")
        && let Some(second @ 0xDC00..0xE000) = unit(7)
    {
        let code = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
        return (char::from_u32(code).unwrap_or('\u{FFFD}'), 11);
    }
    (char::from_u32(first).unwrap_or('\u{FFFD}'), 5)
}

/// Whether a byte can be part of a bare word: anything except structure, quotes and white space.
pub(super) fn is_word(byte: u8) -> bool {
    !matches!(byte, b'{' | b'}' | b'[' | b']' | b',' | b':' | b'"' | b'\'' | b'`' | 0..=b' ')
}

/// The end of the bare word at `at`. A colon before `//` (`https://…`) is a part of it.
pub(super) fn word_end(bytes: &[u8], at: usize) -> usize {
    let mut end = at;
    while end < bytes.len() && (is_word(bytes[end]) || bytes[end..].starts_with(b"://")) {
        end += 1;
    }
    end
}

/// How many more `}` than `{`, and how many more `]` than `[`, are outside of strings.
pub(super) fn surplus_closers(bytes: &[u8]) -> [isize; 2] {
    let (mut at, mut surplus) = (0, [0; 2]);
    while at < bytes.len() {
        match bytes[at] {
            b'"' => {
                at = scan_string(bytes, at).end;
                continue;
            }
            b'{' => surplus[0] -= 1,
            b'}' => surplus[0] += 1,
            b'[' => surplus[1] -= 1,
            b']' => surplus[1] += 1,
            _ => {}
        }
        at += 1;
    }
    surplus
}

/// Whether a text is a JSON number.
pub(super) fn is_number(text: &[u8]) -> bool {
    fn digits(text: &[u8]) -> usize {
        text.iter().take_while(|byte| byte.is_ascii_digit()).count()
    }
    let rest = text.strip_prefix(b"-").unwrap_or(text);
    let whole = digits(rest);
    if whole == 0 || (whole > 1 && rest[0] == b'0') {
        return false;
    }
    let mut rest = &rest[whole..];
    if let Some(fraction) = rest.strip_prefix(b".") {
        let count = digits(fraction);
        if count == 0 {
            return false;
        }
        rest = &fraction[count..];
    }
    if let [b'e' | b'E', exponent @ ..] = rest {
        let exponent = exponent.strip_prefix(b"+").or(exponent.strip_prefix(b"-")).unwrap_or(exponent);
        return !exponent.is_empty() && digits(exponent) == exponent.len();
    }
    rest.is_empty()
}

/// The end of the comment that begins at `at`, if one does: `// …`, `# …`, `/* … */`.
pub(super) fn comment_end(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = &bytes[at..];
    if rest.starts_with(b"//") || rest.starts_with(b"#") {
        return Some(line_end(bytes, at));
    }
    if rest.starts_with(b"/*") {
        let close = rest[2..].windows(2).position(|pair| pair == b"*/");
        return Some(close.map_or(bytes.len(), |found| at + found + 4));
    }
    None
}

/// The end of the git conflict marker at `at`, if there is one.
pub(super) fn conflict_marker_end(bytes: &[u8], at: usize) -> Option<usize> {
    let marker = bytes.get(at..at + 7)?;
    if !matches!(marker, b"<<<<<<<" | b"|||||||" | b"=======" | b">>>>>>>")
        || (at > 0 && !matches!(bytes[at - 1], b'\n' | b'\r'))
    {
        return None;
    }
    let lone = marker == b"=======";
    let end = line_end(bytes, at);
    (bytes.get(at + 7).is_none_or(|byte| byte.is_ascii_whitespace()) && (!lone || end == at + 7)).then_some(end)
}
