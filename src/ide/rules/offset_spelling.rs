//! `offset-spelling`: `offsetName`, where every example and every answer of the API has `offSetName`.

use crate::ide::schema::Mistake;
use crate::ide::{Diagnostic, Severity};

use super::{Context, Rule, pages};

pub(super) const RULE: Rule = Rule {
    code: "offset-spelling",
    severities: &[Severity::Warning],
    finds: "`offsetName` (the spelling of two schema pages) where every example and every answer of the API has `offSetName`",
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
            found.push(RULE.at(Severity::Warning, member.key.range(), message));
        }
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::ide::rules::tests::check_attributes;

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
}
