//! Mistakes in requests, schedules and the catalog that earlier versions did not see, each with its sound relatives.

use expect_test::expect;

use super::table::{drawn, silent};

const HOST: &str = "urlParams.host";
const PATH: &str = "urlParams.path";
const UI: &str = "sourceSpec.attributes.uiAttributes";
const LABEL: &str = "sourceSpec.attributes.uiAttributes.label.key";
const LINK: &str = "sourceSpec.attributes.uiAttributes.documentationLink";
const START: &str = "scheduleParams.scheduleStartParamName";
const END: &str = "scheduleParams.scheduleEndParamName";
const AUTH: &str = "authSpec.0.spec";
const BASIC: &str = r#"{ "name": "Basic Authentication", "type": "BasicAuthentication", "spec": { "type": "object", "properties": {
  "subdomain": { "type": "string" }, "username": { "type": "string" }, "password": { "type": "string", "format": "password" }
}, "required": ["subdomain", "username", "password"] } }"#;

#[test]
fn what_is_no_part_of_a_url_is_reported() {
    expect![[r#"
        urlParams.host: "https://${subdomain}.lantern.example/"
          / warning[invalid-url]: `/` at the end of `host` and at the start of `path`, which make `//` (inferred); remove this one
            fix: Remove `/`
        urlParams.path: "/v1/${viewId}/my orders"
           warning[invalid-url]: a URL has no spaces; write `%20`
            fix: Replace with `/v1/${viewId}/my%20orders`
        urlParams.path: "/v1/${viewId}/orders "
           warning[invalid-url]: space around the path; remove it
            fix: Replace with `/v1/${viewId}/orders`
        urlParams.path: "/v1/${viewId /orders"
          ${viewId warning[placeholder-form]: unterminated placeholder, which would not be replaced; use `${viewId}`
        urlParams.path: "/v1/${viewId}/orders#list"
          #list warning[invalid-url]: everything from `#` on is not part of a request; remove it, or write `%23` for the character
            fix: Replace with `/v1/${viewId}/orders`
        urlParams.path: "/v1/%24%7BviewId%7D/${viewId}"
          %24%7B warning[invalid-url]: an encoded `${` is not replaced; write `${` and `}`
            fix: Replace with `/v1/${viewId}/${viewId}`
        sourceSpec.attributes.uiAttributes.documentationLink: "docs.lantern.example/orders"
          "docs.lantern.example/orders" warning[invalid-url]: missing scheme; put `https://` before the host name
            fix: Add `https://`
        urlParams.host: "https://${subdomain}.lantern.example:99999"
          99999 error[invalid-url]: a port is a number from 0 to 65535
        urlParams.host: "https://${subdomain}.lantern.example?key=1"
          ?key=1 warning[invalid-url]: `?` in `host`, which `path` comes after; move the parameters to `queryParams`
    "#]].assert_eq(&drawn(&[
        &[(HOST, r#""https://${subdomain}.lantern.example/""#)],
        &[(PATH, r#""/v1/${viewId}/my orders""#)],
        &[(PATH, r#""/v1/${viewId}/orders ""#)],
        &[(PATH, r#""/v1/${viewId /orders""#)],
        &[(PATH, r##""/v1/${viewId}/orders#list""##)],
        &[(PATH, r#""/v1/%24%7BviewId%7D/${viewId}""#)],
        &[(LINK, r#""docs.lantern.example/orders""#)],
        &[(HOST, r#""https://${subdomain}.lantern.example:99999""#)],
        &[(HOST, r#""https://${subdomain}.lantern.example?key=1""#)],
    ]));
    silent(&[
        &[(HOST, r#""https://${subdomain}.lantern.example/""#), (PATH, r#""${viewId}""#)],
        &[(HOST, r#""https://${subdomain}.lantern.example/rest""#)],
        &[(PATH, r#""/v1/${viewId}/my%20orders?q=SELECT id FROM orders""#)],
        &[(PATH, r#""/v1/${viewId}/@{if(empty('a # b'), 'x y', '')}""#)],
        &[(LINK, r#""http://www.adobe.com/go/lantern""#)],
        &[(HOST, r#""https://${subdomain}.lantern.example:8443""#)],
    ]);
}

#[test]
fn the_header_of_the_authentication_method_is_not_set_again() {
    expect![[r#"
        headerParams: { "Authorization": "Bearer ${accessToken}" }
          "Authorization" info[duplicate-parameter]: `Authorization` is also sent by the authentication method (inferred); remove it
            fix: Remove `Authorization`
        authSpec.0: { "name": "Basic Authentication", "type": "BasicAuthentication", "spec": { "type": "object", "properties": {
          "subdomain": { "type": "string" }, "username": { "type": "string" }, "password": { "type": "string", "format": "password" }
        }, "required": ["subdomain", "username", "password"] } }; headerParams: { "authorization": "Basic ${username}:${password}" }
          "authorization" info[duplicate-parameter]: `Authorization` is also sent by the authentication method (inferred); remove it
            fix: Remove `authorization`
    "#]].assert_eq(&drawn(&[
        &[("headerParams", r#"{ "Authorization": "Bearer ${accessToken}" }"#)],
        &[("authSpec.0", BASIC), ("headerParams", r#"{ "authorization": "Basic ${username}:${password}" }"#)],
    ]));
    silent(&[
        &[("headerParams", r#"{ "Authorization": "Token ${accessToken}" }"#)],
        &[("headerParams", r#"{ "Proxy-Authorization": "Bearer ${accessToken}" }"#)],
        &[("authSpec.0", BASIC), ("headerParams", r#"{ "Authorization": "Bearer ${password}" }"#)],
    ]);
}

#[test]
fn the_ends_of_the_time_window_are_not_swapped() {
    expect![[r#"
        scheduleParams.scheduleStartParamName: "until"; scheduleParams.scheduleEndParamName: "since"
          "until" warning[contradicting-values]: by their names, `until` is the end of the time window and `since` its start (inferred); swap them
            fix: Swap the names
        scheduleParams.scheduleStartParamName: "updatedBefore"; scheduleParams.scheduleEndParamName: "updated_after"
          "updatedBefore" warning[contradicting-values]: by their names, `updatedBefore` is the end of the time window and `updated_after` its start (inferred); swap them
            fix: Swap the names
        scheduleParams: { "type": "ADVANCE", "paramFormat": "yyyy-MM-dd", "incremental": "t ge '{END_TIME}' and t < {START_TIME}", "backfill": "" }; urlParams.queryParams: { "q": "{SCHEDULE_QUERY}" }
          t ge '{END_TIME}' and t < {START_TIME} warning[contradicting-values]: no time is after `{END_TIME}` and before `{START_TIME}`; swap them
            fix: Swap the times
        scheduleParams: { "type": "ADVANCE", "paramFormat": "yyyy-MM-dd", "incremental": "> {START_TIME}", "backfill": "< {END_TIME}", "scheduleStartParamName": "since" }; urlParams.queryParams: { "q": "{SCHEDULE_QUERY}" }
          "scheduleStartParamName" info[incomplete-schedule]: `scheduleStartParamName` is documented for a schedule without `type` only; it may have no effect for `ADVANCE`
            fix: Remove `scheduleStartParamName`
    "#]].assert_eq(&drawn(&[
        &[(START, r#""until""#), (END, r#""since""#)],
        &[(START, r#""updatedBefore""#), (END, r#""updated_after""#)],
        &[
            ("scheduleParams", r#"{ "type": "ADVANCE", "paramFormat": "yyyy-MM-dd", "incremental": "t ge '{END_TIME}' and t < {START_TIME}", "backfill": "" }"#),
            ("urlParams.queryParams", r#"{ "q": "{SCHEDULE_QUERY}" }"#),
        ],
        &[(
            "scheduleParams",
            r#"{ "type": "ADVANCE", "paramFormat": "yyyy-MM-dd", "incremental": "> {START_TIME}", "backfill": "< {END_TIME}", "scheduleStartParamName": "since" }"#,
        ), ("urlParams.queryParams", r#"{ "q": "{SCHEDULE_QUERY}" }"#)],
    ]));
    silent(&[
        &[
            (
                "scheduleParams",
                r#"{ "type": "ADVANCE", "paramFormat": "yyyy-MM-dd", "incremental": "{START_TIME} < t and {END_TIME} > t", "backfill": "" }"#,
            ),
            ("urlParams.queryParams", r#"{ "q": "{SCHEDULE_QUERY}" }"#),
        ],
        &[(START, r#""created[gte]""#), (END, r#""created[lt]""#)],
        &[(START, r#""window_end_from""#), (END, r#""window_end_to""#)],
        &[(START, r#""a""#), (END, r#""b""#)],
    ]);
}

#[test]
fn attributes_and_arrays_are_named_where_names_are_expected() {
    expect![[r#"
        contentPath.skipAttributes: ["$.total"]
          $.total warning[path-syntax]: expected the name of an attribute, found a JSON path; use `total`
            fix: Replace with `total`
        explodeEntityPath: { "path": "$.orders" }
          $.orders warning[explode-outside]: `$.orders` is the node that wraps each record, not an array inside it (inferred from Adobe's examples, not documented)
            fix: Remove `explodeEntityPath`
    "#]].assert_eq(&drawn(&[
        &[("contentPath.skipAttributes", r#"["$.total"]"#)],
        &[("explodeEntityPath", r#"{ "path": "$.orders" }"#)],
    ]));
    silent(&[
        &[("contentPath.skipAttributes", r#"["total", "$ref"]"#)],
        &[("explodeEntityPath", r#"{ "path": "$.orders.lines" }"#)],
    ]);
}

#[test]
fn a_source_is_one_and_its_label_is_not_its_description() {
    expect![[r#"
        sourceSpec.attributes.uiAttributes.label.key: "lanternDescription"
          "lanternDescription" warning[contradicting-values]: `lanternDescription` is the key of label and description, which have a text each; use another one
            fix: Replace with `lanternLabel`
        sourceSpec.attributes.uiAttributes.isSource: false
          false warning[contradicting-values]: `isSource` is `false` in the spec of a source; every example has `true`
            fix: Replace with `true`
    "#]].assert_eq(&drawn(&[
        &[(LABEL, r#""lanternDescription""#)],
        &[("sourceSpec.attributes.uiAttributes.isSource", "false")],
    ]));
    silent(&[&[(
        UI,
        r#"{ "isSource": true, "category": { "key": "crm" }, "icon": { "key": "a" }, "label": { "key": "b" }, "description": { "key": "c" } }"#,
    )]]);
}

#[test]
fn inputs_of_a_method_in_another_spelling_are_renamed() {
    expect![[r#"
        authSpec.0.spec: { "type": "object", "properties": { "subdomain": { "type": "string" }, "access_token": { "type": "string", "format": "password" } }, "required": ["subdomain", "access_token"] }
          "properties" warning[missing-auth-inputs]: missing input `accessToken` for `OAuth2RefreshCode`; rename `access_token`
            fix: Rename `access_token` to `accessToken`
            fix: Declare `accessToken`
    "#]].assert_eq(&drawn(&[&[(
        AUTH,
        r#"{ "type": "object", "properties": { "subdomain": { "type": "string" }, "access_token": { "type": "string", "format": "password" } }, "required": ["subdomain", "access_token"] }"#,
    )]]));
}

#[test]
fn an_input_has_values_that_are_valid() {
    expect![[r#"
        sourceSpec.spec.properties.viewId.enum: []
          [] warning[embedded-schema]: `enum` is empty, so no value is valid
            fix: Remove `enum`
        sourceSpec.spec.properties.viewId.pattern: "/^[a-z]+$/"
          "/^[a-z]+$/" warning[embedded-schema]: the slashes are part of the pattern, so no value matches it; use `^[a-z]+$`
            fix: Replace with `^[a-z]+$`
    "#]].assert_eq(&drawn(&[
        &[("sourceSpec.spec.properties.viewId.enum", "[]")],
        &[("sourceSpec.spec.properties.viewId.pattern", r#""/^[a-z]+$/""#)],
    ]));
    silent(&[
        &[("sourceSpec.spec.properties.viewId.pattern", r#""/[a-z]+/""#)],
        &[("sourceSpec.spec.properties.viewId.pattern", r#""^/[a-z]+/$""#)],
    ]);
}
