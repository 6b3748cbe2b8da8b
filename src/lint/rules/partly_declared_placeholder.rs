//! `partly-declared-placeholder`: `${name}` that only some of the authentication entries declare.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::edit::writer::Writer;
use crate::lint::{Diagnostic, Fix, Related, Severity};
use crate::source::inputs::Origin;
use crate::source::model::{AuthEntry, Schema};
use crate::source::placeholders::{self, RequestPart};
use crate::source::schemas::Scope;
use crate::syntax::{Kind, Member, Node};

use super::required_not_declared::RequiredNames;
use super::{Context, Rule, head, pages};

pub(crate) const RULE: Rule = Rule {
    code: "partly-declared-placeholder",
    severities: &[Severity::Warning, Severity::Info],
    finds: "`${name}` that only some `authSpec` entries declare, so users of the other authentication methods never enter it (warning), and an optional input as a whole segment of the path (info)",
    why: "A user authenticates with one entry of `authSpec` and enters the inputs of that entry and of `sourceSpec.spec`. An input that only another entry declares has no value then, and the request is sent with nothing or the placeholder itself in its place: which of the two is not documented.",
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

/// How many entries without the input are related to the diagnostic.
const MAX_RELATED: usize = 10;

/// The entries of `authSpec`, all inputs of which are known.
struct Entries<'t> {
    /// The JSON schema of each.
    schemas: Vec<Node<'t>>,
    /// What each of them requires.
    required: Vec<Option<RequiredNames<'t>>>,
    /// For each name, the numbers of the entries that declare it, in order, and the first declaration. Without the inputs
    /// of `sourceSpec.spec`, which every user enters.
    declared: HashMap<Cow<'t, str>, (Vec<usize>, Node<'t>)>,
}

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    optional_segments(context, diagnostics);
    let Some(entries) = entries(context) else { return };
    let mut fine: HashMap<&str, bool> = HashMap::new();
    for (part, name) in context.input_references() {
        // A path into an input of type object is declared where the input is.
        let first = name.split('.').next().unwrap_or_default();
        let known = [name, first].into_iter().find_map(|name| Some((name, entries.declared.get(name)?)));
        let Some((name, (declaring, declaration))) = known else { continue };
        // If all others require it, `required-not-declared` reports that they do not declare it.
        let is_reported = |number: usize| entries.required[number].as_ref().is_some_and(|names| names.reports(name));
        let is_declared = || declaring.len() == entries.schemas.len() || entries.without(declaring).all(is_reported);
        if *fine.entry(name).or_insert_with(is_declared) {
            continue;
        }
        let message = format!(
            "only some authentication methods declare `{name}`, so with the others it has no value; declare it in each entry of `authSpec`"
        );
        let mut diagnostic = RULE.at(Severity::Warning, part.range.clone(), message);
        diagnostic.related =
            entries.without(declaring).take(MAX_RELATED).map(|number| related(entries.schemas[number])).collect();
        diagnostics.push(diagnostic.with_offered_fixes(context, |writer| {
            let without: Vec<_> = entries.without(declaring).map(|number| entries.schemas[number]).collect();
            [fix(writer, &without, name, *declaration)]
        }));
    }
}

/// Segments of the path that are empty if the user leaves an optional input of the source out.
fn optional_segments(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(schema) = context.source().input_schema() else { return };
    let optional = optional_inputs(context, schema);
    let source = context.tree.source();
    let paths = context.replaced_strings().filter(|(_, part)| *part == RequestPart::Path).map(|(string, _)| string);
    for path in paths {
        let inside = path.inner();
        let query = source[inside.clone()].find('?').map_or(inside.end, |at| inside.start + at);
        let is_segment = |range: &Range<usize>| {
            let ends = range.end == inside.end || source[range.end..].starts_with(['/', '?']);
            range.end <= query && source[..range.start].ends_with('/') && ends
        };
        let references = placeholders::references_in(path).filter(|(_, name)| optional.contains(name));
        for (part, name) in references.filter(|(part, _)| is_segment(&part.range)) {
            let message = format!("`{name}` is optional, so this segment may be empty; add `{name}` to `required`");
            diagnostics.push(
                RULE.at(Severity::Info, part.range, message)
                    .with_offered_fixes(context, |writer| required(writer, schema, &name)),
            );
        }
    }
}

