//! `conflicting-attributes`: one attribute both left out and kept.

use crate::lint::Diagnostic;
use crate::lint::Fix;
use crate::lint::Related;
use crate::lint::Severity;
use crate::syntax::{Kind, Node};

use super::{Context, Rule, pages};

pub(crate) const RULE: Rule = Rule {
    code: "conflicting-attributes",
    severities: &[Severity::Warning],
    finds: "one attribute in both `skipAttributes` and `keepAttributes`",
    why: "`skipAttributes` names what is left out of each record and `keepAttributes` what alone is kept. An attribute in both lists is meant one way only; which list wins is not documented.",
    at: "sourceSpec.attributes.contentPath",
    wrong: r#""path": "$.data", "skipAttributes": ["id"], "keepAttributes": ["id", "type"]"#,
    right: r#""path": "$.data", "keepAttributes": ["id", "type"]"#,
    link: pages::SOURCE_SPEC,
    every_kind: false,
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(request) = context.request() else { return };
    for records in [request.content(), request.explode()].into_iter().flatten() {
        let (Some(skipped), Some(kept)) = (records.skip_attributes(), records.keep_attributes()) else {
            continue;
        };
        for name in names(kept) {
            if let Some(same) = names(skipped).find(|other| other.string() == name.string()) {
                found.push(diagnostic(context, same, name));
            }
        }
    }
}

fn names(list: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    list.elements().filter(|name| name.kind() == Kind::String)
}

/// Says at the later of the two that the attribute is in both lists.
fn diagnostic(context: &Context<'_>, skipped: Node<'_>, kept: Node<'_>) -> Diagnostic {
    let (first, later) = if skipped.index() < kept.index() { (skipped, kept) } else { (kept, skipped) };
    let name = kept.string().unwrap_or_default();
    let message = format!("`{name}` is both in `skipAttributes` and in `keepAttributes`. Take it out of one of them.");
    let mut diagnostic = RULE.at(Severity::Warning, later.range(), message);
    diagnostic.related = vec![Related { range: first.range(), message: "It is here too.".to_owned() }];
    context.fix(&mut diagnostic, |writer| {
        [("skipAttributes", skipped), ("keepAttributes", kept)]
            .map(|(list, name)| Fix::offered(format!("Take it out of `{list}`"), [writer.remove(name)]))
    });
    diagnostic
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::lint::rules::tests::{batch, check_attributes, check_fixes};

    #[test]
    fn in_both_objects_that_have_the_lists() {
        check_attributes(
            r#"      "contentPath": { "path": "$.a", "skipAttributes": ["x", "id"], "keepAttributes": ["id", "y"] },
      "explodeEntityPath": { "path": "$.a.b", "keepAttributes": ["id"], "skipAttributes": ["id"] }"#,
            expect![[r#"
                "contentPath": { "path": "$.a", "skipAttributes": ["x", "id"], "keepAttributes": ["id", "y"] },
                                                                                                  ^^^^ warning[conflicting-attributes]: `id` is both in `skipAttributes` and in `keepAttributes`. Take it out of one of them.
                                                                                                    see "\"id\"": It is here too.
                "explodeEntityPath": { "path": "$.a.b", "keepAttributes": ["id"], "skipAttributes": ["id"] }
                                                                                                     ^^^^ warning[conflicting-attributes]: `id` is both in `skipAttributes` and in `keepAttributes`. Take it out of one of them.
                                                                                                       see "\"id\"": It is here too.
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
    fn is_taken_out_of_either() {
        check_fixes(
            &batch(
                r#"      "contentPath": {
        "path": "$.a",
        "skipAttributes": ["id"],
        "keepAttributes": ["x", "id"]
      }"#,
            ),
            expect![[r#"
                conflicting-attributes: Take it out of `skipAttributes` (preferred)
                -         "skipAttributes": ["id"],
                +         "skipAttributes": [],
                conflicting-attributes: Take it out of `keepAttributes`
                -         "keepAttributes": ["x", "id"]
                +         "keepAttributes": ["x"]
            "#]],
        );
    }
}
