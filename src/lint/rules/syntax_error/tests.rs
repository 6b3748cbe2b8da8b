//! Syntax errors and their fixes.

use expect_test::{Expect, expect};

use crate::lint::rules::tests::{check, check_fixes, check_fixes_of};

mod longer;

/// The fixes for these lines of a spec of another kind, which no other rule checks.
fn check_lines(lines: &str, expected: Expect) {
    let text = format!("{{\n  \"type\": \"x\", \"providerId\": \"p\", \"authSpec\": [],\n{lines}\n}}");
    check_fixes(&text, expected);
}

#[test]
fn each_error_is_reported_at_its_position() {
    check(
        "{\n  \"name\": \"a\"\n  \"providerId\": tru,\n  \"type\": ,\n  \"authSpec\": [",
        expect![[r#"
            {
              "name": "a"
                         ^ error[syntax-error]: missing comma
              "providerId": tru,
                            ^^^ error[syntax-error]: unexpected identifier `tru`; did you mean `true`?
              "type": ,
                     ^ error[syntax-error]: missing value
              "authSpec": [
                           ^ error[syntax-error]: missing 2 closing brackets: `]}`
                             see "[": opened here
        "#]],
    );
}

#[test]
fn commas_and_colons_are_fixed() {
    check_lines(
        "  \"a\": 1\n  \"b\": 2,,\n  \"c\":: 3,\n  \"d\" = 4,\n  \"e\" 5,",
        expect![[r#"
            syntax-error: Insert the missing comma (preferred)
            -   "a": 1
            +   "a": 1,
            syntax-error: Remove the comma (preferred)
            -   "b": 2,,
            +   "b": 2,
            syntax-error: Remove the colon (preferred)
            -   "c":: 3,
            +   "c": 3,
            syntax-error: Replace `=` with a colon (preferred)
            -   "d" = 4,
            +   "d": 4,
            syntax-error: Insert the missing colon (preferred)
            -   "e" 5,
            +   "e": 5,
            syntax-error: Remove the comma (preferred)
            -   "e" 5,
            +   "e" 5
        "#]],
    );
    check_lines(
        "  \"a\": 1;\n  \"b\": \"x\";\n  \"c\": true; \"d\": [1. 2]",
        expect![[r#"
            syntax-error: Replace `;` with a comma (preferred)
            -   "a": 1;
            +   "a": 1,
            syntax-error: Replace `;` with a comma (preferred)
            -   "a": 1;
            +   "a": 1,
            syntax-error: Replace `;` with a comma (preferred)
            -   "b": "x";
            +   "b": "x",
            syntax-error: Replace `;` with a comma (preferred)
            -   "b": "x";
            +   "b": "x",
            syntax-error: Replace `;` with a comma (preferred)
            -   "c": true; "d": [1. 2]
            +   "c": true, "d": [1. 2]
            syntax-error: Replace `;` with a comma (preferred)
            -   "c": true; "d": [1. 2]
            +   "c": true, "d": [1. 2]
            syntax-error: Replace with `1` (preferred)
            -   "c": true; "d": [1. 2]
            +   "c": true; "d": [1 2]
            syntax-error: Add double quotes
            -   "c": true; "d": [1. 2]
            +   "c": true; "d": ["1. 2"]
            syntax-error: Insert the missing comma (preferred)
            -   "c": true; "d": [1. 2]
            +   "c": true; "d": [1., 2]
        "#]],
    );
}

#[test]
fn quotes_are_fixed() {
    check_lines(
        "  name\": 1,\n  \"b: 2,\n  c: \"x,\n  \"d\": y\"",
        expect![[r#"
            syntax-error: Insert the missing quote (preferred)
            -   name": 1,
            +   "name": 1,
            syntax-error: Insert the missing quote (preferred)
            -   "b: 2,
            +   "b": 2,
            syntax-error: Quote the key (preferred)
            -   c: "x,
            +   "c": "x,
            syntax-error: Insert the missing quote (preferred)
            -   c: "x,
            +   c: "x",
            syntax-error: Insert the missing quote (preferred)
            -   "d": y"
            +   "d": "y"
        "#]],
    );
    check_lines(
        "  'a': 'it\\'s \"b\" \\d',\n  “c”: “d”,\n  \"e\": \"say \"hi\" to\"",
        expect![[r#"
            syntax-error: Replace with double quotes (preferred)
            -   'a': 'it\'s "b" \d',
            +   "a": 'it\'s "b" \d',
            syntax-error: Replace with double quotes (preferred)
            -   'a': 'it\'s "b" \d',
            +   'a': "it's \"b\" \\d",
            syntax-error: Replace with double quotes (preferred)
            -   “c”: “d”,
            +   "c": “d”,
            syntax-error: Replace with double quotes (preferred)
            -   “c”: “d”,
            +   “c”: "d",
            syntax-error: Escape the quotes (preferred)
            -   "e": "say "hi" to"
            +   "e": "say \"hi\" to"
        "#]],
    );
}

#[test]
fn words_and_numbers_are_fixed() {
    check_lines(
        "  \"a\": True,\n  \"b\": nul,\n  \"c\": text,\n  \"d\": two words",
        expect![[r#"
            syntax-error: Replace with `true` (preferred)
            -   "a": True,
            +   "a": true,
            syntax-error: Add double quotes
            -   "a": True,
            +   "a": "True",
            syntax-error: Replace with `null` (preferred)
            -   "b": nul,
            +   "b": null,
            syntax-error: Add double quotes
            -   "b": nul,
            +   "b": "nul",
            syntax-error: Add double quotes (preferred)
            -   "c": text,
            +   "c": "text",
            syntax-error: Add double quotes (preferred)
            -   "d": two words
            +   "d": "two words"
            syntax-error: Remove it
            -   "d": two words
            +   "d": two
        "#]],
    );
    check_lines(
        "  \"a\": 01, \"b\": +1.50,\n  \"c\": -.5, \"d\": 2., \"e\": 2024-01-01",
        expect![[r#"
            syntax-error: Replace with `1` (preferred)
            -   "a": 01, "b": +1.50,
            +   "a": 1, "b": +1.50,
            syntax-error: Add double quotes
            -   "a": 01, "b": +1.50,
            +   "a": "01", "b": +1.50,
            syntax-error: Replace with `1.50` (preferred)
            -   "a": 01, "b": +1.50,
            +   "a": 01, "b": 1.50,
            syntax-error: Add double quotes
            -   "a": 01, "b": +1.50,
            +   "a": 01, "b": "+1.50",
            syntax-error: Replace with `-0.5` (preferred)
            -   "c": -.5, "d": 2., "e": 2024-01-01
            +   "c": -0.5, "d": 2., "e": 2024-01-01
            syntax-error: Add double quotes
            -   "c": -.5, "d": 2., "e": 2024-01-01
            +   "c": "-.5", "d": 2., "e": 2024-01-01
            syntax-error: Replace with `2` (preferred)
            -   "c": -.5, "d": 2., "e": 2024-01-01
            +   "c": -.5, "d": 2, "e": 2024-01-01
            syntax-error: Add double quotes
            -   "c": -.5, "d": 2., "e": 2024-01-01
            +   "c": -.5, "d": "2.", "e": 2024-01-01
            syntax-error: Add double quotes (preferred)
            -   "c": -.5, "d": 2., "e": 2024-01-01
            +   "c": -.5, "d": 2., "e": "2024-01-01"
        "#]],
    );
}

#[test]
fn characters_inside_strings_are_escaped() {
    check_lines(
        "  \"a\": \"b\tc\u{1}\",\n  \"d\": \"\\d+ \\'\"",
        expect![[r#"
            syntax-error: Escape the character (preferred)
            -   "a": "b	c",
            +   "a": "b\tc",
            syntax-error: Escape the character (preferred)
            -   "a": "b	c",
            +   "a": "b	c\u0001",
            syntax-error: Escape the backslash (preferred)
            -   "d": "\d+ \'"
            +   "d": "\\d+ \'"
            syntax-error: Remove the backslash
            -   "d": "\d+ \'"
            +   "d": "d+ \'"
            syntax-error: Remove the backslash (preferred)
            -   "d": "\d+ \'"
            +   "d": "\d+ '"
            syntax-error: Escape the backslash
            -   "d": "\d+ \'"
            +   "d": "\d+ \\'"
        "#]],
    );
}

/// Whatever is around the spec, a fix never removes the spec.
#[test]
fn text_around_the_spec_is_removed() {
    let spec = r#"{ "type": "generic-streaming", "providerId": "x" }"#;
    check_fixes_of(
        "syntax-error",
        &format!("x\n{spec}"),
        expect![[r#"
        syntax-error: Remove the text before the spec (preferred)
        - x
    "#]],
    );
    check_fixes_of(
        "syntax-error",
        &format!("const spec = {spec};\n"),
        expect![[r#"
        syntax-error: Remove the text before the spec (preferred)
        - const spec = { "type": "generic-streaming", "providerId": "x" };
        + { "type": "generic-streaming", "providerId": "x" };
        syntax-error: Remove the text after the end (preferred)
        - const spec = { "type": "generic-streaming", "providerId": "x" };
        + const spec = { "type": "generic-streaming", "providerId": "x" }
    "#]],
    );
    for before in ["[1] ", "{}\n"] {
        check_fixes_of("syntax-error", &format!("{before}{spec}"), expect![[""]]);
    }
}
