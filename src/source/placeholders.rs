//! Placeholders for inputs: in which strings `${name}` is replaced, and the placeholders of a string.

use std::borrow::Cow;

use super::model::{Request, Source, SourceSpec, UrlParams};
use crate::syntax::template::{self, Part, PartKind};
use crate::syntax::{self, Kind, Node, Tree};

/// A part of the request in which `${name}` is replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RequestPart {
    /// Scheme and host.
    Host,
    /// The path.
    Path,
    /// A query parameter, or all of them in the deprecated form.
    Query,
    /// A header, or all of them in the deprecated form.
    Header,
    /// A value of the body.
    Body,
    /// A value of the schedule.
    Schedule,
    /// A value of the pagination.
    Pagination,
    /// Another value of `urlParams`, such as the method.
    Other,
}

/// The part of the request that a string is a value of, if `${name}` is replaced there. Documented for host, path, query,
/// header and body values; inferred for the expressions of a schedule, which end up in those, and for pagination.
pub(crate) fn request_part(string: Node<'_>) -> Option<RequestPart> {
    let path: Vec<Node<'_>> = string.ancestors().filter(|node| node.kind() == Kind::Member).collect();
    let key = |from_outside: usize| path.iter().rev().nth(from_outside)?.member()?.key.string();
    if is_key(string) || key(0)? != Source::SOURCE_SPEC || key(1)? != SourceSpec::ATTRIBUTES {
        return None;
    }
    part_of(key(2)?.as_ref(), key(3).as_deref())
}

fn is_key(string: Node<'_>) -> bool {
    string.as_part_of_member().is_some_and(|member| member.value != string)
}

/// The part of the request below a key of `attributes`, or a key of `urlParams`.
fn part_of(key: &str, url_key: Option<&str>) -> Option<RequestPart> {
    match key {
        Request::URL_PARAMS => Some(match url_key {
            Some(UrlParams::QUERY_PARAMS) => RequestPart::Query,
            Some(UrlParams::HOST | UrlParams::HOSTNAME | UrlParams::HOST_NAME) => RequestPart::Host,
            Some(UrlParams::PATH) => RequestPart::Path,
            _ => RequestPart::Other,
        }),
        Request::QUERY_PARAMS => Some(RequestPart::Query),
        Request::HEADER_PARAMS => Some(RequestPart::Header),
        Request::BODY_PARAMS => Some(RequestPart::Body),
        Request::SCHEDULE_PARAMS => Some(RequestPart::Schedule),
        Request::PAGINATION_PARAMS => Some(RequestPart::Pagination),
        _ => None,
    }
}

/// Whether `${name}` is replaced in this string.
pub(crate) fn is_replaced_in(string: Node<'_>) -> bool {
    request_part(string).is_some()
}

/// Every string in which `${name}` is replaced, with its part of the request.
pub(crate) fn replaced_strings(tree: &Tree) -> impl Iterator<Item = (Node<'_>, RequestPart)> {
    let members = Source::of(tree).request().into_iter().flat_map(|request| request.node().members());
    let parts = members.flat_map(|member| {
        let key = member.key.string().unwrap_or_default();
        let is_url = key == Request::URL_PARAMS && member.value.kind() == Kind::Object;
        let url_members = member.value.members().filter(move |_| is_url);
        let in_url = url_members.map(|url| (url.value, part_of(Request::URL_PARAMS, url.key.string().as_deref())));
        let whole = (!is_url).then(|| (member.value, part_of(&key, None)));
        in_url.chain(whole)
    });
    let strings = |node: Node<'_>| node.kind() == Kind::String && !is_key(node);
    parts.flat_map(move |(value, part)| {
        value.descendants().filter(move |node| strings(*node)).filter_map(move |string| Some((string, part?)))
    })
}

/// The placeholder of an input, as it is written inside a JSON string.
pub(crate) fn of_input(name: &str) -> String {
    format!("${{{}}}", syntax::escaped(name))
}

/// The placeholders in a string or a bare word.
pub(crate) fn in_string(string: Node<'_>) -> Vec<Part> {
    let inner = string.inner();
    template::parts(&string.tree().source()[inner.clone()], inner.start)
}

/// The placeholder that the byte `offset` of a string is in or at the end of.
pub(crate) fn at(string: Node<'_>, offset: usize) -> Option<Part> {
    in_string(string).into_iter().find(|part| {
        let end = if part.closed { part.range.end - 1 } else { part.range.end };
        part.range.start < offset && offset <= end
    })
}

/// The placeholder that contains an offset, or else ends at it.
pub(crate) fn touching(parts: &[Part], offset: usize) -> Option<&Part> {
    let inside = parts.iter().find(|part| part.range.contains(&offset));
    inside.or_else(|| parts.iter().find(|part| part.range.end == offset))
}

/// The characters of a string whose value is known: it has both quotes, no placeholder, and is not blank.
pub(crate) fn literal(node: Node<'_>) -> Option<Cow<'_, str>> {
    node.string().filter(|text| node.is_quoted() && !text.trim().is_empty() && in_string(node).is_empty())
}

/// Every `${name}` that is replaced, with the name.
pub(crate) fn references(tree: &Tree) -> impl Iterator<Item = (Part, Cow<'_, str>)> {
    replaced_strings(tree).flat_map(|(string, _)| references_in(string))
}

/// Every `${name}` in a string, with the name.
pub(crate) fn references_in(string: Node<'_>) -> impl Iterator<Item = (Part, Cow<'_, str>)> {
    let parts = if string.text().contains("${") { in_string(string) } else { Vec::new() };
    parts.into_iter().filter(|part| part.kind == PartKind::Input).map(move |part| {
        let name = name(string.tree(), &part);
        (part, name)
    })
}

/// What is between the braces of a placeholder.
pub(crate) fn name<'t>(tree: &'t Tree, part: &Part) -> Cow<'t, str> {
    syntax::unescaped(&tree.source()[part.name.clone()])
}
