//! "Insert the standard explore spec", or replace one that differs.

use serde_json::Value;

use crate::ide::{Action, ActionKind};
use crate::lint::rules::nonstandard_explore_spec::{REPLACE, payload};
use crate::source::model::Source;
use crate::spec::Entry;
use crate::syntax::Node;
use crate::text::contains;

use super::ActionContext;

pub(super) fn actions(context: &ActionContext<'_>) -> Vec<Action> {
    let root = context.tree.root();
    let action = match Source::of(context.tree).explore_spec() {
        Some(explore) => replacement(context, explore),
        None => insertion(context, root),
    };
    action.into_iter().collect()
}

/// On the outermost level.
fn insertion(context: &ActionContext<'_>, root: Node<'_>) -> Option<Action> {
    let is_requested = context.kind.is_generic() && context.object() == Some(root) && root.is_well_formed();
    let edit = is_requested.then(|| context.writer.insert_known_key(root, Source::EXPLORE_SPEC))?;
    Some(Action::refactoring(ActionKind::Rewrite, "Insert the standard explore spec", [edit]))
}

/// On or inside the explore spec of a batch source. That of a streaming source may have more than its snippet.
fn replacement(context: &ActionContext<'_>, explore: Node<'_>) -> Option<Action> {
    let is_requested = contains(&explore.as_part_of_member()?.node.range(), &context.range);
    if !context.kind.is_batch() || !is_requested || !explore.is_well_formed() {
        return None;
    }
    let payload = payload(&Entry::of(context.kind, explore))?.to_value();
    let is_same = serde_json::from_str::<Value>(explore.text()).is_ok_and(|value| value == payload);
    let edit = (!is_same).then(|| context.writer.replace(explore, &payload))?;
    Some(Action::refactoring(ActionKind::Rewrite, REPLACE, [edit]))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::ide::actions::tests::check_at;
    use crate::lint::rules::tests::batch;

    #[test]
    fn missing_explore_spec_is_inserted() {
        check_at(
            "Insert the standard",
            "{\"type\":\"generic-rest\",<|>\"authSpec\":[]}",
            expect![[r#"
            {"type":"generic-rest",<|>: Insert the standard explore spec
            - {"type":"generic-rest","authSpec":[]}
            + {"type":"generic-rest","authSpec":[],"exploreSpec":{"name":"Resource","type":"Resource","requestSpec":{"$schema":"http://json-schema.org/draft-07/schema#","type":"object"},"responseSpec":{"$schema":"http://json-schema.org/draft-07/schema#","type":"object","properties":{"format":{"type":"string"},"schema":{"type":"object","properties":{"columns":{"type":"array","items":{"type":"object","properties":{"name":{"type":"string"},"type":{"type":"string"}}}}}},"data":{"type":"array","items":{"type":"object"}}}}}}
        "#]],
        );
        check_at(
            "Insert the standard",
            "{\n  \"type\": \"generic-streaming\",<|>\n  \"authSpec\": []\n}",
            expect![[r#"
            "type": "generic-streaming",<|>: Insert the standard explore spec
            -   "authSpec": []
            +   "authSpec": [],
            +   "exploreSpec": {
            +     "type": "StreamingConnection"
            +   }
        "#]],
        );
    }

    #[test]
    fn different_explore_spec_is_replaced() {
        check_at(
            "Replace with the standard",
            "{\"type\":\"generic-rest\",<|>\"exploreSpec\":{\"name\":<|>\"Resource\"}}",
            expect![[r#"
                {"type":"generic-rest",<|>: Replace with the standard explore spec
                - {"type":"generic-rest","exploreSpec":{"name":"Resource"}}
                + {"type":"generic-rest","exploreSpec":{"name":"Resource","type":"Resource","requestSpec":{"$schema":"http://json-schema.org/draft-07/schema#","type":"object"},"responseSpec":{"$schema":"http://json-schema.org/draft-07/schema#","type":"object","properties":{"format":{"type":"string"},"schema":{"type":"object","properties":{"columns":{"type":"array","items":{"type":"object","properties":{"name":{"type":"string"},"type":{"type":"string"}}}}}},"data":{"type":"array","items":{"type":"object"}}}}}}
                {"type":"generic-rest",<|>"exploreSpec":{"name":<|>: Replace with the standard explore spec
                - {"type":"generic-rest","exploreSpec":{"name":"Resource"}}
                + {"type":"generic-rest","exploreSpec":{"name":"Resource","type":"Resource","requestSpec":{"$schema":"http://json-schema.org/draft-07/schema#","type":"object"},"responseSpec":{"$schema":"http://json-schema.org/draft-07/schema#","type":"object","properties":{"format":{"type":"string"},"schema":{"type":"object","properties":{"columns":{"type":"array","items":{"type":"object","properties":{"name":{"type":"string"},"type":{"type":"string"}}}}}},"data":{"type":"array","items":{"type":"object"}}}}}}
            "#]],
        );
        let published =
            batch("").replacen("http:", "http: ", 1).replacen("\"name\": \"Resource\"", "\"name\": <|>\"Resource\"", 1);
        check_at(
            "Replace with the standard",
            &published,
            expect![[r#"
            "exploreSpec": { "name":<|>: Replace with the standard explore spec
            -   "exploreSpec": { "name": "Resource", "type": "Resource", "requestSpec": { "$schema": "http: //json-schema.org/draft-07/schema#", "type": "object" },
            -     "responseSpec": { "$schema": "http://json-schema.org/draft-07/schema#", "type": "object", "properties": { "format": { "type": "string" }, "schema": { "type": "object", "properties": { "columns": { "type": "array", "items": { "type": "object", "properties": { "name": { "type": "string" }, "type": { "type": "string" } } } } } }, "data": { "type": "array", "items": { "type": "object" } } } } },
            +   "exploreSpec": {
            +     "name": "Resource",
            +     "type": "Resource",
            +     "requestSpec": {
            +       "$schema": "http://json-schema.org/draft-07/schema#",
            +       "type": "object"
            +     },
            +     "responseSpec": {
            +       "$schema": "http://json-schema.org/draft-07/schema#",
            +       "type": "object",
            +       "properties": {
            +         "format": {
            +           "type": "string"
            +         },
            +         "schema": {
            +           "type": "object",
            +           "properties": {
            +             "columns": {
            +               "type": "array",
            +               "items": {
            +                 "type": "object",
            +                 "properties": {
            +                   "name": {
            +                     "type": "string"
            +                   },
            +                   "type": {
            +                     "type": "string"
            +                   }
            +                 }
            +               }
            +             }
            +           }
            +         },
            +         "data": {
            +           "type": "array",
            +           "items": {
            +             "type": "object"
            +           }
            +         }
            +       }
            +     }
            +   },
        "#]],
        );
    }

    #[test]
    fn standard_explore_spec_or_broken_text_offers_nothing() {
        let sound =
            batch("      \"headerParams\": {}").replacen("\"name\": \"Resource\"", "\"name\": <|>\"Resource\"", 1);
        check_at("Replace with the standard", &sound, expect![[""]]);
        check_at(
            "Replace with the standard",
            "{ \"type\": \"generic-rest\", \"exploreSpec\": { \"name\": <|>\"Resource } }",
            expect![[""]],
        );
        check_at(
            "Replace with the standard",
            "{ \"type\": \"generic-streaming\", \"exploreSpec\": { <|>\"type\": \"a\" } }",
            expect![[""]],
        );
    }

    #[test]
    fn fix_and_refactoring_are_not_offered_twice() {
        check_at("", &batch("").replacen("\"type\": \"Resource\"", "\"type\": <|>\"Tabular\"", 1), expect![[""]]);
    }
}
