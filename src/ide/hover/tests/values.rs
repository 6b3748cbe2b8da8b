//! Hover on values and on what is replaced inside them.

use expect_test::expect;

use super::{check, check_attributes};

#[test]
fn other_brace_forms() {
    check_attributes(
        r#""urlParams": { "path": "/{{lis$0tId}}/{other}" }"#,
        expect![[r#"
            on {{listId}}

            `{{listId}}` · sent unchanged

            Only the documented form `${name}` is replaced with the value of an input. Use `${listId}` for the value of that input.

            [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec)
        "#]],
    );
    check_attributes(
        r#""urlParams": { "path": "/{{listId}}/{oth$0er}" }"#,
        expect![[r#"
            on {other}

            Braces without `$` · sent unchanged

            Only the documented form `${name}` is replaced with the value of an input.

            [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec)
        "#]],
    );
    check_attributes(
        r#""urlParams": { "path": "/a@{if(em$0pty('x'),'','')}" }"#,
        expect![[r#"
        on @{if(empty('x'),'','')}

        `@{…}` · Azure Data Factory expression

        Replaced with its result when the request is sent. Inferred, not documented: one published source uses such an expression.

        [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec)
    "#]],
    );
}

#[test]
fn schedule_words() {
    let schedule = r#""scheduleParams": { "type": "ADVANCE", "incremental": "since {START_$0TIME}" }"#;
    check_attributes(
        schedule,
        expect![[r#"
            on {START_TIME}

            `{START_TIME}` · replaced here

            The start of the run's time window, in the format of `paramFormat`. Replaced in `incremental` and `backfill` only.

            [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec#appendix)
        "#]],
    );
    check_attributes(
        r#""urlParams": { "queryParams": { "q": "{SCHEDULE_$0QUERY}" } }"#,
        expect![[r#"
            on {SCHEDULE_QUERY}

            `{SCHEDULE_QUERY}` · not replaced: the schedule is not of type `ADVANCE`

            The `incremental` or `backfill` expression of an `ADVANCE` schedule. Replaced in the path and in query, header and body values.

            [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec)
        "#]],
    );
    check_attributes(
        r#""urlParams": { "queryParams": { "q": "{END_$0TIME}" } }"#,
        expect![[r#"
            on {END_TIME}

            `{END_TIME}` · not replaced here

            The end of the run's time window, in the format of `paramFormat`. Replaced in `incremental` and `backfill` only.

            [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec)
        "#]],
    );
}

#[test]
fn value_with_a_description() {
    check_attributes(
        r#""urlParams": { "method": "$0GET" }"#,
        expect![[r#"
        on "GET"

        `GET` · value of `method`

        Request without a body. Sufficient for nearly every source.

        [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec)
    "#]],
    );
    check(
        r#"{ "type": "generic-rest", "authSpec": [ { "type": "KeyBased$0" } ] }"#,
        expect![[r#"
        on "KeyBased"

        `KeyBased` · value of `type`

        One or more API keys, sent as headers; for the name `API Key Authentication`.

        [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/authspec)
    "#]],
    );
}

#[test]
fn value_without_description_shows_its_key() {
    check_attributes(
        r#""urlParams": { "method": "PAT$0CH" }"#,
        expect![[r#"
            on "PATCH"

            **method** · string · required

            The HTTP method.

            Allowed values: `GET`, `POST`.

            [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec)
        "#]],
    );
    check_attributes(
        r#""paginationParams": { "type": "PAGE", "initialPageIndex": 1$02 }"#,
        expect![[r#"
            on 12

            **initialPageIndex** · integer, string · optional

            `PAGE`: number of the first page. Defaults to 0; for an API whose pages start at 1, leaving it out requests a page that does not exist, or the first page twice.

            [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec#pagination)
        "#]],
    );
    check_attributes(
        r#""contentPath": { "skipAttributes": ["_li$0nks"] }"#,
        expect![[r#"
            on "_links"

            **skipAttributes** · array element

            Name of an attribute to omit, spelled as in the response.

            [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec#content-path)
        "#]],
    );
}

#[test]
fn json_path_is_described() {
    check_attributes(
        r#""contentPath": { "path": "$.data$0.members" }"#,
        expect![[r#"
            on "$.data.members"

            **path** · JSON path · required

            The array `members` in `data` of the response.

            A JSON path that starts at `$`, the complete response.

            [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec#content-path)
        "#]],
    );
    check_attributes(
        r#""explodeEntityPath": { "path": "$.email.$0activity" }"#,
        expect![[r#"
            on "$.email.activity"

            **path** · JSON path · required

            `activity` in `email` of each record.

            A JSON path to the inner array. It starts at the wrapper of a record, not at the response: `$.email.activity` if `contentPath` renamed its wrapper to `email`.

            [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec#content-path)
        "#]],
    );
}

#[test]
fn date_format_shows_an_example() {
    check_attributes(
        r#""scheduleParams": { "scheduleStartParamFormat": "yyyy-MM-ddT$0HH:mm:ssK" }"#,
        expect![[r#"
            on "yyyy-MM-ddTHH:mm:ssK"

            **scheduleStartParamFormat** · date format · optional

            Date and time to the second, with the time's own zone: `Z` for UTC, otherwise an offset such as `+02:00`.

            Example: `2025-03-09T14:05:06Z`

            Letters:
            - `yyyy` 2025 · Year, four digits.
            - `MM` 03 · Month, two digits (01–12). The minute is `mm`.
            - `dd` 09 · Day of the month, two digits (01–31).
            - `T` · Not a format letter: copied literally, between date and time.
            - `HH` 14 · Hour of the 24-hour clock, two digits (00–23).
            - `mm` 05 · Minute, two digits (00–59). The month is `MM`.
            - `ss` 06 · Second, two digits (00–59).
            - `K` Z · Time zone: `Z` for UTC, an offset such as +02:00 for local time, empty if unknown.

            [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec#appendix)
        "#]],
    );
    check_attributes(
        r#""scheduleParams": { "scheduleEndParamFormat": "$0DD.MM.YYYY 'at' h" }"#,
        expect![[r#"
            on "DD.MM.YYYY 'at' h"

            **scheduleEndParamFormat** · date format · optional

            Example: `DD.03.YYYY at 2`

            Not date format letters:
            - `DD` · not a format specifier; copied as is
            - `YYYY` · not a format specifier; copied as is

            Letters:
            - `MM` 03 · Month, two digits (01–12). The minute is `mm`.
            - `'at'` · Quoted text is copied literally.
            - `h` 2 · Hour of the 12-hour clock, one or two digits; ambiguous without `t` or `tt`.

            [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec#appendix)
        "#]],
    );
}
