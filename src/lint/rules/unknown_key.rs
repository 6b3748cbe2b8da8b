//! `unknown-key`: a key that the vocabulary does not have at its place.

mod fixes;
mod overrides;

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::lint::schema::ViolationKind;
use crate::lint::{Diagnostic, Severity, Tag};
use crate::source::model::{Pagination, Request, Source};
use crate::spec::{Entry, SpecKind, spelling};
use crate::syntax::Node;

use super::{Context, Rule, location_of, or_list, pages};

pub(crate) const RULE: Rule = Rule {
    code: "unknown-key",
    severities: &[Severity::Warning],
    finds: "a key that no source has at its place, and deprecated keys",
    why: "Adobe's pages spell some keys in several ways, and the API keeps unknown keys without an error (inferred from its responses), so a misspelled key is noticed only when the source runs without it.",
    at: "sourceSpec.attributes",
    wrong: r#""urlParams": { "path": "/items", "methd": "GET" }"#,
    right: r#""urlParams": { "path": "/items", "method": "GET" }"#,
    link: pages::CREATE,
    every_kind: false,
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let mut unknown: HashMap<usize, (Node<'_>, HashSet<&str>)> = HashMap::new();
    for violation in context.violations_for(RULE.code) {
        let node = violation.node;
        match &violation.kind {
            ViolationKind::Unknown(key) => {
                let (_, keys) = unknown.entry(node.index()).or_insert((node, HashSet::new()));
                keys.insert(key);
            }
            ViolationKind::Deprecated => diagnostics.extend(deprecated(context, node)),
            _ => {}
        }
    }
    diagnostics.extend(context.source().auth_entries().flat_map(|entry| overrides::check(context, entry)));
    for (object, keys) in unknown.into_values() {
        let members = object.members().filter_map(|member| Some((member, member.key.string()?)));
        for (member, key) in members.filter(|(_, key)| keys.contains(&**key)) {
            diagnostics.push(
                RULE.at(Severity::Warning, member.key.range(), message(context, object, &key))
                    .with_link(context.entry(object).link())
                    .with_fixes(context, |writer| fixes::of_unknown(context, writer, member)),
            );
        }
    }
}

/// A deprecated key.
fn deprecated(context: &Context<'_>, value: Node<'_>) -> Option<Diagnostic> {
    let member = value.as_part_of_member()?;
    let entry = context.entry(value);
    let key = member.key.string()?;
    let message = match entry.replaced_by() {
        Some(new) => match new.strip_prefix("../") {
            Some(outer) => {
                let parent = member.node.parent().and_then(Node::enclosing_object);
                let place = parent.map(location_of).unwrap_or_default();
                format!("`{key}` belongs one level up; move it to `{outer}` of {place}")
            }
            None if member.node.parent().is_some_and(|object| object.get(new).is_some()) => {
                format!("`{key}` is deprecated in favor of `{new}`, which is set too; remove it")
            }
            None if new.contains('.') => format!("`{key}` is deprecated here; move it to `{new}`"),
            None => format!("`{key}` is deprecated; use `{new}`"),
        },
        None => format!("`{key}` is deprecated: no current page has it"),
    };
    Some(
        RULE.at(Severity::Warning, member.key.range(), message)
            .with_tag(Tag::Deprecated)
            .with_link(entry.link())
            .with_fixes(context, |writer| fixes::of_deprecated(writer, member, &entry)),
    )
}

fn message(context: &Context<'_>, object: Node<'_>, key: &str) -> String {
    let place = location_of(object);
    let known = context.known_keys(object);
    if let Some(meant) = known.meant(key) {
        return format!("unknown key `{key}` in {place}; did you mean `{meant}`?");
    }
    if is_of_dataflow(object, key) {
        return format!("`{key}` is part of the dataflow that a user creates, not of a spec; remove it");
    }
    if is_of_response_header(object, key) {
        return format!(
            "`{key}` may have no effect: the next page is not read from a header (inferred); use `PAGE` if the API counts pages"
        );
    }
    if let Some(inner) = known.schema_with(key) {
        return format!("`{key}` does not belong in {place}; move it into its `{inner}`");
    }
    match elsewhere(context.kind, key) {
        [one] => format!("`{key}` does not belong in {place}; move it to `{one}`"),
        some @ ([_, _] | [_, _, _]) => {
            format!("`{key}` does not belong in {place}; move it to {}", or_list(some.iter().map(String::as_str)))
        }
        _ if known.is_of_another_kind(context.kind, object, key) => {
            format!("`{key}` is a key of another kind of spec and has no use in this one; remove it")
        }
        _ => format!("unknown key `{key}` in {place}: no page and no live spec has it"),
    }
}

/// Whether a key of the schedule is one of a dataflow's `scheduleParams`, which have the same name.
fn is_of_dataflow(object: Node<'_>, key: &str) -> bool {
    object.is_value_of(Request::SCHEDULE_PARAMS) && ["frequency", "interval", "startTime", "endTime"].contains(&key)
}

/// Whether a key of the pagination is to name the response header with the next page. The header of a token is one of the request.
fn is_of_response_header(object: Node<'_>, key: &str) -> bool {
    let plain = spelling::normalized(key);
    let is_token = || Pagination::new(object).continuation_token_path().is_some();
    object.is_value_of(Request::PAGINATION_PARAMS)
        && (plain.contains("linkheader") || plain.ends_with("headerlink") || plain == "headername" && !is_token())
}

/// The objects in which the vocabulary has a key, by their paths.
type Places = HashMap<&'static str, Vec<String>>;

static REST: LazyLock<Places> = LazyLock::new(|| places(SpecKind::Rest));
static STREAMING: LazyLock<Places> = LazyLock::new(|| places(SpecKind::Streaming));

fn places(kind: SpecKind) -> Places {
    let mut places = Places::new();
    collect(&Entry::root(kind, None), "", &mut places);
    places
}

fn collect(entry: &Entry, path: &str, places: &mut Places) {
    // Only Adobe's own specs describe targets too.
    for key in entry.keys().into_iter().filter(|key| *key != Source::TARGET_SPEC) {
        let value = entry.key(key, None);
        if !path.is_empty() && !value.is_deprecated() {
            places.entry(key).or_default().push(path.to_owned());
        }
        // Keys of embedded JSON Schemas occur everywhere, so they are no place to move a key to.
        if !value.is_embedded_schema() {
            collect(&value, &if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }, places);
        }
    }
}

