//! .NET's date formats, in which the service writes the times of a schedule: read into runs, applied to a sample time.
//!
//! As the [documentation](https://learn.microsoft.com/en-us/dotnet/standard/base-types/custom-date-and-time-format-strings)
//! has it, in the invariant culture. A format of one letter is a standard format there, short for a longer one.

mod mistakes;

use std::borrow::Cow;
use std::ops::Range;

use crate::spec;

pub(crate) use mistakes::{Mistake, mistakes, near};

/// A part of a format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Run {
    /// Its bytes in the format.
    pub(crate) range: Range<usize>,
    /// What becomes of it for the sample time.
    pub(crate) text: String,
    /// What it means; nothing for a character that is copied and needs no words.
    pub(crate) meaning: Option<Cow<'static, str>>,
    /// What sort of part it is.
    pub(crate) kind: RunKind,
}

/// A sort of part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RunKind {
    /// Replaced by a part of the time.
    Letter,
    /// Copied.
    Text,
    /// Nothing that a format may hold: a letter that .NET does not have, a quote without its pair.
    Unknown,
}

/// A moment as the clock and the calendar show it, in UTC.
struct Moment {
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

/// A Sunday on which every part has a value of its own, as far as a date allows.
const SAMPLE: Moment =
    Moment { year: 2025, month: 3, day: 9, weekday: 0, hour: 14, minute: 5, second: 6, ticks: 789_123 };

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

/// The letters that stand for a part of the time, a run of them for one form of it.
const LETTERS: &str = "dfFghHKmMstyz";

/// The sample time, 2025-03-09T14:05:06.0789123Z, written in a format. What is wrong in the format is copied.
pub(crate) fn apply(format: &str) -> String {
    written(&SAMPLE, format)
}

/// The parts of a format, in order and without gaps, each with what becomes of it for the sample time.
pub(crate) fn runs(format: &str) -> Vec<Run> {
    read(&SAMPLE, format)
}

fn written(moment: &Moment, format: &str) -> String {
    read(moment, format).into_iter().map(|run| run.text).collect()
}

fn read(moment: &Moment, format: &str) -> Vec<Run> {
    if let Some(run) = whole(moment, format) {
        return vec![run];
    }
    let mut runs: Vec<Run> = Vec::new();
    let mut at = 0;
    while let Some(first) = format[at..].chars().next() {
        let run = match first {
            '\'' | '"' => quoted(format, at, first),
            '\\' => escaped(format, at),
            '%' => alone(moment, format, at),
            first => plain(moment, format, at, first),
        };
        at = run.range.end;
        // Without a digit to write, `F` takes back the point before it.
        let writes_nothing = run.text.is_empty() && format.as_bytes()[run.range.start] == b'F';
        let before = runs.last_mut().filter(|last| last.kind == RunKind::Text && last.text.ends_with('.'));
        if let Some(last) = before.filter(|_| writes_nothing) {
            last.text.pop();
        }
        match runs.last_mut() {
            Some(last) if run.is_mere_text() && last.is_mere_text() => {
                last.range.end = run.range.end;
                last.text.push_str(&run.text);
            }
            _ => runs.push(run),
        }
    }
    runs
}

impl Run {
    fn is_mere_text(&self) -> bool {
        self.kind == RunKind::Text && self.meaning.is_none()
    }
}

/// A format of one letter, which is short for a longer format.
fn whole(moment: &Moment, format: &str) -> Option<Run> {
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
            let meaning = Some("A format of one character must be a letter that stands for a whole format.".into());
            return Some(Run { range, text: other.to_string(), meaning, kind: RunKind::Unknown });
        }
    };
    let meaning = Some(format!("Alone, it is short for `{long}`.").into());
    Some(Run { range, text: written(moment, long), meaning, kind: RunKind::Letter })
}

/// Text between quotes.
fn quoted(format: &str, at: usize, quote: char) -> Run {
    let (mut text, mut escaped) = (String::new(), false);
    for (inside, char) in format[at + 1..].char_indices() {
        match char {
            '\\' if !escaped => escaped = true,
            char if char == quote && !escaped => {
                let (range, meaning) = (at..at + 1 + inside + 1, spec::date_format_description("'…'").map(Cow::from));
                return Run { range, text, meaning, kind: RunKind::Text };
            }
            char => {
                text.push(char);
                escaped = false;
            }
        }
    }
    unknown(format, at..format.len(), "The quote at the end is missing.")
}

/// A backslash and the character that it keeps as it is.
fn escaped(format: &str, at: usize) -> Run {
    match format[at + 1..].chars().next() {
        Some(char) => {
            let (range, meaning) = (at..at + 1 + char.len_utf8(), spec::date_format_description("\\").map(Cow::from));
            Run { range, text: char.to_string(), meaning, kind: RunKind::Text }
        }
        None => unknown(format, at..at + 1, "A character must follow."),
    }
}

/// `%` and the letter that it sets apart.
fn alone(moment: &Moment, format: &str, at: usize) -> Run {
    match format[at + 1..].chars().next() {
        Some(char) if LETTERS.contains(char) => {
            let mut run = letters(moment, format, at + 1..at + 2);
            run.range.start = at;
            run
        }
        Some(char) if char != '%' => Run {
            range: at..at + 1 + char.len_utf8(),
            text: char.to_string(),
            meaning: spec::date_format_description("%").map(Cow::from),
            kind: RunKind::Text,
        },
        _ => unknown(format, at..at + 1, "A letter must follow."),
    }
}

