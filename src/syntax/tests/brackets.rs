//! Missing and extra brackets, located by indentation and by the number of brackets in the text.

use super::*;

#[test]
fn missing_opening_bracket_is_located_by_indentation() {
    check(
        "{\n  \"a\":\n    \"b\": {\n      \"c\": 1\n    }\n  },\n  \"d\":\n    \"x\"\n  ],\n  \"e\": \"y\",\n  \"f\":\n  \"g\": 2\n}",
        expect![[r#"
            {
              "a":
                  ^ MissingOpener('{')
                "b": {
                  "c": 1
                }
              },
              "d":
                  ^ MissingOpener('[')
                "x"
              ],
              "e": "y",
              "f":
                  ^ MissingValue
              "g": 2
            }
            => {"a": {"b": {"c": 1}}, "d": ["x"], "e": "y", "f": ∅, "g": 2}
        "#]],
    );
    check_shape(r#"{"a":"b":1,"c":2},"d":3}"#, r#"{"a": {"b": 1, "c": 2}, "d": 3}"#);
    check_shape(r#"{"a":"x","y"],"d":[{"e":1}]}"#, r#"{"a": ["x", "y"], "d": [{"e": 1}]}"#);
}

#[test]
fn extra_bracket_does_not_close_its_parent() {
    check(
        "{\n  \"a\": [\n    {\n      \"b\": {\n        \"c\": 1]\n      }\n    }\n  ],\n  \"d\": 2\n}",
        expect![[r#"
            {
              "a": [
                {
                  "b": {
                    "c": 1]
                          ^ ExtraBracket(']')
                  }
                }
              ],
              "d": 2
            }
            => {"a": [{"b": {"c": 1}}], "d": 2}
        "#]],
    );
    check_shape(r#"{"a":[{"b":1]}],"c":2}"#, r#"{"a": [{"b": 1}], "c": 2}"#);
    check_shape(r#"{"a":[{"b":1],{"d":2}],"c":2}"#, r#"{"a": [{"b": 1}, {"d": 2}], "c": 2}"#);
    check_shape(
        "{\n  \"a\": {\"two words\",\n  \"b\": {[1],\n  \"c\": 2\n}",
        r#"{"a": "two words", "b": [1], "c": 2}"#,
    );
}