/// The objects in which this kind of spec has the key, by their paths.
fn elsewhere(kind: SpecKind, key: &str) -> &'static [String] {
    let places: &'static Places = match kind {
        SpecKind::Rest => &REST,
        SpecKind::Streaming => &STREAMING,
        SpecKind::Other | SpecKind::Undecided => return &[],
    };
    places.get(key).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::lint::rules::tests::{batch, check, check_attributes, check_fixes, check_fixes_of, check_of};

    #[test]
    fn a_similar_key_is_suggested() {
        check_attributes(
            r#"      "urlParams": { "pth": "/", "path": "/", "mehtod": "GET", "method": "GET" },
      "headerparams": {},
      "contentPath": { "path": "$.a", "skipAttribute": [] },
      "whatever": 1"#,
            expect![[r#"
                "urlParams": { "pth": "/", "path": "/", "mehtod": "GET", "method": "GET" },
                               ^^^^^ warning[unknown-key]: unknown key `pth` in `sourceSpec.attributes.urlParams`: no page and no live spec has it
                                                        ^^^^^^^^ warning[unknown-key]: unknown key `mehtod` in `sourceSpec.attributes.urlParams`: no page and no live spec has it
                "headerparams": {},
                ^^^^^^^^^^^^^^ warning[unknown-key]: unknown key `headerparams` in `sourceSpec.attributes`; did you mean `headerParams`?
                "contentPath": { "path": "$.a", "skipAttribute": [] },
                                                ^^^^^^^^^^^^^^^ warning[unknown-key]: unknown key `skipAttribute` in `sourceSpec.attributes.contentPath`; did you mean `skipAttributes`?
                "whatever": 1
                ^^^^^^^^^^ warning[unknown-key]: unknown key `whatever` in `sourceSpec.attributes`: no page and no live spec has it
            "#]],
        );
    }

    #[test]
    fn misplaced_and_deprecated_keys_are_reported() {
        check_attributes(
            r#"      "urlParams": { "hostname": "https://a.b", "path": "/", "method": "GET", "limitName": "x" },
      "paginationParams": { "type": "OFFSET", "paginationType": "offset", "limitName": "a", "limitValue": 1, "offSetName": "b" },
      "queryParams": {},
      "authRequired": false,
      "schema": { "type": "object" },
      "spec": { "type": "object" }"#,
            expect![[r#"
                "urlParams": { "hostname": "https://a.b", "path": "/", "method": "GET", "limitName": "x" },
                               ^^^^^^^^^^ warning[unknown-key]: `hostname` is deprecated; use `host`
                                                                                        ^^^^^^^^^^^ warning[unknown-key]: `limitName` does not belong in `sourceSpec.attributes.urlParams`; move it to `sourceSpec.attributes.paginationParams`
                "paginationParams": { "type": "OFFSET", "paginationType": "offset", "limitName": "a", "limitValue": 1, "offSetName": "b" },
                                                        ^^^^^^^^^^^^^^^^ warning[unknown-key]: `paginationType` is deprecated in favor of `type`, which is set too; remove it
                "queryParams": {},
                ^^^^^^^^^^^^^ warning[unknown-key]: `queryParams` is deprecated here; move it to `urlParams.queryParams`
                "authRequired": false,
                ^^^^^^^^^^^^^^ warning[unknown-key]: `authRequired` is a key of another kind of spec and has no use in this one; remove it
                "schema": { "type": "object" },
                ^^^^^^^^ warning[unknown-key]: `schema` does not belong in `sourceSpec.attributes`; move it to `sourceSpec`
                "spec": { "type": "object" }
                ^^^^^^ warning[unknown-key]: `spec` belongs one level up; move it to `spec` of `sourceSpec`
            "#]],
        );
    }

    #[test]
    fn names_that_the_author_chooses_are_not_reported() {
        check_attributes(
            r#"      "headerParams": { "X-Anything": "a" },
      "bodyParams": { "deep": { "er": [1] } }"#,
            expect![[r#"
                      "headerParams": { "X-Anything": "a" },
                      "bodyParams": { "deep": { "er": [1] } }
            "#]],
        );
    }

    #[test]
    fn specs_of_other_kinds_are_not_checked() {
        check(
            r#"{ "type": "other", "name": "a", "providerId": "b", "authSpec": [], "whatever": 1 }"#,
            expect![[r#"
            { "type": "other", "name": "a", "providerId": "b", "authSpec": [], "whatever": 1 }
        "#]],
        );
    }

    #[test]
    fn the_key_is_renamed_moved_or_removed() {
        check_fixes(
            &batch(
                r#"      "urlParams": { "hostname": "https://a.b", "path": "/", "method": "GET", "limitName": "x" },
      "paginationParams": { "type": "PAGE", "limitValue": 1, "pageParamName": "b" },
      "queryParams": {
        "a": "b"
      },
      "headerparams": {},
      "contentPath": { "path": "$.a", "skipAttribute": [] },
      "authRequired": false,
      "schema": { "type": "object" },
      "whatever": 1"#,
            ),
            expect![[r#"
                unknown-key: Rename to `host` (preferred)
                -       "urlParams": { "hostname": "https://a.b", "path": "/", "method": "GET", "limitName": "x" },
                +       "urlParams": { "host": "https://a.b", "path": "/", "method": "GET", "limitName": "x" },
                unknown-key: Move to `sourceSpec.attributes.paginationParams` (preferred)
                -       "urlParams": { "hostname": "https://a.b", "path": "/", "method": "GET", "limitName": "x" },
                -       "paginationParams": { "type": "PAGE", "limitValue": 1, "pageParamName": "b" },
                +       "urlParams": { "hostname": "https://a.b", "path": "/", "method": "GET" },
                +       "paginationParams": { "type": "PAGE", "limitName": "x", "limitValue": 1, "pageParamName": "b" },
                unknown-key: Remove `limitName`
                -       "urlParams": { "hostname": "https://a.b", "path": "/", "method": "GET", "limitName": "x" },
                +       "urlParams": { "hostname": "https://a.b", "path": "/", "method": "GET" },
                incomplete-pagination: Add `limitName` (preferred)
                -       "paginationParams": { "type": "PAGE", "limitValue": 1, "pageParamName": "b" },
                +       "paginationParams": { "type": "PAGE", "limitName": "", "limitValue": 1, "pageParamName": "b" },
                unknown-key: Move to `urlParams.queryParams` (preferred)
                -       "urlParams": { "hostname": "https://a.b", "path": "/", "method": "GET", "limitName": "x" },
                -       "paginationParams": { "type": "PAGE", "limitValue": 1, "pageParamName": "b" },
                -       "queryParams": {
                -         "a": "b"
                -       },
                +       "urlParams": { "hostname": "https://a.b", "path": "/", "method": "GET", "queryParams": { "a": "b" }, "limitName": "x" },
                +       "paginationParams": { "type": "PAGE", "limitValue": 1, "pageParamName": "b" },
                unknown-key: Rename to `headerParams` (preferred)
                -       "headerparams": {},
                +       "headerParams": {},
                unknown-key: Rename to `skipAttributes` (preferred)
                -       "contentPath": { "path": "$.a", "skipAttribute": [] },
                +       "contentPath": { "path": "$.a", "skipAttributes": [] },
                unknown-key: Remove `authRequired` (preferred)
                -       "authRequired": false,
                unknown-key: Move to `sourceSpec` (preferred)
                -       "schema": { "type": "object" },
                -       "whatever": 1
                -     }
                +       "whatever": 1
                +     },
                +     "schema": { "type": "object" }
                unknown-key: Remove `schema`
                -       "schema": { "type": "object" },
                unknown-key: Remove `whatever`
                -       "schema": { "type": "object" },
                -       "whatever": 1
                +       "schema": { "type": "object" }
            "#]],
        );
    }

    #[test]
    fn missing_parents_are_created() {
        check_fixes(
            &batch("      \"bodyParams\": {}").replace(
                "      \"urlParams\": { \"path\": \"/${listId}\", \"method\": \"POST\" },\n",
                "      \"queryParams\": { \"a\": \"b\" },\n",
            ),
            expect![[r#"
                missing-key: Add `urlParams` (preferred)
                +       "urlParams": {
                +         "host": "https://api.example.com",
                +         "path": "/v1/records",
                +         "method": "GET"
                +       },
                unknown-key: Move to `urlParams.queryParams` (preferred)
                -       "queryParams": { "a": "b" },
                +       "urlParams": {
                +         "path": "",
                +         "method": "GET",
                +         "queryParams": { "a": "b" }
                +       },
            "#]],
        );
    }

    #[test]
    fn keys_of_an_embedded_schema_are_moved_into_it() {
        let text = r#"{ "type": "generic-rest", "name": "a", "providerId": "0ed90a81-07f4-4586-8190-b40eccef1c5a",
  "authSpec": [ {
    "name": "Basic Authentication", "type": "BasicAuthentication", "required": ["username"], "description": "a",
    "spec": { "properties": { "username": {}, "password": {} }, "description": "b" }
  } ], "sourceSpec": { "properties": {} }, "exploreSpec": { "properties": {} }, "isBeta": true }"#;
        check_of(
            super::RULE.code,
            text,
            expect![[r#"
                  "name": "Basic Authentication", "type": "BasicAuthentication", "required": ["username"], "description": "a",
                                                                                 ^^^^^^^^^^ warning[unknown-key]: `required` does not belong in `authSpec[0]`; move it into its `spec`
                                                                                                           ^^^^^^^^^^^^^ warning[unknown-key]: `description` does not belong in `authSpec[0]`; move it into its `spec`
                } ], "sourceSpec": { "properties": {} }, "exploreSpec": { "properties": {} }, "isBeta": true }
                                     ^^^^^^^^^^^^ warning[unknown-key]: `properties` does not belong in `sourceSpec`; move it into its `spec`
                                                                          ^^^^^^^^^^^^ warning[unknown-key]: unknown key `properties` in `exploreSpec`: no page and no live spec has it
                                                                                              ^^^^^^^^ warning[unknown-key]: `isBeta` does not belong in the spec; move it to `sourceSpec.attributes.uiAttributes`
            "#]],
        );
        check_fixes_of(
            super::RULE.code,
            text,
            expect![[r#"
                unknown-key: Move into `spec` (preferred)
                -     "name": "Basic Authentication", "type": "BasicAuthentication", "required": ["username"], "description": "a",
                -     "spec": { "properties": { "username": {}, "password": {} }, "description": "b" }
                +     "name": "Basic Authentication", "type": "BasicAuthentication", "description": "a",
                +     "spec": { "properties": { "username": {}, "password": {} }, "description": "b", "required": ["username"] }
                unknown-key: Remove `required`
                -     "name": "Basic Authentication", "type": "BasicAuthentication", "required": ["username"], "description": "a",
                +     "name": "Basic Authentication", "type": "BasicAuthentication", "description": "a",
                unknown-key: Remove `description`
                -     "name": "Basic Authentication", "type": "BasicAuthentication", "required": ["username"], "description": "a",
                +     "name": "Basic Authentication", "type": "BasicAuthentication", "required": ["username"],
                unknown-key: Move into `spec` (preferred)
                -   } ], "sourceSpec": { "properties": {} }, "exploreSpec": { "properties": {} }, "isBeta": true }
                +   } ], "sourceSpec": { "spec": { "properties": {} } }, "exploreSpec": { "properties": {} }, "isBeta": true }
                unknown-key: Remove `properties`
                -   } ], "sourceSpec": { "properties": {} }, "exploreSpec": { "properties": {} }, "isBeta": true }
                +   } ], "sourceSpec": {}, "exploreSpec": { "properties": {} }, "isBeta": true }
                unknown-key: Remove `properties`
                -   } ], "sourceSpec": { "properties": {} }, "exploreSpec": { "properties": {} }, "isBeta": true }
                +   } ], "sourceSpec": { "properties": {} }, "exploreSpec": {}, "isBeta": true }
                unknown-key: Move to `sourceSpec.attributes.uiAttributes` (preferred)
                -   } ], "sourceSpec": { "properties": {} }, "exploreSpec": { "properties": {} }, "isBeta": true }
                +   } ], "sourceSpec": { "attributes": { "uiAttributes": { "isSource": true, "isBeta": true, "category": { "key": "marketingAutomation" }, "icon": { "key": "mySourceIcon" }, "description": { "key": "mySourceDescription" }, "label": { "key": "mySourceLabel" } }, "urlParams": { "host": "https://api.example.com", "path": "/v1/records", "method": "GET" }, "contentPath": { "path": "$.records" }, "paginationParams": { "type": "OFFSET", "limitName": "limit", "limitValue": 100, "offSetName": "offset" }, "scheduleParams": { "scheduleStartParamName": "updated_since", "scheduleEndParamName": "updated_before", "scheduleStartParamFormat": "yyyy-MM-ddTHH:mm:ssZ", "scheduleEndParamFormat": "yyyy-MM-ddTHH:mm:ssZ" } }, "properties": {} }, "exploreSpec": { "properties": {} } }
                unknown-key: Remove `isBeta`
                -   } ], "sourceSpec": { "properties": {} }, "exploreSpec": { "properties": {} }, "isBeta": true }
                +   } ], "sourceSpec": { "properties": {} }, "exploreSpec": { "properties": {} } }
            "#]],
        );
    }
}
