//! Hover on inputs and other declared properties, and on their names.

use expect_test::expect;

use super::{batch, check, check_attributes};

#[test]
fn declared_input() {
    let used = r#""urlParams": { "host": "https://${domain}.a.b", "path": "/${listId}/${domain}" }"#;
    check(
        &batch(used).replace("\"listId\": {", "\"$0listId\": {"),
        expect![[r#"
            on "listId"

            **listId** · string · required · input of the source

            > The list to fetch.

            An input of the source. `${name}` in the request is replaced by the value that the user enters.

            Used as `${listId}` on line 18.

            [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec)
        "#]],
    );
    check(
        &batch(used).replacen("\"domain\": {", "\"$0domain\": {", 1),
        expect![[r#"
            on "domain"

            **domain** · string · optional · input of authentication method `OAuth2 Refresh Code`

            > Your \*data center\*, such as \<us6>.

            The part of the host that differs from account to account, used as `https://${domain}.api.example.com`. Not a predefined name; it became common through the MailChimp example.

            Used as `${domain}` 2 times, on line 18.

            Declared again:
            - input of authentication method `Basic Authentication`, on line 10

            Shown in Adobe's examples only. [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/authspec)
        "#]],
    );
    check(
        &batch("").replace("\"listId\": {", "\"$0listId\": {"),
        expect![[r#"
            on "listId"

            **listId** · string · required · input of the source

            > The list to fetch.

            An input of the source. `${name}` in the request is replaced by the value that the user enters.

            Not used: no `${listId}` refers to it.

            [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec)
        "#]],
    );
}

#[test]
fn custom_schema_column() {
    check(
        r#"{ "type": "generic-rest", "sourceSpec": { "schema": { "properties": { "users": { "type": "array",
  "items": { "properties": { "$0id": { "type": ["string", "integer"] } }, "required": ["id"] } } } } } }"#,
        expect![[r#"
            on "id"

            **id** · string, integer · required

            Property of `users`.

            [JSON Schema](https://json-schema.org/understanding-json-schema/reference/object#properties)
        "#]],
    );
}

#[test]
fn name_in_required() {
    check(
        &batch("").replace("[\"domain\", ", "[\"$0domain\", "),
        expect![[r#"
            on "domain"

            **domain** · string · required

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

        Not declared in `properties`; users cannot enter it.

        [JSON Schema](https://json-schema.org/understanding-json-schema/reference/object#required)
    "#]],
    );
}

#[test]
fn placeholder_lists_its_declarations() {
    check_attributes(
        r#""urlParams": { "host": "https://$0${domain}.a.b" }"#,
        expect![[r#"
            on ${domain}

            `${domain}` · string

            Replaced with the user's value of:
            - input of authentication method `OAuth2 Refresh Code` (optional, line 7): Your \*data center\*, such as \<us6>.
            - input of authentication method `Basic Authentication` (required, line 10): Data center.

            [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec)
        "#]],
    );
    check_attributes(
        r#""headerParams": { "Authorization": "Bearer ${accessToken}$0" }"#,
        expect![[r#"
            on ${accessToken}

            `${accessToken}` · string, secret

            Replaced with the user's value of:
            - input of authentication method `OAuth2 Refresh Code` (required, secret, line 6): The token that is sent with each request. The only input that an OAuth 2 refresh code entry must have; it cannot be renamed with `requestParameterOverride`. Connections of the Zendesk and Stripe sources also use it for a static token, alone.

            No value with authentication method `Basic Authentication`: not declared there.

            [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec)
        "#]],
    );
    check_attributes(
        r#""urlParams": { "path": "/${list$0ID}" }"#,
        expect![[r#"
            on ${listID}

            `${listID}`

            Unknown input `listID`. Did you mean `${listId}`?

            [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec)
        "#]],
    );
    check_attributes(
        r#""contentPath": { "path": "$.${li$0stId}" }"#,
        expect![[r#"
            on ${listId}

            `${listId}` · string

            Not replaced here: placeholders are replaced only in the URL, query, headers, body and schedule of the request.

            Replaced with the user's value of:
            - input of the source (required, line 15): The list to fetch.

            [Adobe's documentation](https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/sourcespec#content-path)
        "#]],
    );
}
