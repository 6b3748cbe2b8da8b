//! `duplicate-key`: a key that occurs twice in one object.

use crate::lint::{Diagnostic, Fix, Severity};
use crate::syntax::{ErrorKind, Kind, Member, Node};

use super::{Context, Rule};

pub(crate) const RULE: Rule = Rule {
    code: "duplicate-key",
    severities: &[Severity::Warning],
    finds: "a key that occurs twice in one object (inferred: Flow Service keeps the last)",
    why: "JSON parsers disagree on which of the two is used, and most silently keep the last; that Flow Service does so too is inferred. Adobe's streaming template itself has `name` and `providerId` twice.",
    at: "",
    wrong: r#""name": "acme",
"name": "acme-test""#,
    right: r#""name": "acme""#,
    link: "https://www.rfc-editor.org/rfc/rfc8259#section-4",
    every_kind: true,
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for pair in context.duplicates() {
        let (Some(loses), Some(wins)) = (pair.loses.member(), pair.wins.member()) else { continue };
        // A word without quotes is half typed or stray, and the two sides of a merge conflict are alternatives.
        let is_guess = [loses.key, wins.key].iter().any(|key| key.kind() == Kind::Word);
        if !is_guess && !is_conflict_between(context, loses.node.range().start, wins.node.range().start) {
            diagnostics.push(diagnostic(context, loses, wins));
        }
    }
}

fn diagnostic(context: &Context<'_>, loses: Member<'_>, wins: Member<'_>) -> Diagnostic {
    let key = wins.key.string().unwrap_or_default();
    let message = format!("duplicate key `{key}`; the last one is used, remove the other");
    let related = "also set here, without effect";
    RULE.at(Severity::Warning, wins.key.range(), message).with_related(loses.key.range(), related).with_fixes(
        context,
        |writer| {
            let is_lossless = is_same(loses.value, wins.value);
            [
                Fix::offered("Remove the earlier one, which has no effect", [writer.remove(loses.node)])
                    .safe_if(is_lossless),
                Fix::possible("Remove this one", [writer.remove(wins.node)]),
            ]
        },
    )
}

/// Whether two values are written the same but for white space.
fn is_same(a: Node<'_>, b: Node<'_>) -> bool {
    let (mut a, mut b) = (a.descendants(), b.descendants());
    let is_leaf = |node: Node<'_>| !matches!(node.kind(), Kind::Object | Kind::Array | Kind::Member);
    loop {
        match (a.next(), b.next()) {
            (None, None) => return true,
            (Some(a), Some(b)) if a.kind() == b.kind() && a.children().count() == b.children().count() => {
                if is_leaf(a) && a.text() != b.text() {
                    return false;
                }
            }
            _ => return false,
        }
    }
}

fn is_conflict_between(context: &Context<'_>, from: usize, to: usize) -> bool {
    let errors = context.tree.errors();
    let first = errors.partition_point(|error| error.range.start < from);
    errors[first..]
        .iter()
        .take_while(|error| error.range.start < to)
        .any(|error| error.kind == ErrorKind::ConflictMarker)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::document::Document;
    use crate::lint::rules::tests::{check, check_fixes};
    use crate::lint::{Facts, fix_all};
    use crate::text::{Edit, Text};

    #[test]
    fn duplicates_at_any_depth_and_in_every_kind_of_spec_are_warnings() {
        check(
            "{ \"type\": \"x\", \"authSpec\": [{ \"name\": 1, \"n\\u0061me\": 2 }], \"providerId\": 0,\n\"providerId\": 1 }",
            expect![[r#"
                { "type": "x", "authSpec": [{ "name": 1, "n\u0061me": 2 }], "providerId": 0,
                                                         ^^^^^^^^^^^ warning[duplicate-key]: duplicate key `name`; the last one is used, remove the other
                                                           see "\"name\"": also set here, without effect
                "providerId": 1 }
                ^^^^^^^^^^^^ warning[duplicate-key]: duplicate key `providerId`; the last one is used, remove the other
                  see "\"providerId\"": also set here, without effect
            "#]],
        );
    }

    #[test]
    fn each_of_several_is_reported_with_the_one_before() {
        check(
            "{ \"type\": \"x\", \"authSpec\": [], \"name\": 1, \"providerId\": 0,\n\"name\": 2,\n\"name\": 3 }",
            expect![[r#"
                { "type": "x", "authSpec": [], "name": 1, "providerId": 0,
                "name": 2,
                ^^^^^^ warning[duplicate-key]: duplicate key `name`; the last one is used, remove the other
                  see "\"name\"": also set here, without effect
                "name": 3 }
                ^^^^^^ warning[duplicate-key]: duplicate key `name`; the last one is used, remove the other
                  see "\"name\"": also set here, without effect
            "#]],
        );
    }

    #[test]
    fn the_member_without_effect_is_removed_automatically_only_if_nothing_is_lost() {
        let text = "{\n  \"type\": \"x\",\n  \"providerId\": {\"a\": [1]},\n  \"authSpec\": 1,\n  \"authSpec\": 2,\n  \"providerId\": { \"a\": [ 1 ] }\n}";
        check_fixes(
            text,
            expect![[r#"
            duplicate-key: Remove the earlier one, which has no effect (preferred)
            -   "authSpec": 1,
            duplicate-key: Remove this one
            -   "authSpec": 2,
            duplicate-key: Remove the earlier one, which has no effect (preferred)
            -   "providerId": {"a": [1]},
            duplicate-key: Remove this one
            -   "authSpec": 2,
            -   "providerId": { "a": [ 1 ] }
            +   "authSpec": 2
        "#]],
        );
        let document = Document::new("a-connectionSpec.json", 0, Text::new(text));
        let fixed = Edit::apply(text, &fix_all(&document, &Facts::default()));
        expect![[r#"
            {
              "type": "x",
              "authSpec": 1,
              "authSpec": 2,
              "providerId": { "a": [ 1 ] }
            }"#]]
        .assert_eq(&fixed);
    }
}
