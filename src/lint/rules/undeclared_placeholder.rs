//! `undeclared-placeholder`: `${name}` that refers to no declared input.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::edit::writer::Writer;
use crate::lint::{Diagnostic, Fix, Severity, declare};
use crate::source::model::AuthEntry;
use crate::source::placeholders;
use crate::spec;
use crate::syntax::template::Part;
use crate::text::Edit;

use super::required_not_declared::RequiredNames;
use super::{Context, Rule, pages};

pub(crate) const RULE: Rule = Rule {
    code: "undeclared-placeholder",
    severities: &[Severity::Error],
    finds: "`${name}` that neither an `authSpec` entry nor `sourceSpec.spec` declares",
    why: "`${name}` is replaced with the value that the user entered for the input `name`. Without such an input there is no value, and the request is sent with nothing or the placeholder itself in it.",
    at: "sourceSpec",
    wrong: r#""spec": { "type": "object", "properties": { "listId": { "type": "string" } } },
"attributes": { "urlParams": { "path": "/lists/${list}/members", "method": "GET" } }"#,
    right: r#""spec": { "type": "object", "properties": { "listId": { "type": "string" } } },
"attributes": { "urlParams": { "path": "/lists/${listId}/members", "method": "GET" } }"#,
    link: pages::USER_INPUT,
    every_kind: false,
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let declared = context.inputs();
    if declared.maybe_more {
        return;
    }
    let required = Required::of(context);
    let known: HashSet<&str> = declared.names().into_iter().collect();
    for (part, name) in context.input_references() {
        // A path into an input of type object: whether that works is not documented, so only its first name is checked.
        let first = name.split('.').next().unwrap_or_default();
        if known.contains(name) || known.contains(first) {
            continue;
        }
        // `${authSpec.subdomain}`: the place of the declaration before its name.
        let inner = name.rsplit('.').next().filter(|inner| known.contains(inner));
        let meant = inner.or_else(|| context.input_names().closest(name));
        if meant.is_none() && required.report(name) {
            continue;
        }
        let message = match meant {
            _ if spec::variable_description(name).is_some() => {
                format!("`{name}` is a word of the schedule, not an input; use `{{{name}}}` without `$`")
            }
            _ if name.is_empty() => "missing input name in the placeholder; use `${name}`".to_owned(),
            Some(meant) => format!("unknown input `{name}`; did you mean `{meant}`?"),
            None => format!("unknown input `{name}`; declare it in `sourceSpec.spec.properties`"),
        };
        diagnostics.push(
            RULE.at(Severity::Error, part.range.clone(), message)
                .with_offered_fixes(context, |writer| fixes(writer, part, name, meant)),
        );
    }
}

/// The names that an authentication entry or the source requires: those are reported by `required-not-declared`.
struct Required<'d> {
    schemas: Vec<RequiredNames<'d>>,
    /// For each name, which of the schemas require it.
    by_name: HashMap<Cow<'d, str>, Vec<usize>>,
}

impl<'d> Required<'d> {
    fn of(context: &Context<'d>) -> Self {
        let auth = context.source().auth_entries().filter_map(AuthEntry::spec);
        let schemas = auth.chain(context.source().input_schema()).filter_map(RequiredNames::of);
        let mut required = Required { schemas: schemas.collect(), by_name: HashMap::new() };
        for (number, schema) in required.schemas.iter().enumerate() {
            for name in schema.required() {
                required.by_name.entry(name.clone()).or_default().push(number);
            }
        }
        required
    }

    fn report(&self, name: &str) -> bool {
        let requiring = self.by_name.get(name).into_iter().flatten();
        requiring.map(|number| &self.schemas[*number]).any(|schema| schema.reports(name))
    }
}

