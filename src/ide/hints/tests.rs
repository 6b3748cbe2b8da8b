//! Inlay hints, rendered in `⟦⟧` at their offsets.

use expect_test::{Expect, expect};

use crate::document::Document;
use crate::ide::{self, Hint, HintKind};
use crate::text::Text;

fn hints(text: &str, kinds: &[HintKind]) -> Vec<Hint> {
    let document = Document::new("acme-connectionSpec.json", 0, Text::new(text));
    ide::hints(&document, 0..text.len(), kinds)
}

/// The lines that have a hint.
fn render(text: &str, hints: &[Hint]) -> String {
    let mut drawn = text.to_owned();
    for hint in hints.iter().rev() {
        drawn.insert_str(hint.offset, &format!("⟦{}⟧", hint.label));
    }
    drawn.lines().filter(|line| line.contains('⟦')).map(|line| format!("{}\n", line.trim_start())).collect()
}

#[track_caller]
fn check(text: &str, expected: Expect) {
    expected.assert_eq(&render(text, &hints(text, &HintKind::ALL)));
}

/// A batch source with these attributes, an input of its authentication method and one of its own.
fn source(attributes: &str) -> String {
    format!(
        r#"{{"type": "generic-rest",
"authSpec": [{{"name": "A", "spec": {{"properties": {{"domain": {{}}, "pin": {{"format": "password"}}, "apiKey": {{"default": "s3cret"}}}}}}}}],
"sourceSpec": {{"spec": {{"properties": {{"listId": {{"example": "a91f"}}, "region": {{"enum": ["eu", "us"]}}, "size": {{"default": 50}}}}}},
"attributes": {{
{attributes}
}}}}}}"#
    )
}

