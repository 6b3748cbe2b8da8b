//! Markdown to plain text, for editors that show words as they are.

/// The words of a piece of Markdown as a person would write them in plain text: no marks, the address of a link after its
/// words, code and lists as they stand.
pub(super) fn text(markdown: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut code = false;
    for line in markdown.lines() {
        if line.trim_start().starts_with("```") {
            code = !code;
        } else if code {
            lines.push(line.to_owned());
        } else if is_rule(line) {
            lines.push(String::new());
        } else {
            lines.push(inline(unheaded(line)));
        }
    }
    // Marks that stood alone leave more than one empty line behind.
    lines.dedup_by(|line, before| line.trim().is_empty() && before.trim().is_empty());
    lines.join("\n").trim().to_owned()
}

/// A line across the page.
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 3 && ["-", "*", "_"].iter().any(|mark| line.replace(mark, "").is_empty())
}

/// The words of a heading.
fn unheaded(line: &str) -> &str {
    let words = line.trim_start_matches('#');
    if words.len() < line.len() && words.starts_with(' ') { words.trim_start() } else { line }
}

/// A line without the marks inside it.
fn inline(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        let (words, after) = match first {
            '\\' if rest[1..].starts_with(|next: char| next.is_ascii_punctuation()) => {
                (rest[1..2].to_owned(), &rest[2..])
            }
            '`' => code(rest),
            '[' => link(rest),
            '<' => address(rest),
            '*' => ("".to_owned(), rest.trim_start_matches('*')),
            '_' if is_mark(&out, rest) => ("".to_owned(), rest.trim_start_matches('_')),
            other => (other.to_string(), &rest[other.len_utf8()..]),
        };
        // A star before a space is an item of a list or a sign, not a mark.
        let kept = first == '*' && after.starts_with(' ') && (out.trim().is_empty() || out.ends_with(' '));
        out.push_str(if kept { "*" } else { &words });
        rest = after;
    }
    out
}

/// Whether an underscore is a mark and not a part of a name.
fn is_mark(before: &str, rest: &str) -> bool {
    let after = rest.trim_start_matches('_');
    !(before.ends_with(char::is_alphanumeric) && after.starts_with(char::is_alphanumeric))
}

/// A span of code, and what comes after it.
fn code(rest: &str) -> (String, &str) {
    let inside = rest.trim_start_matches('`');
    let marks = &rest[..rest.len() - inside.len()];
    match inside.split_once(marks) {
        Some((code, after)) => (code.trim().to_owned(), after),
        None => (marks.to_owned(), inside),
    }
}

/// A link, as its words and then its address.
fn link(rest: &str) -> (String, &str) {
    let parts = rest[1..].split_once("](").and_then(|(words, tail)| Some((words, tail.split_once(')')?)));
    match parts {
        Some((words, (address, after))) if !words.contains('[') => (format!("{} ({address})", inline(words)), after),
        _ => ("[".to_owned(), &rest[1..]),
    }
}

/// An address in angle brackets.
fn address(rest: &str) -> (String, &str) {
    match rest[1..].split_once('>') {
        Some((address, after)) if address.starts_with("http") && !address.contains(' ') => (address.to_owned(), after),
        _ => ("<".to_owned(), &rest[1..]),
    }
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn marks_go_and_words_stay() {
        assert_eq!(text("**needed**, *a string*, __both__ and `a_b*c`"), "needed, a string, both and a_b*c");
        assert_eq!(text("a snake_case_name, 2 * 3, ${host}"), "a snake_case_name, 2 * 3, ${host}");
        assert_eq!(text("not \\*marked\\*, a < b, [0] and ``a ` b``"), "not *marked*, a < b, [0] and a ` b");
        assert_eq!(text("ünï **cödé** 😀"), "ünï cödé 😀");
    }

    #[test]
    fn links_keep_their_address() {
        assert_eq!(text("See [the `page`](https://a.b/c)."), "See the page (https://a.b/c).");
        assert_eq!(text("See <https://a.b/c>."), "See https://a.b/c.");
    }

    #[test]
    fn headings_rules_lists_and_code_blocks() {
        let markdown = "## name\n\nwords\n\n---\n\n* one\n- `two`\n\n```json\n{ \"a\": \"**\" }\n```\n";
        assert_eq!(text(markdown), "name\n\nwords\n\n* one\n- two\n\n{ \"a\": \"**\" }");
    }

    #[test]
    fn unclosed_marks_are_words() {
        assert_eq!(text("a ` b [c](d"), "a ` b [c](d");
    }
}
