//! `invalid-parameter`: the name or value of a query parameter or header that cannot be sent as one.

use crate::edit::writer::Writer;
use crate::lint::{Diagnostic, Fix, Severity};
use crate::source::model::{AuthEntry, Pagination, Request, RestAttributes, Schedule, Schema};
use crate::source::placeholders::literal;
use crate::source::schemas::Scope;
use crate::syntax::{Kind, Member, Node};

use super::{Context, Rule, pages};

pub(crate) const RULE: Rule = Rule {
    code: "invalid-parameter",
    severities: &[Severity::Warning, Severity::Info],
    finds: "a name of a header with a space or colon, a name of a query parameter with one of `?`, `&`, `=`, `#` or a space around it, and a `null` (warning), array or object (info) as value of one",
    why: "Names and values are joined with `?`, `&` and `=` to the query, and sent as header lines. The name of a header is a [token](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2). Whether the service encodes other characters in a name, or writes an array in any of the forms that APIs read, is not documented: no example has them.",
    at: "sourceSpec.attributes.urlParams",
    wrong: r#""path": "/orders", "method": "GET", "queryParams": { "?status": "open" }"#,
    right: r#""path": "/orders", "method": "GET", "queryParams": { "status": "open" }"#,
    link: pages::SOURCE_SPEC,
    every_kind: false,
    check,
};

/// What has a name.
#[derive(Clone, Copy)]
enum Named {
    Parameter,
    Header,
}

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(request) = context.request() else { return };
    let query: Vec<_> = members(request.url().and_then(|url| url.query_params())).collect();
    let headers: Vec<_> = members(request.header_params()).collect();
    let names = query.iter().map(|member| (Named::Parameter, member.key));
    let names = names.chain(headers.iter().map(|member| (Named::Header, member.key)));
    let names = names.chain(of_pagination(request)).chain(of_schedule(request)).chain(of_keys(context));
    diagnostics.extend(names.filter_map(|(what, node)| name(context, what, node)));
    diagnostics.extend(query.into_iter().chain(headers).filter_map(|member| value(context, member)));
}

fn members(object: Option<Node<'_>>) -> impl Iterator<Item = Member<'_>> {
    object.into_iter().flat_map(Node::members)
}

fn of_pagination<'d>(request: Request<'d>) -> impl Iterator<Item = (Named, Node<'d>)> {
    let named = |pagination: Pagination<'d>| {
        let what = move |key: &str| match key == Pagination::PARAMETER_NAME && pagination.sends_token_as_header() {
            true => Named::Header,
            false => Named::Parameter,
        };
        Pagination::PARAMETER_NAMES.into_iter().filter_map(move |key| Some((what(key), pagination.node().get(key)?)))
    };
    request.pagination().into_iter().flat_map(named)
}

fn of_schedule<'d>(request: Request<'d>) -> impl Iterator<Item = (Named, Node<'d>)> {
    let named = |schedule: Schedule<'d>| {
        let names = Schedule::PARAMETER_NAMES.into_iter().filter_map(move |key| schedule.node().get(key));
        names.map(|name| (Named::Parameter, name))
    };
    request.schedule().into_iter().flat_map(named)
}

/// The headers in which the inputs of authentication methods are sent.
fn of_keys<'d>(context: &Context<'d>) -> impl Iterator<Item = (Named, Node<'d>)> {
    let entries = context.source().auth_entries().filter_map(AuthEntry::spec);
    let inputs = entries.flat_map(|spec| Scope::of(spec).members().collect::<Vec<_>>());
    let rest = inputs.filter_map(|input| Schema::new(input.value).rest_attributes());
    rest.filter_map(|rest| rest.get(RestAttributes::HEADER_PARAM_NAME)).map(|name| (Named::Header, name))
}

