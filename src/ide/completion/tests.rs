//! Completion: the list at `$0`, and the text after an item was accepted.

mod values;

use expect_test::{Expect, expect};

use crate::document::Document;
use crate::ide::{CompletionItem, completion};
use crate::lint::rules::tests::batch;
use crate::text::Text;

/// A document with a cursor at `$0`.
fn at_cursor(marked: &str) -> (Document, Vec<CompletionItem>) {
    let offset = marked.find("$0").expect("a cursor");
    let document = Document::new("acme-connectionSpec.json", 0, Text::new(marked.replacen("$0", "", 1)));
    let items = completion(&document, offset);
    for item in &items {
        let range = &item.edit.range;
        assert!(range.contains(&offset) || range.end == offset, "the cursor is in what is replaced: {item:?}");
        assert!(!document.source()[range.clone()].contains('\n'), "one line: {item:?}");
        let typed = &document.source()[range.start..offset];
        assert!(typed.is_empty() || !typed.starts_with('"') || item.filter.starts_with('"'), "{typed} {item:?}");
        assert!(item.additional.iter().all(|edit| edit.range.end < range.start), "{item:?}");
    }
    (document, items)
}

/// The list: label, detail.
fn check_list(marked: &str, expected: Expect) {
    let (_, mut items) = at_cursor(marked);
    items.sort_by(|a, b| a.sort.cmp(&b.sort));
    let lines: Vec<String> = items
        .iter()
        .map(|item| format!("{}  ({})\n", item.label, item.detail.as_deref().unwrap_or("")).replace("  ()", ""))
        .collect();
    expected.assert_eq(&lines.concat());
}

/// The line(s) that change when an item is accepted, as plain text and as a snippet.
fn check_accept(marked: &str, label: &str, expected: Expect) {
    let (document, items) = at_cursor(marked);
    let item = items.iter().find(|item| item.label == label);
    let Some(item) = item else {
        panic!("`{label}` is not offered: {:?}", items.iter().map(|item| &item.label).collect::<Vec<_>>())
    };
    let accepted = |new: &str| {
        let mut text = document.source().to_owned();
        text.replace_range(item.edit.range.clone(), new);
        for edit in &item.additional {
            text.replace_range(edit.range.clone(), &edit.new);
        }
        text
    };
    let mut drawn = accepted(&item.edit.new);
    if let Some(snippet) = &item.snippet {
        drawn += &format!("\n--\n{snippet}");
    }
    expected.assert_eq(&(drawn + "\n"));
}

