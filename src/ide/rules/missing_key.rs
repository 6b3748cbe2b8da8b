//! `missing-key`: an object lacks a key.

use crate::ide::schema::{Mistake, Violation};
use crate::ide::{Diagnostic, Severity};
use crate::syntax::Node;

use super::{Context, Rule, called, head, pages, pagination_keys, unknown_key};

pub(super) const RULE: Rule = Rule {
    code: "missing-key",
    severities: &[Severity::Error, Severity::Warning],
    finds: "a key that the API requires or that the chosen form cannot work without (error), or that Adobe's template has (warning)",
    link: pages::CREATE,
    every_kind: false,
    find,
};

fn find(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for violation in context.violations() {
        let (severity, key) = match &violation.mistake {
            Mistake::Missing(key) => (Severity::Error, key),
            Mistake::Expected(key) => (Severity::Warning, key),
            _ => continue,
        };
        if !pagination_keys::is_about(violation.node) && !is_said_already(context, violation, key) {
            found.push(finding(context, violation.node, severity, key));
        }
    }
}

fn finding(context: &Context<'_>, object: Node<'_>, severity: Severity, key: &str) -> Diagnostic {
    let entry = context.entry(object);
    let place = called(object);
    let message = match (severity, object.parent()) {
        (Severity::Error, None) => format!("`{key}` is missing. The API refuses a spec without it."),
        (Severity::Error, _) => format!("`{key}` is missing in {place}, which cannot work without it."),
        _ => format!("`{key}` is missing in {place}. Adobe's template has it."),
    };
    let mut finding = RULE.at(severity, head(object), message);
    let value = entry.key(key, None);
    finding.link = value.link().or(entry.link()).unwrap_or(RULE.link);
    finding
}

/// Whether the key is there under another name, which is reported as such.
fn is_said_already(context: &Context<'_>, missing: &Violation<'_>, key: &str) -> bool {
    let object = missing.node;
    object.members().any(|member| {
        let name = member.key.string().unwrap_or_default();
        let entry = context.entry(member.value);
        let replaced = entry.is_deprecated() && entry.replaced_by() == Some(key);
        replaced || (entry.is_empty() && unknown_key::meant(context, object, &name) == Some(key))
    })
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::super::tests::{check, check_attributes};

    #[test]
    fn in_a_spec_that_has_just_begun() {
        check("{\n  \"type\": \"generic-rest\"\n}", expect![[r#"
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
        "#]]);
        check("{ }", expect![[r#"
            { }
            ^ error[missing-key]: `name` is missing. The API refuses a spec without it.
            ^ error[missing-key]: `providerId` is missing. The API refuses a spec without it.
            ^ warning[missing-key]: `type` is missing in the spec. Adobe's template has it.
        "#]]);
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
    fn a_misspelled_key_is_reported_once() {
        check_attributes(r#"      "urlParams": { "path": "/", "methd": "GET" }"#, expect![[r#"
                  "urlParams": { "path": "/", "methd": "GET" }
                                              ^^^^^^^ warning[unknown-key]: `methd` is not known in `sourceSpec.attributes.urlParams`. Did you mean `method`?
        "#]]);
    }
}
