//! Text for a terminal: sanitized, measured in columns and wrapped.

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

/// The text with every character that could control the terminal, or that is invisible, replaced by a visible one.
pub(super) fn sanitize_terminal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match rendered(char) {
            (Rendered::Itself, _) => out.push(char),
            (Rendered::As(other), _) => out.push_str(other),
            (Rendered::Symbol(symbol), _) => out.push(symbol),
        }
    }
    without_workflow_commands(out)
}

/// GitHub's runner takes `##[` anywhere in a line of a log for the start of a command. As many columns as before.
pub(super) fn without_workflow_commands(text: String) -> String {
    if text.contains("##[") { text.replace("##[", "##⁅") } else { text }
}

enum Rendered {
    Itself,
    As(&'static str),
    Symbol(char),
}

/// How a character is rendered, and in how many columns.
fn rendered(char: char) -> (Rendered, usize) {
    match char {
        '\t' => (Rendered::As("    "), 4),
        // Terminals disagree on joined emoji; without joiners and variation selectors each part has a known width.
        '\u{200d}' | '\u{fe0f}' => (Rendered::As(""), 0),
        '\0'..'\u{20}' => (Rendered::Symbol(char::from_u32(0x2400 + char as u32).unwrap_or('�')), 1),
        '\u{7f}' => (Rendered::As("␡"), 1),
        '\u{80}'..'\u{a0}' | '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' => {
            (Rendered::As("�"), 1)
        }
        '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' => (Rendered::As("�"), 1),
        _ => (Rendered::Itself, char.width().unwrap_or(1)),
    }
}

/// The columns that a text occupies after [`sanitize_terminal`].
pub(super) fn columns(text: &str) -> usize {
    text.chars().map(|char| rendered(char).1).sum()
}

/// The longest start of a text that fits into `width` columns.
pub(super) fn prefix(text: &str, width: usize) -> &str {
    let mut left = width;
    for (at, char) in text.char_indices() {
        match left.checked_sub(rendered(char).1) {
            Some(rest) => left = rest,
            None => return &text[..at],
        }
    }
    text
}

/// The lines of at most `width` columns into which `text` is broken, as ranges of its bytes; a longer word gets a line of its
/// own. Line breaks in the text are kept.
pub(super) fn wrap(text: &str, width: usize) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    for paragraph in text.split('\n') {
        let end = start + paragraph.len();
        let (mut line, mut word, mut used) = (start..start, start, 0);
        for piece in paragraph.split(' ') {
            let (word_end, wide) = (word + piece.len(), columns(piece));
            let with_it = used + usize::from(word > line.start) + wide;
            let is_full = line.end > line.start && with_it > width;
            used = if is_full { wide } else { with_it };
            if is_full {
                lines.push(line);
                line = word..word;
            }
            line.end = word_end;
            word = word_end + 1;
        }
        lines.push(line);
        start = end + 1;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_wrap(text: &str, width: usize, lines: &[&str]) {
        let wrapped: Vec<_> = wrap(text, width).into_iter().map(|line| &text[line]).collect();
        assert_eq!(wrapped, lines);
    }

    #[test]
    fn wraps_between_words_only() {
        check_wrap("one two three", 7, &["one two", "three"]);
        check_wrap("an incomprehensible b", 4, &["an", "incomprehensible", "b"]);
        check_wrap("名前 名前", 8, &["名前", "名前"]);
        check_wrap("one\n\ntwo", 80, &["one", "", "two"]);
    }

    #[test]
    fn control_and_invisible_characters_are_replaced() {
        assert_eq!(sanitize_terminal("\u{1b}[2J\u{9b}1m\r\u{202e}\u{200b}\u{feff}\u{7f}\ta"), "␛[2J�1m␍���␡    a");
        assert_eq!(sanitize_terminal("a ##[add-mask]b [c]"), "a ##⁅add-mask]b [c]");
        assert_eq!(sanitize_terminal("👩\u{200d}💻 é 名前"), "👩💻 é 名前");
    }
}
