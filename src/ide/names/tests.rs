//! Occurrences of the name at `$0`, rendered below their lines.

use std::ops::Range;

use expect_test::{Expect, expect};

use crate::document::Document;
use crate::ide::{definition, linked_editing, references};
use crate::text::Text;

/// A document with its cursor.
pub(in crate::ide) fn at_cursor(marked: &str) -> (Document, usize) {
    let offset = marked.find("$0").expect("a cursor");
    let text = marked.replacen("$0", "", 1);
    (Document::new("acme-connectionSpec.json", 0, Text::new(&text)), offset)
}

/// The lines with marks, and the marks below them, without shared indentation.
pub(in crate::ide) fn render(source: &str, marks: impl IntoIterator<Item = (Range<usize>, &'static str)>) -> String {
    let marks: Vec<_> = marks.into_iter().collect();
    let (mut rendered, mut start) = (String::new(), 0);
    for line in source.split_inclusive('\n') {
        let inside = start..start + line.len();
        let mut own = marks.iter().filter(|(range, _)| inside.contains(&range.start)).peekable();
        if own.peek().is_some() {
            rendered += &format!("{}\n", line.trim_end());
        }
        for (range, label) in own {
            let column = source[start..range.start].chars().count();
            let width = source[range.clone()].chars().count().max(1);
            rendered += format!("{}{} {label}", " ".repeat(column), "^".repeat(width)).trim_end();
            rendered.push('\n');
        }
        start = inside.end;
    }
    let indent = rendered.lines().map(|line| line.len() - line.trim_start().len()).min().unwrap_or_default();
    rendered.lines().map(|line| format!("{}\n", &line[indent..])).collect()
}

/// All occurrences of the name at the cursor, with those that declare it and those that are linked.
fn check(marked: &str, expected: Expect) {
    let (document, offset) = at_cursor(marked);
    let found = references(&document, offset);
    let declared = found.iter().filter(|reference| reference.is_declaration);
    let declared: Vec<_> = declared.map(|reference| reference.range.clone()).collect();
    let target = definition(&document, offset);
    let names = target.iter().flat_map(|target| &target.targets).map(|target| target.name.clone());
    assert_eq!(names.collect::<Vec<_>>(), declared);
    let linked = linked_editing(&document, offset);
    let label = |range: &Range<usize>, is_declaration: bool| match (is_declaration, linked.contains(range)) {
        (true, true) => "given, linked",
        (true, false) => "given",
        (false, true) => "linked",
        (false, false) => "",
    };
    expected.assert_eq(&render(
        document.source(),
        found.iter().map(|reference| (reference.range.clone(), label(&reference.range, reference.is_declaration))),
    ));
    // The same occurrences from each of them.
    for place in &found {
        assert_eq!(references(&document, place.range.start), found);
        assert_eq!(references(&document, place.range.end), found);
    }
}

/// A batch source with two authentication methods, that has a name at every place where one can be.
fn batch() -> String {
    r#"{
  "type": "generic-rest", "providerId": "0ed90a81-07f4-4586-8190-b40eccef1c5a",
  "authSpec": [
    { "name": "OAuth2 Refresh Code", "type": "OAuth2RefreshCode", "spec": { "properties": {
      "domain": { "type": "string" }, "accessToken": {},
      "override": { "properties": { "listId": {}, "domain": {} }, "required": ["domain"] } },
      "required": ["domain", "accessToken"] } },
    { "name": "Basic Authentication", "type": "BasicAuthentication", "spec": {
      "allOf": [ { "properties": { "domain": {} } } ], "required": ["domain", "pasword"] } } ],
  "sourceSpec": {
    "spec": { "properties": { "listId": { "type": "string" }, "window": { "type": "object" } }, "required": ["listId"] },
    "attributes": {
      "uiAttributes": { "label": { "text": "${domain}" } },
      "urlParams": { "host": "https://${domain}.example", "path": "/lists/${listId}/x${listId}", "method": "POST",
        "queryParams": { "list": "{{listId}}", "from": "${window.start}", "half": "${listId" } },
      "headerParams": { "X-Domain": "{domain}" },
      "bodyParams": { "domain": "${domain}", "deep": [ { "listId": "${other} {domain} ${listId}" } ] },
      "scheduleParams": { "type": "ADVANCE", "incremental": "since=${listId}&{START_TIME}" },
      "paginationParams": { "type": "PAGE", "limitValue": "${window}" },
      "contentPath": { "path": "$.data.emails", "overrideWrapperAttribute": "email" },
      "explodeEntityPath": { "path": "$.email.activity" }
    }
  },
  "exploreSpec": { "responseSpec": { "properties": { "data": {}, "listId": {} }, "required": ["data", "gone"] } }
}"#
    .to_owned()
}

