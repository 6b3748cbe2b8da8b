//! `schema-mismatch`: a path that the custom schema of the response does not have.

use std::ops::Range;

use crate::lint::Diagnostic;
use crate::lint::Fix;
use crate::lint::Related;
use crate::lint::Severity;
use crate::source::inputs::Scope;
use crate::source::json_path::{self, Path, Segment, Selector};
use crate::source::model::Schema;
use crate::spec::spelling;
use crate::syntax::{Kind, Node};

use crate::source::inputs::fixed_text;

use super::{Context, Rule, head, or_list, pages};
use crate::source::records::wrapper;

pub(crate) const RULE: Rule = Rule {
    code: "schema-mismatch",
    severities: &[Severity::Warning],
    finds: "a path to records that the custom schema (`sourceSpec.schema`), where there is one, does not have, or where it has no list",
    why: "A custom schema describes the whole response, so the path to the records has to be in it and to end at a list; else `1313-400` or `1315-400` is the answer. Paths of paging are not looked at: Adobe's example describes the records only.",
    at: "sourceSpec",
    wrong: r#""schema": { "type": "object", "properties": { "results": { "type": "array" } } },
"attributes": { "contentPath": { "path": "$.result" } }"#,
    right: r#""schema": { "type": "object", "properties": { "results": { "type": "array" } } },
"attributes": { "contentPath": { "path": "$.results" } }"#,
    link: pages::SOURCE_SPEC,
    every_kind: false,
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(request) = context.request() else { return };
    let schema = context.source().response_schema().map(Schema::node);
    let (Some(schema), Some(content)) = (schema, request.records_path()) else { return };
    let Some(walk) = Walk::of(context, content) else { return };
    let records = walk.along(&walk.path.segments, schema, found);
    let Some(record) = records.and_then(|records| records.get("items")) else { return };
    let explode = request.explode_path().and_then(|path| Walk::of(context, path));
    let Some((explode, wrapper)) = explode.zip(wrapper(request)) else { return };
    // The first name is the node around the record, which is in no schema.
    if let Some((first, inside)) = explode.path.segments.split_first()
        && first.name() == Some(&*wrapper)
        && !inside.is_empty()
    {
        explode.along(inside, record, found);
    }
}

/// How many lists are offered that may be meant.
const MOST: usize = 4;

/// The names of the lists right inside what a schema describes.
fn lists_in(schema: Node<'_>) -> Vec<String> {
    let properties = Scope::of(schema).properties;
    let members = properties.iter().flat_map(|properties| properties.members());
    members
        .filter(|member| is_list(member.value) == Some(true))
        .filter_map(|member| Some(member.key.string()?.into_owned()))
        .collect()
}

/// A path on its way through a schema.
struct Walk<'c, 'd> {
    context: &'c Context<'d>,
    node: Node<'d>,
    text: String,
    path: Path,
}

impl<'c, 'd> Walk<'c, 'd> {
    fn of(context: &'c Context<'d>, node: Node<'d>) -> Option<Self> {
        let text = fixed_text(node)?.into_owned();
        let path = json_path::parse(&text).ok()?;
        Some(Walk { context, node, text, path })
    }

