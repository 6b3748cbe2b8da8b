//! Text to insert, written at once as plain text and as a snippet with tab stops.

use serde_json::Value;

use crate::document::Document;
use crate::spec::{Entry, Json};
use crate::syntax::{self, Gaps, Node};
use crate::text::{indentation, line_start};

/// The style of a document.
#[derive(Debug, Clone)]
pub(crate) struct Style {
    /// One step of indentation.
    unit: String,
    /// The line break.
    line_break: &'static str,
}

impl Style {
    /// The style of a document; by default two spaces and `\n`.
    pub(crate) fn of(document: &Document) -> Self {
        let source = document.source();
        let line_break = if source.contains("\r\n") { "\r\n" } else { "\n" };
        let indented = source.lines().skip(1).find(|line| line.starts_with([' ', '\t']) && !line.trim().is_empty());
        let unit = indented.map_or("  ", indentation);
        Style { unit: if unit.len() > 8 { "  " } else { unit }.to_owned(), line_break }
    }
}

/// The indentation of the line of a byte offset.
pub(crate) fn indent_of(document: &Document, offset: usize) -> String {
    let source = document.source();
    indentation(&source[line_start(source, offset)..offset]).to_owned()
}

/// Whether only white space precedes a byte offset on its line.
pub(crate) fn is_first_on_line(document: &Document, offset: usize) -> bool {
    let source = document.source();
    source[line_start(source, offset)..offset].trim().is_empty()
}

/// A text that is being written. The plain text has the indentation of the line that it is inserted into; the snippet does not,
/// because clients add it.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    plain: String,
    snippet: String,
    stops: usize,
    /// The names of tab stops with their numbers: the same name is the same tab stop.
    names: Vec<(String, usize)>,
    style: Style,
    base: String,
    indent: String,
    layout: Layout,
}

/// The layout of objects and arrays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// Members and elements on lines of their own.
    Lines,
    /// All on one line.
    OneLine,
    /// All on one line, without spaces.
    Tight,
}

impl Draft {
    /// An empty text for a line with this indentation.
    pub(crate) fn new(style: &Style, base: String) -> Self {
        let (plain, snippet, indent) = (String::new(), String::new(), String::new());
        let (style, names, layout) = (style.clone(), Vec::new(), Layout::Lines);
        Draft { plain, snippet, stops: 0, names, style, base, indent, layout }
    }

    /// Sets the layout.
    pub(crate) fn laid_out(mut self, layout: Layout) -> Self {
        self.layout = layout;
        self
    }

    /// The plain text, and the snippet in the protocol's syntax if it has tab stops or white space: editors may cut off plain text
    /// at the first space (Neovim 0.11).
    pub(crate) fn finish(self) -> (String, Option<String>) {
        let needs_snippet = self.stops > 0 || self.plain.contains(char::is_whitespace);
        (self.plain, needs_snippet.then(|| self.snippet + "$0"))
    }

    /// Adds text unchanged.
    pub(crate) fn text(&mut self, text: &str) {
        self.plain.push_str(text);
        self.snippet.push_str(&escaped(text, &['\\', '$']));
    }

    /// Adds JSON from another text in this layout.
    pub(crate) fn json(&mut self, value: Node<'_>) {
        let indent = format!("{}{}", self.base, self.indent);
        let gaps = match self.layout {
            Layout::Lines => Gaps::Lines { unit: &self.style.unit, indent: &indent, line_break: self.style.line_break },
            Layout::OneLine => Gaps::Spaces,
            Layout::Tight => Gaps::None,
        };
        let text = value.laid_out(gaps);
        self.text(&text);
    }

    /// Adds JSON from elsewhere in the document, where its lines have this indentation.
    pub(crate) fn copy(&mut self, json: &str, indent: &str) {
        let mut lines = json.lines();
        self.text(lines.next().unwrap_or_default());
        for line in lines {
            self.new_line();
            let deeper = line.strip_prefix(indent).filter(|_| self.layout == Layout::Lines);
            self.text(deeper.unwrap_or(line.trim_start()));
        }
    }

