//! Sources like those of well-known APIs, written with completion alone: which items are accepted, how many keys that takes,
//! and what of the API cannot be expressed. The results are the specs in `tests/specs/apis`.

#![allow(clippy::expect_used, clippy::print_stdout, reason = "a test fails by panicking, and prints its counts")]

use connspec::document::Document;
use connspec::ide::{CompletionItem, FormatOptions, completion, format};
use connspec::lint::{Facts, Severity, diagnostics};
use connspec::text::Text;
use expect_test::expect_file;

/// Someone who writes a spec, and the keys that were pressed.
struct Author {
    text: String,
    cursor: usize,
    presses: usize,
}

/// A tab stop of an accepted item: where its default is.
struct Stop {
    number: usize,
    start: usize,
    end: usize,
}

impl Author {
    fn new() -> Self {
        Author { text: "{\n  \n}\n".to_owned(), cursor: 4, presses: 2 }
    }

    fn document(&self) -> Document {
        Document::new("like-connectionSpec.json", 0, Text::new(&self.text))
    }

    /// Requests completion, types until the item is the first one, and accepts it. `values`: what is typed at its tab stops,
    /// in order; an empty string keeps the default.
    fn accept(&mut self, label: &str, values: &[&str]) {
        let mut items = completion(&self.document(), self.cursor);
        items.sort_by(|a, b| a.sort.cmp(&b.sort));
        let item = items.iter().find(|item| item.label == label);
        let labels: Vec<&str> = items.iter().map(|item| item.label.as_str()).collect();
        let Some(item) = item else { panic!("`{label}` is not offered: {labels:?}\n{}", self.marked()) };
        let typed = (0..=label.len()).find(|length| {
            let prefix = label[..*length].to_lowercase();
            labels.iter().find(|other| other.to_lowercase().starts_with(&prefix)) == Some(&label)
        });
        self.presses += typed.unwrap_or(label.len()) + 2;
        self.insert(item, values);
    }

    fn insert(&mut self, item: &CompletionItem, values: &[&str]) {
        let (mut text, mut stops) = match &item.snippet {
            Some(snippet) => parse(snippet),
            None => (item.edit.new.clone(), Vec::new()),
        };
        let mut numbers: Vec<usize> = stops.iter().map(|stop| stop.number).filter(|number| *number > 0).collect();
        numbers.sort_unstable();
        numbers.dedup();
        assert!(values.len() <= numbers.len(), "{} has {} tab stops\n{text}", item.label, numbers.len());
        for (index, number) in numbers.iter().enumerate() {
            let typed = values.get(index).copied().unwrap_or_default();
            self.presses += typed.chars().count() + 1;
            let first = stops.iter().find(|stop| stop.number == *number).map_or(0..0, |stop| stop.start..stop.end);
            let default = text[first].to_owned();
            // A stop without a default repeats the first one of its number.
            let value = if typed.is_empty() { default.as_str() } else { typed };
            while let Some(at) = stops.iter().position(|stop| stop.number == *number && stop.start != usize::MAX) {
                let (start, end) = (stops[at].start, stops[at].end);
                text.replace_range(start..end, value);
                stops[at].start = usize::MAX;
                for other in stops.iter_mut().filter(|other| other.start != usize::MAX && other.start >= end) {
                    other.start = other.start + value.len() - (end - start);
                    other.end = other.end + value.len() - (end - start);
                }
            }
        }
        let range = item.edit.range.clone();
        self.text.replace_range(range.clone(), &text);
        self.cursor = range.start + text.len();
        for edit in &item.additional {
            self.text.replace_range(edit.range.clone(), &edit.new);
            self.cursor = self.cursor + edit.new.len() - edit.range.len();
        }
    }

    /// Moves the cursor behind the last occurrence of a text; counted as one key.
    fn after(&mut self, text: &str) -> &mut Self {
        let at = self.text.rfind(text).unwrap_or_else(|| panic!("{text} is not in {}", self.text));
        (self.cursor, self.presses) = (at + text.len(), self.presses + 1);
        self
    }

    /// Types text.
    fn typed(&mut self, text: &str) -> &mut Self {
        self.text.insert_str(self.cursor, text);
        (self.cursor, self.presses) = (self.cursor + text.len(), self.presses + text.chars().count());
        self
    }

    /// A new line after the current position.
    fn line(&mut self) -> &mut Self {
        self.typed("\n")
    }

    fn marked(&self) -> String {
        format!("{}<|>{}", &self.text[..self.cursor], &self.text[self.cursor..])
    }
}

