//! Problems of a date format: specifiers of other platforms, minutes in place of months.

use std::ops::Range;

use crate::spec::spelling;

use super::{SPECIFIERS, Token, TokenKind, tokens};

/// Something wrong in a format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    /// What is wrong, in bytes of the format.
    pub(crate) range: Range<usize>,
    /// Whether it is invalid in every format; else it is likely not meant.
    pub(crate) is_certain: bool,
    pub(crate) message: String,
    /// What to write in its place, where that is clear.
    replacement: Option<String>,
}

/// The problems of a format, in its order.
pub(crate) fn problems(format: &str) -> Vec<Problem> {
    if let Some(problem) = word(format).or_else(|| epoch_elsewhere(format)) {
        return vec![problem];
    }
    if let Some(problem) = c_notation(format) {
        return vec![problem];
    }
    let tokens = tokens(format);
    let checker = Checker { format, specifiers: tokens.iter().filter(|token| is_specifier(format, token)).collect() };
    tokens.iter().filter_map(|token| checker.problem(token)).collect()
}

/// The format without its problems, where all of them have a clear fix.
pub(crate) fn corrected(format: &str) -> Option<String> {
    let mut corrected = format.to_owned();
    for problem in problems(format).into_iter().rev() {
        corrected.replace_range(problem.range, &problem.replacement?);
    }
    Some(corrected).filter(|corrected| corrected != format)
}

/// A word such as `epoch` or `ISO8601`. No example has one, and .NET would copy or reject its letters.
fn word(format: &str) -> Option<Problem> {
    let plain = spelling::normalized(format);
    if !is_word(format, &plain) {
        return None;
    }
    let is_iso = ["iso", "rfc3339", "atom", "w3c"].iter().any(|word| plain.starts_with(word));
    let replacement = is_iso.then(|| "yyyy-MM-ddTHH:mm:ssZ".to_owned());
    let way_out = match is_iso {
        true => "use a format such as `yyyy-MM-ddTHH:mm:ssZ`",
        false if is_epoch(&plain) => EPOCH,
        false => "write the letters of a .NET format, such as `yyyy-MM-ddTHH:mm:ssZ`",
    };
    let message = format!("`{format}` is a name, not a date format (inferred: no example has one); {way_out}");
    Some(Problem { range: 0..format.len(), is_certain: false, message, replacement })
}

const EPOCH: &str =
    "times since 1970 cannot be expressed; if the API has a parameter with dates, use it with `yyyy-MM-ddTHH:mm:ssZ`";

/// Whether a word, without capitals and separators, names a time as a number.
fn is_epoch(plain: &str) -> bool {
    ["epoch", "unix", "posix", "timestamp", "millis", "seconds", "1970"].iter().any(|word| plain.contains(word))
        || ["long", "int", "integer", "number", "numeric"].contains(&plain)
}

/// Formats that are times since 1970 in other languages: `%s` in C, `U` in PHP, `X` and `x` in Moment.js, and guesses.
fn epoch_elsewhere(format: &str) -> Option<Problem> {
    let (is_certain, here) = match format {
        "%s" => (false, "the second of a minute"),
        "ms" => (false, "the minute and the second"),
        "U" => (false, "a date in words, such as `Sunday, 09 March 2025 14:05:06`,"),
        "X" | "x" | "S" | "0" => (true, "not a date format"),
        _ => return None,
    };
    let message = format!("`{format}` is {here} here; {EPOCH}");
    Some(Problem { range: 0..format.len(), is_certain, message, replacement: None })
}

/// Whether a string is a word, not a format: it has no two equal specifiers side by side. Names of times since 1970 may be
/// several words, or have braces around them.
fn is_word(format: &str, plain: &str) -> bool {
    let lower = format.to_ascii_lowercase();
    let is_word_char = |char: char| char.is_ascii_alphanumeric() || "_-".contains(char);
    let is_near_word = |char: char| is_word_char(char) || " .:{}()<>[]".contains(char);
    let word = format.trim_matches(['{', '}']);
    let is_one = word.len() > 2 && word.chars().all(is_word_char);
    let pairs = ["yy", "mm", "dd", "hh", "ss", "ff"];
    (is_one || is_epoch(plain) && format.chars().all(is_near_word)) && !pairs.iter().any(|pair| lower.contains(pair))
}

