//! `offset-spelling`: `offsetName`, where every example and every answer of the API has `offSetName`.

use crate::ide::schema::Mistake;
use crate::ide::{Diagnostic, Fix, Severity};

use super::{Context, Rule, pages};

pub(super) const RULE: Rule = Rule {
    code: "offset-spelling",
    severities: &[Severity::Warning],
    finds: "`offsetName` (the spelling of two schema pages) where every example and every answer of the API has `offSetName`",
    why: "Two pages of Adobe's that describe the key write `offsetName`; all examples and all answers of the API have `offSetName`. Which of them the service reads was never said, so the one it answers with is the safer.",
    at: "sourceSpec.attributes",
    wrong: r#""paginationParams": { "type": "OFFSET", "limitName": "count", "limitValue": 100, "offsetName": "offset" }"#,
    right: r#""paginationParams": { "type": "OFFSET", "limitName": "count", "limitValue": 100, "offSetName": "offset" }"#,
    link: pages::SOURCE_SPEC,
    every_kind: false,
    find,
};

fn find(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for violation in context.violations().iter().filter(|violation| violation.mistake == Mistake::Deprecated) {
        let Some(member) = violation.node.as_part_of_member() else { continue };
        if context.entry(violation.node).rule() == Some(RULE.code) {
            let message =
                "Every example and every answer of the API spells this key `offSetName`, with a capital S. Rename it.";
            let mut finding = RULE.at(Severity::Warning, member.key.range(), message);
            context.fix(&mut finding, |writer| {
                [Fix::safe("Rename to `offSetName`", [writer.rename(member.key, "offSetName")])]
            });
            found.push(finding);
        }
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::ide::rules::tests::{batch, check_attributes, check_fixes};

    #[test]
    fn the_small_s() {
        check_attributes(
            r#"      "paginationParams": { "type": "OFFSET", "limitName": "a", "limitValue": 1, "offsetName": "o" }"#,
            expect![[r#"
                      "paginationParams": { "type": "OFFSET", "limitName": "a", "limitValue": 1, "offsetName": "o" }
                                                                                                 ^^^^^^^^^^^^ warning[offset-spelling]: Every example and every answer of the API spells this key `offSetName`, with a capital S. Rename it.
            "#]],
        );
    }

    #[test]
    fn is_renamed() {
        check_fixes(
            &batch(
                r#"      "paginationParams": { "type": "OFFSET", "limitName": "a", "limitValue": 1, "offsetName": "o" }"#,
            ),
            expect![[r#"
                offset-spelling: Rename to `offSetName` (preferred)
                -       "paginationParams": { "type": "OFFSET", "limitName": "a", "limitValue": 1, "offsetName": "o" }
                +       "paginationParams": { "type": "OFFSET", "limitName": "a", "limitValue": 1, "offSetName": "o" }
            "#]],
        );
    }
}