/// The text of a snippet, and its tab stops.
fn parse(snippet: &str) -> (String, Vec<Stop>) {
    let (mut text, mut stops) = (String::new(), Vec::new());
    let mut rest = snippet;
    while let Some(char) = rest.chars().next() {
        if let Some(escaped) = rest.strip_prefix('\\') {
            let next = escaped.chars().next().unwrap_or('\\');
            text.push(next);
            rest = &escaped[next.len_utf8().min(escaped.len())..];
        } else if let Some(stop) = rest.strip_prefix("${") {
            let digits = stop.find(|char: char| !char.is_ascii_digit()).expect("a number ends");
            let number = stop[..digits].parse().expect("a number");
            let start = text.len();
            let body = &stop[digits..];
            let end = end_of(body);
            let default = body[1..end].trim_end_matches('|');
            let default = if body.starts_with('|') { default.split(',').next().unwrap_or_default() } else { default };
            text += &unescaped(default);
            stops.push(Stop { number, start, end: text.len() });
            rest = &body[end + 1..];
        } else if let Some(number) =
            rest.strip_prefix('$').and_then(|rest| rest.chars().next()).and_then(|char| char.to_digit(10))
        {
            stops.push(Stop { number: number as usize, start: text.len(), end: text.len() });
            rest = &rest[2..];
        } else {
            text.push(char);
            rest = &rest[char.len_utf8()..];
        }
    }
    (text, stops)
}

/// Where the brace is that ends a tab stop.
fn end_of(body: &str) -> usize {
    let mut is_escaped = false;
    let end = body.char_indices().find(|(_, char)| {
        let ends = *char == '}' && !is_escaped;
        is_escaped = *char == '\\' && !is_escaped;
        ends
    });
    end.expect("a closing brace").0
}

fn unescaped(text: &str) -> String {
    let mut result = String::new();
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        result.extend(if char == '\\' { chars.next() } else { Some(char) });
    }
    result
}

/// A new spec with one way to authenticate, and the cursor inside `sourceSpec.attributes`.
fn begin(name: &str, description: &str, auth: &str) -> Author {
    let mut author = Author::new();
    author.accept("type", &[]);
    author.typed(",").line().accept("all missing keys", &[name, description]);
    author.after("\"authSpec\": [").accept(auth, &[]);
    author.after("\"sourceSpec\": {").accept("attributes", &[]);
    author.after("\"sourceSpec\": {\"attributes\": {");
    author
}

impl Author {
    /// Types a key, and accepts a value that is not the first one offered with the key.
    fn value(&mut self, key: &str, label: &str, values: &[&str]) {
        self.typed(&format!("\"{key}\": ")).accept(label, values);
    }

    /// Accepts the keys of the catalog entry.
    fn catalog(&mut self, category: &str, key: &str) {
        let texts = ["Icon", "Description", "Label"].map(|text| format!("{key}{text}"));
        self.accept("uiAttributes", &[category, &texts[0], &texts[1], &texts[2]]);
        self.typed(",").line();
    }

    /// Declares one input, formats, and compares with the file.
    #[track_caller]
    fn finish(mut self, input: Option<(&str, &str)>, file: &str) -> usize {
        self.after("\"sourceSpec\": {").line();
        match input {
            Some((name, description)) => self.accept("spec", &[name, description]),
            None => self.value("spec", "no inputs", &[]),
        }
        let document = self.document();
        assert_eq!(document.tree().errors(), [], "{}", self.text);
        let mut text = self.text.clone();
        for edit in format(&document, &FormatOptions::default()).into_iter().rev() {
            text.replace_range(edit.range, &edit.new);
        }
        expect_file![format!("{}/tests/specs/apis/{file}", env!("CARGO_MANIFEST_DIR"))].assert_eq(&text);
        let document = Document::new(file, 0, Text::new(text));
        let errors: Vec<_> = diagnostics(&document, &Facts::default());
        let errors: Vec<_> = errors.into_iter().filter(|found| found.severity == Severity::Error).collect();
        assert_eq!(errors, []);
        self.presses + 1
    }
}

/// A list of issues: the next page is announced in a `Link` header, pages are counted, the response is the array itself, and
/// there is a `since` without an end.
fn github() -> usize {
    let mut author = begin("like-github", "Issues of an organization.", "static bearer token");
    author.catalog("protocols", "githubIssues");
    author.value(
        "urlParams",
        "GET request with query",
        &["api.github.example", "orgs/${org}/issues", "since", "{SCHEDULE_QUERY}"],
    );
    author.typed(",").line().value("contentPath", "response is the array", &[]);
    author.typed(",").line().value("paginationParams", "PAGE", &["per_page", "", "page"]);
    author
        .typed(",")
        .line()
        .typed("\"scheduleParams\": { \"type\": \"ADVANCE\", \"paramFormat\": \"yyyy-MM-ddTHH:mm:ssZ\", ");
    author.typed("\"incremental\": \"{START_TIME}\", \"backfill\": \"1970-01-01T00:00:00Z\" }");
    author.finish(Some(("org", "Name of the organization")), "github-connectionSpec.json")
}

