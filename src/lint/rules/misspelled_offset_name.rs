//! `misspelled-offset-name`: `offsetName`, where every example and every API response has `offSetName`.

use crate::lint::{Diagnostic, Fix, Severity};
use crate::source::model::Pagination;
use crate::syntax::Member;

use super::{Context, Rule, pages};

pub(crate) const RULE: Rule = Rule {
    code: "misspelled-offset-name",
    severities: &[Severity::Warning],
    finds: "`offsetName` (the spelling of two schema pages) where every example and every API response has `offSetName`",
    why: "Two of Adobe's pages that describe the key write `offsetName`; all examples and all API responses have `offSetName`. Which of them the service reads is not documented, so the one in its responses is safer.",
    at: "sourceSpec.attributes",
    wrong: r#""paginationParams": { "type": "OFFSET", "limitName": "count", "limitValue": 100, "offsetName": "offset" }"#,
    right: r#""paginationParams": { "type": "OFFSET", "limitName": "count", "limitValue": 100, "offSetName": "offset" }"#,
    link: pages::PAGINATION,
    every_kind: false,
    check,
};

const CANONICAL: &str = Pagination::OFFSET_NAME;

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let members = context.violations_for(RULE.code).filter_map(|violation| violation.node.as_part_of_member());
    diagnostics.extend(members.map(|member| diagnostic(context, member)));
}

fn diagnostic(context: &Context<'_>, member: Member<'_>) -> Diagnostic {
    let pagination = member.node.parent();
    let allowed = pagination.and_then(|pagination| context.entry(pagination).allowed_keys());
    // Renamed, it would be a duplicate key, or a key of another pagination type.
    let useless = match allowed.is_none_or(|allowed| allowed.contains(&CANONICAL)) {
        true => pagination.and_then(|pagination| pagination.get(CANONICAL)).map(|_| "which is set too"),
        false => Some("a key of another pagination type"),
    };
    let message = match useless {
        Some(why) => format!("`offsetName` is another spelling of `{CANONICAL}`, {why}; remove it"),
        None => {
            format!("`offsetName` is spelled `{CANONICAL}`, with a capital S, in every example and every API response")
        }
    };
    RULE.at(Severity::Warning, member.key.range(), message).with_fixes(context, |writer| match useless {
        Some(_) => [Fix::remove(writer, member)],
        None => [Fix::safe(format!("Rename to `{CANONICAL}`"), [writer.rename(member.key, CANONICAL)])],
    })
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::lint::rules::tests::{batch, check_attributes, check_fixes};

    #[test]
    fn a_lower_case_s_is_reported() {
        check_attributes(
            r#"      "paginationParams": { "type": "OFFSET", "limitName": "a", "limitValue": 1, "offsetName": "o" }"#,
            expect![[r#"
                "paginationParams": { "type": "OFFSET", "limitName": "a", "limitValue": 1, "offsetName": "o" }
                                                                                           ^^^^^^^^^^^^ warning[misspelled-offset-name]: `offsetName` is spelled `offSetName`, with a capital S, in every example and every API response
            "#]],
        );
    }

    #[test]
    fn a_key_that_cannot_be_renamed_is_removed() {
        let both = r#"      "paginationParams": { "type": "OFFSET", "limitName": "a", "limitValue": 1, "offSetName": "o", "offsetName": "p" }"#;
        check_attributes(
            both,
            expect![[r#"
                "paginationParams": { "type": "OFFSET", "limitName": "a", "limitValue": 1, "offSetName": "o", "offsetName": "p" }
                                                                                                              ^^^^^^^^^^^^ warning[misspelled-offset-name]: `offsetName` is another spelling of `offSetName`, which is set too; remove it
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
                                                      ^^^^^^^^^^^^ warning[misspelled-offset-name]: `offsetName` is another spelling of `offSetName`, a key of another pagination type; remove it
            "#]],
        );
    }

    #[test]
    fn the_key_is_renamed() {
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
