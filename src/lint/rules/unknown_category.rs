//! `unknown-category`: the category is not a known key of the catalog.

use crate::edit::writer::Writer;
use crate::lint::{Diagnostic, Fix, Severity};
use crate::source::model::{Request, UiText};
use crate::source::placeholders::literal;
use crate::spec::spelling::{self, normalized};
use crate::syntax::Node;

use super::{Context, Rule, pages};

pub(crate) const RULE: Rule = Rule {
    code: "unknown-category",
    severities: &[Severity::Warning],
    finds: "a `category` by its name on Adobe's pages (`marketing automation`, `e-Commerce`) instead of its key, or one that no source has",
    why: "The catalog lists a source in the category with this key: `marketingAutomation`, `cloudStorage`, `customerSuccess`. Tables on Adobe's pages have the names of the categories instead. That an unknown key leaves the source out of every category is inferred, not documented. The submission page also lists Analytics and Consent and Preferences, whose keys no source has, so those are not reported.",
    at: "sourceSpec.attributes.uiAttributes",
    wrong: r#""category": { "key": "marketing automation" }"#,
    right: r#""category": { "key": "marketingAutomation" }"#,
    link: pages::SOURCE_SPEC,
    every_kind: false,
    check,
};

/// The categories that the submission page lists and whose keys no source has, normalized.
const LISTED_ONLY: [&str; 2] = ["analytics", "consentandpreferences"];

fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let ui = context.source().request().and_then(Request::ui_attributes);
    let Some(node) = ui.and_then(|ui| UiText::new(ui.category()?).key()) else { return };
    let Some(category) = literal(node) else { return };
    let entry = context.entry(node);
    let keys: Vec<&str> = entry.known_values().iter().filter_map(|choice| choice.value.as_str()).collect();
    if keys.contains(&&*category) || LISTED_ONLY.contains(&normalized(&category).as_str()) {
        return;
    }
    let same = keys.iter().copied().find(|key| normalized(key) == normalized(&category));
    let near = same.or_else(|| spelling::closest(&category, keys.iter().copied()));
    let message = match (same, near) {
        (Some(key), _) => format!("expected the key of the category, `{key}`"),
        (None, Some(key)) => format!("unknown category, which no source has; did you mean `{key}`?"),
        (None, None) => "unknown category, which no source has; use a known key".to_owned(),
    };
    diagnostics.push(
        RULE.at(Severity::Warning, node.range(), message)
            .with_link(entry.link())
            .with_fixes(context, |writer| fixes(writer, node, &keys, same, near)),
    );
}

/// The key of the category, or each known key, the most similar first.
fn fixes(writer: &Writer<'_>, node: Node<'_>, keys: &[&str], same: Option<&str>, near: Option<&str>) -> Vec<Fix> {
    if let Some(key) = same {
        return vec![Fix::rename(writer, node, key).safe_if(true)];
    }
    let mut keys = keys.to_vec();
    keys.sort_by_key(|key| Some(*key) != near);
    keys.into_iter().map(|key| Fix::rename(writer, node, key).likely_if(Some(key) == near)).collect()
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use crate::document::Document;
    use crate::lint::rules::tests::{batch, check_fixes, summary_of};
    use crate::lint::{Facts, fixes};
    use crate::text::Text;

    /// A batch source with this category and no other problem.
    fn with(category: &str) -> String {
        batch("      \"headerParams\": {}").replace("\"crm\"", &format!("\"{category}\""))
    }

    fn check_categories(categories: &[&str], expected: Expect) {
        let said = categories.iter().map(|category| format!("{category}\n{}", summary_of(&with(category))));
        expected.assert_eq(&said.collect::<String>());
    }

    #[test]
    fn the_name_of_a_category_is_reported() {
        check_categories(
            &["marketing automation", "e-Commerce", "CRM"],
            expect![[r#"
                marketing automation
                unknown-category on "marketing automation": expected the key of the category, `marketingAutomation`
                e-Commerce
                unknown-category on "e-Commerce": expected the key of the category, `ecommerce`
                CRM
                unknown-category on "CRM": expected the key of the category, `crm`
            "#]],
        );
    }

    #[test]
    fn an_unknown_category_is_reported() {
        check_categories(
            &["payment", "shoes"],
            expect![[r#"
                payment
                unknown-category on "payment": unknown category, which no source has; did you mean `payments`?
                shoes
                unknown-category on "shoes": unknown category, which no source has; use a known key
            "#]],
        );
    }

    #[test]
    fn known_and_listed_categories_are_not_reported() {
        check_categories(
            &["streaming", "Analytics", "Consent and Preferences", "", "${listId}"],
            expect![[r#"
            streaming
            Analytics
            Consent and Preferences

            ${listId}
        "#]],
        );
    }

    #[test]
    fn the_category_of_a_streaming_source_is_checked() {
        let text = include_str!("../../../tests/specs/streaming-connectionSpec.json");
        assert!(text.contains("\"category\": \"Streaming\"") && text.contains("\"key\": \"streaming\""));
        let said = summary_of(&text.replace("\"key\": \"streaming\"", "\"key\": \"Streaming\""));
        expect![[r#"
            unknown-category on "Streaming": expected the key of the category, `streaming`
        "#]]
        .assert_eq(&said);
    }

    #[test]
    fn the_key_is_written() {
        check_fixes(
            &with("Customer success"),
            expect![[r#"
                unknown-category: Replace with `customerSuccess` (preferred)
                -         "isSource": true, "category": { "key": "Customer success" }, "icon": { "key": "i" },
                +         "isSource": true, "category": { "key": "customerSuccess" }, "icon": { "key": "i" },
            "#]],
        );
        check_fixes(
            &with("data base"),
            expect![[r#"
                unknown-category: Replace with `database` (preferred)
                -         "isSource": true, "category": { "key": "data base" }, "icon": { "key": "i" },
                +         "isSource": true, "category": { "key": "database" }, "icon": { "key": "i" },
            "#]],
        );
    }

    #[test]
    fn known_keys_are_offered() {
        let text = with("databases");
        let document = Document::new("acme-connectionSpec.json", 0, Text::new(&text));
        let fixes = fixes(&document, &Facts::default(), 0..text.len());
        let titles: Vec<String> =
            fixes.iter().map(|tried| format!("{} {}", tried.fix.title, tried.is_preferred)).collect();
        expect![[r#"
            Replace with `database` true
            Replace with `advertising` false
            Replace with `cloudStorage` false
            Replace with `crm` false
            Replace with `customerSuccess` false
            Replace with `ecommerce` false
            Replace with `marketingAutomation` false
            Replace with `payments` false
            Replace with `protocols` false
            Replace with `streaming` false
            Replace with `adobeSolutions` false"#]]
        .assert_eq(&titles.join("\n"));
    }
}
