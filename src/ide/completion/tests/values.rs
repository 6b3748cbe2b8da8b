//! Completion of values: closed sets, templates, names, placeholders.

use expect_test::expect;

use super::{batch, check_accept, check_list};

#[test]
fn pagination_keys_depend_on_the_type() {
    check_list(
        &batch("      \"paginationParams\": $0"),
        expect![[r#"
        OFFSET
        OFFSET with end condition
        POINTER
        CONTINUATION_TOKEN
        PAGE
        NONE
    "#]],
    );
    check_list(
        &batch("      \"paginationParams\": { \"type\": \"PAGE\", $0 }"),
        expect![[r#"
            limitName  (string, required)
            limitValue  (integer | string, required)
            pageParamName  (string, required)
            initialPageIndex  (integer | string)
            endPageIndex  (integer | string)
            maximumRequest  (integer | string)
            paginationType  (string, deprecated)
            all missing keys  (3 keys)
        "#]],
    );
    check_accept(
        "{ \"type\": \"generic-rest\", \"sourceSpec\": { \"attributes\": {\n  $0\n} } }",
        "paginationParams: POINTER",
        expect![[r#"
        { "type": "generic-rest", "sourceSpec": { "attributes": {
          "paginationParams": {
            "type": "POINTER",
            "limitName": "limit",
            "limitValue": 100,
            "pointerPath": "$.paging.next"
          }
        } } }
        --
        "paginationParams": {
          "type": "POINTER",
          "limitName": "${1:limit}",
          "limitValue": ${2:100},
          "pointerPath": "\$.${3:paging.next}"
        }$0
    "#]],
    );
}

#[test]
fn values() {
    check_list(
        &batch("      \"urlParams\": { \"method\": $0 }"),
        expect![[r#"
        GET
        POST
    "#]],
    );
    check_list(
        &batch("      \"urlParams\": { \"method\": \"P$0\" }"),
        expect![[r#"
        GET
        POST
    "#]],
    );
    check_accept(
        "{\n  \"type\": \"gen$0\n}",
        "generic-rest",
        expect![[r#"
        {
          "type": "generic-rest"
        }
    "#]],
    );
    check_accept(
        "{\n  \"type\": $0\n  \"name\": 1 }",
        "generic-rest",
        expect![[r#"
        {
          "type": "generic-rest",
          "name": 1 }
    "#]],
    );
    check_list(
        "{ \"type\": \"generic-rest\", \"sourceSpec\": { \"attributes\": { \"uiAttributes\": { \"isSource\": $0 } } } }",
        expect![[r#"
        true
        false
    "#]],
    );
    check_list(
        "{ \"type\": \"generic-rest\", \"authSpec\": [ $0 ] }",
        expect![[r#"
            OAuth 2 refresh code
            static bearer token
            basic authentication
            API key
            OAuth 2 client credentials
        "#]],
    );
}

#[test]
fn date_formats_show_an_example() {
    check_list(
        &batch("      \"scheduleParams\": { \"scheduleStartParamFormat\": \"$0\" }"),
        expect![[r#"
        yyyy-MM-ddTHH:mm:ssZ  (2025-03-09T14:05:06Z)
        yyyy-MM-ddTHH:mm:ssK  (2025-03-09T14:05:06Z)
        yyyy-MM-ddTHH:mm:ss.fffffffK  (2025-03-09T14:05:06.0789123Z)
        yyyy-MM-ddTHH:mm:ss:fffffffK  (2025-03-09T14:05:06:0789123Z)
        yyyy-MM-dd HH:mm:ss  (2025-03-09 14:05:06)
        yyyy-MM-dd  (2025-03-09)
    "#]],
    );
}

#[test]
fn required_offers_declared_properties() {
    check_list(
        r#"{ "type": "generic-rest", "authSpec": [ { "spec": { "properties": { "a": { "type": "string", "description": "x" }, "b": {}, "c": {} }, "required": ["b", $0] } } ] }"#,
        expect![[r#"
            a  (string)
            c
        "#]],
    );
    check_accept(
        r#"{ "type": "generic-rest", "authSpec": [ { "spec": { "properties": { "a": {} }, "required": ["b" $0 "c"] } } ] }"#,
        "a",
        expect![[r#"
            { "type": "generic-rest", "authSpec": [ { "spec": { "properties": { "a": {} }, "required": ["b", "a", "c"] } } ] }
        "#]],
    );
}

#[test]
fn strings_offer_placeholders() {
    check_list(
        &batch("      \"urlParams\": { \"path\": \"/lists/${$0\" }"),
        expect![[r#"
            ${listId}  (source input)
            ${username}  (Basic Authentication)
            ${password}  (Basic Authentication, secret)
        "#]],
    );
    check_list(
        &batch("      \"urlParams\": { \"path\": \"/lists/${li$0}/x\" }"),
        expect![[r#"
            ${listId}  (source input)
            ${username}  (Basic Authentication)
            ${password}  (Basic Authentication, secret)
        "#]],
    );
    check_list(
        &batch("      \"urlParams\": { \"path\": \"/lists/{$0\" }"),
        expect![[r#"
            ${listId}  (source input)
            ${username}  (Basic Authentication)
            ${password}  (Basic Authentication, secret)
            {SCHEDULE_QUERY}
        "#]],
    );
    check_list(&batch("      \"contentPath\": { \"path\": \"${$0\" }"), expect![[""]]);
    let spec = r#"{ "type": "generic-rest", "sourceSpec": { "spec": { "properties": { "listId": {} } }, "attributes": { "urlParams": {
  "path": "/$$0"
} } } }"#;
    check_accept(
        spec,
        "${listId}",
        expect![[r#"
        { "type": "generic-rest", "sourceSpec": { "spec": { "properties": { "listId": {} } }, "attributes": { "urlParams": {
          "path": "/${listId}"
        } } } }
    "#]],
    );
    check_accept(
        &spec.replace("/$$0\"", "/${li$0}/x"),
        "${listId}",
        expect![[r#"
        { "type": "generic-rest", "sourceSpec": { "spec": { "properties": { "listId": {} } }, "attributes": { "urlParams": {
          "path": "/${listId}/x
        } } } }
    "#]],
    );
}

#[test]
fn embedded_schemas_offer_keywords_and_undeclared_names() {
    check_list(
        r#"{ "type": "generic-rest", "sourceSpec": { "spec": { "properties": { "a": { "ty$0" } } } } }"#,
        expect![[r#"
            $schema  (string)
            $id  (string)
            $ref  (string)
            $comment  (string)
            title  (string)
            description  (string)
            type  (string | array)
            properties  (object)
            required  (array)
            format  (string)
            enum  (array)
            const  (string | number | boolean | object | array | null)
            default  (string | number | boolean | object | array | null)
            examples  (array)
            example  (string | number | boolean | object | array | null)
            minLength  (integer)
            maxLength  (integer)
            pattern  (string)
            contentEncoding  (string)
            contentMediaType  (string)
            minimum  (number)
            maximum  (number)
            exclusiveMinimum  (number)
            exclusiveMaximum  (number)
            multipleOf  (number)
            items  (object | boolean | array)
            additionalItems  (object | boolean | array)
            contains  (object | boolean | array)
            minItems  (integer)
            maxItems  (integer)
            uniqueItems  (boolean)
            additionalProperties  (object | boolean | array)
            patternProperties  (object)
            propertyNames  (object | boolean | array)
            minProperties  (integer)
            maxProperties  (integer)
            dependencies  (object)
            allOf  (array)
            anyOf  (array)
            oneOf  (array)
            not  (object | boolean | array)
            if  (object | boolean | array)
            then  (object | boolean | array)
            else  (object | boolean | array)
            definitions  (object)
            readOnly  (boolean)
            writeOnly  (boolean)
            restAttributes  (object)
            uiAttributes  (object)
            links  (array)
            name  (string)
            spec  (object | boolean | array)
            isRequired  (boolean)
            originalType  (object | boolean | array)
            meta:xdmType  (string)
            meta:xdmField  (string)
            meta:enum  (object)
            meta:referencedFrom  (string)
        "#]],
    );
    check_list(
        r#"{ "type": "generic-rest", "sourceSpec": { "attributes": { "headerParams": { "x": "${listId}" } }, "spec": { "properties": { $0 }, "required": ["b"] } } }"#,
        expect![[r#"
            b  (object | boolean | array, required)
            listId  (object | boolean | array, required)
            urlParams  (object | boolean | array)
            headerParams  (object | boolean | array)
            bodyParams  (object | boolean | array)
            contentPath  (object | boolean | array)
            explodeEntityPath  (object | boolean | array)
            paginationParams  (object | boolean | array)
            scheduleParams  (object | boolean | array)
        "#]],
    );
}

#[test]
fn placeholder_closes_an_unterminated_string() {
    let spec = r#"{ "type": "generic-rest", "sourceSpec": { "spec": { "properties": { "id": {} } }, "attributes": { "urlParams": {
  "path": "/a/${$0
  "method": "GET" } } } }"#;
    check_accept(
        spec,
        "${id}",
        expect![[r#"
        { "type": "generic-rest", "sourceSpec": { "spec": { "properties": { "id": {} } }, "attributes": { "urlParams": {
          "path": "/a/${id}",
          "method": "GET" } } } }
        --
        \${id}$0",
    "#]],
    );
}

#[test]
fn missing_colon_is_added() {
    check_accept(
        "{ \"type\" $0 }",
        "generic-rest",
        expect![[r#"
        { "type": "generic-rest" }
    "#]],
    );
    check_accept(
        "{ \"type\" \"g$0\" }",
        "generic-rest",
        expect![[r#"
        { "type": "generic-rest" }
    "#]],
    );
}

#[test]
fn booleans_match_inside_quotes() {
    let (_, items) = super::at_cursor(&batch("      \"uiAttributes\": { \"isBeta\": \"$0\" }"));
    let filters: Vec<&str> = items.iter().map(|item| item.filter.as_str()).collect();
    assert_eq!(filters, ["\"true", "\"false"]);
}

#[test]
fn arrays_start_empty() {
    check_list(
        r#"{ "type": "generic-rest", "sourceSpec": { "spec": { "properties": {}, "required": $0 } } }"#,
        expect![[r#"
            [ ]
        "#]],
    );
}

#[test]
fn examples_are_offered_in_empty_strings_only() {
    let labels = |name: &str| -> Vec<String> {
        let text = format!("{{ \"type\": \"generic-rest\", \"name\": \"{name}$0\" }}");
        super::at_cursor(&text).1.into_iter().map(|item| item.label).collect()
    };
    assert!(!labels("").is_empty());
    assert_eq!(labels("crm"), [""; 0]);
}

#[test]
fn placeholders_are_offered_after_a_dollar_sign_or_a_brace_only() {
    let words = |typed: &str| {
        let (_, items) = super::at_cursor(&batch(&format!("      \"urlParams\": {{ \"path\": \"/a{typed}$0\" }}")));
        items.iter().filter(|item| item.label.contains('{')).count()
    };
    assert_eq!(words("b"), 0);
    assert_ne!(words("{"), 0);
}
