//! "Extract to input": a value of the request, or the selected part of it, becomes an input that users enter.

use crate::ide::{Action, ActionKind};
use crate::lint::extract::{self, NewInput, Target};
use crate::source::inputs::Inputs;
use crate::source::secrets;
use crate::syntax::{Kind, template};

use super::ActionContext;

pub(super) fn actions(context: &ActionContext<'_>) -> Vec<Action> {
    let Some(target) = target(context) else { return Vec::new() };
    let inputs = Inputs::of(context.tree);
    let name = extract::name_of(&target);
    let input = match extract::is_secret(&target) {
        true => extract::secret(&inputs, &name),
        false => extract::plain(&inputs, &name, &target.text().unwrap_or_default()),
    };
    let all = extract::equal(context.tree, context.kind, &target);
    let everywhere = (all.len() > 1).then(|| action(context, &input, &all, &format!(" ({} occurrences)", all.len())));
    everywhere.flatten().into_iter().chain(action(context, &input, &[target], "")).collect()
}

fn action(context: &ActionContext<'_>, input: &NewInput, targets: &[Target<'_>], suffix: &str) -> Option<Action> {
    let edits = extract::edits(&context.writer, input, targets)?;
    let kind = if input.is_secret { "authentication input" } else { "input" };
    let title = format!("Extract to {kind} `{}`{suffix}", input.name);
    Some(Action::refactoring(ActionKind::Extract, title, edits))
}

