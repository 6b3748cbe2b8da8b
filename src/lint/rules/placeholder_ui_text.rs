//! `placeholder-ui-text`: a text of the catalog as it stands, where a submitted batch source has the key of one.

use crate::lint::Diagnostic;
use crate::lint::Severity;
use crate::spec::SpecKind;
use crate::syntax::{Kind, Node};

use super::{Context, Rule, pages};

pub(crate) const RULE: Rule = Rule {
    code: "placeholder-ui-text",
    severities: &[Severity::Info],
    finds: "`text` in place of `key` in the `uiAttributes` of a batch source: fine while testing, to be replaced before submission",
    why: "`text` is shown as it stands, so a source can be tried out before its texts are in Adobe's catalog. A submitted batch source has a `key` there, under which the catalog keeps the text in every language. Streaming sources have `text` also when they are submitted, so nothing is said there.",
    at: "sourceSpec.attributes.uiAttributes",
    wrong: r#""label": { "text": "Acme orders" }"#,
    right: r#""label": { "key": "acmeOrdersLabel" }"#,
    link: pages::SOURCE_SPEC,
    every_kind: false,
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let is_batch = context.kind == SpecKind::Rest;
    let shown = context.tree.root().at(&["sourceSpec", "attributes", "uiAttributes"]).filter(|_| is_batch);
    for object in shown.into_iter().flat_map(Node::members).map(|member| member.value) {
        let Some(text) = object.get("text").filter(|text| text.kind() == Kind::String) else { continue };
        let is_of_catalog = context.entry(object).keys().contains(&"key");
        if let Some(member) = text.as_part_of_member()
            && is_of_catalog
            && object.get("key").is_none()
        {
            let message = "A text is fine while you test. Before the source is submitted, put the `key` in its place under which Adobe's catalog keeps it.";
            found.push(RULE.at(Severity::Info, member.key.range(), message));
        }
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::lint::rules::tests::{batch, said_of};

    #[test]
    fn in_each_text_of_the_catalog() {
        let text = batch("      \"headerParams\": {}")
            .replace("\"category\": { \"key\"", "\"category\": { \"text\"")
            .replace("\"icon\": { \"key\": \"i\" }", "\"icon\": { \"key\": \"i\", \"text\": \"I\" }")
            .replace("\"label\": { \"key\"", "\"whatever\": { \"text\": 1 }, \"label\": { \"text\"");
        expect![[r#"
              placeholder-ui-text on "text": A text is fine while you test. Before the source is submitted, put the `key` in its place under which Adobe's catalog keeps it.
              unknown-key on "whatever": `whatever` is not known in `sourceSpec.attributes.uiAttributes`: no page and no live spec shows it there.
              placeholder-ui-text on "text": A text is fine while you test. Before the source is submitted, put the `key` in its place under which Adobe's catalog keeps it.
        "#]].assert_eq(&said_of(&text));
    }

    #[test]
    fn not_in_a_streaming_source() {
        let text = include_str!("../../../tests/specs/streaming-connectionSpec.json");
        assert!(text.contains("\"text\""));
        assert_eq!(said_of(text), "");
    }
}
