//! Code lenses, rendered as `⟦…⟧` above their lines, with the text of the ranges that they count.

use crate::lint;
use expect_test::{Expect, expect};

use crate::document::Document;
use crate::ide;
use crate::lint::{Facts, Severity};
use crate::text::Text;

#[track_caller]
fn check(text: &str, expected: Expect) {
    let document = Document::new("acme-connectionSpec.json", 0, Text::new(text));
    let (lenses, found) = (ide::lenses(&document), lint::diagnostics(&document, &Facts::default()));
    let mut rendered = String::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        for lens in lenses.iter().filter(|lens| (start..start + line.len()).contains(&lens.range.start)) {
            let lens_text = ide::lens_text(&document, &found, &lens.pointer).expect("it is there");
            assert_eq!(lens_text.offset, lens.range.start);
            let places: Vec<&str> = lens_text.places.into_iter().map(|range| &text[range]).collect();
            rendered += &match lens.pointer.as_str() {
                "" => format!("⟦{}⟧\n", without_count(&document, &lens_text.title, places.len())),
                _ => format!("⟦{}⟧ {}", lens_text.title, places.join(" ")).trim_end().to_owned() + "\n",
            };
        }
        rendered += line;
        start += line.len();
    }
    expected.assert_eq(&rendered);
}

/// The title of the spec's lens without the number of problems, which depends on the rules: that of errors and warnings.
fn without_count(document: &Document, title: &str, places: usize) -> String {
    let mut found = lint::diagnostics(document, &Facts::default());
    found.retain(|diagnostic| diagnostic.severity <= Severity::Warning);
    assert_eq!(places, found.len());
    match found.len() {
        0 => title.to_owned(),
        count => title.replacen(&format!("· {count} problem"), "· … problem", 1),
    }
}

#[test]
fn lenses_of_spec_auth_entries_and_inputs() {
    check(
        r#"{
  "type": "generic-rest",
  "authSpec": [
    {
      "type": "BasicAuthentication",
      "name": "Basic Authentication",
      "spec": {
        "properties": {
          "domain": {},
          "key": { "restAttributes": { "headerParamName": "X-Key" } },
          "username": {}
        }
      }
    },
    { "spec": {} },
    "no entry"
  ],
  "sourceSpec": {
    "attributes": {
      "urlParams": { "host": "https://${domain}.acme.com", "path": "/${list}/${list.part}/${domain}", "method": "GET" }
    },
    "spec": {
      "properties": {
        "list": {},
        "never": {}
      }
    }
  }
}
"#,
        expect![[r#"
            ⟦5 inputs · … problems⟧
            {
              "type": "generic-rest",
              "authSpec": [
                {
                  "type": "BasicAuthentication",
            ⟦3 inputs · 2 references⟧ ${domain} ${domain}
                  "name": "Basic Authentication",
                  "spec": {
                    "properties": {
            ⟦2 uses⟧ ${domain} ${domain}
                      "domain": {},
            ⟦sent in a header⟧
                      "key": { "restAttributes": { "headerParamName": "X-Key" } },
            ⟦not used in the request⟧
                      "username": {}
                    }
                  }
                },
            ⟦no inputs⟧
                { "spec": {} },
                "no entry"
              ],
              "sourceSpec": {
                "attributes": {
                  "urlParams": { "host": "https://${domain}.acme.com", "path": "/${list}/${list.part}/${domain}", "method": "GET" }
                },
                "spec": {
                  "properties": {
            ⟦2 uses⟧ ${list} ${list.part}
                    "list": {},
            ⟦unused⟧
                    "never": {}
                  }
                }
              }
            }
        "#]],
    );
}

#[test]
fn only_custom_inputs_are_reported_as_unused() {
    check(
        r#"{"type": "generic-rest", "sourceSpec": {"spec": {"properties": {
"urlParams": {},
"mine": {}
}}}}"#,
        expect![[r#"
            ⟦2 inputs · … problems⟧
            {"type": "generic-rest", "sourceSpec": {"spec": {"properties": {
            ⟦not used in the request⟧
            "urlParams": {},
            ⟦unused⟧
            "mine": {}
            }}}}"#]],
    );
    check(
        r#"{"type": "adobe", "authSpec": [], "sourceSpec": {"spec": {"properties": {
"path": {}
}}}}"#,
        expect![[r#"
            ⟦1 input · no problems⟧
            {"type": "adobe", "authSpec": [], "sourceSpec": {"spec": {"properties": {
            ⟦not used in the request⟧
            "path": {}
            }}}}"#]],
    );
}

#[test]
fn input_declared_twice_by_an_auth_entry_counts_once() {
    check(
        r#"{"authSpec": [
{"name": "A", "spec": {
  "properties": {
    "a": {} },
  "allOf": [ { "properties": {
    "a": {},
    "b": {} } } ] } }
] }"#,
        expect![[r#"
            ⟦2 inputs · … problems⟧
            {"authSpec": [
            ⟦2 inputs · not used in the request⟧
            {"name": "A", "spec": {
              "properties": {
            ⟦not used in the request⟧
                "a": {} },
              "allOf": [ { "properties": {
            ⟦not used in the request⟧
                "a": {},
            ⟦not used in the request⟧
                "b": {} } } ] } }
            ] }"#]],
    );
}

#[test]
fn incomplete_spec_has_lenses() {
    check(
        "{ \"authSpec\": [ { \"name\": \"A\", \"spec\": { \"properties\": { \"a\": {",
        expect![[r#"
            ⟦1 input · … problems⟧
            ⟦1 input · not used in the request⟧
            ⟦not used in the request⟧
            { "authSpec": [ { "name": "A", "spec": { "properties": { "a": {"#]],
    );
    check("", expect![[r#""#]]);
}

#[test]
fn other_json_has_no_lenses() {
    let other = Document::new("a.json", 0, Text::new(r#"{"authSpec": [{}]}"#));
    assert_eq!(ide::lenses(&other), []);
    assert_eq!(ide::lens_text(&other, &[], ""), None);
    let spec = Document::new("a-connectionSpec.json", 0, Text::new(r#"{"authSpec": [{}]}"#));
    assert_eq!(ide::lens_text(&spec, &[], "/authSpec/1"), None);
    assert_eq!(ide::lens_text(&spec, &[], "/authSpec"), None);
}
