//! Hover on keys: of the vocabulary, of the author, unknown.

use expect_test::expect;

use super::{batch, check, check_attributes};

#[test]
fn key_lists_allowed_values() {
    check_attributes(
        r#""paginationParams": { "ty$0pe": "PAGE" }"#,
        expect![[r#"
            on "type"

            **type** · string · required

            The pagination type.

            Allowed values:
            - `OFFSET`: Each request specifies how many records to skip; the number increases by the limit. Requires `limitName`, `limitValue`, `offSetName`.
            - `POINTER`: The body of the response contains the URL of the next page; `pointerPath` selects it. A `Link` header cannot be selected: for an API like GitHub's, use `PAGE`. Inferred: the URL is requested as it is, so `limitName` is used for the first page only.
            - `CONTINUATION_TOKEN`: The body of the response contains a token that is sent as a parameter or header of the next request. Requires `continuationTokenPath`, `parameterType`, `parameterName`; a page size goes into `urlParams.queryParams`. The token must be one value of its own: the id of the last record, which APIs like Stripe's expect, cannot be selected (use `OFFSET` or `PAGE` if the API has them, else a time window and `NONE`).
            - ▸ `PAGE`: Each request specifies the page number, which increases by one. Requires `limitName`, `limitValue`, `pageParamName`. Also works for APIs that announce the next page in a `Link` header, as long as they count pages.
            - `NONE`: The API has no pagination: one request per run, no other keys.

            [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec#pagination)
        "#]],
    );
    check_attributes(
        r#""urlParams": { "$0path": "/", "method": "GET" }"#,
        expect![[r#"
            on "path"

            **path** · string · required

            The path of the resource, starting with `/`. `${name}` is replaced by the user's value; `{listId}` and `{{listId}}`, which some examples show, are not documented. Data Factory expressions (`@{…}`) work, as one published source shows.

            Example: `"/3.0/lists/${listId}/members"`

            [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec)
        "#]],
    );
}

#[test]
fn long_value_lists_are_shortened_with_the_current_value_first() {
    check_attributes(
        r#""uiAttributes": { "category": { "$0key": "surveys" } }"#,
        expect![[r#"
            on "key"

            **key** · string · in Adobe's template

            The key of the category. Written in camel case, although the tables of Adobe's pages have `marketing automation` or `e-Commerce`. The [API reference](https://developer.adobe.com/experience-platform-apis/references/flow-service/) lists ten keys: `advertising`, `cloudStorage`, `crm`, `customerSuccess`, `database`, `ecommerce`, `marketingAutomation`, `payments`, `protocols` and `streaming`. Inferred: with an unknown key, the source is in no category. `{source}-category.txt` must name the same category. The [page on the files of a source](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/self-serve-api/create) also lists Analytics and Consent and Preferences; no page and no live source shows their keys.

            Known values:
            - `advertising`: Advertising.
            - `cloudStorage`: Cloud storage: files and buckets.
            - `crm`: Customer relationship management.
            - `customerSuccess`: Customer success and support.
            - `database`: Databases.
            - `ecommerce`: E-commerce.
            - `marketingAutomation`: Marketing automation.
            - `payments`: Payments.
            - and 3 more

            [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec)
        "#]],
    );
}

#[test]
fn deprecated_managed_and_mismatched_keys() {
    check_attributes(
        r#""urlParams": { "hostname$0": "x" }"#,
        expect![[r#"
            on "hostname"

            **hostname** · string · deprecated; use `host`

            The name of `host` in the 2021 beta. Use `host`.

            Shown in Adobe's examples only. [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec)
        "#]],
    );
    check(
        r#"{ "type": "generic-rest", "$0id": "x" }"#,
        expect![[r#"
            on "id"

            **id** · string · set by Flow Service

            The spec's id, set by Flow Service when the spec is created. An update has it in the URL, not in the body; it is added to the flow spec so that dataflows can use the spec.

            Shown in Adobe's examples only. [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/self-serve-api/update-connection-specs)
        "#]],
    );
    check_attributes(
        r#""paginationParams": { "type": "PAGE", "$0pointerPath": "$.a" }"#,
        expect![[r#"
            on "pointerPath"

            **pointerPath** · JSON path · not for the chosen `type`

            `POINTER`: JSON path to the URL or query of the next page in the body of the response; a `Link` header cannot be selected (use `PAGE`). Pagination ends if it is missing or empty (inferred). Examples exist with and without the leading `$.`; the schema has it.

            Example: `"$.paging.next"`

            [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec#pagination)
        "#]],
    );
}

#[test]
fn unknown_key() {
    check_attributes(
        r#""paginationParams": { "type": "PAGE", "$0pageParmName": "p" }"#,
        expect![[r#"
            on "pageParmName"

            **pageParmName**

            Unknown key in `paginationParams`: not shown in Adobe's documentation or examples. Did you mean `pageParamName`?

            [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec#pagination)
        "#]],
    );
    check_attributes(
        r#""contentPath": { "$0filter": "p" }"#,
        expect![[r#"
            on "filter"

            **filter**

            Unknown key in `contentPath`: not shown in Adobe's documentation or examples.

            Known keys: `path`, `skipAttributes`, `keepAttributes`, `overrideWrapperAttribute`.

            [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec#content-path)
        "#]],
    );
}

#[test]
fn unknown_key_in_other_specs_and_array_elements() {
    check(
        r#"{ "type": "crm", "providerId": "", "exploreSpec": { "$0root": { "type": 1 } } }"#,
        expect![[r#"
            on "root"

            **root**

            Not documented for `exploreSpec`; Adobe's own specs use more keys than the documentation lists.

            Known keys: `name`, `type`, `responseSpec`, `requestSpec`.

            [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/explorespec)
        "#]],
    );
    check(
        r#"{ "type": "generic-rest", "authSpec": [ { "$0kind": 1 } ] }"#,
        expect![[r#"
            on "kind"

            **kind**

            Unknown key in element of `authSpec`: not shown in Adobe's documentation or examples.

            Known keys: `name`, `type`, `spec`, `attributes`, `settings`.

            [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/authspec)
        "#]],
    );
    check(
        r#"{ "type": "generic-rest", "$0kind": 1 }"#,
        expect![[r#"
            on "kind"

            **kind**

            Unknown key in a spec: not shown in Adobe's documentation or examples.

            [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/self-serve-api/create)
        "#]],
    );
}

#[test]
fn custom_keys() {
    check_attributes(
        r#""headerParams": { "$0Accept": "application/json" }"#,
        expect![[r#"
            on "Accept"

            **Accept** · custom key in `headerParams`

            A header. `${name}` is replaced by the user's value.

            [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec)
        "#]],
    );
    check_attributes(
        r#""bodyParams": { "filter": { "$0status": 1 } }"#,
        expect![[r#"
            on "status"

            **status** · custom key in `filter`

            A value of the body. In strings, `${name}` is replaced by the user's value.

            [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec)
        "#]],
    );
}

#[test]
fn other_keys() {
    check(
        r#"{ "type": "generic-rest", "$0providerId": "" }"#,
        expect![[r#"
            on "providerId"

            **providerId** · string · required by the API

            Id of the provider of batch sources, the same for all of them. Required by the API. Streaming sources have `521eee4d-8cbe-4906-bb48-fb6bd4450033`.

            Always `0ed90a81-07f4-4586-8190-b40eccef1c5a`.

            [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/self-serve-api/create)
        "#]],
    );
    check(
        r#"{ "$0type": "generic-rest" }"#,
        expect![[r#"
            on "type"

            **type** · string · in Adobe's template

            `generic-rest`: a batch source. Belongs to the provider `0ed90a81-…` and the flow spec `RestStorageToAEP`.

            Known values:
            - ▸ `generic-rest`: A batch source: records are fetched from a REST API on a schedule.
            - `generic-streaming`: A streaming source: the partner sends records as they occur.

            [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/self-serve-api/create)
        "#]],
    );
    check(
        &batch("").replacen("\"type\": \"OA", "\"$0type\": \"OA", 1),
        expect![[r#"
            on "type"

            **type** · string · in Adobe's template

            How the inputs are used to authenticate. Spelled exactly as in API responses, which differs from the documentation's table (`oAuth2-refresh-code`) and from connection tutorials (`oAuth2RefreshCode`). An unsupported type is rejected with `1301-400` or `1302-400`. The 2021 beta had others (`oAuth2.0-clientCredentials`, `oAuth2.0-passwordGrant`, `apiKey`), which the current documentation does not mention. The current type for client credentials is not documented: no page that uses `OAuth2 Client Credential` shows the spec.

            Known values:
            - ▸ `OAuth2RefreshCode`: OAuth 2 with a refresh code; for the name `OAuth2 Refresh Code`.
            - `BasicAuthentication`: Username and password; for the name `Basic Authentication`.
            - `KeyBased`: One or more API keys, sent as headers; for the name `API Key Authentication`.
            - `oAuth2.0-clientCredentials`: OAuth 2 with client credentials, in the 2021 beta only.

            [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/authspec)
        "#]],
    );
    check(
        &batch("").replacen("\"format\"", "\"$0format\"", 1),
        expect![[r#"
            on "format"

            **format** · string · optional

            The format of a string. Two are known to matter here: `password` masks a secret in the form and `date` marks the token's expiration date.

            Known values:
            - ▸ `password`: A secret: the form masks it.
            - `date`: A date, `2026-03-31`.
            - `date-time`: A date and time with zone, `2026-03-31T08:05:00Z`.
            - `time`: A time of day with zone.
            - `uri`: An absolute URI.
            - `email`: An email address.
            - `hostname`: A host name, without scheme.
            - `ipv4`: An IPv4 address.
            - and 1 more

            [JSON Schema](https://json-schema.org/understanding-json-schema/reference/string#built-in-formats)
        "#]],
    );
    check(
        &batch("").replacen("\"required\"", "\"$0required\"", 1),
        expect![[r#"
            on "required"

            **required** · array · optional

            Names of properties that must be given. Each must also be declared in `properties`. Inferred: an undeclared one has no field in the form, so it cannot be given. Adobe's current template has this error (`host` in its OAuth entry).

            Example: `["accessToken"]`

            [JSON Schema](https://json-schema.org/understanding-json-schema/reference/object#required)
        "#]],
    );
    check(
        &batch("").replacen("\"accessToken\"", "\"$0accessToken\"", 1),
        expect![[r#"
            on "accessToken"

            **accessToken** · string, secret · required · input of authentication method `OAuth2 Refresh Code`

            The token that is sent with each request. The only input that an OAuth 2 refresh code entry must have; it cannot be renamed with `requestParameterOverride`. Connections of the Zendesk and Stripe sources also use it for a static token, alone.

            [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/authspec)
        "#]],
    );
    check_attributes(
        r#""scheduleParams": { "$0paramFormat": "yyyy-MM-dd" }"#,
        expect![[r#"
            on "paramFormat"

            **paramFormat** · date format · optional

            `ADVANCE`: format of `{START_TIME}` and `{END_TIME}`, such as `yyyy-MM-ddTHH:mm:ssK`. Inferred from the examples, since no page says it: the letters are those of [.NET's custom formats](https://learn.microsoft.com/en-us/dotnet/standard/base-types/custom-date-and-time-format-strings), so `MM` is the month and `mm` the minute, `HH` is the hour of the 24-hour clock and `hh` that of the 12-hour clock. They have no letter for seconds since 1970.

            Known values:
            - `yyyy-MM-ddTHH:mm:ssZ`: Date and time to the second, such as `2026-03-31T08:05:00Z`.
            - `yyyy-MM-ddTHH:mm:ssK`: Date and time to the second, with the time's own zone: `Z` for UTC, otherwise an offset such as `+02:00`.
            - `yyyy-MM-ddTHH:mm:ss.fffffffK`: With seven fractional digits after a point, the full timestamp of .NET and Data Factory.
            - `yyyy-MM-ddTHH:mm:ss:fffffffK`: With seven fractional digits after a colon.
            - `yyyy-MM-dd HH:mm:ss`: A space between date and time, for APIs that expect SQL-like timestamps.
            - ▸ `yyyy-MM-dd`: The day only.

            [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec#appendix)
        "#]],
    );
    check_attributes(
        r#""urlParams": { "$0queryParams": {} }"#,
        expect![[r#"
            on "queryParams"

            **queryParams** · object, string · optional

            Parameters of the query string, name to value. Also the place for a page size if the pagination type has no key for it (`CONTINUATION_TOKEN`). Values can contain `${name}`; with an `ADVANCE` schedule, `{SCHEDULE_QUERY}` goes here. Inferred: the service adds the parameters of the pagination and of the plain schedule itself, so do not repeat them here. The deprecated form is a single string `a=1&b=2` (or with commas), for which escaping is undocumented.

            Example: `{"filter[type]":"user","query":"{SCHEDULE_QUERY}"}`

            [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec)
        "#]],
    );
}
