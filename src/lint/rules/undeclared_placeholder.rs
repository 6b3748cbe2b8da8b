//! `undeclared-placeholder`: `${name}` that no input declares.

use crate::edit::writer::Writer;
use crate::lint::Diagnostic;
use crate::lint::Fix;
use crate::lint::Severity;
use crate::lint::declare;
use crate::source::inputs;
use crate::spec::{self, spelling};
use crate::syntax::Node;
use crate::syntax::template::Part;
use crate::text::Edit;

use super::{Context, Rule, pages, required_not_declared};

pub(crate) const RULE: Rule = Rule {
    code: "undeclared-placeholder",
    severities: &[Severity::Error],
    finds: "`${name}` that neither an `authSpec` entry nor `sourceSpec.spec` declares",
    why: "`${name}` is replaced by what the user has entered for the input `name`. Without such an input nothing can be entered, and the request goes out with nothing or the placeholder itself in it.",
    at: "sourceSpec",
    wrong: r#""spec": { "type": "object", "properties": { "listId": { "type": "string" } } },
"attributes": { "urlParams": { "path": "/lists/${list}/members", "method": "GET" } }"#,
    right: r#""spec": { "type": "object", "properties": { "listId": { "type": "string" } } },
"attributes": { "urlParams": { "path": "/lists/${listId}/members", "method": "GET" } }"#,
    link: pages::SOURCE_SPEC,
    every_kind: false,
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let declared = context.inputs();
    if declared.maybe_more {
        return;
    }
    let names = declared.names();
    let known: std::collections::HashSet<&str> = names.iter().copied().collect();
    for (part, name) in context.uses() {
        // A path into an input of type object: no source says whether that works, so only its beginning is looked at.
        let first = name.split('.').next().unwrap_or_default();
        if known.contains(name) || known.contains(first) {
            continue;
        }
        // A name written with escapes is not worth a false alarm.
        if name.contains('\\') {
            continue;
        }
        let meant = spelling::closest(name, names.iter().copied());
        if meant.is_none() && is_required(context, name) {
            continue;
        }
        let message = match meant {
            _ if spec::variable_description(name).is_some() => {
                format!("`{name}` is no input but a word of the schedule: write `{{{name}}}`, without `$`.")
            }
            _ if name.is_empty() => "A placeholder needs the name of an input: `${name}`.".to_owned(),
            Some(meant) => format!("No input is called `{name}`, so nothing would replace it. Did you mean `{meant}`?"),
            None => format!(
                "No input is called `{name}`, so nothing would replace it. Declare it in `sourceSpec.spec.properties`."
            ),
        };
        let mut diagnostic = RULE.at(Severity::Error, part.range.clone(), message);
        context.fix(&mut diagnostic, |writer| fixes(context, writer, &part, name, meant));
        found.push(diagnostic);
    }
}

/// Whether the inputs of a sign-in or of the source require this name: then it is said there that it is not declared.
fn is_required(context: &Context<'_>, name: &str) -> bool {
    let root = context.tree.root();
    let sign_ins = root.get("authSpec").into_iter().flat_map(Node::elements).filter_map(|entry| entry.get("spec"));
    sign_ins.chain(root.at(&["sourceSpec", "spec"])).any(|schema| required_not_declared::asks_for(schema, name))
}

