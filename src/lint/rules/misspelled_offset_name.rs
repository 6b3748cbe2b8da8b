//! `misspelled-offset-name`: `offsetName`, where every example and every answer of the API has `offSetName`.

use crate::lint::Diagnostic;
use crate::lint::Fix;
use crate::lint::Severity;
use crate::lint::schema::Mistake;
use crate::syntax::Member;

use super::{Context, Rule, pages};

pub(crate) const RULE: Rule = Rule {
    code: "misspelled-offset-name",
    severities: &[Severity::Warning],
    finds: "`offsetName` (the spelling of two schema pages) where every example and every answer of the API has `offSetName`",
    why: "Two pages of Adobe's that describe the key write `offsetName`; all examples and all answers of the API have `offSetName`. Which of them the service reads was never said, so the one it answers with is the safer.",
    at: "sourceSpec.attributes",
    wrong: r#""paginationParams": { "type": "OFFSET", "limitName": "count", "limitValue": 100, "offsetName": "offset" }"#,
    right: r#""paginationParams": { "type": "OFFSET", "limitName": "count", "limitValue": 100, "offSetName": "offset" }"#,
    link: pages::SOURCE_SPEC,
    every_kind: false,
    check,
};

const RIGHT: &str = "offSetName";

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for violation in context.violations().iter().filter(|violation| violation.mistake == Mistake::Deprecated) {
        let Some(member) = violation.node.as_part_of_member() else { continue };
        if context.entry(violation.node).rule() == Some(RULE.code) {
            found.push(diagnostic(context, member));
        }
    }
}

fn diagnostic(context: &Context<'_>, member: Member<'_>) -> Diagnostic {
    let paging = member.node.parent();
    let allowed = paging.and_then(|paging| context.entry(paging).allowed_keys());
    // Renamed, it would be there twice, or where another rule says that it does not belong.
    let useless = match allowed.is_none_or(|allowed| allowed.contains(&RIGHT)) {
        true => paging.and_then(|paging| paging.get(RIGHT)).map(|_| "which is there as well"),
        false => Some("a key of another kind of paging"),
    };
    let message = match useless {
        Some(why) => format!("`offsetName` is another spelling of `{RIGHT}`, {why}. Remove it."),
        None => {
            format!("Every example and every answer of the API spells this key `{RIGHT}`, with a capital S. Rename it.")
        }
    };
    let mut diagnostic = RULE.at(Severity::Warning, member.key.range(), message);
    context.fix(&mut diagnostic, |writer| match useless {
        Some(_) => [Fix::offered("Remove `offsetName`", [writer.remove(member.node)])],
        None => [Fix::safe(format!("Rename to `{RIGHT}`"), [writer.rename(member.key, RIGHT)])],
    });
    diagnostic
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::lint::rules::tests::{batch, check_attributes, check_fixes};

    #[test]
    fn the_small_s() {
        check_attributes(
            r#"      "paginationParams": { "type": "OFFSET", "limitName": "a", "limitValue": 1, "offsetName": "o" }"#,
            expect![[r#"
                      "paginationParams": { "type": "OFFSET", "limitName": "a", "limitValue": 1, "offsetName": "o" }
                                                                                                 ^^^^^^^^^^^^ warning[misspelled-offset-name]: Every example and every answer of the API spells this key `offSetName`, with a capital S. Rename it.
            "#]],
        );
    }

    #[test]
    fn where_a_new_name_would_not_help_it_goes() {
        let both = r#"      "paginationParams": { "type": "OFFSET", "limitName": "a", "limitValue": 1, "offSetName": "o", "offsetName": "p" }"#;
        check_attributes(
            both,
            expect![[r#"
            "paginationParams": { "type": "OFFSET", "limitName": "a", "limitValue": 1, "offSetName": "o", "offsetName": "p" }
                                                                                                          ^^^^^^^^^^^^ warning[misspelled-offset-name]: `offsetName` is another spelling of `offSetName`, which is there as well. Remove it.
        "#]],
        );
        check_fixes(
            &batch(both),
            expect![[r#"
            misspelled-offset-name: Remove `offsetName` (preferred)
            -       "paginationParams": { "type": "OFFSET", "limitName": "a", "limitValue": 1, "offSetName": "o", "offsetName": "p" }
            +       "paginationParams": { "type": "OFFSET", "limitName": "a", "limitValue": 1, "offSetName": "o" }
        "#]],
        );
        check_attributes(
            r#"      "paginationParams": { "type": "NONE", "offsetName": "o" }"#,
            expect![[r#"
            "paginationParams": { "type": "NONE", "offsetName": "o" }
                                                  ^^^^^^^^^^^^ warning[misspelled-offset-name]: `offsetName` is another spelling of `offSetName`, a key of another kind of paging. Remove it.
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
                misspelled-offset-name: Rename to `offSetName` (preferred)
                -       "paginationParams": { "type": "OFFSET", "limitName": "a", "limitValue": 1, "offsetName": "o" }
                +       "paginationParams": { "type": "OFFSET", "limitName": "a", "limitValue": 1, "offSetName": "o" }
            "#]],
        );
    }
}
