//! What is found in the schemas of a spec, said once, and what mends it.

use expect_test::expect;

use crate::lint::rules::tests::{batch, check, check_fixes, check_lines, check_sign_ins};

#[test]
fn in_every_embedded_schema_of_specs_of_every_kind() {
    check(
        r#"{ "type": "x", "name": "a", "providerId": "p",
  "authSpec": [ { "spec": { "type": "Object", "required": "a" } } ],
  "sourceSpec": { "spec": { "properties": { "a": { "minLength": -1 }, "b": "string", "c": { "required": true } } },
    "schema": { "items": { "type": [], "multipleOf": 0, "items": [ {}, 1 ] } } },
  "exploreSpec": { "requestSpec": { "required": ["a", "b", "a"] }, "responseSpec": { "type": ["text", "string"] } },
  "targetSpec": { "spec": { "title": 1 } },
  "encryptionSpecs": [ { "spec": { "allOf": [] } } ] }"#,
        expect![[r#"
            { "type": "x", "name": "a", "providerId": "p",
              "authSpec": [ { "spec": { "type": "Object", "required": "a" } } ],
                                                ^^^^^^^^ error[embedded-schema]: `type` must be `string`, `integer`, `number`, `boolean`, `object`, `array` or `null`. Did you mean `object`?
                                                                      ^^^ error[embedded-schema]: expected an array, found a string. JSON Schema has no other form of `required`.
              "sourceSpec": { "spec": { "properties": { "a": { "minLength": -1 }, "b": "string", "c": { "required": true } } },
                                                                            ^^ error[embedded-schema]: `minLength` must not be less than 0.
                                                                                       ^^^^^^^^ error[embedded-schema]: expected an object or a boolean, found a string. Here the JSON schema of `b` has to stand.
                                                                                                                    ^^^^ error[embedded-schema]: `required` is a list of names beside `properties`, and nothing that an input says of itself. Put the name of this one there, or leave it out.
                "schema": { "items": { "type": [], "multipleOf": 0, "items": [ {}, 1 ] } } },
                                       ^^^^^^ error[embedded-schema]: `type` must not be an empty list. Fill it, or leave it out.
                                                                 ^ error[embedded-schema]: `multipleOf` must be greater than 0.
                                                                                   ^ error[embedded-schema]: expected an object or a boolean, found a number. Here the JSON schema of `items` has to stand.
              "exploreSpec": { "requestSpec": { "required": ["a", "b", "a"] }, "responseSpec": { "type": ["text", "string"] } },
                                                                       ^^^ error[embedded-schema]: This stands twice in `required`. Remove one of the two.
                                                                                                          ^^^^^^ error[embedded-schema]: `type` must be `string`, `integer`, `number`, `boolean`, `object`, `array` or `null`.
              "targetSpec": { "spec": { "title": 1 } },
                                                 ^ error[embedded-schema]: expected a string, found a number. JSON Schema has no other form of `title`.
              "encryptionSpecs": [ { "spec": { "allOf": [] } } ] }
                                               ^^^^^^^ error[embedded-schema]: `allOf` must not be an empty list. Fill it, or leave it out.
        "#]],
    );
}

#[test]
fn what_another_rule_says_is_said_once() {
    check_sign_ins(
        r#"  { "name": "a", "type": "b", "spec": { "type": "Object", "required": "a", "properties": {
    "b": { "type": "string", "required": false, "maxLength": "3", "minLength": -1 }, "c": 1 } } }"#,
        expect![[r#"
            { "name": "a", "type": "b", "spec": { "type": "Object", "required": "a", "properties": {
                                                          ^^^^^^^^ error[invalid-value]: `type` must be `string`, `integer`, `number`, `boolean`, `object`, `array` or `null`. Did you mean `object`?
                                                                                ^^^ error[wrong-type]: expected an array, found a string
              "b": { "type": "string", "required": false, "maxLength": "3", "minLength": -1 }, "c": 1 } } }
                                                   ^^^^^ error[embedded-schema]: `required` is a list of names beside `properties`, and nothing that an input says of itself. Put the name of this one there, or leave it out.
                                                                       ^^^ error[wrong-type]: expected an integer, found a string; remove the quotes
                                                                                         ^^ error[embedded-schema]: `minLength` must not be less than 0.
                                                                                                    ^ error[wrong-type]: expected an object or a boolean or an array, found a number
        "#]],
    );
}

