//! `path-syntax`: a string that isn't a JSON path where one is expected.

use crate::lint::{Diagnostic, Fix, Severity};
use crate::source::json_path::{self, Problem};
use crate::source::model::{Pagination, Records, Request};
use crate::source::placeholders::literal;
use crate::syntax::Node;

use super::{Context, Rule, pages};

pub(crate) const RULE: Rule = Rule {
    code: "path-syntax",
    severities: &[Severity::Error, Severity::Warning],
    finds: "a string that isn't a JSON path (error), or that only some implementations accept as one: no `$` at its start, a name with a hyphen after a dot (warning)",
    why: "A path that cannot be parsed finds no records (`1313-400`), no next page and no end; a path that is too complex is rejected with `1314-400`. The standard is [RFC 9535](https://www.rfc-editor.org/rfc/rfc9535). Which implementation of JSON paths the service has is not documented, so what common implementations accept beside the standard is a warning. Adobe's examples have `paging.next` both with and without its `$.`; the schema has it with `$.`.",
    at: "sourceSpec.attributes",
    wrong: r#""contentPath": { "path": "$.data." }"#,
    right: r#""contentPath": { "path": "$.data" }"#,
    link: pages::SOURCE_SPEC,
    every_kind: false,
    check,
};

/// A path where the name of something is expected.
fn path_for_name(context: &Context<'_>, node: Node<'_>, of_what: &str) -> Option<Diagnostic> {
    let text = literal(node).filter(|text| text.starts_with('$'))?;
    let path = json_path::parse(&text).ok()?;
    let name = path.segments.last().and_then(|last| last.name());
    let way_out = name.map_or(String::new(), |name| format!("; use `{name}`"));
    let message = format!("expected the name of {of_what}, found a JSON path{way_out}");
    Some(
        RULE.at(Severity::Warning, node.part(&(0..text.len())), message)
            .with_offered_fixes(context, |writer| name.map(|name| Fix::rename(writer, node, name))),
    )
}

/// The JSON paths of a request, relative to its attributes.
const PATHS: [&[&str]; 6] = [
    &[Request::CONTENT_PATH],
    &[Request::CONTENT_PATH, Records::PATH],
    &[Request::EXPLODE_ENTITY_PATH, Records::PATH],
    &[Request::PAGINATION_PARAMS, Pagination::END_CONDITION_NAME],
    &[Request::PAGINATION_PARAMS, Pagination::POINTER_PATH],
    &[Request::PAGINATION_PARAMS, Pagination::CONTINUATION_TOKEN_PATH],
];

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(request) = context.request() else { return };
    let records = || [request.content(), request.explode()].into_iter().flatten();
    let wrappers = records().filter_map(Records::override_wrapper_attribute);
    diagnostics.extend(wrappers.filter_map(|wrapper| path_for_name(context, wrapper, "a node")));
    let arrays = records().flat_map(|records| [records.skip_attributes(), records.keep_attributes()]).flatten();
    let attributes = arrays.flat_map(Node::elements);
    diagnostics.extend(attributes.filter_map(|attribute| path_for_name(context, attribute, "an attribute")));
    for (path, node) in PATHS.iter().filter_map(|path| Some((path, request.node().at(path)?))) {
        let Some(text) = literal(node) else { continue };
        let is_header = json_path::header_name(&text).or_else(|| json_path::meant_header(&text)).is_some();
        if path[0] == Request::PAGINATION_PARAMS && is_header {
            // Where a header cannot be read is reported by `complex-path`.
            continue;
        }
        let (severity, problems) = match json_path::parse(&text) {
            Ok(path) => (Severity::Warning, path.warnings),
            Err(problem) => (Severity::Error, vec![problem]),
        };
        diagnostics.extend(problems.iter().map(|problem| diagnostic(context, node, &text, severity, problem)));
    }
}

