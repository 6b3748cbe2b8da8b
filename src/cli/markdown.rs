//! Markdown, as far as the vocabulary and the rules use it, rendered for a terminal.

use std::io;
use std::ops::Range;

use anstyle::Style;

use super::output::Output;
use super::style;
use super::terminal::{sanitize_terminal, wrap};

/// Prints Markdown, rendered if a person reads it.
pub(super) fn print(markdown: &str, output: &mut Output) -> io::Result<()> {
    if !output.is_for_a_person() {
        return output.print(markdown);
    }
    let lines = lines(markdown, output.width());
    output.print(&(lines.join("\n") + "\n"))
}

/// The text in lines of at most `width` columns, with colors. Links lose their URL; a paragraph that is only a link is
/// dropped.
pub(super) fn lines(markdown: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut fenced = false;
    for line in markdown.lines() {
        if line.starts_with("```") {
            fenced = !fenced;
            continue;
        }
        if fenced {
            lines.push(format!("  {0}{1}{0:#}", style::CODE, sanitize_terminal(line)));
            continue;
        }
        if line.starts_with('[') && line.ends_with(')') && line.matches("](").count() == 1 {
            continue;
        }
        if let Some(heading) = line.strip_prefix("# ").or(line.strip_prefix("## ")) {
            lines.push(format!("{0}{1}{0:#}", style::STRONG, sanitize_terminal(heading)));
            continue;
        }
        let item = ["- ", "* "].iter().find_map(|sign| line.strip_prefix(sign));
        let quoted = line.strip_prefix("> ");
        let (first, indent) = match (item, quoted) {
            (Some(_), _) => ("• ", "  "),
            (_, Some(_)) => ("│ ", "│ "),
            _ => ("", ""),
        };
        let (text, runs) = inline(item.or(quoted).unwrap_or(line).trim_end_matches('\\'));
        for (at, range) in wrap(&text, width.saturating_sub(indent.chars().count())).into_iter().enumerate() {
            lines.push(format!("{}{}", if at == 0 { first } else { indent }, styled(&text, &runs, range)));
        }
    }
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines
}

/// The plain text of a line, and its styled parts in order.
fn inline(line: &str) -> (String, Vec<(Range<usize>, Style)>) {
    let (mut text, mut runs) = (String::new(), Vec::new());
    let mut rest = line;
    while let Some(char) = rest.chars().next() {
        let found = between(rest, "`", "`")
            .map(|(inner, after)| (inner, after, style::CODE))
            .or_else(|| between(rest, "**", "**").map(|(inner, after)| (inner, after, style::STRONG)))
            .or_else(|| {
                let (inner, after) = between(rest, "[", "](")?;
                Some((inner, &after[after.find(')')? + 1..], Style::new().underline()))
            });
        if let Some((inner, after, style)) = found {
            let start = text.len();
            text.push_str(&sanitize_terminal(&inner.replace(['`', '*'], "")));
            runs.push((start..text.len(), style));
            rest = after;
        } else {
            let (this, after) = rest.split_at(char.len_utf8());
            text.push_str(&sanitize_terminal(this));
            rest = after;
        }
    }
    (text, runs)
}

/// The text between `open` at its start and the next `close`, and the text after that.
fn between<'a>(text: &'a str, open: &str, close: &str) -> Option<(&'a str, &'a str)> {
    text.strip_prefix(open)?.split_once(close).filter(|(inner, _)| !inner.is_empty())
}

fn styled(text: &str, runs: &[(Range<usize>, Style)], line: Range<usize>) -> String {
    let mut out = String::new();
    let mut at = line.start;
    for (range, style) in runs {
        let (start, end) = (range.start.clamp(at, line.end), range.end.clamp(at, line.end));
        out.push_str(&text[at..start]);
        if end > start {
            out.push_str(&format!("{style}{}{style:#}", &text[start..end]));
        }
        at = end;
    }
    out.push_str(&text[at..line.end]);
    out
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[track_caller]
    fn check(markdown: &str, width: usize, expected: &[&str]) {
        let plain: Vec<_> =
            lines(markdown, width).iter().map(|line| anstream::adapter::strip_str(line).to_string()).collect();
        assert_eq!(plain, expected);
    }

    #[test]
    fn markup_becomes_style_and_lines_fit() {
        check("**Required.** One of `GET`, `POST`.", 80, &["Required. One of GET, POST."]);
        check("- the `first word` of **many words**", 16, &["• the first word", "  of many words"]);
        check(
            "# one-code (error)\n\n## Why\n> one two three",
            8,
            &["one-code (error)", "", "Why", "│ one", "│ two", "│ three"],
        );
        check("See [the page](https://example.com/a).", 80, &["See the page."]);
        check("Text.\n\n[Documentation](https://example.com/a)", 80, &["Text."]);
        check("2 * 3, a ` alone and [no link]", 80, &["2 * 3, a ` alone and [no link]"]);
        check("```json\n{ \"a\": 1 }\n```\n\nafter", 80, &["  { \"a\": 1 }", "", "after"]);
    }

    #[test]
    fn a_style_continues_on_the_next_line() {
        let lines = lines("a **bold one** b", 6);
        assert_eq!(lines.len(), 2, "{lines:?}");
        assert!(lines[1].contains("\u{1b}[1mone\u{1b}[0m"), "{lines:?}");
    }
}
