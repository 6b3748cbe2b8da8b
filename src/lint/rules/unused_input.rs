//! `unused-input`: users enter a value that the request does not use.

use std::collections::HashSet;

use crate::edit::writer::Writer;
use crate::lint::{Diagnostic, Fix, Severity, Tag};
use crate::source::model::Schema;
use crate::source::{placeholders, template_placeholders};
use crate::spec::spelling;
use crate::syntax::template::PartKind;
use crate::syntax::{Kind, Member, Node};

use super::{Context, Rule, pages};

pub(crate) const RULE: Rule = Rule {
    code: "unused-input",
    severities: &[Severity::Hint],
    finds: "an input of `sourceSpec.spec` that no placeholder refers to",
    why: "Every user is prompted for the inputs of `sourceSpec.spec`, and only `${name}` puts them into the request. Without one, the value is not used.",
    at: "sourceSpec",
    wrong: r#""spec": { "type": "object", "properties": { "listId": { "type": "string" }, "region": { "type": "string" } } },
"attributes": { "urlParams": { "path": "/lists/${listId}/members", "method": "GET" } }"#,
    right: r#""spec": { "type": "object", "properties": { "listId": { "type": "string" } } },
"attributes": { "urlParams": { "path": "/lists/${listId}/members", "method": "GET" } }"#,
    link: pages::USER_INPUT,
    every_kind: false,
    check,
};

/// How many pairs of names are compared.
const MAX_PAIRS: usize = 10_000;

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    // Without a request nothing is known to be unused.
    let request = context.request().and_then(|request| request.url_params());
    let is_known = context.kind.is_batch() && request.is_some_and(|request| request.kind() == Kind::Object);
    let schema = context.source().input_schema().filter(|_| is_known);
    let Some(properties) = schema.and_then(|schema| Schema::new(schema).properties()) else { return };
    let used: HashSet<&str> = context.input_references().flat_map(|(_, name)| names_in(name)).collect();
    let mut unused: Vec<Member<'_>> =
        properties.members().filter(|input| !is_used(*input, |name| used.contains(name))).collect();
    if unused.is_empty() {
        return;
    }
    // The declaring form of the template: it describes the request, and no user is prompted for that.
    let declaring = context.entry(properties).keys();
    let is_declaring =
        unused.iter().any(|input| declaring.iter().any(|key| input.key.string().as_deref() == Some(key)));
    let Some(mentioned) = Mentioned::in_document(context).filter(|_| !is_declaring) else { return };
    unused.retain(|input| !is_used(*input, |name| mentioned.names.contains(name)));
    for input in mentioned.not_misspelled(context, unused) {
        let name = input.key.string().unwrap_or_default();
        let message =
            format!("unused input `{name}`: no placeholder refers to it; use it as `${{{name}}}`, or remove it");
        diagnostics.push(
            RULE.at(Severity::Hint, input.key.range(), message)
                .with_tag(Tag::Unnecessary)
                .with_offered_fixes(context, |writer| [remove(writer, input)]),
        );
    }
}

/// Whether an input has one of these names or is not certain to be unused: incomplete, or sent by the service, as with
/// `restAttributes`.
fn is_used(input: Member<'_>, is_name: impl Fn(&str) -> bool) -> bool {
    let is_plain = input.key.kind() == Kind::String && input.value.kind() == Kind::Object;
    let name = input.key.string().unwrap_or_default();
    !is_plain || name.is_empty() || is_name(&name) || Schema::new(input.value).rest_attributes().is_some()
}

/// The names that the text between braces may be: all of it, or each of its words.
fn names_in(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|char: char| !(char.is_alphanumeric() || "_-".contains(char)));
    std::iter::once(text.trim()).chain(words)
}

/// The names in braces of any form, anywhere in the document: also where they are not known to be replaced, which other
/// rules report.
struct Mentioned {
    names: HashSet<String>,
}

impl Mentioned {
    /// `None` if a placeholder is unterminated or the request has template placeholders, which may become anything.
    fn in_document(context: &Context<'_>) -> Option<Self> {
        let mut names = HashSet::new();
        for string in context.strings_with_brace().iter().copied() {
            if template_placeholders::are_left_in(string) && placeholders::is_replaced_in(string) {
                return None;
            }
            for part in placeholders::in_string(string) {
                if part.kind == PartKind::Input && !part.closed {
                    return None;
                }
                names.extend(names_in(&placeholders::name(context.tree, &part)).map(str::to_owned));
            }
        }
        Some(Mentioned { names })
    }

