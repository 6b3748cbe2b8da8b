//! Diagnostics of embedded schemas, each reported by one rule, and their fixes.

use expect_test::expect;

use crate::lint::rules::tests::{batch, check, check_auth_entries, check_fixes, check_lines};

#[test]
fn every_embedded_schema_in_every_kind_of_spec_is_checked() {
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
                                                ^^^^^^^^ error[embedded-schema]: `type` must be `string`, `integer`, `number`, `boolean`, `object`, `array` or `null`; did you mean `object`?
                                                                      ^^^ error[embedded-schema]: expected an array, found a string; JSON Schema allows nothing else in `required`
              "sourceSpec": { "spec": { "properties": { "a": { "minLength": -1 }, "b": "string", "c": { "required": true } } },
                                                                            ^^ error[embedded-schema]: `minLength` must not be less than 0
                                                                                       ^^^^^^^^ error[embedded-schema]: expected a JSON Schema (object or boolean) in `b`, found a string
                                                                                                                    ^^^^ error[embedded-schema]: `required` is an array of names beside `properties`, not a flag of an input; move the name there or remove the flag
                "schema": { "items": { "type": [], "multipleOf": 0, "items": [ {}, 1 ] } } },
                                       ^^^^^^ error[embedded-schema]: `type` must not be an empty array; add an element or remove the key
                                                                 ^ error[embedded-schema]: `multipleOf` must be greater than 0
                                                                                   ^ error[embedded-schema]: expected a JSON Schema (object or boolean) in `items`, found a number
              "exploreSpec": { "requestSpec": { "required": ["a", "b", "a"] }, "responseSpec": { "type": ["text", "string"] } },
                                                                       ^^^ error[embedded-schema]: duplicate element of `required`; remove one of the two
                                                                                                          ^^^^^^ error[embedded-schema]: `type` must be `string`, `integer`, `number`, `boolean`, `object`, `array` or `null`
              "targetSpec": { "spec": { "title": 1 } },
                                                 ^ error[embedded-schema]: expected a string, found a number; JSON Schema allows nothing else in `title`
              "encryptionSpecs": [ { "spec": { "allOf": [] } } ] }
                                               ^^^^^^^ error[embedded-schema]: `allOf` must not be an empty array; add an element or remove the key
        "#]],
    );
}

#[test]
fn each_value_is_reported_by_one_rule() {
    check_auth_entries(
        r#"  { "name": "a", "type": "b", "spec": { "type": "Object", "required": "a", "properties": {
    "b": { "type": "string", "required": false, "maxLength": "3", "minLength": -1 }, "c": 1 } } }"#,
        expect![[r#"
            { "name": "a", "type": "b", "spec": { "type": "Object", "required": "a", "properties": {
                                                          ^^^^^^^^ error[invalid-value]: `type` must be `string`, `integer`, `number`, `boolean`, `object`, `array` or `null`; did you mean `object`?
                                                                                ^^^ error[wrong-type]: expected an array, found a string
              "b": { "type": "string", "required": false, "maxLength": "3", "minLength": -1 }, "c": 1 } } }
                                                   ^^^^^ error[embedded-schema]: `required` is an array of names beside `properties`, not a flag of an input; move the name there or remove the flag
                                                                       ^^^ error[wrong-type]: expected an integer, found a string; remove the quotes
                                                                                         ^^ error[embedded-schema]: `minLength` must not be less than 0
                                                                                                    ^ error[wrong-type]: expected an object or a boolean or an array, found a number
        "#]],
    );
}

#[test]
fn other_versions_and_published_arrays_are_fine() {
    let own = r#""listId": [ { "name": "offset", "type": "offset", "spec": { "type": "object" } } ]"#;
    check_lines(
        &batch("      \"headerParams\": {}")
            .replace(r#", "required": ["listId"]"#, "")
            .replace(r#""listId": { "type": "string" }"#, own),
        own,
        expect![[r#"
            "spec": { "type": "object", "properties": { "listId": [ { "name": "offset", "type": "offset", "spec": { "type": "object" } } ] } },
        "#]],
    );
    check(
        r#"{ "type": "x", "authSpec": [], "sourceSpec": { "spec": { "properties": { "a": {}, "required": ["a"] } } } }"#,
        expect![[r#"
            { "type": "x", "authSpec": [], "sourceSpec": { "spec": { "properties": { "a": {}, "required": ["a"] } } } }
        "#]],
    );
    check_auth_entries(
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
fn invalid_values_are_replaced_moved_or_removed() {
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
            embedded-schema: Replace with `string` (preferred)
            -     "type": "String",
            +     "type": "string",
            embedded-schema: Replace with `array`
            -     "type": "String",
            +     "type": "array",
            embedded-schema: Replace with `integer`
            -     "type": "String",
            +     "type": "integer",
            embedded-schema: Replace with `number`
            -     "type": "String",
            +     "type": "number",
            embedded-schema: Replace with `object`
            -     "type": "String",
            +     "type": "object",
            embedded-schema: Replace with `null`
            -     "type": "String",
            +     "type": "null",
            embedded-schema: Replace with `boolean`
            -     "type": "String",
            +     "type": "boolean",
            embedded-schema: Wrap in an array (preferred)
            -     "required": "a"
            +     "required": ["a"]
            embedded-schema: Move `a` to the `required` array (preferred)
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
            embedded-schema: Remove `required`; inputs are optional by default (preferred)
            -       "b": { "minLength": "-1", "required": false },
            +       "b": { "minLength": "-1" },
            embedded-schema: Remove `maxLength`
            -       "c": { "maxLength": -1 }
            +       "c": {}
            embedded-schema: Remove the duplicate (preferred)
            -     "requestSpec": { "required": ["a", "a"] },
            +     "requestSpec": { "required": ["a"] },
            embedded-schema: Remove `type`
            -     "responseSpec": { "type": [] }
            +     "responseSpec": {}
        "#]],
    );
}
