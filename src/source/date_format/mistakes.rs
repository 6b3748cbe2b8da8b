//! What is wrong in a date format, and likely slips: letters as other platforms have them, minutes where months are meant.

use std::ops::Range;

use super::{LETTERS, Run, RunKind, runs};

/// Something wrong in a format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mistake {
    /// What is wrong, in bytes of the format.
    pub(crate) range: Range<usize>,
    /// Whether no format may hold it; else it is likely a slip.
    pub(crate) is_certain: bool,
    /// What is wrong and the way out.
    pub(crate) words: String,
    /// What to write in its place, where that can be told.
    right: Option<String>,
}

/// What is wrong in a format, in its order. Nothing in a word such as `epoch`, which is no date format at all: whether the
/// service has such words is not known.
pub(crate) fn mistakes(format: &str) -> Vec<Mistake> {
    if is_a_word(format) {
        return Vec::new();
    }
    if let Some(mistake) = c_notation(format) {
        return vec![mistake];
    }
    let runs = runs(format);
    let reader = Reader { format, letters: runs.iter().filter(|run| is_letter(format, run)).collect() };
    runs.iter().filter_map(|run| reader.mistake(run)).collect()
}

/// The format with all that can be told put right.
pub(crate) fn near(format: &str) -> Option<String> {
    let mut near = format.to_owned();
    for mistake in mistakes(format).into_iter().rev() {
        near.replace_range(mistake.range, &mistake.right?);
    }
    Some(near).filter(|near| near != format)
}

/// Whether a text is a word, not a format: no two of the letters that dates are written with stand together.
fn is_a_word(format: &str) -> bool {
    let lower = format.to_ascii_lowercase();
    let is_wordly = |char: char| char.is_ascii_alphanumeric() || "_-".contains(char);
    let pairs = ["yy", "mm", "dd", "hh", "ss", "ff"];
    format.len() > 2 && format.chars().all(is_wordly) && !pairs.iter().any(|pair| lower.contains(pair))
}

