//! `not-a-spec`: JSON whose outermost value isn't a connection spec, such as a response of Flow Service.

use crate::lint::{Diagnostic, Fix, Severity};
use crate::spec;
use crate::syntax::{Kind, Node};

use super::wrong_type::actual;
use super::{Context, Rule, pages};

pub(crate) const RULE: Rule = Rule {
    code: "not-a-spec",
    severities: &[Severity::Error],
    finds: "a value that is not an object, or a response of Flow Service, where a connection spec is expected",
    why: "A connection spec is one JSON object. A response of Flow Service contains a list of them: `items`.",
    at: "",
    wrong: r#""items": [{ "name": "acme", "type": "generic-rest", "authSpec": [], "sourceSpec": {} }]"#,
    right: r#""name": "acme",
"type": "generic-rest",
"authSpec": [],
"sourceSpec": {}"#,
    link: pages::CREATE,
    every_kind: true,
    check,
};

/// Whether a root has nothing that the rules about keys could check.
pub(super) fn is_foreign(root: Node<'_>) -> bool {
    spec::enclosed_spec(root).is_some()
        || matches!(root.kind(), Kind::Array | Kind::String | Kind::Number | Kind::True | Kind::False | Kind::Null)
}

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let root = context.tree.root();
    if !is_foreign(root) {
        return;
    }
    let Some(spec) = spec::enclosed_spec(root) else {
        let message = format!("expected a connection spec, which is an object, found {}", actual(root));
        diagnostics.push(RULE.at(Severity::Error, root.opening(), message));
        return;
    };
    let (what, name) = match root.kind() {
        Kind::Array => ("a list of connection specs", "its first element"),
        _ => ("a response of Flow Service", "`items[0]`"),
    };
    let message = format!("this is {what}; the connection spec is {name}");
    let title = format!("Keep only {name}");
    let is_alone = spec.parent().is_some_and(|list| list.children().count() == 1);
    diagnostics.push(
        RULE.at(Severity::Error, spec.parent().map_or(root.opening(), super::head), message)
            .with_related(spec.opening(), "the connection spec")
            .with_offered_fixes(context, |writer| {
                [Fix { is_likely: is_alone, ..Fix::offered(title, [writer.replace_by_json(root, spec)]) }]
            }),
    );
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::lint::rules::tests::{check, check_fixes};

    #[test]
    fn a_value_that_is_not_an_object_is_an_error() {
        check(
            "[1]",
            expect![[r#"
                [1]
                ^ error[not-a-spec]: expected a connection spec, which is an object, found an array
            "#]],
        );
        check(
            "\"x\"",
            expect![[r#"
                "x"
                ^ error[not-a-spec]: expected a connection spec, which is an object, found a string
            "#]],
        );
        check(
            "null",
            expect![[r#"
                null
                ^ error[not-a-spec]: expected a connection spec, which is an object, found null
            "#]],
        );
    }

    #[test]
    fn a_response_is_one_error_and_the_spec_in_it_can_be_kept() {
        let text = "{\n  \"items\": [\n    {\n      \"name\": \"a\",\n      \"providerId\": \"b\",\n      \"authSpec\": 1\n    }\n  ]\n}\n";
        check(
            text,
            expect![[r#"
                {
                  "items": [
                  ^^^^^^^ error[not-a-spec]: this is a response of Flow Service; the connection spec is `items[0]`
                    see "{": the connection spec
                    {
                      "name": "a",
                      "providerId": "b",
                      "authSpec": 1
                    }
                  ]
                }

            "#]],
        );
        check_fixes(
            text,
            expect![[r#"
                not-a-spec: Keep only `items[0]` (preferred)
                -   "items": [
                -     {
                -       "name": "a",
                -       "providerId": "b",
                -       "authSpec": 1
                -     }
                -   ]
                +   "name": "a",
                +   "providerId": "b",
                +   "authSpec": 1
            "#]],
        );
    }

    #[test]
    fn of_a_list_of_specs_one_can_be_kept() {
        let text = "[{ \"name\": \"a\", \"providerId\": \"b\", \"sourceSpec\": {} }, {}]";
        check(
            text,
            expect![[r#"
                [{ "name": "a", "providerId": "b", "sourceSpec": {} }, {}]
                ^ error[not-a-spec]: this is a list of connection specs; the connection spec is its first element
                  see "{": the connection spec
            "#]],
        );
        check_fixes(
            text,
            expect![[r#"
                not-a-spec: Keep only its first element
                - [{ "name": "a", "providerId": "b", "sourceSpec": {} }, {}]
                + { "name": "a", "providerId": "b", "sourceSpec": {} }
            "#]],
        );
    }

    #[test]
    fn a_spec_with_a_key_named_items_is_a_spec() {
        check(
            "{ \"type\": \"x\", \"providerId\": \"p\", \"authSpec\": [],\n  \"items\": [{ \"name\": \"a\", \"providerId\": \"b\", \"authSpec\": [] }] }",
            expect![[r#"
                { "type": "x", "providerId": "p", "authSpec": [],
                  "items": [{ "name": "a", "providerId": "b", "authSpec": [] }] }
            "#]],
        );
    }
}
