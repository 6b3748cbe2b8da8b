//! Markdown to plain text, for clients that do not render it.

/// The text without marks; the URL of a link follows its text; code and lists stay as they are.
pub(super) fn from_markdown(markdown: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut code = false;
    for line in markdown.lines() {
        if line.trim_start().starts_with("```") {
            code = !code;
        } else if code {
            lines.push(line.to_owned());
        } else if is_thematic_break(line) {
            lines.push(String::new());
        } else {
            lines.push(inline(without_heading(line)));
        }
    }
    // Lines of marks alone leave several empty lines in a row.
    lines.dedup_by(|line, before| line.trim().is_empty() && before.trim().is_empty());
    lines.join("\n").trim().to_owned()
}

/// A thematic break: `---`.
fn is_thematic_break(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 3 && ["-", "*", "_"].iter().any(|mark| line.replace(mark, "").is_empty())
}

/// A line without the marks of a heading.
fn without_heading(line: &str) -> &str {
    let text = line.trim_start_matches('#');
    if text.len() < line.len() && text.starts_with(' ') { text.trim_start() } else { line }
}

/// A line without the marks inside it.
fn inline(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        let (text, after) = match first {
            '\\' if rest[1..].starts_with(|next: char| next.is_ascii_punctuation()) => {
                (rest[1..2].to_owned(), &rest[2..])
            }
            '`' => code(rest),
            '[' => link(rest),
            '<' => autolink(rest),
            '*' => ("".to_owned(), rest.trim_start_matches('*')),
            '_' if is_mark(&out, rest) => ("".to_owned(), rest.trim_start_matches('_')),
            other => (other.to_string(), &rest[other.len_utf8()..]),
        };
        // A star before a space is a list item or an operator, not a mark.
        let kept = first == '*' && after.starts_with(' ') && (out.trim().is_empty() || out.ends_with(' '));
        out.push_str(if kept { "*" } else { &text });
        rest = after;
    }
    out
}

/// Whether an underscore is a mark, not a part of a name.
fn is_mark(before: &str, rest: &str) -> bool {
    let after = rest.trim_start_matches('_');
    !(before.ends_with(char::is_alphanumeric) && after.starts_with(char::is_alphanumeric))
}

/// A code span, and the rest.
fn code(rest: &str) -> (String, &str) {
    let inside = rest.trim_start_matches('`');
    let marks = &rest[..rest.len() - inside.len()];
    match inside.split_once(marks) {
        Some((code, after)) => (code.trim().to_owned(), after),
        None => (marks.to_owned(), inside),
    }
}

/// A link as its text and its URL, and the rest.
fn link(rest: &str) -> (String, &str) {
    let parts = rest[1..].split_once("](").and_then(|(text, tail)| Some((text, tail.split_once(')')?)));
    match parts {
        Some((text, (url, after))) if !text.contains('[') => (format!("{} ({url})", inline(text)), after),
        _ => ("[".to_owned(), &rest[1..]),
    }
}

/// A URL in angle brackets, and the rest.
fn autolink(rest: &str) -> (String, &str) {
    match rest[1..].split_once('>') {
        Some((url, after)) if url.starts_with("http") && !url.contains(' ') => (url.to_owned(), after),
        _ => ("<".to_owned(), &rest[1..]),
    }
}

#[cfg(test)]
mod tests {
    use super::from_markdown;

    #[test]
    fn marks_are_removed() {
        assert_eq!(
            from_markdown("**required**, *a string*, __both__ and `a_b*c`"),
            "required, a string, both and a_b*c"
        );
        assert_eq!(from_markdown("a snake_case_name, 2 * 3, ${host}"), "a snake_case_name, 2 * 3, ${host}");
        assert_eq!(from_markdown("not \\*marked\\*, a < b, [0] and ``a ` b``"), "not *marked*, a < b, [0] and a ` b");
        assert_eq!(from_markdown("ünï **cödé** 😀"), "ünï cödé 😀");
    }

    #[test]
    fn links_keep_their_url() {
        assert_eq!(from_markdown("See [the `page`](https://a.b/c)."), "See the page (https://a.b/c).");
        assert_eq!(from_markdown("See <https://a.b/c>."), "See https://a.b/c.");
    }

    #[test]
    fn blocks() {
        let markdown = "## name\n\nwords\n\n---\n\n* one\n- `two`\n\n```json\n{ \"a\": \"**\" }\n```\n";
        assert_eq!(from_markdown(markdown), "name\n\nwords\n\n* one\n- two\n\n{ \"a\": \"**\" }");
    }

    #[test]
    fn unclosed_marks_stay() {
        assert_eq!(from_markdown("a ` b [c](d"), "a ` b [c](d");
    }
}
