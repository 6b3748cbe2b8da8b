//! .NET's date formats, in which times of a schedule are written: split into tokens, applied to a sample time.
//!
//! By the [documentation](https://learn.microsoft.com/en-us/dotnet/standard/base-types/custom-date-and-time-format-strings),
//! in the invariant culture. A format of one letter is a standard format, short for a longer one.

mod problems;

use std::borrow::Cow;
use std::ops::Range;

use crate::spec;

pub(crate) use problems::{Problem, corrected, problems};

/// A part of a format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    /// Its bytes in the format.
    pub(crate) range: Range<usize>,
    /// What it writes for the sample time.
    pub(crate) output: String,
    /// What it means; nothing for a character that is copied and needs no explanation.
    pub(crate) meaning: Option<Cow<'static, str>>,
    pub(crate) kind: TokenKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// Replaced by a part of the time.
    Specifier,
    /// Copied.
    Literal,
    /// Not valid in a format: a letter that .NET does not have, a quote without its pair.
    Invalid,
}

/// A date and time in UTC.
struct DateTime {
    year: u32,
    month: u32,
    day: u32,
    /// 0 is Sunday.
    weekday: usize,
    hour: u32,
    minute: u32,
    second: u32,
    /// Ten-millionths of a second.
    ticks: u32,
}

/// A Sunday on which the parts have different values, as far as a date allows.
const SAMPLE: DateTime =
    DateTime { year: 2025, month: 3, day: 9, weekday: 0, hour: 14, minute: 5, second: 6, ticks: 789_123 };

const WEEKDAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The format specifiers.
const SPECIFIERS: &str = "dfFghHKmMstyz";

/// The sample time, 2025-03-09T14:05:06.0789123Z, written in a format. Invalid tokens are copied.
pub(crate) fn format_sample(format: &str) -> String {
    write(&SAMPLE, format)
}

/// The beginning of 1970 in UTC, written in a format.
pub(crate) fn format_epoch(format: &str) -> String {
    let epoch = DateTime { year: 1970, month: 1, day: 1, weekday: 4, hour: 0, minute: 0, second: 0, ticks: 0 };
    write(&epoch, format)
}

/// The tokens of a format, in order and without gaps, each with its output for the sample time.
pub(crate) fn tokens(format: &str) -> Vec<Token> {
    tokenize(&SAMPLE, format)
}

fn write(time: &DateTime, format: &str) -> String {
    tokenize(time, format).into_iter().map(|token| token.output).collect()
}

/// No format is as long as this many bytes. The rest of one without end is one literal.
const MAX_BYTES: usize = 1000;

fn tokenize(time: &DateTime, format: &str) -> Vec<Token> {
    if let Some(token) = standard(time, format) {
        return vec![token];
    }
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    while let Some(first) = format[at..].chars().next() {
        let token = match first {
            _ if at >= MAX_BYTES => rest(format, at),
            '\'' | '"' => quoted(format, at, first),
            '\\' => escaped(format, at),
            '%' => single(time, format, at),
            first => plain(time, format, at, first),
        };
        at = token.range.end;
        // Without a digit to write, `F` also removes the point before it.
        let writes_nothing = token.output.is_empty() && format.as_bytes()[token.range.start] == b'F';
        let before = tokens.last_mut().filter(|last| last.kind == TokenKind::Literal && last.output.ends_with('.'));
        if let Some(last) = before.filter(|_| writes_nothing) {
            last.output.pop();
        }
        match tokens.last_mut() {
            Some(last) if token.is_plain_literal() && last.is_plain_literal() => {
                last.range.end = token.range.end;
                last.output.push_str(&token.output);
            }
            _ => tokens.push(token),
        }
    }
    tokens
}

impl Token {
    fn is_plain_literal(&self) -> bool {
        self.kind == TokenKind::Literal && self.meaning.is_none()
    }
}

fn rest(format: &str, at: usize) -> Token {
    Token { range: at..format.len(), output: format[at..].to_owned(), meaning: None, kind: TokenKind::Literal }
}

