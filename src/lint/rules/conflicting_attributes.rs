//! `conflicting-attributes`: an attribute that is both skipped and kept.

use crate::lint::{Diagnostic, Fix, Severity};
use crate::source::model::Records;
use crate::syntax::{Kind, Node};

use super::{Context, Rule, pages};

pub(crate) const RULE: Rule = Rule {
    code: "conflicting-attributes",
    severities: &[Severity::Warning],
    finds: "an attribute in both `skipAttributes` and `keepAttributes`",
    why: "`skipAttributes` names the attributes to leave out of each record, `keepAttributes` the only ones to keep. An attribute in both arrays contradicts itself; which array wins is not documented.",
    at: "sourceSpec.attributes.contentPath",
    wrong: r#""path": "$.data", "skipAttributes": ["id"], "keepAttributes": ["id", "type"]"#,
    right: r#""path": "$.data", "keepAttributes": ["id", "type"]"#,
    link: pages::CONTENT_PATH,
    every_kind: false,
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(request) = context.request() else { return };
    for records in [request.content(), request.explode()].into_iter().flatten() {
        let (Some(skipped), Some(kept)) = (records.skip_attributes(), records.keep_attributes()) else { continue };
        for name in names(kept) {
            if let Some(same) = names(skipped).find(|other| other.string() == name.string()) {
                diagnostics.push(diagnostic(context, same, name));
            }
        }
    }
}

fn names(array: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    array.elements().filter(|name| name.kind() == Kind::String)
}

/// Reports the attribute at the later of its two occurrences.
fn diagnostic(context: &Context<'_>, skipped: Node<'_>, kept: Node<'_>) -> Diagnostic {
    let (first, later) = if skipped.index() < kept.index() { (skipped, kept) } else { (kept, skipped) };
    let name = kept.string().unwrap_or_default();
    let message = format!("`{name}` is in both `skipAttributes` and `keepAttributes`; remove it from one of them");
    RULE.at(Severity::Warning, later.range(), message).with_related(first.range(), "also here").with_offered_fixes(
        context,
        |writer| {
            [(Records::SKIP_ATTRIBUTES, skipped), (Records::KEEP_ATTRIBUTES, kept)]
                .map(|(key, name)| Fix::offered(format!("Remove from `{key}`"), [writer.remove(name)]))
        },
    )
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::lint::rules::tests::{batch, check_attributes, check_fixes};

    #[test]
    fn both_objects_with_these_arrays_are_checked() {
        check_attributes(
            r#"      "contentPath": { "path": "$.a", "skipAttributes": ["x", "id"], "keepAttributes": ["id", "y"] },
      "explodeEntityPath": { "path": "$.a.b", "keepAttributes": ["id"], "skipAttributes": ["id"] }"#,
            expect![[r#"
                "contentPath": { "path": "$.a", "skipAttributes": ["x", "id"], "keepAttributes": ["id", "y"] },
                                                                                                  ^^^^ warning[conflicting-attributes]: `id` is in both `skipAttributes` and `keepAttributes`; remove it from one of them
                                                                                                    see "\"id\"": also here
                "explodeEntityPath": { "path": "$.a.b", "keepAttributes": ["id"], "skipAttributes": ["id"] }
                                                                                                     ^^^^ warning[conflicting-attributes]: `id` is in both `skipAttributes` and `keepAttributes`; remove it from one of them
                                                                                                       see "\"id\"": also here
            "#]],
        );
        check_attributes(
            r#"      "contentPath": { "path": "$.a", "skipAttributes": ["x"], "keepAttributes": ["X"] },
      "explodeEntityPath": { "path": "$.a.b", "keepAttributes": [], "skipAttributes": ["x"] }"#,
            expect![[r#"
                "contentPath": { "path": "$.a", "skipAttributes": ["x"], "keepAttributes": ["X"] },
                "explodeEntityPath": { "path": "$.a.b", "keepAttributes": [], "skipAttributes": ["x"] }
            "#]],
        );
    }

    #[test]
    fn the_attribute_is_removed_from_either_array() {
        check_fixes(
            &batch(
                r#"      "contentPath": {
        "path": "$.a",
        "skipAttributes": ["id"],
        "keepAttributes": ["x", "id"]
      }"#,
            ),
            expect![[r#"
                conflicting-attributes: Remove from `skipAttributes` (preferred)
                -         "skipAttributes": ["id"],
                +         "skipAttributes": [],
                conflicting-attributes: Remove from `keepAttributes`
                -         "keepAttributes": ["x", "id"]
                +         "keepAttributes": ["x"]
            "#]],
        );
    }
}
