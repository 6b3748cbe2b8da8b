//! `placeholder-ui-text`: a literal text for the catalog, where a submitted batch source has the key of one.

use crate::lint::{Diagnostic, Severity};
use crate::source::model::{Request, UiText};
use crate::syntax::Kind;

use super::{Context, Rule, pages};

pub(crate) const RULE: Rule = Rule {
    code: "placeholder-ui-text",
    severities: &[Severity::Info],
    finds: "`text` in place of `key` in the `uiAttributes` of a batch source: fine for testing, to be replaced before submission",
    why: "`text` is shown as is, so a source can be tested before its texts are in Adobe's catalog. A submitted batch source has a `key` instead, under which the catalog keeps the text in every language. Streaming sources have `text` also when they are submitted, so they are not checked.",
    at: "sourceSpec.attributes.uiAttributes",
    wrong: r#""label": { "text": "Acme orders" }"#,
    right: r#""label": { "key": "acmeOrdersLabel" }"#,
    link: pages::SOURCE_SPEC,
    every_kind: false,
    check,
};

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let ui = context.source().request().and_then(Request::ui_attributes).filter(|_| context.kind.is_batch());
    for object in ui.into_iter().flat_map(|ui| ui.node().members()).map(|member| member.value) {
        let Some(text) = UiText::new(object).text().filter(|text| text.kind() == Kind::String) else { continue };
        let is_of_catalog = context.entry(object).keys().contains(&UiText::KEY);
        if let Some(member) = text.as_part_of_member()
            && is_of_catalog
            && UiText::new(object).key().is_none()
        {
            let message =
                "`text` is for testing; before submission, replace it with the `key` of the text in Adobe's catalog";
            diagnostics.push(RULE.at(Severity::Info, member.key.range(), message));
        }
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::lint::rules::tests::{batch, summary_of};

    #[test]
    fn each_literal_text_is_reported() {
        let text = batch("      \"headerParams\": {}")
            .replace("\"category\": { \"key\"", "\"category\": { \"text\"")
            .replace("\"icon\": { \"key\": \"i\" }", "\"icon\": { \"key\": \"i\", \"text\": \"I\" }")
            .replace("\"label\": { \"key\"", "\"whatever\": { \"text\": 1 }, \"label\": { \"text\"");
        expect![[r#"
            placeholder-ui-text on "text": `text` is for testing; before submission, replace it with the `key` of the text in Adobe's catalog
            unknown-key on "whatever": unknown key `whatever` in `sourceSpec.attributes.uiAttributes`: no page and no live spec has it
            placeholder-ui-text on "text": `text` is for testing; before submission, replace it with the `key` of the text in Adobe's catalog
        "#]].assert_eq(&summary_of(&text));
    }

    #[test]
    fn streaming_sources_are_not_checked() {
        let text = include_str!("../../../tests/specs/streaming-connectionSpec.json");
        assert!(text.contains("\"text\""));
        assert_eq!(summary_of(text), "");
    }
}
