//! `schema-mismatch`: a path that is not in the custom schema of the response.

use std::borrow::Cow;
use std::ops::Range;

use crate::lint::{Diagnostic, Fix, Severity};
use crate::source::json_path::{self, Path, Segment, Selector};
use crate::source::model::Schema;
use crate::source::placeholders::literal;
use crate::source::schemas::Scope;
use crate::spec::spelling;
use crate::syntax::{Kind, Node};

use super::{Context, Rule, head, or_list, pages};
use crate::source::records::wrapper;

pub(crate) const RULE: Rule = Rule {
    code: "schema-mismatch",
    severities: &[Severity::Warning],
    finds: "a path to records that is not in the custom schema (`sourceSpec.schema`), if there is one, or at which that has no array",
    why: "A custom schema has the shape of the complete response (shown by Adobe's Zendesk example and its explore response), so the path to the records has to be in it and to lead to an array; otherwise the response is `1313-400` or `1315-400`. Pagination paths are not checked: Adobe's example describes the records only.",
    at: "sourceSpec",
    wrong: r#""schema": { "type": "object", "properties": { "results": { "type": "array" } } },
"attributes": { "contentPath": { "path": "$.result" } }"#,
    right: r#""schema": { "type": "object", "properties": { "results": { "type": "array" } } },
"attributes": { "contentPath": { "path": "$.results" } }"#,
    link: pages::SOURCE_SPEC,
    every_kind: false,
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(request) = context.request() else { return };
    let schema = context.source().response_schema().map(Schema::node);
    let (Some(schema), Some(content)) = (schema, request.records_path()) else { return };
    let Some(walk) = Walk::of(context, content) else { return };
    let records = walk.along(&walk.path.segments, schema, diagnostics);
    let Some(record) = records.and_then(|records| Schema::new(records).items()) else { return };
    let explode = request.explode_path().and_then(|path| Walk::of(context, path));
    let Some((explode, wrapper)) = explode.zip(wrapper(request)) else { return };
    // The first name is the node that wraps the record, which is in no schema.
    if let Some((first, inside)) = explode.path.segments.split_first()
        && first.name() == Some(&*wrapper)
        && !inside.is_empty()
    {
        explode.along(inside, record, diagnostics);
    }
}

/// How many arrays are suggested.
const MAX_SUGGESTIONS: usize = 4;

