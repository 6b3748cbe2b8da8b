//! `provider-mismatch`: the provider id is not the fixed one of the spec's type.

use serde_json::Value;

use crate::lint::schema::ViolationKind;
use crate::lint::{Diagnostic, Fix, Severity};

use super::{Context, Rule, pages};

pub(crate) const RULE: Rule = Rule {
    code: "provider-mismatch",
    severities: &[Severity::Error],
    finds: "a `providerId` that is not the fixed one of the spec's `type`",
    why: "The provider decides what runs the source. It is the same for all specs of a `type`: `0ed90a81-07f4-4586-8190-b40eccef1c5a` for `generic-rest`, `521eee4d-8cbe-4906-bb48-fb6bd4450033` for `generic-streaming`.",
    at: "",
    wrong: r#""type": "generic-rest",
"providerId": "521eee4d-8cbe-4906-bb48-fb6bd4450033""#,
    right: r#""type": "generic-rest",
"providerId": "0ed90a81-07f4-4586-8190-b40eccef1c5a""#,
    link: pages::CREATE,
    every_kind: false,
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for violation in context.violations_for(RULE.code) {
        let ViolationKind::NotTheConstant(Value::String(right)) = &violation.kind else { continue };
        let Some(kind) = context.kind.type_name() else { continue };
        let message = format!("`providerId` must be `{right}` for `{kind}`");
        diagnostics.push(
            RULE.at(Severity::Error, violation.node.range(), message)
                .with_link(context.entry(violation.node).link())
                .with_fixes(context, |writer| {
                    [Fix::safe(
                        format!("Replace with the provider of `{kind}`"),
                        [writer.rename(violation.node, right)],
                    )]
                }),
        );
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::lint::rules::tests::{check, check_fixes};

    #[test]
    fn the_provider_of_another_type_is_reported() {
        check(
            "{ \"type\": \"generic-streaming\", \"name\": \"a\", \"authSpec\": [],\n  \"providerId\": \"0ed90a81-07f4-4586-8190-b40eccef1c5a\" }",
            expect![[r#"
                { "type": "generic-streaming", "name": "a", "authSpec": [],
                ^ warning[missing-key]: missing `description` in the spec; Adobe's template has it
                ^ warning[missing-key]: missing `sourceSpec` in the spec; Adobe's template has it
                ^ warning[missing-key]: missing `exploreSpec` in the spec; Adobe's template has it
                ^ warning[missing-key]: missing `permissionsInfo` in the spec; Adobe's template has it
                ^ info[missing-key]: missing `version` in the spec; Adobe's template has it
                ^ info[missing-key]: missing `attributes` in the spec; Adobe's template has it
                  "providerId": "0ed90a81-07f4-4586-8190-b40eccef1c5a" }
                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[provider-mismatch]: `providerId` must be `521eee4d-8cbe-4906-bb48-fb6bd4450033` for `generic-streaming`
            "#]],
        );
    }

    #[test]
    fn specs_of_other_kinds_are_not_checked() {
        check(
            "{ \"type\": \"other\", \"name\": \"a\", \"authSpec\": [], \"providerId\": \"x\" }",
            expect![[r#"
            { "type": "other", "name": "a", "authSpec": [], "providerId": "x" }
        "#]],
        );
    }

    #[test]
    fn the_provider_is_replaced() {
        check_fixes(
            "{\n  \"type\": \"generic-rest\", \"id\": \"1\", \"name\": \"a\",\n  \"providerId\": \"521eee4d\"\n}",
            expect![[r#"
                server-managed-key: Remove `id` (preferred)
                -   "type": "generic-rest", "id": "1", "name": "a",
                +   "type": "generic-rest", "name": "a",
                provider-mismatch: Replace with the provider of `generic-rest` (preferred)
                -   "providerId": "521eee4d"
                +   "providerId": "0ed90a81-07f4-4586-8190-b40eccef1c5a"
            "#]],
        );
    }
}
