//! `complex-path`: a JSON path that selects more or less than it has to: one array of records, or one value.

use std::ops::Range;

use crate::lint::{Diagnostic, Fix, Severity};
use crate::source::json_path::{self, Path, Segment, Selector};
use crate::source::model::Pagination;
use crate::source::placeholders::literal;
use crate::syntax::Node;

use super::{Context, Rule, pages};

pub(crate) const RULE: Rule = Rule {
    code: "complex-path",
    severities: &[Severity::Warning],
    finds: "a path to the records that is more than names (`$.data[*]`, `$..orders`), and a path to the next page, its token or the end that cannot give one value (`$.orders.next` where `$.orders` is the array of records) or that names a response header (`$.headers.link`)",
    why: "Flow Service rejects a complex path to the records with `1314-400`; which paths are complex is not documented, so anything besides names is a warning. Inferred from [Data Factory's REST connector](https://learn.microsoft.com/en-us/azure/data-factory/connector-rest), not documented by Adobe: paths of the pagination are read from each response, which has to be an object, and select one value; an array has no members. Response headers (`headers.NAME`) are documented for `endPageIndex` only; the connector also has them as end condition. A path that names a header, such as `$.headers.link`, selects nothing of the body.",
    at: "sourceSpec.attributes",
    wrong: r#""contentPath": { "path": "$.data[*]" }"#,
    right: r#""contentPath": { "path": "$.data" }"#,
    link: pages::CONTENT_PATH,
    every_kind: false,
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(request) = context.request() else { return };
    for node in [request.records_path(), request.explode_path()].into_iter().flatten() {
        diagnostics.extend(to_records(context, node));
    }
    let records = request.records_path().and_then(parsed);
    let Some(pagination) = request.pagination() else { return };
    for node in [pagination.pointer_path(), pagination.continuation_token_path()].into_iter().flatten() {
        diagnostics.extend(header(node).or_else(|| to_value(node, records.as_ref(), false)));
    }
    let end = pagination.end_condition_name();
    diagnostics
        .extend(end.and_then(|node| path_to_header(context, node).or_else(|| to_value(node, records.as_ref(), true))));
}

fn parsed(node: Node<'_>) -> Option<Path> {
    json_path::parse(&literal(node)?).ok()
}

/// A path to records that is more than names.
fn to_records(context: &Context<'_>, node: Node<'_>) -> Option<Diagnostic> {
    let path = parsed(node)?;
    let complex = path.segments.iter().position(|segment| segment.name().is_none())?;
    let range = range_of(&path.segments[complex..=complex]);
    let what = what(&path.segments[complex]);
    let message = format!(
        "{what} in the path to the records, which Flow Service may reject as complex (`1314-400`); use names only"
    );
    let is_only_last = complex + 1 == path.segments.len() && complex > 0 && !path.segments[complex].is_descendant;
    Some(RULE.at(Severity::Warning, node.part(&range), message).with_offered_fixes(context, |writer| {
        let text = literal(node).unwrap_or_default();
        let shorter = text.get(..range.start).filter(|_| is_only_last).map(str::to_owned);
        shorter.map(|shorter| Fix::rename(writer, node, &shorter))
    }))
}

/// A path of the pagination that cannot give one value. `is_end`: whether it may select the array of records, whose absence or
/// emptiness ends the pagination.
fn to_value(node: Node<'_>, records: Option<&Path>, is_end: bool) -> Option<Diagnostic> {
    let path = parsed(node)?;
    let warning = |range: &Range<usize>, message: String| Some(RULE.at(Severity::Warning, node.part(range), message));
    if path.segments.is_empty() {
        let message = format!("`$` is the complete response, not {}", expected(node));
        return warning(&(0..literal(node)?.len()), message);
    }
    let several = |segment: &&Segment| {
        segment.is_descendant
            || segment.selectors.len() > 1
            || segment.selectors.iter().any(|selector| match selector {
                Selector::Wildcard | Selector::Slice => true,
                Selector::Index(index) => *index < 0,
                Selector::Name(_) | Selector::Filter => false,
            })
    };
    if let Some(segment) = path.segments.iter().find(several) {
        let message =
            format!("{} cannot give one value (inferred); write a path of names to {}", what(segment), expected(node));
        return warning(&segment.range, message);
    }
    let records = records?.names()?;
    let own = path.segments.iter().map_while(Segment::name).collect::<Vec<_>>();
    if !own.starts_with(&records) || own.len() == records.len() && (is_end || path.segments.len() > own.len()) {
        return None;
    }
    let range = range_of(&path.segments[records.len().min(own.len() - 1)..]);
    let message = if own.len() == records.len() {
        format!("this is the array of records, not {}", expected(node))
    } else {
        let text = literal(node)?;
        format!(
            "`{}` is the array of records, which has no member `{}` (inferred)",
            &text[..range.start],
            own[records.len()]
        )
    };
    warning(&range, message)
}

/// A response header where only a path is known to be read.
fn header(node: Node<'_>) -> Option<Diagnostic> {
    let text = literal(node)?;
    let message = if let Some(name) = json_path::header_name(&text) {
        format!("expected a JSON path to {}, found the response header `{name}`; {PAGES}", expected(node))
    } else {
        let name = json_path::meant_header(&text)?;
        format!("`{name}` is a response header by its name, and a JSON path selects from the body only; {PAGES}")
    };
    Some(RULE.at(Severity::Warning, node.part(&(0..text.len())), message))
}

const PAGES: &str = "headers are documented for `endPageIndex` only. If the pages have numbers, use `PAGE`";

/// A path to a response header that has a form of its own where the end is shown.
fn path_to_header(context: &Context<'_>, node: Node<'_>) -> Option<Diagnostic> {
    let text = literal(node)?;
    let name = json_path::meant_header(&text).filter(|_| json_path::header_name(&text).is_none())?;
    let right = format!("headers.{name}");
    let message = format!(
        "`{name}` is a response header by its name, and a JSON path selects from the body only; use `{right}` (inferred)"
    );
    Some(
        RULE.at(Severity::Warning, node.part(&(0..text.len())), message)
            .with_offered_fixes(context, |writer| [Fix::rename(writer, node, &right)]),
    )
}

/// What the path of a key has to lead to.
fn expected(node: Node<'_>) -> &'static str {
    match super::key_of(node).as_ref() {
        Pagination::POINTER_PATH => "the URL of the next page",
        Pagination::CONTINUATION_TOKEN_PATH => "the token of the next page",
        _ => "the value that shows the end",
    }
}

fn range_of(segments: &[Segment]) -> Range<usize> {
    let start = segments.first().map_or(0, |segment| segment.range.start);
    start..segments.last().map_or(start, |segment| segment.range.end)
}

/// What a segment is that is more than a name.
fn what(segment: &Segment) -> &'static str {
    match segment.selectors.as_slice() {
        _ if segment.is_descendant => "`..`",
        [Selector::Wildcard] => "a wildcard",
        [Selector::Filter] => "a filter",
        [Selector::Slice] => "a slice",
        [Selector::Index(index)] if *index < 0 => "an index from the end",
        [Selector::Index(_)] => "an index",
        _ => "a list",
    }
}
