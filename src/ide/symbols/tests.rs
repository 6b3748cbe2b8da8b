//! Outlines drawn as pictures: each entry with its kind and, where it is not the name, what is selected.
//!
//! The cases of `vscode-json-languageservice` for outlines, as far as they apply, are in here: an object, an array of
//! objects, keys with line breaks and empty ones, a text that is cut off. What differs, and why:
//!
//! - An entry of an array is called by its `name` where it has one, not by its number, and numbers begin at 1: the outline
//!   is for authors, who count authentication methods.
//! - Plain values in an array have no entries: nobody looks for the second string of `required`.
//! - Levels that say nothing (`spec`, `properties` below an authentication method) are left out, and no value is shown beside a key: it may
//!   be a secret.
//! - There is no limit after which entries are left out: the outline of 10 MB takes milliseconds.

use expect_test::{Expect, expect};

use super::{Symbol, match_score, symbols, workspace_symbols};
use crate::document::Document;
use crate::text::Text;

fn document(text: &str) -> Document {
    Document::new("acme-connectionSpec.json", 0, Text::new(text))
}

fn check(text: &str, expected: Expect) {
    let document = document(text);
    let mut picture = String::new();
    for symbol in symbols(&document) {
        draw(&document, &symbol, 0, &mut picture);
    }
    expected.assert_eq(&picture);
}

fn draw(document: &Document, symbol: &Symbol, depth: usize, picture: &mut String) {
    let (range, selection) = (&symbol.range, &symbol.selection);
    assert!(range.start <= selection.start && selection.end <= range.end, "{symbol:?}");
    let detail = symbol.detail.as_ref().map(|detail| format!(" · {detail}")).unwrap_or_default();
    let selected = document.source()[selection.clone()].trim_matches('"');
    let selected = if selected == symbol.name { String::new() } else { format!(" <{}>", selected.escape_debug()) };
    *picture += &format!("{}{:?} {}{detail}{selected}\n", "  ".repeat(depth), symbol.kind, symbol.name);
    let mut end = range.start;
    for child in &symbol.children {
        assert!(end <= child.range.start && child.range.end <= range.end, "{child:?} in {symbol:?}");
        end = child.range.end;
        draw(document, child, depth + 1, picture);
    }
}

#[test]
fn outline_of_a_batch_source() {
    check(
        include_str!("../../../tests/specs/batch-offset-oauth-connectionSpec.json"),
        expect![[r#"
            Text name
            Text type
            Text description
            Text providerId
            Text version
            Section attributes
              Section uiAttributes
                Section apiFeatures
                  Boolean explorePaginationSupported
            List authSpec
              SignIn OAuth2 Refresh Code · OAuth2RefreshCode
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
              SignIn Basic Authentication · BasicAuthentication
                Input domain · string, required
                Input username · string, required
                Input password · string, required, secret
            Section sourceSpec
              Section attributes
                Section uiAttributes
                  Boolean isSource
                  Boolean isPreview
                  Boolean isBeta
                  Section category
                    Text key
                  Section icon
                    Text key
                  Section description
                    Text key
                  Section label
                    Text key
                Request GET /v3/lists/${listId}/subscribers · urlParams <urlParams>
                  Text host
                  Text path
                  Text method
                  Section queryParams
                    Text include
                    Text order
                Section headers · headerParams <headerParams>
                  Text Accept
                Section records $.subscribers · contentPath <contentPath>
                  Text path
                  List skipAttributes
                  Text overrideWrapperAttribute
                Section exploded $.subscriber.letters · explodeEntityPath <explodeEntityPath>
                  Text path
                  List keepAttributes
                  Text overrideWrapperAttribute
                Section pagination OFFSET · paginationParams <paginationParams>
                  Text type
                  Text limitName
                  Text limitValue
                  Text offSetName
                  Text endConditionName
                  Text endConditionValue
                Section schedule · scheduleParams <scheduleParams>
                  Text scheduleStartParamName
                  Text scheduleEndParamName
                  Text scheduleStartParamFormat
                  Text scheduleEndParamFormat
              Section inputs · spec <spec>
                Input listId · string, required
            Section exploreSpec · Resource
              Text name
              Text type
              Section requestSpec
              Section responseSpec
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
            Text type
            List authSpec
              SignIn authentication 1 · KeyBased <{>
              SignIn authentication 3 <{>
                Section extra
                  Number a
            Section sourceSpec
              Section schema
                Property data · array
                  Property id
              Section attributes
                Request POST /search · urlParams <urlParams>
                  Text method
                  Text path
                  Section queryParams
                    Text a
                Section headers · headerParams <headerParams>
                  Text X-Key
                Section body · bodyParams <bodyParams>
                  List filter
                    Section 1 <{>
                      Nothing b
                Text records $.data · contentPath <contentPath>
                Section pagination · paginationParams <paginationParams>
                Section schedule ADVANCE · scheduleParams <scheduleParams>
                  Text type
                Section inputs · spec <spec>
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
            Text type
            List authSpec
            Number a b <a\\nb>
            Section "" <>
            List "" < \\t>
            Boolean éééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééé… <éééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééé>
            List x
              List 1 <[>
                Section 1 <{>
                  Number y
              Section z
                Text name
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
            Text type
            List authSpec
              SignIn Key
                Input api_key · string
                Input host
            Section sourceSpec
              Section attributes
                Request GET /a · urlParams <urlParams>
                  Text path
                  Text method
                  Section queryParams
                    Number deep
        "#]],
    );
    check(
        r#"{ "authSpec": "#,
        expect![[r#"
        Nothing authSpec
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
    let picture: String = workspace_symbols(&document)
        .into_iter()
        .map(|found| {
            let place = &document.source()[found.range];
            format!("{:?} {} in {} <{place}>\n", found.kind, found.name, found.container.unwrap_or_default())
        })
        .collect();
    expect![[r#"
        Source Acme in  <Acme>
        SignIn Key in Acme <Key>
        Input apiKey in Acme, Key <apiKey>
        Input user in Acme, entry 2 <user>
        Input listId in Acme <listId>
    "#]]
    .assert_eq(&picture);
}

#[test]
fn query_matches_letters_in_order() {
    let names = ["listId", "mailing list", "LISTING", "limit", "accountListId", "Lantern Import Default", "title"];
    let found = |typed: &str| {
        let mut found: Vec<_> = names.iter().filter_map(|name| Some((match_score(typed, name)?, *name))).collect();
        found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        format!("{typed}: {}\n", found.into_iter().map(|(_, name)| name).collect::<Vec<_>>().join(", "))
    };
    let picture: String = ["list", "lid", "LI", "li d", "xyz", ""].map(found).concat();
    expect![[r#"
        list: listId, LISTING, accountListId, mailing list
        lid: Lantern Import Default, listId, accountListId
        LI: Lantern Import Default, limit, listId, LISTING, accountListId, mailing list
        li d: Lantern Import Default, listId, accountListId
        xyz: 
        : limit, title, listId, LISTING, mailing list, accountListId, Lantern Import Default
    "#]]
    .assert_eq(&picture);
}
