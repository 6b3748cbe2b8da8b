//! Document symbols, each with its kind, and with the selected text if that is not the name.
//!
//! The cases of `vscode-json-languageservice` for outlines, as far as they apply, are in here: an object, an array of
//! objects, keys with line breaks and empty ones, a truncated text. What differs, and why:
//!
//! - An element of an array has its `name` if there is one, not its number, and numbers begin at 1: the outline is for authors,
//!   who count authentication methods.
//! - Scalar values in an array have no symbols: nobody looks for the second string of `required`.
//! - The levels `spec` and `properties` below an authentication method are left out, and no value is shown beside a key: it may
//!   be a secret.
//! - The number of symbols is unlimited: the outline of 10 MB takes milliseconds.

use expect_test::{Expect, expect};

use super::{Symbol, match_score, symbols, workspace_symbols};
use crate::document::Document;
use crate::text::Text;

fn document(text: &str) -> Document {
    Document::new("acme-connectionSpec.json", 0, Text::new(text))
}

fn check(text: &str, expected: Expect) {
    let document = document(text);
    let mut rendered = String::new();
    for symbol in symbols(&document) {
        render(&document, &symbol, 0, &mut rendered);
    }
    expected.assert_eq(&rendered);
}

fn render(document: &Document, symbol: &Symbol, depth: usize, rendered: &mut String) {
    let (range, selection) = (&symbol.range, &symbol.selection);
    assert!(range.start <= selection.start && selection.end <= range.end, "{symbol:?}");
    let detail = symbol.detail.as_ref().map(|detail| format!(" · {detail}")).unwrap_or_default();
    let selected = document.source()[selection.clone()].trim_matches('"');
    let selected = if selected == symbol.name { String::new() } else { format!(" <{}>", selected.escape_debug()) };
    *rendered += &format!("{}{:?} {}{detail}{selected}\n", "  ".repeat(depth), symbol.kind, symbol.name);
    let mut end = range.start;
    for child in &symbol.children {
        assert!(end <= child.range.start && child.range.end <= range.end, "{child:?} in {symbol:?}");
        end = child.range.end;
        render(document, child, depth + 1, rendered);
    }
}

