//! `contradicting-values`: two values of the pagination of which one defeats the other.

use crate::lint::{Diagnostic, Fix, Severity};
use crate::source::json_path;
use crate::source::model::{Pagination, PaginationType, Request};
use crate::source::placeholders::literal;
use crate::spec::spelling;
use crate::syntax::{Kind, Node};

use super::{Context, Rule, pages};

pub(crate) const RULE: Rule = Rule {
    code: "contradicting-values",
    severities: &[Severity::Warning],
    finds: "a last page before the first, more pages than `maximumRequest`, and an end condition that holds while there are more pages (`$.hasMore` with `Const:true`)",
    why: "Pagination stops when the value at `endConditionName` is `endConditionValue`. That a value named like `hasMore` is true while there are more pages, and one named like `isLast` is true on the last, is inferred from the name. `PAGE` counts from `initialPageIndex`, 0 by default, to `endPageIndex`, and makes at most `maximumRequest` requests, 10000 by default, as documented.",
    at: "sourceSpec.attributes.paginationParams",
    wrong: r#""type": "OFFSET", "limitName": "limit", "limitValue": 100, "offSetName": "offset",
"endConditionName": "$.hasMore", "endConditionValue": "Const:true""#,
    right: r#""type": "OFFSET", "limitName": "limit", "limitValue": 100, "offSetName": "offset",
"endConditionName": "$.hasMore", "endConditionValue": "Const:false""#,
    link: pages::PAGINATION,
    every_kind: false,
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(pagination) = context.request().and_then(Request::pagination) else { return };
    diagnostics.extend(end_condition(context, pagination));
    if pagination.pagination_type() == Some(PaginationType::Page) {
        diagnostics.extend(pages(pagination));
    }
}

/// Names of values that are true while there are more pages, and of those that are true on the last one.
const MORE: [&str; 8] =
    ["hasmore", "hasnext", "hasnextpage", "hasmorepages", "hasmoreitems", "moreresults", "morerecords", "more"];
const LAST: [&str; 8] = ["islast", "islastpage", "lastpage", "last", "done", "complete", "finished", "isfinished"];

fn end_condition(context: &Context<'_>, pagination: Pagination<'_>) -> Option<Diagnostic> {
    let (name, value) = (pagination.end_condition_name()?, pagination.end_condition_value()?);
    let path = json_path::parse(&literal(name)?).ok()?;
    let last = path.segments.last()?.name()?.to_owned();
    let is_among = |names: &[&str]| names.contains(&spelling::normalized(&last).as_str());
    let constant = literal(value)?.strip_prefix("Const:")?.trim().to_lowercase();
    let (right, means) = match constant.as_str() {
        "true" if is_among(&MORE) => {
            ("Const:false", "is true while there are more pages, so only the first is requested")
        }
        "false" if is_among(&LAST) => ("Const:true", "is true on the last page only, so only the first is requested"),
        _ => return None,
    };
    let message = format!("by its name, `{last}` {means} (inferred); use `{right}`");
    Some(
        RULE.at(Severity::Warning, value.range(), message)
            .with_offered_fixes(context, |writer| [Fix::rename(writer, value, right)]),
    )
}

fn pages(pagination: Pagination<'_>) -> Option<Diagnostic> {
    let first = pagination.initial_page_index().map_or(Some(0), number)?;
    let end = pagination.end_page_index()?;
    let last = number(end)?;
    if last < first {
        let message = format!("the last page {last} is before the first, {first}");
        return Some(RULE.at(Severity::Warning, end.range(), message));
    }
    let maximum = pagination.maximum_request()?;
    let most = number(maximum)?;
    let count = last.checked_sub(first)?.checked_add(1)?;
    let message = format!("pages {first} to {last} need {count} requests, so at most {most} leave some out");
    (0 < most && most < count).then(|| RULE.at(Severity::Warning, maximum.range(), message))
}

/// An integer, also in a string.
fn number(node: Node<'_>) -> Option<i64> {
    match node.kind() {
        Kind::Number => node.text().parse().ok(),
        _ => literal(node)?.trim().parse().ok(),
    }
}