    /// Adds a line break with the current indentation.
    pub(crate) fn new_line(&mut self) {
        match self.layout {
            Layout::Lines => {}
            Layout::OneLine => return self.text(" "),
            Layout::Tight => return,
        }
        self.plain.push_str(self.style.line_break);
        self.plain.push_str(&self.base);
        self.plain.push_str(&self.indent);
        self.snippet.push('\n');
        self.snippet.push_str(&self.indent);
    }

    /// The children of an object or array, each on a new line and one step of indentation deeper.
    pub(crate) fn children<T>(&mut self, items: impl IntoIterator<Item = T>, mut write: impl FnMut(&mut Self, T)) {
        let outer = self.indent.clone();
        self.indent.push_str(&self.style.unit);
        for (index, item) in items.into_iter().enumerate() {
            self.text(if index > 0 { "," } else { "" });
            self.new_line();
            write(self, item);
        }
        self.indent = outer;
        self.new_line();
    }

    /// A tab stop with its default.
    pub(crate) fn stop(&mut self, default: &str) {
        self.stops += 1;
        self.plain.push_str(default);
        let default = escaped(default, &['\\', '$', '}']);
        self.snippet.push_str(&format!("${{{}:{default}}}", self.stops));
    }

    /// A tab stop; the same name again is a copy of the first.
    fn named_stop(&mut self, name: &str) {
        if let Some((_, number)) = self.names.iter().find(|(known, _)| known == name) {
            self.plain.push_str(name);
            self.snippet.push_str(&format!("${number}"));
        } else {
            self.stop(name);
            self.names.push((name.to_owned(), self.stops));
        }
    }

    /// A tab stop with choices, of which the first is the default.
    pub(crate) fn choice(&mut self, choices: &[&str]) {
        self.stops += 1;
        self.plain.push_str(choices.first().unwrap_or(&""));
        let list: Vec<String> = choices.iter().map(|choice| escaped(choice, &['\\', '$', '}', ',', '|'])).collect();
        self.snippet.push_str(&format!("${{{}|{}|}}", self.stops, list.join(",")));
    }

    /// A key and its colon.
    pub(crate) fn key(&mut self, key: &str) {
        self.string(key);
        self.text(if self.layout == Layout::Tight { ":" } else { ": " });
    }

    /// A JSON value. Its strings contain tab stops as in [`Snippet`](crate::spec::Snippet).
    pub(crate) fn value(&mut self, value: &Value) {
        match value {
            Value::Object(members) if !members.is_empty() => {
                self.text("{");
                self.children(members, |draft, (key, value)| {
                    draft.key(key);
                    draft.value(value);
                });
                self.text("}");
            }
            Value::Array(elements) if !elements.is_empty() => {
                self.text("[");
                self.children(elements, Draft::value);
                self.text("]");
            }
            Value::String(text) => match bare(text) {
                Some(bare) if bare == "true" || bare == "false" => {
                    self.choice(if bare == "true" { &["true", "false"] } else { &["false", "true"] });
                }
                Some(bare) => self.stop(bare),
                None => self.string(text),
            },
            other => self.text(&other.to_string()),
        }
    }

    /// A string in quotes, with its tab stops.
    pub(crate) fn string(&mut self, text: &str) {
        self.text("\"");
        let mut rest = text;
        while let Some((before, marked)) = rest.split_once('⟨') {
            self.text(&syntax::escaped(before));
            let (stop, after) = marked.split_once('⟩').unwrap_or((marked, ""));
            if stop.contains('|') {
                let choices: Vec<String> = stop.split('|').map(syntax::escaped).collect();
                self.choice(&choices.iter().map(String::as_str).collect::<Vec<_>>());
            } else {
                self.named_stop(&syntax::escaped(stop));
            }
            rest = after;
        }
        self.text(&syntax::escaped(rest));
        self.text("\"");
    }

