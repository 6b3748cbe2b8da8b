//! The page of a hover: Markdown that is readable in a narrow window and as plain text.

use std::ops::Range;

use crate::ide::Hover;
use crate::ide::markdown::{self, escaped};
use crate::spec::{Confidence, Entry, Json, KnownValue};
use crate::syntax::Node;
use crate::text::english;

/// The paragraphs of a page.
#[derive(Default)]
pub(super) struct Page {
    paragraphs: Vec<String>,
}

impl Page {
    /// A page that begins with a title and details.
    pub(super) fn titled(title: &str, details: impl IntoIterator<Item = String>) -> Self {
        let head: Vec<String> =
            std::iter::once(title.to_owned()).chain(details).filter(|part| !part.is_empty()).collect();
        Page { paragraphs: vec![head.join(" · ")] }
    }

    /// Adds a paragraph that isn't empty.
    pub(super) fn add(&mut self, paragraph: impl Into<String>) {
        let paragraph = paragraph.into();
        if !paragraph.is_empty() {
            self.paragraphs.push(paragraph);
        }
    }

    /// Adds a list with a title.
    pub(super) fn add_list(&mut self, title: &str, items: impl IntoIterator<Item = String>) {
        let items: Vec<String> = items.into_iter().map(|item| format!("- {item}")).collect();
        if !items.is_empty() {
            self.add(format!("{title}\n{}", items.join("\n")));
        }
    }

    /// Adds the confidence and the link of the vocabulary.
    pub(super) fn add_source(&mut self, entry: &Entry) {
        let confidence = match entry.confidence() {
            // Many descriptions state themselves which part of them is inferred.
            Some(Confidence::Inferred) if !entry.description().unwrap_or_default().contains("nferred") => {
                "Inferred, not documented. "
            }
            Some(Confidence::Example) => "Shown in Adobe's examples only. ",
            _ => "",
        };
        let link = entry.link().map(link).unwrap_or_default();
        self.add(format!("{confidence}{link}").trim_end());
    }

    /// The hover over a range.
    pub(super) fn into_hover(self, range: Range<usize>) -> Option<Hover> {
        Some(Hover { range, contents: self.paragraphs.join("\n\n") })
    }
}

/// A link, labeled with the owner of the page.
pub(super) fn link(url: &str) -> String {
    let label = match url {
        url if url.contains("//json-schema.org") => "JSON Schema",
        url if url.contains("//learn.microsoft.com") => "Microsoft's documentation",
        _ => "Adobe's documentation",
    };
    format!("[{label}]({url})")
}

/// A name as a title.
pub(super) fn title(name: &str) -> String {
    format!("**{}**", escaped(&short(name, 80)))
}

/// The beginning of a text as code.
pub(super) fn code(text: &str) -> String {
    markdown::code(&short(text, 120))
}

/// Text of the author as a quote, escaped.
pub(super) fn quoted(text: &str) -> String {
    let text = short(text.trim(), 400);
    if text.is_empty() { text } else { format!("> {}", escaped(&text)) }
}

/// The first characters of a text, on one line.
fn short(text: &str, max: usize) -> String {
    english::shortened(text, max).replace(char::is_control, " ")
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

/// A value as code, a string without quotes.
pub(super) fn value(value: &Json) -> String {
    code(&value.unquoted())
}

/// Values with their descriptions; the current one is marked.
pub(super) fn allowed(choices: &[KnownValue], current: Node<'_>) -> Vec<String> {
    choices.iter().map(|choice| line(choice, current, choice.description)).collect()
}

/// Known values with the first sentence of their descriptions; of many, only some, the current one first.
pub(super) fn known(choices: &[KnownValue], current: Node<'_>) -> Vec<String> {
    const MAX_VALUES: usize = 8;
    let mut shown: Vec<&KnownValue> = choices.iter().collect();
    if choices.len() > MAX_VALUES {
        shown.sort_by_key(|choice| !choice.value.equals(current));
        shown.truncate(MAX_VALUES);
    }
    let rest = choices.len() - shown.len();
    let lines = shown.into_iter().map(|choice| line(choice, current, first_sentence(choice.description)));
    lines.chain((rest > 0).then(|| format!("and {rest} more"))).collect()
}

fn line(choice: &KnownValue, current: Node<'_>, description: &str) -> String {
    let mark = if choice.value.equals(current) { "▸ " } else { "" };
    let separator = if description.is_empty() { "" } else { ": " };
    format!("{mark}{}{separator}{description}", value(choice.value))
}
