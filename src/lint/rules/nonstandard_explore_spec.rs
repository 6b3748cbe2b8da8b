//! `nonstandard-explore-spec`: the explore spec is not the fixed one for the kind of source.

use std::ops::Range;

use crate::lint::schema::ViolationKind;
use crate::lint::{Diagnostic, Fix, Severity};
use crate::source::model::{ExploreSpec, Schema};
use crate::source::placeholders::literal;
use crate::source::template_placeholders;
use crate::spec::{Entry, Json, SpecKind};
use crate::syntax::{Kind, Member, Node};

use super::{Context, Rule, head};

pub(crate) const RULE: Rule = Rule {
    code: "nonstandard-explore-spec",
    severities: &[Severity::Warning],
    finds: "an `exploreSpec` of a batch source that differs from the payload which Adobe says to copy, or one of a streaming source whose `type` is not `StreamingConnection`",
    why: "The explore spec describes how the source is sampled while its columns are mapped. Adobe gives one payload for all batch sources, to be copied as is. The order of its keys does not matter, nor does the space in `http: //` that Adobe's own copy has (`invalid-schema-uri` reports that). A streaming source has nothing to explore and only states that by its `type`.",
    at: "exploreSpec",
    wrong: r#""name": "Resource", "type": "Tabular""#,
    right: r#""name": "Resource", "type": "Resource""#,
    link: "https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/explorespec",
    every_kind: false,
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let explore = context.source().explore_spec().filter(|node| node.kind() == Kind::Object);
    let Some(node) = explore else { return };
    match context.kind {
        SpecKind::Rest if node.is_well_formed() => diagnostics.extend(other_payload(context, node)),
        SpecKind::Streaming => diagnostics.extend(other_type(context, node)),
        SpecKind::Rest | SpecKind::Other | SpecKind::Undecided => {}
    }
}

/// What differs from the payload of a batch source.
fn other_payload(context: &Context<'_>, node: Node<'_>) -> Option<Diagnostic> {
    let payload = payload(&context.entry(node))?;
    let range = difference(context, node, payload)?;
    let message = "the explore spec differs from the fixed payload of batch sources; replace all of it";
    Some(
        RULE.at(Severity::Warning, range, message)
            .with_fixes(context, |writer| [Fix::offered(REPLACE, [writer.replace(node, &payload.to_value())])]),
    )
}

/// Whether this is the explore spec of a batch source and has no key of the payload: then one diagnostic is enough.
pub(super) fn lacks_payload(context: &Context<'_>, object: Node<'_>) -> bool {
    let is_it = context.kind.is_batch() && context.source().explore_spec() == Some(object);
    let entry = is_it.then(|| context.entry(object));
    let payload = entry.as_deref().and_then(payload);
    payload.is_some_and(|payload| payload.members().all(|(key, _)| object.get(key).is_none()))
        && object.is_well_formed()
}

/// The title of the fix, and of the refactoring that does the same.
pub(crate) const REPLACE: &str = "Replace with the standard explore spec";

/// The payload of this kind of source.
pub(crate) fn payload(entry: &Entry) -> Option<&'static Json> {
    entry.snippets().into_iter().next().map(|template| template.body)
}

/// Where an explore spec first differs from the payload, except for what other rules report, such as a `$schema`.
fn difference(context: &Context<'_>, node: Node<'_>, payload: &Json) -> Option<Range<usize>> {
    let is_reported = |kind: ViolationKind| {
        let is_missing = matches!(kind, ViolationKind::Expected(_));
        !(is_missing && lacks_payload(context, node))
            && context.violations().iter().any(|violation| violation.node == node && violation.kind == kind)
    };
    match (node.kind(), payload) {
        (Kind::Object, Json::Object(_)) => {
            let keys = payload.members().filter(|(key, _)| *key != Schema::SCHEMA);
            let differs = |(key, value): (&str, &Json)| match node.get(key) {
                Some(inner) => difference(context, inner, value),
                None => (!is_reported(ViolationKind::Expected(key.to_owned()))).then(|| head(node)),
            };
            let is_more =
                |key: &str| payload.get(key).is_none() && !is_reported(ViolationKind::Unknown(key.to_owned()));
            let more = |member: Member<'_>| is_more(&member.key.string()?).then(|| member.key.range());
            keys.filter_map(differs).chain(node.members().filter_map(more)).min_by_key(|range| range.start)
        }
        (Kind::String, Json::String(text)) => {
            (node.string().as_deref() != Some(text) && !template_placeholders::occur_in(node)).then(|| node.range())
        }
        (Kind::Object | Kind::Array, _) => (!is_reported(ViolationKind::WrongType)).then(|| head(node)),
        _ => (!is_reported(ViolationKind::WrongType)).then(|| node.range()),
    }
}