    /// The initial value of the vocabulary: the constant, a snippet, a choice, the default, or the empty value of the type.
    pub(crate) fn value_for(&mut self, entry: &Entry) {
        let closed = entry.allowed_values();
        let only_known = entry.known_values();
        if let Some(constant) = entry.constant() {
            self.value(&constant.to_value());
        } else if let Some(template) = entry.snippets().first() {
            self.value(&template.body.to_value());
        } else if !closed.is_empty() {
            self.choice_of(&closed.iter().map(|choice| choice.value).collect::<Vec<_>>());
        } else if let Some(default) = entry.default_value() {
            self.stop_at(default);
        } else if let [only] = only_known.as_slice() {
            self.stop_at(only.value);
        } else {
            self.empty_value(entry);
        }
    }

    /// A tab stop with these values as choices, inside quotes if all are strings.
    pub(crate) fn choice_of(&mut self, values: &[&Json]) {
        let strings: Option<Vec<String>> =
            values.iter().map(|value| value.as_str().map(|text| syntax::escaped(text).to_string())).collect();
        let quote = if strings.is_some() { "\"" } else { "" };
        let choices = strings.unwrap_or_else(|| values.iter().map(ToString::to_string).collect());
        self.text(quote);
        self.choice(&choices.iter().map(String::as_str).collect::<Vec<_>>());
        self.text(quote);
    }

    /// A tab stop with a value as its default. The quotes of a string are outside: what is typed over it is a string too.
    fn stop_at(&mut self, default: &Json) {
        match default.as_str() {
            Some(string) => {
                self.text("\"");
                self.stop(&syntax::escaped(string));
                self.text("\"");
            }
            None => self.stop(&default.to_string()),
        }
    }

    /// The same with required and expected keys inside, for values without tab stops.
    pub(crate) fn whole_value_for(&mut self, entry: &Entry) {
        let needed = entry.required_and_expected();
        if needed.is_empty() || entry.constant().is_some() || !entry.snippets().is_empty() {
            return self.value_for(entry);
        }
        self.members(&needed, |draft, key| draft.whole_value_for(&entry.key(key, None)));
    }

    /// An object with these keys.
    pub(crate) fn members(&mut self, keys: &[&str], mut value: impl FnMut(&mut Self, &str)) {
        self.text("{");
        self.children(keys, |draft, key| {
            draft.key(key);
            value(draft, key);
        });
        self.text("}");
    }

    /// The empty value of a type.
    pub(crate) fn empty_value(&mut self, entry: &Entry) {
        let around = |draft: &mut Self, open: &str, close: &str| {
            draft.text(open);
            draft.stop("");
            draft.text(close);
        };
        match entry.types().first().copied() {
            Some("object") => around(self, "{", "}"),
            Some("array") => around(self, "[", "]"),
            Some("boolean") => self.choice(&["true", "false"]),
            Some("integer" | "number") => {
                let example = entry.examples().into_iter().find(|example| matches!(example, Json::Number(_)));
                let example = example.map(Json::to_string);
                self.stop(&example.unwrap_or_else(|| "0".to_owned()));
            }
            Some("null") => self.text("null"),
            _ => around(self, "\"", "\""),
        }
    }
}

/// The number or boolean in a string that is only a tab stop.
fn bare(text: &str) -> Option<&str> {
    let marked = text.strip_prefix('⟨')?.strip_suffix('⟩')?;
    marked.strip_prefix('#').or_else(|| marked.strip_prefix('?'))
}

fn escaped(text: &str, special: &[char]) -> String {
    let mut result = String::with_capacity(text.len());
    for char in text.chars() {
        if special.contains(&char) {
            result.push('\\');
        }
        result.push(char);
    }
    result
}
