//! The part of a spec that Flow Service has rejected, as far as its error code tells. The codes are documented by Adobe; that
//! they are about these keys is inferred from the wording of the page that lists them.

use std::ops::Range;

use crate::document::Document;
use crate::source::model::{Records, Request, Source, SourceSpec};
use crate::syntax::Tree;

/// The path of keys that each code is about. If it is missing, the parent is used.
const PATHS: &[(&str, &[&str])] = &[
    ("1301-400", &[Source::AUTH_SPEC]),
    ("1302-400", &[Source::AUTH_SPEC]),
    ("1313-400", CONTENT_PATH),
    ("1314-400", CONTENT_PATH),
    ("1315-400", CONTENT_PATH),
    ("1316-400", &[Source::SOURCE_SPEC, SourceSpec::ATTRIBUTES, Request::PAGINATION_PARAMS]),
    ("1317-400", &[Source::SOURCE_SPEC, SourceSpec::ATTRIBUTES, Request::SCHEDULE_PARAMS]),
    ("1318-400", &[Source::SOURCE_SPEC, SourceSpec::ATTRIBUTES]),
    ("1319-400", &[Source::SOURCE_SPEC, SourceSpec::ATTRIBUTES, Request::EXPLODE_ENTITY_PATH, Records::PATH]),
    ("1415-400", &[Source::AUTH_SPEC]),
];

const CONTENT_PATH: &[&str] = &[Source::SOURCE_SPEC, SourceSpec::ATTRIBUTES, Request::CONTENT_PATH, Records::PATH];

/// The codes about one top-level key, which is named in the message.
const NAMED: &[&str] = &["1304-400", "1312-400", "1393-400", "1394-400"];

/// The bytes that an error of Flow Service is about, by its code, such as `1316-400`, and its details. `None` if that is
/// unknown.
pub fn rejected_range(document: &Document, code: &str, details: Option<&str>) -> Option<Range<usize>> {
    let tree = document.tree();
    if let Some((_, keys)) = PATHS.iter().find(|(known, _)| *known == code) {
        return Some(deepest(tree, keys));
    }
    if !NAMED.contains(&code) {
        return None;
    }
    let details = details?;
    let is_named = |key: &&str| details.split(|char: char| !char.is_alphanumeric()).any(|word| word == *key);
    let named = [
        Source::NAME,
        Source::PROVIDER_ID,
        Source::VERSION,
        Source::TYPE,
        Source::DESCRIPTION,
        Source::AUTH_SPEC,
        Source::SOURCE_SPEC,
        Source::EXPLORE_SPEC,
    ];
    let key: Vec<&str> = named.into_iter().filter(is_named).take(1).collect();
    Some(deepest(tree, &key))
}

/// The innermost existing key of a path, or the beginning of the spec.
fn deepest(tree: &Tree, keys: &[&str]) -> Range<usize> {
    let root = tree.root();
    for depth in (1..=keys.len()).rev() {
        let parent = if depth == 1 { Some(root) } else { root.at(&keys[..depth - 1]) };
        let member = parent
            .into_iter()
            .flat_map(|node| node.members())
            .find(|member| member.key.string().as_deref() == Some(keys[depth - 1]));
        if let Some(member) = member {
            return member.key.range();
        }
    }
    let start = root.range().start;
    start..(start + usize::from(root.is_opened())).min(root.range().end)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::text::Text;

    #[test]
    fn a_code_leads_to_its_keys_or_their_parents() {
        let text =
            r#"{"name": "a", "type": "generic-rest", "sourceSpec": {"attributes": {"contentPath": {"path": "$.a"}}}}"#;
        let document = Document::new("a.json", 0, Text::new(text));
        let mut rendered = String::new();
        for (code, details) in [
            ("1315-400", None),
            ("1316-400", None),
            ("1415-400", None),
            ("1304-400", Some("Mandatory field name is not provided.")),
            ("1304-400", Some("Mandatory field providerId is not provided.")),
            ("1304-400", None),
            ("1426-400", None),
        ] {
            let range = rejected_range(&document, code, details).map(|range| &text[range]);
            rendered += &format!("{code}: {}\n", range.unwrap_or("nowhere"));
        }
        expect![[r#"
            1315-400: "path"
            1316-400: "attributes"
            1415-400: {
            1304-400: "name"
            1304-400: {
            1304-400: nowhere
            1426-400: nowhere
        "#]]
        .assert_eq(&rendered);
    }
}
