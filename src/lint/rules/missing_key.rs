//! `missing-key`: an object lacks a key.

use std::cell::LazyCell;
use std::collections::HashSet;
use std::ops::Range;

use serde_json::Value;

use crate::edit::writer::Writer;
use crate::lint::Diagnostic;
use crate::lint::Fix;
use crate::lint::Severity;
use crate::lint::schema::Mistake;
use crate::spec::{self, Entry, SpecKind};
use crate::syntax::Node;
use crate::text::Edit;

use super::{
    Context, Rule, called, head, incomplete_pagination, incomplete_schedule, nonstandard_explore_spec, or_list, pages,
    unknown_key,
};

pub(crate) const RULE: Rule = Rule {
    code: "missing-key",
    severities: &[Severity::Error, Severity::Warning],
    finds: "a key that the API requires or that the chosen form cannot work without (error), or that Adobe's template has (warning)",
    why: "`name` and `providerId` are required by the API's reference. Some parts do not work without a key of theirs: a request needs its method, `contentPath` its path. The rest of what Adobe's template has is a warning: the sources read those keys, but specs without them exist.",
    at: "sourceSpec.attributes",
    wrong: r#""urlParams": { "path": "/items" }"#,
    right: r#""urlParams": { "path": "/items", "method": "GET" }"#,
    link: pages::CREATE,
    every_kind: false,
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let is_answer = LazyCell::new(|| is_answer(context.tree.root()));
    let mut seen = HashSet::new();
    for violation in context.violations() {
        let (severity, key) = match &violation.mistake {
            Mistake::Missing(key) => (Severity::Error, key),
            Mistake::Expected(_) if violation.node.parent().is_none() && *is_answer => continue,
            Mistake::Expected(key) => (Severity::Warning, key),
            _ => continue,
        };
        let has_own_rule =
            incomplete_pagination::is_about(violation.node) || incomplete_schedule::is_about(violation.node);
        let is_said = nonstandard_explore_spec::speaks_for(context, violation.node);
        if !has_own_rule && !is_said && !unknown_key::stands_for(context, violation.node, key) {
            let mut diagnostic = diagnostic(context, violation.node, severity, key);
            let is_first = seen.insert(violation.node.index());
            context.fix(&mut diagnostic, |writer| insertions(context, writer, violation.node, key, is_first));
            found.push(diagnostic);
        }
    }
}

/// Whether the spec was given back by the service, which leaves keys of the template out: the description, empty lists.
fn is_answer(root: Node<'_>) -> bool {
    root.members().any(|member| member.key.string().is_some_and(|key| spec::is_set_by_service(&key)))
}

fn diagnostic(context: &Context<'_>, object: Node<'_>, severity: Severity, key: &str) -> Diagnostic {
    let entry = context.entry(object);
    let place = called(object);
    let value = entry.key(key, None);
    let kinds = value.known_values();
    let message = match (severity, object.parent()) {
        (Severity::Warning, None) if context.kind == SpecKind::Undecided => {
            let kinds = or_list(kinds.iter().filter_map(|choice| choice.value.as_str()));
            format!("`{key}` is missing, so most of the spec cannot be checked. Set it to {kinds}.")
        }
        (Severity::Error, None) => format!("`{key}` is missing. The API refuses a spec without it."),
        (Severity::Error, _) => format!("`{key}` is missing in {place}, which cannot work without it."),
        _ => format!("`{key}` is missing in {place}. Adobe's template has it."),
    };
    let mut diagnostic = RULE.at(severity, head(object), message);
    diagnostic.link = value.link().or(entry.link()).unwrap_or(RULE.link);
    diagnostic
}

/// What inserts a key that an object lacks. `is_first`: of several that it lacks, this one also offers to insert all.
pub(super) fn insertions(
    context: &Context<'_>,
    writer: &Writer<'_>,
    object: Node<'_>,
    key: &str,
    is_first: bool,
) -> Vec<Fix> {
    let entry = context.entry(object);
    if context.kind == SpecKind::Undecided && object.parent().is_none() {
        return kinds_to_begin(writer, object, key);
    }
    let lacking = lacking(context.kind, object, &entry);
    let insertion = match type_of_schema(object, &entry).filter(|_| key == "type") {
        Some(name) => writer.insert_key(object, &entry, key, &name.into()),
        None => writer.insert_known_key(object, &entry, key),
    };
    let mut fixes = vec![Fix::offered(format!("Insert `{key}`"), [insertion])];
    if is_first && lacking.len() > 1 {
        let edits = insert_all(writer, object, &entry, &lacking);
        fixes.push(Fix::possible("Insert all missing keys", edits));
    }
    fixes
}

/// Where it is said that an object lacks a key.
pub(crate) fn head_of(object: Node<'_>) -> Range<usize> {
    head(object)
}

