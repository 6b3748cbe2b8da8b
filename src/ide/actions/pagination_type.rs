//! Changes the pagination type: common keys are kept, new keys come from the vocabulary, other keys are removed. The page size
//! moves to `queryParams` where the new type has no keys for it.

use serde_json::{Map, Value};

use crate::ide::{Action, ActionKind};
use crate::lint::limit;
use crate::source::model::{Pagination, Request, Source};
use crate::spec::{Entry, Json};
use crate::syntax::{Kind, Node};
use crate::text::contains;

use super::ActionContext;

/// One action for each other type, on the key `paginationParams` or its `type`.
pub(super) fn actions<'d>(context: &ActionContext<'d>) -> Vec<Action> {
    let Some(pagination) = Source::of(context.tree).request().and_then(Request::pagination_params) else {
        return Vec::new();
    };
    let member = |node: Node<'d>| node.as_part_of_member();
    let key = member(pagination).map(|member| member.key);
    let type_member = Pagination::new(pagination).type_node().and_then(member).map(|member| member.node);
    let is_inside = |node: Node<'_>| contains(&node.range(), &context.range);
    let is_well_formed = context.kind.is_batch() && pagination.kind() == Kind::Object && pagination.is_closed();
    if !is_well_formed || ![key, type_member].into_iter().flatten().any(is_inside) {
        return Vec::new();
    }
    let entry = Entry::of(context.kind, pagination);
    let now = Pagination::new(pagination).type_node().and_then(Node::string);
    let kinds: Vec<&str> =
        entry.key(Pagination::TYPE, None).allowed_values().iter().filter_map(|choice| choice.value.as_str()).collect();
    let others = kinds.into_iter().filter(|kind| now.as_deref() != Some(*kind));
    others.filter_map(|kind| changed(context, pagination, &entry, kind)).collect()
}