/// The inputs that only the source declares, and that have neither to be entered nor a default.
fn optional_inputs<'t>(context: &Context<'t>, schema: Node<'t>) -> HashSet<Cow<'t, str>> {
    let scope = Scope::of(schema);
    let names = scope.required.iter().flat_map(|required| required.elements()).filter_map(Node::string);
    let of_auth = context.inputs().all.iter().filter(|input| input.origin != Origin::Source);
    let filled: HashSet<Cow<'_, str>> = names.chain(of_auth.map(|input| input.name.clone())).collect();
    let is_open = |member: &Member<'_>| Schema::new(member.value).default_value().is_none();
    let open = scope.members().filter(is_open).filter_map(|member| member.key.string());
    open.filter(|name| !filled.contains(name)).collect()
}

fn required(writer: &Writer<'_>, schema: Node<'_>, name: &str) -> Option<Fix> {
    let edit = match Schema::new(schema).required() {
        Some(required) if required.kind() == Kind::Array => writer.insert_elements(required, &[&name.into()]),
        Some(_) => return None,
        None => writer.insert_key(schema, Schema::REQUIRED, &vec![name].into()),
    };
    Some(Fix::offered(format!("Require `{name}`"), [edit]))
}

/// The entries of `authSpec`; `None` if one of them may declare other inputs.
fn entries<'t>(context: &Context<'t>) -> Option<Entries<'t>> {
    let auth = context.source().auth_spec()?;
    if context.inputs().maybe_more || auth.elements().nth(1).is_none() {
        return None;
    }
    let schemas: Option<Vec<Node<'_>>> =
        auth.elements().map(|entry| AuthEntry::new(entry).spec().filter(|spec| spec.kind() == Kind::Object)).collect();
    let schemas = schemas?;
    let required = schemas.iter().copied().map(RequiredNames::of).collect();
    let mut entries = Entries { schemas, required, declared: HashMap::new() };
    for (number, schema) in entries.schemas.iter().enumerate() {
        for member in Scope::of(*schema).members() {
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
    /// The numbers of those that are not among these.
    fn without<'s>(&'s self, declaring: &'s [usize]) -> impl Iterator<Item = usize> + 's {
        (0..self.schemas.len()).filter(|number| declaring.binary_search(number).is_err())
    }
}

fn related(schema: Node<'_>) -> Related {
    let name = schema
        .enclosing_object()
        .and_then(|entry| AuthEntry::new(entry).name())
        .filter(|name| name.kind() == Kind::String);
    let range = name.map_or_else(|| head(schema), Node::range);
    Related { range, message: "this authentication method does not declare it".to_owned() }
}

fn fix(writer: &Writer<'_>, without: &[Node<'_>], name: &str, declaration: Node<'_>) -> Fix {
    let declare = |schema: &Node<'_>| match Schema::new(*schema).properties() {
        Some(properties) => writer.insert_copy(properties, name, declaration),
        None => writer.insert_copy_inside(*schema, Schema::PROPERTIES, &[name], declaration),
    };
    let title = match without.len() {
        1 => format!("Declare `{name}` in the other entry"),
        count => format!("Declare `{name}` in the {count} other entries"),
    };
    Fix::offered(title, without.iter().map(declare))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::lint::rules::tests::{check_fixes_of, check_of};

    const CODE: &str = "partly-declared-placeholder";

    #[test]
    fn an_input_that_some_methods_do_not_declare_is_reported() {
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
                                                ^^^^^^^^^ warning[partly-declared-placeholder]: only some authentication methods declare `domain`, so with the others it has no value; declare it in each entry of `authSpec`
                                                  see "\"B\"": this authentication method does not declare it
                                                  see "\"spec\"": this authentication method does not declare it
                                                                                                                  ^^^^^^^^ warning[partly-declared-placeholder]: only some authentication methods declare `key`, so with the others it has no value; declare it in each entry of `authSpec`
                                                                                                                    see "\"spec\"": this authentication method does not declare it
            "#]],
        );
    }

    #[test]
    fn an_input_that_the_others_require_is_not_reported() {
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
                                                                         ^^^^^^^^^ warning[partly-declared-placeholder]: only some authentication methods declare `domain`, so with the others it has no value; declare it in each entry of `authSpec`
                                                                           see "\"spec\"": this authentication method does not declare it
                                                                           see "\"spec\"": this authentication method does not declare it
            "#]],
        );
    }

    #[test]
    fn nothing_is_reported_if_an_entry_may_declare_others() {
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
    fn the_input_is_declared_in_the_others_with_the_same_schema() {
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
                partly-declared-placeholder: Declare `domain` in the 2 other entries (preferred)
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
