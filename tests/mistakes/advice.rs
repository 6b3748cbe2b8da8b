//! Advice that was wrong or poor: what is said and offered on sound but unusual specs, and on mistakes with one right way out.

use expect_test::expect;

use super::table::{drawn, silent};

const TOKEN: &str = r#"{ "type": "CONTINUATION_TOKEN", "continuationTokenPath": "$.next", "parameterType": "QUERYPARAM", "parameterName": "cursor" }"#;
const ADVANCE: &str = r#"{ "type": "ADVANCE", "paramFormat": "yyyy-MM-ddTHH:mm:ssZ", "incremental": "updated > {START_TIME}", "backfill": "updated < {END_TIME}" }"#;
const QUERY: &str = r#"{ "q": "{SCHEDULE_QUERY}" }"#;

#[test]
fn an_api_that_knows_only_a_start_has_a_way() {
    expect![[r#"
        scheduleParams: { "scheduleStartParamName": "since", "scheduleStartParamFormat": "yyyy-MM-dd" }
          "scheduleStartParamName" warning[incomplete-schedule]: missing `scheduleEndParamName`: every example has both ends of the time window; if the API knows only a start, use an `ADVANCE` schedule with `{START_TIME}` alone
            fix: Send only `since`, with an `ADVANCE` schedule
        scheduleParams: { "scheduleEndParamName": "until" }
          "scheduleEndParamName" warning[incomplete-schedule]: missing `scheduleStartParamName`: every example has both ends of the time window
            fix: Add `scheduleStartParamName`
        scheduleParams: { "type": "ADVANCE", "paramFormat": "yyyy-MM-ddTHH:mm:ssZ", "incremental": "updated > {START_TIME}", "backfill": "updated < {END_TIME}" }; urlParams.queryParams: { "q": "{SCHEDULE_QUERY}" }; scheduleParams.incremental: "updated < {END_TIME}"
          "updated < {END_TIME}" warning[unused-schedule-query]: missing `{START_TIME}`: every run would fetch records that earlier ones have fetched
        scheduleParams: { "type": "ADVANCE", "paramFormat": "yyyy-MM-ddTHH:mm:ssZ", "incremental": "updated > {START_TIME}", "backfill": "updated < {END_TIME}" }; urlParams.queryParams: { "q": "{SCHEDULE_QUERY}" }; scheduleParams.incremental: "> {start_time}"
          {start_time} warning[placeholder-form]: `{start_time}` is not replaced; the word of the schedule is `{START_TIME}`
            fix: Replace with `{START_TIME}`
    "#]].assert_eq(&drawn(&[
        &[("scheduleParams", r#"{ "scheduleStartParamName": "since", "scheduleStartParamFormat": "yyyy-MM-dd" }"#)],
        &[("scheduleParams", r#"{ "scheduleEndParamName": "until" }"#)],
        &[
            ("scheduleParams", ADVANCE),
            ("urlParams.queryParams", QUERY),
            ("scheduleParams.incremental", r#""updated < {END_TIME}""#),
        ],
        &[
            ("scheduleParams", ADVANCE),
            ("urlParams.queryParams", QUERY),
            ("scheduleParams.incremental", r#""> {start_time}""#),
        ],
    ]));
    silent(&[&[("scheduleParams", ADVANCE), ("urlParams.queryParams", QUERY)]]);
}

#[test]
fn a_page_size_is_moved_not_removed() {
    expect![[r#"
        paginationParams: { "type": "CONTINUATION_TOKEN", "continuationTokenPath": "$.next", "parameterType": "QUERYPARAM", "parameterName": "cursor" }; paginationParams.limitName: "limit"; paginationParams.limitValue: 100
          "limitValue" warning[foreign-pagination-key]: `limitValue` is not documented for `CONTINUATION_TOKEN`, so the page size may not be sent (inferred); move it to `queryParams`
            fix: Move `limit=100` to `queryParams`
            fix: Remove `limitValue`
          "limitName" warning[foreign-pagination-key]: `limitName` is not documented for `CONTINUATION_TOKEN`, so the page size may not be sent (inferred); move it to `queryParams`
            fix: Move `limit=100` to `queryParams`
            fix: Remove `limitName`
        paginationParams: { "type": "CONTINUATION_TOKEN", "continuationTokenPath": "$.next", "parameterType": "QUERYPARAM", "parameterName": "cursor" }; paginationParams.endConditionName: "$.more"; paginationParams.endConditionValue: "Const:false"
          "endConditionValue" info[foreign-pagination-key]: `endConditionValue` is documented for `OFFSET` only; it may have no effect for `CONTINUATION_TOKEN`
            fix: Remove `endConditionValue`
          "endConditionName" info[foreign-pagination-key]: `endConditionName` is documented for `OFFSET` only; it may have no effect for `CONTINUATION_TOKEN`
            fix: Remove `endConditionName`
        paginationParams.delayRequestMillis: 850
          "delayRequestMillis" info[foreign-pagination-key]: `delayRequestMillis` is documented for `CONTINUATION_TOKEN` only; it may have no effect for `OFFSET`
            fix: Remove `delayRequestMillis`
        paginationParams.pointerPath: "$.next"
          "pointerPath" warning[foreign-pagination-key]: `pointerPath` belongs to another pagination type than `OFFSET` and has no effect (inferred); change the type, or remove it
            fix: Remove `pointerPath`
    "#]].assert_eq(&drawn(&[
        &[
            ("paginationParams", TOKEN),
            ("paginationParams.limitName", r#""limit""#),
            ("paginationParams.limitValue", "100"),
        ],
        &[
            ("paginationParams", TOKEN),
            ("paginationParams.endConditionName", r#""$.more""#),
            ("paginationParams.endConditionValue", r#""Const:false""#),
        ],
        &[("paginationParams.delayRequestMillis", "850")],
        &[("paginationParams.pointerPath", r#""$.next""#)],
    ]));
}

#[test]
fn what_sources_do_without_is_no_warning() {
    expect![[r#"
        scheduleParams: 
          "attributes" info[missing-key]: no `scheduleParams` in `sourceSpec.attributes`, so each run fetches all records (inferred); add it if the API can filter by time
            fix: Add `scheduleParams`
        version: 
          { info[missing-key]: missing `version` in the spec; Adobe's template has it
            fix: Add `version`
        attributes: 
          { info[missing-key]: missing `attributes` in the spec; Adobe's template has it
            fix: Add `attributes`
        sourceSpec.spec: ; urlParams.path: "/v1/orders"
          "sourceSpec" info[missing-key]: missing `spec` in `sourceSpec`; Adobe's template has it
            fix: Add `spec`
        authSpec.0: { "name": "Basic Authentication", "type": "BasicAuthentication", "spec": { "type": "object", "properties": { "subdomain": { "type": "string" }, "username": { "type": "string", "format": "password" } } } }
          "properties" info[missing-auth-inputs]: no input `password` for `BasicAuthentication`; declare it, unless the API takes a key as user name and no password
            fix: Declare `password`
    "#]]
    .assert_eq(&drawn(&[
        &[("scheduleParams", "")],
        &[("version", "")],
        &[("attributes", "")],
        &[("sourceSpec.spec", ""), ("urlParams.path", r#""/v1/orders""#)],
        &[("authSpec.0", r#"{ "name": "Basic Authentication", "type": "BasicAuthentication", "spec": { "type": "object", "properties": { "subdomain": { "type": "string" }, "username": { "type": "string", "format": "password" } } } }"#)],
    ]));
    silent(&[&[(
        "authSpec.0.spec.properties.subdomain.description",
        r#""The {SUBDOMAIN} in https://{SUBDOMAIN}.lantern.example""#,
    )]]);
}

#[test]
fn a_wrong_value_is_replaced_by_the_right_one() {
    expect![[r#"
        paginationParams.endConditionName: "$.hasMore"; paginationParams.endConditionValue: false
          false error[wrong-type]: expected a string, found a boolean; use `"Const:false"`
            fix: Replace with `"Const:false"` (safe)
        paginationParams: { "type": "CONTINUATION_TOKEN", "continuationTokenPath": "$.next", "parameterType": "QUERYPARAM", "parameterName": "cursor" }; paginationParams.delayRequestMillis: 0.85
          0.85 error[wrong-type]: expected an integer or a string, found a number; in milliseconds it is `850`
            fix: Replace with `850`
        paginationParams: { "type": "CONTINUATION_TOKEN", "continuationTokenPath": "$.next", "parameterType": "QUERYPARAM", "parameterName": "cursor" }; paginationParams.delayRequestMillis: "1.5"
          "1.5" error[invalid-number]: `delayRequestMillis` must be an integer; in milliseconds it is `1500`
            fix: Replace with `1500`
        contentPath.overrideWrapperAttribute: "$.ticket"
          $.ticket warning[path-syntax]: expected the name of a node, found a JSON path; use `ticket`
            fix: Replace with `ticket`
        contentPath.overrideWrapperAttribute: "$.ticket"; explodeEntityPath: { "path": "$.ticket.comments" }
          $.ticket warning[path-syntax]: expected the name of a node, found a JSON path; use `ticket`
            fix: Replace with `ticket`
        contentPath.path: "$.{CONTENT_PATH}"
          {CONTENT_PATH} warning[unfilled-template]: unfilled template placeholder `{CONTENT_PATH}`; replace it with your own value, so that the whole is like `$.members`
        urlParams.host: "{HOST}"
          {HOST} warning[unfilled-template]: unfilled template placeholder `{HOST}`; replace it with your own value, such as `https://${domain}.api.mailchimp.com`
    "#]].assert_eq(&drawn(&[
        &[("paginationParams.endConditionName", r#""$.hasMore""#), ("paginationParams.endConditionValue", "false")],
        &[("paginationParams", TOKEN), ("paginationParams.delayRequestMillis", "0.85")],
        &[("paginationParams", TOKEN), ("paginationParams.delayRequestMillis", r#""1.5""#)],
        &[("contentPath.overrideWrapperAttribute", r#""$.ticket""#)],
        &[
            ("contentPath.overrideWrapperAttribute", r#""$.ticket""#),
            ("explodeEntityPath", r#"{ "path": "$.ticket.comments" }"#),
        ],
        &[("contentPath.path", r#""$.{CONTENT_PATH}""#)],
        &[("urlParams.host", r#""{HOST}""#)],
    ]));
}

#[test]
fn keys_of_other_tools_lead_to_the_right_ones() {
    expect![[r#"
        sourceSpec.attributes.headers: { "X-View": "1" }
          "headers" warning[unknown-key]: unknown key `headers` in `sourceSpec.attributes`; did you mean `headerParams`?
            fix: Rename to `headerParams`
        sourceSpec.attributes.pagination: {}
          "pagination" warning[unknown-key]: unknown key `pagination` in `sourceSpec.attributes`: no page and no live spec has it
            fix: Remove `pagination`
        scheduleParams.frequency: "day"
          "frequency" warning[unknown-key]: `frequency` is part of the dataflow that a user creates, not of a spec; remove it
            fix: Remove `frequency`
        authSpec.0.spec.properties.subdomain.restAttributes: { "headerName": "X-View" }
          "headerName" warning[unknown-key]: unknown key `headerName` in `authSpec[0].spec.properties.subdomain.restAttributes`; did you mean `headerParamName`?
            fix: Rename to `headerParamName`
    "#]].assert_eq(&drawn(&[
        &[("sourceSpec.attributes.headers", r#"{ "X-View": "1" }"#)],
        &[("sourceSpec.attributes.pagination", "{}")],
        &[("scheduleParams.frequency", r#""day""#)],
        &[("authSpec.0.spec.properties.subdomain.restAttributes", r#"{ "headerName": "X-View" }"#)],
    ]));
}
