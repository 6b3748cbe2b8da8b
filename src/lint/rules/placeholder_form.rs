//! `placeholder-form`: `{name}`, `{{name}}`, `:name` or an unterminated `${name` where `${name}` is meant.

mod foreign;

use std::collections::HashSet;

use crate::edit::writer::Writer;
use crate::lint::{Diagnostic, Fix, Severity, declare};
use crate::source::model::Schedule;
use crate::source::placeholders::{self, RequestPart};
use crate::source::template_placeholders;
use crate::spec::{self, spelling};
use crate::syntax::Node;
use crate::syntax::template::{Part, PartKind};
use crate::text::Edit;

use super::{Context, Rule, pages};

pub(crate) const RULE: Rule = Rule {
    code: "placeholder-form",
    severities: &[Severity::Warning],
    finds: "`{name}`, `{{name}}`, an unterminated `${name`, and the forms of other tools (`:name`, `$name`, `<name>`, `%name%`) where `${name}` is meant",
    why: "`${name}` is the form of all current examples. Adobe's pages also show `{domain}` and `{{listId}}` in places, but nothing says that these are replaced, so they may be sent as is. `{SCHEDULE_QUERY}`, `{START_TIME}` and `{END_TIME}` are words of the schedule and have no `$`.",
    at: "sourceSpec",
    wrong: r#""spec": { "type": "object", "properties": { "listId": { "type": "string" } } },
"attributes": { "urlParams": { "path": "/lists/{listId}/members", "method": "GET" } }"#,
    right: r#""spec": { "type": "object", "properties": { "listId": { "type": "string" } } },
"attributes": { "urlParams": { "path": "/lists/${listId}/members", "method": "GET" } }"#,
    link: pages::SOURCE_SPEC,
    every_kind: false,
    check,
};

const QUERY: &str = "SCHEDULE_QUERY";

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let names: HashSet<&str> = context.inputs().all.iter().map(|input| input.name.as_ref()).collect();
    for (string, place) in context.replaced_strings().filter(|(string, _)| string.text().contains('{')) {
        let inside = string.inner();
        let query = context.tree.source()[inside.clone()].find('?').map(|at| inside.start + at);
        for part in placeholders::in_string(string) {
            let written = placeholders::name(context.tree, &part);
            let written = written.trim();
            let name = if part.kind == PartKind::Double { only_declared(written, &names) } else { written };
            let is_declared = names.contains(name);
            if is_declared && part.kind == PartKind::Input && !part.closed {
                diagnostics.push(unterminated(context, part, name));
            } else if is_other_form(&part, name) && is_meant(string, place, query, &part, name, is_declared) {
                let part = if is_declared { with_sign(string, part) } else { part };
                diagnostics.push(diagnostic(context, place, part, name, is_declared));
            }
        }
    }
    let unused = foreign::only_unused(context);
    for (string, place) in context.replaced_strings() {
        diagnostics.extend(foreign::check(context, string, place, &names, unused));
    }
}

/// The only name of an input in an expression such as `config['subdomain']`; the expression itself if there is none.
fn only_declared<'n>(expression: &'n str, names: &HashSet<&str>) -> &'n str {
    let words = expression.split(|char: char| !char.is_alphanumeric() && char != '_');
    let mut declared = words.filter(|word| names.contains(word));
    declared.next().filter(|_| declared.next().is_none()).unwrap_or(expression)
}

/// A placeholder with the sign before its brace in Ruby (`#{name}`, `%{name}`).
fn with_sign(string: Node<'_>, part: Part) -> Part {
    let before = &string.tree().source()[string.inner().start..part.range.start];
    let start = part.range.start - usize::from(part.kind == PartKind::Word && before.ends_with(['#', '%']));
    Part { range: start..part.range.end, ..part }
}

/// Whether a declared input can only be meant by a name in braces without `$`.
pub(crate) fn means_declared(string: Node<'_>, part: &Part, name: &str) -> bool {
    let place = placeholders::request_part(string);
    place.is_some_and(|place| is_other_form(part, name) && is_meant(string, place, None, part, name, true))
}

/// Whether this is a word in braces that is neither a template placeholder nor a word of the schedule.
fn is_other_form(part: &Part, name: &str) -> bool {
    part.closed
        && matches!(part.kind, PartKind::Word | PartKind::Double)
        && !template_placeholders::is_name(name)
        && spec::variable_description(name).is_none()
}

