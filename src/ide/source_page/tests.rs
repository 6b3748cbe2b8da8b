//! Pages of whole sources, and what is different when a page is stale.

use expect_test::{Expect, expect, expect_file};

use super::*;
use crate::text::Text;

const BATCH: &str = include_str!("tests/batch.json");
const STREAMING: &str = include_str!("../../../tests/specs/streaming-connectionSpec.json");
const SPEC_ID: &str = "0a27232b-2c6e-4396-b8c6-c9fc24e37ba4";
const BATCH_FLOW_SPEC: &str = "6499120c-0b15-42dc-936e-847ea3c24d72";
const STREAMING_FLOW_SPEC: &str = "e77fde5a-22a8-11ed-861d-0242ac120002";

fn document(content: &str) -> Document {
    Document::new("acme-connectionSpec.json", 0, Text::new(content))
}

fn facts(flow_spec_id: &'static str) -> PageFacts {
    PageFacts { label: Some("Acme Orders\n".to_owned()), spec_ids: vec![SPEC_ID.to_owned()], flow_spec_id }
}

fn page(content: &str, facts: &PageFacts, kind: PageKind) -> String {
    source_page(&document(content), facts, kind).expect("a page")
}

/// The differences of the page of the batch source after a change.
#[track_caller]
fn check(change: impl Fn(String) -> String, expected: Expect) {
    let facts = facts(BATCH_FLOW_SPEC);
    let page = change(page(BATCH, &facts, PageKind::Api));
    let lines: Vec<&str> = page.lines().collect();
    let differences = page_differences(&document(BATCH), &facts, &page);
    let drawn = differences.iter().map(|found| format!("{}\n  {}\n", lines[found.line - 1].trim(), found.message));
    expected.assert_eq(&drawn.collect::<String>());
}

/// Replaces a text that the page must have.
fn replaced(page: &str, old: &str, new: &str) -> String {
    assert!(page.contains(old), "{old} is not in\n{page}");
    page.replace(old, new)
}

#[test]
fn a_batch_source_has_a_page_on_the_api() {
    expect_file!["tests/batch-api.md"].assert_eq(&page(BATCH, &facts(BATCH_FLOW_SPEC), PageKind::Api));
}

#[test]
fn a_batch_source_has_a_page_on_the_ui() {
    expect_file!["tests/batch-ui.md"].assert_eq(&page(BATCH, &facts(BATCH_FLOW_SPEC), PageKind::Ui));
}

#[test]
fn a_streaming_source_has_a_page_on_the_api() {
    expect_file!["tests/streaming-api.md"].assert_eq(&page(STREAMING, &facts(STREAMING_FLOW_SPEC), PageKind::Api));
}

#[test]
fn a_streaming_source_has_a_page_on_the_ui() {
    expect_file!["tests/streaming-ui.md"].assert_eq(&page(STREAMING, &facts(STREAMING_FLOW_SPEC), PageKind::Ui));
}

#[test]
fn other_specs_have_no_page() {
    let other = r#"{ "type": "sftp", "providerId": "x", "authSpec": [], "sourceSpec": {} }"#;
    assert_eq!(source_page(&document(other), &PageFacts::default(), PageKind::Api), None);
    assert_eq!(page_differences(&document(other), &PageFacts::default(), "# x"), []);
}

/// Names that Markdown, a table, a shell, YAML or JSON gives a meaning.
const HOSTILE: &str = r##"{
  "type": "generic-rest", "name": "# [x](command:y) | <b> `z` *a* \"q\" it's\n- b", "providerId": "p", "version": "1.0",
  "authSpec": [
    { "name": "A | `b` \\ 'c' ```", "type": "KeyBased", "spec": { "properties": {
      "a|b`c": { "type": "string", "description": "x | y\n| z | <img src=x> [l](javascript:x) ``` $(rm)", "example": "'; rm -rf /; '`" } },
      "required": ["a|b`c"] } },
    { "name": "B\n\n## C", "type": "x", "spec": { "properties": { "__proto__": { "type": "string" } } } }
  ],
  "sourceSpec": { "attributes": { "uiAttributes": { "category": { "key": "*x* | `y`" } }, "contentPath": { "path": "$.a" } },
    "spec": { "properties": { "q'\"\\": { "type": "string", "description": "```", "example": "<>&=+ü" } } } },
  "exploreSpec": {}
}"##;