    /// The schema of the list that these steps lead to from this schema. `None` where it cannot be told or was reported.
    fn along(&self, segments: &[Segment], schema: Node<'d>, found: &mut Vec<Diagnostic>) -> Option<Node<'d>> {
        let (mut schema, mut around) = (schema, schema);
        for segment in segments {
            around = schema;
            schema = match (segment.name(), segment.selectors.as_slice()) {
                (Some(name), _) => match self.property(name, schema) {
                    Property::At(inner) => inner,
                    Property::Unknown => return None,
                    Property::Absent(names) => {
                        found.push(self.absent(segment, name, schema, &names));
                        return None;
                    }
                },
                (None, [Selector::Every | Selector::Index(_) | Selector::Slice | Selector::Filter])
                    if !segment.descends && is_list(schema) == Some(true) =>
                {
                    schema.get("items").filter(|items| items.kind() == Kind::Object)?
                }
                _ => return None,
            };
        }
        let last = segments.last()?;
        if is_list(schema) == Some(false) && last.name().is_some() {
            let message =
                "The custom schema (`sourceSpec.schema`) has no list here, and a path to records ends at one.";
            let mut diagnostic = RULE.at(Severity::Warning, self.node.part(&last.range), message);
            diagnostic.related = vec![Related { range: head(schema), message: "The schema has this here.".to_owned() }];
            self.context.fix(&mut diagnostic, |writer| {
                let inside = lists_in(schema).into_iter().map(|name| self.with(last.range.end..last.range.end, &name));
                let beside = lists_in(around).into_iter().map(|name| self.with(last.range.clone(), &name));
                let paths: Vec<String> = inside.chain(beside).take(MOST).collect();
                let fix = |right: &String| {
                    let (title, edits) = (format!("Write `{right}`"), [writer.rename(self.node, right)]);
                    if paths.len() == 1 { Fix::offered(title, edits) } else { Fix::possible(title, edits) }
                };
                paths.iter().map(fix).collect::<Vec<_>>()
            });
            found.push(diagnostic);
        }
        Some(schema)
    }

    fn property(&self, name: &str, schema: Node<'d>) -> Property<'d> {
        let scope = Scope::of(schema);
        let known = || scope.properties.iter().flat_map(|properties| properties.members());
        let is_named = |key: Node<'_>| key.string().as_deref() == Some(name);
        match known().filter(|member| is_named(member.key)).last() {
            Some(member) => Property::At(member.value),
            None if scope.maybe_more || known().next().is_none() => Property::Unknown,
            None => Property::Absent(known().filter_map(|member| Some(member.key.string()?.into_owned())).collect()),
        }
    }

    fn absent(&self, segment: &Segment, name: &str, schema: Node<'_>, names: &[String]) -> Diagnostic {
        let near = spelling::closest(name, names.iter().map(String::as_str));
        let has = match near {
            Some(near) => format!("Did you mean `{near}`?"),
            None if names.len() < 6 => format!("It has {} there.", or_list(names.iter().map(String::as_str))),
            None => "Correct the path or the schema.".to_owned(),
        };
        let message = format!("The custom schema (`sourceSpec.schema`) has no `{name}` here. {has}");
        let mut diagnostic = RULE.at(Severity::Warning, self.node.part(&segment.range), message);
        diagnostic.related = vec![Related { range: head(schema), message: "The schema of this object.".to_owned() }];
        self.context.fix(&mut diagnostic, |writer| {
            near.map(|near| {
                let right = self.with(segment.range.clone(), near);
                Fix::offered(format!("Write `{right}`"), [writer.rename(self.node, &right)])
            })
        });
        diagnostic
    }

    /// The path with a step to a name in place of a part of it, in bytes.
    fn with(&self, range: Range<usize>, name: &str) -> String {
        let (before, after) = (&self.text[..range.start], &self.text[range.end..]);
        let root = if self.text.trim_start().starts_with('$') || !before.is_empty() { "" } else { "$" };
        format!("{before}{root}{}{after}", json_path::step_to(name))
    }
}

/// A property of a schema.
enum Property<'d> {
    At(Node<'d>),
    Absent(Vec<String>),
    /// The schema does not say all of it.
    Unknown,
}

/// Whether a schema is that of a list, where it says so.
fn is_list(schema: Node<'_>) -> Option<bool> {
    let kind = schema.get("type").filter(|kind| kind.kind() == Kind::String)?;
    Some(kind.string()? == "array")
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use crate::document::Document;
    use crate::lint::Facts;
    use crate::lint::diagnostics;
    use crate::lint::rules::tests::{batch, check_attributes, check_fixes};
    use crate::text::Text;

    /// Members of `attributes`, and behind them a custom schema, whose last brace is that of the attributes.
    fn with_schema(members: &str) -> String {
        format!(
            r#"      {members} }},
    "schema": {{ "type": "object", "properties": {{
      "results": {{ "type": "array", "items": {{ "type": "object", "properties": {{ "tags": {{ "type": "array" }}, "name": {{ "type": "string" }} }} }} }},
      "meta": {{ "type": "object", "properties": {{ "a-b": {{ "type": "integer" }} }} }},
      "any": {{ "type": "object", "additionalProperties": true, "properties": {{ "x": {{}} }} }},
      "free": {{ "type": "object" }} }}"#
        )
    }

    fn check_path(members: &str, expected: Expect) {
        check_attributes(&with_schema(members), expected);
    }

    #[test]
    fn a_path_that_the_schema_does_not_have() {
        check_path(
            r#""contentPath": { "path": "$.result" }"#,
            expect![[r#"
              "contentPath": { "path": "$.result" } },
                                         ^^^^^^^ warning[schema-mismatch]: The custom schema (`sourceSpec.schema`) has no `result` here. Did you mean `results`?
                                           see "\"schema\"": The schema of this object.
            "schema": { "type": "object", "properties": {
              "results": { "type": "array", "items": { "type": "object", "properties": { "tags": { "type": "array" }, "name": { "type": "string" } } } },
              "meta": { "type": "object", "properties": { "a-b": { "type": "integer" } } },
              "any": { "type": "object", "additionalProperties": true, "properties": { "x": {} } },
              "free": { "type": "object" } }
        "#]],
        );
        check_path(
            r#""contentPath": { "path": "$.meta" }"#,
            expect![[r#"
              "contentPath": { "path": "$.meta" } },
                                         ^^^^^ warning[schema-mismatch]: The custom schema (`sourceSpec.schema`) has no list here, and a path to records ends at one.
                                           see "\"meta\"": The schema has this here.
            "schema": { "type": "object", "properties": {
              "results": { "type": "array", "items": { "type": "object", "properties": { "tags": { "type": "array" }, "name": { "type": "string" } } } },
              "meta": { "type": "object", "properties": { "a-b": { "type": "integer" } } },
              "any": { "type": "object", "additionalProperties": true, "properties": { "x": {} } },
              "free": { "type": "object" } }
        "#]],
        );
    }

    #[test]
    fn a_path_into_the_records_that_it_does_not_have() {
        check_path(
            r#""contentPath": { "path": "$.results", "overrideWrapperAttribute": "user" }, "explodeEntityPath": { "path": "$.user.name" }"#,
            expect![[r#"
                  "contentPath": { "path": "$.results", "overrideWrapperAttribute": "user" }, "explodeEntityPath": { "path": "$.user.name" } },
                                                                                                                                    ^^^^^ warning[schema-mismatch]: The custom schema (`sourceSpec.schema`) has no list here, and a path to records ends at one.
                                                                                                                                      see "\"name\"": The schema has this here.
                "schema": { "type": "object", "properties": {
                  "results": { "type": "array", "items": { "type": "object", "properties": { "tags": { "type": "array" }, "name": { "type": "string" } } } },
                  "meta": { "type": "object", "properties": { "a-b": { "type": "integer" } } },
                  "any": { "type": "object", "additionalProperties": true, "properties": { "x": {} } },
                  "free": { "type": "object" } }
            "#]],
        );
        check_path(
            r#""contentPath": { "path": "$.results" }, "explodeEntityPath": { "path": "$.results.labels" }"#,
            expect![[r#"
                  "contentPath": { "path": "$.results" }, "explodeEntityPath": { "path": "$.results.labels" } },
                                                                                                   ^^^^^^^ warning[schema-mismatch]: The custom schema (`sourceSpec.schema`) has no `labels` here. It has `tags` or `name` there.
                                                                                                     see "\"items\"": The schema of this object.
                "schema": { "type": "object", "properties": {
                  "results": { "type": "array", "items": { "type": "object", "properties": { "tags": { "type": "array" }, "name": { "type": "string" } } } },
                  "meta": { "type": "object", "properties": { "a-b": { "type": "integer" } } },
                  "any": { "type": "object", "additionalProperties": true, "properties": { "x": {} } },
                  "free": { "type": "object" } }
            "#]],
        );
    }

    #[test]
    fn a_path_that_it_has_or_may_have() {
        for path in
            ["$.results", "$['results']", "$.results[*]", "$.any.thing", "$.free.thing", "$..thing", "$", "$.*.x"]
        {
            let text = batch(&with_schema(&format!(r#""contentPath": {{ "path": "{path}" }}"#)));
            let document = Document::new("acme-connectionSpec.json", 0, Text::new(&text));
            assert_eq!(diagnostics(&document, &Facts::default()), [], "{path}");
        }
    }

    #[test]
    fn the_near_name_is_written() {
        check_fixes(
            &batch(&with_schema(r#""contentPath": { "path": "$.reslts" }"#)),
            expect![[r#"
            schema-mismatch: Write `$.results` (preferred)
            -       "contentPath": { "path": "$.reslts" } },
            +       "contentPath": { "path": "$.results" } },
        "#]],
        );
        check_fixes(
            &batch(&with_schema(r#""contentPath": { "path": "$.meta.aB.c" }"#)),
            expect![[r#"
            schema-mismatch: Write `$.meta['a-b'].c` (preferred)
            -       "contentPath": { "path": "$.meta.aB.c" } },
            +       "contentPath": { "path": "$.meta['a-b'].c" } },
        "#]],
        );
        check_fixes(
            &batch(&with_schema(r#""contentPath": { "path": "$.results[0].tag" }"#)),
            expect![[r#"
            schema-mismatch: Write `$.results[0].tags` (preferred)
            -       "contentPath": { "path": "$.results[0].tag" } },
            +       "contentPath": { "path": "$.results[0].tags" } },
        "#]],
        );
    }

    #[test]
    fn a_list_in_the_place_or_beside_it_is_written() {
        let schema = |path: &str| {
            batch(&with_schema(&format!(r#""contentPath": {{ "path": "{path}" }}"#)))
                .replace("\"a-b\": { \"type\": \"integer\" }", "\"a-b\": { \"type\": \"array\" }")
        };
        check_fixes(
            &schema("$.meta"),
            expect![[r#"
            schema-mismatch: Write `$.meta['a-b']`
            -       "contentPath": { "path": "$.meta" } },
            +       "contentPath": { "path": "$.meta['a-b']" } },
            schema-mismatch: Write `$.results`
            -       "contentPath": { "path": "$.meta" } },
            +       "contentPath": { "path": "$.results" } },
        "#]],
        );
        check_fixes(
            &schema("$.results[*].name"),
            expect![[r#"
            schema-mismatch: Write `$.results[*].tags` (preferred)
            -       "contentPath": { "path": "$.results[*].name" } },
            +       "contentPath": { "path": "$.results[*].tags" } },
        "#]],
        );
    }
}