#[test]
fn outline_of_a_batch_source() {
    check(
        include_str!("../../../tests/specs/batch-offset-oauth-connectionSpec.json"),
        expect![[r#"
            String name
            String type
            String description
            String providerId
            String version
            Object attributes
              Object uiAttributes
                Object apiFeatures
                  Boolean explorePaginationSupported
            Array authSpec
              AuthEntry OAuth2 Refresh Code · OAuth2RefreshCode
                Input domain · string, required
                Input authorizationTestUrl · string
                Input clientId · string
                Input clientSecret · string, secret
                Input accessToken · string, required, secret
                Input refreshToken · string, secret
                Input expirationDate · string
                Input accessTokenUrl · string
                Input requestParameterOverride · object
                  Property accessTokenField · string
                  Property refreshTokenField · string
                  Property expireInField · string
                  Property authenticationMethod · string
                  Property clientId · string
                  Property clientSecret · string
              AuthEntry Basic Authentication · BasicAuthentication
                Input domain · string, required
                Input username · string, required
                Input password · string, required, secret
            Object sourceSpec
              Object attributes
                Object uiAttributes
                  Boolean isSource
                  Boolean isPreview
                  Boolean isBeta
                  Object category
                    String key
                  Object icon
                    String key
                  Object description
                    String key
                  Object label
                    String key
                Request GET /v3/lists/${listId}/subscribers · urlParams <urlParams>
                  String host
                  String path
                  String method
                  Object queryParams
                    String include
                    String order
                Object headers · headerParams <headerParams>
                  String Accept
                Object records $.subscribers · contentPath <contentPath>
                  String path
                  Array skipAttributes
                  String overrideWrapperAttribute
                Object exploded $.subscriber.letters · explodeEntityPath <explodeEntityPath>
                  String path
                  Array keepAttributes
                  String overrideWrapperAttribute
                Object pagination OFFSET · paginationParams <paginationParams>
                  String type
                  String limitName
                  String limitValue
                  String offSetName
                  String endConditionName
                  String endConditionValue
                Object schedule · scheduleParams <scheduleParams>
                  String scheduleStartParamName
                  String scheduleEndParamName
                  String scheduleStartParamFormat
                  String scheduleEndParamFormat
              Object inputs · spec <spec>
                Input listId · string, required
            Object exploreSpec · Resource
              String name
              String type
              Object requestSpec
              Object responseSpec
                Property format · string
                Property schema · object
                  Property columns · array
                    Property name · string
                    Property type · string
                Property data · array
        "#]],
    );
}

#[test]
fn outline_of_schedule_body_and_schema() {
    check(
        r#"{ "type": "generic-rest", "authSpec": [ { "type": "KeyBased", "spec": {} }, 1, { "name": " ", "extra": { "a": 1 } } ],
  "sourceSpec": {
    "schema": { "type": "object", "properties": { "data": { "type": "array", "items": { "properties": { "id": {} } } } } },
    "attributes": {
      "urlParams": { "method": "POST", "path": "/search?key=hunter2", "queryParams": { "a": "hunter2" } },
      "headerParams": { "X-Key": "hunter2" }, "bodyParams": { "filter": [ { "b": null } ] },
      "contentPath": "$.data", "paginationParams": {}, "scheduleParams": { "type": "ADVANCE" },
      "spec": { "properties": { "from": { "type": "string" } } } } } }"#,
        expect![[r#"
            String type
            Array authSpec
              AuthEntry authentication 1 · KeyBased <{>
              AuthEntry authentication 3 <{>
                Object extra
                  Number a
            Object sourceSpec
              Object schema
                Property data · array
                  Property id
              Object attributes
                Request POST /search · urlParams <urlParams>
                  String method
                  String path
                  Object queryParams
                    String a
                Object headers · headerParams <headerParams>
                  String X-Key
                Object body · bodyParams <bodyParams>
                  Array filter
                    Object 1 <{>
                      Null b
                String records $.data · contentPath <contentPath>
                Object pagination · paginationParams <paginationParams>
                Object schedule ADVANCE · scheduleParams <scheduleParams>
                  String type
                Object inputs · spec <spec>
                  Input from · string
        "#]],
    );
}

#[test]
fn unusual_keys_have_one_line_names() {
    check(
        &r#"{ "type": "x", "authSpec": [], "a\nb": 1, "": {}, " \t": [], "LONG": true, "x": [ [ { "y": 1.5 } ], { "name": "z" } ] }"#
            .replace("LONG", &"é".repeat(100)),
        expect![[r#"
            String type
            Array authSpec
            Number a b <a\\nb>
            Object "" <>
            Array "" < \\t>
            Boolean éééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééé… <éééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééé>
            Array x
              Array 1 <[>
                Object 1 <{>
                  Number y
              Object z
                String name
        "#]],
    );
}

#[test]
fn broken_text_has_an_outline() {
    check(
        r#"{ "type": "generic-rest",
  "authSpec": [ { "name": "Key", "spec": { "properties": { "api_key": { "type": "string", }, host: {} } } } ]
  "sourceSpec": { "attributes": { "urlParams": { "path": "/a", "method": "GET" "queryParams": { : 1, : { "deep": 2 } }
"#,
        expect![[r#"
            String type
            Array authSpec
              AuthEntry Key
                Input api_key · string
                Input host
            Object sourceSpec
              Object attributes
                Request GET /a · urlParams <urlParams>
                  String path
                  String method
                  Object queryParams
                    Number deep
        "#]],
    );
    check(
        r#"{ "authSpec": "#,
        expect![[r#"
            Null authSpec
        "#]],
    );
    check("", expect![[""]]);
}

#[test]
fn outline_depth_is_limited() {
    let text = format!("{{ \"authSpec\": [], \"type\": \"x\", \"a\": {}", "{\"b\":[".repeat(20_000));
    let (mut symbols, mut depth) = (symbols(&document(&text)), 0);
    while let Some(last) = symbols.pop() {
        (symbols, depth) = (last.children, depth + 1);
    }
    assert!((20..70).contains(&depth), "{depth}");
}

#[test]
fn other_json_has_neither_outline_nor_workspace_symbols() {
    let document = Document::new("package.json", 0, Text::new(r#"{ "name": "a", "type": "module" }"#));
    assert_eq!((symbols(&document), workspace_symbols(&document)), (Vec::new(), Vec::new()));
}

#[test]
fn workspace_symbols_of_a_spec() {
    let document = document(
        r#"{ "name": "Acme", "type": "generic-rest",
  "authSpec": [ { "name": "Key", "spec": { "properties": { "apiKey": {} } } }, { "spec": { "properties": { "user": {} } } } ],
  "sourceSpec": { "spec": { "properties": { "listId": {} } } } }"#,
    );
    let rendered: String = workspace_symbols(&document)
        .into_iter()
        .map(|found| {
            let place = &document.source()[found.range];
            format!("{:?} {} in {} <{place}>\n", found.kind, found.name, found.container.unwrap_or_default())
        })
        .collect();
    expect![[r#"
        Source Acme in  <Acme>
        AuthEntry Key in Acme <Key>
        Input apiKey in Acme, Key <apiKey>
        Input user in Acme, entry 2 <user>
        Input listId in Acme <listId>
    "#]]
    .assert_eq(&rendered);
}

#[test]
fn query_matches_letters_in_order() {
    let names = ["listId", "mailing list", "LISTING", "limit", "accountListId", "Lantern Import Default", "title"];
    let found = |typed: &str| {
        let mut found: Vec<_> = names.iter().filter_map(|name| Some((match_score(typed, name)?, *name))).collect();
        found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        format!("{typed}: {}\n", found.into_iter().map(|(_, name)| name).collect::<Vec<_>>().join(", "))
    };
    let rendered: String = ["list", "lid", "LI", "li d", "xyz", ""].map(found).concat();
    expect![[r#"
        list: listId, LISTING, accountListId, mailing list
        lid: Lantern Import Default, listId, accountListId
        LI: Lantern Import Default, limit, listId, LISTING, accountListId, mailing list
        li d: Lantern Import Default, listId, accountListId
        xyz: 
        : limit, title, listId, LISTING, mailing list, accountListId, Lantern Import Default
    "#]]
    .assert_eq(&rendered);
}
