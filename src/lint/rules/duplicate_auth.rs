//! `duplicate-auth`: two authentication methods with the same name.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::lint::{Diagnostic, Severity};
use crate::source::model::AuthEntry;
use crate::source::placeholders::literal;

use super::{Context, Rule, pages};

pub(crate) const RULE: Rule = Rule {
    code: "duplicate-auth",
    severities: &[Severity::Error],
    finds: "two entries of `authSpec` with the same `name`",
    why: "A connection selects its authentication method by name (`auth.specName`); a name that does not exist is rejected with `1415-400`. That only one of two with the same name can be selected is inferred from that. Neither a published nor a live spec has two.",
    at: "",
    wrong: r#""authSpec": [
  { "name": "API Key Authentication", "type": "KeyBased", "spec": {} },
  { "name": "API Key Authentication", "type": "KeyBased", "spec": {} }
]"#,
    right: r#""authSpec": [
  { "name": "API Key Authentication", "type": "KeyBased", "spec": {} },
  { "name": "Partner Key Authentication", "type": "KeyBased", "spec": {} }
]"#,
    link: pages::AUTH_SPEC,
    every_kind: false,
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let mut first = HashMap::new();
    for name in context.source().auth_entries().filter_map(AuthEntry::name) {
        let Some(text) = literal(name) else { continue };
        match first.entry(text) {
            Entry::Vacant(free) => {
                free.insert(name);
            }
            Entry::Occupied(taken) => {
                let message = "duplicate name of an authentication method; connections select one by name, so only one of the two can be used. Rename one.";
                diagnostics.push(
                    RULE.at(Severity::Error, name.range(), message)
                        .with_related(taken.get().range(), "first used here"),
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::lint::rules::tests::{check, check_auth_entries};

    #[test]
    fn each_entry_after_the_first_is_an_error() {
        check_auth_entries(
            r#"  { "name": "a", "type": "x", "spec": { "properties": {} } },
  { "name": "A", "type": "x", "spec": { "properties": {} } },
  { "name": "a", "type": "y", "spec": { "properties": {} } },
  { "name": "", "type": "y", "spec": { "properties": {} } },
  { "name": "", "type": "y", "spec": { "properties": {} } },
  { "name": "\u0061", "type": "y", "spec": { "properties": {} } }"#,
            expect![[r#"
                { "name": "a", "type": "x", "spec": { "properties": {} } },
                { "name": "A", "type": "x", "spec": { "properties": {} } },
                { "name": "a", "type": "y", "spec": { "properties": {} } },
                          ^^^ error[duplicate-auth]: duplicate name of an authentication method; connections select one by name, so only one of the two can be used. Rename one.
                            see "\"a\"": first used here
                { "name": "", "type": "y", "spec": { "properties": {} } },
                          ^^ error[empty-value]: empty `name`; expected the name by which connections select the entry
                { "name": "", "type": "y", "spec": { "properties": {} } },
                          ^^ error[empty-value]: empty `name`; expected the name by which connections select the entry
                { "name": "\u0061", "type": "y", "spec": { "properties": {} } }
                          ^^^^^^^^ error[duplicate-auth]: duplicate name of an authentication method; connections select one by name, so only one of the two can be used. Rename one.
                            see "\"a\"": first used here
            "#]],
        );
    }

    #[test]
    fn specs_of_other_kinds_are_not_checked() {
        check(
            r#"{ "type": "x", "providerId": "p", "authSpec": [ { "name": "a" }, { "name": "a" } ] }"#,
            expect![[r#"
            { "type": "x", "providerId": "p", "authSpec": [ { "name": "a" }, { "name": "a" } ] }
        "#]],
        );
    }
}