/// Puts the cursor into the `index`th place, from 0, where the text is.
fn cursor(text: &str, at: &str, index: usize) -> String {
    let (place, _) = text.match_indices(at).nth(index).expect("the text is there");
    format!("{}$0{}", &text[..place + 1], &text[place + 1..])
}

#[test]
fn input_of_several_auth_entries_is_one_name() {
    check(
        &cursor(&batch(), "domain", 0),
        expect![[r#"
                  "domain": { "type": "string" }, "accessToken": {},
                   ^^^^^^ given, linked
                  "required": ["domain", "accessToken"] } },
                                ^^^^^^ linked
                  "allOf": [ { "properties": { "domain": {} } } ], "required": ["domain", "pasword"] } } ],
                                                ^^^^^^ given
                                                                                 ^^^^^^
                  "urlParams": { "host": "https://${domain}.example", "path": "/lists/${listId}/x${listId}", "method": "POST",
                                                    ^^^^^^
                  "headerParams": { "X-Domain": "{domain}" },
                                                  ^^^^^^
                  "bodyParams": { "domain": "${domain}", "deep": [ { "listId": "${other} {domain} ${listId}" } ] },
                                               ^^^^^^
        "#]],
    );
}

#[test]
fn input_of_the_source_has_references() {
    check(
        &cursor(&batch(), "listId\": { \"type", 0),
        expect![[r#"
                "spec": { "properties": { "listId": { "type": "string" }, "window": { "type": "object" } }, "required": ["listId"] },
                                           ^^^^^^ given, linked
                                                                                                                          ^^^^^^ linked
                  "urlParams": { "host": "https://${domain}.example", "path": "/lists/${listId}/x${listId}", "method": "POST",
                                                                                        ^^^^^^
                                                                                                   ^^^^^^
                    "queryParams": { "list": "{{listId}}", "from": "${window.start}", "half": "${listId" } },
                                                ^^^^^^
                                                                                                 ^^^^^^
                  "bodyParams": { "domain": "${domain}", "deep": [ { "listId": "${other} {domain} ${listId}" } ] },
                                                                                                    ^^^^^^
                  "scheduleParams": { "type": "ADVANCE", "incremental": "since=${listId}&{START_TIME}" },
                                                                                 ^^^^^^
        "#]],
    );
}

#[test]
fn path_into_an_input_refers_to_the_input() {
    check(
        &cursor(&batch(), "window.start", 0),
        expect![[r#"
                "spec": { "properties": { "listId": { "type": "string" }, "window": { "type": "object" } }, "required": ["listId"] },
                                                                           ^^^^^^ given
                    "queryParams": { "list": "{{listId}}", "from": "${window.start}", "half": "${listId" } },
                                                                      ^^^^^^
                  "paginationParams": { "type": "PAGE", "limitValue": "${window}" },
                                                                         ^^^^^^
        "#]],
    );
}

#[test]
fn escapes_do_not_hide_references() {
    check(
        r#"{ "type": "generic-rest", "sourceSpec": {
    "spec": { "properties": { "shop$0Id": {}, "other": {} }, "required": [ "shop\u0049d" ] },
    "attributes": { "urlParams": { "path": "/${shopId}/${shop\u0049d}/${shop\u0049d.x}/\u002f${\u006fther}" } } } }"#,
        expect![[r#"
            "spec": { "properties": { "shopId": {}, "other": {} }, "required": [ "shop\u0049d" ] },
                                       ^^^^^^ given
                                                                                  ^^^^^^^^^^^
            "attributes": { "urlParams": { "path": "/${shopId}/${shop\u0049d}/${shop\u0049d.x}/\u002f${\u006fther}" } } } }
                                                       ^^^^^^
                                                                 ^^^^^^^^^^^
                                                                                ^^^^^^^^^^^
        "#]],
    );
}

#[test]
fn undeclared_name_has_references() {
    check(
        &cursor(&batch(), "other", 0),
        expect![[r#"
                  "bodyParams": { "domain": "${domain}", "deep": [ { "listId": "${other} {domain} ${listId}" } ] },
                                                                                  ^^^^^
        "#]],
    );
    check(
        &cursor(&batch(), "pasword", 0),
        expect![[r#"
                  "allOf": [ { "properties": { "domain": {} } } ], "required": ["domain", "pasword"] } } ],
                                                                                           ^^^^^^^
        "#]],
    );
}

#[test]
fn other_property_is_local_to_its_schema() {
    check(
        &cursor(&batch(), "domain", 1),
        expect![[r#"
                  "override": { "properties": { "listId": {}, "domain": {} }, "required": ["domain"] } },
                                                               ^^^^^^ given, linked
                                                                                            ^^^^^^ linked
        "#]],
    );
    check(
        &cursor(&batch(), "data\": {}", 0),
        expect![[r#"
              "exploreSpec": { "responseSpec": { "properties": { "data": {}, "listId": {} }, "required": ["data", "gone"] } }
                                                                  ^^^^ given, linked
                                                                                                           ^^^^ linked
        "#]],
    );
    check(
        &cursor(&batch(), "gone", 0),
        expect![[r#"
              "exploreSpec": { "responseSpec": { "properties": { "data": {}, "listId": {} }, "required": ["data", "gone"] } }
                                                                                                                   ^^^^
        "#]],
    );
}

#[test]
fn dependencies_refer_to_properties() {
    let text = r#"{ "type": "generic-rest", "sourceSpec": { "spec": { "properties": { "from": {}, "until": {} },
  "dependencies": { "from": ["until"], "unt$0il": { "required": ["from"] } } } } }"#;
    check(
        text,
        expect![[r#"
        { "type": "generic-rest", "sourceSpec": { "spec": { "properties": { "from": {}, "until": {} },
                                                                                         ^^^^^ given, linked
          "dependencies": { "from": ["until"], "until": { "required": ["from"] } } } } }
                                      ^^^^^ linked
                                                ^^^^^ linked
    "#]],
    );
    check(
        &text.replace("$0", "").replace("[\"until", "[\"$0until"),
        expect![[r#"
        { "type": "generic-rest", "sourceSpec": { "spec": { "properties": { "from": {}, "until": {} },
                                                                                         ^^^^^ given, linked
          "dependencies": { "from": ["until"], "until": { "required": ["from"] } } } } }
                                      ^^^^^ linked
                                                ^^^^^ linked
    "#]],
    );
}

#[test]
fn record_wrapper_has_references() {
    check(
        &cursor(&batch(), "email\" }", 0),
        expect![[r#"
                  "contentPath": { "path": "$.data.emails", "overrideWrapperAttribute": "email" },
                                                                                         ^^^^^ given
                  "explodeEntityPath": { "path": "$.email.activity" }
                                                    ^^^^^
        "#]],
    );
    let by_path =
        batch().replace(r#", "overrideWrapperAttribute": "email""#, "").replace("$.email.", "$['emails'][0].");
    check(
        &cursor(&by_path, "emails']", 0),
        expect![[r#"
                  "contentPath": { "path": "$.data.emails" },
                                                   ^^^^^^ given
                  "explodeEntityPath": { "path": "$['emails'][0].activity" }
                                                     ^^^^^^
        "#]],
    );
    let unlike = batch().replace("$.email.", "$.mail.");
    check(&cursor(&unlike, "email\" }", 0), expect![[""]]);
}

#[test]
fn auth_entry_name_has_no_other_references() {
    check(
        &cursor(&batch(), "Basic Auth", 0),
        expect![[r#"
                { "name": "Basic Authentication", "type": "BasicAuthentication", "spec": {
                           ^^^^^^^^^^^^^^^^^^^^ given
        "#]],
    );
}

#[test]
fn names_with_escapes_and_in_broken_texts() {
    check(
        r#"{ "type": "generic-rest", "sourceSpec": { "spec": { "properties": { "list$0Id": {} }, "required": ["list\u0049d"] },
  "attributes": { "urlParams": { "path": "/\"x\"/${listId}" } } } }"#,
        expect![[r#"
            { "type": "generic-rest", "sourceSpec": { "spec": { "properties": { "listId": {} }, "required": ["list\u0049d"] },
                                                                                 ^^^^^^ given
                                                                                                              ^^^^^^^^^^^
              "attributes": { "urlParams": { "path": "/\"x\"/${listId}" } } } }
                                                               ^^^^^^
        "#]],
    );
    check(
        r#"{ "type": "generic-rest", "authSpec": [], "sourceSpec": { "spec": { "properties": { listId: { "type": "string" }, "b": {} },
    "required": [list$0Id "b"] }
  "attributes": { "urlParams": { "path": "/lists/${listId}/members
    "method": "GET" "#,
        expect![[r#"
            { "type": "generic-rest", "authSpec": [], "sourceSpec": { "spec": { "properties": { listId: { "type": "string" }, "b": {} },
                                                                                                ^^^^^^ given
                "required": [listId "b"] }
                             ^^^^^^
              "attributes": { "urlParams": { "path": "/lists/${listId}/members
                                                               ^^^^^^
        "#]],
    );
}

#[test]
fn other_json_has_no_names() {
    for (at, index) in [("type", 0), ("generic-rest", 0), ("POST", 0), ("START_TIME", 0), ("data.emails", 0)] {
        check(&cursor(&batch(), at, index), expect![[""]]);
    }
    check(
        r#"{ "type": "x", "sourceSpec": { "spec": { "properties": { "a": {}, "requ$0ired": ["a"] } } } }"#,
        expect![[""]],
    );
    let document = Document::new("package.json", 0, Text::new(batch().replace("Spec", "")));
    let offset = document.source().find("listId").expect("it is there");
    assert_eq!((references(&document, offset), definition(&document, offset)), (Vec::new(), None));
}

#[test]
fn custom_schema_property_is_referenced_by_paths() {
    let text = |wrapper: &str| {
        format!(
            r#"{{ "type": "generic-rest", "sourceSpec": {{ "attributes": {{
  "contentPath": {{ "path": "$.data.emails"{wrapper} }},
  "explodeEntityPath": {{ "path": "$.emails.sent[*]['to']" }} }},
  "schema": {{ "properties": {{ "data": {{ "properties": {{ "emails": {{ "type": "array", "items": {{ "properties": {{
    "sent": {{ "type": "array", "items": {{ "properties": {{ "to": {{}}, "emails": {{}} }} }} }} }}, "required": ["sent"] }} }} }} }} }} }} }} }}"#
        )
    };
    check(
        &cursor(&text(""), "data.", 0),
        expect![[r#"
              "contentPath": { "path": "$.data.emails" },
                                          ^^^^
              "schema": { "properties": { "data": { "properties": { "emails": { "type": "array", "items": { "properties": {
                                           ^^^^ given
        "#]],
    );
    check(
        &cursor(&text(""), "emails\"", 0),
        expect![[r#"
              "contentPath": { "path": "$.data.emails" },
                                               ^^^^^^
              "explodeEntityPath": { "path": "$.emails.sent[*]['to']" } },
                                                ^^^^^^
              "schema": { "properties": { "data": { "properties": { "emails": { "type": "array", "items": { "properties": {
                                                                     ^^^^^^ given
        "#]],
    );
    check(
        &cursor(&text(""), "sent[", 0),
        expect![[r#"
              "explodeEntityPath": { "path": "$.emails.sent[*]['to']" } },
                                                       ^^^^
                "sent": { "type": "array", "items": { "properties": { "to": {}, "emails": {} } } } }, "required": ["sent"] } } } } } } } }
                 ^^^^ given
                                                                                                                    ^^^^
        "#]],
    );
    check(
        &cursor(&text(""), "to'", 0),
        expect![[r#"
              "explodeEntityPath": { "path": "$.emails.sent[*]['to']" } },
                                                                ^^
                "sent": { "type": "array", "items": { "properties": { "to": {}, "emails": {} } } } }, "required": ["sent"] } } } } } } } }
                                                                       ^^ given
        "#]],
    );
    check(
        &cursor(&text(r#", "overrideWrapperAttribute": "mail""#).replace("$.emails", "$.mail"), "emails\"", 0),
        expect![[r#"
              "contentPath": { "path": "$.data.emails", "overrideWrapperAttribute": "mail" },
                                               ^^^^^^
              "schema": { "properties": { "data": { "properties": { "emails": { "type": "array", "items": { "properties": {
                                                                     ^^^^^^ given
        "#]],
    );
}
