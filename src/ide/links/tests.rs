//! Links, one line each.

use expect_test::{Expect, expect};

use super::{LinkTarget, links};
use crate::document::Document;
use crate::lint::{Artifact, Facts, Folder};
use crate::text::Text;

fn check(text: &str, expected: Expect) {
    let document = Document::new("acme-connectionSpec.json", 0, Text::new(text));
    let there = Artifact::Text("x".to_owned());
    let folder = Folder {
        source: "acme".to_owned(),
        category: there.clone(),
        description: Artifact::Absent,
        icon: Artifact::Unreadable,
        label: there,
        orphans: Default::default(),
    };
    let line = |link: super::Link| {
        let target = match link.target {
            LinkTarget::Url(address) => address,
            LinkTarget::File(name) => format!("file {name}"),
        };
        format!("{} -> {target} ({})\n", &text[link.range], link.tooltip)
    };
    let facts = Facts { folder: Some(folder), ..Facts::default() };
    expected.assert_eq(&links(&document, &facts).into_iter().map(line).collect::<String>());
}

#[test]
fn documentation_and_schema_drafts_are_linked() {
    check(
        r#"{ "type": "generic-rest", "attributes": { "documentationLink": "https://example.com/docs" },
  "authSpec": [ { "spec": { "$schema": "http://json-schema.org/draft-07/schema#", "properties": { "documentationLink": { "default": "https://a.b" } } } } ],
  "sourceSpec": { "spec": { "$schema": "http: //json-schema.org/draft-07/schema#" },
    "attributes": { "uiAttributes": { "documentationLink": "http:\/\/www.adobe.com/go/x", "other": "https://a.b" } } },
  "exploreSpec": { "requestSpec": { "$schema": "https://example.com/own" }, "documentationLink": "www.adobe.com", "documentationLink": "https://a b" } }"#,
        expect![[r#"
            https://example.com/docs -> https://example.com/docs (Open documentation)
            http://json-schema.org/draft-07/schema# -> http://json-schema.org/draft-07/schema# (Open JSON Schema draft)
            http:\/\/www.adobe.com/go/x -> http://www.adobe.com/go/x (Open documentation)
        "#]],
    );
}

#[test]
fn request_url_without_placeholders_is_linked() {
    for (host, path, expected) in [
        (
            "https://api.example.com/",
            "/v1/lists",
            expect![[r#"
            https://api.example.com/ -> https://api.example.com/ (Open request URL)
            /v1/lists -> https://api.example.com/v1/lists (Open request URL)
        "#]],
        ),
        ("https://${domain}.example.com", "/v1/lists", expect![[""]]),
        (
            "https://api.example.com",
            "/v1/${list}",
            expect![[r#"
            https://api.example.com -> https://api.example.com (Open request URL)
        "#]],
        ),
        (
            "https://api.example.com",
            "v1/lists",
            expect![[r#"
            https://api.example.com -> https://api.example.com (Open request URL)
        "#]],
        ),
        (
            "https://api.example.com?v=1",
            "/v1/lists",
            expect![[r#"
            https://api.example.com?v=1 -> https://api.example.com?v=1 (Open request URL)
        "#]],
        ),
        ("api.example.com", "/v1/lists", expect![[""]]),
        ("https://{HOST}", "/v1/lists", expect![[""]]),
    ] {
        let params = format!(r#""urlParams": {{ "host": "{host}", "path": "{path}" }}"#);
        check(&format!(r#"{{ "type": "x", "sourceSpec": {{ "attributes": {{ {params} }} }} }}"#), expected);
    }
}

#[test]
fn artifacts_are_linked() {
    check(
        r#"{ "sourceSpec": { "attributes": { "uiAttributes": { "category": { "key": "crm" }, "icon": { "key": "acmeIcon" },
  "description": { "key": "acmeDescription" }, "label": { "text": "Acme" "#,
        expect![[r#"
            crm -> file acme-category.txt (Open category file)
            acmeIcon -> file acme-icon.svg (Open icon)
            Acme -> file acme-label.txt (Open label file)
        "#]],
    );
}

#[test]
fn other_json_has_no_links() {
    let text = r#"{ "documentationLink": "https://example.com" }"#;
    assert_eq!(links(&Document::new("package.json", 0, Text::new(text)), &Facts::default()), []);
}