fn fixes(writer: &Writer<'_>, part: &Part, name: &str, meant: Option<&str>) -> Vec<Fix> {
    let replace = |new: String| Fix::offered(format!("Replace with `{new}`"), [Edit::replace(part.range.clone(), new)]);
    if spec::variable_description(name).is_some() {
        return vec![replace(format!("{{{name}}}"))];
    }
    // Whether a dot is part of the name or leads into an input of type object is not known.
    let is_name = part.closed && !name.is_empty() && !name.contains('.');
    let declare = || {
        let edit = declare::in_source(writer, name, &declare::string_schema())?;
        Some(Fix::offered(format!("Declare `{name}` in `sourceSpec.spec`"), [edit]))
    };
    let rename = meant.map(|meant| replace(placeholders::of_input(meant)));
    rename.into_iter().chain(is_name.then(declare).flatten()).collect()
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::lint::rules::tests::{batch, check_attributes, check_fixes, check_fixes_of, check_of};

    #[test]
    fn unknown_inputs_are_reported_wherever_placeholders_are_replaced() {
        check_attributes(
            r#"      "urlParams": { "host": "https://${domain}.a.b", "path": "/${listID}/${listId}/${username}", "method": "GET",
        "queryParams": { "a": "${}", "b": ["${c}"] } },
      "headerParams": { "x": "Bearer ${passwordd}" },
      "scheduleParams": { "scheduleStartParamName": "${d}", "scheduleEndParamName": "e" }"#,
            expect![[r#"
                "urlParams": { "host": "https://${domain}.a.b", "path": "/${listID}/${listId}/${username}", "method": "GET",
                                                ^^^^^^^^^ error[undeclared-placeholder]: unknown input `domain`; declare it in `sourceSpec.spec.properties`
                                                                          ^^^^^^^^^ error[undeclared-placeholder]: unknown input `listID`; did you mean `listId`?
                  "queryParams": { "a": "${}", "b": ["${c}"] } },
                                         ^^^ error[undeclared-placeholder]: missing input name in the placeholder; use `${name}`
                                                    ^^^^^^^^ info[invalid-parameter]: expected a string, found an array; no example has it, so how it is sent is not known
                                                      ^^^^ error[undeclared-placeholder]: unknown input `c`; declare it in `sourceSpec.spec.properties`
                "headerParams": { "x": "Bearer ${passwordd}" },
                                               ^^^^^^^^^^^^ error[undeclared-placeholder]: unknown input `passwordd`; did you mean `password`?
                "scheduleParams": { "scheduleStartParamName": "${d}", "scheduleEndParamName": "e" }
                                                               ^^^^ error[undeclared-placeholder]: unknown input `d`; declare it in `sourceSpec.spec.properties`
            "#]],
        );
    }

    #[test]
    fn a_name_is_the_same_with_escapes() {
        check_attributes(
            r#"      "urlParams": { "host": "https://a.b", "path": "/${l\u0069stId}/${l\u0069stid}", "method": "GET" }"#,
            expect![[r#"
                "urlParams": { "host": "https://a.b", "path": "/${l\u0069stId}/${l\u0069stid}", "method": "GET" }
                                                                               ^^^^^^^^^^^^^^ error[undeclared-placeholder]: unknown input `listid`; did you mean `listId`?
            "#]],
        );
    }

    #[test]
    fn placeholders_elsewhere_are_not_reported() {
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
    fn a_required_input_is_not_reported() {
        let text = batch(r#"      "headerParams": { "a": "${shop}", "b": "${region}" }"#);
        check_of(
            super::RULE.code,
            &text.replace(r#"["listId"]"#, r#"["listId", "shop"]"#),
            expect![[r#"
                "headerParams": { "a": "${shop}", "b": "${region}" }
                                                        ^^^^^^^^^ error[undeclared-placeholder]: unknown input `region`; declare it in `sourceSpec.spec.properties`
            "#]],
        );
    }

    #[test]
    fn the_input_is_declared_or_replaced_with_the_similar_name() {
        check_fixes(
            &batch(r#"      "headerParams": { "a": "${shop}", "b": "x-${listid}", "c": "${x.y}" }"#),
            expect![[r#"
                undeclared-placeholder: Declare `shop` in `sourceSpec.spec` (preferred)
                -     "spec": { "type": "object", "properties": { "listId": { "type": "string" } }, "required": ["listId"] },
                +     "spec": { "type": "object", "properties": { "listId": { "type": "string" }, "shop": { "type": "string", "description": "What the user must enter" } }, "required": ["listId"] },
                undeclared-placeholder: Replace with `${listId}` (preferred)
                -       "headerParams": { "a": "${shop}", "b": "x-${listid}", "c": "${x.y}" }
                +       "headerParams": { "a": "${shop}", "b": "x-${listId}", "c": "${x.y}" }
                undeclared-placeholder: Declare `listid` in `sourceSpec.spec`
                -     "spec": { "type": "object", "properties": { "listId": { "type": "string" } }, "required": ["listId"] },
                +     "spec": { "type": "object", "properties": { "listId": { "type": "string" }, "listid": { "type": "string", "description": "What the user must enter" } }, "required": ["listId"] },
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
    fn a_word_of_the_schedule_loses_its_dollar() {
        check_fixes(
            &batch(
                r#"      "headerParams": { "q": "{SCHEDULE_QUERY}" },
      "scheduleParams": { "type": "ADVANCE", "paramFormat": "s", "incremental": "> {START_TIME} < ${END_TIME}", "backfill": "< {END_TIME}" }"#,
            ),
            expect![[r#"
                undeclared-placeholder: Replace with `{END_TIME}` (preferred)
                -       "scheduleParams": { "type": "ADVANCE", "paramFormat": "s", "incremental": "> {START_TIME} < ${END_TIME}", "backfill": "< {END_TIME}" }
                +       "scheduleParams": { "type": "ADVANCE", "paramFormat": "s", "incremental": "> {START_TIME} < {END_TIME}", "backfill": "< {END_TIME}" }
            "#]],
        );
    }
}