/// A list of charges: the cursor is the id of the last record, times are seconds since 1970.
fn stripe() -> usize {
    let mut author = begin("like-stripe", "Charges.", "static bearer token");
    author.catalog("payments", "stripeCharges");
    author.value("urlParams", "GET request with query", &["api.stripe.example", "v1/charges", "limit", "100"]);
    author.typed(",").line().accept("contentPath", &["data"]);
    author.typed(",").line().value("paginationParams", "NONE", &[]);
    author.finish(None, "stripe-connectionSpec.json")
}

/// A list of contacts: a token in the body of the response, and a page size.
fn hubspot() -> usize {
    let mut author = begin("like-hubspot", "Contacts.", "static bearer token");
    author.catalog("crm", "hubspotContacts");
    author.value(
        "urlParams",
        "GET request with query",
        &["api.hubspot.example", "crm/v3/objects/contacts", "limit", "100"],
    );
    author.typed(",").line().accept("contentPath", &["results"]);
    author.typed(",").line().value("paginationParams", "CONTINUATION_TOKEN", &["paging.next.after", "", "after"]);
    author.finish(None, "hubspot-connectionSpec.json")
}

/// A search for users: the time window is part of a query, a token in the body of the response, and a page size.
fn zendesk() -> usize {
    let mut author = begin("like-zendesk", "Users.", "static bearer token");
    author.catalog("customerSuccess", "zendeskUsers");
    author.value(
        "urlParams",
        "GET request with query",
        &["${domain}.zendesk.example", "api/v2/search/export", "query", "{SCHEDULE_QUERY}"],
    );
    author.after("\"{SCHEDULE_QUERY}\"").typed(", \"filter[type]\": \"user\", \"page[size]\": \"100\"");
    author.after("\"page[size]\": \"100\"\n  }\n}").typed(",").line().accept("contentPath", &["results"]);
    author.typed(",").line().value("paginationParams", "CONTINUATION_TOKEN", &["", "", ""]);
    author.typed(",").line().value("scheduleParams", "ADVANCE", &[]);
    author.after("\"properties\": {\n      \"accessToken\"");
    author.cursor -= "\"accessToken\"".len();
    author.accept("domain", &["Account part of your host"]);
    author.finish(None, "zendesk-connectionSpec.json")
}

const INTRODUCTION: &str = "# What a spec cannot express

The format covers the common kinds of APIs. What it has no key for, according to Adobe's documentation, and the nearest thing that works:

| the API | use |
| --- | --- |
| announces the next page in a `Link` header | `PAGE`, if the API counts pages |
| expects the id of the last record as cursor | `OFFSET` or `PAGE`, if the API has them |
| expects the token in the body of a `POST` request | `QUERYPARAM` or `HEADERPARAM`, if the API accepts the token there |
| has a page size besides a token | `urlParams.queryParams` |
| expects times in seconds since 1970 | nothing: each run fetches all records |
| has a start but no end of the time window | an `ADVANCE` schedule with `{START_TIME}` alone (inferred) |

Sources like those of four well-known APIs, in [tests/specs/apis](../tests/specs/apis), written with completion: how many keys that
takes, and what is missing. The keys are those that are typed, one for each list that is opened, each item that is accepted, each tab
stop and each move of the cursor.

";

#[test]
fn well_known_kinds_of_apis_are_written_with_completion() {
    let table = format!(
        "| like | keys | missing |\n| --- | --- | --- |\n\
         | [GitHub](../tests/specs/apis/github-connectionSpec.json) | {} | the `Link` header is not followed, pages are counted; a start without an end is expressed in a way that is inferred |\n\
         | [Stripe](../tests/specs/apis/stripe-connectionSpec.json) | {} | the id of the last record as cursor, so only the first page is read; times in seconds since 1970, so there is no time window |\n\
         | [HubSpot](../tests/specs/apis/hubspot-connectionSpec.json) | {} | its search, which takes token and time window in the body, so each run reads all contacts |\n\
         | [Zendesk](../tests/specs/apis/zendesk-connectionSpec.json) | {} | nothing |\n",
        github(),
        stripe(),
        hubspot(),
        zendesk()
    );
    expect_file!["../docs/limits.md"].assert_eq(&(INTRODUCTION.to_owned() + &table));
}
