//! What can be opened from a spec: pages, the URL of its request, the files beside it.

use std::borrow::Cow;
use std::ops::Range;

use crate::document::Document;
use crate::lint::{Facts, Neighbour};
use crate::source::model::{Request, Source, UiAttributes, UiText, UrlParams};
use crate::source::placeholders::literal;
use crate::syntax::{Kind, Node, Tree};

/// A text that can be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The text, in bytes, without its quotes.
    pub range: Range<usize>,
    /// What it opens.
    pub target: Opens,
    /// What it is, in a few words.
    pub tooltip: &'static str,
}

/// What a link opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opens {
    /// An address that begins with `http:` or `https:`.
    Address(String),
    /// A file beside the document, by its name.
    Neighbour(String),
}

/// The drafts of JSON Schema, by the URLs that name them.
const DRAFTS: [&str; 5] = [
    "http://json-schema.org/draft-04/schema",
    "http://json-schema.org/draft-06/schema",
    "http://json-schema.org/draft-07/schema",
    "https://json-schema.org/draft/2019-09/schema",
    "https://json-schema.org/draft/2020-12/schema",
];

/// All links, in document order.
pub(super) fn links(document: &Document, facts: &Facts) -> Vec<Link> {
    if document.kind().is_none() {
        return Vec::new();
    }
    let tree = document.tree();
    let mut links: Vec<Link> = tree.nodes().filter_map(page).collect();
    links.extend(request(tree));
    links.extend(neighbours(tree, facts));
    links.sort_by_key(|link| link.range.start);
    links
}

/// The pages that a member names: documentation, or a draft of JSON Schema.
fn page(node: Node<'_>) -> Option<Link> {
    let member = node.member().filter(|member| member.value.kind() == Kind::String)?;
    let tooltip = match member.key.string()?.as_ref() {
        UiAttributes::DOCUMENTATION_LINK => "Open documentation",
        "$schema" if DRAFTS.contains(&literal(member.value)?.trim_end_matches('#')) => "Open JSON Schema draft",
        _ => return None,
    };
    Some(Link { range: member.value.inner(), target: Opens::Address(address(member.value)?.into_owned()), tooltip })
}

/// A text that is a URL to be opened: a whole one, without spaces and placeholders.
fn address(node: Node<'_>) -> Option<Cow<'_, str>> {
    let is_one = |text: &Cow<'_, str>| {
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        rest.is_some_and(|rest| rest.starts_with(|char: char| char.is_alphanumeric() || char == '['))
            && !text.contains(|char: char| char.is_whitespace() || char.is_control() || "<>\"{}|\\^`".contains(char))
    };
    literal(node).filter(is_one)
}

/// The host and path of the request, where nothing in them is replaced.
fn request(tree: &Tree) -> Vec<Link> {
    let Some(params) = Source::of(tree).request().and_then(Request::url_params).map(UrlParams::new) else {
        return Vec::new();
    };
    let Some(host) = params.host() else { return Vec::new() };
    let Some(base) = address(host) else { return Vec::new() };
    let link = |node: Node<'_>, target: String| {
        let tooltip = "Open request URL";
        Link { range: node.inner(), target: Opens::Address(target), tooltip }
    };
    // After a query or a fragment a path would be a part of that.
    let path = params.path().filter(|_| !base.contains(['?', '#'])).and_then(|path| {
        let text = literal(path).filter(|text| text.starts_with('/'))?;
        let whole = format!("{}{text}", base.trim_end_matches('/'));
        let is_plain = !text.contains(|char: char| char.is_whitespace() || "<>\"{}|\\^`".contains(char));
        is_plain.then(|| link(path, whole))
    });
    [link(host, base.to_string())].into_iter().chain(path).collect()
}

/// The texts of the catalogue, each with the file beside the spec that says the same for the submission.
fn neighbours(tree: &Tree, facts: &Facts) -> Vec<Link> {
    let shown = Source::of(tree).request().and_then(Request::ui_attributes_node).map(UiAttributes::new);
    let (Some(shown), Some(folder)) = (shown, &facts.folder) else { return Vec::new() };
    let kinds = [
        (shown.category(), "Open category file"),
        (shown.description(), "Open description file"),
        (shown.icon(), "Open icon"),
        (shown.label(), "Open label file"),
    ];
    let link = |((file, neighbour), (text, tooltip)): ((String, &Neighbour), (Option<Node<'_>>, &'static str))| {
        let text = UiText::new(text.filter(|_| *neighbour != Neighbour::Absent)?);
        let value = text.key().or_else(|| text.text()).filter(|value| value.kind() == Kind::String)?;
        Some(Link { range: value.inner(), target: Opens::Neighbour(file), tooltip })
    };
    folder.files().into_iter().zip(kinds).filter_map(link).collect()
}

#[cfg(test)]
mod tests;
