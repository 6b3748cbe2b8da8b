//! `invalid-number`: a value of `paginationParams` that isn't the number it has to be.

use crate::lint::{Diagnostic, Fix, Severity};
use crate::source::json_path;
use crate::source::placeholders::literal;
use crate::spec::{self, StringFormat};
use crate::syntax::{Kind, Node};

use super::{Context, Rule, pages, wrong_type};

pub(crate) const RULE: Rule = Rule {
    code: "invalid-number",
    severities: &[Severity::Error, Severity::Warning],
    finds: "a string in `limitValue`, `delayRequestMillis`, `initialPageIndex`, `endPageIndex` or `maximumRequest` that isn't an integer (error), or a number that is too small (warning)",
    why: "Pagination counts with these values. Numbers and numbers in strings are both documented, for `endPageIndex` also `headers.NAME`, the response header that holds the number. No page has fewer than one record, and no source makes fewer than one request; pages are numbered from 0 or 1.",
    at: "sourceSpec.attributes.paginationParams",
    wrong: r#""type": "POINTER", "pointerPath": "$.next", "limitName": "limit", "limitValue": "ten""#,
    right: r#""type": "POINTER", "pointerPath": "$.next", "limitName": "limit", "limitValue": 10"#,
    link: pages::SOURCE_SPEC,
    every_kind: false,
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let shadowed = context.shadowed();
    let members = context.tree.nodes().filter_map(Node::member);
    for member in members.filter(|member| !shadowed.contains(&member.node.index())) {
        let key = member.key.string().unwrap_or_default();
        let object = member.node.parent();
        let is_numeric =
            spec::numeric_keys().contains(&key.as_ref()) && object.is_some_and(|it| is_checked(context, it, &key));
        if is_numeric {
            diagnostics.extend(diagnostic(context, member.value, &key));
        }
    }
}

/// Whether the key belongs to the object's variant. JSON Schemas have their own rule.
fn is_checked(context: &Context<'_>, object: Node<'_>, key: &str) -> bool {
    let entry = context.entry(object);
    !entry.is_embedded_schema() && entry.allowed_keys().is_none_or(|allowed| allowed.contains(&key))
}

fn diagnostic(context: &Context<'_>, node: Node<'_>, key: &str) -> Option<Diagnostic> {
    let entry = context.entry(node);
    let (minimum, format) = (entry.minimum(), entry.format());
    let text = match node.kind() {
        Kind::Number => node.text().into(),
        _ if matches!(format, Some(StringFormat::Number | StringFormat::NumberOrHeader)) => literal(node)?,
        _ => return None,
    };
    if let Some(number) = text.trim().parse::<f64>().ok().filter(|number| number.is_finite()) {
        // A fraction that isn't a string is a `wrong-type`.
        if number.fract() != 0.0 && node.kind() == Kind::String {
            let milliseconds = wrong_type::milliseconds(node);
            let message = match &milliseconds {
                Some(right) => format!("`{key}` must be an integer; in milliseconds it is `{right}`"),
                None => format!("`{key}` must be an integer"),
            };
            return Some(
                RULE.at(Severity::Error, node.range(), message)
                    .with_offered_fixes(context, |writer| milliseconds.map(|right| Fix::rename(writer, node, &right))),
            );
        }
        let minimum = minimum.filter(|minimum| number < *minimum as f64)?;
        let message = format!("`{key}` must be at least {minimum}");
        return Some(with_number(context, node, Severity::Warning, message, minimum));
    }
    let has_header = format == Some(StringFormat::NumberOrHeader);
    if node.kind() == Kind::Number || has_header && json_path::header_name(&text).is_some() {
        return None;
    }
    // A table of Adobe's has `limit=10` as the example.
    if let Some((_, number)) = text.split_once('=').filter(|(_, number)| number.trim().parse::<u32>().is_ok()) {
        let message = format!("`{key}` must be the number alone; the name before it has its own key");
        return Some(RULE.at(Severity::Warning, node.range(), message).with_fixes(context, |writer| {
            [Fix::safe(format!("Replace with `{}`", number.trim()), [writer.rename(node, number.trim())])]
        }));
    }
    let header = if has_header { " or `headers.NAME`, the response header that holds it" } else { "" };
    let message = format!("`{key}` must be a number{header}");
    Some(with_number(context, node, Severity::Error, message, minimum.unwrap_or(i64::MIN)))
}