fn fixes(context: &Context<'_>, writer: &Writer<'_>, part: &Part, name: &str, meant: Option<&str>) -> Vec<Fix> {
    let replace = |new: String| Fix::offered(format!("Replace by `{new}`"), [Edit { range: part.range.clone(), new }]);
    if spec::variable_description(name).is_some() {
        return vec![replace(format!("{{{name}}}"))];
    }
    // Whether a dot is part of the name or leads into an input of type object is not known.
    let is_name = part.closed && !name.is_empty() && !name.contains('.');
    let declare = || {
        let edit = context.declarer(writer).in_source(name, &declare::text())?;
        Some(Fix::offered(format!("Declare `{name}` in `sourceSpec.spec`"), [edit]))
    };
    let rename = meant.map(|meant| replace(inputs::placeholder(meant)));
    rename.into_iter().chain(is_name.then(declare).flatten()).collect()
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::lint::rules::tests::{batch, check_attributes, check_fixes, check_fixes_of, check_of};

    #[test]
    fn wherever_the_platform_replaces() {
        check_attributes(
            r#"      "urlParams": { "host": "https://${domain}.a.b", "path": "/${listID}/${listId}/${username}", "method": "GET",
        "queryParams": { "a": "${}", "b": ["${c}"] } },
      "headerParams": { "x": "Bearer ${passwordd}" },
      "scheduleParams": { "scheduleStartParamName": "${d}", "scheduleEndParamName": "e" }"#,
            expect![[r#"
                      "urlParams": { "host": "https://${domain}.a.b", "path": "/${listID}/${listId}/${username}", "method": "GET",
                                                      ^^^^^^^^^ error[undeclared-placeholder]: No input is called `domain`, so nothing would replace it. Declare it in `sourceSpec.spec.properties`.
                                                                                ^^^^^^^^^ error[undeclared-placeholder]: No input is called `listID`, so nothing would replace it. Did you mean `listId`?
                        "queryParams": { "a": "${}", "b": ["${c}"] } },
                                               ^^^ error[undeclared-placeholder]: A placeholder needs the name of an input: `${name}`.
                                                            ^^^^ error[undeclared-placeholder]: No input is called `c`, so nothing would replace it. Declare it in `sourceSpec.spec.properties`.
                      "headerParams": { "x": "Bearer ${passwordd}" },
                                                     ^^^^^^^^^^^^ error[undeclared-placeholder]: No input is called `passwordd`, so nothing would replace it. Did you mean `password`?
                      "scheduleParams": { "scheduleStartParamName": "${d}", "scheduleEndParamName": "e" }
                                                                     ^^^^ error[undeclared-placeholder]: No input is called `d`, so nothing would replace it. Declare it in `sourceSpec.spec.properties`.
            "#]],
        );
    }

    #[test]
    fn elsewhere_it_is_text() {
        check_attributes(
            r#"      "contentPath": { "path": "$.a", "overrideWrapperAttribute": "${x}" },
      "headerParams": { "${y}": "${listId.z}", "w": "@{concat('${v}')}" }"#,
            expect![[r#"
                      "contentPath": { "path": "$.a", "overrideWrapperAttribute": "${x}" },
                      "headerParams": { "${y}": "${listId.z}", "w": "@{concat('${v}')}" }
            "#]],
        );
    }

    #[test]
    fn of_what_is_required_without_a_declaration_it_is_said_there() {
        let text = batch(r#"      "headerParams": { "a": "${shop}", "b": "${region}" }"#);
        let properties = r#"{ "type": "object", "properties": { "listId": { "type": "string" } }"#;
        let required = format!("{properties}, \"required\": [\"shop\"]");
        check_of(
            super::RULE.code,
            &text.replace(properties, &required),
            expect![[r#"
            "headerParams": { "a": "${shop}", "b": "${region}" }
                                                    ^^^^^^^^^ error[undeclared-placeholder]: No input is called `region`, so nothing would replace it. Declare it in `sourceSpec.spec.properties`.
        "#]],
        );
    }

    #[test]
    fn is_declared_or_replaced_by_the_near_name() {
        check_fixes(
            &batch(r#"      "headerParams": { "a": "${shop}", "b": "x-${listid}", "c": "${x.y}" }"#),
            expect![[r#"
            undeclared-placeholder: Declare `shop` in `sourceSpec.spec` (preferred)
            -     "spec": { "type": "object", "properties": { "listId": { "type": "string" } } },
            +     "spec": { "type": "object", "properties": { "listId": { "type": "string" }, "shop": { "type": "string", "description": "What the user must enter" } } },
            undeclared-placeholder: Replace by `${listId}` (preferred)
            -       "headerParams": { "a": "${shop}", "b": "x-${listid}", "c": "${x.y}" }
            +       "headerParams": { "a": "${shop}", "b": "x-${listId}", "c": "${x.y}" }
            undeclared-placeholder: Declare `listid` in `sourceSpec.spec`
            -     "spec": { "type": "object", "properties": { "listId": { "type": "string" } } },
            +     "spec": { "type": "object", "properties": { "listId": { "type": "string" }, "listid": { "type": "string", "description": "What the user must enter" } } },
        "#]],
        );
        check_fixes_of(
            "undeclared-placeholder",
            "{\n  \"type\": \"generic-rest\",\n  \"sourceSpec\": {\n    \"attributes\": { \"urlParams\": { \"path\": \"/${a}\" } }\n  }\n}",
            expect![[r#"
                undeclared-placeholder: Declare `a` in `sourceSpec.spec` (preferred)
                -     "attributes": { "urlParams": { "path": "/${a}" } }
                +     "attributes": { "urlParams": { "path": "/${a}" } },
                +     "spec": {
                +       "$schema": "http://json-schema.org/draft-07/schema#",
                +       "type": "object",
                +       "properties": {
                +         "a": {
                +           "type": "string",
                +           "description": "What the user must enter"
                +         }
                +       }
                +     }
            "#]],
        );
    }

    #[test]
    fn a_word_of_the_schedule_is_written_without_a_dollar() {
        check_fixes(
            &batch(
                r#"      "headerParams": { "q": "{SCHEDULE_QUERY}" },
      "scheduleParams": { "type": "ADVANCE", "paramFormat": "s", "incremental": "> {START_TIME} < ${END_TIME}", "backfill": "< {END_TIME}" }"#,
            ),
            expect![[r#"
                undeclared-placeholder: Replace by `{END_TIME}` (preferred)
                -       "scheduleParams": { "type": "ADVANCE", "paramFormat": "s", "incremental": "> {START_TIME} < ${END_TIME}", "backfill": "< {END_TIME}" }
                +       "scheduleParams": { "type": "ADVANCE", "paramFormat": "s", "incremental": "> {START_TIME} < {END_TIME}", "backfill": "< {END_TIME}" }
            "#]],
        );
    }
}