/// Another `type` in the explore spec of a streaming source.
fn other_type(context: &Context<'_>, node: Node<'_>) -> Option<Diagnostic> {
    let node = ExploreSpec::new(node).type_node()?;
    let written = literal(node)?;
    let known = context.entry(node).known_values();
    let right = known.first()?.value.as_str().filter(|right| *right != written)?;
    let message = format!("expected `{right}`, the type of a streaming source's explore spec");
    Some(
        RULE.at(Severity::Warning, node.range(), message).with_fixes(context, |writer| {
            [Fix::rename(writer, node, right).safe_if(right.eq_ignore_ascii_case(&written))]
        }),
    )
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use crate::lint::rules::tests::{batch, check_fixes, summary_of};
    use crate::spec::{self, Json};

    fn payload() -> Json {
        let snippets = spec::schema().pointer("/definitions/exploreSpec/x-snippets/0/body");
        snippets.cloned().expect("the vocabulary has it")
    }

    /// A batch source that is fine but for its explore spec.
    fn with(explore: &str) -> String {
        let text = batch("      \"headerParams\": {}");
        let (start, end) = (text.find("  \"exploreSpec\""), text.find("  \"sourceSpec\""));
        let (Some(start), Some(end)) = (start, end) else { panic!("{text}") };
        format!("{}  \"exploreSpec\": {explore},\n{}", &text[..start], &text[end..])
    }

    /// The diagnostics of explore specs: the payload with each change.
    fn check_changes(changes: &[(&str, &str)], expected: Expect) {
        let payload = payload().to_string();
        let mut rendered = String::new();
        for (old, new) in changes {
            assert!(payload.contains(old), "{old} in {payload}");
            let text = with(&payload.replacen(old, new, 1));
            rendered += &format!("{new}\n{}", summary_of(&text));
        }
        expected.assert_eq(&rendered);
    }

    #[test]
    fn a_difference_from_the_payload_is_reported() {
        check_changes(
            &[
                ("\"name\":\"Resource\"", "\"name\":\"Resources\""),
                ("\"type\":\"Resource\"", "\"type\":\"Tabular\""),
                ("\"format\":{\"type\":\"string\"}", "\"format\":{\"type\":\"object\"}"),
                ("\"format\":{\"type\":\"string\"},", ""),
                ("{\"columns\":{", "{\"rows\":{},\"columns\":{"),
                ("{\"type\":\"array\",\"items\":{\"type\":\"object\"}}", "[]"),
                (&payload().to_string(), "{}"),
                (&payload().to_string(), "{\"name\":\"Resource\",\"type\":\"Resource\"}"),
            ],
            expect![[r#"
                "name":"Resources"
                nonstandard-explore-spec on "Resources": the explore spec differs from the fixed payload of batch sources; replace all of it
                "type":"Tabular"
                nonstandard-explore-spec on "Tabular": the explore spec differs from the fixed payload of batch sources; replace all of it
                "format":{"type":"object"}
                nonstandard-explore-spec on "object": the explore spec differs from the fixed payload of batch sources; replace all of it

                nonstandard-explore-spec on "properties": the explore spec differs from the fixed payload of batch sources; replace all of it
                {"rows":{},"columns":{
                nonstandard-explore-spec on "rows": the explore spec differs from the fixed payload of batch sources; replace all of it
                []
                embedded-schema on "data": expected a JSON Schema (object or boolean) in `data`, found an array
                nonstandard-explore-spec on "data": the explore spec differs from the fixed payload of batch sources; replace all of it
                {}
                nonstandard-explore-spec on "exploreSpec": the explore spec differs from the fixed payload of batch sources; replace all of it
                {"name":"Resource","type":"Resource"}
                missing-key on "exploreSpec": missing `requestSpec` in `exploreSpec`; Adobe's template has it
                missing-key on "exploreSpec": missing `responseSpec` in `exploreSpec`; Adobe's template has it
            "#]],
        );
    }

    #[test]
    fn the_order_of_keys_is_not_reported() {
        check_changes(
            &[
                ("\"name\":\"Resource\",\"type\":\"Resource\"", "\"type\":\"Resource\",\"name\":\"Resource\""),
                ("http://json-schema.org/draft-07/schema#", "http: //json-schema.org/draft-07/schema#"),
            ],
            expect![[r#"
                "type":"Resource","name":"Resource"
                http: //json-schema.org/draft-07/schema#
                invalid-schema-uri on "http: //json-schema.org/draft-07/schema#": space in a `$schema` URI, which then names no JSON Schema version; use `http://json-schema.org/draft-07/schema#`. Adobe's published explore specs have this space too, and Flow Service keeps it.
            "#]],
        );
    }

    #[test]
    fn other_rules_report_what_is_theirs() {
        check_changes(
            &[
                ("\"name\":\"Resource\",", ""),
                ("\"name\":\"Resource\"", "\"name\":1"),
                ("\"name\":\"Resource\"", "\"name\":\"{NAME}\""),
                ("\"name\":\"Resource\"", "\"name\":\"Resource\",\"more\":1"),
                ("\"name\":\"Resource\"", "\"name\":"),
            ],
            expect![[r#"

                missing-key on "exploreSpec": missing `name` in `exploreSpec`; Adobe's template has it
                "name":1
                wrong-type on 1: expected a string, found a number; add double quotes
                "name":"{NAME}"
                unfilled-template on {NAME}: unfilled template placeholder `{NAME}`; replace it with your own value. Name of the explore type: `Resource` for a batch source.
                "name":"Resource","more":1
                unknown-key on "more": unknown key `more` in `exploreSpec`: no page and no live spec has it
                "name":
                syntax-error on : missing value
            "#]],
        );
    }

    #[test]
    fn the_payload_is_written() {
        let other = payload().to_string().replacen("\"Resource\"", "\"Tabular\"", 1);
        check_fixes(
            &with(&other),
            expect![[r#"
                nonstandard-explore-spec: Replace with the standard explore spec (preferred)
                -   "exploreSpec": {"name":"Tabular","type":"Resource","requestSpec":{"$schema":"http://json-schema.org/draft-07/schema#","type":"object"},"responseSpec":{"$schema":"http://json-schema.org/draft-07/schema#","type":"object","properties":{"format":{"type":"string"},"schema":{"type":"object","properties":{"columns":{"type":"array","items":{"type":"object","properties":{"name":{"type":"string"},"type":{"type":"string"}}}}}},"data":{"type":"array","items":{"type":"object"}}}}},
                +   "exploreSpec": {
                +     "name": "Resource",
                +     "type": "Resource",
                +     "requestSpec": {
                +       "$schema": "http://json-schema.org/draft-07/schema#",
                +       "type": "object"
                +     },
                +     "responseSpec": {
                +       "$schema": "http://json-schema.org/draft-07/schema#",
                +       "type": "object",
                +       "properties": {
                +         "format": {
                +           "type": "string"
                +         },
                +         "schema": {
                +           "type": "object",
                +           "properties": {
                +             "columns": {
                +               "type": "array",
                +               "items": {
                +                 "type": "object",
                +                 "properties": {
                +                   "name": {
                +                     "type": "string"
                +                   },
                +                   "type": {
                +                     "type": "string"
                +                   }
                +                 }
                +               }
                +             }
                +           }
                +         },
                +         "data": {
                +           "type": "array",
                +           "items": {
                +             "type": "object"
                +           }
                +         }
                +       }
                +     }
                +   },
            "#]],
        );
    }

    /// A streaming source with this type of exploring.
    fn streaming(kind: &str) -> String {
        include_str!("../../../tests/specs/streaming-connectionSpec.json").replace("StreamingConnection", kind)
    }

    #[test]
    fn another_type_in_a_streaming_source_is_reported() {
        let reported = ["Resource", "StreamingConnection", "{TYPE}"]
            .map(|kind| format!("{kind}\n{}", summary_of(&streaming(kind))));
        expect![[r#"
            Resource
            nonstandard-explore-spec on "Resource": expected `StreamingConnection`, the type of a streaming source's explore spec
            StreamingConnection
            {TYPE}
            unfilled-template on {TYPE}: unfilled template placeholder `{TYPE}`; replace it with your own value. `StreamingConnection`; there is nothing to explore.
        "#]].assert_eq(&reported.concat());
        check_fixes(
            &streaming("streamingconnection"),
            expect![[r#"
                nonstandard-explore-spec: Replace with `StreamingConnection` (preferred)
                -     "type": "streamingconnection"
                +     "type": "StreamingConnection"
            "#]],
        );
        check_fixes(
            &streaming("Resource"),
            expect![[r#"
                nonstandard-explore-spec: Replace with `StreamingConnection` (preferred)
                -     "type": "Resource"
                +     "type": "StreamingConnection"
            "#]],
        );
    }
}
