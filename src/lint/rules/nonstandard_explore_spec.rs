//! `nonstandard-explore-spec`: the explore spec is not the fixed one of the kind of source.

use std::ops::Range;

use crate::lint::Diagnostic;
use crate::lint::Fix;
use crate::lint::Severity;
use crate::lint::schema::Mistake;
use crate::spec::{Entry, Json, SpecKind};
use crate::syntax::{Kind, Member, Node};

use crate::source::inputs::fixed_text;

use super::{Context, Rule, head, is_template_text};

pub(crate) const RULE: Rule = Rule {
    code: "nonstandard-explore-spec",
    severities: &[Severity::Warning],
    finds: "an `exploreSpec` of a batch source that is not the payload which Adobe says to copy, or one of a streaming source whose `type` is not `StreamingConnection`",
    why: "The explore spec says how the source is sampled while its columns are mapped. Adobe gives one payload for all batch sources, to be copied as it stands. The order of its keys is of no matter, and neither is the blank in `http: //` that Adobe's own copy has (a rule for `$schema` speaks of that). A streaming source has nothing to explore and only says so by its `type`.",
    at: "exploreSpec",
    wrong: r#""name": "Resource", "type": "Tabular""#,
    right: r#""name": "Resource", "type": "Resource""#,
    link: "https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/explorespec",
    every_kind: false,
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(node) = context.tree.root().get("exploreSpec").filter(|node| node.kind() == Kind::Object) else { return };
    match context.kind {
        SpecKind::Rest if node.is_well_formed() => found.extend(other_payload(context, node)),
        SpecKind::Streaming => found.extend(other_type(context, node)),
        _ => {}
    }
}

/// What differs from the payload of a batch source.
fn other_payload(context: &Context<'_>, node: Node<'_>) -> Option<Diagnostic> {
    let payload = payload(&context.entry(node))?;
    let range = difference(context, node, payload)?;
    let message =
        "The explore spec of a batch source is a fixed payload, and this differs from it. Replace it as a whole.";
    let mut diagnostic = RULE.at(Severity::Warning, range, message);
    context.fix(&mut diagnostic, |writer| [Fix::offered(REPLACE, [writer.replace(node, &payload.to_value())])]);
    Some(diagnostic)
}

/// Whether this is the explore spec of a batch source and has nothing of the payload: then one diagnostic says it all.
pub(super) fn speaks_for(context: &Context<'_>, object: Node<'_>) -> bool {
    let is_it = context.kind == SpecKind::Rest && context.tree.root().get("exploreSpec") == Some(object);
    let entry = is_it.then(|| context.entry(object));
    let payload = entry.as_deref().and_then(payload);
    payload.is_some_and(|payload| payload.members().all(|(key, _)| object.get(key).is_none()))
        && object.is_well_formed()
}

/// What the fix does; the refactoring that does the same is called so too.
pub(crate) const REPLACE: &str = "Replace by the fixed explore spec";

/// The payload of this kind of source.
pub(crate) fn payload(entry: &Entry) -> Option<&'static Json> {
    entry.snippets().into_iter().next().map(|template| template.body)
}

/// Where an explore spec first differs from the payload, but for what other rules say of it. Of a `$schema` another rule
/// speaks.
fn difference(context: &Context<'_>, node: Node<'_>, payload: &Json) -> Option<Range<usize>> {
    let is_said = |mistake: Mistake| {
        let is_lacking = matches!(mistake, Mistake::Expected(_));
        !(is_lacking && speaks_for(context, node))
            && context.violations().iter().any(|violation| violation.node == node && violation.mistake == mistake)
    };
    match (node.kind(), payload) {
        (Kind::Object, Json::Object(_)) => {
            let keys = payload.members().filter(|(key, _)| *key != "$schema");
            let differs = |(key, value): (&str, &Json)| match node.get(key) {
                Some(inner) => difference(context, inner, value),
                None => (!is_said(Mistake::Expected(key.to_owned()))).then(|| head(node)),
            };
            let is_more = |key: &str| payload.get(key).is_none() && !is_said(Mistake::Unknown(key.to_owned()));
            let more = |member: Member<'_>| is_more(&member.key.string()?).then(|| member.key.range());
            keys.filter_map(differs).chain(node.members().filter_map(more)).min_by_key(|range| range.start)
        }
        (Kind::String, Json::String(text)) => {
            (node.string().as_deref() != Some(text) && !is_template_text(node)).then(|| node.range())
        }
        (Kind::Object | Kind::Array, _) => (!is_said(Mistake::WrongType)).then(|| head(node)),
        _ => (!is_said(Mistake::WrongType)).then(|| node.range()),
    }
}