/// A standard format: one letter, which is short for a longer format.
fn standard(time: &DateTime, format: &str) -> Option<Token> {
    let mut chars = format.chars();
    let (Some(letter), None) = (chars.next(), chars.next()) else { return None };
    let range = 0..format.len();
    let long = match letter {
        'd' => "MM/dd/yyyy",
        'D' => "dddd, dd MMMM yyyy",
        'f' => "dddd, dd MMMM yyyy HH:mm",
        'F' | 'U' => "dddd, dd MMMM yyyy HH:mm:ss",
        'g' => "MM/dd/yyyy HH:mm",
        'G' => "MM/dd/yyyy HH:mm:ss",
        'M' | 'm' => "MMMM dd",
        'O' | 'o' => "yyyy-MM-ddTHH:mm:ss.fffffffK",
        'R' | 'r' => "ddd, dd MMM yyyy HH:mm:ss 'GMT'",
        's' => "yyyy-MM-ddTHH:mm:ss",
        't' => "HH:mm",
        'T' => "HH:mm:ss",
        'u' => "yyyy-MM-dd HH:mm:ss'Z'",
        'Y' | 'y' => "yyyy MMMM",
        other => {
            let meaning = Some("a format of one character must be a standard format, such as `s`".into());
            return Some(Token { range, output: other.to_string(), meaning, kind: TokenKind::Invalid });
        }
    };
    let meaning = Some(format!("Standard format, short for `{long}`.").into());
    Some(Token { range, output: write(time, long), meaning, kind: TokenKind::Specifier })
}

/// Literal text between quotes.
fn quoted(format: &str, at: usize, quote: char) -> Token {
    let (mut output, mut escaped) = (String::new(), false);
    for (inside, char) in format[at + 1..].char_indices() {
        match char {
            '\\' if !escaped => escaped = true,
            char if char == quote && !escaped => {
                let (range, meaning) = (at..at + 1 + inside + 1, spec::date_format_description("'…'").map(Cow::from));
                return Token { range, output, meaning, kind: TokenKind::Literal };
            }
            char => {
                output.push(char);
                escaped = false;
            }
        }
    }
    invalid(format, at..format.len(), "missing closing quote")
}

/// A backslash and the character that it makes a literal.
fn escaped(format: &str, at: usize) -> Token {
    match format[at + 1..].chars().next() {
        Some(char) => {
            let (range, meaning) = (at..at + 1 + char.len_utf8(), spec::date_format_description("\\").map(Cow::from));
            Token { range, output: char.to_string(), meaning, kind: TokenKind::Literal }
        }
        None => invalid(format, at..at + 1, "missing character after the backslash"),
    }
}

/// `%` and the specifier of one letter after it.
fn single(time: &DateTime, format: &str, at: usize) -> Token {
    match format[at + 1..].chars().next() {
        Some(char) if SPECIFIERS.contains(char) => {
            let mut token = specifier(time, format, at + 1..at + 2);
            token.range.start = at;
            token
        }
        Some(char) if char != '%' => Token {
            range: at..at + 1 + char.len_utf8(),
            output: char.to_string(),
            meaning: spec::date_format_description("%").map(Cow::from),
            kind: TokenKind::Literal,
        },
        _ => invalid(format, at..at + 1, "missing letter after `%`"),
    }
}

/// A specifier, or a character that is copied.
fn plain(time: &DateTime, format: &str, at: usize, first: char) -> Token {
    if SPECIFIERS.contains(first) {
        let length = if first == 'K' { 1 } else { format[at..].chars().take_while(|char| *char == first).count() };
        return specifier(time, format, at..at + length);
    }
    let end = at + first.len_utf8();
    let text = &format[at..end];
    match spec::date_format_description(text) {
        Some(meaning) if first.is_alphabetic() => {
            Token { range: at..end, output: text.to_owned(), meaning: Some(meaning.into()), kind: TokenKind::Literal }
        }
        None if first.is_alphabetic() => {
            let end = at + format[at..].chars().take_while(|char| *char == first).map(char::len_utf8).sum::<usize>();
            invalid(format, at..end, "not a format specifier; copied as is")
        }
        _ => Token { range: at..end, output: text.to_owned(), meaning: None, kind: TokenKind::Literal },
    }
}

fn invalid(format: &str, range: Range<usize>, meaning: &'static str) -> Token {
    Token { output: format[range.clone()].to_owned(), range, meaning: Some(meaning.into()), kind: TokenKind::Invalid }
}