fn diagnostic(context: &Context<'_>, node: Node<'_>, text: &str, severity: Severity, problem: &Problem) -> Diagnostic {
    RULE.at(severity, node.part(&problem.range), problem.message.as_str()).with_fixes(context, |writer| {
        let fixed = problem.fixed(text).filter(|fixed| !fixed.is_empty());
        let fixed =
            fixed.map(|fixed| if severity == Severity::Error { json_path::without_warnings(fixed) } else { fixed });
        // A warning leaves no doubt about what is meant, an error may.
        fixed.map(|fixed| Fix::rename(writer, node, &fixed).safe_if(severity == Severity::Warning))
    })
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::PATHS;
    use crate::lint::rules::tests::{batch, check_attributes, check_fixes};
    use crate::spec::{self, Json};

    #[test]
    fn each_path_of_the_request_is_checked() {
        check_attributes(
            r#"      "contentPath": { "path": "members[" },
      "explodeEntityPath": { "path": "$.a.items[all]" },
      "paginationParams": { "type": "POINTER", "pointerPath": "$.paging..", "limitName": "$", "limitValue": 1 }"#,
            expect![[r#"
                "contentPath": { "path": "members[" },
                                                 ^ error[path-syntax]: missing closing `]`
                "explodeEntityPath": { "path": "$.a.items[all]" },
                                                          ^^^ error[path-syntax]: unquoted name in brackets; use `'all'`
                "paginationParams": { "type": "POINTER", "pointerPath": "$.paging..", "limitName": "$", "limitValue": 1 }
                                                                                 ^^ error[path-syntax]: missing name after `..`
            "#]],
        );
        check_attributes(
            r#"      "contentPath": "$.members x",
      "paginationParams": { "type": "OFFSET", "limitName": "a", "limitValue": 1, "offSetName": "b", "endConditionName": "$has-more?", "endConditionValue": "Const:false" }"#,
            expect![[r#"
                "contentPath": "$.members x",
                               ^^^^^^^^^^^^^ warning[deprecated-content-path]: a string in `contentPath` is deprecated; use an object with `path`
                                 ^^^^^^^^^^ error[path-syntax]: a name after a dot has only letters, digits and `_`, and no digit first (RFC 9535); use `['members x']`
                "paginationParams": { "type": "OFFSET", "limitName": "a", "limitValue": 1, "offSetName": "b", "endConditionName": "$has-more?", "endConditionValue": "Const:false" }
                                                                                                                                    ^^^^^^^^^ error[path-syntax]: missing dot before this name
            "#]],
        );
        check_attributes(
            r#"      "paginationParams": { "type": "CONTINUATION_TOKEN", "continuationTokenPath": "/meta/after", "parameterType": "QUERYPARAM", "parameterName": "p" }"#,
            expect![[r#"
                "paginationParams": { "type": "CONTINUATION_TOKEN", "continuationTokenPath": "/meta/after", "parameterType": "QUERYPARAM", "parameterName": "p" }
                                                                                              ^^^^^^^^^^^ error[path-syntax]: expected dots between names, found slashes; a JSON path starts with `$`
            "#]],
        );
    }

    #[test]
    fn deviations_that_some_implementations_accept_are_warnings() {
        check_attributes(
            r#"      "contentPath": { "path": "$.page-data.members" },
      "paginationParams": { "type": "POINTER", "pointerPath": "paging.next" }"#,
            expect![[r#"
                "contentPath": { "path": "$.page-data.members" },
                                           ^^^^^^^^^^ warning[path-syntax]: a name after a dot has only letters, digits and `_`, and no digit first (RFC 9535); use `['page-data']`
                "paginationParams": { "type": "POINTER", "pointerPath": "paging.next" }
                                                                         ^^^^^^ warning[path-syntax]: missing `$` at the start of the JSON path
            "#]],
        );
    }

    #[test]
    fn paths_headers_and_placeholders_are_not_reported() {
        check_attributes(
            r#"      "contentPath": { "path": "$['a b'].c[0]..d[?@.e > 1]" },
      "paginationParams": { "type": "POINTER", "pointerPath": "headers.link" }"#,
            expect![[r#"
                "contentPath": { "path": "$['a b'].c[0]..d[?@.e > 1]" },
                                                    ^^^ warning[complex-path]: an index in the path to the records, which Flow Service may reject as complex (`1314-400`); use names only
                "paginationParams": { "type": "POINTER", "pointerPath": "headers.link" }
                                                                         ^^^^^^^^^^^^ warning[complex-path]: expected a JSON path to the URL of the next page, found the response header `link`; headers are documented for `endPageIndex` only. If the pages have numbers, use `PAGE`
            "#]],
        );
        check_attributes(
            r#"      "contentPath": { "path": "$.${listId}" },
      "explodeEntityPath": { "path": "" },
      "paginationParams": { "type": "CONTINUATION_TOKEN", "continuationTokenPath": "@{activity}", "parameterType": "QUERYPARAM", "parameterName": "p" }"#,
            expect![[r#"
                "contentPath": { "path": "$.${listId}" },
                "explodeEntityPath": { "path": "" },
                                               ^^ error[empty-value]: empty `path`; expected the path to an array inside a record (`1313-400`)
                "paginationParams": { "type": "CONTINUATION_TOKEN", "continuationTokenPath": "@{activity}", "parameterType": "QUERYPARAM", "parameterName": "p" }
            "#]],
        );
    }

    #[test]
    fn the_corrected_path_is_written() {
        check_fixes(
            &batch(
                r#"      "contentPath": { "path": "$.page-data.@items" },
      "paginationParams": { "type": "POINTER", "pointerPath": "paging.next" }"#,
            ),
            expect![[r#"
                path-syntax: Replace with `$['page-data'].@items` (preferred)
                -       "contentPath": { "path": "$.page-data.@items" },
                +       "contentPath": { "path": "$['page-data'].@items" },
                path-syntax: Replace with `$.page-data['@items']` (preferred)
                -       "contentPath": { "path": "$.page-data.@items" },
                +       "contentPath": { "path": "$.page-data['@items']" },
                path-syntax: Replace with `$.paging.next` (preferred)
                -       "paginationParams": { "type": "POINTER", "pointerPath": "paging.next" }
                +       "paginationParams": { "type": "POINTER", "pointerPath": "$.paging.next" }
            "#]],
        );
        check_fixes(
            &batch(r#"      "contentPath": { "path": "$members[\"first name\"]" }"#),
            expect![[r#"
                path-syntax: Replace with `$.members['first name']` (preferred)
                -       "contentPath": { "path": "$members[\"first name\"]" }
                +       "contentPath": { "path": "$.members['first name']" }
            "#]],
        );
        check_fixes(
            &batch(r#"      "contentPath": { "path": "$.a\u002db" }"#),
            expect![[r#"
                path-syntax: Replace with `$['a-b']` (preferred)
                -       "contentPath": { "path": "$.a\u002db" }
                +       "contentPath": { "path": "$['a-b']" }
            "#]],
        );
    }

    #[test]
    fn the_checked_paths_are_those_of_the_vocabulary() {
        let definitions = spec::schema().get("definitions").expect("definitions");
        let is_path = |schema: &Json| schema.get("x-format").and_then(Json::as_str) == Some("json-path");
        let mut paths = Vec::new();
        for (name, schema) in definitions.members() {
            paths.extend(is_path(schema).then(|| name.to_owned()));
            let keys = schema.get("properties").into_iter().flat_map(Json::members);
            paths.extend(keys.filter(|(_, schema)| is_path(schema)).map(|(key, _)| format!("{name}.{key}")));
        }
        let mut expected = PATHS.map(|path| path.join("."));
        paths.sort_unstable();
        expected.sort_unstable();
        assert_eq!(paths, expected);
    }
}