/// What is wrong with the `type` of a streaming source's explore spec.
fn other_type(context: &Context<'_>, node: Node<'_>) -> Option<Diagnostic> {
    let node = node.get("type")?;
    let said = fixed_text(node)?;
    let known = context.entry(node).known_values();
    let right = known.first()?.value.as_str().filter(|right| *right != said)?;
    let message = format!("The explore spec of a streaming source has the type `{right}`. Replace this one.");
    let mut diagnostic = RULE.at(Severity::Warning, node.range(), message);
    context.fix(&mut diagnostic, |writer| {
        let (title, edits) = (format!("Replace by `{right}`"), [writer.rename(node, right)]);
        [if right.eq_ignore_ascii_case(&said) { Fix::safe(title, edits) } else { Fix::offered(title, edits) }]
    });
    Some(diagnostic)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use crate::lint::rules::tests::{batch, check_fixes, said_of};
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

    /// What is said of explore specs: the payload with something in the place of something else.
    fn check_changes(changes: &[(&str, &str)], expected: Expect) {
        let payload = payload().to_string();
        let mut drawn = String::new();
        for (old, new) in changes {
            assert!(payload.contains(old), "{old} in {payload}");
            let text = with(&payload.replacen(old, new, 1));
            drawn += &format!("{new}\n{}", said_of(&text));
        }
        expected.assert_eq(&drawn);
    }

    #[test]
    fn what_differs_from_the_payload() {
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
                nonstandard-explore-spec on "Resources": The explore spec of a batch source is a fixed payload, and this differs from it. Replace it as a whole.
                "type":"Tabular"
                nonstandard-explore-spec on "Tabular": The explore spec of a batch source is a fixed payload, and this differs from it. Replace it as a whole.
                "format":{"type":"object"}
                nonstandard-explore-spec on "object": The explore spec of a batch source is a fixed payload, and this differs from it. Replace it as a whole.

                nonstandard-explore-spec on "properties": The explore spec of a batch source is a fixed payload, and this differs from it. Replace it as a whole.
                {"rows":{},"columns":{
                nonstandard-explore-spec on "rows": The explore spec of a batch source is a fixed payload, and this differs from it. Replace it as a whole.
                []
                embedded-schema on "data": An object `{ }` or `true` or `false` belongs here, not a list. Here the JSON schema of `data` has to stand.
                nonstandard-explore-spec on "data": The explore spec of a batch source is a fixed payload, and this differs from it. Replace it as a whole.
                {}
                nonstandard-explore-spec on "exploreSpec": The explore spec of a batch source is a fixed payload, and this differs from it. Replace it as a whole.
                {"name":"Resource","type":"Resource"}
                missing-key on "exploreSpec": `requestSpec` is missing in `exploreSpec`. Adobe's template has it.
                missing-key on "exploreSpec": `responseSpec` is missing in `exploreSpec`. Adobe's template has it.
            "#]],
        );
    }

    #[test]
    fn what_does_not() {
        check_changes(
            &[
                ("\"name\":\"Resource\",\"type\":\"Resource\"", "\"type\":\"Resource\",\"name\":\"Resource\""),
                ("http://json-schema.org/draft-07/schema#", "http: //json-schema.org/draft-07/schema#"),
            ],
            expect![[r#"
                "type":"Resource","name":"Resource"
                http: //json-schema.org/draft-07/schema#
                invalid-schema-uri on "http: //json-schema.org/draft-07/schema#": A blank stands in this address, so it names no version of JSON Schema. Write `http://json-schema.org/draft-07/schema#`; Adobe's published explore specs have this blank too, and the service keeps it.
            "#]],
        );
    }

    #[test]
    fn what_other_rules_say() {
        check_changes(
            &[
                ("\"name\":\"Resource\",", ""),
                ("\"name\":\"Resource\"", "\"name\":1"),
                ("\"name\":\"Resource\"", "\"name\":\"{NAME}\""),
                ("\"name\":\"Resource\"", "\"name\":\"Resource\",\"more\":1"),
                ("\"name\":\"Resource\"", "\"name\":"),
            ],
            expect![[r#"

                missing-key on "exploreSpec": `name` is missing in `exploreSpec`. Adobe's template has it.
                "name":1
                wrong-type on 1: A text in quotes belongs here, not a number. Put it in double quotes.
                "name":"{NAME}"
                unfilled-template on {NAME}: `{NAME}` is a blank of the template. Write your own value in its place.
                "name":"Resource","more":1
                unknown-key on "more": `more` is not known in `exploreSpec`: no page and no live spec shows it there.
                "name":
                syntax-error on : The value of this key is missing.
            "#]],
        );
    }

    #[test]
    fn is_replaced_by_the_payload() {
        let other = payload().to_string().replacen("\"Resource\"", "\"Tabular\"", 1);
        check_fixes(
            &with(&other),
            expect![[r#"
                nonstandard-explore-spec: Replace by the fixed explore spec (preferred)
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
    fn the_type_of_a_streaming_source() {
        let said =
            ["Resource", "StreamingConnection", "{TYPE}"].map(|kind| format!("{kind}\n{}", said_of(&streaming(kind))));
        expect![[r#"
            Resource
            nonstandard-explore-spec on "Resource": The explore spec of a streaming source has the type `StreamingConnection`. Replace this one.
            StreamingConnection
            {TYPE}
            unfilled-template on {TYPE}: `{TYPE}` is a blank of the template. Write your own value in its place.
        "#]].assert_eq(&said.concat());
        check_fixes(
            &streaming("streamingconnection"),
            expect![[r#"
            nonstandard-explore-spec: Replace by `StreamingConnection` (preferred)
            -     "type": "streamingconnection"
            +     "type": "StreamingConnection"
        "#]],
        );
        check_fixes(
            &streaming("Resource"),
            expect![[r#"
            nonstandard-explore-spec: Replace by `StreamingConnection` (preferred)
            -     "type": "Resource"
            +     "type": "StreamingConnection"
        "#]],
        );
    }
}