/// `%Y-%m-%d`: the notation of C and Python. In .NET `%` only precedes a specifier of one letter.
fn c_notation(format: &str) -> Option<Problem> {
    let count = format.match_indices('%').count();
    let mut replacement = String::new();
    let mut rest = format;
    let mut is_known = true;
    while let Some((before, after)) = rest.split_once('%') {
        replacement.push_str(before);
        let letter = after.chars().next()?;
        replacement.push_str(match letter {
            'Y' => "yyyy",
            'y' => "yy",
            'm' => "MM",
            'd' => "dd",
            'H' => "HH",
            'I' => "hh",
            'M' => "mm",
            'S' => "ss",
            'f' => "ffffff",
            'p' => "tt",
            'z' => "zzz",
            'F' => "yyyy-MM-dd",
            'T' => "HH:mm:ss",
            _ => {
                is_known = false;
                ""
            }
        });
        rest = &after[letter.len_utf8()..];
    }
    replacement.push_str(rest);
    let message = "date format of C and Python; Adobe's examples use .NET formats, such as `yyyy-MM-ddTHH:mm:ssZ`";
    let replacement = Some(replacement).filter(|_| is_known);
    (count > 1).then(|| Problem { range: 0..format.len(), is_certain: true, message: message.to_owned(), replacement })
}

/// Whether a token is a specifier, or invalid in place of one.
fn is_specifier(format: &str, token: &Token) -> bool {
    token.kind != TokenKind::Literal && format[token.range.clone()].starts_with(|char: char| char.is_ascii_alphabetic())
}

struct Checker<'f> {
    format: &'f str,
    specifiers: Vec<&'f Token>,
}