#[test]
fn sample_specs_have_these_hints() {
    check(
        include_str!("../../../tests/specs/batch-offset-oauth-connectionSpec.json"),
        expect![[r#"
            "providerId": "0ed90a81-07f4-4586-8190-b40eccef1c5a"⟦provider of batch sources⟧,
            "urlParams": {⟦e.g. GET https://‹domain›.lanternmail.example/v3/lists/a91f/subscribers?include=letters&order=updated&count=100&offset=0&changed_since=2025-03-09…⟧
            "path": "$.subscribers"⟦each record: $.subscriber⟧,
            "path": "$.subscriber.letters"⟦each entry: $.letter⟧,
            "scheduleStartParamFormat": "yyyy-MM-ddTHH:mm:ssK"⟦e.g. 2025-03-09T14:05:06Z⟧,
            "scheduleEndParamFormat": "yyyy-MM-ddTHH:mm:ssK"⟦e.g. 2025-03-09T14:05:06Z⟧
        "#]],
    );
    check(
        include_str!("../../../tests/specs/batch-advanced-schedule-connectionSpec.json"),
        expect![[r#"
            "providerId": "0ed90a81-07f4-4586-8190-b40eccef1c5a"⟦provider of batch sources⟧,
            "urlParams": {⟦e.g. GET https://‹subdomain›.orchardcrm.example/api/v2/search?query=type:contact updated > 2025-03-09T14:05:06Z updated < 2025-03-09T14:05:06Z&so…⟧
            "path": "$.results"⟦each record: $.contact⟧,
            "paramFormat": "yyyy-MM-ddTHH:mm:ssK"⟦e.g. 2025-03-09T14:05:06Z⟧,
        "#]],
    );
    check(
        include_str!("../../../tests/specs/batch-page-connectionSpec.json"),
        expect![[r#"
            "providerId": "0ed90a81-07f4-4586-8190-b40eccef1c5a"⟦provider of batch sources⟧,
            "urlParams": {⟦e.g. GET https://shop.pebblerow.example/stores/‹storeId›/orders?state=all&pageSize=100&pageNumber=1&placedAfter=2025-03-09 14:05:06&placedBefore=…⟧
            "path": "$.orders"⟦each record: $.order⟧,
            "path": "$.order.lines"⟦each entry: $.line⟧,
            "scheduleStartParamFormat": "yyyy-MM-dd HH:mm:ss"⟦e.g. 2025-03-09 14:05:06⟧,
            "scheduleEndParamFormat": "yyyy-MM-dd HH:mm:ss"⟦e.g. 2025-03-09 14:05:06⟧
        "#]],
    );
    check(
        include_str!("../../../tests/specs/batch-post-body-connectionSpec.json"),
        expect![[r#"
            "providerId": "0ed90a81-07f4-4586-8190-b40eccef1c5a"⟦provider of batch sources⟧,
            "urlParams": {⟦POST https://reports.copperleaf.example/v1/reports/run⟧
            "path": "$.report.rows"⟦each record: $.row⟧,
            "scheduleStartParamFormat": "yyyy-MM-dd"⟦e.g. 2025-03-09⟧,
            "scheduleEndParamFormat": "yyyy-MM-dd"⟦e.g. 2025-03-09⟧
        "#]],
    );
    check(
        include_str!("../../../tests/specs/streaming-connectionSpec.json"),
        expect![[r#"
          "providerId": "521eee4d-8cbe-4906-bb48-fb6bd4450033"⟦provider of streaming sources⟧,
    "#]],
    );
}

#[test]
fn request_hint_shows_examples_and_masks_secrets() {
    check(
        &source(
            r#""urlParams": {
  "host": "https://${domain}.acme.com/", "path": "/l/${listId}/${region}/${pin}/${apiKey}?v=1", "method": "GET",
  "queryParams": {"api_key": "abc", "q": "${unknown}", "size": "${size}", "deep": {"a": 1}, "flag": true}
}"#,
        ),
        expect![[r#"
            "urlParams": {⟦e.g. GET https://‹domain›.acme.com/l/a91f/eu/•••/•••?v=1&api_key=•••&q=‹unknown›&size=50&flag=true⟧
        "#]],
    );
}

#[test]
fn request_hint_of_fixed_values_is_not_marked_as_example() {
    check(
        &source(r#""urlParams": {"host": "https://acme.com", "path": "/items", "method": "GET"}"#),
        expect![[r#"
            "urlParams": {"host": "https://acme.com", "path": "/items", "method": "GET"}⟦GET https://acme.com/items⟧
        "#]],
    );
    check(
        &source(r#""urlParams": {"path": "/items?x_token=1&y=2#z", "queryParams": "a=1,api-key=2"}"#),
        expect![[r#"
        "urlParams": {"path": "/items?x_token=1&y=2#z", "queryParams": "a=1,api-key=2"}⟦GET …/items?x_token=•••&y=2#z&a=1,api-key=•••⟧
    "#]],
    );
    check(
        &source(r#""urlParams": {"host": "https://me:pw@acme.com", "path": "/a@b"}"#),
        expect![[r#"
        "urlParams": {"host": "https://me:pw@acme.com", "path": "/a@b"}⟦GET https://•••@acme.com/a@b⟧
    "#]],
    );
    check(&source(r#""urlParams": {"host": "https://acme.com", "path": ""}"#), expect![[r#""#]]);
    check(&source(r#""urlParams": "x""#), expect![[r#""#]]);
}

#[test]
fn request_hint_resolves_json_escapes() {
    check(
        &source(
            r#""urlParams": {"host": "https:\/\/acme.com", "path": "\/a\u0062\/${listId}\/\u0024{region}", "queryParams": {"a\nb": "c\td"}}"#,
        ),
        expect![[r#"
            "urlParams": {"host": "https:\/\/acme.com", "path": "\/a\u0062\/${listId}\/\u0024{region}", "queryParams": {"a\nb": "c\td"}}⟦e.g. GET https://acme.com/ab/a91f/eu?a\nb=c\td⟧
        "#]],
    );
}

#[test]
fn pagination_parameters_depend_on_the_type() {
    for (kind, expected) in [
        ("OFFSET", "?take=5&skip=0"),
        ("PAGE", "?take=5&page=2"),
        ("POINTER", "?take=5"),
        ("CONTINUATION_TOKEN", ""),
        ("NONE", ""),
        ("OFF", ""),
    ] {
        let text = source(&format!(
            r#""urlParams": {{"path": "/a"}}, "paginationParams": {{"type": "{kind}", "limitName": "take", "limitValue": 5,
"offSetName": "skip", "pageParamName": "page", "initialPageIndex": 2}}"#
        ));
        assert_eq!(hints(&text, &[HintKind::Request])[0].label, format!("GET …/a{expected}"), "{kind}");
    }
}

#[test]
fn long_query_is_truncated() {
    let pairs: Vec<String> = (0..100).map(|number| format!("\"{number}\": \"\"")).collect();
    let text = source(&format!(r#""urlParams": {{"path": "/a", "queryParams": {{{}}}}}"#, pairs.join(", ")));
    let tooltip = &hints(&text, &[HintKind::Request])[0].tooltip;
    assert!(tooltip.contains("&29=&…\n"), "{tooltip}");
}

#[test]
fn recursive_schedule_query_terminates() {
    check(
        &source(
            r#""urlParams": {"host": "https://acme.com", "path": "/{SCHEDULE_QUERY}/{OTHER}/@{if(a,'b','c')}"},
"scheduleParams": {"type": "ADVANCE", "paramFormat": "yyyy", "incremental": "{SCHEDULE_QUERY}{START_TIME}", "backfill": ""}"#,
        ),
        expect![[r#"
            "urlParams": {"host": "https://acme.com", "path": "/{SCHEDULE_QUERY}/{OTHER}/@{if(a,'b','c')}"}⟦e.g. GET https://acme.com/{SCHEDULE_QUERY}/{OTHER}/@{…}⟧,
            "scheduleParams": {"type": "ADVANCE", "paramFormat": "yyyy"⟦e.g. 2025⟧, "incremental": "{SCHEDULE_QUERY}{START_TIME}", "backfill": ""}
        "#]],
    );
}

#[test]
fn date_and_record_hints() {
    check(
        &source(
            r#""scheduleParams": {"scheduleStartParamFormat": "yyyy-MM-dd", "scheduleEndParamFormat": "YYYY-MM-DD",
"paramFormat": "{FORMAT}"},
"contentPath": "$.data.items",
"explodeEntityPath": {"path": "$.items.tags", "overrideWrapperAttribute": "the tag"}"#,
        ),
        expect![[r#"
            "scheduleParams": {"scheduleStartParamFormat": "yyyy-MM-dd"⟦e.g. 2025-03-09⟧, "scheduleEndParamFormat": "YYYY-MM-DD",
            "contentPath": "$.data.items"⟦each record: $.items⟧,
            "explodeEntityPath": {"path": "$.items.tags"⟦each entry: $['the tag']⟧, "overrideWrapperAttribute": "the tag"}
        "#]],
    );
    check(&source(r#""contentPath": {"path": "$.data[*]"}, "explodeEntityPath": {}"#), expect![[r#""#]]);
}

#[test]
fn known_ids_are_named() {
    check(
        r#"{"id": "6360f136-5980-4111-8bdf-15d29eab3b5a",
"providerId": "0ed90a81-07f4-4586-8190-b40eccef1c5a",
"0ed90a81-07f4-4586-8190-b40eccef1c5a": "00000000-0000-0000-0000-000000000000"}"#,
        expect![[r#"
            {"id": "6360f136-5980-4111-8bdf-15d29eab3b5a"⟦connection spec of the MailChimp example in Adobe's pages⟧,
            "providerId": "0ed90a81-07f4-4586-8190-b40eccef1c5a"⟦provider of batch sources⟧,
        "#]],
    );
}

#[test]
fn hints_are_limited_to_requested_kinds_and_range() {
    let text = source(r#""urlParams": {"path": "/a"}, "contentPath": {"path": "$.b"}"#);
    let labels = |kinds: &[HintKind]| hints(&text, kinds).into_iter().map(|hint| hint.label).collect::<Vec<_>>();
    assert_eq!(labels(&[]), [] as [&str; 0]);
    assert_eq!(labels(&[HintKind::Request]), ["GET …/a"]);
    assert_eq!(labels(&[HintKind::Records]), ["each record: $.b"]);
    let document = Document::new("acme-connectionSpec.json", 0, Text::new(&text));
    assert_eq!(ide::hints(&document, 0..20, &HintKind::ALL), []);
    let other = Document::new("a.json", 0, Text::new(r#"{"id": "6360f136-5980-4111-8bdf-15d29eab3b5a"}"#));
    assert_eq!(ide::hints(&other, 0..40, &HintKind::ALL), []);
}

#[test]
fn tooltips_state_what_is_inferred() {
    let text =
        source(r#""urlParams": {"path": "/a", "method": "POST"}, "bodyParams": {}, "contentPath": {"path": "$.b"}"#);
    let tooltips: Vec<String> = hints(&text, &HintKind::ALL).into_iter().map(|hint| hint.tooltip).collect();
    expect![[r#"
        The first request of a run, with sample values:

        ```http
        POST …/a
        ```

        `‹name›` is the value that the user enters for an input, `•••` a secret. Shown without URL encoding and headers. The body is sent with it. Where such a request sends pagination and schedule parameters is not documented, so they are left out.
        ---
        Each record of this array is wrapped in a node with this name: `overrideWrapperAttribute`, or else the last name of the path. `explodeEntityPath` starts at it. Inferred from Adobe's examples."#]].assert_eq(&tooltips.join("\n---\n"));
}