fn changed(context: &ActionContext<'_>, pagination: Node<'_>, entry: &Entry, kind: &str) -> Option<Action> {
    let is_of_kind = |body: &Json| body.get(Pagination::TYPE).and_then(Json::as_str) == Some(kind);
    let template = entry.snippets().into_iter().find(|template| is_of_kind(template.body))?.body;
    // Values are kept only if they parse.
    let present: Map<String, Value> = serde_json::from_str(pagination.text()).ok()?;
    let value = |(key, value): (&str, &Json)| {
        let kept = present.get(key).filter(|_| key != Pagination::TYPE).cloned();
        (key.to_owned(), kept.unwrap_or_else(|| value.to_value()))
    };
    let new: Map<String, Value> = template.members().map(value).collect();
    let has_limit = new.contains_key(Pagination::LIMIT_NAME);
    let limit = limit::as_parameter(&context.writer, Pagination::new(pagination)).filter(|_| !has_limit);
    let edit = context.writer.replace(pagination, &Value::Object(new));
    let edits = limit.map(|limit| limit.edit).into_iter().chain([edit]);
    Some(Action::refactoring(ActionKind::Rewrite, format!("Change pagination type to `{kind}`"), edits))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use crate::document::Document;
    use crate::ide::actions;
    use crate::lint::Facts;
    use crate::lint::diagnostics;
    use crate::lint::rules::tests::{batch, changed_lines};
    use crate::text::Edit;
    use crate::text::Text;

    /// What each action at the first occurrence of `at` changes; none of them leaves an error.
    fn check(pagination: &str, at: &str, expected: Expect) {
        let members = format!("      \"paginationParams\": {pagination}");
        let text = batch(&members);
        let document = Document::new("acme-connectionSpec.json", 0, Text::new(&text));
        let offset = text.find(&members).and_then(|start| Some(start + members.find(at)?)).expect("the place is there");
        let mut drawn = String::new();
        let offered = actions(&document, &Facts::default(), offset..offset);
        // Other refactorings are offered beside these.
        for action in offered.into_iter().filter(|action| action.title.starts_with("Change pagination")) {
            let after = Edit::apply(&text, &action.edits);
            drawn += &format!("{}\n{}", action.title, changed_lines(&text, &after));
            let changed = Document::new("acme-connectionSpec.json", 0, Text::new(&after));
            assert_eq!(diagnostics(&changed, &Facts::default()), [], "{after}");
        }
        expected.assert_eq(&drawn);
    }

    #[test]
    fn common_keys_are_kept() {
        check(
            r#"{ "type": "OFFSET", "limitName": "count", "limitValue": "50", "offSetName": "skip" }"#,
            "paginationParams",
            expect![[r#"
                Change pagination type to `POINTER`
                -       "paginationParams": { "type": "OFFSET", "limitName": "count", "limitValue": "50", "offSetName": "skip" }
                +       "paginationParams": {
                +         "type": "POINTER",
                +         "limitName": "count",
                +         "limitValue": "50",
                +         "pointerPath": "$.paging.next"
                +       }
                Change pagination type to `CONTINUATION_TOKEN`
                -       "urlParams": { "path": "/${listId}", "method": "GET" },
                +       "urlParams": { "path": "/${listId}", "method": "GET", "queryParams": { "count": "50" } },
                -       "paginationParams": { "type": "OFFSET", "limitName": "count", "limitValue": "50", "offSetName": "skip" }
                +       "paginationParams": {
                +         "type": "CONTINUATION_TOKEN",
                +         "continuationTokenPath": "$.meta.after_cursor",
                +         "parameterType": "QUERYPARAM",
                +         "parameterName": "page[after]"
                +       }
                Change pagination type to `PAGE`
                -       "paginationParams": { "type": "OFFSET", "limitName": "count", "limitValue": "50", "offSetName": "skip" }
                +       "paginationParams": {
                +         "type": "PAGE",
                +         "limitName": "count",
                +         "limitValue": "50",
                +         "pageParamName": "pageNumber",
                +         "initialPageIndex": 1
                +       }
                Change pagination type to `NONE`
                -       "urlParams": { "path": "/${listId}", "method": "GET" },
                +       "urlParams": { "path": "/${listId}", "method": "GET", "queryParams": { "count": "50" } },
                -       "paginationParams": { "type": "OFFSET", "limitName": "count", "limitValue": "50", "offSetName": "skip" }
                +       "paginationParams": {
                +         "type": "NONE"
                +       }
            "#]],
        );
    }

    #[test]
    fn new_keys_come_from_the_vocabulary() {
        check(
            "{\n        \"type\": \"NONE\"\n      }",
            "NONE",
            expect![[r#"
                Change pagination type to `OFFSET`
                -         "type": "NONE"
                +         "type": "OFFSET",
                +         "limitName": "limit",
                +         "limitValue": 100,
                +         "offSetName": "offset"
                Change pagination type to `POINTER`
                -         "type": "NONE"
                +         "type": "POINTER",
                +         "limitName": "limit",
                +         "limitValue": 100,
                +         "pointerPath": "$.paging.next"
                Change pagination type to `CONTINUATION_TOKEN`
                -         "type": "NONE"
                +         "type": "CONTINUATION_TOKEN",
                +         "continuationTokenPath": "$.meta.after_cursor",
                +         "parameterType": "QUERYPARAM",
                +         "parameterName": "page[after]"
                Change pagination type to `PAGE`
                -         "type": "NONE"
                +         "type": "PAGE",
                +         "limitName": "pageSize",
                +         "limitValue": 100,
                +         "pageParamName": "pageNumber",
                +         "initialPageIndex": 1
            "#]],
        );
    }

    #[test]
    fn incomplete_value_offers_nothing() {
        check(r#"{ "type": "POINTER", "pointerPath": "$.next" }"#, "pointerPath", expect![[r#""#]]);
        check(r#"{ "type": "POINTER", "pointerPath": }"#, "POINTER", expect![[r#""#]]);
    }
}