/// The edits that insert keys that an object lacks.
pub(crate) fn insert_all(writer: &Writer<'_>, object: Node<'_>, entry: &Entry, keys: &[&str]) -> Vec<Edit> {
    let schema_type = type_of_schema(object, entry).map(Value::from);
    let value = |key: &str| schema_type.clone().filter(|_| key == "type");
    writer.insert_keys(object, entry, keys.iter().map(|key| (*key, value(key))))
}

/// The `type` that a JSON schema has by its other keys.
fn type_of_schema(object: Node<'_>, entry: &Entry) -> Option<&'static str> {
    let has = |key: &str| object.get(key).is_some();
    entry.is_embedded_schema().then(|| match () {
        () if has("items") => "array",
        () if has("enum") || has("format") || has("pattern") => "string",
        () => "object",
    })
}

/// The keys that an object lacks and that are not there under another name.
pub(crate) fn lacking(kind: SpecKind, object: Node<'_>, entry: &Entry) -> Vec<&'static str> {
    let is_whole = object.parent().is_none();
    let keys = if is_whole && is_answer(object) { entry.required() } else { entry.required_and_expected() };
    let is_free = |key: &&str| object.get(key).is_none() && !unknown_key::stands_for_in(kind, object, key);
    keys.into_iter().filter(is_free).collect()
}

/// Before a spec says its kind, nearly nothing is known to be missing; once it does, everything is. So both are one step.
fn kinds_to_begin(writer: &Writer<'_>, object: Node<'_>, key: &str) -> Vec<Fix> {
    if key != "type" {
        let entry = Entry::root(SpecKind::Undecided, None);
        return vec![Fix::offered(format!("Insert `{key}`"), [writer.insert_known_key(object, &entry, key)])];
    }
    let begin = |kind: SpecKind| {
        let entry = Entry::root(kind, None);
        let template = entry.snippets().into_iter().next()?;
        let lacking = template.body.members().filter(|(key, _)| object.get(key).is_none());
        let edits = writer.insert_keys(object, &entry, lacking.map(|(key, value)| (key, Some(value.to_value()))));
        Some(Fix::possible(format!("Insert the rest of a {}", template.label), edits))
    };
    [SpecKind::Rest, SpecKind::Streaming].into_iter().filter_map(begin).collect()
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
    fn in_a_spec_that_has_just_begun() {
        check(
            "{\n  \"type\": \"generic-rest\"\n}",
            expect![[r#"
            {
            ^ error[missing-key]: `name` is missing. The API refuses a spec without it.
            ^ error[missing-key]: `providerId` is missing. The API refuses a spec without it.
            ^ warning[missing-key]: `description` is missing in the spec. Adobe's template has it.
            ^ warning[missing-key]: `version` is missing in the spec. Adobe's template has it.
            ^ warning[missing-key]: `authSpec` is missing in the spec. Adobe's template has it.
            ^ warning[missing-key]: `sourceSpec` is missing in the spec. Adobe's template has it.
            ^ warning[missing-key]: `exploreSpec` is missing in the spec. Adobe's template has it.
            ^ warning[missing-key]: `attributes` is missing in the spec. Adobe's template has it.
              "type": "generic-rest"
            }
        "#]],
        );
        check(
            "{ }",
            expect![[r#"
            { }
            ^ error[missing-key]: `name` is missing. The API refuses a spec without it.
            ^ error[missing-key]: `providerId` is missing. The API refuses a spec without it.
            ^ warning[missing-key]: `type` is missing, so most of the spec cannot be checked. Set it to `generic-rest` or `generic-streaming`.
        "#]],
        );
    }

    #[test]
    fn what_a_request_cannot_do_without() {
        check_attributes(
            r#"      "urlParams": { "path": "/" },
      "contentPath": { },
      "explodeEntityPath": { "keepAttributes": [] }"#,
            expect![[r#"
                      "urlParams": { "path": "/" },
                      ^^^^^^^^^^^ error[missing-key]: `method` is missing in `sourceSpec.attributes.urlParams`, which cannot work without it.
                      "contentPath": { },
                      ^^^^^^^^^^^^^ error[missing-key]: `path` is missing in `sourceSpec.attributes.contentPath`, which cannot work without it.
                      "explodeEntityPath": { "keepAttributes": [] }
                      ^^^^^^^^^^^^^^^^^^^ error[missing-key]: `path` is missing in `sourceSpec.attributes.explodeEntityPath`, which cannot work without it.
            "#]],
        );
    }

    #[test]
    fn an_answer_of_the_service_leaves_keys_of_the_template_out() {
        check(
            r#"{ "id": "a", "name": "b", "type": "generic-rest", "sourceSpec": { "attributes": {} } }"#,
            expect![[r#"
            { "id": "a", "name": "b", "type": "generic-rest", "sourceSpec": { "attributes": {} } }
            ^ error[missing-key]: `providerId` is missing. The API refuses a spec without it.
              ^^^^ info[server-managed-key]: The service sets `id` itself: a spec that is sent does without it. Remove it here.
                                                              ^^^^^^^^^^^^ warning[missing-key]: `spec` is missing in `sourceSpec`. Adobe's template has it.
                                                                              ^^^^^^^^^^^^ warning[missing-key]: `uiAttributes` is missing in `sourceSpec.attributes`. Adobe's template has it.
                                                                              ^^^^^^^^^^^^ warning[missing-key]: `urlParams` is missing in `sourceSpec.attributes`. Adobe's template has it.
                                                                              ^^^^^^^^^^^^ warning[missing-key]: `contentPath` is missing in `sourceSpec.attributes`. Adobe's template has it.
                                                                              ^^^^^^^^^^^^ warning[missing-key]: `paginationParams` is missing in `sourceSpec.attributes`. Adobe's template has it.
                                                                              ^^^^^^^^^^^^ warning[missing-key]: `scheduleParams` is missing in `sourceSpec.attributes`. Adobe's template has it.
        "#]],
        );
    }

    #[test]
    fn a_misspelled_key_is_reported_once() {
        check_attributes(
            r#"      "urlParams": { "path": "/", "methd": "GET" }"#,
            expect![[r#"
                      "urlParams": { "path": "/", "methd": "GET" }
                                                  ^^^^^^^ warning[unknown-key]: `methd` is not known in `sourceSpec.attributes.urlParams`. Did you mean `method`?
            "#]],
        );
    }

    #[test]
    fn is_inserted_where_the_template_has_it() {
        check_fixes(
            &batch("      \"urlParams\": {\n        \"path\": \"/\"\n      },\n      \"contentPath\": {}")
                .replace("  \"attributes\": { \"uiAttributes\": { \"apiFeatures\": {} } },\n", ""),
            expect![[r#"
                missing-key: Insert `attributes` (preferred)
                +   "attributes": {
                +     "uiAttributes": {
                +       "apiFeatures": {
                +         "explorePaginationSupported": false
                +       }
                +     }
                +   },
                missing-key: Insert `method` (preferred)
                -         "path": "/"
                +         "path": "/",
                +         "method": "GET"
                missing-key: Insert `path` (preferred)
                -       "contentPath": {}
                +       "contentPath": {
                +         "path": ""
                +       }
            "#]],
        );
    }

    #[test]
    fn a_spec_that_has_just_begun_gets_what_its_kind_needs() {
        let text = "{\n  \"description\": \"mine\"\n}";
        let document = |text: &str| Document::new("a-connectionSpec.json", 0, Text::new(text));
        let mut drawn = String::new();
        for tried in fixes(&document(text), &Facts::default(), 0..0) {
            let after = document(&Edit::apply(text, &tried.fix.edits));
            let kept = after.source().contains("\"description\": \"mine\"");
            drawn += &format!("{}, what is there kept: {kept}\n", tried.fix.title);
            let found = diagnostics(&after, &Facts::default());
            drawn.extend(
                found
                    .iter()
                    .filter(|diagnostic| diagnostic.code == RULE.code)
                    .map(|diagnostic| diagnostic.message.clone() + "\n"),
            );
        }
        expect![[r#"
            Insert `name`, what is there kept: true
            `providerId` is missing. The API refuses a spec without it.
            `type` is missing, so most of the spec cannot be checked. Set it to `generic-rest` or `generic-streaming`.
            Insert the rest of a batch source, what is there kept: true
            Insert the rest of a streaming source, what is there kept: true
        "#]]
        .assert_eq(&drawn);
    }

    #[test]
    fn several_are_inserted_together_each_in_its_place() {
        check_fixes(
            &batch(
                "      \"urlParams\": { \"host\": \"https://a.b\", \"queryParams\": {} },\n      \"contentPath\": {}",
            ),
            expect![[r#"
                missing-key: Insert `path` (preferred)
                -       "urlParams": { "host": "https://a.b", "queryParams": {} },
                +       "urlParams": { "host": "https://a.b", "path": "", "queryParams": {} },
                missing-key: Insert all missing keys
                -       "urlParams": { "host": "https://a.b", "queryParams": {} },
                +       "urlParams": { "host": "https://a.b", "path": "", "method": "GET", "queryParams": {} },
                missing-key: Insert `method` (preferred)
                -       "urlParams": { "host": "https://a.b", "queryParams": {} },
                +       "urlParams": { "host": "https://a.b", "method": "GET", "queryParams": {} },
                missing-key: Insert `path` (preferred)
                -       "contentPath": {}
                +       "contentPath": {
                +         "path": ""
                +       }
            "#]],
        );
    }
}
