//! What the format cannot express: it is said in whatever form an author tries it, and no fix turns it into something silent.

use expect_test::expect;

use super::table::{drawn, silent};

const POINTER: &str = r#"{ "type": "POINTER", "pointerPath": "$.next" }"#;
const TOKEN: &str = r#"{ "type": "CONTINUATION_TOKEN", "continuationTokenPath": "$.next", "parameterType": "QUERYPARAM", "parameterName": "cursor" }"#;
const FORMAT: &str = "scheduleParams.scheduleStartParamFormat";
const ADVANCE: &str = r#"{ "type": "ADVANCE", "paramFormat": "yyyy-MM-ddTHH:mm:ssZ", "incremental": "updated > {START_TIME:epoch}", "backfill": "updated < {END_TIME}" }"#;

#[test]
fn the_next_page_is_not_read_from_a_header() {
    expect![[r#"
        paginationParams: { "type": "POINTER", "pointerPath": "$.next" }; paginationParams.pointerPath: "Link"
          Link warning[complex-path]: `Link` is a response header by its name, and a JSON path selects from the body only; headers are documented for `endPageIndex` only. If the pages have numbers, use `PAGE`
        paginationParams: { "type": "POINTER", "pointerPath": "$.next" }; paginationParams.pointerPath: "$.Link"
          $.Link warning[complex-path]: `Link` is a response header by its name, and a JSON path selects from the body only; headers are documented for `endPageIndex` only. If the pages have numbers, use `PAGE`
        paginationParams: { "type": "POINTER", "pointerPath": "$.next" }; paginationParams.pointerPath: "$.headers.link"
          $.headers.link warning[complex-path]: `link` is a response header by its name, and a JSON path selects from the body only; headers are documented for `endPageIndex` only. If the pages have numbers, use `PAGE`
        paginationParams: { "type": "POINTER", "pointerPath": "$.next" }; paginationParams.pointerPath: "$.headers['link']"
          $.headers['link'] warning[complex-path]: `link` is a response header by its name, and a JSON path selects from the body only; headers are documented for `endPageIndex` only. If the pages have numbers, use `PAGE`
        paginationParams: { "type": "POINTER", "pointerPath": "$.next" }; paginationParams.pointerPath: "response.headers.link"
          response.headers.link warning[complex-path]: `link` is a response header by its name, and a JSON path selects from the body only; headers are documented for `endPageIndex` only. If the pages have numbers, use `PAGE`
        paginationParams: { "type": "POINTER", "pointerPath": "$.next" }; paginationParams.pointerPath: "$headers.Link"
          $headers.Link warning[complex-path]: `Link` is a response header by its name, and a JSON path selects from the body only; headers are documented for `endPageIndex` only. If the pages have numbers, use `PAGE`
        paginationParams: { "type": "POINTER", "pointerPath": "$.next" }; paginationParams.pointerPath: "link.rel=next"
          link.rel=next warning[complex-path]: `Link` is a response header by its name, and a JSON path selects from the body only; headers are documented for `endPageIndex` only. If the pages have numbers, use `PAGE`
        paginationParams: { "type": "CONTINUATION_TOKEN", "continuationTokenPath": "$.next", "parameterType": "QUERYPARAM", "parameterName": "cursor" }; paginationParams.continuationTokenPath: "X-Next-Token"
          X-Next-Token warning[complex-path]: `X-Next-Token` is a response header by its name, and a JSON path selects from the body only; headers are documented for `endPageIndex` only. If the pages have numbers, use `PAGE`
        paginationParams: { "type": "CONTINUATION_TOKEN", "continuationTokenPath": "$.next", "parameterType": "QUERYPARAM", "parameterName": "cursor" }; paginationParams.continuationTokenPath: "$.headers.x-next"
          $.headers.x-next warning[complex-path]: `x-next` is a response header by its name, and a JSON path selects from the body only; headers are documented for `endPageIndex` only. If the pages have numbers, use `PAGE`
        paginationParams: { "type": "CONTINUATION_TOKEN", "continuationTokenPath": "$.next", "parameterType": "QUERYPARAM", "parameterName": "cursor" }; paginationParams.continuationTokenPath: "$['X-Next-Token']"
          $['X-Next-Token'] warning[complex-path]: `X-Next-Token` is a response header by its name, and a JSON path selects from the body only; headers are documented for `endPageIndex` only. If the pages have numbers, use `PAGE`
        paginationParams.endConditionName: "$.headers.x-more"; paginationParams.endConditionValue: "NonExist"
          $.headers.x-more warning[complex-path]: `x-more` is a response header by its name, and a JSON path selects from the body only; use `headers.x-more` (inferred)
            fix: Replace with `headers.x-more`
        paginationParams: { "type": "LinkHeader" }
          "LinkHeader" error[invalid-value]: `type` cannot be `LinkHeader`: `Link` headers are not followed; use `PAGE` if the API counts pages
        paginationParams: { "type": "RFC5988" }
          "RFC5988" error[invalid-value]: `type` cannot be `RFC5988`: `Link` headers are not followed; use `PAGE` if the API counts pages
        paginationParams: { "type": "link_header" }
          "link_header" error[invalid-value]: `type` cannot be `link_header`: `Link` headers are not followed; use `PAGE` if the API counts pages
        paginationParams: { "type": "POINTER", "pointerPath": "$.next" }; paginationParams.headerName: "Link"
          "headerName" warning[unknown-key]: `headerName` may have no effect: the next page is not read from a header (inferred); use `PAGE` if the API counts pages
            fix: Remove `headerName`
        paginationParams: { "type": "POINTER", "pointerPath": "$.next" }; paginationParams.linkHeader: "Link"
          "linkHeader" warning[unknown-key]: `linkHeader` may have no effect: the next page is not read from a header (inferred); use `PAGE` if the API counts pages
            fix: Remove `linkHeader`
    "#]].assert_eq(&drawn(&[
        &[("paginationParams", POINTER), ("paginationParams.pointerPath", r#""Link""#)],
        &[("paginationParams", POINTER), ("paginationParams.pointerPath", r#""$.Link""#)],
        &[("paginationParams", POINTER), ("paginationParams.pointerPath", r#""$.headers.link""#)],
        &[("paginationParams", POINTER), ("paginationParams.pointerPath", r#""$.headers['link']""#)],
        &[("paginationParams", POINTER), ("paginationParams.pointerPath", r#""response.headers.link""#)],
        &[("paginationParams", POINTER), ("paginationParams.pointerPath", r#""$headers.Link""#)],
        &[("paginationParams", POINTER), ("paginationParams.pointerPath", r#""link.rel=next""#)],
        &[("paginationParams", TOKEN), ("paginationParams.continuationTokenPath", r#""X-Next-Token""#)],
        &[("paginationParams", TOKEN), ("paginationParams.continuationTokenPath", r#""$.headers.x-next""#)],
        &[("paginationParams", TOKEN), ("paginationParams.continuationTokenPath", r#""$['X-Next-Token']""#)],
        &[("paginationParams.endConditionName", r#""$.headers.x-more""#), ("paginationParams.endConditionValue", r#""NonExist""#)],
        &[("paginationParams", r#"{ "type": "LinkHeader" }"#)],
        &[("paginationParams", r#"{ "type": "RFC5988" }"#)],
        &[("paginationParams", r#"{ "type": "link_header" }"#)],
        &[("paginationParams", POINTER), ("paginationParams.headerName", r#""Link""#)],
        &[("paginationParams", POINTER), ("paginationParams.linkHeader", r#""Link""#)],
    ]));
    silent(&[
        &[("paginationParams", POINTER), ("paginationParams.pointerPath", r#""$.link.next""#)],
        &[("paginationParams", POINTER), ("paginationParams.pointerPath", r#""$.links.next""#)],
        &[("paginationParams", POINTER), ("paginationParams.pointerPath", r#""$.headers.next""#)],
        &[("paginationParams", POINTER), ("paginationParams.pointerPath", r#""$.link""#)],
        &[("paginationParams", TOKEN), ("paginationParams.continuationTokenPath", r#""$.header.nextToken""#)],
    ]);
}

#[test]
fn times_since_1970_are_not_a_format() {
    expect![[r#"
        scheduleParams.scheduleStartParamFormat: "U"
          U warning[invalid-date-format]: `U` is a date in words, such as `Sunday, 09 March 2025 14:05:06`, here; times since 1970 cannot be expressed; if the API has a parameter with dates, use it with `yyyy-MM-ddTHH:mm:ssZ`
        scheduleParams.scheduleStartParamFormat: "ms"
          ms warning[invalid-date-format]: `ms` is the minute and the second here; times since 1970 cannot be expressed; if the API has a parameter with dates, use it with `yyyy-MM-ddTHH:mm:ssZ`
        scheduleParams.scheduleStartParamFormat: "X"
          X error[invalid-date-format]: `X` is not a date format here; times since 1970 cannot be expressed; if the API has a parameter with dates, use it with `yyyy-MM-ddTHH:mm:ssZ`
        scheduleParams.scheduleStartParamFormat: "0"
          0 error[invalid-date-format]: `0` is not a date format here; times since 1970 cannot be expressed; if the API has a parameter with dates, use it with `yyyy-MM-ddTHH:mm:ssZ`
        scheduleParams.scheduleStartParamFormat: "long"
          long warning[invalid-date-format]: `long` is a name, not a date format (inferred: no example has one); times since 1970 cannot be expressed; if the API has a parameter with dates, use it with `yyyy-MM-ddTHH:mm:ssZ`
        scheduleParams.scheduleStartParamFormat: "{epoch}"
          {epoch} warning[invalid-date-format]: `{epoch}` is a name, not a date format (inferred: no example has one); times since 1970 cannot be expressed; if the API has a parameter with dates, use it with `yyyy-MM-ddTHH:mm:ssZ`
        scheduleParams.scheduleStartParamFormat: "{START_TIME:epoch}"
          {START_TIME:epoch} warning[invalid-date-format]: `{START_TIME:epoch}` is a name, not a date format (inferred: no example has one); times since 1970 cannot be expressed; if the API has a parameter with dates, use it with `yyyy-MM-ddTHH:mm:ssZ`
        scheduleParams.scheduleStartParamFormat: "seconds since 1970"
          seconds since 1970 warning[invalid-date-format]: `seconds since 1970` is a name, not a date format (inferred: no example has one); times since 1970 cannot be expressed; if the API has a parameter with dates, use it with `yyyy-MM-ddTHH:mm:ssZ`
        scheduleParams: { "type": "ADVANCE", "paramFormat": "yyyy-MM-ddTHH:mm:ssZ", "incremental": "updated > {START_TIME:epoch}", "backfill": "updated < {END_TIME}" }; urlParams.queryParams: { "q": "{SCHEDULE_QUERY}" }
          {START_TIME:epoch} warning[placeholder-form]: `{START_TIME:epoch}` is not replaced; the word of the schedule is `{START_TIME}`, and its format is `paramFormat`
            fix: Replace with `{START_TIME}`
    "#]].assert_eq(&drawn(&[
        &[(FORMAT, r#""U""#)],
        &[(FORMAT, r#""ms""#)],
        &[(FORMAT, r#""X""#)],
        &[(FORMAT, r#""0""#)],
        &[(FORMAT, r#""long""#)],
        &[(FORMAT, r#""{epoch}""#)],
        &[(FORMAT, r#""{START_TIME:epoch}""#)],
        &[(FORMAT, r#""seconds since 1970""#)],
        &[("scheduleParams", ADVANCE), ("urlParams.queryParams", r#"{ "q": "{SCHEDULE_QUERY}" }"#)],
    ]));
    silent(&[&[(FORMAT, r#""s""#)], &[(FORMAT, r#""o""#)], &[(FORMAT, r#""HHmmss""#)]]);
}

#[test]
fn another_format_than_json_is_not_requested() {
    expect![[r#"
        headerParams: { "Accept": "application/vnd.lantern.v2+json" }
          "Accept" info[ineffective-header]: `Accept` may have no effect: requests seem to ask for `application/json` always (inferred); if the API can, select its version or format in the path, a query parameter or another header
            fix: Remove `Accept`
        headerParams: { "accept": "text/csv" }
          "accept" info[ineffective-header]: `Accept` may have no effect: requests seem to ask for `application/json` always (inferred); if the API can, select its version or format in the path, a query parameter or another header
            fix: Remove `accept`
    "#]].assert_eq(&drawn(&[
        &[("headerParams", r#"{ "Accept": "application/vnd.lantern.v2+json" }"#)],
        &[("headerParams", r#"{ "accept": "text/csv" }"#)],
    ]));
    silent(&[
        &[("headerParams", r#"{ "Accept": "application/json" }"#)],
        &[("headerParams", r#"{ "Accept": "*/*", "Accept-Language": "en" }"#)],
    ]);
}