/// The names of the arrays directly inside the object that a schema describes.
fn arrays_in(schema: Node<'_>) -> Vec<String> {
    Scope::of(schema)
        .members()
        .filter(|member| is_array(member.value) == Some(true))
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
        let text = literal(node)?.into_owned();
        let path = json_path::parse(&text).ok()?;
        Some(Walk { context, node, text, path })
    }

    /// The schema that these segments lead to from a schema, of an array. `None` if that is unknown or was reported.
    fn along(&self, segments: &[Segment], schema: Node<'d>, diagnostics: &mut Vec<Diagnostic>) -> Option<Node<'d>> {
        let (mut schema, mut parent) = (schema, schema);
        for segment in segments {
            parent = schema;
            schema = match (segment.name(), segment.selectors.as_slice()) {
                (Some(name), _) => {
                    let scope = Scope::of(schema);
                    let property = scope.property(name);
                    if property.is_none() && !scope.maybe_more && !scope.names().is_empty() {
                        diagnostics.push(self.absent(segment, name, schema, &scope.names()));
                    }
                    property?
                }
                (None, [Selector::Wildcard | Selector::Index(_) | Selector::Slice | Selector::Filter])
                    if !segment.is_descendant && is_array(schema) == Some(true) =>
                {
                    Schema::new(schema).items().filter(|items| items.kind() == Kind::Object)?
                }
                _ => return None,
            };
        }
        let last = segments.last()?;
        if is_array(schema) == Some(false) && last.name().is_some() {
            let message = "the custom schema (`sourceSpec.schema`) has no array here; a path to records leads to one";
            diagnostics.push(
                RULE.at(Severity::Warning, self.node.part(&last.range), message)
                    .with_related(head(schema), "the schema of this value")
                    .with_offered_fixes(self.context, |writer| {
                        let inside =
                            arrays_in(schema).into_iter().map(|name| self.with(last.range.end..last.range.end, &name));
                        let beside = arrays_in(parent).into_iter().map(|name| self.with(last.range.clone(), &name));
                        let paths: Vec<String> = inside.chain(beside).take(MAX_SUGGESTIONS).collect();
                        let fix = |right: &String| {
                            let (title, edits) = (format!("Replace with `{right}`"), [writer.rename(self.node, right)]);
                            if paths.len() == 1 { Fix::offered(title, edits) } else { Fix::possible(title, edits) }
                        };
                        paths.iter().map(fix).collect::<Vec<_>>()
                    }),
            );
        }
        Some(schema)
    }

    fn absent(&self, segment: &Segment, name: &str, schema: Node<'_>, names: &[Cow<'_, str>]) -> Diagnostic {
        let near = spelling::closest(name, names.iter().map(AsRef::as_ref));
        let way_out = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None if names.len() < 6 => format!("expected {}", or_list(names.iter().map(AsRef::as_ref))),
            None => "correct the path or the schema".to_owned(),
        };
        let message = format!("the custom schema (`sourceSpec.schema`) has no `{name}` here; {way_out}");
        RULE.at(Severity::Warning, self.node.part(&segment.range), message)
            .with_related(head(schema), "the schema of this object")
            .with_offered_fixes(self.context, |writer| {
                near.map(|near| {
                    let right = self.with(segment.range.clone(), near);
                    Fix::rename(writer, self.node, &right)
                })
            })
    }

    /// The path with a segment for a name in place of a range of bytes.
    fn with(&self, range: Range<usize>, name: &str) -> String {
        let (before, after) = (&self.text[..range.start], &self.text[range.end..]);
        let root = if self.text.trim_start().starts_with('$') || !before.is_empty() { "" } else { "$" };
        format!("{before}{root}{}{after}", json_path::segment_of(name))
    }
}

