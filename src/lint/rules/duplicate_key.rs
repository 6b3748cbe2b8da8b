//! `duplicate-key`: a key is set twice in one object.

use crate::lint::Diagnostic;
use crate::lint::Fix;
use crate::lint::Related;
use crate::lint::Severity;
use crate::syntax::{ErrorKind, Kind, Member, Node};

use super::{Context, Rule};

pub(crate) const RULE: Rule = Rule {
    code: "duplicate-key",
    severities: &[Severity::Warning],
    finds: "a key that is set twice in one object; inferred: the service keeps the last",
    why: "JSON readers do not agree on which one counts, and most keep the last without a word; that the service does so too is inferred. Adobe's streaming template itself has `name` and `providerId` twice.",
    at: "",
    wrong: r#""name": "acme",
"name": "acme-test""#,
    right: r#""name": "acme""#,
    link: "https://www.rfc-editor.org/rfc/rfc8259#section-4",
    every_kind: true,
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for pair in context.duplicates() {
        let (Some(loses), Some(wins)) = (pair.loses.member(), pair.wins.member()) else { continue };
        // A bare word is half typed or stray text, and each side of a conflict stands for itself.
        let guessed = [loses.key, wins.key].iter().any(|key| key.kind() == Kind::Word);
        if guessed || is_conflict_between(context, loses.node.range().start, wins.node.range().start) {
            continue;
        }
        let key = wins.key.string().unwrap_or_default();
        let message = format!("`{key}` is set twice in this object. The last one counts; remove the other.");
        let mut diagnostic = RULE.at(Severity::Warning, wins.key.range(), message);
        let message = "set here first, without effect".to_owned();
        diagnostic.related.push(Related { range: loses.key.range(), message });
        context.fix(&mut diagnostic, |writer| {
            let without = |title: &str, member: Member<'_>| (title.to_owned(), [writer.remove(member.node)]);
            let (title, edits) = without("Remove the first one, which has no effect", loses);
            let first = match is_same(loses.value, wins.value) {
                true => Fix::safe(title, edits),
                false => Fix::offered(title, edits),
            };
            let (title, edits) = without("Keep the first one instead", wins);
            [first, Fix::possible(title, edits)]
        });
        found.push(diagnostic);
    }
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
    use crate::lint::Facts;
    use crate::lint::fix_all;
    use crate::lint::rules::tests::{check, check_fixes};
    use crate::text::Edit;
    use crate::text::Text;

    #[test]
    fn at_any_depth_and_in_specs_of_every_kind() {
        check(
            "{ \"type\": \"x\", \"authSpec\": [{ \"name\": 1, \"n\\u0061me\": 2 }], \"providerId\": 0,\n\"providerId\": 1 }",
            expect![[r#"
                { "type": "x", "authSpec": [{ "name": 1, "n\u0061me": 2 }], "providerId": 0,
                                                         ^^^^^^^^^^^ warning[duplicate-key]: `name` is set twice in this object. The last one counts; remove the other.
                                                           see "\"name\"": set here first, without effect
                "providerId": 1 }
                ^^^^^^^^^^^^ warning[duplicate-key]: `providerId` is set twice in this object. The last one counts; remove the other.
                  see "\"providerId\"": set here first, without effect
            "#]],
        );
    }

    #[test]
    fn the_one_without_effect_is_removed_and_unasked_only_when_nothing_is_lost() {
        let text = "{\n  \"type\": \"x\",\n  \"providerId\": {\"a\": [1]},\n  \"authSpec\": 1,\n  \"authSpec\": 2,\n  \"providerId\": { \"a\": [ 1 ] }\n}";
        check_fixes(
            text,
            expect![[r#"
            duplicate-key: Remove the first one, which has no effect (preferred)
            -   "authSpec": 1,
            duplicate-key: Keep the first one instead
            -   "authSpec": 2,
            duplicate-key: Remove the first one, which has no effect (preferred)
            -   "providerId": {"a": [1]},
            duplicate-key: Keep the first one instead
            -   "authSpec": 2,
            -   "providerId": { "a": [ 1 ] }
            +   "authSpec": 2
        "#]],
        );
        let document = Document::new("a-connectionSpec.json", 0, Text::new(text));
        let mended = Edit::apply(text, &fix_all(&document, &Facts::default()));
        expect![[r#"
            {
              "type": "x",
              "authSpec": 1,
              "authSpec": 2,
              "providerId": { "a": [ 1 ] }
            }"#]]
        .assert_eq(&mended);
    }
}
