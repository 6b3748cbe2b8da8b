//! Quotes that are missing, or stand inside a string.

use super::*;

#[test]
fn string_without_opening_quote_ends_at_its_closing_quote() {
    check(
        "{\n  \"version\": 1.0\",\n  \"text\": The list of the day, in one answer.\",\n  \"query\": type:a < {END_TIME}\",\n  \"page\": {PAGE}[after]\"\n}",
        expect![[r#"
            {
              "version": 1.0",
                         ^ MissingOpeningQuote
              "text": The list of the day, in one answer.",
                      ^ MissingOpeningQuote
              "query": type:a < {END_TIME}",
                       ^ MissingOpeningQuote
              "page": {PAGE}[after]"
                      ^ MissingOpeningQuote
            }
            => {"version": "1.0", "text": "The list of the day, in one answer.", "query": "type:a < {END_TIME}", "page": "{PAGE}[after]"}
        "#]],
    );
    check_shape(r#"{"a":one, two","b":[x","y"]}"#, r#"{"a": "one, two", "b": ["x", "y"]}"#);
    check_shape(r#"{"a": tru, "b": "c"}"#, r#"{"a": ‹tru›, "b": "c"}"#);
    check_shape(r#"[foo, "", 1 "x"]"#, r#"[‹foo›, "", 1, "x"]"#);
}

#[test]
fn key_without_closing_quote_ends_at_the_colon() {
    check(
        "{\n  \"path: \"/today\",\n  \"query: \"{Q}\",\n  \"list: [\"/x\"],\n  \"a:\": 1\n}",
        expect![[r#"
            {
              "path: "/today",
                   ^ MissingClosingQuote
              "query: "{Q}",
                    ^ MissingClosingQuote
              "list: ["/x"],
                   ^ MissingClosingQuote
              "a:": 1
            }
            => {"path": "/today", "query": "{Q}", "list": ["/x"], "a:": 1}
        "#]],
    );
}

#[test]
fn unescaped_quotes_are_part_of_the_string() {
    check(
        "{\n  \"a\": \"say \"hi\" to\",\n  \"b\": [\"5\" disk\", \"say \"hi\"\"],\n  \"c\": \"x\" \"d\": \"y\" e\": 1\n}",
        expect![[r#"
            {
              "a": "say "hi" to",
                        ^^^^ UnescapedQuotes
              "b": ["5" disk", "say "hi""],
                      ^ UnescapedQuotes
                                    ^^^^ UnescapedQuotes
              "c": "x" "d": "y" e": 1
                      ^ MissingComma
                               ^ MissingComma
                                ^ MissingOpeningQuote
            }
            => {"a": "say \"hi\" to", "b": ["5\" disk", "say \"hi\""], "c": "x", "d": "y", "e": 1}
        "#]],
    );
    check_shape(r#"{"a": "say "hi" to", "b": 1}"#, r#"{"a": "say \"hi\" to", "b": 1}"#);
    check_shape(r#"["GET, "POST"]"#, r#"["GET", "POST"]"#);
    check_shape(
        r#"{"a": "x" // see "this",
        "b": 1}"#,
        r#"{"a": "x", "b": 1}"#,
    );
    check_shape(r#"["a" b, "c", "d"]"#, r#"["a", ‹b›, "c", "d"]"#);
}