#[test]
fn empty_file_offers_complete_specs() {
    check_list(
        "$0",
        expect![[r#"
        batch source  (connection spec)
        batch source with an API key  (connection spec)
        batch source with basic authentication  (connection spec)
        streaming source  (connection spec)
    "#]],
    );
    check_list(
        "\n  $0\n",
        expect![[r#"
        batch source  (connection spec)
        batch source with an API key  (connection spec)
        batch source with basic authentication  (connection spec)
        streaming source  (connection spec)
    "#]],
    );
}

#[test]
fn required_keys_come_first() {
    check_list(
        "{ \"type\": \"generic-rest\",\n  $0\n}",
        expect![[r#"
            name  (string, required)
            providerId  (string, required)
            description  (string, in the template)
            version  (string, in the template)
            attributes  (object, in the template)
            authSpec  (array, in the template)
            sourceSpec  (object, in the template)
            exploreSpec  (object, in the template)
            permissionsInfo  (object)
            targetSpec  (object)
            encryptionSpecs  (array)
            entitlementInfo  (array)
            policy  (object)
            settings  (object)
            id  (string, set by Flow Service)
            createdAt  (integer, set by Flow Service)
            updatedAt  (integer, set by Flow Service)
            createdBy  (string, set by Flow Service)
            updatedBy  (string, set by Flow Service)
            createdClient  (string, set by Flow Service)
            updatedClient  (string, set by Flow Service)
            sandboxId  (string, set by Flow Service)
            sandboxName  (string, set by Flow Service)
            imsOrgId  (string, set by Flow Service)
            all required keys  (2 keys)
            all missing keys  (8 keys)
        "#]],
    );
    check_list(
        &batch("      \"urlParams\": { \"path\": \"/\", $0 }"),
        expect![[r#"
            method  (string, required)
            host  (string)
            queryParams  (object | string)
            hostname  (string, deprecated)
            hostName  (string, deprecated)
        "#]],
    );
}

#[test]
fn key_adds_quotes_colon_value_and_commas() {
    check_accept(
        "{\n  \"type\": \"generic-rest\"\n  $0\n  \"name\": \"a\"\n}",
        "providerId",
        expect![[r#"
            {
              "type": "generic-rest",
              "providerId": "0ed90a81-07f4-4586-8190-b40eccef1c5a",
              "name": "a"
            }
            --
            "providerId": "0ed90a81-07f4-4586-8190-b40eccef1c5a",$0
        "#]],
    );
    check_accept(
        "{\n  \"type\": \"generic-rest\",\n  \"prov$0\"\n}",
        "providerId",
        expect![[r#"
            {
              "type": "generic-rest",
              "providerId": "0ed90a81-07f4-4586-8190-b40eccef1c5a"
            }
            --
            "providerId": "0ed90a81-07f4-4586-8190-b40eccef1c5a"$0
        "#]],
    );
    check_accept(
        "{\n  \"type\": \"generic-rest\",\n  \"prov$0\n}",
        "providerId",
        expect![[r#"
            {
              "type": "generic-rest",
              "providerId": "0ed90a81-07f4-4586-8190-b40eccef1c5a"
            }
            --
            "providerId": "0ed90a81-07f4-4586-8190-b40eccef1c5a"$0
        "#]],
    );
    check_accept(
        "{\n  \"type\": \"generic-rest\",\n  prov$0\n}",
        "providerId",
        expect![[r#"
            {
              "type": "generic-rest",
              "providerId": "0ed90a81-07f4-4586-8190-b40eccef1c5a"
            }
            --
            "providerId": "0ed90a81-07f4-4586-8190-b40eccef1c5a"$0
        "#]],
    );
    check_accept(
        "{\n  \"type\": \"generic-rest\",\n  \"p$0\": \"x\"\n}",
        "providerId",
        expect![[r#"
        {
          "type": "generic-rest",
          "providerId": "x"
        }
    "#]],
    );
    check_accept(
        "{\n  \"type\": \"generic-rest\",\n  $0: \"x\"\n}",
        "providerId",
        expect![[r#"
        {
          "type": "generic-rest",
          "providerId": "x"
        }
    "#]],
    );
    check_accept(
        "{ \"type\": \"generic-rest\" $0 }",
        "providerId",
        expect![[r#"
            { "type": "generic-rest", "providerId": "0ed90a81-07f4-4586-8190-b40eccef1c5a" }
            --
            "providerId": "0ed90a81-07f4-4586-8190-b40eccef1c5a"$0
        "#]],
    );
    check_accept(
        "{ \"type\": \"generic-rest\" $0",
        "providerId",
        expect![[r#"
            { "type": "generic-rest", "providerId": "0ed90a81-07f4-4586-8190-b40eccef1c5a"
            --
            "providerId": "0ed90a81-07f4-4586-8190-b40eccef1c5a"$0
        "#]],
    );
}

#[test]
fn all_missing_keys_are_offered_only_where_nothing_is_typed() {
    let is_offered = |marked: &str| {
        let (_, items) = at_cursor(marked);
        items.iter().any(|item| item.label == "all missing keys")
    };
    assert!(is_offered("{ \"type\": \"generic-rest\",\n  $0\n}"));
    for typed in ["\"$0\"", "\"$0", "\"na$0\"", "n$0"] {
        assert!(!is_offered(&format!("{{ \"type\": \"generic-rest\",\n  {typed}\n}}")), "{typed}");
    }
}

#[test]
fn all_missing_keys_are_one_item() {
    check_accept(
        "{\n  \"type\": \"generic-rest\",\n  \"exploreSpec\": { $0 }\n}",
        "all missing keys",
        expect![[r#"
            {
              "type": "generic-rest",
              "exploreSpec": { 
                "name": "Resource",
                "type": "Resource",
                "requestSpec": {
                  "$schema": "http://json-schema.org/draft-07/schema#",
                  "type": "object"
                },
                "responseSpec": {
                  "$schema": "http://json-schema.org/draft-07/schema#",
                  "type": "object",
                  "properties": {
                    "format": {
                      "type": "string"
                    },
                    "schema": {
                      "type": "object",
                      "properties": {
                        "columns": {
                          "type": "array",
                          "items": {
                            "type": "object",
                            "properties": {
                              "name": {
                                "type": "string"
                              },
                              "type": {
                                "type": "string"
                              }
                            }
                          }
                        }
                      }
                    },
                    "data": {
                      "type": "array",
                      "items": {
                        "type": "object"
                      }
                    }
                  }
                }
               }
            }
            --

              "name": "${1:Resource}",
              "type": "${2:Resource}",
              "requestSpec": {
                "\$schema": "http://json-schema.org/draft-07/schema#",
                "type": "object"
              },
              "responseSpec": {
                "\$schema": "http://json-schema.org/draft-07/schema#",
                "type": "object",
                "properties": {
                  "format": {
                    "type": "string"
                  },
                  "schema": {
                    "type": "object",
                    "properties": {
                      "columns": {
                        "type": "array",
                        "items": {
                          "type": "object",
                          "properties": {
                            "name": {
                              "type": "string"
                            },
                            "type": {
                              "type": "string"
                            }
                          }
                        }
                      }
                    }
                  },
                  "data": {
                    "type": "array",
                    "items": {
                      "type": "object"
                    }
                  }
                }
              }
            $0
        "#]],
    );
}

#[test]
fn incomplete_key_before_others_on_its_line() {
    check_accept(
        "{\"type\":\"generic-rest\",\"desc$0,\"authSpec\":[]}",
        "description",
        expect![[r#"
        {"type":"generic-rest","description": "","authSpec":[]}
        --
        "description": "${1:}"$0
    "#]],
    );
    check_accept(
        "{\"type\":\"generic-rest\",\"$0,\"authSpec\":[]}",
        "description",
        expect![[r#"
        {"type":"generic-rest","description": "","authSpec":[]}
        --
        "description": "${1:}"$0
    "#]],
    );
    check_accept(
        "{\"type\":\"generic-rest\", \"desc$0 \"authSpec\":[]}",
        "description",
        expect![[r#"
        {"type":"generic-rest", "description": "", "authSpec":[]}
        --
        "description": "${1:}",$0
    "#]],
    );
}

#[test]
fn missing_key_before_a_value_adds_only_the_key() {
    for value in ["\"x\"", "{\"apiFeatures\":{}}", "{}", "false", "null", "10", "[]"] {
        let marked = format!("{{\"type\":\"generic-rest\",\"attributes\":{{ $0{value}, \"isSource\": true}}}}");
        let (document, items) = at_cursor(&marked);
        let item = items.iter().find(|item| item.label == "uiAttributes");
        let Some(item) = item else { panic!("not offered before {value}") };
        let mut text = document.source().to_owned();
        text.replace_range(item.edit.range.clone(), &item.edit.new);
        assert_eq!(text, marked.replace("$0", "\"uiAttributes\": "), "{value}");
    }
}

/// What is typed over a choice or a default is a string too.
#[test]
fn quotes_are_outside_of_tab_stops() {
    check_accept(
        r#"{ "type": "generic-rest", "sourceSpec": { "attributes": { "urlParams": { "$0" } } } }"#,
        "method",
        expect![[r#"
            { "type": "generic-rest", "sourceSpec": { "attributes": { "urlParams": { "method": "GET" } } } }
            --
            "method": "${1|GET,POST|}"$0
        "#]],
    );
    check_accept(
        "{ \"type\": \"generic-rest\", \"authSpec\": [ { \"spec\": { \"$0\" } } ] }",
        "$schema",
        expect![[r#"
        { "type": "generic-rest", "authSpec": [ { "spec": { "$schema": "http://json-schema.org/draft-07/schema#" } } ] }
        --
        "\$schema": "${1:http://json-schema.org/draft-07/schema#}"$0
    "#]],
    );
    check_accept(
        "{ \"$0\" }",
        "type",
        expect![[r#"
            { "type": "generic-rest" }
            --
            "type": "${1|generic-rest,generic-streaming|}"$0
        "#]],
    );
}

#[test]
fn a_spec_without_a_kind_gets_what_all_kinds_have() {
    check_accept(
        "{\n  $0\n}",
        "all missing keys",
        expect![[r#"
        {
          "name": "",
          "providerId": "0ed90a81-07f4-4586-8190-b40eccef1c5a",
          "type": "generic-rest",
          "description": "",
          "version": "1.0",
          "sourceSpec": {},
          "exploreSpec": {},
          "attributes": {}
        }
        --
        "name": "${1:}",
        "providerId": "${2|0ed90a81-07f4-4586-8190-b40eccef1c5a,521eee4d-8cbe-4906-bb48-fb6bd4450033|}",
        "type": "${3|generic-rest,generic-streaming|}",
        "description": "${4:}",
        "version": "${5:1.0}",
        "sourceSpec": {${6:}},
        "exploreSpec": {${7:}},
        "attributes": {${8:}}$0
    "#]],
    );
    check_accept(
        "{ \"sourceSpec\": { \"$0\" } }",
        "attributes",
        expect![[r#"
        { "sourceSpec": { "attributes": {} } }
        --
        "attributes": {${1:}}$0
    "#]],
    );
    check_accept(
        "{ \"$0\" }",
        "exploreSpec",
        expect![[r#"
        { "exploreSpec": {} }
        --
        "exploreSpec": {${1:}}$0
    "#]],
    );
}

/// In an editor that replaces text after the cursor as well, the cursor ends behind the quote.
#[test]
fn the_closing_quote_can_be_kept() {
    let (document, items) = at_cursor(&batch("      \"urlParams\": { \"method\": \"P$0\" }"));
    let mut item = items.into_iter().find(|item| item.label == "POST").expect("an allowed value");
    assert_eq!((&document.source()[item.edit.range.clone()], &*item.edit.new), ("\"P\"", "\"POST\""));
    item.keep_closing_quote(document.source(), item.edit.range.end - 1);
    assert_eq!((&document.source()[item.edit.range.clone()], &*item.edit.new), ("\"P", "\"POST"));
}

#[test]
fn comment_offers_nothing() {
    check_list("{\"type\":\"generic-rest\", // ty$0pe here\n \"name\":\"x\"}", expect![[""]]);
    check_list("{\"type\":\"generic-rest\", /* $0 */ \"name\":\"x\"}", expect![[""]]);
}
