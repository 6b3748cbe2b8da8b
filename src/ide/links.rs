//! Document links: to pages, to the URL of the request, and to the files beside the spec.

use std::borrow::Cow;
use std::ops::Range;

use crate::document::Document;
use crate::lint::{Artifact, Facts};
use crate::source::model::{Request, Schema, Source, UiAttributes, UiText, UrlParams};
use crate::source::placeholders::literal;
use crate::spec;
use crate::syntax::{Kind, Node, Tree};

/// A link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The range (bytes), without quotes.
    pub range: Range<usize>,
    /// The target.
    pub target: LinkTarget,
    /// The tooltip.
    pub tooltip: &'static str,
}

/// The target of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkTarget {
    /// A URL that begins with `http:` or `https:`.
    Url(String),
    /// The name of a file beside the document.
    File(String),
}

/// Links to documentation and to files beside the spec, in document order.
pub fn links(document: &Document, facts: &Facts) -> Vec<Link> {
    if document.kind().is_none() {
        return Vec::new();
    }
    let tree = document.tree();
    let mut links: Vec<Link> = tree.nodes().filter_map(page).collect();
    links.extend(request(tree));
    links.extend(artifacts(tree, facts));
    links.sort_by_key(|link| link.range.start);
    links
}

/// The link of a documentation page or a JSON Schema draft.
fn page(node: Node<'_>) -> Option<Link> {
    let member = node.member().filter(|member| member.value.kind() == Kind::String)?;
    let tooltip = match member.key.string()?.as_ref() {
        UiAttributes::DOCUMENTATION_LINK => "Open documentation",
        Schema::SCHEMA if is_draft(&literal(member.value)?) => "Open JSON Schema draft",
        _ => return None,
    };
    Some(Link { range: member.value.inner(), target: LinkTarget::Url(url(member.value)?.into_owned()), tooltip })
}

fn is_draft(uri: &str) -> bool {
    spec::json_schema_drafts().any(|(draft, _)| draft.trim_end_matches('#') == uri.trim_end_matches('#'))
}

/// The value of a string that is a complete URL, without spaces and placeholders.
fn url(node: Node<'_>) -> Option<Cow<'_, str>> {
    let is_url = |text: &Cow<'_, str>| {
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        rest.is_some_and(|rest| rest.starts_with(|char: char| char.is_alphanumeric() || char == '['))
            && !text.contains(|char: char| char.is_whitespace() || char.is_control() || "<>\"{}|\\^`".contains(char))
    };
    literal(node).filter(is_url)
}

/// The links of the host and path of the request, if they have no placeholders.
fn request(tree: &Tree) -> Vec<Link> {
    let Some(params) = Source::of(tree).request().and_then(Request::url_params).map(UrlParams::new) else {
        return Vec::new();
    };
    let Some(host) = params.host() else { return Vec::new() };
    let Some(base) = url(host) else { return Vec::new() };
    let link = |node: Node<'_>, target: String| Link {
        range: node.inner(),
        target: LinkTarget::Url(target),
        tooltip: "Open request URL",
    };
    // A path after a query or fragment would be a part of it.
    let path = params.path().filter(|_| !base.contains(['?', '#'])).and_then(|path| {
        let text = literal(path).filter(|text| text.starts_with('/'))?;
        let whole = format!("{}{text}", base.trim_end_matches('/'));
        let is_plain = !text.contains(|char: char| char.is_whitespace() || "<>\"{}|\\^`".contains(char));
        is_plain.then(|| link(path, whole))
    });
    [link(host, base.to_string())].into_iter().chain(path).collect()
}

/// The links of the texts of the catalog to the files beside the spec that have the same content.
fn artifacts(tree: &Tree, facts: &Facts) -> Vec<Link> {
    let shown = Source::of(tree).request().and_then(Request::ui_attributes_node).map(UiAttributes::new);
    let (Some(shown), Some(folder)) = (shown, &facts.folder) else { return Vec::new() };
    let kinds = [
        (shown.category(), "Open category file"),
        (shown.description(), "Open description file"),
        (shown.icon(), "Open icon"),
        (shown.label(), "Open label file"),
    ];
    let link = |((name, file), (text, tooltip)): ((String, &Artifact), (Option<Node<'_>>, &'static str))| {
        let text = UiText::new(text.filter(|_| *file != Artifact::Absent)?);
        let value = text.key().or_else(|| text.text()).filter(|value| value.kind() == Kind::String)?;
        Some(Link { range: value.inner(), target: LinkTarget::File(name), tooltip })
    };
    folder.files().into_iter().zip(kinds).filter_map(link).collect()
}

#[cfg(test)]
mod tests;
