//! Hovers drawn as pictures, and the walk over the whole vocabulary.

use expect_test::{Expect, expect};

use crate::document::Document;
use crate::ide::{Facts, hover};
use crate::text::Text;

mod every_key;

/// The hover at `$0`: the text that it is about, then the page.
fn shown(marked: &str) -> Option<String> {
    let offset = marked.find("$0").expect("the place is marked");
    let text = marked.replacen("$0", "", 1);
    let document = Document::new("acme-connectionSpec.json", 0, Text::new(&text));
    let hover = hover(&document, &Facts::default(), offset)?;
    Some(format!("on {}\n\n{}\n", &text[hover.range], hover.contents))
}

fn check(marked: &str, expected: Expect) {
    expected.assert_eq(&shown(marked).unwrap_or_default());
}

/// Checks a hover on these members of `sourceSpec.attributes` of a batch source.
fn check_attributes(marked: &str, expected: Expect) {
    check(&batch(marked), expected);
}

fn batch(attributes: &str) -> String {
    format!(
        r#"{{
  "type": "generic-rest",
  "providerId": "0ed90a81-07f4-4586-8190-b40eccef1c5a",
  "authSpec": [
    {{ "name": "OAuth2 Refresh Code", "type": "OAuth2RefreshCode", "spec": {{ "properties": {{
      "accessToken": {{ "type": "string", "format": "password" }},
      "domain": {{ "type": "string", "description": "Your *data center*, such as <us6>." }}
    }}, "required": ["accessToken"] }} }},
    {{ "name": "Basic Authentication", "type": "BasicAuthentication", "spec": {{ "properties": {{
      "domain": {{ "type": "string", "description": "Data center." }}
    }}, "required": ["domain", "pasword"] }} }}
  ],
  "sourceSpec": {{
    "spec": {{ "properties": {{
      "listId": {{ "type": "string", "description": "The list to fetch." }}
    }}, "required": ["listId"] }},
    "attributes": {{
{attributes}
    }}
  }}
}}"#
    )
}

