//! Reads a page: the bodies of its requests, the inputs in its URLs, its tables of credentials and the blanks that are left.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::syntax::{Node, Tree};

use super::credentials;

/// The body of a request.
pub(super) struct Body {
    /// The line on which it starts, from 1.
    line: usize,
    pub(super) tree: Tree,
}

impl Body {
    /// The line of a node.
    pub(super) fn line_of(&self, node: Node<'_>) -> usize {
        self.line_at(node.range().start)
    }

    /// The line of an offset.
    pub(super) fn line_at(&self, offset: usize) -> usize {
        self.line + self.tree.source()[..offset].matches('\n').count()
    }
}

/// What is before the body of a request, which is in single quotes.
const DATA_OPTIONS: [&str; 3] = ["-d ", "--data ", "--data-raw "];

/// The bodies of the requests, in order.
pub(super) fn bodies(page: &str) -> Vec<Body> {
    let (mut bodies, mut lines) = (Vec::new(), Lines::new(page));
    let mut at = 0;
    while let Some(quote) = page[at..].find('\'').map(|quote| at + quote) {
        at = quote + 1;
        if DATA_OPTIONS.iter().any(|option| page[..quote].ends_with(option)) {
            let (text, end) = quoted(&page[at..]);
            bodies.push(Body { line: lines.at(at), tree: Tree::parse(text) });
            at += end;
        }
    }
    bodies
}

/// Counts the lines up to offsets that only grow.
struct Lines<'p> {
    page: &'p str,
    counted: usize,
    line: usize,
}

impl<'p> Lines<'p> {
    fn new(page: &'p str) -> Self {
        Lines { page, counted: 0, line: 1 }
    }

    /// The line of an offset, from 1.
    fn at(&mut self, offset: usize) -> usize {
        self.line += self.page[self.counted..offset].matches('\n').count();
        self.counted = offset;
        self.line
    }
}

/// The text up to the single quote that ends it, and where that is. The shell writes a quote inside of it as `'\''`.
fn quoted(rest: &str) -> (String, usize) {
    let mut end = 0;
    while let Some(quote) = rest[end..].find('\'') {
        end += quote;
        if !rest[end..].starts_with(ESCAPED_QUOTE) {
            return (rest[..end].replace(ESCAPED_QUOTE, "'"), end);
        }
        end += ESCAPED_QUOTE.len();
    }
    (rest.to_owned(), rest.len())
}

const ESCAPED_QUOTE: &str = r"'\''";

/// The inputs in the URLs of explore requests, each with its line. Placeholders are left out.
pub(super) fn source_params(page: &str) -> Vec<(usize, &str)> {
    const PARAMETER: &str = "sourceParams=";
    let is_value = |char: char| char.is_ascii_alphanumeric() || "+/=%-_{}".contains(char);
    let mut lines = Lines::new(page);
    let values = page.match_indices(PARAMETER).map(|(at, _)| {
        let rest = &page[at + PARAMETER.len()..];
        (lines.at(at), &rest[..rest.find(|char| !is_value(char)).unwrap_or(rest.len())])
    });
    values.filter(|(_, value)| !value.is_empty() && !value.starts_with('{')).collect()
}

/// The JSON objects that the text shows as code, such as the one that is encoded in the URL.
pub(super) fn shown_objects(page: &str) -> Vec<Value> {
    let spans = text_lines(page).flat_map(|(_, line)| line.split('`').skip(1).step_by(2));
    let parsed = spans.filter_map(|span| {
        let value = serde_json::from_str(&span.trim().replace("\\|", "|")).ok()?;
        // One of Adobe's pages has the object in quotes.
        if let Value::String(inner) = &value { serde_json::from_str(inner).ok() } else { Some(value) }
    });
    parsed.filter(Value::is_object).collect()
}

/// A table of credentials.
pub(super) struct Table {
    pub(super) line: usize,
    /// The first cell of each row, and its line.
    pub(super) rows: Vec<(usize, String)>,
}

/// The tables of credentials, in order.
pub(super) fn credential_tables(page: &str) -> Vec<Table> {
    let mut tables: Vec<Table> = Vec::new();
    let mut is_inside = false;
    for (line, text) in text_lines(page) {
        let Some(cell) = first_cell(text) else {
            is_inside = false;
            continue;
        };
        match tables.last_mut().filter(|_| is_inside) {
            Some(_) if cell.chars().all(|char| "-: ".contains(char)) => {}
            Some(table) => table.rows.push((line, cell)),
            None if cell.eq_ignore_ascii_case(credentials::HEAD) => {
                is_inside = true;
                tables.push(Table { line, rows: Vec::new() });
            }
            None => {}
        }
    }
    tables
}

/// Whether a page without such a table may still say which credentials are needed: in a table of HTML, or on the overview that
/// it links to, as some of Adobe's pages do.
pub(super) fn has_credentials_elsewhere(page: &str) -> bool {
    text_lines(page).any(|(_, line)| {
        let lower = line.to_ascii_lowercase();
        lower.contains("<table") || lower.contains("overview](") && lower.contains("credential")
    })
}

/// The first cell of a row, without the marks of code.
fn first_cell(line: &str) -> Option<String> {
    let row = line.trim().strip_prefix('|')?;
    let mut end = 0;
    while let Some(bar) = row[end..].find('|') {
        end += bar;
        if !row[..end].ends_with('\\') {
            break;
        }
        end += 1;
    }
    let cell = row[..end].trim().replace("\\|", "|");
    let code = cell.trim_matches('`');
    Some(if code.len() < cell.len() { code.trim().to_owned() } else { cell })
}

/// The lines, from 1, of what the author of a page has not filled in: text in italics, and Adobe's placeholder for the name, also
/// in requests.
pub fn page_blanks(page: &str) -> Vec<usize> {
    let is_in_italics = |line: &str| {
        let plain = line.trim().trim_start_matches("* ").replace("\\*", "").replace("**", "");
        plain.matches('*').count() >= 2
    };
    let in_italics = text_lines(page).filter(|(_, line)| is_in_italics(line)).map(|(line, _)| line);
    let nameless = page.lines().zip(1..).filter(|(line, _)| line.contains("YOURSOURCE")).map(|(_, line)| line);
    in_italics.chain(nameless).collect::<BTreeSet<_>>().into_iter().collect()
}

/// The lines outside of blocks of code, each with its number.
fn text_lines(page: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut is_code = false;
    page.lines().enumerate().filter_map(move |(index, line)| {
        let is_fence = line.trim_start().starts_with("```");
        is_code ^= is_fence;
        (!is_code && !is_fence).then_some((index + 1, line))
    })
}