/// Whether a schema is that of an array, by its `type`.
fn is_array(schema: Node<'_>) -> Option<bool> {
    Some(Schema::new(schema).type_node()?.as_string()? == "array")
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use crate::document::Document;
    use crate::lint::Facts;
    use crate::lint::diagnostics;
    use crate::lint::rules::tests::{batch, check_attributes, check_fixes};
    use crate::text::Text;

    /// Members of `attributes`, followed by a custom schema, whose last brace is that of the attributes.
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
    fn a_path_that_is_not_in_the_schema_is_reported() {
        check_path(
            r#""contentPath": { "path": "$.result" }"#,
            expect![[r#"
                  "contentPath": { "path": "$.result" } },
                                             ^^^^^^^ warning[schema-mismatch]: the custom schema (`sourceSpec.schema`) has no `result` here; did you mean `results`?
                                               see "\"schema\"": the schema of this object
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
                                             ^^^^^ warning[schema-mismatch]: the custom schema (`sourceSpec.schema`) has no array here; a path to records leads to one
                                               see "\"meta\"": the schema of this value
                "schema": { "type": "object", "properties": {
                  "results": { "type": "array", "items": { "type": "object", "properties": { "tags": { "type": "array" }, "name": { "type": "string" } } } },
                  "meta": { "type": "object", "properties": { "a-b": { "type": "integer" } } },
                  "any": { "type": "object", "additionalProperties": true, "properties": { "x": {} } },
                  "free": { "type": "object" } }
            "#]],
        );
    }

    #[test]
    fn a_path_into_the_records_that_is_not_in_the_schema_is_reported() {
        check_path(
            r#""contentPath": { "path": "$.results", "overrideWrapperAttribute": "user" }, "explodeEntityPath": { "path": "$.user.name" }"#,
            expect![[r#"
                  "contentPath": { "path": "$.results", "overrideWrapperAttribute": "user" }, "explodeEntityPath": { "path": "$.user.name" } },
                                                                                                                                    ^^^^^ warning[schema-mismatch]: the custom schema (`sourceSpec.schema`) has no array here; a path to records leads to one
                                                                                                                                      see "\"name\"": the schema of this value
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
                                                                                                   ^^^^^^^ warning[schema-mismatch]: the custom schema (`sourceSpec.schema`) has no `labels` here; expected `tags` or `name`
                                                                                                     see "\"items\"": the schema of this object
                "schema": { "type": "object", "properties": {
                  "results": { "type": "array", "items": { "type": "object", "properties": { "tags": { "type": "array" }, "name": { "type": "string" } } } },
                  "meta": { "type": "object", "properties": { "a-b": { "type": "integer" } } },
                  "any": { "type": "object", "additionalProperties": true, "properties": { "x": {} } },
                  "free": { "type": "object" } }
            "#]],
        );
    }

    #[test]
    fn a_path_that_may_be_in_the_schema_is_not_reported() {
        for path in
            ["$.results", "$['results']", "$.results[*]", "$.any.thing", "$.free.thing", "$..thing", "$", "$.*.x"]
        {
            let text = batch(&with_schema(&format!(r#""contentPath": {{ "path": "{path}" }}"#)));
            let document = Document::new("acme-connectionSpec.json", 0, Text::new(&text));
            let mut found = diagnostics(&document, &Facts::default());
            found.retain(|found| found.code == super::RULE.code);
            assert_eq!(found, [], "{path}");
        }
    }

    #[test]
    fn the_similar_name_is_written() {
        check_fixes(
            &batch(&with_schema(r#""contentPath": { "path": "$.reslts" }"#)),
            expect![[r#"
                schema-mismatch: Replace with `$.results` (preferred)
                -       "contentPath": { "path": "$.reslts" } },
                +       "contentPath": { "path": "$.results" } },
            "#]],
        );
        check_fixes(
            &batch(&with_schema(r#""contentPath": { "path": "$.meta.aB.c" }"#)),
            expect![[r#"
                schema-mismatch: Replace with `$.meta['a-b'].c` (preferred)
                -       "contentPath": { "path": "$.meta.aB.c" } },
                +       "contentPath": { "path": "$.meta['a-b'].c" } },
            "#]],
        );
        check_fixes(
            &batch(&with_schema(r#""contentPath": { "path": "$.results[0].tag" }"#)),
            expect![[r#"
                schema-mismatch: Replace with `$.results[0].tags` (preferred)
                -       "contentPath": { "path": "$.results[0].tag" } },
                +       "contentPath": { "path": "$.results[0].tags" } },
            "#]],
        );
    }

    #[test]
    fn an_array_inside_or_beside_is_written() {
        let schema = |path: &str| {
            batch(&with_schema(&format!(r#""contentPath": {{ "path": "{path}" }}"#)))
                .replace("\"a-b\": { \"type\": \"integer\" }", "\"a-b\": { \"type\": \"array\" }")
        };
        check_fixes(
            &schema("$.meta"),
            expect![[r#"
                schema-mismatch: Replace with `$.meta['a-b']`
                -       "contentPath": { "path": "$.meta" } },
                +       "contentPath": { "path": "$.meta['a-b']" } },
                schema-mismatch: Replace with `$.results`
                -       "contentPath": { "path": "$.meta" } },
                +       "contentPath": { "path": "$.results" } },
            "#]],
        );
        check_fixes(
            &schema("$.results[*].name"),
            expect![[r#"
                schema-mismatch: Replace with `$.results[*].tags` (preferred)
                -       "contentPath": { "path": "$.results[*].name" } },
                +       "contentPath": { "path": "$.results[*].tags" } },
            "#]],
        );
    }
}
