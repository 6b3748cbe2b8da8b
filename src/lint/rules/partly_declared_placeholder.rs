//! `partly-declared-placeholder`: `${name}` that only some of the ways to sign in declare.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::edit::writer::Writer;
use crate::lint::Diagnostic;
use crate::lint::Fix;
use crate::lint::Related;
use crate::lint::Severity;
use crate::source::inputs::{Origin, Scope};
use crate::syntax::{Kind, Node};

use super::{Context, Rule, head, pages, required_not_declared};

pub(crate) const RULE: Rule = Rule {
    code: "partly-declared-placeholder",
    severities: &[Severity::Warning],
    finds: "`${name}` that only some `authSpec` entries declare, so those who sign in another way are never asked for it",
    why: "A user signs in by one entry of `authSpec` and is asked for the inputs of that entry and of `sourceSpec.spec`. What only another entry declares has no value then, and the request goes out with nothing or the placeholder itself in its place: which of the two is not documented.",
    at: "",
    wrong: r#""type": "generic-rest",
"authSpec": [
  { "spec": { "type": "object", "properties": { "domain": { "type": "string" }, "accessToken": { "type": "string" } } } },
  { "spec": { "type": "object", "properties": { "username": { "type": "string" } } } }
],
"sourceSpec": { "attributes": { "urlParams": { "host": "https://${domain}.acme.example" } } }"#,
    right: r#""type": "generic-rest",
"authSpec": [
  { "spec": { "type": "object", "properties": { "domain": { "type": "string" }, "accessToken": { "type": "string" } } } },
  { "spec": { "type": "object", "properties": { "domain": { "type": "string" }, "username": { "type": "string" } } } }
],
"sourceSpec": { "attributes": { "urlParams": { "host": "https://${domain}.acme.example" } } }"#,
    link: pages::AUTH_SPEC,
    every_kind: false,
    check,
};

/// How many entries without the input are pointed to.
const SHOWN: usize = 10;

/// The ways to sign in of which all inputs are known.
struct Entries<'t> {
    /// The JSON schema of each.
    schemas: Vec<Node<'t>>,
    /// For each name, which of them declare it: their numbers, in order, and the first declaration. What every user is
    /// asked for besides is not there.
    declared: HashMap<Cow<'t, str>, (Vec<usize>, Node<'t>)>,
}

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(entries) = entries(context) else { return };
    for (part, name) in context.uses() {
        // A path into an input of type object is declared where its beginning is.
        let first = name.split('.').next().unwrap_or_default();
        let known = [name, first].into_iter().find_map(|name| Some((name, entries.declared.get(name)?)));
        let Some((name, (declaring, declaration))) = known else { continue };
        // Where all others require it, it is said there that they do not declare it.
        let is_said = |schema: Node<'_>| required_not_declared::asks_for(schema, name);
        if declaring.len() == entries.schemas.len() || entries.without(declaring).all(is_said) {
            continue;
        }
        let message = format!(
            "Not every way to sign in asks for `{name}`, so for some users nothing would replace it. Declare it in each entry of `authSpec`."
        );
        let mut diagnostic = RULE.at(Severity::Warning, part.range, message);
        diagnostic.related = entries.without(declaring).take(SHOWN).map(related).collect();
        context.fix(&mut diagnostic, |writer| {
            let without: Vec<Node<'_>> = entries.without(declaring).collect();
            fix(context, writer, &without, name, *declaration)
        });
        found.push(diagnostic);
    }
}

/// The entries of `authSpec`; nothing where one of them may declare more than can be seen.
fn entries<'t>(context: &Context<'t>) -> Option<Entries<'t>> {
    let auth = context.tree.root().get("authSpec")?;
    if context.inputs().maybe_more || auth.elements().nth(1).is_none() {
        return None;
    }
    let schemas: Option<Vec<Node<'_>>> =
        auth.elements().map(|entry| entry.get("spec").filter(|spec| spec.kind() == Kind::Object)).collect();
    let mut entries = Entries { schemas: schemas?, declared: HashMap::new() };
    for (number, schema) in entries.schemas.iter().enumerate() {
        for member in Scope::of(*schema).properties.into_iter().flat_map(Node::members) {
            let name = member.key.string().unwrap_or_default();
            let (declaring, _) = entries.declared.entry(name).or_insert((Vec::new(), member.value));
            if declaring.last() != Some(&number) {
                declaring.push(number);
            }
        }
    }
    for input in context.inputs().all.iter().filter(|input| input.origin == Origin::Source) {
        entries.declared.remove(&input.name);
    }
    Some(entries)
}

impl<'t> Entries<'t> {
    /// The schemas of those that are not among these.
    fn without<'s>(&'s self, declaring: &'s [usize]) -> impl Iterator<Item = Node<'t>> + 's {
        let others = self.schemas.iter().enumerate();
        others.filter(|(number, _)| declaring.binary_search(number).is_err()).map(|(_, schema)| *schema)
    }
}

fn related(schema: Node<'_>) -> Related {
    let entry = schema.as_part_of_member().and_then(|member| member.node.parent());
    let name = entry.and_then(|entry| entry.get("name")).filter(|name| name.kind() == Kind::String);
    let range = name.map_or_else(|| head(schema), Node::range);
    Related { range, message: "This way to sign in does not ask for it.".to_owned() }
}