/// Whether the author can only mean an input. `query`: where the query of a path begins.
fn is_meant(
    string: Node<'_>,
    place: RequestPart,
    query: Option<usize>,
    part: &Part,
    name: &str,
    is_declared: bool,
) -> bool {
    let source = string.tree().source();
    let before = &source[string.inner().start..part.range.start];
    let after = &source[part.range.end..string.inner().end];
    match place {
        // JSON and GraphQL use braces themselves: a name is a placeholder only if it fills a string.
        RequestPart::Body => {
            let is_alone = before.is_empty() && after.is_empty();
            let is_quoted = before.ends_with(['"', '\'']) && after.starts_with(['\\', '\'']);
            is_declared && (part.kind == PartKind::Double || is_alone || is_quoted)
        }
        _ if is_declared => true,
        RequestPart::Host | RequestPart::Header => is_name(name),
        // `fields=posts{message}` requests a field of a field.
        RequestPart::Query | RequestPart::Path => {
            let is_query = place == RequestPart::Query || query.is_some_and(|query| query < part.range.start);
            let is_field = before.ends_with(|char: char| char.is_alphanumeric() || "_)]}".contains(char));
            is_name(name) && (part.kind == PartKind::Double || !is_query || !is_field)
        }
        RequestPart::Schedule => meant_word(name, place).is_some() && !is_date_format(string),
        RequestPart::Pagination | RequestPart::Other => false,
    }
}

/// Whether this looks like the name of an input, and not like an id or a key, which no message may show.
fn is_name(name: &str) -> bool {
    let is_id = name.len() > 40 || name.chars().filter(char::is_ascii_digit).count() > 4;
    name.starts_with(|char: char| char.is_alphabetic() || char == '_')
        && name.chars().all(|char| char.is_alphanumeric() || "_-.".contains(char))
        && !is_id
}

/// Whether this is a value in which no word of the schedule is replaced.
fn is_date_format(string: Node<'_>) -> bool {
    let formats = [Schedule::START_FORMAT, Schedule::END_FORMAT, Schedule::PARAM_FORMAT];
    formats.into_iter().any(|key| string.is_value_of(key))
}

/// The word of the schedule that is misspelled or in lower case.
fn meant_word(name: &str, place: RequestPart) -> Option<&'static str> {
    let words: &[&str] = if place == RequestPart::Schedule { &["START_TIME", "END_TIME"] } else { &[QUERY] };
    // `{START_TIME:epoch}`: the format is written elsewhere.
    let (name, format) = name.split_once(':').map_or((name, ""), |(name, format)| (name.trim(), format));
    let exact = words.iter().copied().find(|word| *word == name && !format.is_empty());
    exact.or_else(|| spelling::closest(name, words.iter().copied()))
}

fn diagnostic(context: &Context<'_>, place: RequestPart, part: Part, name: &str, is_declared: bool) -> Diagnostic {
    let text = &context.tree.source()[part.range.clone()];
    let word = meant_word(name, place).filter(|_| !is_declared);
    let meant = if is_declared || word.is_some() { None } else { context.input_names().closest(name) };
    let message = match meant {
        _ if is_declared => {
            format!("`{text}` is not known to be replaced and may be sent as is; use `${{{name}}}`")
        }
        _ if word.is_some() => {
            let format = if name.contains(':') { ", and its format is `paramFormat`" } else { "" };
            format!("`{text}` is not replaced; the word of the schedule is `{{{}}}`{format}", word.unwrap_or_default())
        }
        Some(meant) => {
            format!("`{text}` is not known to be replaced and may be sent as is; did you mean `${{{meant}}}`?")
        }
        None => format!(
            "`{text}` is not known to be replaced and may be sent as is; use `${{{name}}}` and declare `{name}` in `sourceSpec.spec.properties`"
        ),
    };
    let found = RULE.at(Severity::Warning, part.range.clone(), message);
    if is_declared {
        let new = placeholders::of_input(name);
        let is_whole = placeholders::name(context.tree, &part).trim() == name;
        let fix =
            |_: &Writer<'_>| [Fix::safe(format!("Replace with `{new}`"), [replaced(&part, new)]).safe_if(is_whole)];
        return if is_whole { found.with_fixes(context, fix) } else { found.with_offered_fixes(context, fix) };
    }
    found.with_offered_fixes(context, |writer| match word {
        Some(word) => {
            vec![Fix::offered(format!("Replace with `{{{word}}}`"), [replaced(&part, format!("{{{word}}}"))])]
        }
        None => fixes(writer, &part, name, meant),
    })
}

