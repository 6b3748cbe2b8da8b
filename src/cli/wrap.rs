//! Running text in lines of a given width.

use std::ops::Range;

use super::draw::columns;

/// The lines of at most `width` columns into which `text` is broken, as ranges of its bytes; a longer word has a line of its
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
    use super::wrap;

    #[track_caller]
    fn check(text: &str, width: usize, lines: &[&str]) {
        let wrapped: Vec<_> = wrap(text, width).into_iter().map(|line| &text[line]).collect();
        assert_eq!(wrapped, lines);
    }

    #[test]
    fn breaks_between_words_and_never_inside_one() {
        check("one two three", 7, &["one two", "three"]);
        check("an incomprehensible b", 4, &["an", "incomprehensible", "b"]);
        check("名前 名前", 8, &["名前", "名前"]);
        check("one\n\ntwo", 80, &["one", "", "two"]);
    }
}