fn fix(
    context: &Context<'_>,
    writer: &Writer<'_>,
    without: &[Node<'_>],
    name: &str,
    declaration: Node<'_>,
) -> Option<Fix> {
    let declare = |schema: &Node<'_>| match schema.get("properties") {
        Some(properties) => writer.insert_copy(properties, &context.entry(properties), name, declaration),
        None => writer.insert_copy_inside(*schema, &context.entry(*schema), &["properties", name], declaration),
    };
    let title = match without.len() {
        1 => format!("Declare `{name}` in the other entry too"),
        count => format!("Declare `{name}` in the {count} other entries too"),
    };
    Some(Fix::offered(title, without.iter().map(declare)))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::lint::rules::tests::{check_fixes_of, check_of};

    const CODE: &str = "partly-declared-placeholder";

    #[test]
    fn what_some_ways_to_sign_in_do_not_ask_for() {
        check_of(
            CODE,
            r#"{ "type": "generic-rest", "authSpec": [
  { "name": "A", "spec": { "properties": { "domain": {}, "all": {}, "key": {}, "list": {} } } },
  { "name": "B", "spec": { "properties": { "all": {}, "key": {} } } },
  { "spec": { "allOf": [ { "properties": { "all": {} } } ], "properties": {} } } ],
  "sourceSpec": { "spec": { "properties": { "list": {} } }, "attributes": {
    "urlParams": { "host": "https://${domain}.a.b", "path": "/${all}/${list}", "queryParams": { "a": "${key.b}" } },
    "headerParams": { "x": "${none}", "y": "{domain}" } } } }"#,
            expect![[r#"
                    "urlParams": { "host": "https://${domain}.a.b", "path": "/${all}/${list}", "queryParams": { "a": "${key.b}" } },
                                                    ^^^^^^^^^ warning[partly-declared-placeholder]: Not every way to sign in asks for `domain`, so for some users nothing would replace it. Declare it in each entry of `authSpec`.
                                                      see "\"B\"": This way to sign in does not ask for it.
                                                      see "\"spec\"": This way to sign in does not ask for it.
                                                                                                                      ^^^^^^^^ warning[partly-declared-placeholder]: Not every way to sign in asks for `key`, so for some users nothing would replace it. Declare it in each entry of `authSpec`.
                                                                                                                        see "\"spec\"": This way to sign in does not ask for it.
            "#]],
        );
    }

    #[test]
    fn of_what_the_others_require_without_a_declaration_it_is_said_there() {
        let text = r#"{ "type": "generic-rest", "authSpec": [ { "spec": { "properties": { "domain": {} } } },
  { "spec": { "properties": { "b": {} }, "required": ["domain"] } } ],
  "sourceSpec": { "attributes": { "urlParams": { "path": "/${domain}" } } } }"#;
        check_of(CODE, text, expect![[""]]);
        let another = text.replacen("[ {", "[ { \"spec\": { \"properties\": { \"c\": {} } } }, {", 1);
        check_of(
            CODE,
            &another,
            expect![[r#"
            "sourceSpec": { "attributes": { "urlParams": { "path": "/${domain}" } } } }
                                                                     ^^^^^^^^^ warning[partly-declared-placeholder]: Not every way to sign in asks for `domain`, so for some users nothing would replace it. Declare it in each entry of `authSpec`.
                                                                       see "\"spec\"": This way to sign in does not ask for it.
                                                                       see "\"spec\"": This way to sign in does not ask for it.
        "#]],
        );
    }

    #[test]
    fn nothing_where_an_entry_may_ask_for_more() {
        for other in [r#"{ "spec": { "$ref": "x" } }"#, r#"{ "name": "B" }"#, r#"{ "spec": "x" }"#] {
            check_of(
                CODE,
                &format!(
                    r#"{{ "type": "generic-rest", "authSpec": [ {{ "spec": {{ "properties": {{ "a": {{}} }} }} }}, {other} ],
  "sourceSpec": {{ "attributes": {{ "urlParams": {{ "path": "/${{a}}" }} }} }} }}"#
                ),
                expect![[""]],
            );
        }
    }

    #[test]
    fn is_declared_in_the_others_with_the_same_schema() {
        check_fixes_of(
            CODE,
            r#"{
  "type": "generic-rest",
  "authSpec": [
    {
      "spec": {
        "type": "object",
        "properties": {
          "domain": {
            "type": "string"
          }
        }
      }
    },
    { "spec": { "type": "object", "properties": { "b": {} } } },
    {
      "spec": {
        "type": "object"
      }
    }
  ],
  "sourceSpec": { "attributes": { "urlParams": { "host": "https://${domain}.a.b" } } }
}"#,
            expect![[r#"
                partly-declared-placeholder: Declare `domain` in the 2 other entries too (preferred)
                -     { "spec": { "type": "object", "properties": { "b": {} } } },
                +     { "spec": { "type": "object", "properties": { "b": {}, "domain": { "type": "string" } } } },
                -         "type": "object"
                +         "type": "object",
                +         "properties": {
                +           "domain": {
                +             "type": "string"
                +           }
                +         }
            "#]],
        );
    }
}