fn name(context: &Context<'_>, what: Named, node: Node<'_>) -> Option<Diagnostic> {
    let text = literal(node)?;
    let is_wrong = |char: char| match what {
        Named::Parameter => "?&=#".contains(char),
        Named::Header => !char.is_ascii_alphanumeric() && !"!#$%&'*+-.^_`|~".contains(char),
    };
    let trimmed = text.trim_matches(|char: char| char.is_whitespace() || is_wrong(char));
    let wrong = text.chars().find(|char| is_wrong(*char));
    let wrong = wrong.or_else(|| text.chars().find(|char| char.is_whitespace()).filter(|_| text.trim() != text))?;
    let (subject, only) = match what {
        Named::Parameter => ("the name of a query parameter", "; write the name alone"),
        Named::Header => ("the name of a header", "; write the name alone, and its value beside it"),
    };
    let shown = if wrong.is_whitespace() { "a space".to_owned() } else { format!("`{wrong}`") };
    let message = format!("{shown} in {subject}{only}");
    let is_rest_sound = !trimmed.is_empty() && !trimmed.chars().any(is_wrong);
    Some(
        RULE.at(Severity::Warning, node.range(), message)
            .with_offered_fixes(context, |writer| is_rest_sound.then(|| Fix::rename(writer, node, trimmed))),
    )
}

fn value(context: &Context<'_>, member: Member<'_>) -> Option<Diagnostic> {
    let found = match member.value.kind() {
        Kind::Null => "null",
        Kind::Array => "an array",
        Kind::Object => "an object",
        _ => return None,
    };
    // A list may be sent in one of the forms that APIs read.
    let severity = if member.value.kind() == Kind::Null { Severity::Warning } else { Severity::Info };
    let message = format!("expected a string, found {found}; no example has it, so how it is sent is not known");
    Some(RULE.at(severity, member.value.range(), message).with_offered_fixes(context, |writer| {
        let remove = Fix::remove(writer, member).likely_if(false);
        joined(writer, member.value).into_iter().chain([remove])
    }))
}

