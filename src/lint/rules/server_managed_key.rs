//! `server-managed-key`: a key that is set by Flow Service.

use crate::lint::{Diagnostic, Fix, Severity, Tag};
use crate::spec;

use super::{Context, Rule};

pub(crate) const RULE: Rule = Rule {
    code: "server-managed-key",
    severities: &[Severity::Info],
    finds: "`id`, `createdAt` and other keys that are set by Flow Service",
    why: "API responses have these keys, and specs are often started from one. They are not sent.",
    at: "",
    wrong: r#""id": "f6c0de0c-0a42-4cd9-9139-8768bf2f1b55",
"name": "acme""#,
    right: r#""name": "acme""#,
    link: "https://developer.adobe.com/experience-platform-apis/references/flow-service/",
    every_kind: true,
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for member in context.tree.root().members() {
        let key = member.key.string().unwrap_or_default();
        if !spec::is_set_by_service(&key) {
            continue;
        }
        let message = format!("`{key}` is set by Flow Service and is not sent; remove it");
        diagnostics.push(
            RULE.at(Severity::Info, member.key.range(), message)
                .with_tag(Tag::Unnecessary)
                .with_fixes(context, |writer| [Fix::remove(writer, member).safe_if(true)]),
        );
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::lint::rules::tests::{check, check_fixes};

    #[test]
    fn top_level_keys_of_specs_of_every_kind_are_reported() {
        check(
            "{ \"type\": \"x\", \"authSpec\": [], \"providerId\": \"p\",\n  \"id\": \"1\",\n  \"createdAt\": 2, \"sourceSpec\": { \"id\": 3 } }",
            expect![[r#"
                { "type": "x", "authSpec": [], "providerId": "p",
                  "id": "1",
                  ^^^^ info[server-managed-key]: `id` is set by Flow Service and is not sent; remove it
                  "createdAt": 2, "sourceSpec": { "id": 3 } }
                  ^^^^^^^^^^^ info[server-managed-key]: `createdAt` is set by Flow Service and is not sent; remove it
            "#]],
        );
    }

    #[test]
    fn the_key_is_removed_with_its_line() {
        check_fixes(
            "{\n  \"id\": \"1\",\n  \"type\": \"x\", \"createdAt\": 2,\n  \"authSpec\": [],\n  \"providerId\": \"p\",\n  \"updatedAt\": 3\n}",
            expect![[r#"
                server-managed-key: Remove `id` (preferred)
                -   "id": "1",
                server-managed-key: Remove `createdAt` (preferred)
                -   "type": "x", "createdAt": 2,
                +   "type": "x",
                server-managed-key: Remove `updatedAt` (preferred)
                -   "providerId": "p",
                -   "updatedAt": 3
                +   "providerId": "p"
            "#]],
        );
    }
}
