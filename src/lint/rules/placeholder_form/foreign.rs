//! Placeholders without braces, in the form of other tools: `:name`, `$name`, `<name>`, `%name%`.

use std::collections::HashSet;
use std::ops::Range;

use crate::lint::{Diagnostic, Fix, Severity};
use crate::source::inputs::Origin;
use crate::source::placeholders::{self, RequestPart};
use crate::syntax::{Kind, Node};
use crate::text::Edit;

use super::{Context, RULE};

/// A placeholder, in bytes of the document.
struct Foreign<'t> {
    range: Range<usize>,
    name: &'t str,
}

/// The placeholders of a string that are in the form of another tool. `unused`: what an undeclared name may be meant to be.
pub(crate) fn check(
    context: &Context<'_>,
    string: Node<'_>,
    part: RequestPart,
    names: &HashSet<&str>,
    unused: Option<&str>,
) -> Vec<Diagnostic> {
    if string.kind() != Kind::String
        || !matches!(
            part,
            RequestPart::Host | RequestPart::Path | RequestPart::Query | RequestPart::Header | RequestPart::Body
        )
    {
        return Vec::new();
    }
    let placeholders = if string.text().contains('{') { placeholders::in_string(string) } else { Vec::new() };
    let is_outside = |found: &Foreign<'_>| {
        let before = placeholders.partition_point(|part| part.range.start <= found.range.start);
        before == 0 || placeholders[before - 1].range.end <= found.range.start
    };
    let is_meant = |found: &Foreign<'_>| names.contains(found.name) || is_in_no_url(context, part, found);
    found(string, part)
        .into_iter()
        .filter(is_outside)
        .filter(is_meant)
        .map(|found| diagnostic(context, &found, names, unused))
        .collect()
}

/// Whether an undeclared name can only be a placeholder, since no URL has this form: a whole segment `:name`, a name between
/// angle brackets.
fn is_in_no_url(context: &Context<'_>, part: RequestPart, found: &Foreign<'_>) -> bool {
    let text = &context.tree.source()[found.range.clone()];
    matches!(part, RequestPart::Host | RequestPart::Path) && text.starts_with([':', '<'])
}

/// All that has one of the forms.
fn found<'t>(string: Node<'t>, part: RequestPart) -> Vec<Foreign<'t>> {
    let source = string.tree().source();
    let inner = string.inner();
    let text = &source[inner.clone()];
    let mut found = Vec::new();
    let mut end = 0;
    for (at, sign) in text.match_indices([':', '$', '<', '%', '[']) {
        if at < end {
            continue;
        }
        let before = text[..at].chars().next_back();
        let rest = &text[at + 1..];
        let is_of_name = |char: char| char.is_ascii_alphanumeric() || char == '_' || char == '-' && sign == "<";
        let name = &rest[..rest.find(|char| !is_of_name(char)).unwrap_or(rest.len())];
        let after = rest[name.len()..].chars().next();
        let is_part_of_word = before.is_some_and(|char| char.is_alphanumeric() || "_\\$".contains(char));
        let is_url = matches!(part, RequestPart::Host | RequestPart::Path);
        let length = match sign {
            ":" if part == RequestPart::Path
                && before == Some('/')
                && matches!(after, None | Some('/' | '?' | '#')) =>
            {
                1 + name.len()
            }
            "$" if !is_part_of_word => 1 + name.len(),
            "<" if after == Some('>') => 2 + name.len(),
            "%" if after == Some('%') => 2 + name.len(),
            "[" if after == Some(']') && is_url && !is_part_of_word => 2 + name.len(),
            _ => continue,
        };
        if name.starts_with(|char: char| char.is_ascii_alphabetic() || char == '_') {
            let start = inner.start + at;
            end = at + length;
            found.push(Foreign { range: start..start + length, name });
        }
    }
    found
}

fn diagnostic(context: &Context<'_>, found: &Foreign<'_>, names: &HashSet<&str>, unused: Option<&str>) -> Diagnostic {
    let text = &context.tree.source()[found.range.clone()];
    let declared = names.get(found.name).copied();
    let meant = declared.or_else(|| context.input_names().closest(found.name)).or(unused);
    let message = match (declared, meant) {
        (Some(name), _) => format!("`{text}` is not replaced and is sent as is; use `${{{name}}}`"),
        (None, Some(meant)) => format!("`{text}` is not replaced and is sent as is; did you mean `${{{meant}}}`?"),
        (None, None) => format!(
            "`{text}` is not replaced and is sent as is; use `${{{name}}}` and declare `{name}` in `sourceSpec.spec.properties`",
            name = found.name
        ),
    };
    let range = found.range.clone();
    RULE.at(Severity::Warning, range.clone(), message).with_offered_fixes(context, |_| {
        meant.map(|meant| {
            let new = placeholders::of_input(meant);
            Fix::offered(format!("Replace with `{new}`"), [Edit::replace(range, new)])
        })
    })
}

/// The only input of the source that the request does not refer to.
pub(crate) fn only_unused<'c>(context: &'c Context<'_>) -> Option<&'c str> {
    let inputs = context.inputs().all.iter().filter(|input| input.origin == Origin::Source);
    let mut unused = inputs.filter(|input| !context.is_referenced(&input.name));
    unused.next().filter(|_| unused.next().is_none()).map(|input| input.name.as_ref())
}
