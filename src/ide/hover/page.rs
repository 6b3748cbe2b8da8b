//! Putting a page together: Markdown that reads well in a narrow window and as plain text.

use std::ops::Range;

use crate::ide::Hover;
use crate::spec::{Confidence, Entry, Json, KnownValue};
use crate::syntax::Node;

/// The paragraphs of a page.
#[derive(Default)]
pub(super) struct Page {
    paragraphs: Vec<String>,
}

impl Page {
    /// A page that begins with a name and a few words about it.
    pub(super) fn about(title: &str, words: impl IntoIterator<Item = String>) -> Self {
        let head: Vec<String> =
            std::iter::once(title.to_owned()).chain(words).filter(|words| !words.is_empty()).collect();
        Page { paragraphs: vec![head.join(" · ")] }
    }

    /// Adds a paragraph, if there is one.
    pub(super) fn say(&mut self, paragraph: impl Into<String>) {
        let paragraph = paragraph.into();
        if !paragraph.is_empty() {
            self.paragraphs.push(paragraph);
        }
    }

    /// Adds a list under a line that says what it lists.
    pub(super) fn list(&mut self, title: &str, items: impl IntoIterator<Item = String>) {
        let items: Vec<String> = items.into_iter().map(|item| format!("- {item}")).collect();
        if !items.is_empty() {
            self.say(format!("{title}\n{}", items.join("\n")));
        }
    }

    /// Ends the page with how sure it is and where it is.
    pub(super) fn rest_on(&mut self, entry: &Entry) {
        let sure = match entry.confidence() {
            // The words often say themselves which part of them is inferred.
            Some(Confidence::Inferred) if !entry.description().unwrap_or_default().contains("nferred") => {
                "Inferred, not documented. "
            }
            Some(Confidence::Example) => "Shown in Adobe's examples only. ",
            _ => "",
        };
        let link = entry.link().map(link).unwrap_or_default();
        self.say(format!("{sure}{link}").trim_end());
    }

    /// The page, about these bytes.
    pub(super) fn over(self, range: Range<usize>) -> Option<Hover> {
        Some(Hover { range, contents: self.paragraphs.join("\n\n") })
    }
}

/// A link, labelled by whose page it is.
pub(super) fn link(url: &str) -> String {
    let label = match url {
        url if url.contains("//json-schema.org") => "JSON Schema",
        url if url.contains("//learn.microsoft.com") => "Microsoft's documentation",
        _ => "Adobe's documentation",
    };
    format!("[{label}]({url})")
}

/// A name as the title of a page.
pub(super) fn title(name: &str) -> String {
    format!("**{}**", escaped(&short(name, 80)))
}

/// Text as code, whatever it holds.
pub(super) fn code(text: &str) -> String {
    let text = short(text, 120);
    let longest = text.split(|char| char != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    if longest > 0 { format!("{fence} {text} {fence}") } else { format!("{fence}{text}{fence}") }
}

/// What the author wrote, so that it cannot be taken for Markdown.
pub(super) fn quoted(text: &str) -> String {
    let text = short(text.trim(), 400);
    if text.is_empty() { text } else { format!("> {}", escaped(&text)) }
}

fn escaped(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let is_word = |at: Option<&char>| at.is_some_and(|char| char.is_alphanumeric());
    let mut safe = String::new();
    for (at, char) in chars.iter().enumerate() {
        let is_inside_word = at > 0 && is_word(chars.get(at - 1)) && is_word(chars.get(at + 1));
        let is_mark = match char {
            '\\' | '*' | '`' | '[' | ']' | '<' | '~' => true,
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

/// At most so many characters, on one line.
fn short(text: &str, most: usize) -> String {
    let mut line: String = text.chars().take(most).map(|char| if char.is_control() { ' ' } else { char }).collect();
    if text.chars().nth(most).is_some() {
        line.push('…');
    }
    line
}

/// The first sentences of a text: at least one, more while they are short.
pub(super) fn first_sentences(text: &str) -> &str {
    const ENOUGH: usize = 160;
    let end = ends_of_sentences(text).take_while(|end| *end <= ENOUGH).last();
    &text[..end.or_else(|| ends_of_sentences(text).next()).unwrap_or(text.len())]
}

fn first_sentence(text: &str) -> &str {
    &text[..ends_of_sentences(text).next().unwrap_or(text.len())]
}

fn ends_of_sentences(text: &str) -> impl Iterator<Item = usize> {
    let inner = text.match_indices(". ").map(|(at, _)| at + 1);
    inner.filter(|end| text[end + 1..].starts_with(starts_sentence)).chain([text.len()])
}

fn starts_sentence(char: char) -> bool {
    char.is_uppercase() || char == '`' || char == '['
}

/// The JSON types of a value.
pub(super) fn types(names: &[&str]) -> String {
    if names.len() > 5 { "any type".to_owned() } else { names.join(", ") }
}

/// A value as JSON.
pub(super) fn json(value: &Json) -> String {
    code(&value.to_string())
}

/// A value as one would say it.
pub(super) fn spoken(value: &Json) -> String {
    code(&value.unquoted())
}

/// Values with their words, the one that is there marked.
pub(super) fn allowed(choices: &[KnownValue], current: Node<'_>) -> Vec<String> {
    choices.iter().map(|choice| line(choice, mark(choice, current), choice.description)).collect()
}

/// Values worth knowing, in short. Of many only some, the one that is there first.
pub(super) fn known(choices: &[KnownValue], current: Node<'_>) -> Vec<String> {
    const MOST: usize = 8;
    let in_short = |choice: &&KnownValue| line(choice, mark(choice, current), first_sentence(choice.description));
    if choices.len() <= MOST {
        return choices.iter().map(|choice| in_short(&choice)).collect();
    }
    let (mut first, others): (Vec<&KnownValue>, Vec<&KnownValue>) =
        choices.iter().partition(|choice| choice.value.equals(current));
    first.extend(others);
    let mut lines: Vec<String> = first.iter().take(MOST).map(in_short).collect();
    lines.push(format!("and {} more", choices.len() - MOST));
    lines
}

fn mark(choice: &KnownValue, current: Node<'_>) -> &'static str {
    if choice.value.equals(current) { "▸ " } else { "" }
}

fn line(choice: &KnownValue, mark: &str, words: &str) -> String {
    let value = spoken(choice.value);
    if words.is_empty() { format!("{mark}{value}") } else { format!("{mark}{value}: {words}") }
}