#[test]
fn other_versions_and_lists_that_were_published_are_fine() {
    let own =
        r#""listId": [ { "name": "offset", "type": "offset", "spec": { "type": "object" } } ], "required": ["listId"]"#;
    check_lines(
        &batch("      \"headerParams\": {}").replace(r#""listId": { "type": "string" }"#, own),
        own,
        expect![[r#"
            "spec": { "type": "object", "properties": { "listId": [ { "name": "offset", "type": "offset", "spec": { "type": "object" } } ], "required": ["listId"] } },
        "#]],
    );
    check_sign_ins(
        r#"  { "name": "a", "type": "b", "spec": { "$schema": "http://json-schema.org/draft-04/schema#", "properties": {
    "c": { "maximum": 1, "exclusiveMinimum": true } } } }"#,
        expect![[r#"
            { "name": "a", "type": "b", "spec": { "$schema": "http://json-schema.org/draft-04/schema#", "properties": {
              "c": { "maximum": 1, "exclusiveMinimum": true } } } }
                                                       ^^^^ error[wrong-type]: expected a number, found a boolean
        "#]],
    );
}

#[test]
fn what_is_meant_is_put_in_its_place() {
    check_fixes(
        r#"{ "type": "x", "name": "a", "providerId": "p",
  "authSpec": [ { "spec": {
    "type": "String",
    "required": "a"
  } } ],
  "sourceSpec": { "spec": {
    "properties": {
      "a": { "type": "string", "required": true },
      "b": { "minLength": "-1", "required": false },
      "c": { "maxLength": -1 }
    }
  } },
  "exploreSpec": {
    "requestSpec": { "required": ["a", "a"] },
    "responseSpec": { "type": [] }
  }
}"#,
        expect![[r#"
            embedded-schema: Replace by `string` (preferred)
            -     "type": "String",
            +     "type": "string",
            embedded-schema: Replace by `array`
            -     "type": "String",
            +     "type": "array",
            embedded-schema: Replace by `integer`
            -     "type": "String",
            +     "type": "integer",
            embedded-schema: Replace by `number`
            -     "type": "String",
            +     "type": "number",
            embedded-schema: Replace by `object`
            -     "type": "String",
            +     "type": "object",
            embedded-schema: Replace by `null`
            -     "type": "String",
            +     "type": "null",
            embedded-schema: Replace by `boolean`
            -     "type": "String",
            +     "type": "boolean",
            embedded-schema: Wrap in an array (preferred)
            -     "required": "a"
            +     "required": ["a"]
            embedded-schema: Put `a` into the list `required` (preferred)
            -       "a": { "type": "string", "required": true },
            -       "b": { "minLength": "-1", "required": false },
            -       "c": { "maxLength": -1 }
            -     }
            +       "a": { "type": "string" },
            +       "b": { "minLength": "-1", "required": false },
            +       "c": { "maxLength": -1 }
            +     },
            +     "required": [
            +       "a"
            +     ]
            embedded-schema: Remove it: an input is not required unless a list says so (preferred)
            -       "b": { "minLength": "-1", "required": false },
            +       "b": { "minLength": "-1" },
            embedded-schema: Remove `maxLength`
            -       "c": { "maxLength": -1 }
            +       "c": {}
            embedded-schema: Remove the second one (preferred)
            -     "requestSpec": { "required": ["a", "a"] },
            +     "requestSpec": { "required": ["a"] },
            embedded-schema: Remove `type`
            -     "responseSpec": { "type": [] }
            +     "responseSpec": {}
        "#]],
    );
}
