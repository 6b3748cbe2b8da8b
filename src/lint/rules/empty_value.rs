//! `empty-value`: a required string, object or array that is empty.

use crate::lint::{Diagnostic, Fix, Severity};
use crate::source::auth;
use crate::source::model::{Pagination, Records, Request, RestAttributes, Schedule, Schema, Source};
use crate::syntax::{Kind, Node};

use super::{Context, Rule, head, pages};

pub(crate) const RULE: Rule = Rule {
    code: "empty-value",
    severities: &[Severity::Error],
    finds: "a required value that is empty: `scheduleParams`, `authSpec` of a batch source, `contentPath.path`, the name of a parameter or header",
    why: "Flow Service rejects an empty schedule with `1317-400`, a connection without an authentication method with `1415-400`, a path that selects nothing with `1313-400`, and a mandatory field without a value with `1304-400`, as Adobe documents. That names of parameters are among the mandatory fields is inferred: nothing can be sent under an empty name.",
    at: "sourceSpec.attributes",
    wrong: r#""scheduleParams": {}"#,
    right: r#""scheduleParams": { "scheduleStartParamName": "since", "scheduleEndParamName": "until" }"#,
    link: pages::SOURCE_SPEC,
    every_kind: false,
    check,
};

/// Strings that must not be empty, relative to the attributes of the source, with what belongs there.
const STRINGS: [(&[&str], &str); 15] = [
    (&[Request::CONTENT_PATH], "the path to the array of records, such as `$.members` (`1313-400`)"),
    (&[Request::CONTENT_PATH, Records::PATH], "the path to the array of records, such as `$.members` (`1313-400`)"),
    (&[Request::EXPLODE_ENTITY_PATH, Records::PATH], "the path to an array inside a record (`1313-400`)"),
    (&[Request::PAGINATION_PARAMS, Pagination::LIMIT_NAME], PARAMETER),
    (&[Request::PAGINATION_PARAMS, Pagination::LIMIT_VALUE], "the number of records per page"),
    (&[Request::PAGINATION_PARAMS, Pagination::OFFSET_NAME], PARAMETER),
    (&[Request::PAGINATION_PARAMS, Pagination::PAGE_PARAM_NAME], PARAMETER),
    (
        &[Request::PAGINATION_PARAMS, Pagination::PARAMETER_NAME],
        "the name of the parameter or header that the API expects",
    ),
    (
        &[Request::PAGINATION_PARAMS, Pagination::POINTER_PATH],
        "the path to the URL of the next page, such as `$.paging.next`",
    ),
    (&[Request::PAGINATION_PARAMS, Pagination::CONTINUATION_TOKEN_PATH], "the path to the token of the next page"),
    (&[Request::PAGINATION_PARAMS, Pagination::END_CONDITION_NAME], "the path to the value that shows the end"),
    (&[Request::PAGINATION_PARAMS, Pagination::END_CONDITION_VALUE], "`Const:` and the value that ends pagination"),
    (&[Request::SCHEDULE_PARAMS, Schedule::START_NAME], PARAMETER),
    (&[Request::SCHEDULE_PARAMS, Schedule::END_NAME], PARAMETER),
    (&[Request::SCHEDULE_PARAMS, Schedule::PARAM_FORMAT], "a date format, such as `yyyy-MM-ddTHH:mm:ssZ`"),
];

const PARAMETER: &str = "the name of the parameter that the API expects";

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let source = context.source();
    diagnostics.extend(source.name().and_then(|name| empty_string(name, "a name; the API requires it")));
    for entry in source.auth_entries() {
        let name = entry.name().and_then(|name| empty_string(name, "the name by which connections select the entry"));
        diagnostics.extend(name);
        let inputs = entry.schema().and_then(Schema::properties).into_iter().flat_map(Node::members);
        let headers =
            inputs.filter_map(|input| input.value.at(&[Schema::REST_ATTRIBUTES, RestAttributes::HEADER_PARAM_NAME]));
        diagnostics
            .extend(headers.filter_map(|header| empty_string(header, "the name of the header that the API expects")));
    }
    diagnostics.extend(without_authentication(context, source));
    let Some(request) = context.request() else { return };
    for (path, expected) in STRINGS {
        diagnostics.extend(request.node().at(path).and_then(|node| empty_string(node, expected)));
    }
    diagnostics.extend(request.schedule_params().and_then(|schedule| empty_schedule(context, schedule)));
}

fn empty_string(node: Node<'_>, expected: &str) -> Option<Diagnostic> {
    let is_empty = node.kind() == Kind::String && node.has_closing_quote() && node.string()?.trim().is_empty();
    let message = format!("empty `{}`; expected {expected}", super::key_of(node));
    is_empty.then(|| RULE.at(Severity::Error, node.range(), message))
}

fn is_empty(node: Node<'_>, kind: Kind) -> bool {
    node.kind() == kind && node.is_well_formed() && node.children().next().is_none()
}

/// A schedule without keys.
fn empty_schedule(context: &Context<'_>, schedule: Node<'_>) -> Option<Diagnostic> {
    let message = "empty `scheduleParams`, which Flow Service rejects (`1317-400`); name the two parameters of the time window, or remove it";
    is_empty(schedule, Kind::Object).then(|| {
        RULE.at(Severity::Error, head(schedule), message).with_offered_fixes(context, |writer| {
            let removal = schedule.as_part_of_member().map(|member| Fix::remove(writer, member).likely_if(false));
            let forms = writer.entry(schedule).snippets().into_iter().map(|form| {
                let members = form.body.members().map(|(key, value)| (key, Some(value.to_value())));
                Fix::possible(format!("Use {}", form.label), writer.insert_keys(schedule, members))
            });
            forms.chain(removal).collect::<Vec<_>>()
        })
    })
}

/// A batch source that nobody can connect to.
fn without_authentication(context: &Context<'_>, source: Source<'_>) -> Option<Diagnostic> {
    let entries = source.auth_spec().filter(|entries| context.kind.is_batch() && is_empty(*entries, Kind::Array))?;
    let message = "empty `authSpec`: a connection selects one of its entries by name and is rejected without one (`1415-400`); add an authentication method";
    Some(RULE.at(Severity::Error, head(entries), message).with_offered_fixes(context, |writer| {
        let add = |method: &'static auth::AuthMethod| {
            Fix::possible(format!("Add {}", method.label()), [writer.insert_elements(entries, &[method.body()])])
        };
        auth::methods().iter().map(add).collect::<Vec<_>>()
    }))
}
