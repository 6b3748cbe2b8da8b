//! A connection spec of any size, as an author with a large API would write it: many inputs, each used in a query parameter,
//! many ways to sign in, and a schema of many records.

use std::fmt::Write;

/// A valid batch spec of about `size` bytes, never much less and never more than a few kilobytes over.
pub(crate) fn spec(size: usize) -> String {
    let (mut auth, mut query, mut inputs, mut fields) = (String::new(), String::new(), String::new(), String::new());
    let mut number = 0;
    while BEFORE.len() + auth.len() + query.len() + inputs.len() + fields.len() + REST < size || number == 0 {
        if number % 8 == 0 {
            push(&mut auth, &AUTH.replace("{n}", &number.to_string()));
        }
        push(&mut query, &QUERY.replace("{n}", &number.to_string()));
        push(&mut inputs, &INPUT.replace("{n}", &number.to_string()));
        push(&mut fields, &FIELD.replace("{n}", &number.to_string()));
        number += 1;
    }
    let mut spec = String::with_capacity(size + 4096);
    let _ = write!(spec, "{BEFORE}{auth}{BEFORE_QUERY}{query}{BEFORE_INPUTS}{inputs}{BEFORE_FIELDS}{fields}{AFTER}");
    spec
}

/// About as long as all that is not repeated, without `BEFORE`.
const REST: usize = BEFORE_QUERY.len() + BEFORE_INPUTS.len() + BEFORE_FIELDS.len() + AFTER.len();

fn push(list: &mut String, entry: &str) {
    list.push_str(if list.is_empty() { "\n" } else { ",\n" });
    list.push_str(entry);
}

const BEFORE: &str = r#"{
  "name": "acme-orders",
  "type": "generic-rest",
  "providerId": "0ed90a81-07f4-4586-8190-b40eccef1c5a",
  "version": "1.0",
  "description": "Orders of an Acme shop",
  "authSpec": ["#;

const AUTH: &str = r#"    {
      "name": "API Key Authentication {n}",
      "type": "KeyBased",
      "spec": {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "type": "object",
        "description": "How to sign in to region {n}.",
        "properties": {
          "apiKey": {
            "type": "string",
            "description": "The API key of the Acme account in region {n}.",
            "format": "password",
            "restAttributes": { "headerParamName": "X-Acme-Key-{n}" }
          },
          "region": {
            "type": "string",
            "description": "The region of the account.",
            "enum": ["eu-{n}", "us-{n}"]
          }
        },
        "required": ["apiKey", "region"]
      }
    }"#;

const BEFORE_QUERY: &str = r#"
  ],
  "sourceSpec": {
    "attributes": {
      "uiAttributes": {
        "isSource": true,
        "isPreview": true,
        "isBeta": true,
        "category": { "key": "protocols" },
        "icon": { "key": "acmeOrdersIcon" },
        "description": { "key": "acmeOrdersDescription" },
        "label": { "key": "acmeOrdersLabel" }
      },
      "urlParams": {
        "host": "https://api.acme.example",
        "path": "/v1/shops/${filter0}/orders",
        "method": "GET",
        "queryParams": {"#;

const QUERY: &str = r#"          "filter_{n}": "${filter{n}}""#;

const BEFORE_INPUTS: &str = r#"
        }
      },
      "contentPath": { "path": "$.orders" },
      "paginationParams": {
        "type": "OFFSET",
        "limitName": "limit",
        "limitValue": "100",
        "offSetName": "offset"
      },
      "scheduleParams": {
        "scheduleStartParamName": "updated_after",
        "scheduleEndParamName": "updated_before",
        "scheduleStartParamFormat": "yyyy-MM-ddTHH:mm:ssZ",
        "scheduleEndParamFormat": "yyyy-MM-ddTHH:mm:ssZ"
      }
    },
    "spec": {
      "$schema": "http://json-schema.org/draft-07/schema#",
      "type": "object",
      "description": "What the user of the source fills in.",
      "properties": {"#;

const INPUT: &str = r#"        "filter{n}": {
          "type": "string",
          "description": "Only orders whose attribute {n} has this value: \"größer\", 名前 or 😀."
        }"#;

const BEFORE_FIELDS: &str = r#"
      },
      "required": ["filter0"]
    },
    "schema": {
      "$schema": "http://json-schema.org/draft-07/schema#",
      "type": "object",
      "properties": {
        "orders": {
          "type": "array",
          "items": {
            "type": "object",
            "properties": {"#;

const FIELD: &str = r#"              "attribute{n}": {
                "type": "object",
                "properties": {
                  "value": { "type": "string", "description": "The value of attribute {n}." },
                  "unit": { "type": "string", "enum": ["cm", "kg", "EUR"] },
                  "amounts": { "type": "array", "items": { "type": "number", "minimum": 0 } }
                }
              }"#;

const AFTER: &str = r#"
            }
          }
        }
      }
    }
  },
  "attributes": {
    "uiAttributes": {
      "apiFeatures": { "explorePaginationSupported": false }
    }
  },
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
        "format": { "type": "string" },
        "schema": {
          "type": "object",
          "properties": {
            "columns": {
              "type": "array",
              "items": {
                "type": "object",
                "properties": {
                  "name": { "type": "string" },
                  "type": { "type": "string" }
                }
              }
            }
          }
        },
        "data": {
          "type": "array",
          "items": { "type": "object" }
        }
      }
    }
  }
}
"#;
