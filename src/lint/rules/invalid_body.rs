//! `invalid-body`: a string in `bodyParams` that looks like JSON and isn't valid.

use crate::lint::{Diagnostic, Severity};
use crate::source::template_placeholders;
use crate::syntax::{Tree, template};

use super::{Context, Rule, pages, syntax_error};

pub(crate) const RULE: Rule = Rule {
    code: "invalid-body",
    severities: &[Severity::Warning],
    finds: "a string in `bodyParams` that begins like JSON and isn't valid JSON",
    why: "The body of a `POST` request is JSON, as documented. Adobe's pages show an object and a string in `bodyParams`; what is wrong inside a string is hidden from every other check. Bodies that begin like anything else, such as a form or GraphQL, are not checked.",
    at: "sourceSpec.attributes",
    wrong: r#""urlParams": { "path": "/search", "method": "POST" },
"bodyParams": "{ \"status\": \"active\", }""#,
    right: r#""urlParams": { "path": "/search", "method": "POST" },
"bodyParams": "{ \"status\": \"active\" }""#,
    link: pages::SOURCE_SPEC,
    every_kind: false,
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(body) = context.request().and_then(|request| request.body_params()) else { return };
    let Some(text) = body.string().filter(|_| body.is_quoted() && !template_placeholders::occur_in(body)) else {
        return;
    };
    let Some(sent) = looks_like_json(&text).then(|| with_values(&text)) else { return };
    let tree = Tree::parse(sent);
    if let Some(error) = tree.errors().first() {
        let message = format!(
            "this body begins like JSON, but isn't valid: {}. An object in place of the string is checked as you type",
            syntax_error::message(error, tree.source())
        );
        diagnostics.push(RULE.at(Severity::Warning, body.range(), message));
    }
}

/// Whether a text begins with a member or element of JSON. GraphQL begins with a brace too, but with a bare name in it.
fn looks_like_json(text: &str) -> bool {
    let inside = |open| text.trim().strip_prefix(open).map(str::trim_start);
    let begins = |rest: Option<&str>, chars: &[char]| rest.is_some_and(|rest| rest.starts_with(chars));
    begins(inside('{'), &['"', '\'']) || begins(inside('['), &['{', '"', '\'', '['])
}

/// The text with a value in place of each placeholder, which is valid inside a string and outside.
fn with_values(text: &str) -> String {
    let (mut sent, mut end) = (String::new(), 0);
    // The braces of JSON begin no placeholder.
    for part in template::parts(text, 0).into_iter().filter(|part| is_placeholder(text, part)) {
        sent += &text[end..part.range.start];
        sent.push('1');
        end = part.range.end;
    }
    sent + &text[end..]
}

fn is_placeholder(text: &str, part: &template::Part) -> bool {
    let name = text[part.name.clone()].trim();
    let is_name = !name.is_empty() && name.chars().all(|char| char.is_alphanumeric() || "_-. ".contains(char));
    part.closed && (is_name || part.kind == template::PartKind::Expression)
}