impl Checker<'_> {
    fn problem(&self, token: &Token) -> Option<Problem> {
        let written = &self.format[token.range.clone()];
        let problem = |is_certain: bool, message: String, replacement: Option<String>| {
            Some(Problem { range: token.range.clone(), is_certain, message, replacement })
        };
        let likely = |message: String, replacement: &str| problem(false, message, Some(replacement.to_owned()));
        match (token.kind, self.letter(token), written.len()) {
            (TokenKind::Literal, ..) => None,
            (TokenKind::Invalid, Some('D'), 1 | 2) if self.format.len() > 1 => {
                let right = written.to_lowercase();
                likely(format!("`{written}` is copied as is; the day of the month is `{right}`"), &right)
            }
            (TokenKind::Invalid, Some('Y'), 1..) if self.format.len() > 1 => {
                let right = written.to_lowercase();
                likely(format!("`{written}` is copied as is; the year is `{right}`"), &right)
            }
            (TokenKind::Invalid, Some(_), _) if self.is_utc(token) => None,
            (TokenKind::Invalid, Some(letter), _) if self.format.len() > 1 && !SPECIFIERS.contains(letter) => {
                let right = self.equivalent(token, letter, written.len());
                let way_out = match &right {
                    Some(right) => format!("use `{right}`"),
                    None => "remove it, or put literal text in single quotes".to_owned(),
                };
                let message = format!("`{written}` is not a .NET date format specifier and is copied as is; {way_out}");
                problem(true, message, right)
            }
            (TokenKind::Invalid, ..) => problem(true, token.meaning.clone().unwrap_or_default().into_owned(), None),
            (_, Some('m'), 1 | 2) if self.is_month(token) => {
                let right = written.to_uppercase();
                likely(format!("`{written}` is the minute; the month is `{right}`"), &right)
            }
            (_, Some('M'), 1 | 2) if self.is_minute(token) => {
                let right = written.to_lowercase();
                likely(format!("`{written}` is the month; the minute is `{right}`"), &right)
            }
            (_, Some('h'), _) if !['t', 'a', 'A'].iter().any(|half| self.has(*half)) && self.format.len() > 1 => {
                let right = written.to_uppercase();
                let message = format!("`{written}` is a 12-hour clock without AM or PM; use `{right}`, or add `tt`");
                likely(message, &right)
            }
            _ => None,
        }
    }

    /// The letter of a token, without the `%` before it.
    fn letter(&self, token: &Token) -> Option<char> {
        let letter = self.format[token.range.clone()].trim_start_matches('%').chars().next();
        letter.filter(char::is_ascii_alphabetic)
    }

    fn has(&self, letter: char) -> bool {
        self.specifiers.iter().any(|token| self.letter(token) == Some(letter))
    }

    /// The specifiers before and after a token.
    fn neighbours(&self, token: &Token) -> (Option<char>, Option<char>) {
        let at = self.specifiers.iter().position(|other| other.range == token.range);
        let letter = |at: Option<usize>| at.and_then(|at| self.specifiers.get(at)).and_then(|token| self.letter(token));
        (letter(at.and_then(|at| at.checked_sub(1))), letter(at.map(|at| at + 1)))
    }

    /// Whether a minute is among the parts of a date that has no month.
    fn is_month(&self, token: &Token) -> bool {
        let (before, after) = self.neighbours(token);
        let of_date = |letter: Option<char>| matches!(letter, Some('y' | 'Y' | 'd' | 'D'));
        let has_month = self.specifiers.iter().any(|token| self.letter(token) == Some('M') && !self.is_minute(token));
        let is_time = matches!(before, Some('h' | 'H')) || matches!(after, Some('s' | 'S'));
        (of_date(before) || of_date(after)) && !is_time && !has_month
    }

    /// Whether a month is among the parts of a time.
    fn is_minute(&self, token: &Token) -> bool {
        let (before, after) = self.neighbours(token);
        let of_date = matches!(after, Some('y' | 'Y' | 'd' | 'D'));
        (matches!(before, Some('h' | 'H')) || matches!(after, Some('s' | 'S'))) && !of_date
    }

    /// Whether a token is a letter of the word UTC, which is meant to be copied.
    fn is_utc(&self, token: &Token) -> bool {
        let holds = |(at, word): (usize, &str)| at <= token.range.start && token.range.end <= at + word.len();
        self.format.match_indices("UTC").any(holds)
    }

    /// The .NET specifier for what a letter means in Java, JavaScript and others.
    fn equivalent(&self, token: &Token, letter: char, count: usize) -> Option<String> {
        let is_fraction = matches!(self.neighbours(token).0, Some('s' | 'S'));
        Some(match letter {
            'S' if is_fraction && count <= 7 => "f".repeat(count),
            'S' if count <= 2 => "s".repeat(count),
            'a' | 'A' if self.has('h') => "tt".to_owned(),
            'u' if count > 1 => "y".repeat(count),
            'X' | 'x' if count <= 3 => "K".to_owned(),
            'E' => if count < 4 { "ddd" } else { "dddd" }.to_owned(),
            'k' => "H".repeat(count),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;

    use super::*;

    #[test]
    fn valid_formats_have_no_problems() {
        for format in [
            "yyyy-MM-ddTHH:mm:ssZ",
            "yyyy-MM-ddTHH:mm:ssK",
            "yyyy-MM-ddTHH:mm:ss:fffffffK",
            "yyyy-MM-ddTHH:mm:ss.fffZ",
            "yyyy-MM-dd'T'HH:mm:ss'Z'",
            "yyyy-MM-dd HH:mm:ss UTC",
            "MM/dd/yyyy hh:mm tt",
            "yyyyMMddHHmmss",
            "ddHHmm",
            "HH:mm dd.MM.yyyy",
            "dd MM mm:ss",
            "dd mm:ss",
            "HH:mm dd yyyy",
            "yyyy",
            "MM",
            "mm",
            "%d",
            "%h tt",
            "\\Yyyyy",
            "dddd, dd MMMM yyyy",
            "o",
            "s",
            "u",
            "R",
            "",
        ] {
            assert_eq!(problems(format), [], "{format}");
        }
    }

    #[test]
    fn each_problem_is_explained_and_corrected() {
        let mut rendered = String::new();
        for format in [
            "yyyy-mm-dd",
            "yyyy-mm-dd HH:MM:ss",
            "dd/mm/yyyy",
            "yyyymmdd",
            "HH:MM",
            "hh:mm:ss",
            "YYYY-MM-DD",
            "yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
            "MM/dd/yyyy hh:mm A",
            "HH:mm:SS",
            "EEE, d MMM yyyy",
            "%Y-%m-%dT%H:%M:%SZ",
            "%Y %j",
            "epoch",
            "unix_timestamp",
            "ISO8601",
            "iso-8601",
            "default",
            "%s",
            "U",
            "ms",
            "x",
            "0",
            "int",
            "{epoch}",
            "{START_TIME:epoch}",
            "seconds since 1970",
            "Unix time (ms)",
            "yyyy Q",
            "date: yyyy",
            "yyyy 'x",
            "ss.ffffffff",
            "X",
            "Q",
            "yyyy\\",
        ] {
            rendered += &format!("{format} -> {}\n", corrected(format).unwrap_or_default());
            for problem in problems(format) {
                let (pad, marks) = (" ".repeat(problem.range.start), "^".repeat(problem.range.len()));
                let severity = if problem.is_certain { "error" } else { "warning" };
                rendered += &format!("{pad}{marks} {severity}: {}\n", problem.message);
            }
        }
        expect![[r#"
            yyyy-mm-dd -> yyyy-MM-dd
                 ^^ warning: `mm` is the minute; the month is `MM`
            yyyy-mm-dd HH:MM:ss -> yyyy-MM-dd HH:mm:ss
                 ^^ warning: `mm` is the minute; the month is `MM`
                          ^^ warning: `MM` is the month; the minute is `mm`
            dd/mm/yyyy -> dd/MM/yyyy
               ^^ warning: `mm` is the minute; the month is `MM`
            yyyymmdd -> yyyyMMdd
                ^^ warning: `mm` is the minute; the month is `MM`
            HH:MM -> HH:mm
               ^^ warning: `MM` is the month; the minute is `mm`
            hh:mm:ss -> HH:mm:ss
            ^^ warning: `hh` is a 12-hour clock without AM or PM; use `HH`, or add `tt`
            YYYY-MM-DD -> yyyy-MM-dd
            ^^^^ warning: `YYYY` is copied as is; the year is `yyyy`
                    ^^ warning: `DD` is copied as is; the day of the month is `dd`
            yyyy-MM-dd'T'HH:mm:ss.SSSXXX -> yyyy-MM-dd'T'HH:mm:ss.fffK
                                  ^^^ error: `SSS` is not a .NET date format specifier and is copied as is; use `fff`
                                     ^^^ error: `XXX` is not a .NET date format specifier and is copied as is; use `K`
            MM/dd/yyyy hh:mm A -> MM/dd/yyyy hh:mm tt
                             ^ error: `A` is not a .NET date format specifier and is copied as is; use `tt`
            HH:mm:SS -> HH:mm:ss
                  ^^ error: `SS` is not a .NET date format specifier and is copied as is; use `ss`
            EEE, d MMM yyyy -> ddd, d MMM yyyy
            ^^^ error: `EEE` is not a .NET date format specifier and is copied as is; use `ddd`
            %Y-%m-%dT%H:%M:%SZ -> yyyy-MM-ddTHH:mm:ssZ
            ^^^^^^^^^^^^^^^^^^ error: date format of C and Python; Adobe's examples use .NET formats, such as `yyyy-MM-ddTHH:mm:ssZ`
            %Y %j -> 
            ^^^^^ error: date format of C and Python; Adobe's examples use .NET formats, such as `yyyy-MM-ddTHH:mm:ssZ`
            epoch -> 
            ^^^^^ warning: `epoch` is a name, not a date format (inferred: no example has one); times since 1970 cannot be expressed; if the API has a parameter with dates, use it with `yyyy-MM-ddTHH:mm:ssZ`
            unix_timestamp -> 
            ^^^^^^^^^^^^^^ warning: `unix_timestamp` is a name, not a date format (inferred: no example has one); times since 1970 cannot be expressed; if the API has a parameter with dates, use it with `yyyy-MM-ddTHH:mm:ssZ`
            ISO8601 -> yyyy-MM-ddTHH:mm:ssZ
            ^^^^^^^ warning: `ISO8601` is a name, not a date format (inferred: no example has one); use a format such as `yyyy-MM-ddTHH:mm:ssZ`
            iso-8601 -> yyyy-MM-ddTHH:mm:ssZ
            ^^^^^^^^ warning: `iso-8601` is a name, not a date format (inferred: no example has one); use a format such as `yyyy-MM-ddTHH:mm:ssZ`
            default -> 
            ^^^^^^^ warning: `default` is a name, not a date format (inferred: no example has one); write the letters of a .NET format, such as `yyyy-MM-ddTHH:mm:ssZ`
            %s -> 
            ^^ warning: `%s` is the second of a minute here; times since 1970 cannot be expressed; if the API has a parameter with dates, use it with `yyyy-MM-ddTHH:mm:ssZ`
            U -> 
            ^ warning: `U` is a date in words, such as `Sunday, 09 March 2025 14:05:06`, here; times since 1970 cannot be expressed; if the API has a parameter with dates, use it with `yyyy-MM-ddTHH:mm:ssZ`
            ms -> 
            ^^ warning: `ms` is the minute and the second here; times since 1970 cannot be expressed; if the API has a parameter with dates, use it with `yyyy-MM-ddTHH:mm:ssZ`
            x -> 
            ^ error: `x` is not a date format here; times since 1970 cannot be expressed; if the API has a parameter with dates, use it with `yyyy-MM-ddTHH:mm:ssZ`
            0 -> 
            ^ error: `0` is not a date format here; times since 1970 cannot be expressed; if the API has a parameter with dates, use it with `yyyy-MM-ddTHH:mm:ssZ`
            int -> 
            ^^^ warning: `int` is a name, not a date format (inferred: no example has one); times since 1970 cannot be expressed; if the API has a parameter with dates, use it with `yyyy-MM-ddTHH:mm:ssZ`
            {epoch} -> 
            ^^^^^^^ warning: `{epoch}` is a name, not a date format (inferred: no example has one); times since 1970 cannot be expressed; if the API has a parameter with dates, use it with `yyyy-MM-ddTHH:mm:ssZ`
            {START_TIME:epoch} -> 
            ^^^^^^^^^^^^^^^^^^ warning: `{START_TIME:epoch}` is a name, not a date format (inferred: no example has one); times since 1970 cannot be expressed; if the API has a parameter with dates, use it with `yyyy-MM-ddTHH:mm:ssZ`
            seconds since 1970 -> 
            ^^^^^^^^^^^^^^^^^^ warning: `seconds since 1970` is a name, not a date format (inferred: no example has one); times since 1970 cannot be expressed; if the API has a parameter with dates, use it with `yyyy-MM-ddTHH:mm:ssZ`
            Unix time (ms) -> 
            ^^^^^^^^^^^^^^ warning: `Unix time (ms)` is a name, not a date format (inferred: no example has one); times since 1970 cannot be expressed; if the API has a parameter with dates, use it with `yyyy-MM-ddTHH:mm:ssZ`
            yyyy Q -> 
                 ^ error: `Q` is not a .NET date format specifier and is copied as is; remove it, or put literal text in single quotes
            date: yyyy -> 
             ^ error: `a` is not a .NET date format specifier and is copied as is; remove it, or put literal text in single quotes
               ^ error: `e` is not a .NET date format specifier and is copied as is; remove it, or put literal text in single quotes
            yyyy 'x -> 
                 ^^ error: missing closing quote
            ss.ffffffff -> 
               ^^^^^^^^ error: at most seven fractional digits of a second can be written
            X -> 
            ^ error: `X` is not a date format here; times since 1970 cannot be expressed; if the API has a parameter with dates, use it with `yyyy-MM-ddTHH:mm:ssZ`
            Q -> 
            ^ error: a format of one character must be a standard format, such as `s`
            yyyy\ -> 
                ^ error: missing character after the backslash
        "#]].assert_eq(&rendered);
    }

    proptest! {
        #![proptest_config(ProptestConfig {
            failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default()
        })]

        #[test]
        fn problems_are_within_any_format(format in "[a-zA-Z%'\"\\\\:. ä-]{0,14}") {
            let problems = problems(&format);
            prop_assert!(problems.iter().all(|problem| format.get(problem.range.clone()).is_some()), "{:?}", problems);
            prop_assert!(corrected(&format).is_none_or(|corrected| corrected != format));
        }
    }
}
