//! `missing-key`: a key is missing in an object.

use std::cell::LazyCell;
use std::collections::HashSet;

use serde_json::Value;

use crate::edit::writer::Writer;
use crate::lint::schema::ViolationKind;
use crate::lint::{Diagnostic, Fix, Severity};
use crate::source::model::{Request, Schema, Source, SourceSpec};
use crate::spec::{self, Entry, Json, SpecKind};
use crate::syntax::Node;
use crate::text::Edit;

use super::known_keys::KnownKeys;
use super::{Context, Rule, head, location_of, or_list, pages};

pub(crate) const RULE: Rule = Rule {
    code: "missing-key",
    severities: &[Severity::Error, Severity::Warning, Severity::Info],
    finds: "a missing key that the API requires or that the chosen form cannot work without (error), or that Adobe's template has (warning; info for those that sources do without)",
    why: "`name` and `providerId` are required by the API reference; a request without a required field is rejected with `1304-400`. Some parts do not work without one of their keys: a request needs its method, `contentPath` its path. The other keys of Adobe's template are warnings: the sources read them, but specs without them exist. A source without `scheduleParams` fetches all records in each run, one without `sourceSpec.spec` has no inputs of its own; for `version` and `attributes`, no effect is documented.",
    at: "sourceSpec.attributes",
    wrong: r#""urlParams": { "path": "/items" }"#,
    right: r#""urlParams": { "path": "/items", "method": "GET" }"#,
    link: pages::CREATE,
    every_kind: false,
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let is_response = LazyCell::new(|| is_response(context.tree.root()));
    let mut seen = HashSet::new();
    for violation in context.violations_for(RULE.code) {
        let (severity, key) = match &violation.kind {
            ViolationKind::Missing(key) => (Severity::Error, key),
            ViolationKind::Expected(_) if violation.node.parent().is_none() && *is_response => continue,
            ViolationKind::Expected(key) if is_optional(key) => (Severity::Info, key),
            ViolationKind::Expected(key) => (Severity::Warning, key),
            _ => continue,
        };
        let is_first = seen.insert(violation.node.index());
        diagnostics.push(
            diagnostic(context, violation.node, severity, key)
                .with_offered_fixes(context, |writer| insertions(context, writer, violation.node, key, is_first)),
        );
    }
}

/// Whether sources work without this key of the template.
fn is_optional(key: &str) -> bool {
    [Source::VERSION, Source::ATTRIBUTES, SourceSpec::SPEC, Request::SCHEDULE_PARAMS].contains(&key)
}

/// Whether the spec is an API response, which leaves out keys of the template: the description, empty arrays.
fn is_response(root: Node<'_>) -> bool {
    root.members().any(|member| member.key.string().is_some_and(|key| spec::is_set_by_service(&key)))
}

fn diagnostic(context: &Context<'_>, object: Node<'_>, severity: Severity, key: &str) -> Diagnostic {
    let entry = context.entry(object);
    let place = location_of(object);
    let value = entry.key(key, None);
    let kinds = value.known_values();
    let message = match (severity, object.parent()) {
        (Severity::Warning, None) if context.kind == SpecKind::Undecided => {
            let kinds = or_list(kinds.iter().filter_map(|choice| choice.value.as_str()));
            format!("missing `{key}`, so most of the spec cannot be checked; set it to {kinds}")
        }
        (Severity::Error, None) => format!("missing `{key}`; the API rejects a spec without it"),
        (Severity::Error, _) => format!("missing `{key}` in {place}, which cannot work without it"),
        _ if key == Request::SCHEDULE_PARAMS => {
            format!(
                "no `{key}` in {place}, so each run fetches all records (inferred); add it if the API can filter by time"
            )
        }
        _ => format!("missing `{key}` in {place}; Adobe's template has it"),
    };
    RULE.at(severity, head(object), message).with_link(value.link().or(entry.link()))
}

/// Adds a missing key. `is_first`: of several, this one also offers to add all.
pub(super) fn insertions(
    context: &Context<'_>,
    writer: &Writer<'_>,
    object: Node<'_>,
    key: &str,
    is_first: bool,
) -> Vec<Fix> {
    let entry = context.entry(object);
    if context.kind == SpecKind::Undecided && object.parent().is_none() {
        return complete_templates(writer, object, key);
    }
    let lacking = lacking(object, &entry);
    let insertion = match type_of_schema(object, &entry).filter(|_| key == Schema::TYPE) {
        Some(name) => writer.insert_key(object, key, &name.into()),
        None => writer.insert_known_key(object, key),
    };
    let mut fixes = vec![Fix::offered(format!("Add `{key}`"), [insertion])];
    if is_first && lacking.len() > 1 {
        fixes.push(Fix::possible("Add all missing keys", insert_all(writer, object, &lacking)));
    }
    fixes
}

