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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_images_tags_and_entities_are_shown_as_written() {
        let text = "![x](http://a/t.png) [c](command:foo) <b> &lt;b&gt; `a` *b* snake_case";
        let expected = "!\\[x\\](http://a/t.png) \\[c\\](command:foo) \\<b> \\&lt;b\\&gt; \\`a\\` \\*b\\* snake_case";
        assert_eq!(escaped(text), expected);
    }
}
