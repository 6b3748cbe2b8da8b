//! `path-syntax`: a text that is no JSON path where one belongs.

use crate::lint::Diagnostic;
use crate::lint::Fix;
use crate::lint::Severity;
use crate::source::json_path::{self, Mistake};
use crate::syntax::Node;

use crate::source::inputs::fixed_text;

use super::{Context, Rule, pages};

pub(crate) const RULE: Rule = Rule {
    code: "path-syntax",
    severities: &[Severity::Error, Severity::Warning],
    finds: "a text that is no JSON path (error), or that only some readers take for one: no `$` at its start, a name with a hyphen after a dot (warning)",
    why: "A path that cannot be read finds no records (`1313-400`), no next page and no end. The standard is [RFC 9535](https://www.rfc-editor.org/rfc/rfc9535). Which reader of JSON paths the service has is not documented, so what common readers take beside the standard is a warning. Adobe's examples have `paging.next` both with and without its `$.`; the form of the schema is with it.",
    at: "sourceSpec.attributes",
    wrong: r#""contentPath": { "path": "$.data." }"#,
    right: r#""contentPath": { "path": "$.data" }"#,
    link: pages::SOURCE_SPEC,
    every_kind: false,
    check,
};

/// Where paths stand in the request.
const PLACES: [&[&str]; 6] = [
    &["contentPath"],
    &["contentPath", "path"],
    &["explodeEntityPath", "path"],
    &["paginationParams", "endConditionName"],
    &["paginationParams", "pointerPath"],
    &["paginationParams", "continuationTokenPath"],
];

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(request) = context.request() else { return };
    for (place, node) in PLACES.iter().filter_map(|place| Some((place, request.node().at(place)?))) {
        let Some(text) = fixed_text(node) else { continue };
        if place[0] == "paginationParams" && json_path::header(&text).is_some() {
            continue;
        }
        let (severity, mistakes) = match json_path::parse(&text) {
            Ok(path) => (Severity::Warning, path.slips),
            Err(mistake) => (Severity::Error, vec![mistake]),
        };
        found.extend(mistakes.iter().map(|mistake| diagnostic(context, node, &text, severity, mistake)));
    }
}

