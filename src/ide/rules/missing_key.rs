//! `missing-key`: an object lacks a key.

use std::cell::LazyCell;

use crate::ide::schema::Mistake;
use crate::ide::{Diagnostic, Fix, Severity};
use crate::spec::SpecKind;
use crate::syntax::Node;

use super::{Context, Rule, called, head, or_list, pages, pagination_keys, schedule_keys, unknown_key};

pub(super) const RULE: Rule = Rule {
    code: "missing-key",
    severities: &[Severity::Error, Severity::Warning],
    finds: "a key that the API requires or that the chosen form cannot work without (error), or that Adobe's template has (warning)",
    why: "`name` and `providerId` are required by the API's reference. Some parts do not work without a key of theirs: a request needs its method, `contentPath` its path. The rest of what Adobe's template has is a warning: the sources read those keys, but specs without them exist.",
    at: "sourceSpec.attributes",
    wrong: r#""urlParams": { "path": "/items" }"#,
    right: r#""urlParams": { "path": "/items", "method": "GET" }"#,
    link: pages::CREATE,
    every_kind: false,
    find,
};

fn find(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let is_answer = LazyCell::new(|| is_answer(context));
    for violation in context.violations() {
        let (severity, key) = match &violation.mistake {
            Mistake::Missing(key) => (Severity::Error, key),
            Mistake::Expected(_) if violation.node.parent().is_none() && *is_answer => continue,
            Mistake::Expected(key) => (Severity::Warning, key),
            _ => continue,
        };
        let has_own_rule = pagination_keys::is_about(violation.node) || schedule_keys::is_about(violation.node);
        if !has_own_rule && !unknown_key::stands_for(context, violation.node, key) {
            found.push(finding(context, violation.node, severity, key));
        }
    }
}

/// Whether the spec was given back by the service, which leaves keys of the template out: the description, empty lists.
fn is_answer(context: &Context<'_>) -> bool {
    context.tree.root().members().any(|member| context.entry(member.value).is_managed())
}

fn finding(context: &Context<'_>, object: Node<'_>, severity: Severity, key: &str) -> Diagnostic {
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
    let mut finding = RULE.at(severity, head(object), message);
    finding.link = value.link().or(entry.link()).unwrap_or(RULE.link);
    context.fix(&mut finding, |writer| {
        [Fix::offered(format!("Insert `{key}`"), [writer.insert_known_key(object, &entry, key)])]
    });
    finding
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::ide::rules::tests::{batch, check, check_attributes, check_fixes};

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
}
