//! Text of an author in Markdown: shown as it is written, whatever it contains.

/// The text with everything escaped that Markdown or HTML gives a meaning: links, images, emphasis, tags, entities.
pub(super) fn escaped(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let is_word = |at: Option<&char>| at.is_some_and(|char| char.is_alphanumeric());
    let mut safe = String::new();
    for (at, char) in chars.iter().enumerate() {
        let is_inside_word = at > 0 && is_word(chars.get(at - 1)) && is_word(chars.get(at + 1));
        let is_mark = match char {
            '\\' | '*' | '`' | '[' | ']' | '<' | '&' | '~' => true,
            '_' => !is_inside_word,
            '#' | '+' | '-' | '>' => at == 0,
            _ => false,
        };
        if is_mark {
            safe.push('\\');
        }
        safe.push(*char);
    }
    safe
}

/// The text on one line, escaped: no line of it can begin a heading or a list.
pub(super) fn escaped_line(text: &str) -> String {
    escaped(
        &text
            .split(|char: char| char.is_whitespace() || char.is_control())
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join(" "),
    )
}

/// Text as code, also with backticks in it. Line breaks become spaces.
pub(super) fn code(text: &str) -> String {
    let text = text.replace(char::is_control, " ");
    let longest = text.split(|char| char != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    if longest > 0 { format!("{fence} {text} {fence}") } else { format!("{fence}{text}{fence}") }
}

/// Markdown as the cell of a table, on one line.
pub(super) fn cell(markdown: &str) -> String {
    markdown.replace(char::is_control, " ").replace('|', "\\|")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_images_tags_and_entities_are_shown_as_written() {
        let text = "![x](http://a/t.png) [c](command:foo) <b> &lt;b&gt; `a` *b* snake_case";
        let expected = "!\\[x\\](http://a/t.png) \\[c\\](command:foo) \\<b> \\&lt;b\\&gt; \\`a\\` \\*b\\* snake_case";
        assert_eq!(escaped(text), expected);
    }

    #[test]
    fn a_line_break_begins_nothing() {
        assert_eq!(escaped_line("a\n\n## b\r\n* c"), "a ## b \\* c");
    }

    #[test]
    fn a_cell_has_one_line_and_no_bars() {
        assert_eq!(cell("a | b\nc"), "a \\| b c");
        assert_eq!(cell(&code("a`b|c")), "`` a`b\\|c ``");
    }
}
