//! "Sort keys in template order": of the object around the cursor; in the outermost object, of the complete spec.

use crate::ide::{Action, ActionKind};
use crate::spec::Entry;
use crate::syntax::{Kind, Member, Node};
use crate::text::Edit;

use super::ActionContext;

/// Objects nested deeper than this are not sorted.
const MAX_DEPTH: usize = 64;

pub(super) fn actions(context: &ActionContext<'_>) -> Vec<Action> {
    let Some(object) = context.object().filter(|object| context.kind.is_generic() && object.is_well_formed()) else {
        return Vec::new();
    };
    let depth = if object.parent().is_none() { MAX_DEPTH } else { 0 };
    let new = sorted(object, &Entry::of(context.kind, object), depth);
    if new == object.text() {
        return Vec::new();
    }
    let title = if depth > 0 { "Sort all keys in template order" } else { "Sort keys in template order" };
    vec![Action::refactoring(ActionKind::Rewrite, title, [Edit::replace(object.range(), new)])]
}

/// The text of a value with its keys in the order of the vocabulary, down to a depth. The text between members stays where
/// it is. Keys that the vocabulary does not know come last, in their own order.
fn sorted(value: Node<'_>, entry: &Entry, depth: usize) -> String {
    let known = entry.keys();
    let rank = |member: &Member<'_>| {
        let key = member.key.string().unwrap_or_default();
        known.iter().position(|other| *other == key).unwrap_or(usize::MAX)
    };
    let order: Vec<Node<'_>> = match value.kind() {
        Kind::Object if !known.is_empty() => {
            let mut members: Vec<Member<'_>> = value.members().collect();
            members.sort_by_cached_key(rank);
            members.into_iter().map(|member| member.node).collect()
        }
        _ => value.children().collect(),
    };
    let (source, mut end, mut text) = (value.tree().source(), value.range().start, String::new());
    let places: Vec<_> = value.children().map(Node::range).collect();
    for (place, child) in places.into_iter().zip(order) {
        text += &source[end..place.start];
        text += &child_sorted(value, child, entry, depth);
        end = place.end;
    }
    text + &source[end..value.range().end]
}

fn child_sorted(outer: Node<'_>, child: Node<'_>, entry: &Entry, depth: usize) -> String {
    let inner = child.member().map_or(child, |member| member.value);
    if depth == 0 || !matches!(inner.kind(), Kind::Object | Kind::Array) {
        return child.text().to_owned();
    }
    let before = &outer.tree().source()[child.range().start..inner.range().start];
    let entry = entry.child(outer, child).unwrap_or_default();
    before.to_owned() + &sorted(inner, &entry, depth - 1)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::ide::actions::tests::check_at;

    #[test]
    fn keys_of_the_enclosing_object_are_sorted() {
        check_at(
            "Sort",
            "{\n  \"type\": \"generic-rest\",\n  \"name\": \"n\",\n  \"sourceSpec\": { \"attributes\": {\n    \"urlParams\": {<|>\n      \"mine\": 1, \"method\": \"GET\",\n      \"path\": \"/\",\n      \"also\": {\"b\": 1, \"a\": 2}, \"host\": \"https://a.b\"\n    }\n  } }\n}",
            expect![[r#"
                "urlParams": {<|>: Sort keys in template order
                -       "mine": 1, "method": "GET",
                -       "path": "/",
                -       "also": {"b": 1, "a": 2}, "host": "https://a.b"
                +       "host": "https://a.b", "path": "/",
                +       "method": "GET",
                +       "mine": 1, "also": {"b": 1, "a": 2}
            "#]],
        );
    }

    #[test]
    fn top_level_sorts_all_keys() {
        check_at(
            "Sort",
            "{\n  \"type\": \"generic-rest\",\n  \"authSpec\": [{ \"type\": \"KeyBased\", \"name\": \"n\" }],\n  \"name\": \"n\",<|>\n  \"sourceSpec\": {\n    \"attributes\": { \"urlParams\": { \"path\": \"/\", \"host\": \"https://a.b\" } }\n  }\n}",
            expect![[r#"
                "name": "n",<|>: Sort all keys in template order
                -   "type": "generic-rest",
                -   "authSpec": [{ "type": "KeyBased", "name": "n" }],
                -   "name": "n",
                -   "sourceSpec": {
                -     "attributes": { "urlParams": { "path": "/", "host": "https://a.b" } }
                +   "name": "n",
                +   "type": "generic-rest",
                +   "authSpec": [{ "name": "n", "type": "KeyBased" }],
                +   "sourceSpec": {
                +     "attributes": { "urlParams": { "host": "https://a.b", "path": "/" } }
            "#]],
        );
    }

    #[test]
    fn sorted_or_broken_object_offers_nothing() {
        check_at(
            "Sort",
            "{ \"name\": \"n\", \"type\": \"generic-rest\"<|>, \"mine\": { \"b\": 1, \"a\": 2 } }",
            expect![""],
        );
        check_at("Sort", "{ \"type\": \"generic-rest\", \"name\": \"n\",<|> }", expect![[""]]);
    }
}