#[test]
fn a_key_with_its_allowed_values() {
    check_attributes(
        r#""paginationParams": { "ty$0pe": "PAGE" }"#,
        expect![[r#"
        on "type"

        **type** · text · needed

        The kind of paging.

        Allowed values:
        - `OFFSET` The request says how many records to skip; the number grows by the limit. Needs `limitName`, `limitValue`, `offSetName`.
        - `POINTER` The response holds the address of the next page, found by `pointerPath`.
        - `CONTINUATION_TOKEN` The response holds a token that goes into a parameter or header of the next request. Needs `continuationTokenPath`, `parameterType`, `parameterName`.
        - ▸ `PAGE` The request says which page it wants; the number grows by one. Needs `limitName`, `limitValue`, `pageParamName`.
        - `NONE` The API does not page: one request per run, no other key.

        [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec)
    "#]],
    );
    check_attributes(
        r#""urlParams": { "$0path": "/", "method": "GET" }"#,
        expect![[r#"
        on "path"

        **path** · text · needed

        The resource's path, starting with `/`. `${name}` is replaced by the user's value; with `{listId}` or `{{listId}}` (seen in some examples) the text stays as it is. Expressions of Data Factory (`@{…}`) work, as one published source shows. An unknown path ends in `1313-400`.

        Example: `"/3.0/lists/${listId}/members"`

        [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec)
    "#]],
    );
}

#[test]
fn many_known_values_are_shortened_and_the_current_one_comes_first() {
    check_attributes(
        r#""uiAttributes": { "category": { "$0key": "surveys" } }"#,
        expect![[r#"
        on "key"

        **key** · text · in Adobe's template

        The group's key. Written as one word with inner capitals, although the tables of Adobe's pages write `marketing automation` or `e-Commerce`. Inferred: an unknown key leaves the source out of every group. `{source}-category.txt` must name the same group. The submission page also lists Analytics and Consent and Preferences, whose keys no source shows.

        Known values:
        - ▸ `surveys` Surveys. Seen at destinations.
        - `advertising` Advertising. Live key of sources and destinations.
        - `cloudStorage` Cloud storage: files and buckets. The prose writes `cloud storage`.
        - `crm` Customer relationship management.
        - `customerSuccess` Customer success and support desks. The prose writes `customer success`.
        - `database` Databases. Live key; not in the list of Self-Serve Sources.
        - `ecommerce` Shops. The prose also writes `e-Commerce`.
        - `marketingAutomation` Marketing automation. The prose writes `marketing automation`.
        - and 11 more

        [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec)
    "#]],
    );
}

#[test]
fn an_old_form_a_managed_key_and_the_key_of_another_type() {
    check_attributes(
        r#""urlParams": { "hostname$0": "x" }"#,
        expect![[r#"
        on "hostname"

        **hostname** · text · old form, today `host`

        The 2021 beta's name of `host`. Use `host`.

        Only seen in an example. [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec)
    "#]],
    );
    check(
        r#"{ "type": "generic-rest", "$0id": "x" }"#,
        expect![[r#"
        on "id"

        **id** · text · set by the service

        The spec's id, set by the service when it is created. An update names it in the address, not in the body; the flow spec is told it to let dataflows use the spec.

        Only seen in an example. [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/self-serve-api/update-connection-specs)
    "#]],
    );
    check_attributes(
        r#""paginationParams": { "type": "PAGE", "$0pointerPath": "$.a" }"#,
        expect![[r#"
        on "pointerPath"

        **pointerPath** · JSON path · not for the chosen `type`

        `POINTER`: JSON path to the address or query of the next page. Paging ends when it is absent or empty (inferred). Examples have it both with and without the leading `$.`; with it is the form of the schema.

        Example: `"$.paging.next"`

        [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec)
    "#]],
    );
}

#[test]
fn a_key_that_no_source_shows() {
    check_attributes(
        r#""paginationParams": { "type": "PAGE", "$0pageParmName": "p" }"#,
        expect![[r#"
        on "pageParmName"

        **pageParmName**

        No source shows this key in `paginationParams`. Did you mean `pageParamName`?

        [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec)
    "#]],
    );
    check_attributes(
        r#""contentPath": { "$0filter": "p" }"#,
        expect![[r#"
        on "filter"

        **filter**

        No source shows this key in `contentPath`.

        Known there: `path`, `skipAttributes`, `keepAttributes`, `overrideWrapperAttribute`.

        [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec)
    "#]],
    );
}

#[test]
fn keys_chosen_by_the_author() {
    check_attributes(
        r#""headerParams": { "$0Accept": "application/json" }"#,
        expect![[r#"
        on "Accept"

        **Accept** · any value

        A header. `${name}` is replaced by the user's value.

        [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec)
    "#]],
    );
    check_attributes(
        r#""bodyParams": { "filter": { "$0status": 1 } }"#,
        expect![[r#"
        on "status"

        **status** · your own, inside `filter`

        A value of the body. In texts `${name}` is replaced by the user's value.

        [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec)
    "#]],
    );
}

#[test]
fn an_input_where_it_is_declared() {
    let used = r#""urlParams": { "host": "https://${domain}.a.b", "path": "/${listId}/${domain}" }"#;
    check(
        &batch(used).replace("\"listId\": {", "\"$0listId\": {"),
        expect![[r#"
        on "listId"

        **listId** · text · required · input of the source

        > The list to fetch.

        An input of the source. `${name}` in the request is replaced by what the user enters.

        Used as `${listId}` on line 18.

        [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec)
    "#]],
    );
    check(
        &batch(used).replacen("\"domain\": {", "\"$0domain\": {", 1),
        expect![[r#"
            on "domain"

            **domain** · text · optional · input of the sign-in `OAuth2 Refresh Code`

            > Your \*data center\*, such as \<us6>.

            The part of the host that differs from account to account, used as `https://${domain}.api.example.com`. An own name that the MailChimp example made common.

            Used as `${domain}` 2 times, on line 18.

            Declared again:
            - input of the sign-in `Basic Authentication`, on line 10

            Only seen in an example. [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/authspec)
        "#]],
    );
    check(
        &batch("").replace("\"listId\": {", "\"$0listId\": {"),
        expect![[r#"
        on "listId"

        **listId** · text · required · input of the source

        > The list to fetch.

        An input of the source. `${name}` in the request is replaced by what the user enters.

        No `${listId}` uses it.

        [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec)
    "#]],
    );
}

#[test]
fn a_column_of_a_custom_schema() {
    check(
        r#"{ "type": "generic-rest", "sourceSpec": { "schema": { "properties": { "users": { "type": "array",
  "items": { "properties": { "$0id": { "type": ["string", "integer"] } }, "required": ["id"] } } } } } }"#,
        expect![[r#"
            on "id"

            **id** · text, whole number · required

            A property that `users` declares.

            [JSON Schema](https://json-schema.org/understanding-json-schema/reference/object#properties)
        "#]],
    );
}

#[test]
fn a_name_inside_required() {
    check(
        &batch("").replace("[\"domain\", ", "[\"$0domain\", "),
        expect![[r#"
        on "domain"

        **domain** · text · required

        > Data center.

        Declared on line 10.

        [JSON Schema](https://json-schema.org/understanding-json-schema/reference/object#required)
    "#]],
    );
    check(
        &batch("").replace("\"pasword\"", "\"pas$0word\""),
        expect![[r#"
        on "pasword"

        **pasword** · required

        Not declared in `properties`, so nobody can fill it in.

        [JSON Schema](https://json-schema.org/understanding-json-schema/reference/object#required)
    "#]],
    );
}

#[test]
fn a_placeholder_and_where_it_is_declared() {
    check_attributes(
        r#""urlParams": { "host": "https://$0${domain}.a.b" }"#,
        expect![[r#"
            on ${domain}

            `${domain}` · text

            Replaced by what the user enters:
            - input of the sign-in `OAuth2 Refresh Code` (optional, line 7) Your \*data center\*, such as \<us6>.
            - input of the sign-in `Basic Authentication` (required, line 10) Data center.

            [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec)
        "#]],
    );
    check_attributes(
        r#""headerParams": { "Authorization": "Bearer ${accessToken}$0" }"#,
        expect![[r#"
            on ${accessToken}

            `${accessToken}` · text, secret

            Replaced by what the user enters:
            - input of the sign-in `OAuth2 Refresh Code` (required, secret, line 6) The token that is sent with each request. The one input an OAuth 2 refresh code entry cannot do without. Connections made with a static token of Zendesk and Stripe sources also put it here.

            Without a value for who signs in by `Basic Authentication`: not declared there.

            [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec)
        "#]],
    );
    check_attributes(
        r#""urlParams": { "path": "/${list$0ID}" }"#,
        expect![[r#"
        on ${listID}

        `${listID}`

        Not declared anywhere: no input is called `listID`. Did you mean `${listId}`?

        [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec)
    "#]],
    );
    check_attributes(
        r#""contentPath": { "path": "$.${li$0stId}" }"#,
        expect![[r#"
        on ${listId}

        `${listId}` · text

        Not replaced at this place: only in the address, query, headers, body and schedule of the request.

        Replaced by what the user enters:
        - input of the source (required, line 15) The list to fetch.

        [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec)
    "#]],
    );
}

#[test]
fn braces_of_other_kinds() {
    check_attributes(
        r#""urlParams": { "path": "/{{lis$0tId}}/{other}" }"#,
        expect![[r#"
            on {{listId}}

            `{{listId}}` · sent as it stands

            Only `${name}`, the documented form, is replaced by an input. Write `${listId}` to have the value of that input here.

            [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec)
        "#]],
    );
    check_attributes(
        r#""urlParams": { "path": "/{{listId}}/{oth$0er}" }"#,
        expect![[r#"
            on {other}

            Braces without `$` · sent as it stands

            Only `${name}`, the documented form, is replaced by an input.

            [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec)
        "#]],
    );
    check_attributes(
        r#""urlParams": { "path": "/a@{if(em$0pty('x'),'','')}" }"#,
        expect![[r#"
        on @{if(empty('x'),'','')}

        `@{…}` · expression of Azure Data Factory

        Its result stands here when the request is made. Inferred: one published source has one, but no page of Adobe's explains them.

        [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec)
    "#]],
    );
}

#[test]
fn the_words_of_a_schedule() {
    let schedule = r#""scheduleParams": { "type": "ADVANCE", "incremental": "since {START_$0TIME}" }"#;
    check_attributes(
        schedule,
        expect![[r#"
        on {START_TIME}

        `{START_TIME}` · replaced here

        Replaced by the start of the run's time span, written in `paramFormat`. Only inside `incremental` and `backfill`. Single braces.

        [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec)
    "#]],
    );
    check_attributes(
        r#""urlParams": { "queryParams": { "q": "{SCHEDULE_$0QUERY}" } }"#,
        expect![[r#"
            on {SCHEDULE_QUERY}

            `{SCHEDULE_QUERY}` · not replaced: the schedule is not of type `ADVANCE`

            Replaced by the schedule's `incremental` expression, or by `backfill` in the first run. Of use with an `ADVANCE` schedule only, in the path or in a query, header or body value. Single braces.

            [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec)
        "#]],
    );
    check_attributes(
        r#""urlParams": { "queryParams": { "q": "{END_$0TIME}" } }"#,
        expect![[r#"
            on {END_TIME}

            `{END_TIME}` · not replaced at this place

            Replaced by the end of the run's time span, written in `paramFormat`. Only inside `incremental` and `backfill`. Single braces.

            [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec)
        "#]],
    );
}

#[test]
fn a_value_with_words_of_its_own() {
    check_attributes(
        r#""urlParams": { "method": "$0GET" }"#,
        expect![[r#"
        on "GET"

        `GET` · value of `method`

        Fetch without a body. What nearly every source needs.

        [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec)
    "#]],
    );
    check(
        r#"{ "type": "generic-rest", "authSpec": [ { "type": "KeyBased$0" } ] }"#,
        expect![[r#"
        on "KeyBased"

        `KeyBased` · value of `type`

        One or more API keys, sent as headers; goes with the name `API Key Authentication`.

        [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/authspec)
    "#]],
    );
}

#[test]
fn a_value_without_words_is_told_what_it_is_for() {
    check_attributes(
        r#""urlParams": { "method": "PAT$0CH" }"#,
        expect![[r#"
        on "PATCH"

        **method** · text · needed

        The HTTP method.

        Allowed here: `GET`, `POST`.

        [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec)
    "#]],
    );
    check_attributes(
        r#""paginationParams": { "type": "PAGE", "initialPageIndex": 1$02 }"#,
        expect![[r#"
        on 12

        **initialPageIndex** · whole number, text · optional

        `PAGE`: number of the first page. 0 if left out; for an API that counts from 1, leaving it out asks for a page that does not exist or for the first one twice.

        [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec)
    "#]],
    );
    check_attributes(
        r#""contentPath": { "skipAttributes": ["_li$0nks"] }"#,
        expect![[r#"
        on "_links"

        **skipAttributes** · an entry of the list

        Name of an attribute to leave out, as the response spells it.

        [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec)
    "#]],
    );
}

#[test]
fn a_path_is_read_out() {
    check_attributes(
        r#""contentPath": { "path": "$.data$0.members" }"#,
        expect![[r#"
        on "$.data.members"

        **path** · JSON path · needed

        The list `members` in `data` of the answer.

        A JSON path that starts at `$`, the whole response.

        [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec)
    "#]],
    );
    check_attributes(
        r#""explodeEntityPath": { "path": "$.email.$0activity" }"#,
        expect![[r#"
            on "$.email.activity"

            **path** · JSON path · needed

            `activity` in `email` of each record.

            A JSON path to the inner array.

            Inferred: no page says so. [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec)
        "#]],
    );
}

#[test]
fn a_date_format_applied_to_a_sample() {
    check_attributes(
        r#""scheduleParams": { "scheduleStartParamFormat": "yyyy-MM-ddT$0HH:mm:ssK" }"#,
        expect![[r#"
        on "yyyy-MM-ddTHH:mm:ssK"

        **scheduleStartParamFormat** · date format · optional

        The same with the zone taken from the time itself: `Z` for UTC, else an offset such as `+02:00`.

        A sample time written so: `2025-03-09T14:05:06Z`

        Its letters:
        - `yyyy` 2025: Year, four digits.
        - `MM` 03: Month, two digits (01–12). The minute is `mm`.
        - `dd` 09: Day of the month, two digits (01–31).
        - `T` Not a format letter: copied as it stands, between date and time.
        - `HH` 14: Hour of the 24-hour clock, two digits (00–23).
        - `mm` 05: Minute, two digits (00–59). The month is `MM`.
        - `ss` 06: Second, two digits (00–59).
        - `K` Z: Zone: `Z` for UTC, an offset such as +02:00 for local time, nothing if unknown.

        [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec)
    "#]],
    );
    check_attributes(
        r#""scheduleParams": { "scheduleEndParamFormat": "$0DD.MM.YYYY 'at' h" }"#,
        expect![[r#"
        on "DD.MM.YYYY 'at' h"

        **scheduleEndParamFormat** · date format · optional

        A sample time written so: `DD.03.YYYY at 2`

        No format has these:
        - `DD` Not a format letter: copied as it stands.
        - `YYYY` Not a format letter: copied as it stands.

        Its letters:
        - `MM` 03: Month, two digits (01–12). The minute is `mm`.
        - `'at'` Text between quotes is copied as it stands.
        - `h` 2: Hour of the 12-hour clock, one or two digits; says nothing without `t` or `tt`.

        [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec)
    "#]],
    );
}

#[test]
fn in_documents_that_do_not_parse() {
    check_attributes(
        r#""urlParams": { meth$0od"#,
        expect![[r#"
        on method

        **method** · text · needed

        The HTTP method.

        Allowed values:
        - `GET` Fetch without a body. What nearly every source needs.
        - `POST` Send `bodyParams` as the body; for search endpoints that take their query there.

        [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec)
    "#]],
    );
    check(
        "{\r\n\"type\": \"generic-rest\",\r\n\"sourceSpec\": { \"attributes\": { \"urlParams\": { \"method\": \"GET$0\r\n",
        expect![[r#"
        on "GET

        `GET` · value of `method`

        Fetch without a body. What nearly every source needs.

        [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec)
    "#]],
    );
    check_attributes(
        r#""urlParams": { "path": "/${list$0 }"#,
        expect![[r#"
        on ${list }

        `${list }`

        Not declared anywhere: no input is called `list `. Declare it in `sourceSpec.spec.properties`.

        [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec)
    "#]],
    );
}

#[test]
fn silence_where_there_is_nothing_to_say() {
    for text in [
        "{$0 \"type\": \"generic-rest\" }",
        "{ \"type\" :$0 \"generic-rest\" }",
        "$0",
        "{ \"\"$0",
        "\"ab$0c\"",
        "{} $0 ",
    ] {
        assert_eq!(shown(text), None, "{text}");
    }
    let document = Document::new("package.json", 0, Text::new("{ \"name\": 1 }"));
    assert_eq!(hover(&document, &Facts::default(), 4), None);
    let past = Document::new("a-connectionSpec.json", 0, Text::new("{ \"name\": 1 }"));
    assert_eq!(hover(&past, &Facts::default(), 99), None);
}

#[test]
fn what_the_author_wrote_as_a_value_is_never_shown() {
    const SECRET: &str = "hunter2";
    let text = batch(
        r#""headerParams": { "Authorization": "Bearer hunter2 ${accessToken} @{concat('hunter2')}", "password": "hunter2" },
      "urlParams": { "queryParams": { "token": ["hunter2"], "hunter": "hunter2" }, "host": "hunter2" },
      "bodyParams": { "a": [ { "secret": "hunter2" } ], "b": "hunter2" }, "scheduleParams": { "type": "hunter2" }"#,
    )
    .replace("\"format\": \"password\"", "\"format\": \"password\", \"default\": \"hunter2\", \"enum\": [\"hunter2\"]");
    let document = Document::new("acme-connectionSpec.json", 0, Text::new(&text));
    assert!(text.matches(SECRET).count() > 10);
    for offset in 0..=text.len() {
        let hover = hover(&document, &Facts::default(), offset);
        assert!(hover.is_none_or(|hover| !hover.contents.contains(SECRET)), "at {:?}", &text[offset..]);
    }
}