/// A run of one letter, which writes a part of the time.
fn specifier(time: &DateTime, format: &str, range: Range<usize>) -> Token {
    let letters = &format[range.clone()];
    let (letter, count) = (letters.as_bytes()[0], letters.len());
    if count > 7 && matches!(letter, b'f' | b'F') {
        return invalid(format, range, "at most seven fractional digits of a second can be written");
    }
    // Longer runs mean the same as the longest that the vocabulary has.
    let meaning =
        (1..=count.min(8)).rev().find_map(|length| spec::date_format_description(&letters[..length])).map(Cow::from);
    Token { range, output: part(time, letter, count), meaning, kind: TokenKind::Specifier }
}

fn part(time: &DateTime, letter: u8, count: usize) -> String {
    let (weekday, month) = (WEEKDAYS[time.weekday], MONTHS[time.month as usize - 1]);
    let two = |number: u32| if count == 1 { number.to_string() } else { format!("{number:02}") };
    match (letter, count) {
        (b'd', 1 | 2) => two(time.day),
        (b'd', 3) => weekday[..3].to_owned(),
        (b'd', _) => weekday.to_owned(),
        (b'M', 1 | 2) => two(time.month),
        (b'M', 3) => month[..3].to_owned(),
        (b'M', _) => month.to_owned(),
        (b'y', 1 | 2) => two(time.year % 100),
        (b'y', _) => {
            let year = time.year.to_string();
            "0".repeat(count.saturating_sub(year.len())) + &year
        }
        (b'H', _) => two(time.hour),
        (b'h', _) => two((time.hour + 11) % 12 + 1),
        (b'm', _) => two(time.minute),
        (b's', _) => two(time.second),
        (b'f', _) => format!("{:07}", time.ticks)[..count].to_owned(),
        (b'F', _) => format!("{:07}", time.ticks)[..count].trim_end_matches('0').to_owned(),
        (b't', _) => (if time.hour < 12 { "AM" } else { "PM" })[..count.min(2)].to_owned(),
        (b'z', 1) => "+0".to_owned(),
        (b'z', 2) => "+00".to_owned(),
        (b'z', _) => "+00:00".to_owned(),
        (b'K', _) => "Z".to_owned(),
        _ => "A.D.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_is_written_in_the_formats_of_the_vocabulary() {
        for (format, expected) in [
            ("yyyy-MM-ddTHH:mm:ssZ", "2025-03-09T14:05:06Z"),
            ("yyyy-MM-ddTHH:mm:ssK", "2025-03-09T14:05:06Z"),
            ("yyyy-MM-ddTHH:mm:ss.fffffffK", "2025-03-09T14:05:06.0789123Z"),
            ("yyyy-MM-ddTHH:mm:ss:fffffffK", "2025-03-09T14:05:06:0789123Z"),
            ("yyyy-MM-dd HH:mm:ss", "2025-03-09 14:05:06"),
            ("MM/dd/yyyy hh:mm:ss tt zzz", "03/09/2025 02:05:06 PM +00:00"),
        ] {
            assert_eq!(format_sample(format), expected, "{format}");
        }
    }

    /// The documentation's own examples, each with its time.
    #[test]
    fn the_documented_examples_hold() {
        let june = |hour: u32, ticks: u32| DateTime {
            year: 2009,
            month: 6,
            day: 15,
            weekday: 1,
            hour,
            minute: 45,
            second: 30,
            ticks,
        };
        for (hour, ticks, format, expected) in [
            (13, 0, "%d", "15"),
            (13, 0, "dd", "15"),
            (13, 0, "ddd", "Mon"),
            (13, 0, "dddd", "Monday"),
            (13, 6_170_000, "%f", "6"),
            (13, 6_170_000, "ff", "61"),
            (13, 6_170_000, "fff", "617"),
            (13, 6_175_000, "ffff", "6175"),
            (13, 6_175_400, "fffff", "61754"),
            (13, 6_175_420, "ffffff", "617542"),
            (13, 6_175_425, "fffffff", "6175425"),
            (13, 6_170_000, "%F", "6"),
            (13, 500_000, "%F", ""),
            (13, 6_170_000, "FF", "61"),
            (13, 50_000, "FF", ""),
            (13, 6_170_000, "FFF", "617"),
            (13, 5_275_000, "FFFF", "5275"),
            (13, 6_175_400, "FFFFF", "61754"),
            (13, 5, "FFFFFF", ""),
            (13, 6_175_425, "FFFFFFF", "6175425"),
            (13, 1_150, "FFFFFFF", "000115"),
            (13, 0, "%g", "A.D."),
            (13, 0, "gg", "A.D."),
            (1, 0, "%h", "1"),
            (13, 0, "%h", "1"),
            (1, 0, "hh", "01"),
            (0, 0, "hh", "12"),
            (12, 0, "hh", "12"),
            (1, 0, "%H", "1"),
            (13, 0, "%H", "13"),
            (1, 0, "HH", "01"),
            (13, 0, "%m", "45"),
            (13, 0, "%M", "6"),
            (13, 0, "MM", "06"),
            (13, 0, "MMM", "Jun"),
            (13, 0, "MMMM", "June"),
            (13, 0, "%s", "30"),
            (13, 0, "%t", "P"),
            (1, 0, "tt", "AM"),
            (13, 0, "%y", "9"),
            (13, 0, "yy", "09"),
            (13, 0, "yyy", "2009"),
            (13, 0, "yyyy", "2009"),
            (13, 0, "yyyyy", "02009"),
            (13, 0, "%z", "+0"),
            (13, 0, "zz", "+00"),
            (13, 0, "zzz", "+00:00"),
            (13, 0, "%K", "Z"),
            (13, 0, "'arr:' h:m t", "arr: 1:45 P"),
            (13, 0, "\"arr:\" h:m t", "arr: 1:45 P"),
            (13, 0, "h \\h", "1 h"),
            (13, 0, "dd/MM/yyyy", "15/06/2009"),
            (13, 0, "ss.FFF", "30"),
            (13, 0, "s", "2009-06-15T13:45:30"),
            (13, 0, "d", "06/15/2009"),
            (13, 0, "R", "Mon, 15 Jun 2009 13:45:30 GMT"),
            (13, 0, "u", "2009-06-15 13:45:30Z"),
        ] {
            assert_eq!(write(&june(hour, ticks), format), expected, "{format}");
        }
    }

    #[test]
    fn a_year_may_have_any_number_of_digits() {
        assert_eq!(format_sample("yyyyyy"), "002025");
        assert_eq!(format_sample(&"y".repeat(70_000)).len(), 70_000);
    }

    #[test]
    fn the_rest_of_a_format_without_end_is_one_literal() {
        let tokens = tokens(&"yM".repeat(10_000));
        assert_eq!((tokens.len(), tokens.last().map(|last| last.kind)), (1001, Some(TokenKind::Literal)));
    }

    #[test]
    fn an_invalid_token_is_copied_and_explained() {
        for (format, copied, start) in [
            ("YYYY-MM", "YYYY", "not a format specifier"),
            ("yy 'x", "'x", "missing closing quote"),
            ("yy\\", "\\", "missing character"),
            ("yy%", "%", "missing letter"),
            ("ss.ffffffff", "ffffffff", "at most seven"),
            ("x", "x", "a format of one character"),
        ] {
            let invalid: Vec<_> = tokens(format).into_iter().filter(|token| token.kind == TokenKind::Invalid).collect();
            assert_eq!(invalid.len(), 1, "{format}");
            assert_eq!((&format[invalid[0].range.clone()], &*invalid[0].output), (copied, copied));
            assert!(invalid[0].meaning.as_ref().is_some_and(|meaning| meaning.starts_with(start)), "{invalid:?}");
        }
    }

    #[test]
    fn tokens_cover_the_format_and_specifiers_have_a_meaning() {
        for format in ["yyyy-MM-ddTHH:mm:ssZ", "ä'ö' \\ü%d", "", "GGG", "ddddddHHHHH KK", "%ä", "😀"] {
            let tokens = tokens(format);
            let covered: String = tokens.iter().map(|token| &format[token.range.clone()]).collect();
            assert_eq!(covered, format);
            assert!(
                tokens.iter().all(|token| token.kind == TokenKind::Literal || token.meaning.is_some()),
                "{tokens:?}"
            );
        }
        assert_eq!(tokens("T-T")[0].meaning.as_deref(), spec::date_format_description("T"));
    }
}
