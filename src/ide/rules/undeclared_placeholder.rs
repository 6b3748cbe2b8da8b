//! `undeclared-placeholder`: `${name}` that no input declares.

use crate::ide::{Diagnostic, Severity, inputs};
use crate::spec::{self, near};

use super::{Context, Rule, pages};

pub(super) const RULE: Rule = Rule {
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
    find,
};

fn find(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let declared = context.inputs();
    if declared.maybe_more {
        return;
    }
    let names = declared.names();
    let known: std::collections::HashSet<&str> = names.iter().copied().collect();
    for (part, name) in inputs::uses(context.tree) {
        // A path into an input of type object: no source says whether that works, so only its beginning is looked at.
        let first = name.split('.').next().unwrap_or_default();
        if known.contains(name) || known.contains(first) {
            continue;
        }
        // A name written with escapes is not worth a false alarm.
        if name.contains('\\') {
            continue;
        }
        let message = match near::nearest(name, names.iter().copied()) {
            _ if spec::word_description(name).is_some() => {
                format!("`{name}` is no input but a word of the schedule: write `{{{name}}}`, without `$`.")
            }
            _ if name.is_empty() => "A placeholder needs the name of an input: `${name}`.".to_owned(),
            Some(meant) => format!("No input is called `{name}`, so nothing would replace it. Did you mean `{meant}`?"),
            None => format!(
                "No input is called `{name}`, so nothing would replace it. Declare it in `sourceSpec.spec.properties`."
            ),
        };
        found.push(RULE.at(Severity::Error, part.range, message));
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::ide::rules::tests::check_attributes;

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
}
