//! "Add all missing keys": what the object around the cursor lacks.

use crate::ide::{Action, ActionKind};
use crate::lint::rules::{head, missing_key};
use crate::spec::Entry;
use crate::text::touch;

use super::ActionContext;

/// None on the key or bracket of the object: there the diagnostic has the same fix.
pub(super) fn actions(context: &ActionContext<'_>) -> Vec<Action> {
    let Some(object) = context.object().filter(|object| context.kind.is_generic() && object.is_well_formed()) else {
        return Vec::new();
    };
    if touch(&head(object), &context.range) {
        return Vec::new();
    }
    let entry = Entry::of(context.kind, object);
    let lacking = missing_key::lacking(object, &entry);
    let title = match lacking.as_slice() {
        [] => return Vec::new(),
        [only] => format!("Add missing `{only}`"),
        _ => "Add all missing keys".to_owned(),
    };
    let edits = missing_key::insert_all(&context.writer, object, &lacking);
    vec![Action::refactoring(ActionKind::Rewrite, title, edits)]
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::ide::actions::tests::check_at;

    #[test]
    fn missing_keys_of_the_enclosing_object_are_added() {
        let text = "{\n  \"type\": \"generic-rest\",\n  \"sourceSpec\": {\n    \"attributes\": {\n      \"urlParams\": {\n        \"method\": \"GET\"<|>\n      },\n      \"contentPath\": {<|>}<|>\n    }\n  }\n}";
        check_at(
            "Add",
            text,
            expect![[r#"
            "method": "GET"<|>: Add missing `path`
            +         "path": "",
            "contentPath": {<|>: Add missing `path`
            -       "contentPath": {}
            +       "contentPath": {
            +         "path": ""
            +       }
            "contentPath": {<|>}<|>: Add missing `path`
            -       "contentPath": {}
            +       "contentPath": {
            +         "path": ""
            +       }
        "#]],
        );
    }

    #[test]
    fn complete_or_broken_object_offers_nothing() {
        check_at(
            "Add",
            "{ \"type\": \"generic-rest\", \"sourceSpec\": { \"attributes\": { \"urlParams\": { \"path\": \"/\", \"method\": \"GET\"<|> } } } }",
            expect![[""]],
        );
        check_at(
            "Add",
            "{ \"type\": \"generic-rest\", \"sourceSpec\": { \"attributes\": { \"urlParams\": { \"method\" \"GET\"<|> } } } }",
            expect![[""]],
        );
    }
}
