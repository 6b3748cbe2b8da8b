//! `duplicate-auth`: two ways to sign in have one name.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::lint::Diagnostic;
use crate::lint::Related;
use crate::lint::Severity;
use crate::source::model::AuthEntry;
use crate::source::placeholders::literal;

use super::{Context, Rule, pages};

pub(crate) const RULE: Rule = Rule {
    code: "duplicate-auth",
    severities: &[Severity::Error],
    finds: "two entries of `authSpec` with one `name`",
    why: "A connection asks for a way to sign in by its name (`auth.specName`); a name that is not there is refused with `1415-400`. That of two with one name only one can be reached is inferred from that. Neither a published nor a live spec has two.",
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

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut first = HashMap::new();
    for name in context.source().auth_entries().filter_map(AuthEntry::name) {
        let Some(text) = literal(name) else { continue };
        match first.entry(text) {
            Entry::Vacant(free) => {
                free.insert(name);
            }
            Entry::Occupied(taken) => {
                let message = "Another sign-in has this name already. A connection asks for one by its name, so only one of the two can be reached: give each its own.";
                let mut diagnostic = RULE.at(Severity::Error, name.range(), message);
                diagnostic
                    .related
                    .push(Related { range: taken.get().range(), message: "the first with this name".to_owned() });
                found.push(diagnostic);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::lint::rules::tests::{check, check_sign_ins};

    #[test]
    fn each_after_the_first() {
        check_sign_ins(
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
                          ^^^ error[duplicate-auth]: Another sign-in has this name already. A connection asks for one by its name, so only one of the two can be reached: give each its own.
                            see "\"a\"": the first with this name
                { "name": "", "type": "y", "spec": { "properties": {} } },
                { "name": "", "type": "y", "spec": { "properties": {} } },
                { "name": "\u0061", "type": "y", "spec": { "properties": {} } }
                          ^^^^^^^^ error[duplicate-auth]: Another sign-in has this name already. A connection asks for one by its name, so only one of the two can be reached: give each its own.
                            see "\"a\"": the first with this name
            "#]],
        );
    }

    #[test]
    fn not_in_specs_of_other_kinds() {
        check(
            r#"{ "type": "x", "providerId": "p", "authSpec": [ { "name": "a" }, { "name": "a" } ] }"#,
            expect![[r#"
            { "type": "x", "providerId": "p", "authSpec": [ { "name": "a" }, { "name": "a" } ] }
        "#]],
        );
    }
}