/// A run of one letter, or a character that is copied.
fn plain(moment: &Moment, format: &str, at: usize, first: char) -> Run {
    if LETTERS.contains(first) {
        let length = if first == 'K' { 1 } else { format[at..].chars().take_while(|char| *char == first).count() };
        return letters(moment, format, at..at + length);
    }
    let end = at + first.len_utf8();
    let text = &format[at..end];
    match spec::date_format_description(text) {
        Some(words) if first.is_alphabetic() => {
            Run { range: at..end, text: text.to_owned(), meaning: Some(words.into()), kind: RunKind::Text }
        }
        None if first.is_alphabetic() => {
            let end = at + format[at..].chars().take_while(|char| *char == first).map(char::len_utf8).sum::<usize>();
            unknown(format, at..end, "Not a format letter: copied as it stands.")
        }
        _ => Run { range: at..end, text: text.to_owned(), meaning: None, kind: RunKind::Text },
    }
}

fn unknown(format: &str, range: Range<usize>, meaning: &'static str) -> Run {
    Run { text: format[range.clone()].to_owned(), range, meaning: Some(meaning.into()), kind: RunKind::Unknown }
}

/// The part of the time that a run of one letter stands for.
fn letters(moment: &Moment, format: &str, range: Range<usize>) -> Run {
    let run = &format[range.clone()];
    let (letter, count) = (run.as_bytes()[0], run.len());
    if count > 7 && matches!(letter, b'f' | b'F') {
        return unknown(format, range, "At most seven digits of a second can be written.");
    }
    // Longer runs say the same as the longest that has words.
    let meaning = (1..=count).rev().find_map(|length| spec::date_format_description(&run[..length])).map(Cow::from);
    Run { range, text: part(moment, letter, count), meaning, kind: RunKind::Letter }
}

fn part(moment: &Moment, letter: u8, count: usize) -> String {
    let (weekday, month) = (WEEKDAYS[moment.weekday], MONTHS[moment.month as usize - 1]);
    let two = |number: u32| if count == 1 { number.to_string() } else { format!("{number:02}") };
    match (letter, count) {
        (b'd', 1 | 2) => two(moment.day),
        (b'd', 3) => weekday[..3].to_owned(),
        (b'd', _) => weekday.to_owned(),
        (b'M', 1 | 2) => two(moment.month),
        (b'M', 3) => month[..3].to_owned(),
        (b'M', _) => month.to_owned(),
        (b'y', 1 | 2) => two(moment.year % 100),
        (b'y', _) => format!("{:0count$}", moment.year),
        (b'H', _) => two(moment.hour),
        (b'h', _) => two((moment.hour + 11) % 12 + 1),
        (b'm', _) => two(moment.minute),
        (b's', _) => two(moment.second),
        (b'f', _) => format!("{:07}", moment.ticks)[..count].to_owned(),
        (b'F', _) => format!("{:07}", moment.ticks)[..count].trim_end_matches('0').to_owned(),
        (b't', _) => (if moment.hour < 12 { "AM" } else { "PM" })[..count.min(2)].to_owned(),
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
    fn the_sample_in_the_formats_of_the_vocabulary() {
        for (format, expected) in [
            ("yyyy-MM-ddTHH:mm:ssZ", "2025-03-09T14:05:06Z"),
            ("yyyy-MM-ddTHH:mm:ssK", "2025-03-09T14:05:06Z"),
            ("yyyy-MM-ddTHH:mm:ss.fffffffK", "2025-03-09T14:05:06.0789123Z"),
            ("yyyy-MM-ddTHH:mm:ss:fffffffK", "2025-03-09T14:05:06:0789123Z"),
            ("yyyy-MM-dd HH:mm:ss", "2025-03-09 14:05:06"),
            ("MM/dd/yyyy hh:mm:ss tt zzz", "03/09/2025 02:05:06 PM +00:00"),
        ] {
            assert_eq!(apply(format), expected, "{format}");
        }
    }

    /// The documentation's own examples, each with its time.
    #[test]
    fn the_documented_examples() {
        let june = |hour: u32, ticks: u32| Moment {
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
            assert_eq!(written(&june(hour, ticks), format), expected, "{format}");
        }
    }

    #[test]
    fn what_no_format_has_is_shown_and_named() {
        for (format, kept, words) in [
            ("YYYY-MM", "YYYY", "Not a format letter"),
            ("yy 'x", "'x", "The quote"),
            ("yy\\", "\\", "A character must"),
            ("yy%", "%", "A letter must"),
            ("ss.ffffffff", "ffffffff", "At most seven"),
            ("x", "x", "A format of one character"),
        ] {
            let found: Vec<_> = runs(format).into_iter().filter(|run| run.kind == RunKind::Unknown).collect();
            assert_eq!(found.len(), 1, "{format}");
            assert_eq!((&format[found[0].range.clone()], &*found[0].text), (kept, kept));
            assert!(found[0].meaning.as_ref().is_some_and(|meaning| meaning.starts_with(words)), "{found:?}");
        }
    }

    #[test]
    fn runs_cover_the_format_and_letters_have_words() {
        for format in ["yyyy-MM-ddTHH:mm:ssZ", "ä'ö' \\ü%d", "", "GGG", "ddddddHHHHH KK", "%ä", "😀"] {
            let runs = runs(format);
            let covered: String = runs.iter().map(|run| &format[run.range.clone()]).collect();
            assert_eq!(covered, format);
            assert!(runs.iter().all(|run| run.kind == RunKind::Text || run.meaning.is_some()), "{runs:?}");
        }
        assert_eq!(runs("T-T")[0].meaning.as_deref(), spec::date_format_description("T"));
    }
}
