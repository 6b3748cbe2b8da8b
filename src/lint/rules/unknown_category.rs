//! `unknown-category`: the group of the catalog is not written as the catalog's key for it.

use crate::edit::writer::Writer;
use crate::lint::Diagnostic;
use crate::lint::Fix;
use crate::lint::Severity;
use crate::spec::spelling;
use crate::syntax::Node;

use crate::source::inputs::fixed_text;

use super::{Context, Rule, pages};

pub(crate) const RULE: Rule = Rule {
    code: "unknown-category",
    severities: &[Severity::Warning],
    finds: "a `category` in the spelling of the pages' prose (`marketing automation`, `e-Commerce`) instead of its key, or one that no source shows",
    why: "The catalog lists a source under the group whose key stands here: `marketingAutomation`, `cloudStorage`, `customerSuccess`. Tables of Adobe's pages write the names of the groups instead. That an unknown key leaves the source out of every group is inferred. The submission page also lists Analytics and Consent and Preferences, whose keys no source shows, so nothing is said about those.",
    at: "sourceSpec.attributes.uiAttributes",
    wrong: r#""category": { "key": "marketing automation" }"#,
    right: r#""category": { "key": "marketingAutomation" }"#,
    link: pages::SOURCE_SPEC,
    every_kind: false,
    check,
};

/// The groups that the submission page lists and whose keys no source shows, as letters alone.
const LISTED_ONLY: [&str; 2] = ["analytics", "consentandpreferences"];

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let place = ["sourceSpec", "attributes", "uiAttributes", "category", "key"];
    let Some(node) = context.tree.root().at(&place) else { return };
    let Some(said) = fixed_text(node) else { return };
    let entry = context.entry(node);
    let keys: Vec<&str> = entry.known_values().iter().filter_map(|choice| choice.value.as_str()).collect();
    if keys.contains(&&*said) || LISTED_ONLY.contains(&plain(&said).as_str()) {
        return;
    }
    let same = keys.iter().copied().find(|key| plain(key) == plain(&said));
    let near = same.or_else(|| spelling::closest(&said, keys.iter().copied()));
    let message = match (same, near) {
        (Some(key), _) => format!("The catalog's key of this group is `{key}`. Write it so."),
        (None, Some(key)) => format!("No source shows this group of the catalog. Did you mean `{key}`?"),
        (None, None) => "No source shows this group of the catalog. Take one of the keys that are known.".to_owned(),
    };
    let mut diagnostic = RULE.at(Severity::Warning, node.range(), message);
    diagnostic.link = entry.link().unwrap_or(RULE.link);
    context.fix(&mut diagnostic, |writer| fixes(writer, node, &keys, same, near));
    found.push(diagnostic);
}

/// The key that is meant, or each that is known, the nearest first.
fn fixes(writer: &Writer<'_>, node: Node<'_>, keys: &[&str], same: Option<&str>, near: Option<&str>) -> Vec<Fix> {
    let replace = |key: &str| (format!("Replace by `{key}`"), [writer.rename(node, key)]);
    if let Some((title, edits)) = same.map(replace) {
        return vec![Fix::safe(title, edits)];
    }
    let mut keys = keys.to_vec();
    keys.sort_by_key(|key| Some(*key) != near);
    let fix = |key: &str| {
        let (title, edits) = replace(key);
        if Some(key) == near { Fix::offered(title, edits) } else { Fix::possible(title, edits) }
    };
    keys.into_iter().map(fix).collect()
}

/// A group without what its spellings differ in.
pub(crate) fn plain(group: &str) -> String {
    group.chars().filter(|char| char.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use crate::document::Document;
    use crate::lint::rules::tests::{batch, check_fixes, said_of};
    use crate::lint::{Facts, fixes};
    use crate::text::Text;

    /// A batch source with this group of the catalog, that is otherwise fine.
    fn with(group: &str) -> String {
        batch("      \"headerParams\": {}").replace("\"crm\"", &format!("\"{group}\""))
    }

    fn check_groups(groups: &[&str], expected: Expect) {
        let said = groups.iter().map(|group| format!("{group}\n{}", said_of(&with(group))));
        expected.assert_eq(&said.collect::<String>());
    }

    #[test]
    fn the_spelling_of_the_prose() {
        check_groups(
            &["marketing automation", "e-Commerce", "CRM"],
            expect![[r#"
                marketing automation
                unknown-category on "marketing automation": The catalog's key of this group is `marketingAutomation`. Write it so.
                e-Commerce
                unknown-category on "e-Commerce": The catalog's key of this group is `ecommerce`. Write it so.
                CRM
                unknown-category on "CRM": The catalog's key of this group is `crm`. Write it so.
            "#]],
        );
    }

    #[test]
    fn groups_that_no_source_shows() {
        check_groups(
            &["payment", "shoes"],
            expect![[r#"
                payment
                unknown-category on "payment": No source shows this group of the catalog. Did you mean `payments`?
                shoes
                unknown-category on "shoes": No source shows this group of the catalog. Take one of the keys that are known.
            "#]],
        );
    }

    #[test]
    fn known_groups_and_those_that_are_only_listed() {
        check_groups(
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
    fn in_a_streaming_source_and_not_in_the_attributes_of_the_spec() {
        let text = include_str!("../../../tests/specs/streaming-connectionSpec.json");
        assert!(text.contains("\"category\": \"Streaming\"") && text.contains("\"key\": \"streaming\""));
        let said = said_of(&text.replace("\"key\": \"streaming\"", "\"key\": \"Streaming\""));
        expect![[r#"
              category on "Streaming": The catalog's key of this group is `streaming`. Write it so.
        "#]]
        .assert_eq(&said);
    }

    #[test]
    fn the_key_is_written() {
        check_fixes(
            &with("Customer success"),
            expect![[r#"
            unknown-category: Replace by `customerSuccess` (preferred)
            -         "isSource": true, "category": { "key": "Customer success" }, "icon": { "key": "i" },
            +         "isSource": true, "category": { "key": "customerSuccess" }, "icon": { "key": "i" },
        "#]],
        );
        check_fixes(
            &with("data base"),
            expect![[r#"
            unknown-category: Replace by `database` (preferred)
            -         "isSource": true, "category": { "key": "data base" }, "icon": { "key": "i" },
            +         "isSource": true, "category": { "key": "database" }, "icon": { "key": "i" },
        "#]],
        );
    }

    #[test]
    fn or_one_of_those_that_are_known() {
        let text = with("databases");
        let document = Document::new("acme-connectionSpec.json", 0, Text::new(&text));
        let fixes = fixes(&document, &Facts::default(), 0..text.len());
        let titles: Vec<String> =
            fixes.iter().map(|tried| format!("{} {}", tried.fix.title, tried.is_preferred)).collect();
        expect![[r#"
            Replace by `database` true
            Replace by `advertising` false
            Replace by `cloudStorage` false
            Replace by `crm` false
            Replace by `customerSuccess` false
            Replace by `ecommerce` false
            Replace by `marketingAutomation` false
            Replace by `payments` false
            Replace by `protocols` false
            Replace by `streaming` false
            Replace by `adobeSolutions` false"#]]
        .assert_eq(&titles.join("\n"));
    }
}