/// `%Y-%m-%d`: the notation of C and Python. In .NET `%` only sets a letter apart.
fn c_notation(format: &str) -> Option<Mistake> {
    let count = format.match_indices('%').count();
    let mut right = String::new();
    let mut rest = format;
    let mut is_known = true;
    while let Some((before, after)) = rest.split_once('%') {
        right.push_str(before);
        let letter = after.chars().next()?;
        right.push_str(match letter {
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
    right.push_str(rest);
    let words = "This is the notation of C and Python. Adobe's examples have .NET's, as in `yyyy-MM-ddTHH:mm:ssZ`.";
    let right = Some(right).filter(|_| is_known);
    (count > 1).then(|| Mistake { range: 0..format.len(), is_certain: true, words: words.to_owned(), right })
}

/// Whether a run is a part of the time, or stands where one is meant.
fn is_letter(format: &str, run: &Run) -> bool {
    run.kind != RunKind::Text && format[run.range.clone()].starts_with(|char: char| char.is_ascii_alphabetic())
}

struct Reader<'f> {
    format: &'f str,
    letters: Vec<&'f Run>,
}

impl Reader<'_> {
    fn mistake(&self, run: &Run) -> Option<Mistake> {
        let written = &self.format[run.range.clone()];
        let mistake = |is_certain: bool, words: String, right: Option<String>| {
            Some(Mistake { range: run.range.clone(), is_certain, words, right })
        };
        let slip = |words: String, right: &str| mistake(false, words, Some(right.to_owned()));
        match (run.kind, self.letter(run), written.len()) {
            (RunKind::Text, ..) => None,
            (RunKind::Unknown, Some('D'), 1 | 2) if self.format.len() > 1 => {
                let right = written.to_lowercase();
                slip(format!("`{written}` is copied as it stands. The day of the month is `{right}`."), &right)
            }
            (RunKind::Unknown, Some('Y'), 1..) if self.format.len() > 1 => {
                let right = written.to_lowercase();
                slip(format!("`{written}` is copied as it stands. The year is `{right}`."), &right)
            }
            (RunKind::Unknown, Some(_), _) if self.is_utc(run) => None,
            (RunKind::Unknown, Some(letter), _) if self.format.len() > 1 && !LETTERS.contains(letter) => {
                let right = self.stands_for(run, letter, written.len());
                let way_out = match &right {
                    Some(right) => format!("Write `{right}`"),
                    None => "Remove it, or put it between single quotes if it is text".to_owned(),
                };
                let words =
                    format!("`{written}` is no letter of .NET's date formats and copied as it stands. {way_out}.");
                mistake(true, words, right)
            }
            (RunKind::Unknown, ..) => mistake(true, run.meaning.clone().unwrap_or_default().into_owned(), None),
            (_, Some('m'), 1 | 2) if self.is_month(run) => {
                let right = written.to_uppercase();
                slip(format!("`{written}` is the minute. The month is `{right}`."), &right)
            }
            (_, Some('M'), 1 | 2) if self.is_minute(run) => {
                let right = written.to_lowercase();
                slip(format!("`{written}` is the month. The minute is `{right}`."), &right)
            }
            (_, Some('h'), _) if !['t', 'a', 'A'].iter().any(|half| self.has(*half)) && self.format.len() > 1 => {
                let right = written.to_uppercase();
                let words = format!(
                    "`{written}` counts to 12 and does not say which half of the day. Write `{right}`, or add `tt`."
                );
                slip(words, &right)
            }
            _ => None,
        }
    }

    /// The letter of a run, without the `%` before it.
    fn letter(&self, run: &Run) -> Option<char> {
        let letter = self.format[run.range.clone()].trim_start_matches('%').chars().next();
        letter.filter(char::is_ascii_alphabetic)
    }

    fn has(&self, letter: char) -> bool {
        self.letters.iter().any(|run| self.letter(run) == Some(letter))
    }

    /// The letters before and behind a run.
    fn neighbours(&self, run: &Run) -> (Option<char>, Option<char>) {
        let at = self.letters.iter().position(|other| other.range == run.range);
        let letter = |at: Option<usize>| at.and_then(|at| self.letters.get(at)).and_then(|run| self.letter(run));
        (letter(at.and_then(|at| at.checked_sub(1))), letter(at.map(|at| at + 1)))
    }

    /// Whether a minute stands among the parts of a date that has no month.
    fn is_month(&self, run: &Run) -> bool {
        let (before, after) = self.neighbours(run);
        let of_date = |letter: Option<char>| matches!(letter, Some('y' | 'Y' | 'd' | 'D'));
        let has_month = self.letters.iter().any(|run| self.letter(run) == Some('M') && !self.is_minute(run));
        let is_time = matches!(before, Some('h' | 'H')) || matches!(after, Some('s' | 'S'));
        (of_date(before) || of_date(after)) && !is_time && !has_month
    }

    /// Whether a month stands among the parts of a time.
    fn is_minute(&self, run: &Run) -> bool {
        let (before, after) = self.neighbours(run);
        let of_date = matches!(after, Some('y' | 'Y' | 'd' | 'D'));
        (matches!(before, Some('h' | 'H')) || matches!(after, Some('s' | 'S'))) && !of_date
    }

    /// Whether a run is a letter of the word UTC, which is copied as it stands and meant to be.
    fn is_utc(&self, run: &Run) -> bool {
        let found = |(at, word): (usize, &str)| at <= run.range.start && run.range.end <= at + word.len();
        self.format.match_indices("UTC").any(found)
    }

    /// The letters that .NET has for what this one means to Java, JavaScript and others.
    fn stands_for(&self, run: &Run, letter: char, count: usize) -> Option<String> {
        let is_fraction = matches!(self.neighbours(run).0, Some('s' | 'S'));
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
    fn formats_that_are_right() {
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
            "epoch",
            "unix",
            "epochMillis",
            "unix_timestamp",
            "iso8601",
            "",
        ] {
            assert_eq!(mistakes(format), [], "{format}");
        }
    }

    #[test]
    fn formats_that_are_wrong() {
        let mut drawn = String::new();
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
            "yyyy Q",
            "date: yyyy",
            "yyyy 'x",
            "ss.ffffffff",
            "X",
            "yyyy\\",
        ] {
            drawn += &format!("{format} -> {}\n", near(format).unwrap_or_default());
            for mistake in mistakes(format) {
                let (pad, marks) = (" ".repeat(mistake.range.start), "^".repeat(mistake.range.len()));
                let sort = if mistake.is_certain { "error" } else { "slip" };
                drawn += &format!("{pad}{marks} {sort}: {}\n", mistake.words);
            }
        }
        expect![[r#"
            yyyy-mm-dd -> yyyy-MM-dd
                 ^^ slip: `mm` is the minute. The month is `MM`.
            yyyy-mm-dd HH:MM:ss -> yyyy-MM-dd HH:mm:ss
                 ^^ slip: `mm` is the minute. The month is `MM`.
                          ^^ slip: `MM` is the month. The minute is `mm`.
            dd/mm/yyyy -> dd/MM/yyyy
               ^^ slip: `mm` is the minute. The month is `MM`.
            yyyymmdd -> yyyyMMdd
                ^^ slip: `mm` is the minute. The month is `MM`.
            HH:MM -> HH:mm
               ^^ slip: `MM` is the month. The minute is `mm`.
            hh:mm:ss -> HH:mm:ss
            ^^ slip: `hh` counts to 12 and does not say which half of the day. Write `HH`, or add `tt`.
            YYYY-MM-DD -> yyyy-MM-dd
            ^^^^ slip: `YYYY` is copied as it stands. The year is `yyyy`.
                    ^^ slip: `DD` is copied as it stands. The day of the month is `dd`.
            yyyy-MM-dd'T'HH:mm:ss.SSSXXX -> yyyy-MM-dd'T'HH:mm:ss.fffK
                                  ^^^ error: `SSS` is no letter of .NET's date formats and copied as it stands. Write `fff`.
                                     ^^^ error: `XXX` is no letter of .NET's date formats and copied as it stands. Write `K`.
            MM/dd/yyyy hh:mm A -> MM/dd/yyyy hh:mm tt
                             ^ error: `A` is no letter of .NET's date formats and copied as it stands. Write `tt`.
            HH:mm:SS -> HH:mm:ss
                  ^^ error: `SS` is no letter of .NET's date formats and copied as it stands. Write `ss`.
            EEE, d MMM yyyy -> ddd, d MMM yyyy
            ^^^ error: `EEE` is no letter of .NET's date formats and copied as it stands. Write `ddd`.
            %Y-%m-%dT%H:%M:%SZ -> yyyy-MM-ddTHH:mm:ssZ
            ^^^^^^^^^^^^^^^^^^ error: This is the notation of C and Python. Adobe's examples have .NET's, as in `yyyy-MM-ddTHH:mm:ssZ`.
            %Y %j -> 
            ^^^^^ error: This is the notation of C and Python. Adobe's examples have .NET's, as in `yyyy-MM-ddTHH:mm:ssZ`.
            yyyy Q -> 
                 ^ error: `Q` is no letter of .NET's date formats and copied as it stands. Remove it, or put it between single quotes if it is text.
            date: yyyy -> 
             ^ error: `a` is no letter of .NET's date formats and copied as it stands. Remove it, or put it between single quotes if it is text.
               ^ error: `e` is no letter of .NET's date formats and copied as it stands. Remove it, or put it between single quotes if it is text.
            yyyy 'x -> 
                 ^^ error: The quote at the end is missing.
            ss.ffffffff -> 
               ^^^^^^^^ error: At most seven digits of a second can be written.
            X -> 
            ^ error: A format of one character must be a letter that stands for a whole format.
            yyyy\ -> 
                ^ error: A character must follow.
        "#]].assert_eq(&drawn);
    }

    proptest! {
        #![proptest_config(ProptestConfig {
            failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default()
        })]

        #[test]
        fn mistakes_lie_within_any_format(format in "[a-zA-Z%'\"\\\\:. ä-]{0,14}") {
            let found = mistakes(&format);
            prop_assert!(found.iter().all(|mistake| format.get(mistake.range.clone()).is_some()), "{:?}", found);
            prop_assert!(near(&format).is_none_or(|near| near != format));
        }
    }
}