/// A diagnostic whose fix is the only number in the value, if there is one that is large enough.
fn with_number(context: &Context<'_>, node: Node<'_>, severity: Severity, message: String, minimum: i64) -> Diagnostic {
    RULE.at(severity, node.range(), message).with_fixes(context, |writer| {
        let number = only_number(&node.string().unwrap_or(node.text().into())).filter(|number| *number >= minimum);
        let edit = |number: i64| match node.kind() {
            Kind::String => writer.rename(node, &number.to_string()),
            _ => writer.replace(node, &number.into()),
        };
        number.map(|number| Fix::offered(format!("Replace with `{number}`"), [edit(number)]))
    })
}

/// The number in `1,000`, `850 ms` or `-5`, if it is the only one.
fn only_number(text: &str) -> Option<i64> {
    let is_part = |char: char| char.is_ascii_digit() || matches!(char, ',' | '_' | '\'');
    let mut numbers =
        text.split(|char| !is_part(char)).filter(|part| part.contains(|char: char| char.is_ascii_digit()));
    let only = numbers.next().filter(|_| numbers.next().is_none())?;
    only.replace([',', '_', '\''], "").parse().ok()
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::lint::rules::tests::{batch, check_attributes, check_fixes};

    #[test]
    fn a_string_without_a_number_is_an_error() {
        check_attributes(
            r#"      "paginationParams": {
        "type": "PAGE", "limitName": "l", "pageParamName": "p",
        "limitValue": "all",
        "initialPageIndex": "1.5",
        "endPageIndex": "$.pages",
        "maximumRequest": "1,000"
      }"#,
            expect![[r#"
                "paginationParams": {
                  "type": "PAGE", "limitName": "l", "pageParamName": "p",
                  "limitValue": "all",
                                ^^^^^ error[invalid-number]: `limitValue` must be a number
                  "initialPageIndex": "1.5",
                                      ^^^^^ error[invalid-number]: `initialPageIndex` must be an integer
                  "endPageIndex": "$.pages",
                                  ^^^^^^^^^ error[invalid-number]: `endPageIndex` must be a number or `headers.NAME`, the response header that holds it
                  "maximumRequest": "1,000"
                                    ^^^^^^^ error[invalid-number]: `maximumRequest` must be a number
                }
            "#]],
        );
        check_attributes(
            r#"      "paginationParams": { "type": "CONTINUATION_TOKEN", "continuationTokenPath": "$.a", "parameterType": "QUERYPARAM", "parameterName": "b", "delayRequestMillis": "1s" }"#,
            expect![[r#"
                "paginationParams": { "type": "CONTINUATION_TOKEN", "continuationTokenPath": "$.a", "parameterType": "QUERYPARAM", "parameterName": "b", "delayRequestMillis": "1s" }
                                                                                               ^^ warning[complex-path]: this is the array of records, not the token of the next page
                                                                                                                                                                               ^^^^ error[invalid-number]: `delayRequestMillis` must be a number
            "#]],
        );
    }

    #[test]
    fn a_number_below_the_minimum_is_a_warning() {
        check_attributes(
            r#"      "paginationParams": {
        "type": "PAGE", "limitName": "l", "pageParamName": "p",
        "limitValue": 0,
        "initialPageIndex": "-1",
        "endPageIndex": -1,
        "maximumRequest": "0"
      }"#,
            expect![[r#"
                "paginationParams": {
                  "type": "PAGE", "limitName": "l", "pageParamName": "p",
                  "limitValue": 0,
                                ^ warning[invalid-number]: `limitValue` must be at least 1
                  "initialPageIndex": "-1",
                                      ^^^^ warning[invalid-number]: `initialPageIndex` must be at least 0
                  "endPageIndex": -1,
                                  ^^ warning[invalid-number]: `endPageIndex` must be at least 0
                  "maximumRequest": "0"
                                    ^^^ warning[invalid-number]: `maximumRequest` must be at least 1
                }
            "#]],
        );
    }

    #[test]
    fn numbers_headers_and_placeholders_are_fine() {
        check_attributes(
            r#"      "paginationParams": { "type": "PAGE", "limitName": "l", "limitValue": "100", "pageParamName": "p", "initialPageIndex": "1e0", "endPageIndex": "Headers['x-pagecount']", "maximumRequest": "${listId}" }"#,
            expect![[r#"
                "paginationParams": { "type": "PAGE", "limitName": "l", "limitValue": "100", "pageParamName": "p", "initialPageIndex": "1e0", "endPageIndex": "Headers['x-pagecount']", "maximumRequest": "${listId}" }
            "#]],
        );
        check_attributes(
            r#"      "paginationParams": { "type": "CONTINUATION_TOKEN", "continuationTokenPath": "$.a", "parameterType": "QUERYPARAM", "parameterName": "b", "delayRequestMillis": "850" }"#,
            expect![[r#"
                "paginationParams": { "type": "CONTINUATION_TOKEN", "continuationTokenPath": "$.a", "parameterType": "QUERYPARAM", "parameterName": "b", "delayRequestMillis": "850" }
                                                                                               ^^ warning[complex-path]: this is the array of records, not the token of the next page
            "#]],
        );
    }

    #[test]
    fn a_key_of_another_pagination_type_is_not_checked() {
        check_attributes(
            r#"      "paginationParams": { "type": "NONE", "limitValue": "all" }"#,
            expect![[r#"
                "paginationParams": { "type": "NONE", "limitValue": "all" }
                                                      ^^^^^^^^^^^^ warning[foreign-pagination-key]: `limitValue` is not documented for `NONE`, so the page size may not be sent (inferred); move it to `queryParams`
            "#]],
        );
    }

    #[test]
    fn the_name_before_the_number_is_removed() {
        check_fixes(
            &batch(
                r#"      "paginationParams": { "type": "POINTER", "pointerPath": "$.n", "limitName": "limit", "limitValue": "limit=10" }"#,
            ),
            expect![[r#"
                invalid-number: Replace with `10` (preferred)
                -       "paginationParams": { "type": "POINTER", "pointerPath": "$.n", "limitName": "limit", "limitValue": "limit=10" }
                +       "paginationParams": { "type": "POINTER", "pointerPath": "$.n", "limitName": "limit", "limitValue": "10" }
            "#]],
        );
    }

    #[test]
    fn the_only_number_in_the_value_is_the_fix() {
        let pagination = |value: &str| {
            let members = format!(
                r#"      "paginationParams": {{ "type": "POINTER", "pointerPath": "$.n", "limitName": "l", "limitValue": {value} }}"#
            );
            batch(&members)
        };
        check_fixes(
            &pagination("\"1,000 records\""),
            expect![[r#"
                invalid-number: Replace with `1000` (preferred)
                -       "paginationParams": { "type": "POINTER", "pointerPath": "$.n", "limitName": "l", "limitValue": "1,000 records" }
                +       "paginationParams": { "type": "POINTER", "pointerPath": "$.n", "limitName": "l", "limitValue": "1000" }
            "#]],
        );
        check_fixes(
            &pagination("-50"),
            expect![[r#"
                invalid-number: Replace with `50` (preferred)
                -       "paginationParams": { "type": "POINTER", "pointerPath": "$.n", "limitName": "l", "limitValue": -50 }
                +       "paginationParams": { "type": "POINTER", "pointerPath": "$.n", "limitName": "l", "limitValue": 50 }
            "#]],
        );
        for value in ["\"all\"", "\"10 to 20\"", "0", "1.5e400", "\"$.pages\""] {
            check_fixes(&pagination(value), expect![[""]]);
        }
    }
}
