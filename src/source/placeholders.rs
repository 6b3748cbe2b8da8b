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
    let is_value = string.as_part_of_member().is_none_or(|member| member.value == string);
    if !is_value || key(0)? != Source::SOURCE_SPEC || key(1)? != SourceSpec::ATTRIBUTES {
        return None;
    }
    match key(2)?.as_ref() {
        Request::URL_PARAMS => Some(match key(3).as_deref() {
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
    let attributes = Source::of(tree).request().map(Request::node);
    let strings = attributes.into_iter().flat_map(Node::descendants).filter(|node| node.kind() == Kind::String);
    strings.filter_map(|string| Some((string, request_part(string)?)))
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
    let is_complete = node.kind() == Kind::String && node.has_opening_quote() && node.has_closing_quote();
    node.string().filter(|text| is_complete && !text.trim().is_empty() && in_string(node).is_empty())
}

/// Every `${name}` that is replaced, with the name.
pub(crate) fn references(tree: &Tree) -> impl Iterator<Item = (Part, &str)> {
    replaced_strings(tree).flat_map(|(string, _)| references_in(string))
}

/// Every `${name}` in a string, with the name.
pub(crate) fn references_in(string: Node<'_>) -> impl Iterator<Item = (Part, &str)> {
    let parts = if string.text().contains("${") { in_string(string) } else { Vec::new() };
    parts.into_iter().filter(|part| part.kind == PartKind::Input).map(move |part| {
        let name = &string.tree().source()[part.name.clone()];
        (part, name)
    })
}