/// The strings of an array in one, as many APIs read a list.
fn joined(writer: &Writer<'_>, array: Node<'_>) -> Option<Fix> {
    let strings: Option<Vec<_>> = array.elements().map(literal).collect();
    let joined = strings.filter(|strings| !strings.is_empty())?.join(",");
    let title = format!("Replace with `{joined}`");
    Some(Fix::offered(title, [writer.replace(array, &joined.into())]))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::lint::rules::tests::{auth_source, batch, check_attributes, check_fixes, check_of};

    #[test]
    fn names_that_end_before_their_end_are_reported() {
        check_attributes(
            r#"      "urlParams": { "path": "/${listId}", "method": "GET", "queryParams": { "?a": "1", "b=": "2", " c": "3", "d&e": "4" } },
      "headerParams": { "X-Tenant:": "5", "X Tenant": "6", "ok": "7" },
      "paginationParams": { "type": "POINTER", "pointerPath": "$.next", "limitName": "limit=", "limitValue": 1 },
      "scheduleParams": { "scheduleStartParamName": "&since", "scheduleEndParamName": "until" }"#,
            expect![[r#"
                "urlParams": { "path": "/${listId}", "method": "GET", "queryParams": { "?a": "1", "b=": "2", " c": "3", "d&e": "4" } },
                                                                                       ^^^^ warning[invalid-parameter]: `?` in the name of a query parameter; write the name alone
                                                                                                  ^^^^ warning[invalid-parameter]: `=` in the name of a query parameter; write the name alone
                                                                                                             ^^^^ warning[invalid-parameter]: a space in the name of a query parameter; write the name alone
                                                                                                                        ^^^^^ warning[invalid-parameter]: `&` in the name of a query parameter; write the name alone
                "headerParams": { "X-Tenant:": "5", "X Tenant": "6", "ok": "7" },
                                  ^^^^^^^^^^^ warning[invalid-parameter]: `:` in the name of a header; write the name alone, and its value beside it
                                                    ^^^^^^^^^^ warning[invalid-parameter]: a space in the name of a header; write the name alone, and its value beside it
                "paginationParams": { "type": "POINTER", "pointerPath": "$.next", "limitName": "limit=", "limitValue": 1 },
                                                                                               ^^^^^^^^ warning[invalid-parameter]: `=` in the name of a query parameter; write the name alone
                "scheduleParams": { "scheduleStartParamName": "&since", "scheduleEndParamName": "until" }
                                                              ^^^^^^^^ warning[invalid-parameter]: `&` in the name of a query parameter; write the name alone
            "#]],
        );
        check_attributes(
            r#"      "paginationParams": { "type": "CONTINUATION_TOKEN", "continuationTokenPath": "$.next", "parameterType": "HEADERPARAM", "parameterName": "X-Next: " }"#,
            expect![[r#"
                "paginationParams": { "type": "CONTINUATION_TOKEN", "continuationTokenPath": "$.next", "parameterType": "HEADERPARAM", "parameterName": "X-Next: " }
                                                                                                                                                        ^^^^^^^^^^ warning[invalid-parameter]: `:` in the name of a header; write the name alone, and its value beside it
            "#]],
        );
        check_of(
            super::RULE.code,
            &auth_source(
                r#"    { "name": "API Key Authentication", "type": "KeyBased", "spec": { "type": "object", "properties": {
      "key": { "type": "string", "format": "password", "restAttributes": { "headerParamName": "Authorization: Bearer" } } }, "required": ["key"] } }"#,
            ),
            expect![[r#"
                "key": { "type": "string", "format": "password", "restAttributes": { "headerParamName": "Authorization: Bearer" } } }, "required": ["key"] } }
                                                                                                        ^^^^^^^^^^^^^^^^^^^^^^^ warning[invalid-parameter]: `:` in the name of a header; write the name alone, and its value beside it
            "#]],
        );
    }

    #[test]
    fn values_that_are_more_than_one_string_are_reported() {
        check_attributes(
            r#"      "urlParams": { "path": "/${listId}", "method": "GET", "queryParams": { "a": null, "b": ["id", "name"], "c": { "d": 1 }, "e": true, "f": 5 } }"#,
            expect![[r#"
                "urlParams": { "path": "/${listId}", "method": "GET", "queryParams": { "a": null, "b": ["id", "name"], "c": { "d": 1 }, "e": true, "f": 5 } }
                                                                                            ^^^^ warning[invalid-parameter]: expected a string, found null; no example has it, so how it is sent is not known
                                                                                                       ^^^^^^^^^^^^^^ info[invalid-parameter]: expected a string, found an array; no example has it, so how it is sent is not known
                                                                                                                            ^^^^^^^^^^ info[invalid-parameter]: expected a string, found an object; no example has it, so how it is sent is not known
                                                                                                                                        ^^^ warning[duplicate-parameter]: parameter `e` is also sent by `scheduleEndParamName`; use another name, or remove one
                                                                                                                                          see "\"e\"": also sent by `scheduleEndParamName`
            "#]],
        );
    }

    #[test]
    fn names_with_brackets_dollars_and_placeholders_are_fine() {
        for name in ["filter[type]", "$filter", "include[]", "a.b:c", "f(x)", "my field", "${listId}", "{NAME}"] {
            let url = format!(
                r#"      "urlParams": {{ "path": "/${{listId}}", "method": "GET", "queryParams": {{ "{name}": "1" }} }}"#
            );
            check_of(super::RULE.code, &batch(&url), expect![[""]]);
        }
    }

    #[test]
    fn the_name_is_left_alone_and_a_list_becomes_one_string() {
        check_fixes(
            &batch(
                r#"      "urlParams": { "path": "/${listId}", "method": "GET", "queryParams": { "?a": "1", "b": ["id", "name"] } }"#,
            ),
            expect![[r#"
                invalid-parameter: Replace with `a` (preferred)
                -       "urlParams": { "path": "/${listId}", "method": "GET", "queryParams": { "?a": "1", "b": ["id", "name"] } }
                +       "urlParams": { "path": "/${listId}", "method": "GET", "queryParams": { "a": "1", "b": ["id", "name"] } }
                invalid-parameter: Replace with `id,name` (preferred)
                -       "urlParams": { "path": "/${listId}", "method": "GET", "queryParams": { "?a": "1", "b": ["id", "name"] } }
                +       "urlParams": { "path": "/${listId}", "method": "GET", "queryParams": { "?a": "1", "b": "id,name" } }
                invalid-parameter: Remove `b`
                -       "urlParams": { "path": "/${listId}", "method": "GET", "queryParams": { "?a": "1", "b": ["id", "name"] } }
                +       "urlParams": { "path": "/${listId}", "method": "GET", "queryParams": { "?a": "1" } }
            "#]],
        );
    }
}