#[test]
fn hostile_names_are_shown_as_written() {
    let facts = PageFacts { flow_spec_id: BATCH_FLOW_SPEC, ..PageFacts::default() };
    let page = page(HOSTILE, &facts, PageKind::Api);
    let shown: Vec<&str> = page.lines().filter(|line| line.starts_with(['#', '|', 't'])).collect();
    let relevant = shown.iter().filter(|line| {
        ["title", "# ", "## Connect", "####"].iter().any(|start| line.starts_with(start))
            || line.contains("a\\|b")
            || line.contains("q'")
    });
    expect![[r#"
        title: "Connect # [x](command:y) | <b> `z` *a* \"q\" it's - b to Experience Platform using the Flow Service API"
        # Connect \# \[x\](command:y) | \<b> \`z\` \*a\* "q" it's - b to Experience Platform using the Flow Service API
        #### A | \`b\` \\ 'c' \`\`\`
        | `` a\|b`c `` | x \| y \| z \| \<img src=x> \[l\](javascript:x) \`\`\` $(rm) | `` '; rm -rf /; '` `` |
        #### B ## C
        ## Connect \# \[x\](command:y) | \<b> \`z\` \*a\* "q" it's - b to Experience Platform using the Flow Service API {#connect}
        #### A | \`b\` \\ 'c' \`\`\`
        #### B ## C
        | `{SOURCE_PARAMS}` | The parameters of the source as JSON, encoded in base64: `{"q'\"\\":"<>&=+ü"}` becomes `eyJxJ1wiXFwiOiI8PiY9K8O8In0%3D`. |
        | `params.q'"\` | (Optional) \`\`\` |
    "#]].assert_eq(&relevant.map(|line| format!("{line}\n")).collect::<String>());
}

#[test]
fn a_shell_reads_hostile_names_as_one_argument() {
    let facts = PageFacts { flow_spec_id: BATCH_FLOW_SPEC, ..PageFacts::default() };
    let page = page(HOSTILE, &facts, PageKind::Api);
    let bodies = reader::bodies(&page);
    assert_eq!(bodies.len(), 6);
    for body in &bodies {
        assert_eq!(body.tree.errors(), [], "{}", body.tree.source());
    }
    let names: Vec<_> = bodies.iter().filter_map(|body| body.tree.root().at(&["auth", "specName"])?.string()).collect();
    assert_eq!(names, ["A | `b` \\ 'c' ```", "B\n\n## C"]);
    // Every command is closed before the block of code ends.
    for block in page.split("```shell\n").skip(1) {
        let command = block.split("\n```").next().unwrap_or_default().replace(r"'\''", "");
        assert_eq!(command.matches('\'').count() % 2, 0, "{command}");
    }
}

#[test]
fn a_page_just_written_has_no_differences() {
    for (spec, flow_spec_id) in [(BATCH, BATCH_FLOW_SPEC), (STREAMING, STREAMING_FLOW_SPEC), (HOSTILE, BATCH_FLOW_SPEC)]
    {
        let document = document(spec);
        for spec_ids in [vec![], vec![SPEC_ID.to_owned()], vec![SPEC_ID.to_owned(), "other".to_owned()]] {
            let facts = PageFacts { label: None, spec_ids, flow_spec_id };
            for kind in [PageKind::Api, PageKind::Ui] {
                let page = page(spec, &facts, kind);
                assert_eq!(page_differences(&document, &facts, &page), [], "{page}");
                assert!(!page_blanks(&page).is_empty());
            }
        }
    }
}

/// The forms that published pages have and ours do not: other fences, four spaces, a row for all parameters, blocks that
/// unfold, the empty object with its padding, the connection spec of the data lake, CRLF.
#[test]
fn the_forms_of_published_pages_are_no_differences() {
    const SPEC: &str = r#"{ "type": "generic-rest", "name": "Acme", "providerId": "0ed90a81-07f4-4586-8190-b40eccef1c5a",
  "authSpec": [ { "name": "OAuth2 Refresh Code", "type": "OAuth2RefreshCode", "spec": { "properties": {
    "subdomain": { "type": "string" }, "accessToken": { "type": "string", "format": "password" } },
    "required": ["subdomain", "accessToken"] } } ],
  "sourceSpec": { "attributes": {}, "spec": { "properties": {} } } }"#;
    const PAGE: &str = r#"---
title: Acme
badge: Beta
exl-id: 3e00e375-0000-0000-0000-000000000000
---
# Acme

| Credential | Description | Example |
| --- | --- | --- |
| `subdomain` | The part of the address before the dot. | `https://acme.example.com` |
| `accessToken` | An API token. |`0a1b2c` |

```https
POST /connections
```

```shell
curl -X POST \
    'https://platform.adobe.io/data/foundation/flowservice/connections' \
    -H 'Authorization: Bearer {ACCESS_TOKEN}' \
    -d '{
        "connectionSpec": { "id": "0a27232b-2c6e-4396-b8c6-c9fc24e37ba4", "version": "1.0" },
        "auth": {
            "specName": "OAuth2 Refresh Code",
            "params": { "subdomain": "{SUBDOMAIN}", "accessToken": "{ACCESS_TOKEN}" }
        }
    }'
```

| Property | Description |
| --- | --- |
| `auth.params.` | What the account needs. <br> One of two.</li></ul>|
| `auth.params.subdomain` | The subdomain. |

```shell
curl -X GET \
    'https://platform.adobe.io/data/foundation/flowservice/connections/7/explore?objectType=rest&object=json&sourceParams=e30%3D'
```

+++Select to view the JSON payload

```json
{ "data": [ { "id": 1 }, ] }
```

+++

```shell
curl -X POST 'https://platform.adobe.io/data/foundation/flowservice/targetConnections' \
    -d '{ "connectionSpec": { "id": "c604ff05-7f1a-43c0-8e18-33bf874cb11c" }, "params": { "dataSetId": "6" } }'
```
"#;
    for page in [PAGE.to_owned(), PAGE.replace('\n', "\r\n")] {
        assert_eq!(page_differences(&document(SPEC), &facts(BATCH_FLOW_SPEC), &page), []);
    }
    let broken = PAGE.replace("\"{SUBDOMAIN}\",", "\"{SUBDOMAIN}\"");
    let found = page_differences(&document(SPEC), &facts(BATCH_FLOW_SPEC), &broken);
    let lines: Vec<_> = found.iter().map(|found| format!("{}: {}", found.line, found.message)).collect();
    assert_eq!(lines, ["25: the body of this request isn't valid JSON"]);
}

#[test]
fn a_wrong_spec_is_a_difference() {
    check(
        |page| replaced(&page, SPEC_ID, "6360f136-5980-4111-8bdf-15d29eab3b5a"),
        expect![[r#"
        "id": "6360f136-5980-4111-8bdf-15d29eab3b5a",
          connection spec `6360f136-5980-4111-8bdf-15d29eab3b5a` is that of Adobe's template; write your own
        "id": "6360f136-5980-4111-8bdf-15d29eab3b5a",
          connection spec `6360f136-5980-4111-8bdf-15d29eab3b5a` is that of Adobe's template; write your own
        "id": "6360f136-5980-4111-8bdf-15d29eab3b5a",
          connection spec `6360f136-5980-4111-8bdf-15d29eab3b5a` is that of Adobe's template; write your own
    "#]],
    );
    check(
        |page| page.replacen(SPEC_ID, "ea1c2a08-b722-11eb-8529-0242ac130003", 1),
        expect![[r#"
        "id": "ea1c2a08-b722-11eb-8529-0242ac130003",
          connection spec `ea1c2a08-b722-11eb-8529-0242ac130003` isn't that of this source, `0a27232b-2c6e-4396-b8c6-c9fc24e37ba4`
    "#]],
    );
    check(
        |page| page.replacen(SPEC_ID, "{CONNECTION_SPEC_ID}", 1),
        expect![[r#"
        "id": "{CONNECTION_SPEC_ID}",
          connection spec `{CONNECTION_SPEC_ID}` isn't that of this source, `0a27232b-2c6e-4396-b8c6-c9fc24e37ba4`
    "#]],
    );
    check(
        |page| replaced(&page, BATCH_FLOW_SPEC, STREAMING_FLOW_SPEC),
        expect![[r#"
        "id": "e77fde5a-22a8-11ed-861d-0242ac120002",
          flow spec `e77fde5a-22a8-11ed-861d-0242ac120002` isn't that of this source, `6499120c-0b15-42dc-936e-847ea3c24d72`
    "#]],
    );
}

#[test]
fn a_wrong_authentication_method_is_a_difference() {
    check(
        |page| replaced(&page, r#""specName": "OAuth2 Refresh Code""#, r#""specName": "oAuth2-refresh-code""#),
        expect![[r#"
            "specName": "oAuth2-refresh-code",
              unknown authentication method `oAuth2-refresh-code`; did you mean `OAuth2 Refresh Code`?
        "#]],
    );
    check(
        |page| {
            replaced(&page, r#""specName": "Basic Authentication""#, r#""specName": "OAuth generic-rest-connector""#)
        },
        expect![[r#"
            "specName": "OAuth generic-rest-connector",
              unknown authentication method `OAuth generic-rest-connector`; the spec has `OAuth2 Refresh Code`, `Basic Authentication`
        "#]],
    );
}

#[test]
fn wrong_parameters_are_differences() {
    check(
        |page| replaced(&page, r#""accessToken": "{ACCESS_TOKEN}""#, r#""access_token": "{ACCESS_TOKEN}""#),
        expect![[r#"
        "params": {
          missing `accessToken`, an input of `OAuth2 Refresh Code` that is required
        "access_token": "{ACCESS_TOKEN}",
          `access_token` isn't an input of `OAuth2 Refresh Code`; did you mean `accessToken`?
    "#]],
    );
    check(
        |page| replaced(&page, r#""listId": "10c097ca71""#, r#""list_id": "10c097ca71""#),
        expect![[r#"
        "params": {
          missing `listId`, an input of the source that is required
        "list_id": "10c097ca71"
          `list_id` isn't an input of the source; did you mean `listId`?
    "#]],
    );
    // Several of Adobe's published pages lack a comma.
    check(
        |page| replaced(&page, r#""username": "{USERNAME}","#, r#""username": "{USERNAME}""#),
        expect![[r#"
        "username": "{USERNAME}"
          the body of this request isn't valid JSON
    "#]],
    );
}

#[test]
fn stale_encoded_parameters_are_a_difference() {
    let right = "eyJsaXN0SWQiOiIxMGMwOTdjYTcxIn0%3D";
    // Another value, in the URL only.
    check(
        |page| page.replacen(&format!("sourceParams={right}"), "sourceParams=eyJsaXN0SWQiOiJvbGQifQ==", 1),
        expect![[r#"
        'https://platform.adobe.io/data/foundation/flowservice/connections/{BASE_CONNECTION_ID}/explore?objectType=rest&object=json&fileType=json&preview=true&sourceParams=eyJsaXN0SWQiOiJvbGQifQ==' \
          `sourceParams` is stale: it encodes `{"listId":"old"}`, which this page does not show
    "#]],
    );
    // Of another source.
    check(
        |page| replaced(&page, right, "eyJvYmplY3RfdHlwZSI6ImN1c3RvbWVycyJ9"),
        expect![[r#"
            'https://platform.adobe.io/data/foundation/flowservice/connections/{BASE_CONNECTION_ID}/explore?objectType=rest&object=json&fileType=json&preview=true&sourceParams=eyJvYmplY3RfdHlwZSI6ImN1c3RvbWVycyJ9' \
              `sourceParams` encodes `object_type`, which isn't an input of the source
            'https://platform.adobe.io/data/foundation/flowservice/connections/{BASE_CONNECTION_ID}/explore?objectType=rest&object=json&fileType=json&preview=true&sourceParams=eyJvYmplY3RfdHlwZSI6ImN1c3RvbWVycyJ9' \
              `sourceParams` lacks `listId`, an input of the source that is required
        "#]],
    );
    check(
        |page| replaced(&page, right, "e30"),
        expect![[r#"
            'https://platform.adobe.io/data/foundation/flowservice/connections/{BASE_CONNECTION_ID}/explore?objectType=rest&object=json&fileType=json&preview=true&sourceParams=e30' \
              `sourceParams` lacks `listId`, an input of the source that is required
        "#]],
    );
    check(
        |page| replaced(&page, right, "x"),
        expect![[r#"
        'https://platform.adobe.io/data/foundation/flowservice/connections/{BASE_CONNECTION_ID}/explore?objectType=rest&object=json&fileType=json&preview=true&sourceParams=x' \
          `sourceParams` isn't the base64 of a JSON object: `x`
    "#]],
    );
}

#[test]
fn credentials_that_differ_are_differences() {
    check(
        |page| page.lines().filter(|line| !line.starts_with("| `username`")).map(|line| format!("{line}\n")).collect(),
        expect![[r#"
        | Credential | Description | Example |
          missing credential `username` of `Basic Authentication`
    "#]],
    );
    check(
        |page| replaced(&page, "| `username` |", "| `user_name` |"),
        expect![[r#"
        | Credential | Description | Example |
          missing credential `username` of `Basic Authentication`
        | `user_name` | Your user name. | `{USERNAME}` |
          `user_name` isn't an input of any authentication method; did you mean `username`?
    "#]],
    );
    check(
        |page| replaced(&page, "| Credential |", "| Property |"),
        expect![[r#"
        ---
          no table of the credentials that users need
    "#]],
    );
}

#[test]
fn the_template_differs_from_every_source() {
    let template = r#"
| Credential | Description | Example |
| --- | --- | --- |
| *credential one* | *Please describe* | *Please add* |

    -d '{
        "connectionSpec": {
            "id": "6360f136-5980-4111-8bdf-15d29eab3b5a",
            "version": "1.0"
        },
        "auth": {
            "specName": "OAuth generic-rest-connector",
            "params": {
                "accessToken": "{ACCESS_TOKEN}"
            }
        }
    }'

In the example below, `"list_id": "10c097ca71"` encoded in base64 equates to `eyJsaXN0SWQiOiIxMGMwOTdjYTcxIn0=`.
"#;
    check(
        |_| template.to_owned(),
        expect![[r#"
            | Credential | Description | Example |
              missing credential `domain` of `OAuth2 Refresh Code`
            | Credential | Description | Example |
              missing credential `accessToken` of `OAuth2 Refresh Code`
            | Credential | Description | Example |
              missing credential `refreshToken` of `OAuth2 Refresh Code`, which is optional
            | Credential | Description | Example |
              missing credential `requestParameterOverride` of `OAuth2 Refresh Code`, which is optional
            | Credential | Description | Example |
              missing credential `domain` of `Basic Authentication`
            | Credential | Description | Example |
              missing credential `username` of `Basic Authentication`
            | Credential | Description | Example |
              missing credential `password` of `Basic Authentication`
            | *credential one* | *Please describe* | *Please add* |
              `*credential one*` isn't an input of any authentication method
            "id": "6360f136-5980-4111-8bdf-15d29eab3b5a",
              connection spec `6360f136-5980-4111-8bdf-15d29eab3b5a` is that of Adobe's template; write your own
            "specName": "OAuth generic-rest-connector",
              unknown authentication method `OAuth generic-rest-connector`; the spec has `OAuth2 Refresh Code`, `Basic Authentication`
        "#]],
    );
}

#[test]
fn blanks_are_lines_in_italics() {
    let page = "# A *b* c\n\n**bold** and * one\n* [x](y)\n* *list item*\n\\*x\\* y\n```\n*code*\nYOURSOURCE\n```\nYOURSOURCE\n";
    assert_eq!(page_blanks(page), [1, 5, 9, 11]);
}

#[test]
fn any_text_is_read_as_a_page() {
    for page in [
        "",
        "-d '",
        "-d '{",
        "--data-raw '{}",
        "|",
        "| Credential",
        "| Credential |\n|\n||",
        "sourceParams=",
        "`{`",
        "it's -d 'x'",
    ] {
        let facts = facts(BATCH_FLOW_SPEC);
        page_differences(&document(BATCH), &facts, page);
        page_blanks(page);
    }
    let bodies = reader::bodies("a\n-d 'x' it's\n--data '{ \"a\": \"it'\\''s\" }'\n");
    let read: Vec<_> = bodies.iter().map(|body| (body.line_of(body.tree.root()), body.tree.source())).collect();
    assert_eq!(read, [(2, "x"), (3, r#"{ "a": "it's" }"#)]);
}

#[test]
fn a_source_without_a_name_has_adobes_placeholder() {
    let nameless = r#"{ "type": "generic-rest", "authSpec": [], "sourceSpec": {}, "exploreSpec": {} }"#;
    let page = page(nameless, &PageFacts::default(), PageKind::Ui);
    assert!(page.contains("# Connect YOURSOURCE to"), "{page}");
    assert!(page_blanks(&page).contains(&5), "{page}");
}

#[test]
fn a_target_connection_has_the_connection_spec_of_the_data_lake() {
    let target = "\"id\": \"c604ff05-7f1a-43c0-8e18-33bf874cb11c\"";
    check(
        |page| replaced(&page, target, &format!("\"id\": \"{SPEC_ID}\"")),
        expect![[r#"
            "id": "0a27232b-2c6e-4396-b8c6-c9fc24e37ba4",
              connection spec `0a27232b-2c6e-4396-b8c6-c9fc24e37ba4` is that of the source; a target connection has that of the data lake, `c604ff05-7f1a-43c0-8e18-33bf874cb11c`
        "#]],
    );
    check(|page| replaced(&page, target, "\"id\": \"{TARGET_CONNECTION_SPEC_ID}\""), expect![[""]]);
}

#[test]
fn credentials_may_be_in_a_table_of_html_or_on_the_overview() {
    let without_table = |page: String| {
        let kept = page.lines().filter(|line| !line.starts_with('|'));
        kept.map(|line| format!("{line}\n")).collect::<String>()
    };
    check(
        without_table,
        expect![[r#"
        ---
          no table of the credentials that users need
    "#]],
    );
    let beside = [
        "<table><tr><td><code>accessToken</code></td><td>The token.</td></tr></table>",
        "Read the [[!DNL Acme] overview](../../acme.md) for information on how to retrieve your credentials.",
    ];
    for beside in beside {
        check(|page| format!("{}\n{beside}\n", without_table(page)), expect![[""]]);
    }
}

#[test]
fn encoded_parameters_may_be_some_of_those_of_the_source_connection() {
    let with_optional = BATCH.replace(
        r#""properties": {
        "listId""#,
        r#""properties": {
        "server": { "type": "string" }, "listId""#,
    );
    let facts = facts(BATCH_FLOW_SPEC);
    let page = page(BATCH, &facts, PageKind::Api);
    let page = replaced(&page, r#""listId": "10c097ca71""#, r#""server": "us6", "listId": "10c097ca71""#);
    let shown_once = replaced(&page, r#"`{"listId":"10c097ca71"}`"#, "the parameters");
    assert_eq!(page_differences(&document(&with_optional), &facts, &shown_once), []);
}