/// The selected part of a string, or the complete string at the cursor; of an `Authorization` header only the credential,
/// without the scheme. `None` if it contains or cuts a placeholder.
fn target<'t>(context: &ActionContext<'t>) -> Option<Target<'t>> {
    let string = context.tree.node_at(context.range.start);
    let is_request = context.kind.may_be_batch() && string.kind() == Kind::String;
    let is_well_formed =
        is_request && extract::is_free_text(string, context.kind) && context.tree.root().is_well_formed();
    let text = string.string().filter(|_| is_well_formed)?;
    let (inner, selected) = (string.inner(), &context.range);
    let is_all = selected.is_empty() || *selected == string.range() || *selected == inner;
    let range = match is_all {
        true if extract::is_params_string(string) => return None,
        true => secrets::in_value(&extract::key_of(string), &text).unwrap_or(0..text.len()),
        false if inner.start <= selected.start && selected.end <= inner.end && !string.has_escapes() => {
            selected.start - inner.start..selected.end - inner.start
        }
        false => return None,
    };
    let is_touched = |part: &template::Part| part.range.start < range.end && range.start < part.range.end;
    let is_blank = text.get(range.clone()).is_none_or(|text| text.trim().is_empty());
    let holds_placeholder = template::parts(&text, 0).iter().any(is_touched);
    (!is_blank && !holds_placeholder).then_some(Target { string, range })
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use crate::document::Document;
    use crate::ide::{ActionKind, actions};
    use crate::lint::Diagnostic;
    use crate::lint::Facts;
    use crate::lint::Severity;
    use crate::lint::diagnostics;
    use crate::lint::rules::tests::{batch, changed_lines};
    use crate::text::Edit;
    use crate::text::Text;

    /// The actions for the part between `<` and `>`, or for a cursor `<>`, and what they change; none of them leaves a
    /// error.
    fn check(members: &str, expected: Expect) {
        let (start, end) = (members.find('‹').expect("a start"), members.find('›').expect("an end") - '‹'.len_utf8());
        let plain = members.replace(['‹', '›'], "");
        let text = batch(&plain);
        let at = text.find(&plain).expect("the members are there");
        let document = Document::new("acme-connectionSpec.json", 0, Text::new(&text));
        let mut drawn = String::new();
        let offered = actions(&document, &Facts::default(), at + start..at + end);
        for action in offered.iter().filter(|action| action.kind == ActionKind::Extract) {
            let after = Edit::apply(&text, &action.edits);
            drawn += &format!("{}\n{}", action.title, changed_lines(&text, &after));
            let changed = Document::new("acme-connectionSpec.json", 0, Text::new(&after));
            let found = diagnostics(&changed, &Facts::default());
            // The description of the new input is left to its author.
            let is_left = |found: &&Diagnostic| found.code == "filler-text";
            let found = found.iter().filter(|found| found.severity < Severity::Hint && !is_left(found));
            let found: Vec<_> = found.collect();
            assert!(found.is_empty(), "{found:?}\n{after}");
        }
        expected.assert_eq(&drawn);
    }

    #[test]
    fn cursor_in_value_extracts_the_whole_value() {
        check(
            r#"      "headerParams": { "X-Region": "e‹›u", "x": "${listId}" }"#,
            expect![[r#"
                Extract to input `region`
                -     "spec": { "type": "object", "properties": { "listId": { "type": "string" } }, "required": ["listId"] },
                +     "spec": { "type": "object", "properties": { "listId": { "type": "string" }, "region": { "type": "string", "description": "What the user must enter", "default": "eu" } }, "required": ["listId"] },
                -       "headerParams": { "X-Region": "eu", "x": "${listId}" }
                +       "headerParams": { "X-Region": "${region}", "x": "${listId}" }
            "#]],
        );
        check(
            r#"      "bodyParams": { "since": "2024‹›-01-31", "x": { "since2": ["2024-01-31"] } }"#,
            expect![[r#"
                Extract to input `since` (2 occurrences)
                -     "spec": { "type": "object", "properties": { "listId": { "type": "string" } }, "required": ["listId"] },
                +     "spec": { "type": "object", "properties": { "listId": { "type": "string" }, "since": { "type": "string", "description": "What the user must enter", "format": "date", "default": "2024-01-31" } }, "required": ["listId"] },
                -       "bodyParams": { "since": "2024-01-31", "x": { "since2": ["2024-01-31"] } }
                +       "bodyParams": { "since": "${since}", "x": { "since2": ["${since}"] } }
                Extract to input `since`
                -     "spec": { "type": "object", "properties": { "listId": { "type": "string" } }, "required": ["listId"] },
                +     "spec": { "type": "object", "properties": { "listId": { "type": "string" }, "since": { "type": "string", "description": "What the user must enter", "format": "date", "default": "2024-01-31" } }, "required": ["listId"] },
                -       "bodyParams": { "since": "2024-01-31", "x": { "since2": ["2024-01-31"] } }
                +       "bodyParams": { "since": "${since}", "x": { "since2": ["2024-01-31"] } }
            "#]],
        );
        check(
            r#"      "bodyParams": { "explodeEntityPath": ["‹›10"] }"#,
            expect![[r#"
                Extract to input `explodeEntityPath2`
                -     "spec": { "type": "object", "properties": { "listId": { "type": "string" } }, "required": ["listId"] },
                +     "spec": { "type": "object", "properties": { "listId": { "type": "string" }, "explodeEntityPath2": { "type": "integer", "description": "What the user must enter", "default": 10 } }, "required": ["listId"] },
                -       "bodyParams": { "explodeEntityPath": ["10"] }
                +       "bodyParams": { "explodeEntityPath": ["${explodeEntityPath2}"] }
            "#]],
        );
    }

    #[test]
    fn selection_extracts_the_selected_part() {
        check(
            r#"      "urlParams": { "host": "https://‹eu›.acme.example", "path": "/${listId}", "method": "GET" }"#,
            expect![[r#"
                Extract to input `domain`
                -     "spec": { "type": "object", "properties": { "listId": { "type": "string" } }, "required": ["listId"] },
                +     "spec": { "type": "object", "properties": { "listId": { "type": "string" }, "domain": { "type": "string", "description": "What the user must enter", "default": "eu" } }, "required": ["listId"] },
                -       "urlParams": { "host": "https://eu.acme.example", "path": "/${listId}", "method": "GET" }
                +       "urlParams": { "host": "https://${domain}.acme.example", "path": "/${listId}", "method": "GET" }
            "#]],
        );
        check(
            r#"      "urlParams": { "path": "/companies/‹a9f›/${listId}?x=a9f&y=a9f1", "method": "GET" },
      "headerParams": { "X-Company": "a9f" }"#,
            expect![[r#"
                Extract to input `companyId` (3 occurrences)
                -     "spec": { "type": "object", "properties": { "listId": { "type": "string" } }, "required": ["listId"] },
                +     "spec": { "type": "object", "properties": { "listId": { "type": "string" }, "companyId": { "type": "string", "description": "What the user must enter", "default": "a9f" } }, "required": ["listId"] },
                -       "urlParams": { "path": "/companies/a9f/${listId}?x=a9f&y=a9f1", "method": "GET" },
                -       "headerParams": { "X-Company": "a9f" }
                +       "urlParams": { "path": "/companies/${companyId}/${listId}?x=${companyId}&y=a9f1", "method": "GET" },
                +       "headerParams": { "X-Company": "${companyId}" }
                Extract to input `companyId`
                -     "spec": { "type": "object", "properties": { "listId": { "type": "string" } }, "required": ["listId"] },
                +     "spec": { "type": "object", "properties": { "listId": { "type": "string" }, "companyId": { "type": "string", "description": "What the user must enter", "default": "a9f" } }, "required": ["listId"] },
                -       "urlParams": { "path": "/companies/a9f/${listId}?x=a9f&y=a9f1", "method": "GET" },
                +       "urlParams": { "path": "/companies/${companyId}/${listId}?x=a9f&y=a9f1", "method": "GET" },
            "#]],
        );
        check(
            r#"      "urlParams": { "path": "/${listId}?order=‹asc›", "method": "GET" }"#,
            expect![[r#"
                Extract to input `order`
                -     "spec": { "type": "object", "properties": { "listId": { "type": "string" } }, "required": ["listId"] },
                +     "spec": { "type": "object", "properties": { "listId": { "type": "string" }, "order": { "type": "string", "description": "What the user must enter", "default": "asc" } }, "required": ["listId"] },
                -       "urlParams": { "path": "/${listId}?order=asc", "method": "GET" }
                +       "urlParams": { "path": "/${listId}?order=${order}", "method": "GET" }
            "#]],
        );
    }

    #[test]
    fn secret_is_extracted_to_an_auth_input() {
        check(
            r#"      "headerParams": { "X-Api-Key": "‹›abc" }"#,
            expect![[r#"
                Extract to authentication input `apiKey`
                -     "username": { "type": "string" }, "password": { "type": "string", "format": "password" }
                +     "username": { "type": "string" }, "password": { "type": "string", "format": "password" },
                +     "apiKey": {
                +       "type": "string",
                +       "description": "What the user must enter",
                +       "format": "password"
                +     }
                -       "headerParams": { "X-Api-Key": "abc" }
                +       "headerParams": { "X-Api-Key": "${apiKey}" }
            "#]],
        );
        check(
            r#"      "headerParams": { "X-Auth": "Be‹›arer a1b2c3d4e5", "y": "a1b2c3d4e5" }"#,
            expect![[r#"
                Extract to authentication input `accessToken` (2 occurrences)
                -     "username": { "type": "string" }, "password": { "type": "string", "format": "password" }
                +     "username": { "type": "string" }, "password": { "type": "string", "format": "password" },
                +     "accessToken": {
                +       "type": "string",
                +       "description": "What the user must enter",
                +       "format": "password"
                +     }
                -       "headerParams": { "X-Auth": "Bearer a1b2c3d4e5", "y": "a1b2c3d4e5" }
                +       "headerParams": { "X-Auth": "Bearer ${accessToken}", "y": "${accessToken}" }
                Extract to authentication input `accessToken`
                -     "username": { "type": "string" }, "password": { "type": "string", "format": "password" }
                +     "username": { "type": "string" }, "password": { "type": "string", "format": "password" },
                +     "accessToken": {
                +       "type": "string",
                +       "description": "What the user must enter",
                +       "format": "password"
                +     }
                -       "headerParams": { "X-Auth": "Bearer a1b2c3d4e5", "y": "a1b2c3d4e5" }
                +       "headerParams": { "X-Auth": "Bearer ${accessToken}", "y": "a1b2c3d4e5" }
            "#]],
        );
    }

    #[test]
    fn placeholders_and_fixed_values_are_not_extracted() {
        for members in [
            r#"      "headerParams": { "x": "a-‹›${listId}" }"#,
            r#"      "headerParams": { "x": "a-‹$›{listId}" }"#,
            r#"      "headerParams": { "x": "‹a-${li›stId}" }"#,
            r#"      "headerParams": { "x": "a\"b‹c›" }"#,
            r#"      "headerParams": { "x": "‹›" }"#,
            r#"      "headerParams": { "‹›x": "y" }"#,
            r#"      "headerParams": "x=‹›y""#,
            r#"      "headerParams": { "x": "‹y", "z": "a›" }"#,
            r#"      "urlParams": { "path": "/${listId}", "method": "G‹›ET" }"#,
            r#"      "contentPath": { "path": "$.‹›a" }"#,
            r#"      "paginationParams": { "type": "NO‹›NE" }"#,
        ] {
            check(members, expect![[""]]);
        }
    }
}