/// A placeholder without its `}`. If its name is not declared, `undeclared-placeholder` reports it.
fn unterminated(context: &Context<'_>, part: Part, name: &str) -> Diagnostic {
    let new = placeholders::of_input(name);
    let message = format!("unterminated placeholder, which would not be replaced; use `{new}`");
    RULE.at(Severity::Warning, part.range.clone(), message)
        .with_fixes(context, |_| [Fix::safe(format!("Replace with `{new}`"), [replaced(&part, new)])])
}

fn replaced(part: &Part, new: String) -> Edit {
    Edit::replace(part.range.clone(), new)
}

fn fixes(writer: &Writer<'_>, part: &Part, name: &str, meant: Option<&str>) -> Vec<Fix> {
    let new = placeholders::of_input(name);
    let rename = meant.map(placeholders::of_input);
    let rename = rename.map(|new| Fix::offered(format!("Replace with `{new}`"), [replaced(part, new)]));
    let declare = declare::in_source(writer, name, &declare::string_schema());
    let write = match declare {
        Some(declare) => {
            Fix::offered(format!("Replace with `{new}` and declare `{name}`"), [replaced(part, new), declare])
        }
        // There is no object to declare it in.
        None => Fix::offered(format!("Replace with `{new}`"), [replaced(part, new)]),
    };
    rename.into_iter().chain([write]).collect()
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::lint::rules::tests::{batch, check_attributes, check_fixes_of};

    #[test]
    fn a_declared_name_is_reported_wherever_placeholders_are_replaced() {
        check_attributes(
            r#"      "urlParams": { "host": "https://{{username}}.a.b", "path": "/{listId}/{ listId }", "method": "POST", "queryParams": { "a": ["{listId}"] } },
      "headerParams": { "x": "Bearer {password}" },
      "bodyParams": { "a": "{listId}", "b": "{\"x\": \"{listId}\", \"y\": {{listId}}}", "c": "query { lists {listId} }", "d": "a{listId}" },
      "scheduleParams": { "type": "ADVANCE", "paramFormat": "s", "incremental": "{listId} > {START_TIME} {END_TIME} {SCHEDULE_QUERY}", "backfill": "< {END_TIME}" }"#,
            expect![[r#"
                "urlParams": { "host": "https://{{username}}.a.b", "path": "/{listId}/{ listId }", "method": "POST", "queryParams": { "a": ["{listId}"] } },
                                                ^^^^^^^^^^^^ warning[placeholder-form]: `{{username}}` is not known to be replaced and may be sent as is; use `${username}`
                                                                             ^^^^^^^^ warning[placeholder-form]: `{listId}` is not known to be replaced and may be sent as is; use `${listId}`
                                                                                      ^^^^^^^^^^ warning[placeholder-form]: `{ listId }` is not known to be replaced and may be sent as is; use `${listId}`
                                                                                                                                           ^^^^^^^^^^^^ info[invalid-parameter]: expected a string, found an array; no example has it, so how it is sent is not known
                                                                                                                                             ^^^^^^^^ warning[placeholder-form]: `{listId}` is not known to be replaced and may be sent as is; use `${listId}`
                "headerParams": { "x": "Bearer {password}" },
                                               ^^^^^^^^^^ warning[placeholder-form]: `{password}` is not known to be replaced and may be sent as is; use `${password}`
                "bodyParams": { "a": "{listId}", "b": "{\"x\": \"{listId}\", \"y\": {{listId}}}", "c": "query { lists {listId} }", "d": "a{listId}" },
                                      ^^^^^^^^ warning[placeholder-form]: `{listId}` is not known to be replaced and may be sent as is; use `${listId}`
                                                                 ^^^^^^^^ warning[placeholder-form]: `{listId}` is not known to be replaced and may be sent as is; use `${listId}`
                                                                                    ^^^^^^^^^^ warning[placeholder-form]: `{{listId}}` is not known to be replaced and may be sent as is; use `${listId}`
                "scheduleParams": { "type": "ADVANCE", "paramFormat": "s", "incremental": "{listId} > {START_TIME} {END_TIME} {SCHEDULE_QUERY}", "backfill": "< {END_TIME}" }
                                            ^^^^^^^^^ warning[unused-schedule-query]: missing `{SCHEDULE_QUERY}` in the request: the expressions of this schedule are not used; add it to the path or to a query, header or body value
                                                                                           ^^^^^^^^ warning[placeholder-form]: `{listId}` is not known to be replaced and may be sent as is; use `${listId}`
                                                                                                                              ^^^^^^^^^^^^^^^^ warning[unfilled-template]: `{SCHEDULE_QUERY}` is not replaced here. The `incremental` or `backfill` expression of an `ADVANCE` schedule. Replaced in the path and in query, header and body values.
            "#]],
        );
    }

    #[test]
    fn any_name_is_reported_in_host_path_query_and_header() {
        check_attributes(
            r#"      "urlParams": { "host": "https://{domain}.a.b", "path": "/{{list}}/{3f2504e0-4f89-11d3-9a0c-0305e82c3301}/v{v}?f=posts{message}&x={y}", "method": "GET",
        "queryParams": { "fields": "posts{message}", "filter": "{\"a\":1}", "ids": "{1,2}", "a": "{b}", "q": "{schedule_query}" } },
      "headerParams": { "x": "{listid}", "y": "{\"a\": {\"b\": 1}}", "z": "@{concat('{listId}')}", "w": "{MY_VALUE}" }"#,
            expect![[r#"
                "urlParams": { "host": "https://{domain}.a.b", "path": "/{{list}}/{3f2504e0-4f89-11d3-9a0c-0305e82c3301}/v{v}?f=posts{message}&x={y}", "method": "GET",
                                                ^^^^^^^^ warning[placeholder-form]: `{domain}` is not known to be replaced and may be sent as is; use `${domain}` and declare `domain` in `sourceSpec.spec.properties`
                                                                         ^^^^^^^^ warning[placeholder-form]: `{{list}}` is not known to be replaced and may be sent as is; use `${list}` and declare `list` in `sourceSpec.spec.properties`
                                                                                                                          ^^^ warning[placeholder-form]: `{v}` is not known to be replaced and may be sent as is; use `${v}` and declare `v` in `sourceSpec.spec.properties`
                                                                                                                                                 ^^^ warning[placeholder-form]: `{y}` is not known to be replaced and may be sent as is; use `${y}` and declare `y` in `sourceSpec.spec.properties`
                  "queryParams": { "fields": "posts{message}", "filter": "{\"a\":1}", "ids": "{1,2}", "a": "{b}", "q": "{schedule_query}" } },
                                                                                                            ^^^ warning[placeholder-form]: `{b}` is not known to be replaced and may be sent as is; use `${b}` and declare `b` in `sourceSpec.spec.properties`
                                                                                                                        ^^^^^^^^^^^^^^^^ warning[placeholder-form]: `{schedule_query}` is not replaced; the word of the schedule is `{SCHEDULE_QUERY}`
                "headerParams": { "x": "{listid}", "y": "{\"a\": {\"b\": 1}}", "z": "@{concat('{listId}')}", "w": "{MY_VALUE}" }
                                        ^^^^^^^^ warning[placeholder-form]: `{listid}` is not known to be replaced and may be sent as is; did you mean `${listId}`?
                                                                                                                   ^^^^^^^^^^ warning[unfilled-template]: unfilled template placeholder `{MY_VALUE}`; replace it with your own value
            "#]],
        );
        check_attributes(
            r#"      "headerParams": "a={b}&c={listId}",
      "bodyParams": "query { members {name} }",
      "contentPath": { "path": "$.{a}" }"#,
            expect![[r#"
                "headerParams": "a={b}&c={listId}",
                                ^^^^^^^^^^^^^^^^^^ warning[deprecated-params-string]: `name=value` pairs in one string are deprecated; use an object of names and values
                                   ^^^ warning[placeholder-form]: `{b}` is not known to be replaced and may be sent as is; use `${b}` and declare `b` in `sourceSpec.spec.properties`
                                         ^^^^^^^^ warning[placeholder-form]: `{listId}` is not known to be replaced and may be sent as is; use `${listId}`
                "bodyParams": "query { members {name} }",
                "contentPath": { "path": "$.{a}" }
            "#]],
        );
    }

    #[test]
    fn double_braces_after_a_dollar_and_unterminated_placeholders_are_reported() {
        let members = r#"      "urlParams": { "host": "https://a.b", "path": "/${{listId}}/${{shop}}/${listId/x", "method": "GET" }"#;
        check_attributes(
            members,
            expect![[r#"
                "urlParams": { "host": "https://a.b", "path": "/${{listId}}/${{shop}}/${listId/x", "method": "GET" }
                                                                ^^^^^^^^^^^ warning[placeholder-form]: `${{listId}}` is not known to be replaced and may be sent as is; use `${listId}`
                                                                            ^^^^^^^^^ warning[placeholder-form]: `${{shop}}` is not known to be replaced and may be sent as is; use `${shop}` and declare `shop` in `sourceSpec.spec.properties`
                                                                                      ^^^^^^^^ warning[placeholder-form]: unterminated placeholder, which would not be replaced; use `${listId}`
            "#]],
        );
        check_fixes_of(
            super::RULE.code,
            &batch(members),
            expect![[r#"
                placeholder-form: Replace with `${listId}` (preferred)
                -       "urlParams": { "host": "https://a.b", "path": "/${{listId}}/${{shop}}/${listId/x", "method": "GET" }
                +       "urlParams": { "host": "https://a.b", "path": "/${listId}/${{shop}}/${listId/x", "method": "GET" }
                placeholder-form: Replace with `${shop}` and declare `shop` (preferred)
                -     "spec": { "type": "object", "properties": { "listId": { "type": "string" } }, "required": ["listId"] },
                +     "spec": { "type": "object", "properties": { "listId": { "type": "string" }, "shop": { "type": "string", "description": "What the user must enter" } }, "required": ["listId"] },
                -       "urlParams": { "host": "https://a.b", "path": "/${{listId}}/${{shop}}/${listId/x", "method": "GET" }
                +       "urlParams": { "host": "https://a.b", "path": "/${{listId}}/${shop}/${listId/x", "method": "GET" }
                placeholder-form: Replace with `${listId}` (preferred)
                -       "urlParams": { "host": "https://a.b", "path": "/${{listId}}/${{shop}}/${listId/x", "method": "GET" }
                +       "urlParams": { "host": "https://a.b", "path": "/${{listId}}/${{shop}}/${listId}/x", "method": "GET" }
            "#]],
        );
    }

    #[test]
    fn the_placeholder_is_written_with_a_dollar() {
        check_fixes_of(
            super::RULE.code,
            &batch(
                r#"      "headerParams": { "a": "{{listId}}", "b": "x{listid}", "c": "{shop}", "d": "{scheduleQuery}" }"#,
            ),
            expect![[r#"
                placeholder-form: Replace with `${listId}` (preferred)
                -       "headerParams": { "a": "{{listId}}", "b": "x{listid}", "c": "{shop}", "d": "{scheduleQuery}" }
                +       "headerParams": { "a": "${listId}", "b": "x{listid}", "c": "{shop}", "d": "{scheduleQuery}" }
                placeholder-form: Replace with `${listId}` (preferred)
                -       "headerParams": { "a": "{{listId}}", "b": "x{listid}", "c": "{shop}", "d": "{scheduleQuery}" }
                +       "headerParams": { "a": "{{listId}}", "b": "x${listId}", "c": "{shop}", "d": "{scheduleQuery}" }
                placeholder-form: Replace with `${listid}` and declare `listid`
                -     "spec": { "type": "object", "properties": { "listId": { "type": "string" } }, "required": ["listId"] },
                +     "spec": { "type": "object", "properties": { "listId": { "type": "string" }, "listid": { "type": "string", "description": "What the user must enter" } }, "required": ["listId"] },
                -       "headerParams": { "a": "{{listId}}", "b": "x{listid}", "c": "{shop}", "d": "{scheduleQuery}" }
                +       "headerParams": { "a": "{{listId}}", "b": "x${listid}", "c": "{shop}", "d": "{scheduleQuery}" }
                placeholder-form: Replace with `${shop}` and declare `shop` (preferred)
                -     "spec": { "type": "object", "properties": { "listId": { "type": "string" } }, "required": ["listId"] },
                +     "spec": { "type": "object", "properties": { "listId": { "type": "string" }, "shop": { "type": "string", "description": "What the user must enter" } }, "required": ["listId"] },
                -       "headerParams": { "a": "{{listId}}", "b": "x{listid}", "c": "{shop}", "d": "{scheduleQuery}" }
                +       "headerParams": { "a": "{{listId}}", "b": "x{listid}", "c": "${shop}", "d": "{scheduleQuery}" }
            "#]],
        );
    }
}
