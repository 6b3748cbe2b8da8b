//! `contradicting-values`: two values of which one defeats the other.

use crate::lint::{Diagnostic, Fix, Severity};
use crate::source::json_path;
use crate::source::model::{Pagination, PaginationType, Request, UiAttributes, UiText};
use crate::source::placeholders::literal;
use crate::spec::spelling;
use crate::syntax::{Kind, Node};

use super::{Context, Rule, pages};

pub(crate) const RULE: Rule = Rule {
    code: "contradicting-values",
    severities: &[Severity::Warning],
    finds: "a last page before the first, more pages than `maximumRequest`, an end condition that holds while there are more pages (`$.hasMore` with `Const:true`), a start and an end of the time window that are swapped, one key for label and description, and `isSource: false`",
    why: "Pagination stops when the value at `endConditionName` is `endConditionValue`. That a value named like `hasMore` is true while there are more pages, and one named like `isLast` is true on the last, is inferred from the name. `PAGE` counts from `initialPageIndex`, 0 by default, to `endPageIndex`, and makes at most `maximumRequest` requests, 10000 by default, as documented. Which end of the time window a parameter is for is inferred from its name. Label and description are submitted as two texts, each with its own key, and every example has `isSource: true`.",
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
    diagnostics.extend(swapped_window(context));
    diagnostics.extend(empty_window(context));
    diagnostics.extend(context.request().and_then(Request::ui_attributes).and_then(|ui| shared_key(context, ui)));
    diagnostics.extend(no_source(context));
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

/// Words in the names of parameters that only one end of a time window has.
const START: [&str; 7] = ["since", "after", "start", "from", "begin", "gt", "gte"];
const END: [&str; 7] = ["until", "before", "end", "to", "till", "lt", "lte"];

/// The names of start and end in each other's place.
fn swapped_window(context: &Context<'_>) -> Option<Diagnostic> {
    let schedule = context.request()?.schedule()?;
    let (first, second) = (schedule.start_name()?, schedule.end_name()?);
    let (start, end) = (literal(first)?, literal(second)?);
    let is_only = |name: &str, own: &[&str], other: &[&str]| {
        let words = spelling::words(name);
        let has = |known: &[&str]| words.iter().any(|word| known.contains(&word.as_str()));
        has(own) && !has(other)
    };
    let is_swapped = is_only(&start, &END, &START) && is_only(&end, &START, &END);
    let message =
        format!("by their names, `{start}` is the end of the time window and `{end}` its start (inferred); swap them");
    is_swapped.then(|| {
        RULE.at(Severity::Warning, first.range(), message).with_offered_fixes(context, |writer| {
            [Fix::offered("Swap the names", [writer.rename(first, &end), writer.rename(second, &start)])]
        })
    })
}

/// An expression for times after the end of the window and before its start.
fn empty_window(context: &Context<'_>) -> Option<Diagnostic> {
    let node = context.request()?.schedule()?.incremental()?;
    let text = node.string()?;
    let follows = |word: &str, operators: &[&str]| {
        let before = text.split_once(word).map_or("", |(before, _)| before);
        let before = before.trim_end_matches([' ', '=', '\'', '"']).to_lowercase();
        operators.iter().any(|operator| before.ends_with(operator))
    };
    let is_empty =
        follows("{END_TIME}", &[">", " gt", " gte", " ge"]) && follows("{START_TIME}", &["<", " lt", " lte", " le"]);
    let message = "no time is after `{END_TIME}` and before `{START_TIME}`; swap them";
    let swap = || {
        let swapped = text.replace("{START_TIME}", "\u{0}").replace("{END_TIME}", "{START_TIME}");
        swapped.replace('\u{0}', "{END_TIME}")
    };
    is_empty.then(|| {
        RULE.at(Severity::Warning, node.inner(), message)
            .with_offered_fixes(context, |writer| [Fix::offered("Swap the times", [writer.rename(node, &swap())])])
    })
}

/// A label and a description with one key, and so with one text.
fn shared_key(context: &Context<'_>, ui: UiAttributes<'_>) -> Option<Diagnostic> {
    let [label, description] = [UiText::new(ui.label()?).key()?, UiText::new(ui.description()?).key()?];
    let shared = literal(label).filter(|key| literal(description).as_ref() == Some(key))?;
    let name = shared.strip_suffix("Description").filter(|name| !name.is_empty());
    let message = format!("`{shared}` is the key of label and description, which have a text each; use another one");
    Some(
        RULE.at(Severity::Warning, label.range(), message)
            .with_offered_fixes(context, |writer| name.map(|name| Fix::rename(writer, label, &format!("{name}Label")))),
    )
}

/// `isSource` of a spec that has a `sourceSpec`.
fn no_source(context: &Context<'_>) -> Option<Diagnostic> {
    let is_source = context.request()?.ui_attributes()?.is_source()?;
    let message = "`isSource` is `false` in the spec of a source; every example has `true`";
    (is_source.text() == "false").then(|| {
        RULE.at(Severity::Warning, is_source.range(), message).with_offered_fixes(context, |writer| {
            [Fix::offered("Replace with `true`", [writer.replace(is_source, &true.into())])]
        })
    })
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
