//! Where in a spec something is that the service does not accept, as far as its code tells. Which code means what is
//! documented; that it is about these keys is read from the words of the page that lists them.

use std::ops::Range;

use crate::document::Document;
use crate::flow_service::Error;
use crate::syntax::Tree;

/// The keys that each code is about; those that are not there are looked for one level higher.
const PLACES: &[(&str, &[&str])] = &[
    ("1301-400", &["authSpec"]),
    ("1302-400", &["authSpec"]),
    ("1313-400", &["sourceSpec", "attributes", "contentPath", "path"]),
    ("1314-400", &["sourceSpec", "attributes", "contentPath", "path"]),
    ("1315-400", &["sourceSpec", "attributes", "contentPath", "path"]),
    ("1316-400", &["sourceSpec", "attributes", "paginationParams"]),
    ("1317-400", &["sourceSpec", "attributes", "scheduleParams"]),
    ("1318-400", &["sourceSpec", "attributes"]),
    ("1319-400", &["sourceSpec", "attributes", "explodeEntityPath", "path"]),
    ("1415-400", &["authSpec"]),
];

/// The codes that are about one key at the top, which the service's words name.
const NAMED: &[&str] = &["1304-400", "1312-400", "1393-400", "1394-400"];

/// The bytes that a refusal speaks of. `None` where that cannot be told.
pub(in crate::server) fn place(document: &Document, error: &Error) -> Option<Range<usize>> {
    place_of(document, error.code()?, error.details())
}

fn place_of(document: &Document, code: &str, details: Option<&str>) -> Option<Range<usize>> {
    let tree = document.tree();
    if let Some((_, keys)) = PLACES.iter().find(|(known, _)| *known == code) {
        return Some(deepest(tree, keys));
    }
    if !NAMED.contains(&code) {
        return None;
    }
    let details = details?;
    let is_named = |key: &&str| details.split(|char: char| !char.is_alphanumeric()).any(|word| word == *key);
    let named = ["name", "providerId", "version", "type", "description", "authSpec", "sourceSpec", "exploreSpec"];
    let key: Vec<&str> = named.into_iter().filter(is_named).take(1).collect();
    Some(deepest(tree, &key))
}

/// The key of the innermost of these members that is there, or the beginning of the spec.
fn deepest(tree: &Tree, keys: &[&str]) -> Range<usize> {
    let root = tree.root();
    for depth in (1..=keys.len()).rev() {
        let around = if depth == 1 { Some(root) } else { root.at(&keys[..depth - 1]) };
        let member = around
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
    fn a_code_leads_to_its_keys_or_to_what_is_around_them() {
        let text =
            r#"{"name": "a", "type": "generic-rest", "sourceSpec": {"attributes": {"contentPath": {"path": "$.a"}}}}"#;
        let document = Document::new("a.json", 0, Text::new(text));
        let mut drawn = String::new();
        for (code, details) in [
            ("1315-400", None),
            ("1316-400", None),
            ("1415-400", None),
            ("1304-400", Some("Mandatory field name is not provided.")),
            ("1304-400", Some("Mandatory field providerId is not provided.")),
            ("1304-400", None),
            ("1426-400", None),
        ] {
            let place = place_of(&document, code, details).map(|range| &text[range]);
            drawn += &format!("{code}: {}\n", place.unwrap_or("nowhere"));
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
        .assert_eq(&drawn);
    }
}
