//! Mistakes that earlier versions did not see, each with its sound relatives.

use expect_test::expect;

use super::table::{drawn, silent};

#[test]
fn an_unknown_type_does_not_switch_the_rules_off() {
    expect![[r#"
        type: "generic-rest-connector"; contentPath.path: "$.orders["
          "generic-rest-connector" warning[invalid-value]: `generic-rest-connector` is the type of the 2021 beta; use `generic-rest`
            fix: Replace with `generic-rest`
          [ error[path-syntax]: missing closing `]`
        type: "rest"
          "rest" error[invalid-value]: unknown type `rest`; by its provider or request, the type of this spec is `generic-rest`
            fix: Replace with `generic-rest`
        type: "generic-http"; providerId: "4e98f16f-87d6-4ef0-bdc6-7a2b0fe76e62"
          "generic-http" error[invalid-value]: unknown type `generic-http`; by its provider or request, the type of this spec is `generic-rest`
            fix: Replace with `generic-rest`
          "4e98f16f-87d6-4ef0-bdc6-7a2b0fe76e62" error[provider-mismatch]: `providerId` must be `0ed90a81-07f4-4586-8190-b40eccef1c5a` for `generic-rest`
            fix: Replace with the provider of `generic-rest` (safe)
    "#]]
    .assert_eq(&drawn(&[
        &[("type", r#""generic-rest-connector""#), ("contentPath.path", r#""$.orders[""#)],
        &[("type", r#""rest""#)],
        &[("type", r#""generic-http""#), ("providerId", r#""4e98f16f-87d6-4ef0-bdc6-7a2b0fe76e62""#)],
    ]));
}

#[test]
fn documented_refusals_are_foreseen() {
    expect![[r#"
        scheduleParams: {}
          "scheduleParams" error[empty-value]: empty `scheduleParams`, which Flow Service rejects (`1317-400`); name the two parameters of the time window, or remove it
            fix: Use two parameters
            fix: Remove `scheduleParams`
        contentPath.path: ""
          "" error[empty-value]: empty `path`; expected the path to the array of records, such as `$.members` (`1313-400`)
        contentPath: ""
          "" error[empty-value]: empty `contentPath`; expected the path to the array of records, such as `$.members` (`1313-400`)
          "" warning[deprecated-content-path]: a string in `contentPath` is deprecated; use an object with `path`
            fix: Convert to an object (safe)
        explodeEntityPath: { "path": " " }
          " " error[empty-value]: empty `path`; expected the path to an array inside a record (`1313-400`)
        authSpec: []; urlParams.host: "https://lantern.example"
          "authSpec" error[empty-value]: empty `authSpec`: a connection selects one of its entries by name and is rejected without one (`1415-400`); add an authentication method
            fix: Add OAuth 2 refresh code
            fix: Add basic authentication
            fix: Add API key
        name: ""
          "" error[empty-value]: empty `name`; expected a name; the API requires it
        authSpec.0.name: ""
          "" error[empty-value]: empty `name`; expected the name by which connections select the entry
        paginationParams.limitName: ""
          "" error[empty-value]: empty `limitName`; expected the name of the parameter that the API expects
        paginationParams.limitValue: ""
          "" error[empty-value]: empty `limitValue`; expected the number of records per page
        scheduleParams.scheduleStartParamName: ""
          "" error[empty-value]: empty `scheduleStartParamName`; expected the name of the parameter that the API expects
        contentPath.path: "$.data[*]"
          [*] warning[complex-path]: a wildcard in the path to the records, which Flow Service may reject as complex (`1314-400`); use names only
            fix: Replace with `$.data`
        contentPath.path: "$..orders"
          ..orders warning[complex-path]: `..` in the path to the records, which Flow Service may reject as complex (`1314-400`); use names only
        contentPath.path: "$.orders[0]"
          [0] warning[complex-path]: an index in the path to the records, which Flow Service may reject as complex (`1314-400`); use names only
            fix: Replace with `$.orders`
        contentPath.path: "$.orders[?(@.id)]"
          [?(@.id)] warning[complex-path]: a filter in the path to the records, which Flow Service may reject as complex (`1314-400`); use names only
            fix: Replace with `$.orders`
        contentPath.path: "$.data[0].orders"
          [0] warning[complex-path]: an index in the path to the records, which Flow Service may reject as complex (`1314-400`); use names only
    "#]]
    .assert_eq(&drawn(&[
        &[("scheduleParams", "{}")],
        &[("contentPath.path", r#""""#)],
        &[("contentPath", r#""""#)],
        &[("explodeEntityPath", r#"{ "path": " " }"#)],
        &[("authSpec", "[]"), ("urlParams.host", r#""https://lantern.example""#)],
        &[("name", r#""""#)],
        &[("authSpec.0.name", r#""""#)],
        &[("paginationParams.limitName", r#""""#)],
        &[("paginationParams.limitValue", r#""""#)],
        &[("scheduleParams.scheduleStartParamName", r#""""#)],
        &[("contentPath.path", r#""$.data[*]""#)],
        &[("contentPath.path", r#""$..orders""#)],
        &[("contentPath.path", r#""$.orders[0]""#)],
        &[("contentPath.path", r#""$.orders[?(@.id)]""#)],
        &[("contentPath.path", r#""$.data[0].orders""#)],
    ]));
    silent(&[
        &[("contentPath.path", r#""$""#)],
        &[("contentPath.path", r#""$['first orders'].all""#)],
        &[("urlParams.path", r#""""#), ("sourceSpec.spec", r#"{ "type": "object", "properties": {} }"#)],
        &[("bodyParams", r#""""#), ("urlParams.method", r#""POST""#)],
        &[("contentPath.overrideWrapperAttribute", r#""""#)],
    ]);
}

const POINTER: &str = r#"{ "type": "POINTER", "pointerPath": "$.next" }"#;
const TOKEN: &str = r#"{ "type": "CONTINUATION_TOKEN", "continuationTokenPath": "$.next", "parameterType": "QUERYPARAM", "parameterName": "cursor" }"#;
const PAGE: &str = r#"{ "type": "PAGE", "limitName": "size", "limitValue": 10, "pageParamName": "page" }"#;

#[test]
fn a_path_has_to_give_one_value() {
    expect![[r#"
        paginationParams: { "type": "POINTER", "pointerPath": "$.next" }; paginationParams.pointerPath: "$.orders.next"
          .next warning[complex-path]: `$.orders` is the array of records, which has no member `next` (inferred)
        paginationParams: { "type": "POINTER", "pointerPath": "$.next" }; paginationParams.pointerPath: "$.orders"
          .orders warning[complex-path]: this is the array of records, not the URL of the next page
        paginationParams: { "type": "POINTER", "pointerPath": "$.next" }; paginationParams.pointerPath: "$"
          $ warning[complex-path]: `$` is the complete response, not the URL of the next page
        paginationParams: { "type": "POINTER", "pointerPath": "$.next" }; contentPath.path: "$"
          .next warning[complex-path]: `$` is the array of records, which has no member `next` (inferred)
        paginationParams: { "type": "POINTER", "pointerPath": "$.next" }; paginationParams.pointerPath: "headers.link"
          headers.link warning[complex-path]: expected a JSON path to the URL of the next page, found the response header `link`; headers are documented for `endPageIndex` only. If the pages have numbers, use `PAGE`
        paginationParams: { "type": "CONTINUATION_TOKEN", "continuationTokenPath": "$.next", "parameterType": "QUERYPARAM", "parameterName": "cursor" }; paginationParams.continuationTokenPath: "$.orders[-1:].id"
          [-1:] warning[complex-path]: a slice cannot give one value (inferred); write a path of names to the token of the next page
        paginationParams: { "type": "CONTINUATION_TOKEN", "continuationTokenPath": "$.next", "parameterType": "QUERYPARAM", "parameterName": "cursor" }; paginationParams.continuationTokenPath: "$.orders[-1].id"
          [-1] warning[complex-path]: an index from the end cannot give one value (inferred); write a path of names to the token of the next page
        paginationParams: { "type": "CONTINUATION_TOKEN", "continuationTokenPath": "$.next", "parameterType": "QUERYPARAM", "parameterName": "cursor" }; paginationParams.continuationTokenPath: "$.pages[*].next"
          [*] warning[complex-path]: a wildcard cannot give one value (inferred); write a path of names to the token of the next page
        paginationParams: { "type": "CONTINUATION_TOKEN", "continuationTokenPath": "$.next", "parameterType": "QUERYPARAM", "parameterName": "cursor" }; paginationParams.continuationTokenPath: "$..next"
          ..next warning[complex-path]: `..` cannot give one value (inferred); write a path of names to the token of the next page
        paginationParams: { "type": "CONTINUATION_TOKEN", "continuationTokenPath": "$.next", "parameterType": "QUERYPARAM", "parameterName": "cursor" }; paginationParams.continuationTokenPath: "headers.x-next"
          headers.x-next warning[complex-path]: expected a JSON path to the token of the next page, found the response header `x-next`; headers are documented for `endPageIndex` only. If the pages have numbers, use `PAGE`
        paginationParams.endConditionName: "$.orders.hasMore"; paginationParams.endConditionValue: "Const:false"
          .hasMore warning[complex-path]: `$.orders` is the array of records, which has no member `hasMore` (inferred)
    "#]]
    .assert_eq(&drawn(&[
        &[("paginationParams", POINTER), ("paginationParams.pointerPath", r#""$.orders.next""#)],
        &[("paginationParams", POINTER), ("paginationParams.pointerPath", r#""$.orders""#)],
        &[("paginationParams", POINTER), ("paginationParams.pointerPath", r#""$""#)],
        &[("paginationParams", POINTER), ("contentPath.path", r#""$""#)],
        &[("paginationParams", POINTER), ("paginationParams.pointerPath", r#""headers.link""#)],
        &[("paginationParams", TOKEN), ("paginationParams.continuationTokenPath", r#""$.orders[-1:].id""#)],
        &[("paginationParams", TOKEN), ("paginationParams.continuationTokenPath", r#""$.orders[-1].id""#)],
        &[("paginationParams", TOKEN), ("paginationParams.continuationTokenPath", r#""$.pages[*].next""#)],
        &[("paginationParams", TOKEN), ("paginationParams.continuationTokenPath", r#""$..next""#)],
        &[("paginationParams", TOKEN), ("paginationParams.continuationTokenPath", r#""headers.x-next""#)],
        &[("paginationParams.endConditionName", r#""$.orders.hasMore""#), ("paginationParams.endConditionValue", r#""Const:false""#)],
    ]));
    silent(&[
        &[("paginationParams", POINTER), ("paginationParams.pointerPath", r#""$.links[?(@.rel=='next')].href""#)],
        &[("paginationParams", POINTER), ("paginationParams.pointerPath", r#""$.links[0].href""#)],
        &[("paginationParams", POINTER), ("paginationParams.pointerPath", r#""$.orders_next""#)],
        &[
            ("paginationParams", POINTER),
            ("contentPath.path", r#""$.data.orders""#),
            ("paginationParams.pointerPath", r#""$.data.next""#),
        ],
        &[("paginationParams.endConditionName", r#""$.orders""#), ("paginationParams.endConditionValue", r#""Empty""#)],
        &[
            ("paginationParams.endConditionName", r#""$.orders[0].id""#),
            ("paginationParams.endConditionValue", r#""NonExist""#),
        ],
        &[
            ("paginationParams.endConditionName", r#""headers.x-more""#),
            ("paginationParams.endConditionValue", r#""Const:false""#),
        ],
        &[("paginationParams", PAGE), ("paginationParams.endPageIndex", r#""headers.x-pagecount""#)],
    ]);
}

#[test]
fn names_in_paths_are_in_single_quotes() {
    expect![[r#"
        contentPath.path: "$[\"first orders\"].all"
          $[\"first orders\"].all warning[path-syntax]: use single quotes: Data Factory's reader of JSON paths rejects double quotes (inferred, not documented)
            fix: Replace with `$['first orders'].all` (safe)
        contentPath.path: "$orders[\"it's\"]"
          $orders[\"it's\"] error[path-syntax]: missing dot before this name
            fix: Replace with `$.orders['it\'s']`
        paginationParams: { "type": "POINTER", "pointerPath": "$.next" }; paginationParams.pointerPath: "$.links[?(@.rel==\"next\")].href"
          $.links[?(@.rel==\"next\")].href warning[path-syntax]: use single quotes: Data Factory's reader of JSON paths rejects double quotes (inferred, not documented)
            fix: Replace with `$.links[?(@.rel=='next')].href` (safe)
        paginationParams: { "type": "POINTER", "pointerPath": "$.next" }; paginationParams.pointerPath: "$.@odata.nextLink"
          .@odata.nextLink warning[path-syntax]: `@odata.nextLink` is one name; use `['@odata.nextLink']`
            fix: Replace with `$['@odata.nextLink']` (safe)
        paginationParams: { "type": "POINTER", "pointerPath": "$.next" }; paginationParams.pointerPath: "@odata.nextLink"
          @odata.nextLink warning[path-syntax]: missing `$` at the start of the JSON path
            fix: Replace with `$['@odata.nextLink']` (safe)
        paginationParams: { "type": "POINTER", "pointerPath": "$.next" }; paginationParams.pointerPath: "$.value@odata.nextLink"
          .value@odata.nextLink warning[path-syntax]: `value@odata.nextLink` is one name; use `['value@odata.nextLink']`
            fix: Replace with `$['value@odata.nextLink']` (safe)
        paginationParams: { "type": "POINTER", "pointerPath": "$.next" }; paginationParams.pointerPath: "$.d.@odata.nextLink"
          .@odata.nextLink warning[path-syntax]: `@odata.nextLink` is one name; use `['@odata.nextLink']`
            fix: Replace with `$.d['@odata.nextLink']` (safe)
    "#]]
    .assert_eq(&drawn(&[
        &[("contentPath.path", r#""$[\"first orders\"].all""#)],
        &[("contentPath.path", r#""$orders[\"it's\"]""#)],
        &[("paginationParams", POINTER), ("paginationParams.pointerPath", r#""$.links[?(@.rel==\"next\")].href""#)],
        &[("paginationParams", POINTER), ("paginationParams.pointerPath", r#""$.@odata.nextLink""#)],
        &[("paginationParams", POINTER), ("paginationParams.pointerPath", r#""@odata.nextLink""#)],
        &[("paginationParams", POINTER), ("paginationParams.pointerPath", r#""$.value@odata.nextLink""#)],
        &[("paginationParams", POINTER), ("paginationParams.pointerPath", r#""$.d.@odata.nextLink""#)],
    ]));
    silent(&[
        &[("paginationParams", POINTER), ("paginationParams.pointerPath", r#""$['@odata.nextLink']""#)],
        &[("paginationParams", POINTER), ("paginationParams.pointerPath", r#""$['say \"next\"']""#)],
    ]);
}

#[test]
fn a_parameter_is_sent_once() {
    expect![[r#"
        paginationParams.offSetName: "limit"
          "limit" warning[duplicate-parameter]: parameter `limit` is also sent by `limitName`; use another name, or remove one
        scheduleParams.scheduleEndParamName: "since"
          "since" warning[duplicate-parameter]: parameter `since` is also sent by `scheduleStartParamName`; use another name, or remove one
        urlParams.queryParams: { "limit": "50", "sort": "id" }
          "limit" warning[duplicate-parameter]: parameter `limit` is also sent by `limitName`; use another name, or remove one
            fix: Remove `limit`
        urlParams.path: "/v1/${viewId}/orders?since=2020&sort=id"
          since warning[duplicate-parameter]: parameter `since` is also sent by `scheduleStartParamName`; use another name, or remove one
        urlParams.path: "/v1/${viewId}/orders?sort=id"; urlParams.queryParams: { "sort": "id" }
          "sort" warning[duplicate-parameter]: parameter `sort` is also sent by `path`; use another name, or remove one
            fix: Remove `sort`
        paginationParams: { "type": "CONTINUATION_TOKEN", "continuationTokenPath": "$.next", "parameterType": "QUERYPARAM", "parameterName": "cursor" }; paginationParams.parameterName: "since"
          "since" warning[duplicate-parameter]: parameter `since` is also sent by `parameterName`; use another name, or remove one
        paginationParams: { "type": "CONTINUATION_TOKEN", "continuationTokenPath": "$.next", "parameterType": "QUERYPARAM", "parameterName": "cursor" }; paginationParams.parameterType: "HEADERPARAM"; headerParams: { "Cursor": "a" }
          "Cursor" warning[duplicate-parameter]: header `cursor` is also sent by `parameterName`; use another name, or remove one
            fix: Remove `Cursor`
    "#]]
    .assert_eq(&drawn(&[
        &[("paginationParams.offSetName", r#""limit""#)],
        &[("scheduleParams.scheduleEndParamName", r#""since""#)],
        &[("urlParams.queryParams", r#"{ "limit": "50", "sort": "id" }"#)],
        &[("urlParams.path", r#""/v1/${viewId}/orders?since=2020&sort=id""#)],
        &[("urlParams.path", r#""/v1/${viewId}/orders?sort=id""#), ("urlParams.queryParams", r#"{ "sort": "id" }"#)],
        &[("paginationParams", TOKEN), ("paginationParams.parameterName", r#""since""#)],
        &[
            ("paginationParams", TOKEN),
            ("paginationParams.parameterType", r#""HEADERPARAM""#),
            ("headerParams", r#"{ "Cursor": "a" }"#),
        ],
    ]));
    silent(&[
        &[("urlParams.path", r#""/v1/${viewId}/orders?field=a&field=b""#)],
        &[("urlParams.queryParams", r#"{ "Limit": "50" }"#)],
        &[("headerParams", r#"{ "limit": "50", "since": "a" }"#)],
        &[
            ("paginationParams", TOKEN),
            ("paginationParams.parameterType", r#""HEADERPARAM""#),
            ("urlParams.queryParams", r#"{ "cursor": "a" }"#),
        ],
    ]);
}

#[test]
fn values_do_not_contradict_each_other() {
    expect![[r#"
        paginationParams: { "type": "PAGE", "limitName": "size", "limitValue": 10, "pageParamName": "page" }; paginationParams.initialPageIndex: 5; paginationParams.endPageIndex: "2"
          "2" warning[contradicting-values]: the last page 2 is before the first, 5
        paginationParams: { "type": "PAGE", "limitName": "size", "limitValue": 10, "pageParamName": "page" }; paginationParams.endPageIndex: 50; paginationParams.maximumRequest: 10
          10 warning[contradicting-values]: pages 0 to 50 need 51 requests, so at most 10 leave some out
        paginationParams.endConditionName: "$.has_more"; paginationParams.endConditionValue: "Const:true"
          "Const:true" warning[contradicting-values]: by its name, `has_more` is true while there are more pages, so only the first is requested (inferred); use `Const:false`
            fix: Replace with `Const:false`
        paginationParams.endConditionName: "$.meta.isLast"; paginationParams.endConditionValue: "Const:false"
          "Const:false" warning[contradicting-values]: by its name, `isLast` is true on the last page only, so only the first is requested (inferred); use `Const:true`
            fix: Replace with `Const:true`
        paginationParams.endConditionName: "$.has_more"; paginationParams.endConditionValue: "Const: false"
          Const: false warning[incomplete-end-condition]: space after `Const:`, which is part of the value that is compared (inferred); remove it
            fix: Replace with `Const:false`
        paginationParams: { "type": "POINTER", "pointerPath": "$.next" }; paginationParams.limitName: "limit"
          "limitName" warning[incomplete-pagination]: `limitName` has no effect without `limitValue`; add `limitValue` or remove `limitName`
            fix: Add `limitValue`
            fix: Remove `limitName`
        paginationParams: { "type": "POINTER", "pointerPath": "$.next" }; paginationParams.limitValue: 100
          "limitValue" warning[incomplete-pagination]: `limitValue` has no effect without `limitName`; add `limitName` or remove `limitValue`
            fix: Add `limitName`
            fix: Remove `limitValue`
        scheduleParams.scheduleEndParamFormat: 
          "scheduleStartParamFormat" warning[incomplete-schedule]: missing `scheduleEndParamFormat`: the other end of the time window has no format
            fix: Add `scheduleEndParamFormat`
    "#]]
    .assert_eq(&drawn(&[
        &[("paginationParams", PAGE), ("paginationParams.initialPageIndex", "5"), ("paginationParams.endPageIndex", r#""2""#)],
        &[("paginationParams", PAGE), ("paginationParams.endPageIndex", "50"), ("paginationParams.maximumRequest", "10")],
        &[("paginationParams.endConditionName", r#""$.has_more""#), ("paginationParams.endConditionValue", r#""Const:true""#)],
        &[("paginationParams.endConditionName", r#""$.meta.isLast""#), ("paginationParams.endConditionValue", r#""Const:false""#)],
        &[("paginationParams.endConditionName", r#""$.has_more""#), ("paginationParams.endConditionValue", r#""Const: false""#)],
        &[("paginationParams", POINTER), ("paginationParams.limitName", r#""limit""#)],
        &[("paginationParams", POINTER), ("paginationParams.limitValue", "100")],
        &[("scheduleParams.scheduleEndParamFormat", "")],
    ]));
    silent(&[
        &[("paginationParams", PAGE), ("paginationParams.endPageIndex", "0")],
        &[
            ("paginationParams", PAGE),
            ("paginationParams.endPageIndex", "9"),
            ("paginationParams.maximumRequest", "10"),
        ],
        &[
            ("paginationParams.endConditionName", r#""$.has_more""#),
            ("paginationParams.endConditionValue", r#""Const:false""#),
        ],
        &[
            ("paginationParams.endConditionName", r#""$.status""#),
            ("paginationParams.endConditionValue", r#""Const:true""#),
        ],
    ]);
}

#[test]
fn placeholders_of_other_tools_are_reported() {
    expect![[r#"
        urlParams.path: "/v1/:viewId/orders"
          :viewId warning[placeholder-form]: `:viewId` is not replaced and is sent as is; use `${viewId}`
            fix: Replace with `${viewId}`
          "viewId" hint[unused-input]: unused input `viewId`: no placeholder refers to it; use it as `${viewId}`, or remove it
            fix: Remove `viewId`
        urlParams.path: "/v1/:id/orders"
          :id warning[placeholder-form]: `:id` is not replaced and is sent as is; did you mean `${viewId}`?
            fix: Replace with `${viewId}`
          "viewId" hint[unused-input]: unused input `viewId`: no placeholder refers to it; use it as `${viewId}`, or remove it
            fix: Remove `viewId`
        urlParams.path: "/v1/$viewId/orders"
          $viewId warning[placeholder-form]: `$viewId` is not replaced and is sent as is; use `${viewId}`
            fix: Replace with `${viewId}`
          "viewId" hint[unused-input]: unused input `viewId`: no placeholder refers to it; use it as `${viewId}`, or remove it
            fix: Remove `viewId`
        urlParams.path: "/v1/<viewId>/orders"
          <viewId> warning[placeholder-form]: `<viewId>` is not replaced and is sent as is; use `${viewId}`
            fix: Replace with `${viewId}`
          "viewId" hint[unused-input]: unused input `viewId`: no placeholder refers to it; use it as `${viewId}`, or remove it
            fix: Remove `viewId`
        urlParams.path: "/v1/<view-id>/orders"
          <view-id> warning[placeholder-form]: `<view-id>` is not replaced and is sent as is; did you mean `${viewId}`?
            fix: Replace with `${viewId}`
          "viewId" hint[unused-input]: unused input `viewId`: no placeholder refers to it; use it as `${viewId}`, or remove it
            fix: Remove `viewId`
        urlParams.path: "/v1/%viewId%/orders"
          %viewId% warning[placeholder-form]: `%viewId%` is not replaced and is sent as is; use `${viewId}`
            fix: Replace with `${viewId}`
          "viewId" hint[unused-input]: unused input `viewId`: no placeholder refers to it; use it as `${viewId}`, or remove it
            fix: Remove `viewId`
        urlParams.path: "/v1/[viewId]/orders"
          [viewId] warning[placeholder-form]: `[viewId]` is not replaced and is sent as is; use `${viewId}`
            fix: Replace with `${viewId}`
          "viewId" hint[unused-input]: unused input `viewId`: no placeholder refers to it; use it as `${viewId}`, or remove it
            fix: Remove `viewId`
        urlParams.path: "/v1/#{viewId}/orders"
          #{viewId} warning[placeholder-form]: `#{viewId}` is not known to be replaced and may be sent as is; use `${viewId}`
            fix: Replace with `${viewId}` (safe)
        urlParams.path: "/v1/{{ config['viewId'] }}/orders"
          {{ config['viewId'] }} warning[placeholder-form]: `{{ config['viewId'] }}` is not known to be replaced and may be sent as is; use `${viewId}`
            fix: Replace with `${viewId}`
        urlParams.host: "https://{{ config.subdomain }}.lantern.example"
          {{ config.subdomain }} warning[placeholder-form]: `{{ config.subdomain }}` is not known to be replaced and may be sent as is; use `${subdomain}`
            fix: Replace with `${subdomain}`
        urlParams.host: "https://${authSpec.subdomain}.lantern.example"
          ${authSpec.subdomain} error[undeclared-placeholder]: unknown input `authSpec.subdomain`; did you mean `subdomain`?
            fix: Replace with `${subdomain}`
        urlParams.queryParams: { "view": "$viewId" }
          $viewId warning[placeholder-form]: `$viewId` is not replaced and is sent as is; use `${viewId}`
            fix: Replace with `${viewId}`
        headerParams: { "X-View": "<viewId>" }
          <viewId> warning[placeholder-form]: `<viewId>` is not replaced and is sent as is; use `${viewId}`
            fix: Replace with `${viewId}`
    "#]]
    .assert_eq(&drawn(&[
        &[("urlParams.path", r#""/v1/:viewId/orders""#)],
        &[("urlParams.path", r#""/v1/:id/orders""#)],
        &[("urlParams.path", r#""/v1/$viewId/orders""#)],
        &[("urlParams.path", r#""/v1/<viewId>/orders""#)],
        &[("urlParams.path", r#""/v1/<view-id>/orders""#)],
        &[("urlParams.path", r#""/v1/%viewId%/orders""#)],
        &[("urlParams.path", r#""/v1/[viewId]/orders""#)],
        &[("urlParams.path", r#""/v1/#{viewId}/orders""#)],
        &[("urlParams.path", r#""/v1/{{ config['viewId'] }}/orders""#)],
        &[("urlParams.host", r#""https://{{ config.subdomain }}.lantern.example""#)],
        &[("urlParams.host", r#""https://${authSpec.subdomain}.lantern.example""#)],
        &[("urlParams.queryParams", r#"{ "view": "$viewId" }"#)],
        &[("headerParams", r#"{ "X-View": "<viewId>" }"#)],
    ]));
    silent(&[
        &[("urlParams.path", r#""/v1/${viewId}/orders:search""#)],
        &[("urlParams.path", r#""/v1/${viewId}/$metadata?$filter=a%20eq%20b""#)],
        &[("urlParams.queryParams", r#"{ "filter[type]": "<b>", "time": "12:30", "$top": "5" }"#)],
    ]);
}

const INPUT: &str = "sourceSpec.spec.properties.viewId";

#[test]
fn embedded_schemas_do_not_contradict_themselves() {
    expect![[r#"
        sourceSpec.spec: { "type": "object", "properties": { "viewId": { "type": "string" }, "required": ["viewId"] } }
          ${viewId} info[partly-declared-placeholder]: `viewId` is optional, so this segment may be empty; add `viewId` to `required`
            fix: Require `viewId`
          "required" warning[embedded-schema]: `required` inside `properties` declares an input of this name and requires nothing; move it beside `properties`
            fix: Move it beside `properties`
        sourceSpec.spec.properties.viewId: { "type": "string", "enum": ["a", "b"], "default": "c" }
          "c" warning[embedded-schema]: this default is none of the values in `enum`
            fix: Replace with `a`
            fix: Remove `default`
        sourceSpec.spec.properties.viewId: { "type": "integer", "default": "5" }
          "5" warning[embedded-schema]: this default is a string, unlike `type`
            fix: Remove `default`
        sourceSpec.spec.properties.viewId: { "type": "integer", "minimum": 10, "maximum": 1 }
          10 warning[embedded-schema]: `minimum` is greater than `maximum`, so no value is valid
        sourceSpec.spec.properties.viewId: { "type": "string", "pattern": "[a-z" }
          "[a-z" error[embedded-schema]: `pattern` isn't a valid regular expression, so no value matches it
            fix: Remove `pattern`
        sourceSpec.spec.properties.viewId: { "type": "string", "format": "datetime" }
          "datetime" warning[embedded-schema]: unknown format `datetime`, which is ignored; did you mean `date-time`?
            fix: Replace with `date-time`
    "#]]
    .assert_eq(&drawn(&[
        &[("sourceSpec.spec", r#"{ "type": "object", "properties": { "viewId": { "type": "string" }, "required": ["viewId"] } }"#)],
        &[(INPUT, r#"{ "type": "string", "enum": ["a", "b"], "default": "c" }"#)],
        &[(INPUT, r#"{ "type": "integer", "default": "5" }"#)],
        &[(INPUT, r#"{ "type": "integer", "minimum": 10, "maximum": 1 }"#)],
        &[(INPUT, r#"{ "type": "string", "pattern": "[a-z" }"#)],
        &[(INPUT, r#"{ "type": "string", "format": "datetime" }"#)],
    ]));
    silent(&[
        &[(INPUT, r#"{ "type": "string", "enum": ["a", "b"], "default": "b" }"#)],
        &[(INPUT, r#"{ "type": ["string", "null"], "default": null }"#)],
        &[(INPUT, r#"{ "type": "number", "default": 5 }"#)],
        &[(INPUT, r#"{ "type": "string", "pattern": "^(?!a)[a-z]+$", "format": "json" }"#)],
    ]);
}

#[test]
fn credentials_are_not_part_of_a_spec() {
    expect![[r#"
        urlParams.host: "https://admin:pa55w0rd@${subdomain}.lantern.example"
          admin:pa55w0rd warning[hard-coded-secret]: hard-coded credential, visible to everyone who can read this spec; remove it and use basic authentication
            fix: Remove the credential
        authSpec.0.spec.properties.accessToken.default: "a1b2c3d4e5f6"
          a1b2c3d4e5f6 warning[hard-coded-secret]: hard-coded credential, offered to everyone who enters `accessToken`; remove it
            fix: Remove `default`
        urlParams.path: "/v1/${viewId}/orders?access_token=a1b2c3d4e5f6"
          a1b2c3d4e5f6 warning[hard-coded-secret]: hard-coded credential, visible to everyone who can read this spec; use an input that users enter when they authenticate
            fix: Replace with the authentication input `accessToken`
            fix: Extract to the authentication input `accessToken2`
    "#]]
    .assert_eq(&drawn(&[
        &[("urlParams.host", r#""https://admin:pa55w0rd@${subdomain}.lantern.example""#)],
        &[("authSpec.0.spec.properties.accessToken.default", r#""a1b2c3d4e5f6""#)],
        &[("urlParams.path", r#""/v1/${viewId}/orders?access_token=a1b2c3d4e5f6""#)],
    ]));
    silent(&[
        &[("urlParams.host", r#""https://${subdomain}:${accessToken}@lantern.example""#)],
        &[("authSpec.0.spec.properties.accessToken.default", r#""your token""#)],
    ]);
}

#[test]
fn what_completion_inserts_is_replaced() {
    expect![[r#"
        urlParams.host: "https://${subdomain}.api.example.com"
          https://${subdomain}.api.example.com info[filler-text]: `https://${subdomain}.api.example.com` is what completion inserts here; replace it with your own value
        name: "My source"
          My source info[filler-text]: `My source` is what completion inserts here; replace it with your own value
        scheduleParams.scheduleStartParamName: "updated_since"; scheduleParams.scheduleEndParamName: "updated_before"
          updated_since info[filler-text]: `updated_since` is what completion inserts here; replace it with your own value
          updated_before info[filler-text]: `updated_before` is what completion inserts here; replace it with your own value
        authSpec.0.spec.properties.subdomain.description: "What the user must enter"
          What the user must enter info[filler-text]: `What the user must enter` is what completion inserts here; replace it with your own value
        authSpec.0.spec.properties.subdomain.restAttributes: { "headerParamName": "X-Auth-Key1" }
          X-Auth-Key1 info[filler-text]: `X-Auth-Key1` is what completion inserts here; replace it with your own value
    "#]]
    .assert_eq(&drawn(&[
        &[("urlParams.host", r#""https://${subdomain}.api.example.com""#)],
        &[("name", r#""My source""#)],
        &[("scheduleParams.scheduleStartParamName", r#""updated_since""#), ("scheduleParams.scheduleEndParamName", r#""updated_before""#)],
        &[("authSpec.0.spec.properties.subdomain.description", r#""What the user must enter""#)],
        &[("authSpec.0.spec.properties.subdomain.restAttributes", r#"{ "headerParamName": "X-Auth-Key1" }"#)],
    ]));
    silent(&[
        &[("scheduleParams.scheduleStartParamName", r#""updated_since""#)],
        &[("authSpec.0.spec.properties.subdomain.description", r#""Such as https://acme.example.com""#)],
    ]);
}

#[test]
fn names_of_formats_are_no_formats() {
    expect![[r#"
        scheduleParams.scheduleStartParamFormat: "epoch"
          epoch warning[invalid-date-format]: `epoch` is a name, not a date format (inferred: no example has one); times since 1970 cannot be expressed; if the API has a parameter with dates, use it with `yyyy-MM-ddTHH:mm:ssZ`
        scheduleParams.scheduleStartParamFormat: "unix"
          unix warning[invalid-date-format]: `unix` is a name, not a date format (inferred: no example has one); times since 1970 cannot be expressed; if the API has a parameter with dates, use it with `yyyy-MM-ddTHH:mm:ssZ`
        scheduleParams.scheduleStartParamFormat: "ISO8601"
          ISO8601 warning[invalid-date-format]: `ISO8601` is a name, not a date format (inferred: no example has one); use a format such as `yyyy-MM-ddTHH:mm:ssZ`
            fix: Replace with `yyyy-MM-ddTHH:mm:ssZ`
        scheduleParams.scheduleStartParamFormat: "%s"
          %s warning[invalid-date-format]: `%s` is the second of a minute here; times since 1970 cannot be expressed; if the API has a parameter with dates, use it with `yyyy-MM-ddTHH:mm:ssZ`
    "#]]
    .assert_eq(&drawn(&[
        &[("scheduleParams.scheduleStartParamFormat", r#""epoch""#)],
        &[("scheduleParams.scheduleStartParamFormat", r#""unix""#)],
        &[("scheduleParams.scheduleStartParamFormat", r#""ISO8601""#)],
        &[("scheduleParams.scheduleStartParamFormat", r#""%s""#)],
    ]));
}

#[test]
fn other_mistakes_are_reported_where_they_are() {
    expect![[r#"
        authSpec.0.spec.properties.requestParameterOverride: { "type": "object", "properties": { "expiresInField": { "type": "string" } } }
          "expiresInField" warning[unknown-key]: unknown input `expiresInField` of `requestParameterOverride`; did you mean `expireInField`?
            fix: Rename to `expireInField`
        authSpec.0.spec.properties.refreshToken: { "type": "string", "format": "password" }
          "refreshToken" warning[missing-auth-inputs]: missing input `accessTokenUrl`: without it, `refreshToken` cannot be sent for a new access token, and runs fail once the old one has expired (inferred)
            fix: Declare `accessTokenUrl`
        urlParams.host: "http://localhost:8080"; authSpec.0.spec.required: 
          localhost warning[invalid-url]: Platform cannot reach a host of your own machine or network; use the host that the API has on the internet
        urlParams.host: "https://192.168.1.20"
          192.168.1.20 warning[invalid-url]: Platform cannot reach a host of your own machine or network; use the host that the API has on the internet
        urlParams.method: "POST"; bodyParams: "{ \"status\": \"active\", }"
          "{ \"status\": \"active\", }" warning[invalid-body]: this body begins like JSON, but isn't valid: trailing comma; remove it. An object in place of the string is checked as you type
        urlParams.method: "POST"; bodyParams: "{ 'view': '${viewId}' }"
          "{ 'view': '${viewId}' }" warning[invalid-body]: this body begins like JSON, but isn't valid: expected double quotes. An object in place of the string is checked as you type
        sourceSpec.spec.required: 
          ${viewId} info[partly-declared-placeholder]: `viewId` is optional, so this segment may be empty; add `viewId` to `required`
            fix: Require `viewId`
    "#]]
    .assert_eq(&drawn(&[
        &[(
            "authSpec.0.spec.properties.requestParameterOverride",
            r#"{ "type": "object", "properties": { "expiresInField": { "type": "string" } } }"#,
        )],
        &[("authSpec.0.spec.properties.refreshToken", r#"{ "type": "string", "format": "password" }"#)],
        &[("urlParams.host", r#""http://localhost:8080""#), ("authSpec.0.spec.required", "")],
        &[("urlParams.host", r#""https://192.168.1.20""#)],
        &[("urlParams.method", r#""POST""#), ("bodyParams", r#""{ \"status\": \"active\", }""#)],
        &[("urlParams.method", r#""POST""#), ("bodyParams", r#""{ 'view': '${viewId}' }""#)],
        &[("sourceSpec.spec.required", "")],
    ]));
    silent(&[
        &[
            ("urlParams.method", r#""POST""#),
            ("bodyParams", r#""{ \"view\": \"${viewId}\", \"n\": ${viewId}, \"q\": [\"@{utcNow('x')}\"] }""#),
        ],
        &[("urlParams.method", r#""POST""#), ("bodyParams", r#""{ orders { id } }""#)],
        &[("urlParams.method", r#""POST""#), ("bodyParams", r#""status=active""#)],
        &[("urlParams.host", r#""https://localhost.lantern.example""#)],
        &[
            ("authSpec.0.spec.properties.refreshToken", r#"{ "type": "string", "format": "password" }"#),
            ("authSpec.0.spec.properties.accessTokenUrl", r#"{ "type": "string" }"#),
        ],
        &[("sourceSpec.spec.properties.viewId.default", r#""all""#), ("sourceSpec.spec.required", "")],
    ]);
}