fn diagnostic(context: &Context<'_>, node: Node<'_>, text: &str, severity: Severity, mistake: &Mistake) -> Diagnostic {
    let mut diagnostic = RULE.at(severity, node.part(&mistake.range), mistake.words.as_str());
    context.fix(&mut diagnostic, |writer| {
        let mended = mistake.mended(text).filter(|mended| !mended.is_empty());
        mended.map(|mended| {
            let (title, edit) = (format!("Write `{mended}`"), writer.rename(node, &mended));
            // A slip says what is meant, a mistake may not.
            if severity == Severity::Warning { Fix::safe(title, [edit]) } else { Fix::offered(title, [edit]) }
        })
    });
    diagnostic
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::PLACES;
    use crate::lint::rules::tests::{batch, check_attributes, check_fixes};
    use crate::spec::{self, Json};

    #[test]
    fn at_each_place_of_a_path() {
        check_attributes(
            r#"      "contentPath": { "path": "members[" },
      "explodeEntityPath": { "path": "$.a.items[all]" },
      "paginationParams": { "type": "POINTER", "pointerPath": "$.paging..", "limitName": "$", "limitValue": 1 }"#,
            expect![[r#"
                "contentPath": { "path": "members[" },
                                                 ^ error[path-syntax]: The closing `]` is missing.
                "explodeEntityPath": { "path": "$.a.items[all]" },
                                                          ^^^ error[path-syntax]: A name in brackets stands in quotes. Write `'all'`.
                "paginationParams": { "type": "POINTER", "pointerPath": "$.paging..", "limitName": "$", "limitValue": 1 }
                                                                                 ^^ error[path-syntax]: A name is missing after `..`. Write it, or remove `..`.
            "#]],
        );
        check_attributes(
            r#"      "contentPath": "$.members x",
      "paginationParams": { "type": "OFFSET", "limitName": "a", "limitValue": 1, "offSetName": "b", "endConditionName": "$has-more?", "endConditionValue": "Const:false" }"#,
            expect![[r#"
                "contentPath": "$.members x",
                               ^^^^^^^^^^^^^ warning[deprecated-content-path]: The path alone is an old form of `contentPath`. Write an object with `path`.
                                 ^^^^^^^^^^ error[path-syntax]: A name after a dot has letters, digits and `_` only, and no digit first (RFC 9535). Write it in brackets: `['members x']`.
                "paginationParams": { "type": "OFFSET", "limitName": "a", "limitValue": 1, "offSetName": "b", "endConditionName": "$has-more?", "endConditionValue": "Const:false" }
                                                                                                                                    ^^^^^^^^^ error[path-syntax]: A dot is missing before this name.
            "#]],
        );
        check_attributes(
            r#"      "paginationParams": { "type": "CONTINUATION_TOKEN", "continuationTokenPath": "/meta/after", "parameterType": "QUERYPARAM", "parameterName": "p" }"#,
            expect![[r#"
                "paginationParams": { "type": "CONTINUATION_TOKEN", "continuationTokenPath": "/meta/after", "parameterType": "QUERYPARAM", "parameterName": "p" }
                                                                                              ^^^^^^^^^^^ error[path-syntax]: A JSON path has dots between its names, not slashes, and starts with `$`.
            "#]],
        );
    }

    #[test]
    fn what_only_some_readers_take() {
        check_attributes(
            r#"      "contentPath": { "path": "$.page-data.members" },
      "paginationParams": { "type": "POINTER", "pointerPath": "paging.next" }"#,
            expect![[r#"
                "contentPath": { "path": "$.page-data.members" },
                                           ^^^^^^^^^^ warning[path-syntax]: A name after a dot has letters, digits and `_` only, and no digit first (RFC 9535). Write it in brackets: `['page-data']`.
                "paginationParams": { "type": "POINTER", "pointerPath": "paging.next" }
                                                                         ^^^^^^ warning[path-syntax]: A JSON path starts with `$`, which is missing here.
            "#]],
        );
    }

    #[test]
    fn paths_headers_and_placeholders_are_fine() {
        check_attributes(
            r#"      "contentPath": { "path": "$['a b'].c[0]..d[?@.e > 1]" },
      "paginationParams": { "type": "POINTER", "pointerPath": "headers.link" }"#,
            expect![[r#"
                "contentPath": { "path": "$['a b'].c[0]..d[?@.e > 1]" },
                "paginationParams": { "type": "POINTER", "pointerPath": "headers.link" }
            "#]],
        );
        check_attributes(
            r#"      "contentPath": { "path": "$.${listId}" },
      "explodeEntityPath": { "path": "" },
      "paginationParams": { "type": "CONTINUATION_TOKEN", "continuationTokenPath": "@{activity}", "parameterType": "QUERYPARAM", "parameterName": "p" }"#,
            expect![[r#"
                "contentPath": { "path": "$.${listId}" },
                "explodeEntityPath": { "path": "" },
                "paginationParams": { "type": "CONTINUATION_TOKEN", "continuationTokenPath": "@{activity}", "parameterType": "QUERYPARAM", "parameterName": "p" }
            "#]],
        );
    }

    #[test]
    fn what_is_meant_is_written() {
        check_fixes(
            &batch(
                r#"      "contentPath": { "path": "$.page-data.@items" },
      "paginationParams": { "type": "POINTER", "pointerPath": "paging.next" }"#,
            ),
            expect![[r#"
                path-syntax: Write `$['page-data'].@items` (preferred)
                -       "contentPath": { "path": "$.page-data.@items" },
                +       "contentPath": { "path": "$['page-data'].@items" },
                path-syntax: Write `$.page-data['@items']` (preferred)
                -       "contentPath": { "path": "$.page-data.@items" },
                +       "contentPath": { "path": "$.page-data['@items']" },
                path-syntax: Write `$.paging.next` (preferred)
                -       "paginationParams": { "type": "POINTER", "pointerPath": "paging.next" }
                +       "paginationParams": { "type": "POINTER", "pointerPath": "$.paging.next" }
            "#]],
        );
        check_fixes(
            &batch(r#"      "contentPath": { "path": "$members[\"first name\"]" }"#),
            expect![[r#"
            path-syntax: Write `$.members["first name"]` (preferred)
            -       "contentPath": { "path": "$members[\"first name\"]" }
            +       "contentPath": { "path": "$.members[\"first name\"]" }
        "#]],
        );
        check_fixes(
            &batch(r#"      "contentPath": { "path": "$.a\u002db" }"#),
            expect![[r#"
            path-syntax: Write `$['a-b']` (preferred)
            -       "contentPath": { "path": "$.a\u002db" }
            +       "contentPath": { "path": "$['a-b']" }
        "#]],
        );
    }

    #[test]
    fn the_places_are_those_of_the_vocabulary() {
        let definitions = spec::schema().get("definitions").expect("definitions");
        let is_path = |schema: &Json| schema.get("x-format").and_then(Json::as_str) == Some("json-path");
        let mut places = Vec::new();
        for (name, schema) in definitions.members() {
            places.extend(is_path(schema).then(|| name.to_owned()));
            let keys = schema.get("properties").into_iter().flat_map(Json::members);
            places.extend(keys.filter(|(_, schema)| is_path(schema)).map(|(key, _)| format!("{name}.{key}")));
        }
        let mut expected = PLACES.map(|place| place.join("."));
        places.sort_unstable();
        expected.sort_unstable();
        assert_eq!(places, expected);
    }
}