    /// The inputs that no misspelled placeholder refers to; none if that would take too long to compute.
    fn not_misspelled<'m>(&self, context: &Context<'_>, mut unused: Vec<Member<'m>>) -> Vec<Member<'m>> {
        if unused.is_empty() {
            return unused;
        }
        let known: HashSet<_> = context.inputs().all.iter().map(|input| input.name.as_ref()).collect();
        let unknown: Vec<_> = self.names.iter().filter(|name| !known.contains(name.as_str())).collect();
        if unknown.len() * unused.len() > MAX_PAIRS {
            return Vec::new();
        }
        let names: Vec<_> = unused.iter().map(|input| input.key.string().unwrap_or_default()).collect();
        let meant = unknown.into_iter().filter_map(|name| spelling::closest(name, names.iter().map(AsRef::as_ref)));
        let meant: HashSet<&str> = meant.collect();
        unused.retain(|input| input.key.string().is_some_and(|name| !meant.contains(name.as_ref())));
        unused
    }
}

/// Removes an input, also from `required`.
fn remove(writer: &Writer<'_>, input: Member<'_>) -> Fix {
    let name = input.key.string().unwrap_or_default();
    let schema = input.node.parent().and_then(Node::enclosing_object);
    let required = schema.and_then(|schema| Schema::new(schema).required());
    let required = required.into_iter().flat_map(Node::elements).filter(|other| other.string().as_ref() == Some(&name));
    let edits = required.take(1).chain([input.node]).map(|node| writer.remove(node));
    Fix::offered(format!("Remove `{name}`"), edits)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::lint::rules::tests::{check_fixes_of, check_of};

    const CODE: &str = "unused-input";

    /// A batch source with these inputs and this path.
    fn source(spec: &str, path: &str) -> String {
        format!(
            "{{ \"type\": \"generic-rest\", \"sourceSpec\": {{ \"attributes\": {{ \"urlParams\": {{ \"path\": \"{path}\" }} }},\n\"spec\": {spec} }} }}"
        )
    }

    #[test]
    fn an_input_without_a_placeholder_is_reported() {
        check_of(
            CODE,
            &source(
                r#"{ "properties": { "a": { "type": "string" },
  "b": {}, "c": {}, "d": {}, "e": {}, "sub": { "properties": { "x": {} } }, "key": { "restAttributes": { "headerParamName": "k" } },
  "region": { "type": "string" } } }"#,
                "/${a}/{b}/{{c}}/@{concat('${d}', e)}/${sub.x}",
            ),
            expect![[r#"
                "region": { "type": "string" } } } } }
                ^^^^^^^^ hint[unused-input]: unused input `region`: no placeholder refers to it; use it as `${region}`, or remove it
            "#]],
        );
    }

    #[test]
    fn nothing_is_reported_with_incomplete_placeholders_or_without_a_request() {
        check_of(CODE, &source(r#"{ "properties": { "listId": {} } }"#, "/${lis"), expect![[""]]);
        check_of(CODE, &source(r#"{ "properties": { "listId": {} } }"#, "/${listid}"), expect![[""]]);
        check_of(CODE, &source(r#"{ "properties": { "listId": {} } }"#, "{RESOURCE_PATH}"), expect![[""]]);
        check_of(
            CODE,
            &source(r#"{ "properties": { "listId": {}, "urlParams": { "type": "object" } } }"#, "/"),
            expect![[""]],
        );
        check_of(
            CODE,
            r#"{ "type": "generic-rest", "sourceSpec": { "spec": { "properties": { "a": {} } }, "attributes": {} } }"#,
            expect![[""]],
        );
        check_of(
            CODE,
            r#"{ "type": "generic-streaming", "sourceSpec": { "spec": { "properties": { "a": {} } }, "attributes": { "urlParams": {} } } }"#,
            expect![[""]],
        );
    }

    #[test]
    fn the_input_is_removed_also_from_required() {
        check_fixes_of(
            CODE,
            &source(
                "{\n  \"properties\": {\n    \"a\": {},\n    \"b\": {}\n  },\n  \"required\": [\"a\", \"b\"]\n}",
                "/${a}",
            ),
            expect![[r#"
                unused-input: Remove `b` (preferred)
                -     "a": {},
                -     "b": {}
                +     "a": {}
                -   "required": ["a", "b"]
                +   "required": ["a"]
            "#]],
        );
    }
}
