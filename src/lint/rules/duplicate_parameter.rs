//! `duplicate-parameter`: a query parameter or header that two parts of the request send.

use std::collections::HashMap;
use std::ops::Range;

use crate::lint::{Diagnostic, Fix, Severity};
use crate::source::auth;
use crate::source::model::{AuthEntry, Pagination, Request, Schedule};
use crate::source::placeholders::literal;
use crate::source::query_string;
use crate::syntax::{Kind, Member, Node};

use super::{Context, Rule, key_of, pages};

pub(crate) const RULE: Rule = Rule {
    code: "duplicate-parameter",
    severities: &[Severity::Warning, Severity::Info],
    finds: "a query parameter or header with one name in two parts of the request: limit and offset, start and end, the pagination or schedule and `queryParams`, the path and `queryParams` (warning); an `Authorization` header that is also the one of every authentication method (info)",
    why: "The parameters of the pagination and of the schedule are added to those of the path and of `queryParams`, as in Adobe's examples. That two values under one name are both sent, so that the API reads one or rejects them, is inferred. That `OAuth2RefreshCode` sends `Authorization: Bearer …` and `BasicAuthentication` sends `Authorization: Basic …` is inferred too.",
    at: "sourceSpec.attributes",
    wrong: r#""urlParams": { "path": "/orders", "method": "GET", "queryParams": { "limit": "50" } },
"paginationParams": { "type": "POINTER", "pointerPath": "$.next", "limitName": "limit", "limitValue": 100 }"#,
    right: r#""urlParams": { "path": "/orders", "method": "GET" },
"paginationParams": { "type": "POINTER", "pointerPath": "$.next", "limitName": "limit", "limitValue": 100 }"#,
    link: pages::PAGINATION,
    every_kind: false,
    check,
};

/// A parameter, with the part of the request that sends it.
struct Parameter<'t> {
    name: String,
    range: Range<usize>,
    sent_by: String,
    /// The member that sends nothing else.
    member: Option<Member<'t>>,
}

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(request) = context.request() else { return };
    let named = named(context, request);
    let (headers, query): (Vec<_>, Vec<_>) = named.into_iter().partition(|node| is_header(request, *node));
    let query = query.into_iter().filter_map(of_key).chain(in_path(request)).chain(in_query(request));
    report(context, query.collect(), "parameter", diagnostics);
    let set = request
        .header_params()
        .into_iter()
        .flat_map(Node::members)
        .filter_map(|member| of_member(member, "`headerParams`"));
    let headers = headers
        .into_iter()
        .filter_map(of_key)
        .chain(set)
        .map(|header| Parameter { name: header.name.to_lowercase(), ..header });
    report(context, headers.collect(), "header", diagnostics);
    diagnostics.extend(authorization(context, request));
}

/// An `Authorization` header with what each authentication method sends in it. Another scheme may be what the API expects.
fn authorization(context: &Context<'_>, request: Request<'_>) -> Option<Diagnostic> {
    let mut headers = request.header_params().into_iter().flat_map(Node::members);
    let member = headers
        .find(|header| header.key.string().is_some_and(|name| name.trim().eq_ignore_ascii_case("authorization")))?;
    let value = member.value.string()?.trim_start().to_ascii_lowercase();
    let mut schemes = context.source().auth_entries().map(scheme);
    let scheme = schemes.next()??;
    let is_sent = value.starts_with(scheme) && schemes.all(|other| other == Some(scheme));
    let message = "`Authorization` is also sent by the authentication method (inferred); remove it";
    is_sent.then(|| {
        RULE.at(Severity::Info, member.key.range(), message)
            .with_offered_fixes(context, |writer| [Fix::remove(writer, member)])
    })
}