/// Adds a missing key with the value that a snippet has for it.
pub(super) fn insertion_from_snippet(writer: &Writer<'_>, object: Node<'_>, key: &str) -> Fix {
    let snippets = writer.entry(object).snippets();
    let value = snippets.iter().find_map(|snippet| snippet.body.get(key)).map_or(Value::Null, Json::to_value);
    Fix::offered(format!("Add `{key}`"), [writer.insert_key(object, key, &value)])
}

/// The edits that add missing keys.
pub(crate) fn insert_all(writer: &Writer<'_>, object: Node<'_>, keys: &[&str]) -> Vec<Edit> {
    let schema_type = type_of_schema(object, &writer.entry(object)).map(Value::from);
    let value = |key: &str| schema_type.clone().filter(|_| key == Schema::TYPE);
    writer.insert_keys(object, keys.iter().map(|key| (*key, value(key))))
}

/// The `type` that a JSON Schema has by its other keys.
fn type_of_schema(object: Node<'_>, entry: &Entry) -> Option<&'static str> {
    let schema = Schema::new(object);
    let is_string = schema.enum_values().or(schema.format()).or(schema.pattern()).is_some();
    entry.is_embedded_schema().then(|| match () {
        () if schema.items().is_some() => "array",
        () if is_string => "string",
        () => "object",
    })
}

/// The missing keys of an object, without those that it has under another name.
pub(crate) fn lacking(object: Node<'_>, entry: &Entry) -> Vec<&'static str> {
    let is_root = object.parent().is_none();
    let keys = if is_root && is_response(object) { entry.required() } else { entry.required_and_expected() };
    let known = KnownKeys::of(entry, object);
    let is_free = |key: &&str| object.get(key).is_none() && !known.is_under_other_name(key);
    keys.into_iter().filter(is_free).collect()
}

/// Without a `type` hardly any key is known to be missing, with it nearly all are. So both are one step.
fn complete_templates(writer: &Writer<'_>, object: Node<'_>, key: &str) -> Vec<Fix> {
    if key != Source::TYPE {
        return vec![Fix::offered(format!("Add `{key}`"), [writer.insert_known_key(object, key)])];
    }
    let begin = |kind: SpecKind| {
        let writer = Writer::for_kind(writer.document(), kind);
        let template = writer.entry(object).snippets().into_iter().next()?;
        let lacking = template.body.members().filter(|(key, _)| object.get(key).is_none());
        let edits = writer.insert_keys(object, lacking.map(|(key, value)| (key, Some(value.to_value()))));
        Some(Fix::possible(format!("Add the rest of a {}", template.label), edits))
    };
    SpecKind::GENERIC.into_iter().filter_map(begin).collect()
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::document::Document;
    use crate::lint::Facts;
    use crate::lint::rules::tests::{batch, check, check_attributes, check_fixes};
    use crate::lint::{diagnostics, fixes};
    use crate::text::Edit;
    use crate::text::Text;

    #[test]
    fn a_spec_without_most_keys_is_reported() {
        check(
            "{\n  \"type\": \"generic-rest\"\n}",
            expect![[r#"
                {
                ^ error[missing-key]: missing `name`; the API rejects a spec without it
                ^ error[missing-key]: missing `providerId`; the API rejects a spec without it
                ^ warning[missing-key]: missing `description` in the spec; Adobe's template has it
                ^ warning[missing-key]: missing `authSpec` in the spec; Adobe's template has it
                ^ warning[missing-key]: missing `sourceSpec` in the spec; Adobe's template has it
                ^ warning[missing-key]: missing `exploreSpec` in the spec; Adobe's template has it
                ^ info[missing-key]: missing `version` in the spec; Adobe's template has it
                ^ info[missing-key]: missing `attributes` in the spec; Adobe's template has it
                  "type": "generic-rest"
                }
            "#]],
        );
        check(
            "{ }",
            expect![[r#"
                { }
                ^ error[missing-key]: missing `name`; the API rejects a spec without it
                ^ error[missing-key]: missing `providerId`; the API rejects a spec without it
                ^ warning[missing-key]: missing `type`, so most of the spec cannot be checked; set it to `generic-rest` or `generic-streaming`
            "#]],
        );
    }

    #[test]
    fn required_keys_of_the_request_are_errors() {
        check_attributes(
            r#"      "urlParams": { "path": "/" },
      "contentPath": { },
      "explodeEntityPath": { "keepAttributes": [] }"#,
            expect![[r#"
                "urlParams": { "path": "/" },
                ^^^^^^^^^^^ error[missing-key]: missing `method` in `sourceSpec.attributes.urlParams`, which cannot work without it
                "contentPath": { },
                ^^^^^^^^^^^^^ error[missing-key]: missing `path` in `sourceSpec.attributes.contentPath`, which cannot work without it
                "explodeEntityPath": { "keepAttributes": [] }
                ^^^^^^^^^^^^^^^^^^^ error[missing-key]: missing `path` in `sourceSpec.attributes.explodeEntityPath`, which cannot work without it
            "#]],
        );
    }

    #[test]
    fn keys_that_a_response_leaves_out_are_not_reported() {
        check(
            r#"{ "id": "a", "name": "b", "type": "generic-rest", "sourceSpec": { "attributes": {} } }"#,
            expect![[r#"
                { "id": "a", "name": "b", "type": "generic-rest", "sourceSpec": { "attributes": {} } }
                ^ error[missing-key]: missing `providerId`; the API rejects a spec without it
                  ^^^^ info[server-managed-key]: `id` is set by Flow Service and is not sent; remove it
                                                                  ^^^^^^^^^^^^ info[missing-key]: missing `spec` in `sourceSpec`; Adobe's template has it
                                                                                  ^^^^^^^^^^^^ warning[missing-key]: missing `uiAttributes` in `sourceSpec.attributes`; Adobe's template has it
                                                                                  ^^^^^^^^^^^^ warning[missing-key]: missing `urlParams` in `sourceSpec.attributes`; Adobe's template has it
                                                                                  ^^^^^^^^^^^^ warning[missing-key]: missing `contentPath` in `sourceSpec.attributes`; Adobe's template has it
                                                                                  ^^^^^^^^^^^^ warning[missing-key]: missing `paginationParams` in `sourceSpec.attributes`; Adobe's template has it
                                                                                  ^^^^^^^^^^^^ info[missing-key]: no `scheduleParams` in `sourceSpec.attributes`, so each run fetches all records (inferred); add it if the API can filter by time
            "#]],
        );
    }

    #[test]
    fn a_misspelled_key_is_reported_once() {
        check_attributes(
            r#"      "urlParams": { "path": "/", "methd": "GET" }"#,
            expect![[r#"
                "urlParams": { "path": "/", "methd": "GET" }
                                            ^^^^^^^ warning[unknown-key]: unknown key `methd` in `sourceSpec.attributes.urlParams`; did you mean `method`?
            "#]],
        );
    }

    #[test]
    fn a_key_is_added_where_the_template_has_it() {
        check_fixes(
            &batch("      \"urlParams\": {\n        \"path\": \"/\"\n      },\n      \"contentPath\": {}")
                .replace("  \"attributes\": { \"uiAttributes\": { \"apiFeatures\": {} } },\n", ""),
            expect![[r#"
                missing-key: Add `attributes` (preferred)
                +   "attributes": {
                +     "uiAttributes": {
                +       "apiFeatures": {
                +         "explorePaginationSupported": false
                +       }
                +     }
                +   },
                missing-key: Add `method` (preferred)
                -         "path": "/"
                +         "path": "/",
                +         "method": "GET"
                missing-key: Add `path` (preferred)
                -       "contentPath": {}
                +       "contentPath": {
                +         "path": ""
                +       }
            "#]],
        );
    }

    #[test]
    fn an_empty_spec_is_completed() {
        let text = "{\n  \"description\": \"mine\"\n}";
        let document = |text: &str| Document::new("a-connectionSpec.json", 0, Text::new(text));
        let mut rendered = String::new();
        for tried in fixes(&document(text), &Facts::default(), 0..0) {
            let after = document(&Edit::apply(text, &tried.fix.edits));
            let kept = after.source().contains("\"description\": \"mine\"");
            rendered += &format!("{}, what is there kept: {kept}\n", tried.fix.title);
            let found = diagnostics(&after, &Facts::default());
            rendered.extend(
                found
                    .iter()
                    .filter(|diagnostic| diagnostic.code == RULE.code)
                    .map(|diagnostic| diagnostic.message.clone() + "\n"),
            );
        }
        expect![[r#"
            Add `name`, what is there kept: true
            missing `providerId`; the API rejects a spec without it
            missing `type`, so most of the spec cannot be checked; set it to `generic-rest` or `generic-streaming`
            Add the rest of a batch source, what is there kept: true
            Add the rest of a streaming source, what is there kept: true
        "#]]
        .assert_eq(&rendered);
    }

    #[test]
    fn several_keys_are_added_together_each_in_its_place() {
        check_fixes(
            &batch(
                "      \"urlParams\": { \"host\": \"https://a.b\", \"queryParams\": {} },\n      \"contentPath\": {}",
            ),
            expect![[r#"
                missing-key: Add `path` (preferred)
                -       "urlParams": { "host": "https://a.b", "queryParams": {} },
                +       "urlParams": { "host": "https://a.b", "path": "", "queryParams": {} },
                missing-key: Add all missing keys
                -       "urlParams": { "host": "https://a.b", "queryParams": {} },
                +       "urlParams": { "host": "https://a.b", "path": "", "method": "GET", "queryParams": {} },
                missing-key: Add `method` (preferred)
                -       "urlParams": { "host": "https://a.b", "queryParams": {} },
                +       "urlParams": { "host": "https://a.b", "method": "GET", "queryParams": {} },
                missing-key: Add `path` (preferred)
                -       "contentPath": {}
                +       "contentPath": {
                +         "path": ""
                +       }
            "#]],
        );
    }
}