/// How the value of the `Authorization` header begins that an authentication method sends.
fn scheme(entry: AuthEntry<'_>) -> Option<&'static str> {
    match auth::of_entry(entry)?.auth_type() {
        "OAuth2RefreshCode" => Some("bearer "),
        "BasicAuthentication" => Some("basic "),
        _ => None,
    }
}

/// The keys of pagination and schedule that name a parameter.
fn named<'d>(context: &Context<'d>, request: Request<'d>) -> Vec<Node<'d>> {
    let parts = [
        (request.pagination().map(Pagination::node), &Pagination::PARAMETER_NAMES[..]),
        (request.schedule().map(Schedule::node), &Schedule::PARAMETER_NAMES),
    ];
    let mut named = Vec::new();
    for (object, keys) in parts.into_iter().filter_map(|(object, keys)| Some((object?, keys))) {
        // Keys of another type are reported as such.
        let allowed = context.entry(object).allowed_keys();
        let is_allowed = |key: &&&str| allowed.as_ref().is_none_or(|allowed| allowed.contains(*key));
        named.extend(keys.iter().filter(is_allowed).filter_map(|key| object.get(key)));
    }
    named
}

fn is_header(request: Request<'_>, node: Node<'_>) -> bool {
    node.is_value_of(Pagination::PARAMETER_NAME) && request.pagination().is_some_and(Pagination::sends_token_as_header)
}

fn of_key(node: Node<'_>) -> Option<Parameter<'_>> {
    let sent_by = format!("`{}`", key_of(node));
    Some(Parameter { name: literal(node)?.into_owned(), range: node.range(), sent_by, member: None })
}

fn of_member<'t>(member: Member<'t>, sent_by: &str) -> Option<Parameter<'t>> {
    let (name, sent_by) = (literal(member.key)?.into_owned(), sent_by.to_owned());
    Some(Parameter { name, range: member.key.range(), sent_by, member: Some(member) })
}

/// The parameters of the path. One that it repeats is sent as often as it is meant to be.
fn in_path(request: Request<'_>) -> Vec<Parameter<'_>> {
    let path =
        request.url().and_then(|url| url.path()).filter(|path| path.kind() == Kind::String && path.has_closing_quote());
    let Some((path, text)) = path.and_then(|path| Some((path, path.string()?))) else { return Vec::new() };
    let Some(start) = text.find('?').map(|at| at + 1) else { return Vec::new() };
    let mut seen = std::collections::HashSet::new();
    let pairs = query_string::parse_lenient(&text[start..])
        .into_iter()
        .map(|pair| start + pair.name.start..start + pair.name.end);
    let pairs = pairs.filter(|name| seen.insert(text[name.clone()].to_owned()));
    let parameter = |name: Range<usize>| Parameter {
        name: text[name.clone()].to_owned(),
        range: path.part(&name),
        sent_by: "`path`".to_owned(),
        member: None,
    };
    pairs.map(parameter).collect()
}

fn in_query(request: Request<'_>) -> impl Iterator<Item = Parameter<'_>> {
    let params = request.url().and_then(|url| url.query_params()).filter(|params| params.kind() == Kind::Object);
    let members = params.into_iter().flat_map(Node::members);
    members.filter_map(|member| of_member(member, "`queryParams`"))
}

/// Reports each parameter whose name another part has sent before.
fn report<'d>(context: &Context<'d>, parameters: Vec<Parameter<'d>>, what: &str, diagnostics: &mut Vec<Diagnostic>) {
    let mut first: HashMap<String, (Range<usize>, String)> = HashMap::new();
    for parameter in parameters {
        let Parameter { name, range, sent_by, member } = parameter;
        match first.get(&name) {
            // A key that is there twice is a `duplicate-key`.
            Some((_, by)) if *by == sent_by => {}
            Some((before, by)) => {
                let message = format!("{what} `{name}` is also sent by {by}; use another name, or remove one");
                diagnostics.push(
                    RULE.at(Severity::Warning, range, message)
                        .with_related(before.clone(), format!("also sent by {by}"))
                        .with_offered_fixes(context, |writer| member.map(|member| Fix::remove(writer, member))),
                );
            }
            None => drop(first.insert(name, (range, sent_by))),
        }
    }
}
